"""Reads of one review: what the meeting screen shows, what a snapshot freezes, what a paper is drawn from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.formkit import Form, form_as_data
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import display_name
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.models import Answer, Contributor, Cycle, Need, Review, Signature, Statement, StatementCopy, Target
from staffdev_desktop.pdr.queries import boards, outcomes
from staffdev_desktop.pdr.queries.scope import visible, visible_review, words_may_be_seen
from staffdev_desktop.pdr.rows import Contributing, CopyRow, LastNeed, ReviewRecord, SignatureRow, StatementPaper, StatementRow, TargetRow
from staffdev_desktop.pdr.rules import SNAPSHOT_FORMAT, covers, fingerprint
from staffdev_desktop.settings.forms import form_of
from staffdev_desktop.settings.models import Priority, SchoolSettings
from staffdev_desktop.staff.models import Holding, Person, Post

TRACKED = {"needs", "signatures"}
TRACKED_INTRO = "This paper says that the review was held. What was written in it is on paper, with those it concerns."


@needs(Permission.SEE_REVIEWS, meeting=True)
def review(session: Session, actor: Actor, *, review_id: int, practice: bool = False) -> ReviewRecord:
    """Everything about one review. Raises UserError if it is gone, or about the reader and not yet theirs to see."""
    row = visible_review(session, actor, review_id)
    if not words_may_be_seen(session, actor, row):
        raise UserError("This review is about you. You can read it once it is agreed.")
    cycle = boards.cycle_row(session.get_one(Cycle, row.cycle_id))
    statements = _statements(session, review_id)
    form, answers = statement_form_and_answers(session, row)
    person = session.get_one(Person, row.person_id)
    return ReviewRecord(
        board=boards.cycle_board(session, actor, review_id=review_id)[0],
        cycle=cycle,
        school_name=session.execute(select(SchoolSettings.name)).scalar_one(),
        practice=practice,
        sheet_form=form_of(session, row.sheet_form, row.sheet_version),
        statement_form=form,
        person=_name(person),
        person_post=row.posts,
        reviewer_post=_post_of(session, row.reviewer_id),
        contributors=_contributors(session, review_id),
        last_targets=tuple(outcomes.target_row(each) for each in last_targets_of(session, review_id)),
        sheet_answers=_answers(session, row, row.sheet_form),
        sheet_returned_to=row.returned_to,
        answers=answers,
        revisions=_revisions(session, row, row.statement_form),
        held_on=row.held_on,
        priorities=tuple(session.execute(select(Priority.text).where(Priority.year == cycle.year).order_by(Priority.position)).scalars()),
        statements=statements,
        copies=_copies(session, [each.id for each in statements]),
        signatures=_signatures(session, statements),
        last_needs=_last_needs(session, row, cycle.starts_on),
        last_saved=_last_saved(session, row, statements),
    )


@needs(Permission.SEE_REVIEWS)
def current_targets(session: Session, actor: Actor, *, person_id: int) -> tuple[TargetRow, ...]:
    """The targets that a person agreed last, with the outcomes that they have by now; on day one those taken in from paper."""
    mine = select(Review.id).join(Cycle, Cycle.id == Review.cycle_id).where(Review.person_id == person_id, visible(actor))
    mine = mine.order_by(Cycle.starts_on.desc(), Review.id.desc()).limit(1)
    agreed = session.execute(mine.where(Review.agreed_at.is_not(None))).scalar()
    if agreed is not None:
        return tuple(outcomes.target_row(each) for each in targets_of(session, agreed))
    newest = session.execute(mine).scalar()
    taken_in = last_targets_of(session, newest) if newest is not None else ()
    return tuple(outcomes.target_row(each) for each in taken_in)


@needs(Permission.SEE_REVIEWS, meeting=True)
def draft_snapshot(session: Session, actor: Actor, *, review_id: int, practice: bool = False) -> Mapping[str, Any]:
    """The statement as it stands now, for a paper that says it is a draft."""
    return snapshot(session, visible_review(session, actor, review_id), practice=practice)


@needs(Permission.SEE_REVIEWS)
def statement_papers(session: Session, actor: Actor, *, review_ids: Sequence[int], void_too: bool = False) -> tuple[StatementPaper, ...]:
    """The frozen statements of these reviews, in the order asked for; the newest version each, or all with `void_too`."""
    found = select(Statement, Review, Person).join(Review, Review.id == Statement.review_id).join(Person, Person.id == Review.person_id)
    found = found.where(Review.id.in_(review_ids), visible(actor)).order_by(Statement.version)
    if not void_too:
        found = found.where(Statement.void_on.is_(None))
    papers = [
        StatementPaper(
            statement_id=statement.id,
            review_id=row.id,
            number=row.number,
            staff_number=person.staff_number,
            snapshot=json.loads(statement.snapshot),
            fingerprint=statement.fingerprint,
            logo=content_by_hash(session, statement.logo_sha256),
            void_on=statement.void_on,
            void_reason=statement.void_reason,
            marks=outcomes.marks_of(session, statement),
        )
        for statement, row, person in session.execute(found)
    ]
    return tuple(sorted(papers, key=lambda paper: review_ids.index(paper.review_id)))


@needs(Permission.SEE_PRIVATE_REASONS)
def private_reason(session: Session, actor: Actor, *, review_id: int) -> str:
    """Why somebody is away or not in the cycle; only for those who may see it (DESIGN section 4)."""
    return visible_review(session, actor, review_id).private_reason


@needs(Permission.SEE_REVIEWS)
def frozen_words_problems(session: Session, actor: Actor) -> tuple[str, ...]:
    """Statements whose words no longer give their fingerprint."""
    found = session.execute(select(Statement.snapshot, Statement.fingerprint, Review.number).join(Review))
    return tuple(
        f"{number}: the words do not match the fingerprint." for words, mark, number in found if fingerprint(json.loads(words)) != mark
    )


def statement_form_and_answers(session: Session, row: Review) -> tuple[Form, dict[str, Any]]:
    """The statement's form and its answers, targets, outcomes and needs from their own rows."""
    form = form_of(session, row.statement_form, row.statement_version)
    if row.track_only:
        form = tracked_part(form)
    answers = _answers(session, row, form.id)
    for field in form.fields_of("targets"):
        answers[field.id] = [
            {
                "target": each.target,
                "success_criteria": each.success_criteria,
                "support": each.support,
                "by_when": _iso(each.by_when),
                "priority": each.priority,
            }
            for each in targets_of(session, row.id)
        ]
    for field in form.fields_of("outcomes"):
        answers[field.id] = [
            {
                "target": each.target,
                "by_when": _iso(each.by_when),
                "agreed_on": _iso(each.agreed_on),
                "outcome": each.outcome,
                "note": each.note,
                "reason": each.reason,
            }
            for each in last_targets_of(session, row.id)
        ]
    for field in form.fields_of("needs"):
        answers[field.id] = [
            {"need": each.need, "how": each.how, "who": each.who, "by_when": _iso(each.by_when), "state": each.state}
            for each in session.execute(select(Need).where(Need.review_id == row.id).order_by(Need.position, Need.id)).scalars()
        ]
    return form, answers


