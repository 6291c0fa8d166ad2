"""What the practice school owes in hours, and what its teaching and learning team found out about what was done."""

import random
from datetime import date, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.ledger.rows import AbsenceRow, EntitlementDetails
from staffdev_desktop.cpd.ledger.services import set_absences, set_entitlement
from staffdev_desktop.cpd.log.rows import EntryStatus
from staffdev_desktop.cpd.quality import queries
from staffdev_desktop.cpd.quality.rows import CheckRow, Verdict
from staffdev_desktop.cpd.quality.services import assure, score_programme, send_back
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.practice.cast import ASSISTANTS, LEADERSHIP, TEACHERS
from staffdev_desktop.practice.days import school_day
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.reading import names_by_id

AWAY = "Imran Walsh"  # or whoever else is among the teaching assistants of a smaller school
ANSWERS = (
    ("Starts each lesson with three questions from last week, and keeps to it.", "More hands up, and from children who used to wait."),
    ("Plans the questions before the task instead of while teaching it.", "Answers are longer; two children explained to each other."),
    ("Now shares the reading notes with the class teacher on the day.", "Three of five readers moved up a band by half-term."),
)
EVIDENCE = (
    (3, "Every module ends in a task with one’s own class, looked at together a month later."),
    (2, "Two of four sessions named the research they rest on."),
    (2, "Pairs watched each other once a term; the second visit fell through twice."),
    (3, "Five meetings from September to May, with something to try in between."),
    (1, "Cover was found for two of five afternoons."),
)
QUESTIONS = ("How many of them do it without being reminded?", "What did you leave out to make room for it?")
FOLLOW_UPS, ANSWERED, SCORED = 4, 9, 4


def write_hours_owed(session: Session, actor: Actor, *, years: int) -> None:
    """Hours owed from the first year on: teachers 12, teaching assistants 12 by their share of full time, leaders 6 from this year."""
    groups = {group.name: group.id for group in settings.staff_groups(session, actor)}
    this_year = year_of(clock.today())
    first = this_year - years + 1
    full, share = EntitlementDetails(720, 240), EntitlementDetails(720, 240, pro_rata=True)
    for name, year, details in (
        (TEACHERS, first, full),
        (ASSISTANTS, first, share),
        (ASSISTANTS, this_year, share),  # in place of what the program begins with
        (LEADERSHIP, this_year, EntitlementDetails(360, 120, carry_over=True)),
    ):
        set_entitlement(session, actor, group_id=groups[name], from_year=year, details=details)


def write_quality(session: Session, actor: Actor, *, seed: int) -> None:
    """Answers to the questions, days to look again, programmes scored, and one long absence."""
    chance = random.Random(f"{seed} quality")  # noqa: S311
    today = clock.today()
    rows = queries.checks(session, actor, year=year_of(today))
    _look_again(session, actor, queries.checks(session, actor, year=year_of(today) - 1))
    waiting = [row for row in rows if row.entry.status is EntryStatus.TO_CHECK]
    _answer(session, actor, waiting[len(QUESTIONS) :], chance)
    for row, question in zip(waiting, QUESTIONS, strict=False):
        send_back(session, actor, entry_id=row.id, revision=row.entry.revision, question=question)
    _score(session, actor, chance)
    names = {name: person_id for person_id, name in names_by_id(session).items()}
    away = names.get(AWAY) or next((row.entry.person_id for row in rows if row.entry.group == ASSISTANTS), None)
    if away is not None:
        begins = school_day(date(year_of(today), 9, 14))
        set_absences(session, actor, person_id=away, absences=[AbsenceRow(begins, school_day(begins + timedelta(days=16), -1))])


def _look_again(session: Session, actor: Actor, rows: tuple[CheckRow, ...]) -> None:
    """A few of last summer’s were to be looked at again about now."""
    assured = [row for row in rows if row.entry.status is EntryStatus.ASSURED and row.term == "Summer term"]
    for number, row in enumerate(assured[:: max(len(assured) // FOLLOW_UPS, 1)][:FOLLOW_UPS]):
        day = school_day(clock.today() + timedelta(days=7 * number - 10))
        worth = ("yes", "no", "partly", "yes")[number]
        verdict = Verdict(worth=worth, look_again_on=day)
        with clock.frozen_at(school_day(row.entry.details.done_on + timedelta(days=12))):
            assure(session, actor, entry_id=row.id, revision=row.entry.revision, verdict=verdict)


def _answer(session: Session, actor: Actor, rows: list[CheckRow], chance: random.Random) -> None:
    """Some of this term’s are checked with words, not only with a tick."""
    asked = queries.questions(session, actor)
    for row in rows[:ANSWERED]:
        words = chance.choice(ANSWERS)
        answers = tuple(zip(asked, words, strict=False))
        on = min(school_day(row.entry.details.done_on + timedelta(days=chance.randint(4, 12))), clock.today())
        with clock.frozen_at(on):
            worth = chance.choice(("yes", "yes", "partly"))
            assure(session, actor, entry_id=row.id, revision=row.entry.revision, verdict=Verdict(worth, answers))


def _score(session: Session, actor: Actor, chance: random.Random) -> None:
    for row in [row for row in queries.programmes(session, actor) if row.enrolled][:SCORED]:
        scores = [(part, min(score + chance.randint(-1, 1), 3), words) for part, (score, words) in enumerate(EVIDENCE)]
        score_programme(session, actor, programme_id=row.id, scores=[(part, max(score, 0), words) for part, score, words in scores])
