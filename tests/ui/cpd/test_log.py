"""Person’s log at the screen: quick entry, the whole form, a day for many, everybody’s entries, requests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.log.requests.rows import RequestStage
from staffdev_desktop.cpd.log.rows import EntryDetails, EntryRow, EntryStatus
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.services import end_employment
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.log.log_model import WANTED
from staffdev_desktop.ui.cpd.log.panel import ALL, REQUESTS, LogPanel
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.widgets.grouped_table import GroupLine
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import MANAGER, TODAY
from tests.ui.cpd.conftest import Shown
from tests.ui.pdr.conftest import press

ENTER, TAB, SPACE, DELETE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier
PDF = b"%PDF-1.4 a certificate"
DAVID = KeyHolder("David Okafor", "Reviewer", "a phrase of his own")


@dataclass
class Desk:
    """The tab with the log shown, and what it said."""

    school: School
    tab: Tab
    log: LogPanel
    said: list[tuple[str, str, str, str]]
    ids: dict[str, int]

    def show(self, name: str) -> LogPanel:
        """A person’s log."""
        self.tab.show_view("log", self.ids[name])
        self.log.focus_first()
        return self.log

    def entries(self, name: str) -> tuple[EntryRow, ...]:
        """A person’s entries on disk, the newest first."""
        return self.school.read(queries.entries, person_id=self.ids[name])

    def type_entry(self, day: str, hours: str, activity: str) -> None:
        """Fill in quick entry as a person does, from the day on."""
        self.tab.add_new()
        for words in (day, hours):
            self.tab.focusWidget().selectAll()
            press(self.tab, words, ENTER)
        press(self.tab, ENTER, activity, ENTER)


@pytest.fixture
def desk(practice: Shown) -> Desk:
    log = practice.tab.show_view("log", ALL)
    QApplication.processEvents()
    ids = {person.name: person.id for person in practice.school.read(queries.people)}
    return Desk(practice.school, practice.tab, log, practice.said, ids)


def texts(log: LogPanel, key: str) -> list[str]:
    column = next(place for place, each in enumerate(log.model.columns) if each.key == key)
    return [log.model.index(row, column).data() for row in range(log.model.rowCount())]


def test_a_persons_log_is_grouped_by_the_terms_of_earlier_years(desk: Desk) -> None:
    log = desk.show("Aisha Rahman")
    assert texts(log, "hours")[:5] == ["0.25", "1.50", "1.00", "0.25", "0.50"]
    assert texts(log, "impact")[3] == WANTED
    assert texts(log, "evidence")[:5] == ["1", "2", "1", "", "1"]
    assert texts(log, "status")[:4] == ["To check", "Quality assured", "Quality assured", "Impact needed"]
    line, first = log.model.shown_rows()[5:7]
    assert isinstance(line, GroupLine)
    assert line.title == "Summer term 2025/26"
    [known] = desk.school.read(ledger.ledger, year=2025, person_id=desk.ids["Aisha Rahman"])
    assert line.minutes == known.terms[2].counted
    assert line.total.startswith(f"Year total {hours(known.whole.have)} ")
    press(log.table, *[DOWN] * 5)
    assert log.table.chosen_id() == first.id


def test_an_entry_is_typed_with_the_keyboard_alone(desk: Desk) -> None:
    log = desk.show("Hannah Cole")
    before = len(desk.entries("Hannah Cole"))
    desk.type_entry("19/10/26", "45 min", "Reading fluency group")
    assert log.quick.isAncestorOf(QApplication.focusWidget() or log.quick)
    press(desk.tab, Qt.Key.Key_S, hold=CONTROL)
    row = desk.entries("Hannah Cole")[0]
    assert (row.details.done_on, row.details.minutes, row.details.activity) == (date(2026, 10, 19), 45, "Reading fluency group")
    assert len(desk.entries("Hannah Cole")) == before + 1
    assert desk.said == [("0.75 h for Hannah Cole: Reading fluency group", "", "Undo", "ok")]
    assert not log.quick.touched


def test_save_and_add_another_keeps_day_and_kind(desk: Desk) -> None:
    log = desk.show("Hannah Cole")
    kind = log.quick.kind.editor.itemData(3)
    log.quick.kind.set_value(kind)
    desk.type_entry("14/10/26", "0.25", "Drop-in: talk partners")
    press(desk.tab, Qt.Key.Key_Return, hold=CONTROL)
    assert log.quick.day.value() == date(2026, 10, 14)
    assert log.quick.kind.value() == kind
    assert log.quick.activity.value() == ""
    assert log.quick.hours.editor.hasFocus()
    assert desk.entries("Hannah Cole")[0].details.kind_id == kind


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(desk: Desk, answers: Any) -> None:
    log = desk.show("Hannah Cole")
    quick = log.quick
    for field, typed, words in (
        (quick.hours, "-1", "less than nothing"),
        (quick.hours, "25", "more than a day"),
        (quick.day, "31/2/2026", "no 31 February"),
        (quick.day, "1/9/1995", "began on"),
    ):
        quick.clear(2026)
        quick.activity.set_value("Course")
        quick.hours.set_value(30)
        field.editor.setText(typed)
        if typed == "1/9/1995":
            answers.next(True)  # a day in the holidays of a year nobody entered
        assert not quick.save()
        assert words in field.error()
        assert quick.activity.value() == "Course"
    quick.clear(2026)
    quick.hours.set_value(30)
    assert not quick.save()
    assert quick.activity.error() == "Write what it was."


def test_a_weekend_and_a_second_time_are_asked_about(desk: Desk, answers: Any) -> None:
    desk.show("Hannah Cole")
    answers.next(False)
    desk.type_entry("17/10/26", "1", "Study")
    assert not desk.log.quick.save()
    assert "weekend" in answers.asked[-1]
    answers.next(True)
    assert desk.log.quick.save()
    answers.next(True, False)
    desk.type_entry("17/10/26", "1", "study")
    assert not desk.log.quick.save()
    assert answers.asked[-1].startswith("Add it a second time?")
    answers.next(True, True)
    assert desk.log.quick.save()
    assert [row.details.minutes for row in desk.entries("Hannah Cole")[:2]] == [60, 60]


def test_evidence_comes_along_and_wrong_files_are_refused(desk: Desk, answers: Any, tmp_path: Path) -> None:
    log = desk.show("Hannah Cole")
    good, wrong, large = tmp_path / "good.pdf", tmp_path / "wrong.pdf", tmp_path / "large.pdf"
    good.write_bytes(PDF)
    wrong.write_bytes(b"MZ")
    with large.open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(21 * 1024 * 1024)
    for path, words in ((wrong, "not a PDF"), (large, "larger than 20 MB"), (tmp_path / "gone.pdf", "cannot be read")):
        answers.next(path)
        log.quick.attach.click()
        assert words in log.quick.problem.words()
    answers.next(good)
    log.quick.attach.click()
    desk.type_entry("19/10/26", "1", "Course")
    assert log.quick.save()
    row = desk.entries("Hannah Cole")[0]
    assert row.evidence == 1
    log.open_entry(row.id)
    copy = tmp_path / "copy.pdf"
    answers.next(copy)
    answers.dialog.evidence.keep.click()
    assert copy.read_bytes() == PDF
    answers.dialog.reject()


def test_more_takes_what_is_typed_into_the_whole_form(desk: Desk, answers: Any) -> None:
    log = desk.show("Aisha Rahman")
    links = desk.school.read(queries.links, person_id=desk.ids["Aisha Rahman"], year=2026)
    log.quick.links.set_value(("target_id", links.targets[1].key))
    desk.type_entry("13/10/26", "1:15", "Coaching")
    log.quick.more.click()
    dialog = answers.dialog
    assert clashes(dialog) == {}
    dialog.fields["learnt"].set_value("Less at once")
    dialog.fields["pence"].editor.setText("12")
    dialog.act_button.click()
    details = desk.entries("Aisha Rahman")[1].details
    assert (details.minutes, details.learnt, details.pence, details.target_id) == (75, "Less at once", 1200, links.targets[1].key)
    assert log.quick.activity.value() == ""


def test_what_is_typed_is_there_again_after_the_screen_was_locked(desk: Desk) -> None:
    log = desk.show("Hannah Cole")
    desk.type_entry("14/10/26", "-1", "Half an ent")
    place = desk.tab.place()
    log.quick.clear()
    desk.tab.show_view("log", ALL)
    desk.tab.go_to(place)
    assert log.person.name == "Hannah Cole"
    assert (log.quick.day.value(), log.quick.hours.editor.text()) == (date(2026, 10, 14), "-1")
    assert log.quick.activity.value() == "Half an ent"
    assert log.quick.touched


def test_a_link_that_cannot_be_seen_stays_when_the_rest_is_changed(desk: Desk, answers: Any) -> None:
    details = EntryDetails(date(2026, 10, 13), 60, "Coaching", target_id=999_999, priority="A priority of another year")
    entry_id = desk.school.do(services.add_entry, person_id=desk.ids["Aisha Rahman"], details=details)
    desk.show("Aisha Rahman").open_entry(entry_id)
    dialog = answers.dialog
    assert dialog.fields["target_id"].value() is None
    dialog.fields["impact"].set_value("A new routine")
    dialog.act_button.click()
    after = desk.school.read(queries.entry, entry_id=entry_id).details
    assert (after.target_id, after.priority, after.impact) == (999_999, "A priority of another year", "A new routine")


def test_something_weekly_is_written_with_one_undo(desk: Desk, answers: Any) -> None:
    log = desk.show("Grace Adeyemi")
    before = len(desk.entries("Grace Adeyemi"))
    log.open_form()
    dialog = answers.dialog
    for key, value in (("done_on", date(2026, 9, 22)), ("minutes", 60), ("activity", "Coaching"), ("every", "week")):
        dialog.fields[key].set_value(value)
    dialog.act_button.click()
    assert dialog.fields["until"].error() == "Write the day on which it stops."
    dialog.fields["until"].set_value(TODAY)
    dialog.act_button.click()
    assert len(desk.entries("Grace Adeyemi")) == before + 5
    assert desk.said[-1][0] == "5 entries for Grace Adeyemi: Coaching"
    desk.school.undo()
    assert len(desk.entries("Grace Adeyemi")) == before


def test_enter_changes_an_entry_and_its_check_lapses(desk: Desk, answers: Any) -> None:
    log = desk.show("Aisha Rahman")
    row = next(row for row in desk.entries("Aisha Rahman") if row.status is EntryStatus.ASSURED)
    log.table.choose(row.id)
    press(log.table, ENTER)
    assert "ready to be checked again" in answers.dialog.words.text()
    answers.dialog.fields["impact"].set_value("Seen again in October")
    answers.dialog.act_button.click()
    assert desk.school.read(queries.entry, entry_id=row.id).status is EntryStatus.TO_CHECK


def test_delete_asks_and_can_be_undone(desk: Desk, answers: Any) -> None:
    log = desk.show("Aisha Rahman")
    before = len(desk.entries("Aisha Rahman"))
    answers.next(False, True)
    press(log.table, DELETE)
    assert len(desk.entries("Aisha Rahman")) == before
    press(log.table, DELETE)
    assert len(desk.entries("Aisha Rahman")) == before - 1
    assert desk.said[-1][2] == "Undo"
    desk.school.undo()
    assert desk.entries("Aisha Rahman")[0].evidence == 1


def test_a_person_is_found_by_typing_and_typed_words_are_not_lost_by_it(desk: Desk, answers: Any) -> None:
    log = desk.show("Aisha Rahman")
    line = log.chooser.lineEdit()
    line.setText("hann")
    line.editingFinished.emit()
    assert log.person.name == "Hannah Cole"
    log.quick.activity.editor.setText("Course")
    log.quick._touch()
    answers.next(False)
    line.setText("Tom Ash")
    line.editingFinished.emit()
    assert log.person.name == "Hannah Cole"
    assert log.quick.activity.value() == "Course"
    answers.next(True)
    line.setText("Tom Ash")
    line.editingFinished.emit()
    assert log.person.name == "Tom Ashworth"
    assert log.quick.activity.value() == ""
    line.setText("nobody of that name")
    line.editingFinished.emit()
    assert log.person.name == "Tom Ashworth"
    assert line.text().startswith("Tom Ashworth")


def test_the_log_of_somebody_who_left_can_still_be_shown(desk: Desk) -> None:
    marcus = desk.ids["Marcus Bailey"]
    desk.school.do(end_employment, person_id=marcus, last_day=date(2026, 10, 16))
    log = desk.log
    desk.tab.show_view("log", marcus)
    assert log.person.name == "Marcus Bailey"
    assert log.chooser.currentText() == "Marcus Bailey, not on roll"
    assert log.model.rowCount()
    assert not any(person.id == marcus for person in log._here)


def test_everybodys_entries_are_filtered_by_words_and_lists(desk: Desk) -> None:
    page = desk.log.all_page
    everything = page.model.rowCount()
    page.find.setText("inset reading")
    inset = page.model.rowCount()
    assert 0 < inset < everything
    page.find.clear()
    page.status.set_value(EntryStatus.SENT_BACK)
    page.status.edited.emit(EntryStatus.SENT_BACK)
    assert {row.status for row in page.model.shown_rows()} == {EntryStatus.SENT_BACK}
    QApplication.processEvents()
    assert page.words.text().startswith(f"Showing {page.model.rowCount()} of {everything} entries.")


def test_a_day_for_many_leaves_out_those_who_have_it_and_is_undone_at_once(desk: Desk, answers: Any) -> None:
    desk.tab.add_new()
    dialog = answers.dialog
    assert clashes(dialog) == {}
    dialog.act_button.click()
    assert dialog.fields["done_on"].error() == "Write the day it took place."
    for key, value in (("done_on", date(2026, 10, 9)), ("minutes", 120), ("activity", "Fire safety")):
        dialog.fields[key].set_value(value)
    dialog.act_button.click()
    assert dialog.problem.words() == "Tick who was there."
    dialog.people.group.set_value("Teachers")
    dialog.people.group.edited.emit("Teachers")
    press(dialog.people.table, Qt.Key.Key_A, hold=CONTROL)
    number = len(dialog.people.model.ticked())
    dialog.act_button.click()
    assert desk.said[-1][0] == f"2 h logged for {number} people"
    desk.tab.add_new()
    again = answers.dialog
    for key, value in (("done_on", date(2026, 10, 9)), ("minutes", 120), ("activity", "Fire safety")):
        again.fields[key].set_value(value)
    again.people.model.tick_all_shown()
    everybody = len(again.people.model.ticked())
    answers.next(True)
    again.act_button.click()
    assert answers.asked[-1].startswith("Leave them out?")
    assert desk.said[-1][0] == f"2 h logged for {everybody - number} people"
    have = [row for row in desk.school.read(queries.entries) if row.details.activity == "Fire safety"]
    assert len(have) == everybody
    desk.school.undo()
    assert len([row for row in desk.school.read(queries.entries) if row.details.activity == "Fire safety"]) == number


def test_a_card_says_why_and_leads_to_the_entry(desk: Desk, answers: Any) -> None:
    log = desk.show("Hannah Cole")
    log.cards.cards[0].click()
    dialog = answers.dialog
    assert dialog.windowTitle() == "Why is Hannah Cole 1.25 hours behind?"
    dialog.table.choose(dialog.model.shown_rows()[-1].id)
    press(dialog.table, ENTER)
    assert answers.dialog.windowTitle() == "Change an entry of Hannah Cole?"
    answers.dialog.reject()


def test_each_row_of_requests_does_what_it_ends_in(desk: Desk, answers: Any) -> None:
    desk.tab.show_view("log", REQUESTS)
    page = desk.log.requests
    assert clashes(desk.tab) == {}
    by_stage = {row.stage: row for row in page.model.rows()}

    page.do_next(by_stage[RequestStage.ASKED].id)
    dialog = answers.dialog
    assert clashes(dialog) == {}
    dialog.act_button.click()
    assert dialog.problem.words() == "Choose yes or no."
    dialog.answer.button(False).click()
    dialog.act_button.click()
    assert "why not" in dialog.fields["reason"].error()
    dialog.answer.button(True).click()
    dialog.act_button.click()
    asked = by_stage[RequestStage.ASKED].id
    assert desk.school.read(requests.request, request_id=asked).stage is RequestStage.AGREED
    assert desk.said[-1][0].startswith("Agreed: ")

    page.do_next(by_stage[RequestStage.AGREED].id)
    answers.dialog.act_button.click()
    booked = desk.school.read(requests.request, request_id=by_stage[RequestStage.AGREED].id)
    assert booked.stage is RequestStage.BOOKED

    past = by_stage[RequestStage.PAST]
    page.do_next(past.id)
    answers.dialog.fields["impact"].set_value("Two papers marked together")
    answers.dialog.act_button.click()
    done = desk.school.read(requests.request, request_id=past.id)
    assert done.stage is RequestStage.DONE
    assert desk.school.read(queries.entry, entry_id=done.entry_id).name == past.name

    page.do_next(by_stage[RequestStage.ATTENDED].id)
    assert answers.dialog.windowTitle() == "Change an entry of Bethan Price?"
    answers.dialog.reject()


def test_more_than_the_budget_has_is_a_question(desk: Desk, answers: Any) -> None:
    desk.tab.show_view("log", REQUESTS)
    page = desk.log.requests
    page.change_budgets()
    budgets = answers.dialog
    budgets.fields["pence 2"].editor.setText("100")
    budgets.act_button.click()
    desk.log.refresh()
    row = next(row for row in page.model.rows() if row.stage is RequestStage.ASKED)
    page.do_next(row.id)
    dialog = answers.dialog
    dialog.answer.button(True).click()
    answers.next(False)
    dialog.act_button.click()
    assert "less than was promised" in answers.asked[-1]
    assert dialog.isVisible()
    dialog.touched = False
    dialog.reject()


def test_a_request_is_written_down_and_withdrawn(desk: Desk, answers: Any) -> None:
    desk.tab.show_view("log", REQUESTS)
    desk.tab.add_new()
    dialog = answers.dialog
    assert clashes(dialog) == {}
    dialog.fields["activity"].set_value("Forest school")
    dialog.act_button.click()
    assert dialog.fields["person_id"].error() == "Choose who asks."
    dialog.fields["person_id"].set_value(desk.ids["Laura Fenwick"])
    dialog.fields["starts_on"].set_value(date(2026, 11, 28))
    answers.next(True)  # a Saturday
    dialog.act_button.click()
    [row] = desk.school.read(requests.requests, person_id=desk.ids["Laura Fenwick"])
    desk.log.refresh()
    desk.log.requests.change(row)
    answers.next(True)
    button = next(each for each in answers.dialog.findChildren(QWidget) if getattr(each, "text", str)() == "W&ithdraw…")
    button.click()
    assert desk.school.read(requests.request, request_id=row.id).stage is RequestStage.WITHDRAWN


def test_payroll_is_saved_and_printed_for_a_month(desk: Desk, answers: Any, tmp_path: Path, finish_jobs: Callable[[], None]) -> None:
    desk.log.extra_hours()
    dialog = answers.dialog
    assert clashes(dialog) == {}
    assert dialog.words_shown.text() == "1.5 h to pay to 1 person"
    answers.next(tmp_path / "hours.xlsx")
    dialog.sheet.click()
    assert [line.cells[1] for line in read_sheet((tmp_path / "hours.xlsx").read_bytes(), "hours.xlsx").rows] == ["Jake Thornton"]
    dialog.paper.click()
    finish_jobs()
    assert answers.dialog.windowTitle() == "Extra hours to pay"
    answers.dialog.reject()
    dialog.reject()


def test_papers_of_the_person_shown(desk: Desk, answers: Any, finish_jobs: Callable[[], None]) -> None:
    desk.log.print_log()
    assert answers.told == ["Whose log? Choose a person first: a log is printed for one person."]
    log = desk.show("Aisha Rahman")
    for do, title in ((desk.tab.print_shown, "CPD log"), (log.print_sheet, "CPD log sheet"), (log.print_slips, "Asking for CPD")):
        do()
        finish_jobs()
        assert answers.dialog.windowTitle() == title
        answers.dialog.reject()


@pytest.mark.parametrize("what", ["Aisha Rahman", ALL, REQUESTS])
def test_no_two_words_share_a_letter_and_the_place_is_kept(desk: Desk, what: str) -> None:
    place = desk.ids.get(what, what)
    desk.tab.show_view("log", place)
    assert clashes(desk.tab) == {}
    assert desk.log.place() == place
    assert all(panel.isVisibleTo(desk.tab) for panel in desk.log.panels())


def test_it_is_whole_with_large_letters(desk: Desk) -> None:
    log = desk.show("Aisha Rahman")
    theme.apply("dark", 130)
    QApplication.processEvents()
    assert log.quick.save_button.isVisible()
    assert log.quick.save_button.mapTo(desk.tab, log.quick.save_button.rect().bottomRight()).y() < desk.tab.height()


def test_a_line_manager_keeps_the_logs_of_their_own_people(practice_path: Path, house: QApplication, qtbot: Any, answers: Any) -> None:
    manager = School.open(practice_path, name=MANAGER.name, password=PASSWORD)
    manager.add_key_holder(DAVID)
    manager.do(_is_user, name=DAVID.name)
    manager.close()
    with School.open(practice_path, name=DAVID.name, password=DAVID.password) as school:
        hub = Hub(2026)
        tab = Tab(school, hub)
        qtbot.addWidget(tab)
        tab.show()
        log = tab.show_view("log", ALL)
        names = {row.name for row in log.all_page.model.rows()}
        assert {"Hannah Cole", "Tom Ashworth", DAVID.name} <= names
        assert "Karen Doyle" not in names
        tab.show_view("log", REQUESTS)
        assert not log.requests.money.isVisibleTo(tab)
        assert "Jake Thornton" not in {row.name for row in log.requests.model.rows()}
        [hannah] = [person for person in school.read(queries.people) if person.name == "Hannah Cole"]
        tab.show_view("log", hannah.id)
        log.quick.hours.set_value(30)
        log.quick.activity.set_value("Looking at books together")
        assert log.quick.save()
        assert school.read(queries.entries, person_id=hannah.id)[0].details.activity == "Looking at books together"
        tab.close()


@needs(Permission.CHANGE_STAFF)
def _is_user(session: Session, actor: Actor, *, name: str) -> None:
    user = session.execute(select(User).where(User.name == name)).scalar_one()
    session.execute(select(Person).where(Person.surname == name.split()[1])).scalar_one().user_id = user.id
