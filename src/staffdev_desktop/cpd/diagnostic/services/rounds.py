"""Writes: rounds and who is in them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.queries.rounds import round_plan
from staffdev_desktop.cpd.diagnostic.reading import GONE, the_round
from staffdev_desktop.cpd.diagnostic.rows import RoundDetails
from staffdev_desktop.cpd.diagnostic.rules import check_round
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.models.diagnostic import AgreedCpd, Diagnostic, DiagnosticRating, DiagnosticRound
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.staff.reading import names_by_id

CLOSED = "This round is closed. Open it again to write in it."


@needs(Permission.RUN_CPD)
def start_round(session: Session, actor: Actor, *, details: RoundDetails, person_ids: Sequence[int]) -> int:
    """Start a round with these people, each with the set of their staff group and their line manager of today. Returns its id.

    Raises UserError: a name that is taken, nobody ticked, somebody without a set.
    """
    check_round(details)
    name = _free_name(session, details.name, None)
    row = DiagnosticRound(name=name, year=year_of(details.opens_on), opens_on=details.opens_on, deadline=details.deadline)
    session.add(row)
    session.flush()
    _add(session, actor, row.id, person_ids)
    return row.id


@needs(Permission.RUN_CPD)
def change_round(session: Session, actor: Actor, *, round_id: int, revision: int, details: RoundDetails) -> None:
    """Change a round’s name or days. Raises UserError, Conflict."""
    check_round(details)
    row = the_round(session, round_id)
    if row.revision != revision:
        raise Conflict
    row.name = _free_name(session, details.name, round_id)
    row.year, row.opens_on, row.deadline = year_of(details.opens_on), details.opens_on, details.deadline


@needs(Permission.RUN_CPD)
def close_round(session: Session, actor: Actor, *, round_id: int, revision: int) -> None:
    """End a round: nothing more is written in it, and nobody is chased. Raises UserError, Conflict."""
    row = the_round(session, round_id)
    if row.revision != revision:
        raise Conflict
    row.closed_on = clock.today()


@needs(Permission.RUN_CPD)
def reopen_round(session: Session, actor: Actor, *, round_id: int, revision: int) -> None:
    """Open a closed round again. Raises UserError, Conflict."""
    row = the_round(session, round_id)
    if row.revision != revision:
        raise Conflict
    row.closed_on = None


@needs(Permission.RUN_CPD)
def remove_round(session: Session, actor: Actor, *, round_id: int) -> None:
    """Take away a round in which nothing was written yet. Raises UserError."""
    row = the_round(session, round_id)
    inside = list(session.execute(select(Diagnostic).where(Diagnostic.round_id == round_id)).scalars())
    for each in inside:
        _require_empty(session, each)
        session.delete(each)
    session.flush()
    session.delete(row)


@needs(Permission.RUN_CPD)
def add_people(session: Session, actor: Actor, *, round_id: int, person_ids: Sequence[int]) -> int:
    """Put more people into a round. Returns how many. Raises UserError."""
    row = the_round(session, round_id)
    if row.closed_on is not None:
        raise UserError(CLOSED)
    return _add(session, actor, round_id, person_ids)


@needs(Permission.RUN_CPD)
def take_out(session: Session, actor: Actor, *, diagnostic_ids: Sequence[int]) -> None:
    """Take people out of a round, as long as nothing is written about them in it. Raises UserError, which names who it is about."""
    for diagnostic_id in diagnostic_ids:
        row = seen_diagnostic(session, actor, diagnostic_id)
        _require_empty(session, row)
        session.delete(row)


@needs(Permission.RUN_CPD)
def set_manager(session: Session, actor: Actor, *, diagnostic_ids: Sequence[int], manager_id: int | None) -> None:
    """Say who rates these people in their round. Raises UserError if that is somebody themselves."""
    for diagnostic_id in diagnostic_ids:
        row = writable(session, actor, diagnostic_id)
        if manager_id == row.person_id:
            raise UserError("Nobody rates themselves as the line manager. Choose somebody else.", field="manager_id")
        row.manager_id = manager_id


@needs(Permission.KEEP_CPD)
def sheets_out(session: Session, actor: Actor, *, diagnostic_ids: Sequence[int]) -> None:
    """Note that sheets were printed or sent today; those that were out already keep their day."""
    for diagnostic_id in diagnostic_ids:
        row = writable(session, actor, diagnostic_id)
        row.sheet_out_on = row.sheet_out_on or clock.today()


# -- shared with the other writes ---------------------------------------------------------------------------------------------


def seen_diagnostic(session: Session, actor: Actor, diagnostic_id: int) -> Diagnostic:
    """A diagnostic of a person whom the actor may see. Raises UserError if it is not there any more."""
    row = session.get(Diagnostic, diagnostic_id)
    if row is None:
        raise UserError(GONE)
    visible_person(session, actor, row.person_id)
    return row


def writable(session: Session, actor: Actor, diagnostic_id: int) -> Diagnostic:
    """The same in a round that is open. Raises UserError."""
    row = seen_diagnostic(session, actor, diagnostic_id)
    if the_round(session, row.round_id).closed_on is not None:
        raise UserError(CLOSED)
    return row


def _add(session: Session, actor: Actor, round_id: int, person_ids: Sequence[int]) -> int:
    if not person_ids:
        raise UserError("Tick who is in this round.", field="person_ids")
    plan = {row.person_id: row for row in round_plan(session, actor, round_id=round_id)}
    for person_id in dict.fromkeys(person_ids):
        row = plan.get(person_id)
        if row is None:
            raise UserError("Somebody ticked is in the round already, or is not with the school any more.", field="person_ids")
        if row.set_id is None:
            raise UserError(f"{row.name}: {row.trouble.lower()}. Choose the staff groups of a set in Areas.", field="person_ids")
        session.add(Diagnostic(round_id=round_id, person_id=person_id, set_id=row.set_id, manager_id=row.manager_id))
    session.flush()
    return len(set(person_ids))


def _free_name(session: Session, name: str, round_id: int | None) -> str:
    wanted = name.strip()
    same = session.execute(select(DiagnosticRound).where(func.lower(DiagnosticRound.name) == wanted.lower())).scalar()
    if same is not None and same.id != round_id:
        raise UserError(f"There is a round called ‘{same.name}’ already.", field="name")
    return wanted


def _require_empty(session: Session, row: Diagnostic) -> None:
    uses = (DiagnosticRating.diagnostic_id, AgreedCpd.diagnostic_id)
    if any(session.execute(select(func.count()).where(column == row.id)).scalar() for column in uses):
        name = names_by_id(session, [row.person_id])[row.person_id]
        raise UserError(f"{name} has ratings in this round. They stay.")
