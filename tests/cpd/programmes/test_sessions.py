"""Sessions from planning to the entries of who was there, in a real school file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role, needs
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log import services as log_services
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.rows import Every, PlaceRow, SessionDetails, SessionRow, SessionState, TopicState
from staffdev_desktop.cpd.programmes.rules import directed_minutes
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.school import School
from staffdev_desktop.staff import services as staff
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.rows import PersonDetails
from tests.people import Staffed

TWILIGHT = SessionDetails(date(2026, 10, 15), 60, "Asking better questions", starts_at=time(15, 30), place="Hall", directed=True)


def plan(school: School, details: SessionDetails = TWILIGHT) -> SessionRow:
    return row(school, school.do(services.add_session, details=details))


def row(school: School, session_id: int) -> SessionRow:
    return school.read(queries.cpd_session, session_id=session_id)


def places(school: School, session_id: int) -> tuple[PlaceRow, ...]:
    return school.read(queries.places, session_id=session_id)


def tick(staffed: Staffed, planned: SessionRow, *present: int, drop: tuple[int, ...] = ()) -> tuple[int, int, int]:
    revision = row(staffed.school, planned.id).revision
    done = staffed.school.do(
        services.take_attendance, session_id=planned.id, revision=revision, present=present, drop_written=drop
    )  # fmt: skip
    return done.added, done.removed, done.present


def logged(staffed: Staffed) -> dict[int, log.EntryRow]:
    return {entry.person_id: entry for entry in staffed.school.read(log.entries)}


def test_a_session_comes_back_as_it_was_planned(staffed: Staffed) -> None:
    kind = staffed.school.read(log.kinds)[0]
    full = replace(
        TWILIGHT, kind_id=kind.id, strand="Professional practice", leader_id=staffed.ruth, capacity=12, audience="Teachers",
        provider="Riverbank", pence=4500,
    )  # fmt: skip
    planned = plan(staffed.school, full)
    assert planned.details == full
    assert (planned.kind, planned.leaders, planned.state) == (kind.name, "Ruth Pemberton", SessionState.TO_TAKE)
    assert "better questions" in planned.search


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -15}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"capacity": 0}, "capacity"),
        ({"place": "x" * 201}, "place"),
        ({"leader_id": 999}, "leader_id"),
    ],
)
def test_a_session_that_cannot_be_is_refused_beside_its_field(staffed: Staffed, change: dict[str, object], field: str) -> None:
    with pytest.raises(UserError) as refused:
        staffed.school.do(services.add_session, details=replace(TWILIGHT, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert staffed.school.read(queries.sessions) == ()


def test_attendance_makes_entries_and_undo_takes_them_back_at_once(staffed: Staffed) -> None:
    planned = plan(staffed.school, replace(TWILIGHT, leader_id=staffed.ruth))
    staffed.school.do(services.sign_up, session_id=planned.id, person_ids=[staffed.karen])
    assert tick(staffed, planned, staffed.karen, staffed.ruth) == (2, 0, 2)
    entries = logged(staffed)
    assert set(entries) == {staffed.karen, staffed.ruth}
    entry = entries[staffed.karen].details
    assert (entry.done_on, entry.minutes, entry.activity, entry.paid) == (TWILIGHT.held_on, 60, TWILIGHT.title, "paid time")
    assert (entry.led, entries[staffed.ruth].details.led) == (False, True)
    assert entries[staffed.karen].session_id == planned.id
    assert row(staffed.school, planned.id).state is SessionState.HELD
    staffed.school.undo()
    assert logged(staffed) == {}
    assert [(place.person_id, place.present) for place in places(staffed.school, planned.id)] == [(staffed.karen, None)]
    assert row(staffed.school, planned.id).state is SessionState.TO_TAKE


def test_taking_it_again_changes_only_the_entries_of_those_who_are_new_or_gone(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    tick(staffed, planned, staffed.karen, staffed.ruth)
    kept = logged(staffed)[staffed.ruth].id
    assert tick(staffed, planned, staffed.ruth, staffed.helen) == (1, 1, 2)
    assert set(logged(staffed)) == {staffed.ruth, staffed.helen}
    assert logged(staffed)[staffed.ruth].id == kept
    assert tick(staffed, planned, staffed.ruth, staffed.helen) == (0, 0, 2)
    assert tick(staffed, planned) == (0, 2, 0)
    assert row(staffed.school, planned.id).state is SessionState.TO_TAKE


def test_words_written_in_an_entry_go_only_if_somebody_says_so(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    tick(staffed, planned, staffed.karen, staffed.ruth)
    entry = logged(staffed)[staffed.karen]
    staffed.school.do(
        log_services.change_entry, entry_id=entry.id, revision=entry.revision, details=replace(entry.details, impact="They explain more.")
    )
    assert {place.person_id: place.written for place in places(staffed.school, planned.id)} == {staffed.karen: True, staffed.ruth: False}
    with pytest.raises(UserError, match="Karen Doyle wrote in the entry"):
        tick(staffed, planned, staffed.ruth)
    assert logged(staffed)[staffed.karen].details.impact == "They explain more."
    assert tick(staffed, planned, staffed.ruth, drop=(staffed.karen,)) == (0, 1, 1)
    assert set(logged(staffed)) == {staffed.ruth}


def test_a_file_counts_as_written_too(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    tick(staffed, planned, staffed.karen)
    staffed.school.do(log_services.attach, entry_id=logged(staffed)[staffed.karen].id, files=[("notes.pdf", b"%PDF-1.7\n%%EOF")])
    with pytest.raises(UserError, match="Karen Doyle wrote"):
        tick(staffed, planned)


def test_attendance_is_all_or_none_and_names_whom_it_is_about(staffed: Staffed) -> None:
    early = plan(staffed.school, replace(TWILIGHT, held_on=date(2015, 10, 15)))
    with pytest.raises(UserError, match="began on 1 September 2016"):
        tick(staffed, early, staffed.helen, staffed.karen)
    assert logged(staffed) == {}


def test_who_has_left_since_can_have_been_there_and_who_joined_since_cannot(staffed: Staffed) -> None:
    school = staffed.school
    school.do(staff.end_employment, person_id=staffed.karen, last_day=date(2026, 10, 16))
    school.do(staff.add_person, details=PersonDetails(surname="Newman"), starts_on=date(2026, 10, 19))
    names = [[person.name for person in school.read(queries.people_on, day=date(2026, 10, day))] for day in (15, 20)]
    assert names == [["Karen Doyle", "Helen Marsden", "Ruth Pemberton"], ["Helen Marsden", "Newman", "Ruth Pemberton"]]
    assert tick(staffed, plan(school), staffed.karen) == (1, 0, 1)


def test_attendance_waits_for_the_day(staffed: Staffed) -> None:
    coming = plan(staffed.school, replace(TWILIGHT, held_on=date(2026, 10, 22)))
    assert coming.state is SessionState.COMING
    with pytest.raises(UserError, match="on the day or later"):
        tick(staffed, coming, staffed.karen)
    with clock.frozen_at(date(2026, 10, 22)):
        assert row(staffed.school, coming.id).state is SessionState.TODAY
        assert tick(staffed, coming, staffed.karen) == (1, 0, 1)


def test_a_session_that_is_full_keeps_a_waiting_order(staffed: Staffed) -> None:
    coming = plan(staffed.school, replace(TWILIGHT, held_on=date(2026, 11, 5), capacity=1))
    order = [staffed.karen, staffed.ruth, staffed.helen]
    assert staffed.school.do(services.sign_up, session_id=coming.id, person_ids=order) == 3
    assert staffed.school.do(services.sign_up, session_id=coming.id, person_ids=order) == 0
    assert [(each.person_id, each.waiting) for each in places(staffed.school, coming.id)] == list(zip(order, (0, 1, 2), strict=True))
    assert (row(staffed.school, coming.id).full, row(staffed.school, coming.id).waiting) == (True, 2)
    staffed.school.do(services.take_off, session_id=coming.id, person_ids=[staffed.karen])
    assert [(each.person_id, each.waiting) for each in places(staffed.school, coming.id)] == [(staffed.ruth, 0), (staffed.helen, 1)]


def test_who_was_there_is_not_taken_off_the_list(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    tick(staffed, planned, staffed.karen)
    with pytest.raises(UserError, match="Karen Doyle was there"):
        staffed.school.do(services.take_off, session_id=planned.id, person_ids=[staffed.karen])


def test_entries_follow_a_changed_session_but_not_over_what_somebody_wrote(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    tick(staffed, planned, staffed.karen, staffed.ruth)
    own = logged(staffed)[staffed.karen]
    mine = replace(own.details, activity="Questions in phonics", learnt="Wait longer")
    staffed.school.do(log_services.change_entry, entry_id=own.id, revision=own.revision, details=mine)
    now = row(staffed.school, planned.id)
    changed = replace(TWILIGHT, minutes=90, title="Questioning", leader_id=staffed.ruth)
    staffed.school.do(services.change_session, session_id=planned.id, revision=now.revision, details=changed)
    ruth, karen = logged(staffed)[staffed.ruth].details, logged(staffed)[staffed.karen].details
    assert (ruth.minutes, ruth.activity, ruth.led) == (90, "Questioning", True)
    assert (karen.minutes, karen.activity, karen.learnt) == (90, "Questions in phonics", "Wait longer")
    with pytest.raises(Conflict):
        staffed.school.do(services.change_session, session_id=planned.id, revision=now.revision, details=changed)
    newer = row(staffed.school, planned.id).revision
    with pytest.raises(UserError, match="cannot be later than today"):
        staffed.school.do(
            services.change_session, session_id=planned.id, revision=newer, details=replace(changed, held_on=date(2026, 11, 5))
        )


def test_a_cancelled_session_stays_and_can_take_place_after_all(staffed: Staffed) -> None:
    planned = plan(staffed.school)
    staffed.school.do(services.cancel_sessions, session_ids=[planned.id])
    cancelled = row(staffed.school, planned.id)
    assert (cancelled.state, directed_minutes([cancelled]), directed_minutes([planned])) == (SessionState.CANCELLED, 0, 60)
    for refused in (lambda: tick(staffed, planned, staffed.karen), lambda: _sign(staffed, planned)):
        with pytest.raises(UserError, match="is cancelled"):
            refused()
    staffed.school.do(services.reinstate_session, session_id=planned.id, revision=cancelled.revision)
    tick(staffed, planned, staffed.karen)
    for service in (services.cancel_sessions, services.remove_sessions):
        with pytest.raises(UserError, match="was taken"):
            staffed.school.do(service, session_ids=[planned.id])


def _sign(staffed: Staffed, planned: SessionRow) -> None:
    staffed.school.do(services.sign_up, session_id=planned.id, person_ids=[staffed.karen])


def test_a_session_with_the_same_place_or_leader_at_that_time_is_named(staffed: Staffed) -> None:
    first = plan(staffed.school, replace(TWILIGHT, leader_id=staffed.ruth))

    def asked(but: int | None = None, **change: object) -> tuple[str, ...]:
        wanted = replace(TWILIGHT, **{"leader_id": staffed.ruth, "starts_at": time(16, 0), "title": "Phonics"} | change)  # type: ignore[arg-type]
        return staffed.school.read(queries.clashes_with, details=wanted, but=but)

    both = (f"Ruth Pemberton leads ‘{TWILIGHT.title}’ at 15:30.", f"Hall is taken at 15:30: ‘{TWILIGHT.title}’.")
    assert asked() == both
    assert asked(place="library") == both[:1]
    taken = "HALL is taken at 15:30: ‘Asking better questions’."
    assert asked(leader_id=None, leader="ruth pemberton", place=" HALL ") == (both[0], taken)
    assert asked(but=first.id) == ()
    assert asked(starts_at=time(16, 30)) == ()
    staffed.school.do(services.cancel_sessions, session_ids=[first.id])
    assert asked() == ()


def test_a_series_is_one_change_and_one_undo(staffed: Staffed) -> None:
    weekly = replace(TWILIGHT, held_on=date(2026, 10, 12))
    assert len(staffed.school.do(services.add_series, details=weekly, every=Every.WEEK, count=4)) == 4
    assert [each.details.held_on.day for each in staffed.school.read(queries.sessions)] == [12, 19, 26, 2]
    staffed.school.undo()
    assert staffed.school.read(queries.sessions) == ()


def test_a_topic_comes_in_the_first_session_of_a_series(staffed: Staffed) -> None:
    topic = staffed.school.do(services.ask_for_topic, topic="Adaptive teaching")
    made = staffed.school.do(services.add_series, details=TWILIGHT, every=Every.WEEK, count=2, topic_id=topic)
    assert staffed.school.read(queries.topics)[0].session_id == made[0]


def test_a_line_manager_sees_the_calendar_but_of_people_only_their_own_and_plans_nothing(staffed: Staffed) -> None:
    school = staffed.school
    planned = plan(school)
    school.do(services.sign_up, session_id=planned.id, person_ids=[staffed.karen, staffed.helen])
    school.do(services.ask_for_topic, topic="Phonics", person_id=staffed.helen)
    with _as_line_manager(staffed):
        assert [each.id for each in school.read(queries.sessions)] == [planned.id]
        assert row(school, planned.id).signed_up == 2
        assert [place.person_id for place in places(school, planned.id)] == [staffed.karen]
        assert school.read(queries.topics) == ()
        with pytest.raises(NotAllowed):
            school.do(services.add_session, details=TWILIGHT)


@contextmanager
def _as_line_manager(staffed: Staffed) -> Iterator[None]:
    """Ruth at the screen, who manages Karen."""
    before = staffed.school.actor
    staffed.school.do(_give_a_user, person_id=staffed.ruth)
    staffed.school.actor = Actor(before.user_id, "Ruth Pemberton", Role.REVIEWER)
    try:
        yield
    finally:
        staffed.school.actor = before


@needs(Permission.CHANGE_STAFF)
def _give_a_user(session: Session, actor: Actor, *, person_id: int) -> None:
    session.get_one(Person, person_id).user_id = actor.user_id


def test_a_topic_is_asked_for_planned_and_open_again_if_the_session_is_cancelled(staffed: Staffed) -> None:
    school = staffed.school

    def state() -> TopicState:
        return school.read(queries.topics)[0].state

    topic = school.do(services.ask_for_topic, topic=" Adaptive teaching ", person_id=staffed.karen)
    found = school.read(queries.topics)[0]
    assert (found.topic, found.name, found.state) == ("Adaptive teaching", "Karen Doyle", TopicState.OPEN)
    planned = school.do(services.add_session, details=replace(TWILIGHT, held_on=date(2026, 11, 5)), topic_id=topic)
    assert state() is TopicState.PLANNED
    school.do(services.cancel_sessions, session_ids=[planned])
    assert state() is TopicState.OPEN
    latest = school.read(queries.topics)[0].revision
    school.do(services.settle_topic, topic_id=topic, revision=latest, reason="The trust runs it in May")
    assert state() is TopicState.DECLINED
    school.do(services.remove_sessions, session_ids=[planned])
    assert school.read(queries.topics)[0].session_id is None
    with pytest.raises(UserError, match="Write the topic"):
        school.do(services.ask_for_topic, topic="  ")
