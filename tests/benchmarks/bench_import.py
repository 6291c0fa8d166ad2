"""A spreadsheet of 5,000 entries of CPD: how long until its preview, until it is taken in, and how long the window stands still."""

import os
import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel import clock
from staffdev_desktop.school import School
from staffdev_desktop.ui import jobs, theme
from staffdev_desktop.ui.cpd.importing.view import Asked
from tests.benchmarks._figures import ms, row
from tests.benchmarks._school import ROOT, TODAY
from tests.benchmarks.bench_frozen import Window

LINES = 5_000
HOLD, FROZEN = 3.0, 0.100
ROUNDS = 3  # the best of three, as in bench_frozen
HEADER = (
    "Staff number",
    "Name",
    "Date",
    "Hours",
    "Course title",
    "Type",
    "Strand",
    "Provider",
    "Cost",
    "Impact on pupils",
    "Led or attended",
)
KINDS = ("Course", "Drop-in", "Webinar", "Twilight", "INSET day", "Coaching")
DAYS = 700
LONGEST = 120  # seconds


def write_sheet(school: School, to: Path, number: int) -> None:
    """Everybody's CPD of two years, every line new; `number` tells one round's activities from another's."""
    chance = random.Random(number)
    people = school.read(queries.people)
    rows = []
    for line in range(LINES):
        person = chance.choice(people)
        day = TODAY - timedelta(days=1 + chance.randrange(DAYS))
        hours = chance.choice((0.25, 0.5, 1, "45 min", "1:15"))
        words = "Pupils now read the whole page before they answer." if line % 3 else ""
        number_or_none = person.staff_number if line % 2 else ""
        title = f"Session {number}.{line % 900}"
        rows.append(
            (number_or_none, person.name, day, hours, title, chance.choice(KINDS), "", "Hub", chance.choice((None, 12.5)), words, "")
        )
    to.write_bytes(write_xlsx("CPD", HEADER, rows))


class ImportOfEntries:
    """The window with the page that takes entries in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window = Window(folder)
        self.tab = self.window.window.show_tab("cpd")
        self.seconds: dict[str, list[float]] = {"preview": [], "taking in": [], "undo": []}
        self.gaps: dict[str, list[float]] = {"preview": [], "taking in": [], "undo": []}

    def once(self, number: int) -> None:
        """A sheet from choosing it to everything taken in, and back out."""
        path = self.folder / f"sheet{number}.xlsx"
        write_sheet(self.window.school, path, number)
        self._timed("preview", lambda: self._read(path))
        page = self.page
        assert page.to_do(page._preview) > 0.9 * LINES, page.counts.text()
        self._timed("taking in", page.take.click)
        assert len(self.window.school.read(queries.entries)) > 0.9 * LINES
        self._timed("undo", self.window.window.undo)

    @property
    def page(self) -> Any:
        """What reads and takes in."""
        return self.tab.panel.page

    def _read(self, path: Path) -> None:
        self.tab.show_view("import", Asked(path, "import"))

    def _timed(self, what: str, start: Any) -> None:
        self.window.settle()
        began = time.perf_counter()
        self.window.ticks.begin()
        start()
        while jobs.jobs().running:
            QApplication.processEvents()
            assert time.perf_counter() - began < LONGEST, "a job did not end"
        self.seconds[what].append(time.perf_counter() - began)
        self.window.settle()
        self.gaps[what].append(self.window.ticks.end())


def _table(found: ImportOfEntries) -> list[dict[str, Any]]:
    made = []
    for what in ("preview", "taking in"):
        best = min(found.seconds[what])
        name = f"{LINES:,} entries from a spreadsheet, {what}"
        made.append(row(name, f"<= {HOLD:.0f} s", ms(best), best <= HOLD, "", None, rounds=found.seconds[what]))
    for what in ("preview", "taking in", "undo"):
        gap, whole = min(found.gaps[what]), min(found.seconds[what])
        name = f"window frozen during the {what} of {LINES:,} entries"
        made.append(row(name, "<= 100 ms", ms(gap), gap <= FROZEN, f"on the main thread {ms(whole)}", gap / whole, rounds=found.gaps[what]))
    return made


def rows() -> list[dict[str, Any]]:
    """Two rows for how long it takes, three for how long nobody could have typed."""
    os.environ.setdefault("STAFFDEV_DATA", tempfile.gettempdir())
    app = QApplication.instance() or QApplication([])
    theme.apply("light", 100)
    (ROOT / "build").mkdir(exist_ok=True)
    with clock.frozen_at(TODAY), tempfile.TemporaryDirectory(dir=ROOT / "build") as place:
        found = ImportOfEntries(Path(place))
        try:
            for number in range(ROUNDS):
                found.once(number)
            made = _table(found)
        finally:
            found.window.close()
    del app
    return made
