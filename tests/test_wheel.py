"""What a school installs holds every file of the tree, and finds its forms and resources once installed."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAPPED = {
    "staffdev_desktop": ROOT / "src/staffdev_desktop",
    "staffdev_desktop/forms": ROOT / "forms",
    "staffdev_desktop/resources": ROOT / "resources",
}

LOOK = """
from importlib.resources import files
for package in ("forms", "resources"):
    for entry in sorted(files(f"staffdev_desktop.{package}").rglob("*")):
        if entry.is_file() and "__pycache__" not in entry.parts:
            print(package, len(entry.read_bytes()))
"""


def tree() -> set[str]:
    """Every file of the program, by the name it should have once installed."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in MAPPED.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in a copy: setuptools would take what an earlier build left in build/."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in ("src", "forms", "resources"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", copy / "dist", copy]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = (copy / "dist").glob("*.whl")
    return built


def test_the_wheel_holds_the_tree(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert sorted(packed ^ tree()) == []


def test_installed_it_finds_its_forms_and_resources(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    python = tmp_path / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "-qq", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    seen = subprocess.run([python, "-I", "-c", LOOK], check=True, capture_output=True, text=True, cwd=tmp_path).stdout.splitlines()
    wanted = [
        f"{folder.name} {path.stat().st_size}"
        for folder in (ROOT / "forms", ROOT / "resources")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert sorted(seen) == sorted(wanted)
