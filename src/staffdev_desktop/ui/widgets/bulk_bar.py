"""The bar above a table that appears when rows are ticked. Its place is kept, so nothing jumps."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.fields import role_label

HEIGHT = 42


class BulkBar(QFrame):
    """‘3 reviews ticked’, the buttons added with `add`, and Clear ticks. Connect the model's ticks to `set_count`."""

    cleared = Signal()

    def __init__(self, one: str, many: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one, self._many = one, many
        self.setProperty("bar", "bulk")
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.setFixedHeight(theme.px(HEIGHT))
        self._words = role_label("", "strong", self)
        self._clear = QuietButton("Clear tic&ks", parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._words)
        self._row.addStretch(1)
        self._row.addWidget(self._clear)
        self._clear.clicked.connect(self.cleared)
        self.set_count(0)

    def add(self, button: QPushButton) -> None:
        """Put a button before Clear ticks."""
        self._row.insertWidget(self._row.count() - 1, button)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(HEIGHT))

    def set_count(self, number: int) -> None:
        """Say how many are ticked; with none the bar is not seen."""
        self._words.setText(f"{count_of(number, self._one, self._many)} ticked")
        self.setVisible(number > 0)
