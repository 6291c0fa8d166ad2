"""What can be done with people, whatever asks for it: button, menu, key or a line of the record."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.dates import full_day
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries, services
from staffdev_desktop.staff.rows import PersonRecord
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.staff.dialogs import EmploymentDialog, HoldingDialog, MembershipDialog, PersonDialog, QualificationDialog
from staffdev_desktop.ui.staff.forms import FieldsDialog
from staffdev_desktop.ui.staff.leaving import LeaveDialog
from staffdev_desktop.ui.staff.printing import DrawnRecord, draw_record, show_record

_PARTS = {
    "holding": (HoldingDialog, "holdings"),
    "employment": (EmploymentDialog, "employments"),
    "qualification": (QualificationDialog, "qualifications"),
    "membership": (MembershipDialog, "memberships"),
}


class StaffActions(QObject):
    """Opens the dialogs and says what was done. `added(id)` once somebody new is on disk."""

    added = Signal(int)

    def __init__(self, school: School, hub: Hub, window: QWidget) -> None:
        super().__init__(window)
        self._school, self._hub, self._window = school, hub, window
        self.dialog: FieldsDialog | None = None
        self._record: PersonRecord | None = None

    def add_person(self) -> None:
        """Ask who is to be added."""
        self._open(PersonDialog(self._school, None, self._window), self._person_added)

    def perform(self, record: PersonRecord, verb: str, key: object = None) -> None:
        """Do what the record asks for: a part of it (holding, employment), edit, leave, delete, review, person, cpd (a view), print."""
        self._record = record
        if verb in _PARTS:
            kind, rows_name = _PARTS[verb]
            row = next((each for each in getattr(record, rows_name) if each.id == key), None)
            self._open(kind(self._school, record, row, self._window), self._changed)
        elif verb == "edit":
            self._open(PersonDialog(self._school, record, self._window), self._changed)
        elif verb == "leave":
            self._open(LeaveDialog(self._school, record, self._window), self._left)
        elif verb == "delete":
            self._delete(record)
        elif verb == "review":
            self._hub.open_review.emit(key)
        elif verb == "person":
            self._hub.open_person.emit(key)
        elif verb == "cpd":
            self._hub.cpd_requested.emit(key, record.id)
        elif verb == "print":
            self._draw(record.id)

    def _draw(self, person_id: int) -> None:
        school = self._school

        def work(_tell: jobs.Tell) -> DrawnRecord:
            return draw_record(school, person_id)

        jobs.run(work, title="Drawing the record", on_done=self._show_paper)

    def _show_paper(self, drawn: DrawnRecord) -> None:
        show_record(drawn, self._window)

    def _open(self, dialog: FieldsDialog, after: Callable[[], None]) -> None:
        self.dialog = dialog
        messages.show(dialog, after)

    def _person_added(self) -> None:
        person_id = self.dialog.result_id
        record = self._school.read(queries.person_record, person_id=person_id)
        self._hub.notify(f"{record.name} was added", record.details.staff_number, undo=True)
        self.added.emit(person_id)

    def _changed(self) -> None:
        self._hub.notify(f"The record of {self._record.name} was saved", undo=True)

    def _left(self) -> None:
        last_day = self.dialog.value("last_day")
        self._hub.notify(f"Recorded that {self._record.name} leaves", f"Last day {full_day(last_day)}", undo=True)

    def _delete(self, record: PersonRecord) -> None:
        words = "Only for somebody who was added by mistake. When somebody leaves, record that instead: their record stays."
        if not messages.ask(self._window, f"Delete {record.name}?", words, act="&Delete", safe="&Keep the record"):
            return
        try:
            self._school.do(services.delete_person, person_id=record.id, revision=record.revision)
        except (UserError, Conflict, FileProblem) as error:
            messages.problem(self._window, error)
        else:
            self._hub.notify(f"{record.name} was deleted", undo=True)
