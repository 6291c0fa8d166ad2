"""Fields: what was typed stays, what is wrong is said in words, and keys do what keys do."""

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import IconButton, PrimaryButton
from staffdev_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    LabelledField,
    LineField,
    PasswordField,
    TextField,
    TickField,
    TimeField,
)
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in, with_letter
from staffdev_desktop.ui.widgets.search_box import FilterBox, SearchBox
from staffdev_desktop.ui.widgets.segments import Segments


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply("light", 100)


def shown(qtbot, *widgets):
    holder = QWidget()
    column = QVBoxLayout(holder)
    for widget in widgets:
        column.addWidget(widget)
        widget.holder = holder  # pytest-qt keeps no widget alive
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    return holder


@pytest.mark.parametrize("typed", ["31/8/2027", "31.08.27", "2027-08-31", "31 Aug 2027", "Tuesday 31 August 2027"])
def test_a_day_is_read_as_people_write_it(qtbot, typed):
    field = LabelledField("&By when", DateField())
    shown(qtbot, field, QLineEdit())
    qtbot.keyClicks(field.editor, typed)
    assert field.value() == date(2027, 8, 31)
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.editor.text() == "31 Aug 2027"
    assert field.error() == ""


def test_a_wrong_day_stays_and_is_explained_until_it_is_right(qtbot):
    field = LabelledField("&By when", DateField(), hint="Before the summer")
    shown(qtbot, field, QLineEdit())
    qtbot.keyClicks(field.editor, "31/02/2027")
    assert field.error() == ""
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.error() == "There is no 31 February. Use 28 February or earlier."
    assert field.editor.text() == "31/02/2027"
    assert field.value() is None
    assert field.editor.property("bad") is True
    assert field.editor.accessibleDescription() == field.error()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "28/02/2027")
    assert field.error() == ""
    assert field.note_line.words() == "Before the summer"


def test_a_time_is_read_and_written(qtbot):
    field = LabelledField("&Time", TimeField())
    shown(qtbot, field, QLineEdit())
    qtbot.keyClicks(field.editor, "1.30 pm")
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert (field.value(), field.editor.text()) == (time(13, 30), "13:30")


def test_every_keystroke_is_told_and_setting_is_not(qtbot):
    line, text = LineField(), TextField()
    shown(qtbot, line, text)
    told = []
    line.edited.connect(told.append)
    text.edited.connect(told.append)
    line.set_value("Karen")
    text.set_value("Karen")
    assert told == []
    qtbot.keyClicks(line, "!")
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, "?")
    assert told == ["Karen!", "Karen?"]


def test_setting_the_same_words_leaves_the_caret(qtbot):
    text = TextField()
    shown(qtbot, text)
    qtbot.keyClicks(text, "Karen is proud of this")
    cursor = text.textCursor()
    cursor.setPosition(5)
    text.setTextCursor(cursor)
    text.set_value("Karen is proud of this")
    assert text.textCursor().position() == 5


def test_a_text_grows_and_tab_moves_on(qtbot):
    text, after = TextField(lines=2, most_lines=5), QLineEdit()
    shown(qtbot, text, after)
    low = text.minimumHeight()
    text.set_value("one\ntwo\nthree\nfour")
    assert text.minimumHeight() > low
    high = text.minimumHeight()
    text.set_value("\n".join("abcdefgh") + "x")
    assert high < text.minimumHeight()
    full = text.minimumHeight()
    text.set_value("line\n" * 30)
    assert text.minimumHeight() == full
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_labels_hints_and_errors_reach_a_screen_reader(qtbot):
    field = LabelledField("Hours && &minutes", LineField("For example 0.5"), hint="Quarters of an hour")
    shown(qtbot, field)
    assert field.editor.accessibleName() == "Hours & minutes"
    assert field.editor.accessibleDescription() == "Quarters of an hour"
    field.set_error("Write the hours.")
    heard = QAccessible.queryAccessibleInterface(field.editor)
    assert heard.text(QAccessible.Text.Description) == "Write the hours."
    assert field.label.buddy() is field.editor


def test_a_choice_keeps_its_value_when_others_are_offered(qtbot):
    choice = ChoiceField([(None, "All teams"), (1, "Teachers"), (2, "Office")])
    shown(qtbot, choice)
    choice.set_value(2)
    choice.set_choices([(None, "All teams"), (2, "Office"), (3, "Site")])
    assert choice.value() == 2
    choice.set_choices([(None, "All teams"), (3, "Site")])
    assert choice.value() is None


