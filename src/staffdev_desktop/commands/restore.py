"""`restore BACKUP SCHOOL`: lay a backup out as a school file. Nothing is written over."""

import argparse
from pathlib import Path

from staffdev_desktop.commands._shared import Answer, school_argument
from staffdev_desktop.schoolfile.backup import restore


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="a file whose name ends in .staffdev-backup")
    school_argument(parser)


def run(args: argparse.Namespace) -> Answer:
    """Restore. Asks for no password: the file opens with those of the day of the backup. Raises FileProblem."""
    facts = restore(args.backup, args.school)
    words = f"Restored ‘{facts.school_name}’, as it was on {facts.made.replace('T', ' at ')[:19]}, to ‘{args.school}’."
    return Answer(words, {"school": str(args.school), "school_name": facts.school_name, "made": facts.made})
