"""Reads: the sets of areas, the rounds, who would be in one, the board, whom to chase."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.reading import board_rows, round_details, seen_people, the_round
from staffdev_desktop.cpd.diagnostic.rows import AreaRow, BoardRow, Chase, PlanRow, RoundRow, SetRow
from staffdev_desktop.cpd.diagnostic.rules import NOBODY, chase_list
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.models.diagnostic import (
    Diagnostic,
    DiagnosticArea,
    DiagnosticRound,
    DiagnosticSet,
    DiagnosticSetGroup,
)
from staffdev_desktop.kernel import clock
from staffdev_desktop.staff.reading import names_by_id

STAFF_KINDS = ("employee", "trainee", "agency worker")  # volunteers and governors are not rated


@needs(Permission.SEE_CPD)
def diagnostic_sets(session: Session, actor: Actor, *, in_use_only: bool = True) -> tuple[SetRow, ...]:
    """The sets of areas in the school’s order, with all their areas, out of use too."""
    groups: dict[int, list[int]] = {}
    for set_id, group_id in session.execute(select(DiagnosticSetGroup.set_id, DiagnosticSetGroup.staff_group_id)):
        groups.setdefault(set_id, []).append(group_id)
    areas: dict[int, list[AreaRow]] = {}
    for area in session.execute(select(DiagnosticArea).order_by(DiagnosticArea.position, DiagnosticArea.id)).scalars():
        areas.setdefault(area.set_id, []).append(AreaRow(area.id, area.revision, area.set_id, area.title, area.hint, area.in_use))
    found = session.execute(select(DiagnosticSet).order_by(DiagnosticSet.position, DiagnosticSet.id)).scalars()
    return tuple(
        SetRow(row.id, row.revision, row.name, row.in_use, tuple(groups.get(row.id, ())), tuple(areas.get(row.id, ())))
        for row in found
        if row.in_use or not in_use_only
    )


@needs(Permission.SEE_CPD)
def rounds(session: Session, actor: Actor) -> tuple[RoundRow, ...]:
    """All rounds, the newest first; people are counted who are the actor’s to see."""
    seen = seen_people(session, actor)
    people: Counter[int] = Counter()
    agreed: Counter[int] = Counter()
    for round_id, person_id, agreed_on in session.execute(select(Diagnostic.round_id, Diagnostic.person_id, Diagnostic.agreed_on)):
        if person_id in seen:
            people[round_id] += 1
            agreed[round_id] += agreed_on is not None
    found = session.execute(select(DiagnosticRound).order_by(DiagnosticRound.opens_on.desc(), DiagnosticRound.id.desc())).scalars()
    return tuple(
        RoundRow(row.id, row.revision, round_details(row), row.year, row.closed_on, people[row.id], agreed[row.id]) for row in found
    )


@needs(Permission.RUN_CPD)
def round_plan(session: Session, actor: Actor, *, round_id: int | None = None) -> tuple[PlanRow, ...]:
    """Everybody on roll who could be in a round, by surname, and what is missing for them; without those in `round_id` already."""
    sets = diagnostic_sets(session, actor)
    by_group = {group_id: each for each in sets for group_id in each.group_ids}
    names = names_by_id(session)
    inside = set(session.execute(select(Diagnostic.person_id).where(Diagnostic.round_id == round_id)).scalars())
    found = []
    for person in log.people(session, actor):
        if person.kind not in STAFF_KINDS or person.id in inside:
            continue
        its_set = by_group.get(person.group_id or 0)
        manager_id = person.manager_ids[0] if person.manager_ids else None
        trouble = ""
        if its_set is None:
            trouble = "No set of areas" if person.group else "No staff group"
        elif manager_id is None:
            trouble = NOBODY
        found.append(
            PlanRow(
                person_id=person.id,
                name=person.name,
                group_id=person.group_id,
                group=person.group,
                set_id=its_set.id if its_set else None,
                set_name=its_set.name if its_set else "",
                manager_id=manager_id,
                manager=names.get(manager_id or 0, ""),
                trouble=trouble,
            )
        )
    return tuple(found)


@needs(Permission.SEE_CPD)
def board(session: Session, actor: Actor, *, round_id: int) -> tuple[BoardRow, ...]:
    """Who is in a round and how far they are, by surname. Raises UserError if the round is gone."""
    the_round(session, round_id)
    rows = session.execute(select(Diagnostic).where(Diagnostic.round_id == round_id)).scalars()
    return board_rows(session, seen_people(session, actor), rows)


@needs(Permission.SEE_CPD)
def chases(session: Session, actor: Actor, *, round_id: int) -> tuple[Chase, ...]:
    """Whom to remind of what in a round; nobody once it is closed. Raises UserError if the round is gone."""
    row = the_round(session, round_id)
    if row.closed_on is not None:
        return ()
    return chase_list(board(session, actor, round_id=round_id), row.deadline, clock.today())
