"""Autosave: what is typed in a meeting is on disk within a second, and stays on screen whatever happens."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from staffdev_desktop.formkit import is_date
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.pdr.services import words
from staffdev_desktop.school import ReviewDoor

DELAY = 600  # ms from the first unsaved key; a kill -9 may cost two seconds of words at most (DESIGN section 8)
DATES = ("by_when", "agreed_on")
RETRY = 4000  # ms after a fault of the disk


class Autosave(QObject):
    """Keeps the newest value of each field that is not on disk yet, and writes it through the review's own door.

    `saved(moment)` after a write; `refused(field, sentence)` where an answer cannot be taken; `failed(sentence)` for a fault of the
    disk, after which it tries again by itself.
    """

    saved = Signal(object)
    refused = Signal(str, str)
    accepted = Signal(str)
    failed = Signal(str)

    def __init__(self, door: ReviewDoor, revisions: Mapping[str, int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._revisions = dict(revisions)
        self._waiting: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    @property
    def waiting(self) -> bool:
        """Whether anything is typed that is not on disk."""
        return bool(self._waiting)

    def waits_for(self, field: str) -> bool:
        """Whether this field is typed and not on disk yet."""
        return field in self._waiting

    def note(self, field: str, value: object) -> None:
        """A field was edited: save it soon. The clock is not set back by more typing."""
        self._waiting[field] = value
        if not self._timer.isActive():
            self._timer.start(DELAY)

    def save(self) -> None:
        """Write what waits. Faults are told by signals; what could not be written goes on waiting."""
        try:
            self.commit()
        except FileProblem as problem:
            self.failed.emit(f"Not saved. {problem.message} {problem.next_step}")
            self._timer.start(RETRY)
        except (UserError, Conflict):
            pass  # said beside the field

    def commit(self) -> None:
        """Write what waits, now. Raises UserError, Conflict, FileProblem; nothing that was typed is dropped."""
        self._timer.stop()
        refused: list[tuple[str, UserError | Conflict]] = []
        wrote = False
        for field, value in tuple(self._waiting.items()):
            try:
                self._write(field, value)
            except (UserError, Conflict) as error:
                refused.append((field, error))
                wrote = self._write_the_rest(field, value) or wrote
            else:
                wrote = True
                if self._waiting.get(field) is value:
                    del self._waiting[field]
                self.accepted.emit(field)
        if wrote:
            self.saved.emit(clock.now())
        for field, error in refused:  # last, so that ‘Saved’ never stands over words that are not
            self.refused.emit(field, error.message)
        if refused:
            raise refused[0][1]

    def _write_the_rest(self, field: str, value: Any) -> bool:
        """A date that is not one yet must not keep the words beside it off the disk. The whole answer goes on waiting."""
        if not isinstance(value, list):
            return False
        rows = [{key: "" if key in DATES and not is_date(str(each[key])) else each[key] for key in each} for each in value]
        try:
            self._write(field, rows)
        except (UserError, Conflict):
            return False
        return True

    def _write(self, field: str, value: Any) -> None:
        known = self._revisions.get(field)
        saved = self._door.do(words.save_answer, review_id=self._door.review_id, field=field, value=value, revision=known)
        if saved:
            self._revisions[field] = saved
