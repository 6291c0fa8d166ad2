"""Words on one line that are cut with … where there is no room: for names, which may be long."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from staffdev_desktop.ui import theme


class Elided(QLabel):
    """Words on one line that are cut with … where there is no room, and then said in full by the tool tip. At most `most` px wide."""

    def __init__(self, role: str, parent: QWidget, most: int = 0) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Maximum if most else QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words, up to the most."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), theme.px(self._most)), hint.height()) if self._most else hint

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(theme.px(24), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, as far as they fit."""
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if words == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
