"""What the settings' queries return."""

from dataclasses import dataclass, field
from datetime import datetime

from staffdev_desktop.kernel.years import Closure, Term


@dataclass(frozen=True)
class SchoolRow:
    """What holds for the whole school."""

    id: int
    revision: int
    name: str
    logo_sha256: str | None
    minimum_group: int
    return_to: str


@dataclass(frozen=True)
class StaffGroupRow:
    """A staff group in the school's order; `forms` is the form set of its review."""

    id: int
    revision: int
    name: str
    forms: str


@dataclass(frozen=True)
class GroupDetails:
    """What a school says of a staff group: its name and the kind of review its people have; without an id it is a new one."""

    name: str
    forms: str
    id: int | None = None


@dataclass(frozen=True)
class PriorityRow:
    """A school priority of one year."""

    id: int
    revision: int
    year: int
    text: str


@dataclass(frozen=True)
class YearDates:
    """The terms and closures of one academic year."""

    year: int
    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """All terms and closures that the school has entered, over all years."""

    terms: tuple[Term, ...] = field(default=())
    closures: tuple[Closure, ...] = field(default=())


@dataclass(frozen=True)
class FormVersionRow:
    """One of the school's own editions of a form."""

    form_id: str
    version: int
    made_at: datetime
    made_by: str
