"""How everybody’s hours stand in a table: who is furthest behind comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from staffdev_desktop.cpd.ledger.rows import Pace, Part, PersonLedger
from staffdev_desktop.cpd.ledger.rules import pace_words
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.ledger.words import have_words, pace_badge
from staffdev_desktop.ui.cpd.nobody import NOBODY_HERE
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, PADDING, BadgeDelegate, RowDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.hours_bar import paint_hours_bar
from staffdev_desktop.ui.widgets.tables import Column, TableModel

BEHIND, OWING, EVERYBODY = "behind", "owing", "everybody"
NOBODY = 0  # as a line manager’s id: those who have none
SHOWN = ((BEHIND, "Behind their hours"), (OWING, "Everybody who owes hours"), (EVERYBODY, "Everybody"))
_BAR = 120


@dataclass(frozen=True)
class HoursFilter:
    """Whom to show; None shows all."""

    shown: str = BEHIND
    group: str | None = None
    manager: int | None = None

    def keeps(self, row: PersonLedger) -> bool:
        """Whether somebody is shown."""
        managers = row.person.manager_ids
        return (
            (row.behind > 0 if self.shown == BEHIND else bool(row.whole.due) or self.shown == EVERYBODY)
            and self.group in (None, row.person.group)
            and (self.manager is None or self.manager in managers or (self.manager == NOBODY and not managers))
        )

    def words(self, managers: Mapping[int, str]) -> str:
        """Which people these are, for the head of a paper."""
        said = [dict(SHOWN)[self.shown]]
        if self.group is not None:
            said.append(self.group)
        if self.manager is not None:
            said.append(f"line manager {managers[self.manager]}" if self.manager else "no line manager")
        return ", ".join(said)


class HoursBarDelegate(RowDelegate):
    """A bar with its mark (the column’s `extra` is a Part), and ‘0.5 of 12’ before it."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Words, then the bar."""
        super().paint_cell(painter, rect, index)
        part = index.data(EXTRA_ROLE)
        if isinstance(part, Part) and part.due:
            wide = min(theme.px(_BAR), rect.width() - theme.px(96))
            left = rect.right() - wide - PADDING
            middle = rect.y() + (rect.height() - 1) / 2
            paint_hours_bar(painter, left, middle, wide, done=part.have, due=part.due, by_now=part.due_by_now)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Room for both."""
        return QSize(theme.px(_BAR + 100), super().sizeHint(option, index).height())


def hours_model(parent, managers: Mapping[int, str]) -> TableModel:
    """The table’s model. Rows come with who is furthest behind first."""
    columns = (
        Column("name", "Member of staff", 0, _name, sort_key=_sort_key, extra=_posts, delegate=TwoLineDelegate, tooltip=_posts),
        Column("group", "Staff group", 150, _group),
        Column("manager", "Line manager", 144, partial(_managers, managers), tooltip=partial(_managers, managers)),
        Column("hours", "Hours this year", 222, _hours, sort_key=_have, extra=_whole, spoken=_spoken, delegate=HoursBarDelegate),
        Column("last", "Last entry", 104, _last, sort_key=_last_day),
        Column("state", "How it stands", 158, _state, sort_key=_behind, extra=_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=partial(_search, managers), parent=parent)


def _name(row: PersonLedger) -> str:
    return row.person.name


def _sort_key(row: PersonLedger) -> str:
    return row.person.sort_key


def _posts(row: PersonLedger) -> str:
    return row.person.posts


def _group(row: PersonLedger) -> str:
    return row.person.group


def _managers(names: Mapping[int, str], row: PersonLedger) -> str:
    return ", ".join(names[each] for each in row.person.manager_ids if each in names)


def _hours(row: PersonLedger) -> str:
    return f"{have_words(row.whole)} of {hours(row.whole.due)}" if row.whole.due else have_words(row.whole)


def _spoken(row: PersonLedger) -> str:
    return f"{_hours(row)}, {hours(row.whole.due_by_now)} due by now"


def _have(row: PersonLedger) -> int:
    return row.whole.have


def _whole(row: PersonLedger) -> Part:
    return row.whole


def _last(row: PersonLedger) -> str:
    return day_with_year(row.lines[0].done_on) if row.lines else "None yet"


def _last_day(row: PersonLedger) -> object:
    return row.lines[0].done_on if row.lines else None


def state_words(row: PersonLedger) -> str:
    """‘1.25 hours behind’, or the state of the year in words."""
    if row.behind:
        return f"{hours(row.behind)} {'hour' if row.behind == 60 else 'hours'} behind"
    return pace_words(row.whole)


def _state(row: PersonLedger) -> str:
    return state_words(row)


def _badge(row: PersonLedger) -> BadgeText:
    return BadgeText(pace_badge(row.whole).kind, state_words(row))


def _behind(row: PersonLedger) -> int:
    return -row.behind


def _search(names: Mapping[int, str], row: PersonLedger) -> str:
    return " ".join((row.person.name, row.person.posts, row.person.group, _managers(names, row), state_words(row)))


def summary_badges(ledgers: Sequence[PersonLedger]) -> list[BadgeText]:
    """Numbers first: how many are behind, on track, done, owe nothing."""
    paces = [row.whole.pace for row in ledgers]
    lines = (
        ("warn", "behind", None, (Pace.BEHIND,)),
        ("ok", "on track or ahead", None, (Pace.ON_TRACK, Pace.AHEAD)),
        ("ok", "done for the year", "check", (Pace.DONE,)),
        ("mute", "whose year is to come", None, (Pace.TO_COME,)),
        ("mute", "owe no hours", None, (Pace.NOTHING_OWED,)),
    )
    found = [(kind, sum(pace in wanted for pace in paces), words, icon) for kind, words, icon, wanted in lines]
    return [BadgeText(kind, f"{number} {words}", icon) for kind, number, words, icon in found if number]


def due_words(ledgers: Sequence[PersonLedger]) -> str:
    """‘Due by now: 1.75 of 12 hours in Teachers’: the pace that most people are held to."""
    counts: dict[tuple[int, int], int] = {}
    for row in ledgers:
        if row.whole.due:
            key = (row.whole.due_by_now, row.whole.due)
            counts[key] = counts.get(key, 0) + 1
    if not counts:
        return "No hours are owed. Settings, Hours owed, says who owes how many."
    by_now, due = max(counts, key=lambda key: (counts[key], key))
    return f"Due by now for most: {hours(by_now)} of {hours(due)} hours"


def shown_words(shown: int, every: int) -> str:
    """‘14 of 60 people shown. Enter says why.’"""
    people = count_of(every, "person", "people") if shown == every else f"{shown} of {count_of(every, 'person', 'people')}"
    return f"{people} shown, furthest behind first. Enter on a row says why."


def nobody_words(ledgers: Sequence[PersonLedger], wanted: HoursFilter) -> tuple[str, str]:
    """What is said in place of an empty list: nobody is behind, nobody owes hours, or nobody fits."""
    if not ledgers:
        return NOBODY_HERE
    if not any(row.whole.due for row in ledgers):
        return "Nobody owes hours in this year", "Settings, Hours owed, says which staff groups do, and how many."
    if wanted.shown == BEHIND and not any(row.behind for row in ledgers):
        return "Nobody is behind", "‘Everybody who owes hours’ shows how each of them stands."
    return "Nobody fits", "Choose another staff group or line manager, or empty the filter."


def manager_choices(of_rows: Sequence[Sequence[int]], names: Mapping[int, str]) -> list[tuple[int | None, str]]:
    """The line managers of these rows to choose from, after a line for all of them; last one for who has none."""
    known = {(each, names[each]) for managers in of_rows for each in managers if each in names}
    choices: list[tuple[int | None, str]] = [(None, "All line managers"), *sorted(known, key=_by_words)]
    if not all(of_rows):
        choices.append((NOBODY, "No line manager"))
    return choices


def _by_words(choice: tuple[int, str]) -> str:
    return choice[1].casefold()
