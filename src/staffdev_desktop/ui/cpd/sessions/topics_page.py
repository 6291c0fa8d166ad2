"""Topics that staff asked for: planned from here, or answered with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.rows import TopicRow, TopicState
from staffdev_desktop.kernel.dates import day_in_table, day_with_year
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog, people_choices, problems_said
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

STRIP, ROW = 42, 42
_BADGES = {
    TopicState.OPEN: ("warn", "Open", None),
    TopicState.PLANNED: ("info", "Planned", "cal"),
    TopicState.HELD: ("ok", "Held", None),
    TopicState.DECLINED: ("mute", "Not planned", "x"),
}


class NoteTopicDialog(AskDialog):
    """A topic that somebody would like a session about."""

    def __init__(self, school, parent: QWidget | None = None) -> None:
        super().__init__("Which topic is asked for?", "Nobody’s name is needed.", act="&Note it", icon="check", parent=parent)
        self._school = school
        people = people_choices(school.read(log.people), "Nobody named")
        areas = [(None, "None"), *((area.id, area.title) for area in school.read(queries.areas))]
        for key, label, editor in (
            ("topic", "&Topic", LineField("Working with families who are new to English")),
            ("person_id", "&Asked for by", ChoiceField(people)),
            ("area_id", "Diagnostic a&rea", ChoiceField(areas)),
            ("asked_on", "&On", DateField()),
        ):
            self.body.addWidget(self.add_field(key, LabelledField(label, editor, parent=self)))
        self.fields["asked_on"].set_hint("Empty: today")

    def save(self) -> None:
        """Note it."""
        self._school.do(services.ask_for_topic, **{key: field.value() for key, field in self.fields.items()})


class AnswerTopicDialog(AskDialog):
    """Why there will be no session about a topic."""

    def __init__(self, school, row: TopicRow, parent: QWidget | None = None) -> None:
        asked = f"{row.name} asked for it" if row.name else "It was asked for"
        words = f"{asked} on {day_in_table(row.asked_on)}. Write what they may be told."
        super().__init__(f"Why is there no session about ‘{row.topic}’?", words, act="&Save", icon="check", parent=parent)
        self._school, self._row = school, row
        self.add_field("reason", LabelledField("&Reason", TextField(lines=3), parent=self))
        self.body.addWidget(self.fields["reason"])
        self.fields["reason"].set_value(row.reason)

    def save(self) -> None:
        """Write it down."""
        reason = self.require("reason", "Write a reason.")
        self._school.do(services.settle_topic, topic_id=self._row.id, revision=self._row.revision, reason=reason)


class TopicsPage(QWidget):
    """`plan_wanted(topic)` when a session is to be planned for it; `session_wanted(id)` to see the one that is."""

    plan_wanted = Signal(object)
    session_wanted = Signal(object)

    def __init__(self, school, hub, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._may_run = school, hub, may_run
        self._build()

    def _build(self) -> None:
        columns = (
            Column("topic", "Topic", 0, _topic, extra=_area, tooltip=_reason, delegate=TwoLineDelegate),
            Column("name", "Asked for by", 200, _name),
            Column("asked", "Asked", 120, _asked, sort_key=_asked_on),
            Column("session", "Session or reason", 300, _answer, tooltip=_answer),
            Column("state", "State", 150, _state, extra=_badge, delegate=BadgeDelegate),
        )
        self.model = TableModel(columns, search_text=_search, parent=self)
        self.table = HouseTable(self.model, "Topics asked for", row_height=ROW, parent=self)
        self.find = FilterBox("Filter by any word", self)
        self.count = role_label("", "second", self)
        strip = QWidget(self)
        strip.setFixedHeight(theme.px(STRIP))
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 0, 8, 0)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.find)
        self.plan = PlainButton("Plan a session for it…", "cal", self)
        self.answer = PlainButton("Say why there is none…", "chat", self)
        self.reopen = PlainButton("Open it again", "undo", self)
        self.remove = QuietButton("Remove it…", parent=self)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        for button, act in (
            (self.plan, self._plan),
            (self.answer, self._say),
            (self.reopen, self._open_again),
            (self.remove, self._remove),
        ):
            button.clicked.connect(act)
            foot.addWidget(button)
        foot.addStretch(1)
        card = Card(self, flush=True)
        card.body.addWidget(strip)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot)
        words = "Staff ask in a meeting, on a slip or by the diagnostic: note it, and plan a session from it."
        self.empty = EmptyState("chat", "No topic is asked for yet", words, parent=self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(card)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.find.textChanged.connect(self.model.set_filter)
        self.table.chosen.connect(self._dress)
        self.table.opened.connect(self._opened)

    def refresh(self) -> None:
        """Read the topics, the open ones first."""
        order = list(TopicState)
        rows = sorted(self._school.read(queries.topics), key=lambda row: order.index(row.state))
        self.model.set_rows(rows)
        waiting = sum(row.state is TopicState.OPEN for row in rows)
        self.count.setText(f"{waiting} of {len(rows)} still open")
        self.pages.setCurrentIndex(0 if rows else 1)
        if self.table.chosen_id() is None and rows:
            self.table.choose(rows[0].id)
        self._dress(self.table.chosen_id())

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def note(self) -> None:
        """Ask about a new topic."""
        dialog = NoteTopicDialog(self._school, self)
        dialog.accepted.connect(self._noted)
        messages.show(dialog)

    def _noted(self) -> None:
        self._hub.notify("The topic is noted", undo=True)

    @property
    def row(self) -> TopicRow | None:
        """The topic chosen."""
        return self.model.row_of(self.table.chosen_id())

    def _dress(self, _key: object) -> None:
        row = self.row
        waiting = row is not None and row.state in (TopicState.OPEN, TopicState.DECLINED)
        for button in (self.plan, self.answer, self.reopen, self.remove):
            button.setVisible(self._may_run)
            button.setEnabled(row is not None)
        self.plan.setEnabled(waiting)
        self.answer.setEnabled(waiting)
        self.reopen.setVisible(self._may_run and row is not None and row.state is TopicState.DECLINED)

    def _opened(self, _key: object) -> None:
        if self.row.session_id is not None and self.row.state in (TopicState.PLANNED, TopicState.HELD):
            self.session_wanted.emit(self.row.session_id)
        elif self._may_run:
            self._plan()

    def _plan(self) -> None:
        self.plan_wanted.emit(self.row)

    def _say(self) -> None:
        dialog = AnswerTopicDialog(self._school, self.row, self)
        dialog.accepted.connect(self._answered)
        messages.show(dialog)

    def _answered(self) -> None:
        self._hub.notify("The answer is saved", undo=True)

    def _open_again(self) -> None:
        row = self.row
        if problems_said(self, self._settle, row):
            self._hub.notify("The topic is open again", row.topic, undo=True)

    def _settle(self, row: TopicRow) -> None:
        self._school.do(services.settle_topic, topic_id=row.id, revision=row.revision, reason="")

    def _remove(self) -> None:
        row = self.row
        if messages.ask(
            self, f"Remove ‘{row.topic}’?", "For a topic noted by mistake.", act="&Remove it", safe="&Keep it"
        ) and problems_said(self, self._take_out, row):
            self._hub.notify("The topic is removed", row.topic, undo=True)

    def _take_out(self, row: TopicRow) -> None:
        self._school.do(services.remove_topic, topic_id=row.id, revision=row.revision)


def _topic(row: TopicRow) -> str:
    return row.topic


def _area(row: TopicRow) -> str:
    return f"Area: {row.area}" if row.area else ""


def _reason(row: TopicRow) -> str:
    return row.reason


def _name(row: TopicRow) -> str:
    return row.name or "Nobody named"


def _asked(row: TopicRow) -> str:
    return day_with_year(row.asked_on)


def _asked_on(row: TopicRow) -> object:
    return row.asked_on


def _answer(row: TopicRow) -> str:
    if row.state in (TopicState.PLANNED, TopicState.HELD) and row.session_on:
        return day_with_year(row.session_on)
    return row.reason


def _badge(row: TopicRow) -> BadgeText:
    kind, words, icon = _BADGES[row.state]
    return BadgeText(kind, words, icon)


def _state(row: TopicRow) -> str:
    return str(row.state)


def _search(row: TopicRow) -> str:
    return " ".join((row.topic, row.name, row.area, row.reason))
