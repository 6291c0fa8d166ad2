"""Every school file that is out there opens with today's program, with every row and every word (README.md)."""

import json
from pathlib import Path

import pytest

from staffdev_desktop.schoolfile import migrations
from staffdev_desktop.schoolfile.backup import SUFFIX, restore
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.migrations import version_of

from .making import HERE, content_of, make, newest_name, open_school

OLD_FILES = sorted(HERE.glob(f"*{SUFFIX}"))


def require_same(backup: Path, folder: Path) -> None:
    """Restore a file, open it (which migrates it), and compare what its tables held."""
    before = json.loads(backup.with_suffix(".json").read_text(encoding="utf-8"))
    restore(backup, folder / "Old.staffdev")
    with open_school(folder / "Old.staffdev") as school:
        for schema in ("main", RESTRICTED):
            assert version_of(school._opened.connection, schema) == migrations.newest(schema)
        assert school.check() == ()
        assert content_of(school, {table: said["columns"] for table, said in before.items()}) == before


@pytest.mark.parametrize("backup", OLD_FILES, ids=lambda path: path.stem)
def test_an_old_file_opens_with_every_row(backup: Path, tmp_path: Path) -> None:
    require_same(backup, tmp_path)


def test_a_file_made_now_would_pass(tmp_path: Path) -> None:
    backup = tmp_path / f"{newest_name()}{SUFFIX}"
    make(backup)
    require_same(backup, tmp_path)
    said = json.loads(backup.with_suffix(".json").read_text(encoding="utf-8"))
    assert said["main.person"]["rows"] >= 6
    assert backup.stat().st_size < 2_000_000
