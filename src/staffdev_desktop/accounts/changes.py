"""The record of changes: written at every flush, chained by hash, read for the audit trail and for undo (DESIGN section 2)."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Any

from sqlalchemy import event, func, insert, inspect, select
from sqlalchemy.orm import ColumnProperty, Mapper, ORMExecuteState, Session

from staffdev_desktop.accounts.models import Change, RestrictedChange
from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.schoolfile.base import RESTRICTED, FileIdentity, RestrictedIdentity, mapped_tables

Difference = tuple[Any, dict[str, Any] | None, dict[str, Any] | None]  # row, before, after
SEED = "0" * 64
UNRECORDED = {model.__tablename__ for model in (Change, RestrictedChange, FileIdentity, RestrictedIdentity)}
_CHAINED = ("at", "sitting", "batch", "user_id", "user_name", "service", "undoable", "undoes", "kind", "row_id", "before", "after")


class BulkWrite(Exception):
    """A service sent a statement that changes rows without loading them: a bug."""


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
    """From now on every flush of this session writes its rows' before and after; no statement can change rows behind its back."""
    before: dict[Any, dict[str, Any]] = {}

    def before_flush(flushed: Session, _context: Any, _instances: Any) -> None:
        before.clear()
        before.update({row: values_before(flushed, row) for row in (*flushed.dirty, *flushed.deleted)})

    def after_flush(flushed: Session, _context: Any) -> None:
        _write(flushed, journal, list(_differences(flushed, before)))

    event.listen(session, "before_flush", before_flush)
    event.listen(session, "after_flush", after_flush)
    event.listen(session, "do_orm_execute", refuse_bulk)


def refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk writes would slip past the record of changes (DESIGN section 2)."""
    if not state.is_select:
        raise BulkWrite("Load the rows and change them: a bulk statement slips past the record of changes.")


def _differences(session: Session, before: Mapping[Any, dict[str, Any]]) -> Iterable[Difference]:
    """Each changed row once, in the order in which a flush writes: updates, inserts, removals. Undo walks it backwards."""
    updated = (row for row in session.dirty if row not in session.deleted and session.is_modified(row))
    for row in sorted(updated, key=_by_key):
        yield row, before[row], row_values(row)
    for row in sorted(session.new, key=lambda row: inspect(row).insert_order or 0):
        yield row, None, row_values(row)
    for row in sorted(session.deleted, key=_by_key):
        yield row, before[row], None


def _by_key(row: Any) -> tuple[str, int]:
    return row.__tablename__, row.id


def _columns(row: Any) -> tuple[str, ...]:
    return _columns_of(inspect(row).mapper)


@cache
def _columns_of(mapper: Mapper[Any]) -> tuple[str, ...]:
    """Looked up once a table: a large import would ask thousands of times."""
    return tuple(prop.key for prop in mapper.attrs if isinstance(prop, ColumnProperty))


def row_values(row: Any) -> dict[str, Any]:
    """The row's columns as plain values."""
    return {key: _plain(getattr(row, key)) for key in _columns(row)}


def values_before(session: Session, row: Any) -> dict[str, Any]:
    """The row's columns as the database has them, before a flush."""
    state = inspect(row)
    values: dict[str, Any] = {}
    for key in _columns(row):
        history = state.attrs[key].load_history()
        if history.deleted or history.unchanged:
            values[key] = _plain((history.deleted or history.unchanged)[0])
        else:  # set without having been loaded
            column = row.__table__.c[key]
            values[key] = _plain(session.connection().execute(select(column).where(row.__table__.c.id == row.id)).scalar())
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    return value


def _write(session: Session, journal: Journal, differences: list[Difference]) -> None:
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


def first_broken(lines: Iterable[Mapping[str, Any]]) -> int | None:
    """The id of the first line, in order, whose link does not follow from the lines before it; None if all do."""
    chain = SEED
    for expected, line in enumerate(lines, start=1):
        chain = next_link(chain, line)
        if line["id"] != expected or line["chain"] != chain:
            return int(line["id"])
    return None


def chain_problems(session: Session, *, restricted: bool) -> tuple[str, ...]:
    """Where the record of changes was tampered with. What cannot be seen: that its newest lines were cut off."""
    problems = []
    for model in (Change, RestrictedChange) if restricted else (Change,):
        lines = session.execute(select(*model.__table__.c).order_by(model.id)).mappings()
        if (broken := first_broken(dict(line) for line in lines)) is not None:
            problems.append(f"The record of changes does not add up at entry {broken}.")
    return tuple(problems)


def row_problems(session: Session, *, restricted: bool) -> tuple[str, ...]:
    """Which rows were changed behind the record's back: each must be as its last change left it.

    Compares the columns that both know: a migration may have added some since.
    """
    last = _last_afters(session, restricted=restricted)
    problems = []
    for kind, (model, table) in mapped_tables().items():
        if kind in UNRECORDED or (table.schema == RESTRICTED and not restricted):
            continue
        for row in session.execute(select(model)).scalars():
            expected = last.pop((kind, row.id), None)
            found = row_values(row)
            if expected is None or any(found[key] != value for key, value in expected.items() if key in found):
                problems.append(f"Row {row.id} of {kind} is not as it was last saved.")
            session.expunge(row)
    problems += [f"Row {row_id} of {kind} is gone, and no change says so." for (kind, row_id) in sorted(last)]
    return tuple(problems)


def _last_afters(session: Session, *, restricted: bool) -> dict[tuple[str, int], dict[str, Any]]:
    last: dict[tuple[str, int], dict[str, Any]] = {}
    for model in (Change, RestrictedChange) if restricted else (Change,):
        newest = select(func.max(model.id)).where(model.kind.in_(mapped_tables())).group_by(model.kind, model.row_id)
        for kind, row_id, after in session.execute(select(model.kind, model.row_id, model.after).where(model.id.in_(newest))):
            if after is not None:
                last[kind, row_id] = json.loads(after)
    return last
