"""A page that is not seen need not be read again at once: it is when it is shown next."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """Call it after a change: it refreshes a page that is seen, and any other page when it is shown."""

    def __init__(self, page: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._refresh, self._stale = page, refresh, False
        page.installEventFilter(self)

    def __call__(self) -> None:
        """Something changed."""
        self._stale = True
        if self._page.isVisible():
            self._now()

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        """The page is shown: read it if it is stale."""
        if event.type() == QEvent.Type.Show and self._stale:
            self._now()
        return super().eventFilter(page, event)

    def _now(self) -> None:
        self._stale = False
        self._refresh()
