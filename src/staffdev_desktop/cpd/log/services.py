"""Writes: entries of the log, their files, the kinds of activity."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.cpd.log.rows import EntryDetails, KindDetails
from staffdev_desktop.cpd.log.rules import FIRST_KINDS, check_day_total, check_details, check_employed, check_kinds, repeats
from staffdev_desktop.cpd.log.scope import visible_by_id, visible_person
from staffdev_desktop.cpd.models.ledger import UncountedKind
from staffdev_desktop.cpd.models.log import CpdKind, CpdRequest, CpdSettings, Entry, EntryEvidence
from staffdev_desktop.cpd.models.offer import DirectoryItem
from staffdev_desktop.cpd.models.programmes import CpdSession
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Employment, Person
from staffdev_desktop.staff.rules import person_name

_WORDS = ("activity", "provider", "who_pays", "fee_share", "learnt", "changed", "impact", "colleagues", "barriers", "priority")
_FIELDS = tuple(field.name for field in fields(EntryDetails))
File = tuple[str, bytes]  # a name and its content
Line = tuple[Person, EntryDetails]


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """What a school’s log begins with; does nothing where it was begun."""
    if session.execute(select(func.count()).select_from(CpdSettings)).scalar():
        return
    session.add(CpdSettings())
    for position, (name, counts, asks_impact) in enumerate(FIRST_KINDS):
        session.add(CpdKind(name=name, position=position, counts=counts, asks_impact=asks_impact))
    session.flush()


@needs(Permission.KEEP_CPD)
def add_entry(session: Session, actor: Actor, *, person_id: int, details: EntryDetails, files: Sequence[File] = ()) -> int:
    """Write a line into somebody’s log. Returns its id. Raises UserError."""
    entry = write_entry(session, actor, visible_person(session, actor, person_id), details)
    _attach(session, entry.id, files)
    return entry.id


@needs(Permission.KEEP_CPD)
def add_for_many(session: Session, actor: Actor, *, person_ids: Sequence[int], details: EntryDetails) -> tuple[int, ...]:
    """The same day of training for several people, all or none. Links to one person’s target, need or area are left out.

    Returns the ids. Raises UserError, which names the person it is about.
    """
    if not person_ids:
        raise UserError("Tick who was there.", field="person_ids")
    shared = replace(details, target_id=None, need_id=None, area_id=None)
    people = visible_by_id(session, actor, person_ids)
    return tuple(entry.id for entry in write_entries(session, actor, [(people[each], shared) for each in dict.fromkeys(person_ids)]))


@needs(Permission.KEEP_CPD)
def add_repeated(
    session: Session, actor: Actor, *, person_id: int, details: EntryDetails, every: str, until: date, files: Sequence[File] = ()
) -> tuple[int, ...]:
    """The same thing each week, fortnight or month up to a day, without the days on which school was closed.

    Files go to the first. Returns the ids. Raises UserError.
    """
    if until < details.done_on:
        raise UserError("Stop on a later day than the first.", field="until")
    if until > clock.today():
        raise UserError("An entry is for what has taken place: stop at today or before.", field="until")
    calendar = settings.calendar(session, actor)
    days = repeats(details.done_on, every, until, calendar.terms, calendar.closures)
    person = visible_person(session, actor, person_id)
    found = write_entries(session, actor, [(person, replace(details, done_on=day)) for day in days])
    _attach(session, found[0].id, files)
    return tuple(entry.id for entry in found)


@needs(Permission.KEEP_CPD)
def change_entry(
    session: Session, actor: Actor, *, entry_id: int, revision: int, details: EntryDetails, files: Sequence[File] = (),
    without: Sequence[int] = (),
) -> None:  # fmt: skip
    """Change a line of the log, add files and take some away (`without` has their ids). A check of what it said before lapses.

    Raises UserError, Conflict.
    """
    entry = seen_entry(session, actor, entry_id)
    if entry.revision != revision:
        raise Conflict
    _check(session, [(visible_person(session, actor, entry.person_id), details)], besides=entry.id)
    _set(entry, details)
    for check in session.execute(select(EntryCheck).where(EntryCheck.entry_id == entry_id, EntryCheck.lapsed.is_(False))).scalars():
        check.lapsed = True
    for row in session.execute(select(EntryEvidence).where(EntryEvidence.entry_id == entry_id, EntryEvidence.id.in_(without))).scalars():
        session.delete(row)
    _attach(session, entry_id, files)


@needs(Permission.KEEP_CPD)
def remove_entries(session: Session, actor: Actor, *, entry_ids: Sequence[int]) -> None:
    """Take lines out of the log, with their checks and the links to their files. Raises UserError."""
    for entry_id in entry_ids:
        entry = seen_entry(session, actor, entry_id)
        for model in (EntryEvidence, EntryCheck):
            for row in session.execute(select(model).where(model.entry_id == entry_id)).scalars():
                session.delete(row)
        session.flush()
        session.delete(entry)


@needs(Permission.KEEP_CPD)
def attach(session: Session, actor: Actor, *, entry_id: int, files: Sequence[File]) -> None:
    """Keep files as evidence of an entry. Raises UserError."""
    seen_entry(session, actor, entry_id)
    _attach(session, entry_id, files)


# -- kinds --------------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def set_kinds(session: Session, actor: Actor, *, kinds: Sequence[KindDetails]) -> None:
    """Write the school’s list of kinds in this order. One that is left out goes, unless something has it: then UserError."""
    check_kinds(kinds)
    known = {row.id: row for row in session.execute(select(CpdKind)).scalars()}
    kept = {kind.id for kind in kinds}
    for kind_id, row in known.items():
        if kind_id not in kept:
            if is_used(session, kind_id):
                raise UserError(f"‘{row.name}’ is used already. Untick ‘In use’ instead of removing it.", field="kinds")
            session.delete(row)
    for row in known.values():
        if row.id in kept and row.name != next(kind.name.strip() for kind in kinds if kind.id == row.id):
            row.name = f"{row.name} ({row.id})"  # two kinds may change names with each other
    session.flush()
    for position, kind in enumerate(kinds):
        found = known.get(kind.id or 0)
        if found is None:
            found = CpdKind(name=kind.name.strip())
            session.add(found)
        found.name, found.position = kind.name.strip(), position
        found.counts, found.asks_impact, found.in_use = kind.counts, kind.asks_impact, kind.in_use
    session.flush()


def is_used(session: Session, kind_id: int) -> bool:
    """Whether an entry, a request, a session, something offered or an entitlement names this kind."""
    return any(
        session.execute(select(model.id).where(model.kind_id == kind_id).limit(1)).scalar() is not None
        for model in (Entry, CpdRequest, CpdSession, DirectoryItem, UncountedKind)
    )


# -- shared with the rooms above ----------------------------------------------------------------------------------------------


def write_entry(session: Session, actor: Actor, person: Person, details: EntryDetails, **links: int | None) -> Entry:
    """A line for a person who was looked up already; `links` are columns such as `session_id`. Raises UserError."""
    return write_entries(session, actor, [(person, details)], **links)[0]


def write_entries(session: Session, actor: Actor, lines: Sequence[Line], **links: int | None) -> list[Entry]:
    """Several lines at once, checked together: all of them or, with a UserError, none."""
    _check(session, lines)
    found = []
    for person, details in lines:
        entry = Entry(person_id=person.id, made_at=clock.now(), made_by=actor.name, **links)
        _set(entry, details)
        found.append(entry)
    session.add_all(found)
    session.flush()
    return found


def seen_entry(session: Session, actor: Actor, entry_id: int) -> Entry:
    """An entry that the actor may see. Raises UserError if it is not there any more."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise UserError("This entry is not there any more.")
    visible_person(session, actor, entry.person_id)
    return entry


