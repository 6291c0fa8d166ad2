"""The right side of the Overview: meetings of today and tomorrow, and the last backup."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import clock_time, day_in_sentence, moment_in_sentence
from staffdev_desktop.kernel.names import count_of, initials
from staffdev_desktop.overview.rows import Development
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import Meeting
from staffdev_desktop.school import School
from staffdev_desktop.ui import pc_settings
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.hours_bar import HoursBar

SHOWN = 5
OLD_AFTER_DAYS = 7


class MeetingsCard(Card):
    """Today's and tomorrow's meetings; the next one of today can be started here."""

    opened = Signal(int)
    started = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = CardTitle("Meetings", "", self)
        self.body.addWidget(self._title)
        self._lines = QWidget(self)
        self.body.addWidget(self._lines)

    def show_meetings(self, school: School, today: date, *, names: bool) -> None:
        """Read and show them."""
        self._title.set_words("Meetings", day_in_sentence(today))
        self.body.removeWidget(self._lines)
        self._lines.deleteLater()
        self._lines = QWidget(self)
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        tomorrow = today + timedelta(days=1)
        found = school.read(boards.meetings, first=today, last=tomorrow)
        of_today = [meeting for meeting in found if meeting.at.date() == today]
        of_tomorrow = [meeting for meeting in found if meeting.at.date() == tomorrow]
        if not of_today:
            column.addWidget(role_label("No meetings today.", "second", self._lines))
        for number, meeting in enumerate(of_today[:SHOWN]):
            column.addLayout(self._line(meeting, names, first=number == 0))
        if of_tomorrow:
            column.addWidget(Rule(self._lines))
            column.addWidget(role_label("Tomorrow", "label", self._lines))
            for meeting in of_tomorrow[: max(1, SHOWN - len(of_today))]:
                column.addLayout(self._line(meeting, names, first=False))
        rest = len(found) - min(len(of_today), SHOWN) - min(len(of_tomorrow), max(1, SHOWN - len(of_today)))
        if rest > 0:
            column.addWidget(role_label(f"and {count_of(rest, 'more meeting')}", "second", self._lines))
        self.body.addWidget(self._lines)

    def _line(self, meeting: Meeting, names: bool, *, first: bool) -> QHBoxLayout:
        who = meeting.name if names else initials(meeting.name)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_elided(who, "strong", self._lines))
        beside = f"with {meeting.reviewer if names else initials(meeting.reviewer)}" if meeting.reviewer else "no reviewer yet"
        words.addWidget(_elided(beside, "second", self._lines))
        button = PrimaryButton("Start &now", "chat", self._lines) if first else PlainButton("Open", parent=self._lines)
        button.setAccessibleName(f"{'Start the meeting with' if first else 'Open the review of'} {who}")
        button.setToolTip(f"In: {meeting.place}" if meeting.place else "")
        button.setProperty("review_id", meeting.review_id)
        button.clicked.connect(self._start if first else self._open)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(role_label(clock_time(meeting.at), "strong", self._lines))
        line.addWidget(Avatar(meeting.name, parent=self._lines))
        line.addLayout(words, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _start(self) -> None:
        self.started.emit(self.sender().property("review_id"))

    def _open(self) -> None:
        self.opened.emit(self.sender().property("review_id"))


def _elided(words: str, role: str, parent: QWidget) -> Elided:
    made = Elided(role, parent)
    made.setText(words)
    return made


class HoursCard(Card):
    """The hours of the term, a bar for each staff group that owes any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = CardTitle("CPD hours", "", self)
        self._lines = QWidget(self)
        self.body.addWidget(self._title)
        self.body.addWidget(role_label("Out of what is owed. The mark is due by now.", "second", self, wrap=True))
        self.body.addWidget(self._lines)

    def show_hours(self, found: Development) -> None:
        """Show these; without any hours owed there is no card."""
        self.setVisible(bool(found.groups))
        self._title.set_words("CPD hours", found.term.lower())
        self.body.removeWidget(self._lines)
        self._lines.deleteLater()
        self._lines = QWidget(self)
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, group in enumerate(found.groups):
            words = f"{hours(group.done)} of {hours(group.due)} h"
            bar = HoursBar(self._lines)
            bar.set_hours(group.done, group.due, group.due_by_now, name=f"{group.group}: {words}")
            grid.addWidget(role_label(group.group, "body", self._lines), place, 0)
            grid.addWidget(bar, place, 1)
            grid.addWidget(role_label(words, "second", self._lines), place, 2, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self._lines)


class BackupCard(Card):
    """When the last backup was made and where it is."""

    asked = Signal()

    def __init__(self, school: School, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school = school
        self._title = CardTitle("Backup", "", self)
        self._badge = Badge(BadgeText("mute", "None yet"), self)
        self._title.add(self._badge)
        self._when = role_label("", "body", self, wrap=True)
        self._where: QLabel = role_label("", "second", self, wrap=True)
        self.button = PlainButton("&Back up now", "backup", self)
        self.button.clicked.connect(self.asked)
        self.body.addWidget(self._title)
        self.body.addWidget(self._when)
        self.body.addWidget(self._where)
        self.body.addSpacing(4)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read again when the last one was made."""
        known = pc_settings.load().backups.get(self._school.path.name, {})
        try:
            made = datetime.fromisoformat(known["made"])
        except (KeyError, ValueError):
            self._badge.set_badge(BadgeText("warn", "None yet"))
            self._when.setText("There is no backup on this PC yet.")
            self._where.setText("One is made and checked whenever you close the program after a change.")
            return
        days = (clock.today() - made.date()).days
        ago = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
        self._badge.set_badge(BadgeText("ok", "Checked") if days <= OLD_AFTER_DAYS else BadgeText("warn", "Old"))
        self._when.setText(f"The last backup was {ago}, on {moment_in_sentence(made)}.")
        self._where.setText(f"Saved to {known.get('folder', '')}. It was opened and read back without a fault.")
