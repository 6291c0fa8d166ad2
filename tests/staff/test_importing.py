"""The staff list from a spreadsheet: columns, lines, matches, verdicts and the plan, from real files made here."""

from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff.importing import (
    ExistingPerson,
    PersonChange,
    PersonRef,
    StaffPreview,
    open_staff_list,
    preview_staff_list,
    read_staff_list,
    take_in_plan,
)
from staffdev_desktop.staff.importing_groups import group_named, guess_group

GROUPS = ("Leadership", "Teachers", "Teaching assistants", "Office and finance", "Pastoral", "Site", "Midday and kitchen")


def preview(text: str, existing=(), answers=None, groups=GROUPS) -> StaffPreview:
    sheet, columns = open_staff_list(text.encode("utf-8"), "staff.csv")
    lines, troubles = read_staff_list(sheet, columns)
    with clock.frozen_at(date(2026, 10, 1)):
        return preview_staff_list(lines, troubles, existing, groups, answers)


def verdicts(text: str, existing=(), answers=None) -> list[Verdict]:
    return [row.verdict for row in preview(text, existing, answers).rows]


def taken_in(plan: tuple[PersonChange, ...], existing=()) -> list[ExistingPerson]:
    """What the school has after a service has carried a plan out."""
    people = {person.id: person for person in existing}
    by_row = {}
    for change in plan:
        person_id = change.person_id or max(people, default=0) + 1
        before = people.get(person_id, ExistingPerson(person_id, "", "", staff_number=f"P-{person_id:04d}"))
        people[person_id] = replace(before, **change.values)
        by_row[change.row] = person_id
    for change in plan:
        if change.manager:
            person_id = change.person_id or by_row[change.row]
            people[person_id] = replace(people[person_id], manager_id=change.manager.person_id or by_row[change.manager.row])
    return list(people.values())


HEAD = (
    "Title,Legal Surname,Legal Forename,Preferred Forename,Staff Code,Payroll Number,Date of Birth,Work Email,Job Title,"
    "Date of Arrival,Line Manager,FTE,Hours per Week"
)
SIMS = f"""Staff list: Larkfield Primary
Run on 01/09/2026 09:14

{HEAD}
Mrs.,Doyle,Karen,Kate,KDO,0012,01/02/1980,k.doyle@larkfield.example,Class teacher,01/09/2019 00:00:00,"Okafor, Mr Ben",0.6,
Mr,Okafor,Ben,,BOK,0003,03/04/1975,b.okafor@larkfield.example,Deputy headteacher,01/01/2015 00:00:00,,1,32.5

{HEAD}
Ms,Nowak,Zofia,,ZNO,0044,05/06/1990,z.nowak@larkfield.example,Midday supervisor,2021-11-01,Kate Doyle,20 %,
Total,3
"""


class TestColumns:
    def test_sims_export_finds_its_headings_and_leaves_private_columns_alone(self):
        sheet, columns = open_staff_list(SIMS.encode("cp1252"), "sims.csv")
        assert sheet.header_row == 4
        found = {key: sheet.header[index] for key, index in columns.items()}
        assert found == {
            "title": "Title", "surname": "Legal Surname", "forename": "Legal Forename", "known_as": "Preferred Forename",
            "staff_number": "Payroll Number", "email": "Work Email", "post": "Job Title", "start_date": "Date of Arrival",
            "manager": "Line Manager", "share": "FTE", "weekly_hours": "Hours per Week",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("Name;Role;Start", {"whole_name": 0, "post": 1, "start_date": 2}),
            (
                "Arbor Staff ID;First name;Last name;Business role;Employment start date",
                {"staff_number": 0, "forename": 1, "surname": 2, "post": 3, "start_date": 4},
            ),
            ("Staff Code;Surname, Forename;Line manager email;Department", {"staff_number": 0, "whole_name": 1, "manager": 2, "group": 3}),
            (
                "Employee;Hours;Full-time hours;End date;School",
                {"whole_name": 0, "weekly_hours": 1, "full_time_hours": 2, "leaving_date": 3, "site": 4},
            ),
        ],
    )
    def test_headings_of_other_programs(self, header, expected):
        assert open_staff_list(f"{header}\nDoyle;x;1;2;3\n".encode(), "list.csv")[1] == expected

    def test_columns_without_headings_are_known_by_their_look(self):
        text = '"Doyle, Karen",k.doyle@larkfield.example\n"Okafor, Ben",b.okafor@larkfield.example\n'
        sheet, columns = open_staff_list(text.encode(), "list.csv")
        assert (sheet.header_row, columns) == (0, {"whole_name": 0, "email": 1})
        assert len(sheet.rows) == 2

    def test_no_name_column_is_said(self):
        sheet, columns = open_staff_list(b"Email,Post\na@b.example,Cook\n", "list.csv")
        with pytest.raises(UserError, match="No column has the names"):
            read_staff_list(sheet, columns)


