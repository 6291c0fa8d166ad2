"""Book one meeting: day, time, place, a question for a clash and for a day when school is closed."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.dates import day_in_sentence, moment_in_sentence
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import check_booking
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, ClosedDays, problems_said
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, TimeField


class BookDialog(AskDialog):
    """`booked` or `taken_back` afterwards, whichever it was."""

    def __init__(self, school, review_id: int, parent: QWidget | None = None) -> None:
        self._school, self.review_id = school, review_id
        self._record: ReviewRecord = school.read(records.review, review_id=review_id)
        super().__init__(f"When is {self._record.person}’s meeting?", self._told(), act="&Book", icon="cal", parent=parent)
        self._closed = ClosedDays(school)
        self.booked = self.taken_back = False
        self.day = self.add_field("date", LabelledField("&Date", DateField(), parent=self))
        self.time = self.add_field("time", LabelledField("&Time", TimeField(), parent=self))
        self.place = self.add_field("place", LabelledField("&Place", LineField("For example: library"), parent=self))
        top = self.row(self.day, self.time)
        top.setStretch(0, 3)
        top.setStretch(1, 2)
        self.body.addWidget(self.place)
        booked = self._record.board.dates.booked_for
        self.day.set_value(booked.date() if booked else None)
        self.time.set_value(booked.time() if booked else None)
        self.place.set_value(self._record.board.place)
        self.back = QuietButton("Take the booking bac&k", "undo", self)
        self.back.setVisible(booked is not None)
        self.add_left(self.back)
        self.day.edited.connect(self._question)
        self.back.clicked.connect(self._take_back)
        self._question()

    def _told(self) -> str:
        row = self._record.board
        lines = [f"With {row.reviewer or 'nobody named yet'}. The deadline is {day_in_sentence(row.deadline)}."]
        if times := str(self._record.sheet_answers.get("times") or "").strip():
            lines.append(f"{self._record.person} wrote which times suit: {times}")
        return " ".join(lines)

    def save(self) -> None:
        """Book it, after a question if something speaks against the moment."""
        moment = datetime.combine(self.require("date", "Write the day of the meeting."), self.require("time", "Write the time."))
        questions = [question for question in (self._closed.question(moment.date()), self._clash(moment)) if question]
        if questions and not messages.ask(self, "Book this meeting all the same?", "\n".join(questions), act="&Book it", safe="C&hange it"):
            return
        row = self._record.board
        self._school.do(cycles.book_meeting, review_id=row.id, revision=row.revision, moment=moment, place=self.place.value())
        self.booked = True

    def check(self) -> bool:
        """Only what was booked closes the dialog."""
        return super().check() and self.booked

    def _take_back(self) -> None:
        if problems_said(self, self._release):
            self.taken_back = True
            self.accept()

    def _release(self) -> None:
        row = self._record.board
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
