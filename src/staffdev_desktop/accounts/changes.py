"""The record of changes: written at every flush, chained by hash, read for the audit trail and for undo (DESIGN section 2)."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import ColumnProperty, Mapper, Session

from staffdev_desktop.accounts.models import Change, RestrictedChange
from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.schoolfile.base import RESTRICTED

SEED = "0" * 64
_CHAINED = ("at", "sitting", "batch", "user_id", "user_name", "service", "undoable", "undoes", "kind", "row_id", "before", "after")


@dataclass
class Journal:
    """What one call of School.do writes down, and what it touched."""

    actor: Actor
    service: str
    undoable: bool
    sitting: str
    undoes: str | None = None
    batch: str = field(default_factory=lambda: uuid.uuid4().hex)
    touched: list[tuple[str, int]] = field(default_factory=list)

    @property
    def changed(self) -> Changed:
        """The kinds and ids that were touched."""
        return Changed.of(self.touched)


def record_changes(session: Session, journal: Journal) -> None:
    """From now on every flush of this session writes its rows' before and after."""

    def after_flush(flushed: Session, _context: Any) -> None:
        _write(flushed, journal, list(_differences(flushed)))

    event.listen(session, "after_flush", after_flush)


def _differences(session: Session) -> Iterable[tuple[Any, dict[str, Any] | None, dict[str, Any] | None]]:
    for row in session.new:
        yield row, None, row_values(row)
    for row in session.dirty:
        if session.is_modified(row):
            yield row, values_before(row), row_values(row)
    for row in session.deleted:
        yield row, values_before(row), None


def _columns(row: Any) -> list[str]:
    mapper: Mapper[Any] = inspect(row).mapper
    return [prop.key for prop in mapper.attrs if isinstance(prop, ColumnProperty)]


def row_values(row: Any) -> dict[str, Any]:
    return {key: _plain(getattr(row, key)) for key in _columns(row)}


def values_before(row: Any) -> dict[str, Any]:
    state = inspect(row)
    values = {}
    for key in _columns(row):
        history = state.attrs[key].history
        values[key] = _plain(history.deleted[0] if history.deleted else getattr(row, key))
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    return value


def _write(session: Session, journal: Journal, differences: list[tuple[Any, dict[str, Any] | None, dict[str, Any] | None]]) -> None:
    for model in (Change, RestrictedChange):
        rows = [each for each in differences if (_schema(each[0]) == RESTRICTED) == (model is RestrictedChange)]
        if not rows:
            continue
        chain = last_link(session, model)
        lines = []
        for row, before, after in rows:
            line = _line(journal, row, before, after)
            chain = line["chain"] = next_link(chain, line)
            lines.append(line)
            journal.touched.append((line["kind"], line["row_id"]))
        session.connection().execute(insert(model), lines)


def _schema(row: Any) -> str | None:
    schema: str | None = row.__table__.schema
    return schema


def _line(journal: Journal, row: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "sitting": journal.sitting,
        "batch": journal.batch,
        "user_id": journal.actor.user_id,
        "user_name": journal.actor.name,
        "service": journal.service,
        "undoable": journal.undoable,
        "undoes": journal.undoes,
        "kind": row.__tablename__,
        "row_id": row.id,
        "before": None if before is None else json.dumps(before, ensure_ascii=False),
        "after": None if after is None else json.dumps(after, ensure_ascii=False),
    }


def last_link(session: Session, model: type[Change | RestrictedChange]) -> str:
    """The newest link of the chain."""
    return session.connection().execute(select(model.chain).order_by(model.id.desc()).limit(1)).scalar() or SEED


def next_link(previous: str, line: Mapping[str, Any]) -> str:
    """The SHA-256 over the link before and everything that this change says."""
    said = [_plain(line[key]) for key in _CHAINED]
    return hashlib.sha256(json.dumps([previous, *said], ensure_ascii=False).encode()).hexdigest()


def chain_problems(session: Session, *, restricted: bool) -> tuple[str, ...]:
    """Where the record of changes was tampered with: each link is computed again, in order."""
    problems = []
    for model in (Change, RestrictedChange) if restricted else (Change,):
        chain, expected = SEED, 1
        for change in session.execute(select(model).order_by(model.id)).scalars():
            chain = next_link(chain, {key: getattr(change, key) for key in _CHAINED})
            if change.id != expected or change.chain != chain:
                problems.append(f"The record of changes does not add up at entry {change.id}.")
                break
            expected += 1
    return tuple(problems)
