"""What the services take and the queries of staff return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Roll(StrEnum):
    """Whether somebody is with the school on a day."""

    ON_ROLL = "On roll"
    JOINING = "Joining"
    LEFT = "Left"


class When(StrEnum):
    """Where a period stands against a day."""

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True)
class PersonDetails:
    """What is written about a person. Only one of the two names is compulsory; without a staff number the program gives a reference."""

    surname: str
    forename: str = ""
    title: str = ""
    known_as: str = ""
    pronouns: str = ""
    kind: str = "employee"
    staff_number: str = ""
    email: str = ""
    phone: str = ""
    notes: str = ""
    staff_group_id: int | None = None


@dataclass(frozen=True)
class EmploymentDetails:
    """A person's time with the school; an empty end means that it goes on. `ends_on` is the last day."""

    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = ""
    destination: str = ""


@dataclass(frozen=True)
class HoldingDetails:
    """A person in a post: the post by title and site, from-to (both days inside), and what belongs to this holding alone.

    Hours are hours a week.
    """

    title: str
    site: str = ""
    line_manager_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    weekly_hours: float | None = None
    full_time_hours: float | None = None
    allowance: str = ""
    filled_how: str = ""


@dataclass(frozen=True)
class QualificationDetails:
    """A qualification or a status, under the name it was awarded."""

    name: str
    is_status: bool = False
    provider: str = ""
    level: str = ""
    awarded_on: date | None = None
    funded: str = ""


@dataclass(frozen=True)
class MembershipDetails:
    """Membership of a professional body."""

    body: str
    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Edge:
    """Who is managed by whom, and when; None is open."""

    holding_id: int
    person_id: int
    manager_id: int
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class PersonName:
    """A person's name, for lists to choose from."""

    id: int
    name: str
    sort_key: str


@dataclass(frozen=True)
class PersonRow:
    """One person of the staff list as it stands on a day. `search` is casefolded and without accents."""

    id: int
    name: str
    sort_key: str
    posts: str
    group_id: int | None
    group: str
    kind: str
    roll: Roll
    line_managers: str
    staff_number: str
    email: str
    search: str


@dataclass(frozen=True)
class PersonHit:
    """A person whom a search found."""

    id: int
    name: str
    detail: str


@dataclass(frozen=True)
class EmploymentRow:
    """A time with the school."""

    id: int
    revision: int
    details: EmploymentDetails


@dataclass(frozen=True)
class HoldingRow:
    """A holding, with the name of its line manager and where it stands against today."""

    id: int
    revision: int
    post_id: int
    details: HoldingDetails
    line_manager: str
    when: When


@dataclass(frozen=True)
class QualificationRow:
    """A qualification or status."""

    id: int
    revision: int
    details: QualificationDetails


@dataclass(frozen=True)
class MembershipRow:
    """A membership."""

    id: int
    revision: int
    details: MembershipDetails


@dataclass(frozen=True)
class RoleSpell:
    """One line of somebody's role history: consecutive holdings of one post are one spell, known by the last of them."""

    holding_id: int
    title: str
    site: str
    starts_on: date | None
    ends_on: date | None
    when: When


@dataclass(frozen=True)
class ManagedRow:
    """Somebody whom a person manages, in a post."""

    holding_id: int
    person_id: int
    name: str
    title: str


@dataclass(frozen=True)
class PersonRecord:
    """Everything that the school keeps about one person in staff, as it stands today."""

    id: int
    revision: int
    name: str
    details: PersonDetails
    group: str
    roll: Roll
    joined_on: date | None
    leaves_on: date | None
    employments: tuple[EmploymentRow, ...]
    holdings: tuple[HoldingRow, ...]
    history: tuple[RoleSpell, ...]
    qualifications: tuple[QualificationRow, ...]
    memberships: tuple[MembershipRow, ...]
    manages: tuple[ManagedRow, ...]

    @property
    def current(self) -> tuple[HoldingRow, ...]:
        """The posts held today."""
        return tuple(holding for holding in self.holdings if holding.when is When.CURRENT)


@dataclass(frozen=True)
class PostRow:
    """A post with how many hold it today; `sort_key` puts titles in order."""

    id: int
    revision: int
    title: str
    site: str
    holders: tuple[str, ...]
    sort_key: str


@dataclass(frozen=True)
class TreeRow:
    """A person in the tree of line managers, top down; `depth` is 0 for those whom nobody manages."""

    person_id: int
    name: str
    posts: str
    depth: int


@dataclass(frozen=True)
class StaffTie:
    """What ties somebody who leaves to the school: `kind` is post, manages or employment."""

    kind: str
    row_id: int
    label: str
    detail: str


@dataclass(frozen=True)
class TakenIn:
    """What taking in a staff list did, in people."""

    new: int
    changed: int
