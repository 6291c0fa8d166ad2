"""Asking before it happens: from the slip to the impact, and what it does to a budget."""

from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.accounts.permissions import Role
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log import services as entries
from staffdev_desktop.cpd.log.requests import queries, services
from staffdev_desktop.cpd.log.requests.rows import BudgetDetails, Decision, RequestDetails, RequestRow, RequestStage
from staffdev_desktop.cpd.log.requests.rules import VERBS, entry_from, overspend, stage_of
from staffdev_desktop.kernel.errors import Conflict, UserError
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

YES, NO = Decision(True, TODAY, by="Ruth Pemberton"), Decision(False, TODAY, "No cover that week", "Ruth Pemberton")
COURSE = RequestDetails("Phonics leads’ day", starts_on=date(2026, 10, 19), minutes=330, pence=12000, cover="A day", cover_pence=9500)


def ask(staffed: Staffed, details: RequestDetails = COURSE) -> int:
    return staffed.school.do(services.ask, person_id=staffed.karen, details=details, asked_on=date(2026, 9, 10))


def row(staffed: Staffed, request_id: int) -> RequestRow:
    return staffed.school.read(queries.request, request_id=request_id)


def decide(staffed: Staffed, request_id: int, decision: Decision) -> None:
    staffed.school.do(services.decide, request_id=request_id, revision=row(staffed, request_id).revision, decision=decision)


def test_a_request_goes_from_the_slip_to_the_impact(staffed: Staffed) -> None:
    school, stages = staffed.school, []
    request_id = ask(staffed)
    stages.append(row(staffed, request_id).stage)
    decide(staffed, request_id, YES)
    stages.append(row(staffed, request_id).stage)
    later = date(2026, 11, 3)
    school.do(services.book, request_id=request_id, revision=row(staffed, request_id).revision, starts_on=later)
    stages.append(row(staffed, request_id).stage)
    school.do(services.book, request_id=request_id, revision=row(staffed, request_id).revision, starts_on=date(2026, 10, 19))
    stages.append(row(staffed, request_id).stage)
    details = replace(entry_from(row(staffed, request_id)), pence=11000)
    entry_id = school.do(services.attended, request_id=request_id, revision=row(staffed, request_id).revision, details=details)
    stages.append(row(staffed, request_id).stage)
    written = school.read(log.entry, entry_id=entry_id)
    assert (written.details.minutes, written.details.activity, written.person_id) == (330, "Phonics leads’ day", staffed.karen)
    assert row(staffed, request_id).details.pence == 11000  # what it cost in the end
    changed = replace(written.details, impact="A new routine in Year 2")
    school.do(entries.change_entry, entry_id=entry_id, revision=written.revision, details=changed)
    stages.append(row(staffed, request_id).stage)
    wanted = ["Asked", "Agreed", "Booked", "Attended?", "Impact to write", "Done"]
    assert stages == wanted
    assert row(staffed, request_id).entry_id == entry_id
    with pytest.raises(UserError, match="is in the log"):
        decide(staffed, request_id, NO)


def test_every_stage_ends_in_a_verb() -> None:
    assert set(VERBS) == set(RequestStage)
    facts = {"booked_on": None, "withdrawn_on": TODAY, "has_entry": False, "impact_written": False, "today": TODAY}
    assert stage_of(COURSE, approved=True, **facts) is RequestStage.WITHDRAWN
    assert stage_of(COURSE, approved=True, **{**facts, "has_entry": True}) is RequestStage.ATTENDED


def test_a_no_needs_its_reason_and_a_decision_a_day_that_can_be(staffed: Staffed) -> None:
    request_id = ask(staffed)
    for decision, field in (
        (replace(NO, reason=" "), "reason"),
        (replace(YES, on=date(2026, 9, 9)), "on"),
        (replace(YES, on=date(2026, 10, 21)), "on"),
    ):
        with pytest.raises(UserError) as caught:
            decide(staffed, request_id, decision)
        assert caught.value.field == field
    decide(staffed, request_id, NO)
    assert row(staffed, request_id).stage is RequestStage.DECLINED
    with pytest.raises(UserError, match="not agreed"):
        staffed.school.do(services.book, request_id=request_id, revision=row(staffed, request_id).revision, starts_on=TODAY)


def test_more_money_or_something_else_is_asked_anew(staffed: Staffed) -> None:
    request_id = ask(staffed)
    for changed, stage in (
        (replace(COURSE, pence=11000, why="It is cheaper"), RequestStage.AGREED),
        (replace(COURSE, pence=13000), RequestStage.ASKED),
        (replace(COURSE, pence=13000, activity="A trip"), RequestStage.ASKED),
    ):
        decide(staffed, request_id, YES)
        revision = row(staffed, request_id).revision
        staffed.school.do(services.change_request, request_id=request_id, revision=revision, details=changed)
        assert row(staffed, request_id).stage is stage
    with pytest.raises(Conflict):
        staffed.school.do(services.change_request, request_id=request_id, revision=revision, details=COURSE)


