"""The entries of a year of everybody whom the actor may see, found at once by any word."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus
from staffdev_desktop.cpd.log.rules import PAID, counted, hours
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.cpd.log.log_model import all_model
from staffdev_desktop.ui.cpd.nobody import NOBODY_HERE
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.grouped_table import ROW_HEIGHT
from staffdev_desktop.ui.widgets.list_card import foot_row
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable

NO_ENTRY = ("Nothing is in the log of this year yet", "Choose a person at the top right, or log INSET for many with Ctrl+N.")
NONE_FITS = ("No entry fits", "Choose another filter, or empty the box.")


class AllEntries(QWidget):
    """`opened(entry id)` on Enter or a double click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.find = FilterBox("Filter by any word", self)
        self.group, self.kind = self._choice("Staff group"), self._choice("Kind")
        self.status, self.paid = self._choice("Quality assurance"), self._choice("Whose time")
        self.status.set_choices([(None, "All stages"), *((status, str(status)) for status in EntryStatus)])
        self.paid.set_choices([(None, "Anybody’s time"), *((paid, paid[:1].upper() + paid[1:]) for paid in PAID)])
        self.model = all_model(self)
        self.table = HouseTable(self.model, "Entries of everybody", row_height=ROW_HEIGHT, parent=self)
        self.words = role_label("", "second", self)
        card = Card(self, flush=True)
        self.empty = EmptyState("cpd", "", "", parent=self)
        self._middle = QStackedWidget(card)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.empty)
        card.body.addWidget(self._middle, 1)
        card.body.addLayout(foot_row(self.words))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FilterRow(self.find, (self.group, self.kind, self.status, self.paid), self))
        column.addWidget(card, 1)
        self.find.textChanged.connect(self.model.set_filter)
        self.table.opened.connect(self.opened)
        self._soon = QTimer(self)  # the sum below follows the list; it never holds it up
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._say_shown)
        self.model.shown_changed.connect(self._soon.start)

    def _choice(self, name: str) -> FilterChoice:
        return FilterChoice(name, 170, self._filtered, self)

    def set_rows(self, rows: Sequence[EntryRow], anybody: bool = True) -> None:
        """Show these, the newest first. `anybody`: whether there is somebody to log something for."""
        words = NO_ENTRY if anybody else NOBODY_HERE
        self.empty.set_words(*(NONE_FITS if rows else words))
        self.group.set_choices(_found({row.group for row in rows}, "All staff groups"))
        self.kind.set_choices(_found({row.kind for row in rows}, "All kinds"))
        self.model.set_rows(rows)
        self._filtered()

    def focus_first(self) -> None:
        """Put the keyboard on the list, or on the filters that empty it."""
        (self.table if self.model.rowCount() else self.find).setFocus(Qt.FocusReason.TabFocusReason)

    def _filtered(self, *_value: object) -> None:
        group, kind, status, paid = (field.value() for field in (self.group, self.kind, self.status, self.paid))
        if not any((group, kind, status, paid)):
            self.model.set_condition(None)
            return

        def keeps(row: EntryRow) -> bool:
            return (
                group in (None, row.group)
                and kind in (None, row.kind)
                and status in (None, row.status)
                and paid in (None, row.details.paid)
            )

        self.model.set_condition(keeps)

    def _say_shown(self) -> None:
        self._middle.setCurrentIndex(0 if self.model.rowCount() else 1)
        shown, every = self.model.shown_rows(), len(self.model.rows())
        number = count_of(every, "entry", "entries")
        minutes, others = counted(shown)
        of = number if len(shown) == every else f"{len(shown):,} of {number}"
        rest = f" and {hours(others)} h that do not" if others else ""
        self.words.setText(f"Showing {of}. {hours(minutes)} h count towards hours owed{rest}.")


def _found(words: set[str], everything: str) -> list[tuple[str | None, str]]:
    return [(None, everything), *((each, each) for each in sorted(words - {""}, key=str.casefold))]
