"""What the services of the offer take and its queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Checked(StrEnum):
    """How fresh a line of the directory is."""

    FRESH = "Checked"
    OLD = "Old"
    NEVER = "Not checked"


@dataclass(frozen=True)
class HeadingRow:
    """A line or a column of a grid."""

    id: int
    revision: int
    name: str


@dataclass(frozen=True)
class OfferItemRow:
    """One thing offered; `programme` is the name of what it starts an enrolment on."""

    id: int
    revision: int
    line_id: int
    column_id: int
    text: str
    programme_id: int | None
    programme: str


@dataclass(frozen=True)
class OfferGrid:
    """One of the two grids with everything in it."""

    grid: str
    lines: tuple[HeadingRow, ...]
    columns: tuple[HeadingRow, ...]
    items: tuple[OfferItemRow, ...]

    def cell(self, line_id: int, column_id: int) -> tuple[OfferItemRow, ...]:
        """What stands where a line and a column meet, in its order."""
        return tuple(item for item in self.items if (item.line_id, item.column_id) == (line_id, column_id))


@dataclass(frozen=True)
class ProviderDetails:
    """What is written about a provider."""

    name: str
    contact: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProviderRow:
    """A provider, and how many lines of the directory are theirs."""

    id: int
    revision: int
    details: ProviderDetails
    items: int


@dataclass(frozen=True)
class DirectoryDetails:
    """What is written in a line of the directory; only its title is compulsory. `minutes` is the time it takes, `pence` its cost."""

    title: str
    provider_id: int | None = None
    kind_id: int | None = None
    strand: str = ""
    setting: str = ""
    audience: str = ""
    about: str = ""
    minutes: int | None = None
    pence: int | None = None
    next_on: date | None = None
    dates: str = ""
    place: str = ""
    checked_on: date | None = None
    programme_id: int | None = None


@dataclass(frozen=True)
class DirectoryRow:
    """A line of the directory. `search` is casefolded and without accents."""

    id: int
    revision: int
    details: DirectoryDetails
    provider: ProviderDetails | None
    kind: str
    programme: str
    checked: Checked
    search: str

    @property
    def provider_name(self) -> str:
        """Who offers it, or nothing."""
        return self.provider.name if self.provider else ""


@dataclass(frozen=True)
class Found:
    """A line of the directory as a review meeting sees it: what is offered, and no name of anybody."""

    id: int
    title: str
    provider: str
    kind: str
    setting: str
    audience: str
    about: str
    when: str
    place: str
    how: str  # as it stands under ‘how’ in a development need: provider, time, cost in words
    search: str
