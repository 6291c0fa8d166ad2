"""The sub-tab ‘Interim meetings’: what was asked for between reviews, by whom, when it is booked, and its short record."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.dates import day_in_table, day_with_year, moment_in_sentence, short_day
from staffdev_desktop.pdr.queries import boards, outcomes
from staffdev_desktop.pdr.rows import InterimRow
from staffdev_desktop.pdr.services import during
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.pdr.during.calendar_dialog import CalendarDialog
from staffdev_desktop.ui.pdr.during.interim_dialogs import KIND_WORDS, MID_YEAR, AskForDialog, BookInterimDialog, RecordDialog, interim_slot
from staffdev_desktop.ui.pdr.during.targets_panel import TargetsDialog
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

KINDS = ("interim_meeting", "review", "person", "cycle", "target_note")
SIDE_WIDTH = 320


class InterimPanel(QWidget):
    """The meetings of the academic year picked, those still to be held first. Enter writes the record of the one chosen."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.model = TableModel(interim_columns(), search_text=_search_text, parent=self)
        self.table = HouseTable(self.model, "Interim meetings", 45, self)
        self.ask = PrimaryButton("As&k for a meeting…", "chat", self)
        self.counts = role_label("", "second", self)
        self.side = InterimCard(self)
        self.empty = EmptyState(
            "chat",
            "Nobody has asked for a meeting this year",
            "Between two reviews either side may ask for one. The mid-year review is one of them.",
            "As&k for a meeting…",
            "chat",
            self,
        )
        self._build()
        self.ask.clicked.connect(self.ask_for_one)
        self.empty.button.clicked.connect(self.ask_for_one)
        self.table.opened.connect(self.write_record)
        self.table.chosen.connect(self._show_chosen)
        for button, does in (
            (self.side.book, self._book_chosen),
            (self.side.record, self._record_chosen),
            (self.side.targets, self._targets_chosen),
            (self.side.calendar, self._calendar_chosen),
            (self.side.withdraw, self._withdraw_chosen),
        ):
            button.clicked.connect(does)
        hub.changed.connect(self._changed)
        hub.year_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.counts)
        top.addStretch(1)
        top.addWidget(self.ask)
        card = Card(self, flush=True)
        card.body.addWidget(self.table)
        self._measure()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.side)
        self._full = QWidget(self)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(row, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._full)
        self._stack.addWidget(self.empty)

    def changeEvent(self, event: QEvent) -> None:
        """The side grows with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "side"):
            self._measure()

    def _measure(self) -> None:
        self.side.setFixedWidth(theme.px(SIDE_WIDTH))

    def refresh(self, *_year: int) -> None:
        """Read the year's meetings and show them."""
        rows = self._school.read(outcomes.interim_meetings, year=self._hub.year)
        self.model.set_rows(rows)
        waiting = sum(row.held_on is None for row in rows)
        self.counts.setText(f"{waiting} still to be held, {len(rows) - waiting} held")
        self._stack.setCurrentWidget(self._full if rows else self.empty)
        self._show_chosen()

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        shown = self.table if self.model.rows() else self.empty.button
        shown.setFocus(Qt.FocusReason.TabFocusReason)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def ask_for_one(self, review_id: int | None = None) -> None:
        """Either side asks; from the board with the review that is meant."""
        rows = self._school.read(boards.cycle_board, year=self._hub.year)
        wanted = review_id if isinstance(review_id, int) and not isinstance(review_id, bool) else None
        self._open(AskForDialog(self._school, rows, wanted, self), self._asked)

    def write_record(self, interim_id: int) -> None:
        """Write, or read, the short record of a meeting."""
        meeting = self.model.row_of(interim_id)
        if meeting is not None:
            self._open(RecordDialog(self._school, meeting, self), self._recorded)

    def _asked(self) -> None:
        dialog: AskForDialog = self.sender()
        self.refresh()
        self.table.choose(dialog.made)
        self._hub.notify("The meeting is asked for", booked_words(self.model.row_of(dialog.made)), undo=True)

    def _recorded(self) -> None:
        self._hub.notify("The record is saved", undo=True)

    def _book_chosen(self) -> None:
        self._open(BookInterimDialog(self._school, self._chosen(), self), self._booked)

    def _booked(self) -> None:
        dialog: BookInterimDialog = self.sender()
        self.refresh()
        title = "The booking was taken back" if dialog.taken_back else "The meeting is booked"
        self._hub.notify(title, booked_words(self._chosen()), undo=True)

    def _record_chosen(self) -> None:
        self.write_record(self._chosen().id)

    def _targets_chosen(self) -> None:
        messages.show(TargetsDialog(self._school, self._hub, self._chosen().review_id, self))

    def _calendar_chosen(self) -> None:
        slot = interim_slot(self._school, self._chosen())
        if slot is not None:
            messages.show(CalendarDialog(self._school, self._hub, [slot], parent=self))

    def _withdraw_chosen(self) -> None:
        meeting = self._chosen()
        words = f"{KIND_WORDS[meeting.kind]}, asked for by the {meeting.asked_by} on {day_with_year(meeting.asked_on)}."
        if messages.ask(self, f"Take {meeting.name}’s meeting out?", words, act="&Take it out", safe="&Keep it"):
            problems_said(self, self._withdraw, meeting)

    def _withdraw(self, meeting: InterimRow) -> None:
        self._school.do(during.withdraw_interim, interim_id=meeting.id, revision=meeting.revision)
        self.refresh()
        self._hub.notify("The meeting is taken out", meeting.name, undo=True)

    def _open(self, dialog, then) -> None:
        dialog.accepted.connect(then)
        messages.show(dialog)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _chosen(self) -> InterimRow | None:
        key = self.table.chosen_id()
        return None if key is None else self.model.row_of(key)

    def _show_chosen(self, *_key: object) -> None:
        self.side.show_meeting(self._chosen())

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            self.refresh()


