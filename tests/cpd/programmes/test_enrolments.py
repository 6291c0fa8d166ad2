"""Programmes, cohorts and enrolments from the application to the award, in a real school file."""

from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log import services as log_services
from staffdev_desktop.cpd.offer import queries as offer_queries
from staffdev_desktop.cpd.offer import services as offer
from staffdev_desktop.cpd.offer.rows import DirectoryDetails
from staffdev_desktop.cpd.programmes import queries as session_queries
from staffdev_desktop.cpd.programmes import services as sessions
from staffdev_desktop.cpd.programmes.enrolments import queries, services
from staffdev_desktop.cpd.programmes.enrolments.rows import (
    EnrolmentDetails,
    EnrolmentRow,
    ModuleDetails,
    ProgrammeDetails,
    ProgrammeRow,
    Stage,
)
from staffdev_desktop.cpd.programmes.enrolments.rules import due_from, senco_due, senco_words, share_paid
from staffdev_desktop.cpd.programmes.rows import SessionDetails
from staffdev_desktop.cpd.quality.services import score_programme
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.staff import services as staff_services
from staffdev_desktop.staff.rows import HoldingDetails, QualificationDetails
from tests.people import Staffed

AUTUMN = EnrolmentDetails(applied_on=date(2026, 6, 1), starts_on=date(2026, 9, 1))
DONE = date(2026, 10, 8)
COMPLETED_ON = date(2026, 10, 16)


def programme(school: School, framework: str) -> ProgrammeRow:
    return next(each for each in school.read(queries.programmes) if each.framework == framework)


def put_on(staffed: Staffed, framework: str, *people: int, details: EnrolmentDetails = AUTUMN, cohort: str = "") -> list[EnrolmentRow]:
    found = programme(staffed.school, framework)
    ids = staffed.school.do(services.enrol, programme_id=found.id, person_ids=people, details=details, cohort=cohort)
    return [row(staffed.school, each) for each in ids]


def row(school: School, enrolment_id: int) -> EnrolmentRow:
    return school.read(queries.enrolment, enrolment_id=enrolment_id)


def titles(enrolment: EnrolmentRow, kind: str) -> list[str]:
    return [step.module.title for step in enrolment.steps if step.module.kind == kind]


def test_a_school_begins_with_the_programmes_once(school: School) -> None:
    school.do(begin_cpd)
    school.do(begin_cpd)
    found = {each.framework: each for each in school.read(queries.programmes)}
    npqs = {"npqlt", "npqltd", "npqlbc", "npqll", "npqlpm", "npqsl", "npqh", "npqel", "npqeyl", "npqsenco"}
    assert npqs <= set(found)
    assert all(found[each].details.in_use for each in npqs)
    assert not found["npqml"].details.in_use
    assert [(each.kind, each.title[:4]) for each in found["chartered"].modules] == [("module", "Modu")] * 3 + [("exam", "Exam")] * 3
    assert found["chartered"].details.months == 18
    assert sum(each.kind == "third" for each in found["masters"].modules) == 3
    assert [each.minutes for each in found["middle-leaders"].modules if each.kind == "tutorial"] == [30]
    assert len(found["middle-leaders"].modules) == 7


def test_the_parts_that_hold_follow_from_when_somebody_began(staffed: Staffed) -> None:
    old = put_on(staffed, "npqsl", staffed.helen, details=EnrolmentDetails(starts_on=date(2021, 8, 31)))[0]
    new = put_on(staffed, "npqsl", staffed.ruth, details=EnrolmentDetails(starts_on=date(2021, 9, 1)))[0]
    assert (len(titles(old, "content area")), len(titles(old, "behaviour"))) == (6, 7)
    assert (len(titles(new, "content area")), len(titles(new, "behaviour"))) == (10, 0)
    ecf = put_on(staffed, "ect-induction", staffed.karen, details=EnrolmentDetails(starts_on=date(2025, 8, 31)))[0]
    assert all(title.startswith("ECF") for title in titles(ecf, "content area"))
    entitled = put_on(staffed, "ect-induction", staffed.helen, details=EnrolmentDetails(starts_on=date(2025, 9, 1)))[0]
    assert all(title.startswith("Entitlement") for title in titles(entitled, "content area"))


