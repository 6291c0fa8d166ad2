"""Learning groups: who is in them, when they meet, what their attendance writes, what is below the school's rules."""

import re
from dataclasses import replace
from datetime import date, time
from io import BytesIO

import pypdfium2
import pytest

from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.cpd.groups import papers, queries
from staffdev_desktop.cpd.groups.rows import GroupDetails, GroupRow, GroupRules, MeetingPlan
from staffdev_desktop.cpd.groups.rules import GROUP_KINDS, evaluation_tool, next_meeting, to_take, year_warning
from staffdev_desktop.cpd.groups.services import groups
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes import queries as sessions
from staffdev_desktop.cpd.programmes.rows import Every, SessionState
from staffdev_desktop.cpd.programmes.services import cancel_sessions, take_attendance
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.papers.reports import Printed
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
FLUENCY = GroupDetails("Reading fluency group", priority="Every child reads well", question="Does it help to read a text four times?")
TERMLY = MeetingPlan(date(2026, 10, 1), 60, Every.TERM, 3, time(15, 45), "Library")


def set_up(staffed: Staffed, details: GroupDetails = FLUENCY, plan: MeetingPlan | None = TERMLY, *, alone: bool = False) -> int:
    people = [staffed.karen] if alone else [staffed.karen, staffed.ruth, staffed.helen]
    made = staffed.school.do(groups.add_group, year=2026, details=details, person_ids=people, lead_id=staffed.karen)
    if plan is not None:
        staffed.school.do(groups.plan_meetings, group_id=made, plan=plan)
    return made


def read(staffed: Staffed, group_id: int) -> GroupRow:
    return staffed.school.read(queries.group, group_id=group_id)


def attend(staffed: Staffed, group_id: int, *present: int) -> None:
    meeting = read(staffed, group_id).meetings[0]
    staffed.school.do(take_attendance, session_id=meeting.id, revision=meeting.revision, present=present)


def test_a_group_meets_once_a_term_and_its_attendance_is_in_the_logs(staffed: Staffed) -> None:
    made = set_up(staffed)
    row = read(staffed, made)
    assert [member.name for member in row.members] == ["Karen Doyle", "Helen Marsden", "Ruth Pemberton"]
    assert row.lead == "Karen Doyle"
    assert [meeting.details.title for meeting in row.meetings] == [f"Reading fluency group, meeting {number}" for number in (1, 2, 3)]
    assert [meeting.signed_up for meeting in row.meetings] == [3, 3, 3]
    assert row.warnings == ("Attendance of 1 meeting is still to be taken.",)
    assert to_take(row.meetings) == row.meetings[0]
    attend(staffed, made, staffed.karen, staffed.helen)
    [entry] = staffed.school.read(log.entries, person_id=staffed.karen)
    assert (entry.details.minutes, entry.kind, entry.details.activity) == (60, "Learning group", "Reading fluency group, meeting 1")
    assert entry.details.led
    assert staffed.school.read(log.entries, person_id=staffed.ruth) == ()
    row = read(staffed, made)
    assert row.warnings == ()
    assert {member.name: member.attended for member in row.members} == {"Karen Doyle": 1, "Helen Marsden": 1, "Ruth Pemberton": 0}
    assert next_meeting(row.meetings, TODAY) == row.meetings[1]
    more = staffed.school.do(groups.plan_meetings, group_id=made, plan=replace(TERMLY, first=date(2027, 6, 10), count=1))
    assert staffed.school.read(sessions.cpd_session, session_id=more[0]).details.title.endswith("meeting 4")


