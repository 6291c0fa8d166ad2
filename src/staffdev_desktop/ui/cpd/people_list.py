"""People to tick: found by name or post, narrowed to a staff group, and counted. Shared by the dialogs of CPD."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

TALL = 260  # px at any text size: a list gives way to the fields beside it


class PeopleList(QWidget):
    """`edited` when a tick comes or goes. Space ticks, Ctrl+A ticks all shown."""

    edited = Signal()

    def __init__(self, people: Sequence[CpdPerson], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        groups = dict.fromkeys(person.group for person in people)
        self.find = FilterBox("Find a name or a post", self)
        self.group = ChoiceField([(None, "All staff groups"), *((group, group or "No group") for group in groups)], self)
        self.group.setAccessibleName("Staff group")
        columns = (Column("name", "Name", 200, _name), Column("posts", "Post", 0, _posts, tooltip=_posts))
        self.model = TableModel(columns, tickable=True, search_text=_search, parent=self)
        self.model.set_rows(people)
        self.table = HouseTable(self.model, name, parent=self)
        self.table.setMinimumHeight(TALL)
        self.count = role_label("", "strong", self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.find, 1)
        top.addWidget(self.group)
        card = Card(self, flush=True)
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(card, 1)
        column.addWidget(self.count)
        column.addWidget(role_label("Space ticks the row, Ctrl+A all rows shown.", "hint", self))
        self.group.edited.connect(self._narrow)
        self.find.textChanged.connect(self.model.set_filter)
        self.model.ticks_changed.connect(self._say)
        self._say()

    def ticked(self) -> tuple[int, ...]:
        """The ids of the people ticked."""
        return self.model.ticked()

    def tick(self, person_ids: Sequence[int]) -> None:
        """Tick these people and nobody else."""
        self.model.clear_ticks()
        self.model.set_ticked(person_ids)

    def _narrow(self, group: object) -> None:
        self.model.set_condition(None if group is None else lambda person: person.group == group)

    def _say(self) -> None:
        self.count.setText(f"{count_of(len(self.ticked()), 'person', 'people')} ticked")
        self.edited.emit()


def _name(person: CpdPerson) -> str:
    return person.name


def _posts(person: CpdPerson) -> str:
    return person.posts


def _search(person: CpdPerson) -> str:
    return f"{person.name} {person.posts}"
