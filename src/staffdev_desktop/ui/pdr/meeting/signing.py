"""Sign on the one screen, in turn, with initials; or leave it, and sign the paper copies."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import SIDES
from staffdev_desktop.pdr.services import statements
from staffdev_desktop.school import ReviewDoor
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField


class SignDialog(HouseDialog):
    """Each side types initials. A side that has signed already is shown and not asked again."""

    def __init__(self, door: ReviewDoor, record: ReviewRecord, parent: QWidget | None = None) -> None:
        super().__init__(
            "Sign on this screen?",
            "Type your initials, one after the other. Signing says that you met and that this is a fair record, not that you agree with "
            "every word. You can sign the paper copies instead.",
            safe="Sign on &paper",
            act="&Sign",
            act_icon="sign",
            parent=parent,
        )
        self._door = door
        self.fields: dict[str, LabelledField] = {}
        signed = {each.side: each.initials for each in record.signatures}
        for side, name in zip(SIDES, (record.person, record.board.reviewer), strict=True):
            field = LabelledField(f"{name}, {side}".replace("&", "&&"), LineField(parent=self))
            if side in signed:
                field.set_value(signed[side])
                field.setEnabled(False)
                field.set_hint("Has signed.")
            else:
                self.fields[side] = field
            self.body.addWidget(field)
        if self.fields:
            next(iter(self.fields.values())).editor.setFocus()

    def check(self) -> bool:
        """Sign for each side that typed initials; what is wrong stands beside its field."""
        done = 0
        for side, field in tuple(self.fields.items()):
            field.set_error(None)
            if not field.value():
                continue
            try:
                self._door.do(statements.sign_on_screen, review_id=self._door.review_id, side=side, initials=field.value())
            except UserError as error:
                field.set_error(error.message)
                field.editor.setFocus()
                return False
            del self.fields[side]
            field.setEnabled(False)
            done += 1
        if not done:
            self.show_problem("Type the initials of whoever signs.")
        return bool(done)
