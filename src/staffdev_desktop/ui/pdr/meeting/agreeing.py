"""The last question before a statement is locked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.editors import TickField
from staffdev_desktop.ui.widgets.fields import role_label

MOST_NAME = 48  # letters that fit beside the tick


class AgreeDialog(HouseDialog):
    """‘Agree and lock this statement?’ Open questions are shown once more; the member of staff must have read it."""

    def __init__(self, member: str, reviewer: str, questions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            "Agree and lock this statement?",
            f"{member} and {reviewer} have read it together. After this, no one can change the words. A change means a new version.",
            safe="&Keep editing",
            act="Agree and &lock",
            act_icon="lock",
            parent=parent,
        )
        for question in questions:
            self.body.addWidget(role_label(question, "second", self, wrap=True))
        short = member.replace("&", "&&") if len(member) <= MOST_NAME else "The member of staff"
        self.read = TickField(f"{short} has &read it on screen", self)
        self.body.addWidget(self.read)

    def check(self) -> bool:
        """Only what was read can be agreed."""
        if not self.read.value():
            self.show_problem("Let the member of staff read the statement first, then tick the box.")
            self.read.setFocus()
            return False
        return True
