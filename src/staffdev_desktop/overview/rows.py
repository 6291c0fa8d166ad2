"""What the overview's reads return."""

from dataclasses import dataclass

from staffdev_desktop.pdr.rows import OpenTie


@dataclass(frozen=True)
class ToDo:
    """One line of what needs doing now: numbers first, then who and by when; `badge` is ok, warn, late, info or mute.

    `review_ids` are the reviews that it is about, for the board to show.
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
class LeavingTies:
    """Everything that still ties somebody who leaves."""

    managed: tuple[tuple[int, str], ...]
    reviews_of_others: tuple[OpenTie, ...]
    own_reviews: tuple[OpenTie, ...]