class InterimCard(Card):
    """What is known about the meeting chosen, and what can be done with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = role_label("", "card", self, wrap=True)
        self.kind = role_label("", "second", self, wrap=True)
        self.badge = Badge(BadgeText("mute", ""), self)
        self.words = role_label("", "body", self, wrap=True)
        self.book = PlainButton("&Book…", "cal", self)
        self.record = PlainButton("Write the &record…", "pen", self)
        self.targets = QuietButton("T&argets and notes…", "target", self)
        self.calendar = QuietButton("Calendar &file…", "save", self)
        self.withdraw = QuietButton("Take it ou&t…", "x", self)
        for part in (self.name, self.kind, self.badge, self.words):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for part in (self.record, self.book, self.targets, self.calendar, self.withdraw):
            self.body.addWidget(part)

    def show_meeting(self, meeting: InterimRow | None) -> None:
        """Show one, or say how to choose one."""
        for part in (self.kind, self.badge, self.book, self.record, self.targets, self.calendar, self.withdraw):
            part.setVisible(meeting is not None)
        if meeting is None:
            self.name.setText("Choose a meeting")
            self.words.setText("What was agreed in it is shown here.")
            return
        self.name.setText(meeting.name)
        self.kind.setText(f"{KIND_WORDS[meeting.kind]} with {meeting.reviewer or 'nobody named yet'}")
        self.badge.set_badge(state_of(meeting, clock.today()))
        self.words.setText(meeting.record or "No record yet.")
        held = meeting.held_on is not None
        self.book.setText("&Book…" if meeting.booked_for is None else "Change the &booking…")
        self.book.setVisible(not held)
        self.withdraw.setVisible(not held)
        self.calendar.setVisible(not held and meeting.booked_for is not None)
        self.record.setText("Change the &record…" if held else "Write the &record…")


def interim_columns() -> tuple[Column, ...]:
    """Who and what, asked for, booked, held, record."""
    return (
        Column("name", "Member of staff", 250, _name, sort_key=_name, extra=_kind_and_reviewer, delegate=TwoLineDelegate),
        Column("asked", "Asked for by", 190, _asked_by, sort_key=_asked_on),
        Column("booked", "Booked for", 150, _booked_for, sort_key=_booked_key),
        Column("state", "State", 150, _state_words, extra=_badge, delegate=BadgeDelegate),
        Column("record", "Record", 0, _record_words),
    )


def state_of(meeting: InterimRow, today: date) -> BadgeText:
    """Held, booked, over and without a record, or still to be booked."""
    if meeting.held_on is not None:
        return BadgeText("ok", f"Held {day_in_table(meeting.held_on)}")
    if meeting.booked_for is None:
        return BadgeText("warn", "To be booked")
    if meeting.booked_for.date() < today:
        return BadgeText("late", "Record missing")
    return BadgeText("info", "Booked", "cal")


def booked_words(meeting: InterimRow | None) -> str:
    """Karen Doyle, Tuesday 20 October at 13:30."""
    if meeting is None:
        return ""
    return f"{meeting.name}, {moment_in_sentence(meeting.booked_for)}" if meeting.booked_for else f"{meeting.name}, to be booked"


def _name(meeting: InterimRow) -> str:
    return meeting.name


def _kind_and_reviewer(meeting: InterimRow) -> str:
    kind = "Mid-year review" if meeting.kind == MID_YEAR else "Interim"
    return f"{kind} with {meeting.reviewer or 'nobody named yet'}"


def _asked_by(meeting: InterimRow) -> str:
    return f"{meeting.asked_by.capitalize()}, {short_day(meeting.asked_on)}"


def _asked_on(meeting: InterimRow) -> date:
    return meeting.asked_on


def _booked_for(meeting: InterimRow) -> str:
    return f"{day_in_table(meeting.booked_for.date())}, {meeting.booked_for:%H:%M}" if meeting.booked_for else ""


def _booked_key(meeting: InterimRow) -> str | None:
    return meeting.booked_for.isoformat() if meeting.booked_for else None


def _state_words(meeting: InterimRow) -> str:
    return _badge(meeting).words


def _badge(meeting: InterimRow) -> BadgeText:
    return state_of(meeting, clock.today())


def _record_words(meeting: InterimRow) -> str:
    return " ".join(meeting.record.split())


def _search_text(meeting: InterimRow) -> str:
    return f"{meeting.name} {meeting.reviewer} {KIND_WORDS[meeting.kind]} {meeting.record}"
