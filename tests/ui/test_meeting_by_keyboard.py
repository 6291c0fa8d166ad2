"""A meeting in the real window, by keyboard alone, over the practice school: Tab as one reads, and Alt+G to what is missing."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.school import School
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.main_window import FIRST_SIZE, MainWindow
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.pdr.meeting.signing import SignDialog
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from tests.e2e.keyboard import alt, press

KAREN = "Karen Doyle"


@pytest.fixture
def window(qtbot: Any, house: object, practice_school: School) -> Iterator[MainWindow]:
    made = MainWindow(practice_school, PcSettings())
    qtbot.addWidget(made, before_close_func=lambda window: setattr(window, "_may_close", True))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.hub.let_go()


def open_meeting(qtbot: Any, window: MainWindow) -> Any:
    review_id = next(row.id for row in window.school.read(boards.cycle_board, year=2026) if row.name == KAREN)
    window.hub.meeting_requested.emit(review_id)
    qtbot.waitUntil(lambda: window.meeting.screen is not None)
    qtbot.wait(20)  # the order of Tab is set once the screen stands in the window
    return window.meeting.screen


def test_tab_goes_as_one_reads(qtbot: Any, window: MainWindow) -> None:
    screen = open_meeting(qtbot, window)
    names = []
    while QApplication.focusWidget() is not screen.bar.agree_button and len(names) < 100:
        names.append(QApplication.focusWidget().accessibleName())
        press(Qt.Key.Key_Tab)
    wanted = ["Discussion", "Last year’s target 1: outcome: Met", "Last year’s target 3: note", "Target 1: target", "Target 2: target"]
    wanted += ["Target 3: by when", "Interim meeting: we plan one", "Need 1: need", "In three years’ time", "Comments"]
    wanted += ["Member of staff: Agreed", "Reviewer: Agreed"]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)
    assert len(set(names) - {""}) == len([name for name in names if name]), "Tab comes by nothing twice"


def test_alt_g_goes_to_what_is_missing_and_not_to_its_neighbour(qtbot: Any, window: MainWindow) -> None:
    screen = open_meeting(qtbot, window)
    seen = []
    for _ in range(6):
        alt("g")
        qtbot.wait(150)  # a button pressed by its letter springs back first
        seen.append(QApplication.focusWidget().accessibleName())
        press("A year well used." if seen[-1] == "Comments" else Qt.Key.Key_Space)
    assert seen[:3] == [f"Last year’s target {number}: outcome: Met" for number in (1, 2, 3)]
    assert seen[3:] == ["Comments", "Member of staff: Agreed", "Reviewer: Agreed"]
    assert screen.bar.missing.text() == ""


def test_an_agreed_statement_is_signed_on_the_screen(qtbot: Any, house: object, practice_school: School) -> None:
    row = next(row for row in practice_school.read(boards.cycle_board, year=2026) if row.stage is Stage.AGREED)
    door = practice_school.only_review(row.id)
    dialog = SignDialog(door, door.read(records.review, review_id=row.id, practice=True))
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(dialog.fields) == 2
    for initials, field in zip(("AB", "CD"), tuple(dialog.fields.values()), strict=True):
        field.editor.setText(initials)
    assert dialog.check()
    signed = door.read(records.review, review_id=row.id, practice=True).signatures
    assert sorted(each.initials for each in signed) == ["AB", "CD"]


def test_a_dialog_grows_with_what_is_wrong(qtbot: Any, house: object) -> None:
    dialog = HouseDialog("Agree and lock this statement?", "Words that take two lines or three. " * 4, safe="&Keep editing", act="&Lock")
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    dialog.show_problem("Let the member of staff read the statement first, then tick the box. " * 3)
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert dialog.words.height() >= dialog.words.heightForWidth(dialog.words.width())


@pytest.mark.parametrize("size", [100, 115, 130])
def test_the_window_fits_a_small_laptop_at_every_text_size(qtbot: Any, house: object, practice_school: School, size: int) -> None:
    theme.apply("light", size)
    window = MainWindow(practice_school, PcSettings())
    qtbot.addWidget(window, before_close_func=lambda window: setattr(window, "_may_close", True))
    window.show()
    for entry in window.pages.entries:
        window.show_tab(entry.name)
        QApplication.processEvents()
        least = window.minimumSizeHint()
        assert least.width() <= FIRST_SIZE[0], entry.name
        assert least.height() <= FIRST_SIZE[1], entry.name
    open_meeting(qtbot, window)
    assert window.minimumSizeHint().width() <= FIRST_SIZE[0]
    assert window.minimumSizeHint().height() <= FIRST_SIZE[1]
    window.hub.let_go()
    theme.apply("light", 100)
