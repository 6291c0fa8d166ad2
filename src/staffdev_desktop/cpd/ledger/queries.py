"""Reads: what is owed, what was done, and why."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.ledger.reckoning import Entry, Reckoner, Year
from staffdev_desktop.cpd.ledger.rows import AbsenceRow, Circumstances, EntitlementRow, Held, Period, PersonLedger, Rule
from staffdev_desktop.cpd.ledger.rules import OWING_KINDS, terms_with_days
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.models.ledger import Absence, Entitlement, UncountedKind
from staffdev_desktop.cpd.models.log import Entry as EntryModel
from staffdev_desktop.kernel import clock
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.settings.rows import Calendar
from staffdev_desktop.staff.models import Holding
from staffdev_desktop.staff.reading import employment_periods, names_by_id


@needs(Permission.SEE_CPD)
def ledger(session: Session, actor: Actor, *, year: int, person_id: int | None = None, on: date | None = None) -> tuple[PersonLedger, ...]:
    """Hours against due of everybody whom the actor may see, by surname, as it stands on a day (today), or of one person.

    Without a person, only those are in it who were with the school in that year, or have entries in it.
    """
    day = on or clock.today()
    calendar = settings.calendar(session, actor)
    this, before = _years(session, calendar, (year, year - 1))
    kinds = {kind.id: kind for kind in log.kinds(session, actor, in_use_only=False)}
    reckoner = Reckoner(this, before, kinds, day)
    found = []
    who, entries = _circumstances(session, person_id), _entries(session, before.first, this.last, person_id)
    for person in log.people(session, actor, here_only=False, person_ids=None if person_id is None else [person_id]):
        known = who.get(person.id, Circumstances())
        made = reckoner.ledger(
            person,
            Circumstances(known.employed, known.away, known.held, owes=person.kind in OWING_KINDS),
            entries.get(person.id, ()),
        )
        if person_id is not None or made.lines or _touches(known.employed, this):
            found.append(made)
    return tuple(found)


def _touches(employed: Iterable[Period], year: Year) -> bool:
    periods = tuple(employed)
    return not periods or any((begins or date.min) <= year.last and (ends or date.max) >= year.first for begins, ends in periods)


def _years(session: Session, calendar: Calendar, years: Sequence[int]) -> list[Year]:
    """These academic years, each with the rule that holds in it for each staff group that has one."""
    uncounted, written = _uncounted(session), _written(session)
    names = {group_id: name for group_id, name in session.execute(select(StaffGroup.id, StaffGroup.name))}
    found = []
    for year in years:
        rules = {
            group_id: Rule(
                names[group_id], row.minutes_a_year, row.minutes_a_term, row.pro_rata, row.carry_over, frozenset(uncounted.get(row.id, ()))
            )
            for group_id, row in _standing(written, year).items()
        }
        found.append(Year(year, terms_with_days(year, calendar.terms, calendar.closures), rules))
    return found


def _written(session: Session) -> Sequence[Entitlement]:
    """What the school has said of every staff group, the earliest first."""
    return session.execute(select(Entitlement).order_by(Entitlement.from_year)).scalars().all()


def _standing(written: Sequence[Entitlement], year: int) -> dict[int, Entitlement]:
    """Each group’s entitlement that holds in a year: its latest one that began by then."""
    return {row.staff_group_id: row for row in written if row.from_year <= year}


def _uncounted(session: Session) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entitlement_id, kind_id in session.execute(select(UncountedKind.entitlement_id, UncountedKind.kind_id).order_by(UncountedKind.id)):
        found.setdefault(entitlement_id, []).append(kind_id)
    return found


def _circumstances(session: Session, person_id: int | None) -> dict[int, Circumstances]:
    employed = employment_periods(session, None if person_id is None else [person_id])
    away: dict[int, list[Period]] = {}
    held: dict[int, list[Held]] = {}
    absences = select(Absence.person_id, Absence.starts_on, Absence.ends_on).order_by(Absence.starts_on)
    holdings = select(
        Holding.person_id, Holding.starts_on, Holding.ends_on, Holding.weekly_hours, Holding.full_time_hours
    ).order_by(Holding.id)  # fmt: skip
    if person_id is not None:
        absences, holdings = absences.where(Absence.person_id == person_id), holdings.where(Holding.person_id == person_id)
    for whose, begins, ends in session.execute(absences):
        away.setdefault(whose, []).append((begins, ends))
    for whose, starts_on, ends_on, weekly, full_time in session.execute(holdings):
        held.setdefault(whose, []).append(Held(starts_on, ends_on, weekly, full_time))
    return {
        each: Circumstances(tuple(employed.get(each, ())), tuple(away.get(each, ())), tuple(held.get(each, ())))
        for each in {*employed, *away, *held}
    }


def _entries(session: Session, first: date, last: date, person_id: int | None) -> dict[int, list[Entry]]:
    wanted = (
        select(EntryModel.person_id, EntryModel.id, EntryModel.done_on, EntryModel.minutes, EntryModel.activity, EntryModel.kind_id)
        .where(EntryModel.done_on.between(first, last))
        .order_by(EntryModel.done_on.desc(), EntryModel.id.desc())
    )
    if person_id is not None:
        wanted = wanted.where(EntryModel.person_id == person_id)
    found: dict[int, list[Entry]] = {}
    for whose, entry_id, day, minutes, activity, kind_id in session.execute(wanted):
        found.setdefault(whose, []).append((entry_id, day, minutes, activity, kind_id))
    return found


@needs(Permission.SEE_CPD)
def entitlements(session: Session, actor: Actor, *, year: int) -> tuple[EntitlementRow, ...]:
    """What every staff group is entitled to in a year, in the school’s order; one that the school has said nothing about is off."""
    standing, uncounted = _standing(_written(session), year), _uncounted(session)
    found = []
    for group in settings.staff_groups(session, actor):
        row = standing.get(group.id)
        if row is None:
            found.append(EntitlementRow(group.id, group.name, None, 0, year, 0, 0, pro_rata=False, carry_over=False))
            continue
        found.append(
            EntitlementRow(
                group.id,
                group.name,
                row.id,
                row.revision,
                row.from_year,
                row.minutes_a_year,
                row.minutes_a_term,
                row.pro_rata,
                row.carry_over,
                tuple(uncounted.get(row.id, ())),
            )
        )
    return tuple(found)


@needs(Permission.SEE_CPD)
def absences(session: Session, actor: Actor, *, person_id: int) -> tuple[AbsenceRow, ...]:
    """Somebody’s long absences, the earliest first: days, and no reason."""
    visible_person(session, actor, person_id)
    found = session.execute(select(Absence).where(Absence.person_id == person_id).order_by(Absence.starts_on, Absence.id)).scalars()
    return tuple(AbsenceRow(row.starts_on, row.ends_on, row.id, row.revision) for row in found)


@needs(Permission.SEE_CPD)
def line_managers(session: Session, actor: Actor) -> dict[int, str]:
    """The names of those who manage somebody whom the actor may see, by id: a list can be filtered by them."""
    wanted = {manager for person in log.people(session, actor, here_only=False) for manager in person.manager_ids}
    return names_by_id(session, wanted)
