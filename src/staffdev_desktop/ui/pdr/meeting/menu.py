"""The menu of opportunities: what is ticked becomes a development need of this statement."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.pdr.opportunities import Opportunity, opportunities_for
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.editors import TickField
from staffdev_desktop.ui.widgets.fields import role_label


class OpportunitiesDialog(HouseDialog):
    """Ticks under four headings; `chosen` afterwards."""

    def __init__(self, group: str, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            "What could help?",
            "Tick what suits. Each becomes a line under training and development needs, where you can change it.",
            safe="&Cancel",
            act="&Add to the needs",
            act_icon="plus",
            parent=parent,
            width=520,
        )
        self._ticks: list[tuple[Opportunity, TickField]] = []
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        setting = ""
        for each in opportunities_for(group):
            if each.words in known:
                continue
            if each.setting != setting:
                setting = each.setting
                column.addWidget(role_label(setting, "label", page))
            tick = TickField(each.words.replace("&", "&&"), page)
            self._ticks.append((each, tick))
            column.addWidget(tick)
        column.addStretch(1)
        scroll = ClearScroll(self)
        scroll.setWidget(page)
        scroll.setMinimumHeight(theme.px(320))
        self.body.addWidget(scroll)
        if self._ticks:
            self._ticks[0][1].setFocus()

    @property
    def chosen(self) -> tuple[Opportunity, ...]:
        """What was ticked."""
        return tuple(each for each, tick in self._ticks if tick.value())

    def check(self) -> bool:
        """Nothing ticked is nothing to add."""
        if not self.chosen:
            self.show_problem("Tick at least one, or cancel.")
        return bool(self.chosen)
