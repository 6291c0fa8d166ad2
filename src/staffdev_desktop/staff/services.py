"""Writes: people, their times with the school, posts and holdings, qualifications, memberships, and leaving."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Employment, Holding, Membership, Person, Post, Qualification
from staffdev_desktop.staff.reading import edges, names_by_id
from staffdev_desktop.staff.rows import Edge, EmploymentDetails, HoldingDetails, MembershipDetails, PersonDetails, QualificationDetails
from staffdev_desktop.staff.rules import (
    check_employment,
    check_holding,
    check_membership,
    check_no_overlap,
    check_person,
    check_qualification,
    check_words,
    circle_through,
    next_reference,
    refuse_circle,
)

Row = TypeVar("Row", Person, Employment, Holding, Post, Qualification, Membership)
Details = PersonDetails | EmploymentDetails | QualificationDetails | MembershipDetails


# -- people -------------------------------------------------------------------------------------------------------------------


@needs(Permission.CHANGE_STAFF)
def add_person(
    session: Session, actor: Actor, *, details: PersonDetails, starts_on: date | None = None, holding: HoldingDetails | None = None
) -> int:
    """Add somebody, with the day on which they join and a first post if these are known. Returns the id. Raises UserError."""
    details = _fit(session, check_person(details), None)
    time_here = check_employment(EmploymentDetails(starts_on))
    person = Person(**asdict(details))
    session.add(person)
    session.flush()
    session.add(Employment(person_id=person.id, **asdict(time_here)))  # also without a day: they are here
    session.flush()
    if holding is not None:
        _place_first(session, person.id, holding)
    return person.id


def _place_first(session: Session, person_id: int, holding: HoldingDetails) -> None:
    """A first post: its title is not the person's, so its field has another name."""
    try:
        place_in_post(session, person_id, holding)
    except UserError as error:
        raise UserError(error.message, field="post" if error.field == "title" else error.field) from error


@needs(Permission.CHANGE_STAFF)
def change_person(session: Session, actor: Actor, *, person_id: int, revision: int, details: PersonDetails) -> None:
    """Change what is written about a person. Raises UserError, Conflict."""
    person = _current(session, Person, person_id, revision)
    _write(person, _fit(session, check_person(details), person.id))


@needs(Permission.CHANGE_STAFF)
def delete_person(session: Session, actor: Actor, *, person_id: int, revision: int) -> None:
    """Delete somebody who was added by mistake, with everything in staff. Raises UserError if anything else names them, Conflict."""
    person = _current(session, Person, person_id, revision)
    name = names_by_id(session, [person_id])[person_id]
    if session.execute(select(Holding.id).where(Holding.line_manager_id == person_id)).first():
        raise UserError(f"{name} is or was somebody’s line manager. Change that first, or use Leave.")
    for model in (Employment, Holding, Qualification, Membership):
        for row in session.execute(select(model).where(model.person_id == person_id)).scalars():
            session.delete(row)
    session.flush()
    session.delete(person)
    try:
        session.flush()
    except IntegrityError as error:
        raise UserError(f"{name} is named on reviews or other records. Use Leave: the records stay.") from error


def _fit(session: Session, details: PersonDetails, person_id: int | None) -> PersonDetails:
    """The details against everybody else's: a staff number of their own, a staff group that is there."""
    if details.staff_group_id is not None and session.get(StaffGroup, details.staff_group_id) is None:
        raise UserError("This staff group was removed. Choose another.", field="staff_group_id")
    if not details.staff_number:
        own = session.get(Person, person_id) if person_id is not None else None
        given = own.staff_number if own else next_reference(session.execute(select(Person.staff_number)).scalars())
        return replace(details, staff_number=given)
    wanted = select(Person.id).where(func.lower(Person.staff_number) == details.staff_number.lower(), Person.id != (person_id or 0))
    other = session.execute(wanted).scalar()
    if other is not None:
        name = names_by_id(session, [other])[other]
        raise UserError(f"Staff number {details.staff_number} belongs to {name} already.", field="staff_number")
    return details


# -- times with the school ----------------------------------------------------------------------------------------------------


