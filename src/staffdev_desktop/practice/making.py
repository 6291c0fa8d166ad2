"""Make the practice school on disk."""

import random
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, Role, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import split_name
from staffdev_desktop.kernel.years import usual_terms, year_of
from staffdev_desktop.pdr.services import closing
from staffdev_desktop.practice import cast
from staffdev_desktop.practice.cpd import write_cpd
from staffdev_desktop.practice.days import closures
from staffdev_desktop.practice.reviews import SUPPORT_STAFF, TEACHING_STAFF, hold_cycle, past_dates, running_dates, settle_needs
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import queries as settings_queries
from staffdev_desktop.settings import services as settings
from staffdev_desktop.staff import services as staff
from staffdev_desktop.staff.rows import HoldingDetails, PersonDetails, QualificationDetails

PASSWORD = "practice-school"  # noqa: S105 - printed in the README: everybody in here is invented
SCHOOL_NAME = "Riverbank Primary Academy"
PRIORITIES = ("Every child reads well", "Talk in every lesson", "Attendance above 96 %")
KAREN, KAREN_JOINED, KAREN_PROMOTED = "Karen Doyle", date(2016, 9, 5), date(2024, 9, 1)
ECT = "Bethan Price"
FULL_TIME = 37.0  # hours a week


def make(path: Path, *, staff: int = 60, years: int = 3, seed: int = 1, today: date | None = None, cost: Cost | None = None) -> None:
    """Make a practice school of `staff` people with `years` years of reviews. Same seed and day: same rows. Raises FileProblem."""
    holder = KeyHolder(cast.MANAGER, Role.BUSINESS_MANAGER, PASSWORD)
    School.create(path, school_name=SCHOOL_NAME, holder=holder, cost=cost, practice=True)
    school = School.open(path, name=holder.name, password=PASSWORD)
    try:
        with clock.frozen_at(today or clock.today()):
            school.do(fill, staff_size=staff, years=years, seed=seed)
    finally:
        school.close()


@needs(Permission.RUN_CYCLE, undoable=False)
def fill(session: Session, actor: Actor, *, staff_size: int, years: int, seed: int) -> None:
    """Write everything in one transaction, through the services that the screens call."""
    chance = random.Random(seed)  # noqa: S311
    this_year = year_of(clock.today())
    first_year = this_year - years + 1
    settings.begin_school(session, actor, name=SCHOOL_NAME, year=first_year, closures=closures(first_year))
    for year in range(first_year + 1, this_year + 2):
        settings.set_year_dates(session, actor, year=year, terms=usual_terms(year), closures=closures(year))
    for year in range(first_year, this_year + 1):
        settings.set_priorities(session, actor, year=year, texts=PRIORITIES)
    session.flush()
    row = settings_queries.school(session, actor)
    settings.change_school(
        session, actor, revision=row.revision, name=row.name, minimum_group=5, return_to=f"{cast.MANAGER}, school office"
    )
    _write_people(session, actor, staff_size, chance)
    today = clock.today()
    for year in range(first_year, this_year + 1):
        for round_, weeks in ((SUPPORT_STAFF, 5), (TEACHING_STAFF, 3)):
            finished = year < this_year
            dates = past_dates(year) if finished else running_dates(today, weeks)
            hold_cycle(session, actor, round_=round_, year=year, dates=dates, chance=chance, finished=finished)
        if year < this_year:
            settle_needs(session, actor, year=year, chance=chance)
    write_cpd(session, actor, years=years, seed=seed)


def _write_people(session: Session, actor: Actor, size: int, chance: random.Random) -> None:
    groups = {group.name: group.id for group in settings_queries.staff_groups(session, actor)}
    ids: dict[str, int] = {}
    today = clock.today()
    for number, role in enumerate(cast.company(size, chance), 101):
        _, forename, surname = split_name(role.name)
        started = date(today.year - chance.randint(4, 14), 9, 1)
        joined = started
        if role.name == KAREN:
            joined, started = KAREN_JOINED, KAREN_PROMOTED
        details = PersonDetails(
            surname=surname,
            forename=forename,
            kind=role.kind,
            staff_number=f"{number:04d}",
            email=f"staff{number}@riverbank.example",
            staff_group_id=groups[role.group],
        )
        holding = HoldingDetails(
            title=role.post,
            line_manager_id=ids.get(role.manager),
            starts_on=started,
            weekly_hours=role.hours or None,
            full_time_hours=FULL_TIME if role.hours else None,
        )
        ids[role.name] = staff.add_person(session, actor, details=details, starts_on=joined, holding=holding)
    _write_histories(session, actor, ids)
    if ECT in ids:
        closing.set_review_standing(
            session, actor, person_id=ids[ECT], revision=0, kind="", exempt="induction", exempt_until=None, trained_reviewer=False
        )


def _write_histories(session: Session, actor: Actor, ids: dict[str, int]) -> None:
    """What the record of a few people shows besides their post of today."""
    karen = ids.get(KAREN)
    if karen is None:
        return
    earlier = (
        ("Midday supervisor", KAREN_JOINED, date(2017, 12, 31)),
        ("Teaching assistant, level 2", date(2018, 1, 8), date(2021, 8, 31)),
        ("Teaching assistant, level 3", date(2021, 9, 1), date(2024, 8, 31)),
    )
    for title, begins, ends in earlier:
        staff.add_holding(session, actor, person_id=karen, details=HoldingDetails(title=title, starts_on=begins, ends_on=ends))
    awards = (
        ("HLTA status", True, "", date(2024, 5, 17)),
        ("Level 3 Supporting teaching and learning", False, "3", date(2021, 7, 9)),
    )
    for name, is_status, level, awarded in awards:
        details = QualificationDetails(name=name, is_status=is_status, level=level, awarded_on=awarded)
        staff.add_qualification(session, actor, person_id=karen, details=details)
