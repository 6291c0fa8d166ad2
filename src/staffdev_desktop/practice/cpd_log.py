"""Three years of the log of the practice school: what people did, what came of it, what they asked for beforehand."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryDetails
from staffdev_desktop.cpd.log.rules import ASSURED, EXTRA_HOURS, SENT_BACK
from staffdev_desktop.cpd.log.services import attach, write_entries
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import Term, usual_terms, year_of
from staffdev_desktop.practice import cpd_phrases as phrases
from staffdev_desktop.practice.cast import ASSISTANTS, CAST, LEADERSHIP, TEACHERS, TOLD
from staffdev_desktop.practice.cpd_requests import write_requests
from staffdev_desktop.practice.days import school_day
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import Period, employment_periods

AISHA, HANNAH = TOLD
OFTEN = {TEACHERS: 3, ASSISTANTS: 3, LEADERSHIP: 2}  # entries a term; others now and then
TWILIGHT = (HANNAH, "Bethan Price", "Marcus Bailey", "Laura Fenwick")
LATE = (  # whose log is still short in the term that runs
    "Sophie Turnbull", "Marcus Bailey", "Bethan Price", "Ewa Nowak", "Jake Thornton", "Samira Begum", "Olu Iqbal", "Rhys Uddin",
    "Gareth Iqbal", "Naomi Birtwistle", "Owen Kenyon", "Abigail Jagger",
)  # fmt: skip
PAID_FOR = ("Lynn Hargreaves", "Rosie Clegg", "Jake Thornton")


@dataclass
class Plan:
    """A line to write: what, whether it is checked afterwards and how many files it has."""

    person: CpdPerson
    details: EntryDetails
    checked: str = ""
    files: int = 0


class Cast:
    """Who is there, and which kinds the school has."""

    def __init__(self, session: Session, actor: Actor, chance: random.Random) -> None:
        self.session, self.actor, self.chance = session, actor, chance
        self.people = {person.name: person for person in queries.people(session, actor, here_only=False)}
        self.kinds: Mapping[str, int] = {kind.name: kind.id for kind in queries.kinds(session, actor)}
        self.managers = {role.name: role.manager for role in CAST if role.manager}
        self._employed: dict[int, list[Period]] = employment_periods(session)

    def staff(self) -> list[CpdPerson]:
        """Those who work there; no governors or volunteers."""
        return [person for person in self.people.values() if person.kind == "employee"]

    def employed(self, person: CpdPerson, day: date) -> bool:
        """Whether somebody was with the school on a day."""
        return any((begins or date.min) <= day <= (ends or date.max) for begins, ends in self._employed.get(person.id, [(None, None)]))


def write_log(session: Session, actor: Actor, *, years: int, seed: int) -> None:
    """Fill the logs of everybody, term by term, as they would have been typed in."""
    chance = random.Random(f"{seed} log")  # noqa: S311
    cast, today = Cast(session, actor, chance), clock.today()
    this_year = year_of(today)
    for year in range(this_year - years + 1, this_year + 1):
        for term in usual_terms(year):
            plans = [plan for plan in _term(cast, term, this_year) if plan.details.done_on <= today]
            if plans:
                with clock.frozen_at(min(term.ends, today)):
                    _write(cast, plans)
    write_requests(session, actor, {name: person.id for name, person in cast.people.items()}, cast.kinds, year=this_year)


def _term(cast: Cast, term: Term, this_year: int) -> Iterator[Plan]:
    running = term.year == this_year and term.name == "Autumn term"
    if term.name == "Autumn term":
        yield from _inset(cast, term.year, this_year)
    for person in cast.staff():
        told = _told(cast, person, term, this_year)
        if told is not None:
            yield from told
            continue
        often = OFTEN.get(person.group, 1 if cast.chance.random() < 0.5 else 0)
        number = max(often - running, 0) + (often > 1 and cast.chance.random() < 0.4)
        plans = [_some(cast, person, term, min(term.ends, clock.today()), running) for _ in range(number)]
        if running and person.name in LATE:
            plans = [plan for plan in plans if plan.details.minutes < 60][:1]
        yield from plans
    if running:
        yield from _extra_hours(cast, term.year)


def _inset(cast: Cast, year: int, this_year: int) -> Iterator[Plan]:
    """The day before the children come back, for everybody, and a twilight for those who are new to the reading scheme."""
    day = date(year, 9, 1)
    words = phrases.INSETS[year % len(phrases.INSETS)]
    inset = EntryDetails(day, 360, words, cast.kinds["INSET"], setting="In school", paid="paid time")
    for person in cast.staff():
        if cast.employed(person, day) and (year < this_year or person.name != AISHA):
            yield Plan(person, inset)
    if year == this_year:
        twilight = replace(inset, done_on=school_day(date(year, 9, 16)), minutes=120, activity="Twilight: the new reading scheme")
        yield from (Plan(cast.people[name], twilight) for name in TWILIGHT if name in cast.people)


def _told(cast: Cast, person: CpdPerson, term: Term, this_year: int) -> list[Plan] | None:
    """The entries of those whose log is told word for word; None for everybody else."""
    if person.name == AISHA and term.year >= this_year - 1:
        lines = phrases.AISHA.get((term.year - this_year, term.name), ())
    elif person.name == HANNAH and term.year == this_year:
        lines = phrases.HANNAH if term.name == "Autumn term" else ()
    else:
        return None
    plans = []
    for month, number, minutes, kind, activity, impact, checked, files in lines:
        year = term.year if month >= 9 else term.year + 1
        day = school_day(date(year, month, number), -1)
        details = EntryDetails(day, minutes, activity, cast.kinds[kind], impact=impact, setting="In school", paid="paid time")
        plans.append(Plan(person, details, checked, files))
    return plans


def _some(cast: Cast, person: CpdPerson, term: Term, last: date, running: bool) -> Plan:
    """Something that suits the staff group, on a day of the term."""
    chance = cast.chance
    learnt = chance.choice(phrases.LEARNT.get(person.group, phrases.LEARNT[""]))
    day = school_day(term.begins + timedelta(days=chance.randrange(max((last - term.begins).days, 1))), -1)
    day = max(day, term.begins)
    written = chance.random() < (0.55 if running else 0.9)
    details = EntryDetails(
        day,
        chance.choice(learnt.minutes),
        learnt.activity,
        cast.kinds[learnt.kind],
        strand=learnt.strand,
        setting=learnt.setting,
        provider=learnt.provider,
        paid="own time" if chance.random() < 0.15 else "paid time",
        impact=chance.choice(learnt.impacts) if written else "",
        learnt=chance.choice(phrases.THOUGHTS) if chance.random() < 0.25 else "",
    )
    checked = ""
    if written and chance.random() < (0.4 if running else 0.93):
        checked = SENT_BACK if running and chance.random() < 0.15 else ASSURED
    return Plan(person, details, checked, 1 if chance.random() < 0.12 else 0)


def _extra_hours(cast: Cast, year: int) -> Iterator[Plan]:
    """Teaching assistants who stayed for a course after their hours: for payroll."""
    for name, day, minutes in zip(PAID_FOR, (23, 30, 7), (90, 120, 90), strict=True):
        if name in cast.people:
            month = 9 if day > 20 else 10
            when = school_day(date(year, month, day), -1)
            course = EntryDetails(when, minutes, "Talk for young children, evening course", cast.kinds["Course"])
            yield Plan(cast.people[name], replace(course, provider="Speech and language service", paid=EXTRA_HOURS))


def _write(cast: Cast, plans: list[Plan]) -> None:
    session, actor = cast.session, cast.actor
    plans = [plan for plan in plans if cast.employed(plan.person, plan.details.done_on)]
    people = {plan.person.id: session.get_one(Person, plan.person.id) for plan in plans}
    entries = write_entries(session, actor, [(people[plan.person.id], plan.details) for plan in plans])
    for plan, entry in zip(plans, entries, strict=True):
        if plan.checked:
            session.add(_check(cast, plan, entry))
        if plan.files:
            attach(session, actor, entry_id=entry.id, files=phrases.files(plan.files, cast.chance))
    session.flush()


def _check(cast: Cast, plan: Plan, entry: Entry) -> EntryCheck:
    today = clock.today()
    on = min(school_day(plan.details.done_on + timedelta(days=cast.chance.randrange(3, 16))), today)
    by = cast.managers.get(plan.person.name, "David Okafor")
    question = cast.chance.choice(phrases.QUESTIONS) if plan.checked == SENT_BACK else ""
    worth = cast.chance.choices(("yes", "partly", ""), (7, 2, 3))[0] if plan.checked == ASSURED else ""
    return EntryCheck(entry_id=entry.id, checked_on=on, checked_by=by, outcome=plan.checked, question=question, worth=worth)
