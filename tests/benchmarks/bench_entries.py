"""A key pressed in the filter of 10,000 entries of CPD until the list is painted; beside Qt’s stock proxy model (DESIGN section 8)."""

import random
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rows import EntryDetails, EntryRow, EntryStatus
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.practice.cpd_phrases import LEARNT
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.log.all_entries import AllEntries
from staffdev_desktop.ui.cpd.log.log_model import all_columns
from tests.benchmarks._figures import ms, p95, row
from tests.benchmarks.bench_table import FORENAMES, HOLD, ROWS, SIZE, SURNAMES, Window, measure_stock, typed_and_painted

# Many hits, few, none, two words: typed one key after another and taken back again.
WORDS = ("phonics", "e", "drop-in karen", "quality", "xyz", "zoe", "a b", "blending")
STOCK_WORDS = ("phonics", "zoe")


def entries() -> tuple[EntryRow, ...]:
    """Ten thousand invented entries, the same each time."""
    chance = random.Random(8)
    learnt = [each for group in LEARNT.values() for each in group]
    found = []
    for number in range(ROWS):
        each, name = chance.choice(learnt), f"{chance.choice(FORENAMES)} {chance.choice(SURNAMES)}"
        day = date(2026, 7, 17) - timedelta(days=number % 300)
        impact = chance.choice(each.impacts) if chance.random() < 0.8 else ""
        details = EntryDetails(day, chance.choice(each.minutes), each.activity, 1, each.strand, each.setting, each.provider, impact=impact)
        status = EntryStatus.TO_CHECK if impact else EntryStatus.IMPACT_NEEDED
        words = searchable(name, each.activity, each.kind, each.provider, each.strand, impact)
        about = {"check": None, "status": status, "session_id": None, "search": words}
        found.append(EntryRow(number, 1, number % 300, name, "Teachers", details, each.kind, True, "", number % 3, **about))
    return tuple(found)


class ListWindow(Window):
    """The page as it is in the tab: its own filter box over its own list."""

    def __init__(self, page: AllEntries) -> None:
        QWidget.__init__(self)
        self.box, self.view = page.find, page.table
        QVBoxLayout(self).addWidget(page)
        self.resize(*SIZE)
        self.show()
        QApplication.processEvents()


def measure_house(rows: tuple[EntryRow, ...]) -> list[float]:
    """Every key over the list of entries."""
    page = AllEntries()
    page.set_rows(rows)
    window = ListWindow(page)
    taken = typed_and_painted(window, WORDS)
    page.find.setText("phonics zoe")
    wanted = [each.id for each in rows if "phonics" in each.search and "zoe" in each.search]
    assert wanted
    assert [each.id for each in page.model.shown_rows()] == wanted
    window.deleteLater()
    return taken


def rows() -> list[dict[str, Any]]:
    """One row."""
    app = QApplication.instance() or QApplication([])
    theme.apply("light", 100)
    found = entries()
    house, stock = p95(measure_house(found)), p95(measure_stock(found, all_columns(), STOCK_WORDS))
    del app
    against = f"stock proxy model {ms(stock)}"
    return [row(f"key to filtered entries of CPD, {ROWS:,} entries", "<= 16 ms, p95", ms(house), house <= HOLD, against, house / stock)]
