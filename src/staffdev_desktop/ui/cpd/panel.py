"""What the views of the tab ‘CPD portfolio’ are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.ui.year_panel import YearPanel


class CpdPanel(YearPanel):
    """A view: it follows the year in the header. `tools` stand at the right of the sub-tabs while it is shown, or under them.

    `wanted(view, what)` asks the tab for another view, which is then given `what` through its `go_to`: (‘log’, a person’s id).
    """

    wanted = Signal(str, object)

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.may_run = school.actor.may(Permission.RUN_CPD)
        self.tools = QWidget(self)
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)

    def add_tools(self, *widgets: QWidget) -> None:
        """Put these at the right of the sub-tabs, in this order."""
        for widget in widgets:
            self.tools.layout().addWidget(widget)

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""

    def go_to(self, what: object) -> None:
        """Show what another view asked for."""

    def place(self) -> object:
        """Where somebody is, for the screen lock; `go_to` takes it."""
        return None

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self]

    def print_shown(self) -> None:
        """Ctrl+P: the paper of what is shown."""

    def add_new(self) -> None:
        """Ctrl+N: one more of what is shown."""
