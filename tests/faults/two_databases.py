"""Faults while one transaction writes to both databases: always both rows or neither (DESIGN section 3)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import database_problem
from tests.faults import failing_calls, power_cuts
from tests.faults._scenes import STEPS, Scene, enter, make, once_more
from tests.faults._victim import can_run
from tests.faults.migrating import row_of

WORDS = "as long as a page of words " * 200


def make_tables(folder: Path) -> None:
    """A table in each; no area of the program writes to both at once more plainly than this."""
    make(folder)
    with enter(folder) as school:
        for schema in ("main", "restricted"):
            school._opened.connection.execute(f"CREATE TABLE {schema}.step (number INTEGER PRIMARY KEY, words TEXT)")


def save_in_both(folder: Path) -> Iterator[int]:
    school = enter(folder)
    database = school._opened.connection
    yield 0
    for step in range(1, STEPS + 1):

        def write(number: int = step) -> None:
            try:
                database.execute("BEGIN IMMEDIATE")
                for schema in ("main", "restricted"):
                    database.execute(f"INSERT OR REPLACE INTO {schema}.step VALUES (?, ?)", (number, WORDS))
                database.execute("COMMIT")
            except Exception as error:
                database.rollback()
                if problem := database_problem(error, school._opened.folder):
                    raise problem from error
                raise

        once_more(write)
        yield step
    school.close()


def saved_in_both(folder: Path, acked: int) -> str:
    try:
        school = enter(folder)
    except FileProblem as problem:
        return f"corrupt: {problem.fault}"
    with school:
        if problems := database_problems(school._opened.connection, ("main", "restricted")):
            return f"corrupt: {problems[0]}"
        one, two = (
            [row[0] for row in school._opened.connection.execute(f"SELECT number FROM {schema}.step ORDER BY number")]
            for schema in ("main", "restricted")
        )
    if one != two:
        return f"corrupt: {one} in one, {two} in the other"
    return f"lost: {one} after step {acked}" if len(one) < acked else ""


SCENE = Scene("save in both databases", make_tables, save_in_both, saved_in_both)


def rows(count: str) -> list[dict[str, Any]]:
    """One row for power cuts, one for failing calls."""
    if why := can_run():
        return [{"what": SCENE.name, "hold": "0", "measured": why, "against": "", "ratio": None, "ok": False}]
    cuts, calls = power_cuts.cut(SCENE, count), failing_calls.try_all(SCENE, count)
    return [row_of(f"power cut: {SCENE.name}", cuts, "states"), row_of(f"kill, EIO, ENOSPC: {SCENE.name}", calls, "points")]
