"""Save meetings as calendar files: one meeting, one file for each, or one for each reviewer. Names only if they are ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.exchange import calendars
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import clock_time, day_in_table, day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.pdr.clashes import Slot
from staffdev_desktop.pdr.queries import bookings
from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.pdr.during.targets_panel import MOST_OF_IT
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, TickField, role_label
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

EACH, REVIEWER = "each", "reviewer"
KINDS = "Calendar files (*.ics)"
LENGTHS = (30, 45, 60, 90)
WIDE, ROW, ROOM_BESIDES, MOST_HIGH = 760, 38, 370, 620


@dataclass(frozen=True)
class Line:
    """One meeting in the list, booked or taken back."""

    slot: Slot
    cancelled: bool = False

    @property
    def id(self) -> str:
        """What the table knows it by."""
        return self.slot.key


class CalendarDialog(AskDialog):
    """Which meetings, how long, with names or without. `saved` are the files written.

    With one meeting it asks for a file, else for a folder. `gone` are meetings that calendars must let go of.
    """

    def __init__(self, school, hub, slots: Sequence[Slot], gone: Sequence[Slot] = (), parent: QWidget | None = None) -> None:
        told = "For Outlook, Google Calendar and telephones. The files leave the encrypted school file, so they say only when and where."
        title = "Save these meetings for calendars?" if len(slots) + len(gone) != 1 else "Save this meeting for a calendar?"
        super().__init__(title, told, act="&Save files…", icon="save", width=WIDE, parent=parent)
        self._hub = hub
        self._file_id = read_facts(SchoolFolder(school.path)).file_id
        self.saved: tuple[Path, ...] = ()
        self.lines = [*(Line(slot) for slot in slots), *(Line(slot, cancelled=True) for slot in gone)]
        self.model = TableModel(_columns(), tickable=True, parent=self)
        self.model.set_rows(self.lines)
        today = datetime.combine(clock.today(), datetime.min.time())
        self.model.set_ticked([line.id for line in self.lines if line.slot.at >= today or len(self.lines) == 1])
        self.table = HouseTable(self.model, "Meetings", 38, self)
        self.count = role_label("", "strong", self)
        self.body.addWidget(self.count)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(role_label("Space ticks a meeting, Ctrl+A all of them.", "hint", self))
        self._fields()
        self.first = self.table
        self.model.ticks_changed.connect(self._count)
        self._count()
        self.layout().setStretchFactor(self.body, MOST_OF_IT)
        self.resize(theme.px(WIDE), min(theme.px(ROOM_BESIDES + ROW * max(len(self.lines), 2)), MOST_HIGH))

    def _fields(self) -> None:
        lengths = [(minutes, f"{minutes} minutes") for minutes in LENGTHS]
        self.length = self.add_field("minutes", LabelledField("Each &takes", ChoiceField(lengths), parent=self))
        self.length.set_value(calendars.USUAL_MINUTES)
        self.files = Segments([(EACH, "One file for &each meeting"), (REVIEWER, "One for each &reviewer")], "Files", self)
        self.files.set_value(EACH)
        self.files.setVisible(len(self.lines) > 1)
        self.names = TickField("&Write both names into it", self)
        hint = role_label("Without names a calendar shows ‘Meeting’ and the room. Files are named by number.", "hint", self, wrap=True)
        row = self.row(self.length)
        beside = QVBoxLayout()
        beside.setSpacing(3)
        beside.addWidget(role_label("Files" if len(self.lines) > 1 else "", "label", self))
        beside.addWidget(self.files)
        row.addLayout(beside, 3)
        self.body.addWidget(self.names)
        self.body.addWidget(hint)

    def save(self) -> None:
        """Ask where to, and write the files whole. Raises UserError, FileProblem."""
        files = self.contents()
        if not files:
            raise UserError("No meeting is ticked. Tick at least one.")
        if len(files) == 1:
            name, content = next(iter(files.items()))
            path = messages.save_file(self, "Save the meeting as", suggested=Path.home() / name, kinds=KINDS)
            self.saved = calendars.write_files(path.parent, {path.name: content}) if path else ()
        else:
            folder = messages.choose_folder(self, "Which folder do the calendar files go into?", folder=Path.home())
            self.saved = calendars.write_files(folder, files) if folder else ()

    def check(self) -> bool:
        """Close once something is written; whoever thought better of it stays here."""
        if not super().check() or not self.saved:
            return False
        where = self.saved[0].name if len(self.saved) == 1 else self.saved[0].parent.name
        self._hub.notify(f"{count_of(len(self.saved), 'calendar file')} saved", where)
        return True

    def contents(self) -> dict[str, bytes]:
        """Each file's name and bytes, from what is ticked."""
        ticked = [self.model.row_of(key) for key in self.model.ticked()]
        grouped: dict[str, list[Line]] = {}
        for line in ticked:
            grouped.setdefault(self._file_of(line), []).append(line)
        now = clock.now()
        return {name: calendars.calendar_file([self._entry(line) for line in lines], written_at=now) for name, lines in grouped.items()}

    def _file_of(self, line: Line) -> str:
        slot = line.slot
        if self.files.value() == REVIEWER:
            return calendars.file_name(f"meetings-{slot.reviewer_number or f'r{slot.reviewer_id or 0}'}", cancelled=line.cancelled)
        return calendars.file_name(slot.number, cancelled=line.cancelled)

    def _entry(self, line: Line) -> calendars.Entry:
        slot = line.slot
        return calendars.Entry(
            uid=calendars.stable_uid(slot.number, self._file_id),
            sequence=slot.revision,
            starts=slot.at,
            minutes=int(self.length.value()),
            place=slot.place,
            names=listed([name for name in slot.people.values() if name]) if self.names.value() else "",
            cancelled=line.cancelled,
        )

    def _count(self) -> None:
        words = f"{len(self.model.ticked())} of {count_of(len(self.lines), 'meeting')} ticked"
        gone = sum(line.cancelled for line in self.lines)
        self.count.setText(f"{words}; {gone} to be taken out of calendars" if gone else words)


