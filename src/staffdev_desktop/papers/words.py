"""Words on paper: styles, and a block of text that breaks into lines, flows over pages and never loses a character.

Written for these papers because ReportLab's own paragraph wants markup (so every name would need escaping), cannot order
right-to-left lines without a further library, and is the dearest part of a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from staffdev_desktop.papers.blocks import Block
from staffdev_desktop.papers.fonts import BOLD, CJK, MONO, REGULAR, clean, font, runs
from staffdev_desktop.papers.shaping import needs_shaping, runs_right_to_left, shaped, visual_runs

INK, INK2 = HexColor("#111718"), HexColor("#3B4447")
RULE, HAIR = HexColor("#6E7678"), HexColor("#A9AFAF")
PETROL, WHITE = HexColor("#0B4A57"), HexColor("#FFFFFF")

# Chinese and Japanese stops that may not begin a line.
_CLOSING = "。，、）》」』！？：；”’)]},.!?:;"


@dataclass(frozen=True)
class Style:
    """How words look: size and leading in points, a bundled font, an ink."""

    size: float
    leading: float
    weight: str = REGULAR
    ink: Color = INK

    @property
    def strong(self) -> "Style":
        """The same in bold."""
        return replace(self, weight=BOLD)


BODY = Style(10, 14.5)
CELL = Style(9.5, 13)
CELL_SMALL = Style(9, 12, ink=INK2)
HEAD_CELL = Style(9, 12, BOLD)
HEADING = Style(12, 16, BOLD)
HINT = Style(9, 16, ink=INK2)
TITLE = Style(20, 25, BOLD)
LABEL = Style(9, 14, ink=INK2)
FACT = Style(10, 14)
SMALL = Style(8.5, 12, ink=INK2)
CODE = Style(8.5, 12, MONO, INK2)

Span = tuple[str, Style]
Piece = tuple[str, Style, str]  # font, style, text


@dataclass(frozen=True)
class _Word:
    """What may not be broken: its pieces, their width, and the width of the space before it (0 where it joins the last)."""

    pieces: tuple[Piece, ...]
    width: float
    space: float


@dataclass(frozen=True)
class Line:
    """One line: its pieces in the order they are read, its width, whether its paragraph reads from the right."""

    pieces: tuple[Piece, ...]
    width: float
    from_right: bool = False


@lru_cache(maxsize=65536)
def measure(name: str, size: float, text: str) -> float:
    """The width in points of a text in one font."""
    if needs_shaping(text):
        return shaped(name, text, runs_right_to_left(text))[1] * size
    widths = font(name).face.charWidths
    default = font(name).face.defaultWidth
    return float(sum(widths.get(ord(character), default) for character in text) * size / 1000)


def width_of(text: str, style: Style) -> float:
    """The width in points of a text on one line."""
    return sum(measure(name, style.size, piece) for name, piece in runs(clean(text), style.weight))


class Text(Block):
    """Words in one or several styles. `lead` (a number, say) hangs left of an indent of `hang` points."""

    def __init__(
        self, words: str | Sequence[Span], style: Style = BODY, *, before: float = 0, lead: str = "", hang: float = 0, follow: bool = False
    ) -> None:
        self.before = before
        self.style = style
        self.lead, self.hang = lead, hang
        self.follow = follow  # a paragraph that reads from the right also starts at the right
        self._spans: tuple[Span, ...] = ((words, style),) if isinstance(words, str) else tuple(words)
        self._lines: tuple[Line, ...] = ()
        self._width = -1.0

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines this text makes in `width` points."""
        if width != self._width:
            self._lines = tuple(_broken(self._spans, self.style, width - self.hang))
            self._width = width
        return self._lines

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        lines = self.lines(width)
        fits = int(room / self.style.leading + 1e-6)
        if len(lines) - fits == 1 and fits > 2:
            fits -= 1  # no line alone at the top of the next page
        if fits < min(2, len(lines)):
            return None, self
        if fits >= len(lines):
            return self, None
        return self._part(lines[:fits], self.lead), self._part(lines[fits:], "")

    def _part(self, lines: tuple[Line, ...], lead: str) -> "Text":
        part = Text((), self.style, lead=lead, hang=self.hang, follow=self.follow)
        part.before = self.before if lead else 0
        part._lines, part._width = lines, self._width
        return part

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        lines = self.lines(width)
        text = canvas.beginText()
        baseline = top - baseline_below_top(self.style)
        if self.lead:
            text.setTextOrigin(x, baseline)
            _draw_pieces(text, ((self.style.weight, self.style, self.lead),))
        for line in lines:
            start = x + self.hang
            if line.from_right and self.follow:
                start = x + width - line.width
            text.setTextOrigin(start, baseline)
            _draw_pieces(text, line.pieces, line.from_right)
            baseline -= self.style.leading
        canvas.drawText(text)


def baseline_below_top(style: Style) -> float:
    """How far below the top of its line a text's baseline lies: ascent and descent centred in the leading, as on screen."""
    face = font(style.weight).face
    ascent, descent = face.ascent * style.size / 1000, -face.descent * style.size / 1000
    return float((style.leading - ascent - descent) / 2 + ascent)


