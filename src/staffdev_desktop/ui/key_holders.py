"""The second person who can open the school file: asked for before real data, and until there is one (DESIGN section 3)."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from staffdev_desktop.accounts.permissions import Permission, Role
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.ui import jobs, messages, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.set_up.password_fields import NewPassword
from staffdev_desktop.ui.widgets.buttons import IconButton, PlainButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, role_label

WHY = "If you are ill, or leave, somebody else must be able to open the school’s file. They type a password of their own."

NARROW = {Role.REVIEWER: " (sees only their own reviews)", Role.TEACHING_TEAM: " (sees CPD, no reviews)"}


class AddKeyHolder(HouseDialog):
    """The other person sits at the PC and types a name and a password of their own."""

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None, *, role: Role = Role.HEAD) -> None:
        super().__init__(
            "Who else can open the school’s file?", WHY, safe="&Not now", act="Give them a &key", act_icon="key", parent=parent, width=520
        )
        self._school, self._hub = school, hub
        self.name = LabelledField("N&ame", LineField(), parent=self)
        roles = [(str(each), f"{each}{NARROW.get(each, '')}") for each in Role]
        self.role = LabelledField("&Role in the school", ChoiceField(roles), parent=self)
        self.role.set_value(str(role))
        self.password = NewPassword(self, label="Their &password", again="Type it a&gain")
        self.body.addWidget(self.name)
        self.body.addWidget(self.role)
        self.body.addWidget(self.password)
        self.name.editor.setFocus()

    def check(self) -> bool:
        """Stretch the password off the main thread; the dialog closes when the key is on disk."""
        self.name.set_error(None if self.name.value() else "Write their name.")
        self.password.known = (self.name.value(), self._school.name)
        password = self.password.value()
        if not self.name.value():
            self.name.editor.setFocus()
        elif password is not None:
            holder, school = KeyHolder(self.name.value(), str(self.role.value()), password), self._school
            self.setEnabled(False)
            jobs.run(
                lambda _tell: school.add_key_holder(holder), title="Making the key", on_done=self._made, on_error=self._refused, writes=True
            )
        return False

    def _made(self, _nothing: object) -> None:
        self._hub.notify(f"{self.name.value()} can open the school’s file now")
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, UserError):
            (self.name if error.field == "name" else self.password.first).set_error(error.message)
        elif isinstance(error, FileProblem):
            self.show_problem(f"{error.message} {error.next_step}")


class KeyHolderBanner(QFrame):
    """A line under the tabs until a second person has a key. It can be put away for this sitting, not for good."""

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.setProperty("panel", "warn")
        self._icon = QLabel(self)
        add = PlainButton("Add a key-holder…", "key", self)
        add.clicked.connect(self.add)
        away = IconButton("x", "Put this away until the next time", self)
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(role_label("Only you can open this file.", "strong", self))
        row.addWidget(role_label("Before real data goes in, give the headteacher a key as well.", "second", self), 1)
        row.addWidget(add)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        self.refresh()
        hub.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show it while there is one key-holder."""
        if not self.needed():
            self.hide()

    def needed(self) -> bool:
        """Whether a second person is still to be found."""
        may = self._school.actor.may(Permission.MANAGE_USERS)
        return may and not self._school.practice and len(self._school.key_holders()) < 2

    def add(self) -> AddKeyHolder:
        """Ask for that person."""
        dialog = AddKeyHolder(self._school, self._hub, self.window())
        messages.show(dialog)
        return dialog

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon"):
            self._dress()

    def _dress(self) -> None:
        self._icon.setPixmap(theme.pixmap("warn", "warn", 16))
