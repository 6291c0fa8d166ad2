"""What an entry can name: targets and needs of reviews, diagnostic areas, priorities. These carry no mark."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission
from staffdev_desktop.cpd.log.rows import LinkChoice, Links
from staffdev_desktop.cpd.models.diagnostic import DiagnosticArea, DiagnosticSet, DiagnosticSetGroup
from staffdev_desktop.kernel.years import year_label, year_of
from staffdev_desktop.pdr.models import Cycle, Need, Review, Target
from staffdev_desktop.pdr.queries.scope import visible
from staffdev_desktop.settings.models import Priority
from staffdev_desktop.staff.models import Person


def links_of(session: Session, actor: Actor, person: Person, year: int) -> Links:
    """Everything for one person: agreed targets and needs as far as the actor may see their reviews."""
    may_see = actor.may(Permission.SEE_REVIEWS)
    return Links(
        targets=_targets(session, actor, person.id) if may_see else (),
        needs=_needs(session, actor, person.id) if may_see else (),
        areas=_areas(session, person),
        priorities=_priorities(session, year),
    )


def _targets(session: Session, actor: Actor, person_id: int) -> tuple[LinkChoice, ...]:
    """Agreed ones only: what is still being written is nobody’s aim yet. Either review of a target opens it (pdr.queries.targets)."""
    found = (
        select(Target)
        .where(Target.person_id == person_id, Target.agreed_on.is_not(None), _opened(actor))
        .order_by(Target.agreed_on.desc(), Target.position, Target.id)
    )
    return tuple(
        LinkChoice(row.id, f"Target {row.position + 1}, {year_label(year_of(row.agreed_on))}: {row.target}")
        for row in session.execute(found).scalars()
        if row.agreed_on is not None
    )


def _opened(actor: Actor) -> ColumnElement[bool]:
    if actor.sees_all_reviews:
        return true()
    seen = select(Review.id).where(visible(actor))
    return Target.review_id.in_(seen) | Target.judged_in_id.in_(seen)


def _needs(session: Session, actor: Actor, person_id: int) -> tuple[LinkChoice, ...]:
    found = (
        select(Need.id, Need.need, Cycle.year)
        .join(Review, Review.id == Need.review_id)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .where(Review.person_id == person_id, Review.agreed_at.is_not(None), Need.state != "declined", visible(actor))
        .order_by(Cycle.year.desc(), Need.position, Need.id)
    )
    return tuple(LinkChoice(need_id, f"Need, {year_label(year)}: {words}") for need_id, words, year in session.execute(found))


def _areas(session: Session, person: Person) -> tuple[LinkChoice, ...]:
    """Those of the person’s own list; all lists where the staff group has none."""
    wanted = (
        select(DiagnosticArea)
        .join(DiagnosticSet, DiagnosticSet.id == DiagnosticArea.set_id)
        .where(DiagnosticArea.in_use, DiagnosticSet.in_use)
        .order_by(DiagnosticSet.position, DiagnosticArea.position, DiagnosticArea.id)
    )
    own = select(DiagnosticSetGroup.set_id).where(DiagnosticSetGroup.staff_group_id == person.staff_group_id)
    theirs = session.execute(wanted.where(DiagnosticArea.set_id.in_(own))).scalars().all() or session.execute(wanted).scalars().all()
    return tuple(LinkChoice(area.id, f"Area: {area.title}") for area in theirs)


def _priorities(session: Session, year: int) -> tuple[LinkChoice, ...]:
    found = select(Priority.text).where(Priority.year == year).order_by(Priority.position)
    return tuple(LinkChoice(text, f"Priority: {text}") for text in session.execute(found).scalars())
