"""The list of providers: add, change, remove."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.cpd.offer.rows import ProviderRow
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.list_keys import ListKeys
from staffdev_desktop.ui.cpd.offer.dialogs import ProviderDialog
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel


def _detail(key: str, row: ProviderRow) -> str:
    return getattr(row.details, key)


def _ask(row: ProviderRow) -> str:
    return " · ".join(words for words in (row.details.contact, row.details.email) if words)


def _count(row: ProviderRow) -> str:
    return count_of(row.items, "line") if row.items else "–"


def _items(row: ProviderRow) -> int:
    return row.items


class ProvidersDialog(HouseDialog):
    """Everybody who offers something. Enter changes, Delete removes."""

    def __init__(self, school, parent: QWidget | None = None) -> None:
        super().__init__("Who offers training?", safe="&Close", parent=parent, width=560)
        self._school = school
        columns = (
            Column("name", "Provider", 0, partial(_detail, "name"), extra=_ask, delegate=TwoLineDelegate),
            Column("phone", "Telephone", 118, partial(_detail, "phone")),
            Column("items", "In use", 64, _count, sort_key=_items),
        )
        self.model = TableModel(columns, parent=self)
        self.find = FilterBox("Filter by any word", self)
        self.table = HouseTable(self.model, "Providers", row_height=40, parent=self)
        self.table.setMinimumHeight(theme.px(300))
        self.add, self.change, self.remove = (
            PlainButton(words, icon, self) for words, icon in (("&Add…", "plus"), ("C&hange…", "pen"), ("&Remove…", "x"))
        )
        self.body.addWidget(self.find)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        for button in (self.add, self.change, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.find.textChanged.connect(self.model.set_filter)
        self.add.clicked.connect(self.add_one)
        self.change.clicked.connect(self._change_chosen)
        self.remove.clicked.connect(self.remove_chosen)
        self.table.opened.connect(self.change_one)
        self.table.chosen.connect(self._dress)
        ListKeys(self.table, remove=self.remove_chosen)
        self.read()

    def read(self) -> None:
        """Show them as they are now."""
        self.model.set_rows(self._school.read(queries.providers))
        self._dress()

    def add_one(self) -> None:
        """Ask who else."""
        messages.show(ProviderDialog(self._school, None, self), self.read)

    def change_one(self, provider_id: int) -> None:
        """Ask what is right."""
        row = self.model.row_of(provider_id)
        if row is not None:
            messages.show(ProviderDialog(self._school, row, self), self.read)

    def remove_chosen(self) -> None:
        """Remove the one chosen, after asking."""
        row = self.model.row_of(self.table.chosen_id())
        if row is None:
            return
        words = f"{count_of(row.items, 'line')} of the directory will stand without a provider." if row.items else ""
        if not messages.ask(self, f"Remove {row.details.name}?", words, act="&Remove", safe="&Keep"):
            return
        if problems_said(self, self._remove, row):
            self.read()

    def _remove(self, row: ProviderRow) -> None:
        self._school.do(services.remove_provider, provider_id=row.id, revision=row.revision)

    def _change_chosen(self) -> None:
        self.change_one(self.table.chosen_id())

    def _dress(self, _key: object = None) -> None:
        chosen = self.model.row_of(self.table.chosen_id()) is not None
        self.change.setEnabled(chosen)
        self.remove.setEnabled(chosen)
