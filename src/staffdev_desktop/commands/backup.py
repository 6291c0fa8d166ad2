"""`backup SCHOOL --to DIR`: write one verified backup file."""

import argparse
from pathlib import Path

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.schoolfile.backup import backup_name, free_path


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    school_argument(parser)
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder that the backup goes to")


def run(args: argparse.Namespace) -> Answer:
    """Back up. Raises UserError, FileProblem."""
    with opened(args) as school:
        to = free_path(args.to / backup_name(school.name))
        facts = school.back_up(to)
    return Answer(f"Backed up and checked: ‘{to}’.", {"file": str(to), "school_name": facts.school_name, "made": facts.made})
