"""Writing in the restricted database: its rows, and their lines in its own record of changes. Nothing of it is in the records."""

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.succession.models import InterestNote
from staffdev_desktop.succession.queries import require_key, reviewed
from staffdev_desktop.succession.rules import check_interest


@needs(Permission.SEE_SUCCESSION)
def add_interest(session: Session, actor: Actor, *, review_id: int, words: str) -> int:
    """Note leadership interest or potential raised in a review. Returns the note's id. Raises UserError."""
    review, person = reviewed(session, actor, review_id)
    note = InterestNote(person_id=person.id, review_id=review.id, words=check_interest(words), noted_on=clock.today(), by=actor.name)
    session.add(note)
    session.flush()
    return note.id


@needs(Permission.SEE_SUCCESSION)
def remove_interest(session: Session, actor: Actor, *, note_id: int) -> None:
    """Take a note away; undo puts it back. Raises UserError."""
    require_key(session)
    note = session.get(InterestNote, note_id)
    if note is None:
        raise UserError("That note is not there any more.")
    if session.get(Review, note.review_id) is not None:  # of a review that is gone, the note may go as well
        reviewed(session, actor, note.review_id)
    session.delete(note)
