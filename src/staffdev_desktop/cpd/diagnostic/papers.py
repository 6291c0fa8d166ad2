"""What the diagnostic prints: the sheet for one person, the chase list, a person’s trend, CPD agreed, the loop with and without names.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.cpd.diagnostic.rows import (
    OUTCOMES,
    AgreedRow,
    Chase,
    Loop,
    LoopFigure,
    LoopRow,
    RatingRow,
    Record,
    Trend,
    TrendRow,
    WeakArea,
)
from staffdev_desktop.cpd.diagnostic.rules import (
    LEVELS_IN_WORDS,
    NOBODY,
    by_turn,
    change_in_words,
    change_of,
    shared,
    tag_of,
    waited,
)
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel.dates import day_with_year, full_day, long_day, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.papers.blocks import Block, Gap, Stack
from staffdev_desktop.papers.fonts import BOLD
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.joining import joined
from staffdev_desktop.papers.parts import Facts, Lines, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, handouts, report, right
from staffdev_desktop.papers.words import (
    BODY,
    CELL,
    CELL_SMALL,
    FACT,
    INK,
    RULE,
    SMALL,
    WHITE,
    Style,
    Text,
    baseline_below_top,
    draw_line,
    shortened,
    width_of,
)

MOST_LINKED = 2
CIRCLE = 4.4 * mm
FACES = 4 * CIRCLE + 3 * 1.2 * mm  # four circles side by side
NOT_RANKED = (
    "This is for talking together and for planning CPD. Nobody is ranked by it: figures for the whole school have no names, and leave out "
    "small groups."
)
FIGURE_WORDS = {"moved": "areas moved", "not_moved": "did not move", "nothing_done": "had nothing done for them"}
TOO_FEW = "Too few people are behind these figures to show them without names."
FIRST, FINE, TERM = Style(9.5, 12), Style(8, 9.6, ink=SMALL.ink), Style(8.5, 10.5, BOLD)
HOW_TO = (
    "Each of you circles a number for every area, by yourselves, with a line of evidence. Then you look at both and agree one together."
)


class Circles(Block):
    """1 to 4 in circles, to mark one by hand; `marked` is filled already."""

    def __init__(self, marked: int | None = None) -> None:
        self._marked = marked

    def height(self, width: float) -> float:
        return CIRCLE

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        step = CIRCLE + 1.2 * mm
        for place, value in enumerate((1, 2, 3, 4)):
            _numbered(canvas, x + place * step + CIRCLE / 2, top - CIRCLE / 2, value, CIRCLE / 2, filled=value == self._marked)


class Dots(Block):
    """An area’s ratings over the terms as numbered dots joined by lines, the newest filled; each term has an equal share of the width."""

    radius = 6.5
    lift = 3.6  # points for one step

    def __init__(self, values: Sequence[int | None]) -> None:
        self._values = values

    def height(self, width: float) -> float:
        return 2 * self.radius + 3 * self.lift

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        share = width / len(self._values)
        points = [
            (x + share * (place + 0.5), top - self.radius - (4 - value) * self.lift, value) if value else None
            for place, value in enumerate(self._values)
        ]
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(1)
        for one, other in pairwise(points):
            if one and other:
                canvas.line(one[0], one[1], other[0], other[1])
        for place, point in enumerate(points):
            if point:
                _numbered(canvas, point[0], point[1], point[2], self.radius, filled=place == len(points) - 1)


def _numbered(canvas: Canvas, x: float, y: float, value: int, radius: float, *, filled: bool) -> None:
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK if filled else WHITE)
    canvas.setLineWidth(0.8)
    canvas.circle(x, y, radius, stroke=1, fill=1)
    style = Style(8.5, 10, FIRST.weight, WHITE if filled else INK)
    words = str(value)
    draw_line(canvas, x - width_of(words, style) / 2, y + 5 - baseline_below_top(style), ((words, style),))


class TermNames(Block):
    """The names of terms, each over its share of the width: ‘Autumn’ above ‘2026’."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def height(self, width: float) -> float:
        return 2 * TERM.leading

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        share = width / len(self._names)
        for place, name in enumerate(self._names):
            season, _, year = name.rpartition(" ")
            for line, words in enumerate((season, year)):
                fitted = shortened(words, TERM, share - 2)
                left = x + share * (place + 0.5) - width_of(fitted, TERM) / 2
                draw_line(canvas, left, top - line * TERM.leading - baseline_below_top(TERM), ((fitted, TERM),))


