"""Small dialogs of the editor: something more to ask, and what a form from a file would change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from staffdev_desktop.formkit.definition import NEEDS_CHOICES
from staffdev_desktop.formkit.editing import ADDED_KINDS
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.forms.edit import Edit, Place
from staffdev_desktop.ui.forms.word_fields import MOST_LINES
from staffdev_desktop.ui.forms.words import KIND_WORDS
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, TextField

HERE, OWN = "here", "own"


class AddDialog(HouseDialog):
    """Something more to ask. `added` is where it stands once the dialog was accepted."""

    def __init__(self, edit: Edit, place: Place, parent: QWidget | None = None) -> None:
        words = "It is asked on the screen and on paper alike."
        super().__init__("What else should the form ask?", words, safe="&Cancel", act="&Add it", act_icon="plus", parent=parent, width=460)
        self._edit, self._place = edit, place
        self.added: Place | None = None
        section = edit.section(place)
        self.label = LabelledField("&Question", TextField("", 2, 6), parent=self)
        self.kind = LabelledField("&Kind of answer", ChoiceField([(kind, KIND_WORDS[kind]) for kind in ADDED_KINDS]), parent=self)
        self.kind.set_value("long_text")
        self.choices = LabelledField("C&hoices, one a line", TextField("", 3, 8), parent=self)
        self.lines = LabelledField("&Lines on paper", LineField(), parent=self)
        self.lines.set_value("3")
        places = [(HERE, f"At the end of ‘{section.title}’")] if section else []
        after = f"after ‘{section.title}’" if section else "before the signatures"
        self.where = LabelledField("&Where", ChoiceField([*places, (OWN, f"In a section of its own, {after}")]), parent=self)
        for field in (self.label, self.kind, self.choices, self.lines, self.where):
            self.body.addWidget(field)
        self.kind.edited.connect(self._dress)
        self._dress()
        self.label.setFocus()

    def _dress(self, _kind: object = None) -> None:
        kind = self.kind.value()
        self.choices.setVisible(kind in NEEDS_CHOICES)
        self.lines.setVisible(kind in ("short_text", "long_text"))

    def check(self) -> bool:
        """Add it; what is wrong is said beside the field."""
        for field in (self.label, self.choices, self.lines):
            field.set_error(None)
        self.show_problem("")
        kind, typed = self.kind.value(), str(self.lines.value())
        choices = [line.strip() for line in str(self.choices.value()).splitlines() if line.strip()] if kind in NEEDS_CHOICES else []
        if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_LINES:
            self.lines.set_error(f"Write a whole number from 1 to {MOST_LINES}.")
            return False
        label = " ".join(str(self.label.value()).split())
        try:
            if not label:
                raise UserError("Write the question.", field="label")
            self.added = self._edit.add(self._place, kind, label, choices, int(typed), own_section=self.where.value() == OWN)
        except UserError as error:
            field = {"label": self.label, "title": self.label, "choices": self.choices, "lines": self.lines}.get(error.field or "")
            if field is None:
                self.show_problem(error.message)
            else:
                field.set_error(error.message)
                field.setFocus()
            return False
        return True


class DifferencesDialog(HouseDialog):
    """What a form from a file would change, a line each, before it goes into the editor."""

    def __init__(self, form_title: str, found: Sequence[str], *, replaces: bool, accept: Callable[[], None], parent: QWidget) -> None:
        words = f"{count_of(len(found), 'difference')} from the version in use. It goes into the editor; nothing is saved yet."
        if replaces:
            words += " It takes the place of your changes that are not saved."
        super().__init__(
            f"Open this edition of ‘{form_title}’?", words, safe="&Cancel", act="&Open in the editor", parent=parent, width=560
        )
        self.list = QListWidget(self)
        self.list.setAccessibleName("Differences from the version in use")
        self.list.addItems(list(found))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.px(280))
        self.list.setStyleSheet(
            "QListWidget { border: 1px solid palette(mid); border-radius: 4px; padding: 1px; }"
            "QListWidget:focus { border: 2px solid palette(highlight); padding: 0; }"
        )
        self.body.addWidget(self.list)
        self.list.setCurrentRow(0)
        self.accepted.connect(accept)
