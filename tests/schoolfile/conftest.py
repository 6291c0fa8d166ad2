"""One new school file for all tests here: making it costs far more than copying it."""

import shutil
from pathlib import Path

import pytest

from staffdev_desktop.school import School
from staffdev_desktop.settings import services

from .helpers import CHEAP, JANET, open_as


@pytest.fixture(scope="session")
def new_school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A school file with its first terms and users, and its recovery code. Never opened by a test: copied."""
    path = tmp_path_factory.mktemp("new") / "Riverbank Primary Academy.staffdev"
    new = School.create(path, school_name="Riverbank Primary Academy", holder=JANET, cost=CHEAP)
    with open_as(path) as school:
        school.do(services.begin_school, name="Riverbank Primary Academy", year=2026)
    return path, new.recovery_code


@pytest.fixture
def school_path(new_school: tuple[Path, str], tmp_path: Path) -> Path:
    """A new school file, closed."""
    return Path(shutil.copytree(new_school[0], tmp_path / new_school[0].name))


@pytest.fixture
def recovery_code(new_school: tuple[Path, str]) -> str:
    """The code on the recovery sheet of `school_path`."""
    return new_school[1]
