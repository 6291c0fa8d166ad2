"""The parts papers share: headings, facts, answer lines, tick boxes, outcomes, boxes, signatures (measures of visual/paper.css)."""

from collections.abc import Callable, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.papers.blocks import LONGEST_WHOLE, Block, Stack
from staffdev_desktop.papers.fonts import BOLD
from staffdev_desktop.papers.shapes import TICK_BOX, disc, lock, tick_box
from staffdev_desktop.papers.words import (
    BODY,
    CELL,
    FACT,
    HAIR,
    HEADING,
    HINT,
    INK,
    LABEL,
    RULE,
    SMALL,
    Span,
    Style,
    Text,
    width_of,
)

PITCH = 8.4 * mm  # answer lines: room for a pen
BEFORE_HEADING, AFTER_HEADING = 4.6 * mm, 1.5 * mm
NUMBER_WIDTH = 19.5
Mark = Callable[[Canvas, float, float], None]  # draws what stands for a tick box, at its upper left corner
OUTCOME_SHAPES = {"met": "full", "partly met": "half", "not met": "empty", "carried forward": "onward", "dropped": "bar"}


def heading(title: str, number: int | None = None, hint: str = "") -> Text:
    """A section's heading, numbered, with its hint in small on the same line."""
    spans: list[Span] = [(title, HEADING)]
    if hint:
        spans.append((" \N{NO-BREAK SPACE}" + hint, HINT))
    return Text(spans, HEADING, lead=str(number) if number else "", hang=NUMBER_WIDTH if number else 0)


def section(head: Text, body: Sequence[Block], *, whole: bool = False) -> Stack:
    """A heading and what belongs to it; the heading is never alone at the foot of a page."""
    first, *others = body
    first.before = max(first.before, AFTER_HEADING)
    stack = Stack([head, first, *others], before=BEFORE_HEADING, stuck=1)
    stack.whole = whole
    return stack


class Lines(Block):
    """Ruled lines to write on."""

    def __init__(self, count: int, pitch: float = PITCH, *, before: float = 0) -> None:
        self._count, self._pitch = count, pitch
        self.before = before

    def height(self, width: float) -> float:
        return self._count * self._pitch

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        fits = int(room / self._pitch + 1e-6)
        if fits >= self._count:
            return self, None
        if fits < min(2, self._count):
            return None, self
        return Lines(fits, self._pitch, before=self.before), Lines(self._count - fits, self._pitch)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.lines([(x, top - self._pitch * line, x + width, top - self._pitch * line) for line in range(1, self._count + 1)])


class Facts(Block):
    """Labels and values in two columns, ruled."""

    label_width = 85.0
    side, row = 6.75, 17.25

    def __init__(self, pairs: Sequence[tuple[str, Sequence[Span] | str | Block]], *, last_row: float = 0) -> None:
        beside = self.label_width - self.side - 1  # a label with no value after it has more room
        cells: list[tuple[Block, Block, float]] = [
            (Text(label, LABEL), value if isinstance(value, Block) else Text(value, FACT), beside if value else 2 * beside)
            for label, value in pairs
        ]
        if len(cells) % 2:
            cells.append((Text(""), Text(""), beside))
        self._cells = cells
        self._last_row = last_row

    def _heights(self, width: float) -> list[float]:
        value_width = width / 2 - self.label_width - self.side
        heights = [
            max(
                self.row,
                *(max(label.height(room), value.height(value_width)) + 6 for label, value, room in self._cells[place : place + 2]),
            )
            for place in range(0, len(self._cells), 2)
        ]
        heights[-1] = max(heights[-1], self._last_row)
        return heights

    def height(self, width: float) -> float:
        return sum(self._heights(width))

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        total = self.height(width)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.75)
        canvas.rect(x, top - total, width, total)
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(x + width / 2, top, x + width / 2, top - total)
        for place, height in enumerate(self._heights(width)):
            if place:
                canvas.setStrokeColor(HAIR)
                canvas.line(x, top, x + width, top)
            for side, (label, value, room) in enumerate(self._cells[2 * place : 2 * place + 2]):
                left = x + side * width / 2
                label.draw(canvas, left + self.side, top - 2.5, room)
                value.draw(canvas, left + self.label_width, top - 2.5, width / 2 - self.label_width - self.side)
            top -= height


class Tick(Block):
    """A box to tick and its words; a mark is drawn in the box's place."""

    def __init__(self, words: str | Sequence[Span], ticked: bool | Mark = False, style: Style = BODY, *, before: float = 0) -> None:
        self._text = Text(words, style)
        self._ticked = ticked
        self._style = style
        self.before = before

    @property
    def indent(self) -> float:
        """How far right of the box its words begin."""
        return TICK_BOX + 3.75

    def height(self, width: float) -> float:
        return max(self._text.height(width - self.indent), TICK_BOX)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room:
            return self, None
        first, rest = self._text.split(width - self.indent, room)
        if first is None:
            return None, self
        return Stack([_Ticked(first, self._ticked, self._style, self.indent)], before=self.before), Indented(rest, self.indent)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        _Ticked(self._text, self._ticked, self._style, self.indent).draw(canvas, x, top, width)


class Indented(Block):
    """A block that stands in from the left."""

    def __init__(self, inner: Block | None, by: float) -> None:
        self._inner = inner or Text("")
        self._by = by
        self.before = self._inner.before

    def height(self, width: float) -> float:
        return self._inner.height(width - self._by)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        first, rest = self._inner.split(width - self._by, room)
        return (Indented(first, self._by) if first else None), (Indented(rest, self._by) if rest else None)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        self._inner.draw(canvas, x + self._by, top, width - self._by)


