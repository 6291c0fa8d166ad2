"""Who manages whom, top down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from staffdev_desktop.staff.rows import TreeRow
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.widgets.dialog import HouseDialog


class TreeDialog(HouseDialog):
    """The tree of line managers as it stands today. `person_chosen(id)` when somebody is opened in it."""

    person_chosen = Signal(int)

    def __init__(self, rows: Sequence[TreeRow], parent: QWidget | None = None) -> None:
        words = "As it stands today. Somebody with two line managers stands under each of them."
        super().__init__("Who manages whom?", words, safe="&Close", act="&Open record", parent=parent, width=560)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName("Who manages whom")
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.setMinimumHeight(theme.px(360))
        above: list[QTreeWidgetItem] = []
        for row in rows:
            item = QTreeWidgetItem([f"{row.name} · {row.posts}" if row.posts else row.name])
            item.setData(0, Qt.ItemDataRole.UserRole, row.person_id)
            del above[row.depth :]
            if above:
                above[-1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            above.append(item)
        self.tree.expandAll()
        if rows:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.tree.itemActivated.connect(self._act)
        self.body.addWidget(self.tree)

    def show_it(self) -> None:
        """Open it, with the keyboard in the tree."""
        messages.show(self, self._tell)
        self.tree.setFocus()

    def check(self) -> bool:
        """Somebody must be chosen."""
        return self.tree.currentItem() is not None

    def _tell(self) -> None:
        self.person_chosen.emit(self.tree.currentItem().data(0, Qt.ItemDataRole.UserRole))
