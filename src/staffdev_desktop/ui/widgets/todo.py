"""The list of what needs doing now: every row says how many, what, since when, and ends in a verb. The whole row is the button."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText, paint_badge
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, ROW_ROLE, draw_words, paint_two_lines
from staffdev_desktop.ui.widgets.row_list import RowList, RowListDelegate, RowListModel

ROW_HEIGHT = 50
_BADGE_WIDTH, _VERB_WIDTH = 86, 150


@dataclass(frozen=True)
class TodoRow:
    """Something to do: `count` of `title`, `detail` beneath, a badge (kind and words), and the verb that opens it."""

    id: str
    icon: str
    count: int
    title: str
    detail: str
    kind: str
    badge: str
    verb: str

    def spoken(self) -> str:
        """The whole row in words."""
        return f"{self.count} {self.title}. {self.detail}. {self.badge}. {self.verb}"


class TodoModel(RowListModel):
    """The rows, most urgent first."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and the row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken()
        return {ROW_ROLE: row, ID_ROLE: row.id}.get(role)


class TodoDelegate(RowListDelegate):
    """Paints a row: icon and count, two lines, badge, verb."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw from left to right."""
        row, rect = index.data(ROW_ROLE), option.rect
        painter.save()
        self.paint_ground(painter, rect, index)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        middle = rect.y() + rect.height() / 2
        side = theme.px(18)
        painter.drawPixmap(rect.x() + 16, round(middle - side / 2), theme.pixmap(row.icon, row.kind, 18))
        right_of_count = rect.x() + 16 + theme.px(54)
        count = QRect(rect.x() + 16 + side, rect.y(), right_of_count - rect.x() - 16 - side, rect.height() - 1)
        draw_words(painter, count, str(row.count), 18, theme.SEMIBOLD, "text", Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        verb_left = rect.right() - 16 - theme.px(_VERB_WIDTH)
        badge_left = verb_left - theme.px(_BADGE_WIDTH) - 4
        words = QRect(right_of_count + 12, rect.y(), badge_left - right_of_count - 24, rect.height() - 1)
        paint_two_lines(painter, words, row.title, row.detail)
        wide = theme.px(_BADGE_WIDTH)
        paint_badge(painter, badge_left, middle, BadgeText(row.kind, row.badge), most=wide + 12, least=wide)
        verb = QRect(verb_left, rect.y(), theme.px(_VERB_WIDTH) - theme.px(16), rect.height() - 1)
        draw_words(painter, verb, row.verb, 13, theme.SEMIBOLD, "accent", Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawPixmap(rect.right() - 14 - theme.px(14), round(middle - theme.px(7)), theme.pixmap("right", "accent", 14))
        self.paint_focus(painter, rect, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """50 px high."""
        return QSize(theme.px(420), theme.px(ROW_HEIGHT))


class TodoList(RowList):
    """Shows TodoRows."""

    def __init__(self, name: str = "What needs doing now", parent: QWidget | None = None) -> None:
        super().__init__(TodoModel(), name, parent)
        self.setItemDelegate(TodoDelegate(self))
        self.setUniformItemSizes(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
