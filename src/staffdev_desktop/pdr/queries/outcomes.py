"""Reads of what comes out of reviews: marks on papers, notes, interim meetings, appeals, needs, a person's history."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.kernel.dates import clock_time
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import display_name
from staffdev_desktop.pdr.models import Addendum, Complaint, Cycle, InterimMeeting, Need, Review, Signature, Statement, Target, TargetNote
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible, visible_review
from staffdev_desktop.pdr.queries.targets import may_see_target
from staffdev_desktop.pdr.reports.rows import Fingerprinted
from staffdev_desktop.pdr.reports.rules import read_fingerprint
from staffdev_desktop.pdr.rows import ComplaintRow, HistoryRow, InterimRow, MarkRow, NeedRow, TargetNoteRow, TargetRow
from staffdev_desktop.pdr.rules import addendum_fingerprint, fingerprint, is_open
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Person


def marks_of(session: Session, statement: Statement) -> tuple[MarkRow, ...]:
    """Void, under appeal, addenda: in the order in which they came."""
    marks = []
    if statement.void_on is not None:
        marks.append(MarkRow("void", statement.void_on, statement.void_reason))
    appeals = select(Complaint.raised_on).where(Complaint.review_id == statement.review_id, Complaint.about == "statement")
    for raised_on in session.execute(appeals.where(Complaint.closed_on.is_(None))).scalars():
        marks.append(MarkRow("appeal", raised_on, "This statement is under appeal."))
    addenda = select(Addendum).where(Addendum.statement_id == statement.id).order_by(Addendum.id)
    for each in session.execute(addenda).scalars():
        marks.append(MarkRow("addendum", each.written_on, f"By the {each.side}: {each.words}", each.fingerprint))
    signatures = select(Signature).where(Signature.statement_id == statement.id).order_by(Signature.id)
    for signed in session.execute(signatures).scalars():
        words = f"the {signed.side}, {signed.initials}, at {clock_time(signed.signed_at)}"
        marks.append(MarkRow("signed", signed.signed_at.date(), words))
    return tuple(marks)


@needs(Permission.SEE_REVIEWS)
def targets_in_hand(session: Session, actor: Actor, *, review_id: int) -> tuple[TargetRow, ...]:
    """The targets that somebody works on: those agreed in this review, or while it is open those that it will judge. Raises UserError."""
    review = visible_review(session, actor, review_id)
    home = Target.judged_in_id if is_open(stage_of_review(review)) else Target.review_id
    found = session.execute(select(Target).where(home == review_id).order_by(Target.position, Target.id)).scalars()
    return tuple(target_row(each) for each in found if may_see_target(session, actor, each))


@needs(Permission.SEE_REVIEWS)
def notes(session: Session, actor: Actor, *, target_ids: Sequence[int]) -> tuple[TargetNoteRow, ...]:
    """The progress notes on these targets, oldest first; also on targets that were taken in from paper."""
    targets = session.execute(select(Target).where(Target.id.in_(target_ids))).scalars()
    seen = [target.id for target in targets if may_see_target(session, actor, target)]
    found = select(TargetNote).where(TargetNote.target_id.in_(seen)).order_by(TargetNote.noted_on, TargetNote.id)
    return tuple(
        TargetNoteRow(n.id, n.target_id, n.noted_on, n.by, n.words, n.evidence_name, n.evidence_sha256)
        for n in session.execute(found).scalars()
    )


@needs(Permission.SEE_REVIEWS)
def evidence(session: Session, actor: Actor, *, sha256: str) -> bytes:
    """The bytes of a file kept as evidence, for those who may see a target that it is kept with. Raises UserError."""
    kept_with = select(Target).join(TargetNote, TargetNote.target_id == Target.id).where(TargetNote.evidence_sha256 == sha256)
    if any(may_see_target(session, actor, target) for target in session.execute(kept_with).scalars()):
        content = content_by_hash(session, sha256)
        if content is not None:
            return content
    raise UserError("That file is not there any more.")


@needs(Permission.SEE_REVIEWS)
def interim_meetings(session: Session, actor: Actor, *, year: int | None = None, review_id: int | None = None) -> tuple[InterimRow, ...]:
    """Meetings between reviews, those still to be held first."""
    rows = {row.id: row for row in boards.cycle_board(session, actor, year=year, review_id=review_id)}
    found = select(InterimMeeting).where(InterimMeeting.review_id.in_(rows)).order_by(InterimMeeting.held_on, InterimMeeting.asked_on)
    return tuple(
        InterimRow(
            id=m.id,
            revision=m.revision,
            review_id=m.review_id,
            name=rows[m.review_id].name,
            reviewer=rows[m.review_id].reviewer,
            kind=m.kind,
            asked_by=m.asked_by,
            asked_on=m.asked_on,
            booked_for=m.booked_for,
            held_on=m.held_on,
            record=m.record,
        )
        for m in session.execute(found).scalars()
    )


@needs(Permission.SEE_PRIVATE_REASONS)
def complaints(session: Session, actor: Actor, *, review_id: int) -> tuple[ComplaintRow, ...]:
    """The appeals about one review; only for those who may see private reasons."""
    visible_review(session, actor, review_id)
    found = select(Complaint, Person).outerjoin(Person, Person.id == Complaint.heard_by_id).where(Complaint.review_id == review_id)
    return tuple(
        ComplaintRow(
            id=c.id,
            revision=c.revision,
            review_id=c.review_id,
            about=c.about,
            raised_on=c.raised_on,
            words=c.words,
            heard_by_id=c.heard_by_id,
            heard_by=display_name(p.forename, p.surname, p.known_as) if p else "",
            heard_on=c.heard_on,
            outcome=c.outcome,
            closed_on=c.closed_on,
        )
        for c, p in session.execute(found.order_by(Complaint.id))
    )


@needs(Permission.SEE_REVIEWS)
def needs_list(session: Session, actor: Actor, *, year: int) -> tuple[NeedRow, ...]:
    """The needs of every agreed statement of a year: the work list of those who must act."""
    found = (
        select(Need, Review, Person, StaffGroup.name)
        .join(Review, Review.id == Need.review_id)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .join(Person, Person.id == Review.person_id)
        .outerjoin(StaffGroup, StaffGroup.id == Person.staff_group_id)
        .where(Cycle.year == year, Review.agreed_at.is_not(None), visible(actor))
        .order_by(Need.by_when, Person.surname, Need.position)
    )
    return tuple(
        NeedRow(
            id=need.id,
            revision=need.revision,
            review_id=review.id,
            number=review.number,
            name=display_name(person.forename, person.surname, person.known_as),
            group=group or "Not set",
            need=need.need,
            how=need.how,
            who=need.who,
            by_when=need.by_when,
            state=need.state,
            reason=need.reason,
            cost=need.cost,
            term=need.term,
            settled_on=need.settled_on,
        )
        for need, review, person, group in session.execute(found)
    )


@needs(Permission.SEE_REVIEWS)
def history(session: Session, actor: Actor, *, person_id: int) -> tuple[HistoryRow, ...]:
    """A person's reviews through the years, the newest first, each with the targets agreed then."""
    found = select(Review, Cycle).join(Cycle, Cycle.id == Review.cycle_id).where(Review.person_id == person_id, visible(actor))
    rows = []
    for review, cycle in session.execute(found.order_by(Cycle.starts_on.desc(), Review.id.desc())):
        board = boards.cycle_board(session, actor, review_id=review.id)[0]
        targets = session.execute(select(Target).where(Target.review_id == review.id).order_by(Target.position, Target.id)).scalars()
        rows.append(
            HistoryRow(
                review_id=review.id,
                number=review.number,
                year=cycle.year,
                cycle=cycle.name,
                stage=stage_of_review(review),
                reviewer=board.reviewer,
                agreed_on=review.agreed_at.date() if review.agreed_at else None,
                targets=tuple(target_row(target) for target in targets) if review.agreed_at else (),
            )
        )
    return tuple(rows)


