"""What every test may use: an open school on disk, encrypted for real, with cheap key stretching."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from staffdev_desktop.kernel import clock
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.school import School
from staffdev_desktop.settings import services as settings

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
MANAGER = KeyHolder("Janet Whitlock", "School business manager", "correct horse battery")
TODAY = date(2026, 10, 20)  # a Tuesday in the autumn term of the practice school


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen_at(TODAY):
        yield


@pytest.fixture
def school_path(tmp_path: Path) -> Path:
    """A new school file, closed."""
    path = tmp_path / "Riverbank Primary Academy.staffdev"
    School.create(path, school_name="Riverbank Primary Academy", holder=MANAGER, cost=CHEAP)
    with_terms = School.open(path, name=MANAGER.name, password=MANAGER.password)
    with_terms.do(settings.begin_school, name="Riverbank Primary Academy", year=2026)
    with_terms.close()
    return path


@pytest.fixture
def school(school_path: Path) -> Iterator[School]:
    """That school file, open as its business manager."""
    opened = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    yield opened
    opened.close()
