"""What every page of the settings is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.hub import Hub


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


def frame_list(one: QListWidget) -> None:
    """Draw a list's edge like a field's: it stands on the dialog, not in a card."""
    one.setStyleSheet(
        "QListWidget { border: 1px solid palette(dark); border-radius: 4px; padding: 1px; }"
        "QListWidget:focus { border: 2px solid palette(highlight); padding: 0; }"
    )
