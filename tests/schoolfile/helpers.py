"""What the tests of the school file share."""

import shutil
from pathlib import Path

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
JANET = KeyHolder("Janet Whitlock", "School business manager", "correct horse battery")
HEAD = KeyHolder("Owen Parry", "Headteacher", "a head of steam")
REVIEWER = KeyHolder("Marta Nowak", "Reviewer", "reviews in june")
DATA = ("school.json", "slots.json", "records.db", "restricted.db")


def open_as(path: Path, holder: KeyHolder = JANET) -> School:
    """Open a school file as one of its key-holders."""
    return School.open(path, name=holder.name, password=holder.password)


def fault_of_opening(path: Path, holder: KeyHolder = JANET) -> Fault | None:
    """Which fault stands in the way of opening; None if it opens."""
    try:
        open_as(path, holder).close()
    except FileProblem as problem:
        found = problem
    else:
        return None
    assert found.message.endswith(".")
    assert found.next_step.endswith(".")
    return found.fault


def bytes_of(path: Path) -> dict[str, bytes]:
    """The four files that hold data."""
    return {name: (path / name).read_bytes() for name in DATA}


def copied(path: Path, to: Path) -> Path:
    """A copy of a school folder as a crash would leave it: without the lock of whoever has it open."""
    shutil.copytree(path, to, ignore=shutil.ignore_patterns("hold"))
    return to
