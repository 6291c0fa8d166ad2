"""The frame of every paper (margins, heads, fold mark, foot: DESIGN-LANGUAGE section 7), and the flow of blocks over its pages.

Blocks are placed first and drawn afterwards, so that every foot knows how many pages there are without building twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.papers.blocks import Block
from staffdev_desktop.papers.fonts import BOLD, REGULAR, font
from staffdev_desktop.papers.shapes import crest
from staffdev_desktop.papers.words import (
    CELL_SMALL,
    HAIR,
    INK,
    PETROL,
    RULE,
    SMALL,
    TITLE,
    WHITE,
    Span,
    Style,
    Text,
    baseline_below_top,
    draw_line,
    shortened,
    width_of,
    width_of_spans,
)

rl_config.useA85 = 0  # streams as bytes: a fifth smaller, and quicker
PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT, TOP, FOOT = 20 * mm, 16 * mm, 12 * mm, 24 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT  # between the margins of an upright page
CLEAR = 9 * mm  # nothing is printed below this
HEAD_ROW = 20.0
BAR = 2.2
BELOW_BAR = 4 * mm
SCHOOL_SIZES = (Style(10.5, 14, BOLD), Style(8.5, 10, BOLD), Style(6, 6.6, BOLD))  # a long name takes two or three small lines
TAG = Style(11, 14, BOLD)
TAG_SMALL = Style(9, 13, BOLD)
RUNNING = Style(9.5, 14, ink=CELL_SMALL.ink)


# Rows of left, middle and right spans.
Foot = tuple[tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]], ...]


@dataclass(frozen=True)
class Tag:
    """The boxed words at the upper right: which copy, or how confidential. `filled` is white on black."""

    words: str
    filled: bool = False
    small: bool = False


@dataclass(frozen=True)
class House:
    """What stands on every page of one paper. The page number ends the foot's first row."""

    school: str
    title: str
    name_in_file: str  # the PDF's own title: a number, never a person's name
    running: tuple[Span, ...]
    foot: Foot
    tags: tuple[Tag, ...] = ()
    logo: bytes | None = None
    practice: bool = False
    turn_over: bool = False
    landscape: bool = False

    @property
    def page_width(self) -> float:
        """How wide its pages are, in points."""
        return PAGE_HEIGHT if self.landscape else PAGE_WIDTH

    @property
    def page_height(self) -> float:
        """How high its pages are, in points."""
        return PAGE_WIDTH if self.landscape else PAGE_HEIGHT

    @property
    def width(self) -> float:
        """How wide what stands between the margins is, in points."""
        return self.page_width - LEFT - RIGHT


@dataclass(frozen=True)
class _Placed:
    block: Block
    top: float


def paper(house: House, story: Sequence[Block]) -> bytes:
    """Draw a paper. The same input gives the same bytes."""
    font(REGULAR)
    pages = _flowed(story, _first_top(house), _later_top(house), house.width)
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(house.page_width, house.page_height),
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]
        lang="en-GB",
    )
    canvas.setTitle(house.name_in_file)
    canvas.setSubject(house.title)
    canvas.setAuthor(house.school)
    canvas.setCreator("StaffDev Desktop")
    for number, placed in enumerate(pages, 1):
        _draw_frame(canvas, house, number, len(pages))
        for item in placed:
            item.block.draw(canvas, LEFT, item.top, house.width)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def fits_one_page(house: House, story: Sequence[Block]) -> bool:
    """Whether a paper needs no second page."""
    font(REGULAR)
    return len(_flowed(story, _first_top(house), _later_top(house), house.width)) == 1


def _first_top(house: House) -> float:
    return house.page_height - TOP - HEAD_ROW - 5 * mm - Text(house.title, TITLE).height(house.width) - 2.5 * mm - BAR - BELOW_BAR


def _later_top(house: House) -> float:
    return house.page_height - TOP - HEAD_ROW - 3 * mm - RUNNING.leading - 2.5 * mm - BAR - BELOW_BAR


def _flowed(story: Sequence[Block], first_top: float, later_top: float, width: float) -> list[list[_Placed]]:
    pages: list[list[_Placed]] = [[]]
    top = first_top
    waiting = list(reversed(story))
    while waiting:
        block = waiting.pop()
        gap = block.before if pages[-1] else 0
        room = top - gap - FOOT
        height = block.height(width)
        if height <= room:
            pages[-1].append(_Placed(block, top - gap))
            top -= gap + height
            continue
        whole_page = later_top - FOOT
        fits, rest = (None, block) if block.whole and height <= whole_page else block.split(width, room)
        if fits is None and not pages[-1] and len(pages) > 1:
            fits, rest = block, None  # a whole empty page is all there is
        if fits is not None:
            pages[-1].append(_Placed(fits, top - gap))
        if rest is not None:
            waiting.append(rest)
            pages.append([])
            top = later_top
        elif fits is not None:
            top -= gap + fits.height(width)
    return pages


