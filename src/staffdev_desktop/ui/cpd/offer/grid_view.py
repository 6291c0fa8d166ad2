"""A grid of the offer on screen: what stands in each cell as a list, by arrow keys."""

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from staffdev_desktop.cpd.offer.rows import OfferGrid, OfferItemRow
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import ROW_ROLE, draw_words

HEAD_HEIGHT, LINE_WIDTH, LEAST_HEIGHT = 30, 138, 48
SIDE, ABOVE, BULLET, GAP = 10, 8, 14, 3
WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class OfferModel(QAbstractTableModel):
    """One grid: a row a line, a column a column, a tuple of items a cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = OfferGrid("", (), (), ())

    def set_grid(self, grid: OfferGrid) -> None:
        """Show this grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.grid.lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.grid.columns)

    def items_at(self, row: int, column: int) -> tuple[OfferItemRow, ...]:
        """What stands in a cell."""
        return self.grid.cell(self.grid.lines[row].id, self.grid.columns[column].id)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The items of a cell, and how it is spoken."""
        if not index.isValid():
            return None
        items = self.items_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(item.text for item in items)
        if role == ROW_ROLE:
            return items
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = f"{self.grid.lines[index.row()].name}, {self.grid.columns[index.column()].name}"
            return f"{where}: {count_of(len(items), 'item')}. " + ". ".join(item.text for item in items)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of lines and columns."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = self.grid.columns if orientation == Qt.Orientation.Horizontal else self.grid.lines
        return names[section].name if section < len(names) else None


class _Head(QHeaderView):
    """Names of columns above, of lines at the left; a long one wraps."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """30 px high above; room for a few words at the left."""
        return QSize(theme.px(LINE_WIDTH), theme.px(HEAD_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Ground, rule and words."""
        painter.save()
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), theme.colour("line"))
        words = self.model().headerData(section, self.orientation()) or ""
        if self.orientation() == Qt.Orientation.Horizontal:
            draw_words(painter, rect.adjusted(SIDE, 0, -SIDE, -1), words, 12, theme.SEMIBOLD, "text2")
        else:
            painter.setFont(theme.font(13, theme.SEMIBOLD))
            painter.setPen(theme.colour("text"))
            painter.drawText(rect.adjusted(SIDE + 2, ABOVE, -SIDE, -ABOVE), WRAP, words)
        painter.restore()


class _CellDelegate(QStyledItemDelegate):
    """The items of a cell under each other, each with a bullet; a cap stands for one that begins a programme."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, items, focus box."""
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.colour("tint" if chosen else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), theme.colour("line2"))
        items = index.data(ROW_ROLE) or ()
        top = rect.y() + theme.px(ABOVE)
        for item in items:
            top += self._paint_item(painter, item, rect, top) + theme.px(GAP)
        if not items:
            draw_words(painter, rect.adjusted(SIDE, 0, -SIDE, -1), "Nothing yet", 12, theme.NORMAL, "text3")
        if chosen and self.parent().hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            for x, y, wide, high in (
                (rect.x(), rect.y(), rect.width(), 2),
                (rect.x(), rect.bottom() - 1, rect.width(), 2),
                (rect.x(), rect.y(), 2, rect.height()),
                (rect.right() - 1, rect.y(), 2, rect.height()),
            ):
                painter.fillRect(x, y, wide, high, theme.colour("focus"))
        painter.restore()

    def _paint_item(self, painter: QPainter, item: OfferItemRow, rect: QRect, top: int) -> int:
        left = rect.x() + SIDE
        high = item_height(item, rect.width())
        line = theme.metrics().lineSpacing()
        if item.programme_id is not None:
            painter.drawPixmap(QPointF(left - 2, top + (line - theme.px(13)) / 2), theme.pixmap("cap", "accent", 13))
        else:
            side = theme.px(4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("field"))
            painter.drawEllipse(QPointF(left + 3, top + line / 2), side / 2, side / 2)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(left + theme.px(BULLET), top, words_width(rect.width()), high), WRAP, item.text)
        return high

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """As high as its items need at the width of its column."""
        wide = self.parent().columnWidth(index.column())
        items = index.data(ROW_ROLE) or ()
        high = sum(item_height(item, wide) + theme.px(GAP) for item in items)
        return QSize(wide, max(high + 2 * theme.px(ABOVE), theme.px(LEAST_HEIGHT)))


def words_width(column: int) -> int:
    """How wide the words of an item are in a column that is `column` px wide."""
    return max(column - 2 * SIDE - theme.px(BULLET), 40)


def item_height(item: OfferItemRow, column: int) -> int:
    """How high an item is there."""
    return theme.metrics().boundingRect(QRect(0, 0, words_width(column), 10_000), WRAP, item.text).height()


class OfferGridView(QTableView):
    """Arrow keys move between cells; `cell_chosen(line id, column id)`; `opened` on Enter or a double click."""

    cell_chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The offer")
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Head(Qt.Orientation.Vertical, self))
        self.verticalHeader().setFixedWidth(theme.px(LINE_WIDTH))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_CellDelegate(self))
        self.setModel(OfferModel(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def set_grid(self, grid: OfferGrid) -> None:
        """Show this grid; the cell that was chosen stays chosen while its line and column are there."""
        before, scrolled = self.chosen_cell(), self.verticalScrollBar().value()
        self.model().set_grid(grid)
        self._measure()
        lines, columns = [line.id for line in grid.lines], [column.id for column in grid.columns]
        line, column = before or (None, None)
        row = lines.index(line) if line in lines else 0
        place = columns.index(column) if column in columns else 0
        if lines and columns:
            self.setCurrentIndex(self.model().index(row, place))
            self.verticalScrollBar().setValue(scrolled)

    def chosen_cell(self) -> tuple[int, int] | None:
        """Line and column of the cell chosen."""
        here, grid = self.currentIndex(), self.model().grid
        if not here.isValid():
            return None
        return grid.lines[here.row()].id, grid.columns[here.column()].id

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which cell is chosen now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.cell_chosen.emit(self.chosen_cell())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the items of the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """So does a double click."""
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus box comes."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Cells grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self.verticalHeader().setFixedWidth(theme.px(LINE_WIDTH))
            self._measure()

    def _measure(self) -> None:
        self.resizeRowsToContents()
