"""A table whose cells are ratings typed by the keys 1 to 4: rows and columns are whatever is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from staffdev_desktop.cpd.diagnostic.rules import LEVELS
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import draw_words, paint_focus_box

KEYS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4}
CLEAR = (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
DOT = 22


@dataclass(frozen=True)
class Cell:
    """A rating, and whether it may be typed."""

    value: int | None
    may_type: bool = True
    hidden: bool = False  # there may be one, and it is not shown


@dataclass(frozen=True)
class GridLine:
    """A row: its id, its words and second line, and a cell for each column."""

    id: int
    title: str
    second: str
    cells: tuple[Cell, ...]


class GridModel(QAbstractTableModel):
    """Plain lines. The heads of rows are painted by the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[str, ...] = ()
        self.lines: tuple[GridLine, ...] = ()

    def set_lines(self, heads: Sequence[str], lines: Sequence[GridLine]) -> None:
        """Show these; where only ratings changed, the place stays."""
        same = self.heads == tuple(heads) and [line.id for line in self.lines] == [line.id for line in lines]
        if same:
            self.lines = tuple(lines)
            if self.lines and self.heads:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.heads) - 1))
            return
        self.beginResetModel()
        self.heads, self.lines = tuple(heads), tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many ratings in each."""
        return 0 if parent.isValid() else len(self.heads)

    def cell(self, index: QModelIndex) -> Cell:
        """What stands in a place."""
        return self.lines[index.row()].cells[index.column()]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The rating, and what a screen reader says of it."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.value) if cell.value else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = "not shared yet" if cell.hidden else f"{cell.value}, {LEVELS[cell.value]}" if cell.value else "not rated"
            return f"{self.lines[index.row()].title}, {self.heads[index.column()]}: {told}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of columns and rows."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.heads[section] if section < len(self.heads) else None
        return self.lines[section].title if section < len(self.lines) else None


class _GridDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        table, cell = self.parent(), index.model().cell(index)
        painter.save()
        rect = option.rect
        here = index == table.currentIndex()
        row_here = index.row() == table.currentIndex().row()
        painter.fillRect(rect, theme.colour("hover" if row_here else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.hidden:
            draw_words(painter, rect, "not shared", 12, theme.NORMAL, "text3", Qt.AlignmentFlag.AlignCenter)
        elif cell.value:
            _paint_dot(painter, rect, cell)
        else:
            draw_words(painter, rect, "–", 13, theme.NORMAL, "text3", Qt.AlignmentFlag.AlignCenter)
        if here and table.hasFocus():
            paint_focus_box(painter, QRectF(rect).adjusted(2, 2, -2, -3), 4)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(theme.px(60), theme.px(36))


def _paint_dot(painter: QPainter, rect: QRect, cell: Cell) -> None:
    side = theme.px(DOT)
    box = QRectF(rect.x() + (rect.width() - side) / 2 + 0.5, rect.y() + (rect.height() - side) / 2 + 0.5, side - 1, side - 1)
    painter.setPen(QPen(theme.colour("accent" if cell.may_type else "field"), 1.4))
    painter.setBrush(theme.colour("tint" if cell.may_type else "surface"))
    painter.drawEllipse(box)
    painter.setPen(theme.colour("accent" if cell.may_type else "text2"))
    painter.setFont(theme.font(13, theme.SEMIBOLD))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(cell.value))


class _RowHeads(QHeaderView):
    """The people or areas at the left, two lines each."""

    def __init__(self, parent: "RatingGrid") -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self.parent().head_width), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = self.length() - self.offset()
        if below < self.height():
            QPainter(self.viewport()).fillRect(0, below, self.width(), self.height() - below, theme.colour("surface"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        table = self.parent()
        line = table.model().lines[section]
        here = section == table.currentIndex().row()
        painter.save()
        painter.fillRect(rect, theme.colour("tint" if here else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        if here:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        room = rect.adjusted(14, 0, -8, -1)
        if line.second:
            high = theme.px(17)
            top = room.y() + (room.height() - 2 * high) // 2
            draw_words(painter, QRect(room.x(), top, room.width(), high), line.title, 13, theme.SEMIBOLD)
            draw_words(painter, QRect(room.x(), top + high, room.width(), high), line.second, 12, theme.NORMAL, "text2")
        else:
            draw_words(painter, room, line.title, 13, theme.SEMIBOLD)
        painter.restore()


class _ColumnHeads(QHeaderView):
    """The areas or sides above, on two lines where they need them."""

    def __init__(self, parent: "RatingGrid") -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(44))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        here = section == self.parent().currentIndex().column()
        painter.fillRect(rect, theme.colour("tint" if here else "sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        painter.setFont(theme.font(12, theme.SEMIBOLD))
        painter.setPen(theme.colour("accent" if here else "text2"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(4, 0, -4, -1), flags, self.model().heads[section])
        painter.restore()


class RatingGrid(QTableView):
    """1 to 4 rates and goes on to the right, and from the end of a row to the next; 0, Delete and Backspace take a rating away.

    `typed(row, column, value)` for each of these; `opened(row)` on Enter; `moved(row, column)` as one goes.
    """

    typed = Signal(int, int, object)
    opened = Signal(int)
    moved = Signal(int, int)

    def __init__(self, name: str, *, head_width: int, row_height: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head_width, self._row_height = head_width, row_height
        self.setAccessibleName(name)
        self.setAccessibleDescription("Type 1 to 4. 0 or Delete takes a rating away.")
        self.setModel(GridModel(self))
        self.setVerticalHeader(_RowHeads(self))
        self.setHorizontalHeader(_ColumnHeads(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(theme.px(64))
        self.setItemDelegate(_GridDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._measure()

    def set_lines(self, heads: Sequence[str], lines: Sequence[GridLine]) -> None:
        """Show these; where somebody is stays where it can."""
        place = self.currentIndex().row(), self.currentIndex().column()
        self.model().set_lines(heads, lines)
        if not self.currentIndex().isValid() and lines and heads:
            row, column = max(place[0], 0), max(place[1], 0)
            self.go_to(min(row, len(lines) - 1), min(column, len(heads) - 1))

    def go_to(self, row: int, column: int) -> None:
        """Be at a place."""
        self.setCurrentIndex(self.model().index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rate, clear, or move."""
        index, plain = self.currentIndex(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and plain and (event.key() in KEYS or event.key() in CLEAR):
            if self.model().cell(index).may_type:
                row, column = index.row(), index.column()
                self.typed.emit(row, column, KEYS.get(event.key()))
                if event.key() in KEYS:
                    self._go_on(row, column)
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(index.row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _letters: str) -> None:
        """Letters do nothing here."""

    def _go_on(self, row: int, column: int) -> None:
        """To the next place that may be typed."""
        places = [(line, cell) for line in range(len(self.model().lines)) for cell in range(len(self.model().heads))]
        for place in places[places.index((row, column)) + 1 :]:
            if self.model().lines[place[0]].cells[place[1]].may_type:
                self.go_to(*place)
                return

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where one is, and paint the row’s head anew."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.verticalHeader().viewport().update()
        self.horizontalHeader().viewport().update()
        if current.isValid():
            self.moved.emit(current.row(), current.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, one is always somewhere."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().lines and self.model().heads:
            self.go_to(0, 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row_height"):
            self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        self.verticalHeader().setFixedWidth(theme.px(self.head_width))
