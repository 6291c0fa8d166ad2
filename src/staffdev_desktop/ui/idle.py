"""When nobody has touched the keyboard or the mouse for ten minutes, in a meeting twenty: time to lock the screen."""

import time
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from staffdev_desktop.kernel import clock

MINUTES, MINUTES_IN_MEETING = 10, 20
LOOK_EVERY = 5_000  # ms
_TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
}  # fmt: skip


class Idle(QObject):
    """Watches this program's windows (events reach a window first, before any widget). `expired(minutes)` comes once.

    Two clocks are compared: the monotonic one stands still while some PCs sleep, and the wall clock goes on.
    """

    expired = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.minutes = MINUTES
        self.touch()
        app = QGuiApplication.instance()
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def begin(self) -> None:
        """Start anew: the lock could not be closed yet."""
        self.touch()
        self._timer.start()

    def touch(self) -> None:
        """Somebody is there."""
        self._monotonic, self._wall = time.monotonic(), clock.now()

    def in_meeting(self, meeting: bool) -> None:
        """A meeting has pauses in which people talk."""
        self.minutes = MINUTES_IN_MEETING if meeting else MINUTES

    def look(self) -> None:
        """Lock if it is time."""
        if idle_seconds(self._monotonic, self._wall) >= self.minutes * 60:
            self._timer.stop()
            self.expired.emit(self.minutes)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice keys and mouse; never take anything."""
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)


def idle_seconds(monotonic: float, wall: datetime) -> float:
    """How long ago that was, by whichever clock says longer."""
    return max(time.monotonic() - monotonic, (clock.now() - wall).total_seconds())
