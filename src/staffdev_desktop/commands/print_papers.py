"""`print self-review|statements|meeting-forms SCHOOL --out DIR`: draw papers, a PDF each. File names carry numbers, never a name."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.papers import Copy
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, CycleRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import cycles, statements
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.atomic import disk_faults, replace_file
from staffdev_desktop.settings import queries as settings

KINDS = {"self-review": sheets.SELF_REVIEW, "meeting-forms": sheets.MEETING_FORM, "statements": sheets.STATEMENT}


@dataclass(frozen=True)
class Drawn:
    """One paper, ready to be written."""

    name: str
    staff_number: str
    pdf: bytes


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", choices=list(KINDS), help="which papers")
    school_argument(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder that the PDF files go to")
    parser.add_argument("--cycle", metavar="NAME", help="which cycle (else those that are running)")
    parser.add_argument("--person", metavar="STAFF_NUMBER", help="for one person only")


def run(args: argparse.Namespace) -> Answer:
    """Draw them, and mark them as printed. Raises UserError, FileProblem."""
    kind = KINDS[args.what]
    with opened(args) as school:
        cycles_meant = _cycles(school, args.cycle)
        name = listed([cycle.name for cycle in cycles_meant])
        rows = _rows(school, cycles_meant, kind, args.person)
        with disk_faults(args.out):
            args.out.mkdir(parents=True, exist_ok=True)
        files = [_write(args.out, paper) for paper in _papers(school, kind, rows)]
        _mark(school, kind, rows)
    if not files:
        raise UserError(f"There is nothing to print for {name}.")
    words = "\n".join([*(file["path"] for file in files), f"{count_of(len(files), 'paper')} for {name}."])
    return Answer(words, {"cycle": name, "files": files})


def _cycles(school: School, name: str | None) -> list[CycleRow]:
    """The one of that name; else those that are running, each staff group's own."""
    known = school.read(boards.cycles)
    if name is not None:
        found = [cycle for cycle in known if cycle.name.casefold() == name.strip().casefold()]
        if not found:
            raise UserError(f"There is no cycle ‘{name}’.", field="cycle")
        return found
    today = clock.today()
    open_ones = [cycle for cycle in known if cycle.closed_on is None]
    running = [cycle for cycle in open_ones if cycle.starts_on <= today <= cycle.ends_on] or open_ones[:1]
    if not running:
        raise UserError("No cycle is running. Say which one with --cycle NAME.", field="cycle")
    return running


def _rows(school: School, cycles_meant: list[CycleRow], kind: str, staff_number: str | None) -> list[BoardRow]:
    found = [row for cycle in cycles_meant for row in school.read(boards.cycle_board, cycle_id=cycle.id)]
    rows = [row for row in found if not (row.away or row.exempt)]
    if staff_number is not None:
        rows = [row for row in rows if row.staff_number == staff_number.strip()]
        if not rows:
            raise UserError(f"Nobody with the staff number {staff_number} is in {listed([cycle.name for cycle in cycles_meant])}.")
    return [row for row in rows if (kind == sheets.STATEMENT) != is_open(row.stage)]


def _papers(school: School, kind: str, rows: list[BoardRow]) -> Iterator[Drawn]:
    if kind == sheets.STATEMENT:
        for paper in school.read(records.statement_papers, review_ids=tuple(row.id for row in rows)):
            for copy in get_args(Copy):
                name = sheets.file_name(kind, paper.number, version=paper.snapshot["version"], copy=copy)
                yield Drawn(name, paper.staff_number, sheets.statement_pdf(paper, copy))
        return
    logo, return_to = school.read(settings.logo), school.read(settings.school).return_to
    for row in rows:
        record = school.read(records.review, review_id=row.id, practice=school.practice)
        if kind == sheets.SELF_REVIEW:
            pdf = sheets.self_review_pdf(record, logo=logo, return_to=return_to)
        else:
            pdf = sheets.meeting_form_pdf(record, logo=logo)
        yield Drawn(sheets.file_name(kind, row.number), row.staff_number, pdf)


def _write(folder: Path, paper: Drawn) -> dict[str, Any]:
    to = folder / paper.name
    replace_file(to, paper.pdf)
    return {"path": str(to), "staff_number": paper.staff_number, "pages": page_count(paper.pdf)}


def _mark(school: School, kind: str, rows: list[BoardRow]) -> None:
    """What is on disk is marked as printed: only now, and never before."""
    ids = tuple(row.id for row in rows)
    if kind == sheets.SELF_REVIEW:
        school.do(cycles.mark_sheets_out, review_ids=ids)
    elif kind == sheets.STATEMENT:
        papers = school.read(records.statement_papers, review_ids=ids)
        school.do(statements.mark_printed, statement_ids=tuple(paper.statement_id for paper in papers))
