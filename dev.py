#!/usr/bin/env python3
"""The only commands anybody needs: `python3 dev.py run` and `python3 dev.py test`; `python3 dev.py --help` lists the others.

Standard library only, and the same on Windows, macOS and Linux. The environment is `.venv`, with the versions of constraints.txt;
whatever is built, measured or drawn goes to `build/` and `dist/`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
CONSTRAINTS = ROOT / "constraints.txt"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "made-from.txt"

# What Qt's wheels take for granted, as Debian and Ubuntu name it. Qt's window plug-in asks for the xcb ones, printing for cups.
QT_LIBRARIES = (
    "libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libx11-xcb1 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 "
    "libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libcups2"
)
QT_COMMAND = f"apt-get install -y --no-install-recommends {QT_LIBRARIES}"
QT_FILES = (
    "QtWidgets.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)
QT_PROBE = "from PySide6.QtWidgets import QApplication; print(QApplication([]).platformName())"


class Trouble(Exception):
    """Something the person at the keyboard has to do first: one sentence."""


def child(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder, with its output shown; return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=os.environ | (env or {}), check=False).returncode


def must(*command: str | Path, what: str) -> None:
    """Run a command that the rest depends on. Raises Trouble when it fails."""
    if code := child(*command):
        raise Trouble(f"{what} failed (exit code {code}); the lines above say why.")


def python(*arguments: str | Path, env: dict[str, str] | None = None) -> int:
    """Run the environment's Python."""
    return child(PYTHON, *arguments, env=env)


def offscreen() -> dict[str, str]:
    """The environment variables for Qt without a screen; whoever names a platform keeps it."""
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


# --- the environment ---------------------------------------------------------------------------------------------------------------


def fingerprint() -> str:
    """What the environment was made from: a change to any of it means making it again."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), str(ROOT).encode(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment() -> None:
    """Make `.venv`, or make it again when constraints.txt, pyproject.toml, the folder or this Python changed. Raises Trouble."""
    if sys.version_info < (3, 11):
        raise Trouble(f"This is Python {sys.version.split()[0]}; StaffDev Desktop needs 3.11 or later.")
    made_from = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == made_from:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble(f"This Python cannot make an environment. Install what it lacks:\n  {as_root('apt-get install -y python3-venv')}")
    print("Making the environment in .venv (a few minutes the first time) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    must(sys.executable, "-m", "venv", *([] if same_python() else ["--clear"]), VENV, what="Making .venv")
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-c", CONSTRAINTS)
    must(*pip, "setuptools", what="Installing setuptools")
    must(*pip, "--no-build-isolation", "-e", f"{ROOT}[dev]", what="Installing the packages")
    STAMP.write_text(made_from)


def same_python() -> bool:
    """Whether `.venv` was made by this very Python, so that packages already in it may stay."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run([PYTHON, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() == sys.version


# --- Qt on this machine ------------------------------------------------------------------------------------------------------------


def missing_libraries() -> list[str]:
    """The system libraries that Qt needs and this Linux does not have, by file name; empty elsewhere."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    folder = next(iter(VENV.glob("lib/python3*/site-packages/PySide6")), None)
    files = [folder / name for name in QT_FILES if (folder / name).exists()] if folder else []
    said = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", said, re.MULTILINE)))


def as_root(command: str) -> str:
    """The command as this user has to type it."""
    return command if WINDOWS or os.geteuid() == 0 else f"sudo {command}"


def check_qt() -> None:
    """Raise Trouble, with the one install command, when Qt cannot start here even without a screen."""
    if missing := missing_libraries():
        raise Trouble(f"Qt needs system libraries that are not here: {', '.join(missing)}. Install them:\n  {as_root(QT_COMMAND)}")
    if error := try_qt(offscreen()):
        raise Trouble(f"Qt does not start here:\n{error}")


def try_qt(env: dict[str, str]) -> str:
    """Start a QApplication in a child process, since a dead DISPLAY aborts it; return '' or what it said."""
    try:
        tried = subprocess.run([PYTHON, "-c", QT_PROBE], env=os.environ | env, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return "no answer within a minute"
    return "" if tried.returncode == 0 else tried.stderr.strip() or f"exit code {tried.returncode}"


def has_screen() -> bool:
    """Whether a window opened here could be seen."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}:
        return False
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return not try_qt({})


# --- the commands ------------------------------------------------------------------------------------------------------------------


def env(_: argparse.Namespace) -> int:
    """Only make the environment."""
    check_qt()
    print(f"The environment is ready: {PYTHON}")
    return 0


