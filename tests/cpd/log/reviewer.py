"""The same school file, opened by somebody who sees only their own people."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.staff.models import Person
from tests.people import Staffed

RUTH = KeyHolder("Ruth Pemberton", "Reviewer", "a phrase of her own")


@contextmanager
def as_reviewer(staffed: Staffed, person_id: int) -> Iterator[School]:
    """Close the school and open it as that person, who has the role of a reviewer."""
    staffed.school.add_key_holder(RUTH)
    staffed.school.do(_link, person_id=person_id, name=RUTH.name)
    path = staffed.school.path
    staffed.school.close()
    with School.open(path, name=RUTH.name, password=RUTH.password) as opened:
        yield opened


@needs(Permission.CHANGE_STAFF)
def _link(session: Session, actor: Actor, *, person_id: int, name: str) -> None:
    user = session.execute(select(User).where(User.name == name)).scalar_one()
    session.get_one(Person, person_id).user_id = user.id
