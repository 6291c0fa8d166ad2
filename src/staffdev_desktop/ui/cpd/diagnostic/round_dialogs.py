"""Start a round with a look at who would be in it, change it, add people, say who rates them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.queries import rounds
from staffdev_desktop.cpd.diagnostic.rows import BoardRow, PlanRow, RoundDetails, RoundRow
from staffdev_desktop.cpd.diagnostic.rules import round_name
from staffdev_desktop.cpd.diagnostic.services import rounds as writes
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, ClosedDays, people_choices
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, TALL, ROW_HEIGHT = 780, 250, 38
MOST_NAMES, FRIDAY = 4, 4


def _words(key: str, row: PlanRow) -> str:
    return getattr(row, key)


def _plan_id(row: PlanRow) -> int:
    return row.person_id


def _trouble_badge(row: PlanRow) -> BadgeText | None:
    if not row.trouble:
        return None
    return BadgeText("warn" if row.set_id else "late", row.trouble)


def plan_table(parent: QWidget) -> HouseTable:
    """Those who could be in a round, to tick, with what is missing for them."""
    columns = (
        Column("name", "Member of staff", 200, partial(_words, "name"), extra=partial(_words, "group"), delegate=TwoLineDelegate),
        Column("set", "Areas", 140, partial(_words, "set_name")),
        Column("manager", "Line manager", 150, partial(_words, "manager")),
        Column("trouble", "What is missing", 0, partial(_words, "trouble"), extra=_trouble_badge, delegate=BadgeDelegate),
    )
    model = TableModel(columns, row_id=_plan_id, tickable=True, parent=parent)
    table = HouseTable(model, "Who is in this round", row_height=ROW_HEIGHT, parent=parent)
    table.setMinimumHeight(theme.px(TALL))
    return table


class _PeopleDialog(AskDialog):
    """Fields above, and people to tick: all of a set or a staff group at once."""

    def add_people_part(self, plan: Sequence[PlanRow]) -> None:
        """Lay out who could be in it; those with a set are ticked where `ticked` says so."""
        self.table = plan_table(self)
        self.model = self.table.model()
        self.model.set_rows(plan)
        self.words_below = role_label("", "small", self, wrap=True)
        self.which = ChoiceField(self._which_choices(plan))
        self.which.setAccessibleName("Show")
        self.which.edited.connect(self._show_some)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(role_label("Who is in it", "label", self))
        row.addStretch(1)
        row.addWidget(self.which)
        self.body.addLayout(row)
        QWidget.setTabOrder(self.which, self.table)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words_below)
        self.model.ticks_changed.connect(self._ticked)
        self._ticked()

    def ticked(self) -> tuple[int, ...]:
        """Who is in it."""
        return self.model.ticked()

    def _which_choices(self, plan: Sequence[PlanRow]) -> list[tuple[object, str]]:
        sets = sorted({row.set_name for row in plan} - {""})
        groups = sorted({row.group for row in plan} - {""})
        return [
            (None, "Everybody on roll"),
            (("trouble", ""), "Only where something is missing"),
            *((("set_name", name), f"Areas: {name}") for name in sets),
            *((("group", name), f"Staff group: {name}") for name in groups),
        ]

    def _show_some(self, chosen: tuple[str, str] | None) -> None:
        self.model.set_condition(None if chosen is None else partial(_is_shown, chosen))

    def _ticked(self) -> None:
        self._touch()
        rows = [self.model.row_of(key) for key in self.ticked()]
        told = [f"{count_of(len(rows), 'person', 'people')} ticked."]
        without = [row.name for row in rows if row.manager_id is None]
        if without:
            more = len(without) - MOST_NAMES
            names = [*without[:MOST_NAMES], f"{more} more"] if more > 0 else without
            told.append(f"No line manager: {listed(names)}. They can be given one on the board.")
        left = sum(row.set_id is None for row in self.model.rows())
        if left:
            told.append(f"{count_of(left, 'person has', 'people have')} no set of areas and cannot be in it: see Areas.")
        self.words_below.setText(" ".join(told))


def _is_shown(chosen: tuple[str, str], row: PlanRow) -> bool:
    key, value = chosen
    return bool(row.trouble) if key == "trouble" else getattr(row, key) == value


class StartRoundDialog(_PeopleDialog):
    """A new round. `round_id` once it has begun."""

    def __init__(self, school, parent: QWidget | None = None) -> None:
        words = "Everybody ticked gets the areas of their staff group, and their line manager of today."
        super().__init__("Which round do you begin?", words, act="&Begin the round", icon="plus", width=WIDE, parent=parent)
        self._school, self._closed = school, ClosedDays(school)
        self.round_id: int | None = None
        today = clock.today()
        self.add_field("name", LabelledField("&Name", LineField("For example Autumn 2026"), parent=self))
        self.add_field("opens_on", LabelledField("&Opens", DateField(), parent=self))
        self.add_field("deadline", LabelledField("&Agreed by", DateField(), parent=self))
        self.row(*self.fields.values())
        known = {each.name for each in school.read(rounds.rounds)}
        usual = round_name(today, school.read(settings.calendar).terms)
        self.fields["name"].set_value("" if usual in known else usual)
        self.fields["opens_on"].set_value(today)
        self.fields["deadline"].set_value(self._usual_deadline(today))
        plan = school.read(rounds.round_plan)
        self.add_people_part(plan)
        self.model.set_ticked([row.person_id for row in plan if row.set_id is not None])
        self.touched = False

    def _usual_deadline(self, opens: date) -> date:
        """A Friday on which school is open, five weeks on: somebody may say otherwise."""
        day = opens + timedelta(weeks=5, days=(FRIDAY - opens.weekday()) % 7)
        later = (day + timedelta(weeks=week) for week in range(8))
        return next((each for each in later if not self._closed.question(each)), day)

    def check(self) -> bool:
        """A day at a weekend is asked about first."""
        days = [("Opens", self.fields["opens_on"].value()), ("Agreed by", self.fields["deadline"].value())]
        return self._closed.ask_about(self, days) and super().check()

    def save(self) -> None:
        """Begin it."""
        details = round_details(self)
        self.round_id = self._school.do(writes.start_round, details=details, person_ids=self.ticked())

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{self.fields['name'].value()} has begun with {count_of(len(self.ticked()), 'person', 'people')}"


def round_details(dialog: AskDialog) -> RoundDetails:
    """What stands in the three fields. Raises UserError."""
    return RoundDetails(
        str(dialog.require("name", "Give the round a name, for example Autumn 2026.")),
        dialog.require("opens_on", "Give the day on which it opens."),
        dialog.require("deadline", "Give the day by which everybody has agreed."),
    )


class ChangeRoundDialog(AskDialog):
    """Another name or other days for a round."""

    def __init__(self, school, round_: RoundRow, parent: QWidget | None = None) -> None:
        super().__init__(f"What changes in {round_.name}?", "Nothing that is written in it changes.", act="&Save", parent=parent)
        self._school, self._round, self._closed = school, round_, ClosedDays(school)
        self.add_field("name", LabelledField("&Name", LineField(), parent=self))
        self.add_field("opens_on", LabelledField("&Opens", DateField(), parent=self))
        self.add_field("deadline", LabelledField("&Agreed by", DateField(), parent=self))
        self.body.addWidget(self.fields["name"])
        self.row(self.fields["opens_on"], self.fields["deadline"])
        for key in self.fields:
            self.fields[key].set_value(getattr(round_.details, key))

    def check(self) -> bool:
        """A new day at a weekend is asked about first."""
        before = self._round.details
        days = [
            ("Opens", self.fields["opens_on"].value(), before.opens_on),
            ("Agreed by", self.fields["deadline"].value(), before.deadline),
        ]
        return self._closed.ask_about(self, [(name, day) for name, day, was in days if day != was]) and super().check()

    def save(self) -> None:
        """Change it."""
        self._school.do(writes.change_round, round_id=self._round.id, revision=self._round.revision, details=round_details(self))

    def said(self) -> str:
        """What to say once it is on disk."""
        return "The round is changed"


class AddPeopleDialog(_PeopleDialog):
    """More people for a round that has begun."""

    def __init__(self, school, round_: RoundRow, parent: QWidget | None = None) -> None:
        super().__init__(f"Who else is in {round_.name}?", act="&Add", icon="plus", width=WIDE, parent=parent)
        self._school, self._round = school, round_
        self.add_people_part(school.read(rounds.round_plan, round_id=round_.id))
        self.first = self.table
        self.touched = False

    def save(self) -> None:
        """Add them."""
        self._school.do(writes.add_people, round_id=self._round.id, person_ids=self.ticked())

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{count_of(len(self.ticked()), 'person', 'people')} added to {self._round.name}"


class ManagerDialog(AskDialog):
    """Who rates some people as their line manager in this round."""

    def __init__(self, school, rows: Sequence[BoardRow], parent: QWidget | None = None) -> None:
        more = len(rows) - MOST_NAMES
        names = [row.name for row in rows[:MOST_NAMES]] + ([f"{more} more"] if more > 0 else [])
        words = f"For {listed(names)}, in this round only. Who manages whom is kept in Staff."
        super().__init__("Who rates them as the line manager?", words, act="&Save", parent=parent)
        self._school, self._rows = school, rows
        choices = people_choices(school.read(log.people), "Nobody", [row.person_id for row in rows])
        self.add_field("manager_id", LabelledField("&Line manager", ChoiceField(choices), parent=self))
        self.body.addWidget(self.fields["manager_id"])
        self.fields["manager_id"].set_value(rows[0].manager_id if rows else None)

    def save(self) -> None:
        """Say it."""
        ids = [row.id for row in self._rows]
        self._school.do(writes.set_manager, diagnostic_ids=ids, manager_id=self.fields["manager_id"].value())

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"The line manager of {count_of(len(self._rows), 'person', 'people')} is changed"
