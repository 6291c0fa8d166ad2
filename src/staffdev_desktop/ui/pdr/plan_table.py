"""The rehearsal of a cycle: who gets a review, from whom, who does not and why. Space ticks; Enter chooses the reviewer in the row."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.rows import PlanRow
from staffdev_desktop.pdr.services.cycles import Invited
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import people_choices
from staffdev_desktop.ui.pdr.models import column_of, plan_columns, plan_key
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import TableModel


class PlanTable(QWidget):
    """Shows PlanRows and says in words what would happen. `edited` when a tick or a reviewer is changed by a person."""

    edited = Signal()

    def __init__(self, people: Sequence[object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._names = {person.id: person.name for person in people}
        self._named: dict[object, int | None] = {}  # reviewers that a person chose, by row
        self._planned: dict[object, PlanRow] = {}
        self._picker: ChoiceField | None = None
        self._setting = False
        self.model = TableModel(plan_columns(), row_id=plan_key, tickable=True, parent=self)
        self.table = HouseTable(self.model, "Who gets a review", 38, self)
        self.words = role_label("", "strong", self)
        hint = role_label("Space ticks a person. Enter chooses the reviewer in that row.", "hint", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(hint)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._choose_reviewer)
        self.table.chosen.connect(self._close_picker)
        self.model.ticks_changed.connect(self._ticked)

    def set_plan(self, rows: Sequence[PlanRow], *, ticked: bool) -> None:
        """Show who there is: what must be settled first, then those who are in, then those who are left out.

        Reviewers and ticks that a person has chosen before stay.
        """
        self._close_picker()
        before, kept = {plan_key(row) for row in self.model.rows() if row.included}, set(self.model.ticked())
        self._planned = {plan_key(row): row for row in rows}
        shown = sorted((self._with_choice(row) for row in rows), key=lambda row: (not row.included, not row.trouble))
        self._setting = True
        self.model.set_rows(shown)
        for row in shown:
            key = plan_key(row)
            self.model.set_ticked([key], row.included and (key in kept if key in before else ticked))
        self._setting = False
        self._say()

    def invited(self) -> list[Invited]:
        """Everybody ticked."""
        rows = [self.model.row_of(key) for key in self.model.ticked()]
        return [Invited(row.person_id, row.reviewer_id, row.post_id, row.kind) for row in rows]

    def set_reviewer(self, key: object, reviewer_id: int | None) -> None:
        """Name a reviewer for a row."""
        self._named[key] = reviewer_id
        self.model.set_rows([self._with_choice(row) if plan_key(row) == key else row for row in self.model.rows()])
        self._say()
        self.edited.emit()

    def _with_choice(self, row: PlanRow) -> PlanRow:
        """The row with the reviewer that a person chose for it, if they did."""
        key = plan_key(row)
        if key not in self._named or not row.included:
            return row
        reviewer_id = self._named[key]
        trouble = "" if reviewer_id else self._planned[key].trouble or "No reviewer yet."
        return replace(row, reviewer_id=reviewer_id, reviewer=self._names.get(reviewer_id, ""), trouble=trouble, warning="")

    def _choose_reviewer(self, key: object) -> None:
        row = self.model.row_of(key)
        if not row.included:
            return
        self._close_picker()
        choices = people_choices(self._people, "Nobody yet", [row.person_id])
        self._picker = ChoiceField(choices, self.table)
        self._picker.setAccessibleName(f"Reviewer of {row.name}")
        self._picker.set_value(row.reviewer_id)
        self._picker.setProperty("plan_key", key)
        self._picker.edited.connect(self._reviewer_chosen)
        place = self.model.index(self.model.place_of(key), column_of(self.model, "reviewer"))
        self.table.setIndexWidget(place, self._picker)
        self._picker.setFocus()
        self._picker.showPopup()

    def _reviewer_chosen(self, reviewer_id: int | None) -> None:
        key = self._picker.property("plan_key")
        self._close_picker()
        self.set_reviewer(tuple(key), reviewer_id)
        self.table.setFocus()

    def _close_picker(self, *_chosen: object) -> None:
        if self._picker is not None:
            picker, self._picker = self._picker, None
            picker.hide()
            picker.deleteLater()

    def _ticked(self) -> None:
        if self._setting:
            return
        refused = [key for key in self.model.ticked() if not self.model.row_of(key).included]
        if refused:
            self._setting = True
            self.model.set_ticked(refused, on=False)
            self._setting = False
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        ticked = [self.model.row_of(key) for key in self.model.ticked()]
        unnamed = sum(1 for row in ticked if row.reviewer_id is None)
        parts = [f"{count_of(len(ticked), 'review')} will be made"]
        if unnamed:
            parts.append(f"{unnamed} without a reviewer")
        left = len(self.model.rows()) - len(ticked)
        if left:
            parts.append(f"{left} left out")
        self.words.setText(", ".join(parts) + ".")

    def minimumSizeHint(self):
        """Room for a few rows."""
        hint = super().minimumSizeHint()
        hint.setHeight(theme.px(150))
        return hint
