"""Choose the entry of somebody’s log that was for an area of the diagnostic."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.diagnostic.rows import Trend, TrendRow
from staffdev_desktop.cpd.diagnostic.services.ratings import link_entry
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import hours_in_table
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, TALL, ROW_HEIGHT = 620, 240, 40


def _day(row: EntryRow) -> str:
    return day_with_year(row.details.done_on)


def _when(row: EntryRow) -> object:
    return row.details.done_on


def _activity(row: EntryRow) -> str:
    return row.details.activity


def _kind(row: EntryRow) -> str:
    return row.kind


def _hours(row: EntryRow) -> str:
    return hours_in_table(row.details.minutes)


def _area(row: EntryRow) -> str:
    return row.area


class LinkDialog(AskDialog):
    """An entry to link; one that is linked to this area already lets go of it. `adding` if it is not in the log yet."""

    adding = Signal()

    def __init__(self, school, trend: Trend, row: TrendRow, parent: QWidget | None = None) -> None:
        words = f"For {trend.name}. An entry is for one area; its words stay as they are."
        super().__init__(f"Which entry was for ‘{row.title}’?", words, act="&Link it", icon="link", width=WIDE, parent=parent)
        self._school, self._row = school, row
        first = trend.terms[0].opens_on
        entries = [each for each in school.read(log.entries, person_id=trend.person_id) if each.details.done_on >= first]
        columns = (
            Column("day", "Date", 104, _day, sort_key=_when),
            Column("activity", "Activity", 0, _activity, extra=_kind, delegate=TwoLineDelegate),
            Column("hours", "Hours", 64, _hours, align="right"),
            Column("area", "Linked to", 170, _area, tooltip=_area),
        )
        self.model = TableModel(columns, parent=self)
        self.model.set_rows(sorted(entries, key=partial(_mine_last, row.area_id)))
        self.table = HouseTable(self.model, "Entries of the log", row_height=ROW_HEIGHT, parent=self)
        self.table.setMinimumHeight(theme.px(TALL))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.find = FilterBox("Filter by any word", self)
        self.find.textChanged.connect(self.model.set_filter)
        self.body.addWidget(self.find)
        self.body.addWidget(self.table, 1)
        if not entries:
            self.body.addWidget(role_label("Nothing is in the log in these terms.", "second", self))
        self.add = PlainButton("&Add an entry…", "plus", self)
        self.add.clicked.connect(self._add)
        self.add_left(self.add)
        self.first = self.table
        if entries:
            self.table.choose(self.model.id_at(0))

    def save(self) -> None:
        """Link it, or let it go."""
        entry = self.model.row_of(self.table.chosen_id())
        if entry is None:
            raise UserError("Choose an entry of the log.")
        self._school.do(link_entry, entry_id=entry.id, revision=entry.revision, area_id=None if self._is_mine(entry) else self._row.area_id)
        self._words = f"‘{entry.details.activity}’ is " + ("no longer linked" if self._is_mine(entry) else f"linked to {self._row.title}")

    def said(self) -> str:
        """What to say once it is on disk."""
        return self._words

    def _is_mine(self, entry: EntryRow) -> bool:
        return entry.details.area_id == self._row.area_id

    def _chosen(self, key: object) -> None:
        entry = self.model.row_of(key)
        self.act_button.setText("Take the &link away" if entry and self._is_mine(entry) else "&Link it")

    def _opened(self, _key: object) -> None:
        self._act()

    def _add(self) -> None:
        self.touched = False
        self.reject()
        self.adding.emit()


def _mine_last(area_id: int, entry: EntryRow) -> tuple[bool, int]:
    return entry.details.area_id == area_id, -entry.details.done_on.toordinal()
