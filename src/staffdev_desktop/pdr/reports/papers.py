"""What reports print: the work list of needs, the summary without names, the chase list, slips, a person's history.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.kernel.dates import clock_time, day_in_table, day_with_year, long_day, short_day
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.page import WIDTH
from staffdev_desktop.papers.parts import Facts, Outcome, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, handouts, report, right
from staffdev_desktop.papers.slips import FoldedSlip, Note, how_to_fold, inside_fits
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, Style, Text
from staffdev_desktop.pdr.reports.figures import all_progress, is_overdue
from staffdev_desktop.pdr.reports.rows import Chase, Figure, GroupProgress, MoveNote, NeedsSummary, ProgressFigure, Slip
from staffdev_desktop.pdr.reports.rules import by_person, by_reviewer, outcomes_in_words, waited
from staffdev_desktop.pdr.rows import BoardRow, HistoryRow, NeedRow, TargetRow

PROGRESS = 60  # points: room for ‘Sheet back’
COST = 76  # points: room for £100,000.00
SLIPS, NOTES = "Slips for pigeonholes", "Notes: another reviewer"
REVIEWS_ON_A_NOTE = 6  # more go on a second one
TOO_FEW = "Too few people are behind these figures to show them without names."


def needs_list_paper(needs: Sequence[NeedRow], printed: Printed) -> bytes:
    """The work list: who needs what, who arranges it, how far it is. With names, in the order given."""
    late = sum(is_overdue(need, printed.on) for need in needs)
    total = sum(need.cost or 0 for need in needs)
    strip = [(str(len(needs)), "needs in this list"), (str(late), "past their day"), (pounds(total), "cost entered so far")]
    head = ("Need", "For", "Who arranges it", "By", "How far")
    rows = [_need_cells(need, printed.on) for need in needs]
    table = Grid((0, 100, 84, 76, 78), head, rows, before=14)
    return report("Training and development needs", printed, [big_numbers(strip), table], names=True)


def _need_cells(need: NeedRow, today: date) -> list[Block]:
    how_far = need.state[:1].upper() + need.state[1:]
    state: list[Block] = [Text(how_far, CELL)]
    if is_overdue(need, today):
        state.append(Text("Overdue", CELL_SMALL.strong))
    if need.cost is not None:
        state.append(Text(pounds(need.cost), CELL_SMALL))
    if need.reason:
        state.append(Text(need.reason, CELL_SMALL))
    words: list[Block] = [Text(need.need, CELL.strong)]
    if need.how:
        words.append(Text(need.how, CELL_SMALL))
    by: list[Block] = [Text(day_with_year(need.by_when) if need.by_when else "", CELL)]
    if need.term:
        by.append(Text(need.term, CELL_SMALL))
    person = Stack([Text(need.name, CELL), Text(need.group, CELL_SMALL)])
    return [Stack(words), person, Text(need.who, CELL), Stack(by), Stack(state)]


def needs_summary_paper(summary: NeedsSummary, printed: Printed) -> bytes:
    """The needs of a year for the finance director and the governors: figures only, groups of few people merged."""
    title = "Training needs in figures"
    if summary.total is None:
        return report(title, printed, [Text(TOO_FEW, BODY)], names=False, minimum=summary.minimum)
    strip = [
        (str(summary.total.needs), "needs named in agreed review statements"),
        (str(summary.total.people), "members of staff have at least one"),
    ]
    if summary.overdue is not None:
        strip.append((str(summary.overdue), "are past the day they were wanted by"))
    if summary.costed is not None:
        strip.append((pounds(summary.costed.cost), "cost entered so far"))
    story: list[Block] = [
        big_numbers(strip),
        _counts("By staff group", ("Staff group", "People", "Needs"), summary.by_group, people=True),
        _counts("By how far they are", ("How far", "Needs"), summary.by_state, people=False),
        _costs(summary),
        Text(
            f"A line stands for at least {summary.minimum} members of staff; smaller ones are merged. What a need is about, and whose "
            "it is, is left out.",
            CELL_SMALL,
            before=12,
        ),
    ]
    return report(title, printed, story, names=False, minimum=summary.minimum)


def _counts(title: str, head: Sequence[str], figures: Sequence[Figure], *, people: bool) -> Block:
    if not figures:
        return section(heading(title), [Text(TOO_FEW, BODY)])
    numbers = 56
    rows: list[list[Block]] = []
    for figure in figures:
        cells: list[Block] = [Text(figure.label[:1].upper() + figure.label[1:], CELL)]
        if people:
            cells.append(right(str(figure.people), numbers))
        cells.append(right(str(figure.needs), numbers))
        rows.append(cells)
    return section(heading(title), [Grid((0, *[numbers] * (len(head) - 1)), head, rows)], whole=True)


def _costs(summary: NeedsSummary) -> Block:
    head = heading("Cost by term")
    if not summary.by_term or summary.costed is None:
        return section(head, [Text("Too few costs are entered to show them without names.", BODY)])
    rows: list[list[Block]] = [[Text(figure.label, CELL), right(pounds(figure.cost), COST)] for figure in summary.by_term]
    if len(rows) > 1:
        rows.append([Text("All", CELL.strong), right(pounds(summary.costed.cost), COST, CELL.strong)])
    body: list[Block] = [Grid((0, COST), ("Term", "Cost"), rows)]
    if summary.not_costed:
        body.append(Text(f"{count_of(summary.not_costed, 'need')} without a cost so far.", CELL_SMALL, before=4))
    return section(head, body, whole=True)


def progress_paper(figures: Sequence[ProgressFigure], printed: Printed, *, deadline: date | None, minimum: int) -> bytes:
    """How far the year's reviews are, for governors: no names, small groups merged."""
    title = "Reviews in figures"
    if not figures:
        return report(title, printed, [Text(TOO_FEW, BODY)], names=False, minimum=minimum)
    reviews = sum(figure.reviews for figure in figures)
    finished = None if figures[0].finished is None else sum(figure.finished or 0 for figure in figures)
    strip = [(str(reviews), "reviews this year")]
    if finished is not None:
        strip.append((f"{finished}", f"agreed, {round(100 * finished / reviews)} % of them"))
    if deadline:
        strip.append((short_day(deadline), "last deadline"))
    number = 68
    head = ("Staff group", "Reviews", "Agreed") if finished is not None else ("Staff group", "Reviews")
    rows: list[list[Block]] = []
    for figure in figures:
        cells: list[Block] = [Text(figure.label, CELL), right(str(figure.reviews), number)]
        if figure.finished is not None:
            cells.append(right(f"{figure.finished} ({round(100 * figure.finished / figure.reviews)} %)", number))
        rows.append(cells)
    note = f"Smaller groups are merged until every number but nought stands for at least {minimum} members of staff."
    story: list[Block] = [
        big_numbers(strip),
        section(heading("By staff group"), [Grid((0, *[number] * (len(head) - 1)), head, rows)]),
        Text(note, CELL_SMALL, before=8),
    ]
    return report(title, printed, story, names=False, minimum=minimum)


