"""What programmes print: how far everybody on one is, and what one person is or was on.

Pure: rows in, PDF bytes out, the same bytes for the same rows.
"""

from collections.abc import Sequence
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, ProgrammeRow, Stage, StepRow
from staffdev_desktop.cpd.programmes.enrolments.rules import by_cohort, money_in_words, next_part
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.papers.blocks import Block, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import Facts, heading, section
from staffdev_desktop.papers.reports import Printed, big_numbers, report, right
from staffdev_desktop.papers.shapes import disc
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, FACT, Text

PROGRESS, OF_PERSON = "Progress on programmes", "Programmes"
DAY, DONE = 70, 54


def progress_paper(found: Sequence[tuple[ProgrammeRow, Sequence[EnrolmentRow]]], printed: Printed) -> bytes:
    """For each programme: who is on it by cohort, how far they are, what is overdue, and its parts with how many have done them."""
    rows = [row for _, theirs in found for row in theirs]
    running = [row for row in rows if row.running]
    late = sum(row.overdue for row in rows)
    strip = [
        (str(len({row.person_id for row in running})), "people on a programme"),
        (str(late), "past the day they were due"),
        (str(sum(row.stage is Stage.COMPLETED for row in rows)), "completed"),
    ]
    story: list[Block] = [big_numbers(strip)]
    for programme, theirs in found:
        story += _of_programme(programme, theirs)
    if not rows:
        story.append(Text("Nobody is or was on these programmes.", BODY, before=12))
    return report(PROGRESS, printed, story, names=True)


def _of_programme(programme: ProgrammeRow, rows: Sequence[EnrolmentRow]) -> list[Block]:
    blocks: list[Block] = []
    for place, (cohort, theirs) in enumerate(by_cohort(rows)):
        head = heading(programme.details.name if not place else f"{programme.details.name}, continued", hint=cohort)
        table = Grid((0, DAY, DAY, DONE, 0, 86), ("Name", "Began", "Due", "Done", "Next part", "How far"), [_cells(row) for row in theirs])
        blocks.append(section(head, [table]))
    return blocks


def _cells(row: EnrolmentRow) -> list[Block]:
    name: list[Block] = [Text(row.name, CELL.strong)]
    if row.posts:
        name.append(Text(row.posts, CELL_SMALL))
    if row.details.mentor:
        name.append(Text(f"Mentor: {row.details.mentor}", CELL_SMALL))
    far: list[Block] = [Text(str(row.stage), CELL)]
    if row.overdue:
        far.append(Text("Overdue", CELL_SMALL.strong))
    if row.ended_on:
        far.append(Text(day_with_year(row.ended_on), CELL_SMALL))
    upcoming = next_part(row)
    done = f"{row.done} of {len(row.steps)}" if row.steps else "–"
    return [
        Stack(name),
        Text(_day(row.details.starts_on), CELL),
        Text(_day(row.details.due_on), CELL),
        right(done, DONE),
        Text(upcoming.module.title if upcoming else "", CELL),
        Stack(far),
    ]


def _day(day: date | None) -> str:
    return day_with_year(day) if day else ""


def person_paper(rows: Sequence[EnrolmentRow], printed: Printed) -> bytes:
    """The programmes of one person, each with its parts and what is done. `rows` are not empty."""
    first = rows[0]
    running = sum(row.running for row in rows)
    story: list[Block] = [Facts([("Name", [(first.name, FACT.strong)]), ("Post", first.posts)])]
    words = count_of(len(rows), "programme") + (f", {running} of them running" if running and len(rows) > 1 else "")
    story.append(Text(f"{words}.", BODY, before=8))
    for row in rows:
        head = heading(row.programme, hint=str(row.stage) + (", overdue" if row.overdue else ""))
        steps = [
            [_Mark(step), Text(step.module.title, CELL), Text(_day(step.done_on), CELL), Text(step.result, CELL)] for step in row.steps
        ]
        body: list[Block] = [Text(_about(row), CELL)]
        if steps:
            body.append(Grid((22, 0, DAY, 150), ("", "Part", "Done", "Result"), steps, before=6))
        story.append(section(head, body))
    return report(OF_PERSON, printed, story, names=True, running=first.name)


def _about(row: EnrolmentRow) -> str:
    details = row.details
    parts = (
        details.applied_on and f"Applied {day_with_year(details.applied_on)}",
        details.starts_on and f"began {day_with_year(details.starts_on)}",
        details.due_on and row.running and f"due {day_with_year(details.due_on)}",
        row.ended_on and f"{str(row.stage).lower()} {day_with_year(row.ended_on)}",
        row.cohort and f"cohort {row.cohort}",
        details.mentor and f"mentor {details.mentor}",
        money_in_words(row),
    )
    words = "; ".join(str(part) for part in parts if part)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


class _Mark(Block):
    """A full disc for a part that is done, an empty one for one that is to come."""

    size = 7.4

    def __init__(self, step: StepRow) -> None:
        self._shape = "full" if step.done else "empty"

    def height(self, width: float) -> float:
        return CELL.leading

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        disc(canvas, x, top - CELL.leading / 2, self.size, self._shape)
