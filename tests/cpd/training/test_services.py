"""The school’s list of required training and what people did, written and read through the door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role, needs
from staffdev_desktop.attachments.rules import LARGEST
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import Cell, ForWhom, RecordDetails, State, TrainingDetails, TrainingRow
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Person
from tests.conftest import TODAY
from tests.people import Staffed

PDF = b"%PDF-1.4 a certificate"
DONE = RecordDetails(done_on=TODAY - timedelta(days=30), provider=" Ashby First Aid ")


def named(school: School, name: str) -> TrainingRow:
    return next(row for row in school.read(queries.trainings, in_use_only=False) if row.name == name)


def cell(staffed: Staffed, name: str, person_id: int) -> Cell:
    matrix = staffed.school.read(queries.matrix)
    place = [row.name for row in matrix.trainings].index(name)
    return next(row for row in matrix.rows if row.id == person_id).cells[place]


def record(staffed: Staffed, name: str, *people: int, details: RecordDetails = DONE, **more: object) -> tuple[int, ...]:
    return staffed.school.do(
        services.record_training, training_id=named(staffed.school, name).id, person_ids=people, details=details, **more
    )


def test_a_school_begins_with_a_list_once(staffed: Staffed) -> None:
    rows = staffed.school.read(queries.trainings)
    assert rows[0].details == TrainingDetails("Safeguarding", yearly=True, note=rows[0].details.note)
    assert rows[0].whom == (ForWhom(everybody=True),)
    groups = {group.name: group.id for group in staffed.school.read(settings.staff_groups)}
    assert named(staffed.school, "Asbestos awareness").whom == (ForWhom(staff_group_id=groups["Site"]),)
    staffed.school.do(begin_cpd)
    assert staffed.school.read(queries.trainings) == rows


def test_training_is_recorded_for_several_people_with_a_certificate_each_and_a_line_in_their_logs(staffed: Staffed) -> None:
    people = (staffed.karen, staffed.ruth)
    ids = record(staffed, "Prevent", *people, certificates={staffed.karen: ("prevent.pdf", PDF)}, entry_minutes=90)
    assert len(ids) == 2
    found = staffed.school.read(queries.history, person_id=staffed.karen, training_id=named(staffed.school, "Prevent").id)
    assert (found.cell.state, found.cell.until, found.cell.certificate) == (State.IN_DATE, date(2028, 9, 20), True)
    assert (found.records[0].details.provider, found.records[0].certificate_name) == ("Ashby First Aid", "prevent.pdf")
    assert staffed.school.read(queries.certificate, record_id=ids[0]) == PDF
    assert not cell(staffed, "Prevent", staffed.ruth).certificate
    assert cell(staffed, "Prevent", staffed.helen).state is State.NOT_YET
    (entry,) = staffed.school.read(log.entries, person_id=staffed.ruth)
    assert (entry.details.activity, entry.kind, entry.details.minutes, entry.details.done_on) == (
        "Prevent",
        "Required training",
        90,
        DONE.done_on,
    )
    staffed.school.undo()
    assert cell(staffed, "Prevent", staffed.karen).state is State.NOT_YET
    assert staffed.school.read(log.entries) == ()


def test_all_or_none(staffed: Staffed) -> None:
    record(staffed, "Prevent", staffed.ruth)
    with pytest.raises(UserError, match="Ruth Pemberton has a record of this on 20 September 2026 already"):
        record(staffed, "Prevent", staffed.karen, staffed.ruth)
    with pytest.raises(UserError, match="Tick who it was"):
        record(staffed, "Prevent")
    early = RecordDetails(done_on=date(2010, 1, 1))
    with pytest.raises(UserError, match="began on 1 September 2016"):
        record(staffed, "Safer recruitment", staffed.karen, details=early, entry_minutes=60)
    assert cell(staffed, "Prevent", staffed.karen).state is State.NOT_YET
    record(staffed, "Safer recruitment", staffed.karen, details=early)  # from an earlier school


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("scan.pdf", b"%PDF-" + b"0" * LARGEST, "larger than 20 MB"),
        ("certificate.pdf", b"Dear all,", "not a PDF, PNG or JPEG"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_a_certificate_is_refused_with_a_sentence(staffed: Staffed, name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        record(staffed, "Prevent", staffed.karen, certificates={staffed.karen: (name, content)})
    assert cell(staffed, "Prevent", staffed.karen).done_on is None


def test_a_booking_shows_moves_and_becomes_the_record(staffed: Staffed) -> None:
    day = TODAY + timedelta(days=20)
    (first,) = record(staffed, "Prevent", staffed.karen, details=RecordDetails(booked_for=day))
    assert cell(staffed, "Prevent", staffed.karen) == Cell(State.NOT_YET, True, booked_for=day)
    (moved,) = record(staffed, "Prevent", staffed.karen, details=RecordDetails(booked_for=TODAY))
    assert moved == first
    (taken,) = record(staffed, "Prevent", staffed.karen, details=RecordDetails(done_on=TODAY))
    assert taken == first
    after = cell(staffed, "Prevent", staffed.karen)
    assert (after.state, after.booked_for, after.missed) == (State.IN_DATE, None, None)
    (later,) = record(staffed, "Prevent", staffed.karen, details=RecordDetails(booked_for=day))
    (earlier,) = record(staffed, "Prevent", staffed.karen, details=DONE)
    assert later != earlier, "what was taken before the day of a booking leaves it open"


def test_a_record_is_corrected_and_removed(staffed: Staffed) -> None:
    school, training = staffed.school, named(staffed.school, "Prevent")
    (record_id,) = record(staffed, "Prevent", staffed.karen)
    (row,) = school.read(queries.history, person_id=staffed.karen, training_id=training.id).records
    written = replace(row.details, expires_on=date(2026, 11, 1), expiry_written=True)
    school.do(services.change_record, record_id=record_id, revision=row.revision, details=written)
    assert cell(staffed, "Prevent", staffed.karen).state is State.SOON
    with pytest.raises(Conflict):
        school.do(services.change_record, record_id=record_id, revision=row.revision, details=row.details)
    (other,) = record(staffed, "Prevent", staffed.karen, details=RecordDetails(done_on=date(2024, 9, 2)))
    twice = replace(written, done_on=date(2024, 9, 2))
    with pytest.raises(UserError, match="on 2 September 2024 already"):
        school.do(services.change_record, record_id=record_id, revision=row.revision + 1, details=twice)
    school.do(services.remove_records, record_ids=[other])
    school.do(services.attach_certificate, record_id=record_id, file=("prevent.pdf", PDF))
    school.do(services.attach_certificate, record_id=record_id, file=None)
    with pytest.raises(UserError, match="certificate is not there"):
        school.read(queries.certificate, record_id=record_id)
    school.do(services.remove_records, record_ids=[record_id])
    assert cell(staffed, "Prevent", staffed.karen).state is State.NOT_YET
    school.undo()
    assert cell(staffed, "Prevent", staffed.karen).until == date(2026, 11, 1)
    with pytest.raises(UserError, match="not there any more"):
        school.do(services.remove_records, record_ids=[999])


def test_records_follow_the_list_unless_the_certificate_said_otherwise(staffed: Staffed) -> None:
    school, training = staffed.school, named(staffed.school, "Prevent")
    record(staffed, "Prevent", staffed.karen)
    record(staffed, "Prevent", staffed.ruth, details=replace(DONE, expires_on=date(2027, 1, 31), expiry_written=True))
    details = replace(training.details, months=None)
    school.do(services.change_training, training_id=training.id, revision=training.revision, details=details, whom=training.whom)
    assert cell(staffed, "Prevent", staffed.karen).until is None
    assert cell(staffed, "Prevent", staffed.ruth).until == date(2027, 1, 31)
    with pytest.raises(Conflict):
        school.do(services.change_training, training_id=training.id, revision=training.revision, details=details, whom=())


def test_the_list_is_added_to_ordered_and_cut(staffed: Staffed) -> None:
    school = staffed.school
    added = school.do(services.add_training, details=TrainingDetails(" Ladders ", months=12), whom=[ForWhom(person_id=staffed.karen)] * 2)
    assert named(school, "Ladders").whom == (ForWhom(person_id=staffed.karen),)
    assert cell(staffed, "Ladders", staffed.karen).required
    assert not cell(staffed, "Ladders", staffed.ruth).required
    with pytest.raises(UserError, match="on the list already"):
        school.do(services.add_training, details=TrainingDetails("ladders"))
    for _ in range(2):
        school.do(services.move_training, training_id=added, step=-1)
    assert [row.id for row in school.read(queries.trainings)].index(added) == 11
    record(staffed, "Ladders", staffed.karen)
    with pytest.raises(UserError, match="out of use"):
        school.do(services.remove_training, training_id=added)
    row = named(school, "Ladders")
    school.do(services.change_training, training_id=added, revision=row.revision, details=replace(row.details, in_use=False), whom=row.whom)
    assert "Ladders" not in [each.name for each in school.read(queries.matrix).trainings]
    school.do(services.remove_training, training_id=named(school, "Asbestos awareness").id)
    assert "Asbestos awareness" not in [each.name for each in school.read(queries.trainings, in_use_only=False)]


def test_one_person_may_be_exempt_or_asked_by_name(staffed: Staffed) -> None:
    school = staffed.school
    for name, required, state in (("Prevent", False, State.NOT_NEEDED), ("Fire marshal", True, State.NOT_YET)):
        training = named(school, name)
        before = cell(staffed, name, staffed.karen)
        school.do(services.set_standing, training_id=training.id, person_id=staffed.karen, required=required)
        assert cell(staffed, name, staffed.karen).state is state
        school.do(services.set_standing, training_id=training.id, person_id=staffed.karen, required=None)
        assert cell(staffed, name, staffed.karen) == before
        assert named(school, name).whom == training.whom


def due_of(school: School) -> tuple[int, ...]:
    """How many are expired, not yet done, and soon to expire."""
    found = [cell.state for row in school.read(queries.matrix).rows for cell in row.cells]
    return tuple(found.count(state) for state in (State.EXPIRED, State.NOT_YET, State.SOON))


def test_what_is_due_is_counted_and_shown_for_one_person(staffed: Staffed) -> None:
    school = staffed.school
    everybody = [row.name for row in school.read(queries.trainings) if ForWhom(everybody=True) in row.whom]
    every_employee = [row.name for row in school.read(queries.trainings) if ForWhom(person_kind="employee") in row.whom]
    assert due_of(school) == (0, 3 * (len(everybody) + len(every_employee)), 0)
    people = (staffed.karen, staffed.ruth, staffed.helen)
    for name in (*everybody, *every_employee):
        record(staffed, name, *people)
    record(staffed, "Safeguarding", staffed.karen, details=RecordDetails(TODAY, expires_on=TODAY, expiry_written=True))
    assert due_of(school) == (0, 0, 1)
    found = {each.training.name: each for each in school.read(queries.person_training, person_id=staffed.karen)}
    assert found.keys() == {*everybody, *every_employee}
    assert [each.details.done_on for each in found["Safeguarding"].records] == [TODAY, DONE.done_on]


def test_minimum_cover_is_counted_over_the_whole_school(staffed: Staffed) -> None:
    record(staffed, "Paediatric first aid", staffed.karen)
    cover = {each.name: each for each in staffed.school.read(queries.matrix).cover}
    first_aid = cover["Paediatric first aid"]
    assert (first_aid.needed, first_aid.have, first_aid.falls_after) == (1, 1, date(2029, 9, 20))
    assert cover["First aid at work"].have == 0


def test_a_line_manager_sees_and_writes_their_own_team_only(staffed: Staffed) -> None:
    school = staffed.school
    record(staffed, "Prevent", staffed.karen, staffed.helen, certificates={staffed.helen: ("prevent.pdf", PDF)})
    (helens,) = school.read(queries.history, person_id=staffed.helen, training_id=named(school, "Prevent").id).records
    school.do(services.set_standing, training_id=helens.training_id, person_id=staffed.helen, required=False)
    as_ruth(staffed)
    assert staffed.helen not in {line.person_id for line in named(school, "Prevent").whom}
    matrix = school.read(queries.matrix)
    assert {row.id for row in matrix.rows} == {staffed.karen, staffed.ruth}
    assert matrix.cover == ()
    record(staffed, "Safeguarding", staffed.karen)
    refused: tuple[Callable[[], object], ...] = (
        lambda: record(staffed, "Safeguarding", staffed.helen),
        lambda: school.read(queries.person_training, person_id=staffed.helen),
        lambda: school.do(services.remove_records, record_ids=[helens.id]),
        lambda: school.read(queries.certificate, record_id=helens.id),
    )
    for attempt in refused:
        with pytest.raises(UserError):
            attempt()
    with pytest.raises(NotAllowed):
        school.do(services.set_standing, training_id=helens.training_id, person_id=staffed.karen, required=False)


def as_ruth(staffed: Staffed) -> None:
    """From now on it is Ruth Pemberton, a reviewer, who asks."""
    user_id = staffed.school.actor.user_id
    staffed.school.do(_is_user, person_id=staffed.ruth, user_id=user_id)
    staffed.school.actor = Actor(user_id, "Ruth Pemberton", Role.REVIEWER)


@needs(Permission.CHANGE_STAFF)
def _is_user(session: Session, actor: Actor, *, person_id: int, user_id: int) -> None:
    session.get_one(Person, person_id).user_id = user_id
