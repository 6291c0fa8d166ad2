"""Decisions about requests: how far one is, what it may say, what comes next. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from staffdev_desktop.cpd.log.requests.rows import BudgetDetails, BudgetRow, Decision, RequestDetails, RequestRow, RequestStage
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import LONGEST_LINE, LONGEST_WORDS
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import searchable

# What the row of a request offers to do next (DESIGN-LANGUAGE section 1: every row ends in a verb).
VERBS = {
    RequestStage.ASKED: "Decide",
    RequestStage.DECLINED: "Open",
    RequestStage.AGREED: "Book",
    RequestStage.BOOKED: "Open",
    RequestStage.PAST: "Record",
    RequestStage.ATTENDED: "Write impact",
    RequestStage.DONE: "Open entry",
    RequestStage.WITHDRAWN: "Open",
}
SETTLED = (RequestStage.DECLINED, RequestStage.DONE, RequestStage.WITHDRAWN)
URGENCY = (
    RequestStage.ASKED,
    RequestStage.PAST,
    RequestStage.AGREED,
    RequestStage.ATTENDED,
    RequestStage.BOOKED,
    RequestStage.DONE,
    RequestStage.DECLINED,
    RequestStage.WITHDRAWN,
)


def stage_of(
    details: RequestDetails,
    *,
    approved: bool | None,
    booked_on: date | None,
    withdrawn_on: date | None,
    has_entry: bool,
    impact_written: bool,
    today: date,
) -> RequestStage:
    """How far a request is. What was attended stays so, whatever was said before."""
    if has_entry:
        return RequestStage.DONE if impact_written else RequestStage.ATTENDED
    if withdrawn_on is not None:
        return RequestStage.WITHDRAWN
    if approved is None:
        return RequestStage.ASKED
    if not approved:
        return RequestStage.DECLINED
    if booked_on is None:
        return RequestStage.AGREED
    return RequestStage.PAST if details.starts_on is not None and details.starts_on <= today else RequestStage.BOOKED


def check_request(details: RequestDetails) -> None:
    """Raises UserError for a request without words, or with amounts that cannot be."""
    if not details.activity.strip():
        raise UserError("Write what it is for.", field="activity")
    if details.minutes is not None and details.minutes <= 0:
        raise UserError("Hours cannot be less than nothing.", field="minutes")
    for field in ("pence", "cover_pence"):
        if (getattr(details, field) or 0) < 0:
            raise UserError("A cost cannot be less than nothing.", field=field)
    for field in ("activity", "provider", "who_pays", "fee_share", "cover"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    check_length(details.why, LONGEST_WORDS, "why")


def check_decision(decision: Decision, asked_on: date, today: date) -> None:
    """Raises UserError for a no without a reason, a day that cannot be, or too many words."""
    if not decision.approved and not decision.reason.strip():
        raise UserError("Write why not: the member of staff reads it.", field="reason")
    if decision.on < asked_on:
        raise UserError("It was asked for after that day.", field="on")
    if decision.on > today:
        raise UserError("A decision cannot lie in the future.", field="on")
    check_length(decision.by, LONGEST_LINE, "by")
    check_length(decision.reason, LONGEST_WORDS, "reason")


def is_more(before: RequestDetails, after: RequestDetails) -> bool:
    """Whether a changed request asks for something else, or for more money, than what was decided on."""
    same = searchable(before.activity).split() == searchable(after.activity).split()
    costs = [(details.pence or 0) + (details.cover_pence or 0) for details in (before, after)]
    return not same or costs[1] > costs[0]


def check_budgets(budgets: Sequence[BudgetDetails]) -> None:
    """Raises UserError for a budget without a name, with the name of another, or with less than nothing in it."""
    names = [searchable(budget.name).strip() for budget in budgets]
    if not all(names):
        raise UserError("Each budget needs a name.", field="budgets")
    if len(set(names)) < len(names):
        raise UserError("Two budgets have the same name.", field="budgets")
    if any(budget.pence < 0 for budget in budgets):
        raise UserError("A budget cannot be less than nothing.", field="budgets")


def overspend(budget: BudgetRow | None, pence: int, promised: int = 0) -> str:
    """A question where `pence` is more than a budget has left; `promised` of it is committed already. Nothing where it fits."""
    if budget is None or (left := budget.left + promised - pence) >= 0:
        return ""
    return f"With this, ‘{budget.name}’ has {pounds(-left)} less than was promised."


def entry_from(row: RequestRow) -> EntryDetails:
    """The line of the log that a request makes, to look over before it is written."""
    details = row.details
    return EntryDetails(
        done_on=details.starts_on or row.asked_on,
        minutes=details.minutes or 0,
        activity=details.activity,
        kind_id=details.kind_id,
        provider=details.provider,
        pence=details.pence,
        who_pays=details.who_pays,
        fee_share=details.fee_share,
        need_id=details.need_id,
    )


def most_urgent_first(rows: Sequence[RequestRow]) -> tuple[RequestRow, ...]:
    """What waits for somebody first, then by day."""
    return tuple(sorted(rows, key=lambda row: (URGENCY.index(row.stage), row.details.starts_on or row.asked_on, row.id)))


def stripped(details: RequestDetails) -> RequestDetails:
    """Without spaces at either end."""
    words = ("activity", "why", "provider", "who_pays", "fee_share", "cover")
    return replace(details, **{key: getattr(details, key).strip() for key in words})
