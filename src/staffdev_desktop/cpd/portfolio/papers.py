"""The portfolio as a tidy paper, and the story as one.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import has_impact, hours, hours_in_table, year_of_entry
from staffdev_desktop.cpd.portfolio.rows import Portfolio
from staffdev_desktop.cpd.portfolio.rules import (
    HoursLine,
    by_standard,
    file_number,
    hours_by_kind,
    hours_by_term,
    numbered,
    own_words,
    time_words,
)
from staffdev_desktop.cpd.portfolio.story import NOTE, TITLE, Part
from staffdev_desktop.kernel.dates import day_with_year, long_day, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import Boxed, Facts, Indented, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, report, right
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, HINT, SMALL, Text

PORTFOLIO = "CPD portfolio"
NO, DAY, HOURS, COUNT = 34, 62, 52, 60  # points
FEW = 12  # rows that stay together on a page


def portfolio_paper(portfolio: Portfolio, printed: Printed, *, standards: bool = False) -> bytes:
    """The summary, then everything in it, each part only where there is something; `standards` adds the evidence by standard."""
    story: list[Block] = [_about(portfolio), Stack([_numbers(portfolio)], before=10)]
    story += _hours(portfolio)
    story += _achievements(portfolio)
    story += _log(portfolio)
    story += _reflections(portfolio)
    if standards:
        story += _standards(portfolio)
    story += _evidence(portfolio)
    if not portfolio.entries:
        story.append(Text("Nothing is written in the log for this time.", BODY, before=12))
    return report(PORTFOLIO, printed, story, names=True, number=f"· {time_words(portfolio)}", running=portfolio.person.name)


def story_paper(portfolio: Portfolio, parts: Sequence[Part], printed: Printed) -> bytes:
    """The draft of the story."""
    story: list[Block] = [Text([(portfolio.person.name, FACT.strong), (f" · {NOTE}", SMALL)], SMALL)]
    waiting: list[Block] = []
    head: Text | None = None
    for part in parts:
        if part.kind != "heading":
            waiting.append(Text(part.text, BODY, before=6) if part.kind == "paragraph" else _own_words(part.text))
            continue
        story += [section(head, waiting)] if head and waiting else waiting
        head, waiting = heading(part.text), []
    story += [section(head, waiting)] if head and waiting else waiting
    return report(TITLE, printed, story, names=True, number=f"· {time_words(portfolio)}", running=portfolio.person.name)


def _own_words(words: str) -> Block:
    said, _, rest = words.partition(": ")
    made = Indented(Text([(f"{said}: ", CELL.strong), (rest, CELL)], CELL), 14)
    made.before = 4
    return made


def _about(portfolio: Portfolio) -> Block:
    person = portfolio.person
    return Facts(
        [
            ("Name", [(person.name, FACT.strong)]),
            ("Post", person.posts),
            ("Staff number", person.staff_number),
            ("Staff group", person.group),
            ("With the school", f"since {long_day(portfolio.first_day)}" if portfolio.first_day else ""),
            ("Time", time_words(portfolio)),
        ]
    )


def _numbers(portfolio: Portfolio) -> Block:
    rows = portfolio.entries
    strip = [
        (hours(sum(row.details.minutes for row in rows)), "hours in all"),
        (f"{len(rows):,}", "entries" if len(rows) != 1 else "entry"),
        (f"{sum(has_impact(row.details) for row in rows):,}", "with what came of them"),
        (f"{len(portfolio.evidence):,}", "files of evidence" if len(portfolio.evidence) != 1 else "file of evidence"),
    ]
    return big_numbers(strip)


def _hours(portfolio: Portfolio) -> list[Block]:
    if not portfolio.entries:
        return []
    made: list[Block] = []
    for title, lines in (("Hours by term", hours_by_term(portfolio)), ("Hours by kind", hours_by_kind(portfolio.entries))):
        made.append(section(heading(title), [_hours_grid(lines)], whole=len(lines) <= FEW))
    return made


def _hours_grid(lines: Sequence[HoursLine]) -> Block:
    rows: list[list[Block]] = [
        [Text(line.name, CELL), right(hours_in_table(line.minutes), HOURS + 14), right(str(line.entries), COUNT)] for line in lines
    ]
    return Grid((0, HOURS + 14, COUNT), ("", "Hours", "Entries"), rows)


def _achievements(portfolio: Portfolio) -> list[Block]:
    made: list[Block] = []
    if portfolio.roles:
        roles = [[Text(each.title, CELL), Text(_from_to(each.starts_on, each.ends_on), CELL)] for each in portfolio.roles]
        made.append(section(heading("Roles"), [Grid((0, 190), ("Post", "When"), roles)], whole=len(roles) <= FEW))
    if portfolio.awards:
        awards = [
            [Text(each.name, CELL), Text(each.provider, CELL), Text(day_with_year(each.awarded_on) if each.awarded_on else "", CELL)]
            for each in portfolio.awards
        ]
        made.append(
            section(
                heading("Qualifications and awards"), [Grid((0, 170, 84), ("Name", "With", "Awarded"), awards)], whole=len(awards) <= FEW
            )
        )
    if portfolio.programmes:
        lines: list[list[Block]] = []
        for each in portfolio.programmes:
            what: list[Block] = [Text(each.name, CELL.strong)]
            done = sum(1 for _, day in each.parts if day)
            what += [Text(f"{done} of {count_of(len(each.parts), 'part')} done", CELL_SMALL)] if each.parts else []
            when = _from_to(each.starts_on, each.ended_on)
            lines.append([Stack(what), Text(each.provider, CELL), Text(when, CELL), Text(each.outcome or "under way", CELL)])
        made.append(section(heading("Programmes"), [Grid((0, 120, 126, 76), ("Programme", "With", "When", "Outcome"), lines)]))
    if portfolio.projects:
        projects: list[list[Block]] = []
        for line in portfolio.projects:
            words = [Text(line.title, CELL.strong)] + [Text(each, CELL_SMALL) for each in (line.question, line.found) if each]
            projects.append([Text(year_label(line.year), CELL), Text(line.kind, CELL), Stack(words)])
        made.append(section(heading("Learning groups and research"), [Grid((DAY, 100, 0), ("Year", "", "What it was about"), projects)]))
    if portfolio.trainings:
        training = [
            [Text(t.name, CELL), Text(day_with_year(t.done_on), CELL), Text(day_with_year(t.expires_on) if t.expires_on else "", CELL)]
            for t in portfolio.trainings
        ]
        made.append(section(heading("Training that expires"), [Grid((0, 84, 84), ("Training", "Done", "Counts until"), training)]))
    return made


def _log(portfolio: Portfolio) -> list[Block]:
    """Every entry in one line, the oldest first, by academic year."""
    numbers = numbered(portfolio.entries)
    made: list[Block] = []
    rows = tuple(reversed(portfolio.entries))
    years = {row.id: year_of_entry(row.details.done_on, portfolio.terms) for row in rows}
    for year in dict.fromkeys(years.values()):
        lines: list[list[Block]] = []
        for row in (each for each in rows if years[each.id] == year):
            small = ", ".join(part for part in (row.kind, row.details.provider, "led" if row.details.led else "") if part)
            what = [Text(row.details.activity, CELL), *([Text(small, CELL_SMALL)] if small else [])]
            files = len(portfolio.files_of(row.id))
            lines.append(
                [
                    right(str(numbers[row.id]), NO),
                    Text(short_day(row.details.done_on), CELL),
                    Stack(what),
                    right(hours_in_table(row.details.minutes), HOURS),
                    Text(count_of(files, "file") if files else "", CELL),
                ]
            )
        head = ("No.", "Date", "What it was", "Hours", "Evidence")
        made.append(section(heading(f"Log {year_label(year)}"), [Grid((NO, DAY - 10, 0, HOURS, 62), head, lines)]))
    return made


def _reflections(portfolio: Portfolio) -> list[Block]:
    """What came of it, in the person’s own words."""
    numbers = numbered(portfolio.entries)
    boxes: list[Block] = []
    for row in reversed(portfolio.entries):
        written: list[Block] = [Stack([Text(said, CELL_SMALL), Text(words, BODY)], before=4) for said, words in own_words(row)]
        if written:
            title = Text([(row.details.activity, BODY.strong), (f" · no. {numbers[row.id]}, {long_day(row.details.done_on)}", HINT)], BODY)
            boxes.append(Stack([Boxed(Stack([title, *written]))], before=8, whole=True))
    return [section(heading("Reflections"), boxes[:1], whole=True), *boxes[1:]] if boxes else []


def _standards(portfolio: Portfolio) -> list[Block]:
    """Each standard of a framework that any entry names, with its entries."""
    numbers = numbered(portfolio.entries)
    made: list[Block] = []
    for framework, lines in by_standard(portfolio):
        rows: list[list[Block]] = []
        for standard, entries in lines:
            named = [Text(_named(row, numbers), CELL) for row in entries]
            rows.append([Text(standard.code, CELL), Text(standard.label, CELL), Stack(named or [Text("No entry names it", CELL_SMALL)])])
        grid = Grid((46, 190, 0), ("", "Standard", "Entries"), rows)
        made.append(section(heading(f"Evidence by standard: {framework.title}"), [Text(framework.source, SMALL), grid]))
    if not made:
        words = "No entry names a standard, itself or through its target."
        made.append(section(heading("Evidence by standard"), [Text(words, BODY)]))
    return made


def _named(row: EntryRow, numbers: dict[int, int]) -> str:
    return f"{row.details.activity} (no. {numbers[row.id]}, {day_with_year(row.details.done_on)})"


def _evidence(portfolio: Portfolio) -> list[Block]:
    if not portfolio.evidence:
        return []
    activities = {row.id: row for row in portfolio.entries}
    rows: list[list[Block]] = []
    for line in sorted(portfolio.evidence, key=lambda each: file_number(portfolio, each)):
        number = file_number(portfolio, line).removeprefix("evidence/")
        rows.append([Text(number, CELL), Text(line.name, CELL), Text(activities[line.entry_id].details.activity, CELL)])
    hint = "numbers are those of the files in a package"
    grid = Grid((84, 190, 0), ("Number", "Called", "Belongs to"), rows)
    return [section(heading("Evidence", hint=hint), [grid], whole=len(rows) <= FEW)]


def _from_to(begins: date | None, ends: date | None) -> str:
    first, last = (day_with_year(day) if day else "" for day in (begins, ends))
    if not first:
        return f"until {last}" if last else ""
    return f"{first} to {last}" if last else f"since {first}"