@needs(Permission.CHANGE_STAFF)
def add_employment(session: Session, actor: Actor, *, person_id: int, details: EmploymentDetails) -> int:
    """Write down a time with the school: also of somebody who comes back. Returns the id. Raises UserError for an overlap."""
    details = check_employment(details)
    check_no_overlap(details, _times(session, person_id, but=None))
    return _add(session, Employment(person_id=person_id, **asdict(details)))


@needs(Permission.CHANGE_STAFF)
def change_employment(session: Session, actor: Actor, *, employment_id: int, revision: int, details: EmploymentDetails) -> None:
    """Change a time with the school. Raises UserError, Conflict."""
    row = _current(session, Employment, employment_id, revision)
    details = check_employment(details)
    check_no_overlap(details, _times(session, row.person_id, but=row.id))
    _write(row, details)


@needs(Permission.CHANGE_STAFF)
def delete_employment(session: Session, actor: Actor, *, employment_id: int, revision: int) -> None:
    """Delete a mistaken time with the school. Raises Conflict."""
    session.delete(_current(session, Employment, employment_id, revision))


def _times(session: Session, person_id: int, *, but: int | None) -> list[EmploymentDetails]:
    rows = session.execute(select(Employment).where(Employment.person_id == person_id, Employment.id != (but or 0))).scalars()
    return [EmploymentDetails(row.starts_on, row.ends_on) for row in rows]


# -- posts --------------------------------------------------------------------------------------------------------------------


@needs(Permission.CHANGE_STAFF)
def add_holding(session: Session, actor: Actor, *, person_id: int, details: HoldingDetails) -> int:
    """Put a person in a post, which is made if there is none of that title and site. Returns the id. Raises UserError."""
    return place_in_post(session, person_id, details).id


@needs(Permission.CHANGE_STAFF)
def change_holding(session: Session, actor: Actor, *, holding_id: int, revision: int, details: HoldingDetails) -> None:
    """Change a holding. Raises UserError (a circle of line managers, too), Conflict."""
    holding = _current(session, Holding, holding_id, revision)
    details = check_holding(details)
    holding.post_id = post_named(session, details.title, details.site, only_holding=holding).id
    _write_holding(session, holding, details)


@needs(Permission.CHANGE_STAFF)
def delete_holding(session: Session, actor: Actor, *, holding_id: int, revision: int) -> None:
    """Delete a mistaken holding; the post stays, vacant or with its other holders. Raises Conflict."""
    session.delete(_current(session, Holding, holding_id, revision))


@needs(Permission.CHANGE_STAFF)
def make_main_post(session: Session, actor: Actor, *, holding_id: int, revision: int) -> None:
    """Let this holding stand first among the person's posts. Raises Conflict."""
    holding = _current(session, Holding, holding_id, revision)
    first = session.execute(select(func.min(Holding.position)).where(Holding.person_id == holding.person_id)).scalar_one()
    holding.position = first - 1


@needs(Permission.CHANGE_STAFF)
def change_post(session: Session, actor: Actor, *, post_id: int, revision: int, title: str, site: str) -> None:
    """Rename a post for all who hold it. Raises UserError if there is one of that name, Conflict."""
    post = _current(session, Post, post_id, revision)
    title, site = check_words(title, "The post", "title"), check_words(site, "The site", "site")
    if not title:
        raise UserError("Write what the post is called.", field="title")
    other = _find_post(session, title, site)
    if other is not None and other.id != post.id:
        raise UserError(f"There is a post called ‘{other.title}’ already.", field="title")
    post.title, post.site = title, site


def place_in_post(session: Session, person_id: int, details: HoldingDetails) -> Holding:
    """Write a new holding. For services of staff only. Raises UserError."""
    details = check_holding(details)
    last = session.execute(select(func.max(Holding.position)).where(Holding.person_id == person_id)).scalar()
    post = post_named(session, details.title, details.site)
    holding = Holding(person_id=person_id, post_id=post.id, position=0 if last is None else last + 1)
    _write_holding(session, holding, details)
    session.add(holding)
    session.flush()
    return holding


