"""Another file than the one at hand: open one, lay a backup out, make the practice school."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.schoolfile.backup import SUFFIX as BACKUP_SUFFIX
from staffdev_desktop.schoolfile.backup import read_backup, restore
from staffdev_desktop.schoolfile.folder import SUFFIX, SchoolFolder, folder_name, read_facts
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.pc_settings import user_data

PRACTICE = f"Practice school{SUFFIX}"


def choose_school(parent: QWidget | None) -> Path | None:
    """Ask for a school's folder. None if the person thought better of it or it is none."""
    path = messages.choose_folder(parent, "Choose the school’s folder: its name ends in .staffdev", folder=user_data())
    if path is None:
        return None
    try:
        read_facts(SchoolFolder(path))
    except FileProblem as error:
        messages.problem(parent, error)
        return None
    return path


def restore_backup(parent: QWidget | None, then: Callable[[Path], None]) -> None:
    """Lay a backup out beside what is there, never over it, and go on with `then(path)`."""
    backup = messages.choose_file(parent, "Which backup?", kinds=f"Backups (*{BACKUP_SUFFIX})", folder=user_data() / "Backups")
    if backup is None:
        return

    def work(_tell: jobs.Tell) -> Path:
        facts = read_backup(backup)
        to = free_name(user_data() / folder_name(facts.school_name))
        restore(backup, to)
        return to

    def restored(to: Path) -> None:
        messages.tell(parent, "The backup is restored", f"It is ‘{to.name}’ now, in {to.parent}. Files that were there are as they were.")
        then(to)

    jobs.run(work, title="Restoring the backup", on_done=restored)


def free_name(path: Path) -> Path:
    """`path`, or the same with ‘restored’ and the day if there is something already."""
    number, free = 1, path
    while free.exists():
        more = f" {number}" if number > 1 else ""
        free = path.with_name(f"{path.stem} restored {clock.today():%Y-%m-%d}{more}{path.suffix}")
        number += 1
    return free


def practice_school(then: Callable[[Path], None], *, anew: bool = False) -> None:
    """Go on with the practice school, made if it is not there, if its academic year is over, or `anew`."""
    path = user_data() / PRACTICE
    if not anew and _is_of_this_year(path):
        then(path)
        return

    def work(_tell: jobs.Tell) -> Path:
        from staffdev_desktop import practice

        if path.exists():
            shutil.rmtree(path)
        practice.make(path)
        return path

    jobs.run(work, title="Making the practice school", on_done=then)


def practice_again(parent: QWidget | None, then: Callable[[Path], None]) -> None:
    """Make the practice school anew, once it was asked whether to."""
    words = "Everything that was tried out in the practice school goes. Your school’s own file is not touched."
    if messages.ask(parent, "Start again with a fresh practice school?", words, act="&Start again", safe="&Keep this one"):
        practice_school(then, anew=True)


def _is_of_this_year(path: Path) -> bool:
    from datetime import datetime

    try:
        facts = read_facts(SchoolFolder(path))
        return facts.practice and year_of(datetime.fromisoformat(facts.created).date()) == year_of(clock.today())
    except (FileProblem, ValueError):
        return False
