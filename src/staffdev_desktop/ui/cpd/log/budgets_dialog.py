"""The budgets for CPD of one academic year."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.requests.rows import BudgetDetails, BudgetRow
from staffdev_desktop.cpd.log.requests.services import set_budgets
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField
from staffdev_desktop.ui.widgets.money_field import PoundsField

WIDE = 520


class BudgetsDialog(AskDialog):
    """A line for each budget: its name and its money. A line without a name goes."""

    def __init__(self, school, year: int, budgets: Sequence[BudgetRow], parent: QWidget | None = None) -> None:
        words = "What is agreed counts as promised, what was attended as spent. Empty the name of a budget to remove it."
        title = f"How much money is there in {year_label(year)}?"
        super().__init__(title, words, act="&Save budgets", icon="check", width=WIDE, parent=parent)
        self._school, self._year = school, year
        self._lines: list[tuple[int | None, LabelledField, LabelledField]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.add = PlainButton("&Add a budget", "plus", self)
        self.add.clicked.connect(self._add_one)
        self.body.addWidget(self.add)
        for budget in budgets:
            self._line(budget)
        if not budgets:
            self._line(None)

    def _line(self, budget: BudgetRow | None) -> LabelledField:
        number = len(self._lines) + 1
        name = self.add_field(f"name {number}", LabelledField(f"Budget {number}", LineField("Whole-school CPD"), parent=self))
        pence = self.add_field(f"pence {number}", LabelledField("Money", PoundsField("£6,000"), parent=self))
        name.set_value(budget.name if budget else "")
        pence.set_value(budget.pence if budget else None)
        self._lines.append((budget.id if budget else None, name, pence))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(name, 3)
        row.addWidget(pence, 2)
        self._rows.addLayout(row)
        return name

    def _add_one(self) -> None:
        self._line(None).setFocus()

    def save(self) -> None:
        """Write them."""
        found = []
        for budget_id, name, pence in self._lines:
            if name.value():
                if pence.value() is None:
                    key = next(key for key, field in self.fields.items() if field is pence)
                    raise UserError("Write how much it is; £0 is an amount.", field=key)
                found.append(BudgetDetails(name.value(), pence.value(), budget_id))
        self._school.do(set_budgets, year=self._year, budgets=found)
