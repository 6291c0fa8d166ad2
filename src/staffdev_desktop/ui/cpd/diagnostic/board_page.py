"""The board of a round: one row a person, what is done with those that are ticked, papers and the round itself."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.diagnostic import sheets
from staffdev_desktop.cpd.diagnostic.queries import people, rounds
from staffdev_desktop.cpd.diagnostic.rows import Side
from staffdev_desktop.cpd.diagnostic.services import rounds as writes
from staffdev_desktop.cpd.diagnostic.services.ratings import hand_in
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.diagnostic.board_model import (
    BoardFilter,
    board_model,
    lines_of,
    round_words,
    stage_choices,
    summary_badges,
    values_of,
)
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.cpd.diagnostic.round_dialogs import AddPeopleDialog, ChangeRoundDialog, ManagerDialog, StartRoundDialog
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import PrimaryButton
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterBox, FilterChoice, FilterRow
from staffdev_desktop.ui.widgets.table_view import HouseTable

ROW_HEIGHT = 40
FILTERS = (("stage", "Stage", 140), ("set_name", "Areas", 160), ("manager", "Line manager", 170))
PAPERS = (
    ("&Sheets of those shown, a page each…", "print_sheets"),
    ("&Chase list on paper…", "print_chases"),
    ("Chase list as a spr&eadsheet…", "save_chases"),
)
OF_ROUND = (
    ("&Begin a new round…", "start_round"),
    ("&Add people…", "add_people"),
    ("&Change name or days…", "change_round"),
    ("C&lose the round…", "close_round"),
    ("&Open the round again", "reopen_round"),
    ("&Take the round away…", "remove_round"),
)


OF_TICKED = (
    ("&Own ratings are all in", "own_in"),
    ("&Line manager’s ratings are all in", "manager_in"),
    ("&Another line manager…", "another_manager"),
    ("&Take out of the round…", "take_out"),
)
FOR_OFFICE = ("another_manager", "take_out")


class BoardPage(Page):
    """Everybody in a round whom the actor may see."""

    gives_way, least_room = ("set", "manager"), 1290

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self.may_run = school.actor.may(Permission.RUN_CPD)
        self._build()
        self._wire()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.find = FilterBox("Filter by any word", self)
        self.find.setMinimumWidth(theme.px(150))
        self.filters = {key: FilterChoice(name, width, self._filtered, self) for key, name, width in FILTERS}
        self.filters["stage"].set_choices(stage_choices())
        self.key_in = PrimaryButton("&Key in ratings…", "pen", self)
        self.more = more_button("Round", "What is done with this round", OF_ROUND, self._chosen, self)
        self.papers = more_button("Print or save", "Print or save the round", PAPERS, self._chosen, self)
        self._top = FilterRow(self.find, (*self.filters.values(), self.papers, self.more, self.key_in), self)
        self.model = board_model(self, tickable=True)
        self.table = HouseTable(self.model, "People in this round", row_height=ROW_HEIGHT, parent=self)
        self.bulk = self._bulk_bar()
        self.card = ListCard(self.table, self, bulk=self.bulk)
        verb = "Beg&in a round…" if self.may_run else ""
        self.empty = EmptyState("cpd", "", "", verb, parent=self)
        self._main = QStackedWidget(self)
        self._main.addWidget(self.card)
        self._main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._top)
        column.addWidget(self._main, 1)

    def _bulk_bar(self) -> BulkBar:
        bar = BulkBar("person", "people", parent=self)
        self.sheets = PrimaryButton("Print sheets", "print", bar)
        self.of_ticked = more_button("More", "More to do with those ticked", OF_TICKED, self._chosen, bar)
        self.sheets.clicked.connect(self.print_sheets)
        for button in (self.of_ticked, self.sheets):
            bar.add(button)
        return bar

    def _wire(self) -> None:
        self.find.textChanged.connect(self.model.set_filter)
        self.table.opened.connect(self._opened)
        self.key_in.clicked.connect(partial(self.wanted.emit, "grid", None))
        if self.empty.button:
            self.empty.button.clicked.connect(self.start_round)

    # -- what the panel asks --------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the board and show it."""
        if self.round is None:
            self._show_nothing()
            return
        rows = self._school.read(rounds.board, round_id=self.round.id)
        lines = lines_of(rows, self._school.read(rounds.chases, round_id=self.round.id))
        self.filters["set_name"].set_choices(values_of(lines, "set_name", "All areas"))
        self.filters["manager"].set_choices(values_of(lines, "manager", "All line managers"))
        self.model.set_rows(lines)
        self._filtered()
        self.card.line.show_badges(summary_badges(lines))
        self.card.words.setText(round_words(self.round))
        self._main.setCurrentIndex(0)
        self._top.show()
        self.more.setVisible(self.may_run)
        self.key_in.setEnabled(self.round.is_open and bool(lines))
        shown = {"close_round": self.round.is_open, "reopen_round": not self.round.is_open}
        for action in self.more.menu().actions():
            action.setVisible(shown.get(action.data(), True))
        self.of_ticked.setEnabled(self.round.is_open)
        for action in self.of_ticked.menu().actions():
            action.setVisible(self.may_run or action.data() not in FOR_OFFICE)

    def _show_nothing(self) -> None:
        self.model.set_rows(())
        self._main.setCurrentIndex(1)
        self._top.hide()
        what = "Choose a name, a deadline and who is in it. Sheets can be printed at once." if self.may_run else "The office starts one."
        self.empty.set_words("No round of the diagnostic has begun yet", what)

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        (self.table if self.round else self).setFocus(Qt.FocusReason.TabFocusReason)
        if self.round is None and self.empty.button:
            self.empty.button.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.find, self.table]

    def print_shown(self) -> None:
        """Ctrl+P: whom to remind."""
        if self.round is not None:
            self.print_chases()

    def person_here(self) -> int | None:
        """Whoever is chosen on the board."""
        line = self.model.row_of(self.table.chosen_id())
        return line.row.person_id if line is not None else None

    # -- what is done ---------------------------------------------------------------------------------------------------

    def start_round(self) -> None:
        """Ask what the new round is, and who is in it."""
        if not self.may_run:
            return
        dialog = StartRoundDialog(self._school, self)
        dialog.accepted.connect(self._started)
        messages.show(dialog)

    def _started(self) -> None:
        self.wanted.emit("round", self.sender().round_id)
        self._hub.notify(self.sender().said(), undo=True)

    def add_people(self) -> None:
        """Ask who else is in this round."""
        self._show(AddPeopleDialog(self._school, self.round, self))

    def change_round(self) -> None:
        """Ask for another name or other days."""
        self._show(ChangeRoundDialog(self._school, self.round, self))

    def another_manager(self) -> None:
        """Ask who rates those that are ticked."""
        self._show(ManagerDialog(self._school, [self.model.row_of(key).row for key in self.model.ticked()], self))

    def _show(self, dialog) -> None:
        dialog.accepted.connect(self._asked)
        messages.show(dialog)

    def _asked(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def close_round(self) -> None:
        """Ask, then end the round."""
        left = self.round.people - self.round.agreed
        words = "Nothing more is written in it, and nobody is chased. It can be opened again."
        if left:
            words = f"{count_of(left, 'person has', 'people have')} not agreed yet. {words}"
        if messages.ask(self, f"Close {self.round.name}?", words, act="&Close the round", safe="&Keep it open"):
            self._do("The round is closed", writes.close_round, round_id=self.round.id, revision=self.round.revision)

    def reopen_round(self) -> None:
        """Open the round again."""
        self._do("The round is open again", writes.reopen_round, round_id=self.round.id, revision=self.round.revision)

    def remove_round(self) -> None:
        """Ask, then take away a round that nobody has written in."""
        words = "Only a round in which nothing is written can be removed."
        if messages.ask(self, f"Remove {self.round.name}?", words, act="&Remove it", safe="&Keep it"):
            self._do("The round is removed", writes.remove_round, round_id=self.round.id)

    def own_in(self) -> None:
        """Their own ratings are in, although an area is left empty."""
        self._hand_in(Side.OWN, "Own ratings noted as in")

    def manager_in(self) -> None:
        """The same of their line manager’s."""
        self._hand_in(Side.MANAGER, "Line manager’s ratings noted as in")

    def _hand_in(self, side: Side, said: str) -> None:
        self._do(said, hand_in, diagnostic_ids=self.model.ticked(), side=side)

    def take_out(self) -> None:
        """Ask, then take the ticked out of the round."""
        ids = self.model.ticked()
        words = "Nothing may be written about them in this round yet."
        if messages.ask(self, f"Take {count_of(len(ids), 'person', 'people')} out?", words, act="&Take out", safe="&Keep them"):
            self._do(f"{count_of(len(ids), 'person', 'people')} taken out", writes.take_out, diagnostic_ids=ids)

    def _do(self, said: str, service, **values: object) -> None:
        if problems_said(self, partial(self._school.do, service, **values)):
            self._hub.notify(said, undo=True)

    # -- papers ---------------------------------------------------------------------------------------------------------

    def print_sheets(self) -> None:
        """A sheet for each of those ticked, else of those shown; whoever had none out has one out from today."""
        ids = set(self.model.ticked()) or {line.id for line in self.model.shown_rows()}
        records = [each for each in self._school.read(people.records, round_id=self.round.id) if each.board.id in ids]
        if not records:
            return
        name = sheets.file_name(sheets.SHEETS, clock.today(), str(len(records)))
        self._printer.show(
            partial(_draw_sheets, records),
            year=self.round.year,
            title="Diagnostic sheets",
            file_name=name,
            texts=sheets.texts_of_records(records),
        )
        new = [each.board.id for each in records if each.board.dates.sheet_out_on is None]
        if new and self.round.is_open and problems_said(self, partial(self._school.do, writes.sheets_out, diagnostic_ids=new)):
            self._hub.notify(f"{count_of(len(new), 'sheet')} noted as out", undo=True)

    def print_chases(self) -> None:
        """Whom to remind, on paper."""
        found = self._school.read(rounds.chases, round_id=self.round.id)
        texts = [words for chase in found for words in (chase.name, chase.group, chase.who)]
        name = sheets.file_name(sheets.CHASE, clock.today())
        self._printer.show(
            partial(_draw_chases, found, self.round.name), year=self.round.year, title="Chase list", file_name=name, texts=texts
        )

    def save_chases(self) -> None:
        """Whom to remind, as a spreadsheet."""
        found = self._school.read(rounds.chases, round_id=self.round.id)
        self._printer.save_sheet(sheets.chase_sheet(found), file_name=sheets.file_name(sheets.CHASE, clock.today(), ending="xlsx"))

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _chosen(self) -> None:
        getattr(self, self.sender().data())()

    def _opened(self, diagnostic_id: int) -> None:
        self.wanted.emit("record", diagnostic_id)

    def _filtered(self, *_value: object) -> None:
        self.model.set_condition(BoardFilter(**{key: field.value() for key, field in self.filters.items()}).keeps)


def _draw_sheets(records, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import sheets_paper

    return sheets_paper(records, printed)


def _draw_chases(found, round_name: str, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import chase_paper

    return chase_paper(found, printed, round_name=round_name)
