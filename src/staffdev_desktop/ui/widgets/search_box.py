"""What finds: the box in the header with its key cap, and above a list the plain box and the choices beside it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.fields import ChoiceField

LARGE, NARROWER = 115, 0.82  # per cent of text size beyond which choices are narrower, and how much


class FilterBox(QLineEdit):
    """A line with a glass. Connect `textChanged` to a model's set_filter: it filters at once. Esc empties it."""

    glass_colour = "text2"

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(False)
        self._measure()

    def keyPressEvent(self, event: QEvent) -> None:
        """Esc empties the box; with nothing in it, it is left to the panel or dialog."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the glass at any text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the glass in it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(QPointF(theme.px(9), (self.height() - theme.px(16)) / 2), theme.pixmap("search", self.glass_colour))

    def _measure(self) -> None:
        self.setTextMargins(theme.px(22), 0, 0, 0)


class SearchBox(FilterBox):
    """The search in the header, 340 wide, with its key cap while it is empty."""

    glass_colour = "onhead2"

    def __init__(self, words: str = "Find a person, post or paper", keys: str = "Ctrl+K", parent: QWidget | None = None) -> None:
        self._keys = keys
        super().__init__(words, parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, glass and key cap."""
        super().paintEvent(event)
        if self.text():
            return
        wide = theme.metrics(11).horizontalAdvance(self._keys) + 12
        cap = QRectF(self.width() - wide - 8.5, (self.height() - theme.px(18)) // 2 + 0.5, wide, theme.px(17))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("headedge"))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(theme.colour("onhead2"))
        painter.setFont(theme.font(11))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)

    def _measure(self) -> None:
        self.setFixedWidth(theme.px(340))
        super()._measure()


class FilterChoice(ChoiceField):
    """One of the choices that filter a list: `name` for a screen reader, `width` in px at text size 100, with large letters less."""

    def __init__(self, name: str, width: int, chosen: Callable[[object], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._wide = width
        self.setAccessibleName(name)
        self.edited.connect(chosen)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        wide = theme.px(self._wide)
        self.setFixedWidth(wide if theme.px(100) <= LARGE else round(wide * NARROWER))


class FilterRow(QWidget):
    """What stands above a list: the box that finds takes the room, then the rest."""

    def __init__(self, find: FilterBox, rest: Iterable[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(find, 1)
        for widget in rest:
            row.addWidget(widget)
