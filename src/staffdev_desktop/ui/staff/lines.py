"""The lines of a record's cards: a day or year, words, something at the right. Each opens what it stands for, by mouse or key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText, badge_size, paint_badge
from staffdev_desktop.ui.widgets.buttons import PaintedButton
from staffdev_desktop.ui.widgets.delegates import draw_words, paint_two_lines
from staffdev_desktop.ui.widgets.fields import role_label

LEAD = 64
LINE_HEIGHT, TWO_LINES_HEIGHT = 24, 42
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Line:
    """One line: `lead` stands before the words in small letters, `second` at the right end, `strong` is what holds today.

    `key` is what is told when the line is opened. With `below` it takes two lines, and the lead stands in a ring.
    """

    key: object
    words: str
    lead: str = ""
    second: str = ""
    strong: bool = False
    below: str = ""
    badge: BadgeText | None = None

    def spoken(self) -> str:
        """The line for a screen reader."""
        return ", ".join(part for part in (self.lead, self.words, self.below, self.second, self.badge.words if self.badge else "") if part)


class LineButton(PaintedButton):
    """A line as a button: Enter and Space open it, Up and Down go along."""

    def __init__(self, line: Line, lead: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._lead = lead
        self.set_line(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_line(self, line: Line) -> None:
        """Show another line."""
        self.line = line
        self.setAccessibleName(line.spoken())
        self.setToolTip(line.spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line of the design language, or two."""
        return QSize(theme.px(120), theme.px(TWO_LINES_HEIGHT if self.line.below else LINE_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, lead, words, and what stands at the right."""
        painter = QPainter(self)
        rect, line = self.rect(), self.line
        if self.underMouse() or self.hasFocus():
            painter.fillRect(rect, theme.colour("hover"))
        if line.below:
            painter.fillRect(0, 0, rect.width(), 1, theme.colour("line2"))
        right = rect.right() - 2
        if line.badge:
            wide = badge_size(line.badge).width()
            paint_badge(painter, right - wide, rect.height() / 2, line.badge)
            right -= wide + 8
        elif line.second:
            wide = min(theme.metrics(12).horizontalAdvance(line.second) + 2, rect.width() // 2)
            draw_words(painter, QRect(right - wide, 0, wide, rect.height()), line.second, 12, theme.NORMAL, "text2", _RIGHT)
            right -= wide + 8
        left = rect.x() + theme.px(self._lead)
        room = QRect(left, 0, right - left, rect.height())
        if line.below:
            self._paint_ring(painter)
            paint_two_lines(painter, room, line.words, line.below, theme.NORMAL)
        else:
            draw_words(painter, QRect(rect.x() + 2, 0, theme.px(self._lead) - 6, rect.height()), line.lead, 12, theme.NORMAL, "text3")
            draw_words(painter, room, line.words, 13, theme.SEMIBOLD if line.strong else theme.NORMAL)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -1.5, -1.5))
            painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -2.5, -2.5))

    def _paint_ring(self, painter: QPainter) -> None:
        """A number in a ring, as picture 02 counts targets."""
        side = theme.px(20)
        ring = QRectF(2.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("field"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font(12, theme.SEMIBOLD))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, self.line.lead)
        painter.restore()


class Lines(QWidget):
    """A column of lines, and a sentence where there are none. `opened(key)` when one is pressed."""

    opened = Signal(object)

    def __init__(self, nothing: str, lead: int = LEAD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = lead
        self._shown: tuple[Line, ...] | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.buttonClicked.connect(self._tell)
        self._nothing = role_label(nothing, "hint", self, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._nothing)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        buttons = self._group.buttons()  # used again: to make them anew for each record would be felt
        for line, button in zip(lines, buttons, strict=False):
            button.set_line(line)
            button.show()
        for line in lines[len(buttons) :]:
            button = LineButton(line, self._lead, self)
            self._group.addButton(button)
            self._column.addWidget(button)
            button.show()
        for button in buttons[len(lines) :]:
            button.hide()
        self._nothing.setVisible(not lines)

    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._shown or ()

    def _tell(self, button: LineButton) -> None:
        self.opened.emit(button.line.key)
