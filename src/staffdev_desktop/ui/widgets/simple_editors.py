"""The editors that the sign-in window needs, apart from the others so that it loads no more (DESIGN section 8): see editors.py."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import IconButton


class LineField(QLineEdit):
    """One line of words."""

    edited = Signal(object)

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(example)
        self.textEdited.connect(self._tell)

    def value(self) -> str:
        """The words, without spaces at either end."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show these words; the caret stays where it is if they are there already."""
        if self.text() != (value or ""):
            self.setText(value or "")

    def _tell(self, _text: str) -> None:
        self.edited.emit(self.value())


class ChoiceField(QComboBox):
    """One of several. `choices` are (value, words); the wheel changes it only after it was chosen, never while the page scrolls."""

    edited = Signal(object)

    def __init__(self, choices: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)
        self.activated.connect(self._tell)

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer other choices; what was chosen stays chosen if it is among them."""
        before = self.value() if self.count() else None
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(before)

    def value(self) -> object:
        """The value chosen, or None."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose by value; a value that is not offered chooses the first."""
        for place in range(self.count()):
            if self.itemData(place) == value:
                self.setCurrentIndex(place)
                return
        self.setCurrentIndex(0 if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the list is where the person is."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _tell(self, _index: int) -> None:
        self.edited.emit(self.value())


class PasswordField(LineField):
    """A password, with an eye that shows it. Its spaces count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = IconButton("eyeoff", "Show the password", self)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.clicked.connect(self._turn)

    def value(self) -> str:
        """What was typed, spaces and all."""
        return self.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right, inside the edge."""
        super().resizeEvent(event)
        side = max(theme.px(24), self.height() - 6)
        self.eye.setFixedSize(side, self.height() - 6)
        self.eye.move(self.width() - side - 3, 3)
        self.setTextMargins(0, 0, side, 0)

    def _turn(self) -> None:
        showing = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if showing else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye" if showing else "eyeoff")
        self.eye.set_name("Hide the password" if showing else "Show the password")
