"""The CPD of the practice school: what each room has in it, in the order in which they build on each other."""

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.practice.cpd_diagnostic import add_diagnostic
from staffdev_desktop.practice.cpd_groups import fill_groups
from staffdev_desktop.practice.cpd_log import write_log
from staffdev_desktop.practice.cpd_offer import fill_offer
from staffdev_desktop.practice.cpd_programmes import write_programmes
from staffdev_desktop.practice.cpd_quality import write_hours_owed, write_quality
from staffdev_desktop.practice.cpd_training import write_training


def write_cpd(session: Session, actor: Actor, *, years: int, seed: int) -> None:
    """Write all of it, through the services that the screens call. Each room has a chance of its own: a new one moves no other."""
    begin_cpd(session, actor)
    write_hours_owed(session, actor, years=years)
    write_log(session, actor, years=years, seed=seed)
    write_programmes(session, actor, seed=seed)
    this_year = year_of(clock.today())
    fill_groups(session, actor, this_year=this_year, first_year=this_year - years + 1)
    add_diagnostic(session, actor, seed=seed)
    write_training(session, actor, seed=seed)
    fill_offer(session, actor)
    write_quality(session, actor, seed=seed)
