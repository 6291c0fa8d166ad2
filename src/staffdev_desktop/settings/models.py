"""Tables of what is the school's own: name, terms, closures, staff groups, priorities, lists, forms."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class SchoolSettings(Revised, Base):
    """One row: what holds for the whole school."""

    __tablename__ = "school_settings"

    name: Mapped[str]
    logo_sha256: Mapped[str | None] = mapped_column(String(64))
    minimum_group: Mapped[int] = mapped_column(default=5)  # DESIGN section 4, Few people
    return_to: Mapped[str] = mapped_column(default="")  # who takes sheets back, as printed: ‘Janet Whitlock, school office’


class TermRow(Revised, Base):
    """A term of one academic year."""

    __tablename__ = "term"

    year: Mapped[int]
    name: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]


class ClosureRow(Revised, Base):
    """Days on which the school is closed: half-terms, bank holidays, INSET days."""

    __tablename__ = "closure"

    year: Mapped[int]
    name: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]


class StaffGroup(Revised, Base):
    """A group of staff with the same forms and entitlement. `forms` names the form set of its review."""

    __tablename__ = "staff_group"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    position: Mapped[int]
    forms: Mapped[str] = mapped_column(default="support")


class Priority(Revised, Base):
    """A school priority of one academic year, which targets may name."""

    __tablename__ = "priority"

    year: Mapped[int]
    position: Mapped[int]
    text: Mapped[str]


class ListItem(Revised, Base):
    """An entry of a list that the school edits: sites, reasons for leaving, how a post was filled, rooms."""

    __tablename__ = "list_item"
    __table_args__ = (UniqueConstraint("list", "text"),)

    list: Mapped[str]
    text: Mapped[str]
    position: Mapped[int]


class SchoolForm(Base):
    """The school's own edition of a form. A version is never changed: an answer keeps the version that it was given to."""

    __tablename__ = "school_form"
    __table_args__ = (UniqueConstraint("form_id", "version"),)

    form_id: Mapped[str]
    version: Mapped[int]
    definition: Mapped[str]  # JSON, as formkit.form_as_data writes it
    made_at: Mapped[datetime]
    made_by: Mapped[str]
