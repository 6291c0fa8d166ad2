"""What is written in a review: the returned sheet, last year's outcomes, the statement while it is a draft."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.formkit import Form, check_answers
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import Answer, Need, Review, Target
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible_review
from staffdev_desktop.pdr.rules import LONGEST_ANSWER, require_open
from staffdev_desktop.settings.forms import form_of

CARRIED = "carried forward"


@needs(Permission.RUN_CYCLE)
def type_in_sheet(session: Session, actor: Actor, *, review_id: int, answers: Mapping[str, Any], returned_on: date) -> None:
    """Type in a returned self-review sheet, or correct one. Raises UserError that names the field."""
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    if returned_on > clock.today():
        raise UserError("A sheet cannot come back in the future.", field="returned_on")
    form = form_of(session, review.sheet_form, review.sheet_version)
    _check(form, answers)
    for field_id, value in answers.items():
        _write_answer(session, review, form, field_id, value, None)
    review.sheet_out_on = review.sheet_out_on or min(returned_on, clock.today())
    review.returned_on, review.returned_to = returned_on, actor.name


@needs(Permission.HOLD_REVIEW, undoable=False, meeting=True)
def save_answer(session: Session, actor: Actor, *, review_id: int, field: str, value: Any, revision: int | None = None) -> int:
    """Save one field of the statement, as often as it changes. Returns the field's new revision (0 for targets and needs).

    Autosave is not undone by Ctrl+Z: the field itself knows how. Raises UserError (locked, wrong answer), Conflict.
    """
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    form = form_of(session, review.statement_form, review.statement_version)
    _check(form, {field: value})
    kind = _kind(form, field)
    if kind == "targets":
        saved = _write_targets(session, review, value)
    elif kind == "outcomes":
        saved = _write_outcomes(session, review, value)
    elif kind == "needs":
        saved = _write_needs(session, review, value)
    else:
        saved = _write_answer(session, review, form, field, value, revision)
    if review.drafted_at is None and _has_words(value):
        review.drafted_at = clock.now()
    return saved


@needs(Permission.HOLD_REVIEW, undoable=False, meeting=True)
def set_first_year(session: Session, actor: Actor, *, review_id: int, first_year: bool) -> None:
    """‘First year here’: there are no targets of last year to judge."""
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    review.first_year = first_year


@dataclass(frozen=True)
class OldTarget:
    """A target of last year, as it stands on paper or in a spreadsheet."""

    target: str
    success_criteria: str = ""
    by_when: date | None = None
    agreed_on: date | None = None


@needs(Permission.HOLD_REVIEW)
def take_in_last_targets(session: Session, actor: Actor, *, review_id: int, targets: Sequence[OldTarget]) -> None:
    """Day one: last year's targets are typed in from paper, to be judged in this review. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    written = [each for each in targets if each.target.strip()]
    if not written:
        raise UserError("Write at least one target, or tick ‘first year here’.", field="targets")
    for old in session.execute(select(Target).where(Target.judged_in_id == review_id, Target.review_id.is_(None))).scalars():
        session.delete(old)
    for position, each in enumerate(written):
        session.add(
            Target(
                person_id=review.person_id,
                judged_in_id=review_id,
                position=position,
                target=each.target.strip(),
                success_criteria=each.success_criteria.strip(),
                by_when=each.by_when,
                agreed_on=each.agreed_on,
            )
        )
    review.first_year = False


