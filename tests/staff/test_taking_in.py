"""A staff list taken into a real school file: all or nothing, in one undo, and twice changes nothing."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings_queries
from staffdev_desktop.staff import queries, services
from staffdev_desktop.staff.importing import (
    PersonChange,
    PersonRef,
    StaffPreview,
    open_staff_list,
    preview_staff_list,
    read_staff_list,
    take_in_plan,
)
from staffdev_desktop.staff.rows import HoldingDetails, PersonDetails, PersonRow, Roll, TakenIn
from staffdev_desktop.staff.taking_in import take_in_staff_list

LIST = """Staff number;Surname, Forename;Job title;Start date;FTE;Line manager;Email
0001;Grant, Helen;Headteacher;01/09/2015;1.0;;h.grant@riverbank.example
0002;Pemberton, Ruth;Deputy headteacher;2018-09-01;1.0;Grant, Helen;r.pemberton@riverbank.example
0003;Doyle, Karen;Higher level teaching assistant;05/09/2016;0.8;Ruth Pemberton;
0004;Mellor, Paul;Caretaker;;60 %;;
"""


def preview(school: School, text: str, answers: Mapping[int, int | None] | None = None) -> StaffPreview:
    sheet, columns = open_staff_list(text.encode(), "staff.csv")
    groups = [group.name for group in school.read(settings_queries.staff_groups)]
    return preview_staff_list(*read_staff_list(sheet, columns), school.read(queries.existing_people), groups, answers)


def take_in(school: School, text: str) -> TakenIn:
    return school.do(take_in_staff_list, plan=take_in_plan(preview(school, text)))


def people(school: School) -> dict[str, PersonRow]:
    return {each.name: each for each in school.read(queries.people_list)}


def test_a_list_is_taken_in_with_posts_hours_groups_and_managers(school: School) -> None:
    assert take_in(school, LIST) == TakenIn(new=4, changed=0)
    found = people(school)
    assert found["Karen Doyle"].line_managers == "Ruth Pemberton"
    assert found["Karen Doyle"].group == "Teaching assistants"
    assert found["Paul Mellor"].staff_number == "0004"
    karen = school.read(queries.person_record, person_id=found["Karen Doyle"].id)
    assert karen.joined_on == date(2016, 9, 5)
    assert (karen.current[0].details.weekly_hours, karen.current[0].details.full_time_hours) == (29.6, 37)


def test_twice_changes_nothing(school: School) -> None:
    take_in(school, LIST)
    before = school.read(queries.existing_people)
    again = preview(school, LIST)
    assert again.counts[Verdict.SAME] == 4
    assert take_in_plan(again) == ()
    changes = school.changes_made
    assert take_in(school, LIST) == TakenIn(new=0, changed=0)
    assert (school.changes_made, school.read(queries.existing_people)) == (changes, before)


def test_one_undo_puts_everything_back(school: School) -> None:
    school.do(services.add_person, details=PersonDetails(surname="Pemberton", forename="Ruth", staff_number="0002"))
    before = school.read(queries.existing_people)
    assert take_in(school, LIST) == TakenIn(new=3, changed=1)
    school.undo()
    assert school.read(queries.existing_people) == before
    assert school.check() == ()


def test_a_row_that_cannot_be_kept_takes_nobody_in(school: School) -> None:
    plan = take_in_plan(preview(school, LIST))
    groups = {change.values.get("group") for change in plan}
    assert "Site" in groups
    broken = (*plan[:3], replace(plan[3], values={**plan[3].values, "weekly_hours": 168.0}))
    with pytest.raises(UserError, match=r"Row 5, Paul Mellor: Weekly hours .* Nothing was taken in\."):
        school.do(take_in_staff_list, plan=broken)
    assert school.read(queries.people_list) == ()


def test_a_circle_in_a_plan_takes_nobody_in(school: School) -> None:
    plan = (
        PersonChange(2, None, {"surname": "Doyle", "forename": "Karen", "post": "Cook"}, manager=PersonRef(row=3)),
        PersonChange(3, None, {"surname": "Lee", "forename": "Ann", "post": "Cook"}, manager=PersonRef(row=2)),
    )
    with pytest.raises(UserError, match=r"Row 2, Karen Doyle: Ann Lee is managed by Karen Doyle, .* Nothing was taken in\."):
        school.do(take_in_staff_list, plan=plan)
    assert school.read(queries.people_list) == ()


def test_a_new_title_is_a_new_post_from_today_and_the_old_one_is_history(school: School) -> None:
    take_in(school, LIST)
    with clock.frozen_at(date(2027, 9, 1)):
        take_in(school, LIST.replace("Higher level teaching assistant", "Trainee teacher"))
        karen = school.read(queries.person_record, person_id=people(school)["Karen Doyle"].id)
        assert [(spell.title, spell.starts_on, spell.ends_on) for spell in karen.history] == [
            ("Trainee teacher", date(2027, 9, 1), None),
            ("Higher level teaching assistant", None, date(2027, 8, 31)),
        ]
        assert (karen.current[0].line_manager, karen.current[0].details.weekly_hours) == ("Ruth Pemberton", 29.6)
        assert preview(school, LIST.replace("Higher level teaching assistant", "Trainee teacher")).counts[Verdict.SAME] == 4


def test_who_is_not_in_the_list_is_shown_and_never_touched(school: School) -> None:
    ann = school.do(services.add_person, details=PersonDetails(surname="Lee", forename="Ann"), holding=HoldingDetails("Cook"))
    before = school.read(queries.person_record, person_id=ann)
    assert preview(school, LIST).not_in_list == ("Ann Lee (P-0001)",)
    take_in(school, LIST)
    assert school.read(queries.person_record, person_id=ann) == before


def test_a_leaver_in_the_list_leaves_and_comes_back(school: School) -> None:
    take_in(school, LIST)
    head, body = LIST.split("\n", 1)
    with_leaving = f"{head};Leaving date\n" + "\n".join(
        f"{line};31/08/2026" if line.startswith("0003") else line for line in body.splitlines()
    )
    take_in(school, with_leaving)
    karen = people(school)["Karen Doyle"]
    assert (karen.roll, karen.posts) == (Roll.LEFT, "Higher level teaching assistant")
    assert preview(school, with_leaving).counts[Verdict.SAME] == 4
    take_in(school, LIST.replace("05/09/2016", "01/10/2026"))
    back = school.read(queries.person_record, person_id=karen.id)
    assert (back.roll, back.joined_on, len(back.employments), len(back.holdings)) == (Roll.ON_ROLL, date(2026, 10, 1), 2, 2)


def test_sixty_people_take_less_than_a_second(school: School) -> None:
    lines = [
        f"{number:04};Surname{number}, Ann;Post {number % 12};01/09/2020;0.6;Surname{max(0, number // 8)}, Ann;" for number in range(60)
    ]
    plan = take_in_plan(preview(school, "\n".join([LIST.splitlines()[0], *lines])))
    begun = time.process_time()  # of the processor: other work may share this machine
    assert school.do(take_in_staff_list, plan=plan) == TakenIn(new=60, changed=0)
    took = time.process_time() - begun
    assert took < 1.0
