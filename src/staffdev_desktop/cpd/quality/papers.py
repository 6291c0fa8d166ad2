"""What quality assurance prints: entries to check, what kinds and providers were worth, programmes against the standard.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.cpd.quality.figures import Key, kind_of, may_tell, provider_of, results_without_names
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
TOO_FEW = "Too few people are behind these figures to show them without names."


def checks_paper(rows: Sequence[CheckRow], shown: str, printed: Printed) -> bytes:
    """The list of entries as it is shown, with names: to go through with somebody, or on paper. `shown` says which they are."""
    people = len({row.entry.person_id for row in rows})
    time = sum(row.entry.details.minutes for row in rows)
    strip = [(str(len(rows)), "entries in this list"), (str(people), "members of staff"), (hours(time), "hours")]
    head = ("Member of staff", "Activity", "Date", "Hours", "What came of it")
    table = Grid((104, 0, DAY, 44, 150), head, [_check_cells(row) for row in rows], before=14)
    return report("CPD to check", printed, [big_numbers(strip), Text(shown, BODY.strong, before=10), table], names=True)


def _check_cells(row: CheckRow) -> list[Block]:
    entry = row.entry
    who: list[Block] = [Text(entry.name, CELL.strong), Text(row.managers and f"Line manager {row.managers}", CELL_SMALL)]
    what: list[Block] = [Text(entry.details.activity, CELL)]
    second = ", ".join(words for words in (entry.kind, entry.details.provider) if words)
    what += [Text(words, CELL_SMALL) for words in (second, pounds(entry.details.pence)) if words]
    came = [words.strip() for words in (entry.details.impact, entry.details.changed, entry.details.colleagues) if words.strip()]
    said: list[Block] = [Text(words, CELL_SMALL) for words in came] or [Text("Not written yet", CELL_SMALL)]
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
    story: list[Block] = [
        big_numbers(strip),
        _results("By kind", "Kind", entries, kind_of, minimum),
        _results("By provider", "Provider", entries, provider_of, minimum),
        Text(
            f"A number stands for at least {minimum} members of staff; smaller lines are merged. ‘Worth it’ is what those who checked "
            "the entries said of their hours and money: yes, partly, no.",
            CELL_SMALL,
            before=12,
        ),
    ]
    return report(title, printed, story, names=False, minimum=minimum)


def _results(title: str, first: str, entries: Sequence[EntryRow], key: Key, minimum: int) -> Block:
    found = results_without_names(entries, key, minimum)
    if not found:
        return section(heading(title), [Text(TOO_FEW, BODY)])
    whole = found[0].assured is not None
    head = (first, "People", "Entries", "Hours", *(("Cost", "Assured", "Worth it") if whole else ()))
    widths = (0, NUMBER - 6, NUMBER - 6, NUMBER, *((72, NUMBER, 86) if whole else ()))
    return section(heading(title), [Grid(widths, head, [_result_cells(row, whole) for row in found])])


def _result_cells(row: Result, whole: bool) -> list[Block]:
    cells: list[Block] = [
        Text(row.label, CELL),
        right(str(row.people), NUMBER - 6),
        right(str(row.entries), NUMBER - 6),
        right(hours_in_table(row.minutes), NUMBER),
    ]
    if whole:
        worth = (row.worth_yes or 0, row.worth_partly or 0, row.worth_no or 0)
        cells += [
            right(pounds(row.pence or None), 72),
            right(str(row.assured), NUMBER),
            right(" / ".join(map(str, worth)) if any(worth) else "not said", 86),
        ]
    return cells


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
