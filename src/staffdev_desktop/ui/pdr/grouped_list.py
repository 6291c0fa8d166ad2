"""A list in groups, each line with initials or a time before it: the chase list and the calendar of meetings."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from staffdev_desktop.kernel.names import initials
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.models import GroupHead, GroupLine
from staffdev_desktop.ui.widgets.avatar import paint_avatar
from staffdev_desktop.ui.widgets.badge import badge_size, paint_badge
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, ROW_ROLE, draw_words, paint_two_lines
from staffdev_desktop.ui.widgets.row_list import RowList, RowListDelegate, RowListModel

LINE_HEIGHT, HEAD_HEIGHT, SIDE = 42, 26, 14


class GroupedModel(RowListModel):
    """Heads and lines. A head cannot be chosen."""

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
        if role == ID_ROLE:
            return row.review_id if isinstance(row, GroupLine) else None
        return row if role == ROW_ROLE else None


class GroupedDelegate(RowListDelegate):
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
        self.paint_ground(painter, rect, index)
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
        self.paint_focus(painter, rect, index)


class GroupedList(RowList):
    """Shows groups of lines; what is opened is a line's review."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(GroupedModel(), name, parent)
        self.setItemDelegate(GroupedDelegate(self))
