"""What the reads of reviews return: frozen, the standard library and the form kit only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from staffdev_desktop.formkit import Form


class Stage(StrEnum):
    """How far a review is (DESIGN section 4, Stages). Returned and booked may be skipped."""

    NOT_STARTED = "Not started"
    OUT = "Self-review out"
    RETURNED = "Returned"
    BOOKED = "Meeting booked"
    DRAFT = "Draft"
    AGREED = "Agreed"
    SIGNED = "Signed"


STAGES = tuple(Stage)


@dataclass(frozen=True)
class ReviewDates:
    """The dates that a review's stage is read from."""

    sheet_out_on: date | None = None
    returned_on: date | None = None
    booked_for: datetime | None = None
    drafted_at: datetime | None = None
    agreed_at: datetime | None = None
    signed_on: date | None = None


@dataclass(frozen=True)
class CycleRow:
    """A round of reviews."""

    id: int
    revision: int
    name: str
    year: int
    starts_on: date
    ends_on: date
    sheets_due_on: date
    deadline: date
    split_by_post: bool
    closed_on: date | None


@dataclass(frozen=True)
class PlanRow:
    """What a cycle would do for one person (or one of their posts), before anything is made."""

    person_id: int
    post_id: int | None
    name: str
    posts: str
    group: str
    reviewer_id: int | None
    reviewer: str
    included: bool
    trouble: str  # why not, or what is still missing; empty if all is well
    kind: str = "support"
    warning: str = ""  # about the reviewer: not trained, or with too many reviews; no reason to stop


@dataclass(frozen=True)
class StandingRow:
    """How a person is reviewed, where that differs from their staff group."""

    person_id: int
    revision: int  # 0 before anything was set
    kind: str = ""
    exempt: str = ""
    exempt_until: date | None = None
    trained_reviewer: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One review on the cycle board."""

    id: int
    revision: int
    number: str
    person_id: int
    name: str
    posts: str
    group: str
    staff_number: str
    reviewer_id: int | None
    reviewer: str
    dates: ReviewDates
    stage: Stage
    deadline: date
    sheets_due_on: date
    place: str
    away: bool
    exempt: bool
    version: int
    first_year: bool
    track_only: bool = False
    kind: str = "support"


@dataclass(frozen=True)
class TargetRow:
    """A target, with its outcome once it has one."""

    id: int
    position: int
    target: str
    success_criteria: str
    support: str
    by_when: date | None
    priority: str
    agreed_on: date | None
    outcome: str
    note: str
    reason: str
    taken_in: bool  # typed in from paper on day one, and not agreed in this program


@dataclass(frozen=True)
class LastNeed:
    """A training need of the statement before: how far it came, and why it was declined if it was."""

    need: str
    state: str
    reason: str


@dataclass(frozen=True)
class StatementRow:
    """A frozen version of a review's statement, without its words."""

    id: int
    review_id: int
    version: int
    fingerprint: str
    locked_at: datetime
    void_on: date | None
    void_reason: str


@dataclass(frozen=True)
class CopyRow:
    """The receipt for one of the two papers."""

    id: int
    revision: int
    statement_id: int
    copy: str
    printed_at: datetime | None
    given_on: date | None
    received_by: str
    back_on: date | None
    has_scan: bool


@dataclass(frozen=True)
class SignatureRow:
    """One side signed the newest statement on the screen."""

    side: str
    initials: str
    signed_at: datetime


@dataclass(frozen=True)
class Contributing:
    """Somebody who is asked about a review besides its lead reviewer."""

    person_id: int
    name: str


