"""Reads of the restricted database. Each refuses plainly where the file was opened without its key."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import display_name
from staffdev_desktop.pdr.models import Cycle, Review
from staffdev_desktop.pdr.queries.scope import visible_review
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.staff.models import Person
from staffdev_desktop.succession.models import InterestNote
from staffdev_desktop.succession.rows import InterestRow, ReviewInterest
from staffdev_desktop.succession.rules import reminder


def require_key(session: Session) -> None:
    """Raises UserError if the school was opened without the key of the restricted database."""
    attached = session.connection().exec_driver_sql("PRAGMA database_list").all()
    if all(row[1] != RESTRICTED for row in attached):
        raise UserError("Your password does not open the succession file. Ask another key-holder.")


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on Person: nobody opens what is written about themselves (DESIGN section 4); a copy is given to them."""
    return or_(Person.user_id.is_(None), Person.user_id != actor.user_id)


def reviewed(session: Session, actor: Actor, review_id: int) -> tuple[Review, Person]:
    """A review and whose it is. Raises UserError without the key, if there is no such review, or if it is the actor's own."""
    require_key(session)
    review = visible_review(session, actor, review_id)
    person = session.get_one(Person, review.person_id)
    if person.user_id is not None and person.user_id == actor.user_id:
        raise UserError("This review is about you. Another key-holder keeps what is noted from it.")
    return review, person


@needs(Permission.SEE_SUCCESSION)
def interests(session: Session, actor: Actor) -> tuple[InterestRow, ...]:
    """Leadership interest raised in reviews, the newest first. Raises UserError without the key."""
    require_key(session)
    return _rows(session, _notes(actor))


@needs(Permission.SEE_SUCCESSION)
def interest_of(session: Session, actor: Actor, *, review_id: int) -> ReviewInterest:
    """What is noted from one review. Raises UserError without the key, if it is gone, or about the reader."""
    review, person = reviewed(session, actor, review_id)
    cycle = session.get_one(Cycle, review.cycle_id)
    return ReviewInterest(
        person=display_name(person.forename, person.surname, person.known_as),
        rests_on=f"Rests on review {review.number}, {cycle.name}",
        reminder=reminder(person.known_as or person.forename or person.surname, person.pronouns),
        notes=_rows(session, _notes(actor).where(InterestNote.review_id == review_id)),
    )


@needs(Permission.SEE_SUCCESSION)
def dangling_interests(session: Session, actor: Actor) -> tuple[str, ...]:
    """Notes whose review is gone, or is no longer about the same person: links between the two databases (DESIGN section 3)."""
    require_key(session)
    found = select(InterestNote.id).outerjoin(Review, Review.id == InterestNote.review_id)
    found = found.outerjoin(Person, Person.id == InterestNote.person_id)
    lost = found.where(or_(Review.id.is_(None), Person.id.is_(None), Review.person_id != InterestNote.person_id)).order_by(InterestNote.id)
    return tuple(
        f"Note {note_id} of leadership interest points at a person or a review that is gone." for (note_id,) in session.execute(lost)
    )


def _notes(actor: Actor) -> Select[InterestNote, Person, str]:
    found = select(InterestNote, Person, Review.number).join(Person, Person.id == InterestNote.person_id)
    found = found.join(Review, Review.id == InterestNote.review_id).where(visible(actor))
    return found.order_by(InterestNote.noted_on.desc(), InterestNote.id.desc())


def _rows(session: Session, found: Select[InterestNote, Person, str]) -> tuple[InterestRow, ...]:
    return tuple(
        InterestRow(
            id=note.id,
            review_id=note.review_id,
            person=display_name(person.forename, person.surname, person.known_as),
            number=number,
            words=note.words,
            noted_on=note.noted_on,
            by=note.by,
        )
        for note, person, number in session.execute(found)
    )
