"""Start a cycle, make its reviews, and move them along until the first word of a statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr.kinds import KINDS, SUPPORT
from staffdev_desktop.pdr.models import Contributor, Cycle, Review, Target
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible_review
from staffdev_desktop.pdr.rows import STAGES, Stage
from staffdev_desktop.pdr.rules import check_cycle, is_open, next_sequence, require_open, review_number
from staffdev_desktop.settings.forms import form_of
from staffdev_desktop.staff.models import Holding, Person, Post

LONGEST_PLACE = 120


@dataclass(frozen=True)
class NewCycle:
    """What a cycle is started with."""

    name: str
    year: int
    starts_on: date
    ends_on: date
    sheets_due_on: date
    deadline: date
    split_by_post: bool = False


@dataclass(frozen=True)
class Invited:
    """Somebody who gets a review: with which reviewer, for which one post where the school splits reviews by post, of which kind."""

    person_id: int
    reviewer_id: int | None
    post_id: int | None = None
    kind: str = SUPPORT


@needs(Permission.RUN_CYCLE)
def start_cycle(session: Session, actor: Actor, *, cycle: NewCycle, invited: Sequence[Invited]) -> int:
    """Make a cycle and all its reviews at once. Returns the cycle's id. Raises UserError."""
    names = session.execute(select(Cycle.name)).scalars()
    name = check_cycle(cycle.name, names, cycle.starts_on, cycle.ends_on, cycle.sheets_due_on, cycle.deadline)
    if not invited:
        raise UserError("Nobody is in this cycle yet. Tick at least one person.", field="people")
    made = Cycle(
        name=name,
        year=cycle.year,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        sheets_due_on=cycle.sheets_due_on,
        deadline=cycle.deadline,
        split_by_post=cycle.split_by_post,
    )
    session.add(made)
    session.flush()
    _make_reviews(session, made, invited)
    return made.id


@needs(Permission.RUN_CYCLE)
def add_to_cycle(session: Session, actor: Actor, *, cycle_id: int, invited: Sequence[Invited]) -> tuple[int, ...]:
    """Late starters join a running cycle. Returns the new reviews' ids. Raises UserError if somebody is in it already."""
    cycle = session.get_one(Cycle, cycle_id)
    return _make_reviews(session, cycle, invited)


def _make_reviews(session: Session, cycle: Cycle, invited: Sequence[Invited]) -> tuple[int, ...]:
    taken = session.execute(select(Review.person_id, Review.post_id).where(Review.cycle_id == cycle.id))
    known: set[tuple[int, int | None]] = {(person_id, post_id) for person_id, post_id in taken}
    sequence = next_sequence(session.execute(select(Review.number)).scalars(), cycle.year)
    made = []
    for each in invited:
        person = session.get_one(Person, each.person_id)
        if (each.person_id, each.post_id) in known:
            raise UserError(f"{person.known_as or person.forename} {person.surname} is in this cycle already.", field="people")
        if each.reviewer_id == each.person_id:
            raise UserError(f"{person.known_as or person.forename} {person.surname} cannot be their own reviewer.", field="reviewer")
        known.add((each.person_id, each.post_id))
        kind = KINDS[each.kind]
        review = Review(
            number=review_number(cycle.year, sequence),
            cycle_id=cycle.id,
            person_id=each.person_id,
            post_id=each.post_id,
            posts=_posts(session, each, cycle.starts_on),
            reviewer_id=each.reviewer_id,
            kind=kind.id,
            sheet_form=kind.sheet,
            sheet_version=form_of(session, kind.sheet).version,
            statement_form=kind.statement,
            statement_version=form_of(session, kind.statement).version,
            track_only=kind.track_only,
        )
        session.add(review)
        made.append(review)
        sequence += 1
    session.flush()
    for review in made:
        link_last_targets(session, review)
    return tuple(review.id for review in made)


def _posts(session: Session, invited: Invited, day: date) -> str:
    """The titles that a review covers, as they are when it is made."""
    held = select(Post.title).join(Holding, Holding.post_id == Post.id).where(Holding.person_id == invited.person_id)
    held = held.where((Holding.ends_on.is_(None)) | (Holding.ends_on >= day)).order_by(Holding.position, Holding.id)
    if invited.post_id is not None:
        held = held.where(Post.id == invited.post_id)
    return ", ".join(dict.fromkeys(session.execute(held).scalars()))


def link_last_targets(session: Session, review: Review) -> None:
    """The targets that the person agreed last, and that nobody has judged yet, are judged in this review."""
    earlier = (
        select(Review.id)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .where(Review.person_id == review.person_id, Review.id != review.id, Review.agreed_at.is_not(None))
    )
    if review.post_id is not None:
        earlier = earlier.where(Review.post_id == review.post_id)
    last = session.execute(earlier.order_by(Cycle.starts_on.desc(), Review.id.desc()).limit(1)).scalar()
    if last is None:
        return
    waiting = select(Target).where(Target.review_id == last, Target.judged_in_id.is_(None))
    for target in session.execute(waiting).scalars():
        target.judged_in_id = review.id


