"""Words typed about an area are on disk within a second, and stay on screen whatever happens."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from staffdev_desktop.cpd.diagnostic.services.ratings import write_rating, write_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError

DELAY, RETRY = 600, 4000  # ms, as in a meeting
WORDS = "words"  # what both agree as a whole: it belongs to no area
Place = tuple[int, int, str]  # a diagnostic, an area, what of it


class AreaSaving(QObject):
    """Keeps the newest value of each thing that is not on disk yet. `saved(moment)` after a write, `refused(sentence)` when it failed."""

    saved = Signal(object)
    refused = Signal(str)

    def __init__(self, school, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._school = school
        self._waiting: dict[Place, object] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    def waits_for(self, place: Place) -> bool:
        """Whether this is typed and not on disk yet: what is read may not be put over it."""
        return place in self._waiting

    def note(self, place: Place, value: object) -> None:
        """Something was typed: save it soon. More typing does not set the clock back."""
        self._waiting[place] = value
        if not self._timer.isActive():
            self._timer.start(DELAY)

    def now(self, place: Place, value: object) -> bool:
        """Write one thing at once, as keys and buttons do. Whether it is on disk."""
        self._waiting[place] = value
        return self._said(self.commit)

    def save(self) -> None:
        """Write what waits; what goes wrong is said by `refused`."""
        self._said(self.commit)

    def commit(self) -> None:
        """Write what waits, now. Raises UserError, Conflict, FileProblem; what could not be written goes on waiting but for a UserError."""
        self._timer.stop()
        wrote = False
        for place, value in tuple(self._waiting.items()):
            diagnostic_id, area_id, field = place
            try:
                if field == WORDS:
                    self._school.do(write_words, diagnostic_id=diagnostic_id, words=value)
                else:
                    self._school.do(write_rating, diagnostic_id=diagnostic_id, area_id=area_id, field=field, value=value)
            except UserError:
                del self._waiting[place]  # it would be refused again and again; the screen still has it
                raise
            wrote = True
            if self._waiting.get(place) is value:
                del self._waiting[place]
        if wrote:
            self.saved.emit(clock.now())

    def _said(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except (UserError, Conflict) as error:
            self.refused.emit(error.message)
        except FileProblem as error:
            self.refused.emit(f"{error.message} {error.next_step}")
            self._timer.start(RETRY)
        else:
            return True
        return False
