"""Book many meetings as one dated list: free times are proposed, every row can be changed, and what is in the way stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import clock_time, day_in_sentence, day_in_table
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import question_about
from staffdev_desktop.pdr.clashes import USUAL_MINUTES, Room, Slot, clashes_of, propose
from staffdev_desktop.pdr.queries import bookings
from staffdev_desktop.pdr.services import booking
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.pdr.during.moments import Diary
from staffdev_desktop.ui.pdr.during.targets_panel import MOST_OF_IT
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, NoteLine, TimeField, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

LENGTHS = (30, 45, 60, 90)
MOST_A_DAY = (1, 2, 3, 4, 5, 6)
WIDE, HIGH = 1040, 620
MOST_ROOMS = 4
AHEAD = timedelta(days=400)  # meetings already booked that far ahead are minded


@dataclass(frozen=True)
class Line:
    """One row: the meeting as it would be booked, and what is in its way."""

    slot: Slot
    was: datetime | None  # as it is booked now
    trouble: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What the table knows it by."""
        return self.slot.key


class BookManyDialog(AskDialog):
    """Proposes times for the reviews given, nearest deadline first. `booked` is how many were booked, all in one change."""

    def __init__(self, school, review_ids: Sequence[int], parent: QWidget | None = None) -> None:
        told = "Times are proposed one reviewer beside the other. Change any of them, untick what waits, then book the rest at once."
        super().__init__("When are these meetings?", told, act="&Book", icon="cal", safe="&Close", width=WIDE, parent=parent)
        self._school, self._diary = school, Diary(school)
        wanted = school.read(bookings.slots, review_ids=review_ids)
        if not wanted:
            raise UserError("These reviews are agreed already.")
        self._others = self._diary.booked(clock.today(), clock.today() + AHEAD)
        self.booked = 0
        self.model = TableModel(_columns(), tickable=True, parent=self)
        self.table = HouseTable(self.model, "Meetings to book", 38, self)
        self._filling = False
        self._build()
        self._wire()
        self._set_slots(wanted, tick=False)
        self._set_ticks()
        if any(slot.at is None for slot in wanted):
            self.propose()
        self.first = self.table
        self.resize(theme.px(WIDE), min(theme.px(HIGH), 640))

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_room()
        self.body.addWidget(self.table, 1)
        self.layout().setStretchFactor(self.body, MOST_OF_IT)
        self._build_row()
        self.count = role_label("", "strong", self)
        self.add_left(self.count)

    def _build_room(self) -> None:
        first = self._next_school_day()
        self.add_field("first", LabelledField("&From", DateField(), parent=self)).set_value(first)
        self.add_field("begins", LabelledField("B&etween", TimeField(), parent=self)).set_value(time(8, 30))
        self.add_field("ends", LabelledField("a&nd", TimeField(), parent=self)).set_value(time(16, 30))
        lengths = [(minutes, f"{minutes} minutes") for minutes in LENGTHS]
        self.add_field("minutes", LabelledField("Each &takes", ChoiceField(lengths), parent=self)).set_value(USUAL_MINUTES)
        days = [(number, str(number)) for number in MOST_A_DAY]
        self.add_field("most", LabelledField("&Most a day for one reviewer", ChoiceField(days), parent=self)).set_value(2)
        rooms = self._school.read(settings.list_items, name="rooms") or self._rooms_in_use()
        self.add_field("rooms", LabelledField("&Rooms", LineField("Library, Meeting room"), parent=self)).set_value(", ".join(rooms))
        self.fields["rooms"].editor.setCursorPosition(0)
        self.propose_button = PlainButton("&Propose times", "cal", self)
        self.propose_button.clicked.connect(self.propose)
        row = QHBoxLayout()
        row.setSpacing(10)
        for key, wide in (("first", 3), ("begins", 2), ("ends", 2), ("minutes", 3), ("most", 4), ("rooms", 5)):
            row.addWidget(self.fields[key], wide, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addSpacing(theme.px(19))  # beside the editors, below their labels
        column.addWidget(self.propose_button)
        column.addStretch(1)
        row.addLayout(column)
        self.body.addLayout(row)

    def _build_row(self) -> None:
        self.card = Card(self)
        self.who = role_label("", "strong", self.card)
        self.day = self.add_field("date", LabelledField("&Date", DateField(), parent=self.card))
        self.time = self.add_field("time", LabelledField("T&ime", TimeField(), parent=self.card))
        self.place = self.add_field("place", LabelledField("P&lace", LineField(), parent=self.card))
        self.trouble = NoteLine(self.card)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, wide in ((self.day, 2), (self.time, 1), (self.place, 3)):
            row.addWidget(field, wide, Qt.AlignmentFlag.AlignTop)
        self.card.body.addWidget(self.who)
        self.card.body.addLayout(row)
        self.card.body.addWidget(self.trouble)
        self.body.addWidget(self.card)
        self.body.addWidget(role_label("Space ticks a meeting. Enter goes to its day; F6 comes back to the list.", "hint", self))

    def _rooms_in_use(self) -> list[str]:
        """Where meetings are booked already, if the school keeps no list of rooms."""
        return list(dict.fromkeys(slot.place for slot in self._others if slot.place))[:MOST_ROOMS]

    def _wire(self) -> None:
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self._to_day)
        self.model.ticks_changed.connect(self._count)
        for field in (self.day, self.time, self.place):
            field.edited.connect(self._row_edited)

    def _next_school_day(self):
        day = clock.today() + timedelta(days=1)
        for _ in range(AHEAD.days):
            if not question_about(day, self._diary.terms, self._diary.closures):
                break
            day += timedelta(days=1)
        return day

    # -- proposing ------------------------------------------------------------------------------------------------------

    def propose(self) -> None:
        """Give every ticked meeting a free time; what is booked already stays unless it is the only thing ticked."""
        self.show_problem("")
        for field in self.fields.values():
            field.set_error(None)
        try:
            room = self._room()
            ticked = [self.model.row_of(key) for key in self.model.ticked()]
            moving = [line for line in ticked if line.was is None] or ticked
            wanted = [line.slot for line in moving]
            keys = {slot.key for slot in wanted}
            kept = [line.slot for line in self.model.rows() if line.id not in keys and line.slot.at is not None]
            others = [slot for slot in self._others if slot.key not in keys | {slot.key for slot in kept}]
            found = propose(wanted, [*others, *kept], room, self._diary.terms, self._diary.closures)
        except UserError as error:
            self.say_wrong(error)
            return
        by_key = {slot.key: slot for slot in found}
        self._set_slots([by_key.get(line.id, line.slot) for line in self.model.rows()])
        nowhere = [slot.person for slot in found if slot.at is None]
        if nowhere:
            self.show_problem(
                f"There is no free time before the deadline for {count_of(len(nowhere), 'meeting')}: {', '.join(nowhere[:4])}."
            )
            self.model.set_ticked([slot.key for slot in found if slot.at is None], on=False)

    def _room(self) -> Room:
        places = tuple(part.strip() for part in self.fields["rooms"].value().split(",") if part.strip())
        return Room(
            first=self.require("first", "Write from which day on."),
            begins=self.require("begins", "Write when the first meeting may begin."),
            ends=self.require("ends", "Write when the last meeting must be over."),
            minutes=int(self.fields["minutes"].value()),
            places=places,
            most_a_day=int(self.fields["most"].value()),
        )

    # -- the list -------------------------------------------------------------------------------------------------------

    def _set_slots(self, slots: Sequence[Slot], *, tick: bool = True) -> None:
        """Show these meetings in the order of their days, each with what is in its way."""
        before = {line.id: line.was for line in self.model.rows()} or {slot.key: slot.at for slot in slots}
        trouble = clashes_of(slots, self._others, self._diary.terms, self._diary.closures, today=clock.today())
        lines = [Line(slot, before[slot.key], trouble[slot.key]) for slot in slots]
        lines.sort(key=lambda line: (line.slot.at is None, line.slot.at or clock.now(), line.slot.person))
        self.model.set_rows(lines)
        self.table.choose(self.table.chosen_id())  # in sight, wherever its new day has put it
        self._show_row(self.table.chosen_id())
        self._count()

    def _set_ticks(self) -> None:
        self.model.set_ticked([line.id for line in self.model.rows()])

    def _show_row(self, key: object) -> None:
        line = None if key is None else self.model.row_of(key)
        self.card.setEnabled(line is not None)
        self._filling = True
        slot = line.slot if line else None
        self.who.setText(f"{slot.person} with {slot.reviewer or 'nobody named yet'}" if slot else "Choose a meeting to change it")
        if slot is None or not self.card.isAncestorOf(self.focusWidget() or self):
            self.day.set_value(slot.at.date() if slot and slot.at else None)
            self.time.set_value(slot.at.time() if slot and slot.at else None)
            self.place.set_value(slot.place if slot else "")
        clear = "Nothing is in the way." if slot and slot.at else "Write a day and a time."
        self.trouble.show_words(" ".join(line.trouble) if line and line.trouble else clear, error=bool(line and line.trouble))
        self._filling = False

    def _row_edited(self, _value: object = None) -> None:
        key = self.table.chosen_id()
        if self._filling or key is None:
            return
        day, hour = self.day.value(), self.time.value()
        at = datetime.combine(day, hour) if day is not None and hour is not None else None
        minutes = int(self.fields["minutes"].value())
        slots = [
            replace(line.slot, at=at, place=self.place.value(), minutes=minutes) if line.id == key else line.slot
            for line in self.model.rows()
        ]
        self._set_slots(slots)
        if at is not None:
            self.model.set_ticked([key])

    def _to_day(self, _key: object) -> None:
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.editor.selectAll()

    def _count(self) -> None:
        ticked = [self.model.row_of(key) for key in self.model.ticked()]
        ready = sum(line.slot.at is not None for line in ticked)
        look = sum(bool(line.trouble) for line in ticked)
        self.count.setText(f"{ready} of {count_of(len(self.model.rows()), 'meeting')}" + (f", {look} to look at" if look else ""))
        self.act_button.setText(f"&Book {count_of(ready, 'meeting')}" if ready else "&Book")

    # -- booking --------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Book everything ticked, in one change."""
        lines = [self.model.row_of(key) for key in self.model.ticked()]
        without = [line for line in lines if line.slot.at is None]
        if without:
            self.table.choose(without[0].id)
            raise UserError(f"{without[0].slot.person} has no day and time yet. Write them, or take the tick away.")
        self._saved = self._asked([line for line in lines if line.trouble])
        if self._saved:
            plan = [booking.Booking(each.slot.review_id, each.slot.revision, each.slot.at, each.slot.place) for each in lines]
            self.booked = self._school.do(booking.book_meetings, plan=plan)

    def check(self) -> bool:
        """Close once the meetings are booked."""
        return super().check() and self._saved

    def keyPressEvent(self, event) -> None:
        """F6 goes back to the list; Enter in a row's field does too, so that nobody books by a slip."""
        inside = self.focusWidget() is not None and self.card.isAncestorOf(self.focusWidget())
        if event.key() == Qt.Key.Key_F6 or (inside and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _asked(self, lines: Sequence[Line]) -> bool:
        """Ask once about everything in the way; True to go on."""
        said = [f"{line.slot.person}, {day_in_sentence(line.slot.at.date())}: {' '.join(line.trouble)}" for line in lines]
        more = [f"And {len(said) - 6} more."] if len(said) > 6 else []
        question = f"Book {count_of(len(lines), 'meeting')} all the same?"
        return not lines or messages.ask(self, question, "\n".join([*said[:6], *more]), act="&Book them", safe="C&hange them")


def _columns() -> tuple[Column, ...]:
    return (
        Column("who", "Member of staff", 210, _who, extra=_posts, delegate=TwoLineDelegate),
        Column("when", "When", 140, _when, sort_key=_at),
        Column("reviewer", "Reviewer", 150, _reviewer),
        Column("place", "Place", 120, _place),
        Column("state", "State", 120, _state, extra=_badge, delegate=BadgeDelegate),
        Column("trouble", "What to look at", 0, _trouble, tooltip=_trouble),
    )


def _when(line: Line) -> str:
    at = line.slot.at
    return f"{day_in_table(at.date())}, {clock_time(at)}" if at else "No time yet"


def _at(line: Line) -> datetime | None:
    return line.slot.at


def _who(line: Line) -> str:
    return line.slot.person


def _posts(line: Line) -> str:
    return f"{line.slot.number}, by {day_in_table(line.slot.deadline)}" if line.slot.deadline else line.slot.number


def _reviewer(line: Line) -> str:
    return line.slot.reviewer or "Nobody named yet"


def _place(line: Line) -> str:
    return line.slot.place


def _trouble(line: Line) -> str:
    return " ".join(line.trouble)


def _state(line: Line) -> str:
    return _badge(line).words


def _badge(line: Line) -> BadgeText:
    if line.slot.at is None:
        return BadgeText("mute", "To be booked")
    if line.trouble:
        return BadgeText("warn", "Look at it", "warn")
    if line.was is None:
        return BadgeText("info", "Proposed")
    return BadgeText("ok", "Booked") if line.slot.at == line.was else BadgeText("info", "Moved")
