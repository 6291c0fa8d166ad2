"""Reads that only reports ask for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.reports.rows import Place
from staffdev_desktop.staff.models import Holding, Post


@needs(Permission.RUN_CYCLE)
def places(session: Session, actor: Actor) -> tuple[Place, ...]:
    """Where everybody works today: the sites of their posts, the main one first; left out where no site is entered."""
    today = clock.today()
    held = select(Holding.person_id, Post.site).join(Post, Post.id == Holding.post_id).where(Post.site != "")
    held = held.where((Holding.ends_on.is_(None)) | (Holding.ends_on >= today))
    held = held.where((Holding.starts_on.is_(None)) | (Holding.starts_on <= today))
    sites: dict[int, list[str]] = {}
    for person_id, site in session.execute(held.order_by(Holding.position, Holding.id)):
        sites.setdefault(person_id, []).append(site)
    return tuple(Place(person_id, ", ".join(dict.fromkeys(each))) for person_id, each in sites.items())
