"""Writes: users. Keys themselves are in schoolfile; these rows are the record of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs


@needs(Permission.MANAGE_USERS, undoable=False)
def settle_users(session: Session, actor: Actor, *, slots: Sequence[tuple[str, str, str]]) -> int:
    """Bring the users in line with the key slots (name, role, slot id). Returns how many rows changed.

    Called when a key was changed and at each opening: a crash between the slot and this row heals itself here.
    """
    known = {user.name.casefold(): user for user in session.execute(select(User)).scalars()}
    changed = 0
    for name, role, slot_id in slots:
        user = known.pop(name.casefold(), None)
        if user is None:
            session.add(User(name=name, role=role, slot_id=slot_id))
            changed += 1
        elif user.slot_id != slot_id or not user.active:
            user.slot_id, user.active = slot_id, True
            changed += 1
    for user in known.values():
        if user.active:
            user.active = False
            changed += 1
    return changed