def _check(session: Session, lines: Sequence[Line], besides: int | None = None) -> None:
    today = clock.today()
    ids, days = {person.id for person, _ in lines}, [details.done_on for _, details in lines]
    periods: dict[int, list[tuple[date | None, date | None]]] = {}
    wanted = select(Employment.person_id, Employment.starts_on, Employment.ends_on).where(Employment.person_id.in_(ids))
    for person_id, begins, ends in session.execute(wanted):
        periods.setdefault(person_id, []).append((begins, ends))
    totals = _day_totals(session, ids, min(days, default=today), max(days, default=today), besides)
    kinds = {None, *session.execute(select(CpdKind.id)).scalars()}
    for person, details in lines:
        check_details(details, today)
        if details.kind_id not in kinds:  # somebody changed the list while the form was open
            raise UserError("This kind is not on the school’s list any more. Choose another.", field="kind_id")
        name = person_name(person.forename, person.surname, person.known_as)
        check_employed(name, details.done_on, periods.get(person.id, ()))
        total = totals[person.id, details.done_on] = totals.get((person.id, details.done_on), 0) + details.minutes
        check_day_total(name, details.done_on, total)


def _day_totals(session: Session, ids: set[int], first: date, last: date, besides: int | None) -> dict[tuple[int, date], int]:
    wanted = select(Entry.person_id, Entry.done_on, func.sum(Entry.minutes)).group_by(Entry.person_id, Entry.done_on)
    wanted = wanted.where(Entry.person_id.in_(ids), Entry.done_on.between(first, last))
    if besides is not None:
        wanted = wanted.where(Entry.id != besides)
    return {(person_id, day): minutes for person_id, day, minutes in session.execute(wanted)}


def _set(entry: Entry, details: EntryDetails) -> None:
    for key in _FIELDS:
        value = getattr(details, key)
        setattr(entry, key, value.strip() if key in _WORDS else value)


def _attach(session: Session, entry_id: int, files: Iterable[File]) -> None:
    for name, content in files:
        kept = keep(session, name=name, content=content)
        session.add(EntryEvidence(entry_id=entry_id, name=name, sha256=kept.sha256))
    session.flush()
