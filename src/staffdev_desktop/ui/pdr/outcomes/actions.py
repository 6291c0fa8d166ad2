"""What the verbs of a review open: addendum, appeals, history; and the check of a paper against the file."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.pdr.queries import outcomes, records
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.pdr.outcomes.addendum import AddendumDialog
from staffdev_desktop.ui.pdr.outcomes.appeals import HearAppealDialog, RaiseAppealDialog
from staffdev_desktop.ui.pdr.outcomes.fingerprint import FingerprintDialog
from staffdev_desktop.ui.pdr.outcomes.history import HistoryDialog


class OutcomeActions(QObject):
    """Belongs to a page. Each method opens a dialog; a problem is said in one."""

    def __init__(self, school, hub, page: QWidget) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page

    def may_appeal(self) -> bool:
        """Whether this user may see and write appeals."""
        return self._school.actor.may(Permission.SEE_PRIVATE_REASONS)

    def add_addendum(self, review_id: int) -> None:
        """Type in words written by hand on an agreed statement's paper."""
        problems_said(self._page, self._add_addendum, review_id)

    def _add_addendum(self, review_id: int) -> None:
        dialog = AddendumDialog(self._school, self._record(review_id), self._page)
        dialog.accepted.connect(self._addendum_added)
        messages.show(dialog)

    def _addendum_added(self) -> None:
        self._hub.notify("Added to the statement", "It is printed with later copies.")

    def raise_appeal(self, review_id: int) -> None:
        """Mark an agreed review as under appeal."""
        problems_said(self._page, self._raise_appeal, review_id)

    def _raise_appeal(self, review_id: int) -> None:
        dialog = RaiseAppealDialog(self._school, self._record(review_id).board, self._page)
        dialog.accepted.connect(self._appeal_raised)
        messages.show(dialog)

    def _appeal_raised(self) -> None:
        self._hub.notify("The appeal is written down", "Name who hears it as soon as you know.")

    def hear_appeal(self, review_id: int) -> None:
        """Who hears the open appeal of a review, and what came of it."""
        problems_said(self._page, self._hear_appeal, review_id)

    def _hear_appeal(self, review_id: int) -> None:
        found = self._school.read(outcomes.complaints, review_id=review_id)
        if not any(each.closed_on is None for each in found):
            self._hub.notify("There is no open appeal about this review", kind="info")
            return
        dialog = HearAppealDialog(self._school, self._record(review_id).board, found, self._page)
        dialog.accepted.connect(self._appeal_heard)
        messages.show(dialog)

    def _appeal_heard(self) -> None:
        closed = self.sender().is_closed()
        self._hub.notify("The appeal is closed" if closed else "The appeal is up to date")

    def check_fingerprint(self) -> None:
        """Type in a paper's fingerprint."""
        messages.show(FingerprintDialog(self._school, self._hub, self._page))

    def show_history(self, person_id: int) -> None:
        """A person's reviews through the years."""
        problems_said(self._page, self._show_history, person_id)

    def _show_history(self, person_id: int) -> None:
        messages.show(HistoryDialog(self._school, self._hub, person_id, self._page))

    def _record(self, review_id: int):
        return self._school.read(records.review, review_id=review_id, practice=self._school.practice)
