"""What a business manager sees first of CPD: who is behind, what waits for a check, what it was worth."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.log.requests.rows import RequestStage
from staffdev_desktop.cpd.log.rows import EntryStatus
from staffdev_desktop.cpd.quality import queries as quality
from staffdev_desktop.ui.cpd.importing.view import open_import
from staffdev_desktop.ui.cpd.log.many import open_many
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.school.checks_view import AGAIN, BACK, TO_CHECK, ChecksView
from staffdev_desktop.ui.cpd.school.figures_view import FiguresView
from staffdev_desktop.ui.cpd.school.hours_view import HoursView
from staffdev_desktop.ui.cpd.school.side import SchoolSide, Waiting
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.segments import Segments

HOURS, CHECKS, FIGURES = "hours", "checks", "figures"
PARTS = ((HOURS, "Who is &behind"), (CHECKS, "&Quality assurance"), (FIGURES, "&Figures"))


class SchoolPanel(CpdPanel):
    """Three parts, each with its own bar of filters. A reviewer sees their own team in all of them."""

    kinds = (
        "entry", "entry_check", "entry_evidence", "cpd_kind", "cpd_settings", "cpd_request", "entitlement", "uncounted_kind", "absence",
        "programme", "programme_score", "enrolment", "person", "employment", "holding", "post", "staff_group", "term", "closure",
        "school_settings", "list_item",
    )  # fmt: skip

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.part = Segments(PARTS, "Part", self)
        self.hours, self.checks, self.figures = HoursView(school, hub, self), ChecksView(school, hub, self), FiguresView(school, hub, self)
        self.parts = {HOURS: self.hours, CHECKS: self.checks, FIGURES: self.figures}
        self.bars, self.middle = QStackedWidget(self), QStackedWidget(self)
        for view in self.parts.values():
            self.bars.addWidget(view.bar)
            self.middle.addWidget(view)
            view.wanted.connect(self.wanted)
        self.side = SchoolSide(self)
        top, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.setSpacing(12)
        top.addWidget(self.part)
        top.addWidget(self.bars, 1)
        below.setSpacing(16)
        below.addWidget(self.middle, 1)
        below.addWidget(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below, 1)
        self._build_tools()
        self.part.set_value(HOURS)
        self.part.edited.connect(self._chosen)
        self.hours.read.connect(self.side.show_groups)
        self.side.group_wanted.connect(self._show_group)
        self.side.waiting_wanted.connect(self._open_waiting)

    def _build_tools(self) -> None:
        self.many = PlainButton("I&NSET for many…", "staff", self.tools)
        self.take_in = PlainButton("Take &in a spreadsheet…", "doc", self.tools)
        self.many.clicked.connect(self.log_for_many)
        self.take_in.clicked.connect(self.take_in_spreadsheet)
        may_keep = self._school.actor.may(Permission.KEEP_CPD)
        for button in (self.many, self.take_in):
            button.setVisible(may_keep)
        self.add_tools(self.take_in, self.many)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is shown, and what waits."""
        rows = self._school.read(quality.checks, year=self._hub.year)
        managers = self._school.read(ledger.line_managers)
        self.checks.set_rows(rows, managers)
        self.figures.set_rows(tuple(row for row in rows if not row.earlier))
        self.hours.refresh(managers)
        self._show_waiting()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.parts[self.part.value()].focus_first()

    def go_to(self, what: object) -> None:
        """A part, or a part and what to show in it."""
        part, shown = what if isinstance(what, tuple) else (what, None)
        self.show_part(str(part), shown)

    def place(self) -> object:
        """Which part is shown."""
        return self.part.value()

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        view = self.parts[self.part.value()]
        return [self.part, view.bar, view.table, self.side]

    def print_shown(self) -> None:
        """Ctrl+P: the list as it is shown."""
        self.parts[self.part.value()].print_list()

    def add_new(self) -> None:
        """Ctrl+N: a day for many people."""
        self.log_for_many()

    def log_for_many(self) -> None:
        """One day of training for many people."""
        open_many(self._school, self._hub, self)

    def take_in_spreadsheet(self) -> None:
        """The central spreadsheet, a matrix of courses, a log sheet that came back."""
        open_import(self, "school")

    # -- inside ---------------------------------------------------------------------------------------------------------

    def show_part(self, part: str, shown: object = None) -> None:
        """Show a part; of the checks, those that wait for something."""
        self.part.set_value(part)
        self.bars.setCurrentWidget(self.parts[part].bar)
        self.middle.setCurrentWidget(self.parts[part])
        if shown is not None:
            self.checks.show_state(shown)
        self.focus_first()

    def _chosen(self, part: object) -> None:
        self.show_part(str(part))

    def _show_group(self, group: str) -> None:
        self.show_part(HOURS)
        self.hours.show_group(group)

    def _open_waiting(self, key: str) -> None:
        if key == "requests":
            self.wanted.emit("log", "requests")
        else:
            self.show_part(CHECKS, key)

    def _show_waiting(self) -> None:
        rows = [row for row in self.checks.rows if not row.earlier]
        asked = self._school.read(requests.requests, year=self._hub.year)
        lines = (
            Waiting(TO_CHECK, "half", "info", sum(row.entry.status is EntryStatus.TO_CHECK for row in rows), "to check"),
            Waiting(AGAIN, "clock", "warn", sum(row.again for row in self.checks.rows), "to look at again"),
            Waiting(BACK, "chat", "warn", sum(row.entry.status is EntryStatus.SENT_BACK for row in rows), "sent back, not answered"),
            Waiting("requests", "sign", "warn", sum(row.stage is RequestStage.ASKED for row in asked), "requests to decide"),
        )
        self.side.show_waiting([line for line in lines if line.count])
