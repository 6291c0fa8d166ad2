"""Reads: the groups of a year with members and meetings, and its action research."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.cpd.groups.rows import GroupDetails, GroupRow, MemberRow, ResearchDetails, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import group_warnings, stage_of
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.programmes import CpdSession, GroupMember, LearningGroup, Research, SessionPlace
from staffdev_desktop.cpd.programmes.reading import session_rows
from staffdev_desktop.cpd.programmes.rows import SessionRow
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Person

GROUP_DETAILS = tuple(GroupDetails.__dataclass_fields__)
RESEARCH_DETAILS = tuple(ResearchDetails.__dataclass_fields__)
GONE = "This group is not there any more."
RESEARCH_GONE = "This project is not there any more."


@needs(Permission.SEE_CPD)
def groups(session: Session, actor: Actor, *, year: int) -> tuple[GroupRow, ...]:
    """The groups of an academic year, by name: every one, or those with somebody whom the actor may see."""
    return _groups(session, actor, LearningGroup.year == year)


@needs(Permission.SEE_CPD)
def group(session: Session, actor: Actor, *, group_id: int) -> GroupRow:
    """One group. Raises UserError if it is not there any more."""
    found = _groups(session, actor, LearningGroup.id == group_id)
    if not found:
        raise UserError(GONE)
    return found[0]


@needs(Permission.SEE_CPD)
def research(session: Session, actor: Actor, *, year: int) -> tuple[ResearchRow, ...]:
    """The action research of an academic year, in the order of applying."""
    return _research(session, actor, Research.year == year)


@needs(Permission.SEE_CPD)
def project(session: Session, actor: Actor, *, research_id: int) -> ResearchRow:
    """One project. Raises UserError if it is not there any more."""
    found = _research(session, actor, Research.id == research_id)
    if not found:
        raise UserError(RESEARCH_GONE)
    return found[0]


@needs(Permission.SEE_CPD)
def report_file(session: Session, actor: Actor, *, research_id: int) -> bytes:
    """The file of a report. Raises UserError if there is none."""
    project(session, actor, research_id=research_id)
    content = content_by_hash(session, session.get_one(Research, research_id).report_sha256)
    if content is None:
        raise UserError("No file belongs to this report.")
    return content


def _groups(session: Session, actor: Actor, condition: ColumnElement[bool]) -> tuple[GroupRow, ...]:
    today = clock.today()
    rows = list(session.execute(select(LearningGroup).where(condition)).scalars())
    ids = [row.id for row in rows]
    meetings = _meetings(session, CpdSession.group_id.in_(ids), "group_id")
    people = {person.id: person for person in log.people(session, actor, here_only=False)}
    attended = _attended(session, [meeting.id for each in meetings.values() for meeting in each])
    members = _members(session, ids)
    rules, sees_all = log.cpd_settings(session, actor), actor.may(Permission.SEE_ALL_CPD)
    terms = {year: settings.year_dates(session, actor, year=year).terms for year in {row.year for row in rows}}
    found = []
    for row in rows:
        mine, held = members[row.id], meetings[row.id]
        seen = tuple(
            sorted((_member(people[each.person_id], each, attended, row.id) for each in mine if each.person_id in people), key=_lead_first)
        )
        if not seen and not sees_all:
            continue
        details = GroupDetails(**{name: getattr(row, name) for name in GROUP_DETAILS})
        ended = row.ended_on is not None and row.ended_on <= today
        warnings = () if ended else group_warnings(details, len(mine), held, rules.group_size, terms[row.year], today)
        words = searchable(details.name, details.kind, details.priority, details.question, *(member.name for member in seen))
        found.append(
            GroupRow(
                row.id, row.revision, row.year, details, row.found, row.ended_on, seen, len(mine) - len(seen), tuple(held), warnings, words
            )
        )
    return tuple(sorted(found, key=lambda each: (each.details.name.casefold(), each.id)))


def _members(session: Session, group_ids: Sequence[int]) -> Mapping[int, list[GroupMember]]:
    found: dict[int, list[GroupMember]] = defaultdict(list)
    for row in session.execute(select(GroupMember).where(GroupMember.group_id.in_(group_ids)).order_by(GroupMember.id)).scalars():
        found[row.group_id].append(row)
    return found


def _member(person: CpdPerson, row: GroupMember, attended: Mapping[tuple[int, int], int], group_id: int) -> MemberRow:
    return MemberRow(person.id, person.name, person.posts, row.lead, attended[group_id, person.id])


def _lead_first(member: MemberRow) -> tuple[bool, str]:
    return not member.lead, member.name.casefold()


def _attended(session: Session, session_ids: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """How often somebody was at the meetings of a group."""
    wanted = (
        select(CpdSession.group_id, SessionPlace.person_id)
        .join(SessionPlace, SessionPlace.session_id == CpdSession.id)
        .where(CpdSession.id.in_(session_ids), SessionPlace.present.is_(True))
    )
    return Counter((group_id or 0, person_id) for group_id, person_id in session.execute(wanted))


def _meetings(session: Session, condition: ColumnElement[bool], owner: str) -> Mapping[int, list[SessionRow]]:
    found: dict[int, list[SessionRow]] = defaultdict(list)
    for row in session_rows(session, condition):
        found[getattr(row.details, owner)].append(row)
    return found


def _research(session: Session, actor: Actor, condition: ColumnElement[bool]) -> tuple[ResearchRow, ...]:
    today = clock.today()
    wanted = select(Research).join(Person, Person.id == Research.person_id).where(condition, visible_people(actor))
    rows = list(session.execute(wanted.order_by(Research.applied_on, Research.id)).scalars())
    meetings = _meetings(session, CpdSession.research_id.in_([row.id for row in rows]), "research_id")
    people = {person.id: person for person in log.people(session, actor, here_only=False)} if rows else {}
    names: dict[int, str] = dict(session.execute(select(LearningGroup.id, LearningGroup.name)).all())
    found = []
    for row in rows:
        stage = stage_of(row.selected, row.reported_on, row.shared_on, today)
        found.append(_project(row, people[row.person_id], names.get(row.group_id or 0, ""), meetings[row.id], stage))
    return tuple(found)


def _project(row: Research, person: CpdPerson, community: str, sessions: Sequence[SessionRow], stage: ResearchStage) -> ResearchRow:
    details = ResearchDetails(**{name: getattr(row, name) for name in RESEARCH_DETAILS})
    sharing = next((each for each in sessions if each.details.held_on == row.shared_on), None)
    return ResearchRow(
        id=row.id,
        revision=row.revision,
        year=row.year,
        person_id=row.person_id,
        name=person.name,
        posts=person.posts,
        details=details,
        community=community,
        selected=row.selected,
        decided_on=row.decided_on,
        reason=row.reason,
        evaluation=tuple(json.loads(row.evaluation).items()),
        report=row.report,
        report_name=row.report_name,
        reported_on=row.reported_on,
        shared_on=row.shared_on,
        shared_how=row.shared_how,
        meetings=tuple(each for each in sessions if each is not sharing),
        sharing=sharing,
        stage=stage,
        search=searchable(person.name, details.title, details.area, details.question, str(stage)),
    )
