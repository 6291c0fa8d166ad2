"""Book meetings, one review after the other: day, time, place, a question for a clash and for a day when school is closed."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.dates import day_in_sentence, moment_in_sentence
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import check_booking
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.pdr.asking import AskDialog, ClosedDays, problems_said
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, TimeField


class BookDialog(AskDialog):
    """Shows one review after the other. `booked` are the ids of those that were booked, in order."""

    def __init__(self, school, review_ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__("Book the meeting", " ", act="&Book", icon="cal", safe="&Close", parent=parent)
        self._school, self._ids = school, list(review_ids)
        self._closed = ClosedDays(school)
        self._record: ReviewRecord | None = None
        self.booked: list[int] = []
        self.taken_back: list[int] = []
        self.day = self.add_field("date", LabelledField("&Date", DateField(), parent=self))
        self.time = self.add_field("time", LabelledField("&Time", TimeField(), parent=self))
        self.place = self.add_field("place", LabelledField("&Place", LineField("For example: library"), parent=self))
        top = self.row(self.day, self.time)
        top.setStretch(0, 3)
        top.setStretch(1, 2)
        self.body.addWidget(self.place)
        self.skip = QuietButton("&Skip this one", "right", self)
        self.back = QuietButton("Take the booking bac&k", "undo", self)
        self.add_left(self.skip)
        self.add_left(self.back)
        self.day.edited.connect(self._question)
        self.skip.clicked.connect(self._next)
        self.back.clicked.connect(self._take_back)
        self._show(0)

    def save(self) -> None:
        """Book this one; the next is shown by `check`."""
        moment = datetime.combine(self.require("date", "Write the day of the meeting."), self.require("time", "Write the time."))
        questions = [question for question in (self._closed.question(moment.date()), self._clash(moment)) if question]
        self._saved = not questions or messages.ask(
            self, "Book this meeting all the same?", "\n".join(questions), act="&Book it", safe="C&hange it"
        )
        if self._saved:
            row = self._record.board
            self._school.do(cycles.book_meeting, review_id=row.id, revision=row.revision, moment=moment, place=self.place.value())
            self.booked.append(row.id)

    def check(self) -> bool:
        """Booked: show the next one, or close after the last."""
        if not super().check() or not self._saved:
            return False
        if self._place_in_list + 1 == len(self._ids):
            return True
        self._next()
        return False

    def _show(self, place: int) -> None:
        self._place_in_list = place
        self._record = record = self._school.read(records.review, review_id=self._ids[place])
        row = record.board
        self.title.setText(f"When is {record.person}’s meeting?")
        self.setWindowTitle(self.title.text())
        lines = [f"With {row.reviewer or 'nobody named yet'}. The deadline is {day_in_sentence(row.deadline)}."]
        if len(self._ids) > 1:
            lines.insert(0, f"Meeting {place + 1} of {len(self._ids)}.")
        if times := str(record.sheet_answers.get("times") or "").strip():
            lines.append(f"{record.person} wrote which times suit: {times}")
        self.words.setText(" ".join(lines))
        booked = row.dates.booked_for
        self.day.set_value(booked.date() if booked else None)
        self.time.set_value(booked.time() if booked else None)
        if booked or place == 0:  # the next one may well be in the same room
            self.place.set_value(row.place)
        for field in self.fields.values():
            field.set_error(None)
        self.touched = False
        last = place + 1 == len(self._ids)
        self.skip.setVisible(not last)
        self.back.setVisible(booked is not None)
        self.act_button.setText("&Book" if last else "&Book, then the next")
        self._question()
        self.day.setFocus()

    def _next(self) -> None:
        self._show(self._place_in_list + 1)

    def _take_back(self) -> None:
        row = self._record.board
        if not problems_said(self, self._release, row):
            return
        self.taken_back.append(row.id)
        if self._place_in_list + 1 == len(self._ids):
            self.accept()
        else:
            self._next()

    def _release(self, row) -> None:
        self._school.do(cycles.book_meeting, review_id=row.id, revision=row.revision, moment=None)

    def _question(self, _value: object = None) -> None:
        day = self.day.value()
        words = self._closed.question(day).removesuffix(" Keep it?")
        if not words and isinstance(day, date):
            same = [each for each in self._school.read(boards.meetings, first=day, last=day) if each.review_id != self._record.board.id]
            words = f"{count_of(len(same), 'other meeting')} that day." if same else ""
        self.day.set_hint(words)

    def _clash(self, moment: datetime) -> str | None:
        """The same member of staff or the same reviewer within the hour; also where one of them is the other in that meeting."""
        row = self._record.board
        names = {row.person_id: row.name, row.reviewer_id: row.reviewer}
        others = [
            (meeting.at, names[person_id])
            for meeting in self._school.read(boards.meetings, first=moment.date(), last=moment.date())
            for person_id in (meeting.person_id, meeting.reviewer_id)
            if meeting.review_id != row.id and person_id is not None and person_id in names
        ]
        return check_booking(moment, others)


def booked_words(record: ReviewRecord) -> str:
    """Karen Doyle, Tuesday 20 October at 13:30, library."""
    moment = record.board.dates.booked_for
    place = f", {record.board.place}" if record.board.place else ""
    return f"{record.person}, {moment_in_sentence(moment)}{place}" if moment else record.person
