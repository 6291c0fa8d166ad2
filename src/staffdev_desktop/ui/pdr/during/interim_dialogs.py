"""Meetings between reviews: ask for one, book it, write its short record; the mid-year review with the targets beside it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.clashes import Slot
from staffdev_desktop.pdr.queries import boards, bookings, outcomes
from staffdev_desktop.pdr.rows import BoardRow, InterimRow, TargetRow
from staffdev_desktop.pdr.rules import INTERIM_KINDS, SIDES
from staffdev_desktop.pdr.services import during
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.pdr.during.moments import Diary, MomentFields
from staffdev_desktop.ui.pdr.during.targets_panel import MOST_OF_IT, about, state_of
from staffdev_desktop.ui.widgets.badge import Badge
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, TextField, role_label
from staffdev_desktop.ui.widgets.segments import Segments

MOST_HIGH = 640  # of 689 that a small laptop leaves
INTERIM, MID_YEAR = INTERIM_KINDS
MEMBER, REVIEWER = SIDES
KIND_WORDS = {INTERIM: "Interim meeting", MID_YEAR: "Mid-year review"}


class AskForDialog(AskDialog):
    """Either side asks for a meeting between reviews; it may be booked at once. `made` is the meeting's id."""

    def __init__(self, school, rows: Sequence[BoardRow], review_id: int | None = None, parent: QWidget | None = None) -> None:
        told = "Whenever something comes up, either side may ask. Book it now, or later."
        super().__init__("Who asks for a meeting?", told, act="&Ask for it", icon="chat", width=520, parent=parent)
        self._school = school
        self._rows = {row.id: row for row in sorted(rows, key=lambda row: row.name) if not row.exempt}
        self.made: int | None = None
        choices = [(None, "Choose somebody"), *((row.id, f"{row.name}, {row.posts}") for row in self._rows.values())]
        self.add_field("review", LabelledField("&Member of staff", ChoiceField(choices), parent=self)).set_value(review_id)
        self.kind = Segments([(INTERIM, "&Interim meeting"), (MID_YEAR, "Mid-&year review")], "Kind of meeting", self)
        self.kind.set_value(INTERIM)
        self.asked_by = Segments([(MEMBER, "Member of &staff"), (REVIEWER, "&Reviewer")], "Asked for by", self)
        self.asked_by.set_value(MEMBER)
        self.body.addWidget(self.fields["review"])
        for title, part in (("What is it?", self.kind), ("Who asks?", self.asked_by)):
            self.body.addWidget(role_label(title, "label", self))
            self.body.addWidget(part)
            part.edited.connect(self._touch)
        self.when = MomentFields(self, Diary(school), self._slot(), day="&Date, if there is one")
        self.when.lay_out()
        self.fields["review"].edited.connect(self._person_chosen)

    def save(self) -> None:
        """Keep who asks for what."""
        review_id = self.require("review", "Choose whose meeting it is.")
        values = {"kind": self.kind.value(), "asked_by": self.asked_by.value(), "booked_for": self.when.moment()}
        self.made = self._school.do(during.ask_for_interim, review_id=review_id, **values)

    def check(self) -> bool:
        """Ask about what is in the way first."""
        return self.when.confirmed() and super().check()

    def _slot(self) -> Slot:
        row = self._rows.get(self.fields["review"].value())
        return slot_of(row, "interim-new", None) if row else Slot("interim-new", 0, None, 0, "")

    def _person_chosen(self, _value: object) -> None:
        self.when.set_slot(self._slot())


class BookInterimDialog(AskDialog):
    """When a meeting between reviews is held; what is in the way is asked about."""

    def __init__(self, school, meeting: InterimRow, parent: QWidget | None = None) -> None:
        told = f"{KIND_WORDS[meeting.kind]} with {meeting.reviewer or 'nobody named yet'}."
        super().__init__(f"When do you meet {meeting.name}?", told, act="&Book", icon="cal", parent=parent)
        self._school, self._meeting = school, meeting
        row = school.read(boards.cycle_board, review_id=meeting.review_id)[0]
        self.when = MomentFields(self, Diary(school), slot_of(row, f"interim-{meeting.id}", meeting.booked_for))
        self.when.lay_out()
        self.back = QuietButton("Take the booking bac&k", "undo", self)
        self.back.setVisible(meeting.booked_for is not None)
        self.back.clicked.connect(self._take_back)
        self.add_left(self.back)
        self.taken_back = False

    def save(self) -> None:
        """Book it."""
        self.require("date", "Write the day of the meeting.")
        self._write(self.when.moment())

    def check(self) -> bool:
        """Ask about what is in the way first."""
        return self.when.confirmed() and super().check()

    def _take_back(self) -> None:
        if problems_said(self, self._write, None):
            self.taken_back, self.touched = True, False
            self.accept()

    def _write(self, moment: datetime | None) -> None:
        meeting = self._meeting
        kept = {"held_on": meeting.held_on, "record": meeting.record}
        self._school.do(during.record_interim, interim_id=meeting.id, revision=meeting.revision, booked_for=moment, **kept)


