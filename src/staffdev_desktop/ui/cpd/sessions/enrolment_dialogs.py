"""Put people on a programme, change an enrolment, say how it ended."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.enrolments import queries, services
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentDetails, EnrolmentRow
from staffdev_desktop.cpd.programmes.enrolments.rules import COMPLETED, NOT_ACCEPTED, NOT_PASSED, SHARES, WITHDRAWN
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.asking import AskDialog, beside
from staffdev_desktop.ui.cpd.people_list import PeopleList
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField, TickField
from staffdev_desktop.ui.widgets.money_field import PoundsField
from staffdev_desktop.ui.widgets.segments import Segments

WIDE, NARROW = 900, 520
OUTCOMES = ((COMPLETED, "Completed"), (NOT_PASSED, "Not passed"), (WITHDRAWN, "Withdrawn"), (NOT_ACCEPTED, "Not accepted"))


class _EnrolmentFields(AskDialog):
    """The fields that both dialogs have: dates, mentor, fee."""

    def add_common(self, column: QVBoxLayout) -> None:
        """Lay them out."""
        beside(
            column,
            self.field("applied_on", "&Applied", DateField("1/6/2026")),
            self.field("starts_on", "&Begins", DateField("1/9/2026")),
            self.field("due_on", "&Due", DateField("31/8/2028"), hint="Empty: from its months"),
        )
        column.addWidget(self.field("mentor", "&Mentor", LineField("Grace Adeyemi")))
        shares = [("", "All of it"), *((share, share.capitalize()) for share in SHARES[1:])]
        beside(
            column,
            self.field("pence", "&Fee for one", PoundsField("£900")),
            self.field("who_pays", "&Who pays", LineField("The school")),
            self.field("fee_share", "&Share of it", ChoiceField(shares)),
        )
        column.addWidget(self.field("note", "&Note", TextField(lines=2, most_lines=4)))

    def details(self, **more: object) -> EnrolmentDetails:
        """What is filled in."""
        values = {key: self.fields[key].value() for key in EnrolmentDetails.__dataclass_fields__ if key in self.fields}
        return EnrolmentDetails(**values, **more)


class EnrolDialog(_EnrolmentFields):
    """Programme, dates and fee at the left; whom to enrol at the right. A cohort’s name keeps them together."""

    def __init__(self, school, programme_id: int | None = None, parent: QWidget | None = None) -> None:
        words = "Without a first day they have applied; with one they are accepted."
        super().__init__("Who begins a programme?", words, act="&Enrol them", icon="check", width=WIDE, parent=parent)
        self._school = school
        self._programmes = {row.id: row for row in school.read(queries.programmes, in_use_only=True)}
        choices = [(None, "Choose one"), *((row.id, row.details.name) for row in self._programmes.values())]
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        programme = self.field("programme_id", "&Programme", ChoiceField(choices))
        programme.editor.setMinimumContentsLength(20)
        programme.editor.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        programme.edited.connect(self._offer)
        left.addWidget(programme)
        left.addWidget(self.field("cohort", "Cohor&t", LineField("Autumn 2026"), hint="A name keeps those who begin together as one group"))
        self.add_common(left)
        left.addStretch(1)
        self.people = PeopleList(school.read(log.people), "Who begins", self)
        self.people.edited.connect(self._touch)
        right.addWidget(self.people)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 5)
        columns.addLayout(right, 5)
        self.body.addLayout(columns)
        self.enrolled = 0
        programme.set_value(programme_id)
        self._offer()

    def _offer(self, _value: object = None) -> None:
        """The usual fee of the programme, while none is written."""
        row = self._programmes.get(self.fields["programme_id"].value())
        if row is not None and row.details.pence is not None and self.fields["pence"].value() is None:
            self.fields["pence"].set_value(row.details.pence)

    def save(self) -> None:
        """Enrol them, all or none."""
        programme_id = self.require("programme_id", "Choose the programme.")
        made = self._school.do(
            services.enrol, programme_id=programme_id, person_ids=self.people.ticked(), details=self.details(),
            cohort=self.fields["cohort"].value(),
        )  # fmt: skip
        self.enrolled = len(made)

    def say_wrong(self, error: UserError) -> None:
        """Nobody ticked is said above the buttons, and the keyboard goes to the list."""
        super().say_wrong(error)
        if error.field == "person_ids":
            self.people.table.setFocus()

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        name = self._programmes[self.fields["programme_id"].value()].details.name
        return f"{count_of(self.enrolled, 'person', 'people')} enrolled", name


class EnrolmentDialog(_EnrolmentFields):
    """Dates, mentor and fee of one enrolment; with a first day it is accepted."""

    def __init__(self, school, row: EnrolmentRow, parent: QWidget | None = None) -> None:
        words = f"{row.programme}. With a first day it is accepted."
        super().__init__(f"Change the enrolment of {row.name}?", words, act="Save &it", icon="check", width=NARROW, parent=parent)
        self._school, self._row = school, row
        column = QVBoxLayout()
        column.setSpacing(8)
        self.add_common(column)
        self.body.addLayout(column)
        share = row.details.fee_share
        if share and share not in SHARES:
            self.fields["fee_share"].editor.addItem(share, share)
        for key, field in self.fields.items():
            value = getattr(row.details, key)
            if value not in (None, ""):
                field.set_value(value)

    def save(self) -> None:
        """Write it down."""
        details = self.details(cohort_id=self._row.details.cohort_id)
        self._school.do(services.change_enrolment, enrolment_id=self._row.id, revision=self._row.revision, details=details)

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        return f"The enrolment of {self._row.name} is changed", self._row.programme


class EndDialog(AskDialog):
    """How it ended; a completed one may become a qualification in the person’s record."""

    def __init__(self, school, row: EnrolmentRow, parent: QWidget | None = None) -> None:
        done = f"{row.done} of {count_of(len(row.steps), 'part')} are marked as done. " if row.steps else ""
        words = f"{done}{row.programme}, begun {day_with_year(row.details.starts_on)}." if row.details.starts_on else row.programme
        super().__init__(f"How did it end for {row.name}?", words, act="&Save", icon="check", width=NARROW, parent=parent)
        self._school, self._row = school, row
        self.outcome = Segments(OUTCOMES, "How it ended", self)
        self.outcome.set_value(COMPLETED if row.details.starts_on else NOT_ACCEPTED)
        self.outcome.edited.connect(self._chosen)
        self.body.addWidget(self.outcome)
        self.body.addWidget(self.add_field("ended_on", LabelledField("&On", DateField(), parent=self)))
        self.fields["ended_on"].set_value(clock.today())
        self.make = TickField("&Write it into the record as a qualification", self)
        self.make.set_value(bool(row.award))
        self.make.edited.connect(self._chosen)
        self.body.addWidget(self.make)
        hint = "Under the name it was given. One undo takes both back."
        self.body.addWidget(self.add_field("award", LabelledField("&Name of the award", LineField(), hint=hint, parent=self)))
        self.fields["award"].set_value(row.award)
        self.first = self.outcome
        self._show()

    def _chosen(self, _value: object = None) -> None:
        self._touch()
        self._show()

    def _show(self) -> None:
        completed = self.outcome.value() == COMPLETED
        self.make.setVisible(completed)
        self.fields["award"].setVisible(completed and self.make.value())

    def save(self) -> None:
        """Write it down."""
        completed = self.outcome.value() == COMPLETED
        award = ""
        if completed and self.make.value():
            award = self.require("award", "Write what the award is called, or take the tick away.")
        ended_on = self.require("ended_on", "Write the day on which it ended.")
        self._school.do(
            services.end_enrolment, enrolment_id=self._row.id, revision=self._row.revision, outcome=self.outcome.value(),
            ended_on=ended_on, award=award,
        )  # fmt: skip

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        words = dict(OUTCOMES)[self.outcome.value()]
        completed = self.outcome.value() == COMPLETED and self.make.value()
        detail = f"‘{self.fields['award'].value()}’ is in the record" if completed else self._row.programme
        return f"{words}: {self._row.name}", detail
