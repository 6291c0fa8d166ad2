"""The other parts: lists, bars, notifications and dialogs do what they say, by mouse and by key, and tell a screen reader."""

import gc
import weakref
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import ICONS, Badge, BadgeText, badge_size
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.cycle_bar import CycleBar, StageCount
from staffdev_desktop.ui.widgets.dialog import HouseDialog, ProgressDialog
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField
from staffdev_desktop.ui.widgets.notification import Notification
from staffdev_desktop.ui.widgets.step_bar import SectionProgress, SectionState, StepBar
from staffdev_desktop.ui.widgets.todo import TodoList, TodoRow

STAGES = [StageCount("out", "Self-review out", 12), StageCount("draft", "Draft", 0), StageCount("signed", "Signed", 44)]
TODO = (
    TodoRow("late", "pdr", 2, "Reviews are past their deadline", "Deadline was Friday 16 October", "late", "Overdue", "See reviews"),
    TodoRow("sign", "sign", 5, "Statements wait for a signature", "Longest since 6 October", "warn", "Waiting", "Print statements"),
)


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply("light", 100)


def put(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def test_every_kind_of_badge_has_a_shape_of_its_own():
    assert len(set(ICONS.values())) == len(ICONS)
    shapes = {kind: theme.pixmap(icon, "text").toImage() for kind, icon in ICONS.items()}
    assert all(shapes[one] != shapes[two] for one in shapes for two in shapes if one != two)


def test_a_badge_is_heard_in_words_and_never_cut(qtbot):
    badge = put(qtbot, Badge(BadgeText("late", "4 days late")))
    assert badge.accessibleName() == "4 days late"
    assert badge.width() >= badge_size(badge.badge).width()
    assert badge.height() >= 20
    badge.set_badge(BadgeText("ok", "Signed"))
    assert badge.accessibleName() == "Signed"


def test_segments_of_the_cycle_are_buttons_in_order(qtbot):
    bar = CycleBar()
    bar.set_stages(STAGES)
    bar.resize(600, 60)
    put(qtbot, bar)
    buttons = [child for child in bar.children() if isinstance(child, QWidget)]
    assert [button.accessibleName() for button in buttons] == ["Self-review out: 12", "Draft: 0", "Signed: 44"]
    assert buttons[0].width() < buttons[2].width()
    assert buttons[-1].geometry().right() < 600
    buttons[1].setFocus()
    with qtbot.waitSignal(bar.opened, check_params_cb=lambda key: key == "draft"):
        qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    bar.set_stages([StageCount("out", "Self-review out", 11), StageCount("draft", "Draft", 1), STAGES[2]])
    assert bar.focusWidget().accessibleName() == "Draft: 1"


def test_names_of_stages_fit_even_where_the_bar_is_narrow(qtbot):
    bar = CycleBar()
    bar.set_stages(STAGES)
    bar.resize(300, 60)
    put(qtbot, bar)
    edges = [(child.x(), child.geometry().right()) for child in bar.children() if isinstance(child, QWidget)]
    assert edges[-1][1] <= 300
    assert all(before[1] < after[0] for before, after in pairwise(edges))


def test_a_thing_to_do_opens_by_click_anywhere_and_by_enter(qtbot):
    todo = TodoList()
    QAbstractItemModelTester(todo.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, todo)
    todo.set_rows(TODO)
    todo.resize(900, 200)
    put(qtbot, todo)
    opened = []
    todo.opened.connect(opened.append)
    qtbot.mouseClick(todo.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(600, 70))
    todo.setFocus()
    qtbot.keyClick(todo, Qt.Key.Key_Up)
    qtbot.keyClick(todo, Qt.Key.Key_Return)
    assert opened == ["sign", "late"]
    assert todo.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("2 Reviews are past their deadline.")
    todo.set_rows(TODO[::-1])
    assert todo.currentIndex().row() == 1


def test_a_notification_offers_undo_and_goes(qtbot):
    window = QWidget()
    window.resize(900, 600)
    put(qtbot, window)
    note = Notification(window)
    note.say("3 sheets sent to the printer", "Ruth and Tom", undo="Undo stage")
    assert note.isVisible()
    assert note.geometry().left() == 16
    assert note.geometry().bottom() < 600 - 24
    assert note.accessibleName() == "3 sheets sent to the printer. Ruth and Tom"
    assert note._timer.isActive()
    with qtbot.waitSignals([note.undone, note.closed]):
        qtbot.mouseClick(note._undo, Qt.MouseButton.LeftButton)
    assert not note.isVisible()
    note.say("The backup stick is not there", kind="warn", stays=True)
    assert not note._timer.isActive()
    assert not note._undo.isVisible()
    window.resize(700, 400)
    assert note.geometry().bottom() < 400 - 24
    with qtbot.waitSignal(note.closed):
        qtbot.mouseClick(note._close, Qt.MouseButton.LeftButton)


def test_a_notification_goes_by_itself(qtbot):
    window = put(qtbot, QWidget())
    note = Notification(window)
    note.say("Saved")
    with qtbot.waitSignal(note.closed):
        note._timer.start(1)


def test_the_safe_answer_comes_first_has_the_focus_and_is_esc(qtbot):
    words = "No one can change the words."
    dialog = put(qtbot, HouseDialog("Agree and lock this statement?", words, safe="&Keep editing", act="Agree and &lock"))
    assert dialog.focusWidget() is dialog.safe_button
    assert dialog.safe_button.x() < dialog.act_button.x()
    assert dialog.width() <= 560
    assert QAccessible.queryAccessibleInterface(dialog).text(QAccessible.Text.Name) == "Agree and lock this statement?"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.open()
    qtbot.keyClick(dialog.safe_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.open()
    dialog.act_button.setFocus()
    qtbot.keyClick(dialog.act_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_dialog_keeps_what_was_typed_when_it_is_not_right(qtbot):
    class Asks(HouseDialog):
        def check(self):
            right = bool(self.field.value())
            self.show_problem("" if right else "Write a name.")
            return right

    dialog = Asks("What is it called?", safe="Go back", act="Save")
    dialog.field = LabelledField("&Name", LineField())
    dialog.body.addWidget(dialog.field)
    put(qtbot, dialog)
    dialog.field.editor.setFocus()
    qtbot.keyClick(dialog.field.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.problem.words() == "Write a name."
    qtbot.keyClicks(dialog.field.editor, "Phonics")
    qtbot.keyClick(dialog.field.editor, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_progress_is_seen_only_after_a_while_and_stops_once(qtbot):
    dialog = ProgressDialog("Printing")
    qtbot.addWidget(dialog)
    dialog.begin()
    assert not dialog.isVisible()
    assert dialog._timer.interval() == 500
    dialog.set_progress(14, 56, "Printing 14 of 56, Denise Holt")
    dialog.finish()
    assert not dialog._timer.isActive()
    dialog.begin()
    dialog._timer.start(1)
    qtbot.waitUntil(dialog.isVisible)
    asked = []
    dialog.stop_asked.connect(lambda: asked.append(True))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert asked == [True]
    assert dialog.isVisible()
    assert dialog.bar.accessibleDescription() == "Printing 14 of 56, Denise Holt"
    dialog.finish()
    assert not dialog.isVisible()


def test_the_bulk_bar_keeps_its_place(qtbot):
    bar = BulkBar("review")
    bar.add(PlainButton("&Book meetings…", "cal"))
    holder = put(qtbot, QWidget())
    bar.setParent(holder)
    bar.set_count(3)
    assert not bar.isHidden()
    assert bar._words.text() == "3 reviews ticked"
    bar.set_count(0)
    assert bar.isHidden()
    assert bar.sizePolicy().retainSizeWhenHidden()
    with qtbot.waitSignal(bar.cleared):
        bar._clear.click()


def test_sections_are_kept_and_said_in_words(qtbot):
    holder = put(qtbot, QWidget())
    bar = SectionProgress(holder)
    talk, aims, words = ("a", "Discussion"), ("b", "Targets, 2 of 3"), ("c", "Comments")
    bar.set_sections([SectionState(*talk, "done"), SectionState(*aims, "now"), SectionState(*words, "empty")])
    bar.resize(600, 26)
    bar.show()
    first, second, third = bar._buttons
    spoken = [button.accessibleName() for button in bar._buttons]
    assert spoken == ["Discussion, written", "Targets, 2 of 3, you are here", "Comments, empty"]
    third.setFocus()
    with qtbot.waitSignal(bar.asked, check_params_cb=lambda key: key == "c"):
        qtbot.keyClick(third, Qt.Key.Key_Space)
    bar.set_sections([SectionState(*talk, "done"), SectionState(*aims, "done"), SectionState(*words, "now")])
    assert bar._buttons == [first, second, third]
    assert third.hasFocus()
    bar.resize(160, 26)
    assert [button.text() for button in bar._buttons] == ["1", "2", "Comments"]
    assert first.accessibleName() == "Discussion, written"


def test_steps_are_said_in_words(qtbot):
    bar = put(qtbot, StepBar(3))
    bar.set_step(2)
    assert bar.accessibleName() == bar.words() == "Step 2 of 3"
    image = bar.grab().toImage()
    accent = theme.colour("accent").name()
    assert image.pixelColor(image.width() // 2, 3).name() == accent
    assert image.pixelColor(image.width() - 10, 3).name() != accent


def test_an_empty_place_says_what_to_do(qtbot):
    empty = put(qtbot, EmptyState("cpd", "No CPD logged this term", "Add the first entry.", "&Add entry"))
    with qtbot.waitSignal(empty.button.clicked):
        qtbot.keyClick(empty.button, Qt.Key.Key_Space)
    assert EmptyState("cpd", "Nothing found", "Try fewer letters.").button is None


def test_the_ring_of_a_filled_button_has_two_lines(qtbot):
    button = put(qtbot, PrimaryButton("Save"))
    button.setFocus()
    image = button.grab().toImage()
    middle = image.height() // 2
    seen = [image.pixelColor(place, middle).name() for place in range(5)]
    assert theme.colour("focus2").name() in seen
    assert theme.colour("onaccent").name() in seen


@pytest.mark.parametrize("setting", ["light", "dark"])
def test_all_parts_live_through_a_change_of_theme_and_size(qtbot, setting):
    card = Card()
    note = Notification(card)
    bar = CycleBar()
    bar.set_stages(STAGES)
    for part in (CardTitle("CPD", "autumn"), Rule(), Avatar("Karen Doyle", 44), bar, Badge(BadgeText("ok", "Signed")), BulkBar("review")):
        card.body.addWidget(part)
    put(qtbot, card)
    note.say("Saved")
    low = card.sizeHint().height()
    theme.apply(setting, 130)
    assert card.sizeHint().height() > low
    image = card.grab().toImage()
    assert image.pixelColor(image.width() - 12, image.height() // 2).name() == theme.colour("surface").name()
    theme.apply("light", 100)


def test_parts_are_let_go(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    kept = [weakref.ref(part) for part in (CycleBar(), TodoList(), Notification(holder), HouseDialog("Why?", safe="Go back", act="Save"))]
    holder.deleteLater()
    holder.setParent(None)
    del holder
    qtbot.waitUntil(lambda: gc.collect() >= 0 and sum(ref() is not None for ref in kept) <= 1)
