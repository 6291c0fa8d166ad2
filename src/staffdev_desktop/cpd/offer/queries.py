"""Reads: the two grids of the offer, the directory and its providers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.models.log import CpdKind
from staffdev_desktop.cpd.models.offer import DirectoryItem, OfferHeading, OfferItem, Provider
from staffdev_desktop.cpd.models.programmes import Programme
from staffdev_desktop.cpd.offer.rows import (
    DirectoryDetails,
    DirectoryRow,
    Found,
    HeadingRow,
    OfferGrid,
    OfferItemRow,
    ProviderDetails,
    ProviderRow,
)
from staffdev_desktop.cpd.offer.rules import COLUMN, LINE, checked_state, how_words, when_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable

DETAILS = tuple(DirectoryDetails.__dataclass_fields__)


@needs(Permission.SEE_CPD)
def offer_grid(session: Session, actor: Actor, *, grid: str) -> OfferGrid:
    """One of the two grids, as the school has it."""
    headings = session.execute(
        select(OfferHeading).where(OfferHeading.grid == grid).order_by(OfferHeading.position, OfferHeading.id)
    ).scalars()
    by_axis: dict[str, list[HeadingRow]] = {LINE: [], COLUMN: []}
    for row in headings:
        by_axis[row.axis].append(HeadingRow(row.id, row.revision, row.name))
    wanted = (
        select(OfferItem, Programme.name)
        .outerjoin(Programme, Programme.id == OfferItem.programme_id)
        .where(OfferItem.line_id.in_([line.id for line in by_axis[LINE]]))
        .order_by(OfferItem.position, OfferItem.id)
    )
    items = tuple(
        OfferItemRow(item.id, item.revision, item.line_id, item.column_id, item.text, item.programme_id, programme or "")
        for item, programme in session.execute(wanted)
    )
    return OfferGrid(grid, tuple(by_axis[LINE]), tuple(by_axis[COLUMN]), items)


@needs(Permission.SEE_CPD)
def providers(session: Session, actor: Actor) -> tuple[ProviderRow, ...]:
    """Everybody who offers something, by name."""
    counts: dict[int | None, int] = dict(
        session.execute(select(DirectoryItem.provider_id, func.count()).group_by(DirectoryItem.provider_id)).all()
    )
    rows = [ProviderRow(row.id, row.revision, _provider(row), counts.get(row.id, 0)) for row in session.execute(select(Provider)).scalars()]
    return tuple(sorted(rows, key=lambda row: row.details.name.casefold()))


@needs(Permission.SEE_CPD)
def directory(session: Session, actor: Actor) -> tuple[DirectoryRow, ...]:
    """Everything in the directory, by title."""
    today = clock.today()
    wanted = (
        select(DirectoryItem, Provider, CpdKind.name, Programme.name)
        .outerjoin(Provider, Provider.id == DirectoryItem.provider_id)
        .outerjoin(CpdKind, CpdKind.id == DirectoryItem.kind_id)
        .outerjoin(Programme, Programme.id == DirectoryItem.programme_id)
    )
    rows = []
    for item, provider, kind, programme in session.execute(wanted):
        details = DirectoryDetails(**{name: getattr(item, name) for name in DETAILS})
        offered_by = _provider(provider) if provider else None
        words = (details.title, offered_by.name if offered_by else "", kind, details.strand, details.setting, details.audience)
        rows.append(
            DirectoryRow(
                id=item.id,
                revision=item.revision,
                details=details,
                provider=offered_by,
                kind=kind or "",
                programme=programme or "",
                checked=checked_state(details.checked_on, today),
                search=searchable(*words, details.about, details.dates, details.place, programme),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.details.title.casefold(), row.id)))


@needs(Permission.SEE_CPD)
def directory_item(session: Session, actor: Actor, *, item_id: int) -> DirectoryRow:
    """One line of the directory. Raises UserError if it is not there any more."""
    found = next((row for row in directory(session, actor) if row.id == item_id), None)
    if found is None:
        raise UserError("This line is not in the directory any more.")
    return found


@needs(Permission.SEE_CPD, meeting=True)
def directory_in_meeting(session: Session, actor: Actor, *, review_id: int) -> tuple[Found, ...]:
    """The directory while a need is agreed: the same for every review, with no name of anybody in it."""
    today = clock.today()
    return tuple(
        Found(
            id=row.id,
            title=row.details.title,
            provider=row.provider_name,
            kind=row.kind,
            setting=row.details.setting,
            audience=row.details.audience,
            about=row.details.about,
            when=when_words(row.details, today),
            place=row.details.place,
            how=how_words(row.details, row.provider_name, today),
            search=row.search,
        )
        for row in directory(session, actor)
    )


def _provider(row: Provider) -> ProviderDetails:
    return ProviderDetails(row.name, row.contact, row.email, row.phone, row.note)
