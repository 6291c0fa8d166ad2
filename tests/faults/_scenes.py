"""The jobs that must survive a fault, each as a scene: what lies there before, what is done, and what must hold afterwards.

`act` is a generator: what comes before its first `yield` (which is 0) is done before faults begin; each later `yield n` says that
step n was acknowledged, so from then on it may not be lost.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.backup import read_backup, restore
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import queries, services

MANAGER = KeyHolder("Janet Whitlock", "School business manager", "password 0")
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
STEPS = 5


@dataclass(frozen=True)
class Scene:
    """`verify` is given the folder and the last acknowledged step; it returns "" or what is wrong ("lost ..." or "corrupt ...")."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], Iterator[int]]
    verify: Callable[[Path, int], str]


def school_in(folder: Path) -> Path:
    return folder / "School.staffdev"


def backup_in(folder: Path) -> Path:
    return folder / "School.staffdev-backup"


def make_nothing(folder: Path) -> None:
    """Nothing lies there before."""


def make(folder: Path) -> None:
    School.create(school_in(folder), school_name="School 0", holder=MANAGER, cost=CHEAP)
    school = enter(folder)
    school.do(services.begin_school, name="School 0", year=2026)
    school.close()


def enter(folder: Path, password: str = MANAGER.password) -> School:
    return School.open(school_in(folder), name=MANAGER.name, password=password)


def once_more(step: Callable[[], object]) -> None:
    """Do a step; after a fault of the disk that was told in plain words, do it again: then it must work.

    What already stands there at the second try was made by the first, just before the fault.
    """
    try:
        step()
    except FileProblem:
        try:
            step()
        except FileProblem as problem:
            if problem.fault is not Fault.EXISTS:
                raise


def sound(folder: Path, password: str = MANAGER.password) -> tuple[str, str]:
    """Open the school: its name, and what is wrong with it."""
    try:
        school = enter(folder, password)
    except FileProblem as problem:
        return "", f"corrupt: {problem.fault}"
    try:
        if problems := school.check():
            return "", f"corrupt: {problems[0]}"
        return school.read(queries.school).name, ""
    finally:
        school.close()


# --- create ------------------------------------------------------------------------------------------------------------------------


def create(folder: Path) -> Iterator[int]:
    yield 0
    once_more(lambda: School.create(school_in(folder), school_name="School 0", holder=MANAGER, cost=CHEAP))
    yield 1


def created(folder: Path, acked: int) -> str:
    if not school_in(folder).exists():
        return "lost: the new school" if acked else ""
    try:
        school = enter(folder)
    except FileProblem as problem:
        return f"corrupt: {problem.fault}"
    problems = school.check()
    school.close()
    return f"corrupt: {problems[0]}" if problems else ""


# --- save --------------------------------------------------------------------------------------------------------------------------


def save(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    for step in range(1, STEPS + 1):

        def rename(name: str = f"School {step}") -> None:
            row = school.read(queries.school)
            school.do(services.change_school, revision=row.revision, name=name, minimum_group=5, return_to="Office")

        once_more(rename)
        yield step
    school.close()


def saved(folder: Path, acked: int) -> str:
    name, wrong = sound(folder)
    if wrong:
        return wrong
    return f"lost: {name} after step {acked}" if int(name.removeprefix("School ")) < acked else ""


# --- change password ---------------------------------------------------------------------------------------------------------------


def change_password(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    for step in (1, 2):
        try:
            school.change_password(f"password {step - 1}", f"password {step}")
        except FileProblem:
            with suppress(FileProblem):  # the fault may have come after the new password was on disk
                school.change_password(f"password {step - 1}", f"password {step}")
        yield step
    school.close()


def password_changed(folder: Path, acked: int) -> str:
    """The acknowledged password opens the file, or the one after it, which was on its way."""
    said = [sound(folder, f"password {step}")[1] for step in (acked, acked + 1)]
    return "" if "" in said else said[0]


# --- back up and restore -----------------------------------------------------------------------------------------------------------


def back_up(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    once_more(lambda: school.back_up(backup_in(folder)))
    yield 1
    school.close()


def backed_up(folder: Path, acked: int) -> str:
    if wrong := sound(folder)[1]:
        return wrong
    if not backup_in(folder).exists():
        return "lost: the backup" if acked else ""
    try:
        read_backup(backup_in(folder))
    except FileProblem as problem:
        return f"corrupt: {problem.message}"
    return ""


def make_backup(folder: Path) -> None:
    make(folder)
    school = enter(folder)
    school.back_up(backup_in(folder))
    school.close()
    school_in(folder).rename(folder / "The old one.staffdev")


def bring_back(folder: Path) -> Iterator[int]:
    yield 0
    once_more(lambda: restore(backup_in(folder), school_in(folder)))
    yield 1


def brought_back(folder: Path, acked: int) -> str:
    if not school_in(folder).exists():
        return "lost: the restored school" if acked else ""
    return sound(folder)[1]


# --- for comparison: what many programs do -----------------------------------------------------------------------------------------


def make_plain(folder: Path) -> None:
    plain = _plain(folder)
    plain.execute("CREATE TABLE step (number INTEGER)")
    plain.close()


def save_plain(folder: Path) -> Iterator[int]:
    plain = _plain(folder)
    yield 0
    for step in range(1, STEPS + 1):
        plain.execute("INSERT INTO step VALUES (?)", (step,))
        yield step
    plain.close()


def saved_plain(folder: Path, acked: int) -> str:
    plain = _plain(folder)
    try:
        last = plain.execute("SELECT max(number) FROM step").fetchone()[0] or 0
    except sqlite3.DatabaseError as error:
        return f"corrupt: {error}"
    finally:
        plain.close()
    return f"lost: {last} after step {acked}" if last < acked else ""


def _plain(folder: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = NORMAL")
    return plain


SCENES = (
    Scene("create", make_nothing, create, created),
    Scene("save", make, save, saved),
    Scene("change password", make, change_password, password_changed),
    Scene("back up", make, back_up, backed_up),
    Scene("restore", make_backup, bring_back, brought_back),
)
COMMON_ADVICE = Scene("save, SQLite with WAL and NORMAL", make_plain, save_plain, saved_plain)
