"""Reads: what waits for a check, what is to be looked at again, how programmes stand."""

import json
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.ledger.rules import part_of, terms_with_days
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.programmes import Enrolment, Programme
from staffdev_desktop.cpd.models.quality import EntryCheck, ProgrammeScore
from staffdev_desktop.cpd.quality.rows import Check, CheckRow, PartScore, ProgrammeRow
from staffdev_desktop.cpd.quality.rules import QUESTION_LIST
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import listed
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import names_by_id


@needs(Permission.CHECK_CPD)
def checks(session: Session, actor: Actor, *, year: int) -> tuple[CheckRow, ...]:
    """Every entry of an academic year that the actor may see, what waits longest first; their own are marked, for others to check.

    With those of earlier years whose impact is to be looked at again in this one.
    """
    calendar, today = settings.calendar(session, actor), clock.today()
    terms = terms_with_days(year, calendar.terms, calendar.closures)
    first, last = terms[0].term.begins, terms[-1].last
    again = and_(Entry.done_on < first, Entry.look_again_on.between(first, last))
    entries = log.entry_rows(session, actor, log.visible_entries(actor).where(or_(Entry.done_on.between(first, last), again)))
    own = set(session.execute(select(Person.id).where(Person.user_id == actor.user_id, Person.user_id.is_not(None))).scalars())
    people = {person.id: person for person in log.people(session, actor, here_only=False, person_ids={each.person_id for each in entries})}
    names = names_by_id(session, {each for person in people.values() for each in person.manager_ids})
    found = []
    for entry in reversed(entries):
        person, place = people[entry.person_id], part_of(entry.details.done_on, terms)
        found.append(
            CheckRow(
                entry=entry,
                posts=person.posts,
                manager_ids=person.manager_ids,
                managers=listed([names[each] for each in person.manager_ids if each in names]),
                term="" if place is None else terms[place].term.name,
                again=_is_due(entry.details.look_again_on, today),
                own=entry.person_id in own,
                earlier=place is None,
            )
        )
    return tuple(found)


def _is_due(day: date | None, today: date) -> bool:
    return day is not None and day <= today


@needs(Permission.SEE_CPD)
def history(session: Session, actor: Actor, *, entry_id: int) -> tuple[Check, ...]:
    """Every check of an entry, the newest first, those that have lapsed too. Raises UserError if the entry is gone."""
    log.entry(session, actor, entry_id=entry_id)
    found = session.execute(select(EntryCheck).where(EntryCheck.entry_id == entry_id).order_by(EntryCheck.id.desc())).scalars()
    return tuple(
        Check(
            row.id,
            row.outcome,
            row.checked_on,
            row.checked_by,
            row.question,
            row.worth,
            tuple((question, words) for question, words in json.loads(row.answers).items()),
            row.lapsed,
        )
        for row in found
    )


@needs(Permission.SEE_CPD)
def questions(session: Session, actor: Actor) -> tuple[str, ...]:
    """The school’s evaluation questions, in its order."""
    return settings.list_items(session, actor, name=QUESTION_LIST)


@needs(Permission.SEE_CPD)
def programmes(session: Session, actor: Actor) -> tuple[ProgrammeRow, ...]:
    """The programmes in use, and how each stands against the standard for professional development; those nobody is on come last."""
    counts = select(Enrolment.programme_id, func.count()).group_by(Enrolment.programme_id)
    enrolled = {programme_id: number for programme_id, number in session.execute(counts)}
    scores: dict[int, list[PartScore]] = {}
    for row in session.execute(select(ProgrammeScore).order_by(ProgrammeScore.part)).scalars():
        scores.setdefault(row.programme_id, []).append(PartScore(row.part, row.score, row.words, row.scored_on, row.scored_by))
    found = session.execute(select(Programme).where(Programme.in_use).order_by(Programme.name, Programme.id)).scalars()
    return tuple(
        ProgrammeRow(each.id, each.name, each.provider, enrolled.get(each.id, 0), tuple(scores.get(each.id, ()))) for each in found
    )
