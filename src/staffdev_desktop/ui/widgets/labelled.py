"""A label above in semibold, the editor, and a hint or an error beneath with its icon. The editors are in other files."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme


def role_label(text: str, role: str, parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """Words in one of the type roles: title, card, strong, label, small, second, hint, error, big, count."""
    made = QLabel(text, parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def set_bad(widget: QWidget, bad: bool) -> None:
    """Mark an editor as wrong, or right again: the style sheet draws its edge."""
    if bool(widget.property("bad")) == bad:
        return
    widget.setProperty("bad", bad)
    for part in (widget, *widget.findChildren(QWidget)):  # the edge may be drawn by what is inside
        part.style().unpolish(part)
        part.style().polish(part)
        part.update()


class NoteLine(QWidget):
    """The line under a field: a hint, or an error with its icon. Hidden when there is neither."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._words = role_label("", "hint", self, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._is_error = False
        self.show_words("")

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_words(self, words: str, *, error: bool = False) -> None:
        """Say this, as an error or as a hint."""
        self._words.setText(words)
        if error != self._is_error:
            self._is_error = error
            self._words.setProperty("role", "error" if error else "hint")
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)
        self._icon.setVisible(error)
        if error:
            self._icon.setPixmap(theme.pixmap("late", "late", 14))
        self.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_is_error", False):
            self._icon.setPixmap(theme.pixmap("late", "late", 14))


class LabelledField(QWidget):
    """A label with its Alt letter, an editor and a line beneath. `edited(value)` comes with every keystroke.

    `note` is said beside the label in a lighter hand. The editor's own problem (a day that does not exist) is shown by itself.
    """

    edited = Signal(object)

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self.label = role_label(label, "label", self)
        self.label.setBuddy(editor)
        self.note_line = NoteLine(self)
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self.label)
        if note:
            head.addWidget(role_label(note, "hint", self))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(editor, 1)
        column.addWidget(self.note_line)
        editor.setAccessibleName(plain_words(label))
        self.setFocusProxy(editor)
        self.set_error(None)
        editor.edited.connect(self.edited)
        if hasattr(editor, "problem"):
            editor.problem.connect(self.set_error)

    def value(self) -> object:
        """The editor's value."""
        return self.editor.value()

    def set_value(self, value: object) -> None:
        """Show a value in the editor."""
        self.editor.set_value(value)

    def set_hint(self, hint: str) -> None:
        """Say something else beneath while nothing is wrong."""
        self._hint = hint
        if not self.error():
            self.set_error(None)

    def set_error(self, sentence: str | None) -> None:
        """Say what is wrong and what to do, or with None (or nothing) that it is right again."""
        self.note_line.show_words(sentence or self._hint, error=bool(sentence))
        self.editor.setAccessibleDescription(sentence or self._hint)
        set_bad(self.editor, bool(sentence))

    def error(self) -> str:
        """The error shown now, or nothing."""
        return self.note_line.words() if self.editor.property("bad") else ""


def plain_words(text: str) -> str:
    """A label without the sign before its Alt letter, for a screen reader."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
