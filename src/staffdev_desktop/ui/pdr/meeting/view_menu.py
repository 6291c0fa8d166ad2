"""What is shown in a meeting: both sides, or one alone; and large letters for two people at one screen."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import QuietButton

BOTH, SELF_REVIEW, STATEMENT = "both", "self-review", "statement"
LARGE = 130  # per cent


class ViewButton(QuietButton):
    """A button with a menu. `view_changed` is both, self-review or statement. Large letters end with the meeting."""

    view_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("&View", "eye", parent)
        self._setting, self._usual = theme.current_setting()
        menu = QMenu(self)
        group = QActionGroup(menu)
        for view, words in ((BOTH, "&Both sides"), (SELF_REVIEW, "Self-&review alone"), (STATEMENT, "&Statement alone")):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(view == BOTH)
            action.setData(view)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._chosen)
        menu.addSeparator()
        self.large = QAction("&Large letters", menu)
        self.large.setCheckable(True)
        self.large.setChecked(self._usual == LARGE)
        self.large.toggled.connect(self._enlarge)
        menu.addAction(self.large)
        self.setMenu(menu)

    def end(self) -> None:
        """Give the letters back the size that this PC has them in."""
        if theme.current_setting()[1] != self._usual:
            theme.apply(self._setting, self._usual)

    def _chosen(self, action: QAction) -> None:
        self.view_changed.emit(action.data())

    def _enlarge(self, large: bool) -> None:
        theme.apply(self._setting, LARGE if large else self._usual)