def chase_paper(found: Sequence[Chase], progress: Sequence[GroupProgress], printed: Printed, *, reviewers: bool) -> bytes:
    """Whom to remind of what: by reviewer, or by the name of the member of staff. Progress of each staff group stands above."""
    story: list[Block] = []
    if progress:
        story.append(_progress_table(progress))
    if not found:
        story.append(section(heading("Whom to remind"), [Text("Nobody has to be reminded of anything today.", BODY)]))
    elif reviewers:
        for name, theirs in by_reviewer(found):
            head = heading(name, hint=count_of(len(theirs), "review"))
            rows = [[_strong(chase.name, chase.group), *_chase_cells(chase)] for chase in theirs]
            story.append(section(head, [Grid((0, 118, 116, 84), ("Member of staff", "Waiting for", "Since or until", "How long"), rows)]))
    else:
        rows = [[_strong(chase.name, chase.group), Text(chase.reviewer, CELL), *_chase_cells(chase)] for chase in by_person(found)]
        head_words = ("Member of staff", "Reviewer", "Waiting for", "Since or until", "How long")
        story.append(section(heading("Whom to remind"), [Grid((0, 92, 112, 108, 84), head_words, rows)]))
    return report("Chase list by reviewer" if reviewers else "Chase list by person", printed, story, names=True)


def _chase_cells(chase: Chase) -> list[Block]:
    how_long = waited(chase)
    return [Text(chase.waiting_for, CELL), Text(chase.detail, CELL), Text(how_long, CELL.strong if chase.late else CELL)]


def _strong(first: str, second: str) -> Block:
    return Stack([Text(first, CELL.strong), Text(second, CELL_SMALL)])


def _progress_table(progress: Sequence[GroupProgress]) -> Block:
    head = ("Staff group", "Reviews", "Sheet back", "Booked", "Agreed", "Signed", "Late")
    rows = [_progress_cells(row, CELL) for row in progress]
    if len(progress) > 1:
        rows.append(_progress_cells(all_progress(progress), CELL.strong))
    return section(heading("How far each staff group is"), [Grid((0, *[PROGRESS] * 6), head, rows)], whole=True)


def _progress_cells(row: GroupProgress, style: Style) -> list[Block]:
    numbers = (row.reviews, row.returned, row.booked, row.agreed, row.signed, row.late)
    return [Text(row.group, style), *(right(str(number) if number else "–", PROGRESS, style) for number in numbers)]


def slips_paper(slips: Sequence[Slip], printed: Printed) -> bytes:
    """Slips to cut and fold: nothing but name and room outside (DESIGN section 4, Confidential)."""
    story: list[Block] = [how_to_fold()]
    for slip in slips:
        parts = _shared_out(slip.asks, printed)
        for number, asks in enumerate(parts, 1):
            story.append(FoldedSlip(slip.name, slip.room, _inside(asks, printed, number, len(parts))))
    for block in story[1:2]:
        block.before = 8
    return handouts(SLIPS, printed, story)


