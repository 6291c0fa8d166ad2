"""The dialogs that add and change what is written about a person."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.names import TITLES
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries, services
from staffdev_desktop.staff.rows import (
    EmploymentDetails,
    EmploymentRow,
    HoldingDetails,
    HoldingRow,
    MembershipDetails,
    MembershipRow,
    PersonDetails,
    PersonRecord,
    QualificationDetails,
    QualificationRow,
)
from staffdev_desktop.staff.rules import KINDS
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.staff.forms import FieldsDialog, hours_of, hours_words, offering
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LineField, TextField, TickField

Row = HoldingRow | EmploymentRow | QualificationRow | MembershipRow


def manager_choices(school: School, person_id: int | None, also: int | None = None) -> list[tuple[int | None, str]]:
    """Whom a line manager can be chosen from: everybody on roll but the person, and whoever it is now."""
    here = {each.id: each.name for each in school.read(queries.names, on_roll_only=True)}
    if also is not None and also not in here:
        here |= {each.id: f"{each.name} (left)" for each in school.read(queries.names) if each.id == also}
    return [(None, "Nobody"), *((each, name) for each, name in here.items() if each != person_id)]


class PersonDialog(FieldsDialog):
    """Adds a person, with the first post if it is known, or changes what is written about one."""

    def __init__(self, school: School, record: PersonRecord | None = None, parent: QWidget | None = None) -> None:
        title = f"What has changed for {record.name}?" if record else "Who is to be added?"
        words = "" if record else "Only a name is needed. Everything else can wait."
        super().__init__(title, school, act="&Save changes" if record else "&Add person", parent=parent, words=words)
        self._record = record
        self._revision = record.revision if record else 0
        groups = [(None, "Not set"), *((group.id, group.name) for group in school.read(settings.staff_groups))]
        self.add("forename", "&Forename", LineField(parent=self))
        self.add("surname", "S&urname", LineField(parent=self))
        self.add("title", "&Title", offering(LineField("For example Mrs or Dr", self), TITLES))
        self.add("known_as", "&Known as", LineField(parent=self))
        if record is None:
            posts = [post.title for post in school.read(queries.posts)]
            self.add("post", "&Post", offering(LineField(parent=self), posts))
            self.add("line_manager_id", "Line &manager", ChoiceField(manager_choices(school, None), self))
            self.add("starts_on", "&Joined", DateField("", self))
        self.add("staff_group_id", "Staff &group", ChoiceField(groups, self))
        self.add("kind", "K&ind of person", ChoiceField(KINDS.items(), self))
        self.add("staff_number", "Staff &number", LineField("" if record else "Left empty: the program gives one", self))
        self.add("email", "&Work email", LineField(parent=self))
        self.add("phone", "P&hone", LineField(parent=self))
        self.add("pronouns", "P&ronouns", LineField(parent=self))
        self.add("notes", "N&otes", TextField("", 2, 4, self), hint="Facts only: the person may ask to see them.", wide=True)
        if record is not None:
            for key, field in self.fields.items():
                field.set_value(getattr(record.details, key))

    def details(self) -> PersonDetails:
        """What is on screen."""
        return PersonDetails(**{key: self.value(key) for key in PersonDetails.__dataclass_fields__})

    def save(self) -> None:
        """Add or change."""
        details = self.details()
        if self._record is not None:
            self.school.do(services.change_person, person_id=self._record.id, revision=self._revision, details=details)
            self.result_id = self._record.id
            return
        post, manager = self.value("post"), self.value("line_manager_id")
        holding = HoldingDetails(title=post, line_manager_id=manager, starts_on=self.value("starts_on")) if post else None
        self.result_id = self.school.do(services.add_person, details=details, starts_on=self.value("starts_on"), holding=holding)

    def newest_revision(self) -> None:
        """After a conflict: what is saved next stands over what is there now."""
        if self._record is not None:
            self._revision = self.school.read(queries.person_record, person_id=self._record.id).revision


class PartDialog(FieldsDialog):
    """Adds or changes one of the things that a record has several of. `row` is None for a new one."""

    what = ""  # as in ‘Delete this post?’
    details_type: type
    add_service: Callable[..., Any]
    change_service: Callable[..., Any]
    delete_service: Callable[..., Any]
    id_name = ""
    rows_name = ""

    def __init__(self, school: School, record: PersonRecord, row: Row | None, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, school, act="&Save" if row else "&Add", parent=parent)
        self.record, self.row = record, row
        self.revision = row.revision if row else 0
        self.build()
        if row is not None:
            self.fill(vars(row.details))
            self.add_delete("&Delete…", self._delete)

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what is there."""
        for key, field in self.fields.items():
            field.set_value(values[key])

    def details(self) -> Any:
        """What is on screen. Raises UserError for words that cannot be what the field is for."""
        return self.details_type(**{key: self.value(key) for key in self.fields})

    def save(self) -> None:
        """Add or change."""
        details, kind = self.details(), type(self)
        if self.row is None:
            self.result_id = self.school.do(kind.add_service, person_id=self.record.id, details=details)
        else:
            self.school.do(kind.change_service, **{self.id_name: self.row.id}, revision=self.revision, details=details)
            self.result_id = self.row.id

    def newest_revision(self) -> None:
        """After a conflict: what is saved next stands over what is there now."""
        rows: Sequence[Row] = getattr(self.school.read(queries.person_record, person_id=self.record.id), self.rows_name)
        self.revision = next((each.revision for each in rows if self.row and each.id == self.row.id), self.revision)

    def _delete(self) -> None:
        question = f"Delete this {self.what}?"
        if messages.ask(self, question, "For something that was entered by mistake. You can undo it.", act="&Delete", safe="&Keep it"):
            self.do_instead(type(self).delete_service)

    def do_instead(self, service: Callable[..., Any]) -> None:
        """Do something else with the row than to save what is on screen, and close."""
        if self.attempt(partial(self.school.do, service, **{self.id_name: self.row.id}, revision=self.revision)):
            self.accept()


