"""Reads that need more than one area."""

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.queries import rounds
from staffdev_desktop.cpd.groups import queries as groups
from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.ledger.figures import most_behind_first
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.log.requests.rules import SETTLED
from staffdev_desktop.cpd.log.rows import EntryStatus
from staffdev_desktop.cpd.programmes import queries as programmes
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.programmes.rows import SessionState
from staffdev_desktop.cpd.training import queries as training
from staffdev_desktop.cpd.training.rows import Matrix, State
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.years import term_of, year_of
from staffdev_desktop.overview.cpd_rules import hours_by_group, term_place
from staffdev_desktop.overview.rows import Certificate, CpdTie, Development, LeavingTies
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries as staff


@needs(Permission.CHANGE_STAFF)
def leaving_ties(session: Session, actor: Actor, *, person_id: int) -> LeavingTies:
    """Everything that still ties somebody who leaves: whom they manage, whose reviews they do, what is open of their own."""
    ties = boards.open_ties(session, actor, person_id=person_id)
    record = staff.person_record(session, actor, person_id=person_id)
    return LeavingTies(
        managed=tuple((each.person_id, each.name) for each in record.manages),
        reviews_of_others=tuple(tie for tie in ties if tie.as_reviewer),
        own_reviews=tuple(tie for tie in ties if not tie.as_reviewer),
    )


@needs(Permission.CHANGE_STAFF)
def cpd_ties(session: Session, actor: Actor, *, person_id: int) -> tuple[CpdTie, ...]:
    """What a leaver leaves open in CPD: programmes, groups, sessions to lead, requests. Nothing of it ends by itself."""
    today = clock.today()
    running = [each for each in enrolments.enrolments(session, actor, person_id=person_id) if each.running]
    found = [CpdTie("On the programme", each.programme) for each in running]
    for group in groups.groups(session, actor, year=year_of(today)):
        if group.ended_on is None and any(member.person_id == person_id for member in group.members):
            found.append(CpdTie("In the group", group.details.name))
    led = [each for each in programmes.sessions(session, actor, first=today) if each.details.leader_id == person_id]
    found += [CpdTie("Leads", f"{each.details.title}, {day_with_year(each.details.held_on)}") for each in led if each.cancelled_on is None]
    asked = requests.requests(session, actor, person_id=person_id)
    return tuple([*found, *(CpdTie("Asked for", each.details.activity) for each in asked if each.stage not in SETTLED)])


@needs(Permission.SEE_ALL_CPD)
def development(session: Session, actor: Actor) -> Development:
    """How CPD stands today, whatever year is looked at."""
    today = clock.today()
    ledgers = ledger.ledger(session, actor, year=year_of(today))
    place = term_place(ledgers, today)
    term = term_of(today, settings.calendar(session, actor).terms)
    matrix = training.matrix(session, actor)
    first, last = (ledgers[0].whole.begins, ledgers[0].whole.ends) if ledgers else (today, today)
    of_the_year = log.entries(session, actor, first=first, last=last)
    running = [each for each in rounds.rounds(session, actor) if each.closed_on is None]
    late = [chase for each in running for chase in rounds.chases(session, actor, round_id=each.id) if chase.late]
    return Development(
        term=term.name if term else "",
        term_ends=term.ends if term and term.ends >= today else None,
        groups=hours_by_group(ledgers, place) if place is not None else (),
        behind=tuple(each.person.name for each in most_behind_first(ledgers) if each.behind and each.person.here),
        expired=_certificates(matrix, State.EXPIRED),
        soon=_certificates(matrix, State.SOON),
        not_yet=sum(cell.state is State.NOT_YET for row in matrix.rows for cell in row.cells),
        to_check=sum(entry.status is EntryStatus.TO_CHECK for entry in of_the_year),
        requests=requests.waiting(session, actor),
        ratings_late=len({chase.diagnostic_id for chase in late}),
        attendance=sum(each.state is SessionState.TO_TAKE for each in programmes.sessions(session, actor, first=first, last=today)),
        overdue=sum(each.overdue for each in enrolments.enrolments(session, actor)),
    )


def _certificates(matrix: Matrix, state: State) -> tuple[Certificate, ...]:
    found = [
        Certificate(row.person.name, asked.name, cell.until)
        for row in matrix.rows
        for asked, cell in zip(matrix.trainings, row.cells, strict=True)
        if cell.state is state and cell.until is not None
    ]
    return tuple(sorted(found, key=lambda each: each.until))
