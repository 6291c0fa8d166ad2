"""Reads for forms that came back as files: which review is it?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.queries.scope import visible
from staffdev_desktop.pdr.rows import ReviewRecord


@needs(Permission.SEE_REVIEWS)
def review_by_number(session: Session, actor: Actor, *, number: str) -> ReviewRecord | None:
    """The review with this number, or None if there is none (any more). Raises UserError if it is not yet the reader's to see."""
    found = session.execute(select(Review.id).where(Review.number == number, visible(actor))).scalar()
    return None if found is None else records.review(session, actor, review_id=found)
