"""What the services of programmes and enrolments take and their queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far somebody is with a programme; read from dates and outcome, never stored."""

    APPLIED = "Applied"
    ACCEPTED = "Accepted"
    ON_IT = "On the programme"
    COMPLETED = "Completed"
    NOT_PASSED = "Not passed"
    WITHDRAWN = "Withdrawn"
    NOT_ACCEPTED = "Not accepted"


@dataclass(frozen=True)
class ProgrammeDetails:
    """What is written about a programme. `minutes` is all of it, `pence` what it costs for one person, `award` what it leads to."""

    name: str
    provider: str = ""
    strand: str = ""
    about: str = ""
    months: int | None = None
    minutes: int | None = None
    pence: int | None = None
    award: str = ""
    award_is_status: bool = False
    in_use: bool = True


@dataclass(frozen=True)
class ModuleDetails:
    """A part of a programme; without an id it is a new one. `begun_before` and `begun_from` say for whom it holds, by when they began."""

    title: str
    kind: str = "module"
    minutes: int | None = None
    begun_before: date | None = None
    begun_from: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class Shipped:
    """A programme that the school begins with."""

    id: str
    details: ProgrammeDetails
    modules: tuple[ModuleDetails, ...]


@dataclass(frozen=True)
class CohortRow:
    """People who began a programme together."""

    id: int
    revision: int
    programme_id: int
    name: str
    starts_on: date | None
    lead: str
    people: int


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme with its parts; the counts are of people whom the actor may see. `search` is casefolded."""

    id: int
    revision: int
    details: ProgrammeDetails
    framework: str
    modules: tuple[ModuleDetails, ...]
    cohorts: tuple[CohortRow, ...]
    on_it: int
    applied: int
    overdue: int
    completed: int
    search: str


@dataclass(frozen=True)
class EnrolmentDetails:
    """What is written about somebody's enrolment. `pence` is the whole fee, `fee_share` the part of it that `who_pays` pays."""

    applied_on: date | None = None
    starts_on: date | None = None
    due_on: date | None = None
    cohort_id: int | None = None
    mentor: str = ""
    pence: int | None = None
    who_pays: str = ""
    fee_share: str = ""
    note: str = ""


@dataclass(frozen=True)
class StepRow:
    """One part of the programme of somebody who is enrolled, and how far they are with it."""

    module: ModuleDetails
    done_on: date | None
    result: str
    entry_id: int | None

    @property
    def done(self) -> bool:
        """Whether it is behind them."""
        return self.done_on is not None


@dataclass(frozen=True)
class EnrolmentRow:
    """Somebody on a programme. `steps` are the parts that hold for them; `pays` is what `who_pays` pays, in pence."""

    id: int
    revision: int
    person_id: int
    name: str
    posts: str
    programme_id: int
    programme: str
    award: str
    details: EnrolmentDetails
    cohort: str
    stage: Stage
    overdue: bool
    ended_on: date | None
    qualification_id: int | None
    steps: tuple[StepRow, ...]
    pays: int | None
    search: str

    @property
    def done(self) -> int:
        """Parts that are behind them."""
        return sum(step.done for step in self.steps)

    @property
    def running(self) -> bool:
        """Whether it has not come to an end."""
        return self.stage in (Stage.APPLIED, Stage.ACCEPTED, Stage.ON_IT)


@dataclass(frozen=True)
class SencoRow:
    """A SENCO without the award that the post needs, and the last day on which to have it."""

    person_id: int
    name: str
    appointed_on: date
    due_on: date
    overdue: bool
    on_programme: bool
