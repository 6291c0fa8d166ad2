"""The view ‘Diagnostic’: the board of a round, one person’s trend, agreed CPD, the loop, ideas for drop-ins."""

from collections.abc import Callable
from operator import itemgetter

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.diagnostic.queries import rounds
from staffdev_desktop.cpd.diagnostic.rows import RoundRow
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.cpd.diagnostic.agreed_page import AgreedPage
from staffdev_desktop.ui.cpd.diagnostic.area_dialogs import AreasDialog
from staffdev_desktop.ui.cpd.diagnostic.board_page import BoardPage
from staffdev_desktop.ui.cpd.diagnostic.grid_page import GridPage
from staffdev_desktop.ui.cpd.diagnostic.ideas_page import IdeasPage
from staffdev_desktop.ui.cpd.diagnostic.loop_page import LoopPage
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.cpd.diagnostic.person_page import MOST_TERMS, PersonPage
from staffdev_desktop.ui.cpd.diagnostic.record_page import RecordPage
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import ChoiceField
from staffdev_desktop.ui.widgets.segments import Segments

BOARD, PERSON, AGREED, LOOP, IDEAS, RECORD, GRID = "board", "person", "agreed", "loop", "ideas", "record", "grid"
WHOLE = (RECORD, GRID)  # pages that are left again: nothing else is at hand beside them
SEGMENTS = ((BOARD, "&Board"), (PERSON, "O&ne person"), (AGREED, "&Agreed CPD"), (LOOP, "The loo&p"), (IDEAS, "Ideas &for drop-ins"))


