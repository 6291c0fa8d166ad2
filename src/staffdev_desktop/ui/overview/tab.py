"""The Overview: the cycle's bar, what needs doing now, the day's meetings and the last backup (picture 01)."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.overview import cpd_rules, rules
from staffdev_desktop.overview.queries import development
from staffdev_desktop.overview.rows import Development, ToDo
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.school import School, SchoolClosed
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import jobs, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.overview.side import BackupCard, HoursCard, MeetingsCard
from staffdev_desktop.ui.when_seen import WhenSeen
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.cycle_bar import CycleBar, StageCount
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.todo import TodoList, TodoRow

KEY_HOLDER = "key-holder"
WATCHED = ("review", "cycle", "person", "statement", "statement_copy", "user")
WATCHED_CPD = (
    *("entry", "entry_check", "entitlement", "absence", "cpd_request", "training", "training_for", "training_record"),
    *("diagnostic", "diagnostic_round", "employment", "holding", "term", "closure"),
)


class CycleCard(Card):
    """How far the reviews of the year are; each segment opens the board."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = CardTitle("", "", self)
        self._deadlines = role_label("", "second", self, wrap=True)
        self._deadlines.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._deadlines, 1)
        self.bar = CycleBar(self)
        self.bar.opened.connect(self.opened)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)

    def show_progress(self, progress) -> None:
        """Show these figures."""
        second = f"{count_of(progress.reviews, 'review')} · {progress.signed} signed · {progress.percent}% complete"
        self._title.set_words(progress.label, second)
        self._deadlines.setText(progress.deadlines)
        self.bar.set_stages([StageCount(share.stage, share.stage, share.count) for share in progress.stages])


