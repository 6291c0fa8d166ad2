"""What training prints: the matrix for an inspection, what is to be arranged, what one person owes. Pure: rows in, PDF bytes out."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.cpd.training.due import DueLine, owed
from staffdev_desktop.cpd.training.rows import Cell, Matrix, MatrixRow, State
from staffdev_desktop.cpd.training.rules import NOT_THE_REGISTER, validity_words
from staffdev_desktop.kernel.dates import day_with_year, long_day, short_day
from staffdev_desktop.kernel.names import capital, count_of
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.joining import joined
from staffdev_desktop.papers.parts import Facts, Indented, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, report
from staffdev_desktop.papers.shapes import disc
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, SMALL, Style, Text, width_of

ACROSS = 7  # trainings on one sheet: a day with its year needs the room
PERSON = 204  # points for a name and a post beside it
DAY = Style(8.5, 11)
MARK = 10  # points for a mark and the gap after it
SHAPES = {State.IN_DATE: "full", State.SOON: "half", State.NOT_YET: "empty", State.EXPIRED: "bar"}
KEY = (
    (State.IN_DATE, "in date, with the last day it counts"),
    (State.SOON, "expires soon"),
    (State.EXPIRED, "expired"),
    (State.NOT_YET, "not yet done"),
)


class Marked(Indented):
    """Words with the drawn mark of a state before them, so that they can be told apart in one-bit black."""

    def __init__(self, state: State, words: str, style: Style = DAY) -> None:
        super().__init__(Text(words, style.strong if state is State.EXPIRED else style), MARK)
        self._state, self._style = state, style

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """The mark, then the words."""
        disc(canvas, x, top - self._style.leading / 2 - 0.3, 6.6, SHAPES[self._state])
        super().draw(canvas, x, top, width)


class _Key(Block):
    """What the marks mean, in one line."""

    before = 6

    def height(self, width: float) -> float:
        return CELL_SMALL.leading

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        for state, words in KEY:
            style = CELL_SMALL.strong if state is State.EXPIRED else CELL_SMALL
            wide = MARK + width_of(words, style) + 0.01
            Marked(state, words, CELL_SMALL).draw(canvas, x, top, wide)
            x += wide + 16


def matrix_paper(matrix: Matrix, rows: Sequence[MatrixRow], by: str, printed: Printed) -> bytes:
    """The matrix on A4 across, for an inspection: as many sheets beside each other as the trainings need. `by` is who prints it."""
    found = [cell.state for row in rows for cell in row.cells if cell.required]
    numbers = [
        (str(found.count(State.EXPIRED)), "expired"),
        (str(found.count(State.NOT_YET)), "not yet done"),
        (str(found.count(State.SOON)), f"expire within {count_of(matrix.warn_days, 'day')}"),
        (str(found.count(State.IN_DATE)), "in date"),
        (str(len(rows)), f"of {count_of(len(matrix.rows), 'person', 'people')} on roll"),
    ]
    story: list[Block] = [Text(f"{NOT_THE_REGISTER} Printed by {by}.", BODY), _spaced(big_numbers(numbers)), _Key()]
    if matrix.cover:
        words = [f"{each.name}: {each.have} in date, {each.needed} needed" for each in matrix.cover]
        story.append(Text(f"Minimum cover. {'. '.join(words)}.", CELL_SMALL, before=3))
    parts = _parts(len(matrix.trainings))
    for number, places in enumerate(parts, 1):
        title = "Training" if len(parts) == 1 else f"Training, part {number} of {len(parts)}"
        story.append(section(heading(title), [_matrix_grid(matrix, rows, places)]))
    return report("Training of staff", printed, story, names=True, landscape=True)


def _spaced(block: Block) -> Block:
    block.before = 6
    return block


def _parts(count: int) -> list[range]:
    """Trainings shared over as few sheets as it takes, as evenly as can be."""
    sheets = max(1, -(-count // ACROSS))
    edges = [count * number // sheets for number in range(sheets + 1)]
    return [range(first, last) for first, last in pairwise(edges)]


def _matrix_grid(matrix: Matrix, rows: Sequence[MatrixRow], places: range) -> Grid:
    head = ["Member of staff", *(matrix.trainings[place].name for place in places)]
    cells: list[list[Block]] = []
    for row in rows:
        who = Text([(row.person.name, DAY.strong), (f"  {row.person.posts or row.person.group}", SMALL)], DAY)
        cells.append([who, *(_matrix_cell(row.cells[place]) for place in places)])
    return Grid([PERSON, *[0] * len(places)], head, cells)


def _matrix_cell(cell: Cell) -> Block:
    if cell.state is State.NOT_NEEDED:
        return Text("–", DAY)
    words: list[Block] = [Marked(cell.state, _day_words(cell))]
    if cell.booked_for:
        words.append(Indented(Text(f"booked {short_day(cell.booked_for)}", SMALL), MARK))
    return Stack(words)


def _day_words(cell: Cell) -> str:
    if cell.state is State.NOT_YET:
        return "Not yet"
    return day_with_year(cell.until) if cell.until else "Done"


def due_paper(lines: Sequence[DueLine], until: date, by: str, printed: Printed) -> bytes:
    """What is to be arranged by the end of the next term, training by training, so that each can be booked as one course."""
    numbers = [
        (str(sum(line.cell.state is State.EXPIRED for line in lines)), "expired"),
        (str(sum(line.cell.state is State.NOT_YET for line in lines)), "not yet done"),
        (str(sum(line.cell.state not in (State.EXPIRED, State.NOT_YET) for line in lines)), f"run out by {short_day(until)}"),
    ]
    story: list[Block] = [Text(f"Up to {long_day(until)}, the end of the next term. Printed by {by}.", BODY), _spaced(big_numbers(numbers))]
    for training in dict.fromkeys(line.training for line in lines):
        mine = [line for line in lines if line.training == training]
        rows = [_due_cells(line) for line in mine]
        head = ("Name", "Staff group", "How it stands", "Booked for")
        story.append(section(heading(training.name, hint=count_of(len(mine), "person", "people")), [Grid((0, 120, 128, 84), head, rows)]))
    if not lines:
        story.append(Text("Nothing is to be arranged: everything required is in date until then.", BODY, before=10))
    return report("Training to arrange", printed, story, names=True)


def _due_cells(line: DueLine) -> list[Block]:
    cell = line.cell
    words = {State.EXPIRED: "Expired ", State.NOT_YET: ""}.get(cell.state, "Until ") + _day_words(cell)
    booked = Text(day_with_year(cell.booked_for) if cell.booked_for else "", CELL)
    who = Stack([Text(line.row.person.name, CELL.strong), Text(line.row.person.posts, CELL_SMALL)])
    return [who, Text(line.row.person.group, CELL), Marked(cell.state, words, CELL), booked]


def owed_paper(matrix: Matrix, rows: Sequence[MatrixRow], by: str, printed: Printed) -> bytes:
    """What each of these people still owes, with room to write when it was done; a paper for each, to give to them."""
    return joined([_one_owed(matrix, row, by, printed) for row in rows])


def _one_owed(matrix: Matrix, row: MatrixRow, by: str, printed: Printed) -> bytes:
    person, (owes, has) = row.person, owed(matrix, row)
    facts = Facts(
        [
            ("Name", [(person.name, FACT.strong)]),
            ("Post", person.posts),
            ("Staff group", person.group or "Not set"),
            ("Staff number", person.staff_number),
        ]
    )
    story: list[Block] = [facts]
    if owes:
        head = ("Training", "How it stands", "Booked for", "Done on, with whom")
        rows = [_owed_cells(line) for line in owes]
        story.append(section(heading("Still to do"), [Grid((0, 112, 78, 150), head, rows)]))
        story.append(Text(f"Write down what is done and give this sheet back to {by} with the certificates.", BODY, before=8))
    else:
        story.append(section(heading("Still to do"), [Text("Nothing: everything required is in date.", BODY)]))
    if has:
        in_date: list[list[Block]] = [
            [Text(line.training.name, CELL), Marked(line.cell.state, _day_words(line.cell), CELL)] for line in has
        ]
        story.append(section(heading("In date"), [Grid((0, 190), ("Training", "Counts until"), in_date)]))
    return report("Required training", printed, story, names=True, number=person.staff_number, running=person.name)


def _owed_cells(line: DueLine) -> list[Block]:
    cell = line.cell
    words = {State.EXPIRED: "Expired ", State.SOON: "Until "}.get(cell.state, "") + _day_words(cell)
    said = validity_words(line.training.details)
    named = Stack([Text(line.training.name, CELL.strong), Text(capital(said), CELL_SMALL)])
    return [
        named,
        Marked(cell.state, words, CELL),
        Text(day_with_year(cell.booked_for) if cell.booked_for else "", CELL),
        Text("", CELL),
    ]
