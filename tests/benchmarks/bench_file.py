"""The school file: a backup with its check, beside the same with plain SQLite (DESIGN section 8)."""

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.backup import SUFFIX
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import services
from tests.benchmarks._figures import ms, row
from tests.benchmarks._school import ROOT

HOLDER = KeyHolder("Janet Whitlock", "School business manager", "correct horse battery")
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
SIZE, TURNS = 14_000_000, 9


@needs(Permission.CHANGE_SETTINGS)
def fill(session: Any, actor: Actor, *, size: int) -> None:
    """Make the file as large as a school's after some years: scans, and many small rows."""
    chance = random.Random(1)
    for _ in range(4):
        keep(session, name="scan.pdf", content=b"%PDF-" + chance.randbytes(size // 5))


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def made(folder: Path) -> School:
    """A school file of 14 MB, open."""
    path = folder / "S.staffdev"
    School.create(path, school_name="S", holder=HOLDER, cost=CHEAP)
    school = School.open(path, name=HOLDER.name, password=HOLDER.password)
    school.do(services.begin_school, name="S", year=2026)
    school.do(fill, size=SIZE)
    number = 0
    while (path / "records.db").stat().st_size < SIZE:
        number += 1
        school.do(services.set_priorities, year=number, texts=[f"{number} words of a priority " * 40] * 100)
    return school


def plain_copy(school: School, to: Path) -> Path:
    """The same pages without encryption, for comparison."""
    connection = school._opened.connection
    connection.execute(f"ATTACH DATABASE '{to}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain")
    return to


def plain_backup(file: Path, to: Path) -> None:
    """What a careful program without encryption does: online backup, check, sync, rename."""
    with sqlite3.connect(file) as source, sqlite3.connect(to) as target:
        source.backup(target, pages=256)
    with sqlite3.connect(to) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with to.open("rb+") as written:
        os.fsync(written.fileno())
    to.rename(to.with_suffix(".done"))


def rows() -> list[dict[str, Any]]:
    """One row, beside a careful program without encryption."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as place:
        folder = Path(place)
        with made(folder) as school:
            plain = plain_copy(school, folder / "plain.db")
            ours, theirs = [], []
            for turn in range(TURNS):
                ours.append(seconds(lambda turn=turn: school.back_up(folder / f"{turn}{SUFFIX}")))  # type: ignore[misc]
                theirs.append(seconds(lambda turn=turn: plain_backup(plain, folder / f"{turn}.db")))  # type: ignore[misc]
            size = (folder / "S.staffdev" / "records.db").stat().st_size / 1e6
        taken, beside = statistics.median(ours), statistics.median(theirs)
        against = f"plain SQLite {ms(beside)}"
        return [row(f"backup and verify, {size:.0f} MB", "<= 400 ms", ms(taken), taken <= 0.4, against, taken / beside)]
