"""The three pages of the set-up: the school, you, the recovery sheet."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Role
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_label, year_of
from staffdev_desktop.schoolfile.folder import SUFFIX, folder_name
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.ui import messages, printing, theme
from staffdev_desktop.ui.pc_settings import user_data
from staffdev_desktop.ui.set_up.making import Draft, is_group
from staffdev_desktop.ui.set_up.password_fields import NewPassword
from staffdev_desktop.ui.set_up.place import warning_about
from staffdev_desktop.ui.set_up.term_fields import TermFields
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, role_label

PLACE_HINT = "Choose a place that only you can open. Not a shared or public folder."
STARTS = (("empty", "An &empty file"), ("spreadsheet", "A staff list from a &spreadsheet"), ("practice", "Made-up practice &data"))


class SchoolPage(QWidget):
    """Name, academic year, place, terms, what to start with."""

    start_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        this = year_of(clock.today())
        self._place_is_mine = False
        self.name = LabelledField("School &name", LineField(), parent=self)
        self.year = LabelledField("Academic &year", ChoiceField([(year, year_label(year)) for year in (this, this + 1)]), parent=self)
        self.year.setFixedWidth(theme.px(150))
        self.place = LabelledField("&Where to keep the file", LineField(), hint=PLACE_HINT, parent=self)
        self.browse = PlainButton("&Browse…", parent=self)
        self.terms = TermFields(self)
        self.terms.set_usual(this)
        self._starts = QButtonGroup(self)
        self._lay_out()
        self.name.edited.connect(self._named)
        self.year.edited.connect(self.terms.set_usual)
        self.place.edited.connect(self._placed)
        self.browse.clicked.connect(self._browse)
        self._named("")
        self.setFocusProxy(self.name.editor)

    def _lay_out(self) -> None:
        first, second, starts = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name, 1)
        first.addWidget(self.year)
        second.setSpacing(8)
        second.addWidget(self.place, 1)
        side = QVBoxLayout()
        side.setContentsMargins(0, theme.px(19), 0, 0)
        side.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignTop)
        second.addLayout(side)
        starts.setSpacing(8)
        for number, (_, words) in enumerate(STARTS):
            button = QRadioButton(words, self)
            button.setChecked(number == 0)
            self._starts.addButton(button, number)
            starts.addWidget(button)
        starts.addStretch(1)
        self._starts.idClicked.connect(self._start_picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.terms)
        column.addWidget(role_label("Start with", "strong", self))
        column.addLayout(starts)

    def start_with(self) -> str:
        """empty, spreadsheet or practice."""
        return STARTS[self._starts.checkedId()][0]

    def set_start(self, start: str) -> None:
        """Choose one of the three."""
        place = next(number for number, (name, _) in enumerate(STARTS) if name == start)
        self._starts.button(place).setChecked(True)
        self._start_picked(place)

    def path(self) -> Path:
        """The folder to make."""
        typed = Path(str(self.place.value())).expanduser()
        return typed if typed.suffix == SUFFIX else Path(f"{typed}{SUFFIX}")

    def check(self) -> bool:
        """Whether one can go on; what is wrong is shown on its field."""
        right = True
        if not self.name.value():
            self.name.set_error("Write the school’s name.")
            self.name.editor.setFocus()
            right = False
        if not self.place.value() or not self.path().is_absolute():
            self.place.set_error("Write a whole path, from the drive on, or browse.")
            right = False
        elif self.path().exists():
            self.place.set_error("There is already something at that place. Choose another name.")
            right = False
        return self.terms.value() is not None and right

    def _named(self, name: object) -> None:
        if name:
            self.name.set_error(None)
        if not self._place_is_mine:
            self.place.set_value(str(user_data() / folder_name(str(name))))
            self._judge_place()

    def _placed(self, _value: object) -> None:
        self._place_is_mine = True
        self._judge_place()

    def _browse(self) -> None:
        folder = messages.choose_folder(self, "Where to keep the file", folder=user_data())
        if folder is not None:
            self._place_is_mine = True
            self.place.set_value(str(folder / folder_name(str(self.name.value()))))
            self._judge_place()

    def _judge_place(self) -> None:
        """A place that will spoil the file is said as an error, but it is the school's to decide."""
        self.place.set_error(warning_about(self.path()) or None)

    def _start_picked(self, number: int) -> None:
        practice = STARTS[number][0] == "practice"
        for field in (self.name, self.year, self.place, self.browse, self.terms):
            field.setEnabled(not practice)
        self.start_changed.emit(STARTS[number][0])


