"""What the offer prints: each grid on one page, and the directory as it is shown.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.offer.rows import Checked, DirectoryRow, OfferGrid
from staffdev_desktop.cpd.offer.rules import GRIDS, cost_words, when_words
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.reports import Printed, public
from staffdev_desktop.papers.words import CELL, CELL_SMALL, Style, Text

SIZES = (1.3, 1.2, 1.1, 1.0, 0.95, 0.9, 0.84, 0.78, 0.72)
LINE_WIDTH = 100  # points
MOST_IN_A_COLUMN = 5
MARK = "‡"
OFFER, DIRECTORY = "CPD offer", "CPD directory"


def offer_paper(grid: OfferGrid, printed: Printed) -> bytes:
    """One grid on one landscape page, with letters as large as the page allows. A mark says what starts an enrolment."""
    return public(f"{OFFER}: {GRIDS[grid.grid].casefold()}", printed, lambda size: _grid_story(grid, size), landscape=True, sizes=SIZES)


def _grid_story(grid: OfferGrid, size: float) -> list[Block]:
    style = Style(CELL.size * size, CELL.leading * size, CELL.weight)
    rows: list[list[Block]] = []
    for line in grid.lines:
        cells: list[Block] = [Text(line.name, style.strong)]
        for column in grid.columns:
            items = grid.cell(line.id, column.id)
            cells.append(_cell([(item.text, item.programme_id is not None) for item in items], style))
        rows.append(cells)
    widths = (LINE_WIDTH, *(0 for _ in grid.columns))
    note = f"{MARK} The school runs or pays for this as a programme: ask to be enrolled."
    tied = any(item.programme_id is not None for item in grid.items)
    table = Grid(widths, ("", *(column.name for column in grid.columns)), rows, before=8)
    return [table, Text(note if tied else "Ask your line manager about anything on this page.", CELL_SMALL, before=6)]


def _cell(items: Sequence[tuple[str, bool]], style: Style) -> Block:
    if not items:
        return Text("–", style)
    texts = [Text(f"{words} {MARK}" if tied else words, style, lead="•", hang=9) for words, tied in items]
    if len(items) <= MOST_IN_A_COLUMN:
        return Stack(texts)
    half = (len(texts) + 1) // 2
    return _Beside(Stack(texts[:half]), Stack(texts[half:]))


class _Beside(Block):
    """Two stacks side by side: a long list takes half the height."""

    gap = 8.0

    def __init__(self, left: Block, right: Block) -> None:
        self._both = (left, right)

    def height(self, width: float) -> float:
        return max(block.height((width - self.gap) / 2) for block in self._both)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        half = (width - self.gap) / 2
        for place, block in enumerate(self._both):
            block.draw(canvas, x + place * (half + self.gap), top, half)


def directory_paper(rows: Sequence[DirectoryRow], printed: Printed) -> bytes:
    """What is in the directory, in the order given."""
    old = sum(row.checked is not Checked.FRESH for row in rows)
    head = ("What", "Whom to ask", "For", "When and where", "Hours", "Cost")
    words = count_of(len(rows), "line") + (f". {count_of(old, 'line')} not checked for a year: ask first." if old else ".")
    table = Grid((0, 172, 104, 116, 40, 52), head, [_directory_cells(row, printed) for row in rows], before=8)
    return public(DIRECTORY, printed, lambda _size: [Text(words, CELL), table], landscape=True)


def _directory_cells(row: DirectoryRow, printed: Printed) -> list[Block]:
    details, provider = row.details, row.provider
    what: list[Block] = [Text(details.title, CELL.strong)]
    if kind := " · ".join(part for part in (row.kind, details.strand, details.setting) if part):
        what.append(Text(kind, CELL_SMALL))
    if details.about:
        what.append(Text(details.about, CELL_SMALL))
    if row.checked is not Checked.FRESH:
        when = f"Checked {day_with_year(details.checked_on)}: ask first" if details.checked_on else "Not checked: ask first"
        what.append(Text(when, CELL_SMALL.strong))
    ask: list[Block] = [Text(row.provider_name, CELL)]
    if provider:
        ask += [Text(words, CELL_SMALL) for words in (provider.contact, provider.email, provider.phone) if words]
    where = [words for words in (when_words(details, printed.on), details.place) if words]
    return [
        Stack(what),
        Stack(ask),
        Text(details.audience, CELL),
        Stack([Text(words, CELL) for words in where]) if where else Text("", CELL),
        Text(hours(details.minutes) if details.minutes else "", CELL),
        Text(cost_words(details.pence).removesuffix(".00"), CELL),
    ]


def texts_of_offer(grid: OfferGrid) -> tuple[str, ...]:
    """Every word of a grid that people wrote."""
    return (*(each.name for each in (*grid.lines, *grid.columns)), *(item.text for item in grid.items))


def texts_of_directory(rows: Sequence[DirectoryRow]) -> tuple[str, ...]:
    """Every word of the directory that people wrote."""
    found = []
    for row in rows:
        details = row.details
        found += [details.title, details.about, details.audience, details.place, details.dates, row.provider_name]
        if row.provider:
            found += [row.provider.contact, row.provider.email, row.provider.phone]
    return tuple(found)


def file_name(kind: str, on: date) -> str:
    """cpd-offer-stage-as-of-2026-10-20.pdf."""
    return dated_name("cpd", kind, on=on)
