"""Writes: the sets of areas, as a school begins with them and as it edits them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.rows import AreaDraft
from staffdev_desktop.cpd.diagnostic.rules import check_areas
from staffdev_desktop.cpd.diagnostic.starting import starting_sets
from staffdev_desktop.cpd.models.diagnostic import (
    AgreedCpd,
    Diagnostic,
    DiagnosticArea,
    DiagnosticRating,
    DiagnosticSet,
    DiagnosticSetGroup,
)
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.programmes import CpdSession, TopicRequest
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings.models import StaffGroup

_USES = (DiagnosticRating.area_id, AgreedCpd.area_id, Entry.area_id, CpdSession.area_id, TopicRequest.area_id)


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """The sets a school begins with, for the staff groups that it has under their usual names; does nothing where there are any."""
    if session.execute(select(func.count()).select_from(DiagnosticSet)).scalar():
        return
    groups: dict[str, int] = {key: value for key, value in session.execute(select(StaffGroup.name, StaffGroup.id))}
    for position, starting in enumerate(starting_sets()):
        made = DiagnosticSet(name=starting.name, position=position)
        session.add(made)
        session.flush()
        session.add_all(DiagnosticSetGroup(set_id=made.id, staff_group_id=groups[name]) for name in starting.groups if name in groups)
        for place, area in enumerate(starting.areas):
            session.add(DiagnosticArea(set_id=made.id, position=place, title=area.title, hint=area.hint))
    session.flush()


@needs(Permission.RUN_CPD)
def save_set(
    session: Session,
    actor: Actor,
    *,
    name: str,
    group_ids: Sequence[int],
    areas: Sequence[AreaDraft],
    set_id: int | None = None,
    revision: int = 0,
    in_use: bool = True,
) -> int:
    """Make a set, or change its name, staff groups and areas in their order. Returns its id.

    An area that is left out goes; where it was rated, or CPD hangs on it, it is only taken out of use. A staff group has one set: it
    leaves the one it had. Raises UserError, Conflict.
    """
    check_areas(name, areas)
    row = _named(session, name.strip(), set_id)
    if set_id is not None and row.revision != revision:
        raise Conflict
    row.name, row.in_use = name.strip(), in_use
    session.flush()
    _set_groups(session, row.id, group_ids)
    _set_areas(session, row.id, areas)
    session.flush()
    return row.id


def _named(session: Session, name: str, set_id: int | None) -> DiagnosticSet:
    same = session.execute(select(DiagnosticSet).where(func.lower(DiagnosticSet.name) == name.lower())).scalar()
    if same is not None and same.id != set_id:
        raise UserError(f"There is a set called ‘{same.name}’ already.", field="name")
    if set_id is not None:
        row = session.get(DiagnosticSet, set_id)
        if row is None:
            raise UserError("This set is not there any more.")
        return row
    last = session.execute(select(func.max(DiagnosticSet.position))).scalar()
    row = DiagnosticSet(name=name, position=0 if last is None else last + 1)
    session.add(row)
    return row


def _set_groups(session: Session, set_id: int, group_ids: Sequence[int]) -> None:
    wanted = set(group_ids)
    for row in session.execute(select(DiagnosticSetGroup)).scalars():
        if row.set_id == set_id and row.staff_group_id not in wanted:
            session.delete(row)
        elif row.staff_group_id in wanted:
            row.set_id = set_id
            wanted.discard(row.staff_group_id)
    session.add_all(DiagnosticSetGroup(set_id=set_id, staff_group_id=group_id) for group_id in sorted(wanted))


def _set_areas(session: Session, set_id: int, areas: Sequence[AreaDraft]) -> None:
    known = {row.id: row for row in session.execute(select(DiagnosticArea).where(DiagnosticArea.set_id == set_id)).scalars()}
    for position, area in enumerate(areas):
        row = known.pop(area.id, None) if area.id else None
        if row is None:
            session.add(DiagnosticArea(set_id=set_id, position=position, title=area.title.strip(), hint=area.hint.strip()))
            continue
        row.position, row.title, row.hint, row.in_use = position, area.title.strip(), area.hint.strip(), area.in_use
    for place, row in enumerate(known.values(), len(areas)):
        if any(session.execute(select(func.count()).where(column == row.id)).scalar() for column in _USES):
            row.in_use, row.position = False, place
        else:
            session.delete(row)


@needs(Permission.RUN_CPD)
def remove_set(session: Session, actor: Actor, *, set_id: int) -> None:
    """Take away a set that was never used. Raises UserError if somebody was rated in it: it can be taken out of use."""
    row = session.get(DiagnosticSet, set_id)
    if row is None:
        return
    if session.execute(select(func.count()).where(Diagnostic.set_id == set_id)).scalar():
        raise UserError(f"‘{row.name}’ was used in a round. Take it out of use instead: what was written stays.")
    for model in (DiagnosticSetGroup, DiagnosticArea):
        for part in session.execute(select(model).where(model.set_id == set_id)).scalars():
            session.delete(part)
    session.flush()
    session.delete(row)
