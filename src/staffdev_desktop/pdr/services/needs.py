"""Training and development needs after a statement is agreed: who arranges what, until it is done or declined."""

from datetime import date

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import Need
from staffdev_desktop.pdr.queries.scope import visible_review
from staffdev_desktop.pdr.rules import NEED_STATES, SETTLED_NEEDS


@needs(Permission.RUN_CYCLE)
def move_need(
    session: Session,
    actor: Actor,
    *,
    need_id: int,
    revision: int,
    state: str,
    who: str,
    by_when: date | None,
    cost: int | None = None,
    term: str = "",
    reason: str = "",
) -> None:
    """Say how far a need is, who arranges it, by when, and what it costs (pence). Declining one needs a reason.

    The words of the statement that named it stay as they were. Raises UserError, Conflict.
    """
    need = session.get_one(Need, need_id)
    visible_review(session, actor, need.review_id)
    if need.revision != revision:
        raise Conflict
    if state not in NEED_STATES:
        raise UserError("Choose how far it is.", field="state")
    if state == "declined" and not reason.strip():
        raise UserError("Write why it was declined: it stands on next year’s sheet.", field="reason")
    if cost is not None and cost < 0:
        raise UserError("A cost cannot be less than nothing.", field="cost")
    need.state, need.who, need.by_when, need.cost = state, who.strip(), by_when, cost
    need.term, need.reason = term.strip(), reason.strip() if state == "declined" else ""
    need.settled_on = (need.settled_on or clock.today()) if state in SETTLED_NEEDS else None
