"""How a person is reviewed: the kind of review, why not at all, trained as a reviewer; and whether words stay on paper."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.pdr.kinds import KINDS
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.pdr.services import closing
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, TickField

NOT_EXEMPT, INDUCTION, CAPABILITY = "", "induction", "capability"


class ReviewedHowDialog(AskDialog):
    """Set for a person, and used when a cycle is rehearsed from now on. Running reviews stay as they are."""

    def __init__(self, school, row: BoardRow, parent: QWidget | None = None) -> None:
        told = "Used when a cycle is started or somebody is added to one. Only the business manager and the head see it."
        super().__init__(f"How is {row.name} reviewed?", told, act="&Save", width=560, parent=parent)
        self._school = school
        self._known = school.read(boards.standing, person_id=row.person_id)
        kinds = [("", "As the staff group says"), *((kind.id, kind.title) for kind in KINDS.values())]
        reasons = [(NOT_EXEMPT, "In cycles"), (INDUCTION, "Not: early career teacher in induction"), (CAPABILITY, "Not: formal capability")]
        self.add_field("kind", LabelledField("&Kind of review", ChoiceField(kinds), parent=self)).set_value(self._known.kind)
        self.add_field("exempt", LabelledField("&In cycles?", ChoiceField(reasons), parent=self)).set_value(self._known.exempt)
        until = LabelledField("&Until", DateField(), hint="Empty: until you change it.", parent=self)
        self.add_field("exempt_until", until).set_value(self._known.exempt_until)
        self.row(self.fields["exempt"], self.fields["exempt_until"])
        self.body.insertWidget(0, self.fields["kind"])
        self.trained = TickField("&Trained as a reviewer", self)
        self.trained.set_value(self._known.trained_reviewer)
        self.trained.edited.connect(self._touch)
        self.body.addWidget(self.trained)

    def save(self) -> None:
        """Keep it for the next cycle."""
        self._school.do(
            closing.set_review_standing,
            person_id=self._known.person_id,
            revision=self._known.revision,
            kind=self.fields["kind"].value(),
            exempt=self.fields["exempt"].value(),
            exempt_until=self.fields["exempt_until"].value(),
            trained_reviewer=self.trained.value(),
        )
