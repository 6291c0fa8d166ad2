"""Writes: sessions and series of them, signing up, attendance, topics asked for."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.queries import entry as entry_row
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import LONGEST_LINE
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.log.services import change_entry, remove_entries, write_entries
from staffdev_desktop.cpd.models.programmes import CpdSession, SessionPlace, TopicRequest
from staffdev_desktop.cpd.programmes.enrolments.services import follow_attendance
from staffdev_desktop.cpd.programmes.reading import current_session, details_of, entries_by_person, is_written, places_in
from staffdev_desktop.cpd.programmes.rows import AttendanceTaken, Every, SessionDetails
from staffdev_desktop.cpd.programmes.rules import check_session
from staffdev_desktop.cpd.programmes.series import series_days
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import Conflict, UserError, check_length
from staffdev_desktop.kernel.names import listed
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import names_by_id

_FOLLOWS = ("activity", "done_on", "minutes", "kind_id", "strand", "provider", "led")  # of an entry, as long as nobody changed it


@needs(Permission.RUN_CPD)
def add_session(session: Session, actor: Actor, *, details: SessionDetails, topic_id: int | None = None) -> int:
    """Put a session into the calendar, for a topic that somebody asked for if it is given. Returns its id. Raises UserError."""
    row = write_session(session, details)
    if topic_id is not None:
        _current_topic(session, topic_id).session_id = row.id
    return row.id


@needs(Permission.RUN_CPD)
def add_series(
    session: Session, actor: Actor, *, details: SessionDetails, every: Every, count: int, topic_id: int | None = None
) -> tuple[int, ...]:
    """Plan a session `count` times from its day on, never on a day when school is closed; a topic comes in the first of them.

    Returns the ids. Raises UserError.
    """
    check_session(details)
    known = settings.calendar(session, actor)
    days = series_days(details.held_on, every, count, known.terms, known.closures)
    made = tuple(write_session(session, replace(details, held_on=day)).id for day in days)
    if topic_id is not None:
        _current_topic(session, topic_id).session_id = made[0]
    return made


@needs(Permission.RUN_CPD)
def change_session(session: Session, actor: Actor, *, session_id: int, revision: int, details: SessionDetails) -> None:
    """Change a session. Entries that its attendance made follow, in what nobody has changed in them. Raises UserError, Conflict."""
    row = current_session(session, session_id, revision)
    check_session(details)
    if row.attendance_on is not None and details.held_on > clock.today():
        raise UserError("Attendance was taken, so the session cannot be later than today.", field="held_on")
    old = details_of(row)
    _write(row, details)
    session.flush()
    for person_id, entry in entries_by_person(session, session_id).items():
        before, after = entry_details(old, person_id), entry_details(details, person_id)
        current = entry_row(session, actor, entry_id=entry.id)
        new = {key: getattr(after, key) for key in _FOLLOWS if getattr(current.details, key) == getattr(before, key)}
        changed = replace(current.details, **new)
        if changed != current.details:
            change_entry(session, actor, entry_id=entry.id, revision=current.revision, details=changed)


@needs(Permission.RUN_CPD)
def cancel_sessions(session: Session, actor: Actor, *, session_ids: Sequence[int]) -> None:
    """Cancel sessions; they stay in the calendar. Topics planned in them are open again. Raises UserError for one that was held."""
    for session_id in session_ids:
        row = current_session(session, session_id)
        _refuse_held(row)
        row.cancelled_on = row.cancelled_on or clock.today()


@needs(Permission.RUN_CPD)
def reinstate_session(session: Session, actor: Actor, *, session_id: int, revision: int) -> None:
    """Let a cancelled session take place after all. Raises UserError, Conflict."""
    current_session(session, session_id, revision).cancelled_on = None


@needs(Permission.RUN_CPD)
def remove_sessions(session: Session, actor: Actor, *, session_ids: Sequence[int]) -> None:
    """Take sessions planned by mistake out of the calendar, with who signed up. Raises UserError for one that was held."""
    for session_id in session_ids:
        row = current_session(session, session_id)
        _refuse_held(row)
        for place in places_in(session, session_id):
            session.delete(place)
        for topic in session.execute(select(TopicRequest).where(TopicRequest.session_id == session_id)).scalars():
            topic.session_id = None
        session.flush()
        session.delete(row)


def _refuse_held(row: CpdSession) -> None:
    if row.attendance_on is not None:
        raise UserError(f"Attendance of ‘{row.title}’ was taken. Take it again with nobody ticked first: the entries go with it.")


# -- signing up ---------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def sign_up(session: Session, actor: Actor, *, session_id: int, person_ids: Sequence[int]) -> int:
    """Put people on the list of a session, in this order; without room they wait. Returns how many are new. Raises UserError."""
    row = current_session(session, session_id)
    if row.cancelled_on is not None:
        raise UserError(f"‘{row.title}’ is cancelled. Nobody can sign up for it.")
    there = {place.person_id for place in places_in(session, session_id)}
    new = [person_id for person_id in dict.fromkeys(person_ids) if person_id not in there]
    for person_id in new:
        visible_person(session, actor, person_id)
        session.add(SessionPlace(session_id=session_id, person_id=person_id))
        session.flush()  # the order of signing up is the order of the ids
    return len(new)


@needs(Permission.RUN_CPD)
def take_off(session: Session, actor: Actor, *, session_id: int, person_ids: Sequence[int]) -> None:
    """Take people off the list of a session; those who wait move up. Raises UserError for somebody who was there."""
    wanted = set(person_ids)
    for place in places_in(session, session_id):
        if place.person_id in wanted:
            if place.present:
                name = names_by_id(session, [place.person_id])[place.person_id]
                raise UserError(f"{name} was there. Take the attendance again without the tick first.")
            session.delete(place)


# -- attendance ---------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def take_attendance(
    session: Session, actor: Actor, *, session_id: int, revision: int, present: Sequence[int], drop_written: Collection[int] = ()
) -> AttendanceTaken:
    """Write down who was there: an entry in the log of each; nobody ticked takes the attendance back.

    Of a session about a part of a programme, those who are on it have done the part. Taken again, it adds the entries of those who are
    new and removes those of who was not there after all. An entry in which somebody
    wrote since (`PlaceRow.written`) is removed only for the people in `drop_written`. Raises UserError, Conflict.
    """
    row = current_session(session, session_id, revision)
    if row.cancelled_on is not None:
        raise UserError(f"‘{row.title}’ is cancelled. Let it take place first.")
    if row.held_on > clock.today():
        raise UserError(f"‘{row.title}’ is on {long_day(row.held_on)}. Attendance is taken on the day or later.")
    ticked, entries = list(dict.fromkeys(present)), entries_by_person(session, session_id)
    gone = [entry for person_id, entry in entries.items() if person_id not in set(ticked)]
    _refuse_written(session, [entry.person_id for entry in gone if is_written(session, entry)], drop_written)
    left_out = {entry.person_id for entry in gone}
    remove_entries(session, actor, entry_ids=[entry.id for entry in gone])
    session.flush()
    added = [person_id for person_id in ticked if person_id not in entries]
    lines = [(visible_person(session, actor, each), entry_details(details_of(row), each)) for each in added]
    write_entries(session, actor, lines, session_id=session_id)
    _mark_present(session, session_id, ticked)
    if row.module_id is not None:
        follow_attendance(session, row.module_id, row.held_on, ticked, left_out)
    row.attendance_on = clock.today() if ticked else None
    return AttendanceTaken(len(added), len(gone), len(ticked))


def _refuse_written(session: Session, person_ids: Sequence[int], dropped: Collection[int]) -> None:
    kept = [person_id for person_id in person_ids if person_id not in dropped]
    if kept:
        names = names_by_id(session, kept)
        raise UserError(f"{listed([names[each] for each in kept])} wrote in the entry of this session. Tick them, or let the words go.")


def _mark_present(session: Session, session_id: int, ticked: Sequence[int]) -> None:
    places = {place.person_id: place for place in places_in(session, session_id)}
    for place in places.values():
        place.present = (place.person_id in ticked) if ticked else None
    for person_id in ticked:
        if person_id not in places:
            session.add(SessionPlace(session_id=session_id, person_id=person_id, present=True))
    session.flush()


def entry_details(details: SessionDetails, person_id: int) -> EntryDetails:
    """The line of the log that somebody who was there gets. The cost of a session is the school’s and stays with it."""
    return EntryDetails(
        done_on=details.held_on,
        minutes=details.minutes,
        activity=details.title,
        kind_id=details.kind_id,
        strand=details.strand,
        setting="In school",
        provider=details.provider,
        led=person_id == details.leader_id,
        paid="paid time" if details.directed else "",
        area_id=details.area_id,
    )


# -- topics -------------------------------------------------------------------------------------------------------------------


@needs(Permission.KEEP_CPD)
def ask_for_topic(
    session: Session, actor: Actor, *, topic: str, person_id: int | None = None, area_id: int | None = None, asked_on: date | None = None
) -> int:
    """Note a topic that somebody would like a session about. Returns its id. Raises UserError."""
    words = topic.strip()
    if not words:
        raise UserError("Write the topic.", field="topic")
    check_length(words, LONGEST_LINE, "topic")
    if person_id is not None:
        visible_person(session, actor, person_id)
    row = TopicRequest(person_id=person_id, asked_on=asked_on or clock.today(), topic=words, area_id=area_id)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def settle_topic(session: Session, actor: Actor, *, topic_id: int, revision: int, reason: str) -> None:
    """Say why there will be no session about a topic; an empty reason opens it again. Raises UserError, Conflict."""
    row = _current_topic(session, topic_id, revision)
    row.reason = reason.strip()
    row.settled_at = clock.now() if row.reason else None


@needs(Permission.RUN_CPD)
def remove_topic(session: Session, actor: Actor, *, topic_id: int, revision: int) -> None:
    """Take out a topic that was noted by mistake. Raises UserError, Conflict."""
    session.delete(_current_topic(session, topic_id, revision))


def _current_topic(session: Session, topic_id: int, revision: int | None = None) -> TopicRequest:
    row = session.get(TopicRequest, topic_id)
    if row is None:
        raise UserError("This topic is not there any more.")
    if revision is not None and row.revision != revision:
        raise Conflict
    return row


# -- shared with the rooms above ----------------------------------------------------------------------------------------------


def write_session(session: Session, details: SessionDetails) -> CpdSession:
    """A new session. Raises UserError."""
    check_session(details)
    if details.leader_id is not None and session.get(Person, details.leader_id) is None:
        raise UserError("This leader is not in the school file any more. Choose another.", field="leader_id")
    row = CpdSession(**{key: value.strip() if isinstance(value, str) else value for key, value in asdict(details).items()})
    session.add(row)
    session.flush()
    return row


def _write(row: CpdSession, details: SessionDetails) -> None:
    for key, value in asdict(details).items():
        setattr(row, key, value.strip() if isinstance(value, str) else value)
