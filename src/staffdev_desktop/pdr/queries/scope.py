"""Which reviews an actor may see: a reviewer their own ones, and nobody what is still being written about themselves."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.rows import ReviewDates, Stage
from staffdev_desktop.pdr.rules import is_open, stage_of
from staffdev_desktop.staff.models import Person


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on Review that every query and service of this area goes through."""
    if actor.sees_all_reviews:
        return true()
    mine = select(Person.id).where(Person.user_id == actor.user_id, Person.user_id.is_not(None))
    return or_(Review.reviewer_id.in_(mine), Review.person_id.in_(mine))


def dates_of(review: Review) -> ReviewDates:
    """The dates that the stage is read from."""
    return ReviewDates(review.sheet_out_on, review.returned_on, review.booked_for, review.drafted_at, review.agreed_at, review.signed_on)


def stage_of_review(review: Review) -> Stage:
    """How far a review is."""
    return stage_of(dates_of(review))


def visible_review(session: Session, actor: Actor, review_id: int) -> Review:
    """A review that the actor may see. Raises UserError if there is none."""
    found = session.execute(select(Review).where(Review.id == review_id, visible(actor))).scalar()
    if found is None:
        raise UserError("That review is not there any more.")
    return found


def words_may_be_seen(session: Session, actor: Actor, review: Review) -> bool:
    """Nobody opens what is written about themselves before it is theirs to see (DESIGN section 4)."""
    if actor.user_id is None or not is_open(stage_of_review(review)):
        return True
    about: Any = session.execute(select(Person.user_id).where(Person.id == review.person_id)).scalar()
    return bool(about != actor.user_id)
