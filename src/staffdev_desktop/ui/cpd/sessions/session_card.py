"""The session chosen in the calendar: what, when, where, who comes, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes.rows import PlaceRow, SessionRow, SessionState
from staffdev_desktop.kernel.dates import clock_time, day_in_sentence
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.cpd.sessions.calendar_model import state_badge
from staffdev_desktop.ui.cpd.side_card import SideCard
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, FACTS, ROW_HEIGHT = 330, 8, 38
CHANGE, SIGN_UP, TAKE_OFF, ATTENDANCE, SHEET, CERTIFICATES, FILE, AGAIN, CANCEL, REINSTATE, REMOVE = (
    "change", "sign_up", "take_off", "attendance", "sheet", "certificates", "calendar_file", "again", "cancel", "reinstate", "remove",
)  # fmt: skip
RUN_VERBS = (
    ("&Change…", CHANGE),
    ("&Plan one like it…", AGAIN),
    ("&Take somebody off the list", TAKE_OFF),
    ("Ca&ncel the session…", CANCEL),
    ("Let it take place &after all", REINSTATE),
    ("&Remove from the calendar…", REMOVE),
)
PRINT_VERBS = (("&Sign-in sheet, on paper…", SHEET), ("Certificates of &attendance…", CERTIFICATES), ("Save for a &calendar…", FILE))


class SessionCard(SideCard):
    """`asked(verb)` for what the person wants done with the session shown."""

    asked = Signal(str)

    def __init__(self, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(WIDE, parent)
        self.row: SessionRow | None = None
        self._may_run = may_run
        self.empty = EmptyState("cal", "No session is chosen", "Choose one in the calendar to see who comes.", parent=self)
        self.empty.setProperty("empty", False)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._shown())
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.pages)
        self.pages.setCurrentIndex(1)

    def _shown(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.title = role_label("", "card", page, wrap=True)
        self.badge = Badge(BadgeText("mute", ""), page)
        self.when = role_label("", "body", page, wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.when)
        line = QHBoxLayout()
        line.addWidget(self.badge)
        line.addStretch(1)
        column.addLayout(line)
        column.addLayout(self._facts(page))
        column.addWidget(Rule(page))
        self.count = role_label("", "strong", page)
        column.addWidget(self.count)
        self.model = TableModel(
            (
                Column("name", "Name", 0, _name, extra=_posts, tooltip=_posts, delegate=TwoLineDelegate),
                Column("state", "", 92, _there, extra=_badge, delegate=BadgeDelegate),
            ),
            parent=self,
        )
        self.people = HouseTable(self.model, "Who comes", row_height=ROW_HEIGHT, parent=page)
        self.people.horizontalHeader().hide()
        self.people.setMinimumHeight(ROW_HEIGHT)  # the list gives way; the buttons never do
        column.addWidget(self.people, 1)
        self._buttons(page, column)
        return page

    def _facts(self, page: QWidget) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(3)
        form.setContentsMargins(0, 2, 0, 2)
        self._lines = []
        for _ in range(FACTS):
            label, value = role_label("", "small", page), role_label("", "body", page, wrap=True)
            form.addRow(label, value)
            self._lines.append((label, value))
        return form

    def _buttons(self, page: QWidget, column: QVBoxLayout) -> None:
        self.attendance = PrimaryButton("Ta&ke attendance…", "check", page)
        self.book = PlainButton("&Book in…", parent=page)
        self.prints = more_button("Print", "Print or save this session", PRINT_VERBS, self._chosen, page)
        self.more = more_button("More", "More to do with this session", RUN_VERBS, self._chosen, page)
        self.attendance.clicked.connect(self._attendance)
        self.book.clicked.connect(self._sign_up)
        column.addWidget(Rule(page))
        column.addWidget(self.attendance)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.book, self.prints, self.more):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def show_session(self, row: SessionRow | None, places: Sequence[PlaceRow] = ()) -> None:
        """Show a session and who comes; None shows that none is chosen."""
        self.row = row
        self.pages.setCurrentIndex(0 if row else 1)
        if row is None:
            return
        self.title.setText(row.details.title)
        self.when.setText(_when(row))
        self.badge.set_badge(state_badge(row))
        facts = [(label, words) for label, words in _facts_of(row) if words]
        for place, (label, value) in enumerate(self._lines):
            known = place < len(facts)
            label.setVisible(known)
            value.setVisible(known)
            if known:
                label.setText(facts[place][0])
                value.setText(facts[place][1])
        self.model.set_rows(places)
        self.count.setText(_count(row))
        self._dress(row)

    def _dress(self, row: SessionRow) -> None:
        over = row.state in (SessionState.TODAY, SessionState.TO_TAKE, SessionState.HELD)
        self.attendance.setVisible(self._may_run and over)
        self.attendance.setText("Ta&ke attendance again…" if row.state is SessionState.HELD else "Ta&ke attendance…")
        self.book.setVisible(self._may_run and row.state in (SessionState.COMING, SessionState.TODAY, SessionState.TO_TAKE))
        cancelled, held = row.state is SessionState.CANCELLED, row.state is SessionState.HELD
        allowed = {
            CANCEL: not cancelled and not held, REINSTATE: cancelled, REMOVE: not held, TAKE_OFF: not held and row.signed_up > 0,
            CERTIFICATES: held, FILE: not cancelled and row.details.starts_at is not None,
        }  # fmt: skip
        for button in (self.more, self.prints):
            for action in button.menu().actions():
                action.setVisible(allowed.get(action.data(), True))
        self.more.setVisible(self._may_run)

    def _attendance(self) -> None:
        self.asked.emit(ATTENDANCE)

    def _sign_up(self) -> None:
        self.asked.emit(SIGN_UP)

    def _chosen(self) -> None:
        self.asked.emit(self.sender().data())


def _when(row: SessionRow) -> str:
    details = row.details
    day = f"{day_in_sentence(details.held_on)} {details.held_on.year}"
    if details.starts_at and details.ends:
        return f"{day}, {clock_time(details.starts_at)} to {clock_time(details.ends)}"
    return f"{day}, {hours(details.minutes)} h"


def _facts_of(row: SessionRow) -> tuple[tuple[str, str], ...]:
    details = row.details
    cost = ", ".join(part for part in (details.provider, pounds(details.pence)) if part)
    return (
        ("Led by", row.leaders),
        ("Place", details.place),
        ("For", details.audience),
        ("Kind", ", ".join(part for part in (row.kind, "directed time" if details.directed else "") if part)),
        ("Strand", details.strand),
        ("Area", row.area),
        ("Part of", row.belongs_to),
        ("Provider", cost),
    )


def _count(row: SessionRow) -> str:
    if row.state is SessionState.HELD:
        return f"{count_of(row.present, 'person was', 'people were')} there"
    if row.details.capacity is not None:
        words = f"{min(row.signed_up, row.details.capacity)} of {count_of(row.details.capacity, 'place')} taken"
        return f"{words}, {row.waiting} waiting" if row.waiting else words
    return f"{count_of(row.signed_up, 'person has', 'people have')} signed up" if row.signed_up else "Nobody has signed up yet"


def _name(place: PlaceRow) -> str:
    return place.name


def _posts(place: PlaceRow) -> str:
    return place.posts


def _badge(place: PlaceRow) -> BadgeText | None:
    if place.present is not None:
        return BadgeText("ok", "Present", "check", plain=True) if place.present else BadgeText("mute", "Absent", "x", plain=True)
    return BadgeText("warn", f"Waits, {place.waiting}", plain=True) if place.waiting else None


def _there(place: PlaceRow) -> str:
    badge = _badge(place)
    return badge.words if badge else ""
