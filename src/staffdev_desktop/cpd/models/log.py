"""Tables of the log: kinds of activity, entries with their evidence, requests before them, and the money for them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class CpdSettings(Revised, Base):
    """One row: what holds for the CPD of the whole school."""

    __tablename__ = "cpd_settings"

    impact_after_days: Mapped[int] = mapped_column(default=14)  # then an entry without impact says so
    research_cap: Mapped[int] = mapped_column(default=3)  # action research projects a year (004: 6 secondary, 3 primary)
    groups_least: Mapped[int] = mapped_column(default=2)  # learning groups a year
    group_size: Mapped[int] = mapped_column(default=3)
    warn_days: Mapped[int] = mapped_column(default=60)  # before a certificate runs out


class CpdKind(Revised, Base):
    """A kind of activity, of the school's own list. Out of use, it stays on the entries that have it."""

    __tablename__ = "cpd_kind"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    position: Mapped[int]
    counts: Mapped[bool] = mapped_column(default=True)  # towards the hours owed, unless a group's entitlement says otherwise
    asks_impact: Mapped[bool] = mapped_column(default=True)
    in_use: Mapped[bool] = mapped_column(default=True)


class CpdBudget(Revised, Base):
    """Money for CPD in one academic year, in pence."""

    __tablename__ = "cpd_budget"
    __table_args__ = (UniqueConstraint("year", "name"),)

    year: Mapped[int]
    name: Mapped[str]
    pence: Mapped[int]


class CpdRequest(Revised, Base):
    """Asking before it happens. Its stage is never stored: `log.requests.rules.stage_of` reads it from these dates."""

    __tablename__ = "cpd_request"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_on: Mapped[date]
    activity: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_kind.id"))
    provider: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    minutes: Mapped[int | None]
    pence: Mapped[int | None]
    who_pays: Mapped[str] = mapped_column(default="")
    fee_share: Mapped[str] = mapped_column(default="")  # ‘one third’
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_budget.id"))
    cover: Mapped[str] = mapped_column(default="")  # supply cover, in words; empty is none
    cover_pence: Mapped[int | None]
    need_id: Mapped[int | None]  # see Entry.target_id
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    approved: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    booked_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]


class Entry(Revised, Base):
    """One line of CPD of one person. Its status is never stored: `log.rules.status_of` reads it from the words and the checks.

    `target_id` and `need_id` are no foreign keys: in a draft review targets and needs come and go, below this area; a link whose row is
    gone is shown as none.
    """

    __tablename__ = "entry"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    done_on: Mapped[date] = mapped_column(index=True)
    minutes: Mapped[int]
    activity: Mapped[str]
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_kind.id"))
    strand: Mapped[str] = mapped_column(default="")
    setting: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    led: Mapped[bool] = mapped_column(default=False)
    paid: Mapped[str] = mapped_column(default="")  # ‘paid time’, ‘own time’, ‘extra hours to pay’
    pence: Mapped[int | None]
    who_pays: Mapped[str] = mapped_column(default="")
    fee_share: Mapped[str] = mapped_column(default="")
    target_id: Mapped[int | None]
    need_id: Mapped[int | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_area.id"), index=True)
    priority: Mapped[str] = mapped_column(default="")
    learnt: Mapped[str] = mapped_column(default="")
    changed: Mapped[str] = mapped_column(default="")  # what I changed
    impact: Mapped[str] = mapped_column(default="")  # what changed for pupils, or for whoever the work is for
    colleagues: Mapped[str] = mapped_column(default="")
    barriers: Mapped[str] = mapped_column(default="")
    look_again_on: Mapped[date | None]  # a follow-up of its impact
    request_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_request.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_session.id"), index=True)
    module_progress_id: Mapped[int | None] = mapped_column(ForeignKey("module_progress.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class EntryEvidence(Base):
    """A file that belongs to an entry: never compulsory."""

    __tablename__ = "entry_evidence"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