def test_the_due_day_follows_from_the_first_day_and_the_stage_from_the_dates(staffed: Staffed) -> None:
    assert due_from(date(2026, 9, 1), 24) == date(2028, 8, 31)
    assert due_from(date(2026, 8, 31), 18) == date(2028, 2, 28)
    applied = put_on(staffed, "masters", staffed.karen, details=EnrolmentDetails(applied_on=date(2026, 10, 1)))[0]
    assert (applied.stage, applied.details.due_on) == (Stage.APPLIED, None)
    accepted = replace(applied.details, starts_on=date(2027, 1, 4))
    staffed.school.do(services.change_enrolment, enrolment_id=applied.id, revision=applied.revision, details=accepted)
    now = row(staffed.school, applied.id)
    assert (now.stage, now.details.due_on, now.overdue) == (Stage.ACCEPTED, date(2030, 1, 3), False)
    with clock.frozen_at(date(2030, 1, 4)):
        late = row(staffed.school, applied.id)
        assert (late.stage, late.overdue, programme(staffed.school, "masters").overdue) == (Stage.ON_IT, True, 1)
    with pytest.raises(Conflict):
        staffed.school.do(services.change_enrolment, enrolment_id=applied.id, revision=applied.revision, details=accepted)


def test_a_cohort_moves_through_a_part_together_and_undo_is_one_step(staffed: Staffed) -> None:
    people = put_on(staffed, "middle-leaders", staffed.karen, staffed.ruth, cohort="Autumn 2026")
    assert {each.cohort for each in people} == {"Autumn 2026"}
    cohort = programme(staffed.school, "middle-leaders").cohorts[0]
    assert (cohort.name, cohort.people, cohort.starts_on) == ("Autumn 2026", 2, date(2026, 9, 1))
    part = people[0].steps[0].module
    ids = [each.id for each in people]
    made = staffed.school.do(
        services.mark_part, enrolment_ids=ids, module_id=part.id, done_on=DONE, result="Action plan", minutes=part.minutes
    )
    assert made == 2
    entry = staffed.school.read(log.entries, person_id=staffed.karen)[0]
    assert (entry.details.done_on, entry.details.minutes, entry.kind) == (DONE, 90, "Accredited study")
    assert entry.details.activity == f"Middle-leader programme: {part.title}"
    step = row(staffed.school, people[0].id).steps[0]
    assert (step.done_on, step.result, step.entry_id) == (DONE, "Action plan", entry.id)
    again = staffed.school.do(services.mark_part, enrolment_ids=ids, module_id=part.id, done_on=DONE, minutes=90)
    assert again == 0
    staffed.school.undo()  # of nothing but a day
    assert staffed.school.read(log.entries) == ()
    assert [row(staffed.school, each).done for each in ids] == [0, 0]


def test_whoever_joins_a_cohort_later_is_in_it_and_catches_up_without_changing_the_others(staffed: Staffed) -> None:
    first = put_on(staffed, "middle-leaders", staffed.karen, cohort="Autumn 2026")[0]
    part = first.steps[0].module
    staffed.school.do(services.mark_part, enrolment_ids=[first.id], module_id=part.id, done_on=DONE, result="Pass")
    second = put_on(staffed, "middle-leaders", staffed.ruth, cohort="autumn 2026 ")[0]
    assert second.details.cohort_id == first.details.cohort_id
    staffed.school.do(services.mark_part, enrolment_ids=[first.id, second.id], module_id=part.id, done_on=COMPLETED_ON)
    steps = [row(staffed.school, each).steps[0] for each in (first.id, second.id)]
    assert [(step.done_on, step.result) for step in steps] == [(DONE, "Pass"), (COMPLETED_ON, "")]
    staffed.school.do(services.mark_part, enrolment_ids=[first.id], module_id=part.id, done_on=COMPLETED_ON, result="Merit")
    assert row(staffed.school, first.id).steps[0].result == "Merit"


def test_a_part_that_is_not_done_after_all_takes_its_entry_but_no_words_with_it(staffed: Staffed) -> None:
    one = put_on(staffed, "middle-leaders", staffed.karen)[0]
    part = one.steps[0].module
    staffed.school.do(services.mark_part, enrolment_ids=[one.id], module_id=part.id, done_on=DONE, minutes=90)
    entry = staffed.school.read(log.entries)[0]
    staffed.school.do(
        log_services.change_entry, entry_id=entry.id, revision=entry.revision, details=replace(entry.details, learnt="Ask first")
    )
    with pytest.raises(UserError, match="Keep the part"):
        staffed.school.do(services.unmark_part, enrolment_id=one.id, module_id=part.id)
    staffed.school.do(services.unmark_part, enrolment_id=one.id, module_id=part.id, drop_written=True)
    assert (row(staffed.school, one.id).done, staffed.school.read(log.entries)) == (0, ())
    staffed.school.do(services.unmark_part, enrolment_id=one.id, module_id=part.id)  # once more changes nothing


