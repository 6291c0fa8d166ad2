"""Flips one bit in every page of each file: opening, or the check, must notice every one (DESIGN section 8)."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.schoolfile.backup import read_backup
from tests.faults._scenes import backup_in, enter, make, school_in, sound
from tests.faults._victim import scratch

PAGE = 4096


def noticed_of(file: Path, notices: Callable[[], bool], seed: int) -> tuple[int, int]:
    """How many flips were noticed, of how many: one in each page, or one in each byte of a small file. The file is put back."""
    chance = random.Random(seed)
    good = file.read_bytes()
    noticed = tried = 0
    step = PAGE if len(good) > PAGE else 1
    for start in range(0, len(good), step):
        place = chance.randrange(start, min(start + step, len(good)))
        spoiled = bytearray(good)
        spoiled[place] ^= 1 << chance.randrange(8)
        file.write_bytes(spoiled)
        tried += 1
        noticed += notices()
    file.write_bytes(good)
    return noticed, tried


def backup_is_spoiled(backup: Path) -> bool:
    try:
        read_backup(backup)
    except FileProblem:
        return True
    return False


def plain_is_spoiled(file: Path) -> bool:
    """What SQLite's own check says of a file that is not encrypted: the comparison."""
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() != ("ok",))
    except sqlite3.DatabaseError:
        return True
    finally:
        connection.close()


def plain_file(folder: Path) -> Path:
    """A plain SQLite file full of words."""
    file = folder / "plain.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE words (text TEXT)")
    connection.executemany("INSERT INTO words VALUES (?)", [("words in a review " * 50,) for _ in range(200)])
    connection.commit()
    connection.close()
    return file


def rows(count: str) -> list[dict[str, Any]]:
    """A row for each file; `count` says how often each page is tried."""
    with scratch() as place:
        folder = Path(place)
        make(folder)
        school = enter(folder)
        school.back_up(backup_in(folder))
        school.close()
        plain = plain_file(folder)
        noticed, tried = noticed_of(plain, lambda: plain_is_spoiled(plain), 1)
        against = f"plain SQLite: {noticed} of {tried}"
        times = 1 if count == "short" else 5
        names = ("records.db", "restricted.db", "slots.json", "school.json")
        result = [_row(school_in(folder) / name, lambda: sound(folder)[1] != "", times, against) for name in names]
        return [*result, _row(backup_in(folder), lambda: backup_is_spoiled(backup_in(folder)), times, against)]


def _row(file: Path, notices: Callable[[], bool], times: int, against: str) -> dict[str, Any]:
    found = [noticed_of(file, notices, seed) for seed in range(times)]
    noticed, tried = (sum(each) for each in zip(*found, strict=True))
    what, ok = f"flipped bits noticed: {file.name}", noticed == tried > 0
    return {"what": what, "hold": "all", "measured": f"{noticed:,} of {tried:,}", "against": against, "ratio": None, "ok": ok}
