"""The ring: hours done of hours owed in a year, the number inside, a tick where the term's hours end. Words stand beside it, always."""

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from staffdev_desktop.ui import theme

SIDE, STROKE = 92, 11  # px at 100 per cent
TICK_REACH = 2  # px beyond the stroke at either side
FULL = 5760  # Qt counts sixteenths of a degree


class Ring(QWidget):
    """Shows a share of a whole. `set_share` says which, and what stands inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._tick = 0.0, None
        self._big, self._small = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, big: str, small: str, *, tick: float | None = None) -> None:
        """Fill this share (0 to 1; more is full); `tick` marks another one. `big` stands over `small` inside."""
        self._share, self._tick = min(max(share, 0.0), 1.0), tick
        self._big, self._small = big, small
        self.setAccessibleName(f"{big} {small}")
        self.update()

    def sizeHint(self) -> QSize:
        """92 px at 100 per cent."""
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole, the share, the tick, the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = theme.px(STROKE)
        room = QRectF(self.rect()).adjusted(stroke / 2 + 2, stroke / 2 + 2, -stroke / 2 - 2, -stroke / 2 - 2)
        for name, share in (("sunken", 1.0), ("accent", self._share)):
            painter.setPen(QPen(theme.colour(name), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(room, FULL // 4, -round(FULL * share))
        if self._tick is not None:
            self._draw_tick(painter, room, stroke)
        self._draw_words(painter)

    def _draw_tick(self, painter: QPainter, room: QRectF, stroke: int) -> None:
        line = QLineF.fromPolar(room.width() / 2 + stroke / 2 + TICK_REACH, 90 - 360 * self._tick).translated(room.center())
        inner = QLineF.fromPolar(room.width() / 2 - stroke / 2 - TICK_REACH, 90 - 360 * self._tick).translated(room.center())
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.drawLine(QPointF(inner.p2()), QPointF(line.p2()))

    def _draw_words(self, painter: QPainter) -> None:
        middle = self.height() / 2
        for words, size, weight, name, top in (
            (self._big, 18, theme.SEMIBOLD, "text", middle - theme.px(20)),
            (self._small, 12, theme.NORMAL, "text2", middle + theme.px(3)),
        ):
            painter.setFont(theme.font(size, weight))
            painter.setPen(theme.colour(name))
            painter.drawText(QRectF(0, top, self.width(), theme.px(22 if size > 12 else 16)), Qt.AlignmentFlag.AlignCenter, words)
