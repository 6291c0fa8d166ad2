"""Reads: the staff list, one person's record, posts, the tree of line managers, what ties a leaver."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import EARLIEST
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.importing import ExistingPerson
from staffdev_desktop.staff.models import Employment, Holding, Membership, Person, Post, Qualification
from staffdev_desktop.staff.reading import (
    HeldPost,
    edges,
    employment_periods,
    held_posts,
    main_of,
    names_by_id,
    posts_on,
    posts_shown,
    rolls,
    scope,
)
from staffdev_desktop.staff.rows import (
    EmploymentDetails,
    EmploymentRow,
    HoldingDetails,
    HoldingRow,
    ManagedRow,
    MembershipDetails,
    MembershipRow,
    PersonDetails,
    PersonHit,
    PersonName,
    PersonRecord,
    PersonRow,
    PostRow,
    QualificationDetails,
    QualificationRow,
    Roll,
    StaffTie,
    TreeRow,
    When,
)
from staffdev_desktop.staff.rules import KINDS, managers_on, person_name, roll_on, sort_key, spells, when

MOST_HITS = 20
_LISTED = ("forename", "surname", "title", "known_as", "staff_number", "email", "phone", "kind")
Timed = TypeVar("Timed", Employment, Membership)
Details = TypeVar("Details", PersonDetails, EmploymentDetails, HoldingDetails, QualificationDetails, MembershipDetails)


@needs(Permission.SEE_STAFF)
def people_list(session: Session, actor: Actor, *, on: date | None = None) -> tuple[PersonRow, ...]:
    """Everybody, leavers too, by surname, as they stand on a day (else today)."""
    day = on or clock.today()
    wanted = (
        select(
            Person.id, Person.forename, Person.surname, Person.known_as, Person.kind, Person.staff_number, Person.email,
            Person.staff_group_id, StaffGroup.name,
        )
        .outerjoin(StaffGroup, StaffGroup.id == Person.staff_group_id)
        .where(scope(actor))
    )  # fmt: skip
    people = session.execute(wanted).all()
    names = {row[0]: person_name(row[1], row[2], row[3]) for row in people}
    on_roll, held = rolls(session, day), held_posts(session)
    rows = []
    for person_id, forename, surname, _, kind, staff_number, email, group_id, group in people:
        roll = on_roll.get(person_id, Roll.ON_ROLL)
        shown = posts_shown(held.get(person_id, ()), roll, day)
        posts = ", ".join(dict.fromkeys(post.title for post in shown))
        managers = ", ".join(dict.fromkeys(_manager(post.line_manager_id, names, on_roll) for post in shown if post.line_manager_id))
        name = names[person_id]
        search = searchable(name, forename, posts, group, staff_number)
        key = sort_key(forename, surname)
        rows.append(PersonRow(person_id, name, key, posts, group_id, group or "", kind, roll, managers, staff_number, email, search))
    return tuple(sorted(rows, key=lambda row: (row.sort_key, row.id)))


@needs(Permission.SEE_STAFF)
def person_record(session: Session, actor: Actor, *, person_id: int) -> PersonRecord:
    """Everything about one person. Raises UserError if the person is not there any more."""
    person = session.execute(select(Person).where(Person.id == person_id, scope(actor))).scalar_one_or_none()
    if person is None:
        raise UserError("This person is not in the school file any more.")
    today = clock.today()
    employments = _of(session, Employment, person_id)
    periods = [(each.starts_on, each.ends_on) for each in employments]
    details = _details(PersonDetails, person)
    holdings = _holding_rows(session, person_id, today)
    group = session.execute(select(StaffGroup.name).where(StaffGroup.id == person.staff_group_id)).scalar()
    here = [period for period in periods if when(*period, today) is not When.PAST] or periods[-1:]
    return PersonRecord(
        id=person.id,
        revision=person.revision,
        name=person_name(person.forename, person.surname, person.known_as),
        details=details,
        group=group or "",
        roll=roll_on(periods, today),
        joined_on=here[0][0] if here else None,
        leaves_on=here[0][1] if here else None,
        employments=tuple(EmploymentRow(each.id, each.revision, _details(EmploymentDetails, each)) for each in employments),
        holdings=holdings,
        history=spells(
            [(row.id, row.details.title, row.details.site, row.details.starts_on, row.details.ends_on) for row in holdings], today
        ),
        qualifications=_qualifications(session, person_id),
        memberships=tuple(
            MembershipRow(each.id, each.revision, _details(MembershipDetails, each)) for each in _of(session, Membership, person_id)
        ),
        manages=_managed(session, person_id, today),
    )


@needs(Permission.SEE_STAFF)
def names(session: Session, actor: Actor, *, on_roll_only: bool = False) -> tuple[PersonName, ...]:
    """Everybody's name by surname, to choose from; leavers too unless asked otherwise."""
    gone = {person_id for person_id, roll in rolls(session, clock.today()).items() if roll is Roll.LEFT} if on_roll_only else set()
    wanted = select(Person.id, Person.forename, Person.surname, Person.known_as).where(scope(actor))
    found = [
        PersonName(row.id, person_name(row.forename, row.surname, row.known_as), sort_key(row.forename, row.surname))
        for row in session.execute(wanted)
        if row.id not in gone
    ]
    return tuple(sorted(found, key=lambda row: (row.sort_key, row.id)))