def tracked_part(form: Form) -> Form:
    """What is kept of a track-only review: needs and signatures; the words stay on paper (DESIGN section 4)."""
    kept = tuple(section for section in form.sections if {field.kind for field in section.fields} & TRACKED)
    return replace(form, sections=kept, intro=TRACKED_INTRO)


def snapshot(session: Session, row: Review, *, practice: bool) -> dict[str, Any]:
    """Every word on the paper as plain data: what is frozen (DESIGN section 4, Freezing)."""
    form, answers = statement_form_and_answers(session, row)
    cycle = session.get_one(Cycle, row.cycle_id)
    settings = session.execute(select(SchoolSettings)).scalar_one()
    person = session.get_one(Person, row.person_id)
    reviewer = None if row.reviewer_id is None else session.get_one(Person, row.reviewer_id)
    meeting = row.held_on or (row.booked_for.date() if row.booked_for else None)
    return {
        "format": SNAPSHOT_FORMAT,
        "school": {"name": settings.name, "logo_sha256": settings.logo_sha256},
        "practice": practice,
        "number": row.number,
        "version": row.version,
        "form": form_as_data(form),
        "person": {"name": _name(person), "post": row.posts, "staff_number": person.staff_number},
        "reviewer": {"name": _name(reviewer) if reviewer else "", "post": _post_of(session, row.reviewer_id)},
        "contributors": [each.name for each in _contributors(session, row.id)],
        "academic_year": year_label(cycle.year),
        "meeting": _iso(meeting),
        "held_on_paper": row.held_on is not None and row.agreed_at is not None and row.held_on != row.agreed_at.date(),
        "covers": covers(_last_agreed(session, row), cycle.starts_on, meeting or clock.today()),
        "answers": answers,
        "first_year": row.first_year,
        "locked_at": row.agreed_at.isoformat() if row.agreed_at else "",
    }


