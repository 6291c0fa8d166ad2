"""The bar of hours: how much of what is due was done, and a mark for how much of it is due by now. The words stand beside it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from staffdev_desktop.ui import theme

HIGH, MARK_WIDE, MARK_HIGH = 8, 2, 14


def paint_hours_bar(painter: QPainter, left: float, middle: float, wide: float, *, done: int, due: int, by_now: int) -> None:
    """Draw it from `left`, centred on the height `middle`; minutes. The mark is left out where nothing is due yet."""
    high, mark = theme.px(HIGH), theme.px(MARK_HIGH)
    box = QRectF(left + 0.5, middle - high / 2 + 0.5, wide - 1, high - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("muteline"))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(box, high / 2, high / 2)
    share = min(done / due, 1.0) if due else 0.0
    if share:
        painter.setPen(theme.colour("accent"))
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(box.x(), box.y(), max(box.width() * share, high), box.height()), high / 2, high / 2)
    if due and by_now > 0:
        at = left + min(by_now / due, 1.0) * wide
        painter.fillRect(QRectF(round(min(at, left + wide - MARK_WIDE)), round(middle - mark / 2), MARK_WIDE, mark), theme.colour("text"))


class HoursBar(QWidget):
    """The bar as a widget; `set_hours` takes minutes. A screen reader hears the words that `name` gives it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._due, self._by_now = 0, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_hours(self, done: int, due: int, by_now: int = 0, *, name: str = "") -> None:
        """Show these minutes."""
        self._done, self._due, self._by_now = done, due, by_now
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its mark."""
        return QSize(theme.px(120), theme.px(MARK_HIGH))

    def minimumSizeHint(self) -> QSize:
        """It may be short."""
        return QSize(theme.px(40), theme.px(MARK_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it with the painter that tables use."""
        painter = QPainter(self)
        paint_hours_bar(painter, 0, self.height() / 2, self.width(), done=self._done, due=self._due, by_now=self._by_now)
