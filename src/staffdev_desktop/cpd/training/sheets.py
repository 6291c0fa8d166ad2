"""Training as spreadsheets, and what its files are called: numbers only, never a name. No Qt, no database."""

from collections.abc import Iterable, Sequence
from datetime import date

from staffdev_desktop.cpd.training.due import DueLine
from staffdev_desktop.cpd.training.rows import Cell, Matrix, MatrixRow, State
from staffdev_desktop.exchange.sheets import Cell as SheetCell
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name

MATRIX, DUE, OWED = "training-matrix", "training-to-arrange", "training-owed"
PEOPLE_COLUMNS = ("Staff number", "Name", "Post", "Staff group")
DUE_COLUMNS = (*PEOPLE_COLUMNS, "Training", "How it stands", "Last day it counts", "Last done", "Booked for")


def file_name(kind: str, on: date, ending: str = "pdf") -> str:
    """training-matrix-as-of-2026-10-20.pdf."""
    return dated_name(kind, on=on, ending=ending)


def matrix_sheet(matrix: Matrix, rows: Iterable[MatrixRow]) -> bytes:
    """The matrix as people x training: the last day each counts, or words where there is no day."""
    names = [training.name for training in matrix.trainings]
    return write_xlsx("Training", (*PEOPLE_COLUMNS, *names), [(*_who(row), *(_value(cell) for cell in row.cells)) for row in rows])


def due_sheet(lines: Iterable[DueLine]) -> bytes:
    """What is to be arranged, a line for each person and training."""
    return write_xlsx("Training to arrange", DUE_COLUMNS, [_due(line) for line in lines])


def texts_of(rows: Iterable[MatrixRow], matrix: Matrix) -> tuple[str, ...]:
    """Every word of these papers that people wrote."""
    people = (words for row in rows for words in (row.person.name, row.person.posts, row.person.group))
    return (*people, *(words for each in matrix.trainings for words in (each.name, each.details.note)))


def _who(row: MatrixRow) -> Sequence[SheetCell]:
    return row.person.staff_number, row.person.name, row.person.posts, row.person.group


def _value(cell: Cell) -> SheetCell:
    if cell.state in (State.NOT_NEEDED, State.NOT_YET):
        return str(cell.state)
    return cell.until or "For ever"


def _due(line: DueLine) -> Sequence[SheetCell]:
    cell = line.cell
    return (*_who(line.row), line.training.name, str(cell.state), cell.until, cell.done_on, cell.booked_for)
