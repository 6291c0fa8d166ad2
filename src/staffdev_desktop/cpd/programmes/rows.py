"""What the services of sessions take and their queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands; read from its dates, never stored."""

    COMING = "Coming"
    TODAY = "Today"
    TO_TAKE = "Attendance to take"
    HELD = "Attendance taken"
    CANCELLED = "Cancelled"


class Every(StrEnum):
    """How often a series repeats."""

    WEEK = "weekly"
    FORTNIGHT = "fortnightly"
    HALF_TERM = "half-termly"
    TERM = "termly"


class TopicState(StrEnum):
    """What became of a topic that somebody asked for; read from its session and its answer."""

    OPEN = "Open"
    PLANNED = "Planned"
    HELD = "Held"
    DECLINED = "Not planned"


@dataclass(frozen=True)
class SessionDetails:
    """What is written about a session. Only day, length and title are compulsory; `minutes` is its length, `pence` its cost.

    `directed` is whether it is part of directed time. Without `capacity` there is room for everybody.
    """

    held_on: date
    minutes: int
    title: str
    starts_at: time | None = None
    kind_id: int | None = None
    strand: str = ""
    leader: str = ""
    leader_id: int | None = None
    place: str = ""
    capacity: int | None = None
    audience: str = ""
    directed: bool = False
    provider: str = ""
    pence: int | None = None
    area_id: int | None = None
    module_id: int | None = None
    cohort_id: int | None = None
    group_id: int | None = None
    research_id: int | None = None

    @property
    def starts(self) -> datetime | None:
        """When it begins, if a time is given."""
        return datetime.combine(self.held_on, self.starts_at) if self.starts_at is not None else None

    @property
    def ends(self) -> datetime | None:
        """When it is over, if a time is given."""
        return self.starts + timedelta(minutes=self.minutes) if self.starts is not None else None


@dataclass(frozen=True)
class SessionRow:
    """One line of the calendar of CPD. `leaders` is whoever leads it, a person or a name typed in; `search` is casefolded.

    `signed_up` counts everybody who wants to come, `waiting` those for whom there is no room, `present` who was there.
    """

    id: int
    revision: int
    details: SessionDetails
    kind: str
    leaders: str
    area: str
    belongs_to: str  # the programme, group or research project that it is part of
    state: SessionState
    cancelled_on: date | None
    attendance_on: date | None
    signed_up: int
    waiting: int
    present: int
    search: str

    @property
    def full(self) -> bool:
        """Whether whoever signs up next has to wait."""
        return self.details.capacity is not None and self.signed_up >= self.details.capacity


@dataclass(frozen=True)
class PlaceRow:
    """Somebody who signed up for a session, or was there. `waiting` is the place in the queue, 0 for somebody who has one.

    `written` is whether the entry that attendance made holds words, a file or a check: it is never taken away without a question.
    """

    id: int
    person_id: int
    name: str
    posts: str
    waiting: int
    present: bool | None
    entry_id: int | None
    written: bool


@dataclass(frozen=True)
class TopicRow:
    """A topic that somebody asked for a session about."""

    id: int
    revision: int
    person_id: int | None
    name: str
    asked_on: date
    topic: str
    area_id: int | None
    area: str
    session_id: int | None
    session_on: date | None
    reason: str
    state: TopicState


@dataclass(frozen=True)
class AttendanceTaken:
    """What taking attendance did to the log, in entries."""

    added: int
    removed: int
    present: int


@dataclass(frozen=True)
class AreaChoice:
    """A diagnostic area that a session may be about."""

    id: int
    title: str
