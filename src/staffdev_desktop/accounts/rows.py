"""What the accounts' queries return."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UserRow:
    """Somebody who can sign in."""

    id: int
    name: str
    role: str
    active: bool


@dataclass(frozen=True)
class ChangeRow:
    """One line of the audit trail. `before` and `after` are JSON or None."""

    id: int
    at: datetime
    user_name: str
    service: str
    kind: str
    row_id: int
    before: str | None
    after: str | None
