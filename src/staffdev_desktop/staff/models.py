"""Tables of people, their time with the school, posts, holdings, qualifications and memberships (DESIGN section 1, Words)."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class Person(Revised, Base):
    """Somebody whose development the school looks after. A person may point to a user, never the reverse."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("staff_number"),)

    kind: Mapped[str] = mapped_column(default="employee")
    title: Mapped[str] = mapped_column(default="")
    forename: Mapped[str] = mapped_column(default="")
    surname: Mapped[str]
    known_as: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    staff_number: Mapped[str]  # the school's number, or a reference made by the program (P-0001)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    staff_group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Employment(Revised, Base):
    """A person's time with the school, from-to; somebody may leave and come back."""

    __tablename__ = "employment"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    destination: Mapped[str] = mapped_column(default="")


class Post(Revised, Base):
    """A job at a site; it may have several holders (a job share, a class of teaching assistants)."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("title", "site"),)

    title: Mapped[str]
    site: Mapped[str] = mapped_column(default="")


class Holding(Revised, Base):
    """A person in a post, from-to, with its own line manager, hours and allowance."""

    __tablename__ = "holding"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    weekly_hours: Mapped[float | None]
    full_time_hours: Mapped[float | None]
    allowance: Mapped[str] = mapped_column(default="")  # free words: values change each year and are the school's data
    filled_how: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)  # the first is the main one


class Qualification(Revised, Base):
    """A qualification or a status, under the name it was awarded (HLTA status is not an HLTA post)."""

    __tablename__ = "qualification"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    is_status: Mapped[bool] = mapped_column(default=False)
    provider: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    awarded_on: Mapped[date | None]
    funded: Mapped[str] = mapped_column(default="")


class Membership(Revised, Base):
    """Membership of a professional body."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