def test_a_completed_programme_becomes_a_qualification_and_one_undo_takes_both_back(staffed: Staffed) -> None:
    paid = replace(AUTUMN, pence=90_000, who_pays="the school", fee_share="one third")
    one = put_on(staffed, "hlta", staffed.karen, details=paid)[0]
    assert one.pays == 30_000
    staffed.school.do(
        services.end_enrolment, enrolment_id=one.id, revision=one.revision, outcome="completed", ended_on=COMPLETED_ON, award="HLTA status"
    )
    held = staffed.school.read(staff.person_record, person_id=staffed.karen).qualifications
    assert [(each.details.name, each.details.is_status, each.details.awarded_on) for each in held] == [("HLTA status", True, COMPLETED_ON)]
    assert held[0].details.funded == "one third paid by the school"
    ended = row(staffed.school, one.id)
    assert (ended.stage, ended.qualification_id) == (Stage.COMPLETED, held[0].id)
    staffed.school.undo()
    assert staffed.school.read(staff.person_record, person_id=staffed.karen).qualifications == ()
    assert row(staffed.school, one.id).stage is Stage.ON_IT


def test_an_end_can_be_taken_back_later_with_what_came_of_it(staffed: Staffed) -> None:
    one = put_on(staffed, "hlta", staffed.karen)[0]
    ending = {"outcome": "completed", "ended_on": COMPLETED_ON, "award": "HLTA status"}
    staffed.school.do(services.end_enrolment, enrolment_id=one.id, revision=one.revision, **ending)
    with pytest.raises(UserError, match="Open the programme there again"):
        staffed.school.do(staff_services.delete_qualification, qualification_id=row(staffed.school, one.id).qualification_id, revision=1)
    staffed.school.do(services.reopen_enrolment, enrolment_id=one.id, revision=row(staffed.school, one.id).revision)
    assert staffed.school.read(staff.person_record, person_id=staffed.karen).qualifications == ()
    assert row(staffed.school, one.id).running


@pytest.mark.parametrize("outcome", ["withdrawn", "not accepted", "not passed"])
def test_no_other_end_makes_a_qualification(staffed: Staffed, outcome: str) -> None:
    one = put_on(staffed, "hlta", staffed.karen)[0]
    ending = {"outcome": outcome, "ended_on": COMPLETED_ON, "award": "HLTA status"}
    assert staffed.school.do(services.end_enrolment, enrolment_id=one.id, revision=one.revision, **ending) is None
    assert staffed.school.read(staff.person_record, person_id=staffed.karen).qualifications == ()


def test_what_cannot_be_is_refused_beside_its_field(staffed: Staffed) -> None:
    hlta = programme(staffed.school, "hlta")

    def refused(field: str, people: tuple[int, ...] = (staffed.karen,), **change: object) -> str:
        with pytest.raises(UserError) as error:
            staffed.school.do(
                services.enrol, programme_id=hlta.id, person_ids=people, details=replace(AUTUMN, **change)  # type: ignore[arg-type]
            )  # fmt: skip
        assert error.value.field == field
        return error.value.message

    refused("person_ids", ())
    refused("starts_on", starts_on=date(2026, 5, 1))
    refused("due_on", due_on=date(2026, 8, 1))
    refused("fee_share", fee_share="some of it")
    put_on(staffed, "hlta", staffed.karen)
    assert refused("person_ids") == f"Karen Doyle is on ‘{hlta.details.name}’ already."
    one = staffed.school.read(queries.enrolments)[0]
    for ended_on, field in ((date(2026, 8, 1), "ended_on"), (date(2026, 12, 1), "ended_on")):
        with pytest.raises(UserError) as error:
            staffed.school.do(services.end_enrolment, enrolment_id=one.id, revision=one.revision, outcome="withdrawn", ended_on=ended_on)
        assert error.value.field == field


def test_a_school_changes_its_programmes_but_no_part_that_somebody_has_done(staffed: Staffed) -> None:
    own = ProgrammeDetails("Forest school leader", months=6, award="Forest school award")
    parts = [ModuleDetails("Training week", minutes=1800), ModuleDetails("Portfolio")]
    made = staffed.school.do(services.add_programme, details=own, modules=parts)
    found = next(each for each in staffed.school.read(queries.programmes) if each.id == made)
    one = staffed.school.do(services.enrol, programme_id=made, person_ids=[staffed.karen], details=AUTUMN)[0]
    week, portfolio = found.modules
    staffed.school.do(services.mark_part, enrolment_ids=[one], module_id=week.id, done_on=DONE)
    with pytest.raises(UserError, match="Somebody has done ‘Training week’"):
        staffed.school.do(services.change_programme, programme_id=made, revision=found.revision, details=own, modules=[portfolio])
    changed = [ModuleDetails("Reading"), replace(week, title="Week in the woods")]
    renamed = replace(own, name="Forest school")
    staffed.school.do(services.change_programme, programme_id=made, revision=found.revision, details=renamed, modules=changed)
    assert [(step.module.title, step.done) for step in row(staffed.school, one).steps] == [("Reading", False), ("Week in the woods", True)]
    with pytest.raises(UserError, match="already"):
        staffed.school.do(services.add_programme, details=ProgrammeDetails("FOREST school"))
    latest = next(each for each in staffed.school.read(queries.programmes) if each.id == made)
    with pytest.raises(UserError, match="Take it out of use instead"):
        staffed.school.do(services.remove_programme, programme_id=made, revision=latest.revision)