class TestLines:
    def test_sims_export_is_read_to_the_word(self):
        sheet, columns = open_staff_list(SIMS.encode("cp1252"), "sims.csv")
        lines, troubles = read_staff_list(sheet, columns)
        assert troubles == []
        assert [(line.number, line.label) for line in lines] == [(5, "Kate Doyle"), (6, "Ben Okafor"), (9, "Zofia Nowak")]
        kate = lines[0]
        assert (kate.title, kate.forename, kate.known_as, kate.staff_number) == ("Mrs", "Karen", "Kate", "0012")
        assert (kate.start_date, kate.share, kate.weekly_hours) == (date(2019, 9, 1), 0.6, None)
        assert lines[2].share == 0.2

    def test_workbook_with_numbers_and_dates_of_its_own(self):
        data = write_xlsx(
            "Staff",
            ["Name", "Staff no", "Phone", "Start date", "Days per week", "Left"],
            [
                ["Doyle, Mrs Karen", 12, 7700900123, date(2019, 9, 1), 3, None],
                ["Ben Okafor", "0003", "+44 7700 900124", 43709, "4 days", "-"],
            ],
        )
        sheet, columns = open_staff_list(data, "staff.xlsx")
        lines, troubles = read_staff_list(sheet, columns)
        assert troubles == []
        assert (lines[0].title, lines[0].forename, lines[0].surname, lines[0].staff_number) == ("Mrs", "Karen", "Doyle", "12")
        assert (lines[0].phone, lines[0].start_date, lines[0].share) == ("07700900123", date(2019, 9, 1), 0.6)
        assert (lines[1].phone, lines[1].start_date, lines[1].share, lines[1].leaving_date) == (
            "+44 7700 900124",
            date(2019, 9, 1),
            0.8,
            None,
        )

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("Doyle,Karen,01/09/1066,", "Start date: The year 1066 is not between 1900 and 2199."),
            ("Doyle,Karen,31/02/2020,", "Start date: There is no 31 February"),
            (f"{'D' * 300},Karen,,", "Surname: ‘DDD.* is 300 letters long; 200 is the most"),
            (",,01/09/2020,x", "There is no name"),
            ("Doyle,Karen,01/09/2020,karen at home", "Work email: ‘karen at home’ is not an email address"),
            ("Doyle,Karen,02/09/2020,,01/09/2020", "The leaving date is before the start date"),
            ("Doyle,Karen,,,,surplus", "more cells than headings"),
        ],
    )
    def test_trouble_says_what_is_wrong(self, row, reason):
        sheet, columns = open_staff_list(f"Surname,Forename,Start date,Email,Leaving date\n{row}\n".encode(), "list.csv")
        lines, troubles = read_staff_list(sheet, columns)
        assert lines == []
        with pytest.raises(AssertionError, match=reason):
            raise AssertionError(" ".join(troubles[0].reasons))

    @pytest.mark.parametrize(
        "name", ["😀 Ann", "\u202bأحمد\u202c", "'; DROP TABLE person; --", "Þóra", "Null", "Na", "李小龍", "O’Neill-Łuczak"]
    )
    def test_any_name_is_kept_to_the_letter(self, name):
        sheet, columns = open_staff_list(f"Surname,Forename\n{name},Kim\n".encode("utf-16"), "list.csv")
        assert read_staff_list(sheet, columns)[0][0].surname == name

    def test_totals_footers_and_blank_lines_are_no_people(self):
        text = "Name,Post,FTE\nKaren Doyle,Cook,1\n,,\n,,1\nTotal,,1\nGrand total: 1,,\nCount,1,\nPage 1 of 1,,\n"
        text += "Anna Count,Cook,1\nTotal Smith,Cook,\n"
        sheet, columns = open_staff_list(text.encode(), "list.csv")
        lines, troubles = read_staff_list(sheet, columns)
        assert ([line.label for line in lines], troubles) == (["Karen Doyle", "Anna Count", "Total Smith"], [])

    @pytest.mark.parametrize(
        ("second", "reason"),
        [
            ("Someone,Else,12,,", "Row 2 has the same staff number"),
            ("Doyle,Karen,,,", "Row 2 has the same name"),
            ("Smith,Ann,,K.Doyle@larkfield.example,", "Row 2 has the same work email"),
        ],
    )
    def test_second_line_for_the_same_person_names_the_first(self, second, reason):
        text = f"Surname,Forename,Staff no,Email,Start\nDoyle,Karen,0012,k.doyle@larkfield.example,01/09/2019\n{second}\n"
        sheet, columns = open_staff_list(text.encode(), "list.csv")
        lines, troubles = read_staff_list(sheet, columns)
        assert len(lines) == 1
        assert troubles[0].number == 3
        assert reason in troubles[0].reasons[0]

    def test_two_people_of_one_name_told_apart_by_number(self):
        sheet, columns = open_staff_list(b"Name,Staff no\nAnn Lee,1\nAnn Lee,2\n", "list.csv")
        assert len(read_staff_list(sheet, columns)[0]) == 2