def sheets_paper(records: Sequence[Record], printed: Printed) -> bytes:
    """A sheet for each person, a page each: circles for both sides, lines for evidence, the next step.

    What is typed in already is on it, the line manager’s side only once it is the person’s to see.
    """
    pdfs = [handouts("Diagnostic sheet", printed, _sheet(record)) for record in records]
    return pdfs[0] if len(pdfs) == 1 else joined(pdfs)


def _sheet(record: Record) -> list[Block]:
    board = record.board
    facts = Facts(
        [
            ("Name", [(board.name, FACT.strong)]),
            ("Round", [(record.round.name, FACT.strong)]),
            ("Post", board.posts),
            ("Line manager", board.manager or NOBODY),
            ("Agreed by", full_day(record.round.details.deadline)),
            ("Agreed on", long_day(board.dates.agreed_on) if board.dates.agreed_on else ""),
        ]
    )
    count = len(record.ratings)
    pitch = (8.2 if count <= 8 else 6.8 if count == 9 else 6.0) * mm
    open_to_both = shared(board.dates)
    rows = [_sheet_row(rating, pitch, small=count > 10, open_to_both=open_to_both) for rating in record.ratings]
    table = Grid((154, FACES + 11, FACES + 11, 0), ("Area, and what it looks like", "You", "Manager", "Evidence"), rows, before=6)
    levels = Text([(f"{LEVELS_IN_WORDS}. ", CELL.strong), (HOW_TO, CELL)], CELL, before=6)
    return [facts, levels, Text(NOT_RANKED, CELL_SMALL, before=3), table, *_sheet_foot(record)]


def _sheet_foot(record: Record) -> list[Block]:
    foot: list[Block] = [Text("What we work on next, the CPD we agree, and by when", BODY.strong, before=7)]
    agreed = [f"{line.area}: {line.what}" + (f", by {day_with_year(line.by_when)}" if line.by_when else "") for line in record.agreed_cpd]
    if agreed and record.board.dates.agreed_on:
        return [*foot, *(Text(line, CELL, lead="•", hang=9) for line in agreed[:4])]
    return [*foot, Lines(2, pitch=7.4 * mm)]


def _sheet_row(rating: RatingRow, pitch: float, *, small: bool, open_to_both: bool) -> list[Block]:
    area: list[Block] = [Text(rating.title, FIRST.strong)]
    if rating.hint and not small:
        area.append(Text(rating.hint, FINE))
    theirs = (rating.manager_evidence,) if open_to_both else ()
    evidence = [words for words in (rating.own_evidence, *theirs) if words]
    told: Block = Stack([Text(words, FINE) for words in evidence]) if evidence else Lines(1 if small else 2, pitch)
    return [Stack(area), Circles(rating.own), Circles(rating.manager if open_to_both else None), told]


def chase_paper(found: Sequence[Chase], printed: Printed, *, round_name: str) -> bytes:
    """Whom to remind of what, by whose turn it is. With names, for those who act."""
    late = sum(chase.late for chase in found)
    story: list[Block] = [big_numbers([(str(len(found)), "things waited for"), (str(late), "of them late")])]
    rows: list[list[Block]] = []
    for name, theirs in by_turn(found):
        for place, chase in enumerate(theirs):
            who = Text("" if place else name, CELL.strong)
            how_long = Text(waited(chase), CELL.strong if chase.late else CELL)
            about = Stack([Text(chase.name, CELL), Text(chase.group, CELL_SMALL)])
            rows.append([who, Text(chase.waiting_for, CELL), about, how_long])
    if rows:
        story.append(Grid((128, 0, 136, 70), ("Whose turn it is", "Waiting for", "Diagnostic of", "How long"), rows, before=14))
    else:
        story.append(Text("Nobody has to be reminded of anything.", BODY, before=10))
    return _report(f"Diagnostic chase list, {round_name}", printed, story)


