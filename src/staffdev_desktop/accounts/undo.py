"""Undo: the last change of this sitting, put back as a new change, refused if a row has moved on (DESIGN section 2)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.changes import row_values
from staffdev_desktop.accounts.models import Change
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.base import Base


@dataclass(frozen=True)
class Undoable:
    """The change that undo would put back: its batch, the service that made it, how many rows it touched."""

    batch: str
    service: str
    rows: int


def last_undoable(session: Session, sitting: str) -> Undoable | None:
    """The newest change of this sitting that has not been put back; None if that is one which can only be superseded."""
    changes = session.execute(select(Change).where(Change.sitting == sitting).order_by(Change.id.desc())).scalars()
    put_back: set[str] = set()
    found: list[Change] = []
    for change in changes:
        if found and change.batch != found[0].batch:
            break
        if change.undoes is not None:
            put_back.add(change.undoes)
        elif change.batch not in put_back:
            found.append(change)
    if not found or not found[0].undoable:
        return None
    return Undoable(found[0].batch, found[0].service, len(found))


def put_back(session: Session, batch: str) -> None:
    """Write the rows of a batch back as they were. Raises UserError if any of them has changed since."""
    changes = session.execute(select(Change).where(Change.batch == batch).order_by(Change.id.desc())).scalars().all()
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    newest: set[tuple[str, int]] = set()
    for change in changes:
        model = models[change.kind]
        row = session.get(model, change.row_id)
        first_seen = (change.kind, change.row_id) not in newest
        newest.add((change.kind, change.row_id))
        after = None if change.after is None else json.loads(change.after)
        if first_seen and (None if row is None else _comparable(row)) != _without_revision(after):
            raise UserError("This cannot be undone any more: it was changed again since.")
        _write_back(session, model, row, None if change.before is None else json.loads(change.before))
        session.flush()


def _write_back(session: Session, model: type[Base], row: Any, before: dict[str, Any] | None) -> None:
    if before is None:
        session.delete(row)
        return
    values = {key: _typed(model, key, value) for key, value in before.items()}
    if row is None:
        session.add(model(**values))
        return
    for key, value in values.items():
        if key != "revision" and getattr(row, key) != value:
            setattr(row, key, value)


def _typed(model: type[Base], key: str, value: Any) -> Any:
    column = model.__table__.c[key]
    if value is not None and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def _comparable(row: Any) -> dict[str, Any] | None:
    return _without_revision(row_values(row))


def _without_revision(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {key: value for key, value in values.items() if key != "revision"}