class TestPreview:
    def test_first_import_is_all_new_and_the_second_all_same(self):
        first = preview(SIMS)
        assert [row.verdict for row in first.rows] == [Verdict.NEW] * 3
        people = taken_in(take_in_plan(first))
        second = preview(SIMS, people)
        assert [(row.verdict, row.changes) for row in second.rows] == [(Verdict.SAME, ())] * 3
        assert take_in_plan(second) == ()
        assert second.counts == {"new": 0, "changed": 0, "same": 3, "trouble": 0, "question": 0}

    def test_plan_of_a_new_person(self):
        kate = take_in_plan(preview(SIMS))[0]
        assert kate.person_id is None
        assert kate.manager == PersonRef(row=6)
        assert kate.values == {
            "title": "Mrs", "forename": "Karen", "surname": "Doyle", "known_as": "Kate", "staff_number": "0012",
            "email": "k.doyle@larkfield.example", "group": "Teachers", "start_date": date(2019, 9, 1), "post": "Class teacher",
            "weekly_hours": 22.2, "full_time_hours": 37.0,
        }  # fmt: skip

    def test_names_alone_are_enough_and_doing_it_twice_changes_nothing(self):
        text = "Name\nKaren Doyle\nDoyle\nBen Okafor\n"
        people = taken_in(take_in_plan(preview(text)))
        assert [(person.forename, person.surname) for person in people] == [("Karen", "Doyle"), ("", "Doyle"), ("Ben", "Okafor")]
        assert verdicts(text, people) == [Verdict.SAME] * 3

    def test_changes_are_shown_before_and_after_and_empty_cells_wipe_nothing(self):
        karen = ExistingPerson(
            7, "Karen", "Doyle", staff_number="12", phone="01234 567890", post="Cook", start_date=date(2019, 9, 1), group="Site"
        )
        found = preview("Staff no,Surname,Forename,Phone,Post,Start date\n0012,Doyle-Reed,Karen,,Head cook,\n", [karen])
        assert found.rows[0].verdict == Verdict.CHANGED
        assert found.rows[0].changes == (("Surname", "Doyle", "Doyle-Reed"), ("Post", "Cook", "Head cook"))
        assert take_in_plan(found) == (PersonChange(2, 7, {"surname": "Doyle-Reed", "post": "Head cook"}),)

    def test_match_by_email_gives_a_number_to_somebody_with_our_reference(self):
        karen = ExistingPerson(7, "Karen", "Doyle", staff_number="P-0007", email="K.Doyle@larkfield.example")
        found = preview("Name,Email,Staff no\nKaren Reed,k.doyle@larkfield.example,88\n", [karen])
        assert take_in_plan(found)[0].values == {"surname": "Reed", "staff_number": "88"}

    @pytest.mark.parametrize(
        "row",
        [
            "Karen Doyle,,,01/09/2020",  # same name, another start date
            "Karen Doyle,,,",  # same name and nothing else
            "Ann Smith,12,,",  # number of somebody else
            "Ann Smith,,k.doyle@larkfield.example,",  # email of somebody else
            "Karen Doyle,99,k.doyle@larkfield.example,",  # email agrees, number does not
        ],
    )
    def test_a_doubtful_match_is_a_question_that_blocks_until_answered(self, row):
        karen = ExistingPerson(7, "Karen", "Doyle", staff_number="12", email="k.doyle@larkfield.example", start_date=date(2019, 9, 1))
        text = f"Name,Staff no,Email,Start date\n{row}\n"
        found = preview(text, [karen])
        assert found.rows[0].verdict == Verdict.QUESTION
        assert found.questions[0].candidates == ((7, "Karen Doyle (12)"),)
        assert "Karen Doyle (12), started 1 Sep 2019" in found.rows[0].reasons[0]
        assert found.not_in_list == ()
        with pytest.raises(UserError, match=r"Answer 1 question first: row 2\."):
            take_in_plan(found)
        assert [change.person_id for change in preview(text, [karen], {2: 7}).changes] in ([7], [])
        assert preview(text, [karen], {2: None}).rows[0].verdict in (Verdict.NEW, Verdict.TROUBLE)

    def test_answered_new_with_a_number_that_is_taken_is_trouble(self):
        karen = ExistingPerson(7, "Karen", "Doyle", staff_number="12")
        found = preview("Name,Staff no\nAnn Smith,12\n", [karen], {2: None})
        assert found.rows[0].verdict == Verdict.TROUBLE
        assert found.rows[0].reasons == ("Staff number 12 belongs to Karen Doyle (12).",)

    def test_name_and_start_date_together_are_enough(self):
        karen = ExistingPerson(7, "Karen", "Doyle", start_date=date(2019, 9, 1))
        assert verdicts("Name,Start\nKaren Doyle,1 Sep 2019\n", [karen]) == [Verdict.SAME]

    def test_people_not_in_the_list_are_shown_and_not_touched(self):
        here = ExistingPerson(1, "Ann", "Lee", staff_number="5")
        gone = ExistingPerson(2, "Bo", "Ray", staff_number="6", leaving_date=date(2026, 8, 31))
        found = preview("Name\nKaren Doyle\n", [here, gone])
        assert found.not_in_list == ("Ann Lee (5)",)
        assert [change.person_id for change in found.changes] == [None]

    def test_somebody_comes_back(self):
        gone = ExistingPerson(2, "Bo", "Ray", staff_number="6", post="Cook", start_date=date(2015, 9, 1), leaving_date=date(2020, 8, 31))
        found = preview("Name,Staff no,Start,Post\nBo Ray,6,01/09/2026,Cook\n", [gone])
        change = found.changes[0]
        assert change.new_employment
        assert change.values["start_date"] == date(2026, 9, 1)
        assert change.values["post"] == "Cook"
        assert "Left on 31 Aug 2020 and comes back." in found.rows[0].reasons

    def test_second_post_leaves_the_main_one_alone(self):
        ann = ExistingPerson(
            1, "Ann", "Lee", staff_number="5", post="Teaching assistant", other_posts=("Midday supervisor",), weekly_hours=20.0
        )
        assert verdicts("Name,Staff no,Post,Hours\nAnn Lee,5,Midday Supervisor,5\n", [ann]) == [Verdict.SAME]

    def test_hours_without_a_post_are_left_out_with_a_reason(self):
        found = preview("Name,Hours\nAnn Lee,20\n")
        assert "weekly_hours" not in found.changes[0].values
        assert any("belong to a post" in reason for reason in found.rows[0].reasons)

    @pytest.mark.parametrize(
        "written", ["0003", "3", "Ben Okafor", "Okafor, Ben", "Mr B Okafor", "Mr Okafor", "b.okafor@larkfield.example"]
    )
    def test_line_manager_by_any_name(self, written):
        ben = ExistingPerson(3, "Ben", "Okafor", title="Mr", staff_number="0003", email="b.okafor@larkfield.example")
        found = preview(f'Name,Post,Line manager\nKaren Doyle,Cook,"{written}"\n', [ben])
        assert found.changes[0].manager == PersonRef(person_id=3)
        assert ("Line manager", "", "Ben Okafor") in found.rows[0].changes

    def test_unclear_manager_is_left_with_a_reason(self):
        two = [ExistingPerson(1, "Ann", "Lee"), ExistingPerson(2, "Amy", "Lee")]
        found = preview("Name,Post,Line manager\nKaren Doyle,Cook,Mrs Lee\n", two)
        assert found.changes[0].manager is None
        assert any("‘Mrs Lee’ is not one person" in reason for reason in found.rows[0].reasons)

    def test_circle_of_line_managers_is_broken_and_said(self):
        found = preview("Name,Post,Line manager\nAnn Lee,A,Bo Ray\nBo Ray,B,Cy Fox\nCy Fox,C,Ann Lee\n")
        assert [bool(change.manager) for change in found.changes] == [False, True, True]
        assert any("would close a circle" in reason for reason in found.rows[0].reasons)

    def test_two_people_may_swap_who_manages_whom(self):
        pair = [
            ExistingPerson(1, "Ann", "Lee", post="A", manager_id=2),
            ExistingPerson(2, "Bo", "Ray", post="B"),
            ExistingPerson(3, "Cy", "Fox"),
        ]
        found = preview("Name,Line manager\nAnn Lee,Cy Fox\nBo Ray,Ann Lee\n", pair)
        assert {change.person_id: change.manager for change in found.changes} == {1: PersonRef(person_id=3), 2: PersonRef(person_id=1)}

    def test_group_as_written_beats_the_guess_and_a_set_group_is_never_guessed_over(self):
        ann = ExistingPerson(1, "Ann", "Lee", staff_number="1", post="Cook", group="Site")
        found = preview("Name,Staff no,Post,Team\nAnn Lee,1,Cook,\nBo Ray,2,Cook,pastoral\nCy Fox,3,Wizard,Maths\n", [ann])
        assert found.rows[0].verdict == Verdict.SAME
        assert [change.values.get("group") for change in found.changes] == ["Pastoral", None]
        assert "Staff group: not set." in found.rows[2].reasons


