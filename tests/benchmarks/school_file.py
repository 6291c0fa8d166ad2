"""How long the school file takes: a save in a meeting, and a backup with its verification (DESIGN section 8)."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.services import words
from staffdev_desktop.school import School
from tests.faults._scenes import enter, make_review, school_in

SAVES = 200
BACKUP_SIZE = 14e6  # bytes
LONG = "The phonics group went well, and she would like to lead it next year. " * 55


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def slow_end(times: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1000


def plain_save(file: Path) -> Callable[[], None]:
    """For comparison: the same words into plain SQLite, as safe against a power cut, with no change row, check or encryption."""
    plain = sqlite3.connect(file, isolation_level=None)
    plain.execute("PRAGMA synchronous = EXTRA")
    plain.execute("CREATE TABLE answer (text TEXT)")
    plain.execute("INSERT INTO answer VALUES ('')")
    return lambda: plain.execute("UPDATE answer SET text = ?", (f"{LONG[:200]}{time.perf_counter()}",)) and None


def save(school: School, review: int, text: str) -> None:
    """Save the words of one field, with the change row and everything that goes with it."""
    school.do(words.save_answer, review_id=review, field="discussion", value=text)


def rows() -> list[dict[str, Any]]:
    """A row for the save and one for the backup. On this PC's own disk, not in memory: the syncs are what takes long."""
    with tempfile.TemporaryDirectory(prefix="staffdev-bench-") as place:
        folder = Path(place)
        make_review(folder)
        school = enter(folder)
        (review,) = school.read(boards.cycle_board, year=2026)
        plain = plain_save(folder / "plain.db")
        ours, theirs = [], []
        for number in range(SAVES):  # by turns, so that a busy moment of the disk meets both
            ours.append(seconds(lambda n=number: save(school, review.id, f"{LONG[:200]}{n}")))  # type: ignore[misc]
            theirs.append(seconds(plain))
        result = [_row("save of one field, 95th percentile", 10, slow_end(ours), slow_end(theirs), "plain SQLite, synchronous=EXTRA")]
        records = school_in(folder) / "records.db"
        while records.stat().st_size < BACKUP_SIZE:
            save(school, review.id, f"{records.stat().st_size} {LONG}")
        times = [seconds(lambda n=n: school.back_up(folder / f"{n}.staffdev-backup")) for n in range(5)]  # type: ignore[misc]
        copying = [seconds(lambda n=n: (folder / f"{n}.copy").write_bytes(records.read_bytes())) for n in range(5)]  # type: ignore[misc]
        size = f"{records.stat().st_size / 1e6:.0f} MB"
        middle = statistics.median(times) * 1000
        result.append(_row(f"backup and verify, {size}, median", 400, middle, statistics.median(copying) * 1000, "copying the file"))
        school.close()
        return result


def _row(what: str, hold: float, milliseconds: float, other: float, against: str) -> dict[str, Any]:
    measured = {"what": what, "hold": f"<= {hold:.0f} ms", "measured": f"{milliseconds:.1f} ms", "against": f"{against}: {other:.1f} ms"}
    return measured | {"ratio": milliseconds / other, "ok": milliseconds <= hold}