class RecordDialog(AskDialog):
    """The short record of a meeting. The mid-year review shows the targets beside it, each with room for a note.

    Record and notes are kept in one change. Without a day the words are kept as a draft.
    """

    def __init__(self, school, meeting: InterimRow, parent: QWidget | None = None) -> None:
        targets = school.read(outcomes.targets_in_hand, review_id=meeting.review_id) if meeting.kind == MID_YEAR else ()
        told = f"{KIND_WORDS[meeting.kind]} with {meeting.reviewer or 'nobody named yet'}, asked for by the {meeting.asked_by}."
        width = 940 if targets else 520
        super().__init__(f"What did you and {meeting.name} agree?", told, act="&Save record", icon="check", width=width, parent=parent)
        self._school, self._meeting = school, meeting
        self.targets = targets
        hint = f"A few sentences. {meeting.name} may read them."
        booked = meeting.booked_for
        self.add_field("record", LabelledField("&Record of the meeting", TextField(lines=8), hint=hint, parent=self))
        day = LabelledField("&Held on", DateField(), hint="Leave it empty to go on writing later.", parent=self)
        self.add_field("held_on", day)
        usual = booked.date() if booked and booked.date() <= clock.today() else clock.today()
        day.set_value(meeting.held_on or usual)
        self.fields["record"].set_value(meeting.record)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.fields["record"])
        left.addWidget(day)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 4)
        if targets:
            row.addWidget(self._beside(targets), 5)
            self.resize(theme.px(width), min(theme.px(560), MOST_HIGH))
        self.body.addLayout(row, 1)
        self.layout().setStretchFactor(self.body, MOST_OF_IT)

    def _beside(self, targets: Sequence[TargetRow]) -> QWidget:
        found = self._school.read(outcomes.notes, target_ids=[target.id for target in targets])
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        for number, target in enumerate(targets, 1):
            card = Card(inside)
            head = QHBoxLayout()
            head.addWidget(role_label(f"{number}. {target.target}", "strong", card, wrap=True), 1)
            head.addWidget(Badge(state_of(target), card), 0, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(head)
            if told := about(target):
                card.body.addWidget(role_label(told, "small", card, wrap=True))
            before = [note for note in found if note.target_id == target.id]
            if before:
                words = f"{count_of(len(before), 'note')} so far. The last: {before[-1].words}"
                card.body.addWidget(role_label(words, "small", card, wrap=True))
            letter = f"&{number}" if number < 10 else str(number)
            note = LabelledField(f"Progress on target {letter}", TextField(lines=2), parent=card)
            card.body.addWidget(self.add_field(f"note {target.id}", note))
            column.addWidget(card)
        column.addStretch(1)
        scroll = ClearScroll(self)
        scroll.setWidget(inside)
        return scroll

    def save(self) -> None:
        """Keep record and notes together."""
        meeting = self._meeting
        self._school.do(
            during.record_interim,
            interim_id=meeting.id,
            revision=meeting.revision,
            booked_for=meeting.booked_for,
            held_on=self.fields["held_on"].value(),
            record=self.fields["record"].value(),
            notes={target.id: self.fields[f"note {target.id}"].value() for target in self.targets},
        )


def slot_of(row: BoardRow, key: str, at: datetime | None) -> Slot:
    """A meeting of the two people of a review, as clashes are looked for."""
    return Slot(key, row.id, at, row.person_id, row.name, row.reviewer_id, row.reviewer)


def interim_slot(school, meeting: InterimRow) -> Slot | None:
    """A booked meeting as a calendar file is written from it; None if it is not booked."""
    if meeting.booked_for is None:
        return None
    day = meeting.booked_for.date()
    return next((slot for slot in school.read(bookings.booked, first=day, last=day) if slot.key == f"interim-{meeting.id}"), None)
