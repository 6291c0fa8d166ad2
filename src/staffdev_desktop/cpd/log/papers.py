"""What the log prints: a sheet to fill in by hand, the log of a person for a year, slips to ask with, the list for payroll.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm

from staffdev_desktop.cpd.log.requests.rows import BudgetRow, RequestRow
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow, EntryStatus, Links, TermGroup
from staffdev_desktop.cpd.log.rules import counted, hours, hours_in_table
from staffdev_desktop.kernel.dates import day_in_table, day_with_year, long_day, short_day
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.papers.blocks import Block, Gap, Kept, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.joining import joined
from staffdev_desktop.papers.parts import Facts, Lines, Signatures, TickRow, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, handouts, report, right
from staffdev_desktop.papers.slips import Note
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, Style, Text

ROW, ROWS = 14.5 * mm, 9  # of the sheet: room for two lines by hand
HOURS, DAY, MONEY = 46, 62, 76  # points
SHEET, LOG, SLIPS, PAYROLL, REQUESTS = "CPD log sheet", "CPD log", "Asking for CPD", "Extra hours to pay", "Requests for CPD"
NOT_WRITTEN = "Not written yet"


# -- the sheet to fill in by hand -----------------------------------------------------------------------------------------------


def log_sheets(people: Sequence[CpdPerson | None], kinds: Sequence[str], printed: Printed) -> bytes:
    """A ruled sheet for each of these people; None makes one without a name. Nobody needs a login to keep a log."""
    return joined([_log_sheet(person, kinds, printed) for person in people])


def _log_sheet(person: CpdPerson | None, kinds: Sequence[str], printed: Printed) -> bytes:
    name, post, number = (person.name, person.posts, person.staff_number) if person else ("", "", "")
    about = Facts([("Name", [(name, FACT.strong)]), ("Post", post), ("Staff number", number), ("Term", "")])
    how = (
        "Write hours as 0.25 for a quarter of an hour, 0.5, 0.75, 1 and so on. What changed can be added later: "
        "hours count as soon as they are handed in."
    )
    head = ("Date", "Hours", "Kind", "What it was", "What changed for pupils, or in your work")
    lines: list[list[Block]] = [[Gap(ROW - 7.5), *(Text("") for _ in range(4))] for _ in range(ROWS)]
    story: list[Block] = [
        about,
        Text(how, BODY, before=8),
        Text([("Kinds: ", CELL_SMALL.strong), (f"{', '.join(kinds)}.", CELL_SMALL)], CELL_SMALL, before=4),
        Grid((DAY, HOURS, 84, 0, 0), head, lines, before=8),
        Kept(Signatures([("Member of staff", name, post), ("Line manager", "", "")], before=12)),
    ]
    return handouts(SHEET, printed, story)


# -- a person's log for a year -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owed:
    """What the ledger says of one term: minutes owed, and minutes done that count for the person’s staff group."""

    term: str
    due: int
    counted: int


@dataclass(frozen=True)
class YearOfLog:
    """What the printed log of one person says: the terms of the year, the newest first, and what their entries name."""

    person: CpdPerson
    groups: tuple[TermGroup, ...]
    links: Links
    owed: tuple[Owed, ...] = ()  # a line a term, in their order; nothing where the staff group owes nothing

    def counted(self, group: TermGroup) -> int:
        """Minutes of a term that count."""
        return next((term.counted for term in self.owed if term.term == group.name), group.minutes)


def person_log_paper(log: YearOfLog, printed: Printed) -> bytes:
    """A summary by term, then each line with what came of it and how far it is."""
    person, rows = log.person, [row for group in log.groups for row in group.rows]
    written, minutes = sum(counted(rows)), sum(log.counted(group) for group in log.groups)
    others = written - minutes
    strip = [(hours(minutes), "hours that count"), (str(len(rows)), "entries" if len(rows) != 1 else "entry")]
    if others:
        strip.append((hours(others), "hours that do not count"))
    assured = sum(row.status is EntryStatus.ASSURED for row in rows)
    strip.append((str(assured), "quality assured"))
    story: list[Block] = [
        Facts(
            [("Name", [(person.name, FACT.strong)]), ("Post", person.posts), ("Staff number", person.staff_number), ("Group", person.group)]
        ),
        Stack([big_numbers(strip)], before=10),
    ]
    if log.groups or log.owed:
        story.append(_terms(log))
    for group in reversed(log.groups):
        head = ("Date", "What it was", "Hours", "What came of it", "How far")
        lines = [_entry_cells(row, log.links) for row in reversed(group.rows)]
        hint = f"{hours(log.counted(group))} hours that count"
        story.append(section(heading(group.name, hint=hint), [Grid((DAY - 8, 0, HOURS, 0, 90), head, lines)]))
    if not rows:
        story.append(Text("Nothing is written in this log for the year.", BODY, before=12))
    return report(LOG, printed, story, names=True, running=person.name)


def _terms(log: YearOfLog) -> Block:
    owed, groups = {each.term: each for each in log.owed}, {group.name: group for group in reversed(log.groups)}
    lines = []
    for name in dict.fromkeys((*owed, *groups)):
        group = groups.get(name)
        done = log.counted(group) if group else owed[name].counted
        lines.append((name, done, owed[name].due if name in owed else 0, len(group.rows) if group else 0))
    done, due, count = (sum(each) for each in tuple(zip(*lines, strict=True))[1:])
    rows = [_term_cells(*line, CELL) for line in lines] + [_term_cells("Whole year", done, due, count, CELL.strong)]
    head = ("Term", "Hours", "Owed", "Entries") if owed else ("Term", "Hours", "", "Entries")
    return section(heading("Hours by term"), [Grid((0, 66, 90, 60), head, rows)], whole=True)


def _term_cells(name: str, done: int, due: int, count: int, style: Style) -> list[Block]:
    words = Text(f"of {hours(due)}" if due else "", style)
    return [Text(name, style), right(hours_in_table(done), 66, style), words, right(str(count), 60, style)]


def _entry_cells(row: EntryRow, links: Links) -> list[Block]:
    details = row.details
    what: list[Block] = [Text(details.activity, CELL.strong)]
    small = [row.kind, details.provider, "led" if details.led else ""]
    if words := ", ".join(each for each in small if each):
        what.append(Text(words, CELL_SMALL))
    named = (
        links.label_of("targets", details.target_id),
        links.label_of("needs", details.need_id),
        row.area and f"Area: {row.area}",
        details.priority and f"Priority: {details.priority}",
    )
    what += [Text(words, CELL_SMALL) for words in named if words]
    came = [Text(words, CELL_SMALL) for words in (details.impact, details.changed, details.colleagues) if words]
    status: list[Block] = [Text(str(row.status), CELL)]
    if row.evidence:
        status.append(Text(count_of(row.evidence, "file"), CELL_SMALL))
    if not row.counts:
        status.append(Text("Does not count", CELL_SMALL))
    hours_cell = right(hours_in_table(details.minutes), HOURS)
    return [Text(short_day(details.done_on), CELL), Stack(what), hours_cell, Stack(came or [Text(NOT_WRITTEN, CELL_SMALL)]), Stack(status)]


# -- asking on paper ------------------------------------------------------------------------------------------------------------


def request_slips(slips: Sequence[RequestRow | CpdPerson | None], printed: Printed) -> bytes:
    """Slips, two to a page: filled in from a request, with a person’s name alone, or blank."""
    return handouts(SLIPS, printed, [Note(_slip(slip, printed)) for slip in slips])


class _Roomy(Facts):
    """Facts with room for a pen."""

    row = 19.5


def _slip(slip: RequestRow | CpdPerson | None, printed: Printed) -> list[Block]:
    name, posts = (slip.name, slip.posts) if slip else ("", "")
    row = slip if isinstance(slip, RequestRow) else None
    what, why = (row.details.activity, row.details.why) if row else ("", "")
    return [
        Text([("What I would like to take part in", FACT.strong), (f"  {printed.school}, {year_label(printed.year)}", CELL_SMALL)], FACT),
        Text(what, FACT, before=2) if what else Lines(1),
        Stack([_Roomy([("Name", [(name, FACT.strong)]), ("Post", posts), *_slip_facts(row)])], before=8),
        Text("Why, and what it should change", CELL_SMALL, before=6),
        Text(why, BODY) if why else Lines(1),
        *_decision_part(row),
    ]


def _slip_facts(row: RequestRow | None) -> list[tuple[str, str]]:
    if row is None:
        return [(label, "") for label in ("Date", "Hours", "Provider", "Cost", "Supply cover", "Budget")]
    details = row.details
    cover = ", ".join(words for words in (details.cover, pounds(details.cover_pence)) if words)
    cost = ", ".join(words for words in (pounds(details.pence), details.fee_share, details.who_pays) if words)
    return [
        ("Date", day_with_year(details.starts_on) if details.starts_on else ""),
        ("Hours", hours(details.minutes) if details.minutes else ""),
        ("Provider", details.provider),
        ("Cost", cost),
        ("Supply cover", cover),
        ("Budget", row.budget),
    ]


def _decision_part(row: RequestRow | None) -> list[Block]:
    said = row.decision if row else None
    choices = [("Yes", said is not None and said.approved), ("No, because", said is not None and not said.approved)]
    blocks: list[Block] = [TickRow("Line manager:", choices, before=10)]
    blocks.append(Text(said.reason, BODY, before=2) if said and said.reason else Lines(1))
    if said:
        blocks.append(Text(f"{said.by}, {long_day(said.on)}", CELL_SMALL, before=4))
    else:
        blocks += [Lines(1, before=4), Text("Signature and date", CELL_SMALL, before=1)]
    return blocks


def requests_paper(rows: Sequence[RequestRow], budgets: Sequence[BudgetRow], printed: Printed) -> bytes:
    """The requests in the order given, after the money there is for them."""
    story: list[Block] = [
        big_numbers([(str(len(rows)), "requests in this list"), (pounds(sum(row.total for row in rows)), "with supply cover")])
    ]
    if budgets:
        lines: list[list[Block]] = []
        for budget in budgets:
            left = pounds(budget.left) if budget.left >= 0 else f"–{pounds(-budget.left)}"
            amounts = (pounds(budget.pence), pounds(budget.spent), pounds(budget.committed), left)
            lines.append([Text(budget.name, CELL), *(right(amount, MONEY) for amount in amounts)])
        head = ("Budget", "In all", "Spent", "Promised", "Left")
        story.append(section(heading("Money"), [Grid((0, *[MONEY] * 4), head, lines)], whole=True))
    cells = [_request_cells(row) for row in rows]
    head = ("Who", "What", "When", "Cost", "How far")
    story.append(section(heading("Requests"), [Grid((104, 0, 74, 76, 104), head, cells)] if cells else [Text("None.", BODY)]))
    return report(REQUESTS, printed, story, names=True)


def _request_cells(row: RequestRow) -> list[Block]:
    details, said = row.details, row.decision
    what: list[Block] = [Text(details.activity, CELL.strong)]
    what += [Text(words, CELL_SMALL) for words in (details.provider, details.why) if words]
    when: list[Block] = [Text(day_with_year(details.starts_on) if details.starts_on else "", CELL)]
    if details.minutes:
        when.append(Text(f"{hours(details.minutes)} h", CELL_SMALL))
    cost: list[Block] = [Text(pounds(row.total) if row.total else "–", CELL)]
    if details.cover_pence or details.cover:
        cost.append(Text(f"cover {pounds(details.cover_pence)}".strip(), CELL_SMALL))
    far: list[Block] = [Text(str(row.stage), CELL)]
    if said:
        far.append(Text(f"{said.by}, {short_day(said.on)}", CELL_SMALL))
        if said.reason:
            far.append(Text(said.reason, CELL_SMALL))
    return [Stack([Text(row.name, CELL), Text(row.group, CELL_SMALL)]), Stack(what), Stack(when), Stack(cost), Stack(far)]


# -- payroll ----------------------------------------------------------------------------------------------------------------------


def extra_hours_paper(rows: Sequence[EntryRow], period: str, numbers: dict[int, str], printed: Printed) -> bytes:
    """Hours beyond the contract that are to be paid, by person; `numbers` are staff numbers by person."""
    people = list(dict.fromkeys(row.person_id for row in rows))
    total = sum(row.details.minutes for row in rows)
    story: list[Block] = [
        Text(period, FACT.strong),
        Stack([big_numbers([(hours(total), "hours to pay"), (str(len(people)), "people" if len(people) != 1 else "person")])], before=8),
    ]
    lines: list[list[Block]] = []
    for person_id in people:
        theirs = [row for row in rows if row.person_id == person_id]
        for row in theirs:
            lines.append(
                [
                    Text(row.name, CELL),
                    Text(numbers.get(person_id, ""), CELL),
                    Text(day_in_table(row.details.done_on), CELL),
                    Text(row.details.activity, CELL),
                    right(hours_in_table(row.details.minutes), 58),
                ]
            )
        if len(theirs) > 1:
            own = hours_in_table(sum(row.details.minutes for row in theirs))
            lines.append([Text(f"{theirs[0].name}, in all", CELL.strong), Text(""), Text(""), Text(""), right(own, 58, CELL.strong)])
    if lines:
        story.append(Grid((0, 74, 78, 0, 58), ("Name", "Staff number", "Date", "What it was", "Hours"), lines, before=12))
    else:
        story.append(Text("Nobody has extra hours to pay in this time.", BODY, before=12))
    story.append(Kept(Signatures([("Approved by", "", ""), ("Taken in by payroll", "", "")], before=14)))
    return report(PAYROLL, printed, story, names=True)


def period_words(first: date, last: date) -> str:
    """‘1 October 2026 to 31 October 2026’."""
    return f"{long_day(first)} to {long_day(last)}"
