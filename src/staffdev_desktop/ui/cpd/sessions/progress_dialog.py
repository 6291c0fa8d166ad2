"""How far somebody is with a programme, part by part; one part is marked for one person or for the whole cohort."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes.enrolments import services
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, StepRow
from staffdev_desktop.cpd.programmes.enrolments.rules import next_part
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.cpd.fitting import fit
from staffdev_desktop.ui.cpd.log.fields import HoursField
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, TickField
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, TALL, MOST_OF_IT = 640, 640, 10
ONE, ALL = "one", "all"


class ProgressDialog(AskDialog):
    """Choose a part in the list, say when it was done. `together` are those of the cohort, the person among them."""

    def __init__(self, school, row: EnrolmentRow, together: Sequence[EnrolmentRow], parent: QWidget | None = None) -> None:
        words = f"{row.programme}. {row.done} of {count_of(len(row.steps), 'part')} done."
        super().__init__(f"Which part has {row.name} done?", words, act="&Mark it as done", icon="check", width=WIDE, parent=parent)
        self._school, self._row, self._together = school, row, together
        self._said = ("", "")
        columns = (
            Column("title", "Part", 0, _title, extra=_kind, tooltip=_title, delegate=TwoLineDelegate),
            Column("done", "Done", 132, _done, extra=_badge, delegate=BadgeDelegate),
            Column("result", "Result", 150, _result, tooltip=_result),
        )
        self.model = TableModel(columns, row_id=_module_id, parent=self)
        self.model.set_rows(row.steps)
        self.table = HouseTable(self.model, "Parts", row_height=38, parent=self)
        card = Card(self, flush=True)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.who = Segments([(ONE, f"&Only {row.name}"), (ALL, f"&All {len(together)} of the cohort")], "For whom", self)
        self.who.set_value(ONE)
        self.who.setVisible(len(together) > 1)
        self.body.addWidget(self.who)
        self.row(
            self.add_field("done_on", LabelledField("&Done on", DateField(), parent=self)),
            self.add_field("result", LabelledField("&Result", LineField("Pass"), parent=self)),
        )
        self.log = TickField("&Write it into the log of each", self)
        self.add_field("minutes", LabelledField("&Hours", HoursField(), parent=self))
        line = self.row(self.fields["minutes"])
        line.insertWidget(0, self.log, 1)
        self.back = PlainButton("&Take the mark away", "undo", self)
        self.back.clicked.connect(self._unmark)
        self.add_left(self.back)
        self.fields["done_on"].set_value(clock.today())
        self.log.edited.connect(self._touch)
        self.log.edited.connect(self._dress)
        self.table.chosen.connect(self._chosen)
        self.first = self.table
        upcoming = next_part(row)
        self.table.choose((upcoming or row.steps[0]).module.id)
        self._chosen(self.table.chosen_id())
        self.layout().setStretchFactor(self.body, MOST_OF_IT)
        fit(self, WIDE, TALL)

    @property
    def step(self) -> StepRow | None:
        """The part chosen."""
        return self.model.row_of(self.table.chosen_id())

    def _chosen(self, _key: object) -> None:
        step = self.step
        if step is None:
            return
        self.fields["done_on"].set_value(step.done_on or clock.today())
        self.fields["result"].set_value(step.result)
        self.fields["minutes"].set_value(step.module.minutes)
        self.log.set_value(step.module.minutes is not None and step.entry_id is None)
        self.log.setEnabled(step.entry_id is None)
        self.back.setEnabled(step.done)
        self._dress()

    def _dress(self, _value: object = None) -> None:
        self.fields["minutes"].setEnabled(self.log.value() and self.log.isEnabled())

    def save(self) -> None:
        """Mark it, for one or for all."""
        step = self.step
        if step is None:
            raise UserError("Choose the part.")
        rows = self._together if self.who.value() == ALL else [self._row]
        done_on = self.require("done_on", "Write the day on which it was done.")
        minutes = None
        if self.log.value() and self.log.isEnabled():
            minutes = self.require("minutes", "Write how long it took, or take the tick away.")
        made = self._school.do(
            services.mark_part, enrolment_ids=[row.id for row in rows], module_id=step.module.id, done_on=done_on,
            result=self.fields["result"].value(), minutes=minutes,
        )  # fmt: skip
        who = self._row.name if len(rows) == 1 else count_of(len(rows), "person", "people")
        entries = f"{count_of(made, 'entry', 'entries')} of {hours(minutes)} h in the log" if made and minutes else self._row.programme
        self._said = f"Done by {who}: {step.module.title}", entries

    def _unmark(self) -> None:
        """Not done after all."""
        step = self.step
        try:
            self._take_away(step, drop_written=False)
        except UserError as error:
            words = "The entry that it made in the log goes too, with what is written in it."
            if step.entry_id is None or not messages.ask(self, "Let these words go?", words, act="&Let them go", safe="&Keep the mark"):
                self.show_problem(error.message)
                return
            self._take_away(step, drop_written=True)
        self._said = f"Not done after all: {step.module.title}", self._row.name
        self.touched = False
        self.accept()

    def _take_away(self, step: StepRow, *, drop_written: bool) -> None:
        self._school.do(services.unmark_part, enrolment_id=self._row.id, module_id=step.module.id, drop_written=drop_written)

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        return self._said


def _module_id(step: StepRow) -> object:
    return step.module.id


def _title(step: StepRow) -> str:
    return step.module.title


def _kind(step: StepRow) -> str:
    long = f"{hours(step.module.minutes)} h" if step.module.minutes else ""
    return ", ".join(part for part in (step.module.kind.capitalize(), long) if part)


def _done(step: StepRow) -> str:
    return day_with_year(step.done_on) if step.done_on else "To do"


def _badge(step: StepRow) -> BadgeText:
    return BadgeText("ok" if step.done else "mute", _done(step), plain=not step.done)


def _result(step: StepRow) -> str:
    return step.result
