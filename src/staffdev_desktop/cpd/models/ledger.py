"""Tables of the hours owed: what a staff group is entitled to, and days on which nobody expects any."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class Entitlement(Revised, Base):
    """Hours a year and a term of one staff group, in minutes, from an academic year on until the group's next one (DESIGN section 4)."""

    __tablename__ = "entitlement"
    __table_args__ = (UniqueConstraint("staff_group_id", "from_year"),)

    staff_group_id: Mapped[int] = mapped_column(ForeignKey("staff_group.id"), index=True)
    from_year: Mapped[int]
    minutes_a_year: Mapped[int]
    minutes_a_term: Mapped[int]
    pro_rata: Mapped[bool] = mapped_column(default=False)  # by weekly hours / full-time hours
    carry_over: Mapped[bool] = mapped_column(default=False)  # what was more than owed counts in the year after


class UncountedKind(Base):
    """A kind that does not count towards one entitlement although kinds like it do."""

    __tablename__ = "uncounted_kind"
    __table_args__ = (UniqueConstraint("entitlement_id", "kind_id"),)

    entitlement_id: Mapped[int] = mapped_column(ForeignKey("entitlement.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("cpd_kind.id"))


class Absence(Revised, Base):
    """Days of a long absence: no hours are owed for them. Kept without a reason, on purpose (DESIGN section 4, Confidential)."""

    __tablename__ = "absence"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day; empty while it goes on
