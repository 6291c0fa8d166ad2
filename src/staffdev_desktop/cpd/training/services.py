"""Writes: the school’s list of required training, and what people did or are booked on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.cpd.log.queries import kind_named
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.log.services import File, write_entry
from staffdev_desktop.cpd.models.log import CpdSettings
from staffdev_desktop.cpd.models.training import Training, TrainingFor, TrainingRecord
from staffdev_desktop.cpd.training.framework import starting_list
from staffdev_desktop.cpd.training.rows import ForWhom, RecordDetails, TrainingDetails
from staffdev_desktop.cpd.training.rules import check_record, check_training, check_warning, check_whom
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Person
from staffdev_desktop.staff.rules import person_name

KIND = "Required training"  # of the log’s first kinds; a school may have renamed or dropped it


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """The list that a school begins with; does nothing where it has one."""
    if session.execute(select(func.count()).select_from(Training)).scalar():
        return
    groups = {name: group_id for name, group_id in session.execute(select(StaffGroup.name, StaffGroup.id))}
    for position, first in enumerate(starting_list()):
        training = Training(position=position, **asdict(first.details))
        session.add(training)
        session.flush()
        lines = [ForWhom(everybody=True)] if first.everybody else []
        lines += [ForWhom(staff_group_id=groups[name]) for name in first.groups if name in groups]
        lines += [ForWhom(person_kind=kind) for kind in first.kinds]
        _set_whom(session, training.id, lines)


# -- the list -----------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_training(session: Session, actor: Actor, *, details: TrainingDetails, whom: Sequence[ForWhom] = ()) -> int:
    """Put a training at the end of the list. Returns its id. Raises UserError."""
    _check_training(session, details)
    last = session.execute(select(func.max(Training.position))).scalar()
    training = Training(position=0 if last is None else last + 1, **asdict(_stripped(details)))
    session.add(training)
    session.flush()
    _set_whom(session, training.id, whom)
    return training.id


@needs(Permission.RUN_CPD)
def change_training(
    session: Session, actor: Actor, *, training_id: int, revision: int, details: TrainingDetails, whom: Sequence[ForWhom]
) -> None:
    """Change what the list says of a training and of whom it is required. Records follow. Raises UserError, Conflict."""
    training = _training(session, training_id)
    if training.revision != revision:
        raise Conflict
    _check_training(session, details, besides=training_id)
    for key, value in asdict(_stripped(details)).items():
        setattr(training, key, value)
    _set_whom(session, training_id, whom)


@needs(Permission.RUN_CPD)
def move_training(session: Session, actor: Actor, *, training_id: int, step: int) -> None:
    """Move a training up (-1) or down (1) in the list; at its end nothing happens."""
    rows = list(session.execute(select(Training).order_by(Training.position, Training.id)).scalars())
    place = next((place for place, row in enumerate(rows) if row.id == training_id), None)
    if place is None:
        raise UserError("This training is not on the list any more.")
    if not 0 <= place + step < len(rows):
        return
    rows.insert(place + step, rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position


@needs(Permission.RUN_CPD)
def remove_training(session: Session, actor: Actor, *, training_id: int) -> None:
    """Take a training off the list. Raises UserError if somebody has it: then it can only go out of use."""
    training = _training(session, training_id)
    if session.execute(select(func.count()).select_from(TrainingRecord).where(TrainingRecord.training_id == training_id)).scalar():
        raise UserError(f"People have records of ‘{training.name}’. Take it out of use instead: the records stay.")
    _set_whom(session, training_id, ())
    session.delete(training)


@needs(Permission.RUN_CPD)
def set_standing(session: Session, actor: Actor, *, training_id: int, person_id: int, required: bool | None) -> None:
    """Say of one person that a training is required, or not, whatever the list says of the others; None follows the list again."""
    _training(session, training_id)
    visible_person(session, actor, person_id)
    wanted = select(TrainingFor).where(TrainingFor.training_id == training_id, TrainingFor.person_id == person_id)
    for line in session.execute(wanted).scalars():
        session.delete(line)
    session.flush()
    if required is not None:
        session.add(TrainingFor(training_id=training_id, person_id=person_id, exempt=not required))
        session.flush()


@needs(Permission.RUN_CPD)
def set_warning(session: Session, actor: Actor, *, days: int) -> None:
    """How many days before something runs out it is warned of. Raises UserError."""
    check_warning(days)
    row = session.execute(select(CpdSettings)).scalar()
    if row is None:
        row = CpdSettings()
        session.add(row)
    row.warn_days = days


# -- what people did ----------------------------------------------------------------------------------------------------------


@needs(Permission.KEEP_CPD)
def record_training(
    session: Session,
    actor: Actor,
    *,
    training_id: int,
    person_ids: Sequence[int],
    details: RecordDetails,
    certificates: Mapping[int, File] | None = None,
    entry_minutes: int | None = None,
) -> tuple[int, ...]:
    """Record one training for several people on the same day, or book them: all or none. Returns the ids of the records.

    `certificates` are files by person. With `entry_minutes` each also gets a line of that length in their log. A booking for that day
    or an earlier one becomes the record. Raises UserError, which names the person it is about.
    """
    training = _training(session, training_id)
    if not person_ids:
        raise UserError("Tick who it was.", field="person_ids")
    check_record(details, clock.today())
    people = [visible_person(session, actor, person_id) for person_id in dict.fromkeys(person_ids)]
    before = _records_of(session, training_id, [person.id for person in people])
    records = []
    for person in people:
        own = before.get(person.id, ())
        _refuse_double(person, details, own)
        record = _fulfilled(own, details)
        if record is None:
            record = TrainingRecord(training_id=training_id, person_id=person.id)
            session.add(record)
        _set(record, details if details.done_on is None else replace(details, booked_for=details.booked_for or record.booked_for))
        records.append(record)
    for record, person in zip(records, people, strict=True):
        if certificates and person.id in certificates:
            _attach(session, record, certificates[person.id])
        if entry_minutes is not None and details.done_on is not None:
            record.entry_id = _write_entry(session, actor, training, person, details, entry_minutes)
    session.flush()
    return tuple(record.id for record in records)


@needs(Permission.KEEP_CPD)
def change_record(session: Session, actor: Actor, *, record_id: int, revision: int, details: RecordDetails) -> None:
    """Correct a record, or write down that a booking took place. Raises UserError, Conflict."""
    record = _seen_record(session, actor, record_id)
    if record.revision != revision:
        raise Conflict
    check_record(details, clock.today())
    person = visible_person(session, actor, record.person_id)
    own = _records_of(session, record.training_id, [person.id]).get(person.id, [])
    _refuse_double(person, details, own, besides=record_id)
    _set(record, details)


@needs(Permission.KEEP_CPD)
def remove_records(session: Session, actor: Actor, *, record_ids: Sequence[int]) -> None:
    """Take records or bookings away. A line in the log that was written with one stays there. Raises UserError."""
    for record_id in record_ids:
        session.delete(_seen_record(session, actor, record_id))


@needs(Permission.KEEP_CPD)
def attach_certificate(session: Session, actor: Actor, *, record_id: int, file: File | None) -> None:
    """Keep a certificate with a record in place of the one it has; None takes it away. Raises UserError."""
    record = _seen_record(session, actor, record_id)
    if file is None:
        record.certificate_name, record.certificate_sha256 = "", None
    else:
        _attach(session, record, file)


def _check_training(session: Session, details: TrainingDetails, besides: int | None = None) -> None:
    check_training(details)
    for training_id, name in session.execute(select(Training.id, Training.name)):
        if training_id != besides and name.casefold() == details.name.strip().casefold():
            raise UserError(f"‘{name}’ is on the list already.", field="name")


def _stripped(details: TrainingDetails) -> TrainingDetails:
    return replace(details, name=details.name.strip(), note=details.note.strip())


def _training(session: Session, training_id: int) -> Training:
    found = session.get(Training, training_id)
    if found is None:
        raise UserError("This training is not on the list any more.")
    return found


def _set_whom(session: Session, training_id: int, whom: Iterable[ForWhom]) -> None:
    wanted = list(dict.fromkeys(whom))
    for line in wanted:
        check_whom(line)
    for row in session.execute(select(TrainingFor).where(TrainingFor.training_id == training_id).order_by(TrainingFor.id)).scalars():
        line = ForWhom(row.everybody, row.staff_group_id, row.post_id, row.person_kind, row.person_id, row.exempt)
        if line in wanted:
            wanted.remove(line)
        else:
            session.delete(row)
    for line in wanted:
        session.add(TrainingFor(training_id=training_id, **asdict(line)))
    session.flush()


def _seen_record(session: Session, actor: Actor, record_id: int) -> TrainingRecord:
    record = session.get(TrainingRecord, record_id)
    if record is None:
        raise UserError("This record is not there any more.")
    visible_person(session, actor, record.person_id)
    return record


def _records_of(session: Session, training_id: int, person_ids: Sequence[int]) -> dict[int, list[TrainingRecord]]:
    wanted = select(TrainingRecord).where(TrainingRecord.training_id == training_id, TrainingRecord.person_id.in_(person_ids))
    found: dict[int, list[TrainingRecord]] = {}
    for record in session.execute(wanted.order_by(TrainingRecord.booked_for, TrainingRecord.id)).scalars():
        found.setdefault(record.person_id, []).append(record)
    return found


def _fulfilled(own: Iterable[TrainingRecord], details: RecordDetails) -> TrainingRecord | None:
    """The open booking that becomes what is recorded now, or that is moved to another day; None for a new record."""
    for record in own:
        booked = record.booked_for
        if record.done_on is None and booked is not None and (details.done_on is None or booked <= details.done_on):
            return record
    return None


def _refuse_double(person: Person, details: RecordDetails, own: Iterable[TrainingRecord], besides: int | None = None) -> None:
    if details.done_on is not None and any(record.done_on == details.done_on and record.id != besides for record in own):
        name = person_name(person.forename, person.surname, person.known_as)
        raise UserError(f"{name} has a record of this on {long_day(details.done_on)} already.", field="done_on")


def _set(record: TrainingRecord, details: RecordDetails) -> None:
    record.done_on, record.booked_for, record.provider = details.done_on, details.booked_for, details.provider.strip()
    record.expiry_written = details.expiry_written and details.done_on is not None
    record.expires_on = details.expires_on if record.expiry_written else None


def _attach(session: Session, record: TrainingRecord, file: File) -> None:
    name, content = file
    record.certificate_name, record.certificate_sha256 = name, keep(session, name=name, content=content).sha256


def _write_entry(
    session: Session, actor: Actor, training: Training, person: Person, details: RecordDetails, minutes: int
) -> int:  # fmt: skip
    assert details.done_on is not None
    line = EntryDetails(details.done_on, minutes, training.name, kind_id=kind_named(session, KIND), provider=details.provider)
    return write_entry(session, actor, person, line).id
