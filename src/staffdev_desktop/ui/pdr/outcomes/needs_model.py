"""How the needs of a year stand in a table: what is past its day comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.reports.figures import is_overdue
from staffdev_desktop.pdr.rows import NeedRow
from staffdev_desktop.pdr.rules import NEED_STATES, SETTLED_NEEDS
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

OPEN, OVERDUE, NOBODY, NO_TERM = "open", "overdue", "nobody", "no term"
_BADGES = {
    "to arrange": ("mute", None),
    "agreed": ("info", None),
    "booked": ("info", "cal"),
    "done": ("ok", None),
    "declined": ("mute", "x"),
}


@dataclass(frozen=True)
class NeedFilter:
    """What to show; None shows all. `state` is a state, OPEN or OVERDUE; `who` and `term` may be NOBODY and NO_TERM."""

    state: str | None = None
    group: str | None = None
    who: str | None = None
    term: str | None = None

    def keeps(self, need: NeedRow) -> bool:
        """Whether a need is shown."""
        return (
            _keeps_state(self.state, need)
            and self.group in (None, need.group)
            and self.who in (None, need.who or NOBODY)
            and self.term in (None, need.term or NO_TERM)
        )


def _keeps_state(state: str | None, need: NeedRow) -> bool:
    if state == OPEN:
        return need.state not in SETTLED_NEEDS
    if state == OVERDUE:
        return is_overdue(need, clock.today())
    return state in (None, need.state)


def capital(words: str) -> str:
    """‘To arrange’."""
    return words[:1].upper() + words[1:]


def state_badge(need: NeedRow) -> BadgeText:
    """How far a need is, as a badge."""
    kind, icon = _BADGES.get(need.state, ("mute", None))
    return BadgeText(kind, capital(need.state), icon)


def day_badge(need: NeedRow) -> BadgeText | None:
    """The day as a badge where it has gone by; else the column's plain words."""
    return BadgeText("late", _day(need)) if is_overdue(need, clock.today()) else None


def _day(need: NeedRow) -> str:
    return day_with_year(need.by_when) if need.by_when else "No day yet"


def _spoken_day(need: NeedRow) -> str:
    return f"{_day(need)}, overdue" if is_overdue(need, clock.today()) else _day(need)


def _tooltip(need: NeedRow) -> str:
    return "\n".join(words for words in (need.need, need.how, need.reason and f"Declined: {need.reason}") if words)


def _words(key: str, need: NeedRow) -> str:
    return getattr(need, key)


def _far(need: NeedRow) -> tuple[int, date]:
    place = NEED_STATES.index(need.state) if need.state in NEED_STATES else 0
    return place, need.by_when or date.max


def needs_model(parent, *, tickable: bool) -> TableModel:
    """The table's model. Rows come in the order of urgency."""
    columns = (
        Column("need", "Need", 0, partial(_words, "need"), extra=partial(_words, "how"), tooltip=_tooltip, delegate=TwoLineDelegate),
        Column("name", "Who it is for", 180, partial(_words, "name"), extra=partial(_words, "group"), delegate=TwoLineDelegate),
        Column("who", "Who arranges it", 184, partial(_words, "who"), tooltip=partial(_words, "who")),
        Column("by", "By", 118, _day, sort_key=_by, extra=day_badge, spoken=_spoken_day, delegate=BadgeDelegate),
        Column("term", "Term", 158, partial(_words, "term"), tooltip=partial(_words, "term")),
        Column("cost", "Cost", 84, _cost, sort_key=_pence, align="right"),
        Column("state", "How far", 118, _state, sort_key=_far, extra=state_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, tickable=tickable, search_text=_search_text, parent=parent)


def _by(need: NeedRow) -> date | None:
    return need.by_when


def _pence(need: NeedRow) -> int | None:
    return need.cost


def _cost(need: NeedRow) -> str:
    return pounds(need.cost)


def _state(need: NeedRow) -> str:
    return capital(need.state)


def _search_text(need: NeedRow) -> str:
    return " ".join((need.need, need.how, need.name, need.group, need.who, need.term, need.number, need.state))


def state_choices() -> list[tuple[str | None, str]]:
    """What the filter of states offers."""
    return [(None, "All states"), (OVERDUE, "Past their day"), (OPEN, "Still open"), *((state, capital(state)) for state in NEED_STATES)]


def choices_of(needs: Sequence[NeedRow], key: str, everything: str, nothing: tuple[str, str] | None = None) -> list[tuple[str | None, str]]:
    """The values that occur, after a line for all of them; `nothing` is the value and the words for those without one."""
    found = sorted({getattr(need, key) for need in needs} - {""}, key=str.casefold)
    choices: list[tuple[str | None, str]] = [(None, everything), *((words, words) for words in found)]
    if nothing and any(not getattr(need, key) for need in needs):
        choices.append(nothing)
    return choices


def summary_badges(needs: Sequence[NeedRow]) -> list[BadgeText]:
    """What stands above the list: numbers first."""
    today = clock.today()
    late = sum(is_overdue(need, today) for need in needs)
    badges = [BadgeText("late", f"{late} past their day")] if late else []
    for state in NEED_STATES:
        number = sum(need.state == state for need in needs)
        if number:
            kind, icon = _BADGES[state]
            badges.append(BadgeText(kind, f"{number} {state}", icon))
    return badges


def shown_words(shown: int, needs: Sequence[NeedRow]) -> str:
    """‘Showing 12 of 77 needs. £4,579.00 entered.’"""
    number = count_of(len(needs), "need") if shown == len(needs) else f"{shown} of {count_of(len(needs), 'need')}"
    cost = sum(need.cost or 0 for need in needs)
    return f"Showing {number}." + (f" Cost entered: {pounds(cost)}." if cost else "")
