"""Put people on a programme from the offer, the directory or action research."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.enrolments import services
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentDetails
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.cpd.people_ticks import PeopleTicks
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField

WIDE = 520


class EnrolDialog(AskDialog):
    """Who, and from when. With no first day they have applied; with one they are accepted."""

    def __init__(self, school, programme_id: int, programme: str, ticked: Iterable[int] = (), parent: QWidget | None = None) -> None:
        words = "Without a first day they have applied. Fees, mentor and modules are kept under Sessions and programmes."
        super().__init__(f"Who begins ‘{programme}’?", words, act="&Enrol", icon="check", width=WIDE, parent=parent)
        self._school, self._programme_id, self._programme = school, programme_id, programme
        self._closed = ClosedDays(school)
        people = PeopleTicks(school.read(log.people), ticked, lines=5)
        self.body.addWidget(self.add_field("person_ids", LabelledField("&Who", people, parent=self)), 1)
        self.add_field("starts_on", LabelledField("&First day", DateField(), parent=self))
        self.add_field("mentor", LabelledField("&Mentor", LineField("A name, if there is one"), parent=self))
        self.row(self.fields["starts_on"], self.fields["mentor"])

    def check(self) -> bool:
        """A first day on which school is closed is asked about."""
        return self._closed.ask_about(self, [("First day", self.fields["starts_on"].value())]) and super().check()

    def save(self) -> None:
        """Enrol them all, or none."""
        details = EnrolmentDetails(
            applied_on=clock.today() if self.fields["starts_on"].value() is None else None,
            starts_on=self.fields["starts_on"].value(),
            mentor=self.fields["mentor"].value(),
        )
        self._school.do(services.enrol, programme_id=self._programme_id, person_ids=self.fields["person_ids"].value(), details=details)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{count_of(len(self.fields['person_ids'].value()), 'person', 'people')} enrolled: {self._programme}"
