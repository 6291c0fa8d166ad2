"""Person’s log: the terms of the year above, the entries below, quick entry beside them; or everybody’s entries, or the requests."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow
from staffdev_desktop.cpd.log.rules import by_term, hours, year_of_entry
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.importing.view import open_import
from staffdev_desktop.ui.cpd.ledger.cards import TermCards, Why
from staffdev_desktop.ui.cpd.ledger.why import open_why
from staffdev_desktop.ui.cpd.log.all_entries import AllEntries
from staffdev_desktop.ui.cpd.log.entry_dialog import EntryDialog
from staffdev_desktop.ui.cpd.log.log_model import lines_of, person_model
from staffdev_desktop.ui.cpd.log.many import open_many
from staffdev_desktop.ui.cpd.log.payroll_dialog import PayrollDialog
from staffdev_desktop.ui.cpd.log.person_chooser import PersonChooser
from staffdev_desktop.ui.cpd.log.printing import PRINTS, LogPrinter
from staffdev_desktop.ui.cpd.log.quick_entry import QuickEntry
from staffdev_desktop.ui.cpd.log.requests_page import RequestsPage
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.portfolio.dialogs import open_portfolio
from staffdev_desktop.ui.cpd.portfolio.making import Asked, Kind, PortfolioMaker
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.grouped_table import GroupedTable
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.segments import Segments

ALL, ENTRIES, REQUESTS, DRAFT = "all", "entries", "requests", "draft"


class LogPanel(CpdPanel):
    """`go_to` takes a person’s id, ALL, REQUESTS (of everybody), or (‘entry’, a person’s id, an entry’s id)."""

    kinds = (
        "entry", "entry_evidence", "entry_check", "cpd_kind", "cpd_request", "cpd_budget", "cpd_settings", "person", "employment",
        "holding", "post", "staff_group", "term", "closure", "target", "need", "diagnostic_area", "priority",
        "entitlement", "uncounted_kind",
    )  # fmt: skip

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.printer, self.portfolios = LogPrinter(school, hub, self), PortfolioMaker(school, hub, self)
        self._people: dict[int, CpdPerson] = {}
        self._here: tuple[CpdPerson, ...] = ()
        self._rows: tuple[EntryRow, ...] = ()
        self._chosen_once = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self.chooser = PersonChooser(self)
        self.prints = more_button("&Print or save", "Print or save", PRINTS, self._print_chosen, self)
        self.what = Segments([(ENTRIES, "Log"), (REQUESTS, "Re&quests")], "What is shown", self)
        self.what.set_value(ENTRIES)
        self.add_tools(self.what, self.chooser, self.prints)
        self.model = person_model(self)
        self.table = GroupedTable(self.model, "Entries", self)
        self.table.installEventFilter(self)
        GiveWay(self.table, {"evidence": 800})
        self.cards = TermCards(self._school, self._hub, self)
        table_card = Card(self, flush=True)
        table_card.body.addWidget(self.table)
        self.empty = EmptyState("cpd", "", "Write the first entry at the right: date, hours and activity are enough.", parent=self)
        self._log = QStackedWidget(self)
        self._log.addWidget(table_card)
        self._log.addWidget(self.empty)
        self.quick = QuickEntry(self._school, self._hub, self)
        self.person_page, left = QWidget(self), QVBoxLayout()
        row = QHBoxLayout(self.person_page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        left.setSpacing(9)
        left.addWidget(self.cards)
        left.addWidget(self._log, 1)
        row.addLayout(left, 1)
        row.addWidget(self.quick)
        self.all_page = AllEntries(self)
        self.pages = QStackedWidget(self)
        self.requests = RequestsPage(self._school, self._hub, self.printer, self)
        for page in (self.person_page, self.all_page, self.requests):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._person_chosen)
        self.what.edited.connect(self._what_chosen)
        self.requests.entry_wanted.connect(self.open_entry)
        self.table.opened.connect(self.open_entry)
        self.all_page.opened.connect(self.open_entry)
        self.all_page.table.installEventFilter(self)
        self.quick.more_wanted.connect(self.open_form)
        self.quick.many_wanted.connect(self.log_for_many)
        self.cards.why_wanted.connect(self._why)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    @property
    def person(self) -> CpdPerson | None:
        """Whose log is shown; None is everybody’s."""
        return self._people.get(self.chooser.value() or 0)

    def refresh(self) -> None:
        """Read the people, and the entries of whoever is chosen."""
        everybody = self._school.read(queries.people, here_only=False)
        self._here = tuple(person for person in everybody if person.here)
        people = (*self._here, *(person for person in everybody if not person.here))
        self._people = {person.id: person for person in people}
        self.chooser.set_people(people)
        if not self._chosen_once and len(people) == 1:
            self.chooser.set_value(people[0].id)
        self._chosen_once = True
        self._read()

    def focus_first(self) -> None:
        """Where the work is: the day of a new entry, or the list."""
        if self.what.value() == REQUESTS:
            self.requests.focus_first()
        elif self.person is not None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.all_page.focus_first()

    def go_to(self, what: object) -> None:
        """Show a person, everybody, or one entry."""
        self.refresh()
        self.what.set_value(REQUESTS if what == REQUESTS else ENTRIES)
        if isinstance(what, tuple) and what[0] == DRAFT:
            self._show(what[1])
            self.quick.take_draft(what[2])
        elif isinstance(what, tuple):
            row = self._school.read(queries.entry, entry_id=what[-1])
            self._show(row.person_id)
            self.table.choose(row.id)
            self.open_entry(row.id)
        else:
            self._show(None if what in (ALL, REQUESTS) else what)

    def place(self) -> object:
        """Who is shown, and what is typed for them and not saved yet."""
        if self.what.value() == REQUESTS:
            return REQUESTS
        if self.person and self.quick.touched:
            return DRAFT, self.person.id, self.quick.draft()
        return self.person.id if self.person else ALL

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        if self.what.value() == REQUESTS:
            return [self.chooser, self.requests.find, self.requests.table]
        return [self.chooser, *((self.table, self.quick.day) if self.person else (self.all_page.find, self.all_page.table))]

    def add_new(self) -> None:
        """Ctrl+N: the day of a new entry; for everybody, a day for many."""
        if self.what.value() == REQUESTS:
            self.requests.ask_new()
        elif self.person is None:
            self.log_for_many()
        else:
            self.quick.day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_shown(self) -> None:
        """Ctrl+P: the log of whoever is shown, or the requests."""
        (self.requests.print_list if self.what.value() == REQUESTS else self.print_log)()

    def may_leave(self) -> bool:
        """Whether what is typed may go; asked before another person is shown."""
        if not self.quick.touched:
            return True
        return messages.ask(
            self,
            "Leave this entry?",
            "What you typed under ‘Add an entry’ is not saved yet.",
            act="&Leave it",
            safe="&Keep typing",
        )

    # -- what is done ---------------------------------------------------------------------------------------------------

    def open_entry(self, entry_id: object) -> None:
        """Change an entry."""
        row = self._school.read(queries.entry, entry_id=entry_id)
        dialog = EntryDialog(self._school, self._hub, self._people[row.person_id], row, parent=self)
        dialog.accepted.connect(self._changed_one)
        messages.show(dialog)

    def open_form(self) -> None:
        """The form with every field, with what is typed so far in it."""
        if self.person is None:
            return
        values, files = self.quick.typed()
        dialog = EntryDialog(self._school, self._hub, self.person, typed=values, files=files, parent=self)
        dialog.touched = self.quick.touched
        dialog.accepted.connect(self._added_one)
        messages.show(dialog)

    def _changed_one(self) -> None:
        self._hub.notify(f"Saved: {self.sender().saved_words}", undo=True)

    def _added_one(self) -> None:
        self.quick.clear()
        self._hub.notify(self.sender().saved_words, undo=True)

    def _why(self, why: Why) -> None:
        """The entries and the rule behind a number of hours."""
        open_why(self._school, self._hub, self, why, self.wanted.emit)

    def log_for_many(self) -> None:
        """A day for many people."""
        open_many(self._school, self._hub, self)

    def remove_entry(self, entry_id: object) -> None:
        """Take an entry out, after asking."""
        row = self.model.row_of(entry_id) or self.all_page.model.row_of(entry_id)
        if not isinstance(row, EntryRow):
            return
        details = row.details
        words = f"‘{details.activity}’, {hours(details.minutes)} h on {long_day(details.done_on)}, goes out of the log of {row.name}."
        if not messages.ask(self, "Remove this entry?", words, act="&Remove it", safe="&Keep it"):
            return
        if problems_said(self, self._remove, row.id):
            self._hub.notify(f"Removed: {details.activity}", row.name, undo=True)

    def _remove(self, entry_id: int) -> None:
        self._school.do(services.remove_entries, entry_ids=[entry_id])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete on a row removes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self.remove_entry(watched.chosen_id())
            return True
        return super().eventFilter(watched, event)

    # -- papers ---------------------------------------------------------------------------------------------------------

    def _print_chosen(self) -> None:
        getattr(self, self.sender().data())()

    def print_log(self) -> None:
        """The log of the person shown."""
        if self.person is None:
            messages.tell(self, "Whose log?", "Choose a person first: a log is printed for one person.")
        else:
            self.printer.print_log(self.person, self._rows, self._hub.year, self.cards.ledger)

    def print_sheet(self) -> None:
        """A sheet to fill in by hand: of the person shown, or one for each."""
        people = (self.person,) if self.person else self._here
        self.printer.print_sheets(people, self._hub.year)

    def print_slips(self) -> None:
        """Two slips on a page: for the person shown, or blank ones."""
        self.printer.print_slips((self.person, self.person), self._hub.year)

    def print_requests(self) -> None:
        """The requests, as they are filtered."""
        self.requests.print_list()

    def save_requests(self) -> None:
        """The same as a spreadsheet."""
        self.requests.save_list()

    def extra_hours(self) -> None:
        """The list for payroll."""
        messages.show(PayrollDialog(self._school, self._hub, self))

    def portfolio(self) -> None:
        """What the person shown takes along or fills in at home."""
        if self.person is None:
            messages.tell(self, "Whose portfolio?", "Choose a person first: a portfolio is about one person.")
        else:
            open_portfolio(self, self.portfolios, self.person.name, self.person.id, self._hub.year)

    def save_sheets(self) -> None:
        """A log sheet to fill in at home: of the person shown, or one for each."""
        if self.person is None:
            self.portfolios.save_sheets(self._people.values(), self._hub.year)
        else:
            self.portfolios.make(Asked(Kind.SHEET, self.person.id, self._hub.year))

    def save_log(self) -> None:
        """Everybody’s log of the year in the header, as a spreadsheet with all its columns."""
        self.portfolios.save_whole_log(self._hub.year)

    def take_in_spreadsheet(self) -> None:
        """The central spreadsheet, a matrix of courses, a log sheet that came back."""
        open_import(self, "log")

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _person_chosen(self, person_id: int | None) -> None:
        before = self.quick._person
        if before is not None and before.id != person_id and not self.may_leave():
            self.chooser.set_value(before.id)
            return
        self.quick.clear()
        self._read()
        self.focus_first()

    def _what_chosen(self, _what: object) -> None:
        self._read()
        self.focus_first()

    def _show(self, person_id: int | None) -> None:
        self.chooser.set_value(person_id)
        self._read()

    def _read(self) -> None:
        person, year = self.person, self._hub.year
        if self.what.value() == REQUESTS:
            self.requests.show_person(person, self._here)
            self.pages.setCurrentWidget(self.requests)
            return
        self.quick.show_person(person, year)
        terms = self._school.read(settings.calendar).terms
        if person is None:
            first, last = date(year, 8, 1), date(year + 1, 10, 31)  # a year’s last term lasts until the next one begins
            rows = self._school.read(queries.entries, first=first, last=last)
            shown = [row for row in rows if year in (year_of_entry(day := row.details.done_on, terms), year_of(day))]
            self.all_page.set_rows(shown, anybody=bool(self._people))
            self.pages.setCurrentWidget(self.all_page)
            return
        self._rows = self._school.read(queries.entries, person_id=person.id)
        shown = [row for row in self._rows if year_of_entry(row.details.done_on, terms) <= year]
        groups = by_term(shown, terms)
        earlier = {group.year for group in groups} - {year}
        ledgers = {each: self._school.read(ledger.ledger, year=each, person_id=person.id)[0] for each in earlier}
        self.cards.show_person(person.id, year)
        self.model.set_rows(lines_of(groups, year, ledgers | ({year: self.cards.ledger} if self.cards.ledger else {})))
        if not shown:
            self.empty.set_words(f"Nothing is in the log of {person.name} yet", "Date, hours and activity are enough to begin with.")
        self._log.setCurrentIndex(0 if shown else 1)
        self.pages.setCurrentWidget(self.person_page)
