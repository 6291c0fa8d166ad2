"""Ctrl+Z: the last change is put back; a large one, such as an import, on the worker thread, so that the window lives on."""

from PySide6.QtCore import QObject

from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.hub import Hub

MOST_AT_ONCE = 100  # rows: about 50 ms


class Undoing(QObject):
    """Puts back, and says what became of it."""

    def __init__(self, school: School, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub

    def put_back(self) -> None:
        """Put the last change of this sitting back."""
        last = self._school.undoable()
        if last is not None and last.rows > MOST_AT_ONCE:
            school = self._school
            title = "Putting the last change back"
            jobs.run(lambda _tell: school.undo(), title=title, on_done=self._done, on_error=self._failed, writes=True)
            return
        try:
            self._school.undo()
        except (UserError, Conflict, FileProblem) as error:
            self._failed(error)
        else:
            self._done()

    def _done(self, _last: object = None) -> None:
        self._hub.notify("The last change was put back")

    def _failed(self, error: Exception) -> None:
        self._hub.notify(str(getattr(error, "message", error)), kind="warn")