@needs(Permission.SEE_STAFF)
def posts(session: Session, actor: Actor) -> tuple[PostRow, ...]:
    """Every post with those who hold it today: none, one or several."""
    today = clock.today()
    holders: dict[int, list[int]] = {}
    for held in held_posts(session).values():
        for post in posts_on(held, today):
            holders.setdefault(post.post_id, []).append(post.person_id)
    known = names_by_id(session, {person_id for each in holders.values() for person_id in each})
    found = session.execute(select(Post.id, Post.revision, Post.title, Post.site).where(scope(actor)))
    rows = []
    for post_id, revision, title, site in found:
        held_by = tuple(known[each] for each in holders.get(post_id, ()))
        rows.append(PostRow(post_id, revision, title, site, held_by, searchable(title, site)))
    return tuple(sorted(rows, key=lambda row: row.sort_key))


@needs(Permission.SEE_STAFF)
def manager_tree(session: Session, actor: Actor) -> tuple[TreeRow, ...]:
    """Who manages whom today, top down. Somebody with two line managers stands under each of them."""
    listed = {row.id: row for row in people_list(session, actor) if row.roll is Roll.ON_ROLL}
    above = managers_on(edges(session), clock.today())
    below: dict[int, list[int]] = {}
    tops = []
    for person_id in listed:
        managers = [each for each in above.get(person_id, ()) if each in listed]
        if not managers:
            tops.append(person_id)
        for manager in managers:
            below.setdefault(manager, []).append(person_id)
    rows: list[TreeRow] = []

    def add(person_id: int, depth: int) -> None:
        rows.append(TreeRow(person_id, listed[person_id].name, listed[person_id].posts, depth))
        for each in below.get(person_id, ()):
            add(each, depth + 1)

    for top in sorted(tops, key=lambda each: (each not in below, listed[each].sort_key)):
        add(top, 0)
    return tuple(rows)


@needs(Permission.SEE_STAFF)
def search_people(session: Session, actor: Actor, *, text: str) -> tuple[PersonHit, ...]:
    """People in whose name, posts, group or staff number every word of the text is found; whose name begins so come first."""
    words = searchable(text).split()
    if not words:
        return ()
    found = [row for row in people_list(session, actor) if all(word in row.search for word in words)]
    found.sort(key=lambda row: (row.roll is Roll.LEFT, not searchable(row.name).startswith(words[0]), row.sort_key))
    return tuple(PersonHit(row.id, row.name, _detail(row)) for row in found[:MOST_HITS])


@needs(Permission.SEE_STAFF)
def leaving_ties(session: Session, actor: Actor, *, person_id: int) -> tuple[StaffTie, ...]:
    """What ties somebody who leaves, as far as staff knows: posts held, people managed. Reviews are asked of pdr, above."""
    today = clock.today()
    held = held_posts(session, [person_id]).get(person_id, ())
    open_ones = [post for post in held if when(post.starts_on, post.ends_on, today) is not When.PAST]
    ties = [StaffTie("post", each.id, each.title, _post_detail(session, each, person_id, today)) for each in open_ones]
    ties += [StaffTie("manages", each.holding_id, each.name, each.title) for each in _managed(session, person_id, today)]
    return tuple(ties)


@needs(Permission.SEE_STAFF)
def existing_people(session: Session, actor: Actor) -> tuple[ExistingPerson, ...]:
    """Everybody as a staff list would describe them: the latest employment, the main holding."""
    today = clock.today()
    periods, held, groups = employment_periods(session), _main_columns(session), _groups(session)
    people = []
    for person in session.execute(select(Person).where(scope(actor)).order_by(Person.id)).scalars():
        mine = periods.get(person.id, [])
        latest = max(mine, key=lambda period: period[0] or EARLIEST, default=(None, None))
        roll = roll_on(mine, today)
        holdings = held.get(person.id, [])
        main = main_of(holdings, roll, today)
        others = tuple(each.title for each in posts_shown(holdings, roll, today) if each is not main)
        known: dict[str, Any] = {name: getattr(person, name) for name in _LISTED}
        if main is not None:
            known |= {"post": main.title, "site": main.site, "manager_id": main.line_manager_id}
            known |= {"weekly_hours": main.weekly_hours, "full_time_hours": main.full_time_hours}
        known |= {"group": groups.get(person.staff_group_id or 0, ""), "start_date": latest[0], "leaving_date": latest[1]}
        people.append(ExistingPerson(id=person.id, other_posts=others, **known))
    return tuple(people)


