"""The frame of every report: what it says about itself, its numbers first, and who may read it.

Pure: the same bytes for the same rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from staffdev_desktop.kernel.dates import full_day, long_day
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.fonts import BOLD
from staffdev_desktop.papers.grid import SIDE, Grid
from staffdev_desktop.papers.page import House, Tag, fits_one_page, paper
from staffdev_desktop.papers.parts import Indented
from staffdev_desktop.papers.words import CELL, FACT, SMALL, Span, Style, Text, width_of

BIG = Style(20, 24, BOLD)
SUBTITLE = Style(10, 14, ink=SMALL.ink)
_PUBLIC: tuple[Span, ...] = (("For all staff", SMALL.strong),)


@dataclass(frozen=True)
class Printed:
    """What every report says about itself: for which school and year it was printed, and when."""

    school: str
    year: int
    on: date
    logo: bytes | None = None
    practice: bool = False


def report(
    title: str,
    printed: Printed,
    story: Sequence[Block],
    *,
    names: bool,
    minimum: int = 0,
    number: str = "",
    running: str = "",
    landscape: bool = False,
) -> bytes:
    """A report as it stands on the day it is printed. With names it is confidential; without, groups below `minimum` are not shown.

    `number` stands behind the title instead of the year; `running` replaces the title at the head of later pages.
    """
    house = replace(_house(title, printed, names=names, minimum=minimum, number=number, running=running), landscape=landscape)
    return paper(house, [Text(f"As it stands on {full_day(printed.on)}", SUBTITLE), *_below(story)])


def handouts(title: str, printed: Printed, story: Sequence[Block]) -> bytes:
    """Slips and notes that are given out one by one: the pages carry no more than their frame."""
    return paper(_house(title, printed, names=True), story)


def public(
    title: str, printed: Printed, make: Callable[[float], Sequence[Block]], *, landscape: bool = False, sizes: Sequence[float] = (1,)
) -> bytes:
    """A paper that names nobody but the contacts it is about: for the staff room wall and the pigeonhole.

    `make(size)` makes the story with letters of that size, 1 being the usual one. The first of `sizes` with which it needs one page is
    taken, else the last.
    """
    house = replace(
        _house(title, printed, names=True),
        foot=((_PUBLIC, ((f"Printed {long_day(printed.on)}", SMALL),), ()),),
        tags=(),
        landscape=landscape,
    )
    story: list[Block] = []
    for size in sizes:
        story = [Text(f"As it stands on {full_day(printed.on)}", SUBTITLE), *_below(make(size))]
        if fits_one_page(house, story):
            break
    return paper(house, story)


def _house(title: str, printed: Printed, *, names: bool, minimum: int = 0, number: str = "", running: str = "") -> House:
    year = year_label(printed.year)
    left: tuple[Span, ...] = (("CONFIDENTIAL", SMALL.strong), (" · names people: for those who act on it", SMALL))
    if not names:
        left = (("No names", SMALL.strong), (f" · fewer than {minimum} people are not shown", SMALL))
    whole = f"{title} {number}".strip() if number else f"{title} {year}"
    return House(
        school=printed.school,
        title=title if number else f"{title} {year}",
        name_in_file=whole,
        running=((running or title, FACT.strong), (f" · {title if running else year}, continued", SMALL)),
        foot=((left, ((f"Printed {long_day(printed.on)}", SMALL),), ()),),
        tags=(Tag("CONFIDENTIAL", small=True),) if names else (Tag("NO NAMES", small=True),),
        logo=printed.logo,
        practice=printed.practice,
    )


def _below(story: Sequence[Block]) -> list[Block]:
    first, *others = story
    first.before = max(first.before, 8)
    return [first, *others]


def big_numbers(numbers: Sequence[tuple[str, str]]) -> Block:
    """Numbers first: large figures side by side, each with its words."""
    cells: list[Block] = [Stack([Text(number, BIG), Text(words, CELL)]) for number, words in numbers]
    return Grid([0] * len(cells), (), [cells])


def right(words: str, column: float, style: Style = CELL) -> Block:
    """Words at the right edge of a column that is `column` points wide."""
    return Indented(Text(words, style), max(column - 2 * SIDE - width_of(words, style) - 0.01, 0))