def post_named(session: Session, title: str, site: str, *, only_holding: Holding | None = None) -> Post:
    """The post of that title and site, made if there is none.

    A title that is corrected on the only holding a post ever had renames the post: else each slip of the pen would leave one behind.
    """
    found = _find_post(session, title, site)
    own = _post_of_only(session, only_holding) if only_holding is not None else None
    if own is not None and (found is None or found.id == own.id):
        own.title, own.site = title, site
        return own
    if found is None:
        found = Post(title=title, site=site)
        session.add(found)
        session.flush()
    return found


def _find_post(session: Session, title: str, site: str) -> Post | None:
    wanted = (title.casefold(), site.casefold())
    posts = session.execute(select(Post)).scalars()
    return next((post for post in posts if (post.title.casefold(), post.site.casefold()) == wanted), None)


def _post_of_only(session: Session, holding: Holding) -> Post | None:
    others = session.execute(select(Holding.id).where(Holding.post_id == holding.post_id, Holding.id != holding.id)).first()
    return None if others else session.get(Post, holding.post_id)


def _write_holding(session: Session, holding: Holding, details: HoldingDetails) -> None:
    for key, value in asdict(details).items():
        if key not in ("title", "site"):
            setattr(holding, key, value)
    refuse_circles(session, holding)


def refuse_circles(session: Session, holding: Holding) -> None:
    """Raises UserError if the holding's line manager is managed by its person, directly or through others, from today on."""
    if holding.line_manager_id is None:
        return
    with session.no_autoflush:
        if session.get(Person, holding.line_manager_id) is None:
            raise UserError("This line manager is not in the school file any more. Choose another.", field="line_manager_id")
        new = Edge(holding.id or 0, holding.person_id, holding.line_manager_id, holding.starts_on, holding.ends_on)
        chain = circle_through(new, edges(session), clock.today())
        if chain:
            raise refuse_circle(chain, names_by_id(session, chain))


# -- qualifications and memberships -------------------------------------------------------------------------------------------


@needs(Permission.CHANGE_STAFF)
def add_qualification(session: Session, actor: Actor, *, person_id: int, details: QualificationDetails) -> int:
    """Write down a qualification or status. Returns the id. Raises UserError."""
    return _add(session, Qualification(person_id=person_id, **asdict(check_qualification(details))))


@needs(Permission.CHANGE_STAFF)
def change_qualification(session: Session, actor: Actor, *, qualification_id: int, revision: int, details: QualificationDetails) -> None:
    """Change a qualification. Raises UserError, Conflict."""
    _write(_current(session, Qualification, qualification_id, revision), check_qualification(details))


@needs(Permission.CHANGE_STAFF)
def delete_qualification(session: Session, actor: Actor, *, qualification_id: int, revision: int) -> None:
    """Delete a mistaken qualification. Raises UserError if it came of a programme, Conflict."""
    row = _current(session, Qualification, qualification_id, revision)
    name = row.name
    session.delete(row)
    try:
        session.flush()
    except IntegrityError as error:
        told = f"‘{name}’ came of a programme in the CPD portfolio. Open the programme there again: this goes with it."
        raise UserError(told) from error


@needs(Permission.CHANGE_STAFF)
def add_membership(session: Session, actor: Actor, *, person_id: int, details: MembershipDetails) -> int:
    """Write down membership of a professional body. Returns the id. Raises UserError."""
    return _add(session, Membership(person_id=person_id, **asdict(check_membership(details))))


@needs(Permission.CHANGE_STAFF)
def change_membership(session: Session, actor: Actor, *, membership_id: int, revision: int, details: MembershipDetails) -> None:
    """Change a membership. Raises UserError, Conflict."""
    _write(_current(session, Membership, membership_id, revision), check_membership(details))


@needs(Permission.CHANGE_STAFF)
def delete_membership(session: Session, actor: Actor, *, membership_id: int, revision: int) -> None:
    """Delete a mistaken membership. Raises Conflict."""
    session.delete(_current(session, Membership, membership_id, revision))


# -- leaving ------------------------------------------------------------------------------------------------------------------


