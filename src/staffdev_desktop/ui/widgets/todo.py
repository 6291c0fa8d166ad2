"""The list of what needs doing now: every row says how many, what, since when, and ends in a verb. The whole row is the button."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText, paint_badge
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, ROW_ROLE, draw_words, paint_two_lines

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


class TodoModel(QAbstractListModel):
    """The rows, most urgent first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TodoRow, ...] = ()

    def rows(self) -> tuple[TodoRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[TodoRow]) -> None:
        """Show these."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

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


class TodoDelegate(QStyledItemDelegate):
    """Paints a row: icon and count, two lines, badge, verb."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw from left to right."""
        row, view, rect = index.data(ROW_ROLE), self.parent(), option.rect
        focused = view.hasFocus() and view.currentIndex() == index
        painter.save()
        if focused or view.hover_row == index.row():
            painter.fillRect(rect, theme.colour("hover"))
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
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)  # the badge left its own
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 1, -2, -2), 3, 3)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """50 px high."""
        return QSize(theme.px(420), theme.px(ROW_HEIGHT))


class TodoList(QListView):
    """Shows TodoRows. `opened(id)` on a click anywhere in a row, or Enter."""

    opened = Signal(object)

    def __init__(self, name: str = "What needs doing now", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hover_row = -1
        self.setModel(TodoModel(self))
        self.setItemDelegate(TodoDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence[TodoRow]) -> None:
        """Show these; the row the keyboard was on is found again by id."""
        here = self.currentIndex().data(ID_ROLE) if self.currentIndex().isValid() else None
        self.model().set_rows(rows)
        for place, row in enumerate(rows):
            if row.id == here:
                self.setCurrentIndex(self.model().index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, the first row is current to begin with."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
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
        if index.isValid():
            self.opened.emit(index.data(ID_ROLE))