def _inside(asks: Sequence[str], printed: Printed, number: int, count: int) -> list[Block]:
    of = f", {number} of {count}" if count > 1 else ""
    blocks: list[Block] = [Text(f"Your reviews {year_label(printed.year)}{of}", CELL.strong)]
    blocks += [Text(ask, CELL, before=5, lead="•", hang=9) for ask in asks]
    return [*blocks, Text(f"{printed.school}, {long_day(printed.on)}", CELL_SMALL, before=7)]


def _shared_out(asks: Sequence[str], printed: Printed) -> list[list[str]]:
    """What is asked, on as many slips as it needs."""
    parts: list[list[str]] = [[]]
    for ask in [piece for whole in asks for piece in _pieces(whole, printed)]:
        if parts[-1] and not inside_fits(_inside([*parts[-1], ask], printed, 9, 9), WIDTH):
            parts.append([])
        parts[-1].append(ask)
    return parts


def move_notes_paper(notes: Sequence[MoveNote], printed: Printed) -> bytes:
    """Two notes to a page: who has these reviews now, and their dates. No word of a review is on them."""
    story: list[Block] = []
    for note in notes:
        for start in range(0, len(note.reviews), REVIEWS_ON_A_NOTE):
            story.append(Note(_move_note(note, note.reviews[start : start + REVIEWS_ON_A_NOTE], printed)))
    return handouts(NOTES, printed, story)


def _move_note(note: MoveNote, reviews: Sequence[BoardRow], printed: Printed) -> list[Block]:
    head = ("Review", "Self-review sheet", "Meeting", "To be agreed by")
    table = Grid((0, 108, 108, 92), head, [_move_cells(row) for row in reviews], before=10)
    foot = Text(f"{printed.school}, {long_day(printed.on)}", CELL_SMALL, before=8)
    return [Text(note.to, FACT.strong), Text(note.words, BODY, before=6), table, foot]


def _move_cells(row: BoardRow) -> list[Block]:
    sheet = "Is back" if row.dates.returned_on else f"Due back {day_in_table(row.sheets_due_on)}"
    booked = row.dates.booked_for
    meeting = f"{day_in_table(booked.date())}, {clock_time(booked)}" if booked else "Not booked yet"
    return [_strong(row.name, row.number), Text(sheet, CELL), Text(meeting, CELL), Text(day_in_table(row.deadline), CELL)]


def _pieces(ask: str, printed: Printed) -> list[str]:
    """One thing asked, in pieces that fit a slip: words may not run over into the next person's."""
    if inside_fits(_inside([ask], printed, 9, 9), WIDTH) or len(ask) < 2:
        return [ask]
    space = ask.rfind(" ", 0, len(ask) // 2)
    cut = space if space > 0 else len(ask) // 2
    return [*_pieces(ask[:cut].rstrip(), printed), *_pieces(ask[cut:].lstrip(), printed)]


def history_paper(rows: Sequence[HistoryRow], *, name: str, post: str, staff_number: str, printed: Printed) -> bytes:
    """A person's reviews through the years with what came of each target, the newest first."""
    story: list[Block] = [
        Facts([("Name", [(name, FACT.strong)]), ("Staff number", staff_number), ("Post", post), ("Reviews", str(len(rows)))])
    ]
    if words := outcomes_in_words(rows):
        story.append(Text(f"{words}.", BODY, before=8))
    for row in rows:
        head = heading(year_label(row.year), hint=_review_words(row))
        if not row.targets:
            story.append(section(head, [Text("Nothing is agreed yet." if row.agreed_on is None else "No targets.", BODY)]))
            continue
        table = Grid((0, 72, 98, 146), ("Target", "By", "Outcome", "What came of it"), [_target_cells(target) for target in row.targets])
        story.append(section(head, [table]))
    return report("Review history", printed, story, names=True, number=staff_number, running=name)


def _review_words(row: HistoryRow) -> str:
    """‘Agreed 14 October 2026 with Ruth Pemberton · PDR-2026-0031’."""
    state = f"Agreed {long_day(row.agreed_on)}" if row.agreed_on else str(row.stage)
    with_whom = f" with {row.reviewer}" if row.reviewer else ""
    return f"{state}{with_whom} · {row.number}"


def _target_cells(target: TargetRow) -> list[Block]:
    came = [Text(words, CELL_SMALL) for words in (target.note, target.reason) if words]
    return [
        Text(target.target, CELL),
        Text(day_with_year(target.by_when) if target.by_when else "", CELL),
        Outcome(target.outcome) if target.outcome else Text("Under way", CELL),
        Stack(came) if came else Text("", CELL_SMALL),
    ]