class HoldingDialog(PartDialog):
    """A person in a post."""

    what = "post"
    details_type = HoldingDetails
    add_service = services.add_holding
    change_service = services.change_holding
    delete_service = services.delete_holding
    id_name, rows_name = "holding_id", "holdings"

    def __init__(self, school: School, record: PersonRecord, row: HoldingRow | None = None, parent: QWidget | None = None) -> None:
        title = f"What has changed in this post of {record.name}?" if row else f"Which post does {record.name} hold?"
        super().__init__(school, record, row, title, parent)
        if row is not None and record.current and record.current[0].id != row.id:
            main = QuietButton("Make &main post", parent=self)
            main.clicked.connect(self._make_main)
            self.add_left(main)

    def build(self) -> None:
        """Post, dates, hours, line manager."""
        known = self.school.read(queries.posts)
        manager = self.row.details.line_manager_id if self.row else None
        filled = self.school.read(settings.list_items, name="filled how")
        hint = "To move to another post, end this one and add the new one." if self.row else "A post can have several holders."
        self.add("title", "&Post", offering(LineField(parent=self), [post.title for post in known]), hint=hint)
        self.add("site", "S&ite", offering(LineField(parent=self), [post.site for post in known if post.site]))
        self.add("starts_on", "&From", DateField("", self))
        self.add("ends_on", "&To, last day", DateField("Empty while it goes on", self))
        self.add("line_manager_id", "&Line manager in this post", ChoiceField(manager_choices(self.school, self.record.id, manager), self))
        self.add("filled_how", "H&ow it was filled", offering(LineField(parent=self), filled))
        self.add("weekly_hours", "&Weekly hours", LineField("For example 32.5", self))
        self.add("full_time_hours", "Full-time &hours", LineField("For example 37", self))
        self.add("allowance", "Allowa&nce", LineField(parent=self), wide=True)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what is there, hours as they are typed."""
        super().fill({**values, **{key: hours_words(values[key]) for key in ("weekly_hours", "full_time_hours")}})

    def details(self) -> HoldingDetails:
        """What is on screen. Raises UserError for hours that are no number."""
        values = {key: self.value(key) for key in HoldingDetails.__dataclass_fields__}
        for key in ("weekly_hours", "full_time_hours"):
            values[key] = hours_of(values[key], key)
        return HoldingDetails(**values)

    def _make_main(self) -> None:
        self.do_instead(services.make_main_post)


class EmploymentDialog(PartDialog):
    """A time with the school."""

    what = "time with the school"
    details_type = EmploymentDetails
    add_service = services.add_employment
    change_service = services.change_employment
    delete_service = services.delete_employment
    id_name, rows_name = "employment_id", "employments"

    def __init__(self, school: School, record: PersonRecord, row: EmploymentRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__(school, record, row, f"When {'was' if row else 'is'} {record.name} with the school?", parent)

    def build(self) -> None:
        """From, to, why, where to."""
        self.add("starts_on", "&First day", DateField("", self))
        self.add("ends_on", "&Last day", DateField("Empty while it goes on", self))
        reasons = self.school.read(settings.list_items, name="leaving reason")
        self.add("reason", "&Reason for leaving", offering(LineField(parent=self), reasons))
        self.add("destination", "&Where to", LineField(parent=self))


class QualificationDialog(PartDialog):
    """A qualification or status."""

    what = "qualification"
    details_type = QualificationDetails
    add_service = services.add_qualification
    change_service = services.change_qualification
    delete_service = services.delete_qualification
    id_name, rows_name = "qualification_id", "qualifications"

    def __init__(self, school: School, record: PersonRecord, row: QualificationRow | None = None, parent: QWidget | None = None) -> None:
        title = "What has changed in this qualification?" if row else f"Which qualification or status has {record.name}?"
        super().__init__(school, record, row, title, parent)

    def build(self) -> None:
        """Name as awarded, status or not, when, where, level, how paid for."""
        self.add("name", "&Name", LineField(parent=self), hint="As it was called when it was awarded: NQT, NASENCO, NPQML stay.", wide=True)
        self.add("awarded_on", "A&warded on", DateField("", self))
        self.add("level", "&Level", LineField(parent=self))
        self.add("provider", "&Provider", LineField(parent=self))
        self.add("funded", "How it was &funded", LineField(parent=self))
        self.add("is_status", "Kind", TickField("This is a s&tatus, such as QTS or HLTA status", self), wide=True)


class MembershipDialog(PartDialog):
    """Membership of a professional body."""

    what = "membership"
    details_type = MembershipDetails
    add_service = services.add_membership
    change_service = services.change_membership
    delete_service = services.delete_membership
    id_name, rows_name = "membership_id", "memberships"

    def __init__(self, school: School, record: PersonRecord, row: MembershipRow | None = None, parent: QWidget | None = None) -> None:
        title = "What has changed in this membership?" if row else f"Which professional body is {record.name} a member of?"
        super().__init__(school, record, row, title, parent)

    def build(self) -> None:
        """Body, number, from, to."""
        self.add("body", "&Professional body", LineField(parent=self))
        self.add("number", "Membership &number", LineField(parent=self))
        self.add("starts_on", "&From", DateField("", self))
        self.add("ends_on", "&To", DateField("Empty while it goes on", self))
