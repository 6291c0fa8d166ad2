"""Type in a self-review sheet that came back on paper. What is typed is kept in memory until it is saved, whatever is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import words
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField
from staffdev_desktop.ui.widgets.form_view import FormView
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, FORM_HEIGHT = 860, 440


@dataclass
class Draft:
    """What was typed in for one review and is not saved yet."""

    answers: dict[str, Any] = field(default_factory=dict)
    returned_on: date | None = None


class Drafts:
    """Every sheet that is being typed in, by review. Going to another tab, the screen lock and closing the program save them."""

    def __init__(self, school) -> None:
        self._school = school
        self._kept: dict[int, Draft] = {}

    def of(self, review_id: int) -> Draft | None:
        """What is kept of a review's sheet."""
        return self._kept.get(review_id)

    def keep(self, review_id: int, answers: Mapping[str, Any], returned_on: date | None) -> None:
        """Keep what stands on screen."""
        self._kept[review_id] = Draft(dict(answers), returned_on)

    def drop(self, review_id: int) -> None:
        """It is saved."""
        self._kept.pop(review_id, None)

    def save(self, review_id: int, answers: Mapping[str, Any], returned_on: date) -> None:
        """Write a sheet down. Raises UserError, Conflict, FileProblem; the draft is kept then."""
        self._school.do(words.type_in_sheet, review_id=review_id, answers=answers, returned_on=returned_on)
        self.drop(review_id)

    def save_all(self) -> None:
        """Write every draft down; a day that is still to come cannot be meant. Raises UserError, Conflict, FileProblem."""
        today = clock.today()
        for review_id, draft in tuple(self._kept.items()):
            self.save(review_id, draft.answers, min(draft.returned_on or today, today))


class TypeInDialog(AskDialog):
    """The sheet as a form. Ctrl+Enter goes to the next section, Ctrl+S saves."""

    def __init__(self, record: ReviewRecord, drafts: Drafts, parent: QWidget | None = None) -> None:
        told = f"{record.board.number}. Type what stands on the sheet, word for word."
        super().__init__(f"{record.person}’s self-review sheet", told, act="&Save the sheet", icon="save", width=WIDE, parent=parent)
        self._record, self._drafts = record, drafts
        draft = drafts.of(record.board.id)
        form = record.sheet_form
        self.returned = self.add_field("returned_on", LabelledField("Came back o&n", DateField(), parent=self))
        self.returned.setMaximumWidth(theme.px(200))
        self.returned.set_value((draft and draft.returned_on) or record.board.dates.returned_on or clock.today())
        self.form = FormView(form, draft.answers if draft else _answers_to_begin_with(form, record), parent=self)
        self.form.setMinimumHeight(theme.px(FORM_HEIGHT))
        self.body.addWidget(self.returned)
        self.body.addWidget(self.form, 1)
        begin = next((each for each in form.fields if each.kind != "outcomes" or record.last_targets), form.fields[0])
        self.first = self.form.editor(begin.id)
        self.form.answer_changed.connect(self._keep)
        self.returned.edited.connect(self._keep)
        self.touched = draft is not None

    def save(self) -> None:
        """Write the sheet down."""
        returned_on = self.require("returned_on", "Write the day on which the sheet came back.")
        self._drafts.save(self._record.board.id, self.form.answers(), returned_on)

    def say_wrong(self, error: UserError) -> None:
        """Say it beside the question it is about."""
        self.form.clear_problems()
        if error.field and error.field in self.form.answers():
            self.form.set_problem(error.field, error.message)
            self.form.focus_field(error.field)
        else:
            super().say_wrong(error)

    def may_throw_away(self) -> bool:
        """Nothing is thrown away: it waits here, and the screen lock saves it."""
        told = "What you typed is there when you open this sheet again. Going to another tab, locking or closing the program saves it."
        return messages.ask(self, "Leave this sheet unsaved for now?", told, act="&Leave it for now", safe="&Keep typing")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the form here: only the button and Ctrl+S save."""
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._act()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() not in (self.act_button, self.safe_button):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _keep(self, *_answer: object) -> None:
        self.touched = True
        self._drafts.keep(self._record.board.id, self.form.answers(), self.returned.value())


def _answers_to_begin_with(form: Form, record: ReviewRecord) -> dict[str, Any]:
    """What was typed in before; last year's targets stand on the sheet already."""
    answers = dict(record.sheet_answers)
    for outcomes in form.fields_of("outcomes"):
        answers.setdefault(
            outcomes.id,
            [
                {
                    "target": each.target,
                    "by_when": each.by_when.isoformat() if each.by_when else "",
                    "agreed_on": each.agreed_on.isoformat() if each.agreed_on else "",
                }
                for each in record.last_targets
            ],
        )
    return answers


class ChooseSheetDialog(HouseDialog):
    """Whose sheet is in your hand? Type a name or the number on it."""

    def __init__(self, rows: list[BoardRow], chosen: int | None, parent: QWidget | None = None) -> None:
        told = "Type part of the name, or the number at the foot of the sheet."
        super().__init__("Whose sheet came back?", told, safe="&Cancel", act="&Type it in", act_icon="pen", parent=parent)
        columns = (
            Column("name", "Member of staff", 230, lambda row: row.name, extra=lambda row: row.posts, delegate=TwoLineDelegate),
            Column("number", "Sheet", 0, lambda row: sheet_number(row)),
        )
        self.model = TableModel(columns, search_text=lambda row: f"{row.name} {sheet_number(row)} {row.posts}", parent=self)
        self.model.set_rows(sorted((row for row in rows if is_open(row.stage)), key=lambda row: row.dates.returned_on is not None))
        self.find = FilterBox("Name or number", self)
        self.table = HouseTable(self.model, "Reviews", 38, self)
        self.table.setMinimumHeight(theme.px(280))
        self.body.addWidget(self.find)
        self.body.addWidget(self.table)
        self.find.textChanged.connect(self._filter)
        self.table.opened.connect(self._act)
        if chosen is None or not self.table.choose(chosen):
            self._filter("")
        self.find.setFocus()

    def chosen(self) -> int | None:
        """The review chosen."""
        return self.table.chosen_id()

    def check(self) -> bool:
        """Somebody must be chosen."""
        if self.model.place_of(self.chosen()) is None:
            self.show_problem("Nobody here has that name or number. Agreed reviews are not in this list.")
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in the list while a name is typed."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.find.hasFocus():
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _filter(self, text: str) -> None:
        self.show_problem("")
        self.model.set_filter(text)
        if self.model.place_of(self.chosen()) is None:
            self.table.choose(self.model.id_at(0))


def sheet_number(row: BoardRow) -> str:
    """The number at the foot of a self-review sheet: SR-2026-0031."""
    return f"SR-{row.number.removeprefix('PDR-')}"
