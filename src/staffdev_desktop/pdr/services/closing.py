"""Close a cycle, and say how a person is reviewed from now on."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.pdr.kinds import KINDS
from staffdev_desktop.pdr.models import Cycle, ReviewStanding
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rules import EXEMPTIONS, unfinished

NAMES_SHOWN = 3


@needs(Permission.RUN_CYCLE)
def close_cycle(session: Session, actor: Actor, *, cycle_id: int, revision: int) -> None:
    """Close a cycle in which every review is signed or was taken out with a reason. Raises UserError that names who is left, Conflict."""
    cycle = session.get_one(Cycle, cycle_id)
    if cycle.revision != revision:
        raise Conflict
    left = unfinished(boards.cycle_board(session, actor, cycle_id=cycle_id))
    if left:
        names = [row.name for row in left[:NAMES_SHOWN]]
        rest = [f"{len(left) - NAMES_SHOWN} more"] if len(left) > NAMES_SHOWN else []
        who = listed([*names, *rest])
        raise UserError(f"{count_of(len(left), 'review')} not finished: {who}. Finish each, or take it out of the cycle with a reason.")
    cycle.closed_on = clock.today()


@needs(Permission.RUN_CYCLE)
def open_cycle_again(session: Session, actor: Actor, *, cycle_id: int, revision: int) -> None:
    """Take the closing of a cycle back. Raises Conflict."""
    cycle = session.get_one(Cycle, cycle_id)
    if cycle.revision != revision:
        raise Conflict
    cycle.closed_on = None


@needs(Permission.SEE_PRIVATE_REASONS)
def set_review_standing(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    revision: int,
    kind: str,
    exempt: str,
    exempt_until: date | None,
    trained_reviewer: bool,
) -> None:
    """How a person is reviewed: another kind than the staff group's, exempt by rule, trained as a reviewer. Raises UserError, Conflict."""
    row = session.execute(select(ReviewStanding).where(ReviewStanding.person_id == person_id)).scalar()
    if (row.revision if row else 0) != revision:
        raise Conflict
    if kind and kind not in KINDS:
        raise UserError("Choose a kind of review.", field="kind")
    if exempt and exempt not in EXEMPTIONS:
        raise UserError("Choose why they are not in a cycle.", field="exempt")
    if row is None:
        row = ReviewStanding(person_id=person_id)
        session.add(row)
    row.kind, row.exempt, row.trained_reviewer = kind, exempt, trained_reviewer
    row.exempt_until = exempt_until if exempt else None
