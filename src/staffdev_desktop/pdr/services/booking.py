"""Book many meetings at once: all of them or none, and one undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.services.cycles import book_meeting


@dataclass(frozen=True)
class Booking:
    """One meeting of a plan; `moment` None takes its booking back. `revision` is the review's as it was planned with."""

    review_id: int
    revision: int
    moment: datetime | None
    place: str = ""


@needs(Permission.RUN_CYCLE)
def book_meetings(session: Session, actor: Actor, *, plan: Sequence[Booking]) -> int:
    """Book every meeting of a plan. Returns how many. Raises UserError (none, one twice, a locked review), Conflict."""
    if not plan:
        raise UserError("No meeting is ticked. Tick at least one.", field="plan")
    if len({each.review_id for each in plan}) != len(plan):
        raise UserError("A review stands in the plan twice.", field="plan")
    for each in plan:
        book_meeting(session, actor, review_id=each.review_id, revision=each.revision, moment=each.moment, place=each.place)
    return len(plan)
