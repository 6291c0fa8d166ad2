"""The staff list from a spreadsheet: columns guessed and changeable, every row shown with what would happen, questions, taking in.

It takes the place of the list while it lasts. Nothing is written before ‘Take in’ is pressed, and one undo puts it back.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.exchange.previews import PreviewRow, Verdict
from staffdev_desktop.exchange.sheets import Sheet
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.importing import Question, StaffPreview, open_staff_list, preview_staff_list, read_staff_list, take_in_plan
from staffdev_desktop.staff.rows import TakenIn
from staffdev_desktop.staff.taking_in import take_in_staff_list
from staffdev_desktop.ui import jobs, messages, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.staff.import_columns import ColumnsCard
from staffdev_desktop.ui.staff.models import preview_model, row_words
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, NoteLine, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable

KINDS = "Spreadsheets (*.csv *.xlsx *.xlsm *.txt *.tsv);;All files (*)"
OPEN, NEW = "open", "new"
ORDER = (Verdict.QUESTION, Verdict.TROUBLE, Verdict.NEW, Verdict.CHANGED, Verdict.SAME)
COUNTED = {
    Verdict.QUESTION: ("question", None),
    Verdict.TROUBLE: ("row in trouble", "rows in trouble"),
    Verdict.NEW: ("new", "new"),
    Verdict.CHANGED: ("changed", "changed"),
    Verdict.SAME: ("the same", "the same"),
}


class ImportPage(QWidget):
    """`left` when somebody goes back without taking anything in, `taken_in` when it is done."""

    left = Signal()
    taken_in = Signal()

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._school, self._hub = school, hub
        self._sheet: Sheet | None = None
        self._answers: dict[int, int | None] = {}
        self._asked: dict[int, Question] = {}  # also those that are answered: an answer can be changed
        self._preview: StaffPreview | None = None
        self._name = ""
        self._build()
        QShortcut(QKeySequence("Esc"), self, self._leave, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- putting it together ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = role_label("Take in a staff list", "title", self)
        self.file_words = role_label("", "second", self)
        self.other = PlainButton("Choose another &file…", "doc", self)
        self.other.clicked.connect(self.choose_file)
        self.back = PlainButton("&Back to the list", parent=self)
        self.back.clicked.connect(self._leave)
        self.take = PrimaryButton("&Take in", "check", self)
        self.take.clicked.connect(self._take_in)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title)
        top.addWidget(self.file_words, 1)
        for button in (self.other, self.back, self.take):
            top.addWidget(button)
        self.problem = NoteLine(self)
        self.columns = ColumnsCard(self)
        self.columns.changed.connect(self._columns_changed)
        self.model = preview_model(self)
        self.table = HouseTable(self.model, "What would happen, row by row", parent=self)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self._answer_row)
        self.nothing = EmptyState("doc", "There is no list to show", "Choose the file that your school program gave you.", parent=self)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.nothing)
        card = Card(self, flush=True)
        card.body.addWidget(self.middle, 1)
        card.body.addWidget(self._detail())
        self.counts = role_label("", "strong", self)
        self.not_in_list = role_label("", "small", self)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.counts)
        right.addWidget(card, 1)
        right.addWidget(self.not_in_list)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.columns)
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
        self.row_words = role_label("", "body", frame, wrap=True)
        self.row_words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.answer = ChoiceField((), frame)
        self.answer.setAccessibleName("Is it the same person?")
        self.answer.setMinimumWidth(theme.px(260))
        self.answer.edited.connect(self._answered)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.row_words, 1)
        row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.other, self.columns, self.table]

    def focus_first(self) -> None:
        """Put the keyboard in the preview."""
        target = self.table if self.model.rowCount() else self.other
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- the file -----------------------------------------------------------------------------------------------------------

    def choose_file(self) -> bool:
        """Ask for a file and read it; False if the person thought better of it."""
        path = messages.choose_file(self, "Which staff list?", kinds=KINDS)
        if path is None:
            return False
        self.read(path)
        return True

    def read(self, path: Path) -> None:
        """Read a file off the main thread; its preview is shown when it is there."""
        self._name = path.name
        self.file_words.setText(path.name)
        self._show_preview(None)

        def work(_tell: jobs.Tell) -> tuple[Sheet, dict[str, int]]:
            try:
                data = path.read_bytes()
            except OSError as error:
                raise UserError(f"‘{path.name}’ cannot be opened. Close it in your spreadsheet program, then choose it again.") from error
            return open_staff_list(data, path.name)

        jobs.run(work, title="Reading the staff list", on_done=self._was_read, on_error=self._was_refused)

    def _was_read(self, found: tuple[Sheet, dict[str, int]]) -> None:
        sheet, columns = found
        self._sheet, self._answers, self._asked = sheet, {}, {}
        self.columns.set_sheet(sheet, columns)
        self._columns_changed()
        self.focus_first()

    def _was_refused(self, error: Exception) -> None:
        self._sheet = None
        self._show_preview(None)
        words = f"{error.message} {error.next_step}".strip() if isinstance(error, FileProblem) else str(error)
        self.problem.show_words(words, error=True)
        self.focus_first()

    # -- the preview --------------------------------------------------------------------------------------------------------

    def _columns_changed(self) -> None:
        """Read the lines again under the columns chosen, and compare them with the school."""
        if self._sheet is None:
            return
        try:
            lines, troubles = read_staff_list(self._sheet, self.columns.chosen())
        except UserError as error:
            self._show_preview(None)
            self.problem.show_words(error.message, error=True)
            return
        groups = [group.name for group in self._school.read(settings.staff_groups)]
        self._show_preview(preview_staff_list(lines, troubles, self._school.read(queries.existing_people), groups, self._answers))

    def _show_preview(self, preview: StaffPreview | None) -> None:
        self._preview = preview
        if preview:
            self._asked |= {question.row: question for question in preview.questions}
        self.problem.show_words("")
        rows = sorted(preview.rows, key=lambda row: (ORDER.index(row.verdict), row.number)) if preview else ()
        self.model.set_rows(rows)
        self.middle.setCurrentWidget(self.table if rows else self.nothing)
        self.counts.setText(_count_words(preview))
        self.not_in_list.setText(_missing_words(preview))
        self.not_in_list.setToolTip("\n".join(preview.not_in_list[:60]) if preview else "")
        to_do = len(preview.changes) if preview else 0
        self.take.setText(f"&Take in {count_of(to_do, 'person', 'people')}" if to_do else "&Take in")
        self.take.setEnabled(bool(to_do))
        if rows and self.table.chosen_id() is None:
            self.table.choose(rows[0].number)
        self._show_row(self.table.chosen_id())

    def _show_row(self, number: object) -> None:
        row: PreviewRow | None = self.model.row_of(number) if number is not None else None
        self.row_words.setText(f"Row {row.number}, {row.label}: {row_words(row)}" if row else "")
        question = self._asked.get(number) if row else None
        self.answer.setVisible(question is not None)
        if question is not None:
            candidates = [(person_id, f"The same as {label}") for person_id, label in question.candidates]
            self.answer.set_choices([(OPEN, "Choose an answer"), *candidates, (NEW, "Somebody new")])
            given = self._answers.get(question.row, OPEN)
            self.answer.set_value(NEW if given is None else given)

    def _answer_row(self, _number: object) -> None:
        """Enter on a row with a question goes to its answer."""
        if self.answer.isVisible():
            self.answer.setFocus(Qt.FocusReason.TabFocusReason)

    def _answered(self, value: object) -> None:
        number = self.table.chosen_id()
        if value == OPEN:
            self._answers.pop(number, None)
        else:
            self._answers[number] = None if value == NEW else value
        self._columns_changed()

    # -- taking in ----------------------------------------------------------------------------------------------------------

    def _take_in(self) -> None:
        try:
            plan = take_in_plan(self._preview)
        except UserError as error:
            self.problem.show_words(error.message, error=True)
            self.table.choose(self._preview.questions[0].row)
            self._answer_row(None)
            return
        school = self._school

        def work(_tell: jobs.Tell) -> TakenIn:
            return school.do(take_in_staff_list, plan=plan)

        self.take.setEnabled(False)
        jobs.run(work, title="Taking in the staff list", on_done=self._done, on_error=self._failed, writes=True)

    def _done(self, taken: TakenIn) -> None:
        title = f"{count_of(taken.new + taken.changed, 'person', 'people')} taken in from {self._name}"
        self._hub.notify(title, f"{taken.new} new, {taken.changed} changed", undo=True)
        self._sheet = None
        self._show_preview(None)
        self.taken_in.emit()

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        if isinstance(error, UserError | Conflict):
            self.problem.show_words(error.message, error=True)
        elif isinstance(error, FileProblem):
            self.problem.show_words(f"{error.message} {error.next_step}".strip(), error=True)

    def _leave(self) -> None:
        self._sheet = None
        self._show_preview(None)
        self.left.emit()


def _count_words(preview: StaffPreview | None) -> str:
    if preview is None:
        return ""
    counts = preview.counts
    return (
        " · ".join(count_of(counts[verdict], *COUNTED[verdict]) for verdict in ORDER if counts[verdict])
        or "No line of this list is about a person."
    )


def _missing_words(preview: StaffPreview | None) -> str:
    if preview is None or not preview.not_in_list:
        return ""
    some = list(preview.not_in_list[:3])
    more = len(preview.not_in_list) - len(some)
    names = listed([*some, f"{more} more"]) if more else listed(some)
    return f"Not in this list, and left as they are: {names}"
