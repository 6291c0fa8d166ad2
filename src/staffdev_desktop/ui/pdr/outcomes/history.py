"""A person's reviews through the years, with what came of each target: a panel, and a dialog that prints it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.queries import boards, outcomes
from staffdev_desktop.pdr.reports.rules import outcomes_in_words
from staffdev_desktop.pdr.rows import HistoryRow, TargetRow
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import role_label

WIDE, HIGH = 720, 420
OUTCOME_WIDTH = 132
_BADGES = {
    "met": BadgeText("ok", "Met"),
    "partly met": BadgeText("info", "Partly met"),
    "not met": BadgeText("warn", "Not met", "dot"),
    "carried forward": BadgeText("info", "Carried forward", "right"),
    "dropped": BadgeText("mute", "Dropped", "x"),
}
UNDER_WAY = BadgeText("mute", "Under way")


class HistoryPanel(ClearScroll):
    """Shows a person's years, the newest first. `show_person(person_id)`; words only where there is nothing yet."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.person_id: int | None = None
        self.rows: tuple[HistoryRow, ...] = ()
        self.setAccessibleName("Review history")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll

    def show_person(self, person_id: int) -> None:
        """Show this person's reviews."""
        self.person_id = person_id
        self.refresh()

    def refresh(self, *_year: int) -> None:
        """Read them again."""
        self.rows = () if self.person_id is None else self._school.read(outcomes.history, person_id=self.person_id)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if words := outcomes_in_words(self.rows):
            column.addWidget(role_label(f"{words}.", "strong", page, wrap=True))
        if not self.rows:
            column.addWidget(role_label("There is no review of this person yet.", "second", page, wrap=True))
        for row in self.rows:
            column.addWidget(_year_card(row, page))
        column.addStretch(1)
        self.setWidget(page)

    def focus_first(self) -> None:
        """Put the keyboard where Up and Down scroll."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Nothing is typed here."""


def review_words(row: HistoryRow) -> str:
    """‘Agreed 14 October 2026 with Ruth Pemberton · PDR-2026-0031’."""
    state = f"Agreed {long_day(row.agreed_on)}" if row.agreed_on else str(row.stage)
    with_whom = f" with {row.reviewer}" if row.reviewer else ""
    return f"{state}{with_whom} · {row.number}"


def _year_card(row: HistoryRow, parent: QWidget) -> Card:
    card = Card(parent)
    card.body.addWidget(CardTitle(year_label(row.year), review_words(row), card))
    if not row.targets:
        words = "No targets." if row.agreed_on else "Nothing is agreed yet."
        card.body.addWidget(role_label(words, "second", card, wrap=True))
    for place, target in enumerate(row.targets):
        if place:
            card.body.addWidget(Rule(card))
        card.body.addLayout(_target_line(target, card))
    return card


def _target_line(target: TargetRow, parent: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(10)
    badge_box = QVBoxLayout()
    badge_box.addWidget(Badge(_BADGES.get(target.outcome, UNDER_WAY), parent))
    badge_box.addStretch(1)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(role_label(target.target, "body", parent, wrap=True))
    came = " ".join(part for part in (target.note, target.reason) if part)
    second = [f"By {day_with_year(target.by_when)}" if target.by_when else "", came]
    if said := " · ".join(part for part in second if part):
        words.addWidget(role_label(said, "small", parent, wrap=True))
    holder = QWidget(parent)
    holder.setFixedWidth(theme.px(OUTCOME_WIDTH))
    holder.setLayout(badge_box)
    badge_box.setContentsMargins(0, 0, 0, 0)
    line.addWidget(holder)
    line.addLayout(words, 1)
    return line


class HistoryDialog(HouseDialog):
    """The history of one person, to look at and to print."""

    def __init__(self, school, hub, person_id: int, parent: QWidget | None = None) -> None:
        name, post, number = who_is(school, person_id)
        super().__init__(f"{name}: reviews through the years", post, safe="&Close", parent=parent)
        self.setMaximumWidth(16_777_215)
        self.resize(theme.px(WIDE), theme.px(HIGH + 150))
        self._facts = {"name": name, "post": post, "staff_number": number}
        self._year = hub.year
        self.panel = HistoryPanel(school, hub, self)
        self.panel.setMinimumSize(theme.px(WIDE - 60), theme.px(HIGH))
        self.panel.show_person(person_id)
        self.body.addWidget(self.panel, 1)
        self.printer = ReportPrinter(school, hub, self)
        self.print_button = PlainButton("&Print…", "print", self)
        self.print_button.setEnabled(bool(self.panel.rows))
        self.print_button.clicked.connect(self.print_it)
        self.add_left(self.print_button)

    def print_it(self) -> None:
        """Show it on paper."""
        print_history(self.printer, self.panel.rows, year=self._year, **self._facts)


def print_history(printer: ReportPrinter, rows: Sequence[HistoryRow], *, year: int, name: str, post: str, staff_number: str) -> None:
    """A person's history as the paper that would be printed."""
    from staffdev_desktop.pdr.reports import papers, sheets

    def draw(printed: object) -> bytes:
        return papers.history_paper(rows, name=name, post=post, staff_number=staff_number, printed=printed)

    file_name = sheets.file_name(sheets.HISTORY, staff_number, clock.today())
    texts = (name, post, *sheets.texts_of_history(rows))
    printer.show(draw, year=year, title=f"{count_of(len(rows), 'review')} of {name}", file_name=file_name, texts=texts)


def who_is(school, person_id: int) -> tuple[str, str, str]:
    """Name, post and staff number of a person: from the staff list, or for a reviewer from the reviews that they may see."""
    if school.actor.may(Permission.SEE_STAFF):
        record = school.read(staff.person_record, person_id=person_id)
        post = ", ".join(row.details.title for row in record.current)
        return record.name, post, record.details.staff_number
    rows = school.read(outcomes.history, person_id=person_id)
    if not rows:
        raise UserError("There is no review of this person that you may see.")
    board = school.read(boards.cycle_board, review_id=rows[0].review_id)[0]
    return board.name, board.posts, board.staff_number