@dataclass(frozen=True)
class ReviewRecord:
    """Everything about one review that the meeting screen and its papers need.

    `answers` and `sheet_answers` are plain JSON values by field id, as formkit describes them; `revisions` are the saved
    revisions of the statement's answers by field id.
    """

    board: BoardRow
    cycle: CycleRow
    school_name: str
    practice: bool
    sheet_form: Form
    statement_form: Form
    person: str
    person_post: str
    reviewer_post: str
    contributors: tuple[Contributing, ...]
    last_targets: tuple[TargetRow, ...]
    sheet_answers: Mapping[str, Any]
    sheet_returned_to: str
    answers: Mapping[str, Any]
    revisions: Mapping[str, int]
    held_on: date | None
    priorities: tuple[str, ...]
    statements: tuple[StatementRow, ...] = ()
    copies: tuple[CopyRow, ...] = ()
    signatures: tuple[SignatureRow, ...] = ()
    last_needs: tuple[LastNeed, ...] = ()
    last_saved: datetime | None = None  # when a word of the statement was saved last, or its last version locked


@dataclass(frozen=True)
class MarkRow:
    """What was marked on a frozen statement later; dated, outside its fingerprint."""

    kind: Literal["void", "appeal", "addendum", "signed"]
    on: date
    words: str
    fingerprint: str = ""


@dataclass(frozen=True)
class StatementPaper:
    """What the paper of a frozen statement is drawn from: `pdr.papers.statement(snapshot, copy, fingerprint, marks, logo)`."""

    statement_id: int
    review_id: int
    number: str
    staff_number: str
    snapshot: Mapping[str, Any]
    fingerprint: str
    logo: bytes | None
    void_on: date | None
    void_reason: str
    marks: tuple[MarkRow, ...] = ()


@dataclass(frozen=True)
class PersonStage:
    """How far a person's review of the year is: one word for lists, and the kind of badge (ok, warn, late, info, mute)."""

    person_id: int
    review_id: int
    stage: Stage
    label: str
    badge: str


@dataclass(frozen=True)
class Meeting:
    """A booked meeting."""

    review_id: int
    at: datetime
    place: str
    person_id: int
    name: str
    reviewer_id: int | None
    reviewer: str
    stage: Stage


@dataclass(frozen=True)
class ChaseLine:
    """One line of the chase list: whom to remind of what, and how long it has waited or has left (days)."""

    review_id: int
    group: str
    name: str
    detail: str
    days: int
    late: bool


@dataclass(frozen=True)
class ReviewHit:
    """A review that a search found."""

    review_id: int
    title: str
    detail: str


@dataclass(frozen=True)
class OpenTie:
    """A review that ties somebody who leaves: as the one reviewed, or as the reviewer."""

    review_id: int
    number: str
    name: str
    stage: Stage
    as_reviewer: bool = field(default=False)


@dataclass(frozen=True)
class TargetNoteRow:
    """Progress on a target."""

    id: int
    target_id: int
    noted_on: date
    by: str
    words: str
    evidence_name: str
    evidence_sha256: str | None


@dataclass(frozen=True)
class InterimRow:
    """A meeting between reviews."""

    id: int
    revision: int
    review_id: int
    name: str
    reviewer: str
    kind: str
    asked_by: str
    asked_on: date
    booked_for: datetime | None
    held_on: date | None
    record: str


@dataclass(frozen=True)
class ComplaintRow:
    """An appeal."""

    id: int
    revision: int
    review_id: int
    about: str
    raised_on: date
    words: str
    heard_by_id: int | None
    heard_by: str
    heard_on: date | None
    outcome: str
    closed_on: date | None


@dataclass(frozen=True)
class NeedRow:
    """A training or development need of an agreed statement. `cost` is in pence."""

    id: int
    revision: int
    review_id: int
    number: str
    name: str
    group: str
    need: str
    how: str
    who: str
    by_when: date | None
    state: str
    reason: str
    cost: int | None
    term: str
    settled_on: date | None


@dataclass(frozen=True)
class HistoryRow:
    """One year of a person's reviews: its stage, and the targets that were agreed then with what came of them."""

    review_id: int
    number: str
    year: int
    cycle: str
    stage: Stage
    reviewer: str
    agreed_on: date | None
    targets: tuple[TargetRow, ...]
