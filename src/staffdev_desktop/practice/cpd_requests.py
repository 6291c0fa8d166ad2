"""What people at the practice school asked for before it happened: something in each stage, and the money for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log.requests import queries, services
from staffdev_desktop.cpd.log.requests.rows import BudgetDetails, Decision, RequestDetails
from staffdev_desktop.cpd.log.requests.rules import entry_from
from staffdev_desktop.kernel import clock
from staffdev_desktop.practice.days import school_day

WHOLE, SEND = "Whole-school CPD", "SEND and inclusion"
COVER = "One day, agency"


@dataclass(frozen=True)
class Story:
    """A request: who, how long ago it was asked, when it takes place, and how far it is."""

    name: str
    asked: int  # days ago
    day: int  # days from today
    details: RequestDetails
    stage: str = "asked"
    words: str = ""  # the reason of a no, or the impact
    by: str = "David Okafor"


STORIES = (
    Story(
        "Sophie Turnbull",
        3,
        37,
        RequestDetails("Early years conference", "To see how others plan for two-year-olds", minutes=360, pence=14500, cover=COVER),
    ),
    Story(
        "Jake Thornton",
        6,
        52,
        RequestDetails("HLTA preparation day", "It is in my review", minutes=330, pence=9500, fee_share="Whole fee", who_pays="School"),
        by="Karen Doyle",
    ),
    Story(
        "Grace Adeyemi",
        12,
        44,
        RequestDetails("English subject leaders’ network", "Three meetings a year", minutes=120, pence=6000),
        "agreed",
    ),
    Story("Priya Sharma", 24, 29, RequestDetails("Maths hub work group", "Reasoning in Year 5", minutes=300, cover=COVER), "booked"),
    Story("Tom Ashworth", 35, -4, RequestDetails("Moderation training", "Year 6 writing", minutes=180, pence=4500), "booked"),
    Story("Bethan Price", 33, -12, RequestDetails("Behaviour and routines", "For my first class", minutes=150, pence=7500), "attended"),
    Story(
        "Samira Begum",
        40,
        -20,
        RequestDetails(
            "Catch-up reading programme", "To run it with six children", minutes=360, pence=21000, cover=COVER, cover_pence=9500
        ),
        "attended",
        "Six children began; their first check is in November",
        "Ruth Pemberton",
    ),
    Story(
        "Marcus Bailey",
        15,
        60,
        RequestDetails("National PE show", "New ideas for the hall", minutes=420, pence=32000, cover="Two days", cover_pence=19000),
        "declined",
        "Too much from one budget. We look for a course in the county.",
    ),
)


def write_requests(session: Session, actor: Actor, ids: Mapping[str, int], kinds: Mapping[str, int], *, year: int) -> None:
    """Budgets of last year and this one, and a request in each stage."""
    for each, whole, send in ((year - 1, 480_000, 120_000), (year, 600_000, 150_000)):
        services.set_budgets(session, actor, year=each, budgets=[BudgetDetails(WHOLE, whole), BudgetDetails(SEND, send)])
    budgets = {budget.name: budget.id for budget in queries.budgets(session, actor, year=year)}
    for story in STORIES:
        if story.name in ids:
            budget = budgets[SEND if story.by == "Ruth Pemberton" else WHOLE]
            details = replace(story.details, kind_id=kinds["Course"], budget_id=budget)
            _write(session, actor, replace(story, details=details), ids[story.name])


def _write(session: Session, actor: Actor, story: Story, person_id: int) -> None:
    today = clock.today()
    asked = school_day(today - timedelta(days=story.asked), -1)
    day = school_day(today + timedelta(days=story.day), 1 if story.day > 0 else -1)
    cover_pence = story.details.cover_pence or (18_500 if story.details.cover else None)
    details = replace(story.details, starts_on=day, cover_pence=cover_pence)
    with clock.frozen_at(asked):
        request_id = services.ask(session, actor, person_id=person_id, details=details)
    if story.stage == "asked":
        return
    decided = min(asked + timedelta(days=2), today)
    reason = story.words if story.stage == "declined" else ""
    with clock.frozen_at(decided):
        decision = Decision(story.stage != "declined", decided, reason, story.by)
        services.decide(session, actor, request_id=request_id, revision=_revision(session, actor, request_id), decision=decision)
        if story.stage in ("booked", "attended"):
            services.book(session, actor, request_id=request_id, revision=_revision(session, actor, request_id), starts_on=day)
    if story.stage == "attended":
        row = queries.request(session, actor, request_id=request_id)
        entry = replace(entry_from(row), impact=story.words)
        services.attended(session, actor, request_id=request_id, revision=row.revision, details=entry)


def _revision(session: Session, actor: Actor, request_id: int) -> int:
    session.flush()
    return queries.request(session, actor, request_id=request_id).revision
