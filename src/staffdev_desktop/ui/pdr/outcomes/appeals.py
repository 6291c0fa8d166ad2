"""Appeals: mark a review as under appeal, and write down who hears it and what came of it (DESIGN section 4, seed 002, Complaints)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.pdr.rows import BoardRow, ComplaintRow
from staffdev_desktop.pdr.services import complaints
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui.asking import AskDialog, people_choices
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, TextField, role_label
from staffdev_desktop.ui.widgets.segments import Segments

STATEMENT, PAY = "statement", "pay"
PRIVATE = "Seen only by the school business manager and the headteacher."


class RaiseAppealDialog(AskDialog):
    """What the appeal is about, when it was made, and its words."""

    def __init__(self, school, row: BoardRow, parent: QWidget | None = None) -> None:
        told = (
            "Against the statement: its papers say ‘under appeal’ from now on, without the reasons. About pay: it is kept apart, and no "
            "paper says so. It cannot be undone, only closed with an outcome."
        )
        super().__init__(f"Has {row.name} appealed?", told, act="&Write it down", icon="flag", safe="&Leave it", parent=parent)
        self._school, self._review_id = school, row.id
        self.about = Segments([(STATEMENT, "Against the &statement"), (PAY, "About &pay")], "What it is about", self)
        self.about.edited.connect(self._touch)
        self.body.addWidget(self.about)
        self.add_field("raised_on", LabelledField("&Made on", DateField(), parent=self)).set_value(clock.today())
        self.add_field("words", LabelledField("In their &own words", TextField(lines=3), hint=PRIVATE, parent=self))
        self.body.addWidget(self.fields["raised_on"])
        self.body.addWidget(self.fields["words"])
        self.first = self.about

    def save(self) -> None:
        """Mark it."""
        raised_on = self.require("raised_on", "Write the day on which the appeal was made.")
        self._school.do(
            complaints.raise_complaint,
            review_id=self._review_id,
            about=self.about.value() or "",
            raised_on=raised_on,
            words=self.fields["words"].value(),
        )


class HearAppealDialog(AskDialog):
    """Who hears an open appeal, when, and what came of it; with a closing day it is over. `found` are all appeals of the review."""

    def __init__(self, school, row: BoardRow, found: Sequence[ComplaintRow], parent: QWidget | None = None) -> None:
        super().__init__(f"How does {row.name}’s appeal stand?", PRIVATE, act="&Save", icon="check", safe="&Cancel", parent=parent)
        self._school = school
        self._open = {each.id: each for each in found if each.closed_on is None}
        self.which = ChoiceField([(each.id, appeal_words(each)) for each in self._open.values()], self)
        self.add_field("which", LabelledField("&Which appeal", self.which, parent=self)).setVisible(len(self._open) > 1)
        self.said = role_label("", "body", self, wrap=True)
        people = people_choices(school.read(staff.names, on_roll_only=True), "Nobody named yet", (row.person_id, row.reviewer_id or 0))
        self.add_field("heard_by_id", LabelledField("&Heard by", ChoiceField(people), hint="Not the reviewer.", parent=self))
        self.add_field("heard_on", LabelledField("Heard &on", DateField(), parent=self))
        self.add_field("outcome", LabelledField("What came of &it", TextField(lines=3), parent=self))
        hint = "Leave it empty while the appeal is open."
        self.add_field("closed_on", LabelledField("C&losed on", DateField(), hint=hint, parent=self))
        self.body.addWidget(self.fields["which"])
        self.body.addWidget(self.said)
        self.row(self.fields["heard_by_id"], self.fields["heard_on"])
        self.body.addWidget(self.fields["outcome"])
        self.body.addWidget(self.fields["closed_on"])
        for each in found:
            if each.closed_on is not None:
                words = f"{appeal_words(each)}, closed {long_day(each.closed_on)}: {each.outcome}"
                self.body.addWidget(role_label(words, "small", self, wrap=True))
        self.first = self.fields["heard_by_id"]
        self.which.edited.connect(self._show_chosen)
        self._show_chosen()

    def _show_chosen(self, *_value: object) -> None:
        chosen = self._open[self.which.value()]
        self.said.setText(f"{appeal_words(chosen)}: ‘{chosen.words}’" if chosen.words else f"{appeal_words(chosen)}.")
        for key in ("heard_by_id", "heard_on", "outcome", "closed_on"):
            self.fields[key].set_value(getattr(chosen, key))

    def save(self) -> None:
        """Write it down."""
        chosen = self._open[self.which.value()]
        values = {key: self.fields[key].value() for key in ("heard_by_id", "heard_on", "outcome", "closed_on")}
        self._school.do(complaints.hear_complaint, complaint_id=chosen.id, revision=chosen.revision, **values)

    def is_closed(self) -> bool:
        """Whether the appeal is over with what was saved."""
        return self.fields["closed_on"].value() is not None


def appeal_words(appeal: ComplaintRow) -> str:
    """‘Against the statement, made on 14 October 2026’."""
    about = "About pay" if appeal.about == PAY else "Against the statement"
    return f"{about}, made on {long_day(appeal.raised_on)}"
