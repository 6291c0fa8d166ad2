"""The person at the screen: looks at what is asked, and types. Only the system's own windows are answered for them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from staffdev_desktop.ui import messages
from staffdev_desktop.ui.jobs import jobs
from tests.e2e.keyboard import come_back

LONGEST = 25.0  # seconds for anything


class Person(messages.Desk):
    """Stands in for the file dialog and the print dialog, which are the system's; everything else is really shown.

    A question of the program itself is answered by `yes`, and `asked` tells what was asked.
    """

    def __init__(self) -> None:
        self.file: Path | None = None
        self.queue = ""
        self.asked: list[str] = []
        self.dialog: QDialog | None = None

    def ask(self, _parent: Any, question: str, words: str, _act: str, _safe: str) -> bool:
        """Say yes, and remember what to."""
        self.asked.append(f"{question} {words}")
        return True

    def tell(self, _parent: Any, title: str, words: str, details: str) -> None:
        """Nothing is told on the whole way: it would be a problem."""
        raise AssertionError(f"{title} {words} {details}")

    def choose_file(self, *_what: Any) -> str:
        """The file that was put ready."""
        assert self.file is not None, "a file was asked for"
        return str(self.file)

    def choose_printer(self, _parent: Any, printer: QPrinter) -> bool:
        """The school's printer."""
        assert self.queue, "a printer was asked for"
        printer.setPrinterName(self.queue)
        return True

    def open(self, dialog: QDialog) -> None:
        """Show it, as ever, and look at it."""
        self.dialog = dialog
        dialog.open()

    def sees(self, title: str) -> QDialog:
        """Wait for a dialog whose title begins so, with the keyboard in it."""
        wait(lambda: self._shows(title), f"a dialog ‘{title}’")
        assert self.dialog is not None
        come_back(self.dialog)
        return self.dialog

    def is_done(self) -> None:
        """Wait until the last dialog has closed and nothing runs any more; the keyboard goes back to the window."""
        wait(lambda: self.dialog is None or not isValid(self.dialog) or not self.dialog.isVisible(), "the dialog to close")
        self.dialog = None
        idle()

    def _shows(self, title: str) -> bool:
        shown = self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible()
        return shown and self.dialog.windowTitle().startswith(title)


def wait(ready: Callable[[], object], what: str) -> None:
    """Let the program work until something is so. Raises AssertionError after a minute."""
    end = time.monotonic() + LONGEST
    while not ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.002)


def idle() -> None:
    """Until the worker has nothing to do and what it brought is on screen."""
    wait(lambda: not jobs().running, "the worker")
    QApplication.processEvents()


def window_of(widget: QWidget) -> QWidget:
    """The window, with the keyboard in it."""
    come_back(widget.window())
    return widget.window()