class _PersonChoice(ChoiceField):
    """Gives way where the sub-tabs need the room."""

    def sizeHint(self) -> QSize:
        """Room for a name and a post."""
        return QSize(theme.px(280), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a name."""
        return QSize(theme.px(110), super().minimumSizeHint().height())


class DiagnosticPanel(CpdPanel):
    """Pages over one round, or over one person."""

    kinds = (
        "diagnostic",
        "diagnostic_round",
        "diagnostic_rating",
        "diagnostic_set",
        "diagnostic_set_group",
        "diagnostic_area",
        "agreed_cpd",
        "entry",
        "entry_check",
        "cpd_session",
        "person",
        "holding",
        "employment",
    )

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._rounds: tuple[RoundRow, ...] = ()
        self._came_from = BOARD
        self.printer = ReportPrinter(school, hub, self)
        self._sees_all = school.actor.may(Permission.SEE_ALL_CPD)
        self._makers: dict[str, Callable[..., Page]] = {
            BOARD: BoardPage,
            PERSON: PersonPage,
            AGREED: AgreedPage,
            LOOP: LoopPage,
            IDEAS: IdeasPage,
            RECORD: RecordPage,
            GRID: GridPage,
        }
        self._pages: dict[str, Page] = {}
        self._build()

    def _build(self) -> None:
        self.choose = Segments([each for each in SEGMENTS if each[0] != IDEAS or self._sees_all], "What is shown", self)
        self.choose.edited.connect(self._chosen)
        self.round = ChoiceField(parent=self)
        self.round.setAccessibleName("Round")
        self.round.setMinimumWidth(theme.px(140))
        self.round.edited.connect(self._round_chosen)
        self.person = _PersonChoice(parent=self)
        self.person.setAccessibleName("Person")
        self.person.edited.connect(self._person_chosen)
        self.terms = ChoiceField(MOST_TERMS, self)
        self.terms.setAccessibleName("How many terms")
        self.terms.set_value(MOST_TERMS[0][0])
        self.terms.edited.connect(self._person_chosen)
        self.areas = PlainButton("Areas…", "pen", self)
        self.areas.clicked.connect(self.edit_areas)
        self.print = PlainButton("Print…", "print", self)
        self.print.clicked.connect(self.print_shown)
        self.add_tools(self.round, self.areas, self.person, self.terms, self.print)
        self.middle = QStackedWidget(self)
        self._top = QWidget(self)
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.choose)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._top)
        column.addWidget(self.middle, 1)
        self.choose.set_value(BOARD)
        self._show(BOARD)

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Which page is shown."""
        return next(key for key, page in self._pages.items() if page is self.middle.currentWidget())

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self.key]

    def page_of(self, key: str) -> Page:
        """A page, made when it is first wanted."""
        if key not in self._pages:
            made = self._makers[key](self._school, self._hub, self.printer, self)
            made.wanted.connect(self._asked)
            self._pages[key] = made
            self.middle.addWidget(made)
        return self._pages[key]

    def refresh(self) -> None:
        """Read the rounds and the people, and have the page shown read what it shows."""
        self._rounds = self._school.read(rounds.rounds)
        chosen = self.round.value()
        self.round.set_choices([(each.id, each.name) for each in self._rounds])
        if chosen not in [each.id for each in self._rounds]:
            self.round.set_value(self._newest())
        self.round.setVisible(bool(self._rounds) and self.key not in (*WHOLE, PERSON))
        known = self._school.read(log.people)
        self.person.set_choices([(each.id, f"{each.name}, {each.posts}" if each.posts else each.name) for each in known])
        self._reload()

    def _newest(self) -> int | None:
        """The newest round of the year in the header, else the newest of all."""
        ids = [each.id for each in self._rounds if each.year == self._hub.year] or [each.id for each in self._rounds]
        return ids[0] if ids else None

    def _year_changed(self, year: int) -> None:
        self.round.set_value(self._newest())
        super()._year_changed(year)

    def _reload(self) -> None:
        page = self.page
        if isinstance(page, PersonPage):
            page.show_person(self.person.value(), self.terms.value())
        else:
            page.show_round(next((each for each in self._rounds if each.id == self.round.value()), None))

    def commit(self) -> None:
        """Save what is being typed."""
        for page in self._pages.values():
            page.commit()

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        self.page.focus_first()

    def place(self) -> object:
        """Which page, round and person."""
        key = self._came_from if self.key == GRID else self.key
        return key, self.round.value(), self.person.value(), self.page_of(RECORD).diagnostic_id if key == RECORD else None

    def go_to(self, what: object) -> None:
        """A place as `place` gives it, or somebody’s id: their trend."""
        if self._stale:
            self._stale = False
            self.refresh()
        if isinstance(what, tuple):
            key, round_id, person_id, diagnostic_id = what
            self.round.set_value(round_id)
            self.person.set_value(person_id)
            if key == RECORD:
                self._record(diagnostic_id)
                return
        else:
            key = PERSON
            self.person.set_value(what)
        self.choose.set_value(key)
        self._show(key)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [*(() if self.key in WHOLE else (self.choose,)), *self.page.panels()]

    def print_shown(self) -> None:
        """Ctrl+P: the paper of what is shown."""
        self.page.print_shown()

    def add_new(self) -> None:
        """Ctrl+N: a round."""
        self.page_of(BOARD).start_round()

    def edit_areas(self) -> None:
        """The sets of areas, to be edited."""
        messages.show(AreasDialog(self._school, self._hub, self))

    # -- going from page to page ----------------------------------------------------------------------------------------

    def _show(self, key: str) -> None:
        page = self.page_of(key)
        self.middle.setCurrentWidget(page)
        whole = key in WHOLE
        self._top.setVisible(not whole)
        shown = {
            self.round: not whole and key != PERSON and bool(self._rounds),
            self.areas: self.may_run and not whole and key != PERSON,
            self.person: key == PERSON,
            self.terms: key == PERSON,
            self.print: key in (PERSON, IDEAS),  # the other pages have a menu of papers
        }
        for widget, seen in sorted(shown.items(), key=itemgetter(1)):  # what goes goes first: there is no room for all of them
            widget.setVisible(seen)
        if not self._stale:
            self._reload()

    def _chosen(self, key: object) -> None:
        somebody = self.page.person_here()
        if key == PERSON and somebody is not None:
            self.person.set_value(somebody)
        self._show(str(key))
        self.focus_first()

    def _round_chosen(self, _value: object) -> None:
        self._reload()

    def _person_chosen(self, _value: object) -> None:
        self._reload()

    def _asked(self, verb: str, what: object) -> None:
        """What a page wants."""
        doors = {"record": self._record, "grid": self._grid, "person": self.go_to, "round": self._to_round, "back": self._back}
        doors[verb](what)

    def _record(self, diagnostic_id: int) -> None:
        self._came_from = self.key if self.key not in WHOLE else self._came_from
        self.page_of(RECORD).show_diagnostic(diagnostic_id)
        self._show(RECORD)
        self.focus_first()

    def _grid(self, _what: object) -> None:
        self._came_from = BOARD
        self._show(GRID)
        self.focus_first()

    def _to_round(self, round_id: int) -> None:
        self._rounds = self._school.read(rounds.rounds)
        self.round.set_choices([(each.id, each.name) for each in self._rounds])
        self.round.set_value(round_id)
        self._reload()

    def _back(self, _what: object) -> None:
        self.choose.set_value(self._came_from)
        self._show(self._came_from)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focus_first()
