"""‘Saved’ with its time, or what could not be saved, in the words of a meeting."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.fields import role_label


class SavedLine(QWidget):
    """An icon, a word and a detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self.words = role_label("Everything is saved", "strong", self)
        self.detail = role_label("", "small", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self._icon, self.words, self.detail):
            row.addWidget(widget)
        self._say("Everything is saved", "", ("check", "ok"))

    def show_saved(self, moment: datetime) -> None:
        """It is on disk."""
        self._say("Saved", f"{moment:%H:%M:%S}, as you type", ("check", "ok"))

    def show_problem(self, sentence: str) -> None:
        """It is not on disk, and still on screen."""
        self._say("Not saved", sentence, ("late", "late"))

    def _say(self, words: str, detail: str, icon: tuple[str, str]) -> None:
        self.words.setText(words)
        self.detail.setText(detail)
        self._icon.setPixmap(theme.pixmap(icon[0], icon[1], 16))
        self.setAccessibleName(f"{words} {detail}".strip())
