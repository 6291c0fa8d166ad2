"""Users, and the record of changes in each of the two databases."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import RESTRICTED, Base, Revised


class User(Revised, Base):
    """Somebody who can sign in, or the recovery code. A user is not a person; a person may point to a user."""

    __tablename__ = "user"

    name: Mapped[str]
    role: Mapped[str]
    kind: Mapped[str]  # of the key slot: user, recovery
    slot_id: Mapped[str]  # a change here is the record of a new password or code
    active: Mapped[bool] = mapped_column(default=True)


class ChangeColumns:
    """One row's before and after; each row is chained to the one before it by SHA-256."""

    at: Mapped[datetime]
    sitting: Mapped[str] = mapped_column(String(32))  # from opening the file to closing it
    batch: Mapped[str] = mapped_column(String(32))  # one call of School.do
    user_id: Mapped[int | None]
    user_name: Mapped[str]
    service: Mapped[str]
    undoable: Mapped[bool]
    undoes: Mapped[str | None] = mapped_column(String(32))  # the batch that this one put back
    kind: Mapped[str]  # the table's name
    row_id: Mapped[int]
    before: Mapped[str | None]  # JSON; None for a new row
    after: Mapped[str | None]  # JSON; None for a removed row
    chain: Mapped[str] = mapped_column(String(64))


class Change(ChangeColumns, Base):
    """A change of a row in the records."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_kind", "kind", "row_id"), Index("ix_change_batch", "batch"))


class RestrictedChange(ChangeColumns, Base):
    """A change of a row in the restricted database; kept there, so that the records never hold its words."""

    __tablename__ = "restricted_change"
    __table_args__ = ({"schema": RESTRICTED},)
