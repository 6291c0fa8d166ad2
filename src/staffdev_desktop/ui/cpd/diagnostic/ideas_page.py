"""The areas that many people in a round find hard, without names: what a drop-in could be about."""

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.diagnostic import sheets
from staffdev_desktop.cpd.diagnostic.queries import loop
from staffdev_desktop.cpd.diagnostic.rows import WeakArea
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.rows import SessionDetails
from staffdev_desktop.cpd.programmes.services import add_session
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_in_table, typed_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.cpd.diagnostic.list_page import ListPage, choices_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PrimaryButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TimeField
from staffdev_desktop.ui.widgets.tables import Column, TableModel

LENGTHS = ((15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "1 hour"))
WEEK = timedelta(days=7)


def _words(key: str, row: WeakArea) -> str:
    return getattr(row, key)


def _people(row: WeakArea) -> str:
    return f"{row.people} of {row.of}" if row.of else count_of(row.people, "person", "people")


def _people_key(row: WeakArea) -> int:
    return row.people


def _planned(row: WeakArea) -> str:
    if not row.planned:
        return "Nothing planned"
    day, title = row.planned[0]
    more = f", and {len(row.planned) - 1} more" if len(row.planned) > 1 else ""
    return f"{day_in_table(day)}, {title}{more}"


def _planned_badge(row: WeakArea) -> BadgeText | None:
    return BadgeText("ok", _planned(row), "cal") if row.planned else None


def ideas_model(parent: QWidget) -> TableModel:
    """The commonest first."""
    columns = (
        Column(
            "title",
            "Area",
            0,
            partial(_words, "title"),
            extra=partial(_words, "hint"),
            tooltip=partial(_words, "hint"),
            delegate=TwoLineDelegate,
        ),
        Column("set", "Areas of", 180, partial(_words, "set_name")),
        Column("people", "Rated 1 or 2", 130, _people, sort_key=_people_key),
        Column("planned", "Sessions about it", 330, _planned, extra=_planned_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, parent=parent)


class IdeasPage(ListPage):
    """Proposed drop-ins of the round that is picked."""

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self.plan = PrimaryButton("Plan a drop-&in…", "cal", self)
        self.plan.setVisible(school.actor.may(Permission.RUN_CPD))
        self.build(ideas_model(self), "Proposed drop-ins", (("set_name", "Areas", 180),), (self.plan,), icon="cap")
        self.plan.clicked.connect(self.plan_drop_in)
        self.table.opened.connect(self.plan_drop_in)

    def reload(self) -> None:
        """Read the weak areas and show them."""
        rows = self._school.read(loop.proposed_drop_ins, round_id=self.round.id) if self.round else ()
        minimum = self._school.read(settings.school).minimum_group
        self.filters["set_name"].set_choices(choices_of(rows, "set_name", "All areas"))
        planned = sum(bool(row.planned) for row in rows)
        badges = [BadgeText("info", count_of(len(rows), "area")), BadgeText("ok", f"{planned} with a session planned", "cal")]
        self.show_list(
            rows,
            badges,
            missing="No area is hard for many people in this round",
            what=f"One is proposed as soon as {minimum} people or more are rated 1 or 2 in it. Nobody is named.",
        )
        if rows and self.table.chosen_id() is None:
            self.table.choose(rows[0].id)
        self.words.setText(
            f"Areas in which {minimum} people or more are rated 1 or 2: as agreed, else by the line manager, else by themselves. Nobody is "
            "named, and where only a few find an area easy it is not said out of how many."
        )

    def print_shown(self) -> None:
        """The list as shown, on paper."""
        if self.round is None:
            return
        minimum = self._school.read(settings.school).minimum_group
        rows, name = self.model.shown_rows(), sheets.file_name(sheets.DROP_INS, clock.today())
        texts = [words for row in rows for words in (row.title, row.hint, row.set_name)]
        draw = partial(_draw, rows, self.round.name, minimum)
        self._printer.show(draw, year=self.round.year, title="Proposed drop-ins", file_name=name, texts=texts)

    def filtered(self) -> None:
        """Show what the filter keeps."""
        self.model.set_condition(self._keeps)

    def _keeps(self, row: WeakArea) -> bool:
        return self.filters["set_name"].value() in (None, row.set_name)

    def plan_drop_in(self, _key: object = None) -> None:
        """Ask when and by whom, and put it into the calendar of CPD."""
        row = self.model.row_of(self.table.chosen_id())
        if row is None or not self._school.actor.may(Permission.RUN_CPD):
            return
        dialog = DropInDialog(self._school, row, self)
        dialog.accepted.connect(self._planned)
        messages.show(dialog)

    def _planned(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)


def _draw(rows, round_name: str, minimum: int, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import drop_ins_paper

    return drop_ins_paper(rows, printed, round_name=round_name, minimum=minimum)


class DropInDialog(AskDialog):
    """A session about an area."""

    def __init__(self, school, area: WeakArea, parent: QWidget | None = None) -> None:
        words = f"{count_of(area.people, 'person', 'people')} with the areas of {area.set_name} are rated 1 or 2 in ‘{area.title}’."
        super().__init__("Which drop-in do you plan?", words, act="&Plan it", icon="cal", width=520, parent=parent)
        self._school, self._area, self._closed = school, area, ClosedDays(school)
        self.add_field("title", LabelledField("&Title", LineField(), parent=self))
        self.add_field("held_on", LabelledField("&Day", DateField(), parent=self))
        self.add_field("starts_at", LabelledField("&Begins", TimeField("For example 15:30"), parent=self))
        self.add_field("minutes", LabelledField("&How long", ChoiceField(LENGTHS), parent=self))
        self.add_field("leader", LabelledField("&Leader", LineField("A name or a role"), parent=self))
        self.add_field("place", LabelledField("Pl&ace", LineField("For example the library"), parent=self))
        self.body.addWidget(self.fields["title"])
        self.row(*(self.fields[key] for key in ("held_on", "starts_at", "minutes")))
        self.row(self.fields["leader"], self.fields["place"])
        self.fields["title"].set_value(f"Drop-in: {area.title[:1].lower()}{area.title[1:]}")
        self.fields["held_on"].set_value(self._a_school_day())

    def _a_school_day(self):
        """In a week, or as soon as school is open after that."""
        day = clock.today() + WEEK
        for _try in range(60):
            if not self._closed.question(day):
                return day
            day += timedelta(days=1)
        return None

    def check(self) -> bool:
        """A day on which school is closed is asked about first."""
        return self._closed.ask_about(self, [("Day", self.fields["held_on"].value())]) and super().check()

    def save(self) -> None:
        """Put it into the calendar."""
        kinds = [kind.id for kind in self._school.read(log.kinds) if "drop-in" in kind.name.casefold()]
        day = self.require("held_on", "Give the day.")
        if day < clock.today():
            raise UserError(f"{typed_day(day)} has gone by. Give a day that is to come.", field="held_on")
        details = SessionDetails(
            held_on=day,
            minutes=self.fields["minutes"].value(),
            title=str(self.require("title", "Give the drop-in a title.")),
            starts_at=self.fields["starts_at"].value(),
            kind_id=kinds[0] if kinds else None,
            leader=str(self.fields["leader"].value()),
            place=str(self.fields["place"].value()),
            audience=self._area.set_name,
            area_id=self._area.area_id,
        )
        self._school.do(add_session, details=details)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"Planned: {self.fields['title'].value()}, {day_in_table(self.fields['held_on'].value())}"