@needs(Permission.CHANGE_STAFF)
def end_employment(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    last_day: date,
    reason: str = "",
    destination: str = "",
    new_manager_id: int | None = None,
) -> None:
    """End a person's time with the school, and their posts, on `last_day`.

    Those whom they manage go to `new_manager_id` from the day after; if that is one of them, this one goes to the leaver's own line
    manager. Without a new manager they keep the leaver's name until somebody chooses. Raises UserError.
    """
    details = check_employment(EmploymentDetails(None, last_day, reason, destination))
    employment = _time_to_end(session, person_id, last_day)
    employment.ends_on, employment.reason, employment.destination = last_day, details.reason, details.destination
    own_manager = end_posts(session, person_id, last_day)
    if new_manager_id == person_id:
        raise UserError("Choose somebody else: this is the person who leaves.", field="new_manager_id")
    if new_manager_id is not None:
        _hand_over(session, person_id, last_day, new_manager_id, own_manager)


def _time_to_end(session: Session, person_id: int, last_day: date) -> Employment:
    """The employment that ends: the one of that day or else the newest; one without dates if none was ever written down."""
    rows = session.execute(select(Employment).where(Employment.person_id == person_id)).scalars().all()
    if not rows:
        employment = Employment(person_id=person_id)
        session.add(employment)
        return employment
    newest = max(rows, key=lambda row: row.starts_on or date.min)
    here = [row for row in rows if (row.starts_on or date.min) <= last_day <= (row.ends_on or date.max)]
    employment = here[0] if here else newest
    if employment.starts_on and last_day < employment.starts_on:
        raise UserError(f"This is before the first day, {long_day(employment.starts_on)}.", field="last_day")
    return employment


def end_posts(session: Session, person_id: int, last_day: date) -> int | None:
    """For services of staff only: end every holding that goes on; one that would only have begun later is dropped.

    Returns the leaver's own line manager.
    """
    own_manager = None
    for holding in session.execute(select(Holding).where(Holding.person_id == person_id).order_by(Holding.position)).scalars():
        if holding.ends_on is not None and holding.ends_on <= last_day:
            continue
        if holding.starts_on is not None and holding.starts_on > last_day:
            session.delete(holding)
            continue
        holding.ends_on = last_day
        own_manager = own_manager or holding.line_manager_id
    return own_manager


def _hand_over(session: Session, leaver_id: int, last_day: date, new_manager_id: int, own_manager: int | None) -> None:
    rows = session.execute(select(Holding).where(Holding.line_manager_id == leaver_id).order_by(Holding.id)).scalars().all()
    open_ones = [row for row in rows if row.ends_on is None or row.ends_on > last_day]
    for holding in sorted(open_ones, key=lambda row: row.person_id != new_manager_id):  # theirs first: else it would close a circle
        manager = own_manager if holding.person_id == new_manager_id else new_manager_id
        _new_manager_after(session, holding, last_day, manager)


def _new_manager_after(session: Session, holding: Holding, last_day: date, manager_id: int | None) -> None:
    """The same post goes on under another line manager: what was before keeps the one there was."""
    after = holding
    if holding.starts_on is None or holding.starts_on <= last_day:
        kept = ("person_id", "post_id", "ends_on", "weekly_hours", "full_time_hours", "allowance", "filled_how", "position")
        after = Holding(**{key: getattr(holding, key) for key in kept}, starts_on=last_day + timedelta(days=1))
        holding.ends_on = last_day
    after.line_manager_id = manager_id
    session.flush()
    refuse_circles(session, after)
    session.add(after)
    session.flush()


# -- shared -------------------------------------------------------------------------------------------------------------------


def _current(session: Session, model: type[Row], row_id: int, revision: int) -> Row:
    """The row, if it is still as it was when it was shown. Raises Conflict."""
    row = session.get(model, row_id)
    if row is None or row.revision != revision:
        raise Conflict
    return row


def _write(row: Any, details: Details) -> None:
    for key, value in asdict(details).items():
        setattr(row, key, value)


def _add(session: Session, row: Employment | Qualification | Membership) -> int:
    session.add(row)
    session.flush()
    return row.id
