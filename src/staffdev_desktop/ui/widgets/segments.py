"""Joined segments: sub-tabs, and one of a few words (agreed, agreed with comments, not agreed)."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.fields import plain_words


class _Segment(QPushButton):
    """One of the segments. Its width is measured in semibold, so nothing moves when it is chosen."""

    def sizeHint(self) -> QSize:
        """Room for its words in semibold."""
        wide = theme.metrics(13, theme.SEMIBOLD).horizontalAdvance(plain_words(self.text()))
        return QSize(wide + theme.px(26), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


class Segments(QWidget):
    """One of several, as joined buttons. `choices` are (value, words). Left and Right choose; Tab goes on.

    `edited(value)` comes when a person chooses. Nothing need be chosen to begin with; choosing the chosen one again clears it where
    `may_clear`.
    """

    edited = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]], name: str, parent: QWidget | None = None, *, may_clear: bool = False) -> None:
        super().__init__(parent)
        self._values = [value for value, _words in choices]
        self._chosen: int | None = None
        self._may_clear = may_clear
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (_value, words) in enumerate(choices):
            button = _Segment(words, self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("segment", _place(number, len(choices)))
            button.installEventFilter(self)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._group.idClicked.connect(self._clicked)
        self._dress()

    def setAccessibleName(self, name: str) -> None:
        """Each segment says what it is one of."""
        super().setAccessibleName(name)
        for button in self._group.buttons():
            button.setAccessibleName(f"{name}: {plain_words(button.text())}")

    def value(self) -> object:
        """The value chosen, or None."""
        return None if self._chosen is None else self._values[self._chosen]

    def set_value(self, value: object) -> None:
        """Choose by value; None, or a value that is not there, chooses nothing."""
        self._chosen = self._values.index(value) if value in self._values else None
        self._dress()

    def button(self, value: object) -> QPushButton:
        """The button of a value: to disable it or to give it a tool tip."""
        return self._group.button(self._values.index(value))

    def focusInEvent(self, event: QEvent) -> None:
        """Focus goes to the segment chosen."""
        super().focusInEvent(event)
        self._group.button(self._chosen or 0).setFocus()

    def eventFilter(self, watched: QPushButton, event: QEvent) -> bool:
        """Left and Right move the choice."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key(), 0)
            place = self._group.id(watched) + step
            if step and 0 <= place < len(self._values):
                if self._group.button(place).isEnabled():
                    self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)
                    self._choose(place)
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, number: int) -> None:
        self._choose(None if number == self._chosen and self._may_clear else number)

    def _choose(self, number: int | None) -> None:
        changed = number != self._chosen
        self._chosen = number
        self._dress()
        if changed:
            self.edited.emit(self.value())

    def _dress(self) -> None:
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == self._chosen)
            stop = number == (self._chosen or 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)


def _place(number: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(number, "middle")
