"""The filters above the cycle board: reviewer, staff group, stage, and the further ones in a menu."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from staffdev_desktop.pdr.rows import BoardRow, CycleRow
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.models import BoardFilter, group_choices, reviewer_choices, stage_choices
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import ChoiceField

MORE = (("late_only", "&Late only"), ("hide_signed", "Hide &signed"), ("hide_away", "Hide &away and not in this cycle"))


class FilterRow(QWidget):
    """Says what to show. `changed(BoardFilter)` at once with every choice."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = BoardFilter()
        self._cycles: tuple[CycleRow, ...] = ()
        self.reviewer = self._choice("Reviewer", 164, "reviewer_id")
        self.group = self._choice("Staff group", 128, "group")
        self.stage = self._choice("Stage", 118, "stage")
        self.stage.set_choices(stage_choices())
        self.more = PlainButton("More &filters", "filter", self)
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for part in (self.reviewer, self.group, self.stage, self.more):
            self._row.addWidget(part)
        self._fill_menu()

    def value(self) -> BoardFilter:
        """What is chosen."""
        return self._filter

    def set_rows(self, rows: Sequence[BoardRow], cycles: Sequence[CycleRow]) -> None:
        """Offer who and what is there; what was chosen stays chosen."""
        self.reviewer.set_choices(reviewer_choices(rows))
        self.group.set_choices(group_choices(rows))
        if tuple(cycles) != self._cycles:
            self._cycles = tuple(cycles)
            self._fill_menu()
        known = {cycle.id for cycle in self._cycles}
        cycle_id = self._filter.cycle_id if self._filter.cycle_id in known else None
        self._set(replace(self._filter, reviewer_id=self.reviewer.value(), group=self.group.value(), cycle_id=cycle_id))

    def show_everything(self) -> None:
        """Take every filter away."""
        for field in (self.reviewer, self.group, self.stage):
            field.set_value(None)
        self._set(self._filter.cleared())
        self._fill_menu()

    def _choice(self, name: str, width: int, key: str) -> ChoiceField:
        field = ChoiceField(parent=self)
        field.setFixedWidth(theme.px(width))
        field.setAccessibleName(name)
        field.setProperty("filter", key)
        field.edited.connect(self._chosen)
        return field

    def _chosen(self, value: object) -> None:
        self._set(replace(self._filter, **{self.sender().property("filter"): value}))

    def _set(self, wanted: BoardFilter) -> None:
        if wanted == self._filter:
            return
        self._filter = wanted
        self.more.setText(f"More &filters ({wanted.more})" if wanted.more else "More &filters")
        self.changed.emit(wanted)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for key, words in MORE:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(getattr(self._filter, key))
            action.setData(key)
            action.toggled.connect(self._toggled)
        if len(self._cycles) > 1:
            self._menu.addSeparator()
            group = QActionGroup(self._menu)
            for cycle_id, name in ((None, "All cycles"), *((cycle.id, cycle.name) for cycle in self._cycles)):
                action = QAction(name.replace("&", "&&"), self._menu)
                action.setCheckable(True)
                action.setChecked(self._filter.cycle_id == cycle_id)
                action.setData(cycle_id)
                group.addAction(action)
                self._menu.addAction(action)
            group.triggered.connect(self._cycle_chosen)
        self._menu.addSeparator()
        self._menu.addAction("Show &everything", self.show_everything)

    def _toggled(self, on: bool) -> None:
        self._set(replace(self._filter, **{self.sender().data(): on}))

    def _cycle_chosen(self, action: QAction) -> None:
        self._set(replace(self._filter, cycle_id=action.data()))
