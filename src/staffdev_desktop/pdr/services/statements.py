"""Freeze a statement, reopen it, and follow its two papers until they are signed (DESIGN section 4)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.formkit import missing_before_agreed
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.models import Addendum, Cycle, Review, Signature, Statement, StatementCopy
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible_review
from staffdev_desktop.pdr.rules import COPIES, SIDES, addendum_fingerprint, canonical, fingerprint, require_agreed, require_open
from staffdev_desktop.pdr.services.cycles import link_last_targets
from staffdev_desktop.settings.models import SchoolSettings

LONGEST_INITIALS = 6


@needs(Permission.HOLD_REVIEW, undoable=False, meeting=True)
def agree_statement(session: Session, actor: Actor, *, review_id: int, practice: bool = False) -> int:
    """Freeze what both have read: from now on the statement owns its words. Returns the statement's id.

    Raises UserError that names what is still missing (DESIGN section 4, Before a statement is agreed).
    """
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    if review.reviewer_id is None:
        raise UserError("This review has no reviewer yet. Name one on the cycle board.", field="reviewer")
    form, answers = records.statement_form_and_answers(session, review)
    if review.track_only and review.held_on is None:
        raise UserError("Write down on which day the review was held.", field="held_on")
    missing = missing_before_agreed(form, answers, first_year=review.first_year)
    if missing:
        raise UserError(missing[0].sentence, field=missing[0].field_id)
    review.agreed_at = clock.now()
    review.drafted_at = review.drafted_at or review.agreed_at
    # a meeting that was brought forward was not held on the day that was booked
    review.held_on = review.held_on or min(review.booked_for or review.agreed_at, review.agreed_at).date()
    snapshot = records.snapshot(session, review, practice=practice)
    statement = Statement(
        review_id=review.id,
        version=review.version,
        snapshot=canonical(snapshot),
        fingerprint=fingerprint(snapshot),
        logo_sha256=session.execute(select(SchoolSettings.logo_sha256)).scalar(),
        locked_at=review.agreed_at,
        locked_by=actor.name,
    )
    session.add(statement)
    session.flush()
    session.add_all(StatementCopy(statement_id=statement.id, copy=copy) for copy in COPIES)
    _stamp_targets(session, review)
    _link_later_reviews(session, review)
    return statement.id


def _stamp_targets(session: Session, review: Review) -> None:
    for target in records.targets_of(session, review.id):
        target.agreed_on = review.held_on


def _link_later_reviews(session: Session, review: Review) -> None:
    """A late agreement: next year's review was made before these targets existed."""
    starts_on = session.get_one(Cycle, review.cycle_id).starts_on
    later = select(Review).join(Cycle, Cycle.id == Review.cycle_id)
    later = later.where(Review.person_id == review.person_id, Review.agreed_at.is_(None), Cycle.starts_on > starts_on)
    if (following := session.execute(later.order_by(Cycle.starts_on).limit(1)).scalar()) is not None:
        link_last_targets(session, following)


@needs(Permission.RUN_CYCLE, undoable=False)
def reopen(session: Session, actor: Actor, *, review_id: int, reason: str) -> None:
    """Back from agreed or signed to draft, with a reason: the next version. The old paper is void from today. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_agreed(stage_of_review(review))
    if not reason.strip():
        raise UserError("Write why the statement is opened again. It stands on the old version.", field="reason")
    statement = _current(session, review)
    statement.void_on, statement.void_reason = clock.today(), reason.strip()
    review.version += 1
    review.agreed_at = review.signed_on = None


@needs(Permission.HOLD_REVIEW, undoable=False, meeting=True)
def sign_on_screen(session: Session, actor: Actor, *, review_id: int, side: str, initials: str) -> bool:
    """One side signs with initials on the one screen, in turn, instead of on paper. Returns whether both have. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_agreed(stage_of_review(review))
    if side not in SIDES:
        raise UserError("Say who signs.", field="side")
    initials = initials.strip()
    if not 2 <= len(initials) <= LONGEST_INITIALS:
        raise UserError(f"Type your initials: 2 to {LONGEST_INITIALS} letters.", field=side)
    statement = _current(session, review)
    signed = {row.side for row in session.execute(select(Signature).where(Signature.statement_id == statement.id)).scalars()}
    if side in signed:
        raise UserError(f"The {side} has signed already.", field=side)
    session.add(Signature(statement_id=statement.id, side=side, initials=initials, signed_at=clock.now()))
    both = signed | {side} == set(SIDES)
    if both:
        review.signed_on = clock.today()
    return both


