"""What the panels of a year share: they follow the picker and what others change, and read nothing while they are not seen."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.changed import Changed


class YearPanel(QWidget):
    """Override `refresh` to read and show; `kinds` are the kinds of row whose change matters."""

    kinds: tuple[str, ...] = ()

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self._stale = True
        hub.changed.connect(self._changed)
        hub.year_changed.connect(self._year_changed)

    def refresh(self) -> None:
        """Read the year's rows and show them."""
        raise NotImplementedError

    def commit(self) -> None:
        """Nothing is typed into these panels themselves: their dialogs keep what is typed."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was not seen."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*self.kinds):
            self._refresh_if_seen()

    def _year_changed(self, _year: int) -> None:
        self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()
