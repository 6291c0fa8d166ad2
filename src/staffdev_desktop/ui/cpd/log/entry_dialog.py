"""An entry with every field: what it was at the left, what came of it at the right."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryDetails, EntryRow
from staffdev_desktop.cpd.log.rules import EVERY, PAID, SETTINGS, STRANDS, hours
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.asking import AskDialog, beside
from staffdev_desktop.ui.cpd.fitting import scroll_fields
from staffdev_desktop.ui.cpd.log.evidence_list import EvidenceList
from staffdev_desktop.ui.cpd.log.fields import PARTS, HoursField, LogDays, kept, kind_choices, part_choices
from staffdev_desktop.ui.cpd.log.quick_entry import sure_of_another
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LineField, TextField, TickField
from staffdev_desktop.ui.widgets.money_field import PoundsField

WIDE = 940
LED = ((False, "Took part"), (True, "Led it"))
EVERY_WORDS = ((None, "Once"), *((each, f"Each {each}") for each in EVERY))
REFLECTIONS = (
    ("learnt", "What &I learnt"),
    ("changed", "What I cha&nged"),
    ("impact", "What changed for pu&pils"),
    ("colleagues", "What colleagues &gained"),
    ("barriers", "What got in the way"),
)


class EntryDialog(AskDialog):
    """A new entry (`row` is None; `typed` is what was begun elsewhere) or one of the log. `request_id` is what it was asked with."""

    def __init__(
        self, school, hub, person: CpdPerson, row: EntryRow | None = None, *, typed: Mapping[str, object] | None = None,
        files: Sequence[tuple[str, bytes]] = (), parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = f"What did {person.name} do?" if row is None else f"Change an entry of {person.name}?"
        super().__init__(title, _told(row), act="&Save entry", icon="check", width=WIDE, parent=parent)
        scroll_fields(self)
        self._school, self._person, self._row = school, person, row
        self._days = LogDays(school)
        self.entry_id = row.id if row else 0
        self.saved_words = ""
        year = hub.year
        links = school.read(queries.links, person_id=person.id, year=year)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(7)
        self._what(left, row.details.kind_id if row else None)
        self._named(left, links)
        if row is None:
            self._again(left)
        left.addStretch(1)
        self._came(right)
        kept = school.read(queries.evidence, entry_id=row.id) if row else ()
        self.evidence = EvidenceList(school, kept, list(files), self)
        right.addWidget(self.evidence)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addLayout(columns)
        self._fill(row.details if row else None, typed or {})
        self.evidence.edited.connect(self._touch)
        self.first = self.fields["done_on"]
        QShortcut(QKeySequence.StandardKey.Save, self, self._act)

    # -- the fields -----------------------------------------------------------------------------------------------------

    def _what(self, column: QVBoxLayout, kind_id: int | None) -> None:
        beside(column, self.field("done_on", "&Date", DateField("20/10/2026")), self.field("minutes", "&Hours", HoursField()))
        column.addWidget(self.field("activity", "&Activity", LineField()))
        beside(
            column,
            self.field("kind_id", "&Kind", ChoiceField(kind_choices(self._school, keep=kind_id))),
            self.field("led", "Took part or &led", ChoiceField(LED)),
        )
        strands, settings, paid = (
            [("", "Not said"), *((words, words[:1].upper() + words[1:]) for words in found)] for found in (STRANDS, SETTINGS, PAID)
        )
        beside(column, self.field("strand", "St&rand", ChoiceField(strands)), self.field("setting", "Se&tting", ChoiceField(settings)))
        beside(column, self.field("provider", "Pro&vider", LineField()), self.field("paid", "Whose ti&me", ChoiceField(paid)))
        beside(
            column,
            self.field("pence", "C&ost", PoundsField()),
            self.field("who_pays", "&Who pays", LineField("School")),
            self.field("fee_share", "Share of the fee", LineField("One third")),
        )

    def _named(self, column: QVBoxLayout, links) -> None:
        labels = {"targets": "Target", "needs": "Need", "areas": "Area to work on", "priorities": "School priority"}
        made = [self.field(field, labels[part], ChoiceField(part_choices(links, part))) for part, field in PARTS]
        beside(column, *made[:2])
        beside(column, *made[2:])

    def _again(self, column: QVBoxLayout) -> None:
        every = self.field("every", "How often", ChoiceField(EVERY_WORDS))
        until = self.field("until", "Until", DateField("18/12/2026"))
        until.setEnabled(False)
        every.edited.connect(self._often)
        beside(column, every, until)

    def _came(self, column: QVBoxLayout) -> None:
        for key, words in REFLECTIONS:
            column.addWidget(self.field(key, words, TextField(lines=2, most_lines=3)))
        self.look = TickField("Look again at what &became of it", self)
        self.look.edited.connect(self._look_again)
        self.look.edited.connect(self._touch)
        day = self.field("look_again_on", "On", DateField("12/1/2027"))
        day.setEnabled(False)
        line = QHBoxLayout()
        line.addWidget(self.look, 1, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(day, 1)
        column.addLayout(line)

    def _fill(self, details: EntryDetails | None, typed: Mapping[str, object]) -> None:
        for key, field in self.fields.items():
            value = getattr(details, key, None) if details else typed.get(key)
            if value not in (None, ""):
                field.set_value(value)
        day = self.fields["look_again_on"].value()
        self.look.set_value(day is not None)
        self.fields["look_again_on"].setEnabled(day is not None)

    # -- saving ---------------------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """A day off, and an entry that is there already, are asked about."""
        try:
            details = self.details()
        except UserError as error:
            self.say_wrong(error)
            return False
        before = self._row.details if self._row else None
        if (before is None or before.done_on != details.done_on) and not self._days.ask_about(self, [("Date", details.done_on)]):
            return False
        besides = self._row.id if self._row else None
        if not sure_of_another(self, self._school, self._person.name, [self._person.id], details, besides):
            return False
        return super().check()

    def details(self) -> EntryDetails:
        """What is filled in. Raises UserError for what must not be empty."""
        values = {key: self.fields[key].value() for key in EntryDetails.__dataclass_fields__}
        for key, sentence in (("done_on", "Write the day it took place."), ("minutes", "Write how long it took.")):
            if values[key] is None:
                raise UserError(self.fields[key].error() or sentence, field=key)
        values |= {key: values[key] or "" for key in ("strand", "setting", "paid")}
        if not self.look.value():
            values["look_again_on"] = None
        if self._row is not None:  # a link to a review that this user may not see stays
            values |= {field: kept(self.fields[field], getattr(self._row.details, field)) for _, field in PARTS}
        values["priority"] = values["priority"] or ""
        return EntryDetails(**values)

    def save(self) -> None:
        """Write it, once or as often as it comes back."""
        details, files = self.details(), tuple(self.evidence.new)
        self.saved_words = f"{hours(details.minutes)} h for {self._person.name}: {details.activity}"
        if self._row is not None:
            change = {"entry_id": self._row.id, "revision": self._row.revision, "details": details}
            self._school.do(services.change_entry, **change, files=files, without=tuple(self.evidence.gone))
        elif self.fields["every"].value():
            until = self.require("until", "Write the day on which it stops.")
            every = self.fields["every"].value()
            repeated = {"person_id": self._person.id, "details": details, "every": every, "until": until, "files": files}
            made = self._school.do(services.add_repeated, **repeated)
            self.entry_id, self.saved_words = (
                made[0],
                f"{count_of(len(made), 'entry', 'entries')} for {self._person.name}: {details.activity}",
            )
        else:
            self.entry_id = self.write(details, files)

    def write(self, details: EntryDetails, files: tuple[tuple[str, bytes], ...]) -> int:
        """Write a new entry. Returns its id."""
        return self._school.do(services.add_entry, person_id=self._person.id, details=details, files=files)

    def say_wrong(self, error: UserError) -> None:
        """What is wrong with a file is said under the files."""
        if error.field == "file":
            self.evidence.show_error(error.message)
        else:
            super().say_wrong(error)

    def _often(self, every: object) -> None:
        self.fields["until"].setEnabled(every is not None)

    def _look_again(self, on: object) -> None:
        self.fields["look_again_on"].setEnabled(bool(on))
        if on:
            self.fields["look_again_on"].setFocus(Qt.FocusReason.OtherFocusReason)


def _told(row: EntryRow | None) -> str:
    """Under the title: what a check said, and what a change does to it."""
    if row is None:
        return "Only the date, the hours and the activity are needed."
    if row.check is None:
        return ""
    said = f"{row.status} by {row.check.checked_by} on {long_day(row.check.checked_on)}."
    asked = f" Asked: {row.check.question}" if row.check.question else ""
    return f"{said}{asked} A change makes it ready to be checked again."
