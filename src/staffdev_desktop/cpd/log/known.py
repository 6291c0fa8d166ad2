"""Reads everything that the preview of a spreadsheet compares with."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.importing import KnownEntry, KnownLog
from staffdev_desktop.cpd.log.importing_lines import Lists
from staffdev_desktop.cpd.log.importing_people import KnownPerson
from staffdev_desktop.cpd.log.queries import DETAILS, checks_of, kinds, people
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import SETTINGS, STRANDS
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Employment, Person


@needs(Permission.KEEP_CPD)
def known_log(session: Session, actor: Actor) -> KnownLog:
    """Those whose log the actor may write, with everything a sheet is compared with: leavers too, whose entries may still come in."""
    posts = {person.id: person.posts for person in people(session, actor, here_only=False)}
    found = session.execute(
        select(Person.id, Person.forename, Person.surname, Person.known_as, Person.staff_number, Person.email)
        .where(visible_people(actor))
        .order_by(Person.id)
    )
    periods: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for person_id, begins, ends in session.execute(select(Employment.person_id, Employment.starts_on, Employment.ends_on)):
        periods[person_id].append((begins, ends))
    calendar = settings.calendar(session, actor)
    return KnownLog(
        people=tuple(KnownPerson(*row, post=posts.get(row[0], "")) for row in found),
        periods=periods,
        entries=_entries(session, actor),
        kinds=kinds(session, actor),
        lists=Lists(STRANDS, SETTINGS, calendar.terms),
        closures=calendar.closures,
        may_add_kinds=actor.may(Permission.RUN_CPD),
    )


def _entries(session: Session, actor: Actor) -> tuple[KnownEntry, ...]:
    columns = [getattr(Entry, name) for name in DETAILS]
    checked = checks_of(session)
    found = session.execute(
        select(Entry.id, Entry.revision, Entry.person_id, *columns)
        .join(Person, Person.id == Entry.person_id)
        .where(visible_people(actor))
        .order_by(Entry.id)
    )
    return tuple(KnownEntry(row[0], row[1], row[2], EntryDetails(*row[3:]), row[0] in checked) for row in found)
