"""One editor for each simple kind of question of a form: value(), set_value(plain JSON), `edited(value)`, `problem(sentence)`.

Values are those of `formkit.answers`. A value that is not of the shape expected is shown as far as it can be and never thrown away.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from staffdev_desktop.formkit import AGREEMENTS
from staffdev_desktop.ui.widgets.editors import ChoiceField, DateField, TextField, TickField
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.segments import Segments

MOST_SEGMENTS = 4
MOST_SEGMENT_LETTERS = 44  # all together: more would not stand in a third of the page


def capital(words: str) -> str:
    """‘partly met’ as it begins a button: ‘Partly met’."""
    return words[:1].upper() + words[1:]


def first_stop(widget: QWidget) -> QWidget:
    """The first place in a widget that Tab stops at; the widget itself where there is none.

    Composite editors have no focus proxy: Qt would stop at them too once the order of Tab is changed inside, and go round for ever.
    """
    start = widget.first_box() if hasattr(widget, "first_box") else widget
    for part in (start, *start.findChildren(QWidget)):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisibleTo(start):
            return part
    return widget


def day_of(value: Any) -> date | None:
    """The day kept as 2026-10-20, or None if it is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


class DayEditor(DateField):
    """A day as the text 2026-10-20; words that are no day are kept as they are typed, with a sentence about them."""

    def value(self) -> str:
        """The day as 2026-10-20, the words if they are no day, or nothing."""
        day = super().value()
        return day.isoformat() if isinstance(day, date) else self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a day kept as 2026-10-20, or words that are no day with a sentence about them."""
        super().set_value(day_of(value) or str(value or ""))
        if value and day_of(value) is None:
            self.check()

    def _tell(self, text: str) -> None:
        if DateField.value(self) is not None or not text.strip():
            self.problem.emit("")
        self.edited.emit(self.value())


class OneOf(QWidget):
    """One of the words offered, or nothing: joined segments for a few short ones, else a list."""

    edited = Signal(object)

    def __init__(self, choices: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._kept = ""
        pairs = [(choice, capital(choice)) for choice in choices]
        few = len(choices) <= MOST_SEGMENTS and sum(len(choice) for choice in choices) <= MOST_SEGMENT_LETTERS
        self._editor: Segments | ChoiceField = (
            Segments(pairs, name, self, may_clear=True) if few else ChoiceField([("", "Choose"), *pairs], self)
        )
        self._editor.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._editor, 0 if few else 1, Qt.AlignmentFlag.AlignTop)
        if few:
            row.addStretch(1)
        self._editor.edited.connect(self._tell)

    def value(self) -> str:
        """The words chosen, or nothing; words kept from an older form until something else is chosen."""
        return str(self._editor.value() or "") or self._kept

    def set_value(self, value: Any) -> None:
        """Choose; words that are offered no more are kept."""
        words = str(value or "")
        self._kept = "" if words in self._choices else words
        if self._kept and isinstance(self._editor, ChoiceField):
            self._editor.addItem(self._kept, self._kept)
        self._editor.set_value(words or ("" if isinstance(self._editor, ChoiceField) else None))

    def _tell(self, _value: object) -> None:
        self._kept = ""
        self.edited.emit(self.value())


class TickList(QWidget):
    """Several of the words offered, each with a tick, in two columns; words that are offered no more stay, ticked."""

    edited = Signal(object)

    def __init__(self, choices: Sequence[str], name: str, parent: QWidget | None = None, *, columns: int = 1) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._ticks: dict[str, TickField] = {}
        self.setAccessibleName(name)
        for choice in choices:
            self._offer(choice)
        if not choices:
            self._grid.addWidget(role_label("Nothing is on offer yet.", "hint", self), 0, 0)

    def value(self) -> list[str]:
        """The words ticked, in the order offered."""
        return [choice for choice, tick in self._ticks.items() if tick.isChecked()]

    def set_value(self, value: Any) -> None:
        """Tick these."""
        wanted = [str(item) for item in value] if isinstance(value, list | tuple) else []
        for choice in wanted:
            if choice not in self._ticks:
                self._offer(choice)
        for choice, tick in self._ticks.items():
            tick.setChecked(choice in wanted)

    def _offer(self, choice: str) -> None:
        tick = TickField(choice.replace("&", "&&"), self)
        tick.edited.connect(self._tell)
        self._grid.addWidget(tick, len(self._ticks) // self._columns, len(self._ticks) % self._columns)
        self._ticks[choice] = tick

    def _tell(self, _value: object) -> None:
        self.edited.emit(self.value())


class CommentsEditor(QWidget):
    """The member of staff's own words, or a tick that there are none. The tick can be set only while nothing is written."""

    edited = Signal(object)

    def __init__(self, name: str, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextField(example, 3, parent=self)
        self.words.setAccessibleName(name)
        self.none = TickField("No comments to add", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.words, 1)
        column.addWidget(self.none)
        self.words.edited.connect(self._written)
        self.none.edited.connect(self._tell)

    def value(self) -> dict[str, Any]:
        """{text, none}."""
        return {"text": self.words.value(), "none": self.none.value()}

    def set_value(self, value: Any) -> None:
        """Show them."""
        record = value if isinstance(value, Mapping) else {}
        self.words.set_value(str(record.get("text") or ""))
        self.none.set_value(record.get("none"))
        self._allow()

    def _written(self, words: str) -> None:
        if words:
            self.none.set_value(False)
        self._allow()
        self._tell(words)

    def _allow(self) -> None:
        written = bool(self.words.value())
        self.none.setEnabled(not written or self.none.isChecked())
        self.none.setToolTip("There are comments above." if written else "")

    def _tell(self, _value: object) -> None:
        self.edited.emit(self.value())


class AgreementEditor(QWidget):
    """Each side says agreed, agreed with comments, or not agreed."""

    edited = Signal(object)

    SIDES = (("member", "Member of staff"), ("reviewer", "Reviewer"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pairs = [(agreement, capital(agreement).replace("Agreed with comments", "With comments")) for agreement in AGREEMENTS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._sides: dict[str, Segments] = {}
        for side, words in self.SIDES:
            segments = Segments(pairs, words, self, may_clear=True)
            segments.edited.connect(self._tell)
            column.addWidget(role_label(words, "small", self))
            column.addWidget(segments)
            self._sides[side] = segments
        column.addStretch(1)

    def first_box(self) -> QWidget:
        """The first side that has not said yet."""
        return next((one for one in self._sides.values() if not one.value()), next(iter(self._sides.values())))

    def value(self) -> dict[str, str]:
        """{member, reviewer}."""
        return {side: str(segments.value() or "") for side, segments in self._sides.items()}

    def set_value(self, value: Any) -> None:
        """Show what each side said."""
        record = value if isinstance(value, Mapping) else {}
        for side, segments in self._sides.items():
            segments.set_value(record.get(side) or None)

    def _tell(self, _value: object) -> None:
        self.edited.emit(self.value())


class InterimEditor(QWidget):
    """Whether there will be an interim meeting, and when."""

    edited = Signal(object)
    problem = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.planned = TickField("We plan one", self)
        self.planned.setAccessibleName(f"{name}: we plan one")
        self.when = DayEditor("For example 12/3/2027", self)
        self.when.setAccessibleName(f"{name}: when")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.planned)
        column.addWidget(self.when)
        self.planned.edited.connect(self._tell)
        self.when.edited.connect(self._dated)
        self.when.problem.connect(self.problem)

    def value(self) -> dict[str, Any]:
        """{planned, when}."""
        return {"planned": self.planned.value(), "when": self.when.value()}

    def set_value(self, value: Any) -> None:
        """Show it."""
        record = value if isinstance(value, Mapping) else {}
        self.planned.set_value(record.get("planned"))
        self.when.set_value(record.get("when") or "")

    def _dated(self, when: str) -> None:
        if when:
            self.planned.set_value(True)
        self._tell(when)

    def _tell(self, _value: object) -> None:
        self.edited.emit(self.value())


class SignaturesNote(QLabel):
    """Signatures are made on paper: the screen only says so."""

    edited = Signal(object)

    def __init__(self, note: str, parent: QWidget | None = None) -> None:
        super().__init__(note or "People sign on paper.", parent)
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def value(self) -> None:
        """Nothing is kept."""

    def set_value(self, _value: object) -> None:
        """Nothing is kept."""
