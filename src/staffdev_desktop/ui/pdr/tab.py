"""The tab ‘PDR meetings’: the cycle board, the calendar, the chase list, and the way into a meeting."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, CycleRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.pdr.actions import Actions
from staffdev_desktop.ui.pdr.board import BoardPanel
from staffdev_desktop.ui.pdr.calendar_panel import CalendarPanel
from staffdev_desktop.ui.pdr.chase import ChasePanel
from staffdev_desktop.ui.pdr.during.calendar_dialog import calendar_of_year
from staffdev_desktop.ui.pdr.during.interim_panel import InterimPanel
from staffdev_desktop.ui.pdr.filters import FilterRow
from staffdev_desktop.ui.pdr.models import BoardFilter
from staffdev_desktop.ui.pdr.outcomes.needs_panel import NeedsPanel
from staffdev_desktop.ui.pdr.outcomes.progress_panel import ProgressPanel
from staffdev_desktop.ui.pdr.review_panel import ReviewPanel
from staffdev_desktop.ui.pdr.verbs import next_verb, verbs_for
from staffdev_desktop.ui.when_seen import WhenSeen
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.mnemonics import with_letter
from staffdev_desktop.ui.widgets.segments import Segments

BOARD, CALENDAR, INTERIM, NEEDS, FIGURES = "board", "calendar", "interim", "needs", "figures"
SIDE_WIDTH, CHASE_BELOW, REVIEW_BELOW = 284, 132, 210  # px at the text size chosen; where the board needs the width they go under it
SIDES, ENDS, GAP = 16, 12, 12
KINDS = ("review", "cycle", "person", "target", "statement", "statement_copy", "contributor", "staff_group", "answer", "need")


class Tab(QWidget):
    """Shows the reviews of the academic year picked in the header."""

    title, icon_name = "PDR &meetings", "pdr"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._school, self._hub = school, hub
        self._may_run = school.actor.may(Permission.RUN_CYCLE)
        self._may_note = school.has_restricted_key and school.actor.may(Permission.SEE_SUCCESSION)
        self.actions = Actions(school, hub, self)
        self._build()
        self._wire()
        self.refresh()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        views = [(BOARD, "Cycle boar&d"), (CALENDAR, "Cale&ndar"), (INTERIM, "&Interim meetings")]
        if self._may_run:
            views += [(NEEDS, "N&eeds"), (FIGURES, "Pro&gress")]
        self.view = Segments(views, "View", self)
        self.view.set_value(BOARD)
        self.filters = FilterRow(self)
        self.board = BoardPanel(self)
        self.board.set_may_run(self._may_run)
        self.calendar = CalendarPanel(self)
        self.chase = ChasePanel(self)
        self.review = ReviewPanel(self._may_run, self, may_note=self._may_note)
        self.empty = EmptyState("pdr", "", "", "Start a cycl&e…" if self._may_run else "", parent=self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.view)
        top.addStretch(1)
        top.addWidget(self.filters)
        self._main = QStackedWidget(self)
        self.interim = InterimPanel(self._school, self._hub, self)
        self._wide = {INTERIM: self.interim}
        if self._may_run:
            self._wide |= {NEEDS: NeedsPanel(self._school, self._hub, self), FIGURES: ProgressPanel(self._school, self._hub, self)}
        for part in (self.board, self.calendar, self.empty, *self._wide.values()):
            self._main.addWidget(part)
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        self._left.addLayout(top)
        self._left.addWidget(self._main, 1)
        self.side = QStackedWidget(self)
        self.side.addWidget(self.chase)
        self.side.addWidget(self.review)
        self._page = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._page.setContentsMargins(SIDES, ENDS, SIDES, ENDS)
        self._page.setSpacing(GAP)
        self._page.addLayout(self._left, 1)
        self._page.addWidget(self.side)
        self.side.currentChanged.connect(self._place_side)
        self._place_side()

    def _wire(self) -> None:
        self._reviews_changed = WhenSeen(self, self.refresh)
        self._hub.changed.connect(self._changed)
        self._hub.year_changed.connect(self.refresh)
        self.view.edited.connect(self._show_view)
        self.filters.changed.connect(self._filtered)
        self.board.wanted.connect(self.actions.do)
        self.board.opened.connect(self._open_panel)
        self.board.chosen.connect(self._follow)
        self.board.menu_asked.connect(self._show_menu)
        self.board.filters_dropped.connect(self.filters.show_everything)
        self.calendar.opened.connect(self.open_review)
        self.chase.opened.connect(self.open_review)
        self.review.wanted.connect(self._want_one)
        self.review.closed.connect(self.close_review)
        self.actions.done_with.connect(self._done_with)
        line = self.board.line
        line.start.clicked.connect(self.actions.start_cycle)
        line.add.clicked.connect(self._add_person)
        line.type_in.clicked.connect(self._type_in)
        line.wanted.connect(self._want_of_cycle)
        if self.empty.button:
            self.empty.button.clicked.connect(self.actions.start_cycle)
        for keys, do in ((QKeySequence.StandardKey.Print, self.print_shown), (QKeySequence.StandardKey.New, self._add)):
            QShortcut(QKeySequence(keys), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what the window asks -------------------------------------------------------------------------------------------

    def refresh(self, *_year: int) -> None:
        """Read the year's reviews and show them."""
        year = self._hub.year
        self._cycles: tuple[CycleRow, ...] = tuple(each for each in self._school.read(boards.cycles) if each.year == year)
        self._rows: tuple[BoardRow, ...] = self._school.read(boards.cycle_board, year=year)
        self.filters.set_rows(self._rows, self._cycles)
        self._show_rows()
        self.chase.set_rows(self._rows)
        if self._cycles:
            first, last = min(each.starts_on for each in self._cycles), max(each.ends_on for each in self._cycles)
            self.calendar.set_meetings(self._school.read(boards.meetings, first=first, last=last))
        self._show_view()
        self._refresh_review()

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        shown = self._main.currentWidget()
        if shown is self.board:
            self.board.focus_board()
        elif shown is self.calendar and self.calendar.list.isVisible():
            self.calendar.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif shown is self.empty and self.empty.button:
            self.empty.button.setFocus(Qt.FocusReason.TabFocusReason)
        elif shown in self._wide.values():
            shown.focus_first()

    def commit(self) -> None:
        """Save every sheet that is being typed in. Raises UserError, Conflict, FileProblem."""
        self.actions.drafts.save_all()

    def year_rows(self) -> tuple[BoardRow, ...]:
        """Every review of the year shown, whatever the filters hide."""
        return self._rows

    def place(self) -> object:
        """Where somebody is, for the screen lock."""
        return self.view.value(), self.review.review_id() if self.side.currentWidget() is self.review else None

    def go_to(self, place: object) -> None:
        """Go back to where somebody was."""
        view, review_id = place
        self.view.set_value(view)
        self._show_view()
        if review_id is not None:
            self.open_review(review_id)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.view, self.filters, self._main.currentWidget(), self.side]

    def open_review(self, review_id: int) -> None:
        """Show one review beside the board, whatever year it belongs to."""
        try:
            record = self._school.read(records.review, review_id=review_id, practice=self._school.practice)
        except UserError as error:
            messages.problem(self, error)
            return
        if record.cycle.year != self._hub.year:
            self._hub.set_year(record.cycle.year)
        if self.board.model.place_of(review_id) is None:
            self.filters.show_everything()
        if self.view.value() in self._wide:
            self.view.set_value(BOARD)
            self._show_view()
        if self.view.value() == BOARD:
            self.board.table.choose(review_id)
        self._open_panel(review_id)

    def show_reviews(self, review_ids: tuple[int, ...]) -> None:
        """Tick these reviews, whatever is filtered now: what can be done with them stands above the board."""
        self.filters.show_everything()
        self.view.set_value(BOARD)
        self._show_view()
        self.board.model.set_ticked(review_ids)
        if review_ids:
            self.board.table.choose(review_ids[0])
        self.board.focus_board()

    def close_review(self) -> None:
        """Back to the chase list."""
        had_focus = self.review.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.side.setCurrentWidget(self.chase)
        if had_focus:
            self.focus_first()

    def print_shown(self) -> None:
        """Ctrl+P: the papers of the reviews ticked, or of the one chosen: sheets while they are open, else both copies."""
        ticked = self.board.ticked_rows()
        chosen = self.board.model.row_of(self.board.table.chosen_id())
        rows = ticked or ((chosen,) if chosen else ())
        still_open = [row.id for row in rows if is_open(row.stage)]
        if still_open and self._may_run:
            self.actions.do("print_sheets", still_open)
        elif agreed := [row.id for row in rows if not is_open(row.stage)]:
            self.actions.do("print_statements", agreed)

    def meeting(self, review_id: int) -> QWidget | None:
        """The meeting's screen for one review: the window hands itself over to it."""
        from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen

        door = self._school.only_review(review_id)
        return MeetingScreen(door, self.actions.print_for_meeting, practice=self._school.practice)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            self._reviews_changed()

    def _show_rows(self) -> None:
        cycle_id = self.filters.value().cycle_id
        rows = self._rows if cycle_id is None else self._school.read(boards.cycle_board, cycle_id=cycle_id)
        self.board.set_rows(rows, self._cycles_shown())

    def _filtered(self, wanted: BoardFilter) -> None:
        self._show_rows()
        self.board.set_filter(wanted)

    def _show_view(self, *_value: object) -> None:
        is_board, wide = self.view.value() == BOARD, self._wide.get(self.view.value())
        if self._cycles:
            self._main.setCurrentWidget(wide or (self.board if is_board else self.calendar))
        else:
            year = year_label(self._hub.year)
            does = "Start one: everybody who is in it gets a review." if self._may_run else "The school business manager starts one."
            self.empty.set_words(f"There is no cycle in {year} yet", does)
            self._main.setCurrentWidget(self.empty)
        self.filters.setVisible(is_board and bool(self._cycles))
        self.view.setVisible(bool(self._cycles))
        self.side.setVisible(bool(self._cycles) and wide is None)

    def _open_panel(self, review_id: int) -> None:
        self._show_record(review_id)
        self.side.setCurrentWidget(self.review)
        self.review.focus_next()

    def _show_record(self, review_id: int) -> None:
        try:
            self.review.show_record(self._school.read(records.review, review_id=review_id, practice=self._school.practice))
        except UserError as error:
            self.close_review()
            self._hub.notify(error.message, kind="warn")

    def _follow(self, review_id: int | None) -> None:
        if review_id is not None and self.side.currentWidget() is self.review:
            self._show_record(review_id)

    def _refresh_review(self) -> None:
        shown = self.review.review_id()
        if shown is not None and self.side.currentWidget() is self.review:
            self._show_record(shown)

    def _show_menu(self, review_id: int, place: QPoint) -> None:
        row = self.board.model.row_of(review_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        taken: set[str] = set()
        others = verbs_for(row, may_run=self._may_run, may_note=self._may_note)
        for verb in (next_verb(row, may_run=self._may_run), *others):
            action = menu.addAction(theme.icon(verb.icon, "text2"), with_letter(verb.words, taken))
            action.setData((verb.key, review_id))
        menu.triggered.connect(self._menu_chosen)
        menu.popup(place)

    def _menu_chosen(self, action) -> None:
        self._want_one(*action.data())

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _want_one(self, verb: str, review_id: int) -> None:
        self.actions.do(verb, (review_id,))

    def _cycles_shown(self) -> list[CycleRow]:
        chosen = self.filters.value().cycle_id
        return [each for each in self._cycles if chosen in (None, each.id)]

    def _add(self) -> None:
        """Ctrl+N: somebody joins the cycle, or the first cycle begins."""
        if self._may_run:
            (self._add_person if self._cycles else self.actions.start_cycle)()

    def _add_person(self) -> None:
        self.actions.add_person(self._cycles_shown())

    def _type_in(self) -> None:
        self.actions.choose_sheet(self.board.model.rows(), self.board.table.chosen_id())

    def _want_of_cycle(self, verb: str) -> None:
        if verb == "move_reviews":
            self.actions.move_from(self.board.model.rows())
        elif verb == "import_targets":
            self.actions.import_targets()
        elif verb == "check_paper":
            self.actions.outcomes.check_fingerprint()
        elif verb == "calendar_files":
            self._calendar_files()
        elif len(self._cycles_shown()) > 1:
            self._hub.notify("There are several cycles this year", "Choose one of them under More filters first.", kind="info")
        elif verb == "change_cycle":
            self.actions.change_cycle(self._cycles_shown()[0])
        else:
            self.actions.close_cycle(self._cycles_shown()[0])

    def _calendar_files(self) -> None:
        first, last = min(each.starts_on for each in self._cycles), max(each.ends_on for each in self._cycles)
        problems_said(self, self._show_calendar_files, first, last)

    def _show_calendar_files(self, first, last) -> None:
        messages.show(calendar_of_year(self._school, self._hub, first, last, self))

    def _done_with(self, review_ids: tuple[int, ...]) -> None:
        """What was done with the ticked reviews is done: the ticks go."""
        if set(review_ids) == set(self.board.model.ticked()):
            self.board.model.clear_ticks()

    # -- room -----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At large letters or on a narrow screen the side panel goes below."""
        super().resizeEvent(event)
        self._place_side()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the measures when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_page"):
            self._place_side()

    def minimumSizeHint(self) -> QSize:
        """As small as the board alone: the side panel can go below, where the board gives way."""
        return self._left.minimumSize() + QSize(2 * SIDES, 2 * ENDS)

    def _place_side(self, *_shown: int) -> None:
        below = self.width() < self.minimumSizeHint().width() + GAP + theme.px(SIDE_WIDTH)
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._page.direction() != direction:
            self._page.setDirection(direction)
        most = 16777215
        self.side.setMinimumWidth(0 if below else theme.px(SIDE_WIDTH))
        self.side.setMaximumWidth(most if below else theme.px(SIDE_WIDTH))
        high = CHASE_BELOW if self.side.currentWidget() is self.chase else REVIEW_BELOW
        self.side.setMaximumHeight(theme.px(high) if below else most)
        self.chase.set_short(below)
