"""What every page of the settings is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label


class SettingsPage(QWidget):
    """`name` is how other parts ask for it, `title` stands in the list. `save` writes what was changed, or raises UserError."""

    name, title = "", ""
    touched = Signal()

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.school, self.hub = school, hub
        self.changed = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def touch(self, *_what: object) -> None:
        """Something was changed and is not saved yet."""
        self.changed = True
        self.touched.emit()

    def save(self) -> None:
        """Write it. Raises UserError with the field, Conflict, FileProblem."""

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Say on the field what is wrong; False if the page has no such field."""
        return False


class OrderedPage(SettingsPage):
    """A list that a school keeps in its own order, with buttons beside it. Call `lay_out` once."""

    def lay_out(self, words: str, view: QAbstractItemView, thing: str) -> None:
        """What the list is for, the list, and its buttons; `thing` is one line of it, ‘group’."""
        self.problem = NoteLine(self)
        self.add = PlainButton(f"&Add a {thing}", "plus", self)
        self.up = PlainButton("Move &up", parent=self)
        self.down = PlainButton("Move &down", parent=self)
        self.remove = PlainButton("&Remove", parent=self)
        buttons, row = QVBoxLayout(), QHBoxLayout()
        for button, do in ((self.add, self._add), (self.up, self._up), (self.down, self._down), (self.remove, self._remove)):
            button.clicked.connect(do)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row.addWidget(view, 1)
        row.addLayout(buttons)
        self.column.addWidget(role_label(words, "second", self, wrap=True))
        self.column.addLayout(row, 1)

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Under the list."""
        self.problem.show_words(sentence, error=True)
        return True

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _add(self) -> None:
        raise NotImplementedError

    def _move(self, step: int) -> None:
        raise NotImplementedError

    def _remove(self) -> None:
        raise NotImplementedError


def frame_list(one: QListWidget) -> None:
    """Draw a list's edge like a field's: it stands on the dialog, not in a card."""
    one.setStyleSheet(
        "QListWidget { border: 1px solid palette(dark); border-radius: 4px; padding: 1px; }"
        "QListWidget:focus { border: 2px solid palette(highlight); padding: 0; }"
    )
