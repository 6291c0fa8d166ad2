"""What a portfolio is made from: frozen, standard library only. Every part but the person and the entries may be empty."""

from dataclasses import dataclass, field
from datetime import date

from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow
from staffdev_desktop.kernel.years import Term


@dataclass(frozen=True)
class Role:
    """A post that the person holds or held."""

    title: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Award:
    """A qualification or a status, under the name it was awarded."""

    name: str
    awarded_on: date | None
    provider: str = ""
    is_status: bool = False


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme that the person is or was on; `outcome` is empty while it goes on. `parts` are (title, day done)."""

    name: str
    provider: str
    starts_on: date | None
    ended_on: date | None
    outcome: str = ""
    parts: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True)
class TrainingLine:
    """Required training that was taken; `expires_on` is the last day it counts."""

    name: str
    done_on: date
    expires_on: date | None
    provider: str = ""


@dataclass(frozen=True)
class ProjectLine:
    """A learning group or an action research project, and what came out of it."""

    kind: str
    title: str
    year: int
    question: str = ""
    found: str = ""


@dataclass(frozen=True)
class EvidenceLine:
    """A file of an entry. `name` is what it was called when it came; in a package it goes by a number."""

    id: int
    entry_id: int
    name: str
    sha256: str


@dataclass(frozen=True)
class Portfolio:
    """One person between two days (both inside; None is without end). `standards` are the words of a standard by entry.

    `first_day` is when the person began with the school, as far as that is known.
    """

    school: str
    person: CpdPerson
    entries: tuple[EntryRow, ...]
    terms: tuple[Term, ...] = ()
    first: date | None = None
    last: date | None = None
    first_day: date | None = None
    roles: tuple[Role, ...] = ()
    awards: tuple[Award, ...] = ()
    programmes: tuple[ProgrammeLine, ...] = ()
    trainings: tuple[TrainingLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    standards: dict[int, str] = field(default_factory=dict)

    def files_of(self, entry_id: int) -> tuple[EvidenceLine, ...]:
        """The files of one entry."""
        return tuple(line for line in self.evidence if line.entry_id == entry_id)