def test_what_is_below_the_schools_rules_is_said_and_not_refused(staffed: Staffed) -> None:
    small = set_up(staffed, replace(FLUENCY, priority=""), None, alone=True)
    assert read(staffed, small).warnings == (
        "1 member: a learning group has 3.",
        "No priority yet.",
        "No meeting in the autumn term.",
        "No meeting in the spring term.",
        "No meeting in the summer term.",
    )
    [first, *_] = staffed.school.do(groups.plan_meetings, group_id=small, plan=replace(TERMLY, first=date(2026, 11, 12), count=1))
    assert "No meeting in the autumn term." not in read(staffed, small).warnings
    staffed.school.do(cancel_sessions, session_ids=[first])
    assert "No meeting in the autumn term." in read(staffed, small).warnings
    team = set_up(staffed, GroupDetails("Teaching team", GROUP_KINDS[1]), None, alone=True)
    assert read(staffed, team).warnings == ()
    rows = staffed.school.read(queries.groups, year=2026)
    assert year_warning(rows, 2, 2026) == "1 learning group in 2026/27: the school wants 2 at least."
    assert year_warning(rows, 1, 2026) == ""
    assert year_warning((), 2, 2025) == "No learning group in 2025/26: the school wants 2 at least."
    row = read(staffed, small)
    staffed.school.do(groups.write_found, group_id=small, revision=row.revision, found=" It helps. ", ended_on=TODAY)
    ended = read(staffed, small)
    assert (ended.found, ended.warnings) == ("It helps.", ())


def test_the_numbers_that_a_school_wants_are_its_own(staffed: Staffed) -> None:
    made = set_up(staffed)
    now = staffed.school.read(log.cpd_settings)
    staffed.school.do(groups.change_rules, revision=now.revision, rules=GroupRules(research_cap=6, groups_least=4, group_size=4))
    assert "3 members: a learning group has 4." in read(staffed, made).warnings
    with pytest.raises(Conflict):
        staffed.school.do(groups.change_rules, revision=now.revision, rules=GroupRules(3, 2, 3))
    with pytest.raises(UserError, match="from 2 to") as caught:
        staffed.school.do(groups.change_rules, revision=now.revision + 1, rules=GroupRules(3, 2, 1))
    assert caught.value.field == "group_size"


def test_who_comes_or_goes_is_put_on_and_off_the_meetings_ahead_only(staffed: Staffed) -> None:
    made = set_up(staffed)
    attend(staffed, made, staffed.karen, staffed.ruth)
    row = read(staffed, made)
    change = {"group_id": made, "details": row.details, "person_ids": [staffed.ruth, staffed.helen], "lead_id": staffed.ruth}
    staffed.school.do(groups.change_group, revision=row.revision, **change)
    row = read(staffed, made)
    assert [(member.name, member.lead) for member in row.members] == [("Ruth Pemberton", True), ("Helen Marsden", False)]
    there = [place.name for place in staffed.school.read(sessions.places, session_id=row.meetings[0].id)]
    ahead = [place.name for place in staffed.school.read(sessions.places, session_id=row.meetings[1].id)]
    assert "Karen Doyle" in there
    assert sorted(ahead) == ["Helen Marsden", "Ruth Pemberton"]
    assert row.meetings[1].details.leader_id == staffed.ruth


@pytest.mark.parametrize(
    ("details", "people", "lead", "field", "sentence"),
    [
        (GroupDetails(" "), ["karen"], None, "name", "Write what the group is called."),
        (GroupDetails("reading FLUENCY group"), ["karen"], None, "name", "this year already"),
        (GroupDetails("Talk", "book club"), ["karen"], None, "kind", "what kind of group"),
        (GroupDetails("Talk", priority="x" * 201), ["karen"], None, "priority", "201 letters"),
        (GroupDetails("Talk"), [], None, "person_ids", "Tick who is in the group."),
        (GroupDetails("Talk"), ["karen"], "ruth", "lead_id", "somebody in the group"),
    ],
)
def test_what_cannot_be_a_group_gets_a_sentence_beside_its_field(
    staffed: Staffed, details: GroupDetails, people: list[str], lead: str | None, field: str, sentence: str
) -> None:
    set_up(staffed, plan=None)
    ids = [getattr(staffed, name) for name in people]
    lead_id = getattr(staffed, lead) if lead else None
    with pytest.raises(UserError, match=re.escape(sentence)) as caught:
        staffed.school.do(groups.add_group, year=2026, details=details, person_ids=ids, lead_id=lead_id)
    assert caught.value.field == field
    assert len(staffed.school.read(queries.groups, year=2026)) == 1


