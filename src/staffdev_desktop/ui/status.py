"""The line at the bottom: everything saved, which file, when it was last backed up."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from staffdev_desktop.kernel.dates import moment_in_sentence
from staffdev_desktop.ui import theme

HEIGHT = 24


class _Item(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str, colour: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._colour = icon, colour
        self._picture, self.label = QLabel(self), QLabel(words, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._picture)
        row.addWidget(self.label)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "label"):
            self._dress()

    def _dress(self) -> None:
        self._picture.setPixmap(theme.pixmap(self._icon, self._colour, 14))


class StatusLine(QStatusBar):
    """Facts, not messages: those are notifications."""

    def __init__(self, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setContentsMargins(12, 0, 12, 0)
        self._saved = _Item("check", "ok", "All changes saved", self)
        self._file = QLabel(f"{file_name} · kept on this PC only", self)
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._backup = _Item("backup", "text2", "", self)
        self._saved.setContentsMargins(0, 0, 14, 0)
        self.addWidget(self._saved)
        self.addWidget(self._file)
        self.addPermanentWidget(self._backup)
        self.set_backup(None)

    def set_backup(self, last: datetime | None) -> None:
        """Say when the last backup was made."""
        self._backup.label.setText(f"Last backup {moment_in_sentence(last).replace(' at ', ', ')}" if last else "No backup yet")

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(HEIGHT))

    def words(self) -> str:
        """All of it, for a test or a screen reader."""
        return " · ".join((self._saved.label.text(), self._file.text(), self._backup.label.text()))