class _Ticked(Indented):
    def __init__(self, inner: Block, ticked: bool | Mark, style: Style, by: float) -> None:
        super().__init__(inner, by)
        self._ticked, self._middle = ticked, style.leading / 2

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        box_top = top - self._middle + TICK_BOX / 2
        if callable(self._ticked):
            self._ticked(canvas, x, box_top)
        else:
            tick_box(canvas, x, box_top, self._ticked)
        super().draw(canvas, x, top, width)


class TickRow(Block):
    """A question and its choices, each with a box, side by side; they wrap to as many lines as they need."""

    def __init__(self, label: str, choices: Sequence[tuple[str, bool | Mark]], style: Style = BODY, *, before: float = 0) -> None:
        self.before = before
        self._label = (label, Style(style.size, style.leading, BOLD, style.ink)) if label else None
        self._choices = choices
        self._style = style

    def _placed(self, width: float) -> list[tuple[float, int, Block]]:
        items: list[tuple[float, Block]] = []
        if self._label:
            items.append((min(width_of(*self._label), width), Text(*self._label)))
        for words, ticked in self._choices:
            tick = Tick(words, ticked, self._style)
            items.append((min(tick.indent + width_of(words, self._style) + 0.01, width), tick))
        placed: list[tuple[float, int, Block]] = []
        x, line = 0.0, 0
        for own_width, block in items:
            if x and x + own_width > width:
                x, line = 0.0, line + 1
            placed.append((x, line, block))
            x += own_width + 14
        return placed

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= LONGEST_WHOLE:
            return super().split(width, room)
        return Stack([block for _, _, block in self._placed(width)], before=self.before).split(width, room)

    def _line_heights(self, width: float) -> list[float]:
        heights: dict[int, float] = {}
        for x, line, block in self._placed(width):
            heights[line] = max(heights.get(line, 0), block.height(width - x))
        return list(heights.values())

    def height(self, width: float) -> float:
        return sum(self._line_heights(width))

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        heights = self._line_heights(width)
        for left, line, block in self._placed(width):
            block.draw(canvas, x + left, top - sum(heights[:line]), width - left)


class Outcome(Indented):
    """How a target went: a drawn disc and the word."""

    def __init__(self, outcome: str) -> None:
        super().__init__(Text(outcome[:1].upper() + outcome[1:], CELL.strong), 11)
        self._shape = OUTCOME_SHAPES.get(outcome, "")

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        if self._shape:
            disc(canvas, x, top - CELL.leading / 2 - 0.3, 7.4, self._shape)
        super().draw(canvas, x, top, width)


class Boxed(Block):
    """A ruled box round blocks; over a page's end it is closed and opened again."""

    side, above, below = 7.5, 5.25, 7.5

    def __init__(self, inner: Block, *, before: float = 0) -> None:
        self._inner = inner
        self.before = before

    def height(self, width: float) -> float:
        return self._inner.height(width - 2 * self.side) + self.above + self.below

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        first, rest = self._inner.split(width - 2 * self.side, room - self.above - self.below)
        return (Boxed(first, before=self.before) if first else None), (Boxed(rest) if rest else None)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.75)
        height = self.height(width)
        canvas.rect(x, top - height, width, height)
        self._inner.draw(canvas, x + self.side, top - self.above, width - 2 * self.side)


class Signatures(Block):
    """Boxes side by side: who signs, a line of 11 mm, the printed name and post, the date."""

    gap, side, above, date_width = 8 * mm, 7.5, 6.0, 88.5

    def __init__(self, people: Sequence[tuple[str, str, str]], *, before: float = 0) -> None:
        self.before = before
        self._people = [(Text(role, BODY.strong), Stack([Text(name, BODY.strong), Text(post, LABEL)])) for role, name, post in people]

    def _box(self, width: float) -> float:
        count = max(2, len(self._people))
        return (width - (count - 1) * self.gap) / count

    def height(self, width: float) -> float:
        names = self._box(width) - 2 * self.side - self.date_width - 6
        name_height = max(person[1].height(names) for person in self._people)
        return 2 * self.above + BODY.leading + 11 * mm + LABEL.leading + 3 * mm + max(name_height, 7 * mm + LABEL.leading)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        box, height = self._box(width), self.height(width)
        for role, name in self._people:
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.75)
            canvas.rect(x, top - height, box, height)
            left, right = x + self.side, x + box - self.side
            y = top - self.above
            role.draw(canvas, left, y, right - left)
            y -= BODY.leading + 11 * mm
            canvas.setStrokeColor(INK)
            canvas.line(left, y, right, y)
            Text("Signature", LABEL).draw(canvas, left, y, right - left)
            y -= LABEL.leading + 3 * mm
            name.draw(canvas, left, y, right - left - self.date_width - 6)
            canvas.setStrokeColor(INK)
            canvas.line(right - self.date_width, y - 7 * mm, right, y - 7 * mm)
            Text("Date", LABEL).draw(canvas, right - self.date_width, y - 7 * mm, self.date_width)
            x += box + self.gap


class LockNote(Indented):
    """Small words beside a lock."""

    def __init__(self, words: str, *, before: float = 0) -> None:
        super().__init__(Text(words, SMALL), 15.75)
        self.before = before

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        lock(canvas, x, top - 0.5, 10.5)
        super().draw(canvas, x, top, width)
