"""What the services of training take and its queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from staffdev_desktop.cpd.log.rows import CpdPerson


class State(StrEnum):
    """How somebody stands with one training today; read from the list and the records, never stored."""

    EXPIRED = "Expired"
    NOT_YET = "Not yet done"
    SOON = "Expires soon"
    IN_DATE = "In date"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True)
class TrainingDetails:
    """What the school’s list says of one training.

    It counts for `months`, or with `yearly` anew in each academic year; with neither it counts for ever. `minimum_cover` is how many
    people in date the school cannot do without.
    """

    name: str
    months: int | None = None
    yearly: bool = False
    minimum_cover: int = 0
    note: str = ""
    in_use: bool = True


@dataclass(frozen=True)
class ForWhom:
    """One line of whom a training is required of: exactly one of these is set. `exempt` takes somebody out again."""

    everybody: bool = False
    staff_group_id: int | None = None
    post_id: int | None = None
    person_kind: str = ""
    person_id: int | None = None
    exempt: bool = False


@dataclass(frozen=True)
class TrainingRow:
    """A training of the school’s list, with whom it is required of."""

    id: int
    revision: int
    details: TrainingDetails
    whom: tuple[ForWhom, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.details.name


@dataclass(frozen=True)
class RecordDetails:
    """What is written about one time of training: done, or only booked for a day to come.

    With `expiry_written`, `expires_on` is the last day it counts as the certificate says (None: for ever); else the list says it.
    """

    done_on: date | None = None
    booked_for: date | None = None
    expires_on: date | None = None
    expiry_written: bool = False
    provider: str = ""


@dataclass(frozen=True)
class RecordRow:
    """One time somebody took a training or is booked on it. `until` is the last day it counts; None is for ever, or not done yet."""

    id: int
    revision: int
    training_id: int
    person_id: int
    details: RecordDetails
    until: date | None
    certificate_name: str
    certificate_sha256: str | None
    entry_id: int | None


@dataclass(frozen=True)
class Cell:
    """How one person stands with one training. `until` is the last day it counts; None is for ever, or never done.

    `booked_for` is the next day somebody is booked for, `missed` a day they were booked for that has passed without a record.
    """

    state: State
    required: bool
    until: date | None = None
    done_on: date | None = None
    booked_for: date | None = None
    missed: date | None = None
    certificate: bool = False

    @property
    def needs_action(self) -> bool:
        """Whether somebody should do something about it."""
        return self.state in (State.EXPIRED, State.NOT_YET, State.SOON)


@dataclass(frozen=True)
class MatrixRow:
    """One person and how they stand with every training, in the order of the list. `search` is casefolded and without accents.

    `joined_on` is when this time with the school began, or will begin.
    """

    person: CpdPerson
    cells: tuple[Cell, ...]
    search: str
    joined_on: date | None = None

    @property
    def id(self) -> int:
        """The person’s."""
        return self.person.id


@dataclass(frozen=True)
class Cover:
    """How many people hold a training of which the school needs some. `falls_on` is the day after which they are too few, if known."""

    training_id: int
    name: str
    needed: int
    have: int
    falls_after: date | None


@dataclass(frozen=True)
class Matrix:
    """People on roll and the training in use. `cover` is empty for somebody who sees only their own team.

    `joining` are those who are still to begin: no number counts them, and what they will owe can be seen and printed.
    """

    trainings: tuple[TrainingRow, ...]
    rows: tuple[MatrixRow, ...]
    cover: tuple[Cover, ...]
    warn_days: int
    today: date
    term_ends: date | None  # of the term that today is in
    joining: tuple[MatrixRow, ...] = ()


@dataclass(frozen=True)
class PersonTraining:
    """One training of one person: how they stand, and every time they took it, the newest first."""

    training: TrainingRow
    cell: Cell
    records: tuple[RecordRow, ...]
