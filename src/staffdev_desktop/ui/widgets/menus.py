"""Buttons with a menu of verbs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from staffdev_desktop.ui.widgets.buttons import PlainButton


def more_button(words: str, name: str, entries: Sequence[tuple[str, str]], chosen: Callable[[], None], parent: QWidget) -> PlainButton:
    """A button with a menu: `chosen` is called by the action, whose data is the verb."""
    button = PlainButton(words, "down", parent)
    button.setAccessibleName(name)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands at the right
    menu = QMenu(button)
    menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for entry, verb in entries:
        action = menu.addAction(entry)
        action.setData(verb)
        action.triggered.connect(chosen)
    button.setMenu(menu)
    return button
