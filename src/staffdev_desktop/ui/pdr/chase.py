"""The chase list at the right of the board: whom to remind of what. All late sheets are in it (ERRATA, 03)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.ui.pdr.grouped_list import GroupedList
from staffdev_desktop.ui.pdr.models import GroupLine, chase_rows
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.fields import role_label


class ChasePanel(Card):
    """The list. `opened(review_id)` when a line is chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True)
        self._title = CardTitle("Chase list", parent=self)
        self._words = role_label("Whom to remind, and of what. Choose a name to see what comes next.", "small", self, wrap=True)
        self._nobody = role_label("Nobody has to be reminded of anything today.", "second", self, wrap=True)
        self.list = GroupedList("Chase list", self)
        self._short = False
        head = QVBoxLayout()
        head.setContentsMargins(14, 9, 14, 7)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._words)
        head.addWidget(self._nobody)
        self.body.addLayout(head)
        self.body.addWidget(Rule(self))
        self.body.addWidget(self.list, 1)
        self.list.opened.connect(self.opened)

    def set_short(self, short: bool) -> None:
        """Under the board there is no room for an explanation."""
        self._short = short
        self._words.setVisible(self.list.model().rowCount() > 0 and not short)

    def set_rows(self, board: Sequence[BoardRow]) -> None:
        """Show whom to remind among these reviews."""
        rows = chase_rows(board, clock.today())
        lines = [row for row in rows if isinstance(row, GroupLine)]
        self._title.set_words("Chase list", str(len(lines)) if lines else "")
        self._words.setVisible(bool(lines) and not self._short)
        self._nobody.setVisible(not lines)
        self.list.set_rows(rows)