class Tab(QWidget):
    """What the business manager sees first."""

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.icon_name = "&Overview", "overview"
        self._school, self._hub = school, hub
        self._todo: dict[str, ToDo] = {}
        self._names_hidden = self._nobody = False
        self._development: Development | None = None
        self.cycle = CycleCard(self)
        self.nothing = EmptyState(
            "cal", "No reviews in this year yet", "Start a cycle: reviews are made for everybody at once.", "&Go to PDR meetings"
        )
        self.todo_card = Card(self, flush=True)
        self._head = CardTitle("What needs doing now", "", self.todo_card)
        self.hide_names = QuietButton("&Hide names", "eyeoff", self)
        self.hide_names.setCheckable(True)
        self.hide_names.setToolTip("For an office with a counter: numbers without names")
        self.list = TodoList(parent=self)
        self.done = role_label("Nothing needs doing now.", "second", self)
        self.meetings = MeetingsCard(self)
        self.hours = HoursCard(self)
        self.hours.hide()
        self.backup = BackupCard(school, self)
        self._lay_out()
        self._wire()
        self.refresh()
        self._cpd_changed()

    def _lay_out(self) -> None:
        self._head.add(self.hide_names)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 8, 6)
        head.addWidget(self._head)
        self.todo_card.body.addLayout(head)
        self.todo_card.body.addWidget(Rule(self.todo_card))
        self.todo_card.body.addWidget(self.list, 1)
        self.done.setContentsMargins(16, 10, 16, 10)
        self.todo_card.body.addWidget(self.done)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.cycle)
        left.addWidget(self.nothing)
        left.addWidget(self.todo_card, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.meetings)
        right.addWidget(self.hours)
        right.addWidget(self.backup)
        right.addStretch(1)
        cards = QWidget(self)
        right.setContentsMargins(0, 0, 0, 0)
        cards.setLayout(right)
        side = ClearScroll(self)  # with large letters the cards are higher than a small screen
        side.setWidget(cards)
        side.setFixedWidth(theme.px(380))
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(16)
        page.addLayout(left, 1)
        page.addWidget(side)

    def _wire(self) -> None:
        self._watched_changed = WhenSeen(self, self.refresh)
        self._cpd_changed = WhenSeen(self, self._read_cpd_soon)
        self._later = QTimer(self)  # CPD is read once the page is painted, and off the main thread
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read_cpd)
        self._hub.changed.connect(self._changed)
        self._hub.year_changed.connect(self.refresh)
        self._hub.backed_up.connect(self.backup.refresh)
        self.cycle.opened.connect(self._open_stage)
        self.nothing.button.clicked.connect(self._open_board)
        self.list.opened.connect(self._open)
        self.hide_names.toggled.connect(self._hide_names)
        self.meetings.opened.connect(self._hub.open_review)
        self.meetings.started.connect(self._hub.meeting_requested)
        self.backup.asked.connect(self._hub.backup_requested)

    def refresh(self, *_year: int) -> None:
        """Read everything again but CPD, which follows its own changes."""
        self._rows = self._school.read(boards.cycle_board, year=self._hub.year)
        progress = rules.progress(self._rows, self._school.read(boards.cycles), self._hub.year)
        self.cycle.setVisible(progress is not None)
        self.nothing.setVisible(progress is None)
        if progress is None:
            self._say_what_comes_first()
        if progress is not None:
            self.cycle.show_progress(progress)
        self._asks_key_holder = self._needs_key_holder()
        self._show_things()
        self.meetings.show_meetings(self._school, clock.today(), names=not self._names_hidden)
        self.backup.refresh()

    def _show_things(self) -> None:
        """What needs doing, from what was read."""
        names = not self._names_hidden
        of_cpd = cpd_rules.things_to_do(self._development, names=names) if self._development else ()
        things = rules.most_urgent_first((*rules.things_to_do(self._rows, clock.today(), names=names), *of_cpd))
        if self._asks_key_holder:
            things = (rules.second_key_holder(), *things)
        self._todo = {thing.key: thing for thing in things}
        self.list.set_rows([TodoRow(t.key, t.icon, t.count, t.title, t.detail, t.badge, t.badge_words, t.verb) for t in things])
        self._head.set_words("What needs doing now", f"{count_of(len(things), 'thing')}, most urgent first" if things else "")
        self.list.setVisible(bool(things))
        self.done.setVisible(not things)

    def _read_cpd_soon(self) -> None:
        self._later.start(0)

    def _read_cpd(self) -> None:
        school = self._school

        def work(_tell: jobs.Tell) -> Development | None:
            with suppress(SchoolClosed):  # locked or closed meanwhile: nobody looks any more
                return school.read(development)
            return None

        jobs.run(work, title="Reading CPD", on_done=self._show_cpd, quiet=True)

    def _show_cpd(self, found: Development | None) -> None:
        if found is not None:
            self._development = found
            self.hours.show_hours(found)
            self._show_things()

    def _say_what_comes_first(self) -> None:
        """People first, then a cycle."""
        self._nobody = not self._school.read(staff.names, on_roll_only=True)
        if self._nobody:
            self.nothing.set_words("Nobody is in the staff list yet", "Bring it in from a spreadsheet, or add people one by one.")
            self.nothing.button.setText("&Go to Staff")
        else:
            self.nothing.set_words("No reviews in this year yet", "Start a cycle: reviews are made for everybody at once.")
            self.nothing.button.setText("&Go to PDR meetings")

    def focus_first(self) -> None:
        """The most urgent thing."""
        (self.list if self._todo else self.backup.button).setFocus()

    def _needs_key_holder(self) -> bool:
        return not self._school.practice and len(self._school.key_holders()) < 2

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*WATCHED, *WATCHED_CPD):
            self._cpd_changed()
        if changed.touches(*WATCHED):
            self._watched_changed()

    def _hide_names(self, hidden: bool) -> None:
        self._names_hidden = hidden
        self.refresh()

    def _open(self, key: object) -> None:
        if key == KEY_HOLDER:
            self._hub.settings_requested.emit("keys")
            return
        thing = self._todo[str(key)]
        if thing.cpd is not None:
            self._hub.cpd_requested.emit(*thing.cpd)
        else:
            self._hub.reviews_requested.emit(thing.review_ids)

    def _open_stage(self, stage: str) -> None:
        self._hub.reviews_requested.emit(tuple(row.id for row in self._rows if row.stage == stage))

    def _open_board(self) -> None:
        self._hub.tab_requested.emit("staff" if self._nobody else "pdr")
