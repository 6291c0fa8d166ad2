"""Makes the old file of today's version: see README.md."""

import hashlib
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from staffdev_desktop import practice
from staffdev_desktop.kernel import clock
from staffdev_desktop.practice.cast import MANAGER
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile import migrations
from staffdev_desktop.schoolfile.backup import SUFFIX
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.slots import Cost

HERE = Path(__file__).parent
TODAY = date(2026, 10, 20)
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
Content = dict[str, dict[str, Any]]


def main() -> int:
    """Make the file, unless it is here."""
    to = HERE / (newest_name() + SUFFIX)
    if to.exists():
        print(f"{to.name} is here already; it is never made again.", file=sys.stderr)
        return 1
    make(to)
    print(f"Made {to.name}.")
    return 0


def newest_name() -> str:
    """What the file of today's version is called."""
    return f"records-{migrations.newest('main')}-restricted-{migrations.newest(RESTRICTED)}"


def make(to: Path) -> None:
    """Write a small practice school as a backup at `to`, and what is in it beside."""
    with clock.frozen_at(TODAY), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Old.staffdev"
        practice.make(path, staff=6, years=2, seed=1, today=TODAY, cost=CHEAP)
        with open_school(path) as school:
            school.back_up(to)
            content = content_of(school)
    to.with_suffix(".json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def open_school(path: Path) -> School:
    """Open as the practice school's business manager."""
    return School.open(path, name=MANAGER, password=practice.PASSWORD)


def content_of(school: School, columns: dict[str, list[str]] | None = None) -> Content:
    """Of each table the columns, the number of rows and a SHA-256 over them; of certain columns only, if they are given."""
    connection = school._opened.connection
    found: Content = {}
    for schema in ("main", RESTRICTED):
        tables = connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type='table' ORDER BY name").fetchall()
        for (table,) in tables:
            known = [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info('{table}')")]
            names = sorted(known) if columns is None else columns.get(f"{schema}.{table}", [])
            if not set(names) <= set(known) or not names:
                continue
            quoted = ", ".join(f'"{name}"' for name in names)
            rows = connection.execute(f'SELECT {quoted} FROM {schema}."{table}" ORDER BY id').fetchall()
            found[f"{schema}.{table}"] = {"columns": names, "rows": len(rows), "sha256": hashlib.sha256(repr(rows).encode()).hexdigest()}
    return found


if __name__ == "__main__":
    sys.exit(main())