@needs(Permission.RUN_CYCLE)
def set_reviewer(session: Session, actor: Actor, *, review_ids: Sequence[int], reviewer_id: int | None) -> int:
    """Move open reviews to another reviewer. Returns how many moved. Raises UserError if somebody would review themselves."""
    moved = 0
    for review_id in review_ids:
        review = visible_review(session, actor, review_id)
        if not is_open(stage_of_review(review)):
            continue
        if review.person_id == reviewer_id:
            raise UserError("Nobody can be their own reviewer.", field="reviewer")
        if review.reviewer_id != reviewer_id:
            review.reviewer_id = reviewer_id
            moved += 1
    return moved


@needs(Permission.RUN_CYCLE)
def set_contributors(session: Session, actor: Actor, *, review_id: int, person_ids: Sequence[int]) -> None:
    """Who is asked about a review besides its lead reviewer."""
    review = visible_review(session, actor, review_id)
    require_open(stage_of_review(review))
    known = {each.person_id: each for each in session.execute(select(Contributor).where(Contributor.review_id == review_id)).scalars()}
    for person_id in person_ids:
        if person_id not in known:
            session.add(Contributor(review_id=review_id, person_id=person_id))
    for person_id, row in known.items():
        if person_id not in person_ids:
            session.delete(row)


@needs(Permission.RUN_CYCLE)
def mark_sheets_out(session: Session, actor: Actor, *, review_ids: Sequence[int], on: date | None = None) -> int:
    """The self-review sheets were printed or sent. Returns how many stages moved; a sheet printed again moves nothing."""
    moved = 0
    for review_id in review_ids:
        review = visible_review(session, actor, review_id)
        if review.sheet_out_on is None and STAGES.index(stage_of_review(review)) < STAGES.index(Stage.OUT):
            review.sheet_out_on = on or clock.today()
            moved += 1
    return moved


@needs(Permission.RUN_CYCLE)
def book_meeting(session: Session, actor: Actor, *, review_id: int, revision: int, moment: datetime | None, place: str = "") -> None:
    """Book the meeting, or take the booking back with None. Raises UserError, Conflict."""
    review = visible_review(session, actor, review_id)
    if review.revision != revision:
        raise Conflict
    require_open(stage_of_review(review))
    if len(place) > LONGEST_PLACE:
        raise UserError(f"The place has {len(place)} characters. Use {LONGEST_PLACE} or fewer.", field="place")
    review.booked_for, review.place = moment, place.strip()


@needs(Permission.RUN_CYCLE)
def set_standing(session: Session, actor: Actor, *, review_id: int, revision: int, away: bool, exempt: bool, reason: str) -> None:
    """‘Away’ or ‘not in this cycle’, with a reason that only those see who may (DESIGN section 4). Raises UserError, Conflict."""
    review = visible_review(session, actor, review_id)
    if review.revision != revision:
        raise Conflict
    require_open(stage_of_review(review))
    if away and exempt:
        raise UserError("Choose one: away, or not in this cycle.", field="standing")
    review.away, review.exempt, review.private_reason = away, exempt, reason.strip() if away or exempt else ""


@needs(Permission.RUN_CYCLE)
def change_cycle(session: Session, actor: Actor, *, cycle_id: int, revision: int, cycle: NewCycle) -> None:
    """Change a cycle's name or dates. Raises UserError, Conflict."""
    row = session.get_one(Cycle, cycle_id)
    if row.revision != revision:
        raise Conflict
    others = session.execute(select(Cycle.name).where(Cycle.id != cycle_id)).scalars()
    row.name = check_cycle(cycle.name, others, cycle.starts_on, cycle.ends_on, cycle.sheets_due_on, cycle.deadline)
    row.starts_on, row.ends_on = cycle.starts_on, cycle.ends_on
    row.sheets_due_on, row.deadline = cycle.sheets_due_on, cycle.deadline


@needs(Permission.RUN_CYCLE)
def set_track_only(session: Session, actor: Actor, *, review_id: int, revision: int, track_only: bool) -> None:
    """Whether the words of a review stay on paper. Raises UserError once words are written, Conflict."""
    review = visible_review(session, actor, review_id)
    if review.revision != revision:
        raise Conflict
    require_open(stage_of_review(review))
    if track_only and review.drafted_at is not None:
        raise UserError("Words are written already. Finish this review here, or take them out first.")
    review.track_only = track_only
