"""Decisions of sessions: what one must be, where it stands, who has a place, what to ask about before it is saved. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from staffdev_desktop.cpd.log.rules import DAY_MINUTES, LONGEST_LINE, hours
from staffdev_desktop.cpd.programmes.rows import SessionDetails, SessionRow, SessionState, TopicState
from staffdev_desktop.kernel.dates import clock_time
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.kernel.years import Term, term_of, year_label, year_of

MOST_PLACES = 2000
DROP_IN, DROP_IN_MINUTES = "15-minute drop-in", 15


def check_session(details: SessionDetails) -> None:
    """Raises UserError for a session that cannot be."""
    if not details.title.strip():
        raise UserError("Write what the session is about.", field="title")
    if details.minutes <= 0:
        raise UserError("Write how long it takes. 0.25 is a quarter of an hour.", field="minutes")
    if details.minutes > DAY_MINUTES:
        raise UserError(f"{hours(details.minutes)} hours is more than a day. Plan a session for each day.", field="minutes")
    if details.capacity is not None and not 1 <= details.capacity <= MOST_PLACES:
        raise UserError(f"Places are between 1 and {MOST_PLACES:,}. Leave it empty if everybody can come.", field="capacity")
    for field in ("title", "leader", "place", "audience", "provider", "strand"):
        check_length(getattr(details, field), LONGEST_LINE, field)


def state_of(details: SessionDetails, cancelled_on: date | None, attendance_on: date | None, today: date) -> SessionState:
    """Where a session stands today."""
    if cancelled_on is not None:
        return SessionState.CANCELLED
    if attendance_on is not None:
        return SessionState.HELD
    if details.held_on == today:
        return SessionState.TODAY
    return SessionState.COMING if details.held_on > today else SessionState.TO_TAKE


def topic_state(session: SessionState | None, settled_at: datetime | None) -> TopicState:
    """What became of a topic, from the state of the session planned for it; one that was cancelled leaves it open."""
    if session in (SessionState.HELD, SessionState.TO_TAKE):
        return TopicState.HELD
    if session in (SessionState.COMING, SessionState.TODAY):
        return TopicState.PLANNED
    return TopicState.DECLINED if settled_at is not None else TopicState.OPEN


def waiting_places(count: int, capacity: int | None) -> tuple[int, ...]:
    """For each who signed up, in the order in which they did: 0 with a place, else how far down the waiting order."""
    room = count if capacity is None else capacity
    return tuple(max(0, number - room) for number in range(1, count + 1))


def clashes(details: SessionDetails, others: Iterable[SessionRow], but: int | None = None) -> tuple[str, ...]:
    """A sentence for each session at the same time with the same leader or in the same place."""
    found = []
    for other in others:
        if other.id == but or other.state is SessionState.CANCELLED or not _overlap(details, other.details):
            continue
        at = clock_time(other.details.starts_at) if other.details.starts_at else ""
        if _leads_both(details, other):
            found.append(f"{other.leaders} leads ‘{other.details.title}’ at {at}.")
        if details.place.strip() and searchable(details.place.strip()) == searchable(other.details.place.strip()):
            found.append(f"{details.place.strip()} is taken at {at}: ‘{other.details.title}’.")
    return tuple(found)


def _overlap(one: SessionDetails, other: SessionDetails) -> bool:
    if one.starts is None or one.ends is None or other.starts is None or other.ends is None:
        return False
    return one.starts < other.ends and other.starts < one.ends


def _leads_both(details: SessionDetails, other: SessionRow) -> bool:
    if details.leader_id is not None:
        return details.leader_id == other.details.leader_id
    return bool(details.leader.strip()) and searchable(details.leader.strip()) == searchable(other.leaders)


def directed_minutes(rows: Iterable[SessionRow]) -> int:
    """The directed time in these sessions, in minutes; one that was cancelled takes none."""
    return sum(row.details.minutes for row in rows if row.details.directed and row.state is not SessionState.CANCELLED)


def by_term(rows: Iterable[SessionRow], terms: Sequence[Term]) -> tuple[tuple[str, tuple[SessionRow, ...]], ...]:
    """Sessions under the name of their term, in their order.

    A day before the year’s first term, such as an INSET day on 1 September, stands under that term: people look for it there.
    """
    found: dict[str, list[SessionRow]] = {}
    for row in rows:
        day = row.details.held_on
        term = term_of(day, terms)
        if term is None or term.year < year_of(day):
            term = min((each for each in terms if each.year == year_of(day)), default=None)
        found.setdefault(f"{term.name} {year_label(term.year)}" if term else year_label(year_of(day)), []).append(row)
    return tuple((name, tuple(theirs)) for name, theirs in found.items())
