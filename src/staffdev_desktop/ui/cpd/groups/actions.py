"""What is done about groups and projects: each verb opens its dialog, and says what is on disk afterwards."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from staffdev_desktop.cpd.groups import queries
from staffdev_desktop.cpd.groups.rows import GroupRow, ResearchRow
from staffdev_desktop.cpd.groups.rules import CHARTERED, COMMUNITY, to_take
from staffdev_desktop.cpd.groups.services import groups, research
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.cpd.groups.dialogs import FoundDialog, GroupDialog, PlanGroupDialog, PlanResearchDialog
from staffdev_desktop.ui.cpd.groups.pages import LearningPage
from staffdev_desktop.ui.cpd.groups.research_dialogs import (
    KINDS,
    ApplicationDialog,
    DecideDialog,
    EvaluationDialog,
    ReportDialog,
    ShareDialog,
)
from staffdev_desktop.ui.cpd.sessions.attendance_dialog import AttendanceDialog
from staffdev_desktop.ui.cpd.sessions.enrolment_dialogs import EnrolDialog

AREAS = ("Reading", "Talk and oracy", "Pupils with high attainment", "Boys’ achievement")  # 004, until the school has its own


class LearningActions(QObject):
    """What both have in common. `calendar_wanted(session id)` when a meeting is changed where all sessions are."""

    calendar_wanted = Signal(int)

    def __init__(self, school, hub, page: LearningPage) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page

    def do(self, verb: str, row_id: int) -> None:
        """Do this about a row."""
        row = self._page.model.row_of(row_id)
        if row is not None and verb in self._page.card.allowed:
            getattr(self, f"_{verb}")(row)

    def open_meeting(self, row_id: int, session_id: int) -> None:
        """Take the attendance of a meeting whose day has come."""
        row = self._page.model.row_of(row_id)
        meeting = next((each for each in row.meetings if each.id == session_id), None) if row else None
        if meeting is not None and "attend" in self._page.card.allowed:
            self._open_attendance(meeting)

    def _attend(self, row: GroupRow | ResearchRow) -> None:
        if (meeting := to_take(row.meetings)) is not None:
            self._open_attendance(meeting)

    def _open_attendance(self, meeting: SessionRow) -> None:
        """Attendance once the day has come, with those signed up ticked; a meeting ahead, or cancelled, is shown in the calendar."""
        if meeting.state in (SessionState.CANCELLED, SessionState.COMING):
            self.calendar_wanted.emit(meeting.id)
            return
        dialog = AttendanceDialog(self._school, meeting, self._page)
        if meeting.state is not SessionState.HELD:
            dialog.all_signed_up.click()
            dialog.touched = False
        self._ask(dialog, AttendanceDialog.said)

    def _ask(self, dialog: AskDialog, said) -> None:
        """Show a dialog; `said(dialog)` is what is told once it has saved."""
        dialog.then = said
        dialog.accepted.connect(self._saved)
        messages.show(dialog)

    def _saved(self) -> None:
        dialog = self.sender()
        said = dialog.then(dialog)
        self._hub.notify(*((said,) if isinstance(said, str) else said), undo=True)

    def _remove_with(self, service, question: str, key: str, row: GroupRow | ResearchRow) -> None:
        words = "The meetings planned for it go as well."
        asked = messages.ask(self._page, question, words if row.meetings else "", act="&Remove", safe="&Keep")
        if asked and problems_said(self._page, partial(self._school.do, service, revision=row.revision, **{key: row.id})):
            self._hub.notify("Removed", undo=True)


class GroupActions(LearningActions):
    """Verbs of groups."""

    def add(self, year: int) -> None:
        """Set up a group."""
        self._open(year, None)

    def _change(self, row: GroupRow) -> None:
        self._open(row.year, row)

    def _open(self, year: int, row: GroupRow | None) -> None:
        dialog = GroupDialog(self._school, year, row, self._school.read(log.people), self._page)
        self._ask(dialog, type(dialog).said)

    def _plan(self, row: GroupRow) -> None:
        self._ask(PlanGroupDialog(self._school, row, self._page), partial(_say, f"Meetings of {row.details.name} are planned"))

    def _found(self, row: GroupRow) -> None:
        self._ask(FoundDialog(self._school, row, self._page), partial(_say, f"Saved: what {row.details.name} found"))

    def _remove(self, row: GroupRow) -> None:
        self._remove_with(groups.remove_group, f"Remove ‘{row.details.name}’?", "group_id", row)


class ResearchActions(LearningActions):
    """Verbs of action research."""

    def add(self, year: int) -> None:
        """Enter an application."""
        self._open(year, None)

    def _change(self, row: ResearchRow) -> None:
        self._open(row.year, row)

    def _open(self, year: int, row: ResearchRow | None) -> None:
        known = [each.details.area for each in self._school.read(queries.research, year=year)]
        areas = [*known, *(each.text for each in self._school.read(settings.priorities, year=year)), *AREAS]
        groups_of_year = self._school.read(queries.groups, year=year)
        communities = [(each.id, each.details.name) for each in groups_of_year if each.details.kind == COMMUNITY]
        dialog = ApplicationDialog(self._school, year, row, self._school.read(log.people), areas, communities, self._page)
        self._ask(dialog, type(dialog).said)

    def _decide(self, row: ResearchRow) -> None:
        projects = self._school.read(queries.research, year=row.year)
        selected, cap = sum(bool(each.selected) for each in projects), self._school.read(log.cpd_settings).research_cap
        self._ask(DecideDialog(self._school, row, selected, cap, self._page), partial(_say, f"Decided: {row.details.title}"))

    def _plan(self, row: ResearchRow) -> None:
        self._ask(PlanResearchDialog(self._school, row, self._page), partial(_say, f"Meetings about {row.details.title} are planned"))

    def _evaluate(self, row: ResearchRow) -> None:
        self._ask(EvaluationDialog(self._school, row, self._page), partial(_say, f"The evaluation is saved: {row.details.title}"))

    def _report(self, row: ResearchRow) -> None:
        self._ask(ReportDialog(self._school, row, self._page), partial(_say, f"The report is in: {row.details.title}"))

    def _share(self, row: ResearchRow) -> None:
        self._ask(ShareDialog(self._school, row, self._page), partial(_say, f"Saved: how {row.details.title} is shared"))

    def _enrol(self, row: ResearchRow) -> None:
        found = [each for each in self._school.read(enrolments.programmes) if each.framework == CHARTERED]
        if not found:
            messages.tell(self._page, "There is no chartered programme", "Add one under Sessions and programmes first.")
            return
        dialog = EnrolDialog(self._school, found[0].id, self._page)
        dialog.people.tick([row.person_id])
        dialog.touched = False
        self._ask(dialog, EnrolDialog.said)

    def _file(self, row: ResearchRow) -> None:
        suggested = Path.home() / Path(row.report_name).name
        path = messages.save_file(self._page, "Save the report as", suggested=suggested, kinds=KINDS)
        if path is None:
            return
        try:
            replace_file(path, self._school.read(queries.report_file, research_id=row.id))
        except (UserError, FileProblem) as error:
            messages.problem(self._page, error)
        else:
            self._hub.notify(f"{path.name} is saved", "It lies outside the school’s encrypted file.")

    def _remove(self, row: ResearchRow) -> None:
        self._remove_with(research.remove_project, f"Remove ‘{row.details.title}’?", "research_id", row)


def _say(words: str, _dialog: AskDialog) -> str:
    return words
