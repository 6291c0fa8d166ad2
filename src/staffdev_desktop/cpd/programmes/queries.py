"""Reads: the year’s calendar of CPD, who signed up, topics asked for."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.diagnostic import DiagnosticArea, DiagnosticSet
from staffdev_desktop.cpd.models.programmes import CpdSession, TopicRequest
from staffdev_desktop.cpd.programmes.reading import current_session, place_rows, session_rows
from staffdev_desktop.cpd.programmes.rows import AreaChoice, PlaceRow, SessionDetails, SessionRow, TopicRow
from staffdev_desktop.cpd.programmes.rules import clashes, state_of, topic_state
from staffdev_desktop.kernel import clock
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import names_by_id


@needs(Permission.SEE_CPD)
def sessions(
    session: Session,
    actor: Actor,
    *,
    first: date | None = None,
    last: date | None = None,
    group_id: int | None = None,
    research_id: int | None = None,
    cohort_id: int | None = None,
) -> tuple[SessionRow, ...]:
    """The calendar between two days (both inside), the earliest first; of one group, research project or cohort, if it is given."""
    conditions = []
    if first is not None:
        conditions.append(CpdSession.held_on >= first)
    if last is not None:
        conditions.append(CpdSession.held_on <= last)
    for column, wanted in ((CpdSession.group_id, group_id), (CpdSession.research_id, research_id), (CpdSession.cohort_id, cohort_id)):
        if wanted is not None:
            conditions.append(column == wanted)
    return session_rows(session, *conditions)


@needs(Permission.SEE_CPD)
def cpd_session(session: Session, actor: Actor, *, session_id: int) -> SessionRow:
    """One session. Raises UserError if it is not there any more."""
    current_session(session, session_id)
    return session_rows(session, CpdSession.id == session_id)[0]


@needs(Permission.SEE_CPD)
def places(session: Session, actor: Actor, *, session_id: int) -> tuple[PlaceRow, ...]:
    """Who signed up for a session or was there, in their order, as far as the actor may see them. Raises UserError."""
    return place_rows(session, actor, current_session(session, session_id))


@needs(Permission.SEE_CPD)
def clashes_with(session: Session, actor: Actor, *, details: SessionDetails, but: int | None = None) -> tuple[str, ...]:
    """A sentence for each session that has the same leader or place at the same time; `but` is the one that is changed."""
    return clashes(details, session_rows(session, CpdSession.held_on == details.held_on), but)


@needs(Permission.SEE_CPD)
def topics(session: Session, actor: Actor) -> tuple[TopicRow, ...]:
    """Topics asked for, the newest first: all those without a name, and of whom the actor may see."""
    today, names = clock.today(), names_by_id(session)
    wanted = (
        select(TopicRequest, DiagnosticArea.title, CpdSession)
        .outerjoin(DiagnosticArea, DiagnosticArea.id == TopicRequest.area_id)
        .outerjoin(CpdSession, CpdSession.id == TopicRequest.session_id)
        .outerjoin(Person, Person.id == TopicRequest.person_id)
        .where(or_(TopicRequest.person_id.is_(None), visible_people(actor)))
        .order_by(TopicRequest.asked_on.desc(), TopicRequest.id.desc())
    )
    rows = []
    for topic, area, planned in session.execute(wanted):
        details = SessionDetails(planned.held_on, planned.minutes, planned.title) if planned else None
        state = state_of(details, planned.cancelled_on, planned.attendance_on, today) if planned and details else None
        rows.append(
            TopicRow(
                id=topic.id,
                revision=topic.revision,
                person_id=topic.person_id,
                name=names.get(topic.person_id or 0, ""),
                asked_on=topic.asked_on,
                topic=topic.topic,
                area_id=topic.area_id,
                area=area or "",
                session_id=topic.session_id,
                session_on=planned.held_on if planned else None,
                reason=topic.reason,
                state=topic_state(state, topic.settled_at),
            )
        )
    return tuple(rows)


@needs(Permission.SEE_CPD)
def areas(session: Session, actor: Actor) -> tuple[AreaChoice, ...]:
    """The diagnostic areas that sessions may be about, set by set; an area of the same name in several sets stands once."""
    wanted = (
        select(DiagnosticArea.id, DiagnosticArea.title)
        .join(DiagnosticSet, DiagnosticSet.id == DiagnosticArea.set_id)
        .where(DiagnosticArea.in_use, DiagnosticSet.in_use)
        .order_by(DiagnosticSet.position, DiagnosticArea.position, DiagnosticArea.id)
    )
    found: dict[str, int] = {}
    for area_id, title in session.execute(wanted):
        found.setdefault(title, area_id)
    return tuple(AreaChoice(area_id, title) for title, area_id in found.items())
