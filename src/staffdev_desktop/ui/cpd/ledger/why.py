"""Why somebody’s hours are what they are: the rule, factor by factor, and the entries behind the number."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.ledger import queries
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR, EntryLine, Part, PersonLedger
from staffdev_desktop.cpd.ledger.rules import standing_words
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.cpd.ledger.absences import AbsencesDialog
from staffdev_desktop.ui.cpd.ledger.cards import KINDS, Why
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.hours_bar import HoursBar
from staffdev_desktop.ui.widgets.list_card import take_out_all
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, ROW, MOST_ROWS = 760, 38, 6
DIGITS = "123456789"


def open_why(school, hub, parent: QWidget, why: Why, wanted: Callable[[str, object], object]) -> None:
    """Show why. Enter on an entry goes to it: `wanted(‘log’, (‘entry’, person_id, entry_id))`."""
    dialog = WhyDialog(school, hub, why, parent)
    dialog.entry_wanted.connect(partial(wanted, "log"))
    messages.show(dialog)


def why_title(ledger: PersonLedger, part: Part) -> str:
    """The question that the dialog answers."""
    if part.behind:
        return f"Why is {ledger.person.name} {hours(part.behind)} {'hour' if part.behind == 60 else 'hours'} behind?"
    return f"Why {hours(part.have)} of {hours(part.due)} hours for {ledger.person.name}?"


class WhyDialog(HouseDialog):
    """A term or the whole year of one person; the segments change which. `entry_wanted` gives what the log’s `go_to` takes."""

    entry_wanted = Signal(object)

    def __init__(self, school, hub, why: Why, parent: QWidget | None = None) -> None:
        super().__init__("", safe="&Close", parent=parent)
        self.setMinimumWidth(theme.px(WIDE))
        self.setMaximumWidth(16_777_215)
        self._school, self._why = school, why
        self.ledger: PersonLedger = school.read(queries.ledger, year=why.year, person_id=why.person_id)[0]
        self.printer = ReportPrinter(school, hub, self)
        self._build()
        self.show_part(why.part)
        hub.changed.connect(self._changed)

    def _build(self) -> None:
        names = [(place, f"&{DIGITS[place]} {term.name}") for place, term in enumerate(self.ledger.terms)]
        self.parts = Segments([*names, (WHOLE_YEAR, "&Whole year")], "Which hours", self)
        self.bar = HoursBar(self)
        self.standing = role_label("", "strong", self)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.parts)
        top.addWidget(self.bar, 1)
        self.rule = QFrame(self)
        self.rule.setProperty("panel", "quiet")
        self._steps = QGridLayout(self.rule)
        self._steps.setContentsMargins(14, 10, 14, 10)
        self._steps.setVerticalSpacing(5)
        self._steps.setHorizontalSpacing(16)
        self._steps.setColumnStretch(0, 1)
        self.model = TableModel(_columns(), parent=self)
        self.table = HouseTable(self.model, "Entries behind the number", row_height=ROW, parent=self)
        self.none = role_label("", "second", self, wrap=True)
        self.entries = role_label("", "label", self)
        self.body.addLayout(top)
        for part in (self.standing, role_label("What is owed", "label", self), self.rule, self.entries, self.table, self.none):
            self.body.addWidget(part)
        self.print_button = PlainButton("&Print…", "print", self)
        self.away = PlainButton("&Absences…", "cal", self)
        self.away.setVisible(self._school.actor.may(Permission.KEEP_CPD))
        self.add_left(self.away)
        self.add_left(self.print_button)
        self.parts.edited.connect(self.show_part)
        self.table.opened.connect(self._open_entry)
        self.print_button.clicked.connect(self.print_shown)
        self.away.clicked.connect(self.change_absences)

    def show_part(self, place: object) -> None:
        """Show a term by its place, or the whole year."""
        self._place = place
        part = self.ledger.part(place)
        self.parts.set_value(place)
        title = why_title(self.ledger, part)
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.bar.set_hours(part.have, part.due, part.due_by_now, name=standing_words(part))
        self.standing.setText(standing_words(part))
        self._show_steps(part)
        lines = self.ledger.lines_of(place)
        self.model.set_rows(lines)
        shown = min(max(len(lines), 1), MOST_ROWS)
        self.table.setFixedHeight(theme.px(30 + ROW * shown) + 2)
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.none.setText(f"Nothing is in the log for {part.name.casefold()} {year_label(self.ledger.year)} yet.")
        self.entries.setText("What was done. Enter goes to the entry." if lines else "What was done")

    def _show_steps(self, part: Part) -> None:
        take_out_all(self._steps)
        for row, step in enumerate(part.steps):
            self._steps.addWidget(role_label(step.words, "body", self.rule, wrap=True), row, 0)
            self._steps.addWidget(role_label(step.result, "strong", self.rule), row, 1, Qt.AlignmentFlag.AlignRight)
        self.rule.setAccessibleName(". ".join(f"{step.words}: {step.result}" for step in part.steps))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the entries, if there are any."""
        super().showEvent(event)
        if self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def change_absences(self) -> None:
        """Ask for the days of long absences."""
        messages.show(AbsencesDialog(self._school, self.ledger.person, self))

    def print_shown(self) -> None:
        """The same on paper."""
        from staffdev_desktop.cpd.ledger.papers import why_paper

        ledger = self.ledger
        name = f"cpd-hours-{ledger.year}-{ledger.person.staff_number}-as-of-{clock.today().isoformat()}.pdf"
        texts = (ledger.person.name, ledger.person.group, *(line.activity for line in ledger.lines))
        self.printer.show(partial(why_paper, ledger, self._place), year=ledger.year, title="Hours of CPD", file_name=name, texts=texts)

    def _open_entry(self, entry_id: object) -> None:
        self.accept()
        self.entry_wanted.emit(("entry", self._why.person_id, entry_id))

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            self.ledger = self._school.read(queries.ledger, year=self._why.year, person_id=self._why.person_id)[0]
            self.show_part(self._place)


def _columns() -> tuple[Column, ...]:
    return (
        Column("day", "Date", 104, _day, sort_key=_done_on),
        Column("activity", "Activity", 0, _activity, extra=_kind, delegate=TwoLineDelegate),
        Column("hours", "Hours", 66, _hours, sort_key=_minutes, align="right"),
        Column("counts", "Does it count?", 300, _counts, extra=_badge, delegate=BadgeDelegate, tooltip=_counts),
    )


def _day(line: EntryLine) -> str:
    return day_with_year(line.done_on)


def _done_on(line: EntryLine) -> object:
    return line.done_on


def _activity(line: EntryLine) -> str:
    return line.activity


def _kind(line: EntryLine) -> str:
    return line.kind


def _hours(line: EntryLine) -> str:
    return hours_in_table(line.minutes)


def _minutes(line: EntryLine) -> int:
    return line.minutes


def _counts(line: EntryLine) -> str:
    return line.why_not or "Counts"


def _badge(line: EntryLine) -> BadgeText:
    return BadgeText("ok", "Counts") if line.counts else BadgeText("mute", line.why_not, "x")
