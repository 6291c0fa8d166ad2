"""A list whose rows are buttons: what every such list does, whatever its rows look like."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, paint_focus_box
from staffdev_desktop.ui.widgets.row_view import RowHover


class RowListModel(QAbstractListModel):
    """The rows as they are. What a row says, and its ID_ROLE, is the matter of `data`; a row without an id cannot be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple = ()

    def rows(self) -> tuple:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence) -> bool:
        """Show these; whether anything is different."""
        if tuple(rows) == self._rows:
            return False
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        return True

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)


class RowListDelegate(QStyledItemDelegate):
    """The ground and the focus box of a row. The parent is the RowList it paints for."""

    def paint_ground(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The tint of the row under the pointer or the keyboard."""
        if self.is_focused(index) or self.parent().hover_row == index.row():
            painter.fillRect(rect, theme.colour("hover"))

    def paint_focus(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The box round the row that the keyboard is on; over everything else, so last."""
        if self.is_focused(index):
            paint_focus_box(painter, QRectF(rect).adjusted(2, 1, -2, -2))

    def is_focused(self, index: QModelIndex) -> bool:
        """Whether the keyboard is on this row."""
        return self.parent().hasFocus() and self.parent().currentIndex() == index


class RowList(RowHover, QListView):
    """Shows a RowListModel. `opened(id)` on a click anywhere in a row, or Enter."""

    opened = Signal(object)

    def __init__(self, model: RowListModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence) -> None:
        """Show these, scrolled as before; the row the keyboard was on is found again by id."""
        here, scrolled = self.chosen_id(), self.verticalScrollBar().value()
        if self.model().set_rows(rows):
            self._go_to_first(lambda key: key == here)
            self.verticalScrollBar().setValue(scrolled)

    def chosen_id(self) -> Hashable | None:
        """The id of the row the keyboard is on."""
        return self.currentIndex().data(ID_ROLE) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, the first row is current to begin with."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._go_to_first(lambda _key: True)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _go_to_first(self, fits) -> None:
        indexes = (self.model().index(place, 0) for place in range(self.model().rowCount()))
        first = next((each for each in indexes if each.data(ID_ROLE) is not None and fits(each.data(ID_ROLE))), None)
        if first is not None:
            self.setCurrentIndex(first)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.data(ID_ROLE) is not None:
            self.opened.emit(index.data(ID_ROLE))
