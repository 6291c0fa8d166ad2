"""Back in with the printed recovery code, and a new password at once: the code is for the day when there is none."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.set_up.password_fields import NewPassword
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField

Then = Callable[[School], None]


class CodeDialog(HouseDialog):
    """Asks for the code and opens the file with it. `school` is there once it was right."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        words = "Take the recovery sheet out of the school safe. Note on it who opened it, when and why."
        super().__init__(
            "Type the recovery code", words, safe="&Cancel", act="&Open with the code", act_icon="key", parent=parent, width=480
        )
        self._path = path
        self.school: School | None = None
        self.code = LabelledField("Recovery &code", LineField(), hint="Seven groups of four. Spaces and dashes do not matter.", parent=self)
        self.body.addWidget(self.code)
        self.code.editor.setFocus()

    def check(self) -> bool:
        """Open on the worker thread; the dialog closes when the file is open."""
        path, code = self._path, str(self.code.value())
        self.setEnabled(False)
        jobs.run(
            lambda _tell: School.open_with_recovery(path, code),
            title="Opening with the recovery code",
            on_done=self._opened,
            on_error=self._refused,
            quiet=True,
        )
        return False

    def _opened(self, school: School) -> None:
        self.school = school
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        self.code.editor.setFocus()
        if isinstance(error, UserError):
            self.code.set_error(error.message)
        elif isinstance(error, FileProblem) and error.fault == error.fault.WRONG_PASSWORD:
            self.code.set_error("That is not the code of this school’s file. Is there a newer sheet in the safe?")
        elif isinstance(error, FileProblem):
            self.show_problem(f"{error.message} {error.next_step}")


class NewPasswordDialog(HouseDialog):
    """Who goes on, and with which password. Until it is set, nothing of the school is shown."""

    def __init__(self, school: School, parent: QWidget | None = None) -> None:
        words = "The file is open. Set a new password now; then make a new recovery sheet, because this one has been opened."
        super().__init__(
            "Set a new password", words, safe="&Close the file", act="&Set the password", act_icon="key", parent=parent, width=520
        )
        self.school = school
        people = [(slot.name, f"{slot.name}, {slot.role}") for slot in school.key_holders()]
        self.who = LabelledField("&Whose password?", ChoiceField(people), parent=self)
        self.password = NewPassword(self, label="New &password")
        self.body.addWidget(self.who)
        self.body.addWidget(self.password)
        self.password.first.editor.setFocus()

    def check(self) -> bool:
        """Stretch the password on the worker thread."""
        name, school = str(self.who.value()), self.school
        self.password.known = (name, school.name)
        password = self.password.value()
        if password is not None:
            self.setEnabled(False)
            jobs.run(
                lambda _tell: school.set_password_after_recovery(name, password),
                title="Setting the password",
                on_done=self._set,
                on_error=self._refused,
                quiet=True,
            )
        return False

    def _set(self, _nothing: object) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, UserError):
            self.password.first.set_error(error.message)
        elif isinstance(error, FileProblem):
            self.show_problem(f"{error.message} {error.next_step}")

    def reject(self) -> None:
        """Without a new password the file is closed again."""
        if self.isEnabled():
            school = self.school
            jobs.run(lambda _tell: school.close(), title="Closing the school file", quiet=True)
            super().reject()


def ask_for_code(parent: QWidget, path: Path, then: Then) -> None:
    """The whole way: code, new password, and on with `then(school)`."""
    dialog = CodeDialog(path, parent)

    def opened() -> None:
        school = dialog.school
        if school is not None:
            ask_for_password(parent, school, then)

    messages.show(dialog, opened)


def ask_for_password(parent: QWidget, school: School, then: Then) -> None:
    """The second half: the file is open with the code."""

    def set_now() -> None:
        then(school)

    messages.show(NewPasswordDialog(school, parent), set_now)
