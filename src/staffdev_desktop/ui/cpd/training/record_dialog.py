"""Record training: one training, one day, one person or many, each with a certificate if there is one; or book it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import read_minutes
from staffdev_desktop.cpd.offer import queries as directory
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import Cell, MatrixRow, RecordDetails, TrainingRow
from staffdev_desktop.cpd.training.rules import URGENCY, last_day, validity_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import LATEST, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.cpd.training.certificates import choose_certificate
from staffdev_desktop.ui.cpd.training.words import cell_spoken, state_badge
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, NoteLine, TickField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, HIGH, STRETCH = 720, 620, 100
DONE, BOOKED = "done", "booked"


@dataclass(frozen=True)
class Line:
    """Somebody who may have taken it, how they stand with it now, and the certificate chosen for them."""

    row: MatrixRow
    cell: Cell
    certificate: str = ""

    @property
    def id(self) -> int:
        """The person’s."""
        return self.row.id


class RecordDialog(AskDialog):
    """Begins with one training and the people given ticked. `recorded` is how many records were written, in one change."""

    def __init__(self, school, training_id: int, person_ids: Sequence[int] = (), parent: QWidget | None = None) -> None:
        told = "Tick everybody who took it on the same day. A certificate is added to the person chosen in the list, if there is one."
        super().__init__("Who took which training?", told, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._closed = school, ClosedDays(school)
        self._matrix = school.read(queries.matrix)
        self._first = frozenset(person_ids)
        self._files: dict[int, tuple[str, bytes]] = {}
        self.recorded = 0
        self._build_fields()
        self._build_people()
        self.fields["training_id"].set_value(training_id)
        self._show_people()
        self.model.set_ticked(person_ids)
        self.model.ticks_changed.connect(self._ticked)
        if person_ids:
            self.table.choose(person_ids[0])
        self._show_kind()
        self._ticked()
        self.touched = False
        self.first = self.fields["day"] if person_ids else self.fields["training_id"]
        self.resize(theme.px(WIDE), min(theme.px(HIGH), 640))

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build_fields(self) -> None:
        choices = [(each.id, each.name) for each in self._matrix.trainings]
        self.add_field("training_id", LabelledField("&Training", ChoiceField(choices), parent=self)).edited.connect(self._other_training)
        self.how = Segments([(DONE, "&Done"), (BOOKED, "&Booked")], "Done or booked", self)
        self.how.set_value(DONE)
        self.how.edited.connect(self._show_kind)
        self.add_field("day", LabelledField("Da&y", DateField(), parent=self)).set_value(clock.today())
        self.fields["day"].edited.connect(self._work_out)
        self.add_field("expires_on", LabelledField("Counts &until", DateField("If the certificate says so"), parent=self))
        self.add_field("provider", LabelledField("&Provider", self._provider_line(), parent=self))
        choice = QHBoxLayout()
        choice.setSpacing(12)
        choice.addWidget(self.fields["training_id"], 1, Qt.AlignmentFlag.AlignTop)
        choice.addWidget(self.how, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(choice)
        self.row(self.fields["day"], self.fields["expires_on"], self.fields["provider"])
        self.to_log = TickField("Also write a &line in their CPD logs", self)
        self.to_log.edited.connect(self._show_kind)
        self.add_field("minutes", LabelledField("&Hours", LineField("2 or 45 min"), parent=self))
        log = QHBoxLayout()
        log.setSpacing(8)
        log.addWidget(self.to_log)
        log.addWidget(self.fields["minutes"])
        log.addStretch(1)
        self.body.addLayout(log)

    def _provider_line(self) -> LineField:
        known = {*self._school.read(queries.training_providers), *(row.details.name for row in self._school.read(directory.providers))}
        line = LineField(parent=self)
        completer = QCompleter(sorted(known, key=str.casefold), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    def _build_people(self) -> None:
        self.find = FilterBox("Find people by name, post or group", self)
        self.model = TableModel(_columns(), search_text=_search, tickable=True, parent=self)
        self.table = HouseTable(self.model, "Who it was", 38, self)
        self.table.setMinimumHeight(theme.px(152))
        self.find.textChanged.connect(self.model.set_filter)
        self.table.opened.connect(self._turn)
        self.body.addWidget(self.find)
        self.body.addWidget(self.table, 1)
        self.layout().setStretchFactor(self.body, STRETCH)
        self.attach = PlainButton("C&ertificate of the person chosen…", "clip", self)
        self.attach.setAccessibleDescription("PDF, PNG or JPEG, up to 20 MB")
        self.attach.clicked.connect(self._attach)
        self.leave_out = PlainButton("Leave it &out", "x", self)
        self.leave_out.clicked.connect(self._leave_out)
        self.table.chosen.connect(self._chosen)
        self.file_problem = NoteLine(self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.attach)
        line.addWidget(self.leave_out)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.file_problem)
        self.count = role_label("", "strong", self)
        self.add_left(self.count)

    # -- what is chosen -------------------------------------------------------------------------------------------------

    def training(self) -> TrainingRow:
        """The training chosen."""
        wanted = self.fields["training_id"].value()
        return next(each for each in self._matrix.trainings if each.id == wanted)

    def _other_training(self, _value: object) -> None:
        self._show_people()
        self._work_out()

    def _show_people(self) -> None:
        place = self._matrix.trainings.index(self.training())
        rows = (*self._matrix.rows, *self._matrix.joining)
        lines = [Line(row, row.cells[place], self._files.get(row.id, ("",))[0]) for row in rows]
        lines.sort(key=_urgency)
        lines.sort(key=self._is_other)  # whom it was opened for stand first
        self.model.set_rows(lines)

    def _is_other(self, line: Line) -> bool:
        return line.id not in self._first

    def _show_kind(self, *_value: object) -> None:
        done = self.how.value() == DONE
        for part in (self.fields["expires_on"], self.to_log, self.attach, self.leave_out):
            part.setVisible(done)
        self.fields["minutes"].setVisible(done and self.to_log.value())
        self.fields["day"].label.setText("Da&y it was" if done else "Da&y it is booked for")
        self._work_out()
        self._chosen(self.table.chosen_id())

    def _work_out(self, *_value: object) -> None:
        """Say what the list makes of the day; a day that is typed instead holds."""
        details, day = self.training().details, self.fields["day"].value()
        ends = last_day(details, day) if day else None
        worked_out = long_day(ends) if ends else validity_words(details)
        self.fields["expires_on"].set_hint(f"Left empty: {worked_out}.")

    def _turn(self, key: object) -> None:
        self.model.set_ticked([key], not self.model.is_ticked(key))

    def _ticked(self) -> None:
        number = len(self.model.ticked())
        self.count.setText(f"{count_of(number, 'person', 'people')} ticked" if number else "Nobody ticked yet")
        self.touched = True

    def _chosen(self, key: object) -> None:
        done = self.how.value() == DONE
        self.attach.setEnabled(key is not None)
        self.leave_out.setVisible(done and key in self._files)
        if not self.file_problem.words():
            self.file_problem.show_words("")

    # -- certificates ---------------------------------------------------------------------------------------------------

    def _attach(self) -> None:
        line = self.model.row_of(self.table.chosen_id())
        self.file_problem.show_words("")
        try:
            chosen = choose_certificate(self, line.row.person.name)
        except UserError as error:
            self.file_problem.show_words(error.message, error=True)
            return
        if chosen is not None:
            self._files[line.id] = chosen
            self._show_people()
            self.model.set_ticked([line.id])
            self._chosen(line.id)
            self._touch()

    def _leave_out(self) -> None:
        key = self.table.chosen_id()
        self._files.pop(key, None)
        self._show_people()
        self._chosen(key)
        self.attach.setFocus()

    # -- saving ---------------------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """A booking at a weekend or in a closure is asked about first."""
        if self.how.value() == BOOKED and not self._closed.ask_about(self, [("Booked for", self.fields["day"].value())]):
            return False
        return super().check()

    def say_wrong(self, error: UserError) -> None:
        """Both days are typed into one field."""
        field = "day" if error.field in ("done_on", "booked_for") else error.field
        super().say_wrong(UserError(error.message, field=field))

    def save(self) -> None:
        """Write the records, or the bookings, all or none."""
        done = self.how.value() == DONE
        day = self.require("day", "Write the day it was done." if done else "Write the day it is booked for.")
        ticked = self.model.ticked()
        if not ticked:
            raise UserError("Tick who it was. Space ticks, Enter too.")
        minutes = None
        if done and self.to_log.value():
            minutes = read_minutes(str(self.require("minutes", "Write how long it took. 0.25 is a quarter of an hour.")))
        self.recorded = len(
            self._school.do(
                services.record_training,
                training_id=self.training().id,
                person_ids=ticked,
                details=self._details(day, done),
                certificates={key: file for key, file in self._files.items() if key in ticked} if done else {},
                entry_minutes=minutes,
            )
        )

    def _details(self, day: date, done: bool) -> RecordDetails:
        provider = self.fields["provider"].value()
        if not done:
            return RecordDetails(booked_for=day, provider=provider)
        ends = self.fields["expires_on"].value()
        return RecordDetails(done_on=day, expires_on=ends, expiry_written=ends is not None, provider=provider)

    def said(self) -> str:
        """What to say once it is on disk."""
        did = "recorded for" if self.how.value() == DONE else "booked for"
        return f"{self.training().name} {did} {count_of(self.recorded, 'person', 'people')}"


def _columns() -> tuple[Column, ...]:
    return (
        Column("who", "Member of staff", 250, _who, extra=_post, delegate=TwoLineDelegate),
        Column("now", "Now", 190, _now, extra=_badge, spoken=_spoken, sort_key=_urgency, delegate=BadgeDelegate),
        Column("certificate", "Certificate", 0, _certificate),
    )


def _who(line: Line) -> str:
    return line.row.person.name


def _post(line: Line) -> str:
    return line.row.person.posts


def _now(line: Line) -> str:
    return _badge(line).words


def _badge(line: Line) -> BadgeText:
    return state_badge(line.cell)


def _spoken(line: Line) -> str:
    return cell_spoken(line.cell)


def _urgency(line: Line) -> tuple[int, date, str]:
    return URGENCY.index(line.cell.state), line.cell.until or LATEST, line.row.person.sort_key


def _certificate(line: Line) -> str:
    return line.certificate


def _search(line: Line) -> str:
    return line.row.search
