"""Whose CPD an actor may see: everybody’s, or their own and that of those whom they manage today. These carry no mark."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff.models import Holding, Person


def visible_people(actor: Actor) -> ColumnElement[bool]:
    """The condition on Person that every query and service of CPD goes through."""
    if actor.may(Permission.SEE_ALL_CPD):
        return true()
    today = clock.today()
    me = select(Person.id).where(Person.user_id == actor.user_id, Person.user_id.is_not(None))
    managed = select(Holding.person_id).where(
        Holding.line_manager_id.in_(me),
        or_(Holding.starts_on.is_(None), Holding.starts_on <= today),
        or_(Holding.ends_on.is_(None), Holding.ends_on >= today),
    )
    return or_(Person.id.in_(me), Person.id.in_(managed))


def visible_person(session: Session, actor: Actor, person_id: int) -> Person:
    """A person whose CPD the actor may see. Raises UserError if there is none."""
    found = session.execute(select(Person).where(Person.id == person_id, visible_people(actor))).scalar()
    if found is None:
        raise UserError("This person is not in the school file any more.")
    return found


def visible_by_id(session: Session, actor: Actor, person_ids: Iterable[int]) -> dict[int, Person]:
    """Several of them at once. Raises UserError if one is not there."""
    wanted = set(person_ids)
    found = {person.id: person for person in session.execute(select(Person).where(Person.id.in_(wanted), visible_people(actor))).scalars()}
    if wanted - found.keys():
        raise UserError("One of these people is not in the school file any more.")
    return found


def own_person_ids(session: Session, actor: Actor) -> frozenset[int]:
    """The person that the actor is, if any: nobody checks what is their own, or reads what is not shared with them yet."""
    if actor.user_id is None:
        return frozenset()
    return frozenset(session.execute(select(Person.id).where(Person.user_id == actor.user_id)).scalars())


def is_self(session: Session, actor: Actor, person_id: int) -> bool:
    """Whether the actor is this person."""
    return person_id in own_person_ids(session, actor)
