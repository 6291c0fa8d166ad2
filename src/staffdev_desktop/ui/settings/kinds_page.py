"""Kinds of CPD: the school’s own list, which of them count, and which are asked what came of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import KindDetails
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.settings.page import OrderedPage

_ID = Qt.ItemDataRole.UserRole
HEADS = ("Name", "Counts", "Asks impact", "In use")
NAME, COUNTS, ASKS, IN_USE = range(4)
ROW = 32


class KindsPage(OrderedPage):
    """A name is changed with F2, a tick with Space. What was used stays on its entries when it is out of use."""

    name, title = "cpd-kinds", "CPD kinds"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        if school.actor.may(Permission.RUN_CPD):
            school.do(begin_cpd)
        self.table = QTableWidget(0, len(HEADS), self)
        self.table.setAccessibleName("Kinds of CPD, in their order")
        self.table.setHorizontalHeaderLabels(HEADS)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((COUNTS, 80), (ASKS, 110), (IN_USE, 80)):
            self.table.setColumnWidth(column, theme.px(wide))
        words = (
            "What people choose from when they log something. Kinds that count go towards the hours owed; those that ask for impact "
            "remind people to write what changed. F2 changes a name, Space a tick."
        )
        self.lay_out(words, self.table, "kind")
        self.column.addWidget(self.problem)
        self._show()
        self.table.itemChanged.connect(self.touch)

    def _show(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for kind in self.school.read(queries.kinds, in_use_only=False):
            self._insert(self.table.rowCount(), KindDetails(kind.name, kind.counts, kind.asks_impact, kind.in_use, kind.id))
        self.table.blockSignals(False)
        self.table.setCurrentCell(0, NAME)

    def kinds(self) -> list[KindDetails]:
        """The list as it stands on screen."""
        return [self._details(row) for row in range(self.table.rowCount())]

    def save(self) -> None:
        """Write them in this order. Raises UserError for a name that is missing or there twice, or a kind that is used."""
        self.problem.show_words("")
        self.table.setFocus()  # an editor that is open gives its text to the table
        self.school.do(services.set_kinds, kinds=self.kinds())
        self._show()

    def _details(self, row: int) -> KindDetails:
        counts, asks, in_use = (self.table.item(row, each).checkState() == Qt.CheckState.Checked for each in (COUNTS, ASKS, IN_USE))
        return KindDetails(self.table.item(row, NAME).text(), counts, asks, in_use, self.table.item(row, NAME).data(_ID))

    def _insert(self, row: int, kind: KindDetails) -> None:
        self.table.insertRow(row)
        name = QTableWidgetItem(kind.name)
        name.setData(_ID, kind.id)
        self.table.setItem(row, NAME, name)
        for column, on in ((COUNTS, kind.counts), (ASKS, kind.asks_impact), (IN_USE, kind.in_use)):
            tick = QTableWidgetItem()
            tick.setFlags((tick.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsEditable)
            tick.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            tick.setData(Qt.ItemDataRole.AccessibleTextRole, HEADS[column])
            self.table.setItem(row, column, tick)

    def _add(self) -> None:
        row = self.table.rowCount()
        self._insert(row, KindDetails("New kind"))
        self.table.setCurrentCell(row, NAME)
        self.table.editItem(self.table.item(row, NAME))
        self.touch()

    def _move(self, step: int) -> None:
        row, column = self.table.currentRow(), max(self.table.currentColumn(), 0)
        if row >= 0 and 0 <= row + step < self.table.rowCount():
            kind = self._details(row)
            self.table.removeRow(row)
            self._insert(row + step, kind)
            self.table.setCurrentCell(row + step, column)
            self.touch()

    def _remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.touch()
