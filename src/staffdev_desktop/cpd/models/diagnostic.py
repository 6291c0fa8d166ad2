"""Tables of the diagnostic: areas by role, the round of a term, each person's ratings in it, and the CPD agreed from them."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class DiagnosticSet(Revised, Base):
    """A list of areas for one kind of role."""

    __tablename__ = "diagnostic_set"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    position: Mapped[int]
    in_use: Mapped[bool] = mapped_column(default=True)


class DiagnosticSetGroup(Base):
    """The staff groups that a set is for; a group has one set."""

    __tablename__ = "diagnostic_set_group"
    __table_args__ = (UniqueConstraint("staff_group_id"),)

    set_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_set.id"), index=True)
    staff_group_id: Mapped[int] = mapped_column(ForeignKey("staff_group.id"))


class DiagnosticArea(Revised, Base):
    """One area of a set. Out of use, it stays on the rounds that asked about it."""

    __tablename__ = "diagnostic_area"

    set_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_set.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")  # what it looks like when it goes well
    in_use: Mapped[bool] = mapped_column(default=True)


class DiagnosticRound(Revised, Base):
    """The diagnostic of one term, for everybody in it."""

    __tablename__ = "diagnostic_round"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]  # ‘Autumn 2026’
    year: Mapped[int]
    opens_on: Mapped[date]
    deadline: Mapped[date]
    closed_on: Mapped[date | None]


class Diagnostic(Revised, Base):
    """One person in one round. How far it is follows from its dates: `diagnostic.rules.stage_of`."""

    __tablename__ = "diagnostic"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_set.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sheet_out_on: Mapped[date | None]
    own_on: Mapped[date | None]  # the person's ratings are in
    manager_on: Mapped[date | None]  # the line manager's are
    agreed_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")  # what they agreed, as a whole


class DiagnosticRating(Revised, Base):
    """One area of one person in one round, rated 1 (starting) to 4 (strong) by each side and then together."""

    __tablename__ = "diagnostic_rating"
    __table_args__ = (UniqueConstraint("diagnostic_id", "area_id"),)

    diagnostic_id: Mapped[int] = mapped_column(ForeignKey("diagnostic.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_area.id"), index=True)
    own: Mapped[int | None]
    manager: Mapped[int | None]
    agreed: Mapped[int | None]
    own_evidence: Mapped[str] = mapped_column(default="")
    manager_evidence: Mapped[str] = mapped_column(default="")
    we_see: Mapped[str] = mapped_column(default="")  # what both of them see
    next_step: Mapped[str] = mapped_column(default="")
    mark: Mapped[str] = mapped_column(default="")  # ‘focus’ or ‘strength’


class AgreedCpd(Revised, Base):
    """CPD that a person and their line manager agreed for an area: the middle of the loop (DESIGN section 1)."""

    __tablename__ = "agreed_cpd"

    diagnostic_id: Mapped[int] = mapped_column(ForeignKey("diagnostic.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("diagnostic_area.id"), index=True)
    what: Mapped[str]
    by_when: Mapped[date | None]
    done_on: Mapped[date | None]
