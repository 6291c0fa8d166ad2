"""Jobs that touch every room of CPD."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.services import sets as diagnostic
from staffdev_desktop.cpd.ledger import services as ledger
from staffdev_desktop.cpd.log import services as log
from staffdev_desktop.cpd.models.diagnostic import DiagnosticSetGroup
from staffdev_desktop.cpd.models.ledger import Entitlement, UncountedKind
from staffdev_desktop.cpd.models.training import TrainingFor
from staffdev_desktop.cpd.offer import services as offer
from staffdev_desktop.cpd.programmes.enrolments import services as programmes
from staffdev_desktop.cpd.quality import services as quality
from staffdev_desktop.cpd.training import services as training
from staffdev_desktop.settings import services as settings
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.settings.rows import GroupDetails


@needs(Permission.RUN_CPD, undoable=False)
def begin_cpd(session: Session, actor: Actor) -> None:
    """Write what the CPD of a school begins with: kinds, hours owed, diagnostic areas, required training, programmes, the offer.

    Each room does nothing where it was begun before, so this may be called whenever the tab is opened for the first time.
    """
    for room in (log, ledger, programmes, diagnostic, training, offer, quality):
        room.begin(session, actor)


@needs(Permission.CHANGE_SETTINGS)
def set_staff_groups(session: Session, actor: Actor, *, groups: Sequence[GroupDetails]) -> None:
    """Put the staff groups in this order; with a group that is left out go its hours owed, its areas and the training required of it.

    Raises UserError as `settings.services.set_staff_groups` does; then everything stays.
    """
    kept = {group.id for group in groups}
    gone = [group_id for group_id in session.execute(select(StaffGroup.id)).scalars() if group_id not in kept]
    owed = select(Entitlement.id).where(Entitlement.staff_group_id.in_(gone))
    for kind in session.execute(select(UncountedKind).where(UncountedKind.entitlement_id.in_(owed))).scalars():
        session.delete(kind)
    session.flush()
    for model in (Entitlement, DiagnosticSetGroup, TrainingFor):
        for row in session.execute(select(model).where(model.staff_group_id.in_(gone))).scalars():
            session.delete(row)
    session.flush()
    settings.set_staff_groups(session, actor, groups=groups)
