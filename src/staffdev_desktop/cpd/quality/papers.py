"""What quality assurance prints: entries to check, what kinds and providers were worth, programmes against the standard.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Callable, Sequence

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.cpd.quality.figures import COST, TIME, WORTH, kind_of, may_tell, provider_of, results_without_names
from staffdev_desktop.cpd.quality.rows import MOST_SCORE, PARTS, CheckRow, ProgrammeRow, Result
from staffdev_desktop.cpd.quality.rules import SCORES, STANDARD
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, report, right
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, Text

NUMBER, DAY = 56, 70  # points
NumberColumn = tuple[str, float, Callable[[Result], str]]  # head, points, words
TOO_FEW = "Too few people are behind these figures to show them without names."


def checks_paper(rows: Sequence[CheckRow], shown: str, printed: Printed) -> bytes:
    """The list of entries as it is shown, with names: to go through with somebody, or on paper. `shown` says which they are."""
    people = len({row.entry.person_id for row in rows})
    time = sum(row.entry.details.minutes for row in rows)
    strip = [(str(len(rows)), "entries in this list"), (str(people), "members of staff"), (hours(time), "hours")]
    head = ("Member of staff", "Activity", "Date", "Hours", "What came of it")
    mixed = len({row.entry.status for row in rows}) > 1
    table = Grid((104, 0, DAY, 44, 160), head, [_check_cells(row, mixed) for row in rows])
    return report("CPD to check", printed, [big_numbers(strip), section(heading(shown), [table])], names=True)


def _check_cells(row: CheckRow, mixed: bool) -> list[Block]:
    entry = row.entry
    who: list[Block] = [Text(entry.name, CELL.strong), Text(row.managers and f"Line manager {row.managers}", CELL_SMALL)]
    what: list[Block] = [Text(entry.details.activity, CELL)]
    second = ", ".join(words for words in (entry.kind, entry.details.provider) if words)
    what += [Text(words, CELL_SMALL) for words in (second, pounds(entry.details.pence)) if words]
    came = [words.strip() for words in (entry.details.impact, entry.details.changed, entry.details.colleagues) if words.strip()]
    said: list[Block] = [Text(words, CELL_SMALL) for words in came] or [Text("Not written yet", CELL_SMALL)]
    if mixed:
        said.append(Text(entry.status, CELL_SMALL.strong))
    if entry.check and entry.check.question:
        said.append(Text(entry.check.question, CELL_SMALL))
    day, time = Text(day_with_year(entry.details.done_on), CELL), right(hours_in_table(entry.details.minutes), 44)
    return [Stack(who), Stack(what), day, time, Stack(said)]


def results_paper(entries: Sequence[EntryRow], minimum: int, group: str, printed: Printed) -> bytes:
    """What was worth its hours and money, for governors: no names, lines with few people merged."""
    title = "What CPD was worth"
    if not may_tell(entries, minimum):
        return report(title, printed, [Text(TOO_FEW, BODY)], names=False, minimum=minimum)
    people = len({entry.person_id for entry in entries})
    strip = [
        (str(len(entries)), f"entries of {people} members of staff" + (f", {group}" if group else "")),
        (hours(sum(entry.details.minutes for entry in entries)), "hours"),
    ]
    story: list[Block] = [big_numbers(strip)]
    for about, title_of in ((WORTH, "Was it worth its hours and money"), (TIME, "Hours"), (COST, "Cost")):
        for first, key in (("kind", kind_of), ("provider", provider_of)):
            story.append(_table(f"{title_of}, by {first}", first.capitalize(), results_without_names(entries, key, minimum, about), about))
    story.append(
        Text(
            f"A number stands for at least {minimum} members of staff; smaller lines are merged, so the tables may be cut differently.",
            CELL_SMALL,
            before=12,
        )
    )
    return report(title, printed, story, names=False, minimum=minimum)


def _table(title: str, first: str, found: Sequence[Result], about: str) -> Block:
    if not found:
        return section(heading(title), [Text(TOO_FEW, BODY)], whole=True)
    columns = {WORTH: _worth_columns, TIME: _time_columns, COST: _cost_columns}[about](found)
    rows: list[list[Block]] = [
        [Text(row.label, CELL), *(right(words(row), wide) for _head, wide, words in columns)] for row in found
    ]  # fmt: skip
    head = (first, *(name for name, _wide, _words in columns))
    return section(heading(title), [Grid((0, *(wide for _name, wide, _words in columns)), head, rows)])


def _worth_columns(found: Sequence[Result]) -> list[NumberColumn]:
    """How often yes, partly and no was said by those who checked; partly and no together where either has too few people."""
    yes: NumberColumn = ("Yes", NUMBER, lambda row: str(row.worth_yes))
    if found[0].worth_no is None:
        return [yes, ("Partly or no", NUMBER + 20, lambda row: str(row.worth_partly))]
    return [yes, ("Partly", NUMBER, lambda row: str(row.worth_partly)), ("No", NUMBER, lambda row: str(row.worth_no))]


def _time_columns(found: Sequence[Result]) -> list[NumberColumn]:
    columns: list[NumberColumn] = [
        ("People", NUMBER, lambda row: str(row.people)),
        ("Entries", NUMBER, lambda row: str(row.entries)),
        ("Hours", NUMBER, lambda row: hours_in_table(row.minutes)),
    ]
    if found[0].assured is not None:
        columns.append(("Quality assured", NUMBER + 34, lambda row: str(row.assured)))
    return columns


def _cost_columns(_found: Sequence[Result]) -> list[NumberColumn]:
    return [("Cost", 84, lambda row: pounds(row.pence))]


def programmes_paper(rows: Sequence[ProgrammeRow], printed: Printed) -> bytes:
    """Each programme against the five parts of the standard, with the lines of evidence."""
    scored = [row for row in rows if row.scores]
    story: list[Block] = [
        Text(f"Each part is scored from 0 to {MOST_SCORE}: {', '.join(f'{n} {words.lower()}' for n, words in enumerate(SCORES))}.", BODY)
    ]
    story += [section(heading(row.name, hint=_total(row)), [_scores(row)], whole=True) for row in scored]
    without = [row.name for row in rows if not row.scores]
    if without:
        story.append(section(heading("Not scored yet"), [Text(", ".join(without), BODY)]))
    return report("Programmes against the standard", printed, story, names=True)


def _total(row: ProgrammeRow) -> str:
    return "" if row.total is None else f"{row.total} of {PARTS * MOST_SCORE}"


def _scores(row: ProgrammeRow) -> Block:
    cells: list[list[Block]] = []
    for part, words in enumerate(STANDARD):
        score = row.of_part(part)
        evidence: list[Block] = [Text(words, CELL)]
        if score:
            evidence.append(Text(score.words, CELL_SMALL))
        mark = Text(f"{score.score}  {SCORES[score.score]}" if score else "not scored", CELL.strong if score else CELL_SMALL)
        cells.append([Stack(evidence), mark])
    return Grid((0, 92), (), cells)
