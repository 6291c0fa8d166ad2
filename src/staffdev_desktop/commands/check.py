"""`check SCHOOL`: is everything in the file as it was saved?"""

import argparse

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.commands._shared import Answer, opened, school_argument
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.school import School
from staffdev_desktop.succession import queries as succession


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    school_argument(parser)


def run(args: argparse.Namespace) -> Answer:
    """Check it. Raises UserError, FileProblem; a file too damaged to open is an answer, too."""
    try:
        with opened(args) as school:
            problems = school.check() or school.read(records.frozen_words_problems) or _lost_links(school)
    except FileProblem as problem:
        if problem.fault is not Fault.DAMAGED:
            raise
        problems = (str(problem),)
    if problems:
        return Answer("", {"sound": False, "problems": list(problems)}, problem="\n".join(problems))
    return Answer(f"‘{args.school}’ is sound.", {"sound": True, "problems": []})


def _lost_links(school: School) -> tuple[str, ...]:
    """Between the two databases, where this password opens both."""
    if school.has_restricted_key and school.actor.may(Permission.SEE_SUCCESSION):
        return school.read(succession.dangling_interests)
    return ()