def test_a_no_does_not_hold_for_what_was_changed(staffed: Staffed) -> None:
    request_id = ask(staffed)
    decide(staffed, request_id, NO)
    for details, stage in ((COURSE, RequestStage.DECLINED), (replace(COURSE, cover="", cover_pence=None), RequestStage.ASKED)):
        revision = row(staffed, request_id).revision
        staffed.school.do(services.change_request, request_id=request_id, revision=revision, details=details)
        assert row(staffed, request_id).stage is stage


def test_a_budget_tells_what_is_spent_promised_and_left(staffed: Staffed) -> None:
    school = staffed.school
    school.do(services.set_budgets, year=2026, budgets=[BudgetDetails("CPD", 50_000), BudgetDetails("SEND", 10_000)])
    cpd, send = school.read(queries.budgets, year=2026)
    first, second, third, fourth = (ask(staffed, replace(COURSE, budget_id=cpd.id)) for _ in range(4))
    for request_id in (first, second):
        decide(staffed, request_id, YES)
    decide(staffed, third, NO)
    details = replace(entry_from(row(staffed, first)), pence=10_000)
    school.do(services.attended, request_id=first, revision=row(staffed, first).revision, details=details)
    cpd, send = school.read(queries.budgets, year=2026)
    assert (cpd.spent, cpd.committed, cpd.asked, cpd.left) == (19_500, 21_500, 21_500, 9_000)
    assert send.left == 10_000
    assert overspend(cpd, 9_000) == ""
    assert "£125.00 less" in overspend(cpd, 21_500)
    assert overspend(cpd, 21_500, promised=21_500) == ""
    school.do(services.withdraw, request_id=fourth, revision=row(staffed, fourth).revision)
    assert school.read(queries.budgets, year=2026)[0].asked == 0
    with pytest.raises(UserError, match="Requests name ‘CPD’"):
        school.do(services.set_budgets, year=2026, budgets=[BudgetDetails("SEND", 10_000, send.id)])
    swapped = [BudgetDetails("SEND", 1, cpd.id), BudgetDetails("CPD", 2, send.id)]
    school.do(services.set_budgets, year=2026, budgets=swapped)
    assert [(budget.name, budget.pence) for budget in school.read(queries.budgets, year=2026)] == [("CPD", 2), ("SEND", 1)]
    school.undo()
    assert [budget.name for budget in school.read(queries.budgets, year=2026)] == ["CPD", "SEND"]
    assert school.read(queries.budgets, year=2026)[0].pence == 50_000
    for wrong in ([BudgetDetails(" ", 1)], [BudgetDetails("A", 1), BudgetDetails("a", 1)], [BudgetDetails("A", -1)]):
        with pytest.raises(UserError):
            school.do(services.set_budgets, year=2026, budgets=wrong)


def test_a_request_belongs_to_the_year_of_its_day(staffed: Staffed) -> None:
    ask(staffed, replace(COURSE, starts_on=date(2027, 9, 3)))
    ask(staffed, replace(COURSE, starts_on=None))
    assert [len(staffed.school.read(queries.requests, year=year)) for year in (2025, 2026, 2027)] == [0, 1, 1]
    assert staffed.school.read(queries.waiting) == 2


def test_what_cannot_be_asked_is_refused_beside_its_field(staffed: Staffed) -> None:
    for details, field in (
        (RequestDetails(" "), "activity"),
        (replace(COURSE, minutes=-1), "minutes"),
        (replace(COURSE, pence=-1), "pence"),
        (replace(COURSE, cover_pence=-1), "cover_pence"),
        (replace(COURSE, provider="x" * 201), "provider"),
    ):
        with pytest.raises(UserError) as caught:
            ask(staffed, details)
        assert caught.value.field == field


def test_a_line_manager_decides_for_their_own_and_never_for_themselves(staffed: Staffed) -> None:
    karens, ruths = ask(staffed), staffed.school.do(services.ask, person_id=staffed.ruth, details=COURSE)
    helens = staffed.school.do(services.ask, person_id=staffed.helen, details=COURSE)
    with as_reviewer(staffed, staffed.ruth) as school:
        assert school.actor.role is Role.REVIEWER
        assert {each.id for each in school.read(queries.requests)} == {karens, ruths}
        school.do(services.decide, request_id=karens, revision=1, decision=replace(YES, by=""))
        assert school.read(queries.request, request_id=karens).decision.by == "Ruth Pemberton"
        with pytest.raises(UserError, match="own request"):
            school.do(services.decide, request_id=ruths, revision=1, decision=YES)
        with pytest.raises(UserError, match="not there"):
            school.read(queries.request, request_id=helens)
