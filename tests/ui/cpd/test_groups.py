"""Learning groups and action research at the screen, by keyboard."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.cpd.groups import queries
from staffdev_desktop.cpd.groups.rows import GroupRow, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import evaluation_tool
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.groups.dialogs import (
    FoundDialog,
    GroupDialog,
    PlanGroupDialog,
    PlanResearchDialog,
    RulesDialog,
)
from staffdev_desktop.ui.cpd.groups.evaluation_dialog import EvaluationDialog
from staffdev_desktop.ui.cpd.groups.panel import GroupsPanel
from staffdev_desktop.ui.cpd.groups.research_dialogs import (
    ApplicationDialog,
    DecideDialog,
    ReportDialog,
    ShareDialog,
)
from staffdev_desktop.ui.cpd.sessions.attendance_dialog import AttendanceDialog
from staffdev_desktop.ui.cpd.sessions.enrolment_dialogs import EnrolDialog
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed
from tests.ui.cpd.conftest import Shown, words_in
from tests.ui.cpd.desk_for_groups import DELETE, ENTER, SPACE, TAB, Desk

PDF = b"%PDF-1.4 report"


@pytest.fixture
def desk(practice: Shown, qtbot: Any, answers: Any) -> Desk:
    return Desk(practice.school, practice.hub, practice.tab, practice.said, answers, qtbot)


@pytest.fixture
def panel(desk: Desk) -> Any:
    return desk.show("groups")


def group(panel: Any, name: str) -> GroupRow:
    row = next(row for row in panel.groups.model.rows() if row.details.name == name)
    panel.groups.table.choose(row.id)
    panel.groups.table.setFocus()
    return row


def project(panel: Any, title: str) -> ResearchRow:
    row = next(row for row in panel.research.model.rows() if row.details.title.startswith(title))
    panel.research.table.choose(row.id)
    panel.research.table.setFocus()
    return row


def do(desk: Desk, page: Any, verb: str) -> None:
    """Press a verb on the card."""
    button = page.card.buttons[verb]
    assert button.isVisibleTo(page), verb
    button.setFocus()
    desk.press(desk.tab, SPACE)


# -- groups -------------------------------------------------------------------------------------------------------------------


def test_what_is_to_be_seen_to_is_said_in_words(desk: Desk, panel: Any) -> None:
    assert "2 learning groups" in words_in(panel.groups)
    row = group(panel, "Talk partners group")
    state = next(column for column in panel.groups.model.columns if column.key == "state")
    assert state.extra(row).words == "2 to see to"
    assert state.spoken(row) == "No meeting in the summer term. Attendance of 1 meeting is still to be taken."
    assert "No meeting in the summer term" in words_in(panel.groups.card)
    desk.hub.set_year(2025)
    assert "1 learning group in 2025/26: the school wants 2 at least" in words_in(panel.groups)
    desk.hub.set_year(2030)
    assert panel.groups.main.currentWidget() is panel.groups.empty


def test_attendance_of_a_meeting_is_in_everybodys_log(desk: Desk, panel: Any) -> None:
    row = group(panel, "Talk partners group")
    do(desk, panel.groups, "attend")
    dialog = desk.dialog(AttendanceDialog)
    marcus = next(person.id for person in desk.school.read(log.people) if person.name == "Marcus Bailey")
    assert len(dialog.people.ticked()) == 3
    dialog.people.find.setFocus()
    desk.press(dialog, "marcus", TAB, TAB, SPACE)
    desk.act(dialog)
    assert desk.said[-1][0] == "Attendance of 2 people is saved"
    entries = desk.school.read(log.entries, first=date(2026, 10, 8), last=date(2026, 10, 8))
    mine = [entry for entry in entries if entry.details.activity == "Talk partners group, meeting 1"]
    assert len(mine) == 2
    assert marcus not in [entry.person_id for entry in mine]
    assert "attend" not in panel.groups.card.offered(desk.school.read(queries.group, group_id=row.id))
    meetings = panel.groups.card.meetings
    meetings.setCurrentIndex(meetings.model().index(0, 0))
    meetings.setFocus()
    desk.press(desk.tab, ENTER)  # taken again, with what was ticked
    dialog = desk.dialog(AttendanceDialog)
    assert len(dialog.people.ticked()) == 2
    dialog.reject()
    meetings.setCurrentIndex(meetings.model().index(1, 0))
    desk.press(desk.tab, ENTER)
    assert desk.tab.view.value() == "sessions"  # where the day of a meeting ahead is changed


def test_a_group_is_set_up_and_its_meetings_planned(desk: Desk, panel: Any) -> None:
    panel.add_new()
    dialog = desk.dialog(GroupDialog)
    desk.act(dialog)
    assert dialog.fields["name"].error() == "Write what the group is called."
    desk.press(dialog, "Sums aloud")
    desk.act(dialog)
    assert dialog.problem.words() == "Tick who is in the group."
    for name in ("priya sharma", "jake thornton", "ewa nowak"):
        dialog.people.find.setFocus()
        dialog.people.find.clear()
        desk.press(dialog, name, TAB, TAB, SPACE)
    lead = dialog.fields["lead_id"].editor
    assert lead.count() == 4
    lead.setCurrentIndex(lead.findText("Priya Sharma"))
    desk.act(dialog)
    row = group(panel, "Sums aloud")
    assert (row.lead, len(row.members)) == ("Priya Sharma", 3)
    do(desk, panel.groups, "plan")
    plan = desk.dialog(PlanGroupDialog)
    desk.act(plan)
    assert plan.fields["first"].error() == "Write the day of the first meeting."
    desk.press(plan, "5/11/2026")
    assert plan.days.text().startswith("3 meetings: Thu 5 Nov, ")
    desk.act(plan)
    assert len(group(panel, "Sums aloud").meetings) == 3
    desk.press(desk.tab, ENTER)
    change = desk.dialog(GroupDialog)
    assert change.fields["lead_id"].editor.currentText() == "Priya Sharma"
    change.fields["priority"].set_value("Talk in every lesson")
    desk.act(change)
    assert group(panel, "Sums aloud").details.priority == "Talk in every lesson"
    desk.answers.next(True)
    desk.press(desk.tab, DELETE)
    assert "The meetings planned for it go as well." in desk.answers.asked[-1]
    assert "Sums aloud" not in [row.details.name for row in panel.groups.model.rows()]


def test_what_was_found_ends_a_group(desk: Desk, panel: Any) -> None:
    group(panel, "Reading fluency group")
    do(desk, panel.groups, "found")
    dialog = desk.dialog(FoundDialog)
    desk.press(dialog, "Reading it twice is enough.")
    dialog.fields["ended_on"].set_value(TODAY)
    desk.act(dialog)
    row = group(panel, "Reading fluency group")
    assert (row.found, row.ended_on) == ("Reading it twice is enough.", TODAY)
    assert "Reading it twice is enough." in words_in(panel.groups.card)
    do(desk, panel.groups, "evaluate")
    dialog = desk.dialog(EvaluationDialog)
    desk.press(dialog, "Whether four readings help")
    desk.act(dialog)
    assert "1 question of the evaluation answered" in words_in(panel.groups.card)
    panel.groups.top.setFocus()
    desk.press(desk.tab, "talk")
    assert [row.details.name for row in panel.groups.model.shown_rows()] == ["Talk partners group"]


def test_typed_words_are_not_thrown_away_without_a_question(desk: Desk, panel: Any) -> None:
    group(panel, "Reading fluency group")
    do(desk, panel.groups, "found")
    dialog = desk.dialog(FoundDialog)
    desk.press(dialog, "Half a sentence")
    desk.answers.next(False, True)
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert group(panel, "Reading fluency group").found == ""


# -- action research ----------------------------------------------------------------------------------------------------------


def test_a_project_goes_from_the_application_to_the_chartered_route(desk: Desk, panel: Any, tmp_path: Path) -> None:
    panel.go_to("research")
    page = panel.research
    project(panel, "Story sacks")
    do(desk, page, "decide")
    dialog = desk.dialog(DecideDialog)
    assert "1 of 3 other places are taken" in dialog.words.text()
    desk.act(dialog)
    assert dialog.fields["selected"].error() == "Say whether it goes ahead."
    dialog.fields["selected"].set_value(True)
    desk.act(dialog)
    assert project(panel, "Story sacks").stage is ResearchStage.UNDER_WAY
    do(desk, page, "plan")
    plan = desk.dialog(PlanResearchDialog)
    desk.press(plan, "10/11/2026")
    assert "Tue 10 Nov, Tue 24 Nov" in plan.days.text()
    desk.act(plan)
    assert len(project(panel, "Story sacks").meetings) == 6
    do(desk, page, "evaluate")
    dialog = desk.dialog(EvaluationDialog)
    desk.press(dialog, "Families read more often")
    desk.act(dialog)
    assert project(panel, "Story sacks").evaluation == ((evaluation_tool()[0].questions[0], "Families read more often"),)
    do(desk, page, "report")
    dialog = desk.dialog(ReportDialog)
    desk.act(dialog)
    assert dialog.fields["report"].error() == "Write what was found, or attach the report."
    report = tmp_path / "report.pdf"
    report.write_bytes(PDF)
    desk.answers.next(report)
    dialog.attach.click()
    assert dialog.file_words.text() == "report.pdf"
    desk.act(dialog)
    assert project(panel, "Story sacks").stage is ResearchStage.REPORTED
    desk.answers.next(tmp_path / "out.pdf")
    do(desk, page, "file")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    do(desk, page, "share")
    dialog = desk.dialog(ShareDialog)
    dialog.fields["shared_on"].set_value(TODAY)
    dialog.session.click()
    desk.act(dialog)
    assert "Write how long the session takes" in dialog.fields["minutes"].error()
    dialog.fields["minutes"].set_value(15)
    desk.act(dialog)
    row = project(panel, "Story sacks")
    assert row.stage is ResearchStage.SHARED
    assert row.sharing is not None
    do(desk, page, "enrol")
    dialog = desk.dialog(EnrolDialog)
    assert dialog.people.ticked() == (row.person_id,)
    desk.act(dialog)
    assert "Chartered teacher" in [each.programme for each in desk.school.read(enrolments.enrolments, person_id=row.person_id)]


def test_a_project_over_the_cap_is_refused_and_what_was_written_stays(desk: Desk, panel: Any) -> None:
    panel.change_rules()
    dialog = desk.dialog(RulesDialog)
    dialog.fields["research_cap"].set_value(1)
    desk.act(dialog)
    panel.go_to("research")
    assert "1 of 1 selected for 2026/27" in words_in(panel.research)
    project(panel, "Story sacks")
    do(desk, panel.research, "decide")
    dialog = desk.dialog(DecideDialog)
    dialog.fields["selected"].set_value(True)
    dialog.fields["reason"].setFocus()
    desk.press(dialog, "It fits the year")
    desk.act(dialog)
    assert dialog.fields["selected"].error().startswith("1 project is selected for 2026/27, and that is the most.")
    dialog.fields["selected"].set_value(False)
    desk.act(dialog)
    row = project(panel, "Story sacks")
    assert (row.stage, row.reason) == (ResearchStage.NOT_SELECTED, "It fits the year")


def test_an_application_is_typed_in_and_taken_away(desk: Desk, panel: Any) -> None:
    panel.go_to("research")
    panel.add_new()
    dialog = desk.dialog(ApplicationDialog)
    desk.act(dialog)
    assert dialog.fields["person_id"].error() == "Choose who applies."
    who = dialog.fields["person_id"].editor
    who.setCurrentIndex(who.findText("Hannah Cole"))
    dialog.fields["title"].setFocus()
    desk.press(dialog, "Spelling by ear")
    desk.act(dialog)
    row = project(panel, "Spelling by ear")
    assert (row.name, row.stage) == ("Hannah Cole", ResearchStage.APPLIED)
    desk.answers.next(True)
    desk.press(desk.tab, DELETE)
    assert "Spelling by ear" not in [row.details.title for row in panel.research.model.rows()]


def test_a_line_manager_keeps_the_applications_of_their_own_people_and_runs_nothing(
    practice_school: School, house: QApplication, qtbot: Any, answers: Any
) -> None:
    tom = next(person.id for person in practice_school.read(log.people) if person.name == "Tom Ashworth")
    with as_reviewer(Staffed(practice_school, tom, tom, tom), tom) as school:
        hub = Hub(2026)
        panel = GroupsPanel(school, hub)
        qtbot.addWidget(panel)
        panel.resize(1334, 500)
        panel.show()
        QApplication.processEvents()
        assert {row.details.name: row.others for row in panel.groups.model.rows()} == {
            "Talk partners group": 0,
            "Teaching and learning team": 3,
        }
        assert panel.groups.card.offered(panel.groups.chosen())
        assert not any(button.isVisibleTo(panel) for button in panel.groups.card.buttons.values())
        assert not panel.new_button.isVisibleTo(panel.tools)
        panel.go_to("research")
        assert sorted(row.name for row in panel.research.model.rows()) == ["Marcus Bailey", "Priya Sharma"]
        row = project(panel, "Number talks")
        assert {verb for verb, button in panel.research.card.buttons.items() if button.isVisibleTo(panel)} == {
            "evaluate",
            "report",
            "change",
        }
        panel.doing["research"].do("decide", row.id)
        assert answers.dialog is None
        panel.add_new()
        assert isinstance(answers.dialog, ApplicationDialog)
        who = answers.dialog.fields["person_id"].editor
        assert who.findText("Priya Sharma") > 0
        assert who.findText("Hannah Cole") == -1
        answers.dialog.reject()
        hub.let_go()


# -- all of it ----------------------------------------------------------------------------------------------------------------


def test_no_letter_is_taken_twice_or_from_the_frame(desk: Desk, panel: Any) -> None:
    for segment in ("groups", "research"):
        panel.go_to(segment)
        for row in panel.page.model.rows():
            panel.page.table.choose(row.id)
            assert clashes(desk.tab) == {}
            assert not set("osmcuwl") & set(letters_in(desk.tab))


@pytest.mark.parametrize(
    ("segment", "which", "name"),
    [
        ("groups", "sheet", "group-record-"),
        ("research", "cover", "research-report-"),
        ("research", "application", "research-application-"),
        ("groups", "form", "research-application-blank-"),
        ("groups", "overview", "groups-overview-2026-"),
    ],
)
def test_papers_are_shown(desk: Desk, panel: Any, segment: str, which: str, name: str) -> None:
    panel.go_to(segment)
    preview = desk.paper(lambda: panel.print_paper(which))
    assert preview._file_name.startswith(name)
    assert preview._file_name.endswith("as-of-2026-10-20.pdf")


def test_a_paper_of_nobody_chosen_says_so(desk: Desk, panel: Any) -> None:
    panel.print_paper("cover")
    assert "No project is chosen" in desk.answers.told[-1]
    desk.hub.set_year(2030)
    panel.print_paper("sheet")
    assert "No group is chosen" in desk.answers.told[-1]
    assert desk.paper(panel.print_shown)._file_name.startswith("groups-overview-2030")


def test_where_somebody_was_is_found_again(desk: Desk, panel: Any) -> None:
    panel.go_to("research")
    row = project(panel, "Homework")
    place = desk.tab.place()
    panel.go_to("groups")
    desk.tab.go_to(place)
    assert panel.page is panel.research
    assert panel.page.chosen().id == row.id
    assert len(panel.panels()) == 4
