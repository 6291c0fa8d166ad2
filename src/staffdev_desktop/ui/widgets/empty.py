"""What is shown where there is nothing yet: what is missing, what to do, one button."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import PrimaryButton
from staffdev_desktop.ui.widgets.fields import role_label


class EmptyState(QFrame):
    """Says what is missing and what to do. `button` is a PrimaryButton to connect, or None."""

    def __init__(
        self, icon: str, missing: str, what_to_do: str, verb: str = "", verb_icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("empty", True)
        self._icon_name = icon
        self._icon = QLabel(self)
        self._missing = role_label(missing, "strong", self, wrap=True)
        self._what = role_label(what_to_do, "second", self, wrap=True)
        self.button = PrimaryButton(verb, verb_icon, self) if verb else None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(6)
        column.addStretch(1)
        for label in (self._icon, self._missing, self._what):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        if self.button:
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._dress()

    def set_words(self, missing: str, what_to_do: str) -> None:
        """Say something else: nothing found is not the same as nothing there."""
        self._missing.setText(missing)
        self._what.setText(what_to_do)

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon_name"):
            self._dress()

    def _dress(self) -> None:
        self._icon.setPixmap(theme.pixmap(self._icon_name, "text3", 28))
