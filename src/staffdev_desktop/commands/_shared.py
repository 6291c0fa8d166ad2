"""What the commands share: opening a school, asking for a password, an answer."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import listed
from staffdev_desktop.school import School, list_users


@dataclass(frozen=True)
class Answer:
    """What a command says: in words, as data for --json, and a problem if it found one."""

    words: str
    data: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def school_argument(parser: argparse.ArgumentParser) -> None:
    """SCHOOL, the folder."""
    parser.add_argument("school", metavar="SCHOOL", type=Path, help="the school file, a folder whose name ends in .staffdev")


@contextmanager
def opened(args: argparse.Namespace, path: Path | None = None) -> Iterator[School]:
    """The school of the arguments, open as the user of the arguments. Raises UserError, FileProblem."""
    path = path or args.school
    name = args.user or _only_user(path)
    with School.open(path, name=name, password=password(args, f"Password of {name}: ")) as school:
        yield school


def password(args: argparse.Namespace, prompt: str) -> str:
    """The password, from its file or from the keyboard. Raises UserError."""
    if args.password_file is None:
        try:
            return getpass.getpass(prompt)
        except EOFError as error:
            raise UserError("No password was given. Type it, or use --password-file FILE.") from error
    try:
        lines = Path(args.password_file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The password file ‘{args.password_file}’ cannot be read.") from error
    if not lines:
        raise UserError(f"The password file ‘{args.password_file}’ is empty.")
    return lines[0]


def _only_user(path: Path) -> str:
    names = list_users(path)
    if len(names) != 1:
        raise UserError(f"Several people can sign in: {listed(list(names))}. Say who with --user NAME.")
    return names[0]
