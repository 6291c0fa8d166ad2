"""Tables: rows that never split but where one is longer than a page, and headings that come again on every page."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.papers.blocks import LONGEST_WHOLE, Block
from staffdev_desktop.papers.words import HEAD_CELL, INK, RULE, Text

SIDE, ABOVE, HEAD_ABOVE = 5.25, 3.75, 2.25
LEAST_PART = 30 * mm  # a long row does not begin in less room than this

Row = Sequence[Block]


class Grid(Block):
    """A ruled table. `widths` are points, or 0 for an equal share of what is left; without `head` it has no heading row."""

    def __init__(self, widths: Sequence[float], head: Sequence[str], rows: Sequence[Row], *, before: float = 0) -> None:
        self.before = before
        self._widths = tuple(widths)
        self._head = tuple(Text(words, HEAD_CELL) for words in head)
        self._rows = [tuple(row) for row in rows]
        self._heights: list[float] = []
        self._measured_at = -1.0

    def height(self, width: float) -> float:
        return self._head_height(width) + sum(self._row_heights(width))

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        heights = self._row_heights(width)
        used = self._head_height(width)
        for place, height in enumerate(heights):
            if used + height <= room:
                used += height
                continue
            if height > LONGEST_WHOLE and room - used >= LEAST_PART:
                first, rest = self._split_row(place, width, room - used)
                if first:
                    return self._part([*self._rows[:place], first]), self._part([rest, *self._rows[place + 1 :]])
            if place == 0:
                return None, self
            return self._part(self._rows[:place]), self._part(self._rows[place:])
        return self, None

    def _split_row(self, place: int, width: float, room: float) -> tuple[Row, Row]:
        first: list[Block] = []
        rest: list[Block] = []
        moved = False
        for cell, cell_width in zip(self._rows[place], self._columns(width), strict=True):
            head, tail = cell.split(cell_width - 2 * SIDE, room - 2 * ABOVE)
            moved = moved or head is not None
            first.append(head or Text(""))
            rest.append(tail or Text(""))
        return (first, rest) if moved else ((), ())

    def _part(self, rows: Sequence[Row]) -> "Grid":
        part = Grid(self._widths, (), rows, before=self.before)
        part._head = self._head
        return part

    def _columns(self, width: float) -> list[float]:
        fixed = sum(self._widths)
        shares = self._widths.count(0)
        return [own or (width - fixed) / shares for own in self._widths]

    def _head_height(self, width: float) -> float:
        if not self._head:
            return 0
        columns = self._columns(width)
        return max(cell.height(column - 2 * SIDE) for cell, column in zip(self._head, columns, strict=True)) + 2 * HEAD_ABOVE

    def _row_heights(self, width: float) -> list[float]:
        if self._measured_at != width:
            columns = self._columns(width)
            self._heights = [
                max(cell.height(column - 2 * SIDE) for cell, column in zip(row, columns, strict=True)) + 2 * ABOVE for row in self._rows
            ]
            self._measured_at = width
        return self._heights

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        columns = self._columns(width)
        start = top
        head = self._head_height(width)
        if head:
            _draw_cells(canvas, self._head, columns, x, top - HEAD_ABOVE)
            top -= head
        for row, height in zip(self._rows, self._row_heights(width), strict=True):
            _draw_cells(canvas, row, columns, x, top - ABOVE)
            top -= height
        self._draw_rules(canvas, x, start, head, columns, width)

    def _draw_rules(self, canvas: Canvas, x: float, top: float, head: float, columns: Sequence[float], width: float) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.75)
        bottom = top - head
        lines = [(x, top, x + width, top)]
        for height in self._row_heights(width):
            bottom -= height
            lines.append((x, bottom, x + width, bottom))
        edge = x
        lines.append((x, top, x, bottom))
        for column in columns:
            edge += column
            lines.append((edge, top, edge, bottom))
        canvas.lines(lines)
        if head:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.5)
            canvas.line(x, top - head, x + width, top - head)


def _draw_cells(canvas: Canvas, cells: Sequence[Block], columns: Sequence[float], x: float, top: float) -> None:
    for cell, column in zip(cells, columns, strict=True):
        cell.draw(canvas, x + SIDE, top, column - 2 * SIDE)
        x += column
