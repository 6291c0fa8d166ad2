"""Taking a spreadsheet of CPD in, on screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.importing_files import Shape
from staffdev_desktop.cpd.log.importing_kinds import ADD
from staffdev_desktop.cpd.log.person_sheet import write_person_sheet
from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.tokens import LogToken
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.importing.page import ImportPage
from staffdev_desktop.ui.cpd.importing.view import VIEW, Asked, open_import
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.people import Staffed

Key = Qt.Key
LIST = (
    "Name;Date;Hours;Course;Type\n"
    "Karen Doyle;14/09/2026;1,5;Phonics;Twilight\n"
    "H. Marsden;14/09/2026;1,5;Phonics;Course\n"
    "H. Marsden;15/09/2026;26;Maths;Course\n"
    "H. Marsden;16/09/2026;2;Maths;Course\n"
)


@pytest.fixture
def hub(house: QApplication, school: School) -> Iterator[Hub]:
    made = Hub(2026)
    made.follow(school)
    yield made
    made.let_go()


@pytest.fixture
def tab(qtbot: QtBot, hub: Hub, school: School, staffed: Staffed) -> Iterator[Tab]:
    made = Tab(school, hub)
    qtbot.addWidget(made)
    made.resize(1366, 583)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not jobs().running)


def shown(qtbot: QtBot, tab: Tab, file: Path) -> ImportPage:
    """The page, once the file’s preview is there."""
    page = tab.show_view(VIEW, Asked(file, VIEW)).page
    settled(qtbot)
    return page


def settled(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs().running, timeout=10_000)


def press(qtbot: QtBot, key: Key, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_list_is_previewed_answered_taken_in_and_undone(
    qtbot: QtBot, tab: Tab, hub: Hub, school: School, staffed: Staffed, tmp_path: Path
) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST, encoding="utf-8")
    page = shown(qtbot, tab, file)
    assert QApplication.focusWidget() is page.table
    assert page.counts.text() == "2 questions · 1 row in trouble · 1 new"
    assert page.take.text() == "Take &in 1 entry"
    assert "Helen Marsden" in page.words_of_row.text()
    page.take.setFocus()
    press(qtbot, Key.Key_Space)
    assert page.problem.words() == "Answer 1 question first, about H. Marsden."
    assert QApplication.focusWidget() is page.answer
    press(qtbot, Key.Key_Down)
    settled(qtbot)
    assert page.counts.text() == "1 row in trouble · 3 new"  # one answer for both lines
    kind = page.kinds.fields["twilight"]
    assert not page.kinds.isHidden()
    kind.set_value(ADD)
    kind.edited.emit(ADD)
    settled(qtbot)
    with qtbot.waitSignal(hub.notified) as told:
        qtbot.keyClick(page.take, Key.Key_Space)
    settled(qtbot)
    assert told.args[:3] == ["3 entries taken in from cpd.csv", "3 new, 0 added to, of 2 people", "Undo"]
    assert [(row.name, row.kind) for row in school.read(queries.entries)] == [
        ("Helen Marsden", "Course"),
        ("Helen Marsden", "Course"),
        ("Karen Doyle", "Twilight"),
    ]
    again = shown(qtbot, tab, file)
    assert [row.verdict for row in again.model.rows() if row.label == "Karen Doyle"] == [Verdict.SAME]
    school.undo()
    assert not school.read(queries.entries)


def test_columns_can_be_changed_and_a_missing_one_is_said(qtbot: QtBot, tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Name;Date;X;Course\nKaren Doyle;14/09/2026;1,5;Phonics\n", encoding="utf-8")
    page = shown(qtbot, tab, file)
    assert page.problem.words() == "No column has the hours. Choose it under ‘Hours’."
    assert not page.take.isEnabled()
    page.columns.fields["hours"].setFocus()
    press(qtbot, Key.Key_Down, 3)
    settled(qtbot)
    assert [(row.activity, row.minutes) for row in page.model.rows()] == [("Phonics", 90)]
    assert page.problem.words() == ""


def test_a_matrix_asks_for_hours_and_days_by_course(qtbot: QtBot, tab: Tab, school: School, tmp_path: Path) -> None:
    file = tmp_path / "matrix.xlsx"
    rows = [("Karen Doyle", "x", date(2026, 9, 14), 2), ("Ruth Pemberton", None, "x", None)]
    file.write_bytes(write_xlsx("M", ("Name", "Safeguarding", "First aid", "Prevent"), rows))
    page = shown(qtbot, tab, file)
    assert page.shape.value() == Shape.MATRIX
    assert page.cards.currentWidget() is page.courses
    assert page.counts.text() == "4 rows in trouble"
    page.courses.hours.editor.setFocus()
    qtbot.keyClicks(page.courses.hours.editor, "1.5")
    page.courses.day.editor.setFocus()
    qtbot.keyClicks(page.courses.day.editor, "1/9/2026")
    settled(qtbot)
    assert page.counts.text() == "4 new"
    first = page.courses.lines[0]
    first.wanted.setFocus()
    press(qtbot, Key.Key_Space)
    settled(qtbot)
    assert page.take.text() == "Take &in 3 entries"
    page.courses.lines[1].day.setFocus()
    qtbot.keyClicks(page.courses.lines[1].day, "3/9/2026")
    settled(qtbot)
    assert sorted((row.day, row.minutes) for row in page.model.rows()) == [
        (date(2026, 9, 1), 120),
        (date(2026, 9, 3), 90),
        (date(2026, 9, 14), 90),
    ]
    page.shape.setFocus()
    press(qtbot, Key.Key_Up)
    settled(qtbot)
    assert page.cards.currentWidget() is page.columns
    assert "No column has" in page.problem.words()
    press(qtbot, Key.Key_Down)
    settled(qtbot)
    assert page.cards.currentWidget() is page.courses


def test_a_persons_own_sheet_says_whose_it_is(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed, tmp_path: Path) -> None:
    file = tmp_path / "own.xlsx"
    file.write_bytes(write_person_sheet("Karen Doyle", LogToken(staffed.karen, 2026, school.file_id), school.form_key))
    page = shown(qtbot, tab, file)
    assert page.cards.currentWidget() is page.own
    assert page.file_words.text() == "own.xlsx · Karen Doyle, 2026/27"
    assert page.counts.text() == "No line of this spreadsheet is an entry."
    assert page.shape.isHidden()
    page.focus_first()
    press(qtbot, Key.Key_Escape)
    assert page.model.rowCount() == 0


def test_a_spoiled_file_changes_nothing(qtbot: QtBot, tab: Tab, school: School, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    page = shown(qtbot, tab, broken)
    assert "broken.xlsx" in page.problem.words()
    assert not page.take.isEnabled()
    page.read(tmp_path / "not there.csv")
    settled(qtbot)
    assert "cannot be opened" in page.problem.words()


def test_comparing_fifty_thousand_lines_can_be_stopped(qtbot: QtBot, tab: Tab, school: School, tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_text("Name;Date;Hours;Course\n" + "Karen Doyle;14/09/2026;0,25;Phonics\n" * 50_000, encoding="utf-8")
    page = tab.show_view(VIEW, Asked(file, VIEW)).page
    qtbot.waitUntil(lambda: page._job is not None, timeout=20_000)
    told = []
    page._job.progressed.connect(lambda *progress: told.append(progress))
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0][1] == 50_000
    page._job.stop()
    settled(qtbot)
    assert page.problem.words() == "Stopped. Nothing was taken in; choose the file again to go on."
    assert page.model.rowCount() == 0


def test_taking_in_can_be_stopped(qtbot: QtBot, tab: Tab, school: School, tmp_path: Path) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST.replace("H. Marsden", "Helen Marsden"), encoding="utf-8")
    page = shown(qtbot, tab, file)
    qtbot.keyClick(page.take, Key.Key_Space)
    jobs().running[0].stop()
    settled(qtbot)
    assert page.problem.words() == "Stopped. Nothing was taken in."
    assert page.take.isEnabled()
    assert not school.read(queries.entries)


def test_another_view_opens_it_and_gets_the_person_back(qtbot: QtBot, tab: Tab, answers, tmp_path: Path) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST, encoding="utf-8")
    view = tab.show_view(VIEW)
    wanted = []
    view.wanted.disconnect(tab.show_view)
    view.wanted.connect(lambda *what: wanted.append(what))
    answers.next("", file)
    open_import(view, "log")
    assert not wanted
    open_import(view, "log")
    assert wanted == [(VIEW, Asked(file, "log"))]
    view.go_to(wanted.pop()[1])
    settled(qtbot)
    view.page.leave()
    assert wanted == [("log", None)]


@pytest.mark.parametrize("view", ["school", "log"])
def test_it_is_reached_from_the_school_and_from_the_log_and_leads_back(qtbot: QtBot, tab: Tab, answers, tmp_path: Path, view: str) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST, encoding="utf-8")
    answers.next(file)
    tab.show_view(view).take_in_spreadsheet()
    settled(qtbot)
    assert tab.panel.page.model.rowCount() == 4
    qtbot.keyClick(tab.panel.page.back, Key.Key_Space)
    assert tab.view.value() == view


def test_after_the_screen_lock_the_file_is_chosen_again(qtbot: QtBot, tab: Tab, hub: Hub, school: School, tmp_path: Path) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST, encoding="utf-8")
    shown(qtbot, tab, file)
    again = Tab(school, hub)
    qtbot.addWidget(again)
    again.go_to(tab.place())
    assert again.panel.page.model.rowCount() == 0
    again.panel.page.leave()
    assert again.view.value() == "school"


def test_letters_do_not_clash(qtbot: QtBot, tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "cpd.csv"
    file.write_text(LIST, encoding="utf-8")
    page = shown(qtbot, tab, file)
    assert not clashes(tab)
    assert set(letters_in(page)) <= set("abfijknpqvxz")  # the others belong to the frame and the sub-tabs
