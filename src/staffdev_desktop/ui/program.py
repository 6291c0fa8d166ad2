"""The program with its windows: from sign-in to the main window, to the screen lock and back, until the last window closes.

What it imports here is what the sign-in window needs; the rest is loaded once that has been painted (DESIGN section 8).
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from staffdev_desktop.ui import pc_settings, theme
from staffdev_desktop.ui.sign_in import SignIn

if TYPE_CHECKING:
    from types import TracebackType

    from staffdev_desktop.school import School
    from staffdev_desktop.ui.jobs import Tell
    from staffdev_desktop.ui.main_window import MainWindow, Place
    from staffdev_desktop.ui.set_up.window import SetUp

NAME = "Staff Development"


class Program:
    """One per process. Holds the one window that is shown now: sign-in, set-up or the school."""

    def __init__(self, app: QApplication, pc: pc_settings.PcSettings) -> None:
        self.app, self.pc = app, pc
        self.sign_in: SignIn | None = None
        self.set_up: SetUp | None = None
        self.window: MainWindow | None = None
        self._place: Place | None = None

    def start(self, path: Path | None) -> None:
        """Show the first window: sign-in for the file that was named or used last, else the set-up."""
        if path is None and self.pc.last_file:
            path = Path(self.pc.last_file)
        if path is None:
            self.show_set_up()
        else:
            self.show_sign_in(path)

    def show_sign_in(self, path: Path, *, locked: str = "", name: str = "") -> None:
        """Ask for the password of that file."""
        self._drop_sign_in()
        self.sign_in = SignIn(path, locked=locked, name=name)
        self.sign_in.painted.connect(self._load_rest)
        self.sign_in.unlocked.connect(self.open_school)
        self.sign_in.other_file_asked.connect(self._open_another)
        self.sign_in.restore_asked.connect(self._restore)
        self.sign_in.new_file_asked.connect(self.show_set_up)
        self.sign_in.start_again_asked.connect(self._start_practice_again)
        self.sign_in.rejected.connect(self.quit)
        self.sign_in.show()
        self.sign_in.activateWindow()

    def show_set_up(self) -> None:
        """The first run, or another school file."""
        from staffdev_desktop.ui.set_up.window import SetUp

        gc.enable()
        self._drop_sign_in()
        self.set_up = SetUp()
        self.set_up.made.connect(self._made)
        self.set_up.open_asked.connect(self._open_another)
        self.set_up.practice_asked.connect(self.open_practice)
        self.set_up.rejected.connect(self.quit)
        self.set_up.show()

    def open_school(self, school: School) -> MainWindow:
        """The file is open: show it."""
        from staffdev_desktop.ui.main_window import MainWindow

        settle_memory()
        self.pc.last_file = str(school.path)
        pc_settings.save(self.pc)
        self.window = MainWindow(school, self.pc, place=self._place)
        self._place = None
        self.window.lock_asked.connect(self.lock)
        self.window.left.connect(self._left)
        self.window.show()
        self._drop_sign_in()
        return self.window

    def lock(self, words: str) -> None:
        """The screen lock: the school is closed, its widgets go, and the sign-in window stands in their place."""
        window = self.window
        if window is None:
            return
        self._place = window.place()
        school = self._let_go(window)
        self.show_sign_in(school.path, locked=words, name=school.actor.name)

    def quit(self) -> None:
        """End, once the file is closed and nothing runs."""
        from staffdev_desktop.ui.jobs import jobs

        jobs().stop_all()
        pc_settings.save(self.pc)
        self.app.quit()

    def _left(self) -> None:
        if self.window is not None:
            self._let_go(self.window)
        self.quit()

    def _let_go(self, window: MainWindow) -> School:
        """Take the window off the screen and close its school, after whatever still works with it on the worker thread."""
        from staffdev_desktop.ui import jobs

        school = window.school
        window.remember_window()
        window.hub.let_go()
        window.hide()
        window.deleteLater()
        self.window = None

        def work(_tell: Tell) -> None:
            school.close()

        jobs.run(work, title="Closing the school file", quiet=True)
        return school

    def _load_rest(self) -> None:
        """Load what opening the file needs, on the worker thread, while the password is being typed."""
        gc.enable()
        QApplication.setWindowIcon(theme.icon("crest", "accent"))
        from staffdev_desktop.ui import jobs

        def work(_tell: Tell) -> None:
            import argon2.low_level  # noqa: F401
            import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401

            import staffdev_desktop.ui.main_window  # noqa: F401

        jobs.run(work, title="Loading", quiet=True, on_done=self._loaded)

    def _loaded(self, _nothing: object) -> None:
        if self.sign_in is not None:
            self.sign_in.look_at_file()

    def _open_another(self) -> None:
        from staffdev_desktop.ui.other_files import choose_school

        path = choose_school(self.sign_in or self.set_up)
        if path is not None:
            self._place = None
            self.show_sign_in(path)

    def _restore(self) -> None:
        from staffdev_desktop.ui.other_files import restore_backup

        restore_backup(self.sign_in or self.set_up, self.show_sign_in)

    def _made(self, school: School, start_with: str) -> None:
        """A new file: the second key-holder first, then the staff list if that is what it was asked to start with."""
        banner = self.open_school(school).banner
        if banner.needed():
            dialog = banner.add()
            if start_with == "spreadsheet":
                dialog.finished.connect(self._take_in_list)
        elif start_with == "spreadsheet":
            self._take_in_list()

    def _take_in_list(self, *_result: object) -> None:
        tab: Any = self.window.show_tab("staff") if self.window is not None else None
        if tab is not None:
            tab.take_in()

    def open_practice(self) -> None:
        """Make the practice school if it is not there or from another year, and ask for its password."""
        from staffdev_desktop.ui.other_files import practice_school

        practice_school(self.show_sign_in)

    def _start_practice_again(self) -> None:
        from staffdev_desktop.ui.other_files import practice_again

        practice_again(self.sign_in, self.show_sign_in)

    def _drop_sign_in(self) -> None:
        for shown in (self.sign_in, self.set_up):
            if shown is not None:
                shown.rejected.disconnect(self.quit)
                shown.hide()
                shown.deleteLater()
        self.sign_in = self.set_up = None


def _nobody_caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from staffdev_desktop.ui import crash  # only a bug pays for it

    crash.caught(kind, error, trace)


def run(school: str | None, *, practice: bool = False) -> int:
    """Open the program and stay until it is closed. Returns the exit code."""
    app = QApplication([sys.argv[0], *theme.QT_ARGUMENTS])
    app.setApplicationName(NAME)
    app.setQuitOnLastWindowClosed(False)
    sys.excepthook = _nobody_caught
    pc = pc_settings.load()
    theme.apply(pc.theme, pc.text_size)
    program = Program(app, pc)
    if practice:
        program.open_practice()
    else:
        program.start(Path(school) if school else None)
    return app.exec()


def settle_memory() -> None:
    """The modules that are loaded by now stay until the program ends: they are taken out of garbage collection, which is made rarer, too.

    It would stop a batch of papers, and the window with it, for a tenth of a second. Once, and before the first window: whatever a
    screen lock drops must still be collected.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
