"""The card beside a list or a grid: of one width, whatever is in it, and never what makes the window higher."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.cards import Card


class SideCard(Card):
    """`width` is px at 100 per cent; it grows with the text size."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_width"):
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(theme.px(self._width))
