"""The row of tabs under the header: icon and word, the one shown in accent with a line beneath. Alt and its letter goes there."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.fields import plain_words

HEIGHT, SIDE, GAP, ICON = 38, 14, 7, 16


class Tabs(QTabBar):
    """Widths are measured in semibold, so nothing moves when another tab is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons: list[str] = []
        self._hover = -1
        self.setAccessibleName("Pages")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, words: str, icon: str) -> int:
        """Put another tab at the right; `words` with an & before the Alt letter."""
        self._icons.append(icon)
        place = self.addTab(words)
        self.setAccessibleTabName(place, plain_words(words))
        return place

    def tabSizeHint(self, place: int) -> QSize:
        """Room for icon and words."""
        wide = theme.metrics(13, theme.SEMIBOLD).horizontalAdvance(plain_words(self.tabText(place)))
        return QSize(wide + theme.px(2 * SIDE + ICON + GAP) + 2, theme.px(HEIGHT))

    def minimumTabSizeHint(self, place: int) -> QSize:
        """Words are never cut."""
        return self.tabSizeHint(place)

    def event(self, event: QEvent) -> bool:
        """Know which tab is under the pointer."""
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverEnter):
            self._show_hover(self.tabAt(event.position().toPoint()))
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self._show_hover(-1)
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All tabs, from left to right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        for place in range(self.count()):
            self._paint_tab(painter, place, self.tabRect(place))

    def _paint_tab(self, painter: QPainter, place: int, rect: QRect) -> None:
        shown = place == self.currentIndex()
        if shown and self.hasFocus():
            painter.fillRect(rect, theme.colour("tint"))
        elif place == self._hover and not shown:
            painter.fillRect(rect, theme.colour("hover"))
        colour = "accent" if shown else "text2"
        side = theme.px(ICON)
        left = rect.x() + theme.px(SIDE)
        painter.drawPixmap(left, rect.y() + (rect.height() - side) // 2, theme.pixmap(self._icons[place], colour))
        painter.setPen(theme.colour(colour))
        painter.setFont(theme.font(13, theme.SEMIBOLD if shown else theme.NORMAL))
        words = rect.adjusted(theme.px(SIDE + ICON + GAP), 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(words, flags, self.tabText(place))
        if shown:
            painter.fillRect(rect.x() + theme.px(10), rect.bottom() - 2, rect.width() - theme.px(20), 3, theme.colour("accent"))

    def _show_hover(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            self.update()


class TabStrip(QWidget):
    """The tabs on their own ground, with a line beneath."""

    def __init__(self, tabs: Tabs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(tabs)
        row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
