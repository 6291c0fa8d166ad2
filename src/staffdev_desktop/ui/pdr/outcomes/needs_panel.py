"""The needs of a year as a work list: who needs what, who arranges it, how far it is. With names, for those who act."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.queries import boards, outcomes
from staffdev_desktop.pdr.reports.figures import needs_summary
from staffdev_desktop.pdr.reports.rows import NeedsSummary
from staffdev_desktop.pdr.reports.rules import most_urgent_first
from staffdev_desktop.pdr.rows import NeedRow
from staffdev_desktop.pdr.rules import SETTLED_NEEDS
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.pdr.outcomes.fields import term_names
from staffdev_desktop.ui.pdr.outcomes.need_dialogs import BookNeedsDialog, MoveNeedDialog
from staffdev_desktop.ui.pdr.outcomes.needs_model import (
    NO_TERM,
    NOBODY,
    NeedFilter,
    choices_of,
    needs_model,
    shown_words,
    state_choices,
    summary_badges,
)
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.year_panel import YearPanel

ROW_HEIGHT = 40
ROOM_FOR_TERM = 1180  # px at 100 per cent
FILTERS = (("state", "State", 130), ("group", "Staff group", 150), ("who", "Who arranges it", 170), ("term", "Term", 160))
LISTS = (("&List as shown, on paper…", "list_paper"), ("List as shown, as a &spreadsheet…", "list_sheet"))
FIGURES = (
    ("&Figures for governors, without names, on paper…", "figures_paper"),
    ("Figures without &names, as a spreadsheet…", "figures_sheet"),
)


class NeedsPanel(YearPanel):
    """The work list of the academic year picked in the header. A reviewer sees the needs of their own reviews and moves none."""

    kinds = ("need", "review", "person", "staff_group", "school_settings", "term")

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._may_run = school.actor.may(Permission.RUN_CYCLE)
        self._needs: tuple[NeedRow, ...] = ()
        self.printer = ReportPrinter(school, hub, self)
        self._build()
        self._wire()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.find.setMinimumWidth(theme.px(150))
        self.filters = {key: FilterChoice(name, width, self._filtered, self) for key, name, width in FILTERS}
        self.filters["state"].set_choices(state_choices())
        papers = (*LISTS, *FIGURES) if self._may_run else LISTS  # a reviewer sees too few for figures of the school
        self.papers = more_button("&Print or save", "Print or save the needs", papers, self._paper_chosen, self)
        self.top = FilterRow(self.find, (*self.filters.values(), self.papers), self)
        self.model = needs_model(self, tickable=self._may_run)
        self.table = HouseTable(self.model, "Training and development needs", row_height=ROW_HEIGHT, parent=self)
        self.bulk = self._bulk_bar()
        self.card = ListCard(self.table, self, bulk=self.bulk)
        self.empty = EmptyState("cap", "", "", parent=self)
        self._main = QStackedWidget(self)
        self._main.addWidget(self.card)
        self._main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.top)
        column.addWidget(self._main, 1)

    def _bulk_bar(self) -> BulkBar:
        bar = BulkBar("need", parent=self)
        self.book = PrimaryButton("Mark as &booked…", "cal", bar)
        self.same = PlainButton("&Tick the same need of others", parent=bar)
        self.book.clicked.connect(self.book_ticked)
        self.same.clicked.connect(self.tick_the_same)
        bar.add(self.same)
        bar.add(self.book)
        return bar

    def _wire(self) -> None:
        self.find.textChanged.connect(self.model.set_filter)
        self.model.ticks_changed.connect(self._ticks_changed)
        self.model.shown_changed.connect(self._say_shown)
        self.table.opened.connect(self.move_need)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the year's needs and show them, the most urgent first."""
        self._needs = most_urgent_first(self._school.read(outcomes.needs_list, year=self._hub.year), clock.today())
        self.filters["group"].set_choices(choices_of(self._needs, "group", "All groups"))
        self.filters["who"].set_choices(choices_of(self._needs, "who", "Whoever arranges it", (NOBODY, "Nobody yet")))
        self.filters["term"].set_choices(choices_of(self._needs, "term", "All terms", (NO_TERM, "No term yet")))
        self.model.set_rows(self._needs)
        self._filtered()
        self._show_badges()
        if not self._needs:
            self.empty.set_words(
                f"No training or development need is named in {year_label(self._hub.year)} yet",
                "They come from review statements as soon as these are agreed.",
            )
        self._main.setCurrentIndex(0 if self._needs else 1)
        self.top.setEnabled(bool(self._needs))

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        if self._needs:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.find, self.table]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, or large letters, the term leaves its room to the need."""
        super().resizeEvent(event)
        term = next(place for place, column in enumerate(self.model.columns) if column.key == "term")
        self.table.setColumnHidden(term, self.width() < theme.px(ROOM_FOR_TERM))

    # -- what is done ---------------------------------------------------------------------------------------------------

    def move_need(self, need_id: int) -> None:
        """Ask how far a need is."""
        need = self.model.row_of(need_id)
        if need is None or not self._may_run:
            return
        dialog = MoveNeedDialog(self._school, need, self._known_names(), self)
        dialog.accepted.connect(self._moved)
        messages.show(dialog)

    def _moved(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def book_ticked(self) -> None:
        """Ask about the course that the ticked needs are booked on."""
        dialog = BookNeedsDialog(self._school, self._open_ticked(), self._known_names(), self)
        dialog.accepted.connect(self._booked)
        messages.show(dialog)

    def _booked(self) -> None:
        self.model.clear_ticks()
        self._hub.notify(f"{count_of(self.sender().booked, 'need')} booked", undo=True)

    def tick_the_same(self) -> None:
        """Tick everybody's open need of the same words as those ticked."""
        wanted = {searchable(need.need) for need in self._open_ticked()}
        self.model.set_ticked([need.id for need in self._needs if searchable(need.need) in wanted and need.state not in SETTLED_NEEDS])

    def _open_ticked(self) -> list[NeedRow]:
        rows = [self.model.row_of(key) for key in self.model.ticked()]
        return [need for need in rows if need.state not in SETTLED_NEEDS]

    def _known_names(self) -> list[str]:
        return [*(need.who for need in self._needs), *(person.name for person in self._school.read(staff.names, on_roll_only=True))]

    def _paper_chosen(self) -> None:
        getattr(self, f"_{self.sender().data()}")()

    def _list_paper(self) -> None:
        from staffdev_desktop.pdr.reports import papers, sheets

        shown, year = self.model.shown_rows(), self._hub.year
        name = sheets.file_name(sheets.NEEDS, year, clock.today())
        texts = sheets.texts_of_needs(shown)
        self.printer.show(partial(papers.needs_list_paper, shown), year=year, title="Training needs", file_name=name, texts=texts)

    def _figures_paper(self) -> None:
        from staffdev_desktop.pdr.reports import papers, sheets

        summary = self._summary()
        name = sheets.file_name(sheets.SUMMARY, summary.year, clock.today())
        texts = [figure.label for figure in (*summary.by_group, *summary.by_term)]
        self.printer.show(
            partial(papers.needs_summary_paper, summary), year=summary.year, title="Training needs in figures", file_name=name, texts=texts
        )

    def _list_sheet(self) -> None:
        from staffdev_desktop.pdr.reports import sheets

        name = sheets.file_name(sheets.NEEDS, self._hub.year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.needs_sheet(self.model.shown_rows(), self._hub.year), file_name=name)

    def _figures_sheet(self) -> None:
        from staffdev_desktop.pdr.reports import sheets

        name = sheets.file_name(sheets.SUMMARY, self._hub.year, clock.today(), "xlsx")
        self.printer.save_sheet(sheets.summary_sheet(self._summary()), file_name=name)

    def _summary(self) -> NeedsSummary:
        year = self._hub.year
        people = {row.id: row.person_id for row in self._school.read(boards.cycle_board, year=year)}
        terms = term_names(self._school.read(settings.calendar).terms)
        minimum = self._school.read(settings.school).minimum_group
        return needs_summary(self._needs, people, year=year, minimum=minimum, terms=terms, today=clock.today())

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _filtered(self, *_value: object) -> None:
        wanted = NeedFilter(**{key: field.value() for key, field in self.filters.items()})
        self.model.set_condition(wanted.keeps)

    def _ticks_changed(self) -> None:
        may_book = bool(self._open_ticked())
        self.book.setEnabled(may_book)
        self.same.setEnabled(may_book)

    def _say_shown(self) -> None:
        self.card.words.setText(shown_words(self.model.rowCount(), self._needs))

    def _show_badges(self) -> None:
        who = Counter(need.who or "Nobody" for need in self._needs if need.state not in SETTLED_NEEDS).most_common(1)
        most = role_label(f"{who[0][0]} has {count_of(who[0][1], 'open need')}", "second", self.card) if who else None
        self.card.line.show_badges(summary_badges(self._needs), most)
