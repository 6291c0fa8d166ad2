"""Who is behind the hours owed and by how much: the list that a business manager works from."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.cpd.ledger import queries
from staffdev_desktop.cpd.ledger.figures import by_group, most_behind_first
from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.kernel import clock
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.ledger.cards import Why
from staffdev_desktop.ui.cpd.ledger.why import open_why
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.cpd.school.hours_model import (
    SHOWN,
    HoursFilter,
    due_words,
    hours_model,
    manager_choices,
    nobody_words,
    shown_words,
    summary_badges,
)
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import LARGE, FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable

ROW_HEIGHT = 40
PAPERS = (("&List as shown, on paper…", "paper"), ("List as shown, as a &spreadsheet…", "sheet"))


class HoursView(QWidget):
    """`wanted` as of a CpdPanel; `read` comes when the year’s ledgers were read."""

    wanted = Signal(str, object)
    read = Signal(object)

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.ledgers: tuple[PersonLedger, ...] = ()
        self.printer = ReportPrinter(school, hub, self)
        self._managers: dict[int, str] = {}
        self.model = hours_model(self, self._managers)
        self.table = HouseTable(self.model, "Hours owed and done", row_height=ROW_HEIGHT, parent=self)
        GiveWay(self.table, {"group": 950, "manager": 800})
        self._build()
        self.find.textChanged.connect(self.model.set_filter)
        self.model.shown_changed.connect(self._say_shown)
        self.table.opened.connect(self.say_why)

    def _build(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.shown = self._choice("Whom to show", 190)
        self.shown.set_choices(SHOWN)
        self.group, self.manager = self._choice("Staff group", 168), self._choice("Line manager", 180)
        self.papers = more_button("&Print or save", "Print or save the list", PAPERS, self._paper_chosen, self)
        self.bar = FilterRow(self.find, (self.shown, self.group, self.manager, self.papers), self)
        self.empty = EmptyState("checkc", "", "", parent=self)
        self.card = ListCard(self.table, self, nothing=self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def _choice(self, name: str, width: int) -> FilterChoice:
        return FilterChoice(name, width, self._filtered, self)

    def refresh(self, managers: Mapping[int, str]) -> None:
        """Read the year’s ledgers and show who is furthest behind first; `managers` are the names of line managers by id."""
        self.ledgers = most_behind_first(self._school.read(queries.ledger, year=self._hub.year))
        self._managers.clear()
        self._managers.update(managers)
        groups = sorted({row.person.group for row in self.ledgers} - {""}, key=str.casefold)
        self.group.set_choices([(None, "All staff groups"), *((group, group) for group in groups)])
        self.manager.set_choices(manager_choices([row.person.manager_ids for row in self.ledgers], managers))
        self.model.set_rows(self.ledgers)
        self._filtered()
        due = role_label(due_words(self.ledgers), "second", self.card) if theme.px(100) <= LARGE else None  # else badges need the room
        self.card.line.show_badges(summary_badges(self.ledgers), due)
        self.read.emit(by_group(self.ledgers))

    def filter_now(self) -> HoursFilter:
        """Whom the fields ask for."""
        return HoursFilter(str(self.shown.value()), self.group.value(), self.manager.value())

    def show_group(self, group: str) -> None:
        """Show a staff group, or with the one that is shown already all of them."""
        self.group.set_value(None if self.group.value() == group else group)
        self._filtered()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.choose(self.model.id_at(0))

    def say_why(self, person_id: int) -> None:
        """Open the rule and the entries behind somebody’s hours."""
        open_why(self._school, self._hub, self, Why(person_id, self._hub.year), self.wanted.emit)

    def print_list(self) -> None:
        """The list as shown, on paper."""
        from staffdev_desktop.cpd.ledger import papers, sheets

        shown, year = self.model.shown_rows(), self._hub.year
        name = sheets.file_name(year, clock.today())
        figures = by_group(self.ledgers)
        words = self.filter_now().words(self._managers)
        texts = [text for row in shown for text in (row.person.name, row.person.group)]
        self.printer.show(partial(papers.hours_paper, shown, figures, words), year=year, title="Hours of CPD", file_name=name, texts=texts)

    def _paper_chosen(self) -> None:
        if self.sender().data() == "paper":
            self.print_list()
            return
        from staffdev_desktop.cpd.ledger import sheets

        name = sheets.file_name(self._hub.year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.hours_sheet(self.model.shown_rows(), self._managers, self._hub.year), file_name=name)

    def _filtered(self, *_value: object) -> None:
        self.model.set_condition(self.filter_now().keeps)

    def _say_shown(self) -> None:
        number = self.model.rowCount()
        self.card.words.setText(shown_words(number, len(self.ledgers)))
        self.card.show_table(bool(number))
        if not number:
            self.empty.set_words(*nobody_words(self.ledgers, self.filter_now()))
