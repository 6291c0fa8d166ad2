"""Reads of many reviews: cycles, the board, the plan of a new cycle, meetings, searches."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import display_name, searchable
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.kinds import KINDS, SUPPORT
from staffdev_desktop.pdr.models import Cycle, Review, ReviewStanding
from staffdev_desktop.pdr.queries.scope import dates_of, visible
from staffdev_desktop.pdr.rows import BoardRow, CycleRow, Meeting, OpenTie, PersonStage, PlanRow, ReviewHit, StandingRow
from staffdev_desktop.pdr.rules import is_open, stage_for_lists, stage_of, why_exempt, with_reviewer_warnings
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Employment, Holding, Person, Post

REVIEWED = ("employee", "governor", "trainee")
GOVERNOR = "governor"
_Reviewer = aliased(Person, name="reviewer")


@needs(Permission.SEE_REVIEWS)
def cycles(session: Session, actor: Actor) -> tuple[CycleRow, ...]:
    """All cycles, the newest first."""
    return tuple(cycle_row(cycle) for cycle in session.execute(select(Cycle).order_by(Cycle.starts_on.desc(), Cycle.id.desc())).scalars())


@needs(Permission.SEE_REVIEWS)
def cycle_board(
    session: Session, actor: Actor, *, cycle_id: int | None = None, year: int | None = None, review_id: int | None = None
) -> tuple[BoardRow, ...]:
    """The reviews of a cycle, of all cycles of an academic year, or one of them; the most urgent deadline first."""
    found = _board(actor)
    if cycle_id is not None:
        found = found.where(Review.cycle_id == cycle_id)
    if year is not None:
        found = found.where(Cycle.year == year)
    if review_id is not None:
        found = found.where(Review.id == review_id)
    return tuple(_board_row(row) for row in session.execute(found))


@needs(Permission.SEE_REVIEWS)
def stages_by_person(session: Session, actor: Actor, *, year: int) -> tuple[PersonStage, ...]:
    """How far everybody's review of a year is, for lists of people."""
    today = clock.today()
    return tuple(stage_for_lists(row, today) for row in cycle_board(session, actor, year=year))


@needs(Permission.SEE_REVIEWS)
def meetings(session: Session, actor: Actor, *, first: date, last: date) -> tuple[Meeting, ...]:
    """Booked meetings from `first` to `last`, both included, in order; those already agreed are left out."""
    found = _board(actor).where(
        Review.booked_for >= datetime.combine(first, time()),
        Review.booked_for < datetime.combine(last + timedelta(days=1), time()),
        Review.agreed_at.is_(None),
        Review.away.is_(False),
        Review.exempt.is_(False),
    )
    rows = [_board_row(row) for row in session.execute(found)]
    listed = [
        Meeting(r.id, r.dates.booked_for, r.place, r.person_id, r.name, r.reviewer_id, r.reviewer, r.stage)
        for r in rows
        if r.dates.booked_for
    ]
    return tuple(sorted(listed, key=lambda meeting: (meeting.at, meeting.name)))


@needs(Permission.SEE_REVIEWS)
def search_reviews(session: Session, actor: Actor, *, text: str, most: int = 8) -> tuple[ReviewHit, ...]:
    """Reviews whose number or name holds the text, the newest cycle first."""
    wanted = searchable(text)
    if not wanted:
        return ()
    hits = []
    for row in session.execute(_board(actor).order_by(None).order_by(Cycle.starts_on.desc(), Person.surname)):
        board = _board_row(row)
        if wanted in searchable(board.number, board.name):
            hits.append(ReviewHit(board.id, f"{board.name}, review {year_label(row.Cycle.year)}", f"{board.number} · {board.stage}"))
            if len(hits) == most:
                break
    return tuple(hits)


@needs(Permission.SEE_REVIEWS)
def open_ties(session: Session, actor: Actor, *, person_id: int) -> tuple[OpenTie, ...]:
    """The reviews that still need this person, as the one reviewed or as the reviewer."""
    found = _board(actor).where((Review.person_id == person_id) | (Review.reviewer_id == person_id), Review.signed_on.is_(None))
    rows = [_board_row(row) for row in session.execute(found)]
    return tuple(
        OpenTie(r.id, r.number, r.name, r.stage, r.reviewer_id == person_id) for r in rows if is_open(r.stage) or r.person_id == person_id
    )


@needs(Permission.RUN_CYCLE)
def plan(
    session: Session,
    actor: Actor,
    *,
    starts_on: date,
    cycle_id: int | None = None,
    split_by_post: bool = False,
    kinds: Collection[str] = (SUPPORT,),
) -> tuple[PlanRow, ...]:
    """The rehearsal: who would get which review with which reviewer, who is exempt and why, what is in the way. Changes nothing.

    With `cycle_id`, those who are in that cycle already are left out. `kinds` are the kinds of review that the cycle holds.
    """
    already = set(session.execute(select(Review.person_id).where(Review.cycle_id == cycle_id)).scalars()) if cycle_id else set()
    everybody = session.execute(select(Person)).scalars()
    names = {person.id: display_name(person.forename, person.surname, person.known_as) for person in everybody}
    here = _first_days(session, starts_on)
    held = _held(session, starts_on)
    standings = {row.person_id: row for row in session.execute(select(ReviewStanding)).scalars()}
    people = select(Person, StaffGroup).outerjoin(StaffGroup, StaffGroup.id == Person.staff_group_id)
    people = people.where(Person.kind.in_(REVIEWED)).order_by(Person.surname, Person.forename)
    rows: list[PlanRow] = []
    for person, group in session.execute(people):
        if person.id in already or person.id not in here:
            continue
        standing = standings.get(person.id)
        kind = _kind_for(person, group, standing)
        exempt = standing.exempt if standing else ""
        why = why_exempt(person.kind, exempt, standing.exempt_until if standing else None, here[person.id], starts_on)
        holdings = held.get(person.id, [])
        for each in [[holding] for holding in holdings] if split_by_post and holdings else [holdings]:
            row = _plan_row(person, group, each, names, set(here), split_by_post)
            rows.append(_fit_kind(row, kind, why, kinds))
    trained = {row.person_id for row in standings.values() if row.trained_reviewer}
    return with_reviewer_warnings(rows, trained, check_training=bool(trained))