def _report(title: str, printed: Printed, story: Sequence[Block], *, minimum: int = 0) -> bytes:
    """A report whose title says which round it is about; without names where there is a `minimum`."""
    return report(title, printed, story, names=not minimum, minimum=minimum, number=f"as of {printed.on.isoformat()}")


def trend_paper(trend: Trend, printed: Printed, *, staff_number: str) -> bytes:
    """A person’s areas over the terms, with both ratings of the newest term and what was agreed."""
    facts = Facts([("Name", [(trend.name, FACT.strong)]), ("Staff number", staff_number), ("Post", trend.posts), ("Terms", _terms(trend))])
    story: list[Block] = [facts, Text(f"{LEVELS_IN_WORDS}.", CELL_SMALL, before=8)]
    if trend.terms:
        head: list[Block] = [Text("Area", CELL.strong), TermNames([term.name for term in trend.terms]), Text("Change", CELL.strong)]
        rows = [[_low(row.title, CELL.strong), Dots([term.value for term in row.terms]), _low(_change(row))] for row in trend.rows]
        story += [Grid((0, min(62.0 * len(trend.terms), 290), 98), (), [head, *rows], before=6), _newest(trend)]
    return report("Diagnostic trend", printed, story, names=True, number=staff_number, running=trend.name)


def _terms(trend: Trend) -> str:
    return f"{trend.terms[0].name} to {trend.terms[-1].name}" if trend.terms else "None yet"


def _low(words: str, style: Style = CELL) -> Block:
    """Words in the middle of a row of dots."""
    return Stack([Gap(5), Text(words, style)])


def _change(row: TrendRow) -> str:
    return " · ".join(words for words in (change_in_words(change_of(row.terms)), tag_of(row.rating.mark, row.linked_now)) if words)


def _newest(trend: Trend) -> Block:
    term = trend.terms[-1]
    hint = f"Agreed with {term.manager or 'nobody named'} on {long_day(term.agreed_on)}" if term.agreed_on else "Not agreed yet"
    rows: list[list[Block]] = []
    for row in trend.rows:
        rating = row.rating
        told: list[Block] = []
        for label, words in (("We see", rating.we_see), ("Next step", rating.next_step)):
            if words:
                told.append(Text([(f"{label}: ", CELL_SMALL.strong), (words, CELL_SMALL)], CELL_SMALL))
        newest = [line for line in row.linked if line.done_on >= term.opens_on][:MOST_LINKED]
        told += [Text(f"{short_day(line.done_on)}: {line.activity}, {hours(line.minutes)} h", CELL_SMALL) for line in newest]
        cells: list[Block] = [
            Text(row.title, CELL.strong),
            right(_shown(rating.own), 48),
            right(_shown(rating.manager), 56),
            right(_shown(rating.agreed), 50),
        ]
        rows.append([*cells, Stack(told) if told else Text("", CELL_SMALL)])
    head = ("Area", "Person", "Manager", "Agreed", "What we see, next step, CPD")
    return section(heading(term.name, hint=hint), [Grid((128, 48, 56, 50, 0), head, rows)])


def _shown(value: int | None) -> str:
    return str(value) if value else "–"


def agreed_paper(rows: Sequence[AgreedRow], printed: Printed) -> bytes:
    """CPD that was agreed, in the order given, with what was done for it. With names."""
    late, still = sum(row.late for row in rows), sum(row.done_on is None for row in rows)
    strip = [(str(len(rows)), "things agreed"), (str(still), "still open"), (str(late), "past their day")]
    cells: list[list[Block]] = []
    for row in rows:
        state = f"Done {day_with_year(row.done_on)}" if row.done_on else "Overdue" if row.late else "Open"
        cells.append(
            [
                Stack([Text(row.what, CELL.strong), Text(f"{row.area}, {row.round_name}", CELL_SMALL)]),
                Stack([Text(row.name, CELL), Text(row.group, CELL_SMALL)]),
                Text(row.manager, CELL),
                Text(day_with_year(row.by_when) if row.by_when else "", CELL),
                Stack([Text(state, CELL.strong if row.late else CELL), Text(_logged(row.entries, row.minutes), CELL_SMALL)]),
            ]
        )
    table = Grid((0, 96, 84, 66, 84), ("What was agreed", "For", "With", "By", "How far"), cells, before=14)
    return _report("CPD agreed from the diagnostic", printed, [big_numbers(strip), table])


