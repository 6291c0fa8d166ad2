"""The directory while a need is agreed: what is chosen becomes a need, or the way to meet one that is written already."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.offer.rows import Found
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

MOST_LETTERS = 48  # of a need in the list of needs
OWN = -1


def _title(row: Found) -> str:
    return row.title


def _how(row: Found) -> str:
    return row.how


def _audience(row: Found) -> str:
    return row.audience


def _about(row: Found) -> str:
    return row.about


def _search(row: Found) -> str:
    return row.search


class _Find(FilterBox):
    """Down goes on to what was found."""

    table: HouseTable | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the list."""
        if event.key() == Qt.Key.Key_Down and self.table is not None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class DirectoryDialog(HouseDialog):
    """Filter as one types, choose, Enter. `chosen` and `place` afterwards; `place` is the number of a need, or OWN."""

    def __init__(self, found: Sequence[Found], needs: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        super().__init__(
            "What does the directory offer?", safe="&Cancel", act="&Add to the needs", act_icon="plus", parent=parent, width=560
        )  # fmt: skip
        self.find = _Find("Find by any word: a topic, a provider, a place", self)
        columns = (
            Column("title", "What", 0, _title, extra=_how, tooltip=_about, delegate=TwoLineDelegate),
            Column("audience", "For", 150, _audience, tooltip=_audience),
        )
        self.model = TableModel(columns, search_text=_search, parent=self)
        self.table = HouseTable(self.model, "Directory", row_height=42, parent=self)
        self.table.setMinimumHeight(theme.px(30 + 6 * 42))
        self.find.table = self.table
        self.about = role_label("", "second", self, wrap=True)
        self.about.setMinimumHeight(theme.px(34))
        choices = [(OWN, "A need of its own"), *((number, f"How to meet ‘{_short(words)}’") for number, words in needs)]
        self.where = LabelledField("&Put it under", ChoiceField(choices), parent=self)
        self.where.setVisible(bool(needs))
        for part in (self.find, self.table, self.about, self.where):
            self.body.addWidget(part)
        self.model.set_rows(found)
        self.find.textChanged.connect(self._filter)
        self.table.chosen.connect(self._show_about)
        self.table.opened.connect(self._act)
        if len(needs) == 1:
            self.where.set_value(needs[0][0])
        self.find.setFocus()

    @property
    def chosen(self) -> Found | None:
        """What was chosen: the row, or the only one that is left of the filter."""
        if self.model.rowCount() == 1:
            return self.model.shown_rows()[0]
        row = self.model.row_of(self.table.chosen_id())
        return row if row is not None and self.model.place_of(row.id) is not None else None

    @property
    def place(self) -> int:
        """Where it goes: the number of a need, or OWN."""
        return int(self.where.value())

    def check(self) -> bool:
        """Nothing chosen is nothing to add."""
        if self.chosen is None:
            self.show_problem("Choose a line, or cancel.")
        return self.chosen is not None

    def _filter(self, words: str) -> None:
        self.model.set_filter(words)
        self._show_about()

    def _show_about(self, _key: object = None) -> None:
        row = self.chosen
        self.about.setText("" if row is None else row.about or " · ".join(words for words in (row.when, row.place) if words))

    def _act(self, _key: object = None) -> None:
        super()._act()


def _short(words: str) -> str:
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"
