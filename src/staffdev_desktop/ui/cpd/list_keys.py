"""Keys of a list beside those every table has: Delete removes, Ctrl with an arrow moves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

Verb = Callable[[], object]


class ListKeys(QObject):
    """Listens to a list: a table would take these keys for letters that find a row."""

    def __init__(self, watched: QWidget, *, remove: Verb, up: Verb | None = None, down: Verb | None = None) -> None:
        super().__init__(watched)
        self._plain = {Qt.Key.Key_Delete: remove}
        self._held = {key: verb for key, verb in ((Qt.Key.Key_Up, up), (Qt.Key.Key_Down, down)) if verb is not None}
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what the key is for."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            verb = (self._held if held else self._plain).get(event.key())
            if verb is not None:
                verb()
                return True
        return super().eventFilter(watched, event)
