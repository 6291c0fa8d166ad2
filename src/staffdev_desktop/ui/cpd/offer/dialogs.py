"""Add and change: a line of the directory, a provider, an item of the offer, a line or column of its grids."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log.requests.rows import RequestDetails
from staffdev_desktop.cpd.log.requests.services import ask
from staffdev_desktop.cpd.log.rules import SETTINGS, STRANDS
from staffdev_desktop.cpd.offer import services
from staffdev_desktop.cpd.offer.rows import DirectoryDetails, DirectoryRow, OfferItemRow, ProviderDetails, ProviderRow
from staffdev_desktop.kernel import clock
from staffdev_desktop.ui.asking import AskDialog, ClosedDays, people_choices
from staffdev_desktop.ui.cpd.fitting import scroll_fields
from staffdev_desktop.ui.cpd.log.fields import HoursField
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField
from staffdev_desktop.ui.widgets.money_field import PoundsField

WIDE, WIDEST = 520, 680


def named_choices(rows: Sequence[object], first: str) -> list[tuple[int | None, str]]:
    """Rows with an id and a name to choose from, after a line for none."""
    return [(None, first), *((row.id, row.name) for row in rows)]


def _words(first: str, words: Sequence[str]) -> list[tuple[str, str]]:
    return [("", first), *((each, each) for each in words)]


class DirectoryDialog(AskDialog):
    """One line of the directory. Only the title must be filled in."""

    def __init__(
        self, school, row: DirectoryRow | None, providers: Sequence[ProviderRow], kinds: Sequence[object], programmes: Sequence[object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = f"Change ‘{row.details.title}’?" if row else "What can be booked?"
        super().__init__(title, act="&Save", icon="check", width=WIDEST, parent=parent)
        scroll_fields(self)
        self._school, self._row = school, row
        self._closed = ClosedDays(school)
        offered = [(None, "No provider"), *((each.id, each.details.name) for each in providers)]
        fields = {
            "title": ("&Title", LineField("For example Reading fluency in Key Stage 2")),
            "provider_id": ("P&rovider", ChoiceField(offered)),
            "kind_id": ("K&ind", ChoiceField(named_choices(kinds, "No kind"))),
            "strand": ("Str&and", ChoiceField(_words("No strand", STRANDS))),
            "setting": ("S&etting", ChoiceField(_words("Not said", SETTINGS))),
            "audience": ("&For", LineField("For example Teachers of Years 3 to 6")),
            "place": ("P&lace", LineField("A room, a town, online")),
            "minutes": ("&Hours", HoursField()),
            "pence": ("C&ost for each", PoundsField("£120, or 0 if free")),
            "next_on": ("Ne&xt on", DateField()),
            "dates": ("&Dates in words", LineField("For example every second Monday")),
            "checked_on": ("Chec&ked on", DateField()),
            "about": ("A&bout", TextField("What somebody can do afterwards", lines=2, most_lines=4)),
            "programme_id": ("Pro&gramme that it begins", ChoiceField(named_choices(programmes, "None"))),
        }
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
        self.body.addWidget(self.fields["title"])
        self.row(*(self.fields[key] for key in ("provider_id", "kind_id")))
        self.row(*(self.fields[key] for key in ("strand", "setting")))
        self.row(*(self.fields[key] for key in ("audience", "place")))
        self.row(*(self.fields[key] for key in ("minutes", "pence", "next_on")))
        self.row(*(self.fields[key] for key in ("dates", "checked_on")))
        self.body.addWidget(self.fields["about"])
        self.body.addWidget(self.fields["programme_id"])
        self._show(row.details if row else DirectoryDetails(""))

    def _show(self, details: DirectoryDetails) -> None:
        for key, field in self.fields.items():
            field.set_value(getattr(details, key))

    def check(self) -> bool:
        """A day on which school is closed is asked about first, if it is new."""
        before = self._row.details.next_on if self._row else None
        day: date | None = self.fields["next_on"].value()
        return (day == before or self._closed.ask_about(self, [("Next on", day)])) and super().check()

    def save(self) -> None:
        """Write it down."""
        details = DirectoryDetails(**{key: field.value() for key, field in self.fields.items()})
        if self._row is None:
            self._school.do(services.add_to_directory, details=details)
        else:
            self._school.do(services.change_in_directory, item_id=self._row.id, revision=self._row.revision, details=details)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{self.fields['title'].value()} is in the directory"


class AskForItDialog(AskDialog):
    """Somebody asks for a line of the directory: a request, with its words, for the line manager to decide."""

    def __init__(self, school, row: DirectoryRow, people: Sequence[object], parent: QWidget | None = None) -> None:
        words = "It becomes a request, with cost and provider as they stand here. Decide and book it under Person’s log."
        super().__init__(f"Who asks for ‘{row.details.title}’?", words, act="&Ask for it", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self._closed = ClosedDays(school)
        fields = {
            "person_id": ("&Who", ChoiceField(people_choices(people, "Choose somebody"))),
            "starts_on": ("&On", DateField()),
            "pence": ("Cost &for the school", PoundsField()),
            "why": ("Wh&y", TextField("What it is for: a target, a need, a class", lines=3)),
        }
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
        self.body.addWidget(self.fields["person_id"])
        self.row(self.fields["starts_on"], self.fields["pence"])
        self.body.addWidget(self.fields["why"])
        ahead = row.details.next_on is not None and row.details.next_on >= clock.today()
        self.fields["starts_on"].set_value(row.details.next_on if ahead else None)
        self.fields["pence"].set_value(row.details.pence)

    def check(self) -> bool:
        """A day on which school is closed is asked about, unless the directory says it."""
        day = self.fields["starts_on"].value()
        return (day == self._row.details.next_on or self._closed.ask_about(self, [("On", day)])) and super().check()

    def save(self) -> None:
        """Write the request."""
        who = self.require("person_id", "Choose who asks for it.")
        details = self._row.details
        wanted = RequestDetails(
            activity=details.title,
            why=self.fields["why"].value(),
            kind_id=details.kind_id,
            provider=self._row.provider_name,
            starts_on=self.fields["starts_on"].value(),
            minutes=details.minutes,
            pence=self.fields["pence"].value(),
        )
        self._school.do(ask, person_id=who, details=wanted)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"Asked for: {self._row.details.title}, {self.fields['person_id'].editor.currentText()}"


class ProviderDialog(AskDialog):
    """Somebody who offers training."""

    def __init__(self, school, row: ProviderRow | None, parent: QWidget | None = None) -> None:
        title = f"Change ‘{row.details.name}’?" if row else "Who else offers training?"
        super().__init__(title, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        fields = {
            "name": ("&Name", LineField("For example Brookside Teaching School Hub")),
            "contact": ("C&ontact", LineField("A name, or a role")),
            "phone": ("&Phone", LineField()),
            "email": ("&Email", LineField()),
            "note": ("No&te", TextField("How to book, a discount, what to mind", lines=2)),
        }
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
            self.fields[key].set_value(getattr(row.details, key) if row else "")
        self.body.addWidget(self.fields["name"])
        self.row(self.fields["contact"], self.fields["phone"])
        self.body.addWidget(self.fields["email"])
        self.body.addWidget(self.fields["note"])

    def save(self) -> None:
        """Write it down."""
        details = ProviderDetails(**{key: field.value() for key, field in self.fields.items()})
        if self._row is None:
            self._school.do(services.add_provider, details=details)
        else:
            self._school.do(services.change_provider, provider_id=self._row.id, revision=self._row.revision, details=details)


class ItemDialog(AskDialog):
    """One thing offered, in a cell of a grid."""

    def __init__(
        self, school, row: OfferItemRow | None, cell: tuple[int, int], where: str, programmes: Sequence[object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "Change this item?" if row else "What else is offered?"
        super().__init__(title, where, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row, self._cell = school, row, cell
        self.add_field("text", LabelledField("&What", LineField("For example Coaching for new leaders"), parent=self))
        hint = "Then people can be enrolled from here."
        choices = ChoiceField(named_choices(programmes, "None"))
        self.add_field("programme_id", LabelledField("&Programme that it begins", choices, hint=hint, parent=self))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.fields["text"].set_value(row.text if row else "")
        self.fields["programme_id"].set_value(row.programme_id if row else None)

    def save(self) -> None:
        """Write it down."""
        values = {key: field.value() for key, field in self.fields.items()}
        if self._row is None:
            line_id, column_id = self._cell
            self._school.do(services.add_item, line_id=line_id, column_id=column_id, **values)
        else:
            self._school.do(services.change_item, item_id=self._row.id, revision=self._row.revision, **values)


class HeadingDialog(AskDialog):
    """The name of a line or a column."""

    def __init__(self, school, grid: str, axis: str, row: object | None = None, parent: QWidget | None = None) -> None:
        super().__init__(f"What is the {axis} called?", act="&Save", icon="check", parent=parent)
        self._school, self._grid, self._axis, self._row = school, grid, axis, row
        self.body.addWidget(self.add_field("name", LabelledField("&Name", LineField(), parent=self)))
        self.fields["name"].set_value(row.name if row else "")

    def save(self) -> None:
        """Write it down."""
        name = self.fields["name"].value()
        if self._row is None:
            self._school.do(services.add_heading, grid=self._grid, axis=self._axis, name=name)
        else:
            self._school.do(services.rename_heading, heading_id=self._row.id, revision=self._row.revision, name=name)
