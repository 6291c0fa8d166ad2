"""Reads: programmes with their parts, cohorts, who is enrolled and how far they are."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.programmes import Cohort, Enrolment, ModuleProgress, Programme, ProgrammeModule
from staffdev_desktop.cpd.programmes.enrolments.rows import (
    CohortRow,
    EnrolmentDetails,
    EnrolmentRow,
    ModuleDetails,
    ProgrammeDetails,
    ProgrammeRow,
    SencoRow,
    Stage,
    StepRow,
)
from staffdev_desktop.cpd.programmes.enrolments.rules import is_overdue, is_senco, modules_for, senco_due, share_paid, stage_of
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.staff.models import Person, Qualification
from staffdev_desktop.staff.reading import HeldPost, held_posts, posts_on
from staffdev_desktop.staff.rules import person_name

DETAILS = tuple(ProgrammeDetails.__dataclass_fields__)
ENROLMENT = tuple(EnrolmentDetails.__dataclass_fields__)


@needs(Permission.SEE_CPD)
def programmes(session: Session, actor: Actor, *, in_use_only: bool = False) -> tuple[ProgrammeRow, ...]:
    """Every programme with its parts, by name. The counts are of people whom the actor may see."""
    modules, cohorts, people = modules_by_programme(session), _cohorts(session), _counts(session, actor)
    wanted = select(Programme).order_by(Programme.name)
    if in_use_only:
        wanted = wanted.where(Programme.in_use)
    rows = []
    for row in session.execute(wanted).scalars():
        details = ProgrammeDetails(**{name: getattr(row, name) for name in DETAILS})
        count = people[row.id]
        rows.append(
            ProgrammeRow(
                id=row.id,
                revision=row.revision,
                details=details,
                framework=row.framework,
                modules=tuple(modules[row.id]),
                cohorts=tuple(cohorts[row.id]),
                on_it=count[Stage.ON_IT],
                applied=count[Stage.APPLIED] + count[Stage.ACCEPTED],
                overdue=count["overdue"],
                completed=count[Stage.COMPLETED],
                search=searchable(row.name, row.provider, row.strand, row.award),
            )
        )
    return tuple(sorted(rows, key=lambda each: searchable(each.details.name)))


@needs(Permission.SEE_CPD)
def enrolments(
    session: Session, actor: Actor, *, person_id: int | None = None, programme_id: int | None = None
) -> tuple[EnrolmentRow, ...]:
    """Who is or was on a programme, by surname: of one person or programme, or of all whom the actor may see."""
    wanted = (
        select(Enrolment, Person, Programme.name, Programme.award)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(visible_people(actor))
        .order_by(Person.surname, Person.forename, Enrolment.starts_on, Enrolment.id)
    )
    if person_id is not None:
        wanted = wanted.where(Enrolment.person_id == person_id)
    if programme_id is not None:
        wanted = wanted.where(Enrolment.programme_id == programme_id)
    around, today = _Around.read(session), clock.today()
    return tuple(_row(row, person, name, award, around, today) for row, person, name, award in session.execute(wanted))


@needs(Permission.SEE_CPD)
def enrolment(session: Session, actor: Actor, *, enrolment_id: int) -> EnrolmentRow:
    """One enrolment. Raises UserError if it is not there any more."""
    row = session.get(Enrolment, enrolment_id)
    found = enrolments(session, actor, person_id=row.person_id) if row else ()
    for each in found:
        if each.id == enrolment_id:
            return each
    raise UserError("This enrolment is not there any more.")


@dataclass(frozen=True)
class _Around:
    """What stands around enrolments, read once for all of them."""

    modules: dict[int, list[ModuleDetails]]
    progress: dict[tuple[int, int], ModuleProgress]
    entries: dict[int, int]  # by the progress that made it
    cohorts: dict[int, str]
    held: dict[int, list[HeldPost]]

    @classmethod
    def read(cls, session: Session) -> "_Around":
        entries = select(Entry.module_progress_id, Entry.id).where(Entry.module_progress_id.is_not(None))
        return cls(
            modules=modules_by_programme(session),
            progress={(each.enrolment_id, each.module_id): each for each in session.execute(select(ModuleProgress)).scalars()},
            entries={progress_id: entry_id for progress_id, entry_id in session.execute(entries) if progress_id is not None},
            cohorts=dict(session.execute(select(Cohort.id, Cohort.name)).all()),
            held=held_posts(session),
        )


def _row(row: Enrolment, person: Person, programme: str, award: str, around: _Around, day: date) -> EnrolmentRow:
    details = EnrolmentDetails(**{name: getattr(row, name) for name in ENROLMENT})
    steps = tuple(_step(row.id, module, around) for module in modules_for(around.modules[row.programme_id], row.starts_on, day))
    name = person_name(person.forename, person.surname, person.known_as)
    posts = ", ".join(dict.fromkeys(post.title for post in posts_on(around.held.get(person.id, ()), day)))
    cohort = around.cohorts.get(row.cohort_id or 0, "")
    return EnrolmentRow(
        id=row.id,
        revision=row.revision,
        person_id=person.id,
        name=name,
        posts=posts,
        programme_id=row.programme_id,
        programme=programme,
        award=award,
        details=details,
        cohort=cohort,
        stage=stage_of(details, row.outcome, day),
        overdue=is_overdue(details, row.outcome, day),
        ended_on=row.ended_on,
        qualification_id=row.qualification_id,
        steps=steps,
        pays=share_paid(details.pence, details.fee_share),
        search=searchable(name, posts, programme, cohort, details.mentor, details.who_pays, row.note),
    )


def _step(enrolment_id: int, module: ModuleDetails, around: _Around) -> StepRow:
    progress = around.progress.get((enrolment_id, module.id or 0))
    if progress is None:
        return StepRow(module, None, "", None)
    return StepRow(module, progress.done_on, progress.result, around.entries.get(progress.id))


def modules_by_programme(session: Session, programme_id: int | None = None) -> defaultdict[int, list[ModuleDetails]]:
    """The parts of every programme, or of one, in their order."""
    found: defaultdict[int, list[ModuleDetails]] = defaultdict(list)
    wanted = select(ProgrammeModule).order_by(ProgrammeModule.programme_id, ProgrammeModule.position, ProgrammeModule.id)
    if programme_id is not None:
        wanted = wanted.where(ProgrammeModule.programme_id == programme_id)
    for row in session.execute(wanted).scalars():
        found[row.programme_id].append(ModuleDetails(row.title, row.kind, row.minutes, row.begun_before, row.begun_from, row.id))
    return found


def _cohorts(session: Session) -> defaultdict[int, list[CohortRow]]:
    people: dict[int | None, int] = dict(session.execute(select(Enrolment.cohort_id, func.count()).group_by(Enrolment.cohort_id)).all())
    found: defaultdict[int, list[CohortRow]] = defaultdict(list)
    for row in session.execute(select(Cohort).order_by(Cohort.starts_on.desc(), Cohort.id.desc())).scalars():
        found[row.programme_id].append(
            CohortRow(row.id, row.revision, row.programme_id, row.name, row.starts_on, row.lead, people.get(row.id, 0))
        )
    return found


def _counts(session: Session, actor: Actor) -> defaultdict[int, Counter[str]]:
    today = clock.today()
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in session.execute(select(Enrolment).join(Person, Person.id == Enrolment.person_id).where(visible_people(actor))).scalars():
        details = EnrolmentDetails(starts_on=row.starts_on, due_on=row.due_on)
        found[row.programme_id][stage_of(details, row.outcome, today)] += 1
        found[row.programme_id]["overdue"] += is_overdue(details, row.outcome, today)
    return found


@needs(Permission.SEE_CPD)
def sencos_without_award(session: Session, actor: Actor) -> tuple[SencoRow, ...]:
    """SENCOs of today, known by the title of a post, who have not gained the award yet; the first due first.

    The three years count from the first of their posts of that title.
    """
    today, held = clock.today(), held_posts(session)
    awards: defaultdict[int, list[str]] = defaultdict(list)
    for person_id, award in session.execute(select(Qualification.person_id, Qualification.name)):
        awards[person_id].append(award)
    wanted = select(Enrolment.person_id).join(Programme, Programme.id == Enrolment.programme_id)
    enrolled = set(session.execute(wanted.where(Programme.framework == "npqsenco", Enrolment.outcome == "")).scalars())
    found = []
    for person in session.execute(select(Person).where(visible_people(actor))).scalars():
        posts = [post for post in held.get(person.id, ()) if is_senco(post.title)]
        begun = [post.starts_on for post in posts if post.starts_on is not None and post.starts_on <= today]
        due = senco_due(min(begun), awards[person.id]) if begun and posts_on(posts, today) else None
        if due is not None:
            name = person_name(person.forename, person.surname, person.known_as)
            found.append(SencoRow(person.id, name, min(begun), due, due < today, person.id in enrolled))
    return tuple(sorted(found, key=lambda row: (row.due_on, row.name)))
