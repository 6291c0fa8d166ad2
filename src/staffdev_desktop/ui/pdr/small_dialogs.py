"""The short dialogs about one review or a few: reviewer, contributors, away, held on paper, reopen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rows import BoardRow, CopyRow, ReviewRecord
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, people_choices
from staffdev_desktop.ui.pdr.review_panel import copy_name
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, TextField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

IN, AWAY, EXEMPT = "in", "away", "exempt"


class MoveDialog(AskDialog):
    """Give reviews another reviewer. With `choose_from`, all open reviews of somebody; else the reviews given."""

    def __init__(self, school, rows: Sequence[BoardRow], *, choose_from: bool = False, parent: QWidget | None = None) -> None:
        self._rows = [row for row in rows if is_open(row.stage)]
        title = "Move reviews to another reviewer?" if choose_from or len(self._rows) > 1 else f"Who reviews {self._rows[0].name}?"
        super().__init__(title, "Agreed statements keep the name of whoever agreed them.", act="&Move", icon="user", parent=parent)
        self._school = school
        self.moved: Sequence[BoardRow] = ()  # as they were before
        self.reviewer = ""  # whose they are now
        if choose_from:
            named = {row.reviewer_id: row.reviewer or "Nobody named yet" for row in self._rows}
            choices = sorted(named.items(), key=lambda item: item[1])
            self.add_field("from", LabelledField("All reviews still open with", ChoiceField(choices), parent=self))
            self.body.addWidget(self.fields["from"])
            self.fields["from"].edited.connect(self._count)
        people = school.read(staff.names, on_roll_only=True)
        self._names = {person.id: person.name for person in people}
        self.add_field("reviewer", LabelledField("&To", ChoiceField(people_choices(people, "Choose somebody")), parent=self))
        self.body.addWidget(self.fields["reviewer"])
        self._count()

    def _chosen(self) -> list[BoardRow]:
        if "from" not in self.fields:
            return self._rows
        wanted = self.fields["from"].value()
        return [row for row in self._rows if row.reviewer_id == wanted]

    def _count(self, *_value: object) -> None:
        rows = self._chosen()
        names = ", ".join(row.name for row in rows[:4]) + (f" and {len(rows) - 4} more" if len(rows) > 4 else "")
        self.fields["reviewer"].set_hint(f"{count_of(len(rows), 'review')}: {names}")

    def save(self) -> None:
        """Move them all at once."""
        reviewer_id = self.require("reviewer", "Choose who takes over.")
        moved = [row for row in self._chosen() if row.reviewer_id != reviewer_id]
        self._school.do(cycles.set_reviewer, review_ids=[row.id for row in moved], reviewer_id=reviewer_id)
        self.moved, self.reviewer = moved, self._names[reviewer_id]


class ContributorsDialog(AskDialog):
    """Who is asked about a review besides its reviewer: tick them."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        title = f"Who contributes to {record.person}’s review?"
        super().__init__(title, "They are named on the statement. Tick with Space.", act="&Save contributors", parent=parent)
        self._school, self._review_id = school, record.board.id
        column = Column("name", "Name", 0, _name_of)
        self.model = TableModel([column], tickable=True, parent=self)
        barred = {record.board.person_id, record.board.reviewer_id}
        people = [person for person in school.read(staff.names, on_roll_only=True) if person.id not in barred]
        self.model.set_rows(people)
        self.model.set_ticked([each.person_id for each in record.contributors])
        self.model.ticks_changed.connect(self._touch)
        self.find = FilterBox("Filter by name", self)
        self.find.textChanged.connect(self.model.set_filter)
        self.table = HouseTable(self.model, "People", parent=self)
        self.table.setMinimumHeight(theme.px(260))
        self.body.addWidget(self.find)
        self.body.addWidget(self.table)
        self.first = self.find

    def save(self) -> None:
        """Keep who is ticked."""
        self._school.do(cycles.set_contributors, review_id=self._review_id, person_ids=self.model.ticked())


def _name_of(person) -> str:
    return person.name


