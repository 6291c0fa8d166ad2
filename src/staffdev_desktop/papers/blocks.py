"""What a page is made of. A block says how high it is, splits where it may, and draws itself; `papers.page` flows blocks over pages."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

LONGEST_WHOLE = 200 * mm  # what is no higher moves to the next page whole: with its headings it fits an empty one


class Block:
    """A piece of a paper. Lengths are in points; `before` is the gap above it, dropped at the top of a page."""

    before: float = 0
    whole: bool = False  # never split if one page can hold it

    def height(self, width: float) -> float:
        """How high this block is when it is `width` wide."""
        raise NotImplementedError

    def split(self, width: float, room: float) -> tuple["Block | None", "Block | None"]:
        """The part that fits into `room` (None when nothing sensible does) and the rest (None when all of it fits)."""
        return (self, None) if self.height(width) <= room else (None, self)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at (x, top)."""
        raise NotImplementedError


class Gap(Block):
    """White space that may be dropped."""

    def __init__(self, size: float) -> None:
        self._size = size

    def height(self, width: float) -> float:
        return self._size

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        return


class Stack(Block):
    """Blocks one under the other. The first `stuck` of them never stand alone at the foot of a page."""

    def __init__(self, blocks: Sequence[Block], *, before: float = 0, stuck: int = 0, whole: bool = False) -> None:
        self.blocks = list(blocks)
        self.before = before
        self.stuck, self.whole = stuck, whole

    def height(self, width: float) -> float:
        return sum(self._step(place, width) for place in range(len(self.blocks)))

    def _step(self, place: int, width: float) -> float:
        block = self.blocks[place]
        return block.height(width) + (block.before if place else 0)

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        used = 0.0
        for place, block in enumerate(self.blocks):
            step = self._step(place, width)
            if used + step <= room:
                used += step
                continue
            gap = block.before if place else 0
            first, rest = block.split(width, room - used - gap)
            if place < self.stuck or (first is None and place == self.stuck):
                return None, self
            head = [*self.blocks[:place], first] if first else self.blocks[:place]
            tail = [rest, *self.blocks[place + 1 :]] if rest else self.blocks[place + 1 :]
            if not head:
                return None, self
            return Stack(head, before=self.before), (Stack(tail, before=tail[0].before) if tail else None)
        return self, None

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        for place, block in enumerate(self.blocks):
            if place:
                top -= block.before
            block.draw(canvas, x, top, width)
            top -= block.height(width)


class Kept(Block):
    """A block that is never split: it moves to the next page whole."""

    def __init__(self, inner: Block) -> None:
        self._inner = inner
        self.before = inner.before

    def height(self, width: float) -> float:
        return self._inner.height(width)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        self._inner.draw(canvas, x, top, width)
