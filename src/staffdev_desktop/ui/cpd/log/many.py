"""One day of training for many people: tick who was there, say once what it was; all of them or none, and one undo."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import PAID, SETTINGS, hours
from staffdev_desktop.kernel.dates import day_in_sentence
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.cpd.log.fields import QUARTER, HoursField, LogDays, kind_choices
from staffdev_desktop.ui.cpd.people_list import PeopleList
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField

WIDE = 900
INSET = "inset"


def open_many(school, hub, parent: QWidget) -> "ManyDialog":
    """Open the dialog; it says itself what was done."""
    dialog = ManyDialog(school, hub, parent)
    messages.show(dialog)
    return dialog


class ManyDialog(AskDialog):
    """Details at the left, people at the right. Links to one person’s target have no place here."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__("Log a day for many people?", act="&Log it for them", icon="check", width=WIDE, parent=parent)
        self._school, self._hub = school, hub
        self._days = LogDays(school)
        columns, left, right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns.setSpacing(18)
        for column in (left, right):
            column.setSpacing(8)
        self._details(left)
        self.people = PeopleList(school.read(queries.people), "Who was there", self)
        self.people.edited.connect(self._touch)
        right.addWidget(self.people)
        columns.addLayout(left, 4)
        columns.addLayout(right, 5)
        self.body.addLayout(columns)
        self.accepted.connect(self._say_done)
        QShortcut(QKeySequence.StandardKey.Save, self, self._act)

    def _details(self, column: QVBoxLayout) -> None:
        kinds = kind_choices(self._school)
        inset = next((kind_id for kind_id, name in kinds if searchable(name) == INSET), None)
        paid = [("", "Not said"), *((words, words[:1].upper() + words[1:]) for words in PAID)]
        places = [("", "Not said"), *((words, words) for words in SETTINGS)]
        for fields in (  # in the order of reading, which is Tab's
            (("done_on", "&Date", DateField("1/9/2026"), ""), ("minutes", "&Hours", HoursField("6"), QUARTER)),
            (("activity", "&Activity", LineField("Safeguarding update and phonics"), ""),),
            (("kind_id", "&Kind", ChoiceField(kinds), ""),),
            (("provider", "Pro&vider", LineField(), ""),),
            (("setting", "Se&tting", ChoiceField(places), ""), ("paid", "Whose ti&me", ChoiceField(paid), "")),
            (("learnt", "What it was a&bout", TextField(lines=2, most_lines=4), ""),),
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            for key, label, editor, hint in fields:
                row.addWidget(self.add_field(key, LabelledField(label, editor, hint=hint, parent=self)), 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addStretch(1)
        self.fields["kind_id"].set_value(inset)
        self.fields["paid"].set_value("paid time")

    # -- saving ---------------------------------------------------------------------------------------------------------

    def details(self) -> EntryDetails:
        """What it was. Raises UserError for what must not be empty."""
        values = {key: field.value() for key, field in self.fields.items()}
        for key, sentence in (("done_on", "Write the day it took place."), ("minutes", "Write how long it took.")):
            if values[key] is None:
                raise UserError(self.fields[key].error() or sentence, field=key)
        return EntryDetails(**values)

    def check(self) -> bool:
        """A day off is asked about, and those who have this entry already."""
        try:
            details = self.details()
        except UserError as error:
            self.say_wrong(error)
            return False
        if not self.people.ticked():
            self.say_wrong(UserError("Tick who was there.", field="person_ids"))
            return False
        return self._days.ask_about(self, [("Date", details.done_on)]) and self._sure(details) and super().check()

    def _sure(self, details: EntryDetails) -> bool:
        """Those who have it already are left out, if the person says so; with nobody else it may be added again."""
        ticked = self.people.ticked()
        have = [row.person_id for row in self._school.read(queries.same_entries, person_ids=ticked, details=details)]
        if not have:
            return True
        if len(set(have)) == len(ticked):
            words = "All of them have it in their log already."
            return messages.ask(self, "Add it a second time?", words, act="Add it &again", safe="&Change it")
        words = f"{count_of(len(set(have)), 'person has', 'people have')} this entry already."
        if not messages.ask(self, "Leave them out?", words, act="Leave them &out", safe="&Change it"):
            return False
        self.people.model.set_ticked(have, on=False)
        return True

    def save(self) -> None:
        """All of them, or none."""
        self._school.do(services.add_for_many, person_ids=self.people.ticked(), details=self.details())

    def say_wrong(self, error: UserError) -> None:
        """Nobody ticked is said under the list."""
        if error.field == "person_ids":
            self.show_problem(error.message)
            self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().say_wrong(error)

    def _say_done(self) -> None:
        details = self.details()
        number = count_of(len(self.people.ticked()), "person", "people")
        self._hub.notify(
            f"{hours(details.minutes)} h logged for {number}", f"{details.activity}, {day_in_sentence(details.done_on)}", undo=True
        )
