"""`import staff|cpd FILE SCHOOL`: take in a staff list or entries of CPD from a spreadsheet, all or nothing."""

import argparse
from dataclasses import replace
from pathlib import Path

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.cpd.log.importing import NO_ANSWERS, Answers, EntryPreview
from staffdev_desktop.cpd.log.importing import take_in_plan as plan_of_entries
from staffdev_desktop.cpd.log.importing_files import OpenedSheet, Shape, open_entries
from staffdev_desktop.cpd.log.importing_files import preview as preview_of_entries
from staffdev_desktop.cpd.log.importing_kinds import ADD, choices_of
from staffdev_desktop.cpd.log.known import known_log
from staffdev_desktop.cpd.log.rules import read_minutes
from staffdev_desktop.cpd.log.taking_in import take_in_entries
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.exchange.previews import Preview, PreviewRow, Verdict
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import listed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.importing import StaffPreview, open_staff_list, preview_staff_list, read_staff_list, take_in_plan
from staffdev_desktop.staff.taking_in import take_in_staff_list

SHOWN = {Verdict.NEW, Verdict.CHANGED, Verdict.TROUBLE, Verdict.QUESTION}


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", choices=["staff", "cpd"], help="what the spreadsheet holds")
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX")
    school_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
    parser.add_argument("--add-kinds", action="store_true", help="cpd: put kinds that are not on the school’s list there")
    parser.add_argument("--hours", help="cpd, people and courses: how long it took where no cell says so, such as 1.5")
    parser.add_argument("--date", help="cpd, people and courses: the day of ticks without one, such as 01/09/2026")


def run(args: argparse.Namespace) -> Answer:
    """Take it in, or show what would happen. Raises UserError, FileProblem."""
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise UserError(f"‘{args.file}’ cannot be read.", field="file") from error
    if args.what == "cpd":
        return _entries(args, content)
    sheet, columns = open_staff_list(content, args.file.name)
    with opened(args) as school:
        lines, troubles = read_staff_list(sheet, columns)
        groups = [group.name for group in school.read(settings.staff_groups)]
        preview = preview_staff_list(lines, troubles, school.read(queries.existing_people), groups)
        if not args.dry_run:
            _take_in(school, preview)
    return _answer(preview, dry=args.dry_run)


def _take_in(school: School, preview: StaffPreview) -> None:
    plan = take_in_plan(preview)
    if plan:
        school.do(take_in_staff_list, plan=plan)


def _answer(preview: Preview, *, dry: bool) -> Answer:
    counts = {str(verdict): preview.counts[verdict] for verdict in Verdict}
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) or "no rows"
    lines = [_line(row) for row in preview.rows if row.verdict in SHOWN]
    words = "\n".join([*lines, f"{'Would be taken in' if dry else 'Taken in'}: {said}."])
    rows = [_row(row) for row in preview.rows]
    return Answer(words, {**counts, "dry_run": dry, "rows": rows})


def _row(row: PreviewRow) -> dict[str, str | int]:
    column = {"column": row.column} if row.column else {}
    return {"number": row.number, **column, "verdict": str(row.verdict), "reason": " ".join(row.reasons)}


def _line(row: PreviewRow) -> str:
    return f"{row.number:>5}{row.column:<3} {row.verdict:<8}  {row.label}  {' '.join(row.reasons)}".rstrip()


# -- entries ------------------------------------------------------------------------------------------------------------------


def _entries(args: argparse.Namespace, content: bytes) -> Answer:
    with opened(args) as school:
        school.do(begin_cpd)
        sheet = _with_courses(open_entries(content, args.file.name, key=school.form_key, file_id=school.file_id), args)
        known = school.read(known_log)
        preview = preview_of_entries(sheet, known, NO_ANSWERS)
        if args.add_kinds:
            preview = preview_of_entries(sheet, known, Answers({}, choices_of(preview.unknown_kinds, ADD)))
        if not args.dry_run and (plan := plan_of_entries(preview)):
            school.do(take_in_entries, plan=plan)
    return _with_kinds(_answer(preview, dry=args.dry_run), preview)


def _with_courses(sheet: OpenedSheet, args: argparse.Namespace) -> OpenedSheet:
    """The courses of a matrix with the day and the hours that were given for all of them."""
    if sheet.shape is not Shape.MATRIX:
        return sheet
    minutes = read_minutes(args.hours, field="hours") if args.hours else None
    day = parse_date(args.date, field="date") if args.date else None
    courses = (replace(course, minutes=course.minutes or minutes, day=course.day or day) for course in sheet.courses)
    return replace(sheet, courses=tuple(courses))


def _with_kinds(answer: Answer, preview: EntryPreview) -> Answer:
    """Say which words are no kind of the school’s list, and what became of them."""
    unknown = [kind.written for kind in preview.unknown_kinds]
    if not unknown:
        return answer
    added = all(kind.choice == ADD for kind in preview.unknown_kinds)
    told = "Added to the list of kinds" if added else "Not on the list of kinds, left out (--add-kinds adds them)"
    return replace(answer, words=f"{answer.words}\n{told}: {listed(unknown[:20])}.", data=answer.data | {"kinds": unknown})
