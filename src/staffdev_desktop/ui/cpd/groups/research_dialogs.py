"""Action research: apply, decide, evaluate, hand in the report, share."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.cpd.groups.rows import ResearchDetails, ResearchRow, Sharing
from staffdev_desktop.cpd.groups.services import research
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, ClosedDays, people_choices
from staffdev_desktop.ui.cpd.groups.dialogs import words_field
from staffdev_desktop.ui.cpd.log.fields import HoursField, read_file
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    LabelledField,
    LineField,
    NoteLine,
    TextField,
    TickField,
    TimeField,
    role_label,
)
from staffdev_desktop.ui.widgets.segments import Segments

WIDE, WIDEST = 520, 680
KINDS = "Reports (*.pdf *.png *.jpg *.jpeg)"


class ApplicationDialog(AskDialog):
    """An application, as it is on the paper form."""

    def __init__(
        self, school, year: int, row: ResearchRow | None, people: Sequence[CpdPerson], areas: Sequence[str],
        communities: Sequence[tuple[int, str]] = (), parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = f"Change ‘{row.details.title}’?" if row else "Who applies for action research?"
        super().__init__(title, act="&Save", icon="check", width=WIDEST, parent=parent)
        self._school, self._year, self._row = school, year, row
        fields = {
            "title": ("&Title", LineField("For example Number talks at the start of maths")),
            "area": ("&Area", words_field("What the school asks for research on", areas, self)),
            "applied_on": ("A&pplied on", DateField()),
            "question": ("&Question", TextField("What do you want to find out?", lines=2)),
            "expected": ("What it should chan&ge", TextField("In your practice, for colleagues beyond your team, for pupils", lines=3)),
            "digital": ("How &digital tools may help", TextField("If at all", lines=2)),
        }
        if communities:
            fields["group_id"] = ("C&ommunity", ChoiceField([(None, "None"), *communities]))
        if row is None:
            who = LabelledField("&Who", ChoiceField(people_choices(people, "Choose somebody")), parent=self)
            self.body.addWidget(self.add_field("person_id", who))
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
        self.body.addWidget(self.fields["title"])
        self.row(self.fields["area"], self.fields["applied_on"])
        for key in ("question", "expected", "digital", *(["group_id"] if communities else [])):
            self.body.addWidget(self.fields[key])
        details = row.details if row else ResearchDetails("", clock.today())
        for key in fields:
            self.fields[key].set_value(getattr(details, key))

    def save(self) -> None:
        """Write it down."""
        applied = self.require("applied_on", "Write the day of the application.")
        before = self._row.details if self._row else ResearchDetails("", applied)
        values = {key: field.value() for key, field in self.fields.items() if key != "person_id"}
        details = replace(before, **values | {"applied_on": applied})
        if self._row is None:
            who = self.require("person_id", "Choose who applies.")
            self._school.do(research.apply, year=self._year, person_id=who, details=details)
        else:
            self._school.do(research.change_application, research_id=self._row.id, revision=self._row.revision, details=details)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"The application is saved: {self.fields['title'].value()}"


class DecideDialog(AskDialog):
    """Selected or not, with a reason."""

    def __init__(self, school, row: ResearchRow, selected: int, cap: int, parent: QWidget | None = None) -> None:
        others = selected - (1 if row.selected else 0)
        words = f"{row.name} applied on {long_day(row.details.applied_on)}. {others} of {cap} other places are taken this year."
        super().__init__(f"Does ‘{row.details.title}’ go ahead?", words, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        choice = Segments([(True, "It is se&lected"), (False, "It is &not selected")], "Decision", self)
        self.add_field("selected", LabelledField("Decision", choice, parent=self))
        hint = "The member of staff may read it."
        self.add_field("reason", LabelledField("&Why", TextField(lines=3), hint=hint, parent=self))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.fields["selected"].set_value(row.selected)
        self.fields["reason"].set_value(row.reason)

    def save(self) -> None:
        """Write it down."""
        selected = self.require("selected", "Say whether it goes ahead.")
        values = {"research_id": self._row.id, "revision": self._row.revision}
        self._school.do(research.decide, selected=bool(selected), reason=self.fields["reason"].value(), **values)


class ReportDialog(AskDialog):
    """The report: words, a file, or both."""

    def __init__(self, school, row: ResearchRow, parent: QWidget | None = None) -> None:
        super().__init__(f"What does the report of ‘{row.details.title}’ say?", act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self._file: tuple[str, bytes] | None = None
        example = "What was found, in a few sentences that colleagues will read"
        self.body.addWidget(self.add_field("report", LabelledField("&In short", TextField(example, lines=6), parent=self)))
        self.attach = PlainButton("&Attach the report…", "clip", self)
        self.file_words = role_label(row.report_name or "No file. None is needed.", "small", self, wrap=True)
        self.file_problem = NoteLine(self)
        self.file_problem.show_words("PDF, PNG or JPEG, up to 20 MB. It is kept inside the encrypted school file.")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.attach)
        line.addWidget(self.file_words, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.file_problem)
        self.body.addWidget(self.add_field("reported_on", LabelledField("&Handed in on", DateField(), parent=self)))
        self.fields["report"].set_value(row.report)
        self.fields["reported_on"].set_value(row.reported_on or clock.today())
        self.attach.clicked.connect(self._attach)

    def save(self) -> None:
        """Keep it."""
        day = self.require("reported_on", "Write the day it was handed in.")
        values = {"research_id": self._row.id, "revision": self._row.revision}
        self._school.do(research.hand_in_report, words=self.fields["report"].value(), file=self._file, reported_on=day, **values)

    def _attach(self) -> None:
        path = messages.choose_file(self, "Which file is the report?", kinds=KINDS)
        if path is None:
            return
        try:
            self._file = read_file(path)
        except UserError as error:
            self.file_problem.show_words(error.message, error=True)
            return
        self._touch()
        self.file_words.setText(path.name)


class ShareDialog(AskDialog):
    """When and how colleagues hear of it, with a session for them if somebody wants one."""

    def __init__(self, school, row: ResearchRow, parent: QWidget | None = None) -> None:
        super().__init__(f"How is ‘{row.details.title}’ shared?", act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self._closed = ClosedDays(school)
        self.add_field("shared_on", LabelledField("&Day", DateField(), parent=self))
        self.add_field("how", LabelledField("&How", LineField("For example fifteen minutes in a staff meeting"), parent=self))
        self.body.addWidget(self.fields["shared_on"])
        self.body.addWidget(self.fields["how"])
        self.session = TickField("&Put a session into the calendar of CPD", self)
        self.session.setVisible(row.sharing is None)
        self.body.addWidget(self.session)
        fields = {
            "starts_at": ("&At", TimeField("15:45")),
            "minutes": ("Hours &each", HoursField("For example 0.25")),
            "place": ("P&lace", LineField()),
            "audience": ("&For", LineField("For example All teachers")),
        }
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
        self.row(self.fields["starts_at"], self.fields["minutes"])
        self.row(self.fields["place"], self.fields["audience"])
        self.session.edited.connect(self._show_session)
        self.fields["shared_on"].set_value(row.shared_on)
        self.fields["how"].set_value(row.shared_how)
        self._show_session()

    def check(self) -> bool:
        """A day on which school is closed is asked about."""
        day = self.fields["shared_on"].value()
        return (day == self._row.shared_on or self._closed.ask_about(self, [("Day", day)])) and super().check()

    def save(self) -> None:
        """Write it down."""
        day = self.require("shared_on", "Write the day.")
        sharing = Sharing(day, self.fields["how"].value())
        if self.session.value():
            minutes = self.require("minutes", "Write how long the session takes. 0.25 is a quarter of an hour.")
            values = {key: self.fields[key].value() for key in ("starts_at", "place", "audience")}
            sharing = Sharing(day, self.fields["how"].value(), minutes, **values)
        self._school.do(research.share, research_id=self._row.id, revision=self._row.revision, sharing=sharing)

    def _show_session(self, _value: object = None) -> None:
        for key in ("starts_at", "minutes", "place", "audience"):
            self.fields[key].setVisible(bool(self.session.value()))
