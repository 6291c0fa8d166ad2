"""Backups: one when the window closes after a change, and one whenever somebody asks."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.backup import backup_name
from staffdev_desktop.ui import jobs, messages, pc_settings
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.pc_settings import PcSettings


class Closing(QObject):
    """Makes backups off the main thread and remembers when and where the last one went."""

    def __init__(self, window: QWidget, school: School, pc: PcSettings, hub: Hub) -> None:
        super().__init__(window)
        self._window, self._school, self._pc, self._hub = window, school, pc, hub
        self._busy = False
        self._changes_backed_up = 0
        self._then: Callable[[], None] | None = None

    def last_backup(self) -> datetime | None:
        """When this PC last backed this school file up."""
        try:
            return datetime.fromisoformat(self._pc.backups[self._school.path.name]["made"])
        except (KeyError, ValueError):
            return None

    def begin(self, then: Callable[[], None]) -> None:
        """Back up if something changed since the last one, then go on. If it fails, ask whether to go on without."""
        if self._busy:
            return
        if self._school.changes_made == self._changes_backed_up or self._school.practice:
            then()
            return
        self._then = then
        self._run(self._finished, self._failed_on_closing, automatic=True)

    def back_up(self, then: Callable[[], None]) -> None:
        """Back up now."""
        if not self._busy:
            self._then = then
            self._run(self._finished, self._failed, automatic=False)

    def _run(self, on_done: Callable[[tuple[datetime, int]], None], on_error: Callable[[Exception], None], *, automatic: bool) -> None:
        self._busy = True
        school, folder, made, changes = self._school, self._pc.backups_to, clock.now(), self._school.changes_made
        to = folder / backup_name(school.name)

        def work(_tell: jobs.Tell) -> tuple[datetime, int]:
            to.parent.parent.mkdir(parents=True, exist_ok=True)  # user data on a PC that has kept none yet
            school.back_up(to, automatic=automatic)
            return made, changes

        jobs.run(work, title="Backing up and checking the backup", on_done=on_done, on_error=on_error)

    def _finished(self, result: tuple[datetime, int]) -> None:
        made, self._changes_backed_up = result
        self._busy = False
        self._pc.backups[self._school.path.name] = {"made": made.isoformat(), "folder": str(self._pc.backups_to)}
        pc_settings.save(self._pc)
        self._hub.backed_up.emit()
        self._go_on()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        messages.problem(self._window, error)

    def _failed_on_closing(self, error: Exception) -> None:
        self._busy = False
        said = f"{error.message} {error.next_step}" if isinstance(error, FileProblem) else "The backup could not be made."
        words = f"{said} Your changes are saved in the school’s file; only this backup is missing."
        if messages.ask(self._window, "Close without a backup?", words, act="&Close without a backup", safe="&Keep it open"):
            self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then:
            then()
