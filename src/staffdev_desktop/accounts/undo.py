"""Undo: the last change of this sitting, put back as a new change, refused if a row has moved on (DESIGN section 2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, Time, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.changes import row_values
from staffdev_desktop.accounts.models import Change, RestrictedChange
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.base import Base, first_revision, mapped_tables

_AT_ONCE = 500  # ids in one question to the database


@dataclass(frozen=True)
class Undoable:
    """The change that undo would put back: its batch, the service that made it, how many rows it touched."""

    batch: str
    service: str
    rows: int


def put_back(session: Session, batch: str, *, restricted: bool) -> None:
    """Write the rows of a batch back as they were, the newest change first.

    Raises UserError if any of them has changed since, or if a file's bytes would have to come back.
    """
    # A parent and its child that were removed together come back in either order.
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    seen: set[tuple[str, int]] = set()
    changes = _changes(session, Change, batch) + (_changes(session, RestrictedChange, batch) if restricted else [])
    for (kind, made), some in groupby(changes, key=_made):
        model, _ = mapped_tables()[kind]
        run = list(some)
        if made:
            _take_away(session, model, run, seen)
            continue
        for change in run:
            row = session.get(model, change.row_id)
            _refuse_moved_on(row, change, seen)
            before = json.loads(change.before or "{}")
            _write_back(session, model, row, before)
            token = first_revision.set(before.get("revision", 0) + 1)
            try:
                session.flush()
            finally:
                first_revision.reset(token)


def _made(change: Change | RestrictedChange) -> tuple[str, bool]:
    return change.kind, change.before is None


def _take_away(session: Session, model: type[Base], run: Sequence[Change | RestrictedChange], seen: set[tuple[str, int]]) -> None:
    """Remove rows that the batch made one after another, with one flush for all: a large import is thousands of them."""
    rows: dict[int, Any] = {}
    ids = [change.row_id for change in run]
    for first in range(0, len(ids), _AT_ONCE):
        found = session.execute(select(model).where(model.id.in_(ids[first : first + _AT_ONCE]))).scalars()
        rows |= {row.id: row for row in found}
    for change in run:
        _refuse_moved_on(rows.get(change.row_id), change, seen)
        session.delete(rows[change.row_id])
    session.flush()


def _refuse_moved_on(row: Any, change: Change | RestrictedChange, seen: set[tuple[str, int]]) -> None:
    if (change.kind, change.row_id) not in seen and not _is_as_left(row, change):
        raise UserError("This cannot be undone any more: it was changed again since.")
    seen.add((change.kind, change.row_id))


def _changes(session: Session, record: type[Change] | type[RestrictedChange], batch: str) -> list[Change | RestrictedChange]:
    found: Sequence[Any] = session.execute(select(record).where(record.batch == batch).order_by(record.id.desc())).scalars().all()
    return list(found)


def _is_as_left(row: Any, change: Change | RestrictedChange) -> bool:
    after = None if change.after is None else json.loads(change.after)
    return _without_revision(None if row is None else row_values(row)) == _without_revision(after)


def _write_back(session: Session, model: type[Base], row: Any, before: dict[str, Any]) -> None:
    values = {key: _typed(model, key, value) for key, value in before.items()}
    if row is None:
        session.add(model(**values))
        return
    for key, value in values.items():
        if key != "revision" and getattr(row, key) != value:
            setattr(row, key, value)


def _typed(model: type[Base], key: str, value: Any) -> Any:
    kind = model.__table__.c[key].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    if isinstance(kind, LargeBinary):  # the record keeps a file's hash, not its bytes
        raise UserError("This cannot be undone: a file was removed.")
    return value


def _without_revision(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {key: value for key, value in values.items() if key != "revision"}