def _groups(session: Session) -> dict[int, str]:
    return {group_id: name for group_id, name in session.execute(select(StaffGroup.id, StaffGroup.name))}


def _main_columns(session: Session) -> dict[int, list[Any]]:
    wanted = select(
        Holding.id, Holding.person_id, Holding.position, Holding.starts_on, Holding.ends_on, Holding.line_manager_id,
        Holding.weekly_hours, Holding.full_time_hours, Post.title, Post.site,
    ).join(Post, Post.id == Holding.post_id)  # fmt: skip
    found: dict[int, list[Any]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.person_id, []).append(row)
    return found


def _detail(row: PersonRow) -> str:
    words = row.posts or row.group or KINDS[row.kind]
    return words if row.roll is Roll.ON_ROLL else f"{words} · {row.roll.lower()}"


def _details(kind: type[Details], row: object, **given: str) -> Details:
    """The fields of a row that belong to its details."""
    values: dict[str, Any] = {field.name: given[field.name] if field.name in given else getattr(row, field.name) for field in fields(kind)}
    return kind(**values)


def _manager(manager_id: int, names: dict[int, str], on_roll: dict[int, Roll]) -> str:
    """A line manager's name; that somebody has left is said, because the holding waits for a new one."""
    return f"{names[manager_id]} (left)" if on_roll.get(manager_id) is Roll.LEFT else names[manager_id]


def _of(session: Session, model: type[Timed], person_id: int) -> list[Timed]:
    rows = session.execute(select(model).where(model.person_id == person_id)).scalars().all()
    return sorted(rows, key=lambda row: (row.starts_on or EARLIEST, row.id))


def _holding_rows(session: Session, person_id: int, today: date) -> tuple[HoldingRow, ...]:
    found = session.execute(select(Holding, Post).join(Post, Post.id == Holding.post_id).where(Holding.person_id == person_id)).all()
    known = names_by_id(session, {holding.line_manager_id for holding, _ in found if holding.line_manager_id})
    gone = rolls(session, today) if known else {}
    rows = []
    for holding, post in found:
        details = _details(HoldingDetails, holding, title=post.title, site=post.site)
        manager = _manager(holding.line_manager_id, known, gone) if holding.line_manager_id else ""
        stands = when(holding.starts_on, holding.ends_on, today)
        rows.append((holding.position, HoldingRow(holding.id, holding.revision, post.id, details, manager, stands)))
    order = (When.CURRENT, When.COMING, When.PAST)
    rows.sort(key=lambda each: (order.index(each[1].when), each[0], -(each[1].details.starts_on or EARLIEST).toordinal(), each[1].id))
    return tuple(row for _, row in rows)


def _qualifications(session: Session, person_id: int) -> tuple[QualificationRow, ...]:
    found: Iterable[Qualification] = session.execute(select(Qualification).where(Qualification.person_id == person_id)).scalars()
    newest_first = sorted(found, key=lambda each: (-(each.awarded_on or EARLIEST).toordinal(), searchable(each.name)))
    return tuple(QualificationRow(each.id, each.revision, _details(QualificationDetails, each)) for each in newest_first)


def _managed(session: Session, person_id: int, today: date) -> tuple[ManagedRow, ...]:
    wanted = (
        select(
            Holding.id, Holding.person_id, Holding.starts_on, Holding.ends_on, Post.title, Person.forename, Person.surname, Person.known_as
        )
        .join(Post, Post.id == Holding.post_id)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.line_manager_id == person_id)
    )
    found = [row for row in session.execute(wanted) if when(row.starts_on, row.ends_on, today) is not When.PAST]
    found.sort(key=lambda row: sort_key(row.forename, row.surname))
    return tuple(ManagedRow(row.id, row.person_id, person_name(row.forename, row.surname, row.known_as), row.title) for row in found)


def _post_detail(session: Session, held: HeldPost, person_id: int, today: date) -> str:
    others = session.execute(
        select(Holding.starts_on, Holding.ends_on).where(Holding.post_id == held.post_id, Holding.person_id != person_id)
    )
    sharing = sum(1 for starts_on, ends_on in others if when(starts_on, ends_on, today) is When.CURRENT)
    return f"{count_of(sharing, 'other holder')} of this post" if sharing else "Nobody else holds this post"
