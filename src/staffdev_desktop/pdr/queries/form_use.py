"""Reads: which versions of which forms the running reviews have."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.pdr.models import Cycle, Review


@needs(Permission.RUN_CYCLE)
def running_reviews(session: Session, actor: Actor) -> Mapping[tuple[str, int], int]:
    """How many running reviews have a form in a version: (form id, version) to a count. No words, no names."""
    counted: Counter[tuple[str, int]] = Counter()
    wanted = select(Review.sheet_form, Review.sheet_version, Review.statement_form, Review.statement_version)
    open_ones = wanted.join(Cycle, Cycle.id == Review.cycle_id).where(
        Cycle.closed_on.is_(None), Review.agreed_at.is_(None), Review.exempt.is_(False)
    )
    for sheet, sheet_version, statement, statement_version in session.execute(open_ones):
        counted[sheet, sheet_version] += 1
        counted[statement, statement_version] += 1
    return counted
