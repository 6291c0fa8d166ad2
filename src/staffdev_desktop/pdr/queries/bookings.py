"""Reads for booking: which reviews want a meeting, what is booked already, what was booked once and is not any more."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from staffdev_desktop.accounts.models import Change
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.names import display_name
from staffdev_desktop.pdr.clashes import Slot
from staffdev_desktop.pdr.models import Cycle, InterimMeeting, Review
from staffdev_desktop.pdr.queries.scope import stage_of_review, visible
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.staff.models import Person

BOOKED = '"booked_for": "'  # as the record of changes writes a booking that is there
_Reviewer = aliased(Person, name="reviewer")


@needs(Permission.SEE_REVIEWS)
def slots(session: Session, actor: Actor, *, review_ids: Sequence[int]) -> tuple[Slot, ...]:
    """The meetings of these reviews as they are booked now, or with no day yet; agreed reviews are left out. Nearest deadline first."""
    found = session.execute(_reviews(actor).where(Review.id.in_(review_ids)))
    return tuple(_review_slot(row) for row in found if is_open(stage_of_review(row.Review)))


@needs(Permission.SEE_REVIEWS)
def booked(session: Session, actor: Actor, *, first: date, last: date) -> tuple[Slot, ...]:
    """Every meeting from `first` to `last`, both included, that is still to be held: of reviews, and those between reviews. In order."""
    since, until = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    within = _reviews(actor).where(Review.booked_for >= since, Review.booked_for < until, Review.agreed_at.is_(None))
    reviews = session.execute(within.where(Review.away.is_(False), Review.exempt.is_(False)))
    return _in_order([*(_review_slot(row) for row in reviews), *_interims(session, actor, since, until)])


@needs(Permission.SEE_REVIEWS)
def taken_back(session: Session, actor: Actor, *, year: int) -> tuple[Slot, ...]:
    """Meetings of a year that were booked once and are not any more, as they were: calendars must let them go. In order."""
    rows = {row.Review.id: row for row in session.execute(_reviews(actor).where(Cycle.year == year))}
    gone = {f"review-{key}": _review_slot(row) for key, row in rows.items() if row.Review.booked_for and _stands_out(row.Review)}
    waiting = {f"interim-{each.id}" for each in session.execute(select(InterimMeeting)).scalars() if each.booked_for}
    waiting |= {f"review-{key}" for key, row in rows.items() if row.Review.booked_for}
    for kind, row_id, before, after in _changes(session):
        review_id = row_id if kind == Review.__tablename__ else before["review_id"]
        key = f"{'review' if kind == Review.__tablename__ else 'interim'}-{row_id}"
        if review_id not in rows or key in waiting:
            continue
        was = replace(_review_slot(rows[review_id]), at=datetime.fromisoformat(before["booked_for"]), place=before.get("place", ""))
        if kind == InterimMeeting.__tablename__:
            was = _as_interim(was, row_id, (after or before)["revision"] + (0 if after else 1))
        gone[key] = was
    return _in_order(gone.values())


def _reviews(actor: Actor) -> Select[Review, Cycle, Person, Person]:
    return (
        select(Review, Cycle, Person, _Reviewer)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .join(Person, Person.id == Review.person_id)
        .outerjoin(_Reviewer, _Reviewer.id == Review.reviewer_id)
        .where(visible(actor))
        .order_by(Cycle.deadline, Person.surname, Person.forename, Review.id)
    )


def _review_slot(row: Row[Review, Cycle, Person, Person]) -> Slot:
    review, cycle, person, reviewer = row
    return Slot(
        key=f"review-{review.id}",
        review_id=review.id,
        at=review.booked_for,
        person_id=review.person_id,
        person=display_name(person.forename, person.surname, person.known_as),
        reviewer_id=review.reviewer_id,
        reviewer=display_name(reviewer.forename, reviewer.surname, reviewer.known_as) if reviewer else "",
        place=review.place,
        deadline=cycle.deadline,
        number=review.number,
        revision=review.revision,
        reviewer_number=reviewer.staff_number if reviewer else "",
    )


def _interims(session: Session, actor: Actor, since: datetime, until: datetime) -> list[Slot]:
    wanted = select(InterimMeeting).where(InterimMeeting.booked_for >= since, InterimMeeting.booked_for < until)
    found = session.execute(wanted.where(InterimMeeting.held_on.is_(None))).scalars().all()
    home = {row.Review.id: row for row in session.execute(_reviews(actor).where(Review.id.in_({each.review_id for each in found})))}
    return [
        replace(_as_interim(_review_slot(home[each.review_id]), each.id, each.revision), at=each.booked_for)
        for each in found
        if each.review_id in home
    ]


def _as_interim(slot: Slot, interim_id: int, revision: int) -> Slot:
    """A meeting between reviews: the same two people, its own number, and no room or deadline."""
    return replace(slot, key=f"interim-{interim_id}", number=f"{slot.number}-{interim_id}", revision=revision, place="", deadline=None)


def _stands_out(review: Review) -> bool:
    return (review.away or review.exempt) and is_open(stage_of_review(review))


def _changes(session: Session) -> Iterable[tuple[str, int, dict[str, Any], dict[str, Any] | None]]:
    """Every change that took a booking back, oldest first: which row, as it was before and after (None: it is gone)."""
    kinds = (Review.__tablename__, InterimMeeting.__tablename__)
    found = select(Change.kind, Change.row_id, Change.before, Change.after).where(Change.kind.in_(kinds), Change.before.is_not(None))
    for kind, row_id, before, after in session.execute(found.where(Change.before.contains(BOOKED)).order_by(Change.id)):
        was, now = json.loads(before or "{}"), json.loads(after) if after else None
        if was["booked_for"] and (now is None or not now["booked_for"]):
            yield kind, row_id, was, now


def _in_order(found: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(sorted(found, key=lambda slot: (slot.at or datetime(1900, 1, 1), slot.person)))
