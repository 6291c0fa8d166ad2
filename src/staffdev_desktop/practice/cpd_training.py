"""Training of the practice school, as picture 05b shows it: a few things to act on, and the others in date."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import RecordDetails
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.practice.days import school_day
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.staff.services import change_employment, change_holding

# How many days after today something runs out, as in the picture; the months it counts give the day it was done.
EXPIRED_OR_SOON = {
    "Paediatric first aid": {"Laura Fenwick": -8, "Sandra Kirk": 43, "Denise Holt": 50},
    "Moving and handling": {"Patricia O’Neill": -19, "Ewa Nowak": 55},
    "Fire marshal": {"Paul Mellor": 29},
    "Food hygiene": {"Sandra Kirk": 52},
    "Asbestos awareness": {"Steve Garside": 15, "Paul Mellor": 15},
}
IN_DATE = {
    "Paediatric first aid": {"Patricia O’Neill": 570, "Karen Doyle": 450, "Ewa Nowak": 570, "Sophie Turnbull": 700},
    "Moving and handling": {"Steve Garside": 240, "Paul Mellor": 240, "Karen Doyle": 480},
    "Fire marshal": {"Steve Garside": 450, "Denise Holt": 450},
    "Food hygiene": {"Laura Fenwick": 510},
    "First aid at work": {"Michelle Dunn": 400, "Steve Garside": 620, "Lynn Hargreaves": 620},
    "Designated lead": {"Ruth Pemberton": 390, "David Okafor": 230, "Michelle Dunn": 390},
    "Safer recruitment": {"Helen Marsden": 900, "Janet Whitlock": 1300, "David Okafor": 900, "Colin Brearley": 1100},
}
NEW = "Joan Whitaker"
NEVER = {"Prevent": ("Jake Thornton", NEW), "Paediatric first aid": ("Jake Thornton",), "KCSIE read": (NEW,)}
BOOKED = {"Paediatric first aid": (("Laura Fenwick", "Jake Thornton"), 36), "Asbestos awareness": (("Steve Garside", "Paul Mellor"), 13)}
PROVIDERS = {
    "Paediatric first aid": "Ashby First Aid",
    "First aid at work": "Ashby First Aid",
    "Safeguarding": "Designated lead",
}
ONCE_A_YEAR = ("Safeguarding", "KCSIE read", "Online and cyber security")
YEARS_BACK = 2


def _begin_recently(session: Session, actor: Actor) -> None:
    """The reading volunteer is new: she came two weeks ago."""
    person = next((each for each in log.people(session, actor) if each.name == NEW), None)
    if person is None:
        return
    record = staff.person_record(session, actor, person_id=person.id)
    day = school_day(clock.today() - timedelta(days=15), -1)
    for time in record.employments:
        details = replace(time.details, starts_on=day)
        change_employment(session, actor, employment_id=time.id, revision=time.revision, details=details)
    for held in record.holdings:
        change_holding(session, actor, holding_id=held.id, revision=held.revision, details=replace(held.details, starts_on=day))


class _Maker:
    """Writes through the services that the screens call, for people who are there: a small practice school has not all of them."""

    def __init__(self, session: Session, actor: Actor, seed: int) -> None:
        self.session, self.actor = session, actor
        self.chance = random.Random(f"{seed} training")  # noqa: S311
        self.today = clock.today()
        self.ids = {person.name: person.id for person in log.people(session, actor)}
        before = queries.matrix(session, actor)
        self.trainings = {row.name: row for row in before.trainings}
        self.required = {row.id: tuple(cell.required for cell in row.cells) for row in before.rows}

    def record(self, name: str, people: Sequence[int], done_on: date, certificates: dict[int, tuple[str, bytes]] | None = None) -> None:
        """Some people took this training on a day."""
        if people:
            details = RecordDetails(done_on=done_on, provider=PROVIDERS.get(name, ""))
            services.record_training(
                self.session, self.actor, training_id=self.trainings[name].id, person_ids=people, details=details, certificates=certificates
            )

    def done_for(self, name: str, runs_out: date) -> date:
        """The day on which it was done if it runs out on this one."""
        months = runs_out.year * 12 + runs_out.month - 1 - (self.trainings[name].details.months or 0)
        return date(months // 12, months % 12 + 1, min(runs_out.day, 28) if runs_out.day > 28 else runs_out.day)

    def named(self, name: str) -> None:
        """What is required of people by name, and what they have."""
        own = {**EXPIRED_OR_SOON.get(name, {}), **IN_DATE.get(name, {})}
        for person in (*own, *NEVER.get(name, ())):
            if person in self.ids and not self.is_asked(name, person):
                services.set_standing(
                    self.session, self.actor, training_id=self.trainings[name].id, person_id=self.ids[person], required=True
                )
        for person, days in own.items():
            if person in self.ids:
                self.record(
                    name, [self.ids[person]], self.done_for(name, self.today + timedelta(days=days)), self.certificate(name, person)
                )

    def is_asked(self, name: str, person: str) -> bool:
        """Whether the list asks it of this person already."""
        return self.required[self.ids[person]][list(self.trainings).index(name)]

    def others(self, name: str, done_on: Sequence[date], without: Sequence[str] = ()) -> None:
        """Everybody else of whom it is required took it on these days."""
        left_out = {*without, *EXPIRED_OR_SOON.get(name, {}), *IN_DATE.get(name, {}), *NEVER.get(name, ())}
        place = list(self.trainings).index(name)
        named = {self.ids[person] for person in left_out if person in self.ids}
        people = [person_id for person_id, required in self.required.items() if required[place] and person_id not in named]
        for day in done_on:
            self.record(name, people, day)

    def certificate(self, name: str, person: str) -> dict[int, tuple[str, bytes]] | None:
        """Karen Doyle’s certificate of first aid is kept with her record."""
        if name != "Paediatric first aid" or person != "Karen Doyle":
            return None
        from staffdev_desktop.papers.reports import Printed, handouts
        from staffdev_desktop.papers.words import BODY, Text

        printed = Printed("Ashby First Aid", year_of(self.today), self.today, practice=True)
        words = Text(f"{person} has taken part in a course of twelve hours and passed. Written on {long_day(self.today)}.", BODY)
        return {self.ids[person]: ("paediatric-first-aid.pdf", handouts("Certificate: paediatric first aid", printed, [words]))}

    def book(self, name: str, people: Sequence[str], days: int) -> None:
        """Book people on a course."""
        ids = [self.ids[person] for person in people if person in self.ids]
        if ids:
            details = RecordDetails(booked_for=school_day(self.today + timedelta(days=days)), provider=PROVIDERS.get(name, ""))
            services.record_training(self.session, self.actor, training_id=self.trainings[name].id, person_ids=ids, details=details)


def write_training(session: Session, actor: Actor, *, seed: int) -> None:
    """The matrix of picture 05b on any day of a year."""
    _begin_recently(session, actor)
    make = _Maker(session, actor, seed)
    year = year_of(make.today)
    first_days = [min(school_day(date(each, 9, 2)), make.today) for each in range(year - YEARS_BACK, year + 1)]
    for name in make.trainings:
        make.named(name)
        if name in ONCE_A_YEAR:
            make.others(name, first_days if name == "Safeguarding" else first_days[-1:], without=(NEW,))
        elif name in ("Prevent", "Data protection"):
            make.others(name, first_days[-2:-1])
        else:
            make.others(name, [make.today - timedelta(days=make.chance.randint(60, 200))])
    if NEW in make.ids:
        make.record("Safeguarding", [make.ids[NEW]], make.today - timedelta(days=12))
    for name, (people, days) in BOOKED.items():
        make.book(name, people, days)
