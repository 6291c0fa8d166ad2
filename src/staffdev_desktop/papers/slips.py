"""Notes of half a page, and slips for pigeonholes: cut out, folded in three, with a name and a room outside and the words inside.

A strip is printed on one side. The blank part is folded over the words, then the name to the back: what was printed of the words lies
inside, and nothing but name and room can be read from outside.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.fonts import BOLD
from staffdev_desktop.papers.words import BODY, CELL_SMALL, HAIR, RULE, Style, Text

HEIGHT = 74 * mm  # three to a page
NAME_PART = 40 * mm  # what is left is halved: the blank part must cover the words
SIDE, ABOVE = 5 * mm, 6 * mm
HALF, NOTE_SIDE = 110 * mm, 8 * mm  # two notes to a page
NAMES = (Style(13, 17, BOLD), Style(9, 11, BOLD), Style(6, 7, BOLD))  # a long name takes smaller letters, never the next slip's room


class FoldedSlip(Block):
    """One strip: `name` and `room` on the outside, `inside` in the middle, and a blank part that covers it.

    Use `inside_fits` first: what is longer than the strip belongs on a second one.
    """

    def __init__(self, name: str, room: str, inside: Sequence[Block]) -> None:
        self._name, self._room, self._inside = name, room, Stack(inside)

    def height(self, width: float) -> float:
        return HEIGHT

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        covered = _words_part(width)
        self._outside().draw(canvas, x + SIDE, top - ABOVE, NAME_PART - 2 * SIDE)
        self._inside.draw(canvas, x + NAME_PART + SIDE, top - ABOVE, covered - 2 * SIDE)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.75)
        canvas.rect(x, top - HEIGHT, width, HEIGHT)
        canvas.setStrokeColor(HAIR)
        canvas.setDash(3, 3)
        folds = (x + NAME_PART, x + NAME_PART + covered)
        canvas.lines([(fold, top, fold, top - HEIGHT) for fold in folds])
        canvas.setDash()

    def _outside(self) -> Block:
        tried = [_name_and_room(self._name, self._room, style) for style in NAMES]
        return next((block for block in tried if block.height(NAME_PART - 2 * SIDE) <= HEIGHT - 2 * ABOVE), tried[-1])


def _name_and_room(name: str, room: str, style: Style) -> Block:
    blocks: list[Block] = [Text(name, style)]
    if room:
        blocks.append(Text(room, BODY if style is NAMES[0] else CELL_SMALL, before=1 * mm))
    return Stack(blocks)


def _words_part(width: float) -> float:
    return (width - NAME_PART) / 2


def inside_fits(inside: Sequence[Block], width: float) -> bool:
    """Whether these blocks fit into the part that is covered, on a page with `width` points between its margins."""
    return Stack(inside).height(_words_part(width) - 2 * SIDE) <= HEIGHT - 2 * ABOVE


class Note(Block):
    """Half a page in a frame, to cut out and hand over; what is longer makes it higher."""

    before = 4 * mm

    def __init__(self, inside: Sequence[Block]) -> None:
        self._inside = Stack(inside)

    def height(self, width: float) -> float:
        return max(HALF, self._inside.height(width - 2 * NOTE_SIDE) + 2 * NOTE_SIDE)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        self._inside.draw(canvas, x + NOTE_SIDE, top - NOTE_SIDE, width - 2 * NOTE_SIDE)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.75)
        canvas.rect(x, top - self.height(width), width, self.height(width))


def how_to_fold() -> Block:
    """The line above the slips."""
    words = "Cut along the full lines. Fold the blank part over the words, then the name to the back, and close with a staple."
    return Text(words, CELL_SMALL)
