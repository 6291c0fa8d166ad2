"""The one view of a form: for typing in a sheet that came back, and for the meeting itself (DESIGN section 5).

It takes a form's definition and shows its sections in the order they are printed in, short ones side by side. Every edit is told at
once by `answer_changed`; whoever listens keeps it. Nothing that was typed is ever taken away by a check or by new answers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Field, Form, Section, is_empty, section_state
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.editors import LineField, TextField, TickField
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label, set_bad
from staffdev_desktop.ui.widgets.form_editors import (
    AgreementEditor,
    CommentsEditor,
    DayEditor,
    InterimEditor,
    OneOf,
    SignaturesNote,
    TickList,
    first_stop,
)
from staffdev_desktop.ui.widgets.form_rows import NeedsEditor, OutcomesEditor, TargetsEditor, order_tabs
from staffdev_desktop.ui.widgets.mnemonics import letters_in, with_letter
from staffdev_desktop.ui.widgets.step_bar import SectionState

WIDE_KINDS = ("targets", "outcomes", "needs", "opportunities", "signatures")
LONG_LINES = 6  # a text with more ruled lines on paper gets the whole width
MOST_COLUMNS, COLUMN_WIDTH = 3, 250


def _editor_for(field: Field, name: str, choices: Sequence[str], example: str) -> QWidget:
    kind = field.kind
    if kind == "long_text":
        return TextField(example, 2 if field.lines <= 2 else 3)
    if kind in ("choice", "scale"):
        return OneOf(choices, name)
    if kind in ("tick_list", "opportunities"):
        return TickList(choices, name, columns=2 if kind == "opportunities" else 1)
    if kind == "targets":
        return TargetsEditor(choices)
    if kind == "outcomes":
        return OutcomesEditor(choices)
    made = {
        "short_text": LineField,
        "tick": TickField,
        "date": DayEditor,
        "needs": NeedsEditor,
        "agreement": AgreementEditor,
    }
    if kind in made:
        return made[kind]()
    if kind == "comments":
        return CommentsEditor(name, example)
    return InterimEditor(name) if kind == "interim" else SignaturesNote(field.note)


class FieldBox(QWidget):
    """One question: its label, its editor, and the line beneath."""

    answered = Signal(str, object)

    def __init__(self, field: Field, title: str, hint: str, choices: Sequence[str], *, wide: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.name = field.label or title
        in_box = hint if field.kind == "long_text" and not wide else ""
        beside = hint if wide else ""
        beneath = "" if in_box or beside else hint or (field.note if field.kind == "interim" else "")
        self.editor = _editor_for(field, self.name, choices, in_box)
        self.editor.setParent(self)
        self._typed_problem, self._said_problem, self._hint = "", "", beneath
        self.label = role_label(self.name, "label", self, wrap=not wide)
        self.note_line = NoteLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if isinstance(self.editor, TickField):
            self.editor.setText(self.name.replace("&", "&&"))
            self.label.hide()
        elif field.kind != "signatures":
            column.addLayout(self._head(beside))
        else:
            self.label.hide()
        column.addWidget(self.editor, 1)
        column.addWidget(self.note_line)
        if not self.editor.accessibleName():
            self.editor.setAccessibleName(self.name)
        self._show_note()
        self.editor.edited.connect(self._tell)
        if hasattr(self.editor, "problem"):
            self.editor.problem.connect(self._typed_wrong)

    def set_letter(self, taken: set[str]) -> None:
        """Give the label an Alt letter that is free."""
        if self.field.kind == "signatures":
            return
        target: Any = self.editor if isinstance(self.editor, TickField) else self.label
        target.setText(with_letter(self.name, taken))
        self.label.setBuddy(first_stop(self.editor))

    def set_problem(self, sentence: str | None) -> None:
        """Say what is wrong with the answer, or with None that nothing is."""
        self._said_problem = sentence or ""
        self._show_note()

    def _head(self, beside: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self.label, 0 if beside else 1)
        if beside:
            head.addWidget(role_label(beside, "hint", self), 1)
        return head

    def _typed_wrong(self, sentence: str) -> None:
        self._typed_problem = sentence
        self._show_note()

    def _tell(self, value: object) -> None:
        self.answered.emit(self.field.id, value)

    def _show_note(self) -> None:
        problem = self._typed_problem or self._said_problem
        self.note_line.show_words(problem or self._hint, error=bool(problem))
        self.editor.setAccessibleDescription(problem or self._hint)
        set_bad(self.editor, bool(problem))


class SectionBox(QWidget):
    """A section: its title where the labels do not say the same, and its questions side by side."""

    def __init__(self, section: Section, choices: Mapping[str, Sequence[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.section = section
        self.cells: list[list[FieldBox]] = []
        single = len(section.fields) == 1
        wide = single and _is_wide(section.fields[0])
        for field in section.fields:
            hint = field.hint or (section.hint if single else "")
            title = section.title if single else field.label or section.title
            offered = choices.get(field.id, field.choices)
            box = FieldBox(field, title, hint, offered, wide=wide or field.kind in WIDE_KINDS, parent=self)
            if self.cells and _belongs_under(field, self.cells[-1]):
                self.cells[-1].append(box)
            else:
                self.cells.append([box])
        self.units = MOST_COLUMNS if any(_is_wide(field) for field in section.fields) else min(len(self.cells), MOST_COLUMNS)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not single:
            column.addWidget(role_label(section.title, "card", self))
        column.addLayout(self._grid, 1)
        self._holders = [self._holder(cell) for cell in self.cells]

    @property
    def boxes(self) -> list[FieldBox]:
        """Every question, in reading order."""
        return [box for cell in self.cells for box in cell]

    def lay_out(self, columns: int) -> None:
        """Put the questions into this many columns."""
        for holder in self._holders:
            self._grid.removeWidget(holder)
        row = column = 0
        for holder, cell in zip(self._holders, self.cells, strict=True):
            span = columns if any(_is_wide(box.field) for box in cell) else 1
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(holder, row, column, 1, span)
            column += span
        for number in range(MOST_COLUMNS):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def _holder(self, cell: Sequence[FieldBox]) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for box in cell:
            column.addWidget(box, 1 if isinstance(box.editor, TextField | CommentsEditor) else 0)
        if not any(isinstance(box.editor, TextField | CommentsEditor) for box in cell):
            column.addStretch(1)
        return holder


def _is_wide(field: Field) -> bool:
    return field.kind in WIDE_KINDS or (field.kind == "long_text" and field.lines >= LONG_LINES)


def _belongs_under(field: Field, cell: Sequence[FieldBox]) -> bool:
    """A consent under the words it is about; ‘what should change?’ under the choice it explains."""
    if field.kind == "tick":
        return True
    return field.kind == "long_text" and field.optional and len(cell) == 1 and cell[0].field.kind in ("choice", "scale")


class FormView(ClearScroll):
    """Shows a form and its answers. `answer_changed(field_id, value)` with every edit; Ctrl+Enter goes to the next section.

    `choices` offers other words than the form's own for a field (the opportunities of this year; for targets, the school's
    priorities).
    """

    answer_changed = Signal(str, object)
    section_entered = Signal(str)

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any] | None = None,
        *,
        choices: Mapping[str, Sequence[str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = form
        self._others: dict[str, Any] = {}
        self._here = ""
        self._columns = 0
        self.setAccessibleName(form.title)
        self._page = QWidget(self)
        self._page.setObjectName("form")
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._sections = [SectionBox(section, choices or {}, self._page) for section in form.sections]
        self._boxes = {box.field.id: box for section in self._sections for box in section.boxes}
        for box in self._boxes.values():
            box.answered.connect(self.answer_changed)
        self.setWidget(self._page)
        self.set_answers(answers or {})
        self._next = QShortcut(QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._next.activated.connect(self.focus_next_section)
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self._lay_out(MOST_COLUMNS)

    # Answers

    def answers(self) -> dict[str, Any]:
        """Every answer as it stands on screen, and those to questions this form does not show."""
        shown = {key: box.editor.value() for key, box in self._boxes.items() if box.field.kind != "signatures"}
        return self._others | shown

    def answer(self, field_id: str) -> Any:
        """One answer as it stands on screen. Raises KeyError for a field the form has not."""
        return self._boxes[field_id].editor.value()

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Show these answers without telling; a box that already says so is not touched, so a caret stays where it is."""
        self._others = {key: value for key, value in answers.items() if key not in self._boxes}
        for key, box in self._boxes.items():
            box.editor.set_value(answers.get(key))

    def set_answer(self, field_id: str, value: Any) -> None:
        """Show one answer without telling: an opportunity that was ticked elsewhere, say."""
        self._boxes[field_id].editor.set_value(value)

    def editor(self, field_id: str) -> QWidget:
        """The editor of a field."""
        return self._boxes[field_id].editor

    def set_read_only(self, read_only: bool = True) -> None:
        """A statement that is agreed can be read and copied, not changed."""
        for box in self._boxes.values():
            for part in (box.editor, *box.editor.findChildren(QWidget)):
                if isinstance(part, LineField | TextField):
                    part.setReadOnly(read_only)
                elif hasattr(part, "edited") or hasattr(part, "set_icon"):
                    part.setEnabled(not read_only or any(part.findChildren(TextField)) or any(part.findChildren(LineField)))

    # Problems and progress

    def set_problem(self, field_id: str, sentence: str | None) -> None:
        """Say beside a question what is wrong, or with None that nothing is. Raises KeyError for a field the form has not."""
        self._boxes[field_id].set_problem(sentence)

    def clear_problems(self) -> None:
        """Take away what `set_problem` said; what a date says about itself stays."""
        for box in self._boxes.values():
            box.set_problem(None)

    def section_states(self) -> tuple[SectionState, ...]:
        """How far each section is, for a SectionProgress: ‘Targets, 2 of 3’ while the person is in it."""
        answers = self.answers()
        return tuple(
            SectionState(section.id, self._progress_words(section, answers), self._look(section, answers))
            for section in self.form.sections
            if any(field.kind != "signatures" for field in section.fields)
        )

    # Going about

    def focus_section(self, section_id: str) -> None:
        """Go to the first question of a section."""
        section = next(box for box in self._sections if box.section.id == section_id)
        self.ensureWidgetVisible(section, 0, 8)
        self.focus_field(section.boxes[0].field.id)

    def focus_field(self, field_id: str) -> None:
        """Go to a question and bring it into sight."""
        box = self._boxes[field_id]
        first_stop(box.editor).setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(box, 0, 8)

    def focus_next_section(self) -> None:
        """Ctrl+Enter: from the last section back to the first."""
        ids = [section.section.id for section in self._sections if section.boxes[0].field.kind != "signatures"]
        here = ids.index(self._here) if self._here in ids else -1
        self.focus_section(ids[(here + 1) % len(ids)])

    # For Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for at this text size."""
        super().resizeEvent(event)
        self._lay_out(max(1, min(MOST_COLUMNS, self.viewport().width() // theme.px(COLUMN_WIDTH))))

    def showEvent(self, event: QShowEvent) -> None:
        """Give labels the Alt letters that the window leaves free; the window is put together by then."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._give_letters)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size may need other columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_columns", 0):
            self._lay_out(max(1, min(MOST_COLUMNS, self.viewport().width() // theme.px(COLUMN_WIDTH))))

    def _give_letters(self) -> None:
        for box in self._boxes.values():
            box.label.setText(box.name.replace("&", "&&"))
        taken = set(letters_in(self.window()))
        for box in self._boxes.values():
            box.set_letter(taken)
        order_tabs(box.editor for section in self._sections for box in section.boxes)

    def _focus_moved(self, _old: QObject | None, now: QObject | None) -> None:
        for section in self._sections:
            if isinstance(now, QWidget) and section.isAncestorOf(now):
                if self._here != section.section.id:
                    self._here = section.section.id
                    self.section_entered.emit(self._here)
                return

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for section in self._sections:
            self._grid.removeWidget(section)
        row = column = 0
        for section in self._sections:
            units = min(section.units, columns)
            if column + units > columns:
                row, column = row + 1, 0
            section.lay_out(units)
            self._grid.addWidget(section, row, column, 1, units)
            column += units
        for number in range(MOST_COLUMNS):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)

    def _progress_words(self, section: Section, answers: Mapping[str, Any]) -> str:
        words = section.short or section.title
        for field in section.fields:
            rows = answers.get(field.id)
            if field.kind == "targets" and isinstance(rows, list) and rows:
                written = sum(bool(str(row.get("target") or "").strip()) for row in rows)
                words = f"{words}, {written} of {max(3, len(rows))}"
        return words

    def _look(self, section: Section, answers: Mapping[str, Any]) -> str:
        if section.id == self._here:
            return "now"
        state = section_state(section, answers)
        if state == "done" and all(is_empty(field, answers.get(field.id)) for field in section.fields):
            return "empty"
        return {"empty": "empty", "partly": "partly", "done": "done"}[str(state)]
