"""Tables of training that expires: what is required of whom, and who has it until when."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class Training(Revised, Base):
    """Training that the school requires, from its own list."""

    __tablename__ = "training"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    position: Mapped[int]
    months: Mapped[int | None]  # how long it counts; empty is for ever
    yearly: Mapped[bool] = mapped_column(default=False)  # anew in each academic year, whenever in it
    minimum_cover: Mapped[int] = mapped_column(default=0)  # how many the school cannot do without
    note: Mapped[str] = mapped_column(default="")
    in_use: Mapped[bool] = mapped_column(default=True)


class TrainingFor(Base):
    """Whom training is required of: exactly one of these is set, or `everybody`; `exempt` takes somebody out again."""

    __tablename__ = "training_for"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), index=True)
    everybody: Mapped[bool] = mapped_column(default=False)
    staff_group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    person_kind: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    exempt: Mapped[bool] = mapped_column(default=False)


class TrainingRecord(Revised, Base):
    """Somebody took, or is booked on, a training. Older ones stay; the newest done counts.

    How long it counts follows from the school's list, unless `expiry_written`: then `expires_on` is what stands on the certificate,
    and none means for ever. `entry_id` is no foreign key: the log is below this room, and a link whose line is gone is shown as none.
    """

    __tablename__ = "training_record"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    booked_for: Mapped[date | None]
    done_on: Mapped[date | None]
    expires_on: Mapped[date | None]  # the last day it counts, if somebody wrote one
    expiry_written: Mapped[bool] = mapped_column(default=False)
    provider: Mapped[str] = mapped_column(default="")
    certificate_name: Mapped[str] = mapped_column(default="")
    certificate_sha256: Mapped[str | None] = mapped_column(String(64))
    entry_id: Mapped[int | None]