def _draw_frame(canvas: Canvas, house: House, number: int, pages: int) -> None:
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5)
    if not house.landscape:
        canvas.line(6 * mm, PAGE_HEIGHT / 2, 10 * mm, PAGE_HEIGHT / 2)
    top = house.page_height - TOP
    _draw_head_row(canvas, house, top)
    top -= HEAD_ROW
    if number == 1:
        title = Text(house.title, TITLE)
        title.draw(canvas, LEFT, top - 5 * mm, house.width)
        top -= 5 * mm + title.height(house.width)
    else:
        draw_line(canvas, LEFT, top - 3 * mm - baseline_below_top(RUNNING), _fitted_spans(house.running, house.width))
        top -= 3 * mm + RUNNING.leading
    canvas.setStrokeColor(PETROL)
    canvas.setLineWidth(BAR)
    canvas.line(LEFT, top - 2.5 * mm - BAR / 2, LEFT + house.width, top - 2.5 * mm - BAR / 2)
    _draw_foot(canvas, house, number, pages)


def _fitted_spans(spans: Sequence[Span], room: float) -> list[Span]:
    fitted: list[Span] = []
    for words, style in spans:
        cut = shortened(words, style, max(room, 0))
        fitted.append((cut, style))
        room -= width_of(cut, style)
    return fitted


def _draw_head_row(canvas: Canvas, house: House, top: float) -> None:
    x = LEFT + house.width
    tags = (*((Tag("PRACTICE", small=True),) if house.practice else ()), *house.tags)
    for tag in reversed(tags):
        x = _draw_tag(canvas, tag, x, top) - 6
    start = LEFT + _draw_logo(canvas, house.logo, top) + 6
    room = x - start - 6
    names = [Text(house.school, style) for style in SCHOOL_SIZES]
    name = next((text for text in names if text.height(room) <= HEAD_ROW), names[-1])
    name.draw(canvas, start, top - (HEAD_ROW - name.height(room)) / 2, room)


def _draw_tag(canvas: Canvas, tag: Tag, right: float, top: float) -> float:
    style, spacing, side = (TAG_SMALL, 0.6, 6.0) if tag.small else (TAG, 0.45, 9.0)
    height = style.leading + (1.5 if tag.small else 3) + 3
    width = width_of(tag.words, style) + spacing * len(tag.words) + 2 * side
    bottom = top - (HEAD_ROW + height) / 2
    canvas.setLineWidth(1.2 if tag.small else 1.5)
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.rect(right - width + 0.75, bottom + 0.75, width - 1.5, height - 1.5, stroke=1, fill=int(tag.filled))
    text = canvas.beginText(right - width + side, bottom + height / 2 - style.size * 0.36)
    text.setFont(style.weight, style.size)
    text.setCharSpace(spacing)
    text.setFillColor(WHITE if tag.filled else INK)
    text.textOut(tag.words)
    text.setCharSpace(0)  # a text state outlives its text
    canvas.drawText(text)
    return right - width


def _draw_logo(canvas: Canvas, logo: bytes | None, top: float) -> float:
    reader = _logo_reader(logo) if logo else None
    if reader is None:
        crest(canvas, LEFT, top - HEAD_ROW / 2 + 9, 18)
        return 18
    width, height = reader.getSize()
    scale = min(HEAD_ROW / height, 3 * HEAD_ROW / width)
    canvas.drawImage(reader, LEFT, top - (HEAD_ROW + height * scale) / 2, width * scale, height * scale, mask="auto")
    return float(width * scale)


@lru_cache(maxsize=4)
def _logo_reader(logo: bytes) -> ImageReader | None:
    """The school's logo, small enough for 200 papers; None when it cannot be read: a paper must print all the same."""
    try:
        image = Image.open(BytesIO(logo))
        image.load()
    except (OSError, ValueError, SyntaxError):
        return None
    small = image.convert("RGBA")
    small.thumbnail((720, 240))
    return ImageReader(small)


def _draw_foot(canvas: Canvas, house: House, number: int, pages: int) -> None:
    baseline = CLEAR + SMALL.leading * len(house.foot) - baseline_below_top(SMALL)
    rule = CLEAR + SMALL.leading * len(house.foot) + 2 * mm
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.75)
    canvas.line(LEFT, rule, LEFT + house.width, rule)
    for row, (left, middle, right) in enumerate(house.foot):
        if row == 0:
            right = (*right, (f"Page {number} of {pages}", SMALL.strong))
            if house.turn_over and number < pages:
                right = (*right, (" · please turn over", SMALL))
        left = tuple(_fitted_spans(left, house.width - width_of_spans(middle) - width_of_spans(right)))
        draw_line(canvas, LEFT, baseline, left)
        right_width = width_of_spans(right)
        draw_line(canvas, LEFT + house.width - right_width, baseline, right)
        # As the picture: equal gaps on both sides, not the middle of the page.
        gaps = house.width - width_of_spans(left) - width_of_spans(middle) - right_width
        draw_line(canvas, LEFT + width_of_spans(left) + gaps / 2, baseline, middle)
        baseline -= SMALL.leading
