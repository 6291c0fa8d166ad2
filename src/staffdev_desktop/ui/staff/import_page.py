"""The staff list from a spreadsheet: columns guessed and changeable, every row shown with what would happen, questions, taking in."""

from collections.abc import Hashable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from staffdev_desktop.exchange.previews import PreviewRow, Verdict
from staffdev_desktop.exchange.sheets import Sheet
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.importing import (
    PersonChange,
    Question,
    StaffPreview,
    open_staff_list,
    preview_staff_list,
    read_staff_list,
    take_in_plan,
)
from staffdev_desktop.staff.importing_columns import LABELS
from staffdev_desktop.staff.rows import TakenIn
from staffdev_desktop.staff.taking_in import take_in_staff_list
from staffdev_desktop.ui import import_page, jobs
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.import_columns import ColumnsCard
from staffdev_desktop.ui.import_rows import preview_model, second_delegate
from staffdev_desktop.ui.widgets.tables import Column


class ImportPage(import_page.ImportPage):
    """It takes the place of the list of people while it lasts."""

    title_words = "Take in a staff list"
    file_question = "Which staff list?"
    reading, taking = "Reading the staff list", "Taking in the staff list"
    empty_words = ("There is no list to show", "Choose the file that your school program gave you.")
    no_rows = "No line of this list is about a person."
    counted = ("person", "people")
    nobody_words = "Somebody new"

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        self._sheet: Sheet | None = None
        why = Column("why", "Why, and what would change", 0, _row_words, tooltip=_row_words, delegate=second_delegate)
        super().__init__(school, hub, preview_model(why), parent)

    def left_side(self) -> QWidget:
        """Which column is what."""
        self.columns = ColumnsCard(LABELS, self)
        self.columns.changed.connect(self.read_again)
        return self.columns

    def open_file(self, data: bytes, name: str, tell: jobs.Tell) -> tuple[Sheet, dict[str, int]]:
        """The sheet, and its columns as guessed."""
        return open_staff_list(data, name)

    def was_opened(self, opened: tuple[Sheet, dict[str, int]]) -> None:
        """Show the columns and the rows."""
        self._sheet, columns = opened
        self.columns.set_sheet(self._sheet, columns)
        self.read_again()

    def forget(self) -> None:
        """Let go of the sheet."""
        self._sheet = None

    def read_again(self) -> None:
        """Read the lines again under the columns chosen, and compare them with the school."""
        if self._sheet is None:
            return
        try:
            lines, troubles = read_staff_list(self._sheet, self.columns.chosen())
        except UserError as error:
            self.show_preview(None)
            self.say(error)
            return
        groups = [group.name for group in self._school.read(settings.staff_groups)]
        self.show_preview(preview_staff_list(lines, troubles, self._school.read(queries.existing_people), groups, self._answers))

    def questions_by_row(self, preview: StaffPreview) -> Mapping[Hashable, Question]:
        """A question is about its own row."""
        return {question.row: question for question in preview.questions}

    def question_key(self, question: Question) -> int:
        """Its row."""
        return question.row

    def plan(self, preview: StaffPreview) -> tuple[PersonChange, ...]:
        """The changes. Raises UserError while a question is open."""
        return take_in_plan(preview)

    def to_do(self, preview: StaffPreview) -> int:
        """How many people would be new or changed."""
        return len(preview.changes)

    def carry_out(self, plan: Any, tell: jobs.Tell) -> TakenIn:
        """Write them."""
        return self._school.do(take_in_staff_list, plan=plan)

    def told(self, taken: TakenIn) -> tuple[str, str]:
        """How many there were."""
        title = f"{count_of(taken.new + taken.changed, 'person', 'people')} taken in from {self._name}"
        return title, f"{taken.new} new, {taken.changed} changed"

    def row_words(self, row: PreviewRow) -> str:
        """Reasons and changes."""
        return _row_words(row)

    def candidate_words(self, label: str) -> str:
        """An answer: it is this person."""
        return f"The same as {label}"

    def note_words(self, preview: StaffPreview | None) -> tuple[str, str]:
        """Who is not in the list."""
        if preview is None or not preview.not_in_list:
            return "", ""
        some = list(preview.not_in_list[:3])
        more = len(preview.not_in_list) - len(some)
        names = listed([*some, f"{more} more"]) if more else listed(some)
        return f"Not in this list, and left as they are: {names}", "\n".join(preview.not_in_list[:60])


def _row_words(row: PreviewRow) -> str:
    """Reasons and changes in one line: what a screen reader says and the table shows."""
    changes = [f"{label}: {before} → {after}" if before else f"{label}: {after}" for label, before, after in row.changes]
    if row.verdict is Verdict.NEW:  # the badge says that nobody has this name yet, and the row says the name
        told = [words for words, (label, _, _) in zip(changes, row.changes, strict=True) if label not in ("Forename", "Surname")]
        return " · ".join([*told, *row.reasons[1:]])
    return " · ".join([*changes, *row.reasons] if row.verdict is Verdict.CHANGED else [*row.reasons, *changes])
