"""Staff groups in the school's order, and the priorities of a year."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from staffdev_desktop.cpd.services import set_staff_groups
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.kinds import KINDS, SUPPORT
from staffdev_desktop.settings import queries, services
from staffdev_desktop.settings.rows import GroupDetails
from staffdev_desktop.ui.settings.page import OrderedPage, SettingsPage, frame_list
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, TextField

_ID = Qt.ItemDataRole.UserRole
_FORMS = _ID + 1


class GroupsPage(OrderedPage):
    """Names are changed in the list itself (F2 or Enter)."""

    name, title = "groups", "Staff groups"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Staff groups, in their order")
        frame_list(self.list)
        self.lay_out("People are sorted into these groups on lists and in figures. F2 changes a name.", self.list, "group")
        self.forms = LabelledField(
            "&Kind of review in this group",
            ChoiceField([(kind.id, kind.title) for kind in KINDS.values()]),
            hint="For reviews made from now on. One person’s can differ: PDR meetings, How this person is reviewed.",
            parent=self,
        )
        self.column.addWidget(self.forms)
        self.column.addWidget(self.problem)
        self.list.currentItemChanged.connect(self._show_forms)
        self._show()
        self.list.itemChanged.connect(self.touch)
        self.forms.edited.connect(self._take_forms)

    def _show(self) -> None:
        self.list.clear()
        for group in self.school.read(queries.staff_groups):
            self._insert(self.list.count(), group.name, group.id, group.forms)
        self.list.setCurrentRow(0)

    def _show_forms(self, item: QListWidgetItem | None) -> None:
        self.forms.setEnabled(item is not None)
        if item is not None:
            self.forms.set_value(item.data(_FORMS))

    def _take_forms(self, *_value: object) -> None:
        self.list.currentItem().setData(_FORMS, self.forms.value())  # which touches the page

    def _insert(self, row: int, name: str, group_id: int | None, forms: str) -> QListWidgetItem:
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(_ID, group_id)
        item.setData(_FORMS, forms)
        self.list.insertItem(row, item)
        return item

    def save(self) -> None:
        """Write names, kinds and order. Raises UserError for an empty or double name, or a group with people in it."""
        self.problem.show_words("")
        self.list.setFocus()  # an editor that is open gives its text to the list
        items = [self.list.item(row) for row in range(self.list.count())]
        groups = [GroupDetails(item.text(), item.data(_FORMS), item.data(_ID)) for item in items]
        self.school.do(set_staff_groups, groups=groups)
        self._show()

    def _add(self) -> None:
        item = self._insert(self.list.count(), "New group", None, SUPPORT)
        self.list.setCurrentItem(item)
        self.list.editItem(item)
        self.touch()

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count() and row >= 0:
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentItem(item)
            self.touch()

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self.touch()


class PrioritiesPage(SettingsPage):
    """The school's priorities of the year picked in the header, one a line: targets may name one."""

    name, title = "priorities", "School priorities"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.texts = LabelledField(
            f"School &priorities {year_label(hub.year)}, one a line",
            TextField("", lines=6),
            hint="A target in a review can name one of them.",
            parent=self,
        )
        self.texts.set_value("\n".join(each.text for each in school.read(queries.priorities, year=hub.year)))
        self.texts.edited.connect(self.touch)
        self.column.addWidget(self.texts)
        self.column.addStretch(1)

    def save(self) -> None:
        """Write them in this order."""
        self.school.do(services.set_priorities, year=self.hub.year, texts=str(self.texts.value()).splitlines())
