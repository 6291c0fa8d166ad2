"""Writes: what staff groups are entitled to, and long absences."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.ledger.rows import AbsenceRow, EntitlementDetails
from staffdev_desktop.cpd.ledger.rules import FIRST_GROUPS, FIRST_TERM, FIRST_YEAR, check_absences, check_entitlement
from staffdev_desktop.cpd.log.scope import is_self, visible_person
from staffdev_desktop.cpd.models.ledger import Absence, Entitlement, UncountedKind
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.settings.models import StaffGroup


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """What a school’s ledger begins with: 12 hours a year and 4 a term for teachers and teaching assistants, the others off."""
    if session.execute(select(func.count()).select_from(Entitlement)).scalar():
        return
    first = year_of(clock.today())
    for group in session.execute(select(StaffGroup).where(StaffGroup.name.in_(FIRST_GROUPS)).order_by(StaffGroup.position)).scalars():
        session.add(Entitlement(staff_group_id=group.id, from_year=first, minutes_a_year=FIRST_YEAR, minutes_a_term=FIRST_TERM))
    session.flush()


@needs(Permission.RUN_CPD)
def set_entitlement(
    session: Session, actor: Actor, *, group_id: int, from_year: int, details: EntitlementDetails, revision: int | None = None
) -> None:
    """What a staff group is entitled to from an academic year on; the years before keep what held in them.

    `revision` is that of the entitlement that was seen, if it began in this year too. Raises UserError, Conflict.
    """
    check_entitlement(details)
    if session.get(StaffGroup, group_id) is None:
        raise UserError("This staff group is not there any more.", field="group_id")
    wanted = select(Entitlement).where(Entitlement.staff_group_id == group_id, Entitlement.from_year == from_year)
    row = session.execute(wanted).scalar()
    if row is None:
        row = Entitlement(staff_group_id=group_id, from_year=from_year)
        session.add(row)
    elif revision is not None and row.revision != revision:
        raise Conflict
    row.minutes_a_year, row.minutes_a_term = details.minutes_a_year, details.minutes_a_term
    row.pro_rata, row.carry_over = details.pro_rata, details.carry_over
    session.flush()
    _set_uncounted(session, row.id, details.uncounted)


def _set_uncounted(session: Session, entitlement_id: int, kind_ids: Iterable[int]) -> None:
    wanted = set(kind_ids)
    for row in session.execute(select(UncountedKind).where(UncountedKind.entitlement_id == entitlement_id)).scalars():
        if row.kind_id in wanted:
            wanted.discard(row.kind_id)
        else:
            session.delete(row)
    session.add_all(UncountedKind(entitlement_id=entitlement_id, kind_id=kind_id) for kind_id in sorted(wanted))


@needs(Permission.KEEP_CPD)
def set_absences(session: Session, actor: Actor, *, person_id: int, absences: Sequence[AbsenceRow]) -> None:
    """Write somebody’s long absences; those that are left out go. No reason is kept. Nobody but those who run CPD excuses themselves.

    Raises UserError, Conflict.
    """
    visible_person(session, actor, person_id)
    if is_self(session, actor, person_id) and not actor.may(Permission.RUN_CPD):
        raise UserError("Ask the school office to write down your own absence.")
    check_absences(absences)
    known = {row.id: row for row in session.execute(select(Absence).where(Absence.person_id == person_id)).scalars()}
    for gone in known.keys() - {each.id for each in absences}:
        session.delete(known[gone])
    for each in absences:
        row = known.get(each.id) if each.id is not None else None
        if row is None:
            session.add(Absence(person_id=person_id, starts_on=each.starts_on, ends_on=each.ends_on))
        elif row.revision != each.revision:
            raise Conflict
        else:
            row.starts_on, row.ends_on = each.starts_on, each.ends_on
