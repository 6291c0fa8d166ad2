"""The calendar of reviews: booked meetings as a dated list."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.rows import Meeting
from staffdev_desktop.ui.pdr.grouped_list import GroupedList
from staffdev_desktop.ui.pdr.models import meeting_rows
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState


class CalendarPanel(Card):
    """The list of meetings. `opened(review_id)` when one is chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True)
        self.list = GroupedList("Booked meetings", self)
        self._empty = EmptyState(
            "cal", "No meetings are booked this year", "Tick reviews on the cycle board, then press Book meetings.", parent=self
        )
        inside = QWidget(self)
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.body.addWidget(inside)
        self.list.opened.connect(self.opened)

    def set_meetings(self, meetings: Sequence[Meeting]) -> None:
        """Show these."""
        self.list.set_rows(meeting_rows(meetings, clock.today()))
        self._stack.setCurrentWidget(self.list if meetings else self._empty)
