"""A list in groups, each line with initials or a time before it: the chase list and the calendar of meetings."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from staffdev_desktop.kernel.names import initials
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.models import GroupedRow, GroupHead, GroupLine
from staffdev_desktop.ui.widgets.avatar import paint_avatar
from staffdev_desktop.ui.widgets.badge import badge_size, paint_badge
from staffdev_desktop.ui.widgets.delegates import ROW_ROLE, draw_words, paint_two_lines

LINE_HEIGHT, HEAD_HEIGHT, SIDE = 42, 26, 14


class GroupedModel(QAbstractListModel):
    """Heads and lines. A head cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GroupedRow, ...] = ()

    def rows(self) -> tuple[GroupedRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[GroupedRow]) -> bool:
        """Show these; whether anything is different."""
        if tuple(rows) == self._rows:
            return False
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        return True

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Heads and lines together."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Lines can be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], GroupLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, GroupHead) else row.first
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.count}" if isinstance(row, GroupHead) else row.spoken()
        return row if role == ROW_ROLE else None


class GroupedDelegate(QStyledItemDelegate):
    """Paints heads on the sunken ground and lines of two."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A head or a line."""
        painter.save()
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupHead):
            self._head(painter, option.rect, row, first=index.row() == 0)
        else:
            self._line(painter, option.rect, row, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Lines of 42, heads of 26."""
        return QSize(theme.px(200), theme.px(HEAD_HEIGHT if isinstance(index.data(ROW_ROLE), GroupHead) else LINE_HEIGHT))

    def _head(self, painter: QPainter, rect: QRect, head: GroupHead, *, first: bool) -> None:
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if not first:
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, theme.colour("line"))
        room = rect.adjusted(SIDE, 0, -SIDE, -1)
        count = theme.metrics(12, theme.SEMIBOLD).horizontalAdvance(str(head.count))
        draw_words(painter, room.adjusted(0, 0, -count - 8, 0), head.title, 12, theme.SEMIBOLD, "text2")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_words(painter, room, str(head.count), 12, theme.SEMIBOLD, "text2", right)

    def _line(self, painter: QPainter, rect: QRect, line: GroupLine, index: QModelIndex) -> None:
        view = self.parent()
        focused = view.hasFocus() and view.currentIndex() == index
        if focused or view.hover_row == index.row():
            painter.fillRect(rect, theme.colour("hover"))
        middle = rect.y() + rect.height() / 2
        left = rect.x() + SIDE
        if line.lead:
            wide = theme.px(52)
            draw_words(painter, QRect(left, rect.y(), wide, rect.height()), line.lead, 13, theme.SEMIBOLD, "accent")
        else:
            wide = theme.px(28)
            paint_avatar(painter, left, middle, initials(line.first))
        right = rect.right() - SIDE
        if line.badge:
            side = badge_size(line.badge).width() - (theme.px(7) if line.badge.plain else 0)
            paint_badge(painter, right - side, middle, line.badge)
            right -= side
        paint_two_lines(painter, QRect(left + wide + 8, rect.y(), right - left - wide - 10, rect.height()), line.first, line.second)
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 1, -2, -2), 3, 3)


class GroupedList(QListView):
    """Shows groups of lines. `opened(review_id)` on a click anywhere in a line, or Enter."""

    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hover_row = -1
        self.setModel(GroupedModel(self))
        self.setItemDelegate(GroupedDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence[GroupedRow]) -> None:
        """Show these; the line the keyboard was on is found again."""
        here = self.chosen_id()
        scrolled = self.verticalScrollBar().value()
        if not self.model().set_rows(rows):
            return
        for place, row in enumerate(rows):
            if isinstance(row, GroupLine) and row.review_id == here:
                self.setCurrentIndex(self.model().index(place, 0))
                break
        self.verticalScrollBar().setValue(scrolled)

    def chosen_id(self) -> int | None:
        """The review the keyboard is on."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.review_id if isinstance(row, GroupLine) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the line under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, the first line is current to begin with."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            for place, row in enumerate(self.model().rows()):
                if isinstance(row, GroupLine):
                    self.setCurrentIndex(self.model().index(place, 0))
                    break
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self.hover_row:
            self.hover_row = row
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, GroupLine):
            self.opened.emit(row.review_id)
