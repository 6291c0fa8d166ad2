"""Cuts the power and fails every write call while an old file is brought up to date: old or new, never between (DESIGN section 8)."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.schoolfile import migrations
from staffdev_desktop.schoolfile.base import RESTRICTED
from tests.faults import failing_calls, power_cuts
from tests.faults._scenes import Scene, enter, make, once_more, take_in
from tests.faults._victim import can_run

STEP = "m9999_next_year"
PEOPLE = 12


def next_year(op: Operations) -> None:
    """The dangerous kind: the tables that others point at are dropped and made again."""
    for table in ("person", "employment"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("new", sa.Text(), server_default="x", nullable=False))


def next_year_restricted(op: Operations) -> None:
    """The other database follows in a transaction of its own."""
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True), schema=RESTRICTED)


def land() -> None:
    """A program of next year, in this process."""
    for schema, step in (("main", next_year), (RESTRICTED, next_year_restricted)):
        name = f"{STEP}_{schema}"
        module = ModuleType(name)
        module.upgrade = step  # type: ignore[attr-defined]
        sys.modules[f"{migrations.__name__}.{name}"] = module
        if name not in migrations.STEPS[schema]:
            migrations.STEPS[schema] = (*migrations.STEPS[schema], name)


def take_off() -> None:
    """This year's program again."""
    for schema, steps in migrations.STEPS.items():
        migrations.STEPS[schema] = tuple(step for step in steps if not step.startswith(STEP))


def make_old(folder: Path) -> None:
    """A file of this year, with people in it."""
    take_off()
    make(folder)
    for _ in take_in(folder):
        continue


def migrate(folder: Path) -> Iterator[int]:
    yield 0
    land()
    once_more(lambda: enter(folder).close())
    yield 1


def migrated(folder: Path, acked: int) -> str:
    """Next year's program opens it, whatever the fault left, and everybody is there."""
    land()
    try:
        with enter(folder) as school:
            if problems := school.check():
                return f"corrupt: {problems[0]}"
            database = school._opened.connection
            people, _ = (
                database.execute(f"SELECT count(*) FROM {table} WHERE new='x'").fetchone()[0] for table in ("person", "employment")
            )
        return "" if people == PEOPLE else f"lost: {PEOPLE - people} people"
    except FileProblem as problem:
        return f"corrupt: {problem.fault}"
    finally:
        take_off()


SCENE = Scene("migrate", make_old, migrate, migrated)


def rows(count: str) -> list[dict[str, Any]]:
    """One row for power cuts, one for failing calls."""
    if why := can_run():
        return [{"what": "migrate", "hold": "0", "measured": why, "against": "", "ratio": None, "ok": False}]
    cuts, calls = power_cuts.cut(SCENE, count), failing_calls.try_all(SCENE, count)
    return [row_of("power cut: migrate", cuts, "states"), row_of("kill, EIO, ENOSPC: migrate", calls, "points")]


def row_of(what: str, found: Counter[str], tried: str) -> dict[str, Any]:
    """The table's row for what was found in so many `tried` (states, points)."""
    bad = {wrong: number for wrong, number in found.items() if ": " in wrong}
    measured = f"{found['lost']} lost, {found['corrupt']} corrupt, {len(bad)} bad of {found[tried]:,} {tried}"
    row = {"what": what, "hold": "0", "measured": measured, "against": "", "ratio": None, "ok": found[tried] > 0 and not bad}
    return row | {tried: found[tried], "bad": bad}
