"""What the overview's reads return."""

from dataclasses import dataclass
from datetime import date

from staffdev_desktop.pdr.rows import OpenTie


@dataclass(frozen=True)
class ToDo:
    """One line of what needs doing now: numbers first, then who and by when; `badge` is ok, warn, late, info or mute.

    `review_ids` are the reviews that it is about, for the board to show; `cpd` is a view of CPD, and what of it, that it opens instead.
    """

    key: str
    icon: str
    count: int
    title: str
    detail: str
    badge: str
    badge_words: str
    verb: str
    review_ids: tuple[int, ...] = ()
    cpd: tuple[str, object] | None = None


@dataclass(frozen=True)
class StageShare:
    """One segment of the cycle bar."""

    stage: str
    count: int


@dataclass(frozen=True)
class CycleProgress:
    """How far the reviews of a year are."""

    label: str  # PDR cycle 2026/27
    reviews: int
    signed: int
    percent: int
    deadlines: str
    stages: tuple[StageShare, ...]


@dataclass(frozen=True)
class CpdTie:
    """Something of CPD that a leaver leaves open: `kind` says what, `label` which."""

    kind: str
    label: str


@dataclass(frozen=True)
class LeavingTies:
    """Everything that still ties somebody who leaves."""

    managed: tuple[tuple[int, str], ...]
    reviews_of_others: tuple[OpenTie, ...]
    own_reviews: tuple[OpenTie, ...]


@dataclass(frozen=True)
class Certificate:
    """A training of somebody that has expired or soon will: `until` is the last day it counts."""

    name: str
    training: str
    until: date


@dataclass(frozen=True)
class GroupHours:
    """The hours of a staff group in the term: done, owed, and owed by now; minutes."""

    group: str
    done: int
    due: int
    due_by_now: int


@dataclass(frozen=True)
class Development:
    """How CPD stands today: the hours of the term, and what waits for somebody. `behind` are names, the furthest behind first."""

    term: str
    term_ends: date | None
    groups: tuple[GroupHours, ...]
    behind: tuple[str, ...]
    expired: tuple[Certificate, ...]
    soon: tuple[Certificate, ...]
    not_yet: int
    to_check: int
    requests: int
    ratings_late: int
    attendance: int  # sessions that were held, and nobody said who was there
    overdue: int  # enrolments past the day by which they should have ended
