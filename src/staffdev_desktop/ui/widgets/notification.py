"""A notification: what was done, at the bottom left, with Undo and a way to close it. Screen readers hear it too."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import IconButton, LinkButton
from staffdev_desktop.ui.widgets.fields import role_label

STAYS = 6000  # ms
WIDTH, MARGIN, STATUS_BAR = 480, 16, 24
_ICONS = {"ok": "check", "warn": "warn", "late": "late", "info": "info"}


class Notification(QFrame):
    """Lies over the bottom left of its parent. `undone` when the verb is pressed, `closed` when it goes for whatever reason."""

    undone = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, *, above: int = STATUS_BAR) -> None:
        super().__init__(parent)
        self._kind, self._above, self._keep = "ok", above, False
        self.setProperty("notice", True)
        self._icon = QLabel(self)
        self._title = role_label("", "strong", self, wrap=True)
        self._detail = role_label("", "small", self, wrap=True)
        self._undo = LinkButton("Undo", parent=self)
        self._close = IconButton("x", "Close this message", self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_now)
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.close_now)
        parent.installEventFilter(self)
        self.hide()

    def say(self, title: str, detail: str = "", *, kind: str = "ok", undo: str = "", stays: bool = False) -> None:
        """Show and announce it for six seconds, or until it is closed where it `stays` because it needs an answer.

        `undo` is the verb of its link (‘Undo’, ‘Undo stage’); without one there is none.
        """
        self._kind, self._keep = kind, stays
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._undo.setText(undo)
        self._undo.setVisible(bool(undo))
        self._dress()
        spoken = f"{title}. {detail}" if detail else title
        self.setAccessibleName(spoken)
        self.show()
        self._settle()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
        self._timer.stop()
        if not stays:
            self._timer.start(STAYS)

    def close_now(self) -> None:
        """Take it away."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._settle()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEvent) -> None:
        """It waits while somebody reads it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Six seconds begin again."""
        super().leaveEvent(event)
        if not self._keep and not self.isHidden():
            self._timer.start(STAYS)

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_timer"):
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The status bar at its left edge."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, 4, self.height(), theme.colour(self._kind))

    def _take_back(self) -> None:
        self.close_now()
        self.undone.emit()

    def _dress(self) -> None:
        self._icon.setPixmap(theme.pixmap(_ICONS[self._kind], self._kind, 16))

    def _settle(self) -> None:
        parent = self.parentWidget()
        wide = min(theme.px(WIDTH), parent.width() - 2 * MARGIN)
        self.setFixedWidth(wide)
        high = max(self.layout().totalHeightForWidth(wide), theme.px(50))
        self.setGeometry(MARGIN, parent.height() - theme.px(self._above) - high - 10, wide, high)
