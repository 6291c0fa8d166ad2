"""Type in the words that somebody wrote by hand on a locked paper (DESIGN section 4, Addendum)."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import SIDES
from staffdev_desktop.pdr.services import statements
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, TextField
from staffdev_desktop.ui.widgets.segments import Segments


class AddendumDialog(AskDialog):
    """Whose words, from which day, and the words as they stand on the paper."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        current = next(each for each in record.statements if each.void_on is None)
        told = (
            f"Version {current.version}, locked on {long_day(current.locked_at.date())}, keeps its words and its fingerprint. The addendum "
            "gets its own and is printed with later copies. It cannot be undone."
        )
        super().__init__(
            f"What was written on {record.person}’s paper?", told, act="&Add to the statement", icon="pen", safe="&Leave it", parent=parent
        )
        self._school, self._review_id = school, record.board.id
        member, reviewer = SIDES
        self.side = Segments([(member, "&Member of staff"), (reviewer, "&Reviewer")], "Whose words", self)
        self.side.edited.connect(self._touch)
        self.body.addWidget(self.side)
        self.add_field("written_on", LabelledField("Written &on", DateField(), parent=self)).set_value(clock.today())
        hint = "Type them exactly as they stand there, mistakes and all."
        self.add_field("words", LabelledField("The &words", TextField(lines=4), hint=hint, parent=self))
        self.body.addWidget(self.fields["written_on"])
        self.body.addWidget(self.fields["words"])
        self.first = self.side

    def save(self) -> None:
        """Keep them."""
        written_on = self.require("written_on", "Write the day that stands beside the words, or today.")
        self._school.do(
            statements.add_addendum,
            review_id=self._review_id,
            side=self.side.value() or "",
            written_on=written_on,
            words=self.fields["words"].value(),
        )
