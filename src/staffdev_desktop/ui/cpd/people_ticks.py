"""Everybody to tick: who is in a group, who was there, who is enrolled."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel


def _name(person: CpdPerson) -> str:
    return person.name


def _posts(person: CpdPerson) -> str:
    return person.posts


def _search(person: CpdPerson) -> str:
    return f"{person.name} {person.posts} {person.group}"


class _Find(FilterBox):
    """Enter and Down go on to the list: the dialog is not over when somebody is found."""

    gone_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.gone_on.emit()
        else:
            super().keyPressEvent(event)


class PeopleTicks(QWidget):
    """A filter over a list with ticks; those ticked to begin with stand first. Its value is their ids, in the order of the list."""

    edited = Signal(object)

    def __init__(self, people: Sequence[CpdPerson], ticked: Iterable[int] = (), *, lines: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        first = set(ticked)
        self.find = _Find("Filter by name, post or group", self)
        columns = (Column("name", "Name", 0, _name, extra=_posts, tooltip=_posts, delegate=TwoLineDelegate),)
        self.model = TableModel(columns, search_text=_search, tickable=True, parent=self)
        self.table = HouseTable(self.model, "People", row_height=38, parent=self)
        self.table.setMinimumHeight(theme.px(30 + 38 * lines))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.find)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.find)
        self.model.set_rows(sorted(people, key=lambda person: person.id not in first))
        self.model.set_ticked(first)
        self.find.textChanged.connect(self.model.set_filter)
        self.find.gone_on.connect(self._to_list)
        self.model.ticks_changed.connect(self._tell)

    def value(self) -> tuple[int, ...]:
        """The ids ticked."""
        return self.model.ticked()

    def set_value(self, value: Iterable[int] | None) -> None:
        """Tick these and nobody else."""
        self.model.blockSignals(True)
        self.model.clear_ticks()
        self.model.blockSignals(False)
        self.model.set_ticked(value or ())

    def _to_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.choose(self.model.id_at(0))

    def _tell(self) -> None:
        self.edited.emit(self.value())
