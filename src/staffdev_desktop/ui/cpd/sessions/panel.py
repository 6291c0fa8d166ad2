"""Sessions and programmes: the year’s calendar, who is on which programme, topics asked for."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.sessions.calendar_page import CalendarPage
from staffdev_desktop.ui.cpd.sessions.printing import SessionsPrinter
from staffdev_desktop.ui.cpd.sessions.programmes_page import ProgrammesPage
from staffdev_desktop.ui.cpd.sessions.topics_page import TopicsPage
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.segments import Segments

CALENDAR, PROGRAMMES, TOPICS = "calendar", "programmes", "topics"
PRINTS = {
    CALENDAR: (
        ("&Calendar of the year, on one page…", "print_calendar"),
        ("Calendar as a &spreadsheet…", "save_sessions"),
        ("Save the year for &Outlook or a telephone…", "save_calendar"),
    ),
    PROGRAMMES: (
        ("&Progress of those shown, on paper…", "print_progress"),
        ("Programmes of this pe&rson, on paper…", "print_person"),
        ("Progress as a &spreadsheet…", "save_progress"),
    ),
}


class SessionsPanel(CpdPanel):
    """`go_to` takes CALENDAR, PROGRAMMES or TOPICS, or one of these with an id: (CALENDAR, a session), (PROGRAMMES, an enrolment)."""

    kinds = (
        "cpd_session", "session_place", "topic_request", "programme", "programme_module", "cohort", "enrolment", "module_progress",
        "cpd_kind", "entry", "entry_evidence", "entry_check", "person", "holding", "post", "staff_group", "term", "closure",
        "diagnostic_area", "learning_group", "research",
    )  # fmt: skip

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.printer = SessionsPrinter(school, hub, self)
        self._build()
        self._wire()
        self._show_page(CALENDAR)

    def _build(self) -> None:
        self.page = Segments([(CALENDAR, "C&alendar"), (PROGRAMMES, "&Programmes"), (TOPICS, "Topics asked &for")], "Page", self)
        self.calendar = CalendarPage(self._school, self._hub, self.printer, self.may_run, self)
        self.programmes = ProgrammesPage(self._school, self._hub, self.may_run, self)
        self.topics = TopicsPage(self._school, self._hub, self.may_run, self)
        self._pages = {CALENDAR: self.calendar, PROGRAMMES: self.programmes, TOPICS: self.topics}
        self.stack = QStackedWidget(self)
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.drop_in = PlainButton("&Quick drop-in…", parent=self)
        self.prints = {
            key: more_button("Pr&int or save", "Print or save", entries, self._print_chosen, self) for key, entries in PRINTS.items()
        }
        self.new = {
            CALENDAR: PrimaryButton("Pla&n a session…", "plus", self),
            PROGRAMMES: PrimaryButton("E&nrol people…", "plus", self),
            TOPICS: PrimaryButton("&Note a topic…", "plus", self),
        }
        self.tools.layout().addStretch(1)
        self.add_tools(self.drop_in, *self.prints.values(), *self.new.values())
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.page)
        top.addWidget(self.calendar.strip, 1)
        top.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.stack, 1)

    def _wire(self) -> None:
        self.page.edited.connect(self._page_chosen)
        self.drop_in.clicked.connect(self._plan_drop_in)
        self.new[CALENDAR].clicked.connect(self._plan)
        self.new[PROGRAMMES].clicked.connect(self.programmes.enrol)
        self.new[TOPICS].clicked.connect(self.topics.note)
        self.topics.plan_wanted.connect(self._plan_topic)
        self.topics.session_wanted.connect(self._show_session)
        self.programmes.log_wanted.connect(self._show_log)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is shown."""
        self._pages[self.page.value()].refresh()

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self._pages[self.page.value()].focus_first()

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        page = self._pages[self.page.value()]
        return [self.page, page.find, page.table, *([page.card] if page is not self.topics else ())]

    def place(self) -> object:
        """The page, and what is chosen on it."""
        key = self.page.value()
        return key, self._pages[key].table.chosen_id()

    def go_to(self, what: object) -> None:
        """A page, with what is to be chosen on it."""
        key, chosen = what if isinstance(what, tuple) else (what, None)
        self._show_page(key)
        self.refresh()
        if chosen is None:
            return
        if key == CALENDAR:
            self.calendar.show_session(chosen)
        elif key == PROGRAMMES:
            self.programmes.show_enrolment(chosen)
        else:
            self.topics.table.choose(chosen)

    def print_shown(self) -> None:
        """Ctrl+P: the calendar, or how far those shown are."""
        if self.page.value() == PROGRAMMES:
            self.print_progress()
        else:
            self.print_calendar()

    def add_new(self) -> None:
        """Ctrl+N."""
        if self.may_run:
            self.new[self.page.value()].click()

    # -- pages ----------------------------------------------------------------------------------------------------------

    def _page_chosen(self, key: object) -> None:
        self._show_page(key)
        self.refresh()
        self.focus_first()

    def _show_page(self, key: object) -> None:
        self.page.set_value(key)
        self.stack.setCurrentWidget(self._pages[key])
        self.calendar.strip.setVisible(key == CALENDAR)
        self.drop_in.setVisible(self.may_run and key == CALENDAR)
        for buttons, allowed in ((self.prints, True), (self.new, self.may_run)):
            for each, button in buttons.items():
                button.setVisible(allowed and each == key)

    def _show_session(self, session_id: object) -> None:
        self.go_to((CALENDAR, session_id))

    def _show_log(self, person_id: object) -> None:
        self.wanted.emit("log", person_id)

    def _plan(self) -> None:
        self.calendar.plan()

    def _plan_drop_in(self) -> None:
        self.calendar.plan(drop_in=True)

    def _plan_topic(self, topic: object) -> None:
        self.calendar.plan(topic=topic)

    # -- printing -------------------------------------------------------------------------------------------------------

    def _print_chosen(self) -> None:
        getattr(self, self.sender().data())()

    def print_calendar(self) -> None:
        """The whole year on one page."""
        self.calendar.refresh()
        self.printer.print_calendar(self.calendar.year_rows(), self._hub.year)

    def save_sessions(self) -> None:
        """The sessions shown as a spreadsheet."""
        self.printer.save_sessions(self.calendar.rows(), self._hub.year)

    def save_calendar(self) -> None:
        """The whole year for a calendar."""
        self.printer.save_calendar(self.calendar.year_rows(), self._hub.year)

    def print_progress(self) -> None:
        """How far those shown are."""
        self.printer.print_progress(self.programmes.found(), self._hub.year)

    def print_person(self) -> None:
        """The programmes of whoever is chosen."""
        if rows := self.programmes.rows_of_chosen():
            self.printer.print_person(rows, self._hub.year)

    def save_progress(self) -> None:
        """How far those shown are, as a spreadsheet."""
        self.printer.save_progress(self.programmes.rows(), self._hub.year)
