"""Writes: entries of the log, their files, the kinds of activity."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import FIRST_KINDS, check_day_total, check_details, check_employed
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.models.log import CpdKind, CpdSettings, Entry, EntryEvidence
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.staff.models import Employment, Person
from staffdev_desktop.staff.rules import person_name

_WORDS = ("activity", "provider", "who_pays", "fee_share", "learnt", "changed", "impact", "colleagues", "barriers", "priority")
File = tuple[str, bytes]  # a name and its content


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
    shared = replace(details, target_id=None, need_id=None)
    people = [visible_person(session, actor, person_id) for person_id in dict.fromkeys(person_ids)]
    return tuple(write_entry(session, actor, person, shared).id for person in people)


@needs(Permission.KEEP_CPD)
def change_entry(session: Session, actor: Actor, *, entry_id: int, revision: int, details: EntryDetails) -> None:
    """Change a line of the log. A check of what it said before lapses. Raises UserError, Conflict."""
    entry = seen_entry(session, actor, entry_id)
    if entry.revision != revision:
        raise Conflict
    _check(session, visible_person(session, actor, entry.person_id), details, besides=entry.id)
    _set(entry, details)
    for check in session.execute(select(EntryCheck).where(EntryCheck.entry_id == entry_id, EntryCheck.lapsed.is_(False))).scalars():
        check.lapsed = True


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


@needs(Permission.KEEP_CPD)
def detach(session: Session, actor: Actor, *, evidence_id: int) -> None:
    """Take a file away from its entry."""
    row = session.get(EntryEvidence, evidence_id)
    if row is not None:
        seen_entry(session, actor, row.entry_id)
        session.delete(row)


# -- shared with the rooms above ----------------------------------------------------------------------------------------------


def write_entry(session: Session, actor: Actor, person: Person, details: EntryDetails, **links: int | None) -> Entry:
    """A line for a person who was looked up already; `links` are columns such as `session_id`. Raises UserError."""
    _check(session, person, details)
    entry = Entry(person_id=person.id, made_at=clock.now(), made_by=actor.name, **links)
    _set(entry, details)
    session.add(entry)
    session.flush()
    return entry


def seen_entry(session: Session, actor: Actor, entry_id: int) -> Entry:
    """An entry that the actor may see. Raises UserError if it is not there any more."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise UserError("This entry is not there any more.")
    visible_person(session, actor, entry.person_id)
    return entry


def _check(session: Session, person: Person, details: EntryDetails, besides: int | None = None) -> None:
    check_details(details, clock.today())
    name = person_name(person.forename, person.surname, person.known_as)
    periods = session.execute(select(Employment.starts_on, Employment.ends_on).where(Employment.person_id == person.id)).all()
    check_employed(name, details.done_on, periods)
    same_day = select(func.coalesce(func.sum(Entry.minutes), 0)).where(Entry.person_id == person.id, Entry.done_on == details.done_on)
    if besides is not None:
        same_day = same_day.where(Entry.id != besides)
    check_day_total(name, details.done_on, session.execute(same_day).scalar_one() + details.minutes)


def _set(entry: Entry, details: EntryDetails) -> None:
    for key, value in asdict(details).items():
        setattr(entry, key, value.strip() if key in _WORDS else value)


def _attach(session: Session, entry_id: int, files: Iterable[File]) -> None:
    for name, content in files:
        kept = keep(session, name=name, content=content)
        session.add(EntryEvidence(entry_id=entry_id, name=name, sha256=kept.sha256))
    session.flush()
