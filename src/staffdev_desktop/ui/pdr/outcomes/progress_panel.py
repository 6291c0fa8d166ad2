"""How far each staff group is against the deadline, and whom to remind: on screen, on paper, as slips, as spreadsheets."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_in_sentence
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.reports import queries as reports
from staffdev_desktop.pdr.reports.figures import all_progress, in_cycle, progress_by_group, progress_without_names
from staffdev_desktop.pdr.reports.rows import Chase, GroupProgress
from staffdev_desktop.pdr.reports.rules import by_person, by_reviewer, chases, slips, waited
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel
from staffdev_desktop.ui.year_panel import YearPanel

REVIEWER, PERSON = "reviewer", "person"
PROGRESS_WIDTH, BELOW = 620, 1120  # px at 100 per cent: under this page width the two stand one above the other
PAPERS = (
    ("&Chase list as shown…", "chase_paper"),
    ("&Slips for pigeonholes…", "slips_paper"),
    ("&Figures for governors, without names…", "figures_paper"),
)
SHEETS = (
    ("&Chase list…", "chase_sheet"),
    ("&Progress by staff group…", "progress_sheet"),
    ("&Figures without names…", "figures_sheet"),
)


def _number(key: str, row: GroupProgress) -> str:
    return str(getattr(row, key)) if getattr(row, key) else "–"


def _sort_number(key: str, row: GroupProgress) -> int:
    return getattr(row, key)


def _group(row: GroupProgress) -> str:
    return row.group


def _late_badge(row: GroupProgress) -> BadgeText | None:
    return BadgeText("late", str(row.late)) if row.late else None


def progress_model(parent: QWidget) -> TableModel:
    """Staff groups and how many of their reviews have come how far."""
    titles = (("reviews", "Reviews"), ("returned", "Returned"), ("booked", "Booked"), ("agreed", "Agreed"), ("signed", "Signed"))
    numbers = [Column(key, title, 74, partial(_number, key), sort_key=partial(_sort_number, key), align="right") for key, title in titles]
    late = Column("late", "Late", 74, partial(_number, "late"), sort_key=_late, extra=_late_badge, delegate=BadgeDelegate)
    return TableModel((Column("group", "Staff group", 0, _group), *numbers, late), row_id=_group, parent=parent)


def _late(row: GroupProgress) -> int:
    return row.late


def _word(key: str, chase: Chase) -> str:
    return getattr(chase, key)


def _chase_badge(chase: Chase) -> BadgeText:
    return BadgeText("late" if chase.late else "warn", waited(chase))


def chase_model(parent: QWidget) -> TableModel:
    """Whom to remind of what."""
    columns = (
        Column("name", "Member of staff", 0, partial(_word, "name"), extra=partial(_word, "group"), delegate=TwoLineDelegate),
        Column("reviewer", "Reviewer", 150, partial(_word, "reviewer")),
        Column("waiting", "Waiting for", 190, partial(_word, "waiting_for"), extra=partial(_word, "detail"), delegate=TwoLineDelegate),
        Column("days", "How long", 136, waited, sort_key=_urgency, extra=_chase_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, row_id=_review_id, parent=parent)


def _review_id(chase: Chase) -> int:
    return chase.review_id


def _urgency(chase: Chase) -> tuple[bool, int]:
    return not chase.late, -chase.days if chase.late else chase.days


class ProgressPanel(YearPanel):
    """Of the academic year picked in the header. Enter on a line of the chase list opens its review."""

    kinds = ("review", "cycle", "person", "staff_group", "statement")

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._may_run = school.actor.may(Permission.RUN_CYCLE)
        self._rows: tuple[BoardRow, ...] = ()
        self._groups_now: tuple[GroupProgress, ...] = ()
        self._chases: tuple[Chase, ...] = ()
        self.printer = ReportPrinter(school, hub, self)
        self._build()
        self.order.edited.connect(self._show_chases)
        self.chase.opened.connect(self._open)

    def _build(self) -> None:
        self.words = role_label("", "second", self)
        self.order = Segments([(REVIEWER, "By &reviewer"), (PERSON, "&By person")], "Order of the chase list", self)
        self.order.set_value(REVIEWER)
        self.papers = more_button("&Print", "Print", PAPERS, self._verb_chosen, self)
        self.sheets = more_button("Sa&ve as a spreadsheet", "Save as a spreadsheet", SHEETS, self._verb_chosen, self)
        for button in (self.papers, self.sheets):
            button.setVisible(self._may_run)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.words, 1)
        top.addWidget(self.sheets)
        top.addWidget(self.papers)
        self.progress = HouseTable(progress_model(self), "Progress by staff group", parent=self)
        self.chase = HouseTable(chase_model(self), "Chase list", row_height=40, parent=self)
        self._groups = Card(self, flush=True)
        self._groups.body.addLayout(_head(CardTitle("How far each staff group is", "away and not in this cycle left out", self)))
        self._groups.body.addWidget(self.progress, 1)
        self._title = CardTitle("Chase list", parent=self)
        self._title.add(self.order)
        right = Card(self, flush=True)
        right.body.addLayout(_head(self._title))
        right.body.addWidget(self.chase, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        self._sides.addWidget(self._groups, 2)
        self._sides.addWidget(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._sides, 1)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the year's reviews and show how far they are."""
        today = clock.today()
        self._rows = self._school.read(boards.cycle_board, year=self._hub.year)
        self._groups_now = progress_by_group(self._rows, today)
        self._chases = chases(self._rows, today)
        several = len(self._groups_now) > 1
        self.progress.model().set_rows((*self._groups_now, all_progress(self._groups_now)) if several else self._groups_now)
        self._say(in_cycle(self._rows))
        self._show_chases()
        for button in (self.papers, self.sheets):
            button.setEnabled(bool(self._rows))

    def focus_first(self) -> None:
        """Put the keyboard on the chase list, or on the groups where nobody has to be reminded."""
        (self.chase if self._chases else self.progress).setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.progress, self.chase]

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _say(self, expected: Sequence[BoardRow]) -> None:
        if not expected:
            self.words.setText("No review is to be held this year yet.")
            return
        agreed = sum(row.dates.agreed_at is not None for row in expected)
        deadline = max(row.deadline for row in expected)
        self.words.setText(f"{agreed} of {count_of(len(expected), 'review')} agreed. Last deadline {day_in_sentence(deadline)}.")

    def _ordered(self) -> tuple[Chase, ...]:
        if self.order.value() == PERSON:
            return by_person(self._chases)
        return tuple(chase for _, theirs in by_reviewer(self._chases) for chase in theirs)

    def _show_chases(self, *_order: object) -> None:
        self.chase.model().sort(-1)
        self.chase.model().set_rows(self._ordered())
        number = len(self._chases)
        self._title.set_words("Chase list", count_of(number, "review") if number else "Nobody has to be reminded today")

    def _open(self, review_id: int) -> None:
        self._hub.open_review.emit(review_id)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _verb_chosen(self) -> None:
        getattr(self, f"_{self.sender().data()}")()

    def _figures(self):
        minimum = self._school.read(settings.school).minimum_group
        return progress_without_names(self._rows, minimum), minimum

    def _chase_paper(self) -> None:
        from staffdev_desktop.pdr.reports import papers, sheets

        draw = partial(papers.chase_paper, self._chases, self._groups_now, reviewers=self.order.value() == REVIEWER)
        texts = sheets.texts_of_chases(self._chases)
        self._show(draw, "Chase list", sheets.CHASE, texts)

    def _slips_paper(self) -> None:
        from staffdev_desktop.pdr.reports import papers, sheets

        rooms = {place.person_id: place.room for place in self._school.read(reports.places)}
        return_to = self._school.read(settings.school).return_to
        made = slips(self._rows, rooms, return_to=return_to, today=clock.today())
        if not made:
            self._hub.notify("Nobody has to be reminded today", "So there are no slips to print.", kind="info")
            return
        texts = [words for slip in made for words in (slip.name, slip.room, *slip.asks)]
        self._show(partial(papers.slips_paper, made), "Slips for pigeonholes", sheets.SLIPS, texts)

    def _figures_paper(self) -> None:
        from staffdev_desktop.pdr.reports import papers, sheets

        figures, minimum = self._figures()
        deadline = max((row.deadline for row in self._rows), default=None)
        draw = partial(papers.progress_paper, figures, deadline=deadline, minimum=minimum)
        self._show(draw, "Reviews in figures", sheets.PROGRESS, [figure.label for figure in figures])

    def _show(self, draw, title: str, kind: str, texts: Sequence[str]) -> None:
        from staffdev_desktop.pdr.reports import sheets

        name = sheets.file_name(kind, self._hub.year, clock.today())
        self.printer.show(draw, year=self._hub.year, title=title, file_name=name, texts=texts)

    def _chase_sheet(self) -> None:
        from staffdev_desktop.pdr.reports import sheets

        self._save(sheets.chase_sheet(self._ordered(), self._hub.year), sheets.CHASE)

    def _progress_sheet(self) -> None:
        from staffdev_desktop.pdr.reports import sheets

        self._save(sheets.progress_sheet(self._groups_now, self._hub.year), "progress")

    def _figures_sheet(self) -> None:
        from staffdev_desktop.pdr.reports import sheets

        self._save(sheets.progress_figures_sheet(self._figures()[0], self._hub.year), sheets.PROGRESS)

    def _save(self, content: bytes, kind: str) -> None:
        from staffdev_desktop.pdr.reports import sheets

        self.printer.save_sheet(content, file_name=sheets.file_name(kind, self._hub.year, clock.today(), "xlsx"))

    # -- room -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow page the two tables stand one above the other."""
        super().resizeEvent(event)
        below = self.width() < theme.px(BELOW)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self._groups.setMinimumWidth(0 if below else theme.px(PROGRESS_WIDTH))
        self._groups.setMaximumWidth(16777215 if below else theme.px(PROGRESS_WIDTH))


def _head(title: CardTitle) -> QVBoxLayout:
    row = QVBoxLayout()
    row.setContentsMargins(14, 7, 10, 7)
    title.setMinimumHeight(theme.px(32))
    row.addWidget(title)
    return row
