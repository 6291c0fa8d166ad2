"""How entries stand in a table: of one person by term, or of everybody."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus, TermGroup
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.kernel.dates import day_with_year, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import PADDING, ROW_ROLE, BadgeDelegate, RowDelegate, TwoLineDelegate, draw_words
from staffdev_desktop.ui.widgets.grouped_table import (
    DayCell,
    Grouped,
    GroupedModel,
    GroupLine,
    PlainCell,
    StatusCell,
    TwoLinesCell,
)
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WANTED = "Not written yet. What changed for pupils?"
ENTRY_BADGES = {
    EntryStatus.ENTERED: ("mute", None),
    EntryStatus.IMPACT_NEEDED: ("warn", None),
    EntryStatus.TO_CHECK: ("info", None),
    EntryStatus.ASSURED: ("ok", None),
    EntryStatus.SENT_BACK: ("warn", "chat"),
}


Shown = EntryRow | GroupLine


def lines_of(groups: Sequence[TermGroup], year: int, ledgers: Mapping[int, PersonLedger]) -> list[Shown]:
    """The terms, the newest first: the first of the year picked stands without a line above it.

    Hours and what was owed are the ledger’s, so that the same number stands everywhere.
    """
    found: list[Shown] = []
    told = {year}
    for place, group in enumerate(groups):
        if place or group.year != year:
            known = ledgers.get(group.year)
            minutes = next((part.counted for part in known.terms if part.name == group.name), group.minutes) if known else group.minutes
            total = "" if group.year in told else _year_words(known)
            told.add(group.year)
            found.append(GroupLine(f"{group.year} {group.name}", f"{group.name} {year_label(group.year)}", minutes, total))
        found += group.rows
    return found


def _year_words(known: PersonLedger | None) -> str:
    """‘Year total 13.5 of 12 hours’."""
    if known is None:
        return ""
    owed = f" of {hours(known.whole.due)}" if known.whole.due else ""
    return f"Year total {hours(known.whole.have)}{owed} hours"


def impact_words(row: EntryRow) -> str:
    """What came of it, or what is missing."""
    if row.status is EntryStatus.SENT_BACK and row.check:
        return f"Asked: {row.check.question}" if row.check.question else "Sent back"
    details = row.details
    words = details.impact or details.changed or details.colleagues
    return words or (WANTED if row.status is EntryStatus.IMPACT_NEEDED else "")


def status_badge(row: Shown) -> BadgeText | None:
    """How far an entry is, as a badge."""
    if isinstance(row, GroupLine):
        return None
    kind, icon = ENTRY_BADGES[row.status]
    return BadgeText(kind, str(row.status), icon)


class Impact(RowDelegate):
    """What came of it; what is missing or asked stands in the colour of a warning, and in words."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Words in their colour."""
        row = index.data(ROW_ROLE)
        waiting = row.status in (EntryStatus.IMPACT_NEEDED, EntryStatus.SENT_BACK)
        self.words_colour = "warn" if waiting else "text"
        super().paint_cell(painter, rect, index)


class Evidence(RowDelegate):
    """A clip and how many files, or a dash."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw it."""
        number = index.data(ROW_ROLE).evidence
        room = rect.adjusted(PADDING, 0, -PADDING, -1)
        if not number:
            draw_words(painter, room, "–", 13, theme.NORMAL, "text3")
            return
        side = theme.px(14)
        painter.drawPixmap(room.x(), room.y() + (room.height() - side) // 2, theme.pixmap("clip", "text2", 14))
        draw_words(painter, room.adjusted(side + 4, 0, 0, 0), str(number), 13, theme.NORMAL, "text2")


class ImpactCell(Grouped, Impact):
    """What came of it."""


class EvidenceCell(Grouped, Evidence):
    """How many files."""


def person_columns() -> tuple[Column, ...]:
    """Of the log of one person (picture 05)."""
    return (
        Column("day", "Date", 74, _day, delegate=DayCell, spoken=_long_day),
        Column("activity", "Activity", 270, _activity, extra=_kind, tooltip=_tooltip, delegate=TwoLinesCell),
        *_last_columns(PlainCell, ImpactCell, EvidenceCell, StatusCell),
    )


def all_columns() -> tuple[Column, ...]:
    """Of everybody's entries; no lines of terms are among them, so their cells need not look for any."""
    return (
        Column("day", "Date", 106, _long_day, sort_key=_when, delegate=partial(RowDelegate, colour="text2")),
        Column("name", "Member of staff", 176, _name, extra=_group, delegate=TwoLineDelegate),
        Column("activity", "Activity", 300, _activity, extra=_kind, tooltip=_tooltip, delegate=TwoLineDelegate),
        *_last_columns(None, Impact, Evidence, BadgeDelegate),
    )


def _last_columns(plain: type | None, impact: type, evidence: type, status: type) -> tuple[Column, ...]:
    return (
        Column("hours", "Hours", 66, _hours, sort_key=_minutes, align="right", delegate=plain),
        Column("impact", "Impact", 0, _impact, tooltip=_impact, delegate=impact),
        Column("evidence", "Evidence", 78, _evidence, sort_key=_files, spoken=_spoken_evidence, delegate=evidence),
        Column("status", "Quality assurance", 146, _status, sort_key=_far, extra=status_badge, delegate=status),
    )


def all_model(parent: QWidget) -> TableModel:
    """The model of everybody's entries: found by the words that the query prepared."""
    return TableModel(all_columns(), search_text=_search, parent=parent)


def person_model(parent: QWidget) -> GroupedModel:
    """The model of one person's log."""
    return GroupedModel(person_columns(), search_text=_search, parent=parent)


def _search(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else row.search


def _day(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else short_day(row.details.done_on)


def _long_day(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else day_with_year(row.details.done_on)


def _when(row: EntryRow) -> object:
    return row.details.done_on


def _name(row: EntryRow) -> str:
    return row.name


def _group(row: EntryRow) -> str:
    return row.group


def _activity(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else row.details.activity


def _kind(row: Shown) -> str:
    if isinstance(row, GroupLine):
        return ""
    return ", ".join(words for words in (row.kind, "" if row.counts else "does not count towards hours owed") if words)


def _tooltip(row: Shown) -> str | None:
    if isinstance(row, GroupLine):
        return None
    details = row.details
    return "\n".join(words for words in (details.activity, details.provider, row.area, details.priority) if words)


def _hours(row: Shown) -> str:
    return hours_in_table(row.minutes if isinstance(row, GroupLine) else row.details.minutes)


def _minutes(row: EntryRow) -> int:
    return row.details.minutes


def _impact(row: Shown) -> str:
    return row.total if isinstance(row, GroupLine) else impact_words(row)


def _evidence(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) or not row.evidence else str(row.evidence)


def _spoken_evidence(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else count_of(row.evidence, "file")


def _files(row: EntryRow) -> int:
    return row.evidence


def _status(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else str(row.status)


def _far(row: EntryRow) -> int:
    return list(EntryStatus).index(row.status)
