"""Leadership interest raised in reviews: noted from one review, and the private list of all notes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.succession import queries, services
from staffdev_desktop.succession.rows import InterestRow
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.widgets.buttons import IconButton, PlainButton
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.editors import TextField
from staffdev_desktop.ui.widgets.fields import LabelledField, role_label

LIST_HEIGHT = 160


class NoteList(ClearScroll):
    """Notes with a button each that takes one away. `read` answers them; `undo` stands beside the dialog's buttons."""

    def __init__(self, school, read: Callable[[], Sequence[InterestRow]], nothing: str, *, named: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._school, self._read, self._nothing, self._named = school, read, nothing, named
        self.rows: tuple[InterestRow, ...] = ()
        self.removers: list[IconButton] = []
        self.undo = PlainButton("&Undo", "undo", parent)
        self.undo.clicked.connect(self._put_back)
        self.undo.hide()
        self.setAccessibleName("Notes of leadership interest")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll
        self.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.rows, self.removers = tuple(self._read()), []
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if not self.rows:
            column.addWidget(role_label(self._nothing, "second", page, wrap=True))
        for place, row in enumerate(self.rows):
            if place:
                column.addWidget(Rule(page))
            column.addLayout(self._line(row, page))
        column.addStretch(1)
        self.setWidget(page)

    def _line(self, row: InterestRow, page: QWidget) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        if self._named:
            words.addWidget(role_label(row.person, "strong", page, wrap=True))
        words.addWidget(role_label(row.words, "body", page, wrap=True))
        words.addWidget(role_label(f"{row.number} · {day_with_year(row.noted_on)} · by {row.by}", "hint", page, wrap=True))
        remove = IconButton("x", f"Remove the note of {day_with_year(row.noted_on)} about {row.person}", page)
        remove.setProperty("note", row.id)
        remove.clicked.connect(self._remove)
        self.removers.append(remove)
        line = QHBoxLayout()
        line.addLayout(words, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _remove(self) -> None:
        note_id = self.sender().property("note")
        words = "It goes from the private list. It can be put back with Undo."
        wanted = messages.ask(self, "Remove this note?", words, act="&Remove it", safe="&Keep it")
        if wanted and self._done(self._school.do, services.remove_interest, note_id=note_id):
            self.undo.show()

    def _put_back(self) -> None:
        if self._done(self._school.undo):
            self.undo.hide()

    def _done(self, work, *arguments, **more) -> bool:
        try:
            work(*arguments, **more)
        except (UserError, Conflict, FileProblem) as error:
            messages.problem(self, error)
            return False
        self.refresh()
        return True


class InterestDialog(HouseDialog):
    """What a review said about somebody's interest in leading. Raises UserError where it may not be opened."""

    def __init__(self, school, hub, review_id: int, parent: QWidget | None = None) -> None:
        found = school.read(queries.interest_of, review_id=review_id)
        super().__init__(
            f"Is {found.person} interested in leading?", found.reminder, safe="&Close", act="&Add the note", parent=parent, width=520
        )
        self._school, self._hub, self._review_id = school, hub, review_id
        self.note = LabelledField(
            "What was &said or done", TextField(lines=4), hint=f"{found.rests_on}. Only those who may see succession read it.", parent=self
        )
        self.notes = NoteList(school, self._written, "Nothing is noted from this review yet.", named=False, parent=self)
        self.body.addWidget(self.note)
        self.body.addWidget(role_label("Written so far", "strong", self))
        self.body.addWidget(self.notes, 1)
        self.add_left(self.notes.undo)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> bool:
        """Keep the words; what is wrong is said beside them, and they stay."""
        self.note.set_error(None)
        try:
            self._school.do(services.add_interest, review_id=self._review_id, words=self.note.value())
        except UserError as error:
            self.note.set_error(error.message)
            return False
        except Conflict as error:
            self.show_problem(error.message)
            return False
        except FileProblem as error:
            self.show_problem(f"{error.message} {error.next_step}")
            return False
        self._hub.notify("The note is on the private list", undo=True)
        return True

    def reject(self) -> None:
        """Words that were typed are thrown away only if the person says so."""
        words = "What you typed in this window is not saved yet."
        if not self.note.value() or messages.ask(self, "Close without saving?", words, act="Close &without saving", safe="&Keep typing"):
            super().reject()

    def _written(self) -> Sequence[InterestRow]:
        return self._school.read(queries.interest_of, review_id=self._review_id).notes


class InterestList(HouseDialog):
    """The private list: every note, the newest first. Raises UserError without the key."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        words = "Raised in reviews. Those it is about may ask for a copy; reviewers do not see it."
        super().__init__("Leadership interest", words, safe="&Close", parent=parent, width=560)
        nothing = "Nothing is noted yet. Open a review in PDR meetings and choose Leadership interest."
        self._school = school
        self.notes = NoteList(school, self._all, nothing, named=True, parent=self)
        self.notes.setMinimumHeight(theme.px(2 * LIST_HEIGHT))
        self.body.addWidget(self.notes, 1)
        self.add_left(self.notes.undo)

    def _all(self) -> Sequence[InterestRow]:
        return self._school.read(queries.interests)
