"""Ask for something, decide on it, say that it is booked, say that it took place."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.requests import services
from staffdev_desktop.cpd.log.requests.rows import BudgetRow, Decision, RequestDetails, RequestRow
from staffdev_desktop.cpd.log.requests.rules import entry_from, overspend
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryDetails
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, people_choices
from staffdev_desktop.ui.cpd.log.entry_dialog import EntryDialog
from staffdev_desktop.ui.cpd.log.fields import HoursField, LogDays, kept, kind_choices, part_choices
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField, role_label
from staffdev_desktop.ui.widgets.money_field import PoundsField
from staffdev_desktop.ui.widgets.segments import Segments

WIDE = 640
KEYS = tuple(RequestDetails.__dataclass_fields__)


class RequestDialog(AskDialog):
    """A new request (`row` is None) or one that is there; one that is settled can only be looked at."""

    def __init__(
        self, school, hub, people: Sequence[CpdPerson], budgets: Sequence[BudgetRow], row: RequestRow | None = None, *,
        person_id: int | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "What is asked for?" if row is None else f"What does {row.name} ask for?"
        super().__init__(title, _said(row), act="&Save request", icon="check", width=WIDE, parent=parent)
        self._school, self._row, self._year = school, row, hub.year
        self._days = LogDays(school)
        self.withdrawn = False
        if row is None:
            choices = people_choices(people, "Choose somebody")
            who = self.add_field("person_id", LabelledField("Wh&o", ChoiceField(choices), parent=self))
            asked = self.add_field("asked_on", LabelledField("As&ked on", DateField(), hint="As on the slip.", parent=self))
            who.set_value(person_id)
            asked.set_value(clock.today())
            who.edited.connect(self._offer_needs)
            self.row(who, asked)
        self._what(row)
        self._money(budgets)
        self._offer_needs()
        if row is not None:
            self._fill(row)
        self.first = self.fields["activity"] if person_id or row else self.fields["person_id"]

    def _what(self, row: RequestRow | None) -> None:
        keep = row.details.kind_id if row else None
        self.body.addWidget(self.field("activity", "&What", LineField()))
        self.body.addWidget(self.field("why", "Wh&y, and what it should change", TextField(lines=2, most_lines=4)))
        self.row(
            self.field("kind_id", "Kin&d", ChoiceField(kind_choices(self._school, keep=keep))),
            self.field("provider", "&Provider", LineField()),
        )
        self.row(
            self.field("starts_on", "Da&te", DateField()),
            self.field("minutes", "&Hours", HoursField("5.5")),
            self.field("need_id", "&Need it meets", ChoiceField([(None, "None")])),
        )

    def _money(self, budgets: Sequence[BudgetRow]) -> None:
        choices = [(None, "No budget"), *((budget.id, budget.name) for budget in budgets)]
        self.row(
            self.field("pence", "Cost to the schoo&l", PoundsField()),
            self.field("fee_share", "Share o&f the fee", LineField("One third")),
            self.field("who_pays", "Who pays the &rest", LineField()),
        )
        self.row(
            self.field("cover", "S&upply cover", LineField("One day, agency")),
            self.field("cover_pence", "Cost of co&ver", PoundsField("£185")),
            self.field("budget_id", "&Budget", ChoiceField(choices)),
        )

    def _fill(self, row: RequestRow) -> None:
        for key in KEYS:
            self.fields[key].set_value(getattr(row.details, key))
        if row.entry_id is not None or row.withdrawn_on is not None:
            self.act_button.setEnabled(False)
            return
        withdraw = PlainButton("W&ithdraw…", parent=self)
        withdraw.clicked.connect(self._withdraw)
        self.add_left(withdraw)

    def _offer_needs(self, _value: object = None) -> None:
        person_id = self._row.person_id if self._row else self.fields["person_id"].value()
        links = self._school.read(log.links, person_id=person_id, year=self._year) if person_id else None
        self.fields["need_id"].editor.set_choices(part_choices(links, "needs") if links else [(None, "None")])

    def check(self) -> bool:
        """A day off is asked about."""
        day = self.fields["starts_on"].value()
        before = self._row.details.starts_on if self._row else None
        return (day == before or self._days.ask_about(self, [("Date", day)])) and super().check()

    def save(self) -> None:
        """Write it down."""
        details = RequestDetails(**{key: self.fields[key].value() for key in KEYS})
        if self._row is not None:
            before = self._row.details
            unseen = {key: kept(self.fields[key], getattr(before, key)) for key in ("need_id", "budget_id")}
            details = replace(details, **unseen)
            self._school.do(services.change_request, request_id=self._row.id, revision=self._row.revision, details=details)
            return
        person_id = self.require("person_id", "Choose who asks.")
        self._school.do(services.ask, person_id=person_id, details=details, asked_on=self.fields["asked_on"].value())

    def said(self) -> str:
        """What to say once it is on disk."""
        words = self.fields["activity"].value()
        return f"Withdrawn: {words}" if self.withdrawn else f"Saved: {words}"

    def _withdraw(self) -> None:
        words = "It stays in the list as withdrawn, and its money is free again."
        if not messages.ask(self, "Withdraw this request?", words, act="&Withdraw it", safe="&Keep it"):
            return
        try:
            self._school.do(services.withdraw, request_id=self._row.id, revision=self._row.revision)
        except UserError as error:
            self.show_problem(error.message)
            return
        self.withdrawn = True
        self.touched = False
        self.accept()


class DecideDialog(AskDialog):
    """Yes or no, with the reason: on screen, or as it stands on a slip that came back."""

    def __init__(self, school, row: RequestRow, budget: BudgetRow | None, parent: QWidget | None = None) -> None:
        super().__init__(f"May {row.name} take part?", facts_of(row), act="&Save decision", icon="check", width=520, parent=parent)
        self._school, self._row, self._budget = school, row, budget
        if budget is not None:
            left = pounds(budget.left) if budget.left >= 0 else f"{pounds(-budget.left)} less than nothing"
            self.body.addWidget(role_label(f"‘{budget.name}’ has {left} to spend before this.", "second", self, wrap=True))
        self.answer = Segments([(True, "&Yes"), (False, "&No")], "Decision", self)
        self.answer.edited.connect(self._touch)
        self.body.addWidget(self.answer)
        self.body.addWidget(
            self.add_field("reason", LabelledField("&Reason", TextField(lines=2), hint="Needed for a no. They read it.", parent=self))
        )
        self.row(
            self.add_field("by", LabelledField("Decided &by", LineField(), hint="As signed on the slip.", parent=self)),
            self.add_field("on", LabelledField("&On", DateField(), parent=self)),
        )
        self.fields["by"].set_value(school.actor.name)
        self.fields["on"].set_value(clock.today())
        self.first = self.answer

    def check(self) -> bool:
        """More than the budget has left is asked about."""
        if self.answer.value() is None:
            self.show_problem("Choose yes or no.")
            return False
        words = overspend(self._budget, self._row.total) if self.answer.value() else ""
        if words and not messages.ask(self, "Agree all the same?", words, act="&Agree", safe="&Think again"):
            return False
        return super().check()

    def save(self) -> None:
        """Write the decision."""
        on = self.require("on", "Write the day of the decision.")
        decision = Decision(bool(self.answer.value()), on, self.fields["reason"].value(), self.fields["by"].value())
        self._school.do(services.decide, request_id=self._row.id, revision=self._row.revision, decision=decision)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{'Agreed' if self.answer.value() else 'Not agreed'}: {self._row.details.activity}, {self._row.name}"


class BookDialog(AskDialog):
    """It is booked."""

    def __init__(self, school, row: RequestRow, parent: QWidget | None = None) -> None:
        super().__init__(f"Is ‘{row.details.activity}’ booked?", facts_of(row), act="&It is booked", icon="cal", parent=parent)
        self._school, self._row = school, row
        self._days = LogDays(school)
        starts = self.add_field("starts_on", LabelledField("&Date", DateField(), hint="The day it takes place.", parent=self))
        booked = self.add_field("booked_on", LabelledField("&Booked on", DateField(), parent=self))
        starts.set_value(row.details.starts_on)
        booked.set_value(clock.today())
        self.row(starts, booked)

    def check(self) -> bool:
        """A day off is asked about."""
        day = self.fields["starts_on"].value()
        return (day == self._row.details.starts_on or self._days.ask_about(self, [("Date", day)])) and super().check()

    def save(self) -> None:
        """Write the days."""
        starts = self.require("starts_on", "Write the day it takes place.")
        booked = self.fields["booked_on"].value()
        self._school.do(services.book, request_id=self._row.id, revision=self._row.revision, starts_on=starts, booked_on=booked)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"Booked: {self._row.details.activity}, {self._row.name}"


class AttendedDialog(EntryDialog):
    """They went: the entry that comes of a request, filled in from it."""

    def __init__(self, school, hub, person: CpdPerson, request: RequestRow, parent: QWidget | None = None) -> None:
        entry = entry_from(request)
        values = {key: getattr(entry, key) for key in EntryDetails.__dataclass_fields__}
        values["minutes"] = entry.minutes or None
        super().__init__(school, hub, person, typed=values, parent=parent)
        self._request = request
        self.words.setText("This makes an entry in the log and counts what it cost. The impact can be written later.")
        for key in ("every", "until"):
            self.fields[key].setVisible(False)

    def write(self, details: EntryDetails, files: tuple[tuple[str, bytes], ...]) -> int:
        """The entry belongs to the request."""
        asked = {"request_id": self._request.id, "revision": self._request.revision}
        return self._school.do(services.attended, **asked, details=details, files=files)


def facts_of(row: RequestRow) -> str:
    """A request in a few lines."""
    details = row.details
    what = ", ".join(words for words in (details.activity, details.provider) if words)
    day = day_with_year(details.starts_on) if details.starts_on else ""
    cover = f"cover {pounds(details.cover_pence)}" if details.cover_pence else details.cover and f"cover: {details.cover}"
    facts = (day, f"{hours(details.minutes)} h" if details.minutes else "", pounds(details.pence), cover)
    return "\n".join(words for words in (what, details.why, " · ".join(fact for fact in facts if fact)) if words)


def _said(row: RequestRow | None) -> str:
    """Under the title: what was said to it."""
    if row is None:
        return ""
    if row.withdrawn_on:
        return f"Withdrawn on {long_day(row.withdrawn_on)}."
    if row.decision is None:
        return f"Asked on {long_day(row.asked_on)}. Nobody has decided yet."
    said = "Agreed" if row.decision.approved else "Not agreed"
    reason = f" {row.decision.reason}" if row.decision.reason else ""
    again = " More money or something else is asked anew." if row.decision.approved else " A change asks anew."
    return f"{said} by {row.decision.by} on {long_day(row.decision.on)}.{reason}{again}"
