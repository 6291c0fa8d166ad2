"""A key pressed in the filter of a table with 10,000 rows, until the table is painted; beside Qt's stock proxy model (DESIGN section 8)."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget

from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel
from tests.benchmarks._figures import ms, p95, row

ROWS = 10_000
HOLD = 0.016
SIZE = (1100, 600)
# Typed one key after another and taken back again: many hits, few, none, two words, an accent left out.
WORDS = ("smith", "e", "karen doyle", "teaching assistant", "xyz", "zoe", "a b", "0123")
STOCK_WORDS = ("smith", "zoe")
FORENAMES = ("Karen", "Zoë", "Grace", "Tom", "Ruth", "Helen", "Amy", "Jake", "Samira", "Owain", "Łukasz", "Ayşe", "Priya", "Daniel")
SURNAMES = ("Doyle", "Smith", "Adeyemi", "Ashworth", "Pemberton", "Marsden", "Pritchard", "Thornton", "Begum", "Llewellyn", "Kowalski")
POSTS = (
    "Teaching assistant",
    "Midday supervisor",
    "Class teacher",
    "Caretaker",
    "Office manager",
    "Cook",
    "Higher level teaching assistant",
)


@dataclass(frozen=True)
class Person:
    """A row as the Staff tab has them."""

    id: int
    name: str
    number: str
    post: str
    manager: str


def people() -> tuple[Person, ...]:
    """Ten thousand invented rows, the same each time."""
    chance = random.Random(8)
    names = [f"{chance.choice(FORENAMES)} {chance.choice(SURNAMES)}" for _ in range(ROWS)]
    return tuple(Person(i, name, f"{i:05d}", chance.choice(POSTS), chance.choice(names)) for i, name in enumerate(names))


COLUMNS = (
    Column("name", "Name", 200, lambda person: person.name),
    Column("number", "Number", 80, lambda person: person.number),
    Column("post", "Post", 0, lambda person: person.post),
    Column("manager", "Line manager", 200, lambda person: person.manager),
)


class StockModel(QAbstractTableModel):
    """The same rows as any tutorial would show them to Qt's proxy."""

    def __init__(self, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._columns[index.column()].value(self._rows[index.row()]) if role == Qt.ItemDataRole.DisplayRole else None


class Window(QWidget):
    """A filter box over a table, as on every tab."""

    def __init__(self, view: QTableView, set_filter: Callable[[str], object]) -> None:
        super().__init__()
        self.box = QLineEdit()
        self.box.textChanged.connect(set_filter)
        self.view = view
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(view)
        self.resize(*SIZE)
        self.show()
        QApplication.processEvents()

    def typed(self, words: str) -> list[float]:
        """Seconds from each key to the painted table: the word, then taken back letter by letter."""
        taken, paints = [], Paints(self.view.viewport())
        for key in [*words, *[Qt.Key.Key_Backspace] * len(words)]:
            before, began = paints.count, time.perf_counter()
            QTest.keyClick(self.box, key)
            QApplication.sendPostedEvents()
            if paints.count == before:
                self.view.viewport().repaint()  # now, not when the platform's next frame is due; once is enough
            taken.append(time.perf_counter() - began)
        self.view.viewport().removeEventFilter(paints)
        return taken


def measure_house(rows: tuple[Person, ...]) -> list[float]:
    """Every key over the house table."""
    model = TableModel(COLUMNS)
    model.set_rows(rows)
    window = Window(HouseTable(model, "People"), model.set_filter)
    taken = typed_and_painted(window, WORDS)
    assert _hits(window, model, rows)
    window.deleteLater()
    return taken


def typed_and_painted(window: Window, words: Sequence[str]) -> list[float]:
    """Seconds of every key of some words, once it is sure that a key paints the table."""
    paints = Paints(window.view.viewport())
    window.typed("warm")
    assert paints.count >= 8, "a key must paint the table, or the wrong thing is timed"
    window.view.viewport().removeEventFilter(paints)
    return [second for each in words for second in window.typed(each)]


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def _hits(window: Window, model: TableModel, rows: tuple[Person, ...]) -> bool:
    """That what was timed is right: the table shows just the rows that hold the word."""
    QTest.keyClicks(window.box, "zoe sm")
    wanted = [p.id for p in rows if all(word in searchable(p.name, p.number, p.post, p.manager) for word in ("zoe", "sm"))]
    return bool(wanted) and [person.id for person in model.shown_rows()] == wanted


def measure_stock(rows: Sequence[Any], columns: Sequence[Column], words: Sequence[str]) -> list[float]:
    """The same keys over QSortFilterProxyModel and a plain QTableView."""
    source, proxy, view = StockModel(rows, columns), QSortFilterProxyModel(), QTableView()
    proxy.setSourceModel(source)
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view.setModel(proxy)
    window = Window(view, proxy.setFilterFixedString)
    taken = [second for each in words for second in window.typed(each)]
    window.deleteLater()
    return taken


def rows() -> list[dict[str, Any]]:
    """One row."""
    app = QApplication.instance() or QApplication([])
    theme.apply("light", 100)
    everybody = people()
    house, stock = p95(measure_house(everybody)), p95(measure_stock(everybody, COLUMNS, STOCK_WORDS))
    del app
    against = f"stock proxy model {ms(stock)}"
    return [row(f"key to filtered table, {ROWS:,} rows", "<= 16 ms, p95", ms(house), house <= HOLD, against, house / stock)]
