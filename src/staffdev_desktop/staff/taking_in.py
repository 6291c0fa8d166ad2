"""Carries out what the preview of a staff list promised: everybody or nobody, in one transaction that one undo puts back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.importing import PersonChange
from staffdev_desktop.staff.models import Employment, Holding, Person, Post
from staffdev_desktop.staff.reading import edges, main_of, names_by_id
from staffdev_desktop.staff.rows import EmploymentDetails, HoldingDetails, PersonDetails, TakenIn, When
from staffdev_desktop.staff.rules import check_employment, check_holding, check_no_overlap, circle_among, refuse_circle, roll_on, when
from staffdev_desktop.staff.services import add_person, change_person, end_posts, place_in_post, post_named

_OF_PERSON = ("title", "forename", "surname", "known_as", "staff_number", "email", "phone", "kind")
_OF_POST = ("weekly_hours", "full_time_hours")


@needs(Permission.CHANGE_STAFF)
def take_in_staff_list(session: Session, actor: Actor, *, plan: Sequence[PersonChange]) -> TakenIn:
    """Carry out a plan (importing.take_in_plan). Nothing that the list is silent about is touched.

    A post that the list calls differently is a new post from today on: the one before stays in the role history. Raises UserError,
    which names the row, and nothing is kept.
    """
    groups = {name: group_id for group_id, name in session.execute(select(StaffGroup.id, StaffGroup.name))}
    ids: dict[int, int] = {}
    for change in plan:
        try:
            ids[change.row] = _take_in(session, actor, change, groups)
        except UserError as error:
            raise _in_row(session, change, error) from error
    _set_managers(session, plan, ids)
    new = sum(1 for change in plan if change.person_id is None)
    return TakenIn(new=new, changed=len(plan) - new)


def _in_row(session: Session, change: PersonChange, error: UserError) -> UserError:
    written = " ".join(str(change.values[key]) for key in ("forename", "surname") if key in change.values)
    name = written if change.person_id is None else names_by_id(session, [change.person_id]).get(change.person_id, written)
    return UserError(f"Row {change.row}, {name}: {error.message} Nothing was taken in.", field=error.field)


def _take_in(session: Session, actor: Actor, change: PersonChange, groups: Mapping[str, int]) -> int:
    values: dict[str, Any] = dict(change.values)
    known = {key: values[key] for key in _OF_PERSON if key in values}
    if "group" in values:
        known["staff_group_id"] = groups[values["group"]]
    if change.person_id is None:
        person_id = add_person(session, actor, details=PersonDetails(**{"surname": "", **known}))
    else:
        person_id = change.person_id
        _change_person(session, actor, person_id, known)
    _set_employment(session, person_id, values, new=change.new_employment)
    _set_post(session, person_id, values, new=change.person_id is None or change.new_employment)
    if (leaving := values.get("leaving_date")) is not None:
        end_posts(session, person_id, leaving)
    session.flush()
    return person_id


def _change_person(session: Session, actor: Actor, person_id: int, known: dict[str, Any]) -> None:
    person = session.get(Person, person_id)
    if person is None:
        raise UserError("This person is not in the school file any more. Read the list again.")
    if known:
        before = PersonDetails(**{key: getattr(person, key) for key in PersonDetails.__dataclass_fields__})
        change_person(session, actor, person_id=person_id, revision=person.revision, details=replace(before, **known))


def _set_employment(session: Session, person_id: int, values: Mapping[str, Any], *, new: bool) -> None:
    if not values.keys() & {"start_date", "leaving_date"}:
        return
    rows = session.execute(select(Employment).where(Employment.person_id == person_id)).scalars().all()
    latest = max(rows, key=lambda row: row.starts_on or date.min, default=None)
    if latest is None or new:
        latest = Employment(person_id=person_id)
        session.add(latest)
    details = check_employment(
        EmploymentDetails(values.get("start_date", latest.starts_on), values.get("leaving_date", latest.ends_on), latest.reason or "")
    )
    check_no_overlap(details, [EmploymentDetails(row.starts_on, row.ends_on) for row in rows if row is not latest])
    latest.starts_on, latest.ends_on = details.starts_on, details.ends_on
    session.flush()


def _set_post(session: Session, person_id: int, values: Mapping[str, Any], *, new: bool) -> None:
    if not values.keys() & {"post", "site", *_OF_POST}:
        return
    main = None if new else _main_holding(session, person_id)
    if main is None:
        starts_on = values.get("start_date")
        details = HoldingDetails(
            title=values.get("post", ""),
            site=values.get("site", ""),
            starts_on=starts_on if starts_on and (starts_on > clock.today() or not _is_first(session, person_id)) else None,
            **{key: values[key] for key in _OF_POST if key in values},
        )
        place_in_post(session, person_id, details)
        return
    post = session.get_one(Post, main.post_id)
    details = _details_of(main, post, values)
    if (details.title, details.site) != (post.title, post.site):
        main = _move(session, main, post, details)
    for key in _OF_POST:
        setattr(main, key, getattr(details, key))


def _is_first(session: Session, person_id: int) -> bool:
    return session.execute(select(Holding.id).where(Holding.person_id == person_id)).first() is None


def _main_holding(session: Session, person_id: int) -> Holding | None:
    rows = session.execute(select(Holding).where(Holding.person_id == person_id)).scalars().all()
    periods = [
        (row.starts_on, row.ends_on) for row in session.execute(select(Employment).where(Employment.person_id == person_id)).scalars()
    ]
    main: Holding | None = main_of(rows, roll_on(periods, clock.today()), clock.today())
    return main


def _details_of(holding: Holding, post: Post, values: Mapping[str, Any]) -> HoldingDetails:
    """The holding as it will be, checked."""
    return check_holding(
        HoldingDetails(
            title=values.get("post", post.title),
            site=values.get("site", post.site),
            line_manager_id=holding.line_manager_id,
            starts_on=holding.starts_on,
            ends_on=holding.ends_on,
            weekly_hours=values.get("weekly_hours", holding.weekly_hours),
            full_time_hours=values.get("full_time_hours", holding.full_time_hours),
            allowance=holding.allowance,
            filled_how=holding.filled_how,
        )
    )


def _move(session: Session, holding: Holding, post: Post, details: HoldingDetails) -> Holding:
    """Into another post from today on; or a correction, where only a site is added or the post was begun today or is over."""
    today = clock.today()
    correction = details.title == post.title and not post.site
    if correction or holding.starts_on == today or when(holding.starts_on, holding.ends_on, today) is not When.CURRENT:
        holding.post_id = post_named(session, details.title, details.site, only_holding=holding).id
        return holding
    after = Holding(
        person_id=holding.person_id,
        post_id=post_named(session, details.title, details.site).id,
        line_manager_id=holding.line_manager_id,
        starts_on=today,
        ends_on=holding.ends_on,
        weekly_hours=details.weekly_hours,
        full_time_hours=details.full_time_hours,
        position=holding.position,
    )
    holding.ends_on = today - timedelta(days=1)
    session.add(after)
    session.flush()
    return after


def _set_managers(session: Session, plan: Sequence[PersonChange], ids: Mapping[int, int]) -> None:
    """Set the line managers of the main holdings, all of them, and then look for circles; without a post there is nothing to manage."""
    changes: dict[int, PersonChange] = {}
    for change in plan:
        holding = _main_holding(session, ids[change.row]) if change.manager else None
        if holding is None or change.manager is None:
            continue
        holding.line_manager_id = change.manager.person_id if change.manager.person_id is not None else ids[change.manager.row or 0]
        changes[holding.id] = change
    session.flush()
    if found := circle_among(edges(session), changes.keys(), clock.today()):
        holding_id, chain = found
        raise _in_row(session, changes[holding_id], refuse_circle(chain, names_by_id(session, chain)))
