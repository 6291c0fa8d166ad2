"""Appeals: against a statement, or about pay, which is kept apart (seed 002, Complaints)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import Complaint
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible_review
from staffdev_desktop.pdr.rules import APPEALS, require_agreed


@needs(Permission.SEE_PRIVATE_REASONS, undoable=False)
def raise_complaint(session: Session, actor: Actor, *, review_id: int, about: str, raised_on: date, words: str) -> int:
    """Mark a review as under appeal: its papers say so from now on. Returns the complaint's id. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_agreed(stage_of_review(review))
    if about not in APPEALS:
        raise UserError("Say whether this is about the statement or about pay.", field="about")
    if raised_on > clock.today():
        raise UserError("That day is still to come.", field="raised_on")
    running = select(Complaint.id).where(Complaint.review_id == review_id, Complaint.about == about, Complaint.closed_on.is_(None))
    if session.execute(running).first():
        raise UserError("There is an open appeal about this already.", field="about")
    complaint = Complaint(review_id=review_id, about=about, raised_on=raised_on, words=words.strip())
    session.add(complaint)
    session.flush()
    return complaint.id


@needs(Permission.SEE_PRIVATE_REASONS, undoable=False)
def hear_complaint(
    session: Session,
    actor: Actor,
    *,
    complaint_id: int,
    revision: int,
    heard_by_id: int | None,
    heard_on: date | None,
    outcome: str,
    closed_on: date | None,
) -> None:
    """Who hears an appeal (never the reviewer), when, and what came of it. Raises UserError, Conflict."""
    complaint = session.get_one(Complaint, complaint_id)
    if complaint.revision != revision:
        raise Conflict
    review = visible_review(session, actor, complaint.review_id)
    if heard_by_id is not None and heard_by_id in (review.reviewer_id, review.person_id):
        raise UserError("Somebody else must hear it: not the reviewer, and not the member of staff.", field="heard_by_id")
    for day, field in ((heard_on, "heard_on"), (closed_on, "closed_on")):
        if day is not None and day < complaint.raised_on:
            raise UserError("That is before the appeal was made.", field=field)
    if closed_on is not None and not outcome.strip():
        raise UserError("Write what came of it before you close it.", field="outcome")
    complaint.heard_by_id, complaint.heard_on = heard_by_id, heard_on
    complaint.outcome, complaint.closed_on = outcome.strip(), closed_on
