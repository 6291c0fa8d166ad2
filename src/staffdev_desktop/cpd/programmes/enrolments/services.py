"""Writes: programmes and their parts, cohorts, enrolments from the application to the award."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib.resources import files
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import LONGEST_LINE
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.log.services import remove_entries, write_entries
from staffdev_desktop.cpd.models.log import CpdKind, Entry
from staffdev_desktop.cpd.models.offer import DirectoryItem, OfferItem
from staffdev_desktop.cpd.models.programmes import Cohort, CpdSession, Enrolment, ModuleProgress, Programme, ProgrammeModule
from staffdev_desktop.cpd.models.quality import ProgrammeScore
from staffdev_desktop.cpd.programmes.enrolments.queries import ENROLMENT, modules_by_programme
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentDetails, ModuleDetails, ProgrammeDetails
from staffdev_desktop.cpd.programmes.enrolments.rules import (
    COMPLETED,
    check_ended,
    check_enrolment,
    check_modules,
    check_programme,
    due_from,
    modules_for,
    shipped_programmes,
)
from staffdev_desktop.cpd.programmes.reading import is_written
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError, check_length
from staffdev_desktop.staff import services as staff
from staffdev_desktop.staff.models import Qualification
from staffdev_desktop.staff.reading import names_by_id
from staffdev_desktop.staff.rows import QualificationDetails

STUDY = "Accredited study"  # the kind of an entry that progress makes, if the school still has it
Row = TypeVar("Row", Programme, Cohort, Enrolment)


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """The programmes that a school begins with; does nothing where there is one."""
    if session.execute(select(func.count()).select_from(Programme)).scalar():
        return
    text = (files("staffdev_desktop.resources") / "frameworks" / "programmes" / "programmes.toml").read_text(encoding="utf-8")
    for shipped in shipped_programmes(text):
        row = Programme(framework=shipped.id, **asdict(shipped.details))
        session.add(row)
        session.flush()
        _write_modules(session, row.id, shipped.modules)


# -- programmes ---------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_programme(session: Session, actor: Actor, *, details: ProgrammeDetails, modules: Sequence[ModuleDetails] = ()) -> int:
    """A programme of the school’s own. Returns its id. Raises UserError."""
    details = _fit(session, details, None)
    check_modules(modules)
    row = Programme(**asdict(details))
    session.add(row)
    session.flush()
    _write_modules(session, row.id, modules)
    return row.id


@needs(Permission.RUN_CPD)
def change_programme(
    session: Session, actor: Actor, *, programme_id: int, revision: int, details: ProgrammeDetails, modules: Sequence[ModuleDetails]
) -> None:
    """Change a programme and its parts, whose order is that given. A part that somebody has done stays. Raises UserError, Conflict."""
    row = _current(session, Programme, programme_id, revision)
    details = _fit(session, details, row.id)
    check_modules(modules)
    for key, value in asdict(details).items():
        setattr(row, key, value)
    _remove_modules(session, row.id, {each.id for each in modules if each.id is not None})
    _write_modules(session, row.id, modules)


@needs(Permission.RUN_CPD)
def remove_programme(session: Session, actor: Actor, *, programme_id: int, revision: int) -> None:
    """Take out a programme that nobody was ever on, with its scores; what is offered for it or planned for a cohort stays without it.

    Raises UserError, Conflict.
    """
    row = _current(session, Programme, programme_id, revision)
    if session.execute(select(Enrolment.id).where(Enrolment.programme_id == programme_id)).first():
        raise UserError("People are or were on this programme. Take it out of use instead: their records stay.")
    _remove_modules(session, row.id, set())
    _part_from(session, row.id)
    for cohort in session.execute(select(Cohort).where(Cohort.programme_id == programme_id)).scalars():
        session.delete(cohort)
    for score in session.execute(select(ProgrammeScore).where(ProgrammeScore.programme_id == programme_id)).scalars():
        session.delete(score)
    session.flush()
    session.delete(row)


def _part_from(session: Session, programme_id: int) -> None:
    """What names a programme, or a cohort of it, names it no more."""
    for item in session.execute(select(OfferItem).where(OfferItem.programme_id == programme_id)).scalars():
        item.programme_id = None
    for line in session.execute(select(DirectoryItem).where(DirectoryItem.programme_id == programme_id)).scalars():
        line.programme_id = None
    cohorts = select(Cohort.id).where(Cohort.programme_id == programme_id)
    for planned in session.execute(select(CpdSession).where(CpdSession.cohort_id.in_(cohorts))).scalars():
        planned.cohort_id = None
    session.flush()


def _fit(session: Session, details: ProgrammeDetails, programme_id: int | None) -> ProgrammeDetails:
    check_programme(details)
    details = replace(details, **{name: getattr(details, name).strip() for name in ("name", "provider", "about", "award")})
    same = select(Programme.id).where(func.lower(Programme.name) == details.name.lower(), Programme.id != (programme_id or 0))
    if session.execute(same).first():
        raise UserError(f"There is a programme called ‘{details.name}’ already.", field="name")
    return details


def _write_modules(session: Session, programme_id: int, modules: Sequence[ModuleDetails]) -> None:
    for position, each in enumerate(modules):
        row = session.get(ProgrammeModule, each.id) if each.id is not None else None
        values = {key: value for key, value in asdict(each).items() if key != "id"} | {"title": each.title.strip(), "position": position}
        if row is None:
            session.add(ProgrammeModule(programme_id=programme_id, **values))
        else:
            for key, value in values.items():
                setattr(row, key, value)
    session.flush()


def _remove_modules(session: Session, programme_id: int, kept: set[int]) -> None:
    for row in session.execute(select(ProgrammeModule).where(ProgrammeModule.programme_id == programme_id)).scalars():
        if row.id in kept:
            continue
        for column in (ModuleProgress.module_id, CpdSession.module_id):
            if session.execute(select(column).where(column == row.id)).first():
                raise UserError(f"Somebody has done ‘{row.title}’, or a session is about it. It stays in the programme.", field="modules")
        session.delete(row)
    session.flush()


# -- cohorts and enrolments ---------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def add_cohort(session: Session, actor: Actor, *, programme_id: int, name: str, starts_on: date | None = None, lead: str = "") -> int:
    """A cohort of a programme; the one of that name if there is one. Returns its id. Raises UserError."""
    if not name.strip():
        raise UserError("Write what the cohort is called, such as ‘Autumn 2026’.", field="cohort")
    same = select(Cohort.id).where(Cohort.programme_id == programme_id, func.lower(Cohort.name) == name.strip().lower())
    if (known := session.execute(same).scalar()) is not None:
        return known
    row = Cohort(programme_id=programme_id, name=name.strip(), starts_on=starts_on, lead=lead.strip())
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.RUN_CPD)
def enrol(
    session: Session, actor: Actor, *, programme_id: int, person_ids: Sequence[int], details: EnrolmentDetails, cohort: str = ""
) -> tuple[int, ...]:
    """Put people on a programme, in the cohort of that name if it has one. Without a due day it follows from the first one.

    Returns the ids. Raises UserError, all or none.
    """
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise UserError("This programme is not there any more.", field="programme_id")
    if not person_ids:
        raise UserError("Choose who it is for.", field="person_ids")
    check_enrolment(details)
    if details.due_on is None and details.starts_on is not None and programme.months is not None:
        details = replace(details, due_on=due_from(details.starts_on, programme.months))
    if cohort.strip():
        made = add_cohort(session, actor, programme_id=programme_id, name=cohort, starts_on=details.starts_on, lead=details.mentor)
        details = replace(details, cohort_id=made)
    ids = []
    for person_id in dict.fromkeys(person_ids):
        visible_person(session, actor, person_id)
        _refuse_twice(session, programme, person_id)
        row = Enrolment(person_id=person_id, programme_id=programme_id, **asdict(details))
        session.add(row)
        session.flush()
        ids.append(row.id)
    return tuple(ids)


def _refuse_twice(session: Session, programme: Programme, person_id: int) -> None:
    running = select(Enrolment.id).where(
        Enrolment.person_id == person_id, Enrolment.programme_id == programme.id, Enrolment.outcome == ""
    )  # fmt: skip
    if session.execute(running).first():
        name = names_by_id(session, [person_id])[person_id]
        raise UserError(f"{name} is on ‘{programme.name}’ already.", field="person_ids")


@needs(Permission.RUN_CPD)
def change_enrolment(session: Session, actor: Actor, *, enrolment_id: int, revision: int, details: EnrolmentDetails) -> None:
    """Change an enrolment; with a first day it is accepted. Raises UserError, Conflict."""
    row = _current(session, Enrolment, enrolment_id, revision)
    check_enrolment(details)
    months = session.get_one(Programme, row.programme_id).months
    if details.due_on is None and details.starts_on is not None and months is not None:
        details = replace(details, due_on=due_from(details.starts_on, months))
    for name in ENROLMENT:
        setattr(row, name, getattr(details, name))


@needs(Permission.RUN_CPD)
def remove_enrolment(session: Session, actor: Actor, *, enrolment_id: int, revision: int) -> None:
    """Take out an enrolment made by mistake. Raises UserError if there is progress or an end, Conflict."""
    row = _current(session, Enrolment, enrolment_id, revision)
    if row.outcome or session.execute(select(ModuleProgress.id).where(ModuleProgress.enrolment_id == enrolment_id)).first():
        raise UserError("Parts of it are done. Say how it ended instead: the record stays.")
    session.delete(row)


# -- progress -----------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def mark_part(
    session: Session,
    actor: Actor,
    *,
    enrolment_ids: Sequence[int],
    module_id: int,
    done_on: date,
    result: str = "",
    minutes: int | None = None,
) -> int:
    """Write down that one or several people have done a part; with `minutes` it also makes an entry in the log of each.

    One person who did it before gets the new day and result, and no second entry; of several, those keep what stands there. Returns how
    many entries it made. Raises UserError.
    """
    if done_on > clock.today():
        raise UserError("That day is still to come.", field="done_on")
    check_length(result, LONGEST_LINE, "result")
    found = [_found(session, Enrolment, enrolment_id) for enrolment_id in dict.fromkeys(enrolment_ids)]
    made = 0
    for row in found:
        module = _module_of(session, row, module_id)
        progress = _progress(session, row.id, module.id)
        if len(found) > 1 and progress.done_on is not None:
            continue
        progress.done_on, progress.result = done_on, result.strip()
        session.flush()
        if minutes is not None and _entry_of(session, progress) is None:
            _log_part(session, actor, row, module, progress, minutes)
            made += 1
    return made


@needs(Permission.RUN_CPD)
def unmark_part(session: Session, actor: Actor, *, enrolment_id: int, module_id: int, drop_written: bool = False) -> None:
    """A part is not done after all; its entry goes too. Raises UserError if somebody wrote in that, unless `drop_written`."""
    row = _found(session, Enrolment, enrolment_id)
    progress = _done(session, row.id, module_id)
    if progress is None:
        return
    entry = _entry_of(session, progress)
    if entry is not None:
        if is_written(session, entry) and not drop_written:
            raise UserError("Somebody wrote in the entry of this part. Keep the part, or let the words go.")
        remove_entries(session, actor, entry_ids=[entry.id])
        session.flush()
    session.delete(progress)


def follow_attendance(session: Session, module_id: int, held_on: date, present: Collection[int], gone: Collection[int]) -> None:
    """Somebody was at a session about a part: it is done by those who are on the programme, and not by those who were not there after all.

    What was marked otherwise, on another day or with a result, stays. The session’s own entry holds the hours.
    """
    module = session.get_one(ProgrammeModule, module_id)
    running = select(Enrolment).where(Enrolment.programme_id == module.programme_id, Enrolment.outcome == "")
    parts = modules_by_programme(session, module.programme_id)[module.programme_id]
    for row in session.execute(running.where(Enrolment.person_id.in_({*present, *gone}))).scalars():
        done = _done(session, row.id, module_id)
        if row.person_id in gone:
            if done is not None and done.done_on == held_on and not done.result and _entry_of(session, done) is None:
                session.delete(done)
        elif done is None and module_id in {each.id for each in modules_for(parts, row.starts_on, clock.today())}:
            session.add(ModuleProgress(enrolment_id=row.id, module_id=module_id, done_on=held_on))
    session.flush()


def _module_of(session: Session, row: Enrolment, module_id: int) -> ProgrammeModule:
    modules = modules_for(modules_by_programme(session, row.programme_id)[row.programme_id], row.starts_on, clock.today())
    module = session.get(ProgrammeModule, module_id)
    if module is None or module_id not in {each.id for each in modules}:
        name = names_by_id(session, [row.person_id])[row.person_id]
        raise UserError(f"This part does not belong to the programme as {name} began it.", field="module_id")
    return module


def _done(session: Session, enrolment_id: int, module_id: int) -> ModuleProgress | None:
    wanted = select(ModuleProgress).where(ModuleProgress.enrolment_id == enrolment_id, ModuleProgress.module_id == module_id)
    return session.execute(wanted).scalar()


def _progress(session: Session, enrolment_id: int, module_id: int) -> ModuleProgress:
    row = _done(session, enrolment_id, module_id)
    if row is None:
        row = ModuleProgress(enrolment_id=enrolment_id, module_id=module_id)
        session.add(row)
    return row


def _entry_of(session: Session, progress: ModuleProgress) -> Entry | None:
    return session.execute(select(Entry).where(Entry.module_progress_id == progress.id)).scalar() if progress.id else None


def _log_part(
    session: Session, actor: Actor, row: Enrolment, module: ProgrammeModule, progress: ModuleProgress, minutes: int
) -> None:  # fmt: skip
    programme = session.get_one(Programme, row.programme_id)
    kind_id = session.execute(select(CpdKind.id).where(CpdKind.name == STUDY)).scalar()
    details = EntryDetails(
        done_on=progress.done_on or clock.today(),
        minutes=minutes,
        activity=f"{programme.name}: {module.title}",
        kind_id=kind_id,
        strand=programme.strand,
        provider=programme.provider,
    )
    person = visible_person(session, actor, row.person_id)
    write_entries(session, actor, [(person, details)], module_progress_id=progress.id)


# -- the end ------------------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def end_enrolment(
    session: Session, actor: Actor, *, enrolment_id: int, revision: int, outcome: str, ended_on: date, award: str = ""
) -> int | None:
    """Say how it ended. A completed one with an `award` becomes a qualification of the person, under that name.

    Returns the id of the qualification, if there is one. Raises UserError, Conflict.
    """
    row = _current(session, Enrolment, enrolment_id, revision)
    check_ended(EnrolmentDetails(starts_on=row.starts_on), outcome, ended_on, clock.today())
    row.outcome, row.ended_on = outcome, ended_on
    if outcome == COMPLETED and award.strip():
        programme = session.get_one(Programme, row.programme_id)
        paid = " ".join(part for part in (row.fee_share, f"paid by {row.who_pays}" if row.who_pays else "") if part)
        details = QualificationDetails(
            name=award.strip(), is_status=programme.award_is_status, provider=programme.provider, awarded_on=ended_on, funded=paid
        )
        row.qualification_id = staff.add_qualification(session, actor, person_id=row.person_id, details=details)
    return row.qualification_id


@needs(Permission.RUN_CPD)
def reopen_enrolment(session: Session, actor: Actor, *, enrolment_id: int, revision: int) -> None:
    """It has not ended after all; the qualification that came of it goes too. Raises UserError, Conflict."""
    row = _current(session, Enrolment, enrolment_id, revision)
    _refuse_twice(session, session.get_one(Programme, row.programme_id), row.person_id)
    awarded = session.get(Qualification, row.qualification_id) if row.qualification_id is not None else None
    row.outcome, row.ended_on, row.qualification_id = "", None, None
    session.flush()
    if awarded is not None:
        session.delete(awarded)


# -- shared -------------------------------------------------------------------------------------------------------------------


def _found(session: Session, model: type[Row], row_id: int) -> Row:
    row = session.get(model, row_id)
    if row is None:
        raise UserError("This is not there any more.")
    return row


def _current(session: Session, model: type[Row], row_id: int, revision: int) -> Row:
    row = _found(session, model, row_id)
    if row.revision != revision:
        raise Conflict
    return row
