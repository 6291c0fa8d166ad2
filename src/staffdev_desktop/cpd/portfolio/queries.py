"""Reads everything that one portfolio is made from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.queries import entries, person
from staffdev_desktop.cpd.models.log import EntryEvidence
from staffdev_desktop.cpd.models.programmes import (
    Enrolment,
    GroupMember,
    LearningGroup,
    ModuleProgress,
    Programme,
    ProgrammeModule,
    Research,
)
from staffdev_desktop.cpd.portfolio.rows import Award, EvidenceLine, Portfolio, ProgrammeLine, ProjectLine, Role, TrainingLine
from staffdev_desktop.cpd.portfolio.rules import standard_in
from staffdev_desktop.cpd.training.queries import person_training
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.pdr.models import Target
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Employment, Holding, Post, Qualification
from staffdev_desktop.staff.rules import spells


@needs(Permission.SEE_CPD)
def portfolio(session: Session, actor: Actor, *, person_id: int, first: date | None = None, last: date | None = None) -> Portfolio:
    """Everything of one person between two days: nothing of anybody else, and nothing that is still being decided.

    Roles, awards, programmes and projects are those that touch that time. Raises UserError if the person is not there any more.
    """
    who = person(session, actor, person_id=person_id)
    lines = entries(session, actor, person_id=person_id, first=first, last=last)
    begun = [day for day in session.execute(select(Employment.starts_on).where(Employment.person_id == person_id)).scalars() if day]
    within = _Within(first, last)
    return Portfolio(
        school=settings.school(session, actor).name,
        person=who,
        entries=lines,
        terms=settings.calendar(session, actor).terms,
        first=first,
        last=last,
        first_day=min(begun, default=None),
        roles=tuple(role for role in _roles(session, person_id) if within.touches(role.starts_on, role.ends_on)),
        awards=tuple(award for award in _awards(session, person_id) if award.awarded_on is None or within.holds(award.awarded_on)),
        programmes=tuple(line for line in _programmes(session, person_id) if within.touches(line.starts_on, line.ended_on)),
        trainings=tuple(line for line in _trainings(session, actor, person_id) if within.holds(line.done_on)),
        projects=tuple(line for line in _projects(session, person_id) if within.has_year(line.year)),
        evidence=_evidence(session, {line.id for line in lines}),
        standards=_standards(session, person_id, {line.id: (line.details.target_id, line.details.priority) for line in lines}),
    )


class _Within:
    """A time that may have no beginning or end."""

    def __init__(self, first: date | None, last: date | None) -> None:
        self._first, self._last = first or date.min, last or date.max

    def holds(self, day: date) -> bool:
        return self._first <= day <= self._last

    def touches(self, begins: date | None, ends: date | None) -> bool:
        return (begins or date.min) <= self._last and (ends or date.max) >= self._first

    def has_year(self, year: int) -> bool:
        return year_of(self._first) <= year <= year_of(self._last) if self._first != date.min else year <= year_of(self._last)


def _roles(session: Session, person_id: int) -> list[Role]:
    today = clock.today()
    found = session.execute(
        select(Holding.id, Post.title, Post.site, Holding.starts_on, Holding.ends_on)
        .join(Post, Post.id == Holding.post_id)
        .where(Holding.person_id == person_id)
    )
    history = spells([(row[0], row[1], row[2], row[3], row[4]) for row in found], today)
    begun = [spell for spell in history if spell.starts_on is None or spell.starts_on <= today]
    return [Role(spell.title, spell.starts_on, spell.ends_on) for spell in sorted(begun, key=lambda each: each.starts_on or date.min)]


def _awards(session: Session, person_id: int) -> list[Award]:
    found = session.execute(select(Qualification).where(Qualification.person_id == person_id).order_by(Qualification.awarded_on)).scalars()
    return [Award(row.name, row.awarded_on, row.provider, row.is_status) for row in found]


def _programmes(session: Session, person_id: int) -> list[ProgrammeLine]:
    """Those that were begun: an application that nobody has answered is nobody’s achievement."""
    parts: dict[int, list[tuple[str, date | None]]] = {}
    wanted = (
        select(ModuleProgress.enrolment_id, ProgrammeModule.title, ModuleProgress.done_on)
        .join(ProgrammeModule, ProgrammeModule.id == ModuleProgress.module_id)
        .join(Enrolment, Enrolment.id == ModuleProgress.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(ProgrammeModule.position)
    )
    for enrolment_id, title, done_on in session.execute(wanted):
        parts.setdefault(enrolment_id, []).append((title, done_on))
    found = session.execute(
        select(Enrolment, Programme.name, Programme.provider)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Enrolment.person_id == person_id, Enrolment.starts_on.is_not(None), Enrolment.starts_on <= clock.today())
        .order_by(Enrolment.starts_on, Enrolment.id)
    )
    return [
        ProgrammeLine(name, provider, row.starts_on, row.ended_on, row.outcome, tuple(parts.get(row.id, ())))
        for row, name, provider in found
    ]  # fmt: skip


def _trainings(session: Session, actor: Actor, person_id: int) -> list[TrainingLine]:
    """Every time that a training of the school’s list was taken, the newest first; also of what is out of use since."""
    found = [
        TrainingLine(each.training.name, record.details.done_on, record.until, record.details.provider)
        for each in person_training(session, actor, person_id=person_id, in_use_only=False)
        for record in each.records
        if record.details.done_on
    ]
    return sorted(found, key=lambda line: line.done_on, reverse=True)


def _projects(session: Session, person_id: int) -> list[ProjectLine]:
    groups = session.execute(
        select(LearningGroup).join(GroupMember, GroupMember.group_id == LearningGroup.id).where(GroupMember.person_id == person_id)
    ).scalars()
    research = session.execute(select(Research).where(Research.person_id == person_id, Research.selected.is_(True))).scalars()
    found = [ProjectLine(row.kind, row.name, row.year, row.question, row.found) for row in groups]
    found += [ProjectLine("action research", row.title, row.year, row.question, row.report) for row in research]
    return sorted(found, key=lambda line: (line.year, line.title))


def _evidence(session: Session, entry_ids: set[int]) -> tuple[EvidenceLine, ...]:
    found = session.execute(select(EntryEvidence).where(EntryEvidence.entry_id.in_(entry_ids)).order_by(EntryEvidence.id)).scalars()
    return tuple(EvidenceLine(row.id, row.entry_id, row.name, row.sha256) for row in found)


def _standards(session: Session, person_id: int, links: dict[int, tuple[int | None, str]]) -> dict[int, str]:
    """The standard of each entry that names one, itself or through its target."""
    found: Iterable[Any] = session.execute(
        select(Target.id, Target.priority).where(Target.person_id == person_id, Target.agreed_on.is_not(None))
    )
    of_targets = {target_id: words for target_id, words in found}
    named = {entry_id: standard_in(words) or standard_in(of_targets.get(target_id, "")) for entry_id, (target_id, words) in links.items()}
    return {entry_id: words for entry_id, words in named.items() if words}
