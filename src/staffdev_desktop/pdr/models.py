"""Tables of cycles, reviews, answers, targets, needs, statements and their copies."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class Cycle(Revised, Base):
    """A round of reviews in one academic year, with its deadlines. Once closed, nothing in it is left unfinished."""

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    year: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sheets_due_on: Mapped[date]
    deadline: Mapped[date]
    split_by_post: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]


class Review(Revised, Base):
    """One person's review in one cycle. The stage is never stored: `rules.stage_of` reads it from these dates."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("number"), UniqueConstraint("cycle_id", "person_id", "post_id"))

    number: Mapped[str]  # PDR-2026-0031, given when the review is made
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))  # set where the school splits reviews by post
    posts: Mapped[str]  # the titles it covers, as they were when it was made
    kind: Mapped[str] = mapped_column(default="support")  # pdr.kinds
    sheet_form: Mapped[str]
    sheet_version: Mapped[int]
    statement_form: Mapped[str]
    statement_version: Mapped[int]
    track_only: Mapped[bool] = mapped_column(default=False)  # the words stay on paper (DESIGN section 4)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sheet_out_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    returned_to: Mapped[str] = mapped_column(default="")  # who typed it in
    booked_for: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    held_on: Mapped[date | None]  # the day the meeting took place; set where it was held on paper
    drafted_at: Mapped[datetime | None]  # first word of the statement
    agreed_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)  # of the statement that is being written or was frozen last
    first_year: Mapped[bool] = mapped_column(default=False)  # ‘first year here’: there are no targets of last year
    away: Mapped[bool] = mapped_column(default=False)
    exempt: Mapped[bool] = mapped_column(default=False)  # ‘not in this cycle’
    private_reason: Mapped[str] = mapped_column(default="")  # why away or exempt; only for those who may see it


class ReviewStanding(Revised, Base):
    """How a person is reviewed, where that differs from their staff group, and whether they may review others."""

    __tablename__ = "review_standing"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(default="")  # another kind of review than the staff group's
    exempt: Mapped[str] = mapped_column(default="")  # induction or capability; private
    exempt_until: Mapped[date | None]
    trained_reviewer: Mapped[bool] = mapped_column(default=False)


class Contributor(Base):
    """Somebody besides the lead reviewer who is asked about a review."""

    __tablename__ = "contributor"
    __table_args__ = (UniqueConstraint("review_id", "person_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Answer(Revised, Base):
    """The answer to one field of one form, as JSON. It keeps the version of the form it was given to."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("review_id", "form_id", "field"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    form_id: Mapped[str]
    form_version: Mapped[int]
    field: Mapped[str]
    value: Mapped[str]  # JSON
    saved_at: Mapped[datetime]


class Target(Revised, Base):
    """A target: agreed in one review (`review_id`), judged in the next (`judged_in_id`).

    Taken in from paper on day one, it has no review in which it was agreed.
    """

    __tablename__ = "target"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    judged_in_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    ancestor_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))  # carried forward from
    position: Mapped[int]
    target: Mapped[str]
    success_criteria: Mapped[str] = mapped_column(default="")
    support: Mapped[str] = mapped_column(default="")
    by_when: Mapped[date | None]
    priority: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Need(Revised, Base):
    """A training or development need that a statement names: what, how, who arranges it, by when, how far it is."""

    __tablename__ = "need"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    position: Mapped[int]
    need: Mapped[str]
    how: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    by_when: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="to arrange")
    reason: Mapped[str] = mapped_column(default="")  # why it was declined
    cost: Mapped[int | None]  # pence
    term: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None]  # done or declined


class Statement(Revised, Base):
    """A frozen statement: it owns its words for ever. Only what happens to its papers is written later."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("review_id", "version"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    version: Mapped[int]
    snapshot: Mapped[str]  # canonical JSON of every word on the paper
    fingerprint: Mapped[str] = mapped_column(String(19))
    logo_sha256: Mapped[str | None] = mapped_column(String(64))
    locked_at: Mapped[datetime]
    locked_by: Mapped[str]
    void_on: Mapped[date | None]
    void_reason: Mapped[str] = mapped_column(default="")


class StatementCopy(Revised, Base):
    """The receipt for one of the two papers: the staff copy or the HR copy."""

    __tablename__ = "statement_copy"
    __table_args__ = (UniqueConstraint("statement_id", "copy"),)

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    copy: Mapped[str]  # staff or hr
    printed_at: Mapped[datetime | None]
    given_on: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(default="")
    back_on: Mapped[date | None]  # signed and received back
    scan_sha256: Mapped[str | None] = mapped_column(String(64))


class Signature(Base):
    """One side signed on the screen, with initials, instead of on paper."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("statement_id", "side"),)

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    side: Mapped[str]
    initials: Mapped[str]
    signed_at: Mapped[datetime]


class Addendum(Base):
    """Words written by hand on a locked paper, typed in afterwards: dated, with a fingerprint of their own."""

    __tablename__ = "addendum"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    written_on: Mapped[date]
    side: Mapped[str]  # whose words: member of staff or reviewer
    words: Mapped[str]
    typed_at: Mapped[datetime]
    typed_by: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(19))


class TargetNote(Base):
    """Progress on a target through the year: dated, by whom, with a piece of evidence where there is one."""

    __tablename__ = "target_note"

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    noted_on: Mapped[date]
    by: Mapped[str]
    words: Mapped[str]
    evidence_name: Mapped[str] = mapped_column(default="")
    evidence_sha256: Mapped[str | None] = mapped_column(String(64))


class InterimMeeting(Revised, Base):
    """A meeting between reviews, asked for by either side, or the mid-year review, with its own short record."""

    __tablename__ = "interim_meeting"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str]  # interim or mid-year
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    booked_for: Mapped[datetime | None]
    held_on: Mapped[date | None]
    record: Mapped[str] = mapped_column(default="")


class Complaint(Revised, Base):
    """An appeal against a statement, or about pay, which is kept apart. Seen only by those who may see private reasons."""

    __tablename__ = "complaint"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    about: Mapped[str]  # statement or pay
    raised_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    heard_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    heard_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
