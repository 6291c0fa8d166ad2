"""Tables of quality assurance: what became of a check of an entry, and how a programme stands against the standard."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class EntryCheck(Revised, Base):
    """Somebody looked at an entry: ‘assured’, or ‘sent back’ with a question. It lapses when the entry is changed afterwards."""

    __tablename__ = "entry_check"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    checked_on: Mapped[date]
    checked_by: Mapped[str]
    outcome: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    worth: Mapped[str] = mapped_column(default="")  # of its hours and money: ‘yes’, ‘partly’, ‘no’, or not said
    answers: Mapped[str] = mapped_column(default="{}")  # JSON: evaluation question -> words
    lapsed: Mapped[bool] = mapped_column(default=False)


class ProgrammeScore(Revised, Base):
    """A programme scored on one of the five parts of the standard for professional development (001), 0 to 3."""

    __tablename__ = "programme_score"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    part: Mapped[int]
    score: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    scored_on: Mapped[date]
    scored_by: Mapped[str]
