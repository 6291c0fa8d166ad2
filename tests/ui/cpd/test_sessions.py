"""Sessions and programmes at the screen: planning, attendance by keyboard, certificates, programmes, topics."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from staffdev_desktop.accounts.permissions import Actor, Role
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log import services as log_services
from staffdev_desktop.cpd.programmes import queries
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, Stage
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState, TopicState
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.staff import services as staff_services
from staffdev_desktop.staff.rows import HoldingDetails
from staffdev_desktop.ui import preview
from staffdev_desktop.ui.cpd.sessions import session_card
from staffdev_desktop.ui.cpd.sessions.panel import CALENDAR, PROGRAMMES, TOPICS, SessionsPanel
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.ui.cpd.conftest import Shown
from tests.ui.pdr.conftest import press

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """The tab with the view shown, and what it said."""

    school: School
    tab: Tab
    panel: SessionsPanel
    said: list[tuple[str, str, str, str]]

    def sessions(self) -> tuple[SessionRow, ...]:
        """The year’s sessions on disk."""
        return self.school.read(queries.sessions, first=date(2026, 9, 1), last=date(2027, 8, 31))

    def session(self, **wanted: object) -> SessionRow:
        """The first session of which all of this is true."""
        return next(row for row in self.sessions() if all(getattr(row, key) == value for key, value in wanted.items()))

    def show(self, row: SessionRow) -> None:
        """Choose a session."""
        self.panel.go_to((CALENDAR, row.id))
        self.panel.calendar.focus_first()

    def enrolment(self, name: str) -> EnrolmentRow:
        """Somebody’s enrolment on disk."""
        return next(row for row in self.school.read(enrolments.enrolments) if row.name == name)


@pytest.fixture
def desk(practice: Shown) -> Desk:
    panel = practice.tab.show_view("sessions")
    QApplication.processEvents()
    return Desk(practice.school, practice.tab, panel, practice.said)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    """The papers shown, and what their files are called."""
    papers: list[tuple[bytes, str]] = []
    monkeypatch.setattr(preview, "show_paper", lambda _page, pdf, *, file_name, **_more: papers.append((pdf, file_name)))
    return papers


def test_the_year_stands_under_its_terms_with_the_next_session_chosen(desk: Desk) -> None:
    lines = desk.panel.calendar.model.shown_rows()
    heads = [line.title for line in lines if not isinstance(line, SessionRow)]
    assert heads == ["Autumn term 2026/27", "Spring term 2026/27", "Summer term 2026/27"]
    assert desk.panel.calendar.card.row.state is SessionState.TODAY
    badges = [badge.text() for badge in desk.panel.calendar.strip.findChildren(QWidget) if hasattr(badge, "badge")]
    to_take = sum(row.state is SessionState.TO_TAKE for row in desk.sessions())
    assert f"Attendance to take: {to_take}" in badges
    assert any(words.endswith("h of directed time") for words in badges)
    press(desk.panel.calendar.table, Qt.Key.Key_Home)  # past the line of the term
    assert desk.panel.calendar.table.chosen_id() == next(line.id for line in lines if isinstance(line, SessionRow))


def test_attendance_is_taken_with_the_keyboard_alone_and_put_back_with_one_undo(desk: Desk, answers: Any) -> None:
    waits = desk.session(state=SessionState.TO_TAKE)
    before = len(desk.school.read(log.entries))
    desk.show(waits)
    press(desk.panel.calendar.table, ENTER)
    dialog = answers.dialog
    assert not dialog.people.ticked()
    press(dialog.people.table, SPACE, DOWN, SPACE)
    first_two = [place.person_id for place in desk.school.read(queries.places, session_id=waits.id)][:2]
    assert set(dialog.people.ticked()) == set(first_two)
    press(dialog.people.find, ENTER)
    held = desk.session(id=waits.id)
    assert (held.state, held.present) == (SessionState.HELD, 2)
    assert len(desk.school.read(log.entries)) == before + 2
    assert desk.said == [("Attendance of 2 people is saved", f"{waits.details.title}: 2 entries added", "Undo", "ok")]
    assert [place.present for place in desk.panel.calendar.card.model.rows()][:3] == [True, True, False]
    desk.school.undo()
    assert len(desk.school.read(log.entries)) == before
    assert desk.session(id=waits.id).state is SessionState.TO_TAKE


def test_words_written_in_an_entry_are_asked_about_before_they_go(desk: Desk, answers: Any) -> None:
    held = next(row for row in desk.sessions() if row.present > 3)
    place = desk.school.read(queries.places, session_id=held.id)[0]
    entry = desk.school.read(log.entry, entry_id=place.entry_id)
    desk.school.do(log_services.attach, entry_id=entry.id, files=[("notes.pdf", b"%PDF-1.7\n%%EOF")])
    desk.show(desk.session(id=held.id))
    desk.panel.calendar.do(session_card.ATTENDANCE)
    dialog = answers.dialog
    dialog.people.model.set_ticked([place.person_id], on=False)
    answers.next(False)
    dialog.act_button.click()
    assert dialog.isVisible()
    assert place.person_id in dialog.people.ticked()
    dialog.people.model.set_ticked([place.person_id], on=False)
    answers.next(True)
    dialog.act_button.click()
    assert place.name in answers.asked[-1]
    assert desk.session(id=held.id).present == held.present - 1


def test_a_series_is_planned_and_a_clash_is_asked_about(desk: Desk, answers: Any) -> None:
    before = len(desk.sessions())
    desk.panel.add_new()
    dialog = answers.dialog
    for key, words in (("title", "Phonics clinic"), ("held_on", "3/11/26"), ("starts_at", "15.45"), ("minutes", "30 min")):
        dialog.fields[key].editor.setText(words)
        dialog.fields[key].editor.textEdited.emit(words)
    dialog.fields["leader"].editor.setText("ruth pemberton")
    dialog.fields["every"].set_value("weekly")
    dialog.fields["every"].edited.emit("weekly")
    dialog.fields["count"].editor.setText("3")
    dialog.fields["count"].editor.textEdited.emit("3")
    assert dialog.fields["count"].note_line.words() == "3 Nov, 10 Nov, 17 Nov"
    answers.next(False)
    dialog.act_button.click()
    assert answers.asked[-1].count("Ruth Pemberton leads ‘Coaching triads’") == 2
    assert dialog.isVisible()
    answers.next(True)
    dialog.act_button.click()
    made = [row for row in desk.sessions() if row.details.title == "Phonics clinic"]
    assert len(desk.sessions()) == before + 3
    assert {(row.details.starts_at, row.details.minutes, row.leaders) for row in made} == {(time(15, 45), 30, "Ruth Pemberton")}
    assert desk.said[-1][:2] == ("3 sessions planned", "Phonics clinic")


def test_a_drop_in_needs_two_fields_and_half_term_gets_a_question(desk: Desk, answers: Any) -> None:
    desk.panel.drop_in.click()
    dialog = answers.dialog
    dialog.act_button.click()
    assert dialog.fields["title"].error() == "Write what the session is about."
    dialog.fields["title"].set_value("Drop-in: sentence stems")
    dialog.fields["held_on"].set_value(date(2026, 10, 28))
    answers.next(False)
    dialog.act_button.click()
    assert "Autumn half-term" in answers.asked[-1]
    dialog.fields["held_on"].set_value(date(2026, 11, 4))
    dialog.act_button.click()
    made = next(row for row in desk.sessions() if row.details.title == "Drop-in: sentence stems")
    assert (made.kind, made.details.minutes) == ("15-minute drop-in", 15)
    assert desk.panel.calendar.card.row.id == made.id


def test_people_are_signed_up_and_wait_and_a_session_is_cancelled_and_comes_back(desk: Desk, answers: Any) -> None:
    full = next(row for row in desk.sessions() if row.waiting)
    desk.show(full)
    desk.panel.calendar.do(session_card.SIGN_UP)
    answers.dialog.people.model.set_ticked([answers.dialog.people.model.id_at(0)])
    answers.dialog.act_button.click()
    assert desk.session(id=full.id).waiting == full.waiting + 1
    answers.next(True)
    desk.panel.calendar.do(session_card.CANCEL)
    assert desk.session(id=full.id).state is SessionState.CANCELLED
    QApplication.processEvents()
    assert [row.state for row in desk.school.read(queries.topics) if row.session_id == full.id] == [TopicState.OPEN]
    QApplication.processEvents()
    desk.panel.calendar.do(session_card.REINSTATE)
    assert desk.session(id=full.id).state is SessionState.COMING


def test_papers_and_files_of_sessions(
    desk: Desk, answers: Any, finish_jobs: Callable[[], None], shown: list[tuple[bytes, str]], tmp_path: Path
) -> None:
    held = next(row for row in desk.sessions() if row.present > 3)
    desk.show(held)
    for draw in (desk.panel.print_shown, lambda: desk.panel.calendar.do("sheet"), lambda: desk.panel.calendar.do("certificates")):
        draw()
        finish_jobs()
    names = [name for _, name in shown]
    assert names[0] == "cpd-calendar-2026-as-of-2026-10-20.pdf"
    assert names[2] == f"cpd-certificates-{held.id}-as-of-2026-10-20.pdf"
    answers.next(str(tmp_path / "year.ics"), str(tmp_path / "list.xlsx"))
    desk.panel.save_calendar()
    assert (tmp_path / "year.ics").read_bytes().count(b"BEGIN:VEVENT") == sum(
        row.state is not SessionState.CANCELLED for row in desk.sessions()
    )
    desk.panel.save_sessions()
    sheet = read_sheet((tmp_path / "list.xlsx").read_bytes(), name="list.xlsx")
    assert len(sheet.rows) == len(desk.sessions())


def test_a_part_is_marked_for_a_whole_cohort_with_the_keyboard(desk: Desk, answers: Any) -> None:
    desk.panel.go_to((PROGRAMMES, desk.enrolment("Sophie Turnbull").id))
    before = len(desk.school.read(log.entries))
    press(desk.panel.programmes.table, ENTER)
    dialog = answers.dialog
    assert dialog.step.module.title.startswith("Accountability 1")
    dialog.who.button("all").click()
    press(dialog.fields["result"], "Portfolio", ENTER)
    assert desk.enrolment("Sophie Turnbull").done == 5
    assert len(desk.school.read(log.entries)) == before + 1  # the other three had done it
    assert desk.said[-1][1] == "1 entry of 1.5 h in the log"
    desk.school.undo()
    assert desk.enrolment("Sophie Turnbull").done == 4


def test_an_end_becomes_a_qualification_once_and_goes_with_one_undo(desk: Desk, answers: Any) -> None:
    row = desk.enrolment("David Okafor")
    desk.panel.go_to((PROGRAMMES, row.id))
    desk.panel.programmes.end.click()
    dialog = answers.dialog
    assert dialog.fields["award"].value() == "NPQH"
    dialog.act_button.click()
    held = desk.school.read(staff.person_record, person_id=row.person_id).qualifications
    assert "NPQH" in [each.details.name for each in held]
    assert desk.enrolment("David Okafor").stage is Stage.COMPLETED
    assert desk.said[-1][:2] == ("Completed: David Okafor", "‘NPQH’ is in the record")
    desk.school.undo()
    assert desk.enrolment("David Okafor").stage is Stage.ON_IT


def test_people_are_enrolled_and_nobody_ticked_gets_a_sentence(desk: Desk, answers: Any) -> None:
    desk.panel.go_to(PROGRAMMES)
    desk.panel.programmes.enrol()
    dialog = answers.dialog
    dialog.act_button.click()
    assert dialog.fields["programme_id"].error() == "Choose the programme."
    hlta = next(row for row in desk.school.read(enrolments.programmes) if row.framework == "hlta")
    dialog.fields["programme_id"].set_value(hlta.id)
    dialog.act_button.click()
    assert dialog.problem.words() == "Choose who it is for."
    dialog.fields["cohort"].set_value("Spring 2027")
    dialog.fields["starts_on"].set_value(date(2027, 1, 11))
    dialog.people.find.setFocus()
    press(dialog.people.find, "lynn harg")
    dialog.people.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(dialog.people.table, SPACE)
    dialog.act_button.click()
    made = next(row for row in desk.school.read(enrolments.enrolments, programme_id=hlta.id) if row.cohort == "Spring 2027")
    assert (made.name, made.stage, made.details.due_on) == ("Lynn Hargreaves", Stage.ACCEPTED, date(2027, 10, 10))


def test_a_school_edits_the_parts_of_a_programme(desk: Desk, answers: Any) -> None:
    chartered = next(row for row in desk.school.read(enrolments.programmes) if row.framework == "chartered")
    desk.panel.go_to(PROGRAMMES)
    desk.panel.programmes.list.choose(chartered.id)
    desk.panel.programmes.edit.click()
    dialog = answers.dialog
    dialog.parts.add.click()
    dialog.act_button.click()
    assert "Write what each part is called" in dialog.parts.note.words()
    press(dialog.parts.fields["title"], "Reading week")
    dialog.parts.up.click()
    dialog.act_button.click()
    titles = [each.title for each in next(row for row in desk.school.read(enrolments.programmes) if row.id == chartered.id).modules]
    assert titles[:3] == ["Reading week", "Module 1", "Module 2"]


def test_a_session_is_planned_for_a_topic_that_was_asked_for(desk: Desk, answers: Any) -> None:
    desk.panel.go_to(TOPICS)
    desk.panel.add_new()
    answers.dialog.fields["topic"].set_value("Number talks")
    answers.dialog.act_button.click()
    QApplication.processEvents()
    row = next(row for row in desk.school.read(queries.topics) if row.topic == "Number talks")
    desk.panel.topics.table.choose(row.id)
    desk.panel.topics.plan.click()
    dialog = answers.dialog
    assert dialog.fields["title"].value() == "Number talks"
    dialog.fields["held_on"].set_value(date(2026, 11, 4))
    dialog.fields["minutes"].set_value(30)
    dialog.act_button.click()
    assert next(each for each in desk.school.read(queries.topics) if each.id == row.id).state is TopicState.PLANNED
    QApplication.processEvents()
    declined = next(each for each in desk.school.read(queries.topics) if each.state is TopicState.DECLINED)
    desk.panel.topics.table.choose(declined.id)
    desk.panel.topics.reopen.click()
    assert next(each for each in desk.school.read(queries.topics) if each.id == declined.id).state is TopicState.OPEN


def test_the_place_somebody_is_at_comes_back_after_the_lock(desk: Desk) -> None:
    row = desk.enrolment("Bethan Price")
    desk.panel.go_to((PROGRAMMES, row.id))
    key, place = desk.tab.place()
    assert (key, place) == ("sessions", (PROGRAMMES, row.id))
    desk.panel.go_to(CALENDAR)
    desk.tab.go_to((key, place))
    assert desk.panel.programmes.row.id == row.id


def test_no_letter_is_taken_twice_on_any_page_or_in_any_dialog(desk: Desk, answers: Any) -> None:
    panel = desk.panel
    for page in (CALENDAR, PROGRAMMES, TOPICS):
        panel.go_to(page)
        assert clashes(desk.tab) == {}, page
    waits = desk.session(state=SessionState.TO_TAKE)
    desk.show(waits)
    asks: list[Callable[[], object]] = [
        panel.calendar.plan,
        *(lambda verb=verb: panel.calendar.do(verb) for verb in (session_card.CHANGE, session_card.ATTENDANCE, session_card.SIGN_UP)),
    ]
    pages = panel.programmes
    pages.refresh()
    pages.show_enrolment(desk.enrolment("Sophie Turnbull").id)
    asks += [pages.enrol, pages.mark_part, pages._ask_end, pages._ask_change, pages._add, panel.topics.note]
    for ask in asks:
        ask()
        assert clashes(answers.dialog) == {}, answers.dialog.windowTitle()
        unnamed = [widget for widget in answers.dialog.findChildren(QWidget) if _is_stop(widget) and not _named(widget)]
        assert not unnamed, answers.dialog.windowTitle()
        answers.dialog.touched = False
        answers.dialog.close()


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and not widget.objectName().startswith("qt_")


def _named(widget: QWidget) -> bool:
    return bool(widget.accessibleName() or getattr(widget, "text", str)())


def test_a_senco_without_the_award_stands_over_everybody_and_over_that_programme(desk: Desk) -> None:
    pages = desk.panel.programmes
    desk.panel.go_to(PROGRAMMES)
    assert pages.senco.isHidden()
    karen = next(person.id for person in desk.school.read(log.people) if person.name == "Karen Doyle")
    desk.school.do(staff_services.add_holding, person_id=karen, details=HoldingDetails(title="SENDCo", starts_on=date(2025, 9, 1)))
    pages.refresh()
    assert "Karen Doyle became SENCO on 1 September 2025" in pages.senco.words()
    known = {row.framework: row.id for row in desk.school.read(enrolments.programmes)}
    for framework, told in (("masters", False), ("npqsenco", True)):
        pages.list.choose(known[framework])
        assert pages.senco.isHidden() is not told


def test_a_line_manager_finds_nothing_to_plan_or_change(practice_school: School, house: QApplication, qtbot: Any) -> None:
    practice_school.actor = Actor(99, "A Reviewer", Role.REVIEWER)
    hub = Hub(2026)
    tab = Tab(practice_school, hub)
    qtbot.addWidget(tab)
    tab.resize(1366, 583)
    tab.show()
    panel = tab.show_view("sessions")
    for page in (CALENDAR, PROGRAMMES, TOPICS):
        panel.go_to(page)
        words = [button.text() for button in tab.findChildren(QPushButton) if button.isVisible()]
        assert not [each for each in words if each.endswith("…") or each == "More"], page
    assert panel.calendar.rows()
    assert panel.programmes.rows() == ()
    hub.let_go()