class StandingDialog(AskDialog):
    """Away, or not in this cycle, with a reason that only those see who may (DESIGN section 4, Stages)."""

    def __init__(self, school, row: BoardRow, parent: QWidget | None = None) -> None:
        title = f"Is {row.name} in this cycle?"
        told = "Away and ‘not in this cycle’ stop the reminders. On the board stand just these words."
        super().__init__(title, told, act="&Save", parent=parent)
        self._school, self._row = school, row
        self.standing = Segments([(IN, "&In the cycle"), (AWAY, "A&way"), (EXEMPT, "&Not in this cycle")], "Standing", self)
        self.standing.set_value(EXEMPT if row.exempt else AWAY if row.away else IN)
        self.standing.edited.connect(self._chosen)
        hint = "Seen only by the school business manager and the headteacher."
        self.add_field("reason", LabelledField("Private &reason", TextField(lines=2), hint=hint, parent=self))
        self.fields["reason"].set_value(school.read(records.private_reason, review_id=row.id))
        self.body.addWidget(self.standing)
        self.body.addWidget(self.fields["reason"])
        self.first = self.standing
        self._show_reason()

    def _chosen(self, _value: object) -> None:
        self._touch()
        self._show_reason()

    def _show_reason(self) -> None:
        self.fields["reason"].setVisible(self.standing.value() != IN)

    def save(self) -> None:
        """Keep where this person stands."""
        where = self.standing.value()
        self._school.do(
            cycles.set_standing,
            review_id=self._row.id,
            revision=self._row.revision,
            away=where == AWAY,
            exempt=where == EXEMPT,
            reason=self.fields["reason"].value(),
        )


class HeldDialog(AskDialog):
    """A meeting that was held and written on paper: its day, and then the words are typed in."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        told = "Next you type in what stands on the paper. The statement will say that the meeting was held on paper."
        super().__init__(f"When did {record.person}’s meeting take place?", told, act="Type in the &words", icon="pen", parent=parent)
        self._school, self._review_id = school, record.board.id
        booked = record.board.dates.booked_for
        usual = booked.date() if booked and booked.date() <= clock.today() else clock.today()
        self.add_field("held_on", LabelledField("&Held on paper on", DateField(), parent=self)).set_value(record.held_on or usual)
        self.body.addWidget(self.fields["held_on"])

    def save(self) -> None:
        """Keep the day."""
        held_on = self.require("held_on", "Write the day of the meeting.")
        self._school.do(words.set_held_on, review_id=self._review_id, held_on=held_on)


def where_a_copy_is(copy: CopyRow) -> str:
    """‘Staff copy: given 14 October 2026 to Karen Doyle, not back yet’: what must be got back once its version is void."""
    printed = f"printed {long_day(copy.printed_at.date())}" if copy.printed_at else "not printed yet"
    to = f" to {copy.received_by}" if copy.received_by else ""
    parts = [f"given {long_day(copy.given_on)}{to}" if copy.given_on else printed]
    if copy.back_on:
        parts.append(f"back {long_day(copy.back_on)}")
    elif copy.given_on:
        parts.append("not back yet")
    if copy.has_scan:
        parts.append("its scan is here")
    return f"{copy_name(copy)}: {', '.join(parts)}"


class ReopenDialog(AskDialog):
    """Back to draft, with a reason: the next version. It tells where the copies of the version are that will be void."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        version = record.board.version
        told = (
            f"Version {version} is void from today and says so when it is printed again. Both copies of version {version + 1} must be "
            "signed anew. This cannot be undone."
        )
        super().__init__(f"Reopen {record.person}’s statement?", told, act="&Reopen", icon="undo", safe="&Leave it as it is", parent=parent)
        self._school, self._review_id = school, record.board.id
        hint = "It is printed on the old version. Write it so that both may read it."
        self.add_field("reason", LabelledField("&Why it is opened again", TextField(lines=3), hint=hint, parent=self))
        for copy in record.copies:
            if copy.statement_id == record.statements[-1].id:
                self.body.addWidget(role_label(where_a_copy_is(copy), "second", self, wrap=True))
        self.body.addWidget(self.fields["reason"])

    def save(self) -> None:
        """Open it again."""
        reason = self.fields["reason"].value()
        if not reason:
            raise UserError("Write why the statement is opened again. It stands on the old version.", field="reason")
        self._school.do(statements.reopen, review_id=self._review_id, reason=reason)
