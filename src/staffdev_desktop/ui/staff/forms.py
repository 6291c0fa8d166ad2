"""What the dialogs of this tab share: labelled fields in two columns, saved through the door, with every error beside its field."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from staffdev_desktop.exchange import cells
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField

FRAME, LEAST_FIELDS = 40, 120  # px: the title that the system draws; what is always seen of the fields


class FieldsDialog(HouseDialog):
    """A dialog of fields. A subclass adds them with `add`, and writes them in `save`, which may raise UserError and Conflict.

    Whatever is refused stays on screen as it was typed, with the sentence beside its field. After a Conflict the newer revision is
    taken note of, so that saving again saves what is on screen.
    """

    def __init__(self, title: str, school: School, *, act: str, parent: QWidget | None = None, words: str = "", width: int = 560) -> None:
        super().__init__(title, words, safe="&Cancel", act=act, parent=parent, width=width)
        self.school = school
        self.fields: dict[str, LabelledField] = {}
        self.result_id: int | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column in range(2):
            self._grid.setColumnStretch(column, 1)
        self._scroll = FieldsArea(self._grid, self)
        self.body.addWidget(self._scroll)
        self._place = 0

    def add(self, key: str, label: str, editor: QWidget, *, hint: str = "", wide: bool = False) -> LabelledField:
        """Add a field; `wide` gives it the whole row."""
        field = LabelledField(label, editor, hint=hint, parent=self)
        self.fields[key] = field
        if wide and self._place % 2:
            self._place += 1
        row, column = divmod(self._place, 2)
        self._grid.addWidget(field, row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
        self._place += 2 if wide else 1
        return field

    def value(self, key: str) -> Any:
        """What stands in a field."""
        return self.fields[key].value()

    def save(self) -> None:
        """Write what is on screen."""
        raise NotImplementedError

    def newest_revision(self) -> None:
        """Take note of the revision that is in the file now."""

    def check(self) -> bool:
        """Save; False, with a sentence beside the field, if that cannot be done."""
        self.show_problem("")
        return self._can_be_read() and self.attempt(self.save)

    def attempt(self, job: Callable[[], object]) -> bool:
        """Do something through the door; False, with a sentence on screen, if it was refused."""
        try:
            job()
        except UserError as error:
            self._refuse(error)
            return False
        except Conflict as error:
            self.show_problem(error.message)
            self.newest_revision()
            return False
        except FileProblem as error:
            self.show_problem(f"{error.message} {error.next_step}".strip())
            return False
        return True

    def _can_be_read(self) -> bool:
        """Whether every editor can read what is typed in it; the first that cannot gets the focus."""
        wrong = []
        for field in self.fields.values():
            if hasattr(field.editor, "check"):
                if not field.editor.check():
                    wrong.append(field)
            else:
                field.set_error(None)
        if wrong:
            wrong[0].editor.setFocus()
            self._fit()
            self._scroll.ensureWidgetVisible(wrong[0])
        return not wrong

    def _refuse(self, error: UserError) -> None:
        field = self.fields.get(error.field or "")
        if field is None:
            self.show_problem(error.message)
        else:
            field.set_error(error.message)
            field.editor.setFocus()
        self._fit()
        if field is not None:
            self._scroll.ensureWidgetVisible(field)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, with room for all of them."""
        super().showEvent(event)
        self._fit()
        if self.fields:
            next(iter(self.fields.values())).editor.setFocus()

    def _fit(self) -> None:
        """Grow until nothing is squeezed (Qt opens no dialog higher than two thirds of the screen, and counts wrapped words short).

        Where the screen is not high enough, the fields scroll: title and buttons never do.
        """
        self._scroll.setFixedHeight(0)
        self.layout().activate()
        rest = self.layout().totalHeightForWidth(self.width())
        room = self.screen().availableGeometry().height() - theme.px(FRAME) - rest
        wanted = self._grid.totalHeightForWidth(self._scroll.viewport().width())
        self._scroll.setFixedHeight(max(min(wanted, room), theme.px(LEAST_FIELDS)))
        self.layout().activate()
        self.resize(self.width(), rest + self._scroll.height())

    def add_delete(self, words: str, slot: Callable[[], None]) -> QuietButton:
        """Offer at the left to delete what the dialog is about."""
        button = QuietButton(words, parent=self)
        button.clicked.connect(slot)
        self.add_left(button)
        return button


class FieldsArea(ClearScroll):
    """Holds the fields on the dialog's own ground; Tab brings the next one into sight."""

    def __init__(self, grid: QGridLayout, parent: QWidget) -> None:
        super().__init__(parent)
        inside = QWidget(self)
        inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.setWidget(inside)


def offering(editor: LineField, choices: Sequence[str]) -> LineField:
    """The same line, offering what was written before; anything else may be typed."""
    completer = QCompleter(list(dict.fromkeys(choices)), editor)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    editor.setCompleter(completer)
    return editor


def hours_of(text: str, key: str) -> float | None:
    """Hours a week as people write them: 32.5, 32:30. Raises UserError for the field."""
    return cells.hours(text or None, field=key)


def hours_words(hours: float | None) -> str:
    """Hours as they are typed."""
    return f"{hours:g}" if hours is not None else ""
