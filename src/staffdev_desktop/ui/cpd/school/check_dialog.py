"""Look at one entry: assure it, with answers to the evaluation questions if there is something to say, or send it back with a question."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import WORTH, has_impact, hours
from staffdev_desktop.cpd.quality import queries
from staffdev_desktop.cpd.quality.rows import Check, CheckRow, Verdict
from staffdev_desktop.cpd.quality.rules import in_a_term
from staffdev_desktop.cpd.quality.services import assure, send_back
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, TextField, role_label
from staffdev_desktop.ui.widgets.segments import Segments

WIDE, MOST_HIGH = 720, 330
SAID = (
    ("learnt", "What was learnt"),
    ("changed", "What was changed"),
    ("impact", "What changed for pupils or others"),
    ("colleagues", "What colleagues gained"),
    ("barriers", "What got in the way"),
)
WORTH_WORDS = {"yes": "&Yes", "partly": "&Partly", "no": "&No"}
ASSURED, SENT_BACK = "assured", "sent back"


class CheckDialog(AskDialog):
    """`entry_wanted` gives what the log’s `go_to` takes; `said` is what to say once it is on disk."""

    entry_wanted = Signal(object)

    def __init__(self, school, row: CheckRow, parent: QWidget | None = None) -> None:
        details = row.entry.details
        told = ", ".join(words for words in (row.entry.name, row.posts, row.entry.group) if words)
        super().__init__(f"Did ‘{details.activity}’ make a difference?", told, act="&Assure", icon="checkc", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self._closed = ClosedDays(school)
        self._asked = school.read(queries.questions)
        self.outcome = ""
        self.body.addWidget(self._facts())
        self.body.addWidget(self._words())
        self._build_answers()
        self._build_question()
        self.first = self.worth if has_impact(details) else self.fields["question"]
        self.act_button.setEnabled(has_impact(details))

    # -- what was written -----------------------------------------------------------------------------------------------

    def _facts(self) -> QWidget:
        details, entry = self._row.entry.details, self._row.entry
        said = [day_with_year(details.done_on), f"{hours(details.minutes)} h", entry.kind, details.provider, details.strand, entry.area]
        said += [pounds(details.pence), "led it" if details.led else "", details.paid]
        said.append(count_of(entry.evidence, "file of evidence", "files of evidence") if entry.evidence else "no evidence attached")
        return role_label(" · ".join(words for words in said if words), "second", self, wrap=True)

    def _words(self) -> QWidget:
        frame = QFrame(self)
        frame.setProperty("panel", "quiet")
        grid = QGridLayout(frame)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        written = [(label, getattr(self._row.entry.details, key).strip()) for key, label in SAID]
        for number, (label, words) in enumerate((label, words) for label, words in written if words):
            grid.addWidget(role_label(label, "label", frame), number, 0)
            grid.addWidget(role_label(words, "body", frame, wrap=True), number, 1)
        if not any(words for _label, words in written):
            grid.addWidget(role_label("Nothing is written yet about what came of it. It can only be sent back.", "second", frame), 0, 0)
        earlier = [check for check in self._school.read(queries.history, entry_id=self._row.id) if check.question or check.answers]
        for check in earlier[:2]:
            grid.addWidget(role_label(_who(check), "label", frame), grid.rowCount(), 0)
            grid.addWidget(role_label(_said(check), "body", frame, wrap=True), grid.rowCount() - 1, 1)
        return frame

    # -- what is said of it ---------------------------------------------------------------------------------------------

    def _build_answers(self) -> None:
        choices = [(worth, WORTH_WORDS[worth]) for worth in WORTH]
        self.worth = Segments(choices, "Worth its hours and money", self, may_clear=True)
        self.again = LabelledField("&Look again on", DateField(), parent=self)
        self.term = QuietButton("In a &term", "cal", self)
        self.term.clicked.connect(self._in_a_term)
        self.add_field("look_again_on", self.again)
        check = self._row.entry.check
        self.worth.set_value(check.worth if check else None)
        self.worth.edited.connect(self._touch)
        if not self._row.again:
            self.again.set_value(self._row.entry.details.look_again_on)
        line = QGridLayout()
        line.setHorizontalSpacing(16)
        line.setVerticalSpacing(4)  # as between a label and its field
        line.addWidget(role_label("Worth its hours and money?", "label", self), 0, 0)
        line.addWidget(self.worth, 1, 0)
        line.addWidget(self.again, 0, 1, 2, 1)
        line.addWidget(self.term, 1, 2)
        line.setColumnStretch(0, 1)
        self.again.setMinimumWidth(theme.px(190))
        self.body.addLayout(line)
        self.more = PlainButton("&Evaluation questions", "down", self)
        self.more.setCheckable(True)
        self.more.setVisible(bool(self._asked))
        self.more.toggled.connect(self._show_answers)
        self.body.addWidget(self.more)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        self.answers: list[LabelledField] = []
        for asked in self._asked:
            field = LabelledField(asked, TextField(lines=1, most_lines=4), parent=page)
            field.edited.connect(self._touch)
            self.answers.append(field)
            column.addWidget(field)
        self._area = ClearScroll(self)
        self._area.setWidget(page)
        self._area.setFixedHeight(min(page.sizeHint().height() + 4, theme.px(MOST_HIGH)))
        self._area.hide()
        self.body.addWidget(self._area)

    def _build_question(self) -> None:
        hint = "It stands on the person’s log until they change the entry."
        field = self.add_field("question", LabelledField("&Question to send it back with", TextField(lines=2), hint=hint, parent=self))
        self.body.addWidget(field)
        self.back = PlainButton("Send &back", "chat", self)
        self.back.clicked.connect(self.send_back)
        self.buttons.insertWidget(self.buttons.count() - 1, self.back)
        log = QuietButton("&Open in the log", parent=self)
        log.clicked.connect(self._to_log)
        self.add_left(log)
        buttons = (log, self.safe_button, self.back, self.act_button)
        for before, after in pairwise(buttons):
            QWidget.setTabOrder(before, after)

    def _show_answers(self, on: bool) -> None:
        self._area.setVisible(on)
        if on:
            self.answers[0].setFocus()

    def _in_a_term(self) -> None:
        calendar = self._school.read(settings.calendar)
        self.again.set_value(in_a_term(clock.today(), calendar.terms, calendar.closures))
        self._touch()

    # -- what is done ---------------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """Assure; a day to look again at a weekend or in a closure is asked about."""
        self.outcome = ASSURED
        return self._closed.ask_about(self, [("Look again", self.again.value())]) and super().check()

    def send_back(self) -> None:
        """Send it back; without a question nothing happens but a word beside the field."""
        self.outcome = SENT_BACK
        if super().check():
            self.accept()

    def save(self) -> None:
        """Write down what was decided."""
        which = {"entry_id": self._row.id, "revision": self._row.entry.revision}
        if self.outcome == SENT_BACK:
            self._school.do(send_back, **which, question=str(self.fields["question"].value()))
            return
        answers = tuple((asked, str(field.value())) for asked, field in zip(self._asked, self.answers, strict=True))
        self._school.do(assure, **which, verdict=Verdict(str(self.worth.value() or ""), answers, self.again.value()))

    def said(self) -> str:
        """What to say once it is on disk."""
        return (
            f"{'Quality assured' if self.outcome == ASSURED else 'Sent back'}: {self._row.entry.details.activity}, {self._row.entry.name}"
        )

    def _to_log(self) -> None:
        wanted = ("entry", self._row.entry.person_id, self._row.id)
        self.reject()
        if not self.isVisible():
            self.entry_wanted.emit(wanted)


def _who(check: Check) -> str:
    return f"{check.checked_by}, {day_with_year(check.checked_on)}"


def _said(check: Check) -> str:
    lines = [check.question] if check.question else []
    return "\n".join([*lines, *(f"{asked} {words}" for asked, words in check.answers)])
