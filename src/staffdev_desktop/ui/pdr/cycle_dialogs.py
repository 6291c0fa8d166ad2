"""Start a cycle with a rehearsal of who is in it, add people to a running one, change its dates."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import YEAR_TURNS_IN, year_label
from staffdev_desktop.pdr.kinds import KINDS, SUPPORT
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import CycleRow
from staffdev_desktop.pdr.rules import cycle_title
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.pdr.plan_table import PlanTable
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TickField, plain_words, role_label
from staffdev_desktop.ui.widgets.mnemonics import letters_in, with_letter

WIDE, PLAN_HEIGHT, KINDS_IN_A_ROW = 900, 280, 4
DATES = (("starts_on", "Begin&s"), ("ends_on", "&Ends"), ("sheets_due_on", "Sheets due &back"), ("deadline", "Deadline to a&gree"))
QUESTIONED = ("sheets_due_on", "deadline")  # the first and last day of a cycle may well lie in the holidays


class CycleDialog(AskDialog):
    """The fields of a cycle. Dates on which school is closed get a question as they are typed, and once more before they are kept."""

    def __init__(self, school, title: str, words: str, *, act: str, icon: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(title, words, act=act, icon=icon, width=width, parent=parent)
        self._school = school
        self._closed = ClosedDays(school)
        self.add_field("name", LabelledField("&Name", LineField(), parent=self))
        for key, label in DATES:
            self.add_field(key, LabelledField(label, DateField("31/8/2027"), parent=self))
        for key in QUESTIONED:
            self.fields[key].edited.connect(self._question)
            self.fields[key].editor.setProperty("key", key)

    def show_dates(self, values: dict[str, date]) -> None:
        """Show days, with the question each of them raises."""
        for key, day in values.items():
            self.fields[key].set_value(day)
        self._question()

    def new_cycle(self, year: int, *, split_by_post: bool = False) -> cycles.NewCycle:
        """What the fields say. Raises UserError for an empty day."""
        days = {key: self.require(key, "Write a date.") for key, _ in DATES}
        return cycles.NewCycle(self.fields["name"].value(), year, split_by_post=split_by_post, **days)

    def days_may_stand(self) -> bool:
        """Ask about days on which school is closed."""
        labels = {"sheets_due_on": "Sheets due back", "deadline": "Deadline"}
        return self._closed.ask_about(self, [(labels[key], self.fields[key].value()) for key in QUESTIONED])

    def _question(self, *_value: object) -> None:
        for key in QUESTIONED:
            question = self._closed.question(self.fields[key].value())
            self.fields[key].set_hint(question.removesuffix(" Keep it?"))


class StartCycleDialog(CycleDialog):
    """Everything a cycle begins with, and the rehearsal: nothing is made until the last button."""

    def __init__(self, school, year: int, parent: QWidget | None = None) -> None:
        super().__init__(school, "Start which cycle?", "", act="S&tart the cycle", icon="pdr", width=WIDE, parent=parent)
        self.made: int | None = None
        years = [(each, year_label(each)) for each in (year - 1, year, year + 1)]
        self.year = self.add_field("year", LabelledField("Academic &year", ChoiceField(years), parent=self))
        self.year.set_value(year)
        self.split = TickField("One review for each &post a person holds", self)
        taken = set(letters_in(self))
        self.kinds = [(kind.id, TickField(with_letter(kind.title, taken), self)) for kind in KINDS.values()]
        self.plan = PlanTable(school.read(staff.names, on_roll_only=True), self)
        self.plan.setMinimumHeight(theme.px(PLAN_HEIGHT))
        top = self.row(self.fields["name"], self.year)
        top.setStretch(0, 3)
        self.row(*(self.fields[key] for key, _ in DATES))
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(16)
        ticks.setVerticalSpacing(2)
        ticks.addWidget(role_label("For whom", "label", self), 0, 0, 1, KINDS_IN_A_ROW)
        for number, (kind, tick) in enumerate(self.kinds):
            tick.set_value(kind == SUPPORT)
            tick.setAccessibleName(f"For whom: {plain_words(tick.text())}")
            tick.edited.connect(self._read_plan)
            ticks.addWidget(tick, 1 + number // KINDS_IN_A_ROW, number % KINDS_IN_A_ROW)
        self.body.addLayout(ticks)
        self.body.addWidget(self.split)
        self.body.addWidget(self.plan, 1)
        self.year.edited.connect(self._year_chosen)
        self.fields["starts_on"].edited.connect(self._read_plan)
        self.split.edited.connect(self._read_plan)
        self.plan.edited.connect(self._touch)
        self._year_chosen(year)

    def save(self) -> None:
        """Make the cycle and its reviews."""
        cycle = self.new_cycle(self.year.value(), split_by_post=self.split.value())
        invited = self.plan.invited()
        if not invited:
            raise UserError("Nobody is in this cycle yet. Tick at least one person.")
        if self.days_may_stand():
            self.made = self._school.do(cycles.start_cycle, cycle=cycle, invited=invited)

    def check(self) -> bool:
        """Stay open where a date is to be changed first."""
        return super().check() and self.made is not None

    def _year_chosen(self, year: int) -> None:
        taken = {cycle.name for cycle in self._school.read(boards.cycles)}
        name = cycle_title(year)
        self.fields["name"].set_value(name if name not in taken else "")
        self.show_dates(usual_dates(year, self._closed))
        self._read_plan()

    def _read_plan(self, *_value: object) -> None:
        starts_on = self.fields["starts_on"].value() or clock.today()
        kinds = [kind for kind, tick in self.kinds if tick.value()]
        rows = self._school.read(boards.plan, starts_on=starts_on, split_by_post=self.split.value(), kinds=kinds)
        self.plan.set_plan(rows, ticked=True)


def usual_dates(year: int, closed: ClosedDays) -> dict[str, date]:
    """A year from September; sheets back after five weeks, agreed by the end of November, on days when school is open."""
    starts_on = date(year, YEAR_TURNS_IN, 1)
    return {
        "starts_on": starts_on,
        "ends_on": date(year + 1, YEAR_TURNS_IN, 1) - timedelta(days=1),
        "sheets_due_on": _open_day(starts_on + timedelta(days=38), closed),
        "deadline": _open_day(date(year, 11, 30), closed),
    }


def _open_day(day: date, closed: ClosedDays) -> date:
    """The last school day up to this one; the day itself if there is none within three weeks."""
    return next((before for step in range(21) if not closed.question(before := day - timedelta(days=step))), day)


class AddPersonDialog(AskDialog):
    """Late starters join a running cycle."""

    def __init__(self, school, running: Sequence[CycleRow], parent: QWidget | None = None) -> None:
        told = "Tick who joins. They get a review number now, and are on the board at once."
        super().__init__("Who joins the cycle?", told, act="&Add", icon="plus", width=WIDE, parent=parent)
        self._school, self._running = school, {cycle.id: cycle for cycle in running}
        self.made: tuple[int, ...] = ()
        choices = [(cycle.id, cycle.name) for cycle in running]
        self.cycle = self.add_field("cycle", LabelledField("C&ycle", ChoiceField(choices), parent=self))
        self.cycle.setVisible(len(choices) > 1)
        self.plan = PlanTable(school.read(staff.names, on_roll_only=True), self)
        self.plan.setMinimumHeight(theme.px(PLAN_HEIGHT))
        self.body.addWidget(self.cycle)
        self.body.addWidget(self.plan, 1)
        self.first = self.cycle if len(choices) > 1 else self.plan
        self.cycle.edited.connect(self._read_plan)
        self.plan.edited.connect(self._touch)
        self._read_plan()

    def save(self) -> None:
        """Make their reviews."""
        invited = self.plan.invited()
        if not invited:
            raise UserError("Tick who joins first.")
        self.made = self._school.do(cycles.add_to_cycle, cycle_id=self.cycle.value(), invited=invited)

    def _read_plan(self, *_value: object) -> None:
        cycle = self._running[self.cycle.value()]
        day = max(cycle.starts_on, min(clock.today(), cycle.ends_on))
        rows = self._school.read(boards.plan, starts_on=day, cycle_id=cycle.id, split_by_post=cycle.split_by_post, kinds=tuple(KINDS))
        self.plan.set_plan(rows, ticked=False)


class ChangeCycleDialog(CycleDialog):
    """Another name or other dates for a running cycle."""

    def __init__(self, school, cycle: CycleRow, parent: QWidget | None = None) -> None:
        told = "Its reviews follow the new dates at once."
        super().__init__(school, "Change this cycle?", told, act="Sa&ve", icon="save", width=560, parent=parent)
        self._cycle, self._kept = cycle, False
        self.fields["name"].set_value(cycle.name)
        self.show_dates({key: getattr(cycle, key) for key, _ in DATES})
        self.body.addWidget(self.fields["name"])
        self.row(*(self.fields[key] for key, _ in DATES[:2]))
        self.row(*(self.fields[key] for key, _ in DATES[2:]))

    def save(self) -> None:
        """Keep name and dates."""
        changed = self.new_cycle(self._cycle.year, split_by_post=self._cycle.split_by_post)
        if self.days_may_stand():
            self._school.do(cycles.change_cycle, cycle_id=self._cycle.id, revision=self._cycle.revision, cycle=changed)
            self._kept = True

    def check(self) -> bool:
        """Stay open where a date is to be changed first."""
        return super().check() and self._kept
