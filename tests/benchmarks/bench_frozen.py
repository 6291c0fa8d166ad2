"""How long the window stands still while a batch is drawn, printed, taken in or backed up (DESIGN section 8).

A timer of 5 ms ticks on the main thread; the longest gap between two ticks is how long nobody could have typed.
"""

import csv
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import jobs, messages, pc_settings, theme
from staffdev_desktop.ui.main_window import MainWindow
from staffdev_desktop.ui.pdr.printing import ReviewPrinter
from staffdev_desktop.ui.program import settle_memory
from tests.benchmarks._figures import ms, row
from tests.benchmarks._school import ROOT, TODAY, copy_of, open_school, school_path

HOLD = 0.100
ROUNDS = 3  # the best of three: another program's turn on a busy machine is a gap, too, and comes at another place each time
LONGEST, STILL = 120, 0.25  # seconds
Start = Callable[[], object]


class Ticks:
    """The longest gap between two ticks since `begin`."""

    def __init__(self) -> None:
        self.longest = self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self) -> None:
        """From now on."""
        self.longest, self._last = 0.0, time.perf_counter()

    def end(self) -> float:
        """The longest gap, up to this moment."""
        self._tick()
        return self.longest

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


class Person(messages.Desk):
    """Answers every question at once: the printer is a file, the list is the one we wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.list = folder, folder / "staff.csv"

    def tell(self, _parent: Any, title: str, words: str, details: str) -> None:
        raise AssertionError(f"{title} {words} {details}")

    def choose_file(self, *_what: Any) -> str:
        return str(self.list)

    def choose_printer(self, _parent: Any, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "printed.pdf"))
        return True


class Window:
    """The program on the school of 200, with every tab built."""

    def __init__(self, folder: Path) -> None:
        self.school = open_school(copy_of(school_path(), folder))
        settle_memory()  # as the program does before it opens a school
        self.pc = pc_settings.PcSettings(backup_folder=str(folder / "backups"))
        self.window = MainWindow(self.school, self.pc)
        self.person = messages._desk = Person(folder)
        self.window.show()
        self.ticks = Ticks()
        for tab in ("overview", "staff", "pdr"):
            self.window.show_tab(tab)
            self.settle()
        self.page = self.window.show_tab("pdr")

    def settle(self) -> None:
        """Until no job runs and everything is painted."""
        self.until_still(time.perf_counter())

    def gap(self, start: Start) -> tuple[float, float]:
        """The longest gap while this is done, and how long it all took."""
        self.settle()
        began = time.perf_counter()
        self.ticks.begin()
        start()
        self.until_still(began)
        return self.ticks.end(), time.perf_counter() - began - STILL

    def until_still(self, began: float) -> None:
        """Until no job has run for a while: what follows one, like drawing the first page, belongs to it."""
        still = time.perf_counter()
        while time.perf_counter() - still < STILL:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # the ticks wake it: nothing is gained by turning
            if jobs.jobs().running:
                still = time.perf_counter()
            assert time.perf_counter() - began < LONGEST, "a job did not end"

    def close(self) -> None:
        """Take it off the screen."""
        self.window.hub.let_go()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs here that would, and it still listens
        self.school.close()

    # -- what is done ---------------------------------------------------------------------------------------------------------

    def draw_sheets(self) -> None:
        """Every self-review sheet of the year, until the first page is on screen."""
        ids = [each.id for each in self.school.read(boards.cycle_board, year=TODAY.year)]
        self.printer = ReviewPrinter(self.school, self.page)
        self.printer.self_review_sheets(ids)

    def print_sheets(self) -> None:
        """The same from the preview to the printer, as many as a school prints for one reviewer."""
        preview = self.window.findChildren(QDialog)[-1]
        preview.print_it()

    def take_in(self) -> None:
        """A staff list with changes, from choosing the file to everybody taken in."""
        tab = self.window.show_tab("staff")
        tab.take_in()
        self.wait_for(lambda: tab.import_page.take.isEnabled())
        tab.import_page.take.click()

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Let the window work."""
        end = time.perf_counter() + LONGEST
        while not ready():
            QApplication.processEvents()
            assert time.perf_counter() < end

    def few_sheets(self) -> None:
        """Ten sheets on screen, to be printed."""
        ids = [each.id for each in self.school.read(boards.cycle_board, year=TODAY.year)][:10]
        self.printer = ReviewPrinter(self.school, self.page)
        self.printer.self_review_sheets(ids)
        self.settle()

    def other_backup_folder(self) -> None:
        """The day stands still here, and a backup is never written over another."""
        self.pc.backup_folder = str(Path(self.pc.backup_folder) / "next")

    def close_previews(self) -> None:
        """Put away what is shown."""
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()
        self.settle()


def write_list(school: School, to: Path, number: int) -> None:
    """Everybody's new hours, and 20 new people: every line is a change."""
    with to.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Staff number", "Forename", "Surname", "Job title", "Hours per week"])
        for person in school.read(staff.existing_people):
            writer.writerow([person.staff_number, person.forename, person.surname, "", 20 + number])
        for new in range(20):
            writer.writerow([f"9{number}{new:02d}", f"Nova{number}", f"Newcomer {new}", "Teaching assistant", 25])


def measured(window: Window, what: str, start: Start, before: Start | None = None, after: Start | None = None) -> dict[str, Any]:
    """One row."""
    gaps, whole = [], 0.0
    for _ in range(ROUNDS):
        if before:
            before()
        gap, whole = window.gap(start)
        gaps.append(gap)
        if after:
            after()
    best = min(gaps)
    name = f"window frozen during {what}"
    return row(name, "<= 100 ms", ms(best), best <= HOLD, f"on the main thread {ms(whole)}", best / whole, rounds=gaps)


def rows() -> list[dict[str, Any]]:
    """One row for each kind of long work."""
    os.environ.setdefault("STAFFDEV_DATA", tempfile.gettempdir())
    app = QApplication.instance() or QApplication([])
    theme.apply("light", 100)
    with clock.frozen_at(TODAY), tempfile.TemporaryDirectory(dir=ROOT / "build") as place:
        folder = Path(place)
        window = Window(folder)
        number = iter(range(ROUNDS))
        try:
            made = [measured(window, "a batch of sheets", window.draw_sheets, after=window.close_previews)]
            made.append(measured(window, "printing", window.print_sheets, before=window.few_sheets, after=window.close_previews))
            made.append(
                measured(window, "an import", window.take_in, before=lambda: write_list(window.school, window.person.list, next(number)))
            )
            made.append(measured(window, "a backup", window.window.back_up, before=window.other_backup_folder))
        finally:
            window.close()
    del app
    return made
