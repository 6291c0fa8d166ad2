"""One opener at a time: an operating-system lock that dies with its process, and in words who has it."""

import getpass
import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from filelock import FileLock, Timeout

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import disk_faults, problem_of, replace_json
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
        self._lock = FileLock(folder.hold, timeout=0, thread_local=False)  # the thread that closes need not be the one that opened

    def take(self, name: str) -> None:
        """Raises FileProblem: held (by whom, since when) or read-only."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise held(read_holder(self._folder)) from error
        except OSError as error:
            raise problem_of(error, self._folder.path) from error
        try:
            self._say_who(name)
        except BaseException:
            self._lock.release()
            raise

    def _say_who(self, name: str) -> None:
        holder = Holder(name, _login(), platform.node() or "this PC", clock.now().isoformat())
        with disk_faults(self._folder.path):
            self._folder.holder.unlink(missing_ok=True)  # what a crash left
        try:
            replace_json(self._folder.holder, asdict(holder))
        except FileProblem as problem:
            if problem.fault is not Fault.DISK_FULL:  # a full disk must not keep anybody from reading
                raise

    def release(self) -> None:
        """Give the file free. What holder.json says no longer matters once the lock is gone."""
        with suppress(OSError):
            self._folder.holder.unlink(missing_ok=True)
        self._lock.release()


def read_holder(folder: SchoolFolder) -> Holder | None:
    """Who holds the file, as far as it is written."""
    try:
        found = json.loads(folder.holder.read_text(encoding="utf-8"))
        datetime.fromisoformat(found["since"])
        return Holder(**{key: str(value) for key, value in found.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def held(holder: Holder | None) -> FileProblem:
    """The sentence for a file that somebody else has open."""
    if holder is None:
        return FileProblem(Fault.HELD, "The file is open in another window or on another PC.", "Close it there, then try again.")
    since = datetime.fromisoformat(holder.since)
    message = f"{holder.name} has the file open on {holder.pc} since {since:%H:%M} on {since:%d/%m/%Y}."
    return FileProblem(Fault.HELD, message, "Close it there, then try again.")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getpid())
