"""Tables: a model over plain rows that filters and sorts itself, and the house table that shows it.

A filter works at once on one prepared string per row; a stock proxy model takes 25 times as long (DESIGN section 8). Rows are told
apart by id, so selection, ticks and the place scrolled to outlive new rows, a filter and a sort.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, ID_ROLE, ROW_ROLE, SORT_ROLE

MOST_STEPPED = 1000  # rows: with more of them come or gone, looking for the runs takes longer than a whole new list
MOST_RUNS = 24  # more separate changes than this are cheaper to show as a whole new list
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter}


@dataclass(frozen=True)
class Column:
    """A column of a table. Functions take the row.

    `value` gives the words; `sort_key` what it is sorted by (else the words; None sorts last); `extra` what the delegate paints (a
    BadgeText, a StageText, a second line); `spoken` what a screen reader says (else the words); `width` is px at 100 per cent, 0
    takes the room that is left; `delegate` makes the painter from the table (else plain words).
    """

    key: str
    title: str
    width: int
    value: Callable[[Any], str]
    sort_key: Callable[[Any], Any] | None = None
    align: str = "left"
    tooltip: Callable[[Any], str] | None = None
    extra: Callable[[Any], Any] | None = None
    spoken: Callable[[Any], str] | None = None
    delegate: Callable[[Any], Any] | None = None


def _nothing(_row: object) -> str:
    return ""


TICK_COLUMN = Column("tick", "", 40, _nothing)


class TableModel(QAbstractTableModel):
    """A table over a tuple of frozen rows, each with an id."""

    ticks_changed = Signal()
    shown_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        row_id: Callable[[Any], Hashable] = attrgetter("id"),
        search_text: Callable[[Any], str] | None = None,
        tickable: bool = False,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ((TICK_COLUMN,) if tickable else ()) + tuple(columns)
        self.tickable = tickable
        self._row_id, self._search_text = row_id, search_text
        self._all: dict[Hashable, Any] = {}
        self._texts: dict[Hashable, str] = {}
        self._ordered: list[Hashable] = []
        self._shown: list[Hashable] = []
        self._ticked: set[Hashable] = set()
        self._words: list[str] = []
        self._keep: Callable[[Any], bool] | None = None
        self._sort: tuple[int, Qt.SortOrder] | None = None
        self.changing = False  # while rows come and go, what Qt makes current is not a person's choice

    # What is in it

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows; what is chosen, ticked and scrolled to stays with rows that are still there."""
        before, texts_before = self._all, self._texts
        self._all = {self._row_id(row): row for row in rows}
        changed = {key for key, row in self._all.items() if key in before and before[key] != row}
        self._texts = {
            key: texts_before[key] if key in texts_before and key not in changed else self._text_of(row) for key, row in self._all.items()
        }
        self._ordered = self._in_order()
        self._show(self._filtered(), before)
        for place, key in enumerate(self._shown):
            if key in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
        gone = self._ticked - self._all.keys()
        if gone:
            self._ticked -= gone
            self.ticks_changed.emit()
        self.shown_changed.emit()

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every word of `text`, in any order, whatever the case or accents."""
        self._words = searchable(text).split()
        self._show(self._filtered(), self._all)
        self.shown_changed.emit()

    def set_condition(self, keep: Callable[[Any], bool] | None) -> None:
        """Show only rows for which `keep` is true (a team, a stage), beside the words of the filter; None shows all."""
        self._keep = keep
        self._show(self._filtered(), self._all)
        self.shown_changed.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order the rows came in."""
        self._sort = (column, order) if column >= 0 and self.columns[column] is not TICK_COLUMN else None
        self._ordered = self._in_order()
        self._show(self._filtered(), self._all)

    def sorted_by(self) -> tuple[int, Qt.SortOrder] | None:
        """The column and direction, or None for the order the rows came in."""
        return self._sort

    def rows(self) -> tuple[Any, ...]:
        """All rows, shown or not, as they came."""
        return tuple(self._all.values())

    def shown_rows(self) -> tuple[Any, ...]:
        """The rows shown, in the order shown: what ‘print what is shown’ prints."""
        return tuple(self._all[key] for key in self._shown)

    def row_of(self, key: Hashable) -> Any | None:
        """The row with this id, shown or not."""
        return self._all.get(key)

    def id_at(self, place: int) -> Hashable | None:
        """The id of the row at this place of those shown."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, key: Hashable) -> int | None:
        """Where the row with this id is shown, or None."""
        try:
            return self._shown.index(key)
        except ValueError:
            return None

    # Ticks

    def ticked(self) -> tuple[Hashable, ...]:
        """The ids ticked, in the order of the rows; rows hidden by a filter stay ticked."""
        return tuple(key for key in self._ordered if key in self._ticked)

    def is_ticked(self, key: Hashable) -> bool:
        """Whether this row is ticked."""
        return key in self._ticked

    def shown_ticks(self) -> tuple[bool, bool]:
        """Whether any row shown is ticked, and whether all are."""
        if not self._ticked or not self._shown:
            return False, False
        ticked = sum(key in self._ticked for key in self._shown)
        return ticked > 0, ticked == len(self._shown)

    def set_ticked(self, keys: Iterable[Hashable], on: bool = True) -> None:
        """Tick these rows, or take their ticks away."""
        wanted = {key for key in keys if key in self._all}
        after = self._ticked | wanted if on else self._ticked - wanted
        if not self.tickable or after == self._ticked:
            return
        self._ticked = after
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()

    def tick_all_shown(self, on: bool = True) -> None:
        """Tick every row shown."""
        self.set_ticked(self._shown, on)

    def clear_ticks(self) -> None:
        """Take every tick away, also of hidden rows."""
        self.set_ticked(tuple(self._ticked), on=False)

    # For Qt

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Rows can be chosen; the tick can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return base | Qt.ItemFlag.ItemIsUserCheckable if self.columns[index.column()] is TICK_COLUMN else base

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, what is painted, and what is spoken."""
        if not index.isValid():
            return None
        key = self._shown[index.row()]
        row, column = self._all[key], self.columns[index.column()]
        if column is TICK_COLUMN:
            return self._tick_data(key, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.value(row)
        if role == EXTRA_ROLE:
            return column.extra(row) if column.extra else None  # noqa: S610
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | _ALIGN[column.align]
        return self._seldom(key, row, column, role)

    def _seldom(self, key: Hashable, row: Any, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.spoken(row) if column.spoken else column.value(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip(row) if column.tooltip else None
        if role == SORT_ROLE:
            return self._sort_value(column, row)
        if role == ROW_ROLE:
            return row
        return key if role == ID_ROLE else None

    def _tick_data(self, key: Hashable, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if key in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "ticked" if key in self._ticked else "not ticked"
        return {ROW_ROLE: self._all[key], ID_ROLE: key}.get(role)

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Only ticks are set through the model."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or self.columns[index.column()] is not TICK_COLUMN:
            return False
        self.set_ticked([self._shown[index.row()]], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | _ALIGN[self.columns[section].align]
        if role == Qt.ItemDataRole.AccessibleTextRole and self.columns[section] is TICK_COLUMN:
            return "Tick"
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    # How it finds and orders

    def _text_of(self, row: Any) -> str:
        if self._search_text:
            return searchable(self._search_text(row))
        return searchable(*(column.value(row) for column in self.columns))

    def _filtered(self) -> list[Hashable]:
        found = self._ordered
        texts = self._texts
        for word in self._words:
            found = [key for key in found if word in texts[key]]
        if self._keep is not None:
            keep, rows = self._keep, self._all
            found = [key for key in found if keep(rows[key])]
        return list(found)

    def _in_order(self) -> list[Hashable]:
        if self._sort is None:
            return list(self._all)
        number, order = self._sort
        column = self.columns[number]
        keyed = [(self._sort_value(column, row), key) for key, row in self._all.items()]
        known = sorted((pair for pair in keyed if pair[0] is not None), key=_first, reverse=order == Qt.SortOrder.DescendingOrder)
        return [key for _value, key in known] + [key for value, key in keyed if value is None]

    @staticmethod
    def _sort_value(column: Column, row: Any) -> Any:
        return column.sort_key(row) if column.sort_key else searchable(column.value(row))

    # How it tells the view

    def _show(self, wanted: list[Hashable], rows_before: dict[Hashable, Any]) -> None:
        """Go from the rows shown to those wanted in the smallest steps a view can follow."""
        if wanted == self._shown:
            return
        self.changing = True
        self._step(wanted, rows_before)
        self.changing = False

    def _step(self, wanted: list[Hashable], rows_before: dict[Hashable, Any]) -> None:
        if abs(len(wanted) - len(self._shown)) > MOST_STEPPED:
            self._reset(wanted)
            return
        old, new = set(self._shown), set(wanted)
        if old == new:
            self._reorder(wanted)
            return
        gone = _runs([key not in new for key in self._shown])
        come = _runs([key not in old for key in wanted])
        kept_in_order = [key for key in self._shown if key in new] == [key for key in wanted if key in old]
        if not kept_in_order or len(gone) + len(come) > MOST_RUNS:
            self._reset(wanted)
            return
        rows_after, self._all = self._all, rows_before | self._all  # a view may ask for a row that is just about to go
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        self._all = rows_after

    def _reset(self, wanted: list[Hashable]) -> None:
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()

    def _reorder(self, wanted: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._shown[index.row()] for index in before]
        self._shown = wanted
        place = {key: number for number, key in enumerate(wanted)}
        self.changePersistentIndexList(before, [self.index(place[key], index.column()) for key, index in zip(keys, before, strict=True)])
        self.layoutChanged.emit()


def _first(pair: tuple[Any, Hashable]) -> Any:
    return pair[0]


def _runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of marks."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for place, marked in enumerate(marks):
        if marked and start is None:
            start = place
        elif not marked and start is not None:
            found.append((start, place - 1))
            start = None
    if start is not None:
        found.append((start, len(marks) - 1))
    return found
