"""Words of the sheet that are no kind of the school’s list: left out, put on the list, or read as one that is there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from staffdev_desktop.cpd.log.importing_kinds import ADD, KindChoice, UnknownKind
from staffdev_desktop.cpd.log.rows import KindRow
from staffdev_desktop.exchange.sheets import plain_words
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.import_columns import WIDTH
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label

HEIGHT = 170


class KindsCard(Card):
    """A line for each word; without an answer an entry stays without a kind. `changed` when the person answers."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self.setMaximumHeight(theme.px(HEIGHT))
        self.title = CardTitle("Not on the list of kinds", "", self)
        self.fields: dict[str, ChoiceField] = {}
        self._scroll = ClearScroll(self)
        self.body.addWidget(self.title)
        self.body.addWidget(self._scroll, 1)

    def set_unknown(self, unknown: Sequence[UnknownKind], kinds: Sequence[KindRow], may_add: bool) -> None:
        """Show these words, if they are others than those shown."""
        self.setVisible(bool(unknown))
        keys = [plain_words(each.written) for each in unknown]
        if keys == list(self.fields):
            return
        self.title.set_words("Not on the list of kinds", count_of(len(unknown), "word"))
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.fields = {}
        known = [(kind.id, kind.name) for kind in kinds]
        for place, each in enumerate(unknown):
            add = [(ADD, f"Add ‘{each.written}’ to the list")] if may_add else []
            field = ChoiceField([(None, "Leave without a kind"), *add, *known], inside)
            field.setMinimumContentsLength(8)
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setAccessibleName(f"Kind for ‘{each.written}’")
            field.set_value(each.choice)
            field.edited.connect(self._tell)
            self.fields[keys[place]] = field
            grid.addWidget(role_label(f"{each.written} ({each.lines})", "small", inside), place, 0)
            grid.addWidget(field, place, 1)
        grid.setRowStretch(len(unknown), 1)
        self._scroll.setWidget(inside)

    def chosen(self) -> dict[str, KindChoice]:
        """The answers, by the word as it is compared."""
        return {plain: field.value() for plain, field in self.fields.items() if field.value() is not None}

    def _tell(self, _value: object) -> None:
        self.changed.emit()
