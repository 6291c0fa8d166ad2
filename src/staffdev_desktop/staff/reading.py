"""What the queries and services of staff, and of the areas above it, read alike. They stand behind a marked one; these carry no mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission
from staffdev_desktop.kernel.dates import EARLIEST
from staffdev_desktop.staff.models import Employment, Holding, Person, Post
from staffdev_desktop.staff.rows import Edge, Roll
from staffdev_desktop.staff.rules import person_name, roll_on, when

Period = tuple[date | None, date | None]


@dataclass(frozen=True)
class HeldPost:
    """A holding with its post, as plain columns."""

    id: int
    person_id: int
    post_id: int
    title: str
    site: str
    line_manager_id: int | None
    starts_on: date | None
    ends_on: date | None


def scope(actor: Actor) -> ColumnElement[bool]:
    """Which people an actor may see: all of them or, for a reviewer, nobody (their reviews carry the names they need)."""
    return true() if actor.may(Permission.SEE_STAFF) else false()


def names_by_id(session: Session, ids: Iterable[int] | None = None) -> dict[int, str]:
    """The names that people go by; of everybody if no ids are given."""
    wanted = select(Person.id, Person.forename, Person.surname, Person.known_as)
    if ids is not None:
        wanted = wanted.where(Person.id.in_(set(ids)))
    return {row.id: person_name(row.forename, row.surname, row.known_as) for row in session.execute(wanted)}


def edges(session: Session) -> tuple[Edge, ...]:
    """Who is, was and will be managed by whom."""
    wanted = select(Holding.id, Holding.person_id, Holding.line_manager_id, Holding.starts_on, Holding.ends_on)
    found = session.execute(wanted.where(Holding.line_manager_id.is_not(None)))
    return tuple(
        Edge(holding_id, person_id, manager_id, starts_on, ends_on)
        for holding_id, person_id, manager_id, starts_on, ends_on in found
        if manager_id is not None
    )


def held_posts(session: Session, person_ids: Iterable[int] | None = None) -> dict[int, list[HeldPost]]:
    """Everybody's holdings, past ones too, the main one first, then in the order in which they began."""
    wanted = (
        select(
            Holding.id,
            Holding.person_id,
            Holding.post_id,
            Post.title,
            Post.site,
            Holding.line_manager_id,
            Holding.starts_on,
            Holding.ends_on,
        )
        .join(Post, Post.id == Holding.post_id)
        .order_by(Holding.person_id, Holding.position, Holding.starts_on, Holding.id)
    )
    if person_ids is not None:
        wanted = wanted.where(Holding.person_id.in_(set(person_ids)))
    found: dict[int, list[HeldPost]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.person_id, []).append(HeldPost(*row))
    return found


class _Placed(Protocol):
    """A holding as far as its place among a person's posts goes: a row of columns, or the mapped one."""

    @property
    def starts_on(self) -> Any: ...
    @property
    def ends_on(self) -> Any: ...


Placed = TypeVar("Placed", bound=_Placed)


def posts_on(holdings: Iterable[Placed], day: date) -> list[Placed]:
    """The holdings that stand on a day."""
    return [held for held in holdings if when(held.starts_on, held.ends_on, day) == "current"]


def posts_shown(holdings: Iterable[Placed], roll: Roll, day: date) -> list[Placed]:
    """The posts to name beside a person: today's; the coming ones of somebody who is joining; the last ones of a leaver."""
    all_of_them = list(holdings)
    if roll is Roll.ON_ROLL:
        return posts_on(all_of_them, day)
    if roll is Roll.JOINING:
        return [held for held in all_of_them if when(held.starts_on, held.ends_on, day) == "coming"]
    last = max((held.ends_on or EARLIEST for held in all_of_them), default=None)
    return [held for held in all_of_them if (held.ends_on or EARLIEST) == last]


def main_of(holdings: Iterable[Any], roll: Roll, day: date) -> Any:
    """The main one among those to be named, or None: the first by position."""
    return min(posts_shown(holdings, roll, day), key=lambda held: (held.position, held.id), default=None)


def employment_periods(session: Session, person_ids: Iterable[int] | None = None) -> dict[int, list[Period]]:
    """The times with the school of these people; of everybody if no ids are given."""
    wanted = select(Employment.person_id, Employment.starts_on, Employment.ends_on)
    if person_ids is not None:
        wanted = wanted.where(Employment.person_id.in_(set(person_ids)))
    found: dict[int, list[Period]] = {}
    for person_id, starts_on, ends_on in session.execute(wanted):
        found.setdefault(person_id, []).append((starts_on, ends_on))
    return found


def rolls(session: Session, day: date, person_ids: Iterable[int] | None = None) -> dict[int, Roll]:
    """Whether each person is with the school on a day; who has no employment written down is not in it, and is on roll."""
    return {person_id: roll_on(periods, day) for person_id, periods in employment_periods(session, person_ids).items()}
