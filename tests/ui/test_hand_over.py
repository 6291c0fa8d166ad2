"""A handed-over PC answers for one review: whatever is triggered in the real window, nothing of anybody else comes to light."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QMenu, QTextEdit, QWidget

from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.main_window import MainWindow
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen
from staffdev_desktop.ui.pdr.verbs import HAND_OVER

KAREN = "Karen Doyle"
CONTROL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Desk:
    """The real window over the practice school, handed over for Karen Doyle's meeting."""

    def __init__(self, school: School, answers: Any) -> None:
        self.school, self.answers = school, answers
        self.window = MainWindow(school, PcSettings())
        self.window.show()
        for entry in self.window.pages.entries:  # every page is built, so that there is something to come to light
            self.window.show_tab(entry.name)
        self.review_id = next(row.id for row in school.read(boards.cycle_board, year=2026) if row.name == KAREN)
        record = school.read(records.review, review_id=self.review_id, practice=True)
        mine = {record.person, record.board.reviewer, school.actor.name, *(each.name for each in record.contributors)}
        self.others = sorted({each.name for each in school.read(staff.names)} - mine)
        answers.next(True)
        self.window.show_tab("pdr").actions.do(HAND_OVER.key, (self.review_id,))
        QApplication.processEvents()

    @property
    def screen(self) -> MeetingScreen:
        return self.window.meeting.screen

    def tops(self) -> list[QWidget]:
        """The windows, dialogs and menus that are seen."""
        return [each for each in QApplication.topLevelWidgets() if each.isVisible() and (each is self.window or self._is_ours(each))]

    def put_away(self) -> None:
        """Close whatever came up over the window, and bring the jobs it began to their end."""
        for _ in range(50):
            QApplication.processEvents()
            if not jobs.jobs().running:
                break
            QTest.qWait(10)
        for each in self.tops():
            if isinstance(each, QDialog):
                each.reject()
            elif isinstance(each, QMenu):
                each.close()
        QApplication.processEvents()

    def look(self, after: str) -> None:
        """Nothing but this review is to be seen: not in the window, not in what came up over it."""
        QApplication.processEvents()
        assert self.window.content.currentWidget() is self.screen, after
        assert self.screen.isVisible(), after
        assert self.screen.handed_over, after
        shut = (self.window.header, self.window.tab_bar, self.window.pages, self.window.status, self.window.results)
        assert not any(part.isVisible() for part in (*shut, self.window.notification)), after
        for top in self.tops():
            words = "\n".join(words_of(top))
            assert KAREN in words or top is not self.window
            assert [name for name in self.others if name in words] == [], after

    def press(self, key: Qt.Key, hold: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the keyboard is now; offscreen there is no window manager, so the window is made active first."""
        top = QApplication.activeModalWidget() or self.window
        top.activateWindow()
        QApplication.processEvents()
        QTest.keyClick(QApplication.focusWidget() or top, key, hold)

    def _is_ours(self, top: QWidget) -> bool:
        parent = top.parentWidget()
        return parent is not None and parent.window() is self.window


@pytest.fixture
def desk(qtbot: Any, house: object, practice_school: School, answers: Any) -> Iterator[Desk]:
    made = Desk(practice_school, answers)
    qtbot.addWidget(made.window, before_close_func=lambda window: setattr(window, "_may_close", True))
    yield made
    made.put_away()
    made.window.hub.let_go()


def words_of(top: QWidget) -> list[str]:
    """Everything that can be read, or heard from a screen reader, in a window: words, tips, names, choices, table rows."""
    found = [top.windowTitle()]
    for part in (top, *top.findChildren(QWidget)):
        if not part.isVisible():
            continue
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        for ask in ("text", "toPlainText", "placeholderText", "title"):
            if callable(getattr(part, ask, None)) and not (ask == "text" and isinstance(part, QTextEdit)):
                found.append(str(getattr(part, ask)()))
        if isinstance(part, QComboBox):
            found += [part.itemText(place) for place in range(part.count())]
        if isinstance(part, QMenu):
            found += [action.text() for action in part.actions()]
        model = part.model() if callable(getattr(part, "model", None)) else None
        if model is not None:
            here = QModelIndex()
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(here)
            places = ((row, column) for row in range(model.rowCount(here)) for column in range(columns))
            found += [str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole)) for row, column in places]
    return found


def test_names_of_others_would_be_seen(desk: Desk) -> None:
    """The look itself works: with the window taken back, the board's names are found."""
    assert len(desk.others) > 50
    desk.look("at first")
    desk.window.meeting.end()
    QApplication.processEvents()
    words = "\n".join(words_of(desk.window))
    assert sum(name in words for name in desk.others) > 40


def test_no_key_leads_out(desk: Desk) -> None:
    keys = [(Key(Key.Key_1 + number), CONTROL) for number in range(6)]
    keys += [(Key(Key.Key_A + number), ALT) for number in range(26) if chr(65 + number) not in "HGPU"]
    keys += [(Key.Key_K, CONTROL), (Key.Key_Comma, CONTROL), (Key.Key_Z, CONTROL), (Key.Key_Y, CONTROL), (Key.Key_N, CONTROL)]
    keys += [(Key.Key_F6, NONE), (Key.Key_F6, SHIFT), (Key.Key_F1, NONE), (Key.Key_Escape, NONE), (Key.Key_S, CONTROL)]
    keys += [(Key.Key_F10, NONE), (Key.Key_Menu, NONE), (Key.Key_Return, CONTROL)]
    for key, hold in keys:
        desk.press(key, hold)
        desk.look(f"{hold} {key}")
        desk.put_away()
    desk.look("all keys")


@pytest.mark.parametrize(("letter", "title"), [("H", "Take this PC back?"), ("U", "What could help?"), ("P", "Draft")])
def test_what_the_meeting_opens_is_of_this_review(qtbot: Any, desk: Desk, letter: str, title: str) -> None:
    desk.press(Key(ord(letter)), ALT)
    qtbot.waitUntil(lambda: desk.answers.dialog is not None and desk.answers.dialog.isVisible(), timeout=20_000)
    assert title in desk.answers.dialog.windowTitle()
    desk.look(title)


def test_the_directory_of_courses_is_searched_and_names_nobody(desk: Desk) -> None:
    desk.screen.search_directory()
    assert "What does the directory offer?" in desk.answers.dialog.windowTitle()
    desk.press(Key.Key_Down)
    desk.look("the directory")


def test_no_shortcut_no_action_and_no_menu_of_the_window_leads_out(desk: Desk) -> None:
    inside = desk.screen.findChildren(QShortcut)
    for shortcut in (each for each in desk.window.findChildren(QShortcut) if each not in inside):
        desk.press(*_as_press(shortcut))
        desk.look(shortcut.key().toString())
        desk.put_away()
    visible = [menu for menu in desk.window.findChildren(QMenu) if menu.isVisible()]
    assert visible == []
    for action in desk.window.findChildren(QAction):
        if not action.shortcut().isEmpty():
            desk.press(*_as_press(action))
            desk.look(action.text())
            desk.put_away()


def test_nothing_hidden_answers_even_if_something_triggers_it(desk: Desk) -> None:
    """A screen reader or a script presses what no mouse can reach."""
    actions = [each for each in desk.window.frame.findChildren(QAction) if not each.isSeparator()]
    buttons = desk.window.frame.findChildren(QAbstractButton)
    assert min(len(actions), len(buttons)) > 10
    before = len(desk.answers.asked)
    for action in actions:
        action.trigger()
        desk.look(action.text())
    for button in buttons:
        button.click()
        desk.look(button.text())
    assert (len(desk.answers.asked), desk.answers.dialog) == (before, None)


def test_what_was_shut_answers_again_when_the_pc_is_back(desk: Desk) -> None:
    shut = [action for action in desk.window.header.findChildren(QAction) if not action.isEnabled()]
    desk.window.meeting.end()
    assert len(shut) >= 5
    assert all(action.isEnabled() for action in shut)
    assert desk.window.header.isEnabled()


def test_what_lies_behind_the_meeting_takes_no_keyboard(desk: Desk) -> None:
    seen = set()
    for _ in range(200):
        desk.press(Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert all(desk.screen.isAncestorOf(each) for each in seen)
    desk.look("Tab")


def test_what_the_program_says_meanwhile_waits(desk: Desk) -> None:
    desk.window.hub.notify(f"{desk.others[0]} is signed", desk.others[1], undo=True)
    desk.look("a notification")
    desk.window.hub.settings_requested.emit("keys")
    desk.look("settings")
    assert desk.answers.dialog is None


def test_closing_asks_for_the_password_first(desk: Desk) -> None:
    desk.window.close()
    QApplication.processEvents()
    desk.look("close")
    assert desk.window.isVisible()
    assert desk.answers.dialog.windowTitle() == "Take this PC back?"
    desk.answers.dialog.reject()
    desk.look("close, then go on")


def test_only_the_right_password_takes_the_pc_back(qtbot: Any, desk: Desk) -> None:
    desk.screen.leave()
    dialog = desk.answers.dialog
    dialog.password.editor.setText("a guess")
    dialog.act_button.click()
    qtbot.waitUntil(lambda: bool(dialog.password.error()), timeout=20_000)
    assert dialog.password.error() == "That password is not right."
    desk.look("a wrong password")
    dialog.password.editor.setText(PASSWORD)
    dialog.act_button.click()
    qtbot.waitUntil(lambda: desk.window.meeting.screen is None, timeout=20_000)
    assert desk.window.header.isVisible()
    assert not desk.window.meeting.handed_over


def test_a_click_where_the_header_was_does_nothing(desk: Desk, tmp_path: Path) -> None:
    for button in desk.window.header.findChildren(QAbstractButton):
        QTest.mouseClick(desk.window, Qt.MouseButton.LeftButton, NONE, button.mapTo(desk.window, QPoint(2, 2)))
        desk.look(button.text())
        desk.put_away()


def _as_press(source: QShortcut | QAction) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    keys = source.key() if isinstance(source, QShortcut) else source.shortcut()
    return keys[0].key(), keys[0].keyboardModifiers()
