"""Read returned forms: files or a folder, each with its verdict, its answers beside it, and nothing taken in before it is confirmed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries.returns import review_by_number
from staffdev_desktop.pdr.returns import ReadFile, ReturnRow, TakenReturn, Verdict, judged, read_file
from staffdev_desktop.pdr.services.returns import take_in_returns
from staffdev_desktop.ui import jobs, messages, theme
from staffdev_desktop.ui.pdr.returns.answers import AnswersPanel
from staffdev_desktop.ui.pdr.returns.models import ORDER, returns_model, whose
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable

LEAST, WIDE, HIGH, SIDE = 760, 1240, 640, 260
ROW_HEIGHT, MOST_NAMES, NO_LIMIT = 40, 4, 16_777_215
PDFS = "Forms that came back (*.pdf)"
TICKABLE = (Verdict.READY, Verdict.QUESTION)
COUNTED = {
    Verdict.READY: ("ready", "ready"),
    Verdict.QUESTION: ("question", "questions"),
    Verdict.SAME: ("in already", "in already"),
    Verdict.TROUBLE: ("in trouble", "in trouble"),
}


class ReturnsDialog(HouseDialog):
    """Stays open after forms were taken in, for as long as there is one left to decide about."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        told = "Each file says whose it is. Look at what came back; what is ticked is taken in, and one undo puts it back."
        super().__init__("Read returned forms", told, safe="&Close", act="&Take in", act_icon="check", parent=parent)
        self._school, self._hub = school, hub
        self._files: dict[Path, ReadFile] = {}
        self._held: dict[Path, date] = {}
        self._ready_before: set[Path] = set()
        self._being_taken: list[ReturnRow] = []
        self._setting = False
        self.setMaximumWidth(NO_LIMIT)
        self.setMinimumWidth(theme.px(LEAST))
        room = (parent.window() if parent else self).screen().availableGeometry()
        self.resize(min(theme.px(WIDE), room.width() - 40), min(theme.px(HIGH), room.height() - 60))
        self.setAcceptDrops(True)
        self._build()
        self._set_busy(False)
        self._show_rows(())

    def _build(self) -> None:
        self.folder = PlainButton("Read a f&older…", "doc", self)
        self.file = PlainButton("Read a &file…", "plus", self)
        self.stop = PlainButton("&Stop", parent=self)
        self.counts = role_label("", "strong", self)
        self.others = role_label("", "small", self)
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (self.folder, self.file, self.stop):
            top.addWidget(part)
        top.addSpacing(8)
        top.addWidget(self.counts)
        top.addWidget(self.others, 1)
        self.model = returns_model(self)
        self.table = HouseTable(self.model, "Forms that came back", ROW_HEIGHT, self)
        self.nothing = EmptyState(
            "doc", "No form has been read yet", "Choose the folder that they came back to, or drop files here.", parent=self
        )
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.nothing)
        self.middle.addWidget(self.table)
        card = Card(self, flush=True)
        card.body.addWidget(self.middle, 1)
        self.answers = AnswersPanel(self)
        self.answers.setMinimumWidth(theme.px(SIDE))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 8)
        row.addWidget(self.answers, 5)
        self.body.addLayout(top)
        self.body.addLayout(row, 1)
        self.layout().setStretchFactor(self.body, 100)  # against the stretch above the buttons
        self.folder.clicked.connect(self.choose_folder)
        self.file.clicked.connect(self.choose_file)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._read_on)
        self.model.ticks_changed.connect(self._ticked)
        self.answers.held_edited.connect(self._keep_held)
        self.folder.setFocus()

    # -- files --------------------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Read every PDF in a folder."""
        folder = messages.choose_folder(self, "Which folder did they come back to?")
        if folder is not None:
            self.read([folder])

    def choose_file(self) -> None:
        """Read one more file."""
        path = messages.choose_file(self, "Which form came back?", kinds=PDFS)
        if path is not None:
            self.read([path])

    def read(self, paths: Iterable[Path]) -> None:
        """Read these files, and the PDFs of these folders, off the main thread; what was read before stays in the table."""
        self.show_problem("")
        self._read(tuple(paths), "Reading the forms")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders can be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Many at once."""
        event.acceptProposedAction()
        self.read(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())

    def _read(self, paths: Sequence[Path], title: str) -> None:
        self._set_busy(True)
        work = partial(_read_and_judge, self._school, dict(self._files), paths, self._hub.year)
        # Quiet: the window's own progress stands behind this dialog, where nobody could press its Stop.
        job = jobs.run(work, title=title, on_done=self._was_read, on_error=self._failed, quiet=True)
        job.progressed.connect(self._say_progress)
        job.ended.connect(self._not_busy)
        self.stop.clicked.connect(job.stop)

    def _set_busy(self, busy: bool) -> None:
        self.stop.setVisible(busy)
        for part in (self.folder, self.file):
            part.setEnabled(not busy)
        self.act_button.setEnabled(not busy and bool(self.model.ticked()))

    def _say_progress(self, _done: int, _total: int, words: str) -> None:
        self.counts.setText(words)

    def _not_busy(self) -> None:
        self._set_busy(False)
        self._say_counts()

    def _failed(self, error: Exception) -> None:
        self._being_taken = []
        if isinstance(error, UserError | Conflict):
            self.show_problem(error.message)
            if isinstance(error, Conflict):
                self._read((), "Looking again")
        elif isinstance(error, FileProblem):
            self.show_problem(f"{error.message} {error.next_step}".strip())

    # -- the table ----------------------------------------------------------------------------------------------------------

    def _was_read(self, found: tuple[dict[Path, ReadFile], tuple[ReturnRow, ...], int]) -> None:
        files, rows, others = found
        self._files = files
        self.others.setText(f"{count_of(others, 'other file')} there, and no PDF" if others else "")
        self._show_rows(rows)
        if rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_rows(self, rows: Sequence[ReturnRow]) -> None:
        """What needs a decision stands first. Ready ones are ticked once; a tick stays only with what it was given to."""
        ready = {row.path for row in rows if row.verdict is Verdict.READY}
        before = {path: self.model.row_of(path) for path in self.model.ticked()}
        kept = {row.path for row in rows if row.path in before and row.reasons == before[row.path].reasons and row.verdict in TICKABLE}
        self._setting = True
        self.model.set_rows(sorted(rows, key=_place))
        self.model.clear_ticks()
        self.model.set_ticked(kept | (ready - self._ready_before))
        self._setting = False
        self._ready_before |= ready
        self.middle.setCurrentWidget(self.table if rows else self.nothing)
        self._say_counts()
        if rows and self.table.chosen_id() is None:
            self.table.choose(self.model.id_at(0))
        self._show_chosen(self.table.chosen_id())
        self._say_ticked()

    def _say_counts(self) -> None:
        numbers = Counter(row.verdict for row in self.model.rows())
        self.counts.setText(" · ".join(count_of(numbers[each], *COUNTED[each]) for each in ORDER if numbers[each]))

    def _show_chosen(self, path: object) -> None:
        row = self.model.row_of(path) if path is not None else None
        self.answers.show_row(row, self._held_of(row) if row else None)

    def _held_of(self, row: ReturnRow) -> date | None:
        return self._held.get(row.path) or (row.record.held_on if row.record else None)

    def _keep_held(self, day: object) -> None:
        path = self.table.chosen_id()
        if isinstance(day, date):
            self._held[path] = day
        else:
            self._held.pop(path, None)

    def _read_on(self, _path: object) -> None:
        """Enter goes to what the form says."""
        target = self.answers.held if self.answers.held.isVisible() else self.answers.view
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # -- ticks --------------------------------------------------------------------------------------------------------------

    def _ticked(self) -> None:
        """What cannot be taken in cannot be ticked, and of two returns of one form only one."""
        if self._setting:
            return
        self._setting = True
        rows = [self.model.row_of(path) for path in self.model.ticked()]
        self.model.set_ticked([row.path for row in rows if row.verdict not in TICKABLE], on=False)
        chosen = self.model.row_of(self.table.chosen_id()) if self.table.chosen_id() is not None else None
        for key in {row.form_key for row in rows if row.verdict in TICKABLE}:
            same = [row for row in rows if row.form_key == key and row.verdict in TICKABLE]
            keep = chosen if chosen in same else same[0]
            self.model.set_ticked([row.path for row in same if row is not keep], on=False)
        self._setting = False
        self._say_ticked()

    def _say_ticked(self) -> None:
        number = len(self.model.ticked())
        self.act_button.setText(f"&Take in {count_of(number, 'form')}" if number else "&Take in")
        self.act_button.setEnabled(number > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it is on; elsewhere it takes nothing in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(self.focusWidget(), QPushButton):
                self.focusWidget().click()
        else:
            super().keyPressEvent(event)

    # -- taking in ----------------------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """Ask once, and take in what is ticked; the dialog closes, or stays, when that is on disk."""
        if self.answers.held.isVisible() and not self.answers.day_is_right():
            self.answers.held.setFocus()
            return False
        rows = [self.model.row_of(path) for path in self.model.ticked()]
        if not rows or not messages.ask(self, f"Take in {count_of(len(rows), 'form')}?", _told(rows), act="&Take in"):
            return False
        self._set_busy(True)
        self.stop.hide()  # it is one transaction
        self._being_taken = rows
        work = partial(_take_in, self._school, [self._taken(row) for row in rows])
        job = jobs.run(work, title="Taking in the forms", on_done=self._were_taken, on_error=self._failed, writes=True, quiet=True)
        job.ended.connect(self._not_busy)
        return False

    def reject(self) -> None:
        """Not while forms are being written down: what became of them must be said."""
        if not self._being_taken:
            super().reject()

    def _were_taken(self, changed: int) -> None:
        rows, self._being_taken = self._being_taken, []
        self._hub.notify(f"{count_of(changed, 'returned form')} taken in", _names(rows), undo=changed > 0)
        if any(row not in rows and row.verdict in TICKABLE for row in self.model.rows()):
            self.show_problem("")
            self._read((), "Looking at what is left")
        else:
            self.accept()

    def _taken(self, row: ReturnRow) -> TakenReturn:
        return replace(row.taken, held_on=self._held.get(row.path))


def _place(row: ReturnRow) -> tuple[int, str, str]:
    first = (Verdict.QUESTION, Verdict.TROUBLE, Verdict.READY, Verdict.SAME)
    return first.index(row.verdict), whose(row), row.path.name


def _told(rows: Sequence[ReturnRow]) -> str:
    replaced = sum(any(line.replaces for line in row.lines) for row in rows)
    more = f" In {replaced} of them words that stand in the review are replaced." if replaced else ""
    return f"{_names(rows)}.{more}"


def _names(rows: Sequence[ReturnRow]) -> str:
    names = list(dict.fromkeys(whose(row) for row in rows))
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _take_in(school, returns: Sequence[TakenReturn], _tell: jobs.Tell) -> int:
    return school.do(take_in_returns, returns=returns)


def _read_and_judge(school, known: dict[Path, ReadFile], wanted: Sequence[Path], year: int, tell: jobs.Tell):
    """Read what is new, then judge everything together: two returns of one form may come from two folders."""
    key, others = school.form_key, 0
    paths: list[Path] = []
    for each in wanted:
        inside = _files_in(each)
        pdfs = [path for path in inside if path.suffix.casefold() == ".pdf"] if each.is_dir() else inside
        others += len(inside) - len(pdfs)
        paths += pdfs
    if wanted and not paths:
        raise UserError("There is no PDF in that folder.")
    for number, path in enumerate(paths, 1):
        tell(number - 1, len(paths), f"Reading {number} of {len(paths)}")
        known[path] = read_file(path, key)
    find = partial(_find, school)
    return known, judged(tuple(known.values()), find, file_id=school.file_id, year=year, today=clock.today()), others


def _files_in(path: Path) -> list[Path]:
    """The files of a folder, or the file itself. Raises UserError if the folder cannot be read."""
    try:
        return sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith(".")) if path.is_dir() else [path]
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be opened. Check that the disk or stick is plugged in.") from error


def _find(school, number: str):
    return school.read(review_by_number, number=number)
