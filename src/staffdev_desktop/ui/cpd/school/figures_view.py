"""What it was worth: kinds and providers in figures, and programmes against the standard for professional development."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.quality import queries
from staffdev_desktop.cpd.quality.figures import kind_of, provider_of, results
from staffdev_desktop.cpd.quality.rows import CheckRow, ProgrammeRow
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.school.figures_model import programmes_model, programmes_words, results_model
from staffdev_desktop.ui.cpd.school.score_dialog import ScoreDialog
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.list_card import foot_row
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterChoice
from staffdev_desktop.ui.widgets.table_view import HouseTable

ROW_HEIGHT = 40
KIND, PROVIDER, PROGRAMMES = "kind", "provider", "programmes"
SHOWN = ((KIND, "Results by kind"), (PROVIDER, "Results by provider"), (PROGRAMMES, "Programmes against the standard"))
KEYS = {KIND: kind_of, PROVIDER: provider_of}
PAPERS = (
    ("&Figures without names, on paper…", "paper"),
    ("Figures without names, as a &spreadsheet…", "sheet"),
    ("&Programmes against the standard, on paper…", "programmes"),
)


class FiguresView(QWidget):
    """`set_rows` gives it the year’s entries; `wanted` as of a CpdPanel."""

    wanted = Signal(str, object)

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self._rows: tuple[CheckRow, ...] = ()
        self.programmes: tuple[ProgrammeRow, ...] = ()
        self.printer = ReportPrinter(school, hub, self)
        self.results = HouseTable(results_model(self), "Results", row_height=ROW_HEIGHT, parent=self)
        self.scores = HouseTable(programmes_model(self), "Programmes against the standard", row_height=ROW_HEIGHT, parent=self)
        self.scores.opened.connect(self.score)
        self._build()

    def _build(self) -> None:
        self.shown, self.group = FilterChoice("Figures", 260, self._show, self), FilterChoice("Staff group", 180, self._show, self)
        self.shown.set_choices(SHOWN)
        self.papers = more_button("&Print or save", "Print or save the figures", PAPERS, self._paper_chosen, self)
        self.bar = QWidget(self)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for field in (self.shown, self.group, self.papers):
            row.addWidget(field)
        self.empty = EmptyState("cap", "", "", parent=self)
        self.words = role_label("", "second", self)
        card = Card(self, flush=True)
        self._tables = QStackedWidget(card)
        for table in (self.results, self.scores):
            self._tables.addWidget(table)
        card.body.addWidget(self._tables, 1)
        card.body.addLayout(foot_row(self.words))
        self._main = QStackedWidget(self)
        self._main.addWidget(card)
        self._main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._main)

    @property
    def table(self) -> HouseTable:
        """The table that is shown."""
        return self._tables.currentWidget()

    def set_rows(self, rows: tuple[CheckRow, ...]) -> None:
        """Show the year’s entries in figures, and how programmes stand."""
        self._rows = rows
        self.programmes = self._school.read(queries.programmes)
        groups = sorted({row.entry.group for row in rows} - {""}, key=str.casefold)
        self.group.set_choices([(None, "All staff groups"), *((group, group) for group in groups)])
        self._show()

    def focus_first(self) -> None:
        """Put the keyboard on the table."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def score(self, programme_id: int) -> None:
        """Ask how a programme stands."""
        row = self.scores.model().row_of(programme_id)
        if row is not None:
            dialog = ScoreDialog(self._school, row, self)
            dialog.accepted.connect(self._scored)
            messages.show(dialog)

    def _scored(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def _show(self, *_value: object) -> None:
        programmes = self.shown.value() == PROGRAMMES
        self.group.setVisible(not programmes)
        self._tables.setCurrentWidget(self.scores if programmes else self.results)
        if programmes:
            self.scores.model().set_rows(self.programmes)
            self.words.setText(programmes_words(self.programmes))
            self.empty.set_words("No programme is in use yet", "Sessions and programmes has those of the school.")
            self._main.setCurrentIndex(0 if self.programmes else 1)
            return
        entries = self._entries()
        self.results.model().set_rows(results(entries, KEYS[str(self.shown.value())]))
        cost = sum(entry.details.pence or 0 for entry in entries)
        time = sum(entry.details.minutes for entry in entries)
        said = f"{count_of(len(entries), 'entry', 'entries')}, {hours(time)} hours, {pounds(cost)} entered. The paper names nobody."
        self.words.setText(said)
        self.empty.set_words(f"Nothing is in the log of {year_label(self._hub.year)} yet", "Figures come with the first entries.")
        self._main.setCurrentIndex(0 if entries else 1)

    def _entries(self) -> list:
        group = self.group.value()
        return [row.entry for row in self._rows if group in (None, row.entry.group)]

    def print_list(self) -> None:
        """What is shown, on paper: figures without names, or the programmes."""
        from staffdev_desktop.cpd.quality import papers, sheets

        year, today = self._hub.year, clock.today()
        if self.shown.value() == PROGRAMMES:
            self._print_programmes()
            return
        entries, minimum = self._entries(), self._school.read(settings.school).minimum_group
        draw = partial(papers.results_paper, entries, minimum, str(self.group.value() or ""))
        texts = [entry.details.provider for entry in entries]
        name = sheets.file_name(sheets.RESULTS, year, today)
        self.printer.show(draw, year=year, title="What CPD was worth", file_name=name, texts=texts)

    def _print_programmes(self) -> None:
        from staffdev_desktop.cpd.quality import papers, sheets

        year, today = self._hub.year, clock.today()
        name = sheets.file_name(sheets.PROGRAMMES, year, today)
        texts = [words for row in self.programmes for words in (row.name, row.provider, *(score.words for score in row.scores))]
        draw = partial(papers.programmes_paper, self.programmes)
        self.printer.show(draw, year=year, title="Programmes against the standard", file_name=name, texts=texts)

    def _paper_chosen(self) -> None:
        verb = self.sender().data()
        if verb == "programmes":
            self._print_programmes()
        elif verb == "paper":
            if self.shown.value() == PROGRAMMES:
                self.shown.set_value(KIND)
                self._show()
            self.print_list()
        else:
            self._save_sheet()

    def _save_sheet(self) -> None:
        from staffdev_desktop.cpd.quality import sheets

        year, minimum = self._hub.year, self._school.read(settings.school).minimum_group
        name = sheets.file_name(sheets.RESULTS, year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.results_sheet(self._entries(), minimum, year), file_name=name)