def test_a_series_that_is_none_is_refused_and_one_over_a_holiday_keeps_off_it(staffed: Staffed) -> None:
    made = set_up(staffed, plan=None)
    for count in (0, 41):
        with pytest.raises(UserError, match="between 1 and 40 meetings"):
            staffed.school.do(groups.plan_meetings, group_id=made, plan=replace(TERMLY, count=count))
    weekly = replace(TERMLY, first=date(2026, 12, 10), every=Every.WEEK, count=4)
    staffed.school.do(groups.plan_meetings, group_id=made, plan=weekly)
    days = [meeting.details.held_on for meeting in read(staffed, made).meetings]
    assert days == [date(2026, 12, 10), date(2026, 12, 17), date(2027, 1, 7), date(2027, 1, 14)]


def test_a_group_made_by_mistake_goes_with_its_meetings_and_one_that_met_stays(staffed: Staffed) -> None:
    made = set_up(staffed)
    planned = [meeting.id for meeting in read(staffed, made).meetings]
    staffed.school.do(groups.remove_group, group_id=made, revision=read(staffed, made).revision)
    assert staffed.school.read(queries.groups, year=2026) == ()
    for session_id in planned:
        with pytest.raises(UserError):
            staffed.school.read(sessions.cpd_session, session_id=session_id)
    with pytest.raises(UserError, match="not there any more"):
        staffed.school.do(groups.remove_group, group_id=made, revision=1)
    again = set_up(staffed)
    attend(staffed, again, staffed.karen)
    with pytest.raises(UserError, match="has met"):
        staffed.school.do(groups.remove_group, group_id=again, revision=read(staffed, again).revision)


def test_a_line_manager_sees_groups_with_their_own_people_and_no_name_of_others(staffed: Staffed) -> None:
    mixed, hers, others = set_up(staffed), set_up(staffed, GroupDetails("Hers"), None, alone=True), None
    others = staffed.school.do(groups.add_group, year=2026, details=GroupDetails("Heads"), person_ids=[staffed.helen])
    with as_reviewer(staffed, staffed.ruth) as school:
        found = {row.id: row for row in school.read(queries.groups, year=2026)}
        assert set(found) == {mixed, hers}
        assert [member.name for member in found[mixed].members] == ["Karen Doyle", "Ruth Pemberton"]
        assert found[mixed].others == 1
        assert "Helen" not in repr(found[mixed].members)
        with pytest.raises(UserError, match="not there any more"):
            school.read(queries.group, group_id=others)
        with pytest.raises(NotAllowed):
            school.do(groups.write_found, group_id=mixed, revision=1, found="Nothing")


def test_the_record_of_a_group_has_room_for_what_is_still_to_come(staffed: Staffed) -> None:
    made = set_up(staffed)
    attend(staffed, made, staffed.karen, staffed.ruth)
    row = read(staffed, made)
    pdf = papers.group_sheet(row, PRINTED)
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        page = " ".join(document[0].get_textpage().get_text_range().split())
        assert len(document) == 1
    for words in (
        "Karen Doyle, lead",
        "1 of 1 meeting",
        "2 people; in their logs",
        "Does it help",
        "1 Oct 2026",
        "15:45, Library",
        "What we found",
    ):
        assert words in page
    assert row.meetings[0].state is SessionState.HELD
    assert page.count("Helen Marsden") == 3  # a member, and at both meetings to come
    question = evaluation_tool()[3].questions[0]
    answers = {question: "They read in phrases.", "Of an older tool": "Kept as well."}
    staffed.school.do(groups.evaluate_group, group_id=made, revision=row.revision, answers=answers | {"Not answered": " "})
    row = read(staffed, made)
    assert dict(row.evaluation) == answers
    empty = papers.group_sheet(replace(row, meetings=(), found="Twice is enough."), PRINTED)
    with pypdfium2.PdfDocument(BytesIO(empty)) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    for answered in (question, *answers, *answers.values()):
        assert answered in words
    assert words.count("Date:") == papers.EMPTY_MEETINGS
    assert "Twice is enough." in words
