"""Booking many meetings: what is in the way of each, and where there is room. Pure: no database, no clock.

A meeting is in the way of another when they overlap and share a person, whichever side they are on, or a room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from staffdev_desktop.kernel.dates import clock_time, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.kernel.years import Closure, Term, question_about

USUAL_MINUTES = 45
STEP = timedelta(minutes=15)  # times are proposed on the quarter hours
MOST_DAYS = 200  # how far ahead a free slot is looked for: an academic year


@dataclass(frozen=True)
class Slot:
    """A meeting that is booked, or that is proposed for `at` (None: there was no room). `key` tells slots apart.

    `number` and `revision` are those of the review or interim meeting; calendars know a meeting by them.
    """

    key: str
    review_id: int
    at: datetime | None
    person_id: int
    person: str
    reviewer_id: int | None = None
    reviewer: str = ""
    place: str = ""
    minutes: int = USUAL_MINUTES
    deadline: date | None = None
    number: str = ""
    revision: int = 0
    reviewer_number: str = ""  # the reviewer's staff number

    @property
    def people(self) -> dict[int, str]:
        """Whoever is in it, by id."""
        return {self.person_id: self.person} | ({} if self.reviewer_id is None else {self.reviewer_id: self.reviewer})

    def overlaps(self, other: "Slot") -> bool:
        """Whether both take place at the same time, if only for a minute."""
        if self.at is None or other.at is None:
            return False
        return self.at < other.at + timedelta(minutes=other.minutes) and other.at < self.at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Room:
    """When and where meetings may be put: from the first day on, between two times of day, in these rooms (none: not said)."""

    first: date
    begins: time
    ends: time
    minutes: int = USUAL_MINUTES
    places: tuple[str, ...] = ()
    most_a_day: int = 3  # for one reviewer


def clashes_of(
    proposed: Sequence[Slot], booked: Sequence[Slot], terms: Sequence[Term], closures: Sequence[Closure], *, today: date | None = None
) -> dict[str, tuple[str, ...]]:
    """What to look at before booking, a sentence each, by the key of each proposed slot; none where all is well.

    A booked meeting that is among those proposed counts as it is proposed. Half-terms and bank holidays are closures.
    """
    moving = {slot.key for slot in proposed}
    others = [*proposed, *(slot for slot in booked if slot.key not in moving)]
    return {slot.key: tuple(_sentences(slot, others, terms, closures, today)) for slot in proposed}


def _sentences(slot: Slot, others: Iterable[Slot], terms: Sequence[Term], closures: Sequence[Closure], today: date | None) -> Iterable[str]:
    if slot.at is None:
        return
    day = slot.at.date()
    if today is not None and day < today:
        yield "That day is over."
    if question := question_about(day, terms, closures):
        yield question.removesuffix(" Keep it?")
    if slot.deadline is not None and day > slot.deadline:
        yield f"After the deadline, {long_day(slot.deadline)}."
    for other in sorted((each for each in others if each.key != slot.key and slot.overlaps(each)), key=_moment):
        yield from _between(slot, other)


def _between(slot: Slot, other: Slot) -> Iterable[str]:
    shared = [person_id for person_id in slot.people if person_id in other.people]
    if len(shared) > 1:
        yield f"{slot.person} and {slot.reviewer} meet at {clock_time(_moment(other))} already."
    elif shared:
        with_whom = next((name for key, name in other.people.items() if key != shared[0] and name), "somebody")
        yield f"{slot.people[shared[0]]} meets {with_whom} at {clock_time(_moment(other))}."
    if slot.place.strip() and searchable(slot.place.strip()) == searchable(other.place.strip()):
        yield f"{slot.place.strip()} is taken at {clock_time(_moment(other))}: {other.person}."


def _moment(slot: Slot) -> datetime:
    assert slot.at is not None, "a slot that overlaps another has a moment"
    return slot.at


def check_room(room: Room) -> None:
    """Raises UserError if no meeting fits between the two times."""
    if not 5 <= room.minutes <= 480:
        raise UserError("A meeting takes between 5 minutes and 8 hours.", field="minutes")
    if datetime.combine(room.first, room.begins) + timedelta(minutes=room.minutes) > datetime.combine(room.first, room.ends):
        raise UserError(f"No meeting of {room.minutes} minutes fits between these times.", field="ends")


def propose(wanted: Sequence[Slot], booked: Sequence[Slot], room: Room, terms: Sequence[Term], closures: Sequence[Closure]) -> list[Slot]:
    """The slots wanted, each with a day, a time and a room that nothing stands in the way of; the nearest deadline first.

    A slot for which there is no room before its deadline keeps `at` None. Raises UserError for a room that holds no meeting.
    """
    check_room(room)
    moving = {slot.key for slot in wanted}
    taken = [slot for slot in booked if slot.key not in moving]
    found: dict[str, Slot] = {}
    for slot in sorted(wanted, key=lambda slot: (slot.deadline or date.max, slot.reviewer, slot.person)):
        placed = _place(slot, taken, room, terms, closures)
        found[slot.key] = placed
        if placed.at is not None:
            taken.append(placed)
    return [found[slot.key] for slot in wanted]


def _place(slot: Slot, taken: Sequence[Slot], room: Room, terms: Sequence[Term], closures: Sequence[Closure]) -> Slot:
    nowhere = replace(slot, at=None, minutes=room.minutes, place="")
    for ahead in range(MOST_DAYS):
        day = room.first + timedelta(days=ahead)
        if slot.deadline is not None and day > slot.deadline:
            break
        if question_about(day, terms, closures):
            continue
        that_day = [each for each in taken if each.at is not None and each.at.date() == day]
        if slot.reviewer_id is not None and sum(slot.reviewer_id == each.reviewer_id for each in that_day) >= room.most_a_day:
            continue
        if placed := _place_on(day, nowhere, that_day, room):
            return placed
    return nowhere


def _place_on(day: date, slot: Slot, taken: Sequence[Slot], room: Room) -> Slot | None:
    at, last = datetime.combine(day, room.begins), datetime.combine(day, room.ends) - timedelta(minutes=room.minutes)
    while at <= last:
        for place in room.places or ("",):
            here = replace(slot, at=at, place=place)
            if not any(here.overlaps(each) and any(_between(here, each)) for each in taken):
                return here
        at += STEP
    return None
