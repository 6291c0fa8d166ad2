"""The view ‘Directory’: the directory, and the offer by career stage and by strand."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.offer.rules import PHASE, STAGE
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.kernel import clock
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.offer.directory_page import DirectoryPage
from staffdev_desktop.ui.cpd.offer.offer_page import OfferPage
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.sessions.enrolment_dialogs import EnrolDialog
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.segments import Segments

DIRECTORY = "directory"


@dataclass(frozen=True)
class Named:
    """A programme to choose."""

    id: int
    name: str


class OfferPanel(CpdPanel):
    """Three segments: the directory and the two grids."""

    kinds = ("offer_heading", "offer_item", "provider", "directory_item", "programme", "cpd_kind")

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.printer = ReportPrinter(school, hub, self)
        choices = ((DIRECTORY, "&Find training"), (STAGE, "Offer &by career stage"), (PHASE, "Offer, phase &x strand"))
        self.segments = Segments(choices, "Directory or offer", self)
        self.segments.set_value(DIRECTORY)
        options = {"may_run": self.may_run, "programmes": self._programmes, "parent": self}
        self.directory = DirectoryPage(school, hub, **options)
        self.offer = OfferPage(school, hub, **options)
        self.pages = QStackedWidget(self)
        for page in (self.directory, self.offer):
            self.pages.addWidget(page)
            page.enrol_asked.connect(self.enrol)
        self.providers = PlainButton("Pro&viders…", parent=self)
        self.layout_button = PlainButton("Lines and columns…", parent=self)
        self.print_button = PlainButton("&Print…", "print", self)
        self.new_button = PrimaryButton("Add a li&ne…", "plus", self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.segments)
        self.tops = QStackedWidget(self)
        self.tops.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for page in (self.directory, self.offer):
            self.tops.addWidget(page.top)
        head.addWidget(self.tops, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        self.tools.layout().addStretch(1)
        self.add_tools(self.providers, self.layout_button, self.print_button, self.new_button)
        self.segments.edited.connect(self._segment_chosen)
        self.providers.clicked.connect(self.directory.show_providers)
        self.layout_button.clicked.connect(self.offer.lay_out)
        self.print_button.clicked.connect(self.print_shown)
        self.new_button.clicked.connect(self.add_new)
        self._dress()

    # -- what the tab asks ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is shown."""
        if self.segments.value() == DIRECTORY:
            self.directory.refresh()
        else:
            self.offer.show_grid(str(self.segments.value()))

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        self.pages.currentWidget().focus_first()

    def go_to(self, what: object) -> None:
        """Show a segment: ‘directory’, ‘stage’ or ‘phase’."""
        self.segments.set_value(what)
        self._segment_chosen(what)

    def place(self) -> object:
        """Which segment is shown."""
        return self.segments.value()

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        if self.segments.value() == DIRECTORY:
            return [self.segments, self.directory.find, self.directory.table]
        return [self.segments, self.offer.view, self.offer.card.list]

    def print_shown(self) -> None:
        """The directory as it is filtered, or the grid on one page."""
        from staffdev_desktop.cpd.offer import papers

        year, today = self._hub.year, clock.today()
        if self.segments.value() == DIRECTORY:
            rows = self.directory.shown_rows()
            draw, name, texts = partial(papers.directory_paper, rows), papers.DIRECTORY, papers.texts_of_directory(rows)
        else:
            grid = self.offer.grid
            draw, name, texts = partial(papers.offer_paper, grid), papers.OFFER, papers.texts_of_offer(grid)
        file_name = papers.file_name(str(self.segments.value()), today)
        self.printer.show(draw, year=year, title=name, file_name=file_name, texts=texts)

    def add_new(self) -> None:
        """One more line of the directory, or item of the cell chosen."""
        if not self.may_run:
            return
        if self.segments.value() == DIRECTORY:
            self.directory.add_line()
        else:
            self.offer.add_item()

    # -- what is done -----------------------------------------------------------------------------------------------------

    def _segment_chosen(self, _value: object) -> None:
        self._dress()
        self.refresh()

    def _dress(self) -> None:
        here = self.segments.value() == DIRECTORY
        shown = self.directory if here else self.offer
        self.pages.setCurrentWidget(shown)
        self.tops.setCurrentWidget(shown.top)
        self.providers.setVisible(here and self.may_run)
        self.layout_button.setVisible(not here and self.may_run)
        self.new_button.setText("Add a li&ne…" if here else "Add a&n item…")
        self.new_button.setVisible(self.may_run)

    def enrol(self, programme_id: int) -> None:
        """Ask who begins a programme."""
        dialog = EnrolDialog(self._school, programme_id, self)
        dialog.accepted.connect(self._enrolled)
        messages.show(dialog)

    def _enrolled(self) -> None:
        self._hub.notify(*self.sender().said(), undo=True)

    def _programmes(self) -> list[Named]:
        return [Named(row.id, row.details.name) for row in self._school.read(enrolments.programmes, in_use_only=True)]
