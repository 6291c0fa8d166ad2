"""Who can open the file, one's own password, a new recovery sheet."""

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.ui import jobs, messages, preview, theme
from staffdev_desktop.ui.key_holders import AddKeyHolder
from staffdev_desktop.ui.set_up.password_fields import NewPassword
from staffdev_desktop.ui.settings.page import SettingsPage, frame_list
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.fields import LabelledField, NoteLine, PasswordField, role_label


class KeysPage(SettingsPage):
    """Keys change at once, each by its own button; nothing here waits for Save."""

    name, title = "keys", "Password and keys"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.people = QListWidget(self)
        self.people.setAccessibleName("Who can open this file")
        self.people.setMaximumHeight(theme.px(96))
        frame_list(self.people)
        self.add = PlainButton("&Add a key-holder…", "key", self)
        self.add.clicked.connect(self._add)
        self.old = LabelledField("Your password &now", PasswordField(), parent=self)
        self.new = NewPassword(self, label="New &password", again="Type it a&gain")
        self.new.known = (school.actor.name, school.name)
        self.change = PlainButton("C&hange the password", parent=self)
        self.change.clicked.connect(self._change)
        self.sheet = PlainButton("Make a new &recovery sheet…", "print", self)
        self.sheet.clicked.connect(self._new_sheet)
        self.note = NoteLine(self)
        self._build()
        self.refresh()
        hub.changed.connect(self.refresh)

    def _build(self) -> None:
        for part in (role_label("Who can open this file", "strong", self), self.people, self.add, Rule(self), self.old, self.new):
            self.column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.change)
        row.addWidget(self.note)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(Rule(self))
        words = "A new recovery sheet ends the old one. Make it when the old sheet was opened or cannot be found."
        self.column.addWidget(role_label(words, "second", self, wrap=True))
        self.column.addWidget(self.sheet)
        self.column.addStretch(1)

    def refresh(self, *_changed: object) -> None:
        """Show who has a key now."""
        self.people.clear()
        self.people.addItems([f"{slot.name}, {slot.role}" for slot in self.school.key_holders()])

    def _add(self) -> None:
        messages.show(AddKeyHolder(self.school, self.hub, self.window()))

    def _change(self) -> None:
        self.old.set_error(None)
        new, old, school = self.new.value(), self.old.value(), self.school
        if new is None:
            return
        self.setEnabled(False)
        jobs.run(
            lambda _tell: school.change_password(old, new),
            title="Changing the password",
            on_done=self._changed,
            on_error=self._refused,
            writes=True,
        )

    def _changed(self, _nothing: object) -> None:
        self.setEnabled(True)
        for field in (self.old, self.new.first, self.new.second):
            field.set_value("")
        self.note.show_words("The password is changed.")

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, FileProblem) and error.fault == error.fault.WRONG_PASSWORD:
            self.old.set_error("That is not your password.")
        elif isinstance(error, UserError):
            self.new.first.set_error(error.message)
        elif isinstance(error, FileProblem):
            self.note.show_words(f"{error.message} {error.next_step}", error=True)

    def _new_sheet(self) -> None:
        words = "The sheet in the school safe works until you say that the new one is printed. The new code is shown on paper only."
        if not messages.ask(self, "Make a new recovery sheet?", words, act="&Make a new sheet", safe="&Keep the old one"):
            return
        school, today = self.school, clock.today()

        def work(_tell: jobs.Tell) -> tuple[bytes, str]:
            from staffdev_desktop.settings.papers import recovery_sheet

            code = school.new_recovery_code()
            return recovery_sheet(school.name, school.path.name, code, today, school.practice), code

        jobs.run(work, title="Making a new code", on_done=self._show_sheet, on_error=self._refused, writes=True)

    def _show_sheet(self, made: tuple[bytes, str]) -> None:
        sheet, self._code = made
        shown = preview.show_paper(self, sheet, title="Recovery sheet", file_name="Recovery sheet.pdf", queue_title="Recovery sheet")
        shown.finished.connect(self._confirm_sheet)

    def _confirm_sheet(self, _result: int) -> None:
        words = "The old sheet then stops working. Until the new one is in the safe, leave both."
        if messages.ask(self, "Is the new sheet printed?", words, act="&The new sheet is printed", safe="&Leave both for now"):
            jobs.run(self._confirm_work(), title="Making the new sheet the only one", on_error=self._refused, writes=True)

    def _confirm_work(self):
        school, code = self.school, self._code

        def work(_tell: jobs.Tell) -> None:
            school.confirm_recovery_code(code)

        return work
