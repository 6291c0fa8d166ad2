"""What the services of requests take and their queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RequestStage(StrEnum):
    """How far a request is; read from its dates, never stored."""

    ASKED = "Asked"
    DECLINED = "Not agreed"
    AGREED = "Agreed"
    BOOKED = "Booked"
    PAST = "Attended?"  # its day has gone by and nobody said whether they went
    ATTENDED = "Impact to write"
    DONE = "Done"
    WITHDRAWN = "Withdrawn"


@dataclass(frozen=True)
class RequestDetails:
    """What is asked for. `pence` is what the school would pay of the fee, `cover_pence` what supply cover would cost it."""

    activity: str
    why: str = ""
    kind_id: int | None = None
    provider: str = ""
    starts_on: date | None = None
    minutes: int | None = None
    pence: int | None = None
    who_pays: str = ""
    fee_share: str = ""
    budget_id: int | None = None
    cover: str = ""
    cover_pence: int | None = None
    need_id: int | None = None


@dataclass(frozen=True)
class Decision:
    """What a line manager said, on screen or on the slip. `by` is empty for whoever is signed in."""

    approved: bool
    on: date
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class RequestRow:
    """A request with how far it is. `entry_id` is the line of the log that came of it."""

    id: int
    revision: int
    person_id: int
    name: str
    group: str
    posts: str
    asked_on: date
    details: RequestDetails
    kind: str
    budget: str
    decision: Decision | None
    booked_on: date | None
    withdrawn_on: date | None
    entry_id: int | None
    stage: RequestStage
    search: str

    @property
    def total(self) -> int:
        """Fee and cover together, in pence."""
        return (self.details.pence or 0) + (self.details.cover_pence or 0)


@dataclass(frozen=True)
class BudgetDetails:
    """A budget as the school writes it; without an id it is new."""

    name: str
    pence: int
    id: int | None = None


@dataclass(frozen=True)
class BudgetRow:
    """Money of one academic year, in pence: `spent` on what was attended, `committed` to what is agreed, `asked` for and not decided."""

    id: int
    revision: int
    year: int
    name: str
    pence: int
    spent: int
    committed: int
    asked: int

    @property
    def left(self) -> int:
        """What is not spent or promised; less than nothing where more was promised than there is."""
        return self.pence - self.spent - self.committed
