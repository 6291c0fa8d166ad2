"""Tables of what the school offers: the entitlement matrix, and the directory of opportunities and providers."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class OfferHeading(Revised, Base):
    """A line or a column of one of the two grids. `grid` is ‘stage’ (career stage x how) or ‘phase’ (strand x phase); `axis` is ‘line’ or
    ‘column’."""

    __tablename__ = "offer_heading"
    __table_args__ = (UniqueConstraint("grid", "axis", "name"),)

    grid: Mapped[str]
    axis: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


class OfferItem(Revised, Base):
    """One thing offered, in the cell where a line and a column of one grid meet."""

    __tablename__ = "offer_item"

    line_id: Mapped[int] = mapped_column(ForeignKey("offer_heading.id"), index=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("offer_heading.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))


class Provider(Revised, Base):
    """Somebody who offers training."""

    __tablename__ = "provider"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    contact: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class DirectoryItem(Revised, Base):
    """Something in the directory that can be booked."""

    __tablename__ = "directory_item"

    title: Mapped[str]
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_kind.id"))
    strand: Mapped[str] = mapped_column(default="")
    setting: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    pence: Mapped[int | None]
    next_on: Mapped[date | None]
    dates: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
