"""Every dialog goes one way, and tests stand at its end."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from staffdev_desktop.kernel.errors import Conflict, Fault, FileProblem, UserError
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.widgets.dialog import HouseDialog


def test_a_dialog_that_would_wait_raises_in_a_test(qapp: object) -> None:
    for wait in (lambda: QDialog().exec(), lambda: QMessageBox.question(None, "a", "b"), lambda: QFileDialog.getOpenFileName(None)):
        with pytest.raises(AssertionError, match="waits for a person"):
            wait()


def test_a_question_without_an_answer_fails_the_test(qapp: object) -> None:
    with pytest.raises(AssertionError, match="without an answer"):
        messages.ask(None, "Really?", act="&Do it")


def test_questions_and_paths_are_answered_in_order(qapp: object, answers: object, tmp_path: Path) -> None:
    answers.next(True, tmp_path / "list.csv", None)
    assert messages.ask(None, "Go on?", "It changes.", act="&Go on")
    assert messages.choose_file(None, "Which list?") == tmp_path / "list.csv"
    assert messages.choose_folder(None, "Where?") is None
    assert answers.asked == ["Go on? It changes.", "Which list?", "Where?"]


def test_each_problem_is_told_with_its_next_step(qapp: object, answers: object) -> None:
    messages.problem(None, FileProblem(Fault.HELD, "Janet has it open.", "Close it there."))
    messages.problem(None, UserError("Write a name."))
    messages.problem(None, Conflict("Changed meanwhile."))
    messages.problem(None, ZeroDivisionError())
    assert answers.told == [
        "Janet has it open. Close it there.",
        "That does not work yet Write a name.",
        "That was not saved Changed meanwhile.",
    ]


def test_a_dialog_with_fields_opens_and_tells_when_it_is_accepted(qtbot: object, answers: object) -> None:
    accepted: list[bool] = []
    dialog = HouseDialog("Add?", safe="&Cancel", act="&Add")
    messages.show(dialog, lambda: accepted.append(True))
    assert answers.dialog is dialog
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert accepted == [True]
