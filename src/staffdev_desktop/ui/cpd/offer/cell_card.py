"""The chosen cell of the offer beside its grid: each item with what can be done about it."""

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStyle, QStyleOptionViewItem, QWidget

from staffdev_desktop.cpd.offer.rows import OfferItemRow
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.offer.grid_view import WRAP
from staffdev_desktop.ui.cpd.side_card import SideCard
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, ROW_ROLE, draw_words
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.row_list import RowList, RowListDelegate, RowListModel

WIDTH = 332  # px at 100 per cent
SIDE, ABOVE = 10, 7


class _ItemsModel(RowListModel):
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text}. Begins {row.programme}" if row.programme else row.text
        return {ROW_ROLE: row, ID_ROLE: row.id}.get(role)


class _ItemDelegate(RowListDelegate):
    """The words of an item, wrapped, over the programme that it begins."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row, rect = index.data(ROW_ROLE), option.rect
        painter.save()
        self.paint_ground(painter, rect, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("tint"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        high = self._words_height(row, rect.width())
        box = QRect(rect.x() + SIDE, rect.y() + theme.px(ABOVE), rect.width() - 2 * SIDE, high)
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, WRAP, row.text)
        if row.programme:
            painter.drawPixmap(QPointF(box.x(), box.bottom() + 3), theme.pixmap("cap", "accent", 13))
            second = QRect(box.x() + theme.px(18), box.bottom() + 1, box.width() - theme.px(18), theme.px(18))
            draw_words(painter, second, f"Begins {row.programme}", 12, theme.NORMAL, "text2")
        self.paint_focus(painter, rect, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        row, wide = index.data(ROW_ROLE), self.parent().viewport().width()
        second = theme.px(18) if row.programme else 0
        return QSize(wide, self._words_height(row, wide) + 2 * theme.px(ABOVE) + second)

    def _words_height(self, row: OfferItemRow, wide: int) -> int:
        return theme.metrics().boundingRect(QRect(0, 0, max(wide - 2 * SIDE, 40), 10_000), WRAP, row.text).height()


class ItemList(RowList):
    """The items of one cell: a click chooses, Enter or a double click opens."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_ItemsModel(), "Items of this cell", parent)
        self.setItemDelegate(_ItemDelegate(self))
        self.setResizeMode(RowList.ResizeMode.Adjust)
        self.doubleClicked.connect(self._open_now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes, Delete removes, Ctrl with an arrow moves."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_now(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, _index: QModelIndex) -> None:
        """A single click only chooses."""

    def _open_now(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ID_ROLE))


class CellCard(SideCard):
    """`asked(verb)`: ‘add’, ‘change’, ‘up’, ‘down’, ‘remove’, ‘enrol’, about the item chosen."""

    asked = Signal(str)

    def __init__(self, *, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self.column_name = role_label("", "second", self, wrap=True)
        self.line_name = role_label("", "title", self, wrap=True)
        self.list = ItemList(self)
        for part in (self.line_name, self.column_name):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        verbs = (
            ("add", "&Add an item…", "plus"), ("enrol", "Enrol people &in it…", "user"), ("change", "Change…", "pen"),
            ("remove", "Remove…", "x"), ("up", "Move up", None), ("down", "Move down", None),
        )  # fmt: skip
        self.verbs = {verb: PlainButton(words, icon, self) for verb, words, icon in verbs}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for place, (verb, button) in enumerate(self.verbs.items()):
            button.setProperty("verb", verb)
            button.clicked.connect(self._ask)
            button.setVisible(may_run)
            grid.addWidget(button, place // 2, place % 2)
        self.body.addLayout(grid)
        self.list.selectionModel().currentChanged.connect(self._dress)
        self.list.opened.connect(self._opened)
        self.list.moved.connect(self._moved)
        self.list.removed.connect(self._removed)
        self._may_run = may_run

    def show_cell(self, line: str, column: str, items: tuple[OfferItemRow, ...]) -> None:
        """Show this cell."""
        self.line_name.setText(line)
        self.column_name.setText(column)
        self.list.set_rows(items)
        if items and self.list.chosen_id() is None:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._dress()

    def chosen(self) -> OfferItemRow | None:
        """The item chosen."""
        return self.list.currentIndex().data(ROW_ROLE) if self.list.currentIndex().isValid() else None

    def changeEvent(self, event: QEvent) -> None:
        """The list measures itself again when the letters grow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "list"):
            self.list.scheduleDelayedItemsLayout()

    def _dress(self, *_index: object) -> None:
        item = self.chosen()
        for verb in ("change", "remove", "up", "down"):
            self.verbs[verb].setEnabled(item is not None)
        self.verbs["enrol"].setEnabled(item is not None and item.programme_id is not None)
        self.verbs["enrol"].setToolTip("" if self.verbs["enrol"].isEnabled() else "This item begins no programme. Change it to say which.")

    def _ask(self) -> None:
        self.asked.emit(self.sender().property("verb"))

    def _opened(self, _item_id: int) -> None:
        if self._may_run:
            self.asked.emit("change")

    def _moved(self, step: int) -> None:
        if self._may_run and self.chosen() is not None:
            self.asked.emit("up" if step < 0 else "down")

    def _removed(self) -> None:
        if self._may_run and self.chosen() is not None:
            self.asked.emit("remove")
