"""A real CUPS queue, SchoolPrinter, whose paper is a PDF file: what the tests that print need (Debian's cups, printer-driver-cups-pdf).

What arrives is a picture of each page: count the pages and compare them as pictures; read words from the bytes handed to the printer.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

QUEUE = "SchoolPrinter"
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")


class NoPrinter(Exception):
    """This machine cannot have the queue: a sentence that says what it lacks."""


@dataclass(frozen=True)
class SchoolPrinter:
    """The queue, the folder its papers fall into, and the papers that lay there before."""

    queue: str
    folder: Path
    before: frozenset[Path]

    def papers(self, count: int = 1, *, within: float = 20.0) -> list[Path]:
        """Wait until `count` new papers have come out and the queue is empty; return them in the order they were printed.

        `within` is in seconds. Raises AssertionError when fewer come out, or when more do.
        """
        _wait(lambda: len(self._new()) >= count and not _said("lpstat", "-o", self.queue), within, f"{count} papers from {self.queue}")
        papers = self._new()
        assert len(papers) == count, [paper.name for paper in papers]
        return papers

    def _new(self) -> list[Path]:
        return sorted(set(self.folder.glob("*.pdf")) - self.before, key=lambda paper: paper.stat().st_mtime_ns)


@contextmanager
def school_printer() -> Iterator[SchoolPrinter]:
    """Start the scheduler if it is not running, make the queue, and have it for this test alone. Raises NoPrinter.

    The scheduler and the queue stay afterwards: another test process may be printing. The papers are taken away.
    """
    _look_for_parts()
    with FileLock(Path(tempfile.gettempdir()) / "staffdev-school-printer.lock", timeout=100):
        if not _running():
            subprocess.run(["cupsd"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _wait(_running, 20, "the CUPS scheduler")
        subprocess.run(["lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", DRIVER], check=True, capture_output=True)
        printer = SchoolPrinter(QUEUE, _folder(), frozenset(_folder().glob("*.pdf")))
        try:
            yield printer
        finally:
            for paper in printer._new():
                paper.unlink()


def _look_for_parts() -> None:
    # The scheduler and lpadmin live in /usr/sbin, which is not on everybody's path.
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [program for program in ("cupsd", "lpadmin", "lpstat") if not shutil.which(program, path=path)]
    if missing or not DRIVER.exists():
        raise NoPrinter(f"No test printer here ({', '.join(missing) or DRIVER}): apt-get install cups printer-driver-cups-pdf")
    if os.geteuid() != 0:
        raise NoPrinter("Only root may make the test printer.")
    os.environ["PATH"] = path


def _folder() -> Path:
    """Where cups-pdf puts the papers of whoever prints: the account's own home, whatever HOME says."""
    import pwd

    return Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"


def _running() -> bool:
    return "is running" in _said("lpstat", "-r")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"}).stdout


def _wait(until: Callable[[], bool], within: float, what: str) -> None:
    end = time.monotonic() + within
    while not until():
        assert time.monotonic() < end, f"{what}: not there after {within:.0f} s"
        time.sleep(0.05)
