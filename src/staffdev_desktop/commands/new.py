"""`new SCHOOL --name NAME`: make a school file. The recovery code goes to the terminal, or to a file of its own."""

import argparse
import os
from pathlib import Path

from staffdev_desktop.accounts.permissions import Role
from staffdev_desktop.commands._shared import Answer, password, school_argument
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.settings import services


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    school_argument(parser)
    parser.add_argument("--name", required=True, help="the school’s name")
    parser.add_argument("--recovery-file", type=Path, metavar="FILE", help="where the recovery code goes (else to the terminal)")


def run(args: argparse.Namespace) -> Answer:
    """Make it. Raises UserError, FileProblem."""
    holder = KeyHolder(args.user or str(Role.BUSINESS_MANAGER), Role.BUSINESS_MANAGER, _new_password(args))
    if args.recovery_file is None:
        code = _make(args, holder)
        words = f"Made ‘{args.school}’.\n\nRecovery code (write it down and keep it in the school safe):\n{code}"
        return Answer(words, {"school": str(args.school), "user": holder.name, "recovery_code": code})
    _write_code(args.recovery_file, args, holder)
    words = f"Made ‘{args.school}’. The recovery code is in ‘{args.recovery_file}’: print it, then remove the file."
    return Answer(words, {"school": str(args.school), "user": holder.name, "recovery_file": str(args.recovery_file)})


def _write_code(to: Path, args: argparse.Namespace, holder: KeyHolder) -> None:
    """The code's file is there before the school is: a code that could not be written would be lost."""
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise UserError(f"The recovery code cannot be written to ‘{to}’: choose a file that is not there yet.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_make(args, holder) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        to.unlink()
        raise


def _make(args: argparse.Namespace, holder: KeyHolder) -> str:
    code = School.create(args.school, school_name=args.name, holder=holder).recovery_code
    with School.open(args.school, name=holder.name, password=holder.password) as school:
        school.do(services.begin_school, name=args.name, year=year_of(clock.today()))
    return code


def _new_password(args: argparse.Namespace) -> str:
    first = password(args, "A password for the file: ")
    if args.password_file is None and password(args, "The same once more: ") != first:
        raise UserError("The two passwords are not the same.", field="password")
    return first
