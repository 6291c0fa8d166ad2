"""Writes: users. Keys themselves are in schoolfile; these rows are the record of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs


@needs(Permission.MANAGE_USERS, undoable=False)
def settle_users(session: Session, actor: Actor, *, slots: Sequence[tuple[str, str, str, str]]) -> int:
    """Bring the users in line with the key slots (name, role, kind, slot id). Returns how many rows changed.

    Called when a key was changed and at each opening: a crash between the slot and this row heals itself here.
    """
    known = {(user.kind, user.name.casefold()): user for user in session.execute(select(User).order_by(User.id)).scalars()}
    changed = 0
    for name, role, kind, slot_id in slots:
        user = known.pop((kind, name.casefold()), None)
        if user is None:
            session.add(User(name=name, role=role, kind=kind, slot_id=slot_id))
            changed += 1
        elif (user.name, user.role, user.slot_id, user.active) != (name, role, slot_id, True):
            user.name, user.role, user.slot_id, user.active = name, role, slot_id, True
            changed += 1
    for user in known.values():
        if user.active:
            user.active = False
            changed += 1
    return changed
