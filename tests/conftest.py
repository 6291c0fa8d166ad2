"""What every test may use: an open school on disk, encrypted for real, with cheap key stretching."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel import clock
from staffdev_desktop.practice import PASSWORD, make
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import services as settings
from tests.people import Staffed, staff_a_school

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a test that wants a real screen says so itself
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
MANAGER = KeyHolder("Janet Whitlock", "School business manager", "correct horse battery")
TODAY = date(2026, 10, 20)  # a Tuesday in the autumn term of the practice school


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen_at(TODAY):
        yield


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new school file with its terms, made once: making one costs far more than copying it."""
    path = tmp_path_factory.mktemp("new") / "Riverbank Primary Academy.staffdev"
    with clock.frozen_at(TODAY):
        School.create(path, school_name="Riverbank Primary Academy", holder=MANAGER, cost=CHEAP)
        with School.open(path, name=MANAGER.name, password=MANAGER.password) as with_terms:
            with_terms.do(settings.begin_school, name="Riverbank Primary Academy", year=2026)
    return path


@pytest.fixture
def school_path(new_file: Path, tmp_path: Path) -> Path:
    """A new school file, closed."""
    return Path(shutil.copytree(new_file, tmp_path / new_file.name))


@pytest.fixture
def school(school_path: Path) -> Iterator[School]:
    """That school file, open as its business manager."""
    opened = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def cpd_file(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Staffed]:
    """A closed file with the three people of tests/people.py and CPD begun, made once, and who is in it; tests open copies."""
    path = Path(shutil.copytree(new_file, tmp_path_factory.mktemp("cpd") / new_file.name))
    with clock.frozen_at(TODAY), School.open(path, name=MANAGER.name, password=MANAGER.password) as school:
        staffed = staff_a_school(school)
        school.do(begin_cpd)
    return path, staffed


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice school as it is on TODAY, made once; copy it before changing anything."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tmp_path_factory.mktemp("practice")
    else:
        folder = tmp_path_factory.getbasetemp().parent / "practice"  # one for all workers of this run
        folder.mkdir(exist_ok=True)
    path = folder / "Riverbank Primary Academy.staffdev"
    with FileLock(folder / "making"):
        if not path.exists():
            begun = Path(tempfile.mkdtemp(dir=folder)) / path.name
            make(begun, today=TODAY, cost=CHEAP)
            begun.rename(path)  # whole, or not there: a worker that was stopped leaves nothing that another takes for the school
    return path


@pytest.fixture
def practice_path(practice_file: Path, tmp_path: Path) -> Path:
    """A copy of the practice school, closed."""
    return Path(shutil.copytree(practice_file, tmp_path / practice_file.name))


@pytest.fixture
def practice_school(practice_path: Path) -> Iterator[School]:
    """A copy of the practice school, open as its business manager."""
    opened = School.open(practice_path, name=MANAGER.name, password=PASSWORD)
    yield opened
    opened.close()
