"""What the reads of the diagnostic have in common. They stand behind a marked one; these carry no mark."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.diagnostic.rows import BoardRow, Linked, RatingRow, RoundDetails, StageDates
from staffdev_desktop.cpd.diagnostic.rules import is_late, shared, stage_of
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.log.rules import ASSURED
from staffdev_desktop.cpd.models.diagnostic import Diagnostic, DiagnosticArea, DiagnosticRating, DiagnosticRound, DiagnosticSet
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import names_by_id

GONE = "This diagnostic is not there any more."


def seen_people(session: Session, actor: Actor, person_ids: Iterable[int] | None = None) -> dict[int, CpdPerson]:
    """Those whose CPD the actor may see, leavers too, by id; of these people alone, if ids are given."""
    return {person.id: person for person in log.people(session, actor, here_only=False, person_ids=person_ids)}


def dates_of(row: Diagnostic) -> StageDates:
    """The days of a diagnostic."""
    return StageDates(row.sheet_out_on, row.own_on, row.manager_on, row.agreed_on)


def round_details(row: DiagnosticRound) -> RoundDetails:
    """Name and days of a round."""
    return RoundDetails(row.name, row.opens_on, row.deadline)


def the_round(session: Session, round_id: int) -> DiagnosticRound:
    """A round. Raises UserError if it is not there any more."""
    row = session.get(DiagnosticRound, round_id)
    if row is None:
        raise UserError("This round is not there any more.")
    return row


def board_rows(session: Session, people: Mapping[int, CpdPerson], rows: Iterable[Diagnostic]) -> tuple[BoardRow, ...]:
    """Diagnostics as the board shows them, by surname; those of people who are not among `people` are left out."""
    today = clock.today()
    names = names_by_id(session)
    sets: dict[int, str] = {key: value for key, value in session.execute(select(DiagnosticSet.id, DiagnosticSet.name))}
    rounds = {row.id: row for row in session.execute(select(DiagnosticRound)).scalars()}
    found = []
    for row in rows:
        person = people.get(row.person_id)
        if person is None:
            continue
        dates = dates_of(row)
        manager = names.get(row.manager_id or 0, "")
        found.append(
            BoardRow(
                id=row.id,
                revision=row.revision,
                round_id=row.round_id,
                person_id=person.id,
                name=person.name,
                sort_key=person.sort_key,
                posts=person.posts,
                group=person.group,
                set_id=row.set_id,
                set_name=sets[row.set_id],
                manager_id=row.manager_id,
                manager=manager,
                dates=dates,
                stage=stage_of(dates),
                late=is_late(dates, rounds[row.round_id].deadline, today),
                search=searchable(person.name, person.posts, person.group, sets[row.set_id], manager),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.sort_key, each.id)))


def selves(session: Session, actor: Actor) -> frozenset[int]:
    """The person that the actor is, if any: what is not shared yet stays hidden from them."""
    if actor.user_id is None:
        return frozenset()
    return frozenset(session.execute(select(Person.id).where(Person.user_id == actor.user_id)).scalars())


def ratings_of(session: Session, rows: Iterable[Diagnostic], own_person: frozenset[int]) -> dict[int, tuple[RatingRow, ...]]:
    """The areas of each diagnostic, by its id, in the set’s order: those in use, and those that were rated though out of use since.

    Of a person who is the actor, all but their own side is hidden until it is shared: what is agreed may tell what the manager says.
    """
    wanted = {row.id: row for row in rows}
    areas: dict[int, list[DiagnosticArea]] = {}
    for area in session.execute(select(DiagnosticArea).order_by(DiagnosticArea.position, DiagnosticArea.id)).scalars():
        areas.setdefault(area.set_id, []).append(area)
    kept: dict[int, dict[int, DiagnosticRating]] = {}
    for rating in session.execute(select(DiagnosticRating).where(DiagnosticRating.diagnostic_id.in_(wanted))).scalars():
        kept.setdefault(rating.diagnostic_id, {})[rating.area_id] = rating
    found = {}
    for key, row in wanted.items():
        written = kept.get(key, {})
        closed = row.agreed_on is not None  # an area added since was not asked about
        hide = row.person_id in own_person and not shared(dates_of(row))
        asked = [area for area in areas.get(row.set_id, ()) if area.id in written or (area.in_use and not closed)]
        found[key] = tuple(_rating(area, written.get(area.id), hide) for area in asked)
    return found


def _rating(area: DiagnosticArea, row: DiagnosticRating | None, hide: bool) -> RatingRow:
    if row is None:
        return RatingRow(area.id, area.title, area.hint, hidden=hide)
    return RatingRow(
        area_id=area.id,
        title=area.title,
        hint=area.hint,
        revision=row.revision,
        own=row.own,
        manager=None if hide else row.manager,
        agreed=None if hide else row.agreed,
        own_evidence=row.own_evidence,
        manager_evidence="" if hide else row.manager_evidence,
        we_see="" if hide else row.we_see,
        next_step="" if hide else row.next_step,
        mark="" if hide else row.mark,
        hidden=hide,
    )


def linked_entries(session: Session, person_ids: Iterable[int]) -> dict[tuple[int, int], list[Linked]]:
    """Entries of the log that are linked to an area, by person and area, the newest first."""
    held = select(EntryCheck.entry_id, EntryCheck.outcome).join(Entry, Entry.id == EntryCheck.entry_id)
    held = held.where(Entry.area_id.is_not(None), EntryCheck.lapsed.is_(False)).order_by(EntryCheck.id)
    checks = {entry_id: outcome for entry_id, outcome in session.execute(held)}
    columns = (Entry.id, Entry.person_id, Entry.area_id, Entry.done_on, Entry.minutes, Entry.activity)
    wanted = select(*columns).where(Entry.area_id.is_not(None), Entry.person_id.in_(set(person_ids)))
    found: dict[tuple[int, int], list[Linked]] = {}
    for entry_id, person_id, area_id, done_on, minutes, activity in session.execute(wanted.order_by(Entry.done_on.desc(), Entry.id.desc())):
        if area_id is not None:
            line = Linked(entry_id, area_id, done_on, minutes, activity, checks.get(entry_id) == ASSURED)
            found.setdefault((person_id, area_id), []).append(line)
    return found
