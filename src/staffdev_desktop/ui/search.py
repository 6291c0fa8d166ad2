"""Ctrl+K: find a person or a review from anywhere. Results under the box, chosen with Up, Down and Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.search_box import SearchBox

MOST_SHOWN, ROW_HEIGHT = 9, 42
ICONS = {"person": "user", "review": "pdr", "post": "brief", "paper": "doc"}
_HIT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Hit:
    """Something found: `kind` is person, review, post or paper; `id` is its row's; a title and a second line."""

    kind: str
    id: int
    title: str
    detail: str = ""


Provider = Callable[[str], Sequence[Hit]]


class _HitDelegate(QStyledItemDelegate):
    """Icon, title, and what it is beneath."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        hit, rect = index.data(_HIT_ROLE), option.rect
        painter.save()
        if index == self.parent().currentIndex():
            painter.fillRect(rect, theme.colour("tint"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        left = rect.x() + theme.px(14)
        side = theme.px(16)
        if hit is None:
            painter.setPen(theme.colour("text2"))
            painter.drawText(rect.adjusted(theme.px(14), 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        painter.drawPixmap(left, rect.y() + (rect.height() - side) // 2, theme.pixmap(ICONS[hit.kind], "accent"))
        from staffdev_desktop.ui.widgets.delegates import paint_two_lines

        paint_two_lines(painter, rect.adjusted(theme.px(40), 0, -theme.px(10), 0), hit.title, hit.detail)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index) -> QSize:
        return QSize(theme.px(300), theme.px(ROW_HEIGHT))


class SearchResults(QFrame):
    """Lies over the page under the search box. Focus stays in the box; `chosen(Hit)` on Enter or a click."""

    chosen = Signal(object)

    def __init__(self, box: SearchBox, window: QWidget, providers: Sequence[Provider] = ()) -> None:
        super().__init__(window)
        self.providers = list(providers)
        self._box = box
        self.setProperty("notice", True)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setAccessibleName("Found")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.list)
        box.textChanged.connect(self.look)
        box.installEventFilter(self)
        self.hide()

    def look(self, text: str) -> None:
        """Find at once, with every letter."""
        if len(text.strip()) < 2:
            self.hide()
            return
        hits = [hit for provider in self.providers for hit in provider(text.strip())]
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(_HIT_ROLE, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.detail}")
            self.list.addItem(item)
        if not hits:
            self.list.addItem(QListWidgetItem(f"Nobody and nothing is called ‘{text.strip()[:30]}’"))
        self.list.setCurrentRow(0)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys for the list while the box has the focus; leaving the box closes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.isHidden():
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def _take(self, item: QListWidgetItem | None) -> None:
        hit = item.data(_HIT_ROLE) if item else None
        if hit is not None:
            self.hide()
            self._box.clear()
            self._box.clearFocus()
            self.chosen.emit(hit)

    def _settle(self) -> None:
        shown = min(self.list.count(), MOST_SHOWN)
        corner = self._box.mapTo(self.parentWidget(), QPoint(0, self._box.height() + 4))
        self.setGeometry(corner.x(), corner.y(), self._box.width(), shown * theme.px(ROW_HEIGHT) + 4)
        self.show()
        self.raise_()