def _logged(entries: int, minutes: int) -> str:
    return f"{count_of(entries, 'entry', 'entries')}, {hours(minutes)} h" if entries else "Nothing logged"


def between(loop: Loop) -> str:
    """‘Summer 2026 to Autumn 2026’."""
    return f"{loop.before} to {loop.after}" if loop.before else loop.after


def loop_paper(loop: Loop, rows: Sequence[LoopRow], printed: Printed) -> bytes:
    """The loop with names, in the order given: for those who act on it."""
    strip = [(str(sum(row.outcome is outcome for row in rows)), outcome.lower()) for outcome in OUTCOMES]
    cells: list[list[Block]] = []
    for row in rows:
        told = list(row.agreed) or ["No CPD was agreed"]
        told.append(_logged(len(row.linked), row.minutes) + (f", {row.assured} quality assured" if row.assured else ""))
        cells.append(
            [
                Stack([Text(row.name, CELL.strong), Text(row.group, CELL_SMALL)]),
                Text(row.area, CELL),
                Text(f"{_shown(row.before)} to {_shown(row.after)}", CELL),
                Stack([Text(words, CELL_SMALL) for words in told]),
                Text(row.outcome, CELL.strong),
            ]
        )
    head = ("Person", "Area", "Rating", "Agreed, and what was done", "Outcome")
    story: list[Block] = [big_numbers(strip), Grid((104, 118, 46, 0, 84), head, cells, before=14)]
    return _report(f"The loop, {between(loop)}", printed, story)


def loop_figures_paper(loop: Loop, figures: Sequence[LoopFigure], printed: Printed, *, minimum: int) -> bytes:
    """The loop without names: what moved, by area, small ones merged. In the order of the areas, never of success."""
    title = f"Loop figures, {between(loop)}"
    if not figures:
        return _report(title, printed, [Text(TOO_FEW, BODY)], minimum=minimum)
    keys = ("moved", "not_moved") if figures[0].nothing_done is None else ("moved", "not_moved", "nothing_done")
    strip = [(str(sum(getattr(figure, key) for figure in figures)), FIGURE_WORDS[key]) for key in keys]
    width = 62
    rows: list[list[Block]] = []
    for figure in figures:
        numbers = (figure.people, *(getattr(figure, key) for key in keys))
        cells: list[Block] = [Text(figure.label, CELL), *(right(str(number), width) for number in numbers)]
        rows.append([*cells, right(hours(figure.minutes), width)])
    head = ("Area", "People", *("Moved", "Not moved", "Nothing done")[: len(keys)], "Hours")
    note = f"A line stands for at least {minimum} members of staff in every number but nought; smaller ones are merged."
    story: list[Block] = [
        big_numbers(strip),
        section(heading("By area"), [Grid((0, *[width] * (len(keys) + 2)), head, rows)]),
        Text(note, CELL_SMALL, before=8),
    ]
    return _report(title, printed, story, minimum=minimum)


def drop_ins_paper(areas: Sequence[WeakArea], printed: Printed, *, round_name: str, minimum: int) -> bytes:
    """The areas that many find hard, without names, and the sessions about each: for whoever plans the drop-ins."""
    title = f"Proposed drop-ins, {round_name}"
    if not areas:
        return _report(
            title, printed, [Text("No area is hard for so many people that it can be shown without names.", BODY)], minimum=minimum
        )
    width = 82
    rows: list[list[Block]] = []
    for area in areas:
        people = f"{area.people} of {area.of}" if area.of else str(area.people)
        planned = [Text(f"{day_with_year(day)}: {words}", CELL_SMALL) for day, words in area.planned]
        words = Stack([Text(area.title, CELL.strong), Text(area.hint, CELL_SMALL)])
        rows.append(
            [words, Text(area.set_name, CELL), right(people, width), Stack(planned) if planned else Text("Nothing yet", CELL_SMALL)]
        )
    table = Grid((0, 96, width, 130), ("Area", "Areas of", "Rated 1 or 2", "Sessions planned"), rows)
    return _report(title, printed, [table], minimum=minimum)
