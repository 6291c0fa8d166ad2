"""What every booking here shares: day and time as one moment, and what stands in its way, said as it is typed."""

from dataclasses import replace
from datetime import date, datetime, time

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.clashes import Slot, clashes_of
from staffdev_desktop.pdr.queries import bookings
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, NoteLine, TimeField


class Diary:
    """The school's days and the meetings that are booked: what is in the way of a slot."""

    def __init__(self, school) -> None:
        found = school.read(settings.calendar)
        self._school, self.terms, self.closures = school, found.terms, found.closures

    def booked(self, first: date, last: date) -> tuple[Slot, ...]:
        """Every meeting of these days."""
        return self._school.read(bookings.booked, first=first, last=last)

    def about(self, slot: Slot) -> tuple[str, ...]:
        """A sentence for each thing in the way of one slot."""
        if slot.at is None:
            return ()
        day = slot.at.date()
        return clashes_of([slot], self.booked(day, day), self.terms, self.closures, today=clock.today())[slot.key]


class MomentFields:
    """Two fields, day and time, which together say when; a line beneath says what is in the way."""

    def __init__(self, dialog, diary: Diary, slot: Slot, *, day: str = "&Date", hour: str = "&Time") -> None:
        self._dialog, self._diary, self._slot = dialog, diary, slot
        self.line = NoteLine(dialog)
        self.day = dialog.add_field("date", LabelledField(day, DateField(), parent=dialog))
        self.time = dialog.add_field("time", LabelledField(hour, TimeField(), parent=dialog))
        self.day.set_value(slot.at.date() if slot.at else None)
        self.time.set_value(slot.at.time() if slot.at else None)
        self.day.edited.connect(self.say)
        self.time.edited.connect(self.say)
        self.say()

    def lay_out(self) -> None:
        """Put the fields and their line into the dialog."""
        row = self._dialog.row(self.day, self.time)
        row.setStretch(0, 3)
        row.setStretch(1, 2)
        self._dialog.body.addWidget(self.line)

    def set_slot(self, slot: Slot) -> None:
        """Another person's meeting; what is typed stays."""
        self._slot = slot
        self.say()

    def moment(self) -> datetime | None:
        """The moment typed; None if both fields are empty. Raises UserError if one of them is."""
        day, hour = self.day.value(), self.time.value()
        if day is None and hour is None:
            return None
        if not isinstance(day, date):
            raise UserError("Write the day of the meeting.", field="date")
        if not isinstance(hour, time):
            raise UserError("Write the time.", field="time")
        return datetime.combine(day, hour)

    def in_the_way(self) -> tuple[str, ...]:
        """What is in the way of the moment typed."""
        try:
            return self._diary.about(replace(self._slot, at=self.moment()))
        except UserError:
            return ()

    def confirmed(self) -> bool:
        """Ask about what is in the way; True to go on."""
        lines = self.in_the_way()
        question = "Book this meeting all the same?"
        return not lines or messages.ask(self._dialog, question, "\n".join(lines), act="&Book it", safe="C&hange it")

    def say(self, _value: object = None) -> None:
        """Say it; the dialog makes room."""
        self.line.show_words(" ".join(self.in_the_way()))
        if self._dialog.isVisible():
            self._dialog.adjustSize()
