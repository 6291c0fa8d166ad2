"""Hours owed through the services: what a school says of its groups, absences, who sees what, the papers."""

import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, needs
from staffdev_desktop.cpd.ledger import papers, queries, sheets
from staffdev_desktop.cpd.ledger.figures import by_group, most_behind_first
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR, AbsenceRow, EntitlementDetails, Pace, PersonLedger
from staffdev_desktop.cpd.ledger.rules import pace_words, question_about_year
from staffdev_desktop.cpd.ledger.services import set_absences, set_entitlement
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.services import add_entry
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.services import begin_cpd, set_staff_groups
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.settings.rows import GroupDetails
from staffdev_desktop.staff.models import Employment, Holding, Person, Post
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

FULL = EntitlementDetails(720, 240)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def of(school: School, person_id: int, **more: object) -> PersonLedger:
    return school.read(queries.ledger, year=2026, person_id=person_id, **more)[0]


def group_id(school: School, name: str) -> int:
    return next(row.group_id for row in school.read(queries.entitlements, year=2026) if row.group == name)


def log_it(school: School, person_id: int, minutes: int = 30, day: date = date(2026, 9, 24), kind: str = "Course") -> int:
    kinds = {row.name: row.id for row in school.read(log.kinds)}
    return school.do(add_entry, person_id=person_id, details=EntryDetails(day, minutes, "Phonics course", kinds[kind]))


def test_a_new_school_owes_12_hours_to_teachers_and_teaching_assistants_and_nothing_else(staffed: Staffed) -> None:
    rows = {row.group: row for row in staffed.school.read(queries.entitlements, year=2026)}

    assert {name for name, row in rows.items() if row.on} == {"Teachers", "Teaching assistants"}
    assert (rows["Teachers"].minutes_a_year, rows["Teachers"].minutes_a_term) == (720, 240)
    staffed.school.do(begin_cpd)
    assert {row.group: row for row in staffed.school.read(queries.entitlements, year=2026)} == rows


def test_karen_is_behind_until_she_has_done_what_is_due(staffed: Staffed) -> None:
    log_it(staffed.school, staffed.karen)
    log_it(staffed.school, staffed.karen, 300, kind="INSET")
    ledger = of(staffed.school, staffed.karen)

    assert (ledger.behind, ledger.whole.counted, ledger.whole.due) == (105 - 30 + 0, 30, 720)  # no half-term is entered: 35 of 78 days
    assert [(line.kind, line.counts) for line in ledger.lines] == [("INSET", False), ("Course", True)]
    log_it(staffed.school, staffed.karen, 90)
    assert pace_words(of(staffed.school, staffed.karen).whole) == "Ahead of pace"
    assert of(staffed.school, staffed.ruth).whole.pace is Pace.NOTHING_OWED


def test_what_is_said_from_a_year_on_leaves_the_years_before_alone(staffed: Staffed) -> None:
    school, leaders = staffed.school, group_id(staffed.school, "Leadership")
    school.do(set_entitlement, group_id=leaders, from_year=2025, details=EntitlementDetails(360, 120))
    school.do(set_entitlement, group_id=leaders, from_year=2026, details=FULL)

    assert of(school, staffed.ruth).whole.due == 720
    assert school.read(queries.ledger, year=2025, person_id=staffed.ruth)[0].whole.due == 360
    assert school.read(queries.ledger, year=2024, person_id=staffed.ruth)[0].whole.due == 0
    school.do(set_entitlement, group_id=leaders, from_year=2026, details=EntitlementDetails(0, 0))
    assert of(school, staffed.ruth).whole.pace is Pace.NOTHING_OWED


