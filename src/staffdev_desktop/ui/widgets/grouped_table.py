"""A table whose rows stand in groups: a low line with words above each, which the keyboard passes over."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import PADDING, ROW_ROLE, BadgeDelegate, RowDelegate, TwoLineDelegate, draw_words
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import TableModel

ROW_HEIGHT, GROUP_HEIGHT = 45, 29


@dataclass(frozen=True)
class GroupLine:
    """The line above a group: its name, its minutes and more words in the columns that show these."""

    id: str
    title: str
    minutes: int
    total: str


class Grouped:
    """Put before a delegate: the line above a group is painted the same in each of its cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A quiet line for a group, else the row."""
        if not isinstance(index.data(ROW_ROLE), GroupLine):
            super().paint(painter, option, index)
            return
        painter.save()
        rect = option.rect
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        left = PADDING + (4 if index.column() == 0 else 0)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        draw_words(painter, rect.adjusted(left, 0, -PADDING, -1), words, 12, theme.SEMIBOLD, "text2", align)
        painter.restore()


class DayCell(Grouped, RowDelegate):
    """A day, in the second colour."""

    def __init__(self, parent: object) -> None:
        super().__init__(parent, colour="text2")


class PlainCell(Grouped, RowDelegate):
    """Plain words."""


class StatusCell(Grouped, BadgeDelegate):
    """A badge."""


class TwoLinesCell(Grouped, TwoLineDelegate):
    """Two lines."""


class GroupedModel(TableModel):
    """Rows with GroupLines among them; such a line cannot be chosen."""

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """A line above a group is not chosen."""
        base = super().flags(index)
        if index.isValid() and isinstance(index.data(ROW_ROLE), GroupLine):
            return Qt.ItemFlag.ItemNeverHasChildren
        return base


class GroupedTable(HouseTable):
    """Lower lines above the groups, which the arrow keys pass over. It keeps the order that it is given."""

    def __init__(self, model: GroupedModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, row_height=ROW_HEIGHT, parent=parent)
        self.horizontalHeader().setSectionsClickable(False)
        model.shown_changed.connect(self._lay_out_groups)

    def choose(self, key: Hashable | None) -> bool:
        """Choose a row; a line above a group stands for the first row below it."""
        if isinstance(self.model().row_of(key), GroupLine):
            place = self.model().place_of(key)
            key = None if place is None else self.model().id_at(place + 1)
        return super().choose(key)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down, over the lines above the groups."""
        index = super().moveCursor(action, modifiers)
        up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        step = -1 if action in up else 1
        while index.isValid() and isinstance(index.data(ROW_ROLE), GroupLine):
            index = self.model().index(index.row() + step, index.column())
        return index if index.isValid() else self.currentIndex()

    def _lay_out_groups(self) -> None:
        self.clearSpans()
        for place, row in enumerate(self.model().shown_rows()):
            if isinstance(row, GroupLine):
                self.setSpan(place, 0, 1, 2)
            wanted = theme.px(GROUP_HEIGHT if isinstance(row, GroupLine) else ROW_HEIGHT)
            if self.rowHeight(place) != wanted:
                self.setRowHeight(place, wanted)

    def _measure(self) -> None:
        super()._measure()
        if self.model() is not None:
            self._lay_out_groups()
