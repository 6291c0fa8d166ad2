"""What sessions print: the year’s calendar on one page, a sheet to sign in on, certificates of attendance.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes.rows import PlaceRow, SessionRow, SessionState
from staffdev_desktop.cpd.programmes.rules import by_term, directed_minutes
from staffdev_desktop.kernel.dates import clock_time, day_in_table, full_day, long_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import Term, year_label
from staffdev_desktop.papers.blocks import Block, Gap, Kept, Stack
from staffdev_desktop.papers.fonts import BOLD
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.joining import joined, page_count
from staffdev_desktop.papers.page import House, Tag, paper
from staffdev_desktop.papers.parts import Facts, Lines, Signatures
from staffdev_desktop.papers.reports import Printed, big_numbers
from staffdev_desktop.papers.shapes import disc
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, HAIR, HEADING, SMALL, Style, Text, width_of

CALENDAR, SIGN_IN, CERTIFICATE = "Calendar of CPD", "Sign-in sheet", "Certificate of attendance"
# How the calendar is set: size in points, and whether the details stand behind the title. The first that fits the year on a page.
SETTINGS = ((9.5, False), (9.0, False), (8.5, False), (8.0, False), (7.5, False), (8.0, True), (7.5, True), (7.0, True), (6.5, True))
COLUMN_GAP = 7 * mm
SIGN_ROW, LEAST_EMPTY, ROWS_ON_A_PAGE = 9.2 * mm, 6, 18
NAME, WHAT = Style(26, 33, BOLD), Style(18, 24, BOLD)
Tell = Callable[[int, int, str], None]


# -- the calendar ---------------------------------------------------------------------------------------------------------------


def calendar_paper(rows: Sequence[SessionRow], terms: Sequence[Term], printed: Printed) -> bytes:
    """The year’s sessions by term, on one page as long as letters of 6.5 points hold it; what was cancelled is left out."""
    standing = [row for row in rows if row.state is not SessionState.CANCELLED]
    if not standing:
        return paper(_open_house(CALENDAR, printed), [Text("No session is planned in this year.", BODY)])
    drawn = b""
    for size, in_line in SETTINGS:
        drawn = paper(_open_house(CALENDAR, printed), _calendar_story(standing, terms, size, in_line))
        if page_count(drawn) == 1:
            break
    return drawn


def _open_house(words: str, printed: Printed) -> House:
    """The frame of a paper that lies open in the hall."""
    title = f"{words} {year_label(printed.year)}"
    return House(
        school=printed.school,
        title=title,
        name_in_file=title,
        running=((words, FACT.strong), (f" · {year_label(printed.year)}, continued", SMALL)),
        foot=((((f"As planned on {full_day(printed.on)}", SMALL),), (), ()),),
        logo=printed.logo,
        practice=printed.practice,
    )


def _calendar_story(rows: Sequence[SessionRow], terms: Sequence[Term], size: float, in_line: bool) -> list[Block]:
    directed = directed_minutes(rows)
    strip = [(str(len(rows)), "sessions" if len(rows) != 1 else "session"), (hours(sum(row.details.minutes for row in rows)), "hours")]
    if directed:
        strip.append((hours(directed), "hours of directed time"))
    blocks: list[Block] = []
    for name, theirs in by_term(rows, terms):
        head = Text(name, Style(size + 2, size + 6, BOLD), before=size)
        lines = [_Session(row, size, in_line) for row in theirs]
        blocks += [Stack([head, lines[0]], before=size, stuck=1), *lines[1:]]
    key = Text([("Black disc: ", Style(8, 11, BOLD)), ("part of directed time.", SMALL)], SMALL, before=6)
    return [big_numbers(strip), _Columns(blocks, before=10), *([key] if directed else [])]


class _Session(Block):
    """A session in the calendar: its day, what it is, how long, and a second line of when, where and with whom."""

    def __init__(self, row: SessionRow, size: float, in_line: bool) -> None:
        details = row.details
        self._style = Style(size, size + 3)
        self._directed = details.directed
        self._day = Text(day_in_table(details.held_on), self._style.strong)
        self._hours = Text(f"{hours(details.minutes)} h", self._style)
        when = clock_time(details.starts_at) if details.starts_at else ""
        small = ", ".join(part for part in (when, details.place, row.leaders, details.audience) if part)
        quiet = Style(size - 0.5, size + 2, ink=SMALL.ink)
        behind = [(f"  {small}", quiet)] if small and in_line else []
        self._title = Text([(details.title, self._style.strong), *behind], self._style)
        self._second = Text(small, quiet) if small and not in_line else None
        self._edge = width_of("Wed 30 Nov", self._style.strong) + 6

    def _room(self, width: float) -> float:
        return width - self._edge - width_of("00.25 h", self._style) - self._style.size - 4

    def height(self, width: float) -> float:
        room = self._room(width)
        return self._title.height(room) + (self._second.height(room) if self._second else 0) + 4

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        room = self._room(width)
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(x, top, x + width, top)
        top -= 2
        self._day.draw(canvas, x, top, self._edge)
        self._title.draw(canvas, x + self._edge, top, room)
        long = self._hours.lines(width)[0].width
        self._hours.draw(canvas, x + width - long, top, long + 1)
        if self._directed:
            size = self._style.size * 0.62
            disc(canvas, x + width - width_of("00.25 h", self._style) - size - 2, top - self._style.leading / 2, size, "full")
        if self._second:
            self._second.draw(canvas, x + self._edge, top - self._title.height(room), room)


class _Columns(Block):
    """Blocks in two columns of about the same height, read down and then across; over a page’s end both go on."""

    def __init__(self, blocks: Sequence[Block], *, before: float = 0) -> None:
        self._blocks, self.before = list(blocks), before

    def _parted(self, width: float) -> tuple[Stack, Stack]:
        heights = [block.height(width) + block.before for block in self._blocks]
        best = min(range(1, len(heights) + 1), key=lambda place: max(sum(heights[:place]), sum(heights[place:])))
        return Stack(self._blocks[:best]), Stack(self._blocks[best:])

    def height(self, width: float) -> float:
        column = (width - COLUMN_GAP) / 2
        return max(part.height(column) for part in self._parted(column))

    def split(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        if self.height(width) <= room:
            return self, None
        count = len(self._blocks)
        while count and _Columns(self._blocks[:count]).height(width) > room:
            count -= 1
        if not count:
            return None, self
        return _Columns(self._blocks[:count], before=self.before), _Columns(self._blocks[count:])

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        column = (width - COLUMN_GAP) / 2
        for place, part in enumerate(self._parted(column)):
            part.draw(canvas, x + place * (column + COLUMN_GAP), top, column)


# -- signing in -----------------------------------------------------------------------------------------------------------------


def sign_in_sheet(row: SessionRow, places: Sequence[PlaceRow], printed: Printed) -> bytes:
    """Ruled rows with the names of those who signed up, those who wait last, and empty ones for whoever comes besides."""
    number, post = 26.0, 150.0
    ordered = sorted(places, key=lambda place: place.waiting)
    cells: list[list[Block]] = [
        [Text(str(place), CELL), _who(each), Text(each.posts, CELL_SMALL), Gap(SIGN_ROW - 7.5)] for place, each in enumerate(ordered, 1)
    ]
    empty = max(LEAST_EMPTY, ROWS_ON_A_PAGE - len(cells))
    cells += [[Text(str(len(cells) + each), CELL), Text(""), Text(""), Gap(SIGN_ROW - 7.5)] for each in range(1, empty + 1)]
    table = Grid((number, 0, post, 160), ("", "Name", "Post", "Signature"), cells, before=10)
    how = "Sign beside your name. If it is not there, write it on an empty line. What you sign here goes into your CPD log."
    return paper(_open_house(SIGN_IN, printed), [_about(row), Text(how, BODY, before=8), table])


def _who(place: PlaceRow) -> Block:
    name = Text(place.name, CELL.strong)
    return Stack([name, Text(f"Waiting, number {place.waiting}", CELL_SMALL)]) if place.waiting else name


def _about(row: SessionRow) -> Facts:
    details = row.details
    when = f"{clock_time(details.starts_at)} to {clock_time(details.ends)}" if details.starts_at and details.ends else ""
    room = count_of(details.capacity, "place") if details.capacity is not None else "Open to all"
    return Facts(
        [
            ("Session", [(details.title, FACT.strong)]),
            ("Day", full_day(details.held_on)),
            ("Time", when or f"{hours(details.minutes)} h"),
            ("Place", details.place),
            ("Led by", row.leaders or details.provider),
            ("For", details.audience or room),
        ]
    )


# -- certificates ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attended:
    """Somebody who was at a session, for their certificate."""

    name: str
    posts: str


def certificates(row: SessionRow, people: Sequence[Attended], printed: Printed, tell: Tell) -> bytes:
    """A page for each person who was there. `tell` hears how far it is, and may stop it by raising."""
    drawn = []
    for place, person in enumerate(people, 1):
        tell(place, len(people), f"Drawing {place} of {len(people)}, {person.name}")
        drawn.append(_certificate(row, person, printed))
    return joined(drawn)


def _certificate(row: SessionRow, person: Attended, printed: Printed) -> bytes:
    details = row.details
    said = Style(12, 18, ink=SMALL.ink)
    facts = [("Day", long_day(details.held_on)), ("Length", _length(details.minutes))]
    facts += [
        pair
        for pair in (("Led by", row.leaders), ("Provider", details.provider), ("Strand", details.strand), ("Kind", row.kind))
        if pair[1]
    ]
    story: list[Block] = [
        Gap(10 * mm),
        Text("This records that", said),
        Text(person.name, NAME, before=4),
        Text(person.posts, said) if person.posts else Gap(0),
        Text("took part in", said, before=9 * mm),
        Text(details.title, WHAT, before=4),
        Stack([Facts(facts)], before=9 * mm),
        Text("What I take from it, and what I will try first", HEADING, before=11 * mm),
        Lines(4, before=2),
        Kept(Signatures([("For the school", "", ""), ("Led by", row.leaders, "")], before=11 * mm)),
    ]
    house = House(
        school=printed.school,
        title=CERTIFICATE,
        name_in_file=f"{CERTIFICATE} {details.held_on.isoformat()}",
        running=((CERTIFICATE, FACT.strong),),
        foot=((((f"Attendance taken at {printed.school}", SMALL),), (), ((f"Printed {long_day(printed.on)} · ", SMALL),)),),
        tags=(Tag("CPD", small=True),),
        logo=printed.logo,
        practice=printed.practice,
    )
    return paper(house, story)


def _length(minutes: int) -> str:
    if minutes < 60:
        return count_of(minutes, "minute")
    whole, rest = divmod(minutes, 60)
    return count_of(whole, "hour") + (f" {count_of(rest, 'minute')}" if rest else "")
