"""The practice school’s diagnostic: a round a term for the teachers, two for the teaching assistants, the newest one under way."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.diagnostic.queries import rounds as reads
from staffdev_desktop.cpd.diagnostic.queries.loop import proposed_drop_ins
from staffdev_desktop.cpd.diagnostic.rows import AgreedDraft, BoardRow, RoundDetails, Stage
from staffdev_desktop.cpd.diagnostic.rules import round_name
from staffdev_desktop.cpd.diagnostic.services import ratings, rounds
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.programmes.rows import SessionDetails
from staffdev_desktop.cpd.programmes.services import add_session
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import Term, usual_terms, year_of
from staffdev_desktop.practice.cast import ASSISTANTS, TEACHERS
from staffdev_desktop.practice.days import last_friday_open, school_day

ROUNDS = 4
AISHA = "Aisha Rahman"
# Picture 05c: Aisha’s agreed ratings from Autumn 2025 on, by area in the set’s order.
PICTURE = ((2, 3, 3, 3), (2, 2, 2, 3), (2, 2, 3, 3), (2, 2, 2, 2), (3, 3, 4, 4), (1, 2, 2, 3), (3, 3, 3, 4), (3, 3, 2, 2))
ADAPTING, READING, ASSESSMENT = 3, 4, 7
# How far people are in the running round, one after the other; some are past the deadline.
RUNNING = (Stage.AGREED, Stage.MANAGER_IN, Stage.AGREED, Stage.OWN_IN, Stage.AGREED, Stage.SHEET_OUT, Stage.AGREED, Stage.NOT_STARTED)
OWN_WORDS = (
    "The last two units went better than the ones before.",
    "I still talk for too long at the beginning.",
    "Books from my class show it.",
    "Not yet with every group.",
)
MANAGER_WORDS = (
    "Seen in two short visits this half-term.",
    "Clear in the books, less so in the lesson.",
    "A colleague asked to watch this.",
    "Works with most; three pupils wait too long.",
)
STEPS = (
    "Try it in one lesson a week and keep a note.",
    "Watch a colleague, then plan one lesson together.",
    "Ask for it in the next visit.",
)
AGREED_WORDS = ("Drop-in about it this half-term", "Two visits to a colleague’s lesson", "Read the school’s short guide and try one idea")
ABOUT = {
    "phonics": "Teaching early reading",
    "question": "Asking questions",
    "fluency": "Reading fluency",
    "behaviour": "Managing behaviour",
    "adapt": "Adapting for need",
}
MOST_LINKED = 40


@dataclass(frozen=True)
class Times:
    """The days around which a round turns."""

    name: str
    opens_on: date
    deadline: date
    last: bool


def add_diagnostic(session: Session, actor: Actor, *, seed: int) -> None:
    """Write the rounds of the last terms, through the services that the screens call."""
    chance = random.Random(f"{seed} diagnostic")  # noqa: S311
    areas = {each.id: tuple(area.id for area in each.areas) for each in reads.diagnostic_sets(session, actor)}
    strengths: dict[int, list[int]] = {}
    for number, times in enumerate(_times(clock.today())):
        groups = {TEACHERS, ASSISTANTS} if times.last else {TEACHERS}
        with clock.frozen_at(times.opens_on):
            wanted = [row.person_id for row in reads.round_plan(session, actor) if row.group in groups and row.set_id]
            if not wanted:
                return
            details = RoundDetails(times.name, times.opens_on, times.deadline)
            round_id = rounds.start_round(session, actor, details=details, person_ids=wanted)
            board = sorted(reads.board(session, actor, round_id=round_id), key=_aisha_first)
        if times.last:
            out = [row.id for place, row in enumerate(board) if RUNNING[place % len(RUNNING)] is not Stage.NOT_STARTED]
            with clock.frozen_at(min(times.opens_on + timedelta(days=2), clock.today())):
                rounds.sheets_out(session, actor, diagnostic_ids=out)
        for place, row in enumerate(board):
            _hold(session, actor, row, areas[row.set_id], strengths, Place(number, place, times), chance)
        if not times.last:
            with clock.frozen_at(times.deadline + timedelta(days=3)):
                [here] = [each for each in reads.rounds(session, actor) if each.id == round_id]
                rounds.close_round(session, actor, round_id=round_id, revision=here.revision)
    _link(session, actor)
    _plan_drop_in(session, actor)


@dataclass(frozen=True)
class Place:
    """Which round it is, and which person of it."""

    round_number: int
    person: int
    times: Times


def _times(today: date) -> list[Times]:
    """The newest rounds up to today, the oldest first. The running one was due on a Friday that has just gone by, where its term allows."""
    terms = [term for year in range(year_of(today) - 2, year_of(today) + 1) for term in usual_terms(year)]
    begun = [term for term in terms if _opens(term) <= today][-ROUNDS:]
    found = []
    for term in begun:
        last = term is begun[-1]
        opens = _opens(term)
        deadline = last_friday_open(opens + timedelta(weeks=5))
        if last and today - opens > timedelta(weeks=4):
            deadline = max(last_friday_open(today - timedelta(days=4)), opens)
        found.append(Times(round_name(opens, terms), opens, max(deadline, opens), last))
    return found


def _opens(term: Term) -> date:
    return school_day(term.begins + timedelta(days=5))


def _aisha_first(row: BoardRow) -> tuple[bool, str]:
    return row.name != AISHA, row.sort_key


def _hold(
    session: Session,
    actor: Actor,
    row: BoardRow,
    areas: tuple[int, ...],
    known: dict[int, list[int]],
    place: Place,
    chance: random.Random,
) -> None:
    """One person’s diagnostic, as far as it is: ratings creep upwards, and weak areas get CPD."""
    stage = RUNNING[place.person % len(RUNNING)] if place.times.last else Stage.AGREED
    before = known.get(row.person_id) or [chance.choice((1, 2, 2, 2, 3, 3)) for _area in areas]
    values = [min(4, max(1, value + chance.choice((0, 0, 0, 1, 1, -1)))) for value in before]
    if row.name == AISHA:
        values = [terms[place.round_number - ROUNDS] for terms in PICTURE]
    known[row.person_id] = values
    if stage in (Stage.NOT_STARTED, Stage.SHEET_OUT):
        return
    opens, today = place.times.opens_on, clock.today()
    picture = row.name == AISHA and place.times.last
    sheet: dict[int, dict[str, int | str | None]] = {}
    marks = _marks(values, picture)
    for number, (area_id, value) in enumerate(zip(areas, values, strict=True)):
        sheet[area_id] = _written(value, marks[number], stage, chance, full=place.times.last)
    if picture:
        sheet[areas[ADAPTING]] |= {
            "own": 2,
            "manager": 2,
            "own_evidence": "My writing tasks come in three versions. Maths is one sheet for all.",
            "manager_evidence": "Seen in English on 16 September. In maths, four pupils waited for help.",
            "we_see": "Same for four terms. Tasks are adapted in writing but not yet in maths.",
            "next_step": "Plan one maths week with Ruth. Watch two lessons in Year 3.",
        }
    day = school_day(min(opens + timedelta(days=14 if picture else 10 + place.person % 12), today), -1)
    with clock.frozen_at(max(day, opens)):
        ratings.write_sheet(session, actor, diagnostic_id=row.id, ratings=sheet)
    if stage is Stage.AGREED:
        _agree(session, actor, row, areas, marks, opens + timedelta(days=17) if picture else day, place, chance)


def _marks(values: list[int], picture: bool) -> list[str]:
    """The weakest is what to work on, the strongest a strength; as in the picture for Aisha."""
    marks = [""] * len(values)
    if picture:
        marks[ADAPTING], marks[READING], marks[ASSESSMENT] = "focus", "strength", "focus"
        return marks
    if max(values) >= 3:
        marks[values.index(max(values))] = "strength"
    if min(values) <= 2:
        marks[values.index(min(values))] = "focus"
    return marks


def _written(value: int, mark: str, stage: Stage, chance: random.Random, *, full: bool) -> dict[str, int | str | None]:
    """What stands on a sheet about one area; of rounds long past, only the numbers."""
    own = min(4, max(1, value + chance.choice((0, 0, 0, 1, -1))))
    made: dict[str, int | str | None] = {"own": own}
    if full and (mark or chance.random() < 0.3):
        made["own_evidence"] = chance.choice(OWN_WORDS)
    if stage is Stage.OWN_IN:
        return made
    made["manager"] = min(4, max(1, value + chance.choice((0, 0, 0, 0, -1))))
    if full and (mark or chance.random() < 0.3):
        made["manager_evidence"] = chance.choice(MANAGER_WORDS)
    if stage is Stage.AGREED:
        made |= {"agreed": value, "mark": mark}
        if mark == "focus":
            made["next_step"] = chance.choice(STEPS)
    return made


def _agree(
    session: Session,
    actor: Actor,
    row: BoardRow,
    areas: tuple[int, ...],
    marks: list[str],
    day: date,
    place: Place,
    chance: random.Random,
) -> None:
    with clock.frozen_at(min(day, clock.today())):
        for area_id, mark in zip(areas, marks, strict=True):
            if mark == "focus":
                by_when = last_friday_open(place.times.deadline + timedelta(weeks=-2 if place.person % 4 == 2 else 3))
                draft = AgreedDraft(area_id, chance.choice(AGREED_WORDS), by_when)
                agreed_id = ratings.save_agreed_cpd(session, actor, diagnostic_id=row.id, draft=draft)
                if place.round_number < ROUNDS - 2 or (not place.times.last and place.person % 5):
                    ratings.set_agreed_done(session, actor, agreed_id=agreed_id, revision=1, done=True)
        ratings.record_term(session, actor, diagnostic_id=row.id)


def _plan_drop_in(session: Session, actor: Actor) -> None:
    """A session about what most teachers find hard."""
    newest = reads.rounds(session, actor)[0]
    found = [area for area in proposed_drop_ins(session, actor, round_id=newest.id) if area.set_name == TEACHERS]
    if found:
        kinds = [kind.id for kind in log.kinds(session, actor) if "drop-in" in kind.name]
        details = SessionDetails(
            held_on=school_day(clock.today() + timedelta(days=16)),
            minutes=15,
            title=f"Drop-in: {found[0].title.lower()}",
            starts_at=time(15, 30),
            kind_id=kinds[0] if kinds else None,
            leader="Grace Adeyemi",
            place="Library",
            audience=TEACHERS,
            area_id=found[0].area_id,
        )
        add_session(session, actor, details=details)


def _link(session: Session, actor: Actor) -> None:
    """Say of entries that the log has already which area they were for, by their words."""
    areas = {area.title: area.id for each in reads.diagnostic_sets(session, actor) for area in each.areas}
    teachers = {person.id for person in log.people(session, actor) if person.group == TEACHERS}
    since = clock.today() - timedelta(days=200)
    wanted = select(Entry).where(Entry.area_id.is_(None), Entry.done_on >= since, Entry.person_id.in_(teachers))
    linked = 0
    for entry in session.execute(wanted.order_by(Entry.done_on.desc(), Entry.id)).scalars().all():
        title = next((title for word, title in ABOUT.items() if word in entry.activity.casefold()), "")
        if title and linked < MOST_LINKED:
            ratings.link_entry(session, actor, entry_id=entry.id, revision=entry.revision, area_id=areas[title])
            linked += 1
