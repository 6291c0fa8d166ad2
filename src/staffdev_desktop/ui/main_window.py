"""The main window: header, tabs, a page, the status line. It wires parts together and decides nothing about people or reviews."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.pdr.queries import form_use
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.closing import Closing
from staffdev_desktop.ui.header import Header
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.idle import Idle
from staffdev_desktop.ui.key_holders import KeyHolderBanner
from staffdev_desktop.ui.meeting_mode import MeetingMode
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.progress import Progress
from staffdev_desktop.ui.search import Hit, SearchResults
from staffdev_desktop.ui.search_providers import providers_for
from staffdev_desktop.ui.status import StatusLine
from staffdev_desktop.ui.tab_pages import TabPages
from staffdev_desktop.ui.tab_table import TABS, TabEntry
from staffdev_desktop.ui.tabs import Tabs, TabStrip
from staffdev_desktop.ui.undoing import Undoing
from staffdev_desktop.ui.widgets.notification import Notification

FIRST_SIZE = (1366, 689)


@dataclass(frozen=True)
class Place:
    """Where somebody was: which tab, which record in it, which year, which meeting. So the screen lock can open there again."""

    tab: str = ""
    within: object = None
    year: int = 0
    meeting: int | None = None
    handed_over: bool = False


class MainWindow(QMainWindow):
    """An open school file on screen. `lock_asked(words)` and `left` tell the program to close the school."""

    lock_asked = Signal(str)
    left = Signal()

    def __init__(self, school: School, pc: PcSettings, *, place: Place | None = None, tabs: Sequence[TabEntry] = TABS) -> None:
        super().__init__()
        self.school, self.pc = school, pc
        self.hub = Hub(place.year if place and place.year else year_of(clock.today()), self)
        self._may_close = False
        self.pages = TabPages(school, self.hub, tabs, self)
        self._build()
        self.hub.follow(school)
        self._wire()
        self._show_school()
        self.closing = Closing(self, school, pc, self.hub)
        self.undoing = Undoing(school, self.hub, self)
        self.status.set_backup(self.closing.last_backup())
        self.idle = Idle(self)
        self.idle.expired.connect(self._idle_too_long)
        if pc.window:
            self.restoreGeometry(QByteArray.fromHex(pc.window.encode()))
        else:
            self.resize(*FIRST_SIZE)
        self.go_to(place or Place())

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowIcon(theme.icon("crest", "accent"))
        actor, practice = self.school.actor, self.school.practice
        succession = self.school.has_restricted_key and actor.may(Permission.SEE_SUCCESSION)
        self.header = Header(actor.name, str(actor.role), practice=practice, succession=succession, parent=self)
        self.tab_bar = Tabs(self)
        self.banner = KeyHolderBanner(self.school, self.hub, self)
        for entry in self.pages.entries:
            self.tab_bar.add(entry.title, entry.icon)
        self.frame = QWidget(self)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, TabStrip(self.tab_bar, self.frame), self.banner):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        self.content = QStackedWidget(self)
        self.content.addWidget(self.frame)
        self.setCentralWidget(self.content)
        self.status = StatusLine(self.school.path.name, self)
        self.setStatusBar(self.status)
        self.results = SearchResults(self.header.search, self, providers_for(self.school))
        self.notification = Notification(self)
        self.progress = Progress(self, self.content)
        self.meeting = MeetingMode(self)

    def _wire(self) -> None:
        self.tab_bar.currentChanged.connect(self._tab_picked)
        self.header.year_picked.connect(self.hub.set_year)
        self.header.lock_asked.connect(self.lock)
        self.header.settings_asked.connect(self.open_settings)
        self.header.backup_asked.connect(self.back_up)
        self.header.interest_asked.connect(self._open_interests)
        self.results.chosen.connect(self._open_hit)
        self.notification.undone.connect(self.undo)
        hub = self.hub
        hub.notified.connect(self._notify)
        hub.year_changed.connect(self.header.years.set_value)
        hub.changed.connect(self._changed)
        hub.open_person.connect(self._open_person)
        hub.open_review.connect(self._open_review)
        hub.reviews_requested.connect(self._show_reviews)
        hub.cpd_requested.connect(self._show_cpd)
        hub.meeting_requested.connect(self.meeting.start)
        hub.interest_requested.connect(self._open_interest)
        hub.handover_requested.connect(self.meeting.start_handed_over)
        hub.tab_requested.connect(self.show_tab)
        hub.settings_requested.connect(self.open_settings)
        hub.backup_requested.connect(self.back_up)
        hub.backed_up.connect(self._backed_up)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock)
        outside = [("Ctrl+K", self._focus_search), ("Ctrl+Z", self.undo), ("Ctrl+,", self.open_settings)]
        outside += [(f"Ctrl+{number + 1}", self._tab_by_key(number)) for number in range(len(self.pages.entries))]
        self.meeting.shortcuts = [QShortcut(QKeySequence(keys), self, do) for keys, do in outside]
        QShortcut(QKeySequence("F6"), self, self._next_panel)
        QShortcut(QKeySequence("Shift+F6"), self, self._previous_panel)

    def _tab_by_key(self, number: int):
        def go() -> None:
            self.tab_bar.setCurrentIndex(number)
            self.pages.currentWidget().focus_first()

        return go

    def _show_school(self) -> None:
        found = self.school.read(settings.school)
        self.setWindowTitle(f"{found.name}{' (practice)' if self.school.practice else ''} – Staff Development")
        self.header.set_school(found.name, self.school.read(settings.logo))
        entered = {term.year for term in self.school.read(settings.calendar).terms}
        years = sorted(entered | {self.hub.year, year_of(clock.today())}, reverse=True)
        self.header.set_years(years, self.hub.year)

    # -- tabs -----------------------------------------------------------------------------------------------------------

    def show_tab(self, name: str) -> QWidget | None:
        """Go to a tab. Returns it; None if there is none for this user, or if the one at hand cannot be left."""
        place = self.pages.place_of(name)
        if place == self.tab_bar.currentIndex():
            self._tab_picked(place)
        elif place >= 0:
            self.tab_bar.setCurrentIndex(place)
        return self.pages.tab(name) if place >= 0 and self.pages.currentIndex() == place else None

    @Slot(int)
    def _tab_picked(self, place: int) -> None:
        shown = self.pages.currentIndex()
        if place < 0 or (place == shown and self.pages.entries[place].name in self.pages.built):
            return
        try:
            self.pages.show_place(place)
        except (UserError, Conflict, FileProblem) as error:
            self.tab_bar.setCurrentIndex(shown)
            messages.problem(self, error)

    def _open_hit(self, hit: Hit) -> None:
        if hit.kind == "review":
            self.hub.open_review.emit(hit.id)
        else:
            self.hub.open_person.emit(hit.id)

    def _open_person(self, person_id: int) -> None:
        if tab := self.show_tab("staff"):
            tab.open_person(person_id)

    def _open_review(self, review_id: int) -> None:
        if tab := self.show_tab("pdr"):
            tab.open_review(review_id)

    def _show_reviews(self, review_ids: tuple[int, ...]) -> None:
        tab = self.show_tab("pdr")
        if tab is not None:
            tab.show_reviews(review_ids)

    def _show_cpd(self, view: str, what: object) -> None:
        if tab := self.show_tab("cpd"):
            tab.show_view(view, what)

    # -- saving, undoing, leaving --------------------------------------------------------------------------------------------

    def commit_drafts(self) -> bool:
        """Save what is being typed everywhere. False, with a sentence on screen, if something could not be saved."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()  # text in an open cell editor is not yet in the model (DESIGN section 10)
        try:
            for part in (*self.pages.built.values(), self.meeting.screen):
                if hasattr(part, "commit"):
                    part.commit()
        except (UserError, Conflict, FileProblem) as error:
            messages.problem(self, error)
            return False
        return True

    def undo(self) -> None:
        """Put the last change back."""
        self.undoing.put_back()

    def lock(self) -> None:
        """Ctrl+L."""
        self._lock(f"Locked at {clock.now():%H:%M}")

    def _idle_too_long(self, minutes: int) -> None:
        self._lock(f"Locked at {clock.now():%H:%M}, after {minutes} minutes without use")

    def _lock(self, words: str) -> None:
        if self.commit_drafts():
            self.lock_asked.emit(words)
        else:
            self.idle.begin()

    def place(self) -> Place:
        """Where somebody is now."""
        current, entries = self.pages.currentWidget(), self.pages.entries
        name = entries[self.pages.currentIndex()].name if entries else ""
        within = current.place() if hasattr(current, "place") else None
        return Place(name, within, self.hub.year, self.meeting.review_id, self.meeting.handed_over)

    def go_to(self, place: Place) -> None:
        """Open where somebody was; the first tab to begin with."""
        if self.pages.entries:
            tab = self.show_tab(place.tab) or self.show_tab(self.pages.entries[0].name)
            if place.within is not None and hasattr(tab, "go_to"):
                tab.go_to(place.within)
            tab.focus_first()
        if place.meeting is not None:
            self.meeting.start(place.meeting, handed_over=place.handed_over)

    def back_up(self) -> None:
        """Back up now."""
        if self.commit_drafts():
            self.closing.back_up(self._said_backed_up)

    def _said_backed_up(self) -> None:
        self.hub.notify("Backed up and checked", str(self.pc.backups_to))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ignore first: an exception in here would close the window (DESIGN section 10). Then save, back up, and close for good."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        QTimer.singleShot(0, self._begin_closing)  # a window cannot be closed again from within its own closing

    def _begin_closing(self) -> None:
        if self.meeting.handed_over:
            self.meeting.screen.leave()  # the PC is taken back first
        elif self.commit_drafts():
            self.closing.begin(self._leave)

    def _leave(self) -> None:
        self.remember_window()
        self._may_close = True
        self.close()
        self.left.emit()

    def remember_window(self) -> None:
        """Keep the window's place for the next time."""
        self.pc.window = bytes(self.saveGeometry().toHex()).decode()

    # -- what the rest of the program says ------------------------------------------------------------------------------------

    def _notify(self, title: str, detail: str, undo: str, kind: str) -> None:
        if self.meeting.screen is None:
            self.notification.say(title, detail, kind=kind, undo=undo)

    def _changed(self, changed: Changed) -> None:
        if changed.touches("school_settings", "term", "closure"):
            self._show_school()

    def _backed_up(self) -> None:
        self.status.set_backup(self.closing.last_backup())

    def open_settings(self, page: str = "") -> None:
        """Open the settings, on a page if one is named; ‘forms’ have a window of their own."""
        from staffdev_desktop.ui.forms.window import FormsWindow
        from staffdev_desktop.ui.settings.dialog import SettingsDialog

        if self.meeting.screen is not None:
            return
        may = self.school.actor.may(Permission.CHANGE_SETTINGS)
        if may and page == "forms":
            messages.show(FormsWindow(self.school, self, in_use=self._forms_in_use))
        elif may:
            messages.show(SettingsDialog(self.school, self.hub, self.pc, page=page, parent=self))
        else:
            self.hub.notify("Only the school business manager or the headteacher can change the settings.", kind="info")

    def _open_interests(self) -> None:
        self._open_interest(None)

    def _open_interest(self, review_id: int | None) -> None:
        """Leadership interest of one review, or the whole list."""
        from staffdev_desktop.ui.succession.interest import InterestDialog, InterestList

        if self.meeting.screen is not None:
            return
        try:
            of_one = review_id is not None
            dialog = InterestDialog(self.school, self.hub, review_id, self) if of_one else InterestList(self.school, self.hub, self)
        except UserError as error:
            messages.problem(self, error)
        else:
            messages.show(dialog)

    def _forms_in_use(self):
        return self.school.read(form_use.running_reviews)

    def _focus_search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _next_panel(self) -> None:
        self._step_panel(1)

    def _previous_panel(self) -> None:
        self._step_panel(-1)

    def _step_panel(self, step: int) -> None:
        from staffdev_desktop.ui.panels import go_to_next_panel

        page = self.meeting.screen or self.pages.currentWidget()
        ends = [] if self.meeting.screen else [self.header.search, self.tab_bar]
        go_to_next_panel(page, ends, step)
