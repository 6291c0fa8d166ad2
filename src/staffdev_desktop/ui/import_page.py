"""What the pages share that take in a spreadsheet: every row shown with what would happen, questions, taking in.

A page takes the place of what is behind it while it lasts. Nothing is written before ‘Take in’ is pressed, and one undo puts it back.
"""

from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.exchange.previews import Preview, PreviewRow
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.school import School
from staffdev_desktop.ui import jobs, messages, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.import_rows import count_words, in_order, row_key, row_place
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, NoteLine, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import TableModel

KINDS = "Spreadsheets (*.csv *.xlsx *.xlsm *.txt *.tsv);;All files (*)"
OPEN, NOBODY = "open", "nobody"


class ImportPage(QWidget):
    """Override what is said, `open_file`, `read_again`, `questions_by_row`, `carry_out` and `told`.

    `left` when somebody goes back without taking anything in, `taken_in` when it is done.
    """

    left = Signal()
    taken_in = Signal()

    title_words = ""
    back_words = "&Back to the list"
    take_words = "&Take in"
    file_question = ""  # asked when a file is chosen
    reading, taking = "", ""  # titles of the two pieces of work
    empty_words = ("", "")
    no_rows = ""  # where the sheet holds nothing of the kind
    counted: tuple[str, str | None] = ("", None)  # what is taken in: ‘person’, ‘people’
    nobody_words = ""  # the last answer to a question
    answer_name = "Is it the same person?"

    def __init__(self, school: School, hub: Hub, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._school, self._hub = school, hub
        self._answers: dict[Hashable, int | None] = {}
        self._asked: dict[Hashable, Any] = {}  # by row, also those that are answered: an answer can be changed
        self._preview: Preview | None = None
        self._name = ""
        self.model = model
        model.setParent(self)
        self._build()
        QShortcut(QKeySequence("Esc"), self, self.leave, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what each page says ------------------------------------------------------------------------------------------------

    def left_side(self) -> QWidget:
        """What stands at the left of the rows, such as the columns."""
        raise NotImplementedError

    def open_file(self, data: bytes, name: str, tell: jobs.Tell) -> Any:
        """Read a file, on the worker thread. Raises UserError."""
        raise NotImplementedError

    def was_opened(self, opened: Any) -> None:
        """Keep what was read, and show its preview."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what was read."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Make the preview anew, after another choice or answer, and give it to `show_preview`."""
        raise NotImplementedError

    def questions_by_row(self, preview: Preview) -> Mapping[Hashable, Any]:
        """The open questions by the key of their row; each has `candidates`, (id, words)."""
        raise NotImplementedError

    def question_key(self, question: Any) -> Hashable:
        """What its answer is kept under."""
        raise NotImplementedError

    def plan(self, preview: Preview) -> Any:
        """What would be carried out; empty if nothing. Raises UserError while a question is open."""
        raise NotImplementedError

    def to_do(self, preview: Preview) -> int:
        """How many changes would be carried out."""
        raise NotImplementedError

    def carry_out(self, plan: Any) -> Any:
        """Write it, on the worker thread."""
        raise NotImplementedError

    def told(self, taken: Any) -> tuple[str, str]:
        """What to say when it is done: a title and a second line."""
        raise NotImplementedError

    def row_words(self, row: PreviewRow) -> str:
        """Everything about a row in one line."""
        raise NotImplementedError

    def note_words(self, preview: Preview | None) -> tuple[str, str]:
        """What stands under the rows, and its tool tip."""
        return "", ""

    # -- putting it together ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = role_label(self.title_words, "title", self)
        self.file_words = role_label("", "second", self)
        self.other = PlainButton("Choose another &file…", "doc", self)
        self.other.clicked.connect(self.choose_file)
        self.back = PlainButton(self.back_words, parent=self)
        self.back.clicked.connect(self.leave)
        self.take = PrimaryButton(self.take_words, "check", self)
        self.take.clicked.connect(self._take_in)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addWidget(self.file_words, 1)
        for button in (self.other, self.back, self.take):
            top.addWidget(button)
        self.problem = NoteLine(self)
        self.table = HouseTable(self.model, "What would happen, row by row", parent=self)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self.answer_row)
        self.nothing = EmptyState("doc", *self.empty_words, parent=self)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.nothing)
        card = Card(self, flush=True)
        card.body.addWidget(self.middle, 1)
        card.body.addWidget(self._detail())
        self.counts = role_label("", "strong", self)
        self.note = role_label("", "small", self)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.counts)
        right.addWidget(card, 1)
        right.addWidget(self.note)
        body = QHBoxLayout()
        body.setSpacing(16)
        self.side = self.left_side()
        body.addWidget(self.side)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.problem)
        column.addLayout(body, 1)

    def _detail(self) -> QFrame:
        """Under the table: everything about the row chosen, and where a question is answered."""
        frame = QFrame(self)
        frame.setProperty("panel", "quiet")
        frame.setFixedHeight(theme.px(92))
        self.words_of_row = role_label("", "body", frame, wrap=True)
        self.words_of_row.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.answer = ChoiceField((), frame)
        self.answer.setAccessibleName(self.answer_name)
        self.answer.setMinimumWidth(theme.px(260))
        self.answer.edited.connect(self._answered)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.words_of_row, 1)
        row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.other, self.side, self.table]

    def focus_first(self) -> None:
        """Put the keyboard in the preview."""
        target = self.table if self.model.rowCount() else self.other
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- the file -----------------------------------------------------------------------------------------------------------

    def choose_file(self) -> bool:
        """Ask for a file and read it; False if the person thought better of it."""
        path = messages.choose_file(self, self.file_question, kinds=KINDS)
        if path is None:
            return False
        self.read(path)
        return True

    def read(self, path: Path) -> None:
        """Read a file off the main thread; its preview is shown when it is there."""
        self._name = path.name
        self.file_words.setText(path.name)
        self.show_preview(None)

        def work(tell: jobs.Tell) -> Any:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise UserError(f"‘{path.name}’ cannot be opened. Close it in your spreadsheet program, then choose it again.") from error
            return self.open_file(data, path.name, tell)

        jobs.run(work, title=self.reading, on_done=self._was_read, on_error=self.was_refused)

    def _was_read(self, opened: Any) -> None:
        self._answers, self._asked = {}, {}
        self.was_opened(opened)
        self.focus_first()

    def was_refused(self, error: Exception) -> None:
        """Say why a file was not read."""
        self.forget()
        self.show_preview(None)
        self.say(error)
        self.focus_first()

    # -- the preview --------------------------------------------------------------------------------------------------------

    def show_preview(self, preview: Preview | None, rows: Iterable[PreviewRow] | None = None) -> None:
        """Show what would happen, or nothing; `rows` where they were put in order already, on the worker thread."""
        self._preview = preview
        if preview:
            self._asked |= self.questions_by_row(preview)
        self.problem.show_words("")
        shown = tuple(rows) if rows is not None else tuple(in_order(preview.rows)) if preview else ()
        self.model.set_rows(shown)
        self.middle.setCurrentWidget(self.table if shown else self.nothing)
        self.counts.setText(count_words(preview.counts, self.no_rows) if preview else "")
        words, tip = self.note_words(preview)
        self.note.setText(words)
        self.note.setToolTip(tip)
        to_do = self.to_do(preview) if preview else 0
        self.take.setText(f"{self.take_words} {count_of(to_do, *self.counted)}" if to_do else self.take_words)
        self.take.setEnabled(bool(to_do))
        if shown and self.table.chosen_id() is None:
            self.table.choose(row_key(shown[0]))
        self._show_row(self.table.chosen_id())

    def say(self, error: Exception) -> None:
        """Say a problem above the rows."""
        if isinstance(error, UserError | Conflict):
            self.problem.show_words(error.message, error=True)
        elif isinstance(error, FileProblem):
            self.problem.show_words(f"{error.message} {error.next_step}".strip(), error=True)

    def _show_row(self, key: object) -> None:
        row: PreviewRow | None = self.model.row_of(key) if key is not None else None
        self.words_of_row.setText(f"Row {row_place(row)}, {row.label}: {self.row_words(row)}" if row else "")
        question = self._asked.get(key) if row else None
        self.answer.setVisible(question is not None)
        if question is not None:
            candidates = [(person_id, self.candidate_words(label)) for person_id, label in question.candidates]
            self.answer.set_choices([(OPEN, "Choose an answer"), *candidates, (NOBODY, self.nobody_words)])
            given = self._answers.get(self.question_key(question), OPEN)
            self.answer.set_value(NOBODY if given is None else given)

    def candidate_words(self, label: str) -> str:
        """An answer to a question."""
        return label

    def answer_row(self, _key: object = None) -> None:
        """Enter on a row with a question goes to its answer."""
        if self.answer.isVisible():
            self.answer.setFocus(Qt.FocusReason.TabFocusReason)

    def _answered(self, value: object) -> None:
        question = self._asked.get(self.table.chosen_id())
        if question is None:
            return
        if value == OPEN:
            self._answers.pop(self.question_key(question), None)
        else:
            self._answers[self.question_key(question)] = None if value == NOBODY else value
        self.read_again()

    # -- taking in ----------------------------------------------------------------------------------------------------------

    def _take_in(self) -> None:
        try:
            plan = self.plan(self._preview)
        except UserError as error:
            self.say(error)
            self.table.choose(next(iter(self.questions_by_row(self._preview))))
            self.answer_row()
            return

        def work(_tell: jobs.Tell) -> Any:
            return self.carry_out(plan)

        self.take.setEnabled(False)
        jobs.run(work, title=self.taking, on_done=self._done, on_error=self._failed, writes=True)

    def _done(self, taken: Any) -> None:
        self._hub.notify(*self.told(taken), undo=True)
        self.forget()
        self.show_preview(None)
        self.taken_in.emit()

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        self.say(error)

    def leave(self) -> None:
        """Go back without taking anything in."""
        self.forget()
        self.show_preview(None)
        self.left.emit()