def draw_line(canvas: Canvas, x: float, baseline: float, spans: Iterable[Span]) -> None:
    """Draw spans on one line from `x`, without breaking."""
    text = canvas.beginText()
    text.setTextOrigin(x, baseline)
    pieces = [(name, style, piece) for words, style in spans for name, piece in runs(clean(words).replace("\n", " "), style.weight)]
    _draw_pieces(text, pieces, False)
    canvas.drawText(text)


def width_of_spans(spans: Iterable[Span]) -> float:
    """The width in points of spans on one line."""
    return sum(width_of(words, style) for words, style in spans)


def shortened(words: str, style: Style, width: float) -> str:
    """A text cut, with an ellipsis, to fit one line of `width` points: for places like a foot where it stands in full elsewhere."""
    words = clean(words).replace("\n", " ")
    if width_of(words, style) <= width:
        return words
    while words and width_of(words + "…", style) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def _draw_pieces(text: PDFTextObject, pieces: Sequence[Piece], from_right: bool = False) -> None:
    if any(needs_shaping(words) for _, _, words in pieces):
        ordered = visual_runs([(place, words) for place, (_, _, words) in enumerate(pieces)], from_right)
        for place, words, right_to_left in ordered:
            name, style, _ = pieces[place]
            joined = right_to_left or needs_shaping(words)
            _draw_piece(text, name, style, shaped(name, words, right_to_left)[0] if joined else words)
        return
    for name, style, words in pieces:
        _draw_piece(text, name, style, words)


def _draw_piece(text: Any, name: str, style: Style, words: str) -> None:
    if text._fontname != name or text._fontsize != style.size:
        text.setFont(name, style.size)
    if getattr(text, "_fillColorObj", None) is not style.ink:
        text.setFillColor(style.ink)
    text.textOut(words)


def _broken(spans: Sequence[Span], base: Style, width: float) -> Iterable[Line]:
    for paragraph in _paragraphs(spans):
        from_right = runs_right_to_left("".join(words for words, _ in paragraph))
        yield from _filled(_words(paragraph, base), width, base, from_right)


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for words, style in spans:
        for number, part in enumerate(clean(words).split("\n")):
            if number:
                paragraphs.append([])
            if part:
                paragraphs[-1].append((part, style))
    return paragraphs


def _words(paragraph: Sequence[Span], base: Style) -> list[_Word]:
    found: list[_Word] = []
    pieces: list[Piece] = []
    space = 0.0

    def end_word() -> None:
        if pieces:
            found.append(_Word(tuple(pieces), sum(measure(name, style.size, text) for name, style, text in pieces), space))
            pieces.clear()

    for words, style in paragraph:
        for number, chunk in enumerate(words.split(" ")):
            if number:
                end_word()
                space = measure(base.weight, style.size, " ")
            for name, text in runs(chunk, style.weight):
                if name != CJK:
                    pieces.append((name, style, text))
                    continue
                for character in text:  # a line may break between any two
                    if pieces and character not in _CLOSING:
                        end_word()
                        space = 0.0
                    pieces.append((name, style, character))
    end_word()
    return found


def _filled(words: Sequence[_Word], width: float, base: Style, from_right: bool) -> Iterable[Line]:
    pieces: list[Piece] = []
    used = 0.0
    for word in words:
        if pieces and used + word.space + word.width > width:
            yield Line(tuple(pieces), used, from_right)
            pieces, used = [], 0.0
        rest = word
        while rest.width > width and (cut := _cut(rest, width)):
            yield Line(cut[0].pieces, cut[0].width, from_right)
            rest = cut[1]
        if pieces and rest.space:
            _add(pieces, (base.weight, rest.pieces[0][1], " "))
            used += rest.space
        for piece in rest.pieces:
            _add(pieces, piece)
        used += rest.width
    yield Line(tuple(pieces), used, from_right)


def _add(pieces: list[Piece], piece: Piece) -> None:
    """Join a piece to the last one of the same font and style: fewer operations on the page."""
    if pieces and pieces[-1][0] == piece[0] and pieces[-1][1] is piece[1]:
        pieces[-1] = (piece[0], piece[1], pieces[-1][2] + piece[2])
    else:
        pieces.append(piece)


def _cut(word: _Word, width: float) -> tuple[_Word, _Word] | None:
    """Cut a word longer than the line (an address, a row of dots) where the line ends; None when it is one character."""
    head: list[Piece] = []
    used = 0.0
    for number, (name, style, text) in enumerate(word.pieces):
        for place, character in enumerate(text):
            step = measure(name, style.size, character)
            if used + step > width and (head or place):
                if place:
                    head.append((name, style, text[:place]))
                tail = ((name, style, text[place:]), *word.pieces[number + 1 :])
                rest = sum(measure(name, style.size, text) for name, style, text in tail)
                return _Word(tuple(head), used, 0), _Word(tail, rest, 0)
            used += step
        head.append((name, style, text))
    return None
