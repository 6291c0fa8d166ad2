"""What the ledger prints: why somebody’s hours are what they are, and the list of everybody’s hours.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence

from staffdev_desktop.cpd.ledger.figures import GroupHours
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR, PersonLedger, Step
from staffdev_desktop.cpd.ledger.rules import pace_words, standing_words
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.papers.blocks import Block, Gap, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, report, right
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, Text

NUMBER, DAY, RESULT = 58, 72, 92  # points


def why_paper(ledger: PersonLedger, place: int, printed: Printed) -> bytes:
    """Why a number of hours is what it is: the rule, factor by factor, and the entries behind it."""
    part = ledger.part(place)
    strip = [(hours(part.have), "hours count"), (hours(part.due_by_now), "are due by now"), (hours(part.due), "are owed in all")]
    if part.behind:
        strip.append((hours(part.behind), "behind"))
    place_words = part.name if place == WHOLE_YEAR else f"{part.name}, until {day_with_year(part.ends)}"
    story: list[Block] = [
        Stack([Text(f"{ledger.person.name}, {ledger.person.group or 'no staff group'}. {place_words}.", BODY.strong), Gap(6)]),
        big_numbers(strip),
        section(heading("What is owed"), [_steps(part.steps)], whole=True),
        section(heading("What was done"), [_lines(ledger, place)]),
        Text(standing_words(part), BODY.strong, before=10),
    ]
    return report("Hours of CPD", printed, story, names=True)


def _steps(steps: Sequence[Step]) -> Block:
    return Grid((0, RESULT), (), [[Text(step.words, CELL), right(step.result, RESULT, CELL.strong)] for step in steps])


def _lines(ledger: PersonLedger, place: int) -> Block:
    lines = ledger.lines_of(place)
    if not lines:
        return Text("No entries so far.", BODY)
    rows: list[list[Block]] = []
    for line in lines:
        words: list[Block] = [Text(line.activity, CELL)]
        second = line.kind if line.counts else line.why_not
        if second:
            words.append(Text(second, CELL_SMALL))
        counts = hours_in_table(line.minutes) if line.counts else f"({hours_in_table(line.minutes)})"
        rows.append([Text(day_with_year(line.done_on), CELL), Stack(words), right(counts, NUMBER)])
    return Grid((DAY, 0, NUMBER), ("Date", "Activity", "Hours"), rows)


def hours_paper(ledgers: Sequence[PersonLedger], figures: Sequence[GroupHours], shown: str, printed: Printed) -> bytes:
    """Everybody’s hours against what is due, in the order given, and the staff groups. `shown` says which of them are in it."""
    owing = [each for each in ledgers if each.whole.due]
    behind = [each for each in owing if each.behind]
    strip = [(str(len(behind)), f"of {len(owing)} people are behind"), (hours(sum(each.behind for each in behind)), "hours behind in all")]
    head = ("Name", "Staff group", "Counted", "Due by now", "Owed", "How it stands")
    rows: list[list[Block]] = [
        [
            Text(each.person.name, CELL.strong),
            Text(each.person.group, CELL),
            right(hours_in_table(each.whole.have), NUMBER),
            right(hours_in_table(each.whole.due_by_now), NUMBER),
            right(hours_in_table(each.whole.due), NUMBER),
            Text(pace_words(each.whole), CELL),
        ]
        for each in ledgers
    ]
    story: list[Block] = [big_numbers(strip)]
    if figures:
        story.append(section(heading("By staff group"), [_groups(figures)], whole=True))
    story.append(section(heading("By person", hint=shown), [Grid((0, 104, NUMBER, NUMBER + 8, NUMBER, 92), head, rows)]))
    return report("Hours of CPD", printed, story, names=True)


def _groups(figures: Sequence[GroupHours]) -> Block:
    head = ("Staff group", "People", "Behind", "Counted", "Due by now")
    rows: list[list[Block]] = [
        [
            Text(each.group, CELL),
            right(str(each.people), NUMBER),
            right(str(each.behind), NUMBER),
            right(hours_in_table(each.counted), NUMBER),
            right(hours_in_table(each.due_by_now), NUMBER + 8),
        ]
        for each in figures
    ]
    return Grid((0, NUMBER, NUMBER, NUMBER, NUMBER + 8), head, rows)
