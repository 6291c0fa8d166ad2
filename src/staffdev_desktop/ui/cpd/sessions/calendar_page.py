"""The year’s calendar of CPD: sessions by term at the left, the one chosen at the right."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.rows import SessionDetails, SessionRow, SessionState, TopicRow
from staffdev_desktop.cpd.programmes.rules import directed_minutes
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.cpd.sessions import calendar_model, session_card
from staffdev_desktop.ui.cpd.sessions.attendance_dialog import AttendanceDialog, SignUpDialog, TakeOffDialog
from staffdev_desktop.ui.cpd.sessions.session_dialog import SessionDialog
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField
from staffdev_desktop.ui.widgets.grouped_table import GroupedTable
from staffdev_desktop.ui.widgets.list_card import take_out_all
from staffdev_desktop.ui.widgets.search_box import LARGE, FilterBox


class CalendarPage(QWidget):
    """Reads the academic year of the hub. `session_id` is the one chosen."""

    def __init__(self, school, hub, printer, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._printer = school, hub, printer
        self._may_run = may_run
        self._rows: tuple[SessionRow, ...] = ()
        self._terms: tuple = ()
        self._wanted: str | None = None
        self._kind: str | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.shown = ChoiceField(calendar_model.SHOWN, self)
        self.shown.setAccessibleName("Which sessions")
        self.kind = ChoiceField([(None, "All kinds")], self)
        self.kind.setAccessibleName("Kind")
        self.model = calendar_model.calendar_model(self)
        self.table = GroupedTable(self.model, "Sessions", self)
        GiveWay(self.table, {"for": 800})
        self.strip = QWidget(self)  # the panel puts it beside the choice of the page
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        self.badges = QWidget(self.strip)
        self._badges = QHBoxLayout(self.badges)
        self._badges.setContentsMargins(0, 0, 0, 0)
        self._badges.setSpacing(8)
        row.addWidget(self.badges)
        row.addStretch(1)
        row.addWidget(self.find)
        row.addWidget(self.shown)
        row.addWidget(self.kind)
        card = Card(self, flush=True)
        card.body.addWidget(self.table, 1)
        self.card = session_card.SessionCard(self._may_run, self)
        self.page, across = QWidget(self), QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        self.page.setLayout(across)
        across.addWidget(card, 1)
        across.addWidget(self.card)
        self.empty = EmptyState("cal", "", "Plan the first one: a title, a day and the hours are enough.", parent=self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "badges"):
            self._measure()

    def _measure(self) -> None:
        for field, width in ((self.shown, 170), (self.kind, 180)):
            field.setFixedWidth(theme.px(width))
        self.badges.setVisible(theme.px(100) <= LARGE)  # else the numbers leave their room to the filters

    def _wire(self) -> None:
        self.find.textChanged.connect(self.model.set_filter)
        self.shown.edited.connect(self._filtered)
        self.kind.edited.connect(self._filtered)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.card.asked.connect(self.do)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the year’s sessions; the one chosen stays, else the next to come is."""
        year = self._hub.year
        self._rows = self._school.read(queries.sessions, first=date(year, 9, 1), last=date(year + 1, 8, 31))
        self._terms = self._school.read(settings.calendar).terms
        kinds = sorted({row.kind for row in self._rows} - {""}, key=str.casefold)
        self.kind.set_choices([(None, "All kinds"), *((kind, kind) for kind in kinds)])
        self._kind = self.kind.value()
        self._show_rows()
        self._show_badges()
        words = "Press ‘Plan a session’: a title, a day and the hours are enough."
        self.empty.set_words(f"No CPD session is planned in {year_label(year)} yet", words)
        self.pages.setCurrentWidget(self.page if self._rows else self.empty)

    def _show_rows(self) -> None:
        rows = [row for row in self._rows if calendar_model.keeps(self._wanted, row) and self._kind in (None, row.kind)]
        self.model.set_rows(calendar_model.lines_of(rows, self._terms))
        chosen = self.table.chosen_id()
        if chosen is None or self.model.place_of(chosen) is None:
            today = clock.today()
            ahead = next((row for row in rows if row.details.held_on >= today), rows[-1] if rows else None)
            self.table.choose(ahead.id if ahead else None)
        self._choose(self.table.chosen_id())

    def _show_badges(self) -> None:
        standing = [row for row in self._rows if row.state is not SessionState.CANCELLED]
        to_take = sum(row.state is SessionState.TO_TAKE for row in standing)
        directed = directed_minutes(self._rows)
        wanted = [BadgeText("info", count_of(len(standing), "session"), "cal")]
        if directed:
            wanted.append(BadgeText("mute", f"{hours(directed)} h of directed time", "clock"))
        if to_take:
            wanted.append(BadgeText("warn", f"Attendance to take: {to_take}"))
        take_out_all(self._badges)
        for badge in wanted:
            self._badges.addWidget(Badge(badge, self.badges))

    def _filtered(self, _value: object = None) -> None:
        self._wanted, self._kind = self.shown.value(), self.kind.value()
        self._show_rows()

    def _choose(self, key: object) -> None:
        row = next((row for row in self._rows if row.id == key), None)
        self.card.show_session(row, self._school.read(queries.places, session_id=row.id) if row else ())

    def rows(self) -> tuple[SessionRow, ...]:
        """The sessions shown, in their order."""
        return tuple(row for row in self.model.shown_rows() if isinstance(row, SessionRow))

    def year_rows(self) -> tuple[SessionRow, ...]:
        """Every session of the year."""
        return self._rows

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        if self._rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def show_session(self, session_id: object) -> None:
        """Choose a session, whatever is filtered."""
        self.find.clear()
        self.shown.set_value(None)
        self.kind.set_value(None)
        self._filtered()
        self.table.choose(session_id)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _open(self, _key: object) -> None:
        row = self.card.row
        if row is not None and self._may_run:
            waits = row.state in (SessionState.TO_TAKE, SessionState.TODAY)
            self.do(session_card.ATTENDANCE if waits else session_card.CHANGE)

    def do(self, verb: str) -> None:
        """What was asked for with the session chosen."""
        if self.card.row is not None:
            getattr(self, f"_{verb}")(self.card.row)

    def plan(self, *, drop_in: bool = False, like: SessionDetails | None = None, topic: TopicRow | None = None) -> None:
        """Ask about a new session."""
        dialog = SessionDialog(self._school, drop_in=drop_in, like=like, topic=topic, parent=self)
        dialog.accepted.connect(self._planned)
        messages.show(dialog)

    def _planned(self) -> None:
        dialog = self.sender()
        self._hub.notify(*dialog.said(), undo=True)
        self.refresh()
        self.show_session(dialog.saved_ids[0])

    def _change(self, row: SessionRow) -> None:
        dialog = SessionDialog(self._school, row, parent=self)
        dialog.accepted.connect(self._planned)
        messages.show(dialog)

    def _again(self, row: SessionRow) -> None:
        self.plan(like=row.details)

    def _attendance(self, row: SessionRow) -> None:
        dialog = AttendanceDialog(self._school, row, self)
        dialog.accepted.connect(self._attended)
        messages.show(dialog)

    def _attended(self) -> None:
        self._hub.notify(*self.sender().said(), undo=True)

    def _sign_up(self, row: SessionRow) -> None:
        dialog = SignUpDialog(self._school, row, self)
        dialog.accepted.connect(self._signed_up)
        messages.show(dialog)

    def _signed_up(self) -> None:
        self._hub.notify(f"{count_of(self.sender().signed_up, 'person', 'people')} signed up", undo=True)

    def _take_off(self, row: SessionRow) -> None:
        dialog = TakeOffDialog(self._school, row, self)
        dialog.accepted.connect(self._taken_off)
        messages.show(dialog)

    def _taken_off(self) -> None:
        self._hub.notify(f"{count_of(self.sender().gone, 'person', 'people')} taken off the list", undo=True)

    def _cancel(self, row: SessionRow) -> None:
        coming = f"Tell the {count_of(row.signed_up, 'person', 'people')} who signed up. " if row.signed_up else ""
        words = f"{coming}It stays in the calendar as cancelled, and a topic planned in it is open again."
        if messages.ask(self, f"Cancel ‘{row.details.title}’?", words, act="&Cancel it", safe="&Keep it"):
            self._run(services.cancel_sessions, "The session is cancelled", row, session_ids=[row.id])

    def _reinstate(self, row: SessionRow) -> None:
        self._run(services.reinstate_session, "The session takes place after all", row, session_id=row.id, revision=row.revision)

    def _remove(self, row: SessionRow) -> None:
        words = "For a session planned by mistake. Who signed up goes with it."
        if messages.ask(self, f"Remove ‘{row.details.title}’ from the calendar?", words, act="&Remove it", safe="&Keep it"):
            self._run(services.remove_sessions, "The session is removed", row, session_ids=[row.id])

    def _run(self, service, said: str, row: SessionRow, **values: object) -> None:
        def work() -> None:
            self._school.do(service, **values)

        if problems_said(self, work):
            self._hub.notify(said, row.details.title, undo=True)

    def _sheet(self, row: SessionRow) -> None:
        self._printer.print_sign_in(row, self._hub.year)

    def _certificates(self, row: SessionRow) -> None:
        self._printer.print_certificates(row, self._hub.year)

    def _calendar_file(self, row: SessionRow) -> None:
        self._printer.save_calendar([row], row.id)
