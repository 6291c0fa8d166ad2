"""What the pages with one filtered list have in common: a row of filters, the list in a card, numbers above and words below it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, PADDING, RowDelegate, paint_two_lines
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import TableModel

ROW_HEIGHT = 42


class PlainTwoLines(RowDelegate):
    """Two lines in the weight of the table: what is no name."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The column’s words over its `extra`."""
        words, second = index.data(Qt.ItemDataRole.DisplayRole) or "", index.data(EXTRA_ROLE) or ""
        paint_two_lines(painter, rect.adjusted(PADDING, 0, -PADDING, -1), words, second, theme.NORMAL)


class ListPage(Page):
    """Call `build` once. `filters` are choices by key; override `filtered` to set the model’s condition from them."""

    def build(
        self, model: TableModel, name: str, filters: Sequence[tuple[str, str, int]], tools: Sequence[QWidget], *, icon: str = "cpd"
    ) -> None:
        """Lay it out: filters are key, name and width; `tools` stand at the right of them."""
        self.model = model
        self.find = FilterBox("Filter by any word", self)
        self.find.setMinimumWidth(theme.px(150))
        self.find.textChanged.connect(model.set_filter)
        self.filters = {key: FilterChoice(words, width, self._edited, self) for key, words, width in filters}
        self._top = FilterRow(self.find, (*self.filters.values(), *tools), self)
        self.table = HouseTable(model, name, row_height=ROW_HEIGHT, parent=self)
        self.card = ListCard(self.table, self, wrap=True)
        self.words = self.card.words
        self.empty = EmptyState(icon, "", "", parent=self)
        self.main = QStackedWidget(self)
        self.main.addWidget(self.card)
        self.main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._top)
        column.addWidget(self.main, 1)

    def _edited(self, _value: object) -> None:
        self.filtered()

    def filtered(self) -> None:
        """Show what the filters keep."""
        self.model.set_condition(None)

    def show_list(self, rows: Sequence[object], badges: Sequence[BadgeText], *, missing: str, what: str) -> None:
        """Show these rows, and what stands above them; with none, what is missing."""
        self.model.set_rows(rows)
        self.filtered()
        self.card.line.show_badges(badges)
        self.empty.set_words(missing, what)
        self.main.setCurrentIndex(0 if rows else 1)
        self._top.setEnabled(bool(rows))

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        if self.main.currentIndex() == 0:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.find, self.table]


class PeoplePage(ListPage):
    """A list of lines about people. A verb of a menu is the name of what it does here."""

    def person_here(self) -> int | None:
        """Whoever is chosen in the list."""
        row = self.model.row_of(self.table.chosen_id())
        return row.person_id if row is not None else None

    def _to_person(self, _key: object = None) -> None:
        if (person_id := self.person_here()) is not None:
            self.wanted.emit("person", person_id)

    def _chosen(self) -> None:
        getattr(self, self.sender().data())()


def choices_of(rows: Sequence[object], key: str, everything: str, nothing: str = "") -> list[tuple[str | None, str]]:
    """The values that occur, after a line for all; `nothing` are the words for those without one, whose value is then empty."""
    found = sorted({getattr(row, key) for row in rows} - {""}, key=str.casefold)
    choices: list[tuple[str | None, str]] = [(None, everything), *((words, words) for words in found)]
    if nothing and any(not getattr(row, key) for row in rows):
        choices.append(("", nothing))
    return choices
