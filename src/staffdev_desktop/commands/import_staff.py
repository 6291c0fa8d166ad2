"""`import staff FILE SCHOOL`: take in a staff list from a spreadsheet, all or nothing."""

import argparse
from pathlib import Path

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.exchange.previews import PreviewRow, Verdict
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.importing import StaffPreview, open_staff_list, preview_staff_list, read_staff_list, take_in_plan
from staffdev_desktop.staff.taking_in import take_in_staff_list

SHOWN = {Verdict.NEW, Verdict.CHANGED, Verdict.TROUBLE, Verdict.QUESTION}


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", choices=["staff"], help="what the spreadsheet holds")
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX")
    school_argument(parser)
    parser.add_argument("--dry-run", action="store_true", help="only show what would happen")


def run(args: argparse.Namespace) -> Answer:
    """Take it in, or show what would happen. Raises UserError, FileProblem."""
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise UserError(f"‘{args.file}’ cannot be read.", field="file") from error
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


def _answer(preview: StaffPreview, *, dry: bool) -> Answer:
    counts = {str(verdict): preview.counts[verdict] for verdict in Verdict}
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) or "no rows"
    lines = [_line(row) for row in preview.rows if row.verdict in SHOWN]
    words = "\n".join([*lines, f"{'Would be taken in' if dry else 'Taken in'}: {said}."])
    rows = [{"number": row.number, "verdict": str(row.verdict), "reason": " ".join(row.reasons)} for row in preview.rows]
    return Answer(words, {**counts, "dry_run": dry, "rows": rows})


def _line(row: PreviewRow) -> str:
    return f"{row.number:>5}  {row.verdict:<8}  {row.label}  {' '.join(row.reasons)}".rstrip()
