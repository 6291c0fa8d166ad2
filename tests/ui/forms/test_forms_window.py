"""The editor of forms, by keyboard: words, order and questions change on screen and on paper, and become the next version."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from staffdev_desktop.formkit import parse_form, shipped_form
from staffdev_desktop.formkit.editing import reworded_field
from staffdev_desktop.formkit.writing import form_as_toml
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries, services
from staffdev_desktop.ui import jobs, theme
from staffdev_desktop.ui.forms.edit import Place, drafts
from staffdev_desktop.ui.forms.editor import PAPER, Editor
from staffdev_desktop.ui.forms.window import FormsPage, FormsWindow
from staffdev_desktop.ui.widgets.mnemonics import clashes

STATEMENT = "support-statement"
RUNNING = {(STATEMENT, 1): 38}


@pytest.fixture
def window(qtbot: Any, house: QApplication, school: School) -> Iterator[FormsWindow]:
    made = FormsWindow(school, in_use=lambda: RUNNING)
    qtbot.addWidget(made, before_close_func=forget)
    made.resize(1366, 689)
    made.show()
    qtbot.waitExposed(made)
    yield made
    jobs.jobs().stop_all()


def forget(window: FormsWindow) -> None:
    if window.page.editor is not None:
        edit = window.page.editor.edit
        edit.replace_with(edit.before)


@pytest.fixture
def editor(qtbot: Any, window: FormsWindow) -> Editor:
    """The editor of the support staff's statement, opened from the list by keyboard."""
    press(window.page.library.table, Qt.Key.Key_Down)
    press(window.page.library.table, Qt.Key.Key_Return)
    assert window.page.editor is not None
    assert window.page.editor.edit.form.id == STATEMENT
    settle(qtbot, window.page.editor)
    return window.page.editor


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)
    QApplication.processEvents()


def settle(qtbot: Any, editor: Editor) -> None:
    qtbot.waitUntil(editor.is_current, timeout=20_000)


def choose(editor: Editor, place: Place) -> None:
    """Down the outline to a place, by keyboard."""
    editor.outline.tree.setFocus()
    press(editor.outline.tree, Qt.Key.Key_Home)
    for _step in range(60):
        if editor.outline.place == place:
            return
        press(editor.outline.tree, Qt.Key.Key_Down)
    raise AssertionError(f"{place} is not in the outline")