def test_a_staff_group_goes_with_its_hours_unless_people_are_in_it(staffed: Staffed) -> None:
    school, site = staffed.school, group_id(staffed.school, "Site")
    course = next(row.id for row in school.read(log.kinds) if row.name == "Course")
    school.do(set_entitlement, group_id=site, from_year=2026, details=replace(FULL, uncounted=(course,)))
    groups = [GroupDetails(row.name, row.forms, row.id) for row in school.read(settings.staff_groups)]
    with pytest.raises(UserError, match="There are people in ‘Teaching assistants’"):
        school.do(set_staff_groups, groups=[group for group in groups if group.name != "Teaching assistants"])
    assert of(school, staffed.karen).whole.due == 720

    school.do(set_staff_groups, groups=[group for group in groups if group.id != site])

    assert "Site" not in [row.group for row in school.read(queries.entitlements, year=2026)]
    school.undo()
    assert next(row for row in school.read(queries.entitlements, year=2026) if row.group == "Site").uncounted == (course,)


def test_kinds_that_do_not_count_are_kept_with_the_group(staffed: Staffed) -> None:
    school, assistants = staffed.school, group_id(staffed.school, "Teaching assistants")
    course = next(row.id for row in school.read(log.kinds) if row.name == "Course")
    log_it(school, staffed.karen)
    school.do(set_entitlement, group_id=assistants, from_year=2026, details=replace(FULL, uncounted=(course,)))

    assert of(school, staffed.karen).whole.counted == 0
    assert of(school, staffed.karen).lines[0].why_not == "Course does not count for Teaching assistants"
    school.do(set_entitlement, group_id=assistants, from_year=2026, details=FULL)
    assert of(school, staffed.karen).whole.counted == 30


