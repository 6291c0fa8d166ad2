"""One of the two grids of the offer, with the chosen cell beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.cpd.offer.rows import OfferGrid, OfferItemRow
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.offer.cell_card import CellCard
from staffdev_desktop.ui.cpd.offer.dialogs import ItemDialog
from staffdev_desktop.ui.cpd.offer.grid_view import OfferGridView
from staffdev_desktop.ui.cpd.offer.headings import HeadingsDialog
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.fields import role_label

UP, DOWN = -1, 1
HELP = "Arrow keys move from cell to cell, Enter goes to its items, Ctrl with an arrow moves an item."


class OfferPage(QWidget):
    """`enrol_asked(programme id)` when people are to be enrolled on what is chosen."""

    enrol_asked = Signal(int)

    def __init__(self, school, hub, *, may_run: bool, programmes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._programmes = school, hub, programmes
        self.grid: OfferGrid | None = None
        self.which = ""
        self.view = OfferGridView(self)
        self.card = CellCard(may_run=may_run, parent=self)
        self.top = role_label(HELP, "second", self)  # beside the segments
        card = Card(self, flush=True)
        card.body.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.card)
        self.view.cell_chosen.connect(self._show_cell)
        self.view.opened.connect(self.card.list.setFocus)
        self.card.asked.connect(self._asked)

    def show_grid(self, which: str) -> None:
        """Read and show one of the grids."""
        self.which = which
        self.grid = self._school.read(queries.offer_grid, grid=which)
        self.view.set_grid(self.grid)
        self._show_cell(self.view.chosen_cell())

    def focus_first(self) -> None:
        """Begin in the grid."""
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def lay_out(self) -> None:
        """Ask about its lines and columns."""
        messages.show(HeadingsDialog(self._school, self.which, self))

    def add_item(self) -> None:
        """Ask what else is offered in the chosen cell."""
        self._open(None)

    def _show_cell(self, cell: tuple[int, int] | None) -> None:
        if cell is None or self.grid is None:
            return
        line, column = self._names(cell)
        self.card.show_cell(line, column, self.grid.cell(*cell))

    def _names(self, cell: tuple[int, int]) -> tuple[str, str]:
        line = next(each.name for each in self.grid.lines if each.id == cell[0])
        column = next(each.name for each in self.grid.columns if each.id == cell[1])
        return line, column

    def _asked(self, verb: str) -> None:
        item = self.card.chosen()
        if verb == "add":
            self._open(None)
        elif item is None:
            return
        elif verb == "change":
            self._open(item)
        elif verb == "enrol":
            self.enrol_asked.emit(item.programme_id)
        elif verb == "remove":
            self._remove(item)
        else:
            problems_said(self, self._do, services.move_item, item, {"step": UP if verb == "up" else DOWN})

    def _remove(self, item: OfferItemRow) -> None:
        asked = messages.ask(self, f"Remove ‘{item.text}’ from the offer?", act="&Remove", safe="&Keep")
        if asked and problems_said(self, self._do, services.remove_item, item, {}):
            self._hub.notify(f"Removed: {item.text}", undo=True)

    def _do(self, service, item: OfferItemRow, more: dict[str, int]) -> None:
        self._school.do(service, item_id=item.id, revision=item.revision, **more)

    def _open(self, item: OfferItemRow | None) -> None:
        cell = self.view.chosen_cell()
        if cell is not None:
            line, column = self._names(cell)
            messages.show(ItemDialog(self._school, item, cell, f"{line}: {column}", self._programmes(), self))
