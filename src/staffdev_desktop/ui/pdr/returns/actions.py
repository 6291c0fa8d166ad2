"""What the board's menus open: saving fillable forms for those ticked, and reading forms that came back."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.pdr.returns.saving import FORM_NAMES, FormSaver, Saved
from staffdev_desktop.ui.pdr.returns.window import ReturnsDialog

OUTSIDE = "They lie outside the school’s encrypted file"


class FileActions(QObject):
    """Belongs to the tab. `done_with(review_ids)` when the reviews that were ticked for it are done."""

    done_with = Signal(object)

    def __init__(self, school, hub, page: QWidget) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page
        self._saver = FormSaver(school, page)
        self._saver.saved.connect(self._saved)

    def save_sheets(self, review_ids: Sequence[int]) -> None:
        """A fillable self-review sheet for each of these reviews. Raises UserError if all are agreed."""
        self._saver.save(sheets.SELF_REVIEW, self._open_rows(review_ids))

    def save_meeting_forms(self, review_ids: Sequence[int]) -> None:
        """A fillable meeting form for each of these reviews. Raises UserError if all are agreed."""
        self._saver.save(sheets.MEETING_FORM, self._open_rows(review_ids))

    def read_returns(self, _review_ids: Sequence[int]) -> None:
        """Forms came back: whose they are stands in the files."""
        messages.show(ReturnsDialog(self._school, self._hub, self._page))

    def _open_rows(self, review_ids: Sequence[int]) -> list[BoardRow]:
        found = [row for review_id in review_ids for row in self._school.read(boards.cycle_board, review_id=review_id)]
        rows = [row for row in found if is_open(row.stage)]
        if not rows:
            raise UserError("These reviews are agreed already." if found else "There is no review to save a form for.")
        return rows

    def _saved(self, saved: Saved) -> None:
        problems_said(self._page, self._mark_saved, saved)

    def _mark_saved(self, saved: Saved) -> None:
        """What is on disk is marked: only now, and never before."""
        if not saved.review_ids:
            self._hub.notify("Nothing was saved", kind="info")
            return
        moved = 0
        if saved.kind == sheets.SELF_REVIEW:
            moved = self._school.do(cycles.mark_sheets_out, review_ids=saved.review_ids)
        number, name = len(saved.review_ids), FORM_NAMES[saved.kind]
        title = f"{count_of(number, name)} saved" if number == saved.wanted else f"{number} of {count_of(saved.wanted, name)} saved"
        where = f"{OUTSIDE}, in {saved.folder.name or saved.folder}."
        self._hub.notify(title, where, undo="Undo stage" if moved else False, kind="ok" if number == saved.wanted else "warn")
        if number == saved.wanted:
            self.done_with.emit(saved.review_ids)
