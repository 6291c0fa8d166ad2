"""Reads: the log, its kinds, whom it is about."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.cpd.log.links import links_of
from staffdev_desktop.cpd.log.rows import (
    CheckFacts,
    CpdPerson,
    CpdSettingsRow,
    EntryDetails,
    EntryRow,
    EvidenceRow,
    KindRow,
    Links,
)
from staffdev_desktop.cpd.log.rules import EXTRA_HOURS, same_words, status_of
from staffdev_desktop.cpd.log.scope import visible_people, visible_person
from staffdev_desktop.cpd.models.diagnostic import DiagnosticArea
from staffdev_desktop.cpd.models.log import CpdKind, CpdSettings, Entry, EntryEvidence
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import held_posts, posts_shown, rolls
from staffdev_desktop.staff.rows import Roll
from staffdev_desktop.staff.rules import person_name, sort_key

DETAILS = tuple(EntryDetails.__dataclass_fields__)
_FEW = 500  # entries whose checks and files are asked for by id; of more, all are read


@needs(Permission.SEE_CPD)
def cpd_settings(session: Session, actor: Actor) -> CpdSettingsRow:
    """What holds for the whole school; as a new school has it where nothing was written yet."""
    row = session.execute(select(CpdSettings)).scalar()
    if row is None:
        return CpdSettingsRow(0, impact_after_days=14, research_cap=3, groups_least=2, group_size=3, warn_days=60)
    return CpdSettingsRow(row.revision, row.impact_after_days, row.research_cap, row.groups_least, row.group_size, row.warn_days)


@needs(Permission.SEE_CPD)
def kinds(session: Session, actor: Actor, *, in_use_only: bool = True) -> tuple[KindRow, ...]:
    """The kinds of activity, in the school’s order."""
    found = select(CpdKind).order_by(CpdKind.position, CpdKind.id)
    if in_use_only:
        found = found.where(CpdKind.in_use)
    return tuple(
        KindRow(row.id, row.revision, row.name, row.counts, row.asks_impact, row.in_use) for row in session.execute(found).scalars()
    )


@needs(Permission.SEE_CPD)
def people(session: Session, actor: Actor, *, here_only: bool = True, person_ids: Iterable[int] | None = None) -> tuple[CpdPerson, ...]:
    """Those whose CPD the actor may see, by surname, as they stand today; `person_ids` asks for these alone."""
    today, ids = clock.today(), None if person_ids is None else set(person_ids)
    held, on_roll = held_posts(session, ids), rolls(session, today, ids)
    wanted = (
        select(Person, StaffGroup.name)
        .outerjoin(StaffGroup, StaffGroup.id == Person.staff_group_id)
        .where(visible_people(actor))
    )  # fmt: skip
    if ids is not None:
        wanted = wanted.where(Person.id.in_(ids))
    found = []
    for person, group in session.execute(wanted):
        roll = on_roll.get(person.id, Roll.ON_ROLL)
        if here_only and roll is not Roll.ON_ROLL:
            continue
        shown = posts_shown(held.get(person.id, ()), roll, today)
        found.append(
            CpdPerson(
                id=person.id,
                name=person_name(person.forename, person.surname, person.known_as),
                sort_key=sort_key(person.forename, person.surname),
                posts=", ".join(dict.fromkeys(post.title for post in shown)),
                group_id=person.staff_group_id,
                group=group or "",
                kind=person.kind,
                manager_ids=tuple(dict.fromkeys(post.line_manager_id for post in shown if post.line_manager_id)),
                here=roll is Roll.ON_ROLL,
                staff_number=person.staff_number,
                email=person.email,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.sort_key, each.id)))


@needs(Permission.SEE_CPD)
def person(session: Session, actor: Actor, *, person_id: int) -> CpdPerson:
    """One of them, also who has left. Raises UserError if the actor may not see them, or they are gone."""
    visible_person(session, actor, person_id)
    return people(session, actor, here_only=False, person_ids=[person_id])[0]


@needs(Permission.SEE_CPD)
def entries(
    session: Session,
    actor: Actor,
    *,
    person_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
    entry_ids: Sequence[int] | None = None,
) -> tuple[EntryRow, ...]:
    """The log between two days (both inside), the newest first: of one person, or of everybody whom the actor may see.

    `entry_ids` asks for these alone.
    """
    wanted = visible_entries(actor)
    if person_id is not None:
        wanted = wanted.where(Entry.person_id == person_id)
    if first is not None:
        wanted = wanted.where(Entry.done_on >= first)
    if last is not None:
        wanted = wanted.where(Entry.done_on <= last)
    if entry_ids is not None:
        wanted = wanted.where(Entry.id.in_(entry_ids))
    return entry_rows(session, actor, wanted)


@needs(Permission.SEE_CPD)
def entry(session: Session, actor: Actor, *, entry_id: int) -> EntryRow:
    """One line of the log. Raises UserError if it is not there any more."""
    found = entries(session, actor, entry_ids=[entry_id])
    if not found:
        raise UserError("This entry is not there any more.")
    return found[0]


@needs(Permission.SEE_CPD)
def same_entries(
    session: Session, actor: Actor, *, person_ids: Sequence[int], details: EntryDetails, besides: int | None = None
) -> tuple[EntryRow, ...]:
    """What is in somebody’s log already with the same day, activity and hours: asked about, never refused."""
    wanted = visible_entries(actor).where(
        Entry.person_id.in_(set(person_ids)), Entry.done_on == details.done_on, Entry.minutes == details.minutes
    )  # fmt: skip
    found = entry_rows(session, actor, wanted)
    return tuple(row for row in found if row.id != besides and same_words(row.details.activity, details.activity))


@needs(Permission.SEE_CPD)
def links(session: Session, actor: Actor, *, person_id: int, year: int) -> Links:
    """What the entries of one person can name: their targets and needs, diagnostic areas, the priorities of an academic year."""
    return links_of(session, actor, visible_person(session, actor, person_id), year)


@needs(Permission.SEE_CPD)
def extra_hours(session: Session, actor: Actor, *, first: date, last: date) -> tuple[EntryRow, ...]:
    """The entries between two days whose hours are to be paid, by person, then by day: the list for payroll."""
    found = entry_rows(session, actor, visible_entries(actor).where(Entry.done_on.between(first, last), Entry.paid == EXTRA_HOURS))
    who = people(session, actor, here_only=False, person_ids={row.person_id for row in found})
    order = {each.id: place for place, each in enumerate(who)}
    return tuple(sorted(found, key=lambda row: (order[row.person_id], row.details.done_on, row.id)))


@needs(Permission.SEE_CPD)
def evidence(session: Session, actor: Actor, *, entry_id: int) -> tuple[EvidenceRow, ...]:
    """The files of an entry, in the order in which they came."""
    entry(session, actor, entry_id=entry_id)
    found = session.execute(select(EntryEvidence).where(EntryEvidence.entry_id == entry_id).order_by(EntryEvidence.id)).scalars()
    return tuple(EvidenceRow(row.id, row.entry_id, row.name, row.sha256) for row in found)


@needs(Permission.SEE_CPD)
def evidence_content(session: Session, actor: Actor, *, evidence_id: int) -> bytes:
    """The bytes of one of these files. Raises UserError if it is not there any more."""
    row = session.get(EntryEvidence, evidence_id)
    if row is not None:
        entry(session, actor, entry_id=row.entry_id)
    content = content_by_hash(session, row.sha256 if row else None)
    if content is None:
        raise UserError("This file is not there any more.")
    return content


def visible_entries(actor: Actor) -> Select[Any]:
    """Entries of those whom the actor may see, the newest first, as `entry_rows` reads them."""
    columns = [getattr(Entry, name) for name in DETAILS]
    return (
        select(Entry.id, Entry.revision, Entry.person_id, Entry.session_id, *columns)
        .join(Person, Person.id == Entry.person_id)
        .where(visible_people(actor))
        .order_by(Entry.done_on.desc(), Entry.id.desc())
    )


def entry_rows(session: Session, actor: Actor, wanted: Select[Any]) -> tuple[EntryRow, ...]:
    """What `visible_entries`, narrowed down further, finds."""
    found = session.execute(wanted).all()
    if not found:
        return ()
    today, after_days = clock.today(), cpd_settings(session, actor).impact_after_days
    names = {each.id: each for each in people(session, actor, here_only=False, person_ids={row.person_id for row in found})}
    known = {kind.id: kind for kind in kinds(session, actor, in_use_only=False)}
    areas: dict[int, str] = {key: value for key, value in session.execute(select(DiagnosticArea.id, DiagnosticArea.title))}
    few = [row.id for row in found] if len(found) <= _FEW else None
    checks, files = checks_of(session, few), _files_of(session, few)
    rows = []
    for entry_id, revision, person_id, session_id, *values in found:
        details = EntryDetails(*values)
        whose, kind, check = names[person_id], known.get(details.kind_id or 0), checks.get(entry_id)
        asks = kind.asks_impact if kind else True
        kind_name = kind.name if kind else ""
        area = areas.get(details.area_id or 0, "")
        rows.append(
            EntryRow(
                id=entry_id,
                revision=revision,
                person_id=person_id,
                name=whose.name,
                group=whose.group,
                details=details,
                kind=kind_name,
                counts=kind.counts if kind else True,
                area=area,
                evidence=files.get(entry_id, 0),
                check=check,
                status=status_of(details, check, asks_impact=asks, after_days=after_days, today=today),
                session_id=session_id,
                search=searchable(whose.name, details.activity, kind_name, details.provider, details.strand, area, details.impact),
            )
        )
    return tuple(rows)


def checks_of(session: Session, entry_ids: Sequence[int] | None = None) -> dict[int, CheckFacts]:
    """The check that holds for each entry that has one; of all entries if no ids are given."""
    wanted = select(
        EntryCheck.entry_id, EntryCheck.outcome, EntryCheck.checked_on, EntryCheck.checked_by, EntryCheck.question, EntryCheck.worth
    ).where(EntryCheck.lapsed.is_(False))
    if entry_ids is not None:
        wanted = wanted.where(EntryCheck.entry_id.in_(entry_ids))
    return {row[0]: CheckFacts(row[1], row[2], row[3], row[4], row[5]) for row in session.execute(wanted.order_by(EntryCheck.id))}


def _files_of(session: Session, entry_ids: Sequence[int] | None) -> dict[int, int]:
    wanted = select(EntryEvidence.entry_id, func.count()).group_by(EntryEvidence.entry_id)
    if entry_ids is not None:
        wanted = wanted.where(EntryEvidence.entry_id.in_(entry_ids))
    return {key: count for key, count in session.execute(wanted)}
