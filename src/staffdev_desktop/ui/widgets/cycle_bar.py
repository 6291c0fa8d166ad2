"""The bar of a cycle: one segment per stage, as long as its share, with its count and name under it. Every segment is a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import draw_words, paint_focus_box

BAR, GAP = 14, 2
SHADES = 6


@dataclass(frozen=True)
class StageCount:
    """A stage of the cycle and how many reviews stand in it."""

    key: str
    name: str
    count: int


class _StageButton(QAbstractButton):
    def __init__(self, parent: QWidget, shade: int, stage: StageCount) -> None:
        super().__init__(parent)
        self.shade, self.stage = shade, stage
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{stage.name}: {stage.count}")
        self.setToolTip(f"{stage.name}: {stage.count}")

    def least_width(self) -> int:
        return theme.metrics(12).horizontalAdvance(self.stage.name) + 8

    def sizeHint(self) -> QSize:
        return QSize(self.least_width(), theme.px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, wide = theme.px(BAR), self.width() - GAP
        painter.setPen(theme.colour("accent"))
        painter.setBrush(theme.colour(f"stage{self.shade}"))
        painter.drawRoundedRect(QRectF(0.5, 1.5, wide - 1, high - 1), 2, 2)
        draw_words(painter, QRect(0, high + 5, wide, theme.px(20)), str(self.stage.count), 16, theme.SEMIBOLD)
        colour = "accent" if self.underMouse() else "text2"
        draw_words(painter, QRect(0, high + 5 + theme.px(19), wide, theme.px(16)), self.stage.name, 12, theme.NORMAL, colour)
        if self.hasFocus():
            paint_focus_box(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))


class CycleBar(QWidget):
    """Shows how many reviews stand in each stage. `opened(key)` when a stage is clicked or Enter or Space is pressed on it."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[_StageButton] = []
        self.setAccessibleName("Cycle by stage")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stages(self, stages: Sequence[StageCount]) -> None:
        """Show these stages in this order; focus stays on the stage it was on."""
        focused = next((button.stage.key for button in self._buttons if button.hasFocus()), None)
        for button in self._buttons:
            button.setParent(None)
            button.deleteLater()
        first = SHADES + 1 - len(stages)  # the last stage is the darkest, however many come before it
        self._buttons = [_StageButton(self, max(1, first + number), stage) for number, stage in enumerate(stages)]
        for button in self._buttons:
            button.clicked.connect(self._pressed)
            button.show()
            if button.stage.key == focused:
                button.setFocus()
        self.updateGeometry()
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as bar, count and name."""
        return QSize(sum(button.least_width() + GAP for button in self._buttons), theme.px(56))

    def minimumSizeHint(self) -> QSize:
        """Names may be cut when there is very little room."""
        return QSize(theme.px(240), theme.px(56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _pressed(self) -> None:
        self.opened.emit(self.sender().stage.key)

    def _lay_out(self) -> None:
        """Each stage gets room for its name; what is left goes by count."""
        least = [button.least_width() for button in self._buttons]
        total = sum(button.stage.count for button in self._buttons) or 1
        fair = [self.width() * button.stage.count / total for button in self._buttons]
        tight = [max(need, share) for need, share in zip(least, fair, strict=True)]
        over = sum(tight) - self.width()
        spare = sum(wide - need for wide, need in zip(tight, least, strict=True))
        left = 0.0
        for button, wide, need in zip(self._buttons, tight, least, strict=True):
            given = wide - (wide - need) * over / spare if over > 0 and spare > 0 else wide
            button.setGeometry(round(left), 0, round(left + given) - round(left), self.height())
            left += given
