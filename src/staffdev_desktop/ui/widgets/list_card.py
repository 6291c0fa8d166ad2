"""A list in its card: numbers above the table, or what is done with the ticked rows in their place, and words below it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable

STRIP = 42  # px at text size 100


def take_out_all(layout: QLayout) -> None:
    """Empty a layout; its widgets are out of sight at once."""
    while layout.count():
        gone = layout.takeAt(0).widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()


class BadgeLine(QWidget):
    """The numbers above a list, as badges."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(8)

    def show_badges(self, badges: Sequence[BadgeText], end: QWidget | None = None) -> None:
        """Show these, and `end` at the right."""
        take_out_all(self._row)
        for badge in badges:
            self._row.addWidget(Badge(badge, self))
        self._row.addStretch(1)
        if end is not None:
            self._row.addWidget(end)


class TickStrip(QStackedWidget):
    """The line above a table, and in its place the bulk bar while rows are ticked; then the keyboard goes back to the table."""

    def __init__(self, line: QWidget, bulk: BulkBar | None, table: HouseTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.bulk, self._table = line, bulk, table
        self.addWidget(line)
        if bulk is not None:
            self.addWidget(bulk)
            bulk.cleared.connect(table.model().clear_ticks)
            table.model().ticks_changed.connect(self._ticks_changed)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(theme.px(STRIP))

    def _ticks_changed(self) -> None:
        number = len(self._table.model().ticked())
        inside = self.bulk.focusWidget()
        had_focus = inside is not None and inside.hasFocus()
        self.bulk.set_count(number)
        self.setCurrentWidget(self.bulk if number else self.line)
        if not number and had_focus:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)


class ListCard(Card):
    """A table with a line above it, a BadgeLine if no other is given, and with `foot` below it what is shown, in `words`.

    `bulk` stands in place of the line while rows are ticked, `nothing` in place of the table while no row is shown.
    """

    def __init__(
        self,
        table: HouseTable,
        parent: QWidget,
        *,
        line: QWidget | None = None,
        bulk: BulkBar | None = None,
        nothing: QWidget | None = None,
        foot: bool = True,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent, flush=True)
        self.line = BadgeLine(self) if line is None else line
        self.strip = TickStrip(self.line, bulk, table, self)
        self.body.addWidget(self.strip)
        self._middle = QStackedWidget(self)
        for each in (table, nothing):
            if each is not None:
                self._middle.addWidget(each)
        self.body.addWidget(self._middle, 1)
        self.words = role_label("", "second", self, wrap=wrap)
        if foot:
            self.body.addLayout(foot_row(self.words))
        else:
            self.words.hide()

    def show_table(self, shown: bool) -> None:
        """The table, or what stands in its place."""
        self._middle.setCurrentIndex(0 if shown else 1)


def foot_row(words: QWidget) -> QHBoxLayout:
    """The line under a table that says what is shown."""
    row = QHBoxLayout()
    row.setContentsMargins(14, 8, 14, 8)
    row.addWidget(words, 1)
    return row
