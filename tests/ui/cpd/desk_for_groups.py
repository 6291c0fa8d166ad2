"""The CPD tab over the practice school, for the tests of groups and of the directory."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.preview import Preview
from tests.ui.cpd.conftest import dialog_of
from tests.ui.pdr.conftest import press

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space
DOWN, RIGHT, DELETE = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Delete
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """The tab on screen, what was said, and the dialog that is open."""

    school: School
    hub: Hub
    tab: Tab
    said: list[tuple[str, str, str, str]]
    answers: Any
    qtbot: Any

    def show(self, view: str, what: object = None) -> Any:
        """One of the views."""
        panel = self.tab.show_view(view, what)
        QApplication.processEvents()
        return panel

    def dialog(self, kind: type) -> Any:
        """The dialog that was just opened: no Alt letter stands for two things in it, and it fits a small laptop."""
        dialog = dialog_of(self.answers, kind)
        assert dialog.width() <= 1366
        assert dialog.height() <= 689
        return dialog

    def act(self, dialog: Any) -> None:
        """Press the button that acts, and let the news go round."""
        dialog.act_button.setFocus()
        press(dialog, SPACE)
        QApplication.processEvents()

    def press(self, widget: QWidget, *keys: Any, hold: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys where the focus is inside a widget."""
        press(widget, *keys, hold=hold)
        QApplication.processEvents()

    def paper(self, show: Callable[[], object]) -> Preview:
        """The preview that something brings up, closed again."""
        show()
        self.qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
        QApplication.processEvents()
        preview = self.dialog(Preview)
        self.qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
        preview.reject()
        return preview
