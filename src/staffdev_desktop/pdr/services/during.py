"""Between two reviews: notes on targets, interim meetings, the mid-year review."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import InterimMeeting, TargetNote
from staffdev_desktop.pdr.queries.scope import visible_review
from staffdev_desktop.pdr.queries.targets import seen_target
from staffdev_desktop.pdr.rules import INTERIM_KINDS, LONGEST_ANSWER, SIDES

LONGEST_FILE_NAME = 200


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
    seen_target(session, actor, target_id)
    _require_words(words, "words")
    _require_past(noted_on, "noted_on")
    kept = keep(session, name=evidence[0][-LONGEST_FILE_NAME:], content=evidence[1]) if evidence else None
    note = TargetNote(
        target_id=target_id,
        noted_on=noted_on or clock.today(),
        by=actor.name,
        words=words.strip(),
        evidence_name=evidence[0][-LONGEST_FILE_NAME:] if evidence else "",
        evidence_sha256=kept.sha256 if kept else None,
    )
    session.add(note)
    session.flush()
    return note.id


@needs(Permission.HOLD_REVIEW)
def delete_target_note(session: Session, actor: Actor, *, note_id: int) -> None:
    """Take a mistaken note away; undo puts it back, with its evidence. Raises UserError."""
    note = session.get(TargetNote, note_id)
    if note is None:
        raise UserError("That note is not there any more.")
    seen_target(session, actor, note.target_id)
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
    notes: Mapping[int, str] | None = None,
) -> None:
    """Book an interim meeting, or write its short record once it was held, with a note on each target by id.

    A note is dated with the day of the meeting. Raises UserError (a note's field is ‘note ID’), Conflict.
    """
    meeting = _meeting(session, actor, interim_id, revision)
    _require_past(held_on, "held_on")
    if held_on is not None:
        _require_words(record, "record")
    if len(record) > LONGEST_ANSWER:
        raise UserError(f"The record has {len(record):,} characters. Use {LONGEST_ANSWER:,} or fewer.", field="record")
    meeting.booked_for, meeting.held_on, meeting.record = booked_for, held_on, record.strip()
    for target_id, words in (notes or {}).items():
        if words.strip():
            _note_in_meeting(session, actor, target_id, words, held_on)


@needs(Permission.HOLD_REVIEW)
def withdraw_interim(session: Session, actor: Actor, *, interim_id: int, revision: int) -> None:
    """A meeting that nobody wants any more goes; one that was held stays. Undo puts it back. Raises UserError, Conflict."""
    meeting = _meeting(session, actor, interim_id, revision)
    if meeting.held_on is not None:
        raise UserError("This meeting was held: its record stays.")
    session.delete(meeting)


def _note_in_meeting(session: Session, actor: Actor, target_id: int, words: str, held_on: date | None) -> None:
    try:
        add_target_note(session, actor, target_id=target_id, words=words, noted_on=held_on)
    except UserError as error:
        raise UserError(error.message, field=f"note {target_id}") from error


def _meeting(session: Session, actor: Actor, interim_id: int, revision: int) -> InterimMeeting:
    meeting = session.get(InterimMeeting, interim_id)
    if meeting is None:
        raise UserError("That meeting is not there any more.")
    visible_review(session, actor, meeting.review_id)
    if meeting.revision != revision:
        raise Conflict
    return meeting


def _require_words(words: str, field: str) -> None:
    if not words.strip():
        raise UserError("Write a sentence.", field=field)
    if len(words) > LONGEST_ANSWER:
        raise UserError(f"This has {len(words):,} characters. Use {LONGEST_ANSWER:,} or fewer.", field=field)


def _require_past(day: date | None, field: str) -> None:
    if day is not None and day > clock.today():
        raise UserError("That day is still to come.", field=field)
