"""The only way to a dialog (DESIGN section 10). Tests put answers in place of the desk, so that none of them ever waits for a person."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.ui.widgets.dialog import HouseDialog

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Desk:
    """Asks the person at the screen. Tests put another in its place."""

    def ask(self, parent: QWidget | None, question: str, words: str, act: str, safe: str) -> bool:
        """Show a question and wait for the answer."""
        dialog = HouseDialog(question, words, safe=safe, act=act, parent=parent)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()

    def tell(self, parent: QWidget | None, title: str, words: str, details: str) -> None:
        """Show something that must be read."""
        dialog = HouseDialog(title, words, safe="&Close", parent=parent)
        if details:
            dialog.add_left(_copy_button(details, dialog))
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    def choose_file(self, parent: QWidget | None, title: str, kinds: str, folder: str) -> str:
        """Ask for a file that is there."""
        return QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]

    def save_file(self, parent: QWidget | None, title: str, kinds: str, suggested: str) -> str:
        """Ask where to write."""
        return QFileDialog.getSaveFileName(parent, title, suggested, kinds)[0]

    def choose_folder(self, parent: QWidget | None, title: str, folder: str) -> str:
        """Ask for a folder."""
        return QFileDialog.getExistingDirectory(parent, title, folder)

    def choose_printer(self, parent: QWidget | None, printer: "QPrinter") -> bool:
        """The system's print dialog."""
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(printer, parent)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()

    def open(self, dialog: QDialog) -> None:
        """Show a dialog with fields and go on at once."""
        dialog.open()


_desk = Desk()


def ask(parent: QWidget | None, question: str, words: str = "", *, act: str, safe: str = "&Cancel") -> bool:
    """A question with two verbs; Esc is the safe one. `words` say what changes."""
    return _desk.ask(_window(parent), question, words, act, safe)


def tell(parent: QWidget | None, title: str, words: str = "", *, details: str = "") -> None:
    """Something that must be read before going on. `details` can be copied, for whoever gives support."""
    _desk.tell(_window(parent), title, words, details)


def problem(parent: QWidget | None, error: BaseException) -> None:
    """Say what went wrong and what to do: for UserError, Conflict and FileProblem. A bug was shown by ui/crash.py already."""
    if isinstance(error, FileProblem):
        tell(parent, error.message, error.next_step)
    elif isinstance(error, UserError | Conflict):
        tell(parent, "That was not saved" if isinstance(error, Conflict) else "That does not work yet", error.message)


def choose_file(parent: QWidget | None, title: str, *, kinds: str = "All files (*)", folder: Path | None = None) -> Path | None:
    """Which file? `kinds` as Qt writes them: ‘Spreadsheets (*.xlsx *.csv);;All files (*)’. None if the person thought better of it."""
    return _path(_desk.choose_file(_window(parent), title, kinds, str(folder or "")))


def save_file(parent: QWidget | None, title: str, *, suggested: Path, kinds: str = "All files (*)") -> Path | None:
    """Under which name? A file that is there already is asked about by the system's dialog."""
    return _path(_desk.save_file(_window(parent), title, kinds, str(suggested)))


def choose_folder(parent: QWidget | None, title: str, *, folder: Path | None = None) -> Path | None:
    """Which folder?"""
    return _path(_desk.choose_folder(_window(parent), title, str(folder or "")))


def choose_printer(parent: QWidget | None, printer: "QPrinter") -> bool:
    """Which printer, which pages, how many copies? The answer is in `printer`."""
    return _desk.choose_printer(_window(parent), printer)


def show(dialog: QDialog, on_accepted: Callable[[], None] | None = None) -> None:
    """Open a dialog with fields over its parent's window and go on at once; it is deleted when it closes.

    Read its fields in its own `check`, or in `on_accepted`, which is called when it was accepted and before it is deleted.
    """
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if on_accepted:
        dialog.accepted.connect(on_accepted)
    _desk.open(dialog)


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None


def _window(parent: QWidget | None) -> QWidget | None:
    return parent.window() if parent else QApplication.activeWindow()


def _copy_button(details: str, parent: QWidget) -> QWidget:
    from staffdev_desktop.ui.widgets.buttons import QuietButton

    button = QuietButton("Copy &details", "clip", parent)
    button.clicked.connect(lambda: QApplication.clipboard().setText(details))
    return button
