"""`check SCHOOL`: is everything in the file as it was saved?"""

import argparse

from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.pdr.queries import records


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    school_argument(parser)


def run(args: argparse.Namespace) -> Answer:
    """Check it. Raises UserError, FileProblem; a file too damaged to open is an answer, too."""
    try:
        with opened(args) as school:
            problems = school.check() or school.read(records.frozen_words_problems)
    except FileProblem as problem:
        if problem.fault is not Fault.DAMAGED:
            raise
        problems = (str(problem),)
    if problems:
        return Answer("", {"sound": False, "problems": list(problems)}, problem="\n".join(problems))
    return Answer(f"‘{args.school}’ is sound.", {"sound": True, "problems": []})
