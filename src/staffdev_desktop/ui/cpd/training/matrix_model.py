"""The matrix as a table model: a row for each person, a column for each training in use."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from staffdev_desktop.cpd.training.rows import Cell, Matrix, MatrixRow, State, TrainingRow
from staffdev_desktop.cpd.training.rules import URGENCY, is_new, urgency
from staffdev_desktop.kernel.dates import LATEST
from staffdev_desktop.ui.cpd.training.words import ACTION, EVERYBODY, NEW, cell_spoken, cell_words, post_words
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDTH = 143  # px at 100 per cent, as picture 05b


class MatrixModel(TableModel):
    """Rows are people; the person stands in the vertical header, so that it never scrolls away."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__((), search_text=_search, parent=parent)
        self.trainings: tuple[TrainingRow, ...] = ()
        self._matrix: Matrix | None = None
        self._order: object = None

    def set_matrix(self, matrix: Matrix) -> None:
        """Show these people and this training."""
        if [(each.id, each.name) for each in matrix.trainings] != [(each.id, each.name) for each in self.trainings]:
            self.beginResetModel()
            self._all, self._texts, self._ordered, self._shown, self._sort = {}, {}, [], [], None
            self.columns = tuple(_column(place, each) for place, each in enumerate(matrix.trainings))
            self.trainings = matrix.trainings
            self.endResetModel()
        self._matrix = matrix
        self.trainings = matrix.trainings

    def show(self, order: object, team: object) -> None:
        """Show rows by `order` (ACTION, EVERYBODY, or a state that some cell must have) and of one staff group, or of all (None)."""
        if self._matrix is None:
            return
        if order != self._order:
            self._order = order
            self.sort(-1)  # the order asked for, and no column's
        rows: Sequence[MatrixRow] = self._matrix.rows
        if order == NEW:
            rows = [row for row in (*rows, *self._matrix.joining) if is_new(row, self._matrix.today)]
        self.set_condition(partial(_keeps, order, team))
        self.set_rows(rows if order == EVERYBODY else sorted(rows, key=urgency))

    def cell(self, index: QModelIndex) -> tuple[MatrixRow, TrainingRow] | None:
        """Whose cell this is, and of which training."""
        if not index.isValid():
            return None
        return self.row_of(self.id_at(index.row())), self.trainings[index.column()]

    def post_of(self, row: MatrixRow) -> str:
        """What stands beside a name."""
        return post_words(row, self._matrix.today) if self._matrix else ""

    def column_of(self, training_id: int | None) -> int:
        """Where a training stands; the first column if it stands nowhere."""
        return next((place for place, each in enumerate(self.trainings) if each.id == training_id), 0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """People beside the rows; for a screen reader with their post."""
        if orientation == Qt.Orientation.Vertical:
            row = self.row_of(self.id_at(section))
            if row is None:
                return None
            if role == Qt.ItemDataRole.DisplayRole:
                return row.person.name
            return ", ".join(filter(None, (row.person.name, self.post_of(row)))) if role in _SPOKEN else None
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= section < len(self.trainings):
            details = self.trainings[section].details
            return "\n".join(filter(None, (details.name, details.note)))
        return super().headerData(section, orientation, role)


_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def _column(place: int, training: TrainingRow) -> Column:
    return Column(
        str(training.id),
        training.name,
        WIDTH,
        partial(_words, place),
        sort_key=partial(_order, place),
        extra=partial(_cell, place),
        spoken=partial(_spoken, place),
        tooltip=partial(_tip, place, training.name),
    )


def _cell(place: int, row: MatrixRow) -> Cell:
    return row.cells[place]


def _words(place: int, row: MatrixRow) -> str:
    return cell_words(row.cells[place])


def _spoken(place: int, row: MatrixRow) -> str:
    return f"{row.person.name}, {cell_spoken(row.cells[place])}"


def _tip(place: int, name: str, row: MatrixRow) -> str:
    said = cell_spoken(row.cells[place])
    return f"{row.person.name}\n{name}: {said}"


def _order(place: int, row: MatrixRow) -> tuple[int, date, str]:
    cell = row.cells[place]
    return URGENCY.index(cell.state), cell.until or LATEST, row.person.sort_key


def _search(row: MatrixRow) -> str:
    return row.search


def _keeps(order: object, team: object, row: MatrixRow) -> bool:
    if team is not None and row.person.group_id != team:
        return False
    return order in (ACTION, EVERYBODY, NEW) or any(cell.state == State(str(order)) for cell in row.cells)
