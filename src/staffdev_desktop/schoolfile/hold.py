"""One opener at a time: an operating-system lock that dies with its process, and in words who has it."""

import getpass
import json
import os
import platform
from dataclasses import asdict, dataclass

from filelock import FileLock, Timeout

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import problem_of, replace_json
from staffdev_desktop.schoolfile.folder import SchoolFolder


@dataclass(frozen=True)
class Holder:
    """Who has the file open: the signer's name, the Windows user, the PC, since when (2026-10-20T13:12:00)."""

    name: str
    login: str
    pc: str
    since: str


class Hold:
    """The lock on a school folder, from `take` to `release`; a crash frees it by itself."""

    def __init__(self, folder: SchoolFolder) -> None:
        self._folder = folder
        self._lock = FileLock(folder.hold, timeout=0)

    def take(self, name: str) -> None:
        """Raises FileProblem: held (by whom, since when) or read-only."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise held(read_holder(self._folder)) from error
        except OSError as error:
            raise problem_of(error, self._folder.path) from error
        try:
            since = clock.now().isoformat()
            replace_json(self._folder.holder, asdict(Holder(name, _login(), platform.node() or "this PC", since)))
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the file free. What holder.json says no longer matters once the lock is gone."""
        self._folder.holder.unlink(missing_ok=True)
        self._lock.release()


def read_holder(folder: SchoolFolder) -> Holder | None:
    """Who holds the file, as far as it is written."""
    try:
        return Holder(**json.loads(folder.holder.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def held(holder: Holder | None) -> FileProblem:
    """The sentence for a file that somebody else has open."""
    if holder is None:
        return FileProblem(Fault.HELD, "The file is open in another window or on another PC.", "Close it there, then try again.")
    day, _, time = holder.since.partition("T")
    year, month, number = day.split("-")
    where = f"{holder.name} has the file open on {holder.pc} since {time[:5]} on {number}/{month}/{year}."
    return FileProblem(Fault.HELD, where, "Close it there, then try again.")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getpid())