class PasswordPage(QWidget):
    """Who you are, and your password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LabelledField("Your &name", LineField(), parent=self)
        roles = [(str(role), str(role)) for role in (Role.BUSINESS_MANAGER, Role.HEAD)]
        self.role = LabelledField("Your &role", ChoiceField(roles), parent=self)
        self.password = NewPassword(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for field in (self.name, self.role, self.password):
            column.addWidget(field)
        column.addSpacing(4)
        words = "Next, you print a recovery sheet. Sign it, seal it and put it in the school safe."
        column.addWidget(note_panel("warn", "No one can reset this password for you.", words, self))
        words = "Once the file is made, the headteacher is asked for a password of their own, so that two people can open it."
        column.addWidget(note_panel("quiet", "One person is not enough.", words, self))
        column.addStretch(1)
        self.setFocusProxy(self.name.editor)

    def holder(self, school_name: str) -> KeyHolder | None:
        """Name, role and password; None if something is wrong, which is then shown."""
        self.password.known = (school_name, str(self.name.value()))
        self.name.set_error(None if self.name.value() else "Write your name, as your colleagues know it.")
        password = self.password.value()
        if not self.name.value():
            self.name.editor.setFocus()
            return None
        return None if password is None else KeyHolder(str(self.name.value()), str(self.role.value()), password)


class RecoveryPage(QWidget):
    """The code, once; then one group of it is typed back from the paper. `ready` tells whether it was."""

    ready = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._kept = False
        self._shown = True
        self.code = role_label("", "title", self, wrap=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setMinimumHeight(theme.px(60))
        self.print_button = PlainButton("&Print the sheet…", "print", self)
        self.save_button = PlainButton("&Save it as PDF…", "save", self)
        self.written_button = QuietButton("I have &written it down", parent=self)
        self.show_button = QuietButton("Show the code a&gain", "eye", self)
        self.typed = LabelledField("&Type back", LineField(), parent=self)
        self.typed.setEnabled(False)
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.written_button.clicked.connect(self._keep)
        self.show_button.clicked.connect(self._show_again)
        self.typed.edited.connect(self._typed_back)
        self.setFocusProxy(self.print_button)

    def _lay_out(self) -> None:
        frame = QFrame(self)
        frame.setProperty("panel", "quiet")
        inside = QVBoxLayout(frame)
        inside.addWidget(self.code)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.print_button, self.save_button, self.written_button, self.show_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            role_label(
                "This code opens the file when a password is forgotten. It is shown this once and kept nowhere.", "", self, wrap=True
            )
        )
        column.addWidget(frame)
        column.addLayout(buttons)
        column.addWidget(
            note_panel("warn", "Put the sheet in the school safe, sealed and signed.", "Whoever holds it can open everything.", self)
        )
        column.addWidget(self.typed)
        column.addStretch(1)

    def set_draft(self, draft: Draft) -> None:
        """Show the code of a file that is made and waits for this."""
        self._draft, self._kept, self._shown = draft, False, True
        self.typed.label.setText(f"&Type group {draft.group} of the code from the sheet")
        self.typed.set_hint(f"Four letters or digits: the {_ORDINALS[draft.group]} group")
        self.typed.set_value("")
        self.typed.setEnabled(False)
        self._show()

    def matches(self) -> bool:
        """Whether the group was typed back."""
        return self._kept and self._draft is not None and is_group(self._draft, str(self.typed.value()))

    def _show(self) -> None:
        code = self._draft.code if self._draft else ""
        self.code.setText(code if self._shown else "-".join(["••••"] * len(code.split("-"))))
        self.show_button.setVisible(not self._shown)
        self.written_button.setVisible(not self._kept)

    def _keep(self, *_what: object) -> None:
        self._kept, self._shown = True, False
        self._show()
        self.typed.setEnabled(True)
        self.typed.editor.setFocus()

    def _show_again(self) -> None:
        self._shown = True
        self.typed.set_value("")
        self.ready.emit(False)
        self._show()

    def _print(self) -> None:
        if self._draft:
            printing.ask_and_print(self, self._draft.sheet, title="Recovery sheet", on_printed=self._keep)

    def _save(self) -> None:
        if self._draft and printing.save_pdf(self, self._draft.sheet, file_name="Recovery sheet.pdf"):
            self._keep()

    def _typed_back(self, value: object) -> None:
        if self._shown:
            self._shown = False
            self._show()
        right = self.matches()
        wrong = len(str(value)) >= 4 and not right
        self.typed.set_error("That is not what the sheet says. Compare it letter by letter." if wrong else None)
        self.ready.emit(right)


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def note_panel(kind: str, title: str, words: str, parent: QWidget) -> QFrame:
    """A tinted panel: icon, a strong line, a second line."""
    panel = _NotePanel(kind, parent)
    row = QHBoxLayout(panel)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(10)
    row.addWidget(panel.icon, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(role_label(title, "strong", panel, wrap=True))
    column.addWidget(role_label(words, "second", panel, wrap=True))
    row.addLayout(column, 1)
    return panel


class _NotePanel(QFrame):
    def __init__(self, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setProperty("panel", kind)
        self.icon = QLabel(self)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "icon"):
            self._dress()

    def _dress(self) -> None:
        self.icon.setPixmap(theme.pixmap(*(("warn", "warn", 18) if self._kind == "warn" else ("info", "text2", 18))))