def retype(editor: Editor, key: str, words: str) -> None:
    """Put other words into a field, as a person does."""
    target = editor.fields.fields[key].editor
    target.setFocus()
    press(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(target, words)


def save(window: FormsWindow) -> None:
    """Ctrl+S, in the window that a dialog has just given back."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def paper_words(editor: Editor) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(editor.paper.pdf)).pages).split())


def screen_words(editor: Editor) -> list[str]:
    labels = [each.text() for each in editor.screen.findChildren(QLabel) if each.isVisibleTo(editor.screen)]
    buttons = [each.text() for each in editor.screen.findChildren(QAbstractButton) if each.isVisibleTo(editor.screen)]
    return [words.replace("&", "") for words in (*labels, *buttons)]


def sections_on_screen(editor: Editor) -> list[str]:
    boxes = sorted(editor.screen._sections, key=lambda box: box.mapTo(editor.screen, QPoint()).y())
    return [box.section.id for box in boxes]


def test_the_list_says_whose_words_each_form_has_and_since_when(window: FormsWindow, school: School) -> None:
    rows = {row.id: row for row in window.page.library.model.rows()}
    assert len(rows) == 14
    assert (rows[STATEMENT].own, rows[STATEMENT].running, rows[STATEMENT].made_by) == (False, 38, "")
    school.do(services.save_form, form=reworded_field(shipped_form(STATEMENT), "discussion", hint="What did we say?"))
    window.page.show_library()
    row = window.page.library.model.row_of(STATEMENT)
    assert (row.own, row.form.version, row.made_by) == (True, 2, "Janet Whitlock")
    place = window.page.library.model.place_of(STATEMENT)
    shown = [window.page.library.model.index(place, column).data() for column in range(9)]
    assert shown[:6] == ["Support staff", "Review statement", "Meeting and statement", "Support staff", "2", "Our own"]
    assert shown[7:] == ["Janet Whitlock", "38 reviews"]


def test_new_words_move_and_question_are_seen_on_screen_and_paper_and_become_version_2(
    qtbot: Any, window: FormsWindow, editor: Editor, school: School, answers: Any
) -> None:
    choose(editor, Place("field", "job_description"))
    retype(editor, "label", "Does the job description still fit?")
    choose(editor, Place("section", "three_years"))
    press(editor.outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.outline.place == Place("section", "three_years")
    press(editor.outline.add, Qt.Key.Key_Space)
    dialog = answers.dialog
    QTest.keyClicks(dialog.label.editor, "What would you like to try?")
    press(dialog.label.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    if dialog.isVisible():  # Return in a text of several lines is a line; the button adds
        press(dialog.act_button, Qt.Key.Key_Space)
    assert editor.outline.place == Place("field", "what_would_you_like_to_try")
    settle(qtbot, editor)
    assert "Does the job description still fit?" in screen_words(editor)
    assert "What would you like to try?" in screen_words(editor)
    on_screen = sections_on_screen(editor)
    assert on_screen.index("three_years") < on_screen.index("needs")
    words = paper_words(editor)
    assert "Does the job description still fit?" in words
    assert "What would you like to try?" in words
    assert words.index("In three years’ time") < words.index("Training and development needs")
    save(window)
    saved = school.read(queries.form, form_id=STATEMENT)
    assert saved.version == 2
    assert saved.field("what_would_you_like_to_try").kind == "long_text"
    assert [each.id for each in saved.sections].index("three_years") == 4
    assert school.read(queries.form, form_id=STATEMENT, version=1) == shipped_form(STATEMENT)
    assert "38 running reviews keep version 1" in window.page.notification.accessibleName()
    assert editor.state.text() == "Support staff. Version 2, our own."
    assert not editor.save.isEnabled()


def test_the_last_save_is_undone_and_the_words_stay(qtbot: Any, window: FormsWindow, editor: Editor, school: School) -> None:
    choose(editor, Place("section", "discussion"))
    retype(editor, "title", "What we talked about")
    save(window)
    assert school.read(queries.form, form_id=STATEMENT).version == 2
    press(editor.outline.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert school.read(queries.form, form_id=STATEMENT).version == 1
    assert editor.edit.before.version == 1
    assert editor.edit.form.sections[0].title == "What we talked about"
    assert editor.save.text() == "Sa&ve as version 2"
    save(window)
    assert school.read(queries.form, form_id=STATEMENT).sections[0].title == "What we talked about"


@pytest.mark.parametrize("place", [Place("field", "comments"), Place("field", "outcomes"), Place("section", "comments")])
def test_what_reviews_are_built_on_cannot_go_and_the_reason_stands_beside_it(editor: Editor, place: Place) -> None:
    before = editor.edit.form
    choose(editor, place)
    reason = editor.outline.note.words()
    assert reason.startswith("‘Review statement’ needs its ")
    press(editor.outline.verb, Qt.Key.Key_Space)
    assert editor.edit.form == before
    assert editor.outline.note.words() == reason
    assert editor.outline.verb.accessibleDescription() == reason


def test_a_question_is_hidden_and_shown_again(qtbot: Any, editor: Editor) -> None:
    choose(editor, Place("field", "achievement"))
    press(editor.outline.verb, Qt.Key.Key_Space)
    settle(qtbot, editor)
    assert editor.edit.form.field("achievement") is None
    assert "An achievement to celebrate" not in screen_words(editor)
    assert "An achievement to celebrate" not in paper_words(editor)
    assert editor.outline.tree.currentItem().text(0) == "An achievement to celebrate (hidden)"
    press(editor.outline.verb, Qt.Key.Key_Space)
    settle(qtbot, editor)
    assert "An achievement to celebrate" in screen_words(editor)


def test_a_question_moves_on_into_the_next_section(editor: Editor) -> None:
    choose(editor, Place("field", "achievement_share"))
    press(editor.outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [field.id for field in editor.edit.form.sections[4].fields] == ["achievement_share", "needs"]
    press(editor.outline.up, Qt.Key.Key_Space)
    assert editor.edit.form == editor.edit.before
    choose(editor, Place("field", "needs"))
    press(editor.outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert "only question" in editor.outline.note.words()


def test_nothing_typed_is_lost_on_an_error(window: FormsWindow, editor: Editor, school: School) -> None:
    choose(editor, Place("section", "discussion"))
    retype(editor, "short", "Far too many words for a step")
    assert "24 characters" in editor.fields.fields["short"].error()
    choose(editor, Place("field", "three_years"))
    retype(editor, "lines", "ninety")
    assert editor.fields.fields["lines"].error() == "Write a whole number from 1 to 40."
    retype(editor, "hint", "Where to?")
    save(window)
    assert school.read(queries.form, form_id=STATEMENT).version == 1
    assert editor.outline.place == Place("section", "discussion")  # there is the first of them
    assert editor.fields.fields["short"].value() == "Far too many words for a step"
    assert QApplication.focusWidget() is editor.fields.fields["short"].editor
    retype(editor, "short", "Talk")
    choose(editor, Place("field", "three_years"))
    assert editor.fields.fields["lines"].value() == "ninety"
    retype(editor, "lines", "9")
    save(window)
    saved = school.read(queries.form, form_id=STATEMENT)
    assert (saved.version, saved.sections[0].short) == (2, "Talk")
    assert (saved.field("three_years").lines, saved.field("three_years").hint) == (9, "Where to?")


def test_choices_are_one_a_line_and_one_alone_is_refused(editor: Editor) -> None:
    choose(editor, Place("field", "job_description"))
    target = editor.fields.fields["choices"].editor
    target.setPlainText("Yes")
    assert editor.fields.fields["choices"].error().endswith("needs at least two choices.")
    target.setPlainText("Yes\nNo\n\nNot sure")
    assert editor.edit.form.field("job_description").choices == ("Yes", "No", "Not sure")
    assert not editor.fields.fields["choices"].error()


def test_leaving_asks_before_anything_is_thrown_away(window: FormsWindow, editor: Editor, school: School, answers: Any) -> None:
    choose(editor, Place("section", "discussion"))
    retype(editor, "title", "What we talked about")
    answers.next(False)
    press(window, Qt.Key.Key_Escape)
    assert window.page.editor is editor
    assert editor.edit.form.sections[0].title == "What we talked about"
    answers.next(True)
    press(editor.discard, Qt.Key.Key_Space)
    assert not editor.edit.changed
    press(window, Qt.Key.Key_Escape)
    assert window.page.editor is None
    assert window.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert school.read(queries.form, form_id=STATEMENT).version == 1


def test_closing_the_window_asks_too_and_its_undo_takes_back_only_its_own_saves(
    qtbot: Any, house: QApplication, school: School, answers: Any
) -> None:
    school.do(services.save_form, form=reworded_field(shipped_form(STATEMENT), "discussion", hint="What did we say?"))
    window = FormsWindow(school)
    qtbot.addWidget(window, before_close_func=forget)
    window.show()
    window.page.undo()
    assert school.read(queries.form, form_id=STATEMENT).version == 2
    window.page.open_form(STATEMENT)
    choose(window.page.editor, Place("section", "discussion"))
    retype(window.page.editor, "title", "What we talked about")
    answers.next(False, True)
    assert not window.close()
    assert window.page.editor.edit.changed
    assert window.close()


def test_a_draft_outlives_the_window_that_the_screen_lock_deletes(qtbot: Any, house: QApplication, school: School) -> None:
    first = FormsWindow(school)
    first.page.open_form(STATEMENT)
    first.page.editor.edit.set_words(Place("section", "discussion"), "title", "What we talked about")
    first.deleteLater()
    second = FormsWindow(school)
    qtbot.addWidget(second, before_close_func=forget)
    assert second.page.library.model.row_of(STATEMENT).unsaved
    second.page.open_form(STATEMENT)
    assert second.page.editor.edit.form.sections[0].title == "What we talked about"
    assert "reviews that are running keep the version they began with" in second.page.editor.note.words()
    drafts.forget(str(school.path), STATEMENT)


def test_back_to_the_form_as_shipped_is_a_new_version(window: FormsWindow, school: School, answers: Any) -> None:
    school.do(services.save_form, form=reworded_field(shipped_form(STATEMENT), "discussion", hint="What did we say?"))
    window.page.open_form(STATEMENT)
    editor = window.page.editor
    assert editor.as_shipped.isEnabled()
    answers.next(True)
    press(editor.as_shipped, Qt.Key.Key_Space)
    assert "They become version 3." in answers.asked[-1]
    saved = school.read(queries.form, form_id=STATEMENT)
    assert saved.version == 3
    assert saved.sections == shipped_form(STATEMENT).sections
    assert school.read(queries.form, form_id=STATEMENT, version=2).field("discussion").hint == "What did we say?"
    assert not editor.as_shipped.isEnabled()


def test_a_form_goes_out_to_a_file_and_comes_back_changed(
    qtbot: Any, window: FormsWindow, editor: Editor, school: School, tmp_path: Path, answers: Any
) -> None:
    answers.next(tmp_path / "ours")
    press(editor.give, Qt.Key.Key_Space)
    file = tmp_path / "ours.toml"
    assert parse_form(file.read_text(encoding="utf-8")) == editor.edit.form
    text = file.read_text(encoding="utf-8").replace("An achievement to celebrate", "Something to be proud of")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())  # as Windows' Notepad keeps it
    answers.next(file)
    press(editor.take, Qt.Key.Key_Space)
    dialog = answers.dialog
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "‘Something to be proud of’: question ‘An achievement to celebrate’, now ‘Something to be proud of’."
    ]
    assert school.read(queries.form, form_id=STATEMENT).version == 1
    press(dialog.act_button, Qt.Key.Key_Space)
    settle(qtbot, editor)
    assert "Something to be proud of" in paper_words(editor)
    assert school.read(queries.form, form_id=STATEMENT).version == 1  # not before it is saved
    save(window)
    assert school.read(queries.form, form_id=STATEMENT).field("achievement").label == "Something to be proud of"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (('title = "Review statement"', "title = "), "‘spoilt.toml’, line 3: this cannot be read (invalid value)."),
        (('kind = "choice"', 'kind = "chioce"'), "Field ‘job_description’ has the kind ‘chioce’"),
        (('purpose = "statement"', 'purpose = "poem"'), "A form cannot become a form for something else."),
        (('id = "support-statement"', 'id = "nobody"'), "No kind of review uses a form called ‘nobody’."),
        (('kind = "comments"', 'kind = "long_text"'), "‘Review statement’ cannot do without the comments"),
    ],
)
def test_a_spoilt_file_is_refused_in_one_sentence(
    window: FormsWindow, school: School, tmp_path: Path, answers: Any, spoil: tuple[str, str], said: str
) -> None:
    file = tmp_path / "spoilt.toml"
    text = form_as_toml(shipped_form(STATEMENT))
    assert spoil[0] in text
    file.write_text(text.replace(*spoil), encoding="utf-8")
    answers.next(file)
    press(window.page.library.take, Qt.Key.Key_Space)
    assert said in answers.told[-1]
    assert window.page.editor is None
    assert school.read(queries.form, form_id=STATEMENT).version == 1


def test_every_letter_and_every_control_is_told_apart(qtbot: Any, window: FormsWindow, editor: Editor) -> None:
    for place in (Place("form"), Place("section", "discussion"), Place("field", "job_description")):
        choose(editor, place)
        settle(qtbot, editor)
        assert not clashes(window)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    for part in (part for kind in kinds for part in editor.findChildren(kind)):
        if part.isVisibleTo(editor) and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert part.accessibleName() or getattr(part, "text", str)(), part


def test_large_text_still_fits_the_smallest_screen(house: QApplication, school: School) -> None:
    try:
        theme.apply("light", 130)
        page = FormsPage(school)
        page.open_form("light-statement")  # the one for whom it says the most
        assert page.editor.minimumSizeHint().width() <= 1366
        assert page.library.minimumSizeHint().width() <= 1366
        page.deleteLater()
    finally:
        theme.apply("light", 100)


def test_paper_alone_takes_the_room_and_the_meeting_form_can_be_looked_at(qtbot: Any, editor: Editor) -> None:
    wide = editor.paper.width()
    press(editor.seen.button("both"), Qt.Key.Key_Right)
    press(editor.seen.button("screen"), Qt.Key.Key_Right)
    assert editor.seen.value() == PAPER
    settle(qtbot, editor)
    assert editor.paper.width() > 2 * wide
    press(editor.paper_kind, Qt.Key.Key_Down)
    settle(qtbot, editor)
    assert "Meeting form" in paper_words(editor)
