"""The strip above a meeting: whose review, with whom, when. It never changes while the review is open."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from staffdev_desktop.kernel.dates import clock_time, full_day
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import HouseButton

HEIGHT = 44


class _HeadButton(HouseButton):
    icon_colour = "onhead"


class Banner(QWidget):
    """Name, post, reviewer, academic year and time of the meeting."""

    left = Signal()

    def __init__(self, record: ReviewRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icons: list[tuple[QLabel, str, int]] = []
        self._rules: list[QFrame] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(9)
        self._icon(row, "crest", 20)
        heading = QLabel("PDR meeting", self)
        heading.setObjectName("school")
        row.addWidget(heading)
        if record.practice:
            row.addWidget(Badge(BadgeText("warn", "Practice", "info"), self))
        self._rule(row)
        who = QLabel(self)
        post = f", {record.person_post}" if record.person_post else ""
        who.setText(f"<b>{_escaped(record.person)}</b>{_escaped(post)}, with <b>{_escaped(record.board.reviewer or 'no reviewer yet')}</b>")
        who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        who.setAccessibleName(f"{record.person}{post}, with {record.board.reviewer}")
        row.addWidget(who, 1)
        self._rule(row)
        self._icon(row, "cal", 16)
        row.addWidget(QLabel(self._when(record), self))
        self._rule(row)
        self._icon(row, "eyeoff", 16)
        self._only = QLabel("Only this review is open", self)
        row.addWidget(self._only)
        self.leave = _HeadButton("Leave the mee&ting", "x", self)
        self.leave.clicked.connect(self.left)
        row.addSpacing(4)
        row.addWidget(self.leave)
        self._dress()

    def show_handed_over(self) -> None:
        """The PC is with the reviewer and the member of staff: it is handed back with a password."""
        self.leave.setText("&Hand back…")
        self.leave.set_icon("key")

    def _when(self, record: ReviewRecord) -> str:
        booked = record.board.dates.booked_for
        if booked and not record.held_on:
            return f"{full_day(booked.date())}, {clock_time(booked)}"
        if record.held_on:
            return f"Held {full_day(record.held_on)}"
        return f"Academic year {year_label(record.cycle.year)}"

    def _icon(self, row: QHBoxLayout, name: str, size: int) -> None:
        label = QLabel(self)
        self._icons.append((label, name, size))
        row.addWidget(label)

    def _rule(self, row: QHBoxLayout) -> None:
        rule = QFrame(self)
        rule.setAutoFillBackground(True)
        self._rules.append(rule)
        row.addSpacing(3)
        row.addWidget(rule)
        row.addSpacing(3)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "leave"):
            self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        self._only.setVisible(theme.current_setting()[1] <= 100)  # large letters need the room for both names
        for label, name, size in self._icons:
            label.setPixmap(theme.pixmap(name, "onhead", size))
        for rule in self._rules:
            rule.setFixedSize(1, theme.px(20))
            palette = rule.palette()
            palette.setColor(palette.ColorRole.Window, theme.colour("headline"))
            rule.setPalette(palette)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
