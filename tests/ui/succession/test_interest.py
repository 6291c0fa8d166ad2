"""Leadership interest at the screen: who is offered it, what is promised, and that it is added, removed and put back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.succession.queries import interests
from staffdev_desktop.succession.services import add_interest
from staffdev_desktop.ui.main_window import MainWindow
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.pdr.verbs import INTEREST, verbs_for
from staffdev_desktop.ui.succession.interest import InterestDialog, InterestList
from staffdev_desktop.ui.widgets.mnemonics import clashes


@pytest.fixture
def row(practice_school: School) -> BoardRow:
    return practice_school.read(boards.cycle_board, year=2026)[0]


@pytest.fixture
def window(practice_school: School, house: QApplication, qtbot: object) -> Iterator[MainWindow]:
    made = MainWindow(practice_school, PcSettings())
    qtbot.addWidget(made, before_close_func=lambda window: setattr(window, "_may_close", True))
    made.show()
    yield made
    made.hub.let_go()


def test_a_note_is_written_from_the_review_and_stands_on_the_list(window: MainWindow, row: BoardRow, answers: object) -> None:
    window.show_tab("pdr").actions.do("interest", (row.id,))
    dialog = answers.dialog
    assert isinstance(dialog, InterestDialog)
    assert row.name.split()[0] in dialog.words.text()
    assert "may ask for a copy." in dialog.words.text()
    assert clashes(dialog) == {}
    dialog.act_button.click()
    assert dialog.note.error(), "nothing was written"
    dialog.note.editor.setPlainText("Asked to lead the eco-council.")
    dialog.act_button.click()
    (note,) = window.school.read(interests)
    assert (note.person, note.words) == (row.name, "Asked to lead the eco-council.")
    menu = {action.text(): action for action in window.header.user.menu().actions()}
    menu["&Leadership interest…"].trigger()
    assert isinstance(answers.dialog, InterestList)
    assert answers.dialog.notes.rows == (note,)


def test_a_removed_note_can_be_put_back_in_the_same_window(window: MainWindow, row: BoardRow, answers: object) -> None:
    window.school.do(add_interest, review_id=row.id, words="Asked to lead.")
    window.header.interest_asked.emit()
    notes = answers.dialog.notes
    answers.next(False, True)
    notes.removers[0].click()
    assert len(window.school.read(interests)) == 1
    notes.removers[0].click()
    assert window.school.read(interests) == notes.rows == ()
    notes.undo.click()
    assert [each.words for each in notes.rows] == ["Asked to lead."]
    assert not notes.undo.isVisibleTo(answers.dialog)


def test_typed_words_are_not_thrown_away_unasked(window: MainWindow, row: BoardRow, answers: object) -> None:
    window.hub.interest_requested.emit(row.id)
    dialog = answers.dialog
    dialog.note.editor.setPlainText("Half a")
    answers.next(False, True)
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
    assert window.school.read(interests) == ()


def test_only_those_who_may_are_offered_it(row: BoardRow) -> None:
    assert INTEREST in verbs_for(row, may_run=True, may_note=True)
    assert INTEREST not in verbs_for(row, may_run=True)
    assert INTEREST not in verbs_for(row, may_run=False)


def test_a_reviewer_is_offered_neither_the_list_nor_the_verb(
    practice_school: School, practice_path: Path, house: QApplication, qtbot: object, row: BoardRow, answers: object
) -> None:
    practice_school.add_key_holder(KeyHolder("Marta Nowak", "Reviewer", "reviews in june"))
    practice_school.close()
    with School.open(practice_path, name="Marta Nowak", password="reviews in june") as school:
        made = MainWindow(school, PcSettings())
        qtbot.addWidget(made, before_close_func=lambda window: setattr(window, "_may_close", True))
        assert not any("interest" in action.text() for action in made.header.user.menu().actions())
        assert not made.show_tab("pdr")._may_note
        made.hub.let_go()