def test_a_programme_that_nobody_was_on_goes_although_much_names_it(school: School) -> None:
    school.do(begin_cpd)
    hlta, grid = programme(school, "hlta"), school.read(offer_queries.offer_grid, grid="stage")
    item = school.do(offer.add_item, line_id=grid.lines[0].id, column_id=grid.columns[0].id, text="Become an HLTA", programme_id=hlta.id)
    listed = school.do(offer.add_to_directory, details=DirectoryDetails("HLTA preparation", programme_id=hlta.id))
    cohort = school.do(services.add_cohort, programme_id=hlta.id, name="Autumn 2026")
    school.do(sessions.add_session, details=SessionDetails(DONE, 60, "First evening", cohort_id=cohort))
    school.do(score_programme, programme_id=hlta.id, scores=[(1, 2, "Aims are written down")])
    school.do(services.remove_programme, programme_id=hlta.id, revision=hlta.revision)
    offered = [each.programme_id for each in school.read(offer_queries.offer_grid, grid="stage").items if each.id == item]
    assert offered == [school.read(offer_queries.directory_item, item_id=listed).details.programme_id] == [None]
    assert [each.details.cohort_id for each in school.read(session_queries.sessions)] == [None]
    school.undo()
    assert programme(school, "hlta").cohorts
    assert school.read(offer_queries.directory_item, item_id=listed).details.programme_id == hlta.id
    assert not school.check()


@pytest.mark.parametrize(
    ("share", "pays"), [("one third", 40_000), ("2/3", 80_000), ("40 %", 48_000), ("", 120_000), ("one half", 60_000), ("a bit", None)]
)
def test_shares_of_a_fee(share: str, pays: int | None) -> None:
    assert share_paid(120_000, share) == pays
    assert share_paid(None, share) is None


def test_a_senco_has_three_years_to_gain_the_award(staffed: Staffed) -> None:
    school = staffed.school

    def posted(title: str, starts_on: date) -> None:
        details = HoldingDetails(title=title, starts_on=starts_on)
        school.do(staff_services.add_holding, person_id=staffed.karen, details=details)

    assert school.read(queries.sencos_without_award) == ()
    posted("SENDCo", date(2024, 9, 1))
    [found] = school.read(queries.sencos_without_award)
    assert (found.name, found.due_on, found.overdue, found.on_programme) == ("Karen Doyle", date(2027, 8, 31), False, False)
    assert senco_words(found).endswith("is not enrolled on NPQSENCO. Three years end on 31 August 2027.")
    put_on(staffed, "npqsenco", staffed.karen)
    assert school.read(queries.sencos_without_award)[0].on_programme
    with clock.frozen_at(date(2027, 9, 1)):
        assert school.read(queries.sencos_without_award)[0].overdue
    school.do(staff_services.add_qualification, person_id=staffed.karen, details=QualificationDetails(name="NASENCO award"))
    assert school.read(queries.sencos_without_award) == ()


def test_who_was_a_senco_before_september_2009_is_exempt() -> None:
    assert senco_due(date(2009, 8, 31), ()) is None
    assert senco_due(date(2009, 9, 1), ("NPQH",)) == date(2012, 8, 31)


def test_attendance_of_a_session_about_a_part_marks_it_for_those_on_the_programme(staffed: Staffed) -> None:
    school = staffed.school
    one, other = put_on(staffed, "middle-leaders", staffed.karen, staffed.ruth)
    part = one.steps[0].module
    school.do(services.mark_part, enrolment_ids=[other.id], module_id=part.id, done_on=DONE, result="Pass")
    details = SessionDetails(COMPLETED_ON, 90, "Leading a subject", module_id=part.id)
    planned = school.do(sessions.add_session, details=details)

    def tick(*present: int) -> None:
        revision = school.read(session_queries.cpd_session, session_id=planned).revision
        school.do(sessions.take_attendance, session_id=planned, revision=revision, present=present)

    def steps() -> list[tuple[date | None, str]]:
        return [(step.done_on, step.result) for step in (row(school, each.id).steps[0] for each in (one, other))]

    tick(staffed.karen, staffed.ruth, staffed.helen)
    assert steps() == [(COMPLETED_ON, ""), (DONE, "Pass")]
    assert len(school.read(log.entries)) == 3  # the session’s own: no second one for the part
    tick(staffed.helen)
    assert steps() == [(None, ""), (DONE, "Pass")]
    school.undo()
    assert steps() == [(COMPLETED_ON, ""), (DONE, "Pass")]
