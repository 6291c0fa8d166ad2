"""Taking the PC back after a meeting: with the password of whoever handed it over, or the recovery code."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, PasswordField

Opens = Callable[[str], bool]


class HandBackDialog(HouseDialog):
    """Asks for the password; nothing else of anybody's is reached before it is right."""

    handed_back = Signal()

    def __init__(self, opens: Opens, who: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "Take this PC back?",
            f"What was written is saved. The rest of the program opens with the password of {who}.",
            safe="&Go on with the meeting",
            act="&Take it back",
            act_icon="unlock",
            parent=parent,
        )
        self._opens = opens
        self.password = LabelledField("&Password, or the recovery code", PasswordField(self))
        self.body.addWidget(self.password)
        self.password.editor.setFocus()

    def check(self) -> bool:
        """Stretching a password takes most of a second: it runs beside the window, and the answer closes the dialog."""
        secret, opens = self.password.editor.text(), self._opens
        if not secret:
            self.password.set_error("Type the password first.")
            return False
        self.act_button.setEnabled(False)
        jobs.run(lambda _tell: opens(secret), title="Checking the password", on_done=self._answered, quiet=True)
        return False

    def _answered(self, right: bool) -> None:
        self.act_button.setEnabled(True)
        if right:
            self.handed_back.emit()
            self.accept()
        else:
            self.password.set_error("That password is not right.")
            self.password.editor.selectAll()
            self.password.editor.setFocus()
