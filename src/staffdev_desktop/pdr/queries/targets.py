"""Whose targets an actor may see: a target is agreed in one review and judged in the next, and either opens it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Review, Target
from staffdev_desktop.pdr.queries.scope import visible, words_may_be_seen


def may_see_target(session: Session, actor: Actor, target: Target) -> bool:
    """Whether the review in which it was agreed, or the one that judges it, shows it to this actor.

    Where it was agreed in a review, whoever is reviewed sees it only once that one is agreed (DESIGN section 4).
    """
    homes = [home for home in (target.review_id, target.judged_in_id) if home is not None]
    seen = {review.id: review for review in session.execute(select(Review).where(Review.id.in_(homes), visible(actor))).scalars()}
    agreed_in = seen.get(target.review_id or 0)
    if agreed_in is not None and not words_may_be_seen(session, actor, agreed_in):
        return False
    return bool(seen)


def seen_target(session: Session, actor: Actor, target_id: int) -> Target:
    """A target that the actor may see. Raises UserError if there is none."""
    target = session.get(Target, target_id)
    if target is None or not may_see_target(session, actor, target):
        raise UserError("That target is not there any more.")
    return target
