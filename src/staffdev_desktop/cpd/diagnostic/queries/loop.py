"""Reads: CPD that was agreed, the loop between two rounds, and the areas that many find hard."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.reading import (
    dates_of,
    linked_entries,
    ratings_of,
    round_details,
    seen_people,
    selves,
    the_round,
)
from staffdev_desktop.cpd.diagnostic.rows import AgreedRow, Linked, Loop, LoopRow, RatingRow, WeakArea
from staffdev_desktop.cpd.diagnostic.rules import in_loop, is_between, outcome_of, rating_shown, shared, weak_areas
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.models.diagnostic import AgreedCpd, Diagnostic, DiagnosticArea, DiagnosticRating, DiagnosticRound, DiagnosticSet
from staffdev_desktop.cpd.models.programmes import CpdSession
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.settings.models import SchoolSettings
from staffdev_desktop.staff.reading import names_by_id


@needs(Permission.SEE_CPD)
def agreed_cpd(session: Session, actor: Actor, *, person_id: int | None = None) -> tuple[AgreedRow, ...]:
    """CPD that was agreed from diagnostics that are recorded, what is open first, by its day."""
    wanted = select(AgreedCpd).join(Diagnostic, Diagnostic.id == AgreedCpd.diagnostic_id).where(Diagnostic.agreed_on.is_not(None))
    if person_id is not None:
        wanted = wanted.where(Diagnostic.person_id == person_id)
    return agreed_rows(session, actor, wanted)


def agreed_rows(session: Session, actor: Actor, wanted: Select[Any]) -> tuple[AgreedRow, ...]:
    """Lines of agreed CPD of those whom the actor may see, with what the log has for each area since its round opened."""
    lines = list(session.execute(wanted).scalars())
    if not lines:
        return ()
    named = select(Diagnostic).where(Diagnostic.id.in_({line.diagnostic_id for line in lines}))
    rows = {row.id: row for row in session.execute(named).scalars()}
    people = seen_people(session, actor, {row.person_id for row in rows.values()})
    names, today = names_by_id(session), clock.today()
    areas: dict[int, str] = {key: value for key, value in session.execute(select(DiagnosticArea.id, DiagnosticArea.title))}
    rounds = {row.id: row for row in session.execute(select(DiagnosticRound)).scalars()}
    linked = linked_entries(session, [rows[line.diagnostic_id].person_id for line in lines])
    found = []
    for line in lines:
        row = rows[line.diagnostic_id]
        person, its_round = people.get(row.person_id), rounds[row.round_id]
        if person is None:
            continue
        done = [entry for entry in linked.get((person.id, line.area_id), ()) if entry.done_on >= (row.agreed_on or its_round.opens_on)]
        manager = names.get(row.manager_id or 0, "")
        found.append(
            AgreedRow(
                id=line.id,
                revision=line.revision,
                diagnostic_id=row.id,
                round_name=its_round.name,
                person_id=person.id,
                name=person.name,
                group=person.group,
                manager_id=row.manager_id,
                manager=manager,
                area_id=line.area_id,
                area=areas[line.area_id],
                what=line.what,
                by_when=line.by_when,
                done_on=line.done_on,
                entries=len(done),
                minutes=sum(entry.minutes for entry in done),
                late=line.done_on is None and line.by_when is not None and line.by_when < today,
                search=searchable(person.name, areas[line.area_id], line.what, manager, its_round.name),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.done_on is not None, str(each.by_when or "9999"), each.name, each.id)))


@needs(Permission.SEE_CPD)
def loop(session: Session, actor: Actor, *, round_id: int) -> Loop:
    """What became of each area that something was meant to be done for, from the round before each person’s to this one.

    Only agreed ratings count on either side, so nothing is read that is not shared. By surname, then in the order of the areas.
    """
    after_round = the_round(session, round_id)
    people, names = seen_people(session, actor), names_by_id(session)
    pairs = _pairs(session, people, after_round)
    both = [row for pair in pairs for row in pair[:2]]
    own = selves(session, actor)
    ratings = ratings_of(session, both, own)
    linked = linked_entries(session, [after.person_id for _before, after, _round in pairs])
    agreed: dict[tuple[int, int], list[str]] = {}
    befores = [before.id for before, _after, _round in pairs if before.person_id not in own or shared(dates_of(before))]
    for line in session.execute(select(AgreedCpd).where(AgreedCpd.diagnostic_id.in_(befores)).order_by(AgreedCpd.id)).scalars():
        agreed.setdefault((line.diagnostic_id, line.area_id), []).append(line.what)
    sets: dict[int, str] = {key: value for key, value in session.execute(select(DiagnosticSet.id, DiagnosticSet.name))}
    rows: list[LoopRow] = []
    for before, after, before_round in pairs:
        now = {rating.area_id: rating for rating in ratings[after.id]}
        for rating in ratings[before.id]:
            done = _between(before, before_round, after, linked.get((after.person_id, rating.area_id), []))
            lines = tuple(agreed.get((before.id, rating.area_id), ()))
            made = _loop_row(people[after.person_id], names, after, sets, rating, now.get(rating.area_id), lines, done)
            if made is not None:
                rows.append(made)
    earlier = {before_round.name for _before, _after, before_round in pairs}
    return Loop(" or ".join(sorted(earlier)), after_round.name, tuple(rows))


def _pairs(
    session: Session, people: dict[int, CpdPerson], after_round: DiagnosticRound
) -> list[tuple[Diagnostic, Diagnostic, DiagnosticRound]]:
    """Of everybody in a round: their diagnostic before it, the one in it, and the round of the one before. By surname."""
    wanted = select(Diagnostic, DiagnosticRound).join(DiagnosticRound, DiagnosticRound.id == Diagnostic.round_id)
    earlier: dict[int, tuple[Diagnostic, DiagnosticRound]] = {}
    for row, its in session.execute(wanted.where(DiagnosticRound.opens_on < after_round.opens_on).order_by(DiagnosticRound.opens_on)):
        earlier[row.person_id] = (row, its)
    inside = session.execute(select(Diagnostic).where(Diagnostic.round_id == after_round.id)).scalars()
    found = [(earlier[row.person_id][0], row, earlier[row.person_id][1]) for row in inside if row.person_id in earlier]
    return sorted((each for each in found if each[1].person_id in people), key=lambda each: people[each[1].person_id].sort_key)


def _between(before: Diagnostic, before_round: DiagnosticRound, after: Diagnostic, entries: list[Linked]) -> tuple[Linked, ...]:
    dates, opened, today = (dates_of(before), dates_of(after)), round_details(before_round).opens_on, clock.today()
    return tuple(entry for entry in entries if is_between(entry.done_on, dates[0], opened, dates[1], today))


def _loop_row(
    person: CpdPerson,
    names: dict[int, str],
    after: Diagnostic,
    sets: dict[int, str],
    before: RatingRow,
    now: RatingRow | None,
    agreed: tuple[str, ...],
    done: tuple[Linked, ...],
) -> LoopRow | None:
    if not in_loop(before.agreed, before.mark, len(agreed), len(done)):
        return None
    value = now.agreed if now and after.agreed_on else None
    manager = names.get(after.manager_id or 0, "")
    return LoopRow(
        person_id=person.id,
        name=person.name,
        group=person.group,
        manager_id=after.manager_id,
        manager=manager,
        set_name=sets[after.set_id],
        area_id=before.area_id,
        area=before.title,
        before=before.agreed,
        after=value,
        agreed=agreed,
        linked=done,
        outcome=outcome_of(before.agreed, value, len(done)),
        search=searchable(person.name, before.title, manager, *agreed, *(entry.activity for entry in done)),
    )


@needs(Permission.SEE_ALL_CPD)
def proposed_drop_ins(session: Session, actor: Actor, *, round_id: int) -> tuple[WeakArea, ...]:
    """The areas of a round that many people find hard, without names, the commonest first, and the sessions planned about each."""
    its_round = the_round(session, round_id)
    sets: dict[int, str] = {key: value for key, value in session.execute(select(DiagnosticSet.id, DiagnosticSet.name))}
    areas = {area.id: (area.title, area.hint, sets[area.set_id]) for area in session.execute(select(DiagnosticArea)).scalars()}
    wanted = (
        select(Diagnostic.person_id, DiagnosticRating.area_id, DiagnosticRating.own, DiagnosticRating.manager, DiagnosticRating.agreed)
        .join(Diagnostic, Diagnostic.id == DiagnosticRating.diagnostic_id)
        .where(Diagnostic.round_id == round_id)
    )
    ratings = []
    for person_id, area_id, own, manager, agreed in session.execute(wanted):
        value = rating_shown(own, manager, agreed)
        if value is not None:
            ratings.append((person_id, area_id, value))
    planned: dict[int, list[tuple[Any, str]]] = {}
    sessions = select(CpdSession.area_id, CpdSession.held_on, CpdSession.title)
    sessions = sessions.where(CpdSession.area_id.is_not(None), CpdSession.cancelled_on.is_(None), CpdSession.held_on >= its_round.opens_on)
    for about, held_on, title in session.execute(sessions.order_by(CpdSession.held_on)):
        planned.setdefault(about or 0, []).append((held_on, title))
    minimum = session.execute(select(SchoolSettings.minimum_group)).scalar_one()
    return weak_areas(areas, ratings, planned, minimum)
