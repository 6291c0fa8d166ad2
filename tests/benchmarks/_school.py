"""A practice school of 200 staff and 5 years, with the real cost of a password; and the same with ten times the data.

Made once and kept under build/, until the code that makes it changes.
"""

import hashlib
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel import clock
from staffdev_desktop.practice import PASSWORD, make
from staffdev_desktop.practice.cast import MANAGER
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import open_with_password

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "staffdev_desktop"
MAKERS = ("practice", "cpd", "pdr", "staff", "settings", "accounts", "schoolfile", "formkit", "school.py")
TODAY = date(2026, 10, 20)
STAFF, YEARS, TIMES = 200, 5, 10
NAME = "Riverbank Primary Academy.staffdev"
# Rows of one school, however many people it has.
SHARED = (
    *("file_identity", "staff_group", "school_settings", "term", "closure", "priority", "list_item", "user", "cycle", "post"),
    *("cpd_settings", "cpd_kind", "cpd_budget", "entitlement", "uncounted_kind", "training", "training_for", "provider", "directory_item"),
    *("diagnostic_set", "diagnostic_set_group", "diagnostic_area", "diagnostic_round", "programme", "programme_module", "programme_score"),
    *("cohort", "offer_item", "cpd_session", "learning_group", "topic_request"),
)


def school_path() -> Path:
    """The school of 200 staff: made if it is not there. Copy it before changing anything."""
    path = _folder() / "small" / NAME
    if not path.exists():
        half = _folder() / "making" / NAME
        shutil.rmtree(half.parent, ignore_errors=True)
        half.parent.mkdir(parents=True)
        make(half, staff=STAFF, years=YEARS, today=TODAY)
        half.parent.rename(path.parent)
    return path


def large_school_path() -> Path:
    """The same with every row about a person ten times: written behind the program's back, for its services would take minutes."""
    path = _folder() / "large" / NAME
    if not path.exists():
        half = _folder() / "making" / NAME
        shutil.rmtree(half.parent, ignore_errors=True)
        shutil.copytree(school_path(), half)
        _multiply(half)
        half.parent.rename(path.parent)
    return path


def open_school(path: Path) -> School:
    """Open as the business manager."""
    return School.open(path, name=MANAGER, password=PASSWORD)


def copy_of(path: Path, folder: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copytree(path, folder / path.name))


def _folder() -> Path:
    digest = hashlib.sha256()
    for part in MAKERS:
        for file in sorted((SOURCE / part).rglob("*.py")) if (SOURCE / part).is_dir() else [SOURCE / part]:
            digest.update(file.read_bytes())
    schools = ROOT / "build" / "bench-school"
    folder = schools / digest.hexdigest()[:16]
    if not folder.exists():
        shutil.rmtree(schools, ignore_errors=True)  # of older code
        folder.mkdir(parents=True)
    return folder


def _multiply(path: Path) -> None:
    with clock.frozen_at(TODAY):
        opened = open_with_password(path, MANAGER, PASSWORD)
    database = opened.connection
    try:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("BEGIN IMMEDIATE")
        tables = [
            name for (name,) in database.execute("SELECT name FROM main.sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        ]
        for table in tables:
            if table not in SHARED:
                _multiply_table(database, table)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        database.execute("COMMIT")
    finally:
        opened.close()


def _multiply_table(database: Any, table: str) -> None:
    """Copy every row nine times: ids and links move together, and what must be unique gets a number."""
    links = {row[3] for row in database.execute(f"PRAGMA main.foreign_key_list('{table}')") if row[2] not in SHARED}
    unique: set[str] = set()
    for index in database.execute(f"PRAGMA main.index_list('{table}')").fetchall():
        names = {column[2] for column in database.execute(f"PRAGMA main.index_info('{index[1]}')")}
        if index[2] and not names & links:
            unique |= names
    columns = [(row[1], row[2].upper()) for row in database.execute(f"PRAGMA main.table_info('{table}')")]
    step = 1_000_000

    def copied(name: str, kind: str, copy: int) -> str:
        if name == "id" or name in links or (table == "change" and name == "row_id"):
            return f'"{name}" + {copy * step}'
        return f"\"{name}\" || '.{copy}'" if name in unique and kind.startswith(("VARCHAR", "TEXT")) else f'"{name}"'

    names = ", ".join(f'"{name}"' for name, _ in columns)
    for copy in range(1, TIMES):
        values = ", ".join(copied(name, kind, copy) for name, kind in columns)
        database.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE id < {step}')
