"""What is done with reviews from the board: each verb opens its dialog or does its work, says so, and can be undone."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr import importing, sheets
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.reports.rows import MoveNote
from staffdev_desktop.pdr.reports.rules import move_notes
from staffdev_desktop.pdr.rows import BoardRow, CycleRow, ReviewRecord, Stage
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import closing, cycles, statements
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.pdr import last_targets, small_dialogs
from staffdev_desktop.ui.pdr.booking import BookDialog, booked_words
from staffdev_desktop.ui.pdr.cycle_dialogs import AddPersonDialog, ChangeCycleDialog, StartCycleDialog
from staffdev_desktop.ui.pdr.during.book_many import BookManyDialog
from staffdev_desktop.ui.pdr.during.calendar_dialog import calendar_of_reviews
from staffdev_desktop.ui.pdr.during.targets_panel import TargetsDialog
from staffdev_desktop.ui.pdr.outcomes.actions import OutcomeActions
from staffdev_desktop.ui.pdr.printing import Order, ReviewPrinter
from staffdev_desktop.ui.pdr.receipts import ReceiptDialog
from staffdev_desktop.ui.pdr.returns.actions import FileActions
from staffdev_desktop.ui.pdr.standing_dialogs import ReviewedHowDialog
from staffdev_desktop.ui.pdr.type_in_sheet import ChooseSheetDialog, Drafts, TypeInDialog
from staffdev_desktop.ui.report_printer import ReportPrinter

MOST_NAMES = 4


class Actions(QObject):
    """Belongs to the tab. `done_with(review_ids)` when the reviews that were ticked for it are done."""

    done_with = Signal(object)

    def __init__(self, school, hub, page: QWidget) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page
        self.drafts = Drafts(school)
        self.outcomes = OutcomeActions(school, hub, page)
        self.files = FileActions(school, hub, page)
        self.files.done_with.connect(self.done_with)
        self._reports = ReportPrinter(school, hub, page)
        self._printer = ReviewPrinter(school, page)
        self._printer.printed.connect(self._printed)
        self._verbs = {
            "print_sheets": self._print_sheets,
            "print_statements": self._printer.statements,
            "print_meeting_forms": self._print_meeting_forms,
            "save_sheets": self.files.save_sheets,
            "save_meeting_forms": self.files.save_meeting_forms,
            "read_returns": self.files.read_returns,
            "book": self._book,
            "sign": self._sign,
            "move": self._move,
            "type_in": self._type_in,
            "meet": self._meet,
            "held": self._held,
            "last_targets": self._last_targets,
            "contributors": self._contributors,
            "standing": self._standing,
            "receipt": self._receipt,
            "reopen": self._reopen,
            "hand_over": self._hand_over,
            "how": self._how,
            "track_only": self._keep_on_paper,
            "write_here": self._write_here,
            "targets": self._targets,
            "ask_interim": self._ask_interim,
            "calendar_file": self._calendar_file,
            "history": self._history,
            "interest": self._of_one(hub.interest_requested.emit),
            "addendum": self._of_one(self.outcomes.add_addendum),
            "appeal": self._of_one(self.outcomes.raise_appeal),
            "hear": self._of_one(self.outcomes.hear_appeal),
        }

    def do(self, verb: str, review_ids: Sequence[int]) -> None:
        """Do what a button or a menu says with these reviews. A problem is shown; nothing half done is kept."""
        problems_said(self._page, self._verbs[verb], tuple(review_ids))

    # -- the cycle ------------------------------------------------------------------------------------------------------

    def start_cycle(self) -> None:
        """Rehearse a new cycle, and start it."""
        dialog = StartCycleDialog(self._school, self._hub.year, self._page)
        self._ask(dialog, self._cycle_started)

    def _cycle_started(self, dialog: StartCycleDialog) -> None:
        self._hub.set_year(dialog.year.value())
        made = len(dialog.plan.invited())
        self._hub.notify(f"{count_of(made, 'review')} made", "Next: tick them and print the self-review sheets.", undo=True)

    def add_person(self, running: Sequence[CycleRow]) -> None:
        """Late starters join."""
        self._ask(AddPersonDialog(self._school, running, self._page), self._person_added)

    def _person_added(self, dialog: AddPersonDialog) -> None:
        self._hub.notify(f"{count_of(len(dialog.made), 'person', 'people')} added to the cycle", undo=True)

    def change_cycle(self, cycle: CycleRow) -> None:
        """Another name or other dates."""
        self._ask(ChangeCycleDialog(self._school, cycle, self._page), self._cycle_changed)

    def _cycle_changed(self, _dialog: ChangeCycleDialog) -> None:
        self._hub.notify("The cycle was changed", undo=True)

    def close_cycle(self, cycle: CycleRow) -> None:
        """Once every review in it is signed, or was taken out with a reason."""
        words = "Nothing in it is left unfinished. Its reviews and statements stay where they are."
        if messages.ask(self._page, f"Close {cycle.name}?", words, act="&Close the cycle") and problems_said(
            self._page, self._close, cycle
        ):
            self._hub.notify(f"{cycle.name} is closed", undo=True)

    def _close(self, cycle: CycleRow) -> None:
        self._school.do(closing.close_cycle, cycle_id=cycle.id, revision=cycle.revision)

    def move_from(self, rows: Sequence[BoardRow]) -> None:
        """All open reviews of one reviewer go to another."""
        if not any(is_open(row.stage) for row in rows):
            self._hub.notify("No review is open: there is nothing to move.", kind="info")
            return
        self._ask(small_dialogs.MoveDialog(self._school, rows, choose_from=True, parent=self._page), self._moved)

    def _move(self, review_ids: tuple[int, ...]) -> None:
        self._ask(small_dialogs.MoveDialog(self._school, self._open_rows(review_ids), parent=self._page), self._moved)

    def _moved(self, dialog: small_dialogs.MoveDialog) -> None:
        number = count_of(len(dialog.moved), "review")
        self._hub.notify(f"{number} moved", undo=bool(dialog.moved))
        if not dialog.moved:
            return
        words = "A note for each member of staff and for both reviewers, with the new name and the dates: nothing from a review is on it."
        if messages.ask(self._page, f"{number} moved. Print the notes?", words, act="&Print the notes", safe="&Not now"):
            self._print_notes(move_notes(dialog.moved, dialog.reviewer))

    def _print_notes(self, notes: Sequence[MoveNote]) -> None:
        from staffdev_desktop.pdr.reports import papers  # ReportLab is loaded with the first paper
        from staffdev_desktop.pdr.reports import sheets as report_sheets

        name = report_sheets.file_name(report_sheets.NOTES, self._hub.year, clock.today())
        texts = [words for note in notes for words in (note.to, note.words, *(row.name for row in note.reviews))]
        self._reports.show(partial(papers.move_notes_paper, notes), year=self._hub.year, title=papers.NOTES, file_name=name, texts=texts)

    # -- printing -------------------------------------------------------------------------------------------------------

    def _print_sheets(self, review_ids: tuple[int, ...]) -> None:
        self._printer.self_review_sheets([row.id for row in self._open_rows(review_ids)])

    def _print_meeting_forms(self, review_ids: tuple[int, ...]) -> None:
        self._printer.meeting_forms([row.id for row in self._open_rows(review_ids)])

    def print_for_meeting(self, review_id: int, agreed: bool) -> None:
        """From the meeting's screen: the draft, or both copies."""
        if agreed:
            self._printer.statements((review_id,))
        else:
            self._printer.draft(review_id)

    def _printed(self, order: Order) -> None:
        problems_said(self._page, self._mark_printed, order)

    def _mark_printed(self, order: Order) -> None:
        """What is in the print queue, or in a file, is marked: only now, and never before."""
        names = self._names(order.review_ids)
        if order.kind == sheets.SELF_REVIEW:
            moved = self._school.do(cycles.mark_sheets_out, review_ids=order.review_ids)
            title = f"{count_of(len(order.review_ids), 'self-review sheet')} printed"
            self._hub.notify(title, names, undo="Undo stage" if moved else False)
        elif order.kind == sheets.STATEMENT:
            self._school.do(statements.mark_printed, statement_ids=order.statement_ids)
            self._hub.notify(f"Both copies of {count_of(len(order.statement_ids), 'statement')} printed", names)
        else:
            self._hub.notify("Printed", names)
        self.done_with.emit(order.review_ids)

    # -- one review, or a few -------------------------------------------------------------------------------------------

    def _book(self, review_ids: tuple[int, ...]) -> None:
        if len(review_ids) > 1:
            dialog = BookManyDialog(self._school, review_ids, self._page)
            dialog.setProperty("ids", review_ids)
            self._ask(dialog, self._many_booked)
            return
        (row,) = self._open_rows(review_ids)
        self._ask(BookDialog(self._school, row.id, self._page), self._booked)

    def _booked(self, dialog: BookDialog) -> None:
        if dialog.booked:
            self._hub.notify("1 meeting booked", booked_words(self._record(dialog.review_id)), undo=True)
        else:
            self._hub.notify("The booking was taken back", undo=True)
        self.done_with.emit((dialog.review_id,))

    def _many_booked(self, dialog: BookManyDialog) -> None:
        self._hub.notify(f"{count_of(dialog.booked, 'meeting')} booked", undo=dialog.booked > 0)
        self.done_with.emit(tuple(dialog.property("ids")))

    def _sign(self, review_ids: tuple[int, ...]) -> None:
        waiting = [row for row in self._rows(review_ids) if row.stage is Stage.AGREED]
        if not waiting:
            raise UserError("None of these is agreed and waiting for signatures.")
        ids = tuple(row.id for row in waiting)
        number = count_of(len(ids), "statement")
        words = f"{self._names(ids)}. Both copies are in your hands, with both signatures on them."
        if messages.ask(self._page, f"Record {number} as signed?", words, act="&Record as signed"):
            self._school.do(statements.record_signed, review_ids=ids)
            self._hub.notify(f"{number} signed", self._names(ids), undo=True)
            self.done_with.emit(review_ids)

    def choose_sheet(self, rows: Sequence[BoardRow], chosen: int | None) -> None:
        """Somebody hands a sheet back: whose is it?"""
        dialog = ChooseSheetDialog(list(rows), chosen, self._page)
        dialog.accepted.connect(self._sheet_chosen)
        messages.show(dialog)

    def _sheet_chosen(self) -> None:
        self.do("type_in", (self.sender().chosen(),))

    def _type_in(self, review_ids: tuple[int, ...]) -> None:
        record = self._record(review_ids[0])
        if not is_open(record.board.stage):
            raise UserError("This statement is agreed and locked. Reopen the review to make a new version.")
        self._ask(TypeInDialog(record, self.drafts, self._page), self._typed_in)

    def _typed_in(self, dialog: TypeInDialog) -> None:
        self._hub.notify("The sheet is typed in", dialog.title.text(), undo=True)

    def _meet(self, review_ids: tuple[int, ...]) -> None:
        self._hub.meeting_requested.emit(review_ids[0])

    def _hand_over(self, review_ids: tuple[int, ...]) -> None:
        words = "Only this review can be reached until your password, or the recovery code, is typed. What is written is saved."
        if messages.ask(self._page, "Hand this PC over for the meeting?", words, act="&Hand it over"):
            self._hub.handover_requested.emit(review_ids[0])

    def _held(self, review_ids: tuple[int, ...]) -> None:
        dialog = small_dialogs.HeldDialog(self._school, self._record(review_ids[0]), self._page)
        dialog.setProperty("ids", review_ids)
        self._ask(dialog, self._held_said)

    def _held_said(self, dialog: small_dialogs.HeldDialog) -> None:
        self._meet(tuple(dialog.property("ids")))

    def _contributors(self, review_ids: tuple[int, ...]) -> None:
        self._ask(small_dialogs.ContributorsDialog(self._school, self._record(review_ids[0]), self._page), self._saved)

    def _standing(self, review_ids: tuple[int, ...]) -> None:
        self._ask(small_dialogs.StandingDialog(self._school, self._record(review_ids[0]).board, self._page), self._saved)

    def _receipt(self, review_ids: tuple[int, ...]) -> None:
        self._ask(ReceiptDialog(self._school, self._record(review_ids[0]), self._page), self._saved)

    def _reopen(self, review_ids: tuple[int, ...]) -> None:
        self._ask(small_dialogs.ReopenDialog(self._school, self._record(review_ids[0]), self._page), self._reopened)

    def _reopened(self, dialog: AskDialog) -> None:
        self._hub.notify("The statement is open again", "Its old version is void.", kind="warn")

    def _saved(self, _dialog: AskDialog) -> None:
        self._hub.notify("Saved", undo=True)

    def _how(self, review_ids: tuple[int, ...]) -> None:
        self._ask(ReviewedHowDialog(self._school, self._record(review_ids[0]).board, self._page), self._saved)

    def _keep_on_paper(self, review_ids: tuple[int, ...]) -> None:
        self._set_track_only(review_ids[0], True, "The words of this review stay on paper")

    def _write_here(self, review_ids: tuple[int, ...]) -> None:
        self._set_track_only(review_ids[0], False, "The words of this review are written here")

    def _set_track_only(self, review_id: int, track_only: bool, said: str) -> None:
        row = self._record(review_id).board
        self._school.do(cycles.set_track_only, review_id=review_id, revision=row.revision, track_only=track_only)
        self._hub.notify(said, row.name, undo=True)

    # -- through the year -----------------------------------------------------------------------------------------------

    def _of_one(self, do):
        """A verb for one review, whichever was asked for first."""

        def of_first(review_ids: tuple[int, ...]) -> None:
            do(review_ids[0])

        return of_first

    def _targets(self, review_ids: tuple[int, ...]) -> None:
        messages.show(TargetsDialog(self._school, self._hub, review_ids[0], self._page))

    def _ask_interim(self, review_ids: tuple[int, ...]) -> None:
        self._page.interim.ask_for_one(review_ids[0])

    def _calendar_file(self, review_ids: tuple[int, ...]) -> None:
        messages.show(calendar_of_reviews(self._school, self._hub, review_ids, self._page))

    def _history(self, review_ids: tuple[int, ...]) -> None:
        self.outcomes.show_history(self._record(review_ids[0]).board.person_id)

    # -- last year's targets --------------------------------------------------------------------------------------------

    def _last_targets(self, review_ids: tuple[int, ...]) -> None:
        record = self._record(review_ids[0])
        if last_targets.agreed_here(record):
            words = "They were agreed in this program and cannot be typed over. In the meeting each of them is judged."
            messages.tell(self._page, f"{record.person}’s targets of last year are here already", words)
            return
        dialog = last_targets.LastTargetsDialog(self._school, record, self._page)
        dialog.rejected.connect(self._perhaps_a_list)
        self._ask(dialog, self._saved)

    def _perhaps_a_list(self) -> None:
        if self.sender().from_sheet:
            self.import_targets()

    def import_targets(self) -> None:
        """Last year's targets of many people from one spreadsheet: read on the worker thread, shown before anything is written."""
        path = last_targets.choose_list(self._page)
        if path is None:
            return
        rows, school = self._page.year_rows(), self._school

        def work(tell: jobs.Tell) -> tuple[str, importing.TargetsPreview]:
            tell(0, 0, "Reading the list")
            sheet, columns = importing.open_target_list(last_targets.read_list(path), path.name)
            return path.name, importing.preview_targets(sheet, columns, last_targets.known_reviews(school, rows))

        jobs.run(work, title="Reading the list", on_done=self._list_read)

    def _list_read(self, read: tuple[str, importing.TargetsPreview]) -> None:
        name, preview = read
        self._ask(last_targets.TargetListDialog(self._school, name, preview, self._page), self._list_taken_in)

    def _list_taken_in(self, dialog: last_targets.TargetListDialog) -> None:
        self._hub.notify(f"Last year’s targets of {count_of(dialog.taken_in, 'review')} are in", undo=True)

    # -- helpers --------------------------------------------------------------------------------------------------------

    def _ask(self, dialog: AskDialog, then) -> None:
        """Open a dialog; `then(dialog)` is called once it has saved."""
        dialog.then = then
        dialog.accepted.connect(self._accepted)
        messages.show(dialog)

    def _accepted(self) -> None:
        dialog = self.sender()
        dialog.then(dialog)

    def _record(self, review_id: int) -> ReviewRecord:
        return self._school.read(records.review, review_id=review_id, practice=self._school.practice)

    def _rows(self, review_ids: Sequence[int]) -> list[BoardRow]:
        """Board rows in the order asked for: one read for all of the year, however many are ticked."""
        known = {row.id: row for row in self._school.read(boards.cycle_board, year=self._hub.year)}
        return [known.get(review_id) or self._record(review_id).board for review_id in review_ids]

    def _open_rows(self, review_ids: Sequence[int]) -> list[BoardRow]:
        """Those in which words can still be written. Raises UserError if there is none."""
        found = [row for row in self._rows(review_ids) if is_open(row.stage)]
        if not found:
            raise UserError("These reviews are agreed already.")
        return found

    def _names(self, review_ids: Sequence[int]) -> str:
        names = [row.name for row in self._rows(review_ids[: MOST_NAMES + 1])]
        more = len(review_ids) - MOST_NAMES
        return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
