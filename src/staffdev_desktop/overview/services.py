"""Jobs that touch more than one area, each in one transaction (DESIGN section 2)."""

from datetime import date

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import OpenTie
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.staff import services as staff

LEFT = "Left the school."


@needs(Permission.CHANGE_STAFF)
def leave(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    last_day: date,
    reason: str = "",
    destination: str = "",
    new_manager_id: int | None = None,
    new_reviewer_id: int | None = None,
) -> None:
    """Somebody leaves: their posts end, those they manage get the new manager, the open reviews they do get the new reviewer
    (or none, which the overview then asks for), and their own open reviews are taken out of their cycle. Raises UserError."""
    ties: tuple[OpenTie, ...] = boards.open_ties(session, actor, person_id=person_id)
    staff.end_employment(
        session,
        actor,
        person_id=person_id,
        last_day=last_day,
        reason=reason,
        destination=destination,
        new_manager_id=new_manager_id,
    )
    for tie in ties:
        if not is_open(tie.stage):
            continue
        if tie.as_reviewer:
            own = boards.cycle_board(session, actor, review_id=tie.review_id)[0].person_id == new_reviewer_id
            cycles.set_reviewer(session, actor, review_ids=[tie.review_id], reviewer_id=None if own else new_reviewer_id)
        else:
            revision = boards.cycle_board(session, actor, review_id=tie.review_id)[0].revision
            cycles.set_standing(session, actor, review_id=tie.review_id, revision=revision, away=False, exempt=True, reason=LEFT)