@needs(Permission.SEE_REVIEWS)
def by_fingerprint(session: Session, actor: Actor, *, typed: str) -> Fingerprinted | None:
    """The statement, or the addendum to one, that a fingerprint on paper belongs to; None if there is none that the actor may see.

    Its words are weighed again: a file whose words were changed behind the program's back says so. Raises UserError if what was
    typed is no fingerprint.
    """
    mark = read_fingerprint(typed)
    addendum = session.execute(select(Addendum).where(Addendum.fingerprint == mark)).scalar()
    found = select(Statement, Review, Cycle, Person).join(Review, Review.id == Statement.review_id)
    found = found.join(Cycle, Cycle.id == Review.cycle_id).join(Person, Person.id == Review.person_id).where(visible(actor))
    found = found.where(Statement.fingerprint == mark if addendum is None else Statement.id == addendum.statement_id)
    row = session.execute(found).first()
    if row is None:
        return None
    statement, review, cycle, person = row
    sound = fingerprint(json.loads(statement.snapshot)) == statement.fingerprint
    if addendum is not None:
        weighed = addendum_fingerprint(statement.fingerprint, addendum.side, addendum.written_on, addendum.words)
        sound = sound and weighed == mark
    newest = select(Statement.version).where(Statement.review_id == review.id).order_by(Statement.version.desc()).limit(1)
    return Fingerprinted(
        review_id=review.id,
        number=review.number,
        version=statement.version,
        name=display_name(person.forename, person.surname, person.known_as),
        year=cycle.year,
        locked_on=statement.locked_at.date(),
        void_on=statement.void_on,
        void_reason=statement.void_reason,
        newest=session.execute(newest).scalar_one(),
        stage=stage_of_review(review),
        addendum_of=addendum.side if addendum else "",
        addendum_on=addendum.written_on if addendum else None,
        sound=sound,
    )


def target_row(each: Target) -> TargetRow:
    """A target as a plain row."""
    return TargetRow(
        each.id,
        each.position,
        each.target,
        each.success_criteria,
        each.support,
        each.by_when,
        each.priority,
        each.agreed_on,
        each.outcome,
        each.note,
        each.reason,
        taken_in=each.review_id is None,
    )
