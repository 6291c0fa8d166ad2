"""Writes: the grids of the offer, the directory and its providers."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.models.offer import DirectoryItem, OfferHeading, OfferItem, Provider
from staffdev_desktop.cpd.models.programmes import Programme
from staffdev_desktop.cpd.offer.rows import DirectoryDetails, ProviderDetails
from staffdev_desktop.cpd.offer.rules import (
    COLUMN,
    LINE,
    FirstGrid,
    check_directory,
    check_heading,
    check_item,
    check_provider,
    first_offer,
)
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError

R = TypeVar("R", OfferHeading, OfferItem, Provider, DirectoryItem)
GONE = "This part of the offer is not there any more."


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """Write the offer that a school begins with; does nothing where it was begun."""
    if session.execute(select(func.count()).select_from(OfferHeading)).scalar():
        return
    programmes: dict[str, int] = dict(session.execute(select(Programme.framework, Programme.id).where(Programme.framework != "")).all())
    for grid in first_offer():
        _begin_grid(session, grid, programmes)


def _begin_grid(session: Session, grid: FirstGrid, programmes: dict[str, int]) -> None:
    headings: dict[tuple[str, str], OfferHeading] = {}
    for axis, names in ((LINE, grid.lines), (COLUMN, grid.columns)):
        for position, name in enumerate(names):
            headings[axis, name] = OfferHeading(grid=grid.grid, axis=axis, name=name, position=position)
    session.add_all(headings.values())
    session.flush()
    for position, item in enumerate(grid.items):
        line, column = headings[LINE, item.line], headings[COLUMN, item.column]
        programme_id = programmes.get(item.programme)
        session.add(OfferItem(line_id=line.id, column_id=column.id, position=position, text=item.text, programme_id=programme_id))
    session.flush()


# -- lines and columns --------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_heading(session: Session, actor: Actor, *, grid: str, axis: str, name: str) -> int:
    """One more line or column, the last. Returns its id. Raises UserError."""
    others = _headings(session, grid, axis)
    check_heading(name, axis, [other.name for other in others])
    row = OfferHeading(grid=grid, axis=axis, name=name.strip(), position=max((other.position for other in others), default=-1) + 1)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def rename_heading(session: Session, actor: Actor, *, heading_id: int, revision: int, name: str) -> None:
    """Call a line or a column something else. Raises UserError, Conflict."""
    row = _found(session, OfferHeading, heading_id, revision)
    check_heading(name, row.axis, [other.name for other in _headings(session, row.grid, row.axis) if other.id != row.id])
    row.name = name.strip()


@needs(Permission.RUN_CPD)
def move_heading(session: Session, actor: Actor, *, heading_id: int, revision: int, step: int) -> None:
    """Move a line or a column one place on (1) or back (-1). Raises UserError, Conflict."""
    row = _found(session, OfferHeading, heading_id, revision)
    _swap(row, _headings(session, row.grid, row.axis), step)


@needs(Permission.RUN_CPD)
def remove_heading(session: Session, actor: Actor, *, heading_id: int, revision: int) -> None:
    """Take a line or a column away with what stands in it; the last one stays. Raises UserError, Conflict."""
    row = _found(session, OfferHeading, heading_id, revision)
    if len(_headings(session, row.grid, row.axis)) == 1:
        raise UserError(f"A grid needs one {row.axis} at least. Rename this one instead.")
    mine = OfferItem.line_id if row.axis == LINE else OfferItem.column_id
    for item in session.execute(select(OfferItem).where(mine == row.id)).scalars():
        session.delete(item)
    session.flush()
    session.delete(row)


# -- items --------------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_item(session: Session, actor: Actor, *, line_id: int, column_id: int, text: str, programme_id: int | None = None) -> int:
    """One more thing offered, the last of its cell. Returns its id. Raises UserError."""
    check_item(text)
    for heading_id in (line_id, column_id):
        _found(session, OfferHeading, heading_id)
    last = max((item.position for item in _cell(session, line_id, column_id)), default=-1)
    row = OfferItem(line_id=line_id, column_id=column_id, position=last + 1, text=text.strip(), programme_id=programme_id)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def change_item(session: Session, actor: Actor, *, item_id: int, revision: int, text: str, programme_id: int | None) -> None:
    """Change what is offered, or which programme it starts. Raises UserError, Conflict."""
    check_item(text)
    row = _found(session, OfferItem, item_id, revision)
    row.text, row.programme_id = text.strip(), programme_id


@needs(Permission.RUN_CPD)
def move_item(session: Session, actor: Actor, *, item_id: int, revision: int, step: int) -> None:
    """Move an item one place down (1) or up (-1) within its cell. Raises UserError, Conflict."""
    row = _found(session, OfferItem, item_id, revision)
    _swap(row, _cell(session, row.line_id, row.column_id), step)


@needs(Permission.RUN_CPD)
def remove_item(session: Session, actor: Actor, *, item_id: int, revision: int) -> None:
    """Take an item out of the offer. Raises UserError, Conflict."""
    session.delete(_found(session, OfferItem, item_id, revision))


# -- the directory ------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_provider(session: Session, actor: Actor, *, details: ProviderDetails) -> int:
    """Somebody else who offers training. Returns the id. Raises UserError."""
    check_provider(details, _provider_names(session))
    row = Provider()
    _set(row, details)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def change_provider(session: Session, actor: Actor, *, provider_id: int, revision: int, details: ProviderDetails) -> None:
    """Change what is written about a provider. Raises UserError, Conflict."""
    row = _found(session, Provider, provider_id, revision)
    check_provider(details, _provider_names(session, besides=provider_id))
    _set(row, details)


@needs(Permission.RUN_CPD)
def remove_provider(session: Session, actor: Actor, *, provider_id: int, revision: int) -> None:
    """Take a provider out of the list; lines of the directory that were theirs stay, without a provider. Raises UserError, Conflict."""
    row = _found(session, Provider, provider_id, revision)
    for item in session.execute(select(DirectoryItem).where(DirectoryItem.provider_id == provider_id)).scalars():
        item.provider_id = None
    session.flush()
    session.delete(row)


@needs(Permission.RUN_CPD)
def add_to_directory(session: Session, actor: Actor, *, details: DirectoryDetails) -> int:
    """Something more that can be booked. Returns its id. Raises UserError."""
    check_directory(details, clock.today())
    row = DirectoryItem()
    _set(row, details)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def change_in_directory(session: Session, actor: Actor, *, item_id: int, revision: int, details: DirectoryDetails) -> None:
    """Change a line of the directory. Raises UserError, Conflict."""
    row = _found(session, DirectoryItem, item_id, revision)
    check_directory(details, clock.today())
    _set(row, details)


@needs(Permission.RUN_CPD)
def mark_checked(session: Session, actor: Actor, *, item_ids: Sequence[int]) -> None:
    """Say that these lines were looked at today and hold. Raises UserError."""
    for item_id in item_ids:
        _found(session, DirectoryItem, item_id).checked_on = clock.today()


@needs(Permission.RUN_CPD)
def remove_from_directory(session: Session, actor: Actor, *, item_ids: Sequence[int]) -> None:
    """Take lines out of the directory. Raises UserError."""
    for item_id in item_ids:
        session.delete(_found(session, DirectoryItem, item_id))


# -- what they share ----------------------------------------------------------------------------------------------------------


def _found(session: Session, model: type[R], row_id: int, revision: int | None = None) -> R:
    row = session.get(model, row_id)
    if row is None:
        raise UserError(GONE)
    if revision is not None and row.revision != revision:
        raise Conflict
    return row


def _headings(session: Session, grid: str, axis: str) -> list[OfferHeading]:
    wanted = select(OfferHeading).where(OfferHeading.grid == grid, OfferHeading.axis == axis)
    return list(session.execute(wanted.order_by(OfferHeading.position, OfferHeading.id)).scalars())


def _cell(session: Session, line_id: int, column_id: int) -> list[OfferItem]:
    wanted = select(OfferItem).where(OfferItem.line_id == line_id, OfferItem.column_id == column_id)
    return list(session.execute(wanted.order_by(OfferItem.position, OfferItem.id)).scalars())


def _swap(row: OfferHeading | OfferItem, others: Sequence[OfferHeading | OfferItem], step: int) -> None:
    place = others.index(row) + step
    if 0 <= place < len(others):
        row.position, others[place].position = others[place].position, row.position


def _provider_names(session: Session, besides: int | None = None) -> list[str]:
    return [row.name for row in session.execute(select(Provider)).scalars() if row.id != besides]


def _set(row: Provider | DirectoryItem, details: ProviderDetails | DirectoryDetails) -> None:
    for key, value in asdict(details).items():
        setattr(row, key, value.strip() if isinstance(value, str) else value)
