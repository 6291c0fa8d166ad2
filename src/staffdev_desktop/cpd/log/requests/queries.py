"""Reads: requests and budgets."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.requests.rows import BudgetRow, Decision, RequestDetails, RequestRow
from staffdev_desktop.cpd.log.requests.rules import most_urgent_first, stage_of
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.log import CpdBudget, CpdRequest, Entry
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.staff.models import Person

DETAILS = tuple(RequestDetails.__dataclass_fields__)


@needs(Permission.SEE_CPD)
def requests(
    session: Session, actor: Actor, *, year: int | None = None, person_id: int | None = None, request_id: int | None = None
) -> tuple[RequestRow, ...]:
    """What those whom the actor may see ask for, the most urgent first.

    A request belongs to the academic year of its day or, without one, to that in which it was asked.
    """
    wanted = select(CpdRequest).join(Person, Person.id == CpdRequest.person_id).where(visible_people(actor))
    if person_id is not None:
        wanted = wanted.where(CpdRequest.person_id == person_id)
    if request_id is not None:
        wanted = wanted.where(CpdRequest.id == request_id)
    found = [row for row in session.execute(wanted).scalars() if year is None or year_of(row.starts_on or row.asked_on) == year]
    return _rows(session, actor, found)


@needs(Permission.SEE_CPD)
def request(session: Session, actor: Actor, *, request_id: int) -> RequestRow:
    """One of them. Raises UserError if it is not there any more."""
    found = requests(session, actor, request_id=request_id)
    if not found:
        raise UserError("This request is not there any more.")
    return found[0]


@needs(Permission.SEE_CPD)
def budgets(session: Session, actor: Actor, *, year: int) -> tuple[BudgetRow, ...]:
    """The budgets of an academic year with what is spent, promised and left. Figures of the whole school, without names."""
    found = session.execute(select(CpdBudget).where(CpdBudget.year == year).order_by(CpdBudget.name)).scalars().all()
    theirs = session.execute(select(CpdRequest).where(CpdRequest.budget_id.in_([budget.id for budget in found]))).scalars().all()
    spent, committed, asked = dict[int, int](), dict[int, int](), dict[int, int]()
    attended = set(session.execute(select(Entry.request_id).where(Entry.request_id.in_([row.id for row in theirs]))).scalars())
    for row in theirs:
        into = spent if row.id in attended else committed if row.approved else asked
        refused = row.approved is False or row.withdrawn_on is not None
        if row.budget_id is not None and (row.id in attended or not refused):
            into[row.budget_id] = into.get(row.budget_id, 0) + (row.pence or 0) + (row.cover_pence or 0)
    return tuple(
        BudgetRow(row.id, row.revision, row.year, row.name, row.pence, spent.get(row.id, 0), committed.get(row.id, 0), asked.get(row.id, 0))
        for row in found
    )


@needs(Permission.SEE_CPD)
def waiting(session: Session, actor: Actor) -> int:
    """How many requests wait for a yes or no."""
    wanted = select(func.count()).select_from(CpdRequest).join(Person, Person.id == CpdRequest.person_id)
    wanted = wanted.where(visible_people(actor), CpdRequest.approved.is_(None), CpdRequest.withdrawn_on.is_(None))
    return session.execute(wanted).scalar_one()


def _rows(session: Session, actor: Actor, found: list[CpdRequest]) -> tuple[RequestRow, ...]:
    today = clock.today()
    people = {person.id: person for person in log.people(session, actor, here_only=False)}
    kinds = {kind.id: kind.name for kind in log.kinds(session, actor, in_use_only=False)}
    names: dict[int, str] = {key: value for key, value in session.execute(select(CpdBudget.id, CpdBudget.name))}
    came = _entries(session, [row.id for row in found])
    rows = []
    for row in found:
        details, person = RequestDetails(*[getattr(row, name) for name in DETAILS]), people[row.person_id]
        entry_id, impact_written = came.get(row.id, (None, False))
        stage = stage_of(
            details,
            approved=row.approved,
            booked_on=row.booked_on,
            withdrawn_on=row.withdrawn_on,
            has_entry=entry_id is not None,
            impact_written=impact_written,
            today=today,
        )
        kind, budget = kinds.get(details.kind_id or 0, ""), names.get(details.budget_id or 0, "")
        decided = None if row.approved is None else Decision(row.approved, row.decided_on or row.asked_on, row.reason, row.decided_by)
        rows.append(
            RequestRow(
                id=row.id,
                revision=row.revision,
                person_id=row.person_id,
                name=person.name,
                group=person.group,
                posts=person.posts,
                asked_on=row.asked_on,
                details=details,
                kind=kind,
                budget=budget,
                decision=decided,
                booked_on=row.booked_on,
                withdrawn_on=row.withdrawn_on,
                entry_id=entry_id,
                stage=stage,
                search=searchable(person.name, details.activity, details.provider, kind, budget, stage),
            )
        )
    return most_urgent_first(rows)


def _entries(session: Session, request_ids: list[int]) -> dict[int, tuple[int, bool]]:
    """The entry that came of each request, and whether its impact is written."""
    wanted = select(Entry.request_id, Entry.id, Entry.impact, Entry.changed, Entry.colleagues).where(Entry.request_id.in_(request_ids))
    found: dict[Any, tuple[int, bool]] = {}
    for request_id, entry_id, *words in session.execute(wanted):
        found[request_id] = (entry_id, any(each.strip() for each in words))
    return found
