"""The words of what is chosen in the outline, in labelled fields with errors beneath. What cannot be taken yet stays as typed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui.forms.edit import Edit, Place
from staffdev_desktop.ui.forms.words import KIND_WORDS, ROWS, keys_of, name_of
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.editors import LineField, TextField, TickField
from staffdev_desktop.ui.widgets.fields import LabelledField, NoteLine, role_label

FORM_FIELDS = (
    ("title", "Tit&le", ""),
    ("audience", "&For whom", ""),
    ("intro", "&Introduction", "Printed above the first question."),
    ("person", "&Word for the person reviewed", ""),
    ("reviewer", "Word for the &reviewer", ""),
)
SECTION_FIELDS = (
    ("title", "Tit&le", ""),
    ("short", "Short titl&e", "For the list of steps on screen, 24 characters at most."),
    ("hint", "H&int", "Printed beside the title of a sheet."),
    ("keep_together", "&Keep on one page of paper", ""),
)
LABELS = {
    "label": "&Question",
    "hint": "H&int",
    "choices": "&Choices, one a line",
    "lines": "&Lines on paper",
    "note": "&Words printed under it",
    "optional": "&May be left empty",
}
LONG = ("intro", "hint", "label", "note", "choices")
MOST_LINES = 40


class TickRow(QWidget):
    """A tick with the same shape as a labelled field."""

    edited = Signal(object)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = TickField(words, self)
        self.note = NoteLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.note)
        self.setFocusProxy(self.editor)
        self.editor.edited.connect(self.edited)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.editor.value()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.editor.set_value(value)

    def set_error(self, sentence: str | None) -> None:
        """Say beneath what is wrong."""
        self.note.show_words(sentence or "", error=bool(sentence))


class WordFields(ClearScroll):
    """`changed(place)` after every edit that was taken or refused."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit: Edit | None = None
        self._place = Place("form")
        self.fields: dict[str, LabelledField | TickRow] = {}

    def show_place(self, edit: Edit, place: Place) -> None:
        """Show the words of what was chosen, with what was typed there before and could not be taken."""
        self._edit, self._place = edit, place
        self.fields = {}
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        field, section = edit.field(place), edit.section(place)
        if field is not None and section is not None:
            column.addWidget(role_label(KIND_WORDS[field.kind], "second", page))
        for key, words, hint in self._rows():
            self.fields[key] = made = self._made(key, words, hint, page)
            column.addWidget(made)
            wrong = edit.wrong.get((place, key))
            made.set_value(wrong.typed if wrong else self._shown(key))
            if wrong:
                made.set_error(wrong.sentence)
            made.edited.connect(self._listener(key))
        column.addStretch(1)
        self.setWidget(page)

    def focus_first(self, key: str = "") -> None:
        """Go to a field, else to the first."""
        target = self.fields.get(key) or next(iter(self.fields.values()), None)
        if target is not None:
            target.setFocus()
            self.ensureWidgetVisible(target)

    def _rows(self) -> list[tuple[str, str, str]]:
        edit, place = self._edit, self._place
        if place.kind == "form":
            return list(FORM_FIELDS)
        if place.kind == "section":
            return list(SECTION_FIELDS)
        field, section = edit.field(place), edit.section(place)
        rows = []
        for key in keys_of(field):
            label, hint = LABELS[key], ""
            if key == "label" and len(section.fields) == 1 and not edit.is_hidden(place) and field.kind != "tick":
                hint = f"The only question of its section: on paper the title ‘{section.title}’ stands above it."
            elif key == "lines" and field.kind in ROWS:
                label = "&Lines of the table on paper"
            rows.append((key, label, hint))
        return rows

    def _made(self, key: str, words: str, hint: str, page: QWidget) -> LabelledField | TickRow:
        if key in ("keep_together", "optional"):
            return TickRow(words, page)
        editor = TextField("", 2, 5) if key in LONG else LineField()
        made = LabelledField(words, editor, hint=hint, parent=page)
        if key == "lines":
            editor.setMaximumWidth(90)
        return made

    def _shown(self, key: str) -> Any:
        edit, place = self._edit, self._place
        record = edit.form if place.kind == "form" else edit.section(place) if place.kind == "section" else edit.field(place)
        value = getattr(record, key)
        if key == "choices":
            return "\n".join(value)
        return str(value) if key == "lines" else value

    def _listener(self, key: str):
        def edited(value: object) -> None:
            self._take(key, value)

        return edited

    def _take(self, key: str, typed: Any) -> None:
        try:
            self._edit.set_words(self._place, key, self._meant(key, typed))
        except UserError as error:
            self._edit.refuse(self._place, key, typed, error.message)
            self.fields[key].set_error(error.message)
            self.widget().layout().activate()  # the sentence takes room of its own: bring it into sight
            self.ensureWidgetVisible(self.fields[key], 0, 4)
        else:
            self.fields[key].set_error(None)
        self.changed.emit(self._place)

    def _meant(self, key: str, typed: Any) -> Any:
        if key in ("label", "hint") and isinstance(typed, str):
            return " ".join(typed.split())
        if key == "choices":
            return tuple(line.strip() for line in typed.splitlines() if line.strip())
        if key != "lines":
            return typed
        if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_LINES:
            raise UserError(f"Write a whole number from 1 to {MOST_LINES}.", field="lines")
        return int(typed)


def title_of(edit: Edit, place: Place) -> str:
    """What the fields are about."""
    section, field = edit.section(place), edit.field(place)
    if field is not None and section is not None:
        return name_of(field, section)
    return section.title if section is not None else "The whole form"
