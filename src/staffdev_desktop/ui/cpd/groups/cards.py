"""The card beside each table: one group, or one project, with what comes next as its first verb."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.groups.rows import GroupRow, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import to_take
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.cpd.groups.lines import MeetingList, MemberLines
from staffdev_desktop.ui.cpd.groups.words import capital, held_words, stage_badge
from staffdev_desktop.ui.cpd.offer.record_card import FactLines
from staffdev_desktop.ui.cpd.side_card import SideCard
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import CardTitle, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label

WIDTH = 372  # px at 100 per cent
VERBS_IN_A_ROW = 2


class LearningCard(SideCard):
    """What both cards share: words that scroll, the meetings, verbs at the foot. `asked(verb)`; `meeting_opened(session id)`."""

    asked = Signal(str)
    meeting_opened = Signal(object)
    verbs: Sequence[tuple[str, str, str]] = ()
    kept: Sequence[str] = ()  # the verbs of somebody who keeps the logs of their own people and runs nothing
    nothing = ("", "")

    def __init__(self, *, may_run: bool, may_keep: bool, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        kept = self.kept if may_keep else ()
        self.allowed = frozenset(verb for verb, *_rest in self.verbs) if may_run else frozenset(kept)
        self.empty = EmptyState("staff", *self.nothing, parent=self)
        self.scroll = ClearScroll(self)
        self.meetings_title = CardTitle("Meetings", "", self)
        self.meetings = MeetingList(self)
        self.buttons = {verb: PlainButton(words, icon or None, self) for verb, words, icon in self.verbs}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(VERBS_IN_A_ROW, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.scroll, 1)
        self.body.addWidget(self.meetings_title)
        self.body.addWidget(self.meetings)
        self.body.addLayout(self._grid)
        for verb, button in self.buttons.items():
            button.setProperty("verb", verb)
            button.clicked.connect(self._ask)
        self.meetings.opened.connect(self.meeting_opened)
        self.show_row(None)

    def show_row(self, row: GroupRow | ResearchRow | None) -> None:
        """Show this one, or that none is chosen."""
        self.empty.setVisible(row is None)
        self.scroll.setVisible(row is not None)
        self.meetings_title.setVisible(row is not None)
        self.meetings.show_meetings(row.meetings if row is not None else ())
        self._offer([verb for verb in self.offered(row) if verb in self.allowed] if row is not None else ())
        if row is not None:
            self.meetings_title.set_words("Meetings", held_words(row.meetings))
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 4, 0)
            column.setSpacing(8)
            self.fill(column, page, row)
            column.addStretch(1)
            self.scroll.setWidget(page)

    def fill(self, column: QVBoxLayout, page: QWidget, row) -> None:
        """Write the words of this one."""
        raise NotImplementedError

    def offered(self, row) -> Sequence[str]:
        """The verbs that make sense now, the next step first."""
        raise NotImplementedError

    def _offer(self, verbs: Sequence[str]) -> None:
        for verb, button in self.buttons.items():
            self._grid.removeWidget(button)
            button.setVisible(verb in verbs)
        for place, verb in enumerate(verbs):
            self._grid.addWidget(self.buttons[verb], place // VERBS_IN_A_ROW, place % VERBS_IN_A_ROW)
        before: QWidget = self.meetings
        for verb in verbs:
            QWidget.setTabOrder(before, self.buttons[verb])
            before = self.buttons[verb]

    def _ask(self) -> None:
        self.asked.emit(self.sender().property("verb"))


class GroupCard(LearningCard):
    """One group."""

    verbs = (
        ("attend", "Ta&ke attendance…", "check"),
        ("plan", "Plan meetings…", "cal"),
        ("change", "Change…", "pen"),
        ("found", "What was found…", "doc"),
        ("remove", "Remove…", "x"),
    )
    nothing = ("No group is chosen", "Choose one to see who is in it, when it meets and what it found.")

    def fill(self, column: QVBoxLayout, page: QWidget, row: GroupRow) -> None:
        """Name, what it asks, what is to be seen to, who is in it, what was found."""
        column.addWidget(role_label(row.details.name, "title", page, wrap=True))
        kind = " · ".join(words for words in (capital(row.details.kind), row.details.priority) if words)
        column.addWidget(role_label(kind, "second", page, wrap=True))
        if row.details.question:
            column.addWidget(role_label(f"‘{row.details.question}’", "body", page, wrap=True))
        for warning in row.warnings:
            column.addWidget(Badge(BadgeText("warn", warning.removesuffix("."), plain=True), page))
        column.addWidget(Rule(page))
        column.addWidget(MemberLines(row.members, row.meetings, page))
        if row.others:
            column.addWidget(role_label(f"and {count_of(row.others, 'other')}", "second", page))
        if row.found:
            column.addWidget(Rule(page))
            column.addWidget(role_label("What was found", "label", page))
            column.addWidget(role_label(row.found, "body", page, wrap=True))
        if row.ended_on:
            column.addWidget(role_label(f"Ended on {long_day(row.ended_on)}", "second", page))

    def offered(self, row: GroupRow) -> Sequence[str]:
        """Attendance first, where some is due."""
        first = ("attend",) if to_take(row.meetings) else ()
        held = any(meeting.attendance_on for meeting in row.meetings)
        return (*first, "plan", "found", "change", *(() if held else ("remove",)))


class ResearchCard(LearningCard):
    """One project."""

    verbs = (
        ("decide", "Decide…", "flag"),
        ("attend", "Ta&ke attendance…", "check"),
        ("plan", "Plan meetings…", "cal"),
        ("evaluate", "Evaluate…", "pen"),
        ("report", "Report…", "doc"),
        ("file", "Save its file…", "save"),
        ("share", "Share it…", "chat"),
        ("enrol", "Chartered route…", "cap"),
        ("change", "Change…", "pen"),
        ("remove", "Remove…", "x"),
    )
    kept = ("evaluate", "report", "file", "change")
    nothing = ("No project is chosen", "Choose one to see how far it is.")

    def fill(self, column: QVBoxLayout, page: QWidget, row: ResearchRow) -> None:
        """Title, stage, the application, the decision, the report."""
        details = row.details
        column.addWidget(role_label(details.title, "title", page, wrap=True))
        column.addWidget(role_label(" · ".join(words for words in (row.name, row.posts) if words), "second", page, wrap=True))
        column.addWidget(Badge(stage_badge(row), page))
        if row.reason:
            note = NoteLine(page)
            note.show_words(row.reason)
            column.addWidget(note)
        shared = " · ".join(words for words in (long_day(row.shared_on) if row.shared_on else "", row.shared_how) if words)
        came = f"{count_of(row.sharing.present, 'person', 'people')} came" if row.sharing and row.sharing.present else ""
        answers = count_of(len(row.evaluation), "question") + " answered" if row.evaluation else ""
        facts = [
            ("Area", details.area),
            ("Community", row.community),
            ("Question", details.question),
            ("To change", details.expected),
            ("Digital", details.digital),
            ("Evaluation", answers),
            ("Report", row.report),
            ("File", row.report_name),
            ("Shared", ", ".join(words for words in (shared, came) if words)),
        ]
        column.addWidget(FactLines(facts, page))

    def offered(self, row: ResearchRow) -> Sequence[str]:
        """The next step first."""
        if not row.selected:
            return ("decide", "change", *(() if row.meetings else ("remove",)))
        due = ("attend",) if to_take(row.meetings) else ()
        file = ("file",) if row.report_name else ()
        steps = {
            ResearchStage.UNDER_WAY: ("plan", "evaluate", "report") if not row.meetings else ("evaluate", "report", "plan"),
            ResearchStage.REPORTED: ("share", "evaluate", "report", *file),
            ResearchStage.SHARED: ("enrol", "evaluate", "report", *file),
        }[row.stage]
        return (*due, *steps, "change", "decide") if row.stage is ResearchStage.UNDER_WAY else (*due, *steps)
