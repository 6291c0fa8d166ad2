"""A new password, typed twice, with bars and advice beside it."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.set_up.strength import SHORTEST, Strength, strength_of
from staffdev_desktop.ui.widgets.fields import LabelledField, PasswordField, role_label

_KINDS = ("late", "late", "warn", "ok", "ok")


class StrengthBars(QWidget):
    """Four bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Four bars of 26 by 6."""
        return QSize(theme.px(26) * 4 + 9, theme.px(6) + 2)

    def set_level(self, level: int) -> None:
        """Fill this many."""
        self._level = level
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled ones in the colour of what they mean; the words stand beside them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = theme.px(26)
        for bar in range(4):
            filled = bar < self._level
            painter.setPen(theme.colour(_KINDS[self._level] if filled else "field"))
            painter.setBrush(theme.colour(_KINDS[self._level] if filled else "surface"))
            painter.drawRoundedRect(QRectF(bar * (wide + 3) + 0.5, 1.5, wide - 1, theme.px(6) - 1), 2.5, 2.5)


class NewPassword(QWidget):
    """`value()` is the password, or None with what is wrong shown on the fields."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, label: str = "Your &password", again: str = "Type it &again") -> None:
        super().__init__(parent)
        self.known: tuple[str, ...] = ()
        self.first = LabelledField(label, PasswordField(), parent=self)
        self.second = LabelledField(again, PasswordField(), parent=self)
        self.bars = StrengthBars(self)
        self.advice = role_label("", "small", self, wrap=True)
        fields, advice = QHBoxLayout(), QHBoxLayout()
        fields.setSpacing(12)
        for field in (self.first, self.second):
            fields.addWidget(field, 1)
            field.edited.connect(self._typed)
        advice.setSpacing(8)
        advice.addWidget(self.bars)
        advice.addWidget(self.advice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(fields)
        column.addLayout(advice)
        self.setFocusProxy(self.first.editor)
        self._show_strength()

    def strength(self) -> Strength:
        """What the bars show."""
        return strength_of(self.first.value(), *self.known)

    def value(self) -> str | None:
        """The password if it is long enough and typed the same twice; else None, and the field says why."""
        typed = self.first.value()
        if len(typed.strip()) < SHORTEST:
            self.first.set_error(f"Use at least {SHORTEST} characters.")
            self.first.editor.setFocus()
            return None
        if self.second.value() != typed:
            self.second.set_error("The two are not the same.")
            self.second.editor.setFocus()
            return None
        return typed

    def _typed(self, _value: object) -> None:
        self.first.set_error(None)
        if self.second.value() == self.first.value():
            self.second.set_error(None)
        self._show_strength()
        self.edited.emit()

    def _show_strength(self) -> None:
        found = self.strength()
        self.bars.set_level(found.level)
        self.advice.setText(f"{found.word} {found.advice}" if self.first.value() else found.advice)
        self.bars.setAccessibleName(f"Strength of the password: {found.word}")
