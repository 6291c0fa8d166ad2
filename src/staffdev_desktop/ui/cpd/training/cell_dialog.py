"""One training of one person: how they stand, every time they took it, and what may be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import ForWhom, PersonTraining, RecordDetails, RecordRow, TrainingRow
from staffdev_desktop.cpd.training.rules import last_day, validity_words
from staffdev_desktop.kernel.dates import day_with_year, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.cpd.training.certificates import choose_certificate, open_certificate
from staffdev_desktop.ui.cpd.training.words import cell_spoken, state_badge, until_words
from staffdev_desktop.ui.widgets.badge import Badge
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, NoteLine, role_label
from staffdev_desktop.ui.widgets.table_view import HEAD_HEIGHT, HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, CORRECTING = 560, 460
ROW_HEIGHT, MOST_ROWS = 33, 6
AS_LISTED, A_DAY, FOR_EVER = "list", "day", "ever"


class CellDialog(HouseDialog):
    """What Enter opens. Changes are made at once, each with its undo; `wants_record` asks for the dialog that records."""

    wants_record = Signal(int, object)  # a training’s id, a tuple of one person’s

    def __init__(self, school, hub, person_id: int, training_id: int, parent: QWidget | None = None) -> None:
        self.person = next(each for each in school.read(log.people, here_only=False) if each.id == person_id)
        self.found: PersonTraining = school.read(queries.history, person_id=person_id, training_id=training_id)
        title = f"{self.person.name}: {self.found.training.name}"
        may_keep = school.actor.may(Permission.KEEP_CPD)
        act = "&Record or book…" if may_keep else ""
        super().__init__(title, safe="&Close", act=act, act_icon="plus", parent=parent, width=WIDE)
        self._school, self._hub = school, hub
        self.badge = Badge(state_badge(self.found.cell), self)
        self.said = role_label("", "second", self, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.badge)
        head.addWidget(self.said, 1)
        self.body.addLayout(head)
        self.model = TableModel(_columns(), parent=self)
        self.table = HouseTable(self.model, "Every time it was taken or booked", ROW_HEIGHT, self)
        self.table.opened.connect(self.correct)
        self.table.chosen.connect(self._show_verbs)
        self.nothing = role_label("Nothing is recorded yet.", "hint", self)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)
        self._build_verbs(may_keep)
        self._build_standing()
        self.note = NoteLine(self)
        self.note.show_words(self.found.training.details.note)
        self.body.addWidget(self.note)
        self.accepted.connect(self._record)
        hub.changed.connect(self._changed)
        self._show()

    def _build_verbs(self, may_keep: bool) -> None:
        self.correct_button = PlainButton("C&orrect…", "pen", self)
        self.certificate = PlainButton("Cer&tificate", "clip", self)
        self.away = PlainButton("Take certificate &away", parent=self)
        self.remove_button = PlainButton("Re&move…", "x", self)
        self.verbs = QWidget(self)
        row = QHBoxLayout(self.verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button, do in (
            (self.correct_button, self.correct),
            (self.certificate, self.open_certificate),
            (self.away, self.take_away),
            (self.remove_button, self.remove),
        ):
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.correct_button, self.remove_button):
            button.setVisible(may_keep)
        self.body.addWidget(self.verbs)

    def _build_standing(self) -> None:
        self.standing = LabelledField("&Is it required of them?", ChoiceField(), parent=self)
        self.standing.edited.connect(self._set_standing)
        self.standing.setVisible(self._school.actor.may(Permission.RUN_CPD))
        self.body.addWidget(self.standing)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def chosen(self) -> RecordRow | None:
        """The record chosen in the list."""
        return self.model.row_of(self.table.chosen_id())

    def correct(self, *_key: object) -> None:
        """Ask what is to be corrected in the record chosen."""
        record = self.chosen()
        if record is not None and self.correct_button.isVisibleTo(self):
            dialog = CorrectDialog(self._school, self.found.training, record, self.person.name, self)
            dialog.accepted.connect(self._corrected)
            messages.show(dialog)

    def _corrected(self) -> None:
        self._hub.notify(f"Corrected: {self.found.training.name}, {self.person.name}", undo=True)

    def open_certificate(self) -> None:
        """Show the certificate of the record chosen, or ask for one."""
        problems_said(self, self._open_certificate)

    def _open_certificate(self) -> None:
        record = self.chosen()
        if record.certificate_sha256:
            open_certificate(self._school, record, self)
            return
        file = choose_certificate(self, self.person.name)
        if file is not None:
            self._school.do(services.attach_certificate, record_id=record.id, file=file)
            self._hub.notify(f"Certificate kept: {self.found.training.name}, {self.person.name}", undo=True)

    def take_away(self) -> None:
        """Take the certificate away from the record chosen: it was another person’s, say."""
        if problems_said(self, self._take_away):
            self._hub.notify(f"Certificate taken away: {self.found.training.name}, {self.person.name}", undo=True)

    def _take_away(self) -> None:
        self._school.do(services.attach_certificate, record_id=self.chosen().id, file=None)

    def remove(self) -> None:
        """Take the record chosen away, after asking."""
        record = self.chosen()
        day = record.details.done_on or record.details.booked_for
        words = f"{self.found.training.name} of {self.person.name}, {long_day(day)}."
        words += " The line in the CPD log that was written with it stays." if record.entry_id else ""
        if messages.ask(self, "Remove this record?", words, act="&Remove it", safe="&Keep it"):
            gone = problems_said(self, self._remove, record)
            if gone:
                self._hub.notify(f"Removed: {self.found.training.name}, {self.person.name}", undo=True)

    def _remove(self, record: RecordRow) -> None:
        self._school.do(services.remove_records, record_ids=(record.id,))

    def _set_standing(self, value: object) -> None:
        if problems_said(self, self._write_standing, value):
            self._hub.notify(f"{self.found.training.name}: {self.person.name} is changed", undo=True)

    def _write_standing(self, value: object) -> None:
        required = {"yes": True, "no": False}.get(str(value))
        self._school.do(services.set_standing, training_id=self.found.training.id, person_id=self.person.id, required=required)

    def _record(self) -> None:
        self.wants_record.emit(self.found.training.id, (self.person.id,))

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _changed(self, changed: object) -> None:
        if changed.touches("training", "training_for", "training_record"):
            try:
                self.found = self._school.read(queries.history, person_id=self.person.id, training_id=self.found.training.id)
            except UserError as error:
                self.show_problem(error.message)
                return
            self._show()

    def _show(self) -> None:
        cell, records = self.found.cell, self.found.records
        self.badge.set_badge(state_badge(cell))
        spoken = cell_spoken(cell)
        self.said.setText(f"{spoken[:1].upper()}{spoken[1:]}. It {validity_words(self.found.training.details)}.".replace("It anew", "Anew"))
        self.model.set_rows(records)
        self.table.setFixedHeight(theme.px(HEAD_HEIGHT + ROW_HEIGHT * min(max(len(records), 1), MOST_ROWS)) + 2)
        self.table.setVisible(bool(records))
        self.nothing.setVisible(not records)
        self.verbs.setVisible(bool(records))
        if records and self.chosen() is None:
            self.table.choose(records[0].id)
        self._show_standing(self.found.training)
        self._show_verbs()

    def _show_standing(self, training: TrainingRow) -> None:
        own = next((line for line in training.whom if line.person_id == self.person.id), None)
        follows = "Yes" if self.found.cell.required and own is None else "No" if own is None else "As it says of others"
        self.standing.editor.set_choices(
            (("list", f"As the list says: {follows.lower()}"), ("yes", "Yes, of this person by name"), ("no", "No, this person is exempt"))
        )
        self.standing.set_value(_standing(own))

    def _show_verbs(self, _key: object = None) -> None:
        record = self.chosen()
        done = record is not None and record.details.done_on is not None
        has = record is not None and record.certificate_sha256 is not None
        self.certificate.setText("See cer&tificate" if has else "Add cer&tificate…")
        self.away.setVisible(has and self.remove_button.isVisibleTo(self.verbs))
        self.certificate.setVisible(has or (done and self.correct_button.isVisibleTo(self.verbs)))


def _standing(own: ForWhom | None) -> str:
    if own is None:
        return "list"
    return "no" if own.exempt else "yes"


class CorrectDialog(AskDialog):
    """What was written about one time of training."""

    def __init__(self, school, training: TrainingRow, record: RecordRow, person: str, parent: QWidget | None = None) -> None:
        told = f"{training.name}, {person}."
        super().__init__("What is to be corrected?", told, act="&Save", icon="check", width=CORRECTING, parent=parent)
        self._school, self._training, self._record = school, training, record
        details = record.details
        self.add_field("done_on", LabelledField("&Done on", DateField("Not done yet"), parent=self)).set_value(details.done_on)
        self.add_field("booked_for", LabelledField("&Booked for", DateField("Not booked"), parent=self)).set_value(details.booked_for)
        self.row(self.fields["done_on"], self.fields["booked_for"])
        kinds = ((AS_LISTED, "As the list says"), (A_DAY, "Until the day on the certificate"), (FOR_EVER, "For ever"))
        self.add_field("counts", LabelledField("It cou&nts", ChoiceField(kinds), parent=self))
        self.add_field("expires_on", LabelledField("&Until", DateField(), parent=self)).set_value(details.expires_on)
        written = A_DAY if details.expires_on else FOR_EVER
        self.fields["counts"].set_value(written if details.expiry_written else AS_LISTED)
        self.row(self.fields["counts"], self.fields["expires_on"])
        self.add_field("provider", LabelledField("&Provider", LineField(), parent=self)).set_value(details.provider)
        self.body.addWidget(self.fields["provider"])
        self.fields["counts"].edited.connect(self._show_day)
        self.fields["done_on"].edited.connect(self._show_day)
        self._show_day()

    def _show_day(self, *_value: object) -> None:
        counts, done_on = self.fields["counts"].value(), self.fields["done_on"].value()
        self.fields["expires_on"].setVisible(counts == A_DAY)
        ends = last_day(self._training.details, done_on) if done_on else None
        self.fields["counts"].set_hint(f"Until {day_with_year(ends)}." if counts == AS_LISTED and ends else "")

    def save(self) -> None:
        """Write it over what was there."""
        counts = self.fields["counts"].value()
        ends = self.require("expires_on", "Write the last day it counts.") if counts == A_DAY else None
        details = RecordDetails(
            done_on=self.fields["done_on"].value(),
            booked_for=self.fields["booked_for"].value(),
            expires_on=ends,
            expiry_written=counts != AS_LISTED,
            provider=self.fields["provider"].value(),
        )
        self._school.do(services.change_record, record_id=self._record.id, revision=self._record.revision, details=details)


def _columns() -> tuple[Column, ...]:
    return (
        Column("done", "Done on", 150, _done),
        Column("until", "Counts until", 104, until_words),
        Column("provider", "Provider", 0, _provider, tooltip=_provider),
        Column("certificate", "Certificate", 116, _certificate, tooltip=_certificate),
    )


def _done(record: RecordRow) -> str:
    details = record.details
    if details.done_on:
        return day_with_year(details.done_on)
    return f"Booked {day_with_year(details.booked_for)}" if details.booked_for else ""


def _provider(record: RecordRow) -> str:
    return record.details.provider


def _certificate(record: RecordRow) -> str:
    return record.certificate_name
