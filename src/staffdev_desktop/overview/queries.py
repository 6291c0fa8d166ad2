"""Reads that need more than one area."""

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.overview.rows import LeavingTies
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.staff import queries as staff


@needs(Permission.CHANGE_STAFF)
def leaving_ties(session: Session, actor: Actor, *, person_id: int) -> LeavingTies:
    """Everything that still ties somebody who leaves: whom they manage, whose reviews they do, what is open of their own."""
    ties = boards.open_ties(session, actor, person_id=person_id)
    record = staff.person_record(session, actor, person_id=person_id)
    return LeavingTies(
        managed=tuple((each.person_id, each.name) for each in record.manages),
        reviews_of_others=tuple(tie for tie in ties if tie.as_reviewer),
        own_reviews=tuple(tie for tie in ties if not tie.as_reviewer),
    )