@pytest.mark.parametrize(
    ("details", "field", "words"),
    [
        (EntitlementDetails(-60, 0), "minutes_a_year", "less than nothing"),
        (EntitlementDetails(720, 24_015), "minutes_a_term", "more than 400 hours"),
        (EntitlementDetails(700, 240), "minutes_a_year", "quarter hours"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(staffed: Staffed, details: EntitlementDetails, field: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as raised:
        staffed.school.do(set_entitlement, group_id=group_id(staffed.school, "Teachers"), from_year=2026, details=details)
    assert raised.value.field == field


def test_a_year_with_fewer_hours_than_its_terms_is_a_question() -> None:
    assert question_about_year(EntitlementDetails(600, 240), 3) == "3 terms of 4 come to 12 hours, more than 10 a year."
    assert not question_about_year(EntitlementDetails(720, 240), 3)


def test_an_older_page_of_settings_does_not_overwrite_a_newer_one(staffed: Staffed) -> None:
    school, teachers = staffed.school, group_id(staffed.school, "Teachers")
    school.do(set_entitlement, group_id=teachers, from_year=2026, details=EntitlementDetails(600, 180), revision=1)
    with pytest.raises(Conflict):
        school.do(set_entitlement, group_id=teachers, from_year=2026, details=FULL, revision=1)


def test_a_long_absence_takes_its_days_off_and_goes_again(staffed: Staffed) -> None:
    school, karen = staffed.school, staffed.karen
    school.do(set_absences, person_id=karen, absences=[AbsenceRow(date(2026, 9, 14))])
    assert of(school, karen).terms[0].due == 30  # 8 of 78 school days
    known = school.read(queries.absences, person_id=karen)
    school.do(set_absences, person_id=karen, absences=[replace(known[0], ends_on=date(2026, 9, 25))])
    assert "Away for 10 school days" in [step.words for step in of(school, karen).terms[0].steps]
    with pytest.raises(Conflict):
        school.do(set_absences, person_id=karen, absences=known)
    school.do(set_absences, person_id=karen, absences=())
    assert of(school, karen).terms[0].due == 240


@pytest.mark.parametrize(
    ("absences", "field"),
    [
        ([AbsenceRow(date(2026, 9, 14), date(2026, 9, 1))], "ends_on"),
        ([AbsenceRow(date(2026, 9, 14)), AbsenceRow(date(2026, 10, 1))], "starts_on"),
    ],
)
def test_absences_that_cannot_be_are_refused(staffed: Staffed, absences: list[AbsenceRow], field: str) -> None:
    with pytest.raises(UserError) as raised:
        staffed.school.do(set_absences, person_id=staffed.karen, absences=absences)
    assert raised.value.field == field


def test_a_line_manager_sees_her_own_people_excuses_them_and_not_herself(staffed: Staffed) -> None:
    with as_reviewer(staffed, staffed.ruth) as hers:
        assert {row.id for row in hers.read(queries.ledger, year=2026)} == {staffed.karen, staffed.ruth}
        hers.do(set_absences, person_id=staffed.karen, absences=[AbsenceRow(date(2026, 9, 14), date(2026, 9, 25))])
        with pytest.raises(UserError, match="own absence"):
            hers.do(set_absences, person_id=staffed.ruth, absences=[AbsenceRow(date(2026, 9, 14))])
        with pytest.raises(NotAllowed):
            hers.do(set_entitlement, group_id=1, from_year=2026, details=FULL)


def test_the_papers_say_the_numbers_and_their_reasons(staffed: Staffed) -> None:
    log_it(staffed.school, staffed.karen)
    log_it(staffed.school, staffed.karen, 300, kind="INSET")
    ledgers = most_behind_first(staffed.school.read(queries.ledger, year=2026))
    printed = Printed("Riverbank Primary Academy", 2026, TODAY)

    why = words_of(papers.why_paper(ledgers[0], WHOLE_YEAR, printed))
    everybody = words_of(papers.hours_paper(ledgers, by_group(ledgers), "Behind their hours", printed))

    assert "1.25 hours behind: 0.5 counted, 1.75 due by now." in why
    assert "INSET does not count towards hours owed" in why
    assert "Karen Doyle" in everybody
    assert "Behind by 1.25 h" in everybody
    rows = read_sheet(sheets.hours_sheet(ledgers, {staffed.ruth: "Ruth Pemberton"}, 2026), "hours.xlsx")
    assert "Ruth Pemberton" in str(rows)


@needs(Permission.CHANGE_STAFF)
def _write_crowd(session: Session, actor: Actor, *, number: int) -> None:
    group = session.execute(Person.__table__.select()).first().staff_group_id
    post = Post(title=f"Teacher of {number}")
    session.add(post)
    session.flush()
    people = [Person(surname=f"Crowd {place}", staff_number=f"C{number}-{place}", staff_group_id=group) for place in range(number)]
    session.add_all(people)
    session.flush()
    for place, person in enumerate(people):
        session.add(Employment(person_id=person.id, starts_on=date(2020 + place % 7, 9, 1)))
        session.add(Holding(person_id=person.id, post_id=post.id, weekly_hours=20 + place % 17, full_time_hours=37))
        for month in (9, 10):
            entry = Entry(person_id=person.id, done_on=date(2026, month, 5), minutes=45, activity="Course", made_at=clock.now(), made_by="")
            session.add(entry)


def test_many_people_are_reckoned_at_once_and_in_as_few_questions_as_three(staffed: Staffed) -> None:
    school, leaders = staffed.school, group_id(staffed.school, "Leadership")
    school.do(set_entitlement, group_id=leaders, from_year=2026, details=replace(FULL, pro_rata=True, carry_over=True))
    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", listener := lambda _connection, _cursor, words, *_more: asked.append(words))
    try:
        for_three = len(school.read(queries.ledger, year=2026)), len(asked)
        school.do(_write_crowd, number=100)
        some = min(_seconds(school) for _ in range(3))
        school.do(_write_crowd, number=500)
        asked.clear()
        for_many = len(school.read(queries.ledger, year=2026)), len(asked)
    finally:
        event.remove(Engine, "before_cursor_execute", listener)
    assert (for_three[0], for_many[0]) == (3, 603)
    assert 0 < for_many[1] <= for_three[1] + 1
    assert min(_seconds(school) for _ in range(3)) < 3 * 603 / 103 * some  # no person is compared with every other


def _seconds(school: School) -> float:
    """Processor time: other work may share this machine."""
    began = time.process_time()
    school.read(queries.ledger, year=2026)
    return time.process_time() - began
