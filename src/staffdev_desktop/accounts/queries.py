"""Reads: who can sign in, what was changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import Change, User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.accounts.rows import ChangeRow, UserRow
from staffdev_desktop.schoolfile.slots import USER


@needs(Permission.MANAGE_USERS)
def users(session: Session, actor: Actor) -> tuple[UserRow, ...]:
    """Everybody who can sign in."""
    found = session.execute(select(User).where(User.active, User.kind == USER).order_by(User.name)).scalars()
    return tuple(UserRow(user.id, user.name, user.role, user.active) for user in found)


@needs(Permission.SEE_CHANGES)
def changes_of(session: Session, actor: Actor, *, kind: str, row_id: int) -> tuple[ChangeRow, ...]:
    """The history of one row, oldest first."""
    found = session.execute(select(Change).where(Change.kind == kind, Change.row_id == row_id).order_by(Change.id)).scalars()
    return tuple(ChangeRow(c.id, c.at, c.user_name, c.service, c.kind, c.row_id, c.before, c.after) for c in found)
