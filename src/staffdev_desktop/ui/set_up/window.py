"""The first run: three steps, and a school file that counts once its recovery code is on paper."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.ui import jobs, messages, theme
from staffdev_desktop.ui.set_up import making
from staffdev_desktop.ui.set_up.making import Draft, Plan
from staffdev_desktop.ui.set_up.pages import PasswordPage, RecoveryPage, SchoolPage
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label
from staffdev_desktop.ui.widgets.step_bar import StepBar

WIDTH = 590
TITLES = (
    ("Create your school’s file", "Everything is kept in one folder, on this PC. Nothing is sent anywhere."),
    ("Your password", "It opens the file each day. Nobody else needs to know it."),
    ("Recovery sheet", "The way back in when nobody can sign in any more."),
)


class SetUp(QDialog):
    """`made(School, start_with)` when the file is in its place and open; the other signals ask the program for another window."""

    made = Signal(object, str)
    open_asked = Signal()
    practice_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._busy = False
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowMinimizeButtonHint)
        self.setWindowTitle("Staff Development – set up")
        self.setWindowIcon(theme.icon("crest", "accent"))
        self.school = SchoolPage(self)
        self.you = PasswordPage(self)
        self.recovery = RecoveryPage(self)
        self.pages = QStackedWidget(self)
        for page in (self.school, self.you, self.recovery):
            self.pages.addWidget(page)
        self._build()
        self.school.start_changed.connect(self._dress)
        self.recovery.ready.connect(self._dress)
        self.setFixedWidth(theme.px(WIDTH))
        self._go(0)

    def _build(self) -> None:
        self.title = role_label("", "title", self)
        self.second = role_label("", "second", self, wrap=True)
        self.step_words = role_label("", "small", self)
        self.bar = StepBar(len(TITLES), self)
        self.problem = NoteLine(self)
        self.open_button = PlainButton("&Open a file we already have…", parent=self)
        self.back_button = PlainButton("Bac&k", "left", self)
        self.cancel_button = PlainButton("Cancel", parent=self)
        self.next_button = PrimaryButton("Ne&xt", "right", self)
        self.next_button.setDefault(True)
        head, words, foot, column = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head.addLayout(words, 1)
        head.addWidget(self.step_words)
        foot.setSpacing(8)
        for button in (self.open_button, self.back_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.next_button)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.problem)
        column.addWidget(Rule(self))
        column.addLayout(foot)
        self.open_button.clicked.connect(self.open_asked)
        self.back_button.clicked.connect(self._back)
        self.cancel_button.clicked.connect(self.reject)
        self.next_button.clicked.connect(self.go_on)

    # -- going on ---------------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Next, or Create file."""
        self.problem.show_words("")
        step = self.pages.currentIndex()
        if self._busy:
            return
        if step == 0 and self.school.start_with() == "practice":
            self.practice_asked.emit()
        elif step == 0:
            if self.school.check():
                self._go(1)
        elif step == 1:
            self._make()
        elif self.recovery.matches():
            self._finish()

    def _make(self) -> None:
        holder = self.you.holder(str(self.school.name.value()))
        dates = self.school.terms.value()
        if holder is None or dates is None:
            return
        name, year = str(self.school.name.value()), int(self.school.year.value())
        plan = Plan(self.school.path(), name, year, *dates, holder, self.school.start_with())
        self._show_busy(True)
        jobs.run(lambda _tell: making.begin(plan), title="Making the file", on_done=self._drafted, on_error=self._refused, quiet=True)

    def _drafted(self, draft: Draft) -> None:
        self._show_busy(False)
        self._draft = draft
        self.recovery.set_draft(draft)
        self._go(2)

    def _finish(self) -> None:
        draft = self._draft
        if draft is None:
            return
        self._show_busy(True)
        jobs.run(lambda _tell: making.finish(draft), title="Opening the file", on_done=self._finished, on_error=self._refused, quiet=True)

    def _finished(self, school: School) -> None:
        self._show_busy(False)
        start, self._draft = self._draft.plan.start_with, None
        self.made.emit(school, start)

    def _refused(self, error: Exception) -> None:
        self._show_busy(False)
        if isinstance(error, FileProblem):
            self.problem.show_words(f"{error.message} {error.next_step}", error=True)
        elif isinstance(error, UserError):
            self.problem.show_words(error.message, error=True)

    def _back(self) -> None:
        self._go(self.pages.currentIndex() - 1)

    def _go(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.title.setText(TITLES[step][0])
        self.second.setText(TITLES[step][1])
        self.bar.set_step(step + 1)
        self.step_words.setText(self.bar.words())
        self.problem.show_words("")
        self._dress()
        self.pages.currentWidget().setFocus()

    def _show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.pages.setEnabled(not busy)
        self._dress()

    def _dress(self, *_what: object) -> None:
        step = self.pages.currentIndex()
        last = step == len(TITLES) - 1
        self.open_button.setVisible(step == 0)
        self.back_button.setVisible(step == 1)
        practice = step == 0 and self.school.start_with() == "practice"
        words = "&Create file" if last else "&Open the practice school" if practice else "Making the file…" if self._busy else "Ne&xt"
        self.next_button.setText(words)
        self.next_button.set_icon("check" if last else "right")
        self.next_button.setEnabled(not self._busy and (not last or self.recovery.matches()))

    def reject(self) -> None:
        """Cancel. A file that was begun goes again: it holds nothing, and nobody has its code."""
        if self._busy:
            return
        if self._draft is not None:
            words = "The file is not finished: nobody has typed back its recovery code. It is taken away again."
            if not messages.ask(self, "Stop setting up?", words, act="&Stop setting up", safe="&Go on setting up"):
                return
            making.give_up(self._draft)
            self._draft = None
        super().reject()

    def event(self, event: QEvent) -> bool:
        """Grow with what is said under the fields."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            wanted = self.layout().totalHeightForWidth(self.width())
            if self.height() < wanted:
                self.resize(self.width(), wanted)
        return done
