"""Add and change a group, plan meetings, take attendance, write what was found; what the school wants of its groups."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.groups.rows import GroupDetails, GroupRow, GroupRules, MeetingPlan
from staffdev_desktop.cpd.groups.rules import GROUP_KINDS, MOST_MEETINGS, PRIMARY_CAP, SECONDARY_CAP
from staffdev_desktop.cpd.groups.services import groups, research
from staffdev_desktop.cpd.log.rows import CpdPerson, CpdSettingsRow
from staffdev_desktop.cpd.programmes.rows import Every
from staffdev_desktop.cpd.programmes.series import series_days
from staffdev_desktop.kernel.dates import day_in_table
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.cpd.groups.words import capital
from staffdev_desktop.ui.cpd.log.fields import HoursField
from staffdev_desktop.ui.cpd.people_list import PeopleList
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField, TimeField, role_label

WIDE, WIDEST = 520, 880
MOST_DAYS = 8  # of a series that are said; of more, the last one as well
EVERY = {Every.WEEK: "Every week", Every.FORTNIGHT: "Every fortnight", Every.HALF_TERM: "Once a half-term", Every.TERM: "Once a term"}


def numbers(least: int, most: int) -> ChoiceField:
    """A small whole number to choose."""
    return ChoiceField([(number, str(number)) for number in range(least, most + 1)])


def words_field(example: str, known: Sequence[str], parent: QWidget) -> LineField:
    """A line that offers words that are in use already."""
    field = LineField(example, parent)
    completer = QCompleter(list(dict.fromkeys(words for words in known if words)), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    return field


class GroupDialog(AskDialog):
    """What a group is about, at the left; who is in it, at the right."""

    def __init__(self, school, year: int, row: GroupRow | None, people: Sequence[CpdPerson], parent: QWidget | None = None) -> None:
        title = f"Change ‘{row.details.name}’?" if row else "Who learns together?"
        super().__init__(title, act="&Save", icon="check", width=WIDEST, parent=parent)
        self._school, self._year, self._row = school, year, row
        self._names = {person.id: person.name for person in people}
        priorities = [each.text for each in school.read(settings.priorities, year=year)]
        kinds = [(kind, capital(kind)) for kind in GROUP_KINDS]
        ticked = {member.person_id for member in row.members} if row else set()
        self.people = PeopleList(sorted(people, key=lambda person: person.id not in ticked), "Members", self)
        self.people.tick(ticked)
        fields = {
            "name": ("&Name", LineField("For example Reading fluency group")),
            "kind": ("&Kind", ChoiceField(kinds)),
            "priority": ("School &priority", words_field("One of the year, or your own", priorities, self)),
            "question": ("What they &ask", TextField("What do we want to find out together?", lines=4)),
            "lead_id": ("&Led by", ChoiceField()),
        }
        left = QVBoxLayout()
        left.setSpacing(10)
        for key, (label, editor) in fields.items():
            left.addWidget(self.add_field(key, LabelledField(label, editor, parent=self)))
        left.addStretch(1)
        row_of_two = QHBoxLayout()
        row_of_two.setSpacing(16)
        row_of_two.addLayout(left, 4)
        right = QVBoxLayout()
        right.setSpacing(4)
        label = role_label("&Members", "label", self)
        label.setBuddy(self.people.find)
        right.addWidget(label)
        right.addWidget(self.people, 1)
        row_of_two.addLayout(right, 5)
        self.body.addLayout(row_of_two)
        editors = [self.fields[key].editor for key in fields]
        for before, after in pairwise([*editors, self.people.find, self.people.group, self.people.table]):
            QWidget.setTabOrder(before, after)
        self.people.edited.connect(self._ticked)
        self._offer_leads()
        details = row.details if row else GroupDetails("")
        for key in ("name", "kind", "priority", "question"):
            self.fields[key].set_value(getattr(details, key))
        self.fields["lead_id"].set_value(next((member.person_id for member in row.members if member.lead), None) if row else None)

    def save(self) -> None:
        """Write it down."""
        details = GroupDetails(**{key: self.fields[key].value() for key in ("name", "kind", "priority", "question")})
        who = {"person_ids": self.people.ticked(), "lead_id": self.fields["lead_id"].value()}
        if self._row is None:
            self._school.do(groups.add_group, year=self._year, details=details, **who)
        else:
            self._school.do(groups.change_group, group_id=self._row.id, revision=self._row.revision, details=details, **who)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{self.fields['name'].value()}: {count_of(len(self.people.ticked()), 'member')}"

    def say_wrong(self, error: UserError) -> None:
        """Nobody ticked is said above the buttons, and the keyboard goes to the list."""
        super().say_wrong(error)
        if error.field == "person_ids":
            self.people.table.setFocus()

    def _ticked(self) -> None:
        self._touch()
        self._offer_leads()

    def _offer_leads(self) -> None:
        known = [(person_id, self._names[person_id]) for person_id in self.people.ticked() if person_id in self._names]
        self.fields["lead_id"].editor.set_choices([(None, "Nobody yet"), *known])


class PlanDialog(AskDialog):
    """Meetings as a repeating series; the days it comes to are said before anything is saved."""

    def __init__(self, school, title: str, every: Every, count: int, minutes: int, parent: QWidget | None = None) -> None:
        words = "School holidays and closures are left out. Everybody in it is signed up; attendance makes the entries in their logs."
        super().__init__(title, words, act="&Plan them", icon="cal", width=WIDE, parent=parent)
        self._school = school
        self._closed = ClosedDays(school)
        self._known = school.read(settings.calendar)
        fields = {
            "first": ("&First on", DateField("1/10/2026")),
            "starts_at": ("&At", TimeField("15:45")),
            "minutes": ("Hours &each", HoursField("For example 1")),
            "every": ("&How often", ChoiceField(list(EVERY.items()))),
            "count": ("How &many", numbers(1, MOST_MEETINGS)),
            "place": ("P&lace", LineField("A room, or online")),
        }
        for key, (label, editor) in fields.items():
            self.add_field(key, LabelledField(label, editor, parent=self))
        self.row(*(self.fields[key] for key in ("first", "starts_at", "minutes")))
        self.row(*(self.fields[key] for key in ("every", "count", "place")))
        self.days = role_label("", "second", self, wrap=True)
        self.days.setMinimumHeight(theme.px(36))
        self.body.addWidget(self.days)
        for key, value in (("every", every), ("count", count), ("minutes", minutes)):
            self.fields[key].set_value(value)
        for key in ("first", "every", "count"):
            self.fields[key].edited.connect(self._say_days)
        self._say_days()

    def plan(self) -> MeetingPlan:
        """What was typed. Raises UserError for what is missing."""
        first = self.require("first", "Write the day of the first meeting.")
        minutes = self.require("minutes", "Write how long a meeting takes. 0.5 is half an hour.")
        values = {key: self.fields[key].value() for key in ("every", "count", "starts_at", "place")}
        return MeetingPlan(first=first, minutes=minutes, **values)

    def check(self) -> bool:
        """A first day on which school is closed is asked about."""
        return self._closed.ask_about(self, [("First on", self.fields["first"].value())]) and super().check()

    def _say_days(self, _value: object = None) -> None:
        first: date | None = self.fields["first"].value()
        if first is None:
            self.days.setText("Write the first day to see all of them.")
            return
        try:
            days = series_days(first, self.fields["every"].value(), self.fields["count"].value(), self._known.terms, self._known.closures)
        except UserError as error:
            self.days.setText(error.message)
            return
        said = [day_in_table(day) for day in days[:MOST_DAYS]]
        more = f" … {day_in_table(days[-1])}" if len(days) > MOST_DAYS else ""
        self.days.setText(f"{count_of(len(days), 'meeting')}: {', '.join(said)}{more}.")


class PlanGroupDialog(PlanDialog):
    """The meetings of a group."""

    def __init__(self, school, row: GroupRow, parent: QWidget | None = None) -> None:
        super().__init__(school, f"When does ‘{row.details.name}’ meet?", Every.TERM, 3, 60, parent)
        self._row = row

    def save(self) -> None:
        """Plan them."""
        self._school.do(groups.plan_meetings, group_id=self._row.id, plan=self.plan())


class PlanResearchDialog(PlanDialog):
    """The meetings of a project: fortnightly to begin with."""

    def __init__(self, school, row, parent: QWidget | None = None) -> None:
        super().__init__(school, f"When is ‘{row.details.title}’ talked about?", Every.FORTNIGHT, 6, 30, parent)
        self._row = row

    def save(self) -> None:
        """Plan them."""
        self._school.do(research.plan_research_meetings, research_id=self._row.id, plan=self.plan())


class FoundDialog(AskDialog):
    """What came of a group."""

    def __init__(self, school, row: GroupRow, parent: QWidget | None = None) -> None:
        super().__init__(f"What did ‘{row.details.name}’ find?", act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        example = "What changed for pupils or colleagues, and what you would do again"
        self.add_field("found", LabelledField("&What was found", TextField(example, lines=6), parent=self))
        hint = "Empty while the group goes on."
        self.add_field("ended_on", LabelledField("&Ended on", DateField(), hint=hint, parent=self))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.fields["found"].set_value(row.found)
        self.fields["ended_on"].set_value(row.ended_on)

    def save(self) -> None:
        """Write it down."""
        values = {key: field.value() for key, field in self.fields.items()}
        self._school.do(groups.write_found, group_id=self._row.id, revision=self._row.revision, **values)


class RulesDialog(AskDialog):
    """What the school wants of its groups, and the cap on research."""

    def __init__(self, school, now: CpdSettingsRow, parent: QWidget | None = None) -> None:
        words = "Below these numbers the lists say so; above the cap a project is not selected."
        super().__init__("What does the school want?", words, act="&Save", icon="check", parent=parent)
        self._school, self._revision = school, now.revision
        usual = f"Usual: {PRIMARY_CAP} in a primary, {SECONDARY_CAP} in a secondary school."
        fields = {
            "groups_least": ("&Learning groups a year, at least", 0, 20, ""),
            "group_size": ("&Members of a learning group", 2, 12, ""),
            "research_cap": ("&Research projects a year, at most", 0, 30, usual),
        }
        for key, (label, least, most, hint) in fields.items():
            self.body.addWidget(self.add_field(key, LabelledField(label, numbers(least, most), hint=hint, parent=self)))
            self.fields[key].set_value(getattr(now, key))

    def save(self) -> None:
        """Write it down."""
        rules = GroupRules(**{key: field.value() for key, field in self.fields.items()})
        self._school.do(groups.change_rules, revision=self._revision, rules=rules)
