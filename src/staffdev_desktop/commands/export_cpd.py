"""`export cpd SCHOOL --out FILE`: the log of CPD as a spreadsheet, of everybody or of one person, of all years or of one."""

import argparse
from pathlib import Path

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.exporting import ENDINGS, write_log
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_days


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", choices=["cpd"], help="what to write")
    school_argument(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file, CSV or XLSX by its ending")
    parser.add_argument("--person", metavar="STAFF_NUMBER", help="only this person’s log")
    parser.add_argument("--year", metavar="YEAR", type=int, help="only the academic year that begins in this one, such as 2026")


def run(args: argparse.Namespace) -> Answer:
    """Write the file; one that is there is left alone. Raises UserError, FileProblem."""
    if args.out.suffix.casefold() not in ENDINGS:
        raise UserError(f"‘{args.out.name}’ must end in .csv or .xlsx.", field="out")
    if args.out.exists():
        raise UserError(f"‘{args.out}’ is there already, and nothing is written over. Give another name.", field="out")
    with opened(args) as school:
        people = {person.id: person for person in school.read(queries.people, here_only=False)}
        chosen = None
        if args.person:
            chosen = next((person.id for person in people.values() if person.staff_number == args.person), None)
            if chosen is None:
                raise UserError(f"Nobody has staff number {args.person}.", field="person")
        first, last = year_days(args.year) if args.year else (None, None)
        entries = school.read(queries.entries, person_id=chosen, first=first, last=last)
    try:
        args.out.write_bytes(write_log(entries, people, args.out.name))
    except OSError as error:
        raise UserError(f"‘{args.out}’ cannot be written.", field="out") from error
    return Answer(f"{count_of(len(entries), 'entry', 'entries')} written to {args.out}.", {"file": str(args.out), "entries": len(entries)})
