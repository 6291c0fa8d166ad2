"""What the window's tests share: answers instead of dialogs, the house's look, this PC's data in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from staffdev_desktop.ui import crash, messages, theme
from staffdev_desktop.ui.jobs import jobs


class Answers:
    """Stands in for the person: what the next questions are answered with, and what was asked.

    `answers.next(True)` before what asks. A question without an answer fails the test instead of waiting for ever. Sentences that are
    only told need no answer. Dialogs with fields (messages.show) are really opened: drive them; `answers.dialog` is the last one.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.told: list[str] = []
        self.dialog: QDialog | None = None
        self._next: list[Any] = []

    def next(self, *answers: Any) -> None:
        """Answer the next questions with these: True or False, a path, the name of a printer."""
        self._next.extend(answers)

    def left(self) -> int:
        """How many answers nobody asked for."""
        return len(self._next)

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        assert self._next, f"asked without an answer: {question}"
        return self._next.pop(0)

    def ask(self, _parent: Any, question: str, words: str, _act: str, _safe: str) -> bool:
        return bool(self._answer(f"{question} {words}".strip()))

    def tell(self, _parent: Any, title: str, words: str, _details: str) -> None:
        self.told.append(f"{title} {words}".strip())

    def choose_file(self, _parent: Any, title: str, _kinds: str, _folder: str) -> str:
        return str(self._answer(title) or "")

    def save_file(self, _parent: Any, title: str, _kinds: str, _suggested: str) -> str:
        return str(self._answer(title) or "")

    def choose_folder(self, _parent: Any, title: str, _folder: str) -> str:
        return str(self._answer(title) or "")

    def choose_printer(self, _parent: Any, printer: Any) -> bool:
        name = self._answer("Which printer?")
        if name:
            printer.setPrinterName(name)
        return bool(name)

    def open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """Every dialog is answered by the test; one that would wait for a person raises."""
    made = Answers()
    monkeypatch.setattr(messages, "_desk", made)

    def wait_for_a_person(*_arguments: Any, **_more: Any) -> None:
        raise AssertionError("this waits for a person: go through ui/messages.py")

    for kind, names in (
        (QDialog, ("exec",)),
        (QMessageBox, ("exec", "question", "information", "warning", "critical")),
        (QFileDialog, ("exec", "getOpenFileName", "getSaveFileName", "getExistingDirectory")),
    ):
        for name in names:
            monkeypatch.setattr(kind, name, wait_for_a_person)
    yield made
    assert not made.left(), "an answer was given that nobody asked for"


@pytest.fixture(autouse=True)
def this_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this PC's settings, logs and backups go in a test."""
    monkeypatch.setenv("STAFFDEV_DATA", str(tmp_path / "user data"))
    crash._shown.clear()
    return tmp_path / "user data"


@pytest.fixture(autouse=True)
def _worker_is_idle(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test leaves work behind that reports into the next one, nor widgets: each is restyled with every later change of the look."""
    yield
    if QApplication.instance() is None:
        return
    if (queue := jobs()).running:
        queue.stop_all()
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # outside an event loop nobody else delivers these


@pytest.fixture
def house(qapp: QApplication) -> QApplication:
    """The application in the light theme at 100 %."""
    theme.apply("light", 100)
    return qapp
