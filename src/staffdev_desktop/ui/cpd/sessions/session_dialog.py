"""Plan a session, a drop-in or a whole series, or change one."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rules import STRANDS
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.programmes.rows import Every, SessionDetails, SessionRow, TopicRow
from staffdev_desktop.cpd.programmes.rules import DROP_IN, DROP_IN_MINUTES
from staffdev_desktop.cpd.programmes.series import MOST, series_days
from staffdev_desktop.kernel.dates import short_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, beside
from staffdev_desktop.ui.cpd.log.fields import HoursField, LogDays, kind_choices
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LineField, TickField, TimeField
from staffdev_desktop.ui.widgets.money_field import PoundsField
from staffdev_desktop.ui.widgets.number_field import NumberField

WIDE = 860
EVERY = ((None, "Once"), *((each, f"{each.value.capitalize()}") for each in Every))
DAYS_SHOWN = 8


class SessionDialog(AskDialog):
    """A new session (`row` is None; `like` fills its fields, `topic` is what it is planned for), or one of the calendar."""

    def __init__(
        self, school, row: SessionRow | None = None, *, like: SessionDetails | None = None, topic: TopicRow | None = None,
        drop_in: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_title(row, drop_in), _told(row, topic), act=_act(row), icon="check", width=WIDE, parent=parent)
        self._school, self._row, self._topic = school, row, topic
        self._days = LogDays(school)
        self._calendar = school.read(settings.calendar)
        self._people = {person.name: person.id for person in school.read(log.people)}
        before = row.details if row else like
        self._before = before
        self.saved_ids: tuple[int, ...] = ()
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(8)
        self._what(left, before)
        self._around(right)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addLayout(columns)
        self._fill(before, drop_in)
        self.first = self.fields["title"]
        QShortcut(QKeySequence.StandardKey.Save, self, self._act)

    # -- the fields -----------------------------------------------------------------------------------------------------

    def _what(self, column: QVBoxLayout, before: SessionDetails | None) -> None:
        column.addWidget(self.field("title", "What it is &about", LineField("Asking better questions")))
        keep = before.kind_id if before else None
        beside(
            column,
            self.field("held_on", "&Day", DateField("5/11/2026")),
            self.field("starts_at", "&Begins at", TimeField("15:30")),
            self.field("minutes", "&Hours", HoursField("1")),
        )
        beside(
            column,
            self.field("leader", "&Led by", self._leader_field(), hint="A colleague or any name"),
            self.field("place", "&Place", LineField("Hall")),
        )
        beside(
            column,
            self.field("audience", "&For", LineField("Teachers and teaching assistants")),
            self.field("capacity", "Places in &it", NumberField("For all"), hint="Empty: room for all"),
        )
        self._again(column)
        self._keep_kind = keep
        column.addStretch(1)

    def _again(self, column: QVBoxLayout) -> None:
        every = self.field("every", "How &often", ChoiceField(EVERY))
        count = self.field("count", "How &many", NumberField("6"))
        beside(column, every, count)
        count.setEnabled(False)
        for field in (every, count, self.fields["held_on"]):
            field.edited.connect(self._preview)
        if self._row is not None:
            for field in (every, count):
                field.setVisible(False)

    def _around(self, column: QVBoxLayout) -> None:
        keep = self._keep_kind
        strands = [("", "Not said"), *((strand, strand) for strand in STRANDS)]
        areas = [(None, "None"), *((area.id, area.title) for area in self._school.read(queries.areas))]
        column.addWidget(self.field("kind_id", "&Kind", ChoiceField(kind_choices(self._school, keep=keep))))
        column.addWidget(self.field("strand", "St&rand", ChoiceField(strands)))
        column.addWidget(self.field("area_id", "Diagnostic area", ChoiceField(areas)))
        column.addWidget(
            self.field("module_id", "Part of a programme", ChoiceField(self._parts()), hint="Whoever is there has done this part")
        )
        beside(column, self.field("provider", "Pro&vider", LineField("If from outside")), self.field("pence", "Cos&t", PoundsField("£250")))
        self.directed = TickField("Part of directed tim&e", self)
        self.directed.edited.connect(self._touch)
        column.addWidget(self.directed)
        column.addStretch(1)

    def _parts(self) -> list[tuple[int | None, str]]:
        """The parts of programmes that somebody is on, and the one that the session is about already."""
        keep = self._before.module_id if self._before else None
        found: list[tuple[int | None, str]] = [(None, "None")]
        for row in self._school.read(enrolments.programmes):
            found += [(part.id, f"{row.details.name}: {part.title}") for part in row.modules if row.on_it or row.applied or part.id == keep]
        return found

    def _leader_field(self) -> LineField:
        field = LineField("Ruth Pemberton", self)
        completer = QCompleter(sorted(self._people, key=str.casefold), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        return field

    def _fill(self, before: SessionDetails | None, drop_in: bool) -> None:
        if before is not None:
            for key in SessionDetails.__dataclass_fields__:
                value = getattr(before, key)
                if key in self.fields and value not in (None, ""):
                    self.fields[key].set_value(value)
            names = {person_id: name for name, person_id in self._people.items()}
            self.fields["leader"].set_value(before.leader or names.get(before.leader_id or 0, ""))
            self.directed.set_value(before.directed)
            if self._row is None:
                self.fields["held_on"].set_value(None)
        if drop_in:
            kinds = {kind.name: kind.id for kind in self._school.read(log.kinds)}
            self.fields["kind_id"].set_value(kinds.get(DROP_IN))
            self.fields["minutes"].set_value(DROP_IN_MINUTES)
        if self._topic is not None:
            self.fields["title"].set_value(self._topic.topic)
            self.fields["area_id"].set_value(self._topic.area_id)

    def _preview(self, _value: object = None) -> None:
        """Say on which days a series falls while it is typed."""
        every, day = self.fields["every"].value(), self.fields["held_on"].value()
        count = self.fields["count"].value()
        self.fields["count"].setEnabled(every is not None)
        hint = ""
        if every is not None and day is not None and count:
            try:
                days = series_days(day, Every(every), count, self._calendar.terms, self._calendar.closures)
            except UserError:
                days = ()
            hint = ", ".join(short_day(each) for each in days[:DAYS_SHOWN]) + (" …" if len(days) > DAYS_SHOWN else "")
        self.fields["count"].set_hint(hint)

    # -- saving ---------------------------------------------------------------------------------------------------------

    def details(self) -> SessionDetails:
        """What is filled in. Raises UserError for what must not be empty."""
        keys = set(SessionDetails.__dataclass_fields__) & set(self.fields)
        values = {key: self.fields[key].value() for key in keys}
        for key, sentence in (
            ("title", "Write what the session is about."),
            ("held_on", "Write the day it takes place."),
            ("minutes", "Write how long it takes."),
        ):
            if values[key] in (None, ""):
                raise UserError(self.fields[key].error() or sentence, field=key)
        typed = searchable(str(values["leader"]))
        leader_id = next((person_id for name, person_id in self._people.items() if searchable(name) == typed), None)
        values |= {"leader_id": leader_id, "leader": "" if leader_id else values["leader"], "directed": self.directed.value()}
        return replace(self._before, **values) if self._before else SessionDetails(**values)

    def check(self) -> bool:
        """A day on which school is closed, and whatever else is at that time, are asked about."""
        try:
            details = self.details()
        except UserError as error:
            self.say_wrong(error)
            return False
        repeated = self._every() is not None
        same_day = self._row is not None and self._row.details.held_on == details.held_on
        if not repeated and not same_day and not self._days.ask_about(self, [("Day", details.held_on)]):
            return False
        found = self._clashes(details)
        if found and not messages.ask(self, "Plan it all the same?", "\n".join(found), act="&Plan it", safe="&Change it"):
            return False
        return super().check()

    def _every(self) -> Every | None:
        value = self.fields["every"].value()
        return Every(value) if value is not None and self._row is None else None

    def _clashes(self, details: SessionDetails) -> Sequence[str]:
        every = self._every()
        days = [details.held_on]
        if every is not None:
            try:
                days = series_days(details.held_on, every, self._count(), self._calendar.terms, self._calendar.closures)
            except UserError:
                return ()  # saving says what is wrong, beside its field
        but = self._row.id if self._row else None
        found = []
        for day in days:
            sentences = self._school.read(queries.clashes_with, details=replace(details, held_on=day), but=but)
            found += [f"{short_day(day)}: {sentence}" if len(days) > 1 else sentence for sentence in sentences]
        return found

    def _count(self) -> int:
        count = self.fields["count"].value()
        if count is None:
            raise UserError(f"Write how many, between 1 and {MOST}.", field="count")
        return count

    def save(self) -> None:
        """Write it, once or as a series."""
        details, every = self.details(), self._every()
        topic_id = self._topic.id if self._topic else None
        if self._row is not None:
            self._school.do(services.change_session, session_id=self._row.id, revision=self._row.revision, details=details)
            self.saved_ids = (self._row.id,)
        elif every is not None:
            self.saved_ids = self._school.do(services.add_series, details=details, every=every, count=self._count(), topic_id=topic_id)
        else:
            self.saved_ids = (self._school.do(services.add_session, details=details, topic_id=topic_id),)

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        details = self.details()
        if len(self.saved_ids) > 1:
            return f"{count_of(len(self.saved_ids), 'session')} planned", details.title
        return ("The session is changed" if self._row else "The session is planned"), details.title


def _title(row: SessionRow | None, drop_in: bool) -> str:
    if row is not None:
        return f"Change ‘{row.details.title}’?"
    return "Plan a 15-minute drop-in?" if drop_in else "Plan a session?"


def _act(row: SessionRow | None) -> str:
    return "&Save" if row is not None else "Pla&n it"


def _told(row: SessionRow | None, topic: TopicRow | None) -> str:
    if row is not None and row.attendance_on is not None:
        return "Attendance was taken: the entries follow, in what nobody has changed in them."
    if topic is not None:
        return f"For the topic that {topic.name or 'somebody'} asked for."
    return "" if row is not None else "A title, a day and the hours are enough."
