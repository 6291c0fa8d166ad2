"""What the queries and services of sessions read alike. They stand behind a marked one; these carry no mark."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.diagnostic import DiagnosticArea
from staffdev_desktop.cpd.models.log import CpdKind, Entry, EntryEvidence
from staffdev_desktop.cpd.models.programmes import Cohort, CpdSession, LearningGroup, Programme, ProgrammeModule, Research, SessionPlace
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.cpd.programmes.rows import PlaceRow, SessionDetails, SessionRow
from staffdev_desktop.cpd.programmes.rules import state_of, waiting_places
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import held_posts, names_by_id, posts_on
from staffdev_desktop.staff.rules import person_name

FIELDS = tuple(SessionDetails.__dataclass_fields__)
_REFLECTION = ("learnt", "changed", "impact", "colleagues", "barriers")


def details_of(row: CpdSession) -> SessionDetails:
    """What is written about a session."""
    return SessionDetails(**{name: getattr(row, name) for name in FIELDS})


def current_session(session: Session, session_id: int, revision: int | None = None) -> CpdSession:
    """A session, if it is still as it was when it was shown. Raises UserError if it is gone, Conflict."""
    row = session.get(CpdSession, session_id)
    if row is None:
        raise UserError("This session is not there any more.")
    if revision is not None and row.revision != revision:
        raise Conflict
    return row


def places_in(session: Session, session_id: int) -> list[SessionPlace]:
    """Who signed up or was there, in the order in which they came."""
    wanted = select(SessionPlace).where(SessionPlace.session_id == session_id).order_by(SessionPlace.id)
    return list(session.execute(wanted).scalars())


def session_rows(session: Session, *conditions: ColumnElement[bool]) -> tuple[SessionRow, ...]:
    """Sessions in the order of their days and times."""
    wanted = select(CpdSession).where(*conditions).order_by(CpdSession.held_on, CpdSession.starts_at, CpdSession.id)
    found, today, words = list(session.execute(wanted).scalars()), clock.today(), _Words.read(session)
    places: Counter[int] = Counter()
    present: Counter[int] = Counter()
    signed_up = select(SessionPlace.session_id, SessionPlace.present).join(CpdSession, CpdSession.id == SessionPlace.session_id)
    for session_id, was_there in session.execute(signed_up.where(*conditions)):
        places[session_id] += 1
        present[session_id] += bool(was_there)
    rows = []
    for row in found:
        details, kind = details_of(row), words.kinds.get(row.kind_id or 0, "")
        leaders = words.people.get(row.leader_id or 0, "") or row.leader
        area, part_of = words.areas.get(row.area_id or 0, ""), words.belongs_to(row)
        rows.append(
            SessionRow(
                id=row.id,
                revision=row.revision,
                details=details,
                kind=kind,
                leaders=leaders,
                area=area,
                belongs_to=part_of,
                state=state_of(details, row.cancelled_on, row.attendance_on, today),
                cancelled_on=row.cancelled_on,
                attendance_on=row.attendance_on,
                signed_up=places[row.id],
                waiting=sum(bool(each) for each in waiting_places(places[row.id], row.capacity)),
                present=present[row.id],
                search=searchable(row.title, leaders, row.place, row.audience, kind, row.strand, row.provider, area, part_of),
            )
        )
    return tuple(rows)


@dataclass(frozen=True)
class _Words:
    """What ids in a session stand for."""

    kinds: dict[int, str]
    people: dict[int, str]
    areas: dict[int, str]
    modules: dict[int, str]
    cohorts: dict[int, str]
    groups: dict[int, str]
    research: dict[int, str]

    @classmethod
    def read(cls, session: Session) -> "_Words":
        modules = select(ProgrammeModule.id, Programme.name).join(Programme, Programme.id == ProgrammeModule.programme_id)
        return cls(
            kinds=dict(session.execute(select(CpdKind.id, CpdKind.name)).all()),
            people=names_by_id(session),
            areas=dict(session.execute(select(DiagnosticArea.id, DiagnosticArea.title)).all()),
            modules=dict(session.execute(modules).all()),
            cohorts=dict(session.execute(select(Cohort.id, Cohort.name)).all()),
            groups=dict(session.execute(select(LearningGroup.id, LearningGroup.name)).all()),
            research=dict(session.execute(select(Research.id, Research.title)).all()),
        )

    def belongs_to(self, row: CpdSession) -> str:
        """The programme, cohort, group or research project of a session, the nearest first."""
        parts = (
            self.groups.get(row.group_id or 0, ""),
            self.research.get(row.research_id or 0, ""),
            self.modules.get(row.module_id or 0, ""),
            self.cohorts.get(row.cohort_id or 0, ""),
        )
        return ", ".join(part for part in parts if part)


def place_rows(session: Session, actor: Actor, row: CpdSession) -> tuple[PlaceRow, ...]:
    """Who signed up for a session, or was there, as far as the actor may see them; the order is that of the waiting."""
    visible = {person.id: person for person in session.execute(select(Person).where(visible_people(actor))).scalars()}
    places, entries = places_in(session, row.id), entries_by_person(session, row.id)
    held, written = held_posts(session, [place.person_id for place in places]), _written(session, entries.values())
    rows = []
    for place, waiting in zip(places, waiting_places(len(places), row.capacity), strict=True):
        person, entry = visible.get(place.person_id), entries.get(place.person_id)
        if person is None:
            continue
        posts = ", ".join(dict.fromkeys(post.title for post in posts_on(held.get(person.id, ()), row.held_on)))
        rows.append(
            PlaceRow(
                id=place.id,
                person_id=person.id,
                name=person_name(person.forename, person.surname, person.known_as),
                posts=posts,
                waiting=0 if place.present else waiting,
                present=place.present,
                entry_id=entry.id if entry else None,
                written=entry is not None and entry.id in written,
            )
        )
    return tuple(rows)


def entries_by_person(session: Session, session_id: int) -> dict[int, Entry]:
    """The entries that the attendance of a session made, by whom they are about."""
    return {entry.person_id: entry for entry in session.execute(select(Entry).where(Entry.session_id == session_id)).scalars()}


def is_written(session: Session, entry: Entry) -> bool:
    """Whether somebody wrote in an entry since attendance made it: words, a file, a check."""
    return entry.id in _written(session, [entry])


def _written(session: Session, entries: Iterable[Entry]) -> set[int]:
    found = {entry.id: entry for entry in entries}
    written = {key for key, entry in found.items() if any(getattr(entry, name).strip() for name in _REFLECTION)}
    for column in (EntryEvidence.entry_id, EntryCheck.entry_id):
        written.update(session.execute(select(column).where(column.in_(found))).scalars())
    return written
