"""Tables of the restricted database. Links to people and reviews cross from one database to the other: services and `check` keep them."""

from datetime import date

from sqlalchemy.orm import Mapped

from staffdev_desktop.schoolfile.base import RESTRICTED, Base


class InterestNote(Base):
    """Leadership interest or potential that was raised in a review."""

    __tablename__ = "interest_note"
    __table_args__ = ({"schema": RESTRICTED},)

    person_id: Mapped[int]  # person.id in the records
    review_id: Mapped[int]  # review.id in the records
    words: Mapped[str]
    noted_on: Mapped[date]
    by: Mapped[str]