def _first_days(session: Session, day: date) -> dict[int, date | None]:
    """Everybody who is with the school on that day or joins later, with the first day of their newest time here."""
    found = select(Employment.person_id, Employment.starts_on).where((Employment.ends_on.is_(None)) | (Employment.ends_on >= day))
    return {person_id: starts_on for person_id, starts_on in session.execute(found.order_by(Employment.starts_on))}


def _kind_for(person: Person, group: StaffGroup | None, standing: ReviewStanding | None) -> str:
    if standing is not None and standing.kind:
        return standing.kind
    if person.kind == GOVERNOR:
        return GOVERNOR
    return group.forms if group is not None else ""


def _fit_kind(row: PlanRow, kind: str, why: str, kinds: Collection[str]) -> PlanRow:
    if not kind:
        return replace(row, included=False, trouble="No staff group yet: set it on the Staff tab.")
    if why:
        return replace(row, included=False, trouble=why, kind=kind)
    if kind not in kinds:
        title = KINDS[kind].title if kind in KINDS else kind.capitalize()
        return replace(row, included=False, trouble=f"{title}: not in this cycle.", kind=kind)
    return replace(row, kind=kind)


@needs(Permission.RUN_CYCLE)
def standing(session: Session, actor: Actor, *, person_id: int) -> StandingRow:
    """How a person is reviewed, where that differs from their staff group."""
    row = session.execute(select(ReviewStanding).where(ReviewStanding.person_id == person_id)).scalar()
    if row is None:
        return StandingRow(person_id, 0)
    return StandingRow(person_id, row.revision, row.kind, row.exempt, row.exempt_until, row.trained_reviewer)


def _held(session: Session, day: date) -> dict[int, list[tuple[Holding, str]]]:
    current = select(Holding, Post.title).join(Post, Post.id == Holding.post_id)
    current = current.where((Holding.ends_on.is_(None)) | (Holding.ends_on >= day)).order_by(Holding.position, Holding.id)
    held: dict[int, list[tuple[Holding, str]]] = {}
    for holding, title in session.execute(current):
        held.setdefault(holding.person_id, []).append((holding, title))
    return held


def _plan_row(
    person: Person, group: StaffGroup | None, held: Sequence[tuple[Holding, str]], names: dict[int, str], here: set[int], split: bool
) -> PlanRow:
    reviewer_id = next((holding.line_manager_id for holding, _ in held if holding.line_manager_id), None)
    trouble = ""
    if reviewer_id is None:
        trouble = "No reviewer: no line manager is entered."
    elif reviewer_id not in here:
        trouble = f"{names[reviewer_id]} has left: choose another reviewer."
        reviewer_id = None
    return PlanRow(
        person_id=person.id,
        post_id=held[0][0].post_id if split and held else None,
        name=names[person.id],
        posts=", ".join(dict.fromkeys(title for _, title in held)),
        group=group.name if group else "Not set",
        reviewer_id=reviewer_id,
        reviewer=names.get(reviewer_id, "") if reviewer_id else "",
        included=True,
        trouble=trouble,
    )


def _board(actor: Actor) -> Select[Review, Cycle, Person, Person, str]:
    return (
        select(Review, Cycle, Person, _Reviewer, StaffGroup.name.label("group"))
        .join(Cycle, Cycle.id == Review.cycle_id)
        .join(Person, Person.id == Review.person_id)
        .outerjoin(_Reviewer, _Reviewer.id == Review.reviewer_id)
        .outerjoin(StaffGroup, StaffGroup.id == Person.staff_group_id)
        .where(visible(actor))
        .order_by(Cycle.deadline, Person.surname, Person.forename, Review.id)
    )


def _board_row(row: Row[Review, Cycle, Person, Person, str]) -> BoardRow:
    review, cycle, person, reviewer, group = row
    dates = dates_of(review)
    return BoardRow(
        id=review.id,
        revision=review.revision,
        number=review.number,
        person_id=person.id,
        name=display_name(person.forename, person.surname, person.known_as),
        posts=review.posts,
        group=group or "Not set",
        staff_number=person.staff_number,
        reviewer_id=review.reviewer_id,
        reviewer=display_name(reviewer.forename, reviewer.surname, reviewer.known_as) if reviewer else "",
        dates=dates,
        stage=stage_of(dates),
        deadline=cycle.deadline,
        sheets_due_on=cycle.sheets_due_on,
        place=review.place,
        away=review.away,
        exempt=review.exempt,
        version=review.version,
        first_year=review.first_year,
        track_only=review.track_only,
        kind=review.kind,
    )


def cycle_row(cycle: Cycle) -> CycleRow:
    """A cycle as a plain row."""
    return CycleRow(
        id=cycle.id,
        revision=cycle.revision,
        name=cycle.name,
        year=cycle.year,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        sheets_due_on=cycle.sheets_due_on,
        deadline=cycle.deadline,
        split_by_post=cycle.split_by_post,
        closed_on=cycle.closed_on,
    )
