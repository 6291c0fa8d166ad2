"""How sessions stand in a table: under the name of their term, the earliest first."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log.rules import hours_in_table
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.cpd.programmes.rules import by_term
from staffdev_desktop.kernel.dates import clock_time, day_in_table
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import Term
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.grouped_table import DayCell, GroupedModel, GroupLine, PlainCell, StatusCell
from staffdev_desktop.ui.widgets.tables import Column

COMING, PAST, TO_TAKE, CANCELLED = "coming", "past", "to take", "cancelled"
SHOWN = (
    (None, "All sessions"),
    (COMING, "Still to come"),
    (PAST, "Over"),
    (TO_TAKE, "Attendance to take"),
    (CANCELLED, "Cancelled"),
)
_AHEAD = (SessionState.COMING, SessionState.TODAY)
_BADGES = {
    SessionState.COMING: ("mute", "cal"),
    SessionState.TODAY: ("info", None),
    SessionState.TO_TAKE: ("warn", None),
    SessionState.HELD: ("ok", None),
    SessionState.CANCELLED: ("mute", "x"),
}
Shown = SessionRow | GroupLine


def keeps(wanted: str | None, row: SessionRow) -> bool:
    """Whether a session is shown under one of the filters."""
    if wanted == COMING:
        return row.state in _AHEAD
    if wanted == PAST:
        return row.state in (SessionState.HELD, SessionState.TO_TAKE)
    if wanted == TO_TAKE:
        return row.state is SessionState.TO_TAKE
    return wanted is None or row.state is SessionState.CANCELLED


def lines_of(rows: Sequence[SessionRow], terms: Sequence[Term]) -> list[Shown]:
    """The sessions with a line above each term, which says its hours."""
    found: list[Shown] = []
    for name, theirs in by_term(rows, terms):
        standing = [row for row in theirs if row.state is not SessionState.CANCELLED]
        found.append(GroupLine(name, name, sum(row.details.minutes for row in standing), count_of(len(theirs), "session")))
        found += theirs
    return found


def state_badge(row: Shown) -> BadgeText | None:
    """Where a session stands, as a badge."""
    if isinstance(row, GroupLine):
        return None
    kind, icon = _BADGES[row.state]
    return BadgeText(kind, str(row.state), icon)


def second_line(row: SessionRow) -> str:
    """‘15:30, Hall, Ruth Pemberton, directed time’."""
    details = row.details
    begins = clock_time(details.starts_at) if details.starts_at else ""
    parts = (begins, details.place, row.leaders or details.provider, "directed time" if details.directed else "")
    return ", ".join(part for part in parts if part)


def places_words(row: SessionRow) -> str:
    """‘7 of 12’, ‘6 of 6, 2 wait’, ‘8 present’."""
    if row.state is SessionState.HELD:
        return f"{row.present} present"
    if row.waiting:
        return f"{row.details.capacity} of {row.details.capacity}, {row.waiting} wait"
    if row.details.capacity is not None:
        return f"{row.signed_up} of {row.details.capacity}"
    return f"{row.signed_up} signed up" if row.signed_up else ""


def calendar_model(parent: QWidget) -> GroupedModel:
    """The model of the calendar."""
    columns = (
        Column("day", "Day", 92, _day, delegate=DayCell),
        Column("session", "Session", 0, _title, extra=_second, tooltip=_tooltip, delegate=TwoLineDelegate),
        Column("hours", "Hours", 62, _hours, align="right", delegate=PlainCell),
        Column("for", "For", 204, _audience, tooltip=_audience, delegate=PlainCell),
        Column("places", "Signed up", 112, _places, delegate=PlainCell),
        Column("state", "State", 158, _state, extra=state_badge, delegate=StatusCell),
    )
    return GroupedModel(columns, search_text=_search, parent=parent)


def texts_of(rows: Iterable[SessionRow]) -> tuple[str, ...]:
    """What a paper of these sessions writes, for the check of its letters."""
    return tuple(words for row in rows for words in (row.details.title, row.leaders, row.details.place, row.details.audience))


def _search(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else row.search


def _day(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else day_in_table(row.details.held_on)


def _title(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else row.details.title


def _second(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else second_line(row)


def _tooltip(row: Shown) -> str | None:
    if isinstance(row, GroupLine):
        return None
    return "\n".join(words for words in (row.details.title, row.kind, row.details.strand, row.area, row.belongs_to) if words)


def _hours(row: Shown) -> str:
    return hours_in_table(row.minutes if isinstance(row, GroupLine) else row.details.minutes)


def _audience(row: Shown) -> str:
    return row.total if isinstance(row, GroupLine) else row.details.audience or row.belongs_to


def _places(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else places_words(row)


def _state(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else str(row.state)
