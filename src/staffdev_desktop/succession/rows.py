"""What the queries of this area answer."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class InterestRow:
    """One note: about whom, from which review, the words, when and by whom."""

    id: int
    review_id: int
    person: str
    number: str
    words: str
    noted_on: date
    by: str


@dataclass(frozen=True)
class ReviewInterest:
    """What is written of one review, and what must be said before more is. `rests_on` names the review."""

    person: str
    rests_on: str
    reminder: str
    notes: tuple[InterestRow, ...]
