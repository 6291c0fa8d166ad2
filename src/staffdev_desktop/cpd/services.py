"""Jobs that touch every room of CPD."""

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.services import sets as diagnostic
from staffdev_desktop.cpd.ledger import services as ledger
from staffdev_desktop.cpd.log import services as log
from staffdev_desktop.cpd.offer import services as offer
from staffdev_desktop.cpd.programmes.enrolments import services as programmes
from staffdev_desktop.cpd.quality import services as quality
from staffdev_desktop.cpd.training import services as training


@needs(Permission.RUN_CPD, undoable=False)
def begin_cpd(session: Session, actor: Actor) -> None:
    """Write what the CPD of a school begins with: kinds, hours owed, diagnostic areas, required training, programmes, the offer.

    Each room does nothing where it was begun before, so this may be called whenever the tab is opened for the first time.
    """
    for room in (log, ledger, programmes, diagnostic, training, offer, quality):
        room.begin(session, actor)
