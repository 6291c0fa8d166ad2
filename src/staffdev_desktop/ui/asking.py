"""What the dialogs of this tab share: fields with their own errors, saving through a service, and asking before words are thrown away."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.years import question_about
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField

NO_LIMIT = 16_777_215
SHORTEST = 8  # letters of a choice that are never cut


class AskDialog(HouseDialog):
    """A dialog with fields. Override `save`: what it raises is said beside the field it names, and everything typed stays.

    `touched` is whether a person has changed anything; then closing asks first.
    """

    def __init__(
        self, title: str, words: str = "", *, act: str, safe: str = "&Cancel", icon: str | None = None, width: int = 460,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, words, safe=safe, act=act, act_icon=icon, parent=parent, width=width)
        if theme.px(width) > self.maximumWidth():
            self.setMaximumWidth(NO_LIMIT)
            self.setMinimumWidth(theme.px(width))
        self.fields: dict[str, LabelledField] = {}
        self.touched = False
        self.first: QWidget | None = None
        self.then: Callable[[AskDialog], None] | None = None  # what comes after it has saved

    def add_field(self, key: str, field: LabelledField) -> LabelledField:
        """Know a field by the name that services call it; whoever makes it lays it out."""
        self.fields[key] = field
        self.first = self.first or field
        field.edited.connect(self._touch)
        return field

    def field(self, key: str, label: str, editor: QWidget, hint: str = "") -> LabelledField:
        """Make a field and know it; a choice gives way to what stands beside it."""
        if isinstance(editor, ChoiceField):
            editor.setMinimumContentsLength(SHORTEST)
            editor.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return self.add_field(key, LabelledField(label, editor, hint=hint, parent=self))

    def row(self, *fields: QWidget) -> QHBoxLayout:
        """Lay fields side by side into the body."""
        return beside(self.body, *fields, gap=12)

    def save(self) -> None:
        """Do what the dialog is for. Raises UserError, Conflict, FileProblem."""
        raise NotImplementedError

    def check(self) -> bool:
        """Look at the fields, then save."""
        self.show_problem("")
        for field in self.fields.values():
            field.set_error(None)  # what was wrong the last time may be right by now
        wrong = [field for field in self.fields.values() if hasattr(field.editor, "check") and not field.editor.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        try:
            self.save()
        except UserError as error:
            self.say_wrong(error)
        except Conflict as error:
            self.show_problem(error.message)
        except FileProblem as error:
            self.show_problem(f"{error.message} {error.next_step}")
        else:
            self.touched = False
            return True
        return False

    def say_wrong(self, error: UserError) -> None:
        """Say an error beside the field it names, else above the buttons."""
        field = self.fields.get(error.field or "")
        if field is None or not field.isVisibleTo(self):
            self.show_problem(error.message)
            return
        field.set_error(error.message)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def require(self, key: str, sentence: str) -> object:
        """A field's value. Raises UserError with the sentence if it is empty."""
        value = self.fields[key].value()
        if value in (None, ""):
            raise UserError(sentence, field=key)
        return value

    def reject(self) -> None:
        """Esc and the safe button: what was typed is thrown away only if the person says so."""
        if not self.touched or self.may_throw_away():
            super().reject()

    def may_throw_away(self) -> bool:
        """Ask before typed words go."""
        words = "What you typed in this window is not saved yet."
        return messages.ask(self, "Close without saving?", words, act="Close &without saving", safe="&Keep typing")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _touch(self, _value: object = None) -> None:
        self.touched = True


def beside(column: QVBoxLayout, *fields: QWidget, gap: int = 10) -> QHBoxLayout:
    """Lay fields side by side into a column."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    for field in fields:
        made.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    column.addLayout(made)
    return made


class ClosedDays:
    """Knows when school is closed; asks about days that are typed into a weekend, holiday or closure (DESIGN section 4, Terms)."""

    def __init__(self, school) -> None:
        found = school.read(settings.calendar)
        self._terms, self._closures = found.terms, found.closures

    def question(self, day: date | None) -> str:
        """What to ask about a day; nothing if school is open."""
        return (question_about(day, self._terms, self._closures) or "") if day else ""

    def ask_about(self, parent: QWidget, days: Iterable[tuple[str, date | None]]) -> bool:
        """Ask once about all days that need it; True to go on."""
        lines = [f"{label}: {question.removesuffix(' Keep it?')}" for label, day in days if (question := self.question(day))]
        return not lines or messages.ask(parent, "Keep these dates?", "\n".join(lines), act="&Keep them", safe="&Change them")


def problems_said(parent: QWidget | None, work, *arguments) -> bool:
    """Run some work; a problem is shown in a dialog. Whether it went well."""
    try:
        work(*arguments)
    except (UserError, Conflict, FileProblem) as error:
        messages.problem(parent, error)
        return False
    return True


def people_choices(names: Sequence[object], first: str, leave_out: Iterable[int] = ()) -> list[tuple[int | None, str]]:
    """Everybody to choose from, after a line for nobody."""
    without = set(leave_out)
    return [(None, first), *((person.id, person.name) for person in names if person.id not in without)]
