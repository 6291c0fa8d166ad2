"""Entries from a spreadsheet: what each row would do, who is meant, which kinds, which courses of a matrix, taking in.

Reading, comparing and writing happen on the worker thread, so that the window lives on; a change of a column begins anew.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.importing import Answers, EntryChange, EntryPreview, KnownLog, PersonQuestion, take_in_plan
from staffdev_desktop.cpd.log.importing_columns import LABELS
from staffdev_desktop.cpd.log.importing_files import OpenedSheet, Shape, as_shape, open_entries, preview
from staffdev_desktop.cpd.log.known import known_log
from staffdev_desktop.cpd.log.rows import EntriesTakenIn
from staffdev_desktop.cpd.log.taking_in import take_in_entries
from staffdev_desktop.exchange.previews import PreviewRow
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.school import School
from staffdev_desktop.ui import import_page, jobs, theme
from staffdev_desktop.ui.cpd.importing.courses import CoursesCard
from staffdev_desktop.ui.cpd.importing.kinds import KindsCard
from staffdev_desktop.ui.cpd.importing.rows import entries_model, row_words
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.import_columns import WIDTH, ColumnsCard
from staffdev_desktop.ui.import_rows import in_order
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label


@dataclass(frozen=True)
class Compared:
    """What the worker brings: the preview with its rows in order, and the lists it was made with."""

    preview: EntryPreview
    rows: tuple[PreviewRow, ...]
    known: KnownLog


class ImportPage(import_page.ImportPage):
    """It takes the place of the view it was asked from while it lasts."""

    title_words = "Take in CPD"
    back_words = "&Back"
    take_words = "Take &in"  # T belongs to a sub-tab
    file_question = "Which spreadsheet of CPD?"
    reading, taking = "Reading the spreadsheet", "Taking in the entries"
    empty_words = ("There are no entries to show", "Choose the spreadsheet in which CPD was kept, or a log sheet that came back.")
    no_rows = "No line of this spreadsheet is an entry."
    counted = ("entry", "entries")
    nobody_words = "Nobody here: leave these lines out"
    answer_name = "Who is meant?"

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        self._opened: OpenedSheet | None = None
        self._job: jobs.Job | None = None
        self._fresh = False  # a file was just opened: the keyboard goes to its rows when they are there
        super().__init__(school, hub, entries_model(), parent)
        GiveWay(self.table, {"activity": 700})
        self.layout().setContentsMargins(0, 0, 0, 0)  # the tab has its own

    def left_side(self) -> QWidget:
        """How the sheet is laid out, its columns or courses, and words that are no kind."""
        side = QWidget(self)
        side.setFixedWidth(theme.px(WIDTH))
        self.shape = ChoiceField([(shape, f"{shape[0].upper()}{shape[1:]}") for shape in (Shape.LIST, Shape.MATRIX)], side)
        self.shape.setAccessibleName("How the spreadsheet is laid out")
        self.shape.edited.connect(self._laid_out)
        self.columns, self.courses, self.kinds = ColumnsCard(LABELS, side), CoursesCard(side), KindsCard(side)
        for card in (self.columns, self.courses, self.kinds):
            card.changed.connect(self.read_again)
        self.own = Card(side)
        self.own_title = CardTitle("", "", self.own)
        words = "This sheet came from the program, so it says itself whose it is. What is in the log already stays as it is."
        self.own.body.addWidget(self.own_title)
        self.own.body.addWidget(role_label(words, "body", self.own, wrap=True))
        self.own.body.addStretch(1)
        self.cards = QStackedWidget(side)
        for card in (self.columns, self.courses, self.own):
            self.cards.addWidget(card)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.shape)
        column.addWidget(self.cards, 1)
        column.addWidget(self.kinds)
        self.shape.hide()
        self.kinds.hide()
        return side

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.other, self.cards.currentWidget(), *([self.kinds] if self.kinds.isVisible() else ()), self.table]

    # -- the file -----------------------------------------------------------------------------------------------------------

    def open_file(self, data: bytes, name: str, tell: jobs.Tell) -> OpenedSheet:
        """The sheet, and what it was guessed to be."""

        def step() -> None:
            tell(0, 0, "Reading")

        return open_entries(data, name, key=self._school.form_key, file_id=self._school.file_id, step=step)

    def was_opened(self, opened: OpenedSheet) -> None:
        """Show how it is laid out and its rows."""
        self._opened, self._fresh = opened, True
        self.kinds.fields = {}
        self.shape.setVisible(opened.may_be_matrix and opened.token is None)
        self.shape.set_value(opened.shape)
        self._show_side()
        self.read_again()

    def forget(self) -> None:
        """Let go of the sheet."""
        self._opened = None
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _show_side(self) -> None:
        opened = self._opened
        if opened.shape is Shape.MATRIX:
            self.courses.set_courses(opened.courses)
        else:
            self.columns.set_sheet(opened.sheet, opened.columns)
        cards = {Shape.LIST: self.columns, Shape.MATRIX: self.courses, Shape.OWN_SHEET: self.own}
        self.cards.setCurrentWidget(cards[opened.shape])

    def _laid_out(self, shape: object) -> None:
        if self._opened is not None and shape != self._opened.shape:
            self._opened = as_shape(self._opened, Shape(shape))  # Qt gives the plain words back
            self._show_side()
            self.read_again()

    # -- the preview --------------------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read the lines again under what is chosen, and compare them with the log, on the worker thread."""
        if self._opened is None:
            return
        if self._opened.shape is Shape.LIST:
            self._opened = replace(self._opened, columns=self.columns.chosen())
        elif self._opened.shape is Shape.MATRIX:
            self._opened = replace(self._opened, courses=self.courses.chosen())
        opened, school = self._opened, self._school
        answers = Answers(dict(self._answers), self.kinds.chosen())

        def work(tell: jobs.Tell) -> Compared:
            known = school.read(known_log)

            def step(done: int, of: int) -> None:
                tell(done, of, f"Row {done:,} of {of:,}")

            found = preview(opened, known, answers, step)
            return Compared(found, tuple(in_order(found.rows)), known)

        if self._job is not None:
            self._job.stop()
        self.take.setEnabled(False)
        self._job = jobs.run(work, title="Comparing with the log", on_done=self._compared, on_error=self._not_compared)
        self._job.ended.connect(self._ended)

    def _compared(self, compared: Compared) -> None:
        if self._opened is None:
            return
        found, known = compared.preview, compared.known
        self.kinds.set_unknown(found.unknown_kinds, known.kinds, known.may_add_kinds)
        if self._opened.token is not None:
            person = next(each for each in known.people if each.id == self._opened.token.person_id)
            self.own_title.set_words(person.name, year_label(self._opened.token.year))
            self.file_words.setText(f"{self._name} · {person.name}, {year_label(self._opened.token.year)}")
        self.show_preview(found, compared.rows)
        if self._fresh:
            self._fresh = False
            self.focus_first()

    def _not_compared(self, error: Exception) -> None:
        self.show_preview(None)
        self.say(error)

    def _ended(self) -> None:
        """Somebody pressed Stop: there is nothing to take in until the file is chosen again."""
        if self.sender() is self._job and self._job.stop_asked:
            self._job = None
            self.show_preview(None)
            self.problem.show_words("Stopped. Nothing was taken in; choose the file again to go on.")

    def questions_by_row(self, preview: EntryPreview) -> Mapping[Hashable, PersonQuestion]:
        """One question stands on every row of its person."""
        return {row: question for question in preview.questions for row in question.rows}

    def question_key(self, question: PersonQuestion) -> str:
        """The person as written."""
        return question.key

    def row_words(self, row: PreviewRow) -> str:
        """Reasons and changes."""
        return row_words(row)

    # -- taking in ----------------------------------------------------------------------------------------------------------

    def plan(self, preview: EntryPreview) -> tuple[EntryChange, ...]:
        """The changes. Raises UserError while a question is open."""
        return take_in_plan(preview)

    def to_do(self, preview: EntryPreview) -> int:
        """How many entries would be new or added to."""
        return len(preview.changes)

    def carry_out(self, plan: Any, tell: jobs.Tell) -> EntriesTakenIn:
        """Write them."""

        def step(done: int, of: int) -> None:
            tell(done, of, f"Entry {done:,} of {of:,}")

        return self._school.do(take_in_entries, plan=plan, step=step)

    def told(self, taken: EntriesTakenIn) -> tuple[str, str]:
        """How many there were, and of how many people."""
        title = f"{count_of(taken.new + taken.changed, 'entry', 'entries')} taken in from {self._name}"
        return title, f"{taken.new:,} new, {taken.changed:,} added to, of {count_of(taken.people, 'person', 'people')}"
