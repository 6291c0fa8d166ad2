"""The house table: calm rows, a focus box round the whole row, and every action by keyboard."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import PADDING, RowDelegate, TickDelegate, draw_words, paint_tick
from staffdev_desktop.ui.widgets.row_view import LetterSearch, RowHover
from staffdev_desktop.ui.widgets.tables import TICK_COLUMN, TableModel

HEAD_HEIGHT = 30


@dataclass
class RowState:
    """What the delegates need to know about the table, put together once before each painting."""

    hover_row: int = -1
    focus_row: int = -1
    first_column: int = 0
    last_column: int = 0
    words_column: int = 0
    ticked_rows: set[int] = field(default_factory=set)


class HouseHeader(QHeaderView):
    """The head of a table: small semibold words, a chevron at the column it is sorted by, and a tick for all rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)

    def sizeHint(self) -> QSize:
        """30 px high at 100 per cent."""
        return QSize(super().sizeHint().width(), theme.px(HEAD_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Ground, words and sign."""
        model = self.model()
        painter.save()
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if model.columns[section] is TICK_COLUMN:
            some, every = model.shown_ticks()
            paint_tick(painter, rect, every, part=some and not every)
            painter.restore()
            return
        words = model.columns[section].title
        left = PADDING + (4 if section == _first_words(model) else 0)
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        sort = model.sorted_by()
        room = rect.adjusted(left, 0, -PADDING if model.columns[section].align == "right" else -2, -1)
        draw_words(painter, room, words, 12, theme.SEMIBOLD, "text2", align)
        if sort and sort[0] == section:
            wide = theme.metrics(12, theme.SEMIBOLD).horizontalAdvance(words)
            image = theme.pixmap("sortd" if sort[1] == Qt.SortOrder.AscendingOrder else "sortu", "text2", 14)
            painter.drawPixmap(min(room.x() + wide + 3, rect.right() - theme.px(14)), rect.y() + (rect.height() - theme.px(14)) // 2, image)
        painter.restore()


class HouseTable(RowHover, LetterSearch, QTableView):
    """Shows a TableModel. Enter or a double click opens a row, Space ticks it, Ctrl+A ticks all shown, letters find, Tab goes on."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: TableModel, name: str, row_height: int = 33, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_state = RowState()
        self._row_height, self._chosen_id = row_height, None
        self._scrolled_to = 0
        self.setAccessibleName(name)
        self.setHorizontalHeader(HouseHeader(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(RowDelegate(self))
        model.modelAboutToBeReset.connect(self._remember_place)
        self.setModel(model)  # Qt's own slots are connected here, so ours below run after them
        model.modelReset.connect(self._restore_place)
        model.shown_changed.connect(self._choose_again)
        for number, column in enumerate(model.columns):
            if column is TICK_COLUMN:
                self.setItemDelegateForColumn(number, TickDelegate(self))
            elif column.delegate:
                self.setItemDelegateForColumn(number, column.delegate(self))
        self.horizontalHeader().sectionClicked.connect(self._head_clicked)
        model.ticks_changed.connect(self.horizontalHeader().viewport().update)
        self._measure()

    # What is chosen

    def chosen_id(self) -> Hashable | None:
        """The id of the row chosen; it stays chosen while a filter hides it."""
        return self._chosen_id

    def choose(self, key: Hashable | None) -> bool:
        """Choose the row with this id and bring it into sight; False if it is not shown."""
        place = None if key is None else self.model().place_of(key)
        if place is None:
            return False
        self.setCurrentIndex(self.model().index(place, _first_words(self.model())))
        self.scrollTo(self.currentIndex())
        return True

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which row is chosen now, once per row."""
        super().currentChanged(current, previous)
        self._repaint_row(previous.row())
        self._repaint_row(current.row())
        key = self.model().id_at(current.row()) if current.isValid() and not self.model().changing else None
        if key is not None and key != self._chosen_id:
            self._chosen_id = key
            self.chosen.emit(key)

    def _remember_place(self) -> None:
        self._scrolled_to = self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        self._choose_again()
        self.executeDelayedItemsLayout()  # else the scroll bar still has no range
        self.verticalScrollBar().setValue(self._scrolled_to)

    def _choose_again(self) -> None:
        """After rows came and went: what was chosen is chosen still, nothing is if a filter hides it, and it is told if it is gone."""
        if self._chosen_id is None:
            self.selectionModel().clear()
            return
        place = self.model().place_of(self._chosen_id)
        if place is None:
            self.selectionModel().clear()
        elif self.currentIndex().row() != place or not self.selectionModel().isRowSelected(place):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.model().index(place, _first_words(self.model())), flags)
        if self.model().row_of(self._chosen_id) is None:
            self._chosen_id = None
            self.chosen.emit(None)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks, Ctrl+A ticks all shown; the rest moves."""
        key, current = event.key(), self.currentIndex()
        here = self.model().id_at(current.row()) if current.isValid() else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if here is not None:
                self.opened.emit(here)
        elif key == Qt.Key.Key_Space and self.model().tickable:
            if here is not None:
                self.model().set_ticked([here], not self.model().is_ticked(here))
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier and self.model().tickable:
            self.model().tick_all_shown()
        elif key == Qt.Key.Key_Home and self.model().rowCount():
            self.choose(self.model().id_at(0))
        elif key == Qt.Key.Key_End and self.model().rowCount():
            self.choose(self.model().id_at(self.model().rowCount() - 1))
        else:
            super().keyPressEvent(event)

    def words_of(self, row: Any) -> str:
        """A row is found by its first words."""
        return self.model().columns[_first_words(self.model())].value(row)

    def go_to_row(self, place: int) -> None:
        """Choose the row at this place."""
        self.choose(self.model().id_at(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the tick ticks."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.model().columns[index.column()] is TICK_COLUMN and event.button() == Qt.MouseButton.LeftButton:
            key = self.model().id_at(index.row())
            self.model().set_ticked([key], not self.model().is_ticked(key))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.model().columns[index.column()] is not TICK_COLUMN:
            self.opened.emit(self.model().id_at(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, something is always chosen: else the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(self.model().id_at(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _head_clicked(self, section: int) -> None:
        model = self.model()
        if model.columns[section] is TICK_COLUMN:
            model.tick_all_shown(not model.shown_ticks()[1])
        else:
            same = model.sorted_by() == (section, Qt.SortOrder.AscendingOrder)
            model.sort(section, Qt.SortOrder.DescendingOrder if same else Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put together what the delegates ask, then paint."""
        state, model, header = self.row_state, self.model(), self.horizontalHeader()
        state.hover_row = self.hover_row
        state.focus_row = self.currentIndex().row() if self.hasFocus() else -1
        state.first_column = header.logicalIndex(0)
        state.last_column = header.logicalIndex(header.count() - 1)
        state.words_column = _first_words(model)
        state.ticked_rows = set()
        if model.tickable:
            first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
            last = last if last >= 0 else model.rowCount() - 1
            state.ticked_rows = {place for place in range(max(first, 0), last + 1) if model.is_ticked(model.id_at(place))}
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "row_state"):
            self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        header = self.horizontalHeader()
        for number, column in enumerate(self.model().columns):
            if column.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(number, theme.px(column.width))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        if all(column.width for column in self.model().columns):
            header.setStretchLastSection(True)

    def hover_moved(self, before: int, after: int) -> None:
        """Only these two rows are painted anew."""
        self._repaint_row(before)
        self._repaint_row(after)

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))


def _first_words(model: TableModel) -> int:
    return 1 if model.columns[0] is TICK_COLUMN else 0
