"""Who was at a session, by ticking; and who comes to one, before it. Both are one change with one undo."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.kernel.dates import day_in_sentence
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.cpd.fitting import fit
from staffdev_desktop.ui.cpd.people_list import PeopleList
from staffdev_desktop.ui.widgets.buttons import PlainButton

WIDE, TALL, MOST_OF_IT = 620, 600, 100


class _PeopleDialog(AskDialog):
    """A dialog that is a list of people to tick."""

    def __init__(self, title: str, words: str, act: str, parent: QWidget | None) -> None:
        super().__init__(title, words, act=act, icon="check", width=WIDE, parent=parent)

    def add_people(self, people: PeopleList) -> None:
        """Lay the list out; the keyboard begins in it."""
        self.people = people
        self.body.addWidget(people, 1)
        self.first = people.table
        people.edited.connect(self._touch)
        self.layout().setStretchFactor(self.body, MOST_OF_IT)
        fit(self, WIDE, TALL)


class AttendanceDialog(_PeopleDialog):
    """Tick who was there: each gets an entry in their log. Those who signed up stand first."""

    def __init__(self, school, row: SessionRow, parent: QWidget | None = None) -> None:
        details = row.details
        length = f"{hours(details.minutes)} h"
        words = f"{day_in_sentence(details.held_on)}, {length}. Each person ticked gets an entry of {length}; what is written in one stays."
        super().__init__(f"Who was at ‘{details.title}’?", words, "&Save attendance", parent)
        self._school, self._row = school, row
        self._places = school.read(queries.places, session_id=row.id)
        first = {place.person_id: number for number, place in enumerate(self._places)}
        people = school.read(queries.people_on, day=details.held_on)
        self.add_people(PeopleList(sorted(people, key=lambda person: first.get(person.id, len(first))), "Who was there", self))
        self.all_signed_up = PlainButton("&Tick all who signed up", parent=self)
        self.all_signed_up.setVisible(bool(self._places) and row.state is not SessionState.HELD)
        self.all_signed_up.clicked.connect(self._tick_signed_up)
        self.add_left(self.all_signed_up)
        self.people.tick([place.person_id for place in self._places if place.present])
        self.touched = False
        self.taken = None

    def check(self) -> bool:
        """Words that would go are asked about first; so is an attendance of nobody."""
        ticked = set(self.people.ticked())
        held = self._row.state is SessionState.HELD
        if not ticked and not held:
            self.say_wrong(UserError("Tick who was there."))
            self.people.table.setFocus()
            return False
        self._drop = [place for place in self._places if place.written and place.person_id not in ticked]
        if self._drop:
            names = listed([place.name for place in self._drop])
            words = f"{names} wrote in the entry of this session, or had it checked. Without the tick, entry and words go."
            if not messages.ask(self, "Let these words go?", words, act="&Let them go", safe="&Keep the tick"):
                self.people.model.set_ticked([place.person_id for place in self._drop])
                return False
        elif not ticked and not messages.ask(
            self, "Take the attendance back?", "The entries that it made go.", act="&Take it back", safe="&Keep it"
        ):
            return False
        return super().check()

    def save(self) -> None:
        """Write it down."""
        drop = tuple(place.person_id for place in self._drop)
        self.taken = self._school.do(
            services.take_attendance, session_id=self._row.id, revision=self._row.revision, present=self.people.ticked(), drop_written=drop
        )

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        done = self.taken
        changes = [count_of(done.added, "entry", "entries") + " added"] if done.added or not done.removed else []
        if done.removed:
            changes.append(f"{count_of(done.removed, 'entry', 'entries')} taken out")
        title = f"Attendance of {count_of(done.present, 'person', 'people')} is saved" if done.present else "The attendance is taken back"
        return title, f"{self._row.details.title}: {', '.join(changes)}"

    def _tick_signed_up(self) -> None:
        self.people.model.set_ticked([place.person_id for place in self._places])
        self.people.table.setFocus()


class SignUpDialog(_PeopleDialog):
    """Tick who comes; without room they wait, in this order."""

    def __init__(self, school, row: SessionRow, parent: QWidget | None = None) -> None:
        room = row.details.capacity
        free = max(0, room - row.signed_up) if room is not None else None
        words = "There is room for everybody."
        if free is not None:
            words = f"{count_of(free, 'place is', 'places are')} free. Whoever signs up after that waits, in the order of signing up."
        if free == 0:
            words = "Every place is taken. Whoever signs up now waits, in the order of signing up."
        super().__init__(f"Who comes to ‘{row.details.title}’?", words, "&Sign them up", parent)
        self._school, self._row = school, row
        there = {place.person_id for place in school.read(queries.places, session_id=row.id)}
        people = [person for person in school.read(log.people) if person.id not in there]
        self.add_people(PeopleList(people, "Who comes", self))
        self.signed_up = 0

    def save(self) -> None:
        """Put them on the list."""
        if not self.people.ticked():
            raise UserError("Tick who comes.")
        self.signed_up = self._school.do(services.sign_up, session_id=self._row.id, person_ids=self.people.ticked())


class TakeOffDialog(_PeopleDialog):
    """Tick who does not come after all; those who wait move up."""

    def __init__(self, school, row: SessionRow, parent: QWidget | None = None) -> None:
        words = "Those who wait move up."
        super().__init__(f"Who does not come to ‘{row.details.title}’ after all?", words, "&Take them off the list", parent)
        self._school, self._row = school, row
        there = {place.person_id for place in school.read(queries.places, session_id=row.id)}
        people = [person for person in school.read(log.people, here_only=False) if person.id in there]
        self.add_people(PeopleList(people, "Who does not come", self))
        self.gone = 0

    def save(self) -> None:
        """Take them off."""
        if not self.people.ticked():
            raise UserError("Tick who does not come.")
        self._school.do(services.take_off, session_id=self._row.id, person_ids=self.people.ticked())
        self.gone = len(self.people.ticked())