def run(_: argparse.Namespace) -> int:
    """Open the program on the practice school; without a screen, do its main job and leave papers and pictures in build/run/."""
    check_qt()
    if has_screen():
        return python("-m", "staffdev_desktop", "--practice")
    print("No screen here: the practice school takes one review from self-review to agreed, and leaves papers in build/run/.", flush=True)
    return python("tests/e2e/walk.py", BUILD / "run", env=offscreen())


def test(args: argparse.Namespace) -> int:
    """Run the tests (anything after `test` goes to pytest)."""
    check_qt()
    workers = min(os.cpu_count() or 1, 4)
    spread = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 and not args.rest else []
    return python("-m", "pytest", *spread, *args.rest, env=offscreen())


def check(_: argparse.Namespace) -> int:
    """Run ruff, mypy --strict outside ui/ and the import contracts."""
    steps: dict[str, list[str | Path]] = {
        "ruff": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "import-linter": [PYTHON.parent / "lint-imports", "--no-cache", "--no-logo"],
    }
    failed = []
    for name, command in steps.items():
        print(f"{name} ...", flush=True)
        if child(*command):
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def bench(args: argparse.Namespace) -> int:
    """Measure the numbers to hold, each beside its comparison; the table also goes to build/bench.json."""
    check_qt()
    return python("tests/table.py", "benchmarks", BUILD / "bench.json", *short(args), *args.rest, env=offscreen())


def faults(args: argparse.Namespace) -> int:
    """Cut the power, kill and fail every write call; the table also goes to build/faults.json."""
    return python("tests/table.py", "faults", BUILD / "faults.json", *short(args), *args.rest, env=offscreen())


def short(args: argparse.Namespace) -> list[str]:
    return ["--short"] if args.short else []


def screenshots(args: argparse.Namespace) -> int:
    """Draw every screen, light and dark, into DIR."""
    check_qt()
    return python("tests/e2e/screenshots.py", Path(args.folder).resolve(), env=offscreen())


def package(_: argparse.Namespace) -> int:
    """Build what a school installs: the wheel, the wheels it needs, and this system's installer (see installers/)."""
    shutil.rmtree(DIST, ignore_errors=True)
    shutil.rmtree(BUILD / "lib", ignore_errors=True)  # setuptools would pack what an earlier build left there
    must(PYTHON, "-m", "build", "--wheel", "--no-isolation", "--outdir", DIST, what="Building the wheel")
    wheel = next(DIST.glob("*.whl"))
    wheels = DIST / "wheels"
    pip = (PYTHON, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "-c", CONSTRAINTS, "-w")
    must(*pip, wheels, wheel, what="Collecting the wheels it needs")
    if WINDOWS:
        print(f"The wheels are in {wheels}. installers/windows/README.md says how the set-up program is made of them.")
        return 0
    (DIST / "python-version.txt").write_text(f"{sys.version_info.major}.{sys.version_info.minor}\n")
    (DIST / "qt-command.txt").write_text(f"{QT_COMMAND}\n")
    system = "macos" if sys.platform == "darwin" else "linux"
    python_tag = f"py{sys.version_info.major}{sys.version_info.minor}"  # some wheels are for one version of Python alone
    name = f"{wheel.name.split('-py3')[0].replace('_', '-')}-{system}-{os.uname().machine}-{python_tag}"
    with tarfile.open(DIST / f"{name}.tar.gz", "w:gz") as tar:
        for path in (wheels, DIST / "python-version.txt", DIST / "qt-command.txt", *sorted((ROOT / "installers" / system).iterdir())):
            tar.add(path, f"{name}/{path.name}")
    print(f"Made dist/{name}.tar.gz: unpack it, then run ./install.sh")
    return 0


COMMANDS = (run, test, env, check, bench, faults, screenshots, package)


def parser() -> argparse.ArgumentParser:
    """The command line of this file."""
    whole = argparse.ArgumentParser(description="StaffDev Desktop's commands.", allow_abbrev=False)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.__name__, help=command.__doc__, description=command.__doc__, allow_abbrev=False)
        one.set_defaults(do=command)
        if command in (bench, faults):
            one.add_argument("--short", action="store_true", help="the quick form that CI runs")
        if command is screenshots:
            one.add_argument("folder", metavar="DIR", help="where the pictures go")
    return whole


def main() -> int:
    """Make the environment if need be, then do what was asked."""
    args, rest = parser().parse_known_args()
    args.rest = rest
    if rest and args.command not in {"test", "bench", "faults"}:
        parser().error(f"unrecognised: {' '.join(rest)}")
    try:
        make_environment()
        return int(args.do(args))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
