"""What groups and action research print: a record sheet, the application form, the cover of a report, the overview of a year.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm

from staffdev_desktop.cpd.groups.rows import GroupRow, MemberRow, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import GROUP_KINDS, LEARNING_GROUP, attendance_words, evaluation_tool, year_warning
from staffdev_desktop.cpd.log.rows import CpdSettingsRow
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.kernel.dates import clock_time, day_with_year, long_day
from staffdev_desktop.kernel.names import capital, count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import Boxed, Facts, Lines, Signatures, TickRow, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, handouts, report
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, HINT, LABEL, Span, Text

GROUP_SHEET, APPLICATION, REPORT, OVERVIEW = (
    "Group record",
    "Action research: application",
    "Action research: report",
    "Groups and research",
)
LINES_FOR = {"title": 1, "question": 2, "expected": 4, "digital": 2}
Fact = tuple[str, Sequence[Span] | str | Block]
ROOM_TO_WRITE = 3  # lines under a meeting that was not held yet
EMPTY_MEETINGS = 3  # a group with none planned gets room for as many by hand


# -- a group ------------------------------------------------------------------------------------------------------------------


def group_sheet(row: GroupRow, printed: Printed) -> bytes:
    """The record of a group: who is in it, each meeting with who was there, room to write at those still to come, what was found."""
    details = row.details
    facts: list[Fact] = [
        ("Group", [(details.name, FACT.strong)]),
        ("Year", year_label(row.year)),
        ("Kind", capital(details.kind)),
        ("Led by", row.lead),
        ("School priority", details.priority),
        ("Members", str(len(row.members) + row.others)),
    ]
    story: list[Block] = [Facts(facts)]
    if details.question:
        story.append(section(heading("What we ask"), [Text(details.question, BODY)]))
    story.append(_members(row))
    story.append(section(heading("Our meetings"), [*_meetings(row)]))
    found: list[Block] = [Text(row.found, BODY)] if row.found else [Lines(5)]
    if row.ended_on:
        found.append(Text(f"Ended on {long_day(row.ended_on)}.", CELL_SMALL, before=4))
    story += _answered(row.evaluation)
    story.append(section(heading("What we found", hint="what changed for pupils or colleagues, and how we know"), found))
    return report(GROUP_SHEET, printed, story, names=True, number=year_label(row.year), running=details.name)


def _answered(evaluation: Sequence[tuple[str, str]]) -> list[Block]:
    """The evaluation tool as far as it is answered, part by part; answers of an older edition of it come last."""
    answers = dict(evaluation)
    found: list[Block] = []
    for part in evaluation_tool():
        body: list[Block] = []
        for question in part.questions:
            if words := answers.pop(question, ""):
                body += [Text(question, LABEL, before=5 if body else 0), Text(words, BODY)]
        if body:
            found.append(section(heading(part.title), body))
    return [*found, *(section(heading(question), [Text(words, BODY)]) for question, words in answers.items())]


def _members(row: GroupRow) -> Block:
    cells: list[list[Block]] = [
        [Text(_with_lead(member), CELL.strong), Text(member.posts, CELL), Text(attendance_words(member, row.meetings), CELL)]
        for member in row.members
    ]
    return section(heading("Who is in it"), [Grid((0, 190, 110), ("Name", "Post", "There at"), cells)], whole=True)


def _with_lead(member: MemberRow) -> str:
    return f"{member.name}, lead" if member.lead else member.name


def _meetings(row: GroupRow) -> list[Block]:
    head = ("When and where", "Who was there", "What we did, what we try until next time")
    live = [meeting for meeting in row.meetings if meeting.state is not SessionState.CANCELLED]
    rows = [_meeting_cells(meeting, row) for meeting in live]
    if not rows:
        rows = [[Text("Date:", CELL), _to_tick(row), Lines(ROOM_TO_WRITE, 7 * mm)] for _ in range(EMPTY_MEETINGS)]
    return [Grid((112, 128, 0), head, rows)]


def _meeting_cells(meeting: SessionRow, row: GroupRow) -> list[Block]:
    details = meeting.details
    at = ", ".join(words for words in (clock_time(details.starts_at) if details.starts_at else "", details.place) if words)
    when = Stack([Text(day_with_year(details.held_on), CELL.strong), Text(at, CELL_SMALL)])
    if meeting.state is SessionState.HELD:
        return [when, Text(f"{count_of(meeting.present, 'person', 'people')}; in their logs", CELL), Lines(ROOM_TO_WRITE, 7 * mm)]
    return [when, _to_tick(row), Lines(ROOM_TO_WRITE, 7 * mm)]


def _to_tick(row: GroupRow) -> Block:
    return Stack([TickRow("", [(member.name, False)], CELL, before=1) for member in row.members] or [Text("", CELL)])


# -- action research ----------------------------------------------------------------------------------------------------------


def application_form(row: ResearchRow | None, printed: Printed) -> bytes:
    """The application form: empty to fill in by hand, or with what somebody applied with."""
    details = row.details if row else None
    facts: list[Fact] = [
        ("Name", [(row.name, FACT.strong)] if row else ""),
        ("Post", row.posts if row else ""),
        ("Area", details.area if details else ""),
        ("Handed in", long_day(details.applied_on) if details else ""),
    ]
    asked = (
        ("title", "Title", "a few words"),
        ("question", "What I want to find out", "one question that can be answered in a year"),
        ("expected", "What it should change", "in my practice, for colleagues in my team and beyond it, for pupils"),
        ("digital", "How digital tools may help", "if at all"),
    )
    story: list[Block] = [
        Text(
            "For a project of one school year with a short meeting every fortnight, a report at the end and a session to share it. "
            "It may count towards chartered teacher status.",
            BODY,
        ),
        Facts(facts, last_row=22),
    ]
    story[1].before = 8
    for number, (key, title, hint) in enumerate(asked, 1):
        words = getattr(details, key) if details else ""
        body: list[Block] = [Text(words, BODY)] if words else [Lines(LINES_FOR[key])]
        story.append(section(heading(title, number, hint), body))
    story.append(
        section(heading("Agreed by my line manager", 5), [Signatures([("Member of staff", *_who(row)), ("Line manager", "", "")])])
    )
    story.append(_office(row))
    return handouts(APPLICATION, printed, story)


def _who(row: ResearchRow | None) -> tuple[str, str]:
    return (row.name, row.posts) if row else ("", "")


def _office(row: ResearchRow | None) -> Block:
    decided = row is not None and row.selected is not None
    choices = [("Selected", decided and bool(row and row.selected)), ("Not selected", decided and not (row and row.selected))]
    inner: list[Block] = [TickRow("For the selection", choices)]
    if row is not None and row.reason:
        inner.append(Text(row.reason, BODY, before=4))
    elif not decided:
        inner += [Text("Why", LABEL, before=4), Lines(1)]
    if row is not None and row.decided_on:
        inner.append(Text(f"Decided on {long_day(row.decided_on)}", CELL_SMALL, before=4))
    return Boxed(Stack(inner), before=14)


def report_cover(row: ResearchRow, printed: Printed) -> bytes:
    """The cover of a report: the project, its evaluation, what was found in short, and how it was shared."""
    details = row.details
    held = sum(meeting.state is SessionState.HELD for meeting in row.meetings)
    facts: list[Fact] = [
        ("By", [(row.name, FACT.strong)]),
        ("Post", row.posts),
        ("Area", details.area),
        ("Year", year_label(row.year)),
        ("Meetings held", str(held)),
        ("Handed in", long_day(row.reported_on) if row.reported_on else ""),
    ]
    story: list[Block] = [Text(details.title, FACT.strong), Facts(facts)]
    story[1].before = 6
    for title, words, lines in (("What I asked", details.question, 2), ("What was found", row.report, 8)):
        story.append(section(heading(title), [Text(words, BODY)] if words else [Lines(lines)]))
    answers = dict(row.evaluation)
    for part in evaluation_tool():
        body: list[Block] = []
        for question in part.questions:
            body.append(Text(question, LABEL, before=5 if body else 0))
            words = answers.pop(question, "")
            body.append(Text(words, BODY) if words else Lines(2))
        story.append(section(heading(part.title), body))
    for question, words in answers.items():
        story.append(section(heading(question), [Text(words, BODY)]))
    if row.shared_on or row.shared_how:
        shared = ". ".join(words for words in (long_day(row.shared_on) if row.shared_on else "", row.shared_how) if words)
        came = f" {count_of(row.sharing.present, 'person', 'people')} came." if row.sharing and row.sharing.present else ""
        story.append(section(heading("Shared"), [Text(f"{shared}.{came}", BODY)]))
    if row.report_name:
        story.append(Text(f"The report itself is kept as ‘{row.report_name}’.", HINT, before=10))
    return report(REPORT, printed, story, names=True, number=year_label(row.year), running=details.title)


# -- a year -------------------------------------------------------------------------------------------------------------------


def year_overview(groups: Sequence[GroupRow], projects: Sequence[ResearchRow], rules: CpdSettingsRow, printed: Printed) -> bytes:
    """Every group and project of a year, with what is below the school’s rules."""
    learning = sum(row.details.kind == LEARNING_GROUP for row in groups)
    people = len({member.person_id for row in groups for member in row.members} | {row.person_id for row in projects if row.selected})
    selected = sum(bool(row.selected) for row in projects)
    strip = [
        (str(learning), f"learning groups; {rules.groups_least} at least"),
        (f"{selected} of {rules.research_cap}", "places for action research taken"),
        (str(people), "people learn in them"),
    ]
    story: list[Block] = [big_numbers(strip)]
    if warning := year_warning(groups, rules.groups_least, printed.year):
        story.append(Text(warning, BODY.strong, before=8))
    for kind in GROUP_KINDS:
        if rows := [row for row in groups if row.details.kind == kind]:
            title = capital(kind) if kind.endswith("community") else f"{capital(kind)}s"
            grid = Grid((0, 118, 104, 116), ("Group", "Members", "Meetings", "To see to"), [_group_cells(row) for row in rows])
            story.append(section(heading(title), [grid]))
    if projects:
        grid = Grid((0, 104, 76, 146), ("Project", "By", "Applied", "How far"), [_project_cells(row) for row in projects])
        story.append(section(heading("Action research"), [grid]))
    if not groups and not projects:
        story.append(Text("No group is set up and nobody has applied for action research this year.", BODY, before=10))
    return report(OVERVIEW, printed, story, names=True)


def _group_cells(row: GroupRow) -> list[Block]:
    what: list[Block] = [Text(row.details.name, CELL.strong)]
    what += [Text(words, CELL_SMALL) for words in (row.details.priority, row.details.question, row.found) if words]
    members = [Text(_with_lead(member), CELL) for member in row.members]
    if row.others:
        members.append(Text(f"and {count_of(row.others, 'other')}", CELL_SMALL))
    meetings = [Text(_meeting_words(each), CELL) for each in row.meetings if each.state is not SessionState.CANCELLED]
    seen: list[Block] = [Text(words, CELL_SMALL) for words in row.warnings]
    return [
        Stack(what),
        Stack(members) if members else Text("", CELL),
        Stack(meetings) if meetings else Text("None yet", CELL),
        Stack(seen or [Text("–", CELL)]),
    ]


def _meeting_words(meeting: SessionRow) -> str:
    day = day_with_year(meeting.details.held_on)
    return f"{day}: {meeting.present} there" if meeting.state is SessionState.HELD else day


def _project_cells(row: ResearchRow) -> list[Block]:
    what: list[Block] = [Text(row.details.title, CELL.strong)]
    what += [Text(words, CELL_SMALL) for words in (row.details.area, row.details.question) if words]
    far: list[Block] = [Text(str(row.stage), CELL)]
    if row.stage is ResearchStage.SHARED and row.shared_on:
        far.append(Text(day_with_year(row.shared_on), CELL_SMALL))
    if row.reason:
        far.append(Text(row.reason, CELL_SMALL))
    return [Stack(what), Text(row.name, CELL), Text(day_with_year(row.details.applied_on), CELL), Stack(far)]


def texts_of_groups(rows: Sequence[GroupRow]) -> tuple[str, ...]:
    """Every word about groups that people wrote."""
    found = []
    for row in rows:
        found += [row.details.name, row.details.priority, row.details.question, row.found]
        found += [words for member in row.members for words in (member.name, member.posts)]
        found += [meeting.details.place for meeting in row.meetings]
    return tuple(found)


def texts_of_research(rows: Sequence[ResearchRow]) -> tuple[str, ...]:
    """Every word about projects that people wrote."""
    found = []
    for row in rows:
        details = row.details
        found += [row.name, row.posts, details.title, details.area, details.question, details.expected, details.digital]
        found += [row.reason, row.report, row.shared_how, *(words for pair in row.evaluation for words in pair)]
    return tuple(found)