def calendar_of_reviews(school, hub, review_ids: Sequence[int], parent: QWidget | None = None) -> CalendarDialog:
    """The dialog for the meetings of these reviews. Raises UserError if none is booked."""
    slots = [slot for slot in school.read(bookings.slots, review_ids=review_ids) if slot.at is not None]
    if not slots:
        raise UserError("None of these meetings is booked yet.")
    return CalendarDialog(school, hub, slots, parent=parent)


def calendar_of_year(school, hub, first, last, parent: QWidget | None = None) -> CalendarDialog:
    """The dialog for every meeting from `first` to `last`, and those of the year picked that were taken back. Raises UserError if none."""
    slots = school.read(bookings.booked, first=first, last=last)
    gone = school.read(bookings.taken_back, year=hub.year)
    if not slots and not gone:
        raise UserError("No meeting is booked this year.")
    return CalendarDialog(school, hub, slots, gone, parent)


def _columns() -> tuple[Column, ...]:
    return (
        Column("who", "Member of staff", 0, _who, extra=_with, delegate=TwoLineDelegate),
        Column("when", "When", 150, _when, sort_key=_at),
        Column("place", "Place", 130, _place),
        Column("state", "In calendars", 120, _state, extra=_badge, delegate=BadgeDelegate),
    )


def _when(line: Line) -> str:
    day = line.slot.at.date()
    words = day_in_table(day) if day.year == clock.today().year else day_with_year(day)
    return f"{words}, {clock_time(line.slot.at)}"


def _at(line: Line) -> datetime:
    return line.slot.at


def _who(line: Line) -> str:
    return line.slot.person


def _with(line: Line) -> str:
    return f"with {line.slot.reviewer or 'nobody named yet'}, {line.slot.number}"


def _place(line: Line) -> str:
    return line.slot.place


def _state(line: Line) -> str:
    return _badge(line).words


def _badge(line: Line) -> BadgeText:
    return BadgeText("warn", "Take it out", "x") if line.cancelled else BadgeText("info", "Put it in", "cal")