@needs(Permission.HOLD_REVIEW, meeting=True)
def set_held_on(session: Session, actor: Actor, *, review_id: int, held_on: date | None) -> None:
    """The meeting was held on this day and written on paper; its words are typed in afterwards. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    if held_on is not None and held_on > clock.today():
        raise UserError("A meeting cannot have been held in the future.", field="held_on")
    review.held_on = held_on


def _kind(form: Form, field: str) -> str:
    found = form.field(field)
    if found is None:
        raise UserError(f"The form ‘{form.title}’ has no question ‘{field}’.", field=field)
    return found.kind


def _check(form: Form, answers: Mapping[str, Any]) -> None:
    problems = check_answers(form, answers)
    if problems:
        raise UserError(problems[0].sentence, field=problems[0].field_id)
    for field_id, value in answers.items():
        if (length := max((len(text) for text in _texts(value)), default=0)) > LONGEST_ANSWER:
            raise UserError(f"This answer has {length:,} characters. Use {LONGEST_ANSWER:,} or fewer.", field=field_id)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def _has_words(value: Any) -> bool:
    return value is True or any(text.strip() for text in _texts(value))


def _write_answer(session: Session, review: Review, form: Form, field: str, value: Any, revision: int | None) -> int:
    row = session.execute(select(Answer).where(Answer.review_id == review.id, Answer.form_id == form.id, Answer.field == field)).scalar()
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if row is None:
        row = Answer(review_id=review.id, form_id=form.id, form_version=form.version, field=field, value=text, saved_at=clock.now())
        session.add(row)
    else:
        if revision is not None and row.revision != revision:
            raise Conflict
        if row.value != text:
            row.value, row.form_version, row.saved_at = text, form.version, clock.now()
    session.flush()
    return row.revision


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _write_targets(session: Session, review: Review, value: Sequence[Mapping[str, str]]) -> int:
    rows = session.execute(select(Target).where(Target.review_id == review.id).order_by(Target.position, Target.id)).scalars().all()
    kept = [each for each in value if any(str(part).strip() for part in each.values())]
    pairs = _paired(rows, kept)
    for position, (found, each) in enumerate(pairs):
        row = found or Target(person_id=review.person_id, review_id=review.id)
        row.position = position
        row.target, row.success_criteria = each.get("target", ""), each.get("success_criteria", "")
        row.support, row.priority = each.get("support", ""), each.get("priority", "")
        row.by_when = _day(each.get("by_when", ""))
        session.add(row)
    used = [found for found, _ in pairs]
    for row in rows:
        if row not in used:
            session.delete(row)
    return 0


def _paired(rows: Sequence[Target], kept: Sequence[Mapping[str, str]]) -> list[tuple[Target | None, Mapping[str, str]]]:
    """Each answer with its row: the one that says the same, else the next that is free. A row that was carried keeps its ancestor."""
    free = list(rows)
    same: dict[int, Target] = {}
    for number, each in enumerate(kept):
        found = next((row for row in free if row.target == each.get("target", "")), None)
        if found is not None:
            free.remove(found)
            same[number] = found
    return [(same.get(number) or (free.pop(0) if free else None), each) for number, each in enumerate(kept)]


def _write_outcomes(session: Session, review: Review, value: Sequence[Mapping[str, str]]) -> int:
    rows = session.execute(select(Target).where(Target.judged_in_id == review.id).order_by(Target.position, Target.id)).scalars().all()
    if len(value) != len(rows):
        raise UserError("Last year’s targets changed in the meantime. Open the review again.", field="outcomes")
    for row, each in zip(rows, value, strict=True):
        row.outcome, row.note, row.reason = each.get("outcome", ""), each.get("note", ""), each.get("reason", "")
        _carry(session, review, row)
    return 0


def _carry(session: Session, review: Review, old: Target) -> None:
    """Carried forward: the target stands among this year's as well, and remembers where it came from."""
    new = session.execute(select(Target).where(Target.review_id == review.id, Target.ancestor_id == old.id)).scalar()
    if old.outcome == CARRIED and new is None:
        last = session.execute(select(func.max(Target.position)).where(Target.review_id == review.id)).scalar()
        new = Target(person_id=review.person_id, review_id=review.id, ancestor_id=old.id, position=0 if last is None else last + 1)
        new.target, new.success_criteria, new.support, new.priority = old.target, old.success_criteria, old.support, old.priority
        session.add(new)
    elif old.outcome != CARRIED and new is not None and new.target == old.target and new.by_when is None:
        session.delete(new)  # chosen by a slip, and not worked on since


def _write_needs(session: Session, review: Review, value: Sequence[Mapping[str, str]]) -> int:
    rows = session.execute(select(Need).where(Need.review_id == review.id).order_by(Need.position, Need.id)).scalars().all()
    kept = [each for each in value if any(str(each.get(part, "")).strip() for part in ("need", "how", "who", "by_when"))]
    for position, each in enumerate(kept):
        row = rows[position] if position < len(rows) else Need(review_id=review.id)
        row.position, row.need, row.how, row.who = position, each.get("need", ""), each.get("how", ""), each.get("who", "")
        row.by_when, row.state = _day(each.get("by_when", "")), each.get("state", "") or "to arrange"
        session.add(row)
    for row in rows[len(kept) :]:
        session.delete(row)
    return 0
