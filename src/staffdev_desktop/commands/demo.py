"""`demo SCHOOL`: make a practice school of invented people, the same for the same seed and day."""

import argparse
from datetime import date

from staffdev_desktop.commands._shared import Answer, school_argument
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import UserError


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    school_argument(parser)
    parser.add_argument("--staff", type=int, default=60, help="how many people (60)")
    parser.add_argument("--years", type=int, default=3, help="how many years of reviews (3)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another school (1)")
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day on which it stands (today)")


def run(args: argparse.Namespace) -> Answer:
    """Make it. Raises FileProblem."""
    from staffdev_desktop import practice

    practice.make(args.school, staff=args.staff, years=args.years, seed=args.seed, today=args.today)
    words = f"Made ‘{args.school}’. Its password is {practice.PASSWORD}."
    return Answer(words, {"school": str(args.school), "staff": args.staff, "years": args.years, "password": practice.PASSWORD})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        try:
            return parse_date(text)
        except UserError as error:
            raise argparse.ArgumentTypeError(error.message) from error
