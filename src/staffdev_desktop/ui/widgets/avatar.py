"""A person's initials in a round field. There are no photographs in this program."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.names import initials
from staffdev_desktop.ui import theme


def paint_avatar(painter: QPainter, left: float, middle: float, letters: str, size: int = 28) -> None:
    """Draw initials `size` px wide from `left`, centred on the height `middle`."""
    side = theme.px(size)
    box = QRectF(left + 0.5, middle - side / 2 + 0.5, side - 1, side - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("tintline"))
    painter.setBrush(theme.colour("tint"))
    painter.drawEllipse(box)
    painter.setPen(theme.colour("accent"))
    painter.setFont(theme.font(11 if size < 40 else 15, theme.SEMIBOLD))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)


class Avatar(QWidget):
    """Initials of a name: 28 px in lists, 44 on a record. The name stands beside it, so screen readers pass it by."""

    def __init__(self, name: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters, self._size = initials(name), size
        self._measure()

    def set_name(self, name: str) -> None:
        """Show somebody else's initials."""
        self._letters = initials(name)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_size"):
            self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the initials."""
        paint_avatar(QPainter(self), 0, self.height() / 2, self._letters, self._size)

    def _measure(self) -> None:
        self.setFixedSize(theme.px(self._size), theme.px(self._size))
