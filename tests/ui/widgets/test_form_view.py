"""The form view: every edit is told at once, nothing typed is lost, and everything can be reached by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Field, Form, Section, check_answers, shipped_form, shipped_forms
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import PrimaryButton
from staffdev_desktop.ui.widgets.editors import TextField
from staffdev_desktop.ui.widgets.form_view import FormView
from staffdev_desktop.ui.widgets.mnemonics import clashes
from staffdev_desktop.ui.widgets.step_bar import SectionProgress

LAST_YEAR = {"target": "Run the phonics group", "agreed_on": "2025-10-14", "by_when": "2026-07-20"}


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply("light", 100)


def every_kind():
    kinds = (
        Field("line", "short_text", "Times that suit you"),
        Field("words", "long_text", "What went well", hint="Short notes are fine"),
        Field("which", "choice", "Job description", choices=("Still right", "Needs changes")),
        Field("how_far", "scale", "How sure are you?", choices=tuple(f"Level {number} of confidence in this" for number in range(1, 6))),
        Field("sure", "tick", "I am happy to share this"),
        Field("several", "tick_list", "Ways you learn", choices=("Reading", "Visits")),
        Field("day", "date", "When"),
        Field("targets", "targets", "Targets"),
        Field("outcomes", "outcomes", "Last year"),
        Field("needs", "needs", "Needs"),
        Field("menu", "opportunities", "Opportunities"),
        Field("comments", "comments", "Comments"),
        Field("agreement", "agreement", "Agreed?"),
        Field("interim", "interim", "Interim meeting"),
        Field("signatures", "signatures", note="Sign here"),
    )
    sections = tuple(Section(f"s_{field.id}", field.label or "Sign", fields=(field,)) for field in kinds)
    return Form("all", 1, "All", "test", "all", sections=sections)


FULL = {
    "line": "Mondays",
    "words": "The choir",
    "which": "Needs changes",
    "how_far": "Level 3 of confidence in this",
    "sure": True,
    "several": ["Visits"],
    "day": "2027-04-30",
    "targets": [
        {"target": "Teach", "success_criteria": "Two visits", "support": "Time", "by_when": "2027-04-30", "priority": "Phonics"},
        {"target": "", "success_criteria": "", "support": "", "by_when": "", "priority": ""},
        {"target": "Coach", "success_criteria": "", "support": "", "by_when": "", "priority": ""},
    ],
    "outcomes": [LAST_YEAR | {"outcome": "dropped", "note": "Nine passed", "reason": "Cover"}],
    "needs": [{"need": "First aid", "how": "Course", "who": "Office", "by_when": "2027-01-31", "state": "being paid for"}],
    "menu": ["Visit another school"],
    "comments": {"text": "", "none": True},
    "agreement": {"member": "agreed with comments", "reviewer": "agreed"},
    "interim": {"planned": True, "when": "2027-03-12"},
}


def view_of(qtbot, form, answers=None, width=880, **more):
    holder = QWidget()
    column = QVBoxLayout(holder)
    view = FormView(form, answers, **more)
    column.addWidget(view)
    holder.resize(width, 560)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    view.holder = holder  # pytest-qt keeps no widget alive
    view.told = []
    view.answer_changed.connect(lambda key, value: view.told.append((key, value)))
    return view


def test_answers_come_out_as_they_went_in(qtbot):
    view = view_of(qtbot, every_kind(), FULL)
    assert view.answers() == FULL
    assert view.told == []


def test_answers_of_another_form_are_kept(qtbot):
    view = view_of(qtbot, every_kind(), FULL | {"gone": "words of an older form"})
    assert view.answers()["gone"] == "words of an older form"


def test_an_empty_form_has_answers_of_the_right_shape(qtbot):
    for form in (*shipped_forms(), every_kind()):
        view = view_of(qtbot, form)
        assert check_answers(form, view.answers()) == ()


def test_words_no_longer_offered_are_kept_until_something_else_is_chosen(qtbot):
    view = view_of(qtbot, every_kind(), {"which": "Unsure", "several": ["Singing"], "how_far": "Very"})
    shown = view.answers()
    assert (shown["which"], shown["several"], shown["how_far"]) == ("Unsure", ["Singing"], "Very")
    editor = view.editor("which").findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.mouseClick(editor.button("Still right"), Qt.MouseButton.LeftButton)
    assert view.answer("which") == "Still right"


def test_every_edit_is_told_with_the_whole_answer(qtbot):
    view = view_of(qtbot, every_kind())
    qtbot.keyClicks(view.editor("words"), "Hi")
    assert view.told == [("words", "H"), ("words", "Hi")]
    qtbot.keyClicks(view.editor("targets").box(1, "target"), "T")
    key, rows = view.told[-1]
    assert (key, len(rows), rows[1]["target"]) == ("targets", 2, "T")


def test_a_date_is_kept_as_a_day_and_wrong_words_are_kept_as_they_are(qtbot):
    view = view_of(qtbot, every_kind())
    day = view.editor("targets").box(0, "by_when")
    day.setFocus()
    qtbot.keyClicks(day, "30/4/27")
    assert view.answer("targets")[0]["by_when"] == "2027-04-30"
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    assert day.text() == "30 Apr 2027"
    other = view.editor("day")
    other.setFocus()
    qtbot.keyClicks(other, "31/2/2027")
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert view.answer("day") == "31/2/2027"
    assert "There is no 31 February" in other.accessibleDescription()
    again = view_of(qtbot, every_kind(), view.answers())
    assert again.answer("day") == "31/2/2027"
    assert "There is no 31 February" in again.editor("day").accessibleDescription()
    assert date.fromisoformat(again.answer("targets")[0]["by_when"]) == date(2027, 4, 30)


def test_new_answers_leave_the_caret_where_somebody_types(qtbot):
    view = view_of(qtbot, every_kind())
    box = view.editor("targets").box(0, "target")
    box.setFocus()
    qtbot.keyClicks(box, "Teach mornings")
    cursor = box.textCursor()
    cursor.setPosition(5)
    box.setTextCursor(cursor)
    view.set_answers(view.answers() | {"line": "Fridays"})
    assert view.editor("targets").box(0, "target") is box
    assert (box.textCursor().position(), box.hasFocus(), view.answer("line")) == (5, True, "Fridays")


def test_rows_are_added_in_reading_order_and_empty_ones_left_out(qtbot):
    view = view_of(qtbot, every_kind())
    editor = view.editor("targets")
    qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    fourth = editor.box(3, "target")
    assert fourth.hasFocus()
    assert fourth.accessibleName() == "Target 4: target"
    for key in ("success_criteria", "support", "by_when"):
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)
        assert view.window().focusWidget() is editor.box(3, key)
    qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)
    assert view.window().focusWidget() is editor.add_button
    assert view.answer("targets") == []


def test_targets_agreed_last_year_cannot_be_changed_and_ask_why_they_were_dropped(qtbot):
    view = view_of(qtbot, every_kind(), {"outcomes": [LAST_YEAR]})
    editor = view.editor("outcomes")
    assert editor.findChildren(TextField) == [editor.box(0, "note"), editor.box(0, "reason")]
    assert not editor.box(0, "reason").isVisible()
    qtbot.mouseClick(editor.box(0, "outcome").button("dropped"), Qt.MouseButton.LeftButton)
    assert editor.box(0, "reason").isVisible()
    qtbot.keyClicks(editor.box(0, "reason"), "cover")
    qtbot.mouseClick(editor.box(0, "outcome").button("met"), Qt.MouseButton.LeftButton)
    assert view.answer("outcomes")[0] == LAST_YEAR | {"outcome": "met", "note": "", "reason": "cover"}
    assert editor.box(0, "reason").isVisible()


def test_targets_of_last_year_can_be_typed_in_where_none_are_known(qtbot):
    view = view_of(qtbot, every_kind())
    editor = view.editor("outcomes")
    qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor.box(0, "target"), "Read more")
    assert view.answer("outcomes")[0]["target"] == "Read more"


def test_none_and_comments_never_stand_together(qtbot):
    view = view_of(qtbot, every_kind())
    editor = view.editor("comments")
    qtbot.keyClick(editor.none, Qt.Key.Key_Space)
    assert view.answer("comments") == {"text": "", "none": True}
    qtbot.keyClicks(editor.words, "I")
    assert view.answer("comments") == {"text": "I", "none": False}
    assert not editor.none.isEnabled()
    qtbot.keyClick(editor.words, Qt.Key.Key_Backspace)
    assert editor.none.isEnabled()


def test_ctrl_enter_goes_from_section_to_section_and_round(qtbot):
    form = shipped_form("support-statement")
    view = view_of(qtbot, form)
    view.focus_section("discussion")
    been = []
    view.section_entered.connect(been.append)
    for _ in form.sections[:-1]:
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert been == [section.id for section in form.sections[1:-1]] + ["discussion"]
    assert view.answer("discussion") == ""


def test_what_has_the_focus_is_in_sight(qtbot):
    view = view_of(qtbot, shipped_form("support-statement"))
    view.focus_section("comments")
    focused = view.window().focusWidget()
    top = focused.mapTo(view.viewport(), focused.rect().topLeft()).y()
    assert 0 <= top < view.viewport().height()


def test_tab_goes_in_reading_order(qtbot):
    view = view_of(qtbot, shipped_form("support-statement"))
    view.focus_section("discussion")
    places = []
    for _ in range(30):
        focused = view.window().focusWidget()
        box = next(key for key in view._boxes if view._boxes[key].isAncestorOf(focused))
        if not places or places[-1] != box:
            places.append(box)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    order = [field.id for field in view.form.fields]
    assert places == order[: len(places)]
    assert len(places) > 6
    for _ in range(30):
        qtbot.keyClick(view.window().focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert view.editor("discussion").hasFocus()


def test_an_alt_letter_goes_to_the_first_box_of_a_table(qtbot):
    view = view_of(qtbot, every_kind(), FULL)
    qtbot.waitUntil(lambda: "&" in view._boxes["targets"].label.text())
    letter = view._boxes["targets"].label.text().partition("&")[2][0]
    qtbot.keyClick(view.window(), Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.AltModifier)
    assert view.editor("targets").box(0, "target").hasFocus()


def test_problems_are_shown_beside_the_question_and_go_again(qtbot):
    view = view_of(qtbot, every_kind())
    view.set_problem("comments", "Write the comments, or tick none.")
    assert view.editor("comments").accessibleDescription() == "Write the comments, or tick none."
    words, before = view.editor("comments").words, view.editor("comments").words.grab().toImage()
    view.clear_problems()
    assert view.editor("comments").accessibleDescription() == ""
    assert words.grab().toImage() != before
    with pytest.raises(KeyError):
        view.set_problem("nothing", "Oh")


def test_progress_says_where_one_is_and_how_many_targets(qtbot):
    view = view_of(qtbot, shipped_form("support-statement"), {"targets": [{"target": "One"}, {"target": "Two"}], "discussion": "We met."})
    view.focus_section("this_year")
    states = {state.id: state for state in view.section_states()}
    assert states["this_year"].words == "Targets, 2 of 3"
    assert states["this_year"].state == "now"
    assert states["discussion"].state == "done"
    assert states["comments"].state == "empty"
    assert "signatures" not in states
    bar = SectionProgress()
    qtbot.addWidget(bar)
    bar.set_sections(view.section_states())
    bar.resize(400, 24)
    bar.show()
    assert bar.minimumSizeHint().width() < 200


def test_labels_have_letters_of_their_own_that_do_not_clash_with_the_window(qtbot):
    view = view_of(qtbot, shipped_form("support-statement"))
    view.window().layout().addWidget(PrimaryButton("&Discuss"))
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: view._boxes["discussion"].label.text() == "D&iscussion")
    assert clashes(view.window()) == {}


def test_fewer_columns_where_there_is_little_room_and_no_words_lost(qtbot):
    view = view_of(qtbot, shipped_form("support-statement"), {"three_years": "Still here"}, width=880)
    wide = view._page.height()
    view.window().resize(420, 560)
    qtbot.waitUntil(lambda: view._columns == 1)
    assert view._page.height() > wide
    assert view.answer("three_years") == "Still here"


def test_boxes_grow_with_the_text_size(qtbot):
    view = view_of(qtbot, every_kind(), FULL)
    day = view.editor("targets").box(0, "by_when")
    assert day.width() == 96
    theme.apply("light", 130)
    assert day.width() == 125
    assert view.answers() == FULL
    theme.apply("light", 100)


def test_an_agreed_form_can_be_read_and_not_changed(qtbot):
    view = view_of(qtbot, every_kind(), FULL)
    view.set_read_only()
    qtbot.keyClicks(view.editor("words"), "more")
    qtbot.keyClicks(view.editor("targets").box(0, "target"), "more")
    qtbot.mouseClick(view.editor("agreement")._sides["member"].button("agreed"), Qt.MouseButton.LeftButton)
    assert view.answers() == FULL
    assert view.told == []
    assert view.editor("words").isEnabled()


def test_every_box_has_a_name_for_a_screen_reader(qtbot):
    view = view_of(qtbot, every_kind(), FULL)
    for part in view.findChildren(QLineEdit) + view.findChildren(TextField):
        assert part.accessibleName(), part


def test_a_form_that_is_taken_away_leaves_nothing(qtbot, qapp):
    holder = QWidget()
    qtbot.addWidget(holder)
    view = FormView(every_kind(), FULL, parent=holder)
    gone = []
    view.destroyed.connect(lambda: gone.append(True))
    view.setParent(None)
    view.deleteLater()
    del view
    qtbot.waitUntil(lambda: bool(gone))
    QLineEdit(holder).setFocus()