@needs(Permission.RUN_CYCLE, undoable=False)
def add_addendum(session: Session, actor: Actor, *, review_id: int, side: str, written_on: date, words: str) -> int:
    """Type in words that somebody wrote by hand on the locked paper: printed with later copies. Returns its id. Raises UserError."""
    review = visible_review(session, actor, review_id)
    require_agreed(stage_of_review(review))
    statement = _current(session, review)
    if side not in SIDES:
        raise UserError("Say whose words these are.", field="side")
    if not words.strip():
        raise UserError("Type the words as they stand on the paper.", field="words")
    if not statement.locked_at.date() <= written_on <= clock.today():
        raise UserError("An addendum is written after the statement was locked, and not in the future.", field="written_on")
    addendum = Addendum(
        statement_id=statement.id,
        written_on=written_on,
        side=side,
        words=words.strip(),
        typed_at=clock.now(),
        typed_by=actor.name,
        fingerprint=addendum_fingerprint(statement.fingerprint, side, written_on, words.strip()),
    )
    session.add(addendum)
    session.flush()
    return addendum.id


@needs(Permission.SEE_REVIEWS, undoable=False)
def mark_printed(session: Session, actor: Actor, *, statement_ids: Sequence[int], copies: Sequence[str] = COPIES) -> None:
    """The copies went to the printer or into a PDF."""
    found = select(StatementCopy).where(StatementCopy.statement_id.in_(statement_ids), StatementCopy.copy.in_(copies))
    for copy in session.execute(found).scalars():
        copy.printed_at = clock.now()


@needs(Permission.RUN_CYCLE)
def record_copy(
    session: Session,
    actor: Actor,
    *,
    copy_id: int,
    revision: int,
    given_on: date | None,
    received_by: str,
    back_on: date | None,
) -> None:
    """The receipt of one copy: given on, received by, back signed on. Both back: the review is signed. Raises UserError, Conflict."""
    copy = session.get_one(StatementCopy, copy_id)
    if copy.revision != revision:
        raise Conflict
    for day, field in ((given_on, "given_on"), (back_on, "back_on")):
        if day is not None and day > clock.today():
            raise UserError("That day is still to come.", field=field)
    if given_on and back_on and back_on < given_on:
        raise UserError("A copy cannot be back before it was given.", field="back_on")
    copy.given_on, copy.received_by, copy.back_on = given_on, received_by.strip(), back_on
    _settle_signed(session, actor, copy)


@needs(Permission.RUN_CYCLE)
def record_signed(session: Session, actor: Actor, *, review_ids: Sequence[int], on: date | None = None) -> int:
    """Both copies are back, signed, for each of these reviews. Returns how many moved. Raises UserError if one is not agreed."""
    moved = 0
    for review_id in review_ids:
        review = visible_review(session, actor, review_id)
        require_agreed(stage_of_review(review))
        for copy in _copies_of(session, review):
            copy.back_on = copy.back_on or on or clock.today()
        if review.signed_on is None:
            review.signed_on = on or clock.today()
            moved += 1
    return moved


@needs(Permission.RUN_CYCLE)
def attach_scan(session: Session, actor: Actor, *, copy_id: int, name: str, content: bytes) -> None:
    """Keep the scan of a signed paper; with it the review is signed. Raises UserError (too large, not a PDF or picture)."""
    copy = session.get_one(StatementCopy, copy_id)
    copy.scan_sha256 = keep(session, name=name, content=content).sha256
    _settle_signed(session, actor, copy)


def _current(session: Session, review: Review) -> Statement:
    return session.execute(select(Statement).where(Statement.review_id == review.id, Statement.version == review.version)).scalar_one()


def _settle_signed(session: Session, actor: Actor, copy: StatementCopy) -> None:
    """Signed: both copies received back, or a scan in (DESIGN section 4, Stages)."""
    statement = session.get_one(Statement, copy.statement_id)
    review = visible_review(session, actor, statement.review_id)
    if statement.version != review.version:
        return
    copies = _copies_of(session, review)
    back = [each.back_on for each in copies if each.back_on is not None]
    if any(each.scan_sha256 for each in copies):
        review.signed_on = max(back, default=clock.today())
    else:
        review.signed_on = max(back) if len(back) == len(copies) else None


def _copies_of(session: Session, review: Review) -> Sequence[StatementCopy]:
    current = select(Statement.id).where(Statement.review_id == review.id, Statement.version == review.version).scalar_subquery()
    return session.execute(select(StatementCopy).where(StatementCopy.statement_id == current)).scalars().all()
