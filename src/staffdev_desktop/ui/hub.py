"""The hub: how parts of the window hear of each other without knowing each other. One for each open school, on the main thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from staffdev_desktop.kernel.changed import Changed


class Hub(QObject):
    """What tabs and panels connect to, and what they emit.

    `changed(Changed)` comes on the main thread after each commit, whichever thread made it. To go somewhere, emit `open_person(id)`,
    `open_review(id)` or `meeting_requested(review_id)`. `year_changed(year)` follows the picker in the header; `year` is the academic
    year picked. `notify` shows a message at the bottom left.
    """

    changed = Signal(object)
    notified = Signal(str, str, str, str)  # title, detail, verb of undo or "", kind
    open_person = Signal(int)
    open_review = Signal(int)
    reviews_requested = Signal(object)  # a tuple of review ids for the board to show
    cpd_requested = Signal(str, object)  # a view of the tab ‘CPD portfolio’, and what of it: (‘log’, a person’s id)
    meeting_requested = Signal(int)
    handover_requested = Signal(int)  # the same, and the PC is given to the reviewer and the member of staff
    interest_requested = Signal(int)  # a review, of which leadership interest is noted
    year_changed = Signal(int)
    tab_requested = Signal(str)  # the folder of a tab: ‘staff’, ‘pdr’
    settings_requested = Signal(str)  # a page of the settings, or "" for the first
    backup_requested = Signal()
    backed_up = Signal()
    _committed = Signal(object)

    def __init__(self, year: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._year = year
        self._stop: Callable[[], None] | None = None
        self._committed.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def year(self) -> int:
        """The academic year picked in the header: 2026 stands for 2026/27."""
        return self._year

    def set_year(self, year: int) -> None:
        """Pick another academic year."""
        if year != self._year:
            self._year = year
            self.year_changed.emit(year)

    def follow(self, school) -> None:
        """Pass on what this school commits, from whichever thread."""
        self.let_go()
        self._stop = school.subscribe(self._committed.emit)

    def let_go(self) -> None:
        """Stop following the school, before it is closed."""
        if self._stop:
            self._stop()
            self._stop = None

    def notify(self, title: str, detail: str = "", undo: bool | str = False, kind: str = "ok") -> None:
        """Say that something was done. `undo` offers to put the last change back (True, or its own verb: ‘Undo stage’).

        `kind` is ok, warn, late or info. Say it only once what was done is on disk.
        """
        verb = undo if isinstance(undo, str) else "Undo" if undo else ""
        self.notified.emit(title, detail, verb, kind)

    @Slot(object)
    def _pass_on(self, changed: Changed) -> None:
        self.changed.emit(changed)
