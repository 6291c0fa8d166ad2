"""A stack of pages that asks for no more room than the page shown: Qt's own asks for the widest of all of them."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class CurrentStack(QStackedWidget):
    """Pages on top of each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def sizeHint(self) -> QSize:
        """What the page shown would like."""
        return self.currentWidget().sizeHint() if self.count() else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the page shown needs."""
        return self.currentWidget().minimumSizeHint() if self.count() else super().minimumSizeHint()

    def _turned(self, _place: int) -> None:
        self.updateGeometry()
