"""‘Add an entry’: what is needed beside the log, filled in with the keyboard from top to bottom."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryDetails
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.cpd.log.fields import FILES, QUARTER, HoursField, LogDays, all_choices, kind_choices, read_file
from staffdev_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, NoteLine, TextField, role_label

LATER = "You can add this later. Hours count straight away; quality assurance needs the impact."
WIDTH = 314


class QuickEntry(Card):
    """`saved(entry id)` comes once it is on disk; `more_wanted` asks for the form with every field, `many_wanted` for a day for many."""

    saved = Signal(int)
    more_wanted = Signal()
    many_wanted = Signal()

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True)
        self._school, self._hub = school, hub
        self._person: CpdPerson | None = None
        self._shown: tuple[int | None, int] | None = None  # whose entry is begun, and in which year
        self._files: list[tuple[str, bytes]] = []
        self._days: LogDays | None = None
        self.touched = False
        self.setFixedWidth(theme.px(WIDTH))
        self._build()
        self._wire()

    def _build(self) -> None:
        title = CardTitle("Add an entry", parent=self)
        self.many, self.more = LinkButton("INSET for many…", parent=self), LinkButton("More…", parent=self)
        self.more.setToolTip("Every field, and the five reflections")
        title.add(self.many)
        title.add(self.more)
        self.day = LabelledField("Date", DateField("20/10/2026"), parent=self)
        self.hours = LabelledField("Hours", HoursField(), parent=self)
        self.quarter = NoteLine(self)
        self.quarter.show_words(QUARTER)
        self.kind = LabelledField("&Kind", ChoiceField(), parent=self)
        self.activity = LabelledField("Acti&vity", LineField("Reading fluency group, meeting 2"), parent=self)
        self.links = LabelledField("Links to", ChoiceField(), parent=self)
        self.impact = LabelledField("&Impact", TextField(LATER, lines=4, most_lines=8), note="what changed for pupils?", parent=self)
        self.attach = PlainButton("Attach &file…", "clip", self)
        self.files = role_label("PDF or photo", "hint", self)
        self.problem = NoteLine(self)
        self.save_button = PrimaryButton("S&ave entry", "check", self)
        self.another = PlainButton("Save and add a&nother", parent=self)
        self.save_button.setToolTip("Ctrl+S")
        self.another.setToolTip("Ctrl+Enter")
        self.fields = {
            "done_on": self.day,
            "minutes": self.hours,
            "kind_id": self.kind,
            "activity": self.activity,
            "links": self.links,
            "impact": self.impact,
        }
        self._lay_out(title)

    def _lay_out(self, title: CardTitle) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(13, 8, 13, 4)
        column.setSpacing(6)
        first, attach = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.hours, 1, Qt.AlignmentFlag.AlignTop)
        attach.addWidget(self.attach)
        attach.addWidget(self.files, 1)
        column.addWidget(title)
        column.addLayout(first)
        column.addWidget(self.quarter)
        for field in (self.kind, self.activity, self.links):
            column.addWidget(field)
        column.addWidget(self.impact, 1)
        column.addLayout(attach)
        column.addWidget(self.problem)
        scroll = ClearScroll(self)
        scroll.setWidget(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(13, 4, 13, 11)
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.another)
        foot.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(foot)

    def _wire(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.another.clicked.connect(self.save_and_add_another)
        self.attach.clicked.connect(self._attach)
        self.more.clicked.connect(self.more_wanted)
        self.many.clicked.connect(self.many_wanted)
        for field in self.fields.values():
            field.edited.connect(self._touch)
            field.editor.installEventFilter(self)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Save, self, self.save, context=context)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save_and_add_another, context=context)

    # -- whose and what -------------------------------------------------------------------------------------------------

    def show_person(self, person: CpdPerson | None, year: int) -> None:
        """Write into this person's log from now on. What is typed already stays, but for a link to somebody else's target."""
        shown = (person.id if person else None, year)
        changed, self._shown = shown != self._shown, shown
        self._person, self._days = person, LogDays(self._school)
        self.setEnabled(person is not None)
        self.kind.editor.set_choices(kind_choices(self._school))
        links = all_choices(self._school.read(queries.links, person_id=person.id, year=year)) if person else [(None, "Nothing")]
        self.links.editor.set_choices(links)
        if changed:
            self.links.set_value(None)
            if not self.touched:
                self.clear(year)

    def clear(self, year: int | None = None) -> None:
        """Ready for the next one; the day stays today's in the year that runs."""
        today = clock.today()
        self.day.set_value(today if year is None or year_of(today) == year else None)
        for field in (self.hours, self.activity, self.impact, self.links, self.kind):
            field.set_value(None)
            field.set_error(None)
        self._files = []
        self._say_files()
        self.problem.show_words("")
        self.touched = False

    def details(self) -> EntryDetails:
        """What is typed. Raises UserError for a field that must not be empty."""
        day, minutes = self.day.value(), self.hours.value()
        if day is None:
            raise UserError(self.day.error() or "Write the day it took place.", field="done_on")
        if minutes is None:
            raise UserError(self.hours.error() or "Write how long it took. 0.25 is a quarter of an hour.", field="minutes")
        named = self.links.value()
        links = {named[0]: named[1]} if named else {}
        words = {"activity": self.activity.value(), "impact": self.impact.value()}
        return EntryDetails(done_on=day, minutes=minutes, kind_id=self.kind.value(), **words, **links)

    def typed(self) -> tuple[dict[str, object], list[tuple[str, bytes]]]:
        """What is typed so far, right or wrong, and the files: for the form with every field."""
        named = self.links.value()
        values: dict[str, object] = {key: self.fields[key].value() for key in ("done_on", "minutes", "kind_id", "activity", "impact")}
        return values | ({named[0]: named[1]} if named else {}), self._files

    # -- saving ---------------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Write it, if nothing is wrong. Whether it is on disk."""
        if self._person is None:
            return False
        self.problem.show_words("")
        for field in self.fields.values():
            field.set_error(None)
        if not all([field.editor.check() for field in (self.day, self.hours)]):
            next(field for field in (self.day, self.hours) if field.error()).setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        try:
            details = self.details()
            if not self._sure(details):
                return False
            entry_id = self._school.do(services.add_entry, person_id=self._person.id, details=details, files=tuple(self._files))
        except UserError as error:
            self._say_wrong(error)
            return False
        except Conflict as error:
            self.problem.show_words(error.message, error=True)
            return False
        except FileProblem as error:
            self.problem.show_words(f"{error.message} {error.next_step}", error=True)
            return False
        self.clear()
        self._hub.notify(f"{hours(details.minutes)} h for {self._person.name}: {details.activity}", undo=True)
        self.saved.emit(entry_id)
        return True

    def save_and_add_another(self) -> None:
        """Write it and begin the next one, with the same day and kind."""
        day, kind = self.day.value(), self.kind.value()
        if self.save():
            self.day.set_value(day)
            self.kind.set_value(kind)
            self.hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sure(self, details: EntryDetails) -> bool:
        """A day off and an entry that is there already are asked about."""
        return self._days.ask_about(self, [("Date", details.done_on)]) and sure_of_another(
            self, self._school, self._person.name, [self._person.id], details
        )

    def _say_wrong(self, error: UserError) -> None:
        field = self.fields.get(error.field or "")
        if field is None:
            self.problem.show_words(error.message, error=True)
            return
        field.set_error(error.message)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attach(self) -> None:
        path = messages.choose_file(self, "Which file shows it?", kinds=FILES)
        if path is None:
            return
        try:
            self._files.append(read_file(path))
        except UserError as error:
            self.problem.show_words(error.message, error=True)
            return
        self.problem.show_words("")
        self._say_files()
        self._touch()

    def _say_files(self) -> None:
        self.files.setText(count_of(len(self._files), "file") if self._files else "PDF or photo")
        self.files.setToolTip("\n".join(name for name, _ in self._files))

    def _touch(self, _value: object = None) -> None:
        self.touched = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, as a form on paper is filled in; several lines keep it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and watched is not self.impact.editor:
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)


def sure_of_another(parent: QWidget, school, whose: str, person_ids: list[int], details: EntryDetails, besides: int | None = None) -> bool:
    """Whether an entry may be written although the same one is in the log: asked, never refused."""
    same = school.read(queries.same_entries, person_ids=person_ids, details=details, besides=besides)
    if not same:
        return True
    words = f"‘{same[0].details.activity}’ with {hours(details.minutes)} h on the same day is in the log of {whose}."
    return messages.ask(parent, "Add it a second time?", words, act="Add it &again", safe="&Change it")
