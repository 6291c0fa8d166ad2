"""Writes: action research, from the application over selection, meetings, evaluation and report to sharing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.cpd.groups.queries import RESEARCH_GONE
from staffdev_desktop.cpd.groups.rows import MeetingPlan, ResearchDetails, Sharing
from staffdev_desktop.cpd.groups.rules import LONGEST_WORDS, check_cap, check_decision, check_research, written_answers
from staffdev_desktop.cpd.groups.services.groups import planned
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.log.services import File
from staffdev_desktop.cpd.models.programmes import CpdSession, Research
from staffdev_desktop.cpd.programmes.rows import SessionDetails
from staffdev_desktop.cpd.programmes.services import remove_sessions, write_session
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError, check_length

KIND, SHARING_KIND = "Action research", "15-minute drop-in"  # of the activity, in the school’s list


@needs(Permission.KEEP_CPD)
def apply(session: Session, actor: Actor, *, year: int, person_id: int, details: ResearchDetails) -> int:
    """Somebody applies for action research. Returns the project’s id. Raises UserError."""
    visible_person(session, actor, person_id)
    check_research(details, clock.today())
    row = Research(year=year, person_id=person_id)
    _set(row, details)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.KEEP_CPD)
def change_application(session: Session, actor: Actor, *, research_id: int, revision: int, details: ResearchDetails) -> None:
    """Change what an application says. Raises UserError, Conflict."""
    row = _current(session, actor, research_id, revision)
    check_research(details, clock.today())
    _set(row, details)


@needs(Permission.RUN_CPD)
def decide(session: Session, actor: Actor, *, research_id: int, revision: int, selected: bool, reason: str = "") -> None:
    """Select a project, or not and say why. One over the cap is refused; a decision can be changed. Raises UserError, Conflict."""
    row = _current(session, actor, research_id, revision)
    check_decision(selected, reason)
    if selected and not row.selected:
        others = select(func.count()).select_from(Research).where(Research.year == row.year, Research.selected.is_(True))
        check_cap(session.execute(others).scalar_one(), log.cpd_settings(session, actor).research_cap, row.year)
    row.selected, row.reason, row.decided_on = selected, reason.strip(), clock.today()


@needs(Permission.RUN_CPD)
def plan_research_meetings(session: Session, actor: Actor, *, research_id: int, plan: MeetingPlan) -> tuple[int, ...]:
    """Plan the meetings of a project as a series (004: fortnightly). Returns the sessions’ ids. Raises UserError."""
    row = _current(session, actor, research_id)
    if not row.selected:
        raise UserError("Select the project first: meetings are for those that go ahead.")
    before = select(func.count()).select_from(CpdSession).where(CpdSession.research_id == research_id)
    details = SessionDetails(plan.first, plan.minutes, row.title, research_id=row.id)
    return planned(session, actor, plan, details, KIND, session.execute(before).scalar_one(), [row.person_id])


@needs(Permission.KEEP_CPD)
def write_evaluation(session: Session, actor: Actor, *, research_id: int, revision: int, answers: Mapping[str, str]) -> None:
    """Keep the answers to the evaluation tool, each with the words of its question. Raises UserError, Conflict."""
    row = _current(session, actor, research_id, revision)
    row.evaluation = json.dumps(written_answers(answers), ensure_ascii=False)


@needs(Permission.KEEP_CPD)
def hand_in_report(
    session: Session, actor: Actor, *, research_id: int, revision: int, words: str = "", file: File | None = None,
    reported_on: date | None = None,
) -> None:  # fmt: skip
    """Hand in a report: words, a file, or both; without a new file the one that is there stays. Raises UserError, Conflict."""
    row = _current(session, actor, research_id, revision)
    if not row.selected:
        raise UserError("A report is of a project that was selected.")
    if not words.strip() and file is None and not row.report_sha256:
        raise UserError("Write what was found, or attach the report.", field="report")
    check_length(words, LONGEST_WORDS, "report")
    day = reported_on or clock.today()
    if day > clock.today():
        raise UserError("That day is still to come.", field="reported_on")
    if file is not None:
        row.report_name, row.report_sha256 = file[0], keep(session, name=file[0], content=file[1]).sha256
    row.report, row.reported_on = words.strip(), day


@needs(Permission.RUN_CPD)
def share(session: Session, actor: Actor, *, research_id: int, revision: int, sharing: Sharing) -> int | None:
    """Say when and how what was found is shared, with a session in the calendar if it has a length. Returns its id. Raises UserError."""
    row = _current(session, actor, research_id, revision)
    if not row.selected:
        raise UserError("What is shared comes from a project that was selected.")
    row.shared_on, row.shared_how = sharing.shared_on, sharing.how.strip()
    if sharing.minutes is None:
        return None
    kinds = {each.name: each.id for each in log.kinds(session, actor, in_use_only=False)}
    details = SessionDetails(sharing.shared_on, sharing.minutes, f"What we found: {row.title}", kind_id=kinds.get(SHARING_KIND))
    details = replace(details, leader_id=row.person_id, place=sharing.place, audience=sharing.audience, starts_at=sharing.starts_at)
    return write_session(session, replace(details, research_id=row.id)).id


@needs(Permission.RUN_CPD)
def remove_project(session: Session, actor: Actor, *, research_id: int, revision: int) -> None:
    """Take out an application made by mistake, with the meetings planned for it. Raises UserError for one that has met, Conflict."""
    row = _current(session, actor, research_id, revision)
    meetings = list(session.execute(select(CpdSession).where(CpdSession.research_id == research_id)).scalars())
    if any(meeting.attendance_on is not None for meeting in meetings):
        raise UserError("This project has met: what was learnt there stays. Decide that it does not go ahead instead.")
    remove_sessions(session, actor, session_ids=[meeting.id for meeting in meetings])
    session.delete(row)


def _current(session: Session, actor: Actor, research_id: int, revision: int | None = None) -> Research:
    row = session.get(Research, research_id)
    if row is None:
        raise UserError(RESEARCH_GONE)
    visible_person(session, actor, row.person_id)
    if revision is not None and row.revision != revision:
        raise Conflict
    return row


def _set(row: Research, details: ResearchDetails) -> None:
    for key, value in asdict(details).items():
        setattr(row, key, value.strip() if isinstance(value, str) else value)
