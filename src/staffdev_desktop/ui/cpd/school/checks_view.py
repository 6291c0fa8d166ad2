"""The queue of entries to check, for line managers and the teaching and learning team: assure, send back, draw a sample."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import read_minutes
from staffdev_desktop.cpd.quality.rows import CheckRow, SampleBy, Sampling
from staffdev_desktop.cpd.quality.rules import can_be_assured, sample
from staffdev_desktop.cpd.quality.services import assure_many
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.money import read_pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.cpd.school.check_dialog import CheckDialog
from staffdev_desktop.ui.cpd.school.checks_model import (
    AGAIN,
    BACK,
    SAMPLE,
    SHOWN,
    TO_CHECK,
    ChecksFilter,
    checks_model,
    nothing_words,
    shown_words,
    summary_badges,
)
from staffdev_desktop.ui.cpd.school.hours_model import manager_choices
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import PrimaryButton
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import LineField, set_bad
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable

__all__ = ["AGAIN", "BACK", "TO_CHECK", "ChecksView"]
ROW_HEIGHT = 42
PAPERS = (("&List as shown, on paper…", "paper"), ("List as shown, as a &spreadsheet…", "sheet"))
FIRST_NUMBERS = {SampleBy.EVERY_NTH: "5", SampleBy.LONG: "2", SampleBy.COSTLY: "£100"}
NUMBER_NAMES = {
    SampleBy.EVERY_NTH: "Every how many",
    SampleBy.LONG: "More than how many hours",
    SampleBy.COSTLY: "More than how many pounds",
}


class ChecksView(QWidget):
    """`set_rows` gives it the year’s entries; `wanted` as of a CpdPanel."""

    wanted = Signal(str, object)

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.rows: tuple[CheckRow, ...] = ()
        self._left: tuple[int, int] | None = None  # the entry that was opened, and its place in the list
        self.printer = ReportPrinter(school, hub, self)
        self.model = checks_model(self)
        self.table = HouseTable(self.model, "Entries to check", row_height=ROW_HEIGHT, parent=self)
        GiveWay(self.table, {"day": 850, "state": 850})
        self._build_bar()
        self._build()
        self.find.textChanged.connect(self.model.set_filter)
        self.model.ticks_changed.connect(self._ticks_changed)
        self.model.shown_changed.connect(self._say_shown)
        self.table.opened.connect(self.check_entry)
        self._state_chosen()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build_bar(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.shown = self._choice("What to show", 166, self._state_chosen)
        self.shown.set_choices(SHOWN)
        self.group, self.manager = self._choice("Staff group", 168), self._choice("Line manager", 180)
        self.by = self._choice("How the sample is drawn", 206, self._rule_chosen)
        self.by.set_choices([(by, by) for by in SampleBy])
        self.kind = self._choice("Kind", 170)
        self.number = LineField("", self)
        self.number.setFixedWidth(theme.px(80))
        self.number.edited.connect(self._filtered)
        self.papers = more_button("&Print or save", "Print or save the list", PAPERS, self._paper_chosen, self)
        rest = (self.shown, self.by, self.number, self.kind, self.group, self.manager, self.papers)
        self.bar = FilterRow(self.find, rest, self)

    def _choice(self, name: str, width: int, chosen=None) -> FilterChoice:
        return FilterChoice(name, width, chosen or self._filtered, self)

    def _build(self) -> None:
        self.bulk = BulkBar("entry", "entries", self)
        self.assure = PrimaryButton("&Assure ticked", "checkc", self.bulk)
        self.assure.clicked.connect(self.assure_ticked)
        self.bulk.add(self.assure)
        self.empty = EmptyState("checkc", "", "", parent=self)
        self.card = ListCard(self.table, self, bulk=self.bulk, nothing=self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    # -- what the panel asks --------------------------------------------------------------------------------------------

    def set_rows(self, rows: tuple[CheckRow, ...], managers: Mapping[int, str]) -> None:
        """Show the year’s entries; `managers` are the names of line managers by id."""
        self.rows = tuple(row for row in rows if not row.own)
        groups = sorted({row.entry.group for row in self.rows} - {""}, key=str.casefold)
        self.group.set_choices([(None, "All staff groups"), *((group, group) for group in groups)])
        self.manager.set_choices(manager_choices([row.manager_ids for row in self.rows], managers))
        kinds = sorted({(row.entry.details.kind_id, row.entry.kind) for row in self.rows if row.entry.kind}, key=_by_words)
        self.kind.set_choices(kinds)
        self.model.set_rows(self.rows)
        self._filtered()
        self.card.line.show_badges(summary_badges(self.rows))

    def show_state(self, state: object) -> None:
        """Show those that wait for something."""
        self.shown.set_value(state)
        self._state_chosen()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.choose(self.model.id_at(0))

    def print_list(self) -> None:
        """The list as shown, on paper."""
        from staffdev_desktop.cpd.quality import papers, sheets

        shown, year = self.model.shown_rows(), self._hub.year
        name = sheets.file_name(sheets.CHECKS, year, clock.today())
        texts = sheets.texts_of_checks(shown)
        said = dict(SHOWN)[self.shown.value()]
        self.printer.show(partial(papers.checks_paper, shown, said), year=year, title="CPD to check", file_name=name, texts=texts)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def check_entry(self, entry_id: int) -> None:
        """Look at one entry."""
        row = self.model.row_of(entry_id)
        if row is None:
            return
        self._left = entry_id, self.model.place_of(entry_id) or 0
        dialog = CheckDialog(self._school, row, self)
        dialog.accepted.connect(self._checked)
        dialog.entry_wanted.connect(partial(self.wanted.emit, "log"))
        messages.show(dialog)

    def _checked(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)
        self._go_on()

    def _go_on(self) -> None:
        """Once an entry has left the list, the next one is chosen: ten in a row need no mouse and no arrow key."""
        if self._left is None:
            return
        entry_id, place = self._left
        if self.model.place_of(entry_id) is None:
            self._left = None
            self.table.choose(self.model.id_at(min(place, self.model.rowCount() - 1)) if self.model.rowCount() else None)

    def assure_ticked(self) -> None:
        """Assure every ticked entry that has its impact written, with one undo."""
        chosen = self._assurable()
        if problems_said(self, self._assure, [(row.id, row.entry.revision) for row in chosen]):
            self.model.clear_ticks()
            self._hub.notify(f"{count_of(len(chosen), 'entry', 'entries')} quality assured", undo=True)

    def _assure(self, chosen: list[tuple[int, int]]) -> None:
        self._school.do(assure_many, chosen=chosen)

    def _assurable(self) -> list[CheckRow]:
        rows = [self.model.row_of(key) for key in self.model.ticked()]
        return [row for row in rows if can_be_assured(row.entry)]

    def _paper_chosen(self) -> None:
        if self.sender().data() == "paper":
            self.print_list()
            return
        from staffdev_desktop.cpd.quality import sheets

        name = sheets.file_name(sheets.CHECKS, self._hub.year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.checks_sheet(self.model.shown_rows(), self._hub.year), file_name=name)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _state_chosen(self, *_value: object) -> None:
        self.model.clear_ticks()  # nothing is assured that cannot be seen
        sampling = self.shown.value() == SAMPLE
        for field in (self.group, self.manager):
            field.setVisible(not sampling)
        self.by.setVisible(sampling)
        self._rule_chosen()

    def _rule_chosen(self, *_value: object) -> None:
        by, sampling = SampleBy(self.by.value()), self.shown.value() == SAMPLE
        self.kind.setVisible(sampling and by is SampleBy.KIND)
        self.number.setVisible(sampling and by in FIRST_NUMBERS)
        self.number.set_value(FIRST_NUMBERS.get(by, ""))
        self.number.setAccessibleName(NUMBER_NAMES.get(by, ""))
        self._filtered()

    def sampling(self) -> Sampling:
        """The rule that is chosen. Raises UserError for a number that is none."""
        by, words = SampleBy(self.by.value()), str(self.number.value()).strip()
        if by is SampleBy.KIND:
            return Sampling(by, int(self.kind.value() or 0))
        if by is SampleBy.LONG:
            return Sampling(by, read_minutes(words))
        if by is SampleBy.COSTLY:
            return Sampling(by, read_pounds(words))
        if by is SampleBy.EVERY_NTH and not (words.isdecimal() and int(words)):
            raise UserError("Write a whole number from 1.")
        return Sampling(by, int(words) if by is SampleBy.EVERY_NTH else 0)

    def _filtered(self, *_value: object) -> None:
        shown, drawn = str(self.shown.value()), frozenset[int]()
        if shown == SAMPLE:
            try:
                drawn = frozenset(row.id for row in sample([row for row in self.rows if not row.earlier], self.sampling()))
                self._say_number("")
            except UserError as error:
                self._say_number(error.message)
            self.model.set_condition(ChecksFilter(shown, sample=drawn).keeps)
            return
        self.model.set_condition(ChecksFilter(shown, self.group.value(), self.manager.value()).keeps)

    def _say_number(self, wrong: str) -> None:
        set_bad(self.number, bool(wrong))
        self.number.setToolTip(wrong)
        self.number.setAccessibleDescription(wrong)

    def _ticks_changed(self) -> None:
        ticked, may = len(self.model.ticked()), len(self._assurable())
        self.assure.setEnabled(bool(may))
        self.assure.setToolTip("" if may == ticked else f"{may} of them have their impact written and are not assured yet")

    def _say_shown(self) -> None:
        self._go_on()
        shown = self.model.rowCount()
        self.card.show_table(bool(shown))
        if not shown:
            self.empty.set_words(*nothing_words(self.rows, str(self.shown.value())))
        self.card.words.setText(shown_words(self.model.shown_rows(), sum(not row.earlier for row in self.rows)))


def _by_words(choice: tuple[object, str]) -> str:
    return choice[1].casefold()