def targets_of(session: Session, review_id: int) -> Sequence[Target]:
    """The targets agreed in a review, in order."""
    return session.execute(select(Target).where(Target.review_id == review_id).order_by(Target.position, Target.id)).scalars().all()


def last_targets_of(session: Session, review_id: int) -> Sequence[Target]:
    """Last year's targets, which this review judges, in order."""
    return session.execute(select(Target).where(Target.judged_in_id == review_id).order_by(Target.position, Target.id)).scalars().all()


def _last_needs(session: Session, row: Review, starts_on: date) -> tuple[LastNeed, ...]:
    """The training needs of the statement agreed before this cycle, as far as they came."""
    before = select(Review.id).join(Cycle, Cycle.id == Review.cycle_id)
    before = before.where(Review.person_id == row.person_id, Review.agreed_at.is_not(None), Cycle.starts_on < starts_on)
    if row.post_id is not None:
        before = before.where(Review.post_id == row.post_id)
    last = before.order_by(Cycle.starts_on.desc(), Review.id.desc()).limit(1).scalar_subquery()
    found = select(Need).where(Need.review_id == last).order_by(Need.position, Need.id)
    return tuple(LastNeed(each.need, each.state, each.reason) for each in session.execute(found).scalars())


def _last_agreed(session: Session, row: Review) -> date | None:
    days = [each.agreed_on for each in last_targets_of(session, row.id) if each.agreed_on is not None]
    return max(days, default=None)


def _answers(session: Session, row: Review, form_id: str) -> dict[str, Any]:
    found = select(Answer.field, Answer.value).where(Answer.review_id == row.id, Answer.form_id == form_id)
    return {field: json.loads(value) for field, value in session.execute(found)}


def _revisions(session: Session, row: Review, form_id: str) -> dict[str, int]:
    found = select(Answer.field, Answer.revision).where(Answer.review_id == row.id, Answer.form_id == form_id)
    return dict(session.execute(found).all())


def _last_saved(session: Session, row: Review, statements: Sequence[StatementRow]) -> datetime | None:
    found = select(func.max(Answer.saved_at)).where(Answer.review_id == row.id, Answer.form_id == row.statement_form)
    moments = [session.execute(found).scalar(), row.drafted_at, *(each.locked_at for each in statements)]
    return max((moment for moment in moments if moment is not None), default=None)


def _statements(session: Session, review_id: int) -> tuple[StatementRow, ...]:
    found = session.execute(select(Statement).where(Statement.review_id == review_id).order_by(Statement.version)).scalars()
    return tuple(StatementRow(s.id, s.review_id, s.version, s.fingerprint, s.locked_at, s.void_on, s.void_reason) for s in found)


def _copies(session: Session, statement_ids: Sequence[int]) -> tuple[CopyRow, ...]:
    found = select(StatementCopy).where(StatementCopy.statement_id.in_(statement_ids)).order_by(StatementCopy.id)
    return tuple(
        CopyRow(c.id, c.revision, c.statement_id, c.copy, c.printed_at, c.given_on, c.received_by, c.back_on, c.scan_sha256 is not None)
        for c in session.execute(found).scalars()
    )


def _signatures(session: Session, statements: Sequence[StatementRow]) -> tuple[SignatureRow, ...]:
    current = [each.id for each in statements if each.void_on is None]
    found = select(Signature).where(Signature.statement_id.in_(current)).order_by(Signature.id)
    return tuple(SignatureRow(each.side, each.initials, each.signed_at) for each in session.execute(found).scalars())


def _contributors(session: Session, review_id: int) -> tuple[Contributing, ...]:
    found = select(Person).join(Contributor, Contributor.person_id == Person.id).where(Contributor.review_id == review_id)
    return tuple(Contributing(person.id, _name(person)) for person in session.execute(found.order_by(Person.surname)).scalars())


def _post_of(session: Session, person_id: int | None) -> str:
    """A person's posts of today, in their own order."""
    today = clock.today()
    held = select(Post.title).join(Holding, Holding.post_id == Post.id).where(Holding.person_id == person_id)
    held = held.where(
        (Holding.ends_on.is_(None)) | (Holding.ends_on >= today), (Holding.starts_on.is_(None)) | (Holding.starts_on <= today)
    )
    return ", ".join(dict.fromkeys(session.execute(held.order_by(Holding.position, Holding.id)).scalars()))


def _name(person: Person) -> str:
    return display_name(person.forename, person.surname, person.known_as)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
