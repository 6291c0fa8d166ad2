"""Which column of the sheet is what: guessed, and changed by the person where the guess is wrong."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from staffdev_desktop.exchange.sheets import Sheet
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label

WIDTH = 330


class ColumnsCard(Card):
    """One line for each thing that can be taken in: `labels` by key. `changed` when the person chooses another column."""

    changed = Signal()

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self.title = CardTitle("Columns", "", self)
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.fields: dict[str, ChoiceField] = {}
        for place, (key, label) in enumerate(labels.items()):
            field = ChoiceField((), inside)
            field.setAccessibleName(f"Column for {label}")
            field.setMinimumContentsLength(7)
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.edited.connect(self._tell)
            self.fields[key] = field
            grid.addWidget(role_label(label, "small", inside), place, 0)
            grid.addWidget(field, place, 1)
        scroll = ClearScroll(self)
        scroll.setWidget(inside)
        column: QVBoxLayout = self.body
        column.addWidget(self.title)
        column.addWidget(scroll, 1)

    def set_sheet(self, sheet: Sheet, guessed: Mapping[str, int]) -> None:
        """Offer the columns of this sheet, with the guesses chosen."""
        header = f"headings in row {sheet.header_row}" if sheet.header_row else "no headings found"
        self.title.set_words("Columns", header)
        columns = [(place, words or f"Column {place + 1}") for place, words in enumerate(sheet.header)]
        for key, field in self.fields.items():
            field.set_choices([(None, "Not in this list"), *columns])
            field.set_value(guessed.get(key))

    def chosen(self) -> dict[str, int]:
        """What is chosen now, by key."""
        return {key: field.value() for key, field in self.fields.items() if field.value() is not None}

    def _tell(self, _value: object) -> None:
        self.changed.emit()
