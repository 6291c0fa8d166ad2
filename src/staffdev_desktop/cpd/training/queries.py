"""Reads: the school’s list, the matrix of people and training, one person’s training, what is due."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.log.scope import visible_people, visible_person
from staffdev_desktop.cpd.models.training import Training, TrainingFor, TrainingRecord
from staffdev_desktop.cpd.training.rows import (
    Cell,
    Cover,
    ForWhom,
    Matrix,
    MatrixRow,
    PersonTraining,
    RecordDetails,
    RecordRow,
    TrainingDetails,
    TrainingRow,
)
from staffdev_desktop.cpd.training.rules import cell_of, cover_of, is_required, until
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.kernel.years import term_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.reading import employment_periods, held_posts, posts_shown, rolls
from staffdev_desktop.staff.rows import Roll

Records = dict[tuple[int, int], list[RecordRow]]  # by person and training
DETAILS = tuple(TrainingDetails.__dataclass_fields__)
WHOM = tuple(ForWhom.__dataclass_fields__)


@needs(Permission.SEE_CPD)
def trainings(session: Session, actor: Actor, *, in_use_only: bool = True) -> tuple[TrainingRow, ...]:
    """The school’s list of required training, in its order, with whom each is required of."""
    whom: dict[int, list[ForWhom]] = {}
    seen = select(Person.id).where(visible_people(actor))  # a line about one person is that person’s
    lines = select(TrainingFor).where(or_(TrainingFor.person_id.is_(None), TrainingFor.person_id.in_(seen)))
    for line in session.execute(lines.order_by(TrainingFor.id)).scalars():
        whom.setdefault(line.training_id, []).append(ForWhom(*(getattr(line, name) for name in WHOM)))
    wanted = select(Training).order_by(Training.position, Training.id)
    if in_use_only:
        wanted = wanted.where(Training.in_use)
    return tuple(
        TrainingRow(row.id, row.revision, TrainingDetails(*(getattr(row, name) for name in DETAILS)), tuple(whom.get(row.id, ())))
        for row in session.execute(wanted).scalars()
    )


@needs(Permission.SEE_CPD)
def matrix(session: Session, actor: Actor) -> Matrix:
    """Everybody on roll whom the actor may see, and how they stand today with every training in use, by surname."""
    today, warn_days = clock.today(), log.cpd_settings(session, actor).warn_days
    asked = trainings(session, actor)
    posts, records, joined = _posts_today(session, today), _records(session, actor, asked), _joined(session, today)
    rows: list[MatrixRow] = []
    joining: list[MatrixRow] = []
    for person in log.people(session, actor, here_only=False):
        if not person.here and joined.get(person.id, today) <= today:
            continue  # has left
        cells = tuple(_cell(person, each, posts, records, today, warn_days) for each in asked)
        row = MatrixRow(person, cells, searchable(person.name, person.posts, person.group), joined.get(person.id))
        (rows if person.here else joining).append(row)
    cover: Iterable[Cover] = ()
    if actor.may(Permission.SEE_ALL_CPD):
        places = [place for place, each in enumerate(asked) if each.details.minimum_cover]
        cover = (cover_of(asked[place], [row.cells[place] for row in rows], today) for place in places)
    term = term_of(today, settings.calendar(session, actor).terms)
    return Matrix(asked, tuple(rows), tuple(cover), warn_days, today, term.ends if term else None, tuple(joining))


@needs(Permission.SEE_CPD)
def person_training(session: Session, actor: Actor, *, person_id: int, in_use_only: bool = True) -> tuple[PersonTraining, ...]:
    """How one person stands with every training in use that is required of them or that they ever took. Raises UserError.

    Without `in_use_only`, also with what they took and the school has taken out of use since.
    """
    person = log.person(session, actor, person_id=person_id)
    today, warn_days = clock.today(), log.cpd_settings(session, actor).warn_days
    asked = trainings(session, actor, in_use_only=in_use_only)
    posts, records = _posts_today(session, today, [person_id]), _records(session, actor, asked, person_id)
    found = []
    for each in asked:
        cell, own = _cell(person, each, posts, records, today, warn_days), records.get((person_id, each.id), [])
        if own or (cell.required and each.details.in_use):
            found.append(PersonTraining(each, cell, tuple(own)))
    return tuple(found)


@needs(Permission.SEE_CPD)
def history(session: Session, actor: Actor, *, person_id: int, training_id: int) -> PersonTraining:
    """How one person stands with one training, and every time they took it, the newest first. Raises UserError."""
    person = log.person(session, actor, person_id=person_id)
    today, warn_days = clock.today(), log.cpd_settings(session, actor).warn_days
    training = next((each for each in trainings(session, actor, in_use_only=False) if each.id == training_id), None)
    if training is None:
        raise UserError("This training is not on the list any more.")
    records = _records(session, actor, (training,), person_id)
    cell = _cell(person, training, _posts_today(session, today, [person_id]), records, today, warn_days)
    return PersonTraining(training, cell, tuple(records.get((person_id, training_id), ())))


@needs(Permission.SEE_CPD)
def certificate(session: Session, actor: Actor, *, record_id: int) -> bytes:
    """The bytes of a record’s certificate. Raises UserError if there is none any more."""
    row = session.get(TrainingRecord, record_id)
    if row is not None:
        visible_person(session, actor, row.person_id)
    content = content_by_hash(session, row.certificate_sha256 if row else None)
    if content is None:
        raise UserError("This certificate is not there any more.")
    return content


@needs(Permission.SEE_CPD)
def training_providers(session: Session, actor: Actor) -> tuple[str, ...]:
    """Who gave training before, to offer while somebody types."""
    wanted = select(TrainingRecord.provider).join(Person, Person.id == TrainingRecord.person_id).where(visible_people(actor))
    return tuple(sorted({name for name in session.execute(wanted).scalars() if name}, key=str.casefold))


def _records(session: Session, actor: Actor, asked: Iterable[TrainingRow], person_id: int | None = None) -> Records:
    """The records of these trainings that the actor may see, the newest first, those only booked before all others."""
    details = {each.id: each.details for each in asked}
    wanted = select(TrainingRecord).join(Person, Person.id == TrainingRecord.person_id).where(visible_people(actor))
    if person_id is not None:
        wanted = wanted.where(TrainingRecord.person_id == person_id)
    found: Records = {}
    for row in session.execute(wanted).scalars():
        if row.training_id in details:
            written = RecordDetails(row.done_on, row.booked_for, row.expires_on, row.expiry_written, row.provider)
            made = RecordRow(
                id=row.id,
                revision=row.revision,
                training_id=row.training_id,
                person_id=row.person_id,
                details=written,
                until=until(details[row.training_id], written),
                certificate_name=row.certificate_name,
                certificate_sha256=row.certificate_sha256,
                entry_id=row.entry_id,
            )
            found.setdefault((row.person_id, row.training_id), []).append(made)
    for records in found.values():
        records.sort(key=_when, reverse=True)
    return found


def _when(record: RecordRow) -> tuple[bool, date, int]:
    details = record.details
    return details.done_on is None, details.done_on or details.booked_for or date.min, record.id


def _posts_today(session: Session, today: date, person_ids: Sequence[int] | None = None) -> dict[int, frozenset[int]]:
    """The posts that people hold, and for somebody who is still to begin those that they will hold."""
    on_roll = rolls(session, today, person_ids)
    return {
        person_id: frozenset(post.post_id for post in posts_shown(held, on_roll.get(person_id, Roll.ON_ROLL), today))
        for person_id, held in held_posts(session, person_ids).items()
    }


def _joined(session: Session, today: date) -> dict[int, date]:
    """When everybody’s time with the school began that is not over, or will begin."""
    found: dict[int, date] = {}
    for person_id, periods in employment_periods(session).items():
        begun = [starts_on for starts_on, ends_on in periods if starts_on and (ends_on is None or ends_on >= today)]
        if begun:
            found[person_id] = min(begun)
    return found


def _cell(
    person: CpdPerson, training: TrainingRow, posts: dict[int, frozenset[int]], records: Records, today: date, warn_days: int
) -> Cell:  # fmt: skip
    required = is_required(
        training.whom,
        person_id=person.id,
        kind=person.kind,
        staff_group_id=person.group_id,
        post_ids=posts.get(person.id, frozenset()),
    )
    return cell_of(records.get((person.id, training.id), ()), required=required, today=today, warn_days=warn_days)
