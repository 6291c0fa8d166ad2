"""Writes: groups, who is in them, when they meet, what they found; what the school wants of its groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.groups.queries import GONE
from staffdev_desktop.cpd.groups.rows import GroupDetails, GroupRules, MeetingPlan
from staffdev_desktop.cpd.groups.rules import LONGEST_WORDS, check_count, check_group, check_members, check_settings, written_answers
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.models.log import CpdSettings
from staffdev_desktop.cpd.models.programmes import CpdSession, GroupMember, LearningGroup, Research
from staffdev_desktop.cpd.programmes.rows import SessionDetails
from staffdev_desktop.cpd.programmes.rules import check_session
from staffdev_desktop.cpd.programmes.series import series_days
from staffdev_desktop.cpd.programmes.services import remove_sessions, sign_up, take_off, write_session
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError, check_length
from staffdev_desktop.settings import queries as settings

KIND = "Learning group"  # of the activity, in the school’s list


@needs(Permission.RUN_CPD)
def add_group(
    session: Session, actor: Actor, *, year: int, details: GroupDetails, person_ids: Sequence[int], lead_id: int | None = None
) -> int:
    """A new group of an academic year with its members. Returns its id. Raises UserError."""
    check_group(details, _names(session, year))
    check_members(person_ids, lead_id)
    row = LearningGroup(year=year)
    _set(row, details)
    session.add(row)
    session.flush()
    _join(session, actor, row, person_ids, lead_id)
    return row.id


@needs(Permission.RUN_CPD)
def change_group(
    session: Session,
    actor: Actor,
    *,
    group_id: int,
    revision: int,
    details: GroupDetails,
    person_ids: Sequence[int],
    lead_id: int | None = None,
) -> None:
    """Change a group and who is in it; who comes or goes is put on, or taken off, the meetings ahead. Raises UserError, Conflict."""
    row = _current(session, group_id, revision)
    check_group(details, _names(session, row.year, besides=row.id))
    check_members(person_ids, lead_id)
    _set(row, details)
    _join(session, actor, row, person_ids, lead_id)


@needs(Permission.RUN_CPD)
def write_found(session: Session, actor: Actor, *, group_id: int, revision: int, found: str, ended_on: date | None = None) -> None:
    """Write what came of a group, and when it ended. Raises UserError, Conflict."""
    row = _current(session, group_id, revision)
    check_length(found, LONGEST_WORDS, "found")
    row.found, row.ended_on = found.strip(), ended_on


@needs(Permission.RUN_CPD)
def evaluate_group(session: Session, actor: Actor, *, group_id: int, revision: int, answers: Mapping[str, str]) -> None:
    """Keep a group’s answers to the evaluation tool. Raises UserError, Conflict."""
    row = _current(session, group_id, revision)
    row.evaluation = json.dumps(written_answers(answers), ensure_ascii=False)


@needs(Permission.RUN_CPD)
def plan_meetings(session: Session, actor: Actor, *, group_id: int, plan: MeetingPlan) -> tuple[int, ...]:
    """Plan the meetings of a group as a series, its members signed up for each. Returns the sessions’ ids. Raises UserError."""
    row = _current(session, group_id)
    meetings = list(session.execute(select(CpdSession.id).where(CpdSession.group_id == group_id)).scalars())
    people = [member.person_id for member in members_of(session, group_id)]
    lead = next((member.person_id for member in members_of(session, group_id) if member.lead), None)
    return planned(
        session,
        actor,
        plan,
        SessionDetails(plan.first, plan.minutes, row.name, leader_id=lead, group_id=row.id),
        KIND,
        len(meetings),
        people,
    )


@needs(Permission.RUN_CPD)
def remove_group(session: Session, actor: Actor, *, group_id: int, revision: int) -> None:
    """Take out a group made by mistake, with the meetings planned for it. Raises UserError for one that has met, Conflict."""
    row = _current(session, group_id, revision)
    meetings = list(session.execute(select(CpdSession).where(CpdSession.group_id == group_id)).scalars())
    if any(meeting.attendance_on is not None for meeting in meetings):
        raise UserError(f"‘{row.name}’ has met: what was learnt there stays. Write what was found and when it ended instead.")
    remove_sessions(session, actor, session_ids=[meeting.id for meeting in meetings])
    for project in session.execute(select(Research).where(Research.group_id == group_id)).scalars():
        project.group_id = None
    for member in members_of(session, group_id):
        session.delete(member)
    session.flush()
    session.delete(row)


@needs(Permission.RUN_CPD)
def change_rules(session: Session, actor: Actor, *, revision: int, rules: GroupRules) -> None:
    """What the school wants of its groups, and how many projects it selects in a year. Raises UserError, Conflict."""
    check_settings(rules)
    row = session.execute(select(CpdSettings)).scalar_one()
    if row.revision != revision:
        raise Conflict
    row.research_cap, row.groups_least, row.group_size = rules.research_cap, rules.groups_least, rules.group_size


# -- shared with action research ----------------------------------------------------------------------------------------------


def planned(
    session: Session, actor: Actor, plan: MeetingPlan, details: SessionDetails, kind: str, before: int, people: Sequence[int]
) -> tuple[int, ...]:
    """Numbered meetings on days when school is open, with these people signed up. `before` is how many there are. Raises UserError."""
    check_count(plan.count)
    kinds = {each.name: each.id for each in log.kinds(session, actor, in_use_only=False)}
    details = replace(details, kind_id=kinds.get(kind), starts_at=plan.starts_at, place=plan.place)
    check_session(details)
    known = settings.calendar(session, actor)
    found = []
    for number, day in enumerate(series_days(plan.first, plan.every, plan.count, known.terms, known.closures), before + 1):
        meeting = write_session(session, replace(details, held_on=day, title=f"{details.title}, meeting {number}"))
        sign_up(session, actor, session_id=meeting.id, person_ids=people)
        found.append(meeting.id)
    return tuple(found)


def members_of(session: Session, group_id: int) -> list[GroupMember]:
    """Who is in a group, in the order in which they came."""
    return list(session.execute(select(GroupMember).where(GroupMember.group_id == group_id).order_by(GroupMember.id)).scalars())


def _current(session: Session, group_id: int, revision: int | None = None) -> LearningGroup:
    row = session.get(LearningGroup, group_id)
    if row is None:
        raise UserError(GONE)
    if revision is not None and row.revision != revision:
        raise Conflict
    return row


def _names(session: Session, year: int, besides: int | None = None) -> list[str]:
    found = session.execute(select(LearningGroup.id, LearningGroup.name).where(LearningGroup.year == year)).all()
    return [name for row_id, name in found if row_id != besides]


def _set(row: LearningGroup, details: GroupDetails) -> None:
    for key, value in asdict(details).items():
        setattr(row, key, value.strip())


def _join(session: Session, actor: Actor, row: LearningGroup, person_ids: Sequence[int], lead_id: int | None) -> None:
    wanted = list(dict.fromkeys(person_ids))
    there = {member.person_id: member for member in members_of(session, row.id)}
    gone = [person_id for person_id in there if person_id not in wanted]
    new = [person_id for person_id in wanted if person_id not in there]
    for person_id in gone:
        session.delete(there[person_id])
    for person_id in new:
        visible_person(session, actor, person_id)
        session.add(GroupMember(group_id=row.id, person_id=person_id, lead=person_id == lead_id))
    for person_id, member in there.items():
        if person_id in wanted:
            member.lead = person_id == lead_id
    session.flush()
    ahead = select(CpdSession).where(
        CpdSession.group_id == row.id,
        CpdSession.held_on >= clock.today(),
        CpdSession.cancelled_on.is_(None),
        CpdSession.attendance_on.is_(None),
    )
    for meeting in session.execute(ahead).scalars():
        meeting.leader_id = lead_id
        take_off(session, actor, session_id=meeting.id, person_ids=gone)
        sign_up(session, actor, session_id=meeting.id, person_ids=new)
