"""In the tests of CPD a new school has three people, and its CPD has begun."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from staffdev_desktop.school import School
from tests.people import Staffed


@pytest.fixture
def school_path(cpd_file: tuple[Path, Staffed], tmp_path: Path) -> Path:
    """A copy of the file with its CPD begun, closed: what `school` opens here."""
    path, _staffed = cpd_file
    return Path(shutil.copytree(path, tmp_path / path.name))


@pytest.fixture
def staffed(cpd_file: tuple[Path, Staffed], school: School) -> Staffed:
    """Karen, a teaching assistant, whom Ruth manages, and Helen, the headteacher, who manages Ruth."""
    _path, staffed = cpd_file
    return replace(staffed, school=school)
