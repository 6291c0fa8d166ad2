"""Writes: requests, what was decided and what came of them, budgets."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.requests.queries import DETAILS
from staffdev_desktop.cpd.log.requests.rows import BudgetDetails, Decision, RequestDetails
from staffdev_desktop.cpd.log.requests.rules import check_budgets, check_decision, check_request, is_more, stripped
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.scope import is_self, visible_person
from staffdev_desktop.cpd.log.services import File, attach, write_entry
from staffdev_desktop.cpd.models.log import CpdBudget, CpdRequest, Entry
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError


@needs(Permission.KEEP_CPD)
def ask(session: Session, actor: Actor, *, person_id: int, details: RequestDetails, asked_on: date | None = None) -> int:
    """Write down what somebody asks for, on screen or on a slip. Returns its id. Raises UserError."""
    check_request(details)
    person = visible_person(session, actor, person_id)
    if asked_on is not None and asked_on > clock.today():
        raise UserError("It cannot have been asked for in the future.", field="asked_on")
    row = CpdRequest(person_id=person.id, asked_on=asked_on or clock.today())
    _set(row, details)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.KEEP_CPD)
def change_request(session: Session, actor: Actor, *, request_id: int, revision: int, details: RequestDetails) -> None:
    """Change what is asked for. A yes does not hold for something else or for more money, nor a no for what was changed: ask anew.

    Raises UserError, Conflict.
    """
    check_request(details)
    row = _open(session, actor, request_id, revision)
    before = _details_of(row)
    if (row.approved and is_more(before, details)) or (row.approved is False and stripped(details) != before):
        row.approved, row.decided_on, row.decided_by, row.reason, row.booked_on = None, None, "", "", None
    _set(row, details)


@needs(Permission.CHECK_CPD)
def decide(session: Session, actor: Actor, *, request_id: int, revision: int, decision: Decision) -> None:
    """A line manager’s yes or no, with the reason. Nobody decides on their own request. Raises UserError, Conflict."""
    row = _open(session, actor, request_id, revision)
    if is_self(session, actor, row.person_id):
        raise UserError("Nobody decides on their own request.")
    check_decision(decision, row.asked_on, clock.today())
    row.approved, row.decided_on = decision.approved, decision.on
    row.reason, row.decided_by = decision.reason.strip(), decision.by.strip() or actor.name
    if not decision.approved:
        row.booked_on = None


@needs(Permission.KEEP_CPD)
def book(session: Session, actor: Actor, *, request_id: int, revision: int, starts_on: date, booked_on: date | None = None) -> None:
    """It is booked, for this day. Raises UserError, Conflict."""
    row = _open(session, actor, request_id, revision)
    if not row.approved:
        raise UserError("Decide first: what is not agreed is not booked.")
    row.starts_on, row.booked_on = starts_on, booked_on or clock.today()


@needs(Permission.KEEP_CPD)
def withdraw(session: Session, actor: Actor, *, request_id: int, revision: int) -> None:
    """It is not wanted any more. Raises UserError, Conflict."""
    row = _open(session, actor, request_id, revision)
    row.withdrawn_on = clock.today()


@needs(Permission.KEEP_CPD)
def attended(session: Session, actor: Actor, *, request_id: int, revision: int, details: EntryDetails, files: Sequence[File] = ()) -> int:
    """They went: a line in the log that belongs to the request; its cost is from now on what was spent. Returns the entry’s id.

    Raises UserError, Conflict.
    """
    row = _open(session, actor, request_id, revision)
    if not row.approved:
        raise UserError("Decide first: this was not agreed.")
    person = visible_person(session, actor, row.person_id)
    entry = write_entry(session, actor, person, details, request_id=row.id)
    row.pence = details.pence
    row.starts_on = details.done_on
    if files:
        attach(session, actor, entry_id=entry.id, files=files)
    return entry.id


@needs(Permission.RUN_CPD)
def set_budgets(session: Session, actor: Actor, *, year: int, budgets: Sequence[BudgetDetails]) -> None:
    """Write the budgets of an academic year. One that is left out goes, unless a request names it: then UserError."""
    check_budgets(budgets)
    known = {row.id: row for row in session.execute(select(CpdBudget).where(CpdBudget.year == year)).scalars()}
    kept = {budget.id for budget in budgets}
    for budget_id, row in known.items():
        if budget_id not in kept:
            if session.execute(select(CpdRequest.id).where(CpdRequest.budget_id == budget_id).limit(1)).scalar() is not None:
                raise UserError(f"Requests name ‘{row.name}’. Give them another budget first.", field="budgets")
            session.delete(row)
        else:
            row.name = f"{row.name} ({row.id})"  # two budgets may change names with each other
    session.flush()
    for budget in budgets:
        found = known.get(budget.id or 0)
        if found is None:
            found = CpdBudget(year=year)
            session.add(found)
        found.name, found.pence = budget.name.strip(), budget.pence
    session.flush()


def _open(session: Session, actor: Actor, request_id: int, revision: int) -> CpdRequest:
    """A request that still can be changed. Raises UserError, Conflict."""
    row = session.get(CpdRequest, request_id)
    if row is None:
        raise UserError("This request is not there any more.")
    visible_person(session, actor, row.person_id)
    if row.revision != revision:
        raise Conflict
    if session.execute(select(Entry.id).where(Entry.request_id == request_id).limit(1)).scalar() is not None:
        raise UserError("This has taken place and is in the log. Change it there.")
    if row.withdrawn_on is not None:
        raise UserError("This request was withdrawn. Ask again with a new one.")
    return row


def _details_of(row: CpdRequest) -> RequestDetails:
    return RequestDetails(*[getattr(row, name) for name in DETAILS])


def _set(row: CpdRequest, details: RequestDetails) -> None:
    clean = stripped(details)
    for name in DETAILS:
        setattr(row, name, getattr(clean, name))
