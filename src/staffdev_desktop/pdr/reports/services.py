"""What is done with several needs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Need
from staffdev_desktop.pdr.rules import SETTLED_NEEDS
from staffdev_desktop.pdr.services.needs import move_need


@dataclass(frozen=True)
class Booking:
    """A course that several people go on: who arranged it, the day, the term, what it costs each (pence)."""

    who: str = ""
    by_when: date | None = None
    term: str = ""
    cost: int | None = None


@needs(Permission.RUN_CYCLE)
def book_needs(session: Session, actor: Actor, *, chosen: Sequence[tuple[int, int]], booking: Booking) -> int:
    """Mark several needs as booked in one go, with one undo. `chosen` are ids and revisions. Returns how many.

    What the booking leaves empty stays as each need has it. Raises UserError (nothing chosen, one is settled), Conflict.
    """
    if not chosen:
        raise UserError("Tick at least one need.", field="chosen")
    for need_id, revision in chosen:
        need = session.get_one(Need, need_id)
        if need.state in SETTLED_NEEDS:
            raise UserError(f"‘{need.need}’ is {need.state} already. Take its tick away.", field="chosen")
        move_need(
            session,
            actor,
            need_id=need_id,
            revision=revision,
            state="booked",
            who=booking.who or need.who,
            by_when=booking.by_when or need.by_when,
            cost=need.cost if booking.cost is None else booking.cost,
            term=booking.term or need.term,
        )
    return len(chosen)
