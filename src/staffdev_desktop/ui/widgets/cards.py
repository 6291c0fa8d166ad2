"""Cards: a white panel with a thin edge, and the line of words at its head."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.fields import role_label

MOST_SECOND = 700  # px at text size 100; it gives way before anything else in the row does


class Card(QFrame):
    """A panel. Put what is in it into `body`, a column; `flush` leaves out the padding, for a table that fills it."""

    def __init__(self, parent: QWidget | None = None, *, flush: bool = False) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*((1, 1, 1, 1) if flush else (14, 10, 14, 12)))
        self.body.setSpacing(0 if flush else 6)


class CardTitle(QWidget):
    """A title in 14 px, a second phrase beside it, and what `add` puts at the right."""

    def __init__(self, title: str, second: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = role_label(title, "card", self)
        self._second = Elided("second", self, MOST_SECOND)
        self._second.setText(second)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self._title)
        self._row.addWidget(self._second)
        self._row.addStretch(1)
        self._second.setVisible(bool(second))

    def set_words(self, title: str, second: str = "") -> None:
        """Change what it says."""
        self._title.setText(title)
        self._second.setText(second)
        self._second.setVisible(bool(second))

    def add(self, widget: QWidget) -> None:
        """Put a button or a badge at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


class Rule(QFrame):
    """A thin line between parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        self.setFixedHeight(1)
