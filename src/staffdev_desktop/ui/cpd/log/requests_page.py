"""What is asked for before it happens: the money above, the requests below, each with what comes next."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.requests import queries
from staffdev_desktop.cpd.log.requests.rows import BudgetRow, RequestRow, RequestStage
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.log.budgets_dialog import BudgetsDialog
from staffdev_desktop.ui.cpd.log.request_dialogs import AttendedDialog, BookDialog, DecideDialog, RequestDialog
from staffdev_desktop.ui.cpd.log.requests_model import budget_words, keeps_stage, requests_model, stage_choices
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.grouped_table import ROW_HEIGHT
from staffdev_desktop.ui.widgets.list_card import foot_row, take_out_all
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable


class RequestsPage(QWidget):
    """`entry_wanted(entry id)` opens the entry that came of a request."""

    entry_wanted = Signal(object)

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self.printer = school, hub, printer
        self._person: CpdPerson | None = None
        self._people: tuple[CpdPerson, ...] = ()
        self._budgets: tuple[BudgetRow, ...] = ()
        self._build()

    def _build(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.stage, self.budget = FilterChoice("How far", 160, self._filtered, self), FilterChoice("Budget", 180, self._filtered, self)
        self.stage.set_choices(stage_choices())
        self.ask = PrimaryButton("Ask for something…", "plus", self)
        self.slip = PlainButton("Slip on paper…", "print", self)
        self.money = PlainButton("&Budgets…", parent=self)
        self.money.setVisible(self._school.actor.may(Permission.RUN_CPD))
        for button, do in ((self.ask, self.ask_new), (self.slip, self.print_slip), (self.money, self.change_budgets)):
            button.clicked.connect(do)
        top = FilterRow(self.find, (self.stage, self.budget, self.money, self.slip, self.ask), self)
        self._strip = QHBoxLayout()
        self._strip.setContentsMargins(14, 9, 14, 9)
        self._strip.setSpacing(28)
        self.model = requests_model(self)
        self.table = HouseTable(self.model, "Requests", row_height=ROW_HEIGHT, parent=self)
        self.table.opened.connect(self.do_next)
        self.words = role_label("", "second", self)
        card = Card(self, flush=True)
        card.body.addLayout(self._strip)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot_row(self.words))
        self.empty = EmptyState("chat", "", "Somebody hands in a slip, or tells you: press ‘Ask for something’.", parent=self)
        self._main = QStackedWidget(self)
        self._main.addWidget(card)
        self._main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(top)
        column.addWidget(self._main, 1)
        self.find.textChanged.connect(self.model.set_filter)
        self.model.shown_changed.connect(self._say_shown)

    def show_person(self, person: CpdPerson | None, people: tuple[CpdPerson, ...]) -> None:
        """Read the year's requests: of one person, or of everybody."""
        self._person, self._people, year = person, people, self._hub.year
        rows = self._school.read(queries.requests, year=year, person_id=person.id if person else None)
        self._budgets = self._school.read(queries.budgets, year=year)
        self.budget.set_choices([(None, "All budgets"), *((budget.id, budget.name) for budget in self._budgets), (0, "No budget")])
        self.model.set_rows(rows)
        self._filtered()
        self._show_budgets()
        whose = f" by {person.name}" if person else ""
        self.empty.set_words(
            f"Nothing is asked for{whose} in {year_label(year)} yet", "Somebody hands in a slip, or tells you: press ‘Ask for something’."
        )
        self._main.setCurrentIndex(0 if rows or (self._budgets and person is None) else 1)

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        (self.table if self.model.rowCount() else self.ask).setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Write down what somebody asks for."""
        person_id = self._person.id if self._person else None
        self._open(RequestDialog(self._school, self._hub, self._people, self._budgets, person_id=person_id, parent=self))

    def do_next(self, request_id: object) -> None:
        """The verb at the end of the row."""
        row = self.model.row_of(request_id)
        if row is None:
            return
        if row.entry_id is not None:
            self.entry_wanted.emit(row.entry_id)
        elif row.stage is RequestStage.ASKED:
            budget = next((budget for budget in self._budgets if budget.id == row.details.budget_id), None)
            self._open(DecideDialog(self._school, row, budget, self))
        elif row.stage is RequestStage.AGREED:
            self._open(BookDialog(self._school, row, self))
        elif row.stage is RequestStage.PAST:
            dialog = AttendedDialog(self._school, self._hub, self._person_of(row), row, self)
            dialog.accepted.connect(self._attended)
            messages.show(dialog)
        else:
            self.change(row)

    def change(self, row: RequestRow) -> None:
        """Look at a request, or change it."""
        self._open(RequestDialog(self._school, self._hub, self._people, self._budgets, row, parent=self))

    def change_budgets(self) -> None:
        """Ask for the year's money."""
        messages.show(BudgetsDialog(self._school, self._hub.year, self._budgets, self))

    def print_slip(self) -> None:
        """The request chosen as a slip, or two that are blank."""
        row = self.model.row_of(self.table.chosen_id()) if self.table.currentIndex().isValid() else None
        self.printer.print_slips((row,) if row else (self._person, self._person), self._hub.year)

    def print_list(self) -> None:
        """The list as shown, on paper."""
        from staffdev_desktop.cpd.log import papers, sheets

        rows = self.model.shown_rows()
        name = sheets.file_name(sheets.REQUESTS, self._hub.year, clock.today())
        texts = tuple(words for row in rows for words in (row.name, row.details.activity, row.details.provider))
        draw = partial(papers.requests_paper, rows, self._budgets)
        self.printer.show(draw, year=self._hub.year, title=papers.REQUESTS, file_name=name, texts=texts)

    def save_list(self) -> None:
        """The list as shown, as a spreadsheet."""
        from staffdev_desktop.cpd.log import sheets

        name = sheets.file_name(sheets.REQUESTS, self._hub.year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.requests_sheet(self.model.shown_rows(), self._hub.year), file_name=name)

    def _open(self, dialog) -> None:
        dialog.accepted.connect(self._saved)
        messages.show(dialog)

    def _saved(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def _attended(self) -> None:
        self._hub.notify(self.sender().saved_words, "It is in the log.", undo=True)

    def _person_of(self, row: RequestRow) -> CpdPerson:
        known = next((person for person in self._people if person.id == row.person_id), None)
        return known or next(person for person in self._school.read(log.people, here_only=False) if person.id == row.person_id)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _filtered(self, *_value: object) -> None:
        stage, budget = self.stage.value(), self.budget.value()
        self.model.set_condition(partial(_keeps, stage, budget))

    def _show_budgets(self) -> None:
        take_out_all(self._strip)
        for budget in self._budgets:
            words, detail = budget_words(budget)
            line = QWidget(self)
            column = QVBoxLayout(line)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(role_label(words, "strong", line))
            column.addWidget(role_label(detail, "hint", line))
            self._strip.addWidget(line)
        if not self._budgets:
            self._strip.addWidget(role_label("No money is set aside yet: a request can be agreed without it.", "second", self))
        self._strip.addStretch(1)

    def _say_shown(self) -> None:
        shown, every = self.model.shown_rows(), len(self.model.rows())
        number = count_of(every, "request")
        of = number if len(shown) == every else f"{len(shown)} of {number}"
        self.words.setText(f"Showing {of}, {pounds(sum(row.total for row in shown))} with cover. Enter does what the row ends in.")


def _keeps(stage: object, budget: object, row: RequestRow) -> bool:
    return keeps_stage(stage, row) and (budget is None or (row.details.budget_id or 0) == budget)
