"""Between two reviews: notes on targets, interim meetings, the mid-year review."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import InterimMeeting, Target, TargetNote
from staffdev_desktop.pdr.queries.scope import visible_review
from staffdev_desktop.pdr.rules import INTERIM_KINDS, LONGEST_ANSWER, SIDES


@needs(Permission.HOLD_REVIEW)
def add_target_note(
    session: Session,
    actor: Actor,
    *,
    target_id: int,
    words: str,
    noted_on: date | None = None,
    evidence: tuple[str, bytes] | None = None,
) -> int:
    """Write down progress on a target, with a file as evidence if somebody wants one. Returns the note's id. Raises UserError."""
    target = session.get_one(Target, target_id)
    if target.review_id is not None:
        visible_review(session, actor, target.review_id)
    _require_words(words, "words")
    _require_past(noted_on, "noted_on")
    kept = keep(session, name=evidence[0], content=evidence[1]) if evidence else None
    note = TargetNote(
        target_id=target_id,
        noted_on=noted_on or clock.today(),
        by=actor.name,
        words=words.strip(),
        evidence_name=evidence[0] if evidence else "",
        evidence_sha256=kept.sha256 if kept else None,
    )
    session.add(note)
    session.flush()
    return note.id


@needs(Permission.HOLD_REVIEW)
def delete_target_note(session: Session, actor: Actor, *, note_id: int) -> None:
    """Take a mistaken note away; undo puts it back."""
    note = session.get_one(TargetNote, note_id)
    target = session.get_one(Target, note.target_id)
    if target.review_id is not None:
        visible_review(session, actor, target.review_id)
    session.delete(note)


@needs(Permission.HOLD_REVIEW)
def ask_for_interim(session: Session, actor: Actor, *, review_id: int, kind: str, asked_by: str, booked_for: datetime | None = None) -> int:
    """Either side asks for a meeting between reviews (seed 002: whenever an issue arises or the post-holder wishes). Raises UserError."""
    visible_review(session, actor, review_id)
    if kind not in INTERIM_KINDS:
        raise UserError("Choose an interim meeting or the mid-year review.", field="kind")
    if asked_by not in SIDES:
        raise UserError("Say who asked for it: the member of staff or the reviewer.", field="asked_by")
    meeting = InterimMeeting(review_id=review_id, kind=kind, asked_by=asked_by, asked_on=clock.today(), booked_for=booked_for)
    session.add(meeting)
    session.flush()
    return meeting.id


@needs(Permission.HOLD_REVIEW)
def record_interim(
    session: Session,
    actor: Actor,
    *,
    interim_id: int,
    revision: int,
    booked_for: datetime | None,
    held_on: date | None,
    record: str,
) -> None:
    """Book an interim meeting, or write its short record once it was held. Raises UserError, Conflict."""
    meeting = session.get_one(InterimMeeting, interim_id)
    visible_review(session, actor, meeting.review_id)
    if meeting.revision != revision:
        raise Conflict
    _require_past(held_on, "held_on")
    if held_on is not None:
        _require_words(record, "record")
    meeting.booked_for, meeting.held_on, meeting.record = booked_for, held_on, record.strip()


def _require_words(words: str, field: str) -> None:
    if not words.strip():
        raise UserError("Write a sentence.", field=field)
    if len(words) > LONGEST_ANSWER:
        raise UserError(f"This has {len(words):,} characters. Use {LONGEST_ANSWER:,} or fewer.", field=field)


def _require_past(day: date | None, field: str) -> None:
    if day is not None and day > clock.today():
        raise UserError("That day is still to come.", field=field)