@pytest.mark.parametrize(
    ("post", "group"),
    [
        ("Class Teacher", "Teachers"),
        ("Headteacher", "Leadership"),
        ("Assistant Head (Inclusion)", "Leadership"),
        ("Head of Maths", "Teachers"),
        ("Head of School", "Leadership"),
        ("PA to the Headteacher", "Office and finance"),
        ("HLTA", "Teaching assistants"),
        ("Teaching Assistant Level 3", "Teaching assistants"),
        ("1:1 Support Assistant", "Teaching assistants"),
        ("Midday Supervisor", "Midday and kitchen"),
        ("Cook in charge", "Midday and kitchen"),
        ("Caretaker", "Site"),
        ("Cleaner", "Site"),
        ("School Business Manager", "Office and finance"),
        ("Attendance Officer", "Pastoral"),
        ("Learning Mentor", "Pastoral"),
        ("SENCO", "Teachers"),
        ("ICT Technician", "Office and finance"),
        ("Wizard", None),
        ("", None),
    ],
)
def test_group_guessed_from_the_post(post, group):
    assert guess_group(post, GROUPS) == group


def test_groups_go_by_the_schools_own_names():
    assert guess_group("Caretaker", ("Teaching staff", "Premises team", "Support staff")) == "Premises team"
    assert guess_group("Caretaker", ("Teachers", "Support staff")) == "Support staff"
    assert guess_group("Class teacher", ("Teaching assistants", "Office")) is None
    assert group_named("teacher", GROUPS) == "Teachers"
    assert group_named("Maths", GROUPS) is None
