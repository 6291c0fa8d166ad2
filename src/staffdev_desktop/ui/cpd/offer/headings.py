"""Lines and columns of a grid of the offer: add, rename, move, remove."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.cpd.offer.rows import HeadingRow
from staffdev_desktop.cpd.offer.rules import COLUMN, GRIDS, LINE
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.list_keys import ListKeys
from staffdev_desktop.ui.cpd.offer.dialogs import HeadingDialog
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel


def _name(row: HeadingRow) -> str:
    return row.name


class HeadingsDialog(HouseDialog):
    """Ctrl with an arrow moves, Enter renames, Delete removes."""

    def __init__(self, school, grid: str, parent: QWidget | None = None) -> None:
        super().__init__(f"How is ‘{GRIDS[grid]}’ laid out?", safe="&Close", parent=parent, width=460)
        self._school, self._grid = school, grid
        self.axis = Segments([(LINE, "&Lines"), (COLUMN, "C&olumns")], "Lines or columns", self)
        self.axis.set_value(LINE)
        self.model = TableModel((Column("name", "Name", 0, _name),), parent=self)
        self.table = HouseTable(self.model, "Lines or columns", parent=self)
        self.table.setMinimumHeight(theme.px(230))
        self.body.addWidget(self.axis)
        self.body.addWidget(self.table, 1)
        words = (
            ("add", "&Add…", "plus"), ("rename", "Re&name…", "pen"), ("remove", "&Remove…", "x"),
            ("up", "Move &up", None), ("down", "Move &down", None),
        )  # fmt: skip
        self.verbs = {verb: PlainButton(text, icon, self) for verb, text, icon in words}
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        for place, button in enumerate(self.verbs.values()):
            rows.addWidget(button, place // 3, place % 3)
        line = QHBoxLayout()
        line.addLayout(rows)
        line.addStretch(1)
        self.body.addLayout(line)
        self.verbs["add"].clicked.connect(self.add_one)
        self.verbs["rename"].clicked.connect(self.rename_chosen)
        self.verbs["remove"].clicked.connect(self.remove_chosen)
        self.verbs["up"].clicked.connect(self.move_up)
        self.verbs["down"].clicked.connect(self.move_down)
        self.table.opened.connect(self.rename_chosen)
        self.axis.edited.connect(self.read)
        ListKeys(self.table, remove=self.remove_chosen, up=self.move_up, down=self.move_down)
        self.read()

    def read(self, _axis: object = None) -> None:
        """Show them as they are now."""
        grid = self._school.read(queries.offer_grid, grid=self._grid)
        rows = grid.lines if self.axis.value() == LINE else grid.columns
        chosen = self.table.chosen_id()
        self.model.set_rows(rows)
        self.table.choose(chosen if self.model.place_of(chosen) is not None else self.model.id_at(0))

    def add_one(self) -> None:
        """Ask what the new one is called."""
        messages.show(HeadingDialog(self._school, self._grid, self.axis.value(), None, self), self.read)

    def rename_chosen(self, _key: object = None) -> None:
        """Ask for another name."""
        if (row := self._chosen()) is not None:
            messages.show(HeadingDialog(self._school, self._grid, self.axis.value(), row, self), self.read)

    def remove_chosen(self) -> None:
        """Remove the one chosen with what stands in it, after asking."""
        if (row := self._chosen()) is None:
            return
        grid = self._school.read(queries.offer_grid, grid=self._grid)
        inside = sum(row.id in (item.line_id, item.column_id) for item in grid.items)
        words = f"{count_of(inside, 'item')} in it will go as well." if inside else ""
        if messages.ask(self, f"Remove ‘{row.name}’?", words, act="&Remove", safe="&Keep"):
            problems_said(self, self._do, services.remove_heading, row, {})
            self.read()

    def move_up(self) -> None:
        """One place towards the first."""
        self._move(-1)

    def move_down(self) -> None:
        """One place towards the last."""
        self._move(1)

    def _move(self, step: int) -> None:
        if (row := self._chosen()) is not None:
            problems_said(self, self._do, services.move_heading, row, {"step": step})
            self.read()

    def _do(self, service, row: HeadingRow, more: dict[str, int]) -> None:
        self._school.do(service, heading_id=row.id, revision=row.revision, **more)

    def _chosen(self) -> HeadingRow | None:
        return self.model.row_of(self.table.chosen_id())
