"""Add and change: a line of the directory, a provider, an item of the offer, a line or column of its grids."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log.rules import SETTINGS, STRANDS, hours, read_minutes
from staffdev_desktop.cpd.offer import services
from staffdev_desktop.cpd.offer.rows import DirectoryDetails, DirectoryRow, OfferItemRow, ProviderDetails, ProviderRow
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.widgets.editors import TypedField
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField
from staffdev_desktop.ui.widgets.money_field import PoundsField

WIDE, WIDEST = 520, 680


class HoursField(TypedField):
    """A time it takes, typed as people type one: 0.75, 45 min, 1:15. Its value is in minutes; written 0.75 when the field is left."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example or "For example 1.5", parent)

    def set_value(self, value: int | str | None) -> None:
        """Show minutes as hours; words that are no time are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else hours(value))

    def _read(self, words: str) -> int:
        return read_minutes(words, field=None)


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
        title = f"What is right about ‘{row.details.title}’?" if row else "What can be booked?"
        super().__init__(title, act="&Save", icon="check", width=WIDEST, parent=parent)
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


class ProviderDialog(AskDialog):
    """Somebody who offers training."""

    def __init__(self, school, row: ProviderRow | None, parent: QWidget | None = None) -> None:
        title = f"What is right about {row.details.name}?" if row else "Who else offers training?"
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
        title = "What is right about this item?" if row else "What else is offered?"
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
