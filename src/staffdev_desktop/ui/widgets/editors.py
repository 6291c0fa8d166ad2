"""The editors that stand in fields. Each has value(), set_value(value) and a signal `edited(value)` for what a person does to it.

`problem(sentence)` comes from those that can be typed wrong; an empty sentence means it is right again. No editor ever throws away
what was typed.
"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSizePolicy, QWidget

from staffdev_desktop.kernel import dates
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.simple_editors import ChoiceField, LineField, PasswordField

__all__ = ["ChoiceField", "DateField", "LineField", "PasswordField", "TextField", "TickField", "TimeField"]


class TypedField(LineField):
    """A line that must read as something; wrong words stay, with a sentence under them."""

    problem = Signal(str)

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example, parent)
        self.editingFinished.connect(self.check)

    def check(self) -> bool:
        """Read what is typed, write it the house way and say what is wrong; True if it is right or empty."""
        words = self.text().strip()
        try:
            if words:
                self.set_value(self._read(words))
        except UserError as error:
            self.problem.emit(error.message)
            return False
        self.problem.emit("")
        return True

    def value(self):
        """What the words mean; None when empty or wrong."""
        words = self.text().strip()
        try:
            return self._read(words) if words else None
        except UserError:
            return None

    def _tell(self, text: str) -> None:
        value = self.value()
        if value is not None or not text.strip():
            self.problem.emit("")
        self.edited.emit(value)

    def _read(self, words: str):
        raise NotImplementedError


class DateField(TypedField):
    """A day, typed as people in the UK type one: 31/8/27, 31 Aug 2027. Written 31 Aug 2027 when the field is left."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example or "For example 31/8/2027", parent)

    def set_value(self, value: date | str | None) -> None:
        """Show a day; words that are no day are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else dates.day_with_year(value))

    def _read(self, words: str) -> date:
        return dates.parse_date(words)


class TimeField(TypedField):
    """A time of day: 13:30, 1.30 pm."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example or "For example 13:30", parent)

    def set_value(self, value: time | str | None) -> None:
        """Show a time; words that are no time are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else dates.clock_time(value))

    def _read(self, words: str) -> time:
        return dates.parse_time(words)


class TextField(QPlainTextEdit):
    """Several lines. It grows with what is typed from `lines` to `most_lines`; Tab moves on."""

    edited = Signal(object)
    left = Signal()

    def __init__(self, example: str = "", lines: int = 3, most_lines: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._most_lines = lines, max(lines, most_lines)
        self._setting = False
        self.setPlaceholderText(example)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """The words as typed, without white space at either end."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show these words without telling `edited`; nothing moves if they are there already."""
        if self.value() == (value or "").strip():
            return
        self._setting = True
        self.setPlainText(value or "")
        self._setting = False

    def set_lines(self, lines: int, most_lines: int | None = None) -> None:
        """Change the height to begin with, in lines of text."""
        self._lines, self._most_lines = lines, max(lines, most_lines or self._most_lines)
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as the lines it begins with."""
        return QSize(theme.px(160), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are allowed: words wrap."""
        return QSize(theme.px(60), self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        """Keep the number of lines when the letters grow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_lines"):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and grow if that needs more lines."""
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell who keeps drafts that the person has gone on."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        if not self._setting:
            self.edited.emit(self.value())

    def _grow(self, *_size: object) -> None:
        wanted = int(self.document().size().height())  # a plain text document measures itself in lines
        over = wanted > self._most_lines
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = min(max(self._lines, wanted), self._most_lines)
        height = lines * theme.metrics().lineSpacing() + theme.px(14)
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)


class TickField(QCheckBox):
    """Yes or no, with its words beside it."""

    edited = Signal(object)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.clicked.connect(self._tell)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def _tell(self, _checked: bool) -> None:
        self.edited.emit(self.value())