def test_the_wheel_over_a_choice_belongs_to_the_page(qtbot):
    choice = ChoiceField([(number, str(number)) for number in range(5)])
    other = QLineEdit()
    shown(qtbot, other, choice)
    other.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        choice.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turn)
    assert choice.value() == 0
    assert not turn.isAccepted()


def test_a_password_is_hidden_keeps_its_spaces_and_can_be_shown(qtbot):
    field = LabelledField("&Password", PasswordField())
    holder = shown(qtbot, field)
    qtbot.keyClicks(field.editor, " three words ")
    assert field.value() == " three words "
    assert field.editor.echoMode() == QLineEdit.EchoMode.Password
    assert field.editor.eye.accessibleName() == "Show the password"
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    assert holder.focusWidget() is field.editor.eye
    qtbot.keyClick(field.editor.eye, Qt.Key.Key_Space)
    assert field.editor.echoMode() == QLineEdit.EchoMode.Normal
    assert field.editor.eye.accessibleName() == "Hide the password"


def test_alt_letter_goes_to_the_field(qtbot):
    first, second = LabelledField("&Hours", LineField()), LabelledField("&Team", LineField())
    holder = shown(qtbot, first, second)
    first.editor.setFocus()
    qtbot.keyClick(holder, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert second.editor.hasFocus()


def test_shift_tab_goes_back_past_labelled_fields(qtbot):
    first, second = LabelledField("&Hours", LineField()), LabelledField("&Team", LineField())
    shown(qtbot, first, second)
    second.setFocus()
    assert second.editor.hasFocus()
    qtbot.keyClick(second.editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert first.editor.hasFocus()


def test_letters_that_clash_are_found_and_hidden_ones_do_not_count(qtbot):
    one, two = PrimaryButton("&Save entry"), PrimaryButton("&Start now")
    holder = shown(qtbot, one, two, LabelledField("&Hours", LineField()), IconButton("x", "Close"))
    assert clashes(holder) == {"s": ["&Save entry", "&Start now"]}
    two.hide()
    assert clashes(holder) == {}
    assert set(letters_in(holder)) == {"s", "h"}


def test_free_letters_are_given_out():
    taken = {"d"}
    assert with_letter("Discussion", taken) == "D&iscussion"
    assert with_letter("In three years’ time", taken) == "In &three years’ time"
    assert with_letter("did", taken) == "did"
    assert with_letter("R & D", {"r"}) == "R && D" or "&" in with_letter("R & D", {"r"})


def test_segments_are_one_stop_and_arrows_choose(qtbot):
    before, after = QLineEdit(), QLineEdit()
    segments = Segments([("a", "Agreed"), ("c", "With comments"), ("n", "Not agreed")], "Reviewer", may_clear=True)
    holder = shown(qtbot, before, segments, after)
    told = []
    segments.edited.connect(told.append)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert segments.isAncestorOf(holder.focusWidget())
    qtbot.keyClick(holder.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(holder.focusWidget(), Qt.Key.Key_Right)
    assert told == ["a", "c"]
    assert holder.focusWidget().accessibleName() == "Reviewer: With comments"
    qtbot.keyClick(holder.focusWidget(), Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.mouseClick(segments.button("c"), Qt.MouseButton.LeftButton)
    assert told == ["a", "c", None]
    segments.set_value("n")
    assert (segments.value(), told[-1]) == ("n", None)


def test_a_filter_box_tells_at_once_and_esc_empties_it(qtbot):
    box, search = FilterBox("Filter by name"), SearchBox()
    shown(qtbot, box, search)
    with qtbot.waitSignal(box.textChanged):
        qtbot.keyClick(box, Qt.Key.Key_K)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert search.accessibleName() == "Find a person, post or paper"


def test_a_tick_is_told(qtbot):
    tick = TickField("Karen has &read it on screen")
    holder = QWidget()
    QHBoxLayout(holder).addWidget(tick)
    qtbot.addWidget(holder)
    holder.show()
    with qtbot.waitSignal(tick.edited, check_params_cb=lambda value: value is True):
        qtbot.keyClick(tick, Qt.Key.Key_Space)
