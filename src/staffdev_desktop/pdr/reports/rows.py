"""The rows of reports: figures, what is asked of whom, what a fingerprint belongs to. Frozen."""

from dataclasses import dataclass
from datetime import date

from staffdev_desktop.pdr.rows import BoardRow, Stage


@dataclass(frozen=True)
class Figure:
    """One line of a table without names: how many people are behind it, how many needs, what it costs (pence)."""

    label: str
    people: int
    needs: int
    cost: int = 0


@dataclass(frozen=True)
class NeedsSummary:
    """The training and development needs of a year without names. What is None or empty rests on too few people to be shown."""

    year: int
    minimum: int
    total: Figure | None
    overdue: int | None
    by_group: tuple[Figure, ...]
    by_state: tuple[Figure, ...]
    by_term: tuple[Figure, ...]
    costed: Figure | None
    not_costed: int | None


@dataclass(frozen=True)
class GroupProgress:
    """How far the reviews of a staff group are. Each number counts the reviews that have come so far, or farther."""

    group: str
    reviews: int
    returned: int
    booked: int
    agreed: int
    signed: int
    late: int


@dataclass(frozen=True)
class ProgressFigure:
    """How far the reviews of a staff group are, without names; None where too few people are behind the split."""

    label: str
    reviews: int
    finished: int | None


@dataclass(frozen=True)
class Chase:
    """Somebody to remind: of whose review, with whom, what is waited for, how long it has waited or has left (days)."""

    review_id: int
    number: str
    person_id: int
    name: str
    group: str
    reviewer_id: int | None
    reviewer: str
    waiting_for: str
    detail: str
    days: int
    late: bool


@dataclass(frozen=True)
class Slip:
    """A note for a pigeonhole: the name and room outside, what is asked inside."""

    person_id: int
    name: str
    room: str
    asks: tuple[str, ...]


@dataclass(frozen=True)
class MoveNote:
    """A note about reviews that went to another reviewer: to whom, what is said, and the reviews with their dates."""

    to: str
    words: str
    reviews: tuple[BoardRow, ...]


@dataclass(frozen=True)
class Place:
    """Where somebody works: the sites of their posts of today."""

    person_id: int
    room: str


@dataclass(frozen=True)
class Fingerprinted:
    """The statement that a fingerprint belongs to, or the addendum to it. `sound` is whether its words in the file still match."""

    review_id: int
    number: str
    version: int
    name: str
    year: int
    locked_on: date
    void_on: date | None
    void_reason: str
    newest: int
    stage: Stage
    addendum_of: str
    addendum_on: date | None
    sound: bool
