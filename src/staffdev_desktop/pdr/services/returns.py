"""Take in the fillable forms that came back: all those confirmed in one transaction, so that one undo puts all of it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.returns import SHEET, TakenReturn, differs, standing
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import words


@needs(Permission.RUN_CYCLE)
def take_in_returns(session: Session, actor: Actor, *, returns: Sequence[TakenReturn]) -> int:
    """Write down what these forms say, all or none. Returns how many said something new.

    Raises UserError (locked, closed, one form twice), Conflict if a review says something else than when its form was shown.
    """
    if len({(each.review_id, each.kind) for each in returns}) < len(returns):
        raise UserError("Two returns of one form are ticked. Choose one of them.")
    return sum(_take_in(session, actor, each) for each in returns)


def _take_in(session: Session, actor: Actor, taken: TakenReturn) -> bool:
    record = records.review(session, actor, review_id=taken.review_id)
    number = record.board.number
    if not is_open(record.board.stage):
        raise UserError(f"{number} is agreed and locked. Reopen the review to take its form in.")
    if record.cycle.closed_on is not None:
        raise UserError(f"{number} belongs to a cycle that is closed.")
    if standing(record, taken.kind) != taken.seen:
        raise Conflict(f"{number} was changed in the meantime. Nothing was taken in: look at its form again.")
    if not differs(record, taken):
        return False
    if taken.kind == SHEET:
        words.type_in_sheet(session, actor, review_id=taken.review_id, answers=taken.answers, returned_on=taken.returned_on)
    else:
        _write_statement(session, actor, record, taken)
    return True


def _write_statement(session: Session, actor: Actor, record: ReviewRecord, taken: TakenReturn) -> None:
    review_id = taken.review_id
    if taken.last_targets and not record.last_targets:
        words.take_in_last_targets(session, actor, review_id=review_id, targets=[_old_target(row) for row in taken.last_targets])
    # Outcomes first: a target that is carried forward has its row by the time this year's targets are written.
    for field in sorted(record.statement_form.fields, key=lambda field: field.kind != "outcomes"):
        if field.id in taken.answers:
            words.save_answer(session, actor, review_id=review_id, field=field.id, value=taken.answers[field.id])
            session.flush()
    if taken.held_on is not None:
        words.set_held_on(session, actor, review_id=review_id, held_on=taken.held_on)


def _old_target(row: Mapping[str, Any]) -> words.OldTarget:
    return words.OldTarget(str(row["target"]), by_when=parse_date(row["by_when"]) if row.get("by_when") else None)
