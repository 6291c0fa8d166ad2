"""Tables of sessions and programmes: the year's calendar of CPD, who was there, courses with modules, enrolments and groups."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base, Revised


class Programme(Revised, Base):
    """A course of learning over time; `framework` says which shipped one it began as, if any."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    framework: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    strand: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    months: Mapped[int | None]
    minutes: Mapped[int | None]
    pence: Mapped[int | None]
    award: Mapped[str] = mapped_column(default="")  # the qualification that it leads to, as it is called
    award_is_status: Mapped[bool] = mapped_column(default=False)
    in_use: Mapped[bool] = mapped_column(default=True)


class ProgrammeModule(Revised, Base):
    """A part of a programme: ‘module’, ‘exam’, ‘tutorial’, ‘content area’, ‘behaviour’, ‘third’, ‘term’."""

    __tablename__ = "programme_module"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="module")
    minutes: Mapped[int | None]
    begun_before: Mapped[date | None]  # only for those who began before this day (NPQs before autumn 2021)
    begun_from: Mapped[date | None]


class Cohort(Revised, Base):
    """People who begin a programme together."""

    __tablename__ = "cohort"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str]
    starts_on: Mapped[date | None]
    lead: Mapped[str] = mapped_column(default="")


class Enrolment(Revised, Base):
    """A person on a programme; its stage is read from these dates by `programmes.rules`."""

    __tablename__ = "enrolment"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    applied_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")  # ‘completed’, ‘withdrawn’, ‘not accepted’, ‘not passed’
    mentor: Mapped[str] = mapped_column(default="")
    pence: Mapped[int | None]
    who_pays: Mapped[str] = mapped_column(default="")
    fee_share: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    qualification_id: Mapped[int | None] = mapped_column(ForeignKey("qualification.id"))


class ModuleProgress(Revised, Base):
    """How far somebody is with one part of a programme."""

    __tablename__ = "module_progress"
    __table_args__ = (UniqueConstraint("enrolment_id", "module_id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("programme_module.id"))
    done_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(default="")


class LearningGroup(Revised, Base):
    """A learning group, a teaching-and-learning team or an action research community of one academic year."""

    __tablename__ = "learning_group"

    year: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="learning group")
    priority: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    evaluation: Mapped[str] = mapped_column(default="{}")  # JSON: question -> words
    found: Mapped[str] = mapped_column(default="")  # what came out of it
    ended_on: Mapped[date | None]


class GroupMember(Base):
    """A person in a learning group."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("learning_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    lead: Mapped[bool] = mapped_column(default=False)


class Research(Revised, Base):
    """An action research project, from the application over the meetings to sharing what was found."""

    __tablename__ = "research"

    year: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("learning_group.id"))
    title: Mapped[str]
    area: Mapped[str] = mapped_column(default="")  # what the school asks for research on
    question: Mapped[str] = mapped_column(default="")
    expected: Mapped[str] = mapped_column(default="")  # for practice, colleagues and pupils
    digital: Mapped[str] = mapped_column(default="")
    applied_on: Mapped[date]
    selected: Mapped[bool | None]
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    evaluation: Mapped[str] = mapped_column(default="{}")  # JSON: question -> words
    report: Mapped[str] = mapped_column(default="")
    report_name: Mapped[str] = mapped_column(default="")
    report_sha256: Mapped[str | None] = mapped_column(String(64))
    reported_on: Mapped[date | None]
    shared_on: Mapped[date | None]
    shared_how: Mapped[str] = mapped_column(default="")


class CpdSession(Revised, Base):
    """A meeting on one day: of the calendar of CPD, a programme’s module, a group, a research project, or a topic asked for."""

    __tablename__ = "cpd_session"

    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time | None]
    minutes: Mapped[int]
    title: Mapped[str]
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_kind.id"))
    strand: Mapped[str] = mapped_column(default="")
    leader: Mapped[str] = mapped_column(default="")
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    place: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    audience: Mapped[str] = mapped_column(default="")
    directed: Mapped[bool] = mapped_column(default=False)  # part of directed time
    provider: Mapped[str] = mapped_column(default="")
    pence: Mapped[int | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_area.id"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("programme_module.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("learning_group.id"), index=True)
    research_id: Mapped[int | None] = mapped_column(ForeignKey("research.id"), index=True)
    cancelled_on: Mapped[date | None]
    attendance_on: Mapped[date | None]  # when attendance was taken


class SessionPlace(Revised, Base):
    """Somebody who signed up for a session; `present` once attendance was taken."""

    __tablename__ = "session_place"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("cpd_session.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    present: Mapped[bool | None]


class TopicRequest(Revised, Base):
    """A topic that somebody would like a session about."""

    __tablename__ = "topic_request"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_on: Mapped[date]
    topic: Mapped[str]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("diagnostic_area.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("cpd_session.id"))
    settled_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
