"""What is to be arranged, worked out from a matrix: lines for lists, papers and sheets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from staffdev_desktop.cpd.training.rows import Cell, Matrix, MatrixRow, State, TrainingRow
from staffdev_desktop.kernel.dates import LATEST
from staffdev_desktop.kernel.years import Term

WITHOUT_TERMS = 180  # days, where the school has entered no later term


@dataclass(frozen=True)
class DueLine:
    """One training of one person that is to be arranged."""

    row: MatrixRow
    training: TrainingRow
    cell: Cell


def horizon(today: date, terms: Sequence[Term]) -> date:
    """The end of the next term: until then training is arranged now."""
    ends = sorted(term.ends for term in terms if term.ends >= today)
    if len(ends) > 1:
        return ends[1]
    return today + timedelta(days=WITHOUT_TERMS)


def due_lines(matrix: Matrix, rows: Iterable[MatrixRow], until: date) -> tuple[DueLine, ...]:
    """What has expired, was never done, or runs out by a day: by training in the order of the list, then by day and name."""
    found = []
    for row in rows:
        for training, cell in zip(matrix.trainings, row.cells, strict=True):
            runs_out = cell.required and cell.until is not None and cell.until <= until
            if runs_out or cell.state is State.NOT_YET:
                found.append(DueLine(row, training, cell))
    places = {training.id: place for place, training in enumerate(matrix.trainings)}
    return tuple(
        sorted(found, key=lambda line: (places[line.training.id], line.cell.until or date.min, line.row.person.sort_key, line.row.id))
    )


def owed(matrix: Matrix, row: MatrixRow) -> tuple[tuple[DueLine, ...], tuple[DueLine, ...]]:
    """What one person still owes, the most urgent first, and what they have in date."""
    lines = [DueLine(row, training, cell) for training, cell in zip(matrix.trainings, row.cells, strict=True) if cell.required]
    rank = {State.EXPIRED: 0, State.NOT_YET: 1, State.SOON: 2}
    owes = sorted((line for line in lines if line.cell.needs_action), key=lambda line: (rank[line.cell.state], line.cell.until or LATEST))
    return tuple(owes), tuple(line for line in lines if not line.cell.needs_action)
