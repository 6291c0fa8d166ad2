"""Three years of reviews for the practice school, made by the same services that the screens call."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_label, year_of
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.queries import boards, outcomes, records
from staffdev_desktop.pdr.queries.records import last_targets_of
from staffdev_desktop.pdr.rows import BoardRow, Stage
from staffdev_desktop.pdr.services import cycles, needs, statements, words
from staffdev_desktop.practice import phrases
from staffdev_desktop.practice.days import friday_from, last_friday_open, school_day

SEPTEMBER = 9
FIRST_MEETING, SLOT = time(8, 15), timedelta(minutes=45)
# How far the reviews of the running year are: every stage has something in it.
STAGES = (
    *[Stage.BOOKED] * 3,
    *[Stage.OUT, Stage.RETURNED, Stage.SIGNED, Stage.AGREED, Stage.BOOKED, Stage.DRAFT, Stage.RETURNED, Stage.OUT],
    *[Stage.SIGNED, Stage.OUT, Stage.BOOKED, Stage.AGREED, Stage.RETURNED, Stage.NOT_STARTED, Stage.BOOKED, Stage.DRAFT],
)
ORDER = tuple(Stage)


@dataclass(frozen=True)
class Dates:
    """The days around which a cycle turns."""

    starts_on: date
    sheets_out: date
    sheets_due: date
    meetings: date
    deadline: date


def past_dates(year: int) -> Dates:
    """A cycle of a year that is over."""
    return Dates(date(year, 9, 1), date(year, 9, 18), friday_from(date(year, 10, 3)), date(year, 10, 5), friday_from(date(year, 11, 23)))


def running_dates(today: date, weeks: int) -> Dates:
    """A cycle of today's year: sheets were due eleven days ago, so that some are late, and so many weeks are left."""
    starts = min(date(year_of(today), SEPTEMBER, 1), today - timedelta(days=40))
    due = friday_from(today - timedelta(days=14))
    return Dates(starts, due - timedelta(days=21), due, today, last_friday_open(today + timedelta(weeks=weeks)))


@dataclass(frozen=True)
class Round:
    """A cycle of the practice school: its name and the kinds of review in it."""

    name: str
    kinds: tuple[str, ...]


SUPPORT_STAFF, TEACHING_STAFF = Round("Support staff", ("support",)), Round("Teachers", ("teacher", "leadership"))


def hold_cycle(session: Session, actor: Actor, *, round_: Round, year: int, dates: Dates, chance: random.Random, finished: bool) -> None:
    """Start a cycle and take its reviews as far as they are on the day: all signed if it is finished."""
    today = clock.today()
    with clock.frozen_at(dates.sheets_out):
        cycle = cycles.NewCycle(
            name=f"{round_.name} {year_label(year)}",
            year=year,
            starts_on=dates.starts_on,
            ends_on=max(date(year + 1, 8, 31), dates.deadline),
            sheets_due_on=dates.sheets_due,
            deadline=dates.deadline,
        )
        invited = [
            cycles.Invited(row.person_id, row.reviewer_id, kind=row.kind)
            for row in boards.plan(session, actor, starts_on=dates.sheets_out, kinds=round_.kinds)
            if row.included and row.reviewer_id
        ]
        if not invited:
            return
        cycle_id = cycles.start_cycle(session, actor, cycle=cycle, invited=invited)
    for number, row in enumerate(_wanted_order(boards.cycle_board(session, actor, cycle_id=cycle_id))):
        place = number if round_ is SUPPORT_STAFF else number + 2  # the first two meet today
        stage = Stage.SIGNED if finished else STAGES[place % len(STAGES)]
        take_to(session, actor, row, stage, _timetable(dates, place, stage, today, finished), chance)


def settle_needs(session: Session, actor: Actor, *, year: int, chance: random.Random) -> None:
    """What became of the training needs of a year that is over: most were met, a few were declined."""
    session.flush()
    for row in outcomes.needs_list(session, actor, year=year):
        declined = chance.random() < 0.15
        with clock.frozen_at(school_day(date(year + 1, 5, 4) + timedelta(days=row.id % 40))):
            needs.move_need(
                session,
                actor,
                need_id=row.id,
                revision=row.revision,
                state="declined" if declined else "done",
                who=row.who,
                by_when=row.by_when,
                cost=None if declined else chance.choice((None, 4500, 12000, 18000)),
                term="Summer term",
                reason="There was no place left this year." if declined else "",
            )


def _wanted_order(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Karen Doyle's meeting is the first of the day in every picture."""
    first = ("Karen Doyle", "Amy Pritchard", "Jake Thornton")
    return sorted(rows, key=lambda row: (first.index(row.name) if row.name in first else len(first), row.number))


@dataclass(frozen=True)
class Timetable:
    """When one review reached its stages."""

    out: date
    returned: date
    meeting: datetime
    written: datetime
    signed: date


def _timetable(dates: Dates, number: int, stage: Stage, today: date, finished: bool) -> Timetable:
    returned = school_day(dates.sheets_out + timedelta(days=7 + number % 12))
    if finished:
        meeting = school_day(dates.meetings + timedelta(days=number % 40))
    elif stage in (Stage.BOOKED, Stage.RETURNED, Stage.OUT):
        meeting = today if number < 2 else school_day(today + timedelta(days=1 + number % 9))
    else:
        meeting = max(school_day(today - timedelta(days=2 + number % 6), -1), dates.sheets_out)
    at = datetime.combine(meeting, time(13, 30) if number == 0 else time(15, 45) if number == 1 else FIRST_MEETING)
    at += SLOT * (0 if number < 3 else number % 8)
    signed = school_day(meeting + timedelta(days=8)) if finished else min(meeting + timedelta(days=1), today)
    return Timetable(dates.sheets_out, min(returned, today), at, at + timedelta(minutes=30), signed)


def take_to(session: Session, actor: Actor, row: BoardRow, stage: Stage, when: Timetable, chance: random.Random) -> None:
    """Take one review up to a stage."""
    reached = ORDER.index(stage)
    if reached >= ORDER.index(Stage.OUT):
        cycles.mark_sheets_out(session, actor, review_ids=[row.id], on=when.out)
    if reached >= ORDER.index(Stage.RETURNED):
        record = records.review(session, actor, review_id=row.id)
        with clock.frozen_at(when.returned):
            words.type_in_sheet(session, actor, review_id=row.id, answers=_sheet(record.sheet_form, chance), returned_on=when.returned)
    if reached >= ORDER.index(Stage.BOOKED):
        fresh = _fresh(session, actor, row)
        room = chance.choice(("Library", "Meeting room", "Office"))
        cycles.book_meeting(session, actor, review_id=row.id, revision=fresh.revision, moment=when.meeting, place=room)
    if reached >= ORDER.index(Stage.DRAFT):
        with clock.frozen_at(when.written):
            _write(session, actor, row, chance, whole=stage is not Stage.DRAFT)
            if reached >= ORDER.index(Stage.AGREED):
                statements.agree_statement(session, actor, review_id=row.id, practice=True)
    if stage is Stage.SIGNED:
        with clock.frozen_at(when.signed):
            statements.record_signed(session, actor, review_ids=[row.id], on=when.signed)


def _fresh(session: Session, actor: Actor, row: BoardRow) -> BoardRow:
    session.flush()
    return boards.cycle_board(session, actor, review_id=row.id)[0]


def _sheet(form: Form, chance: random.Random) -> dict[str, Any]:
    return {field: chance.choice(offered) for field, offered in phrases.SHEET.items() if form.field(field) is not None}


def _write(session: Session, actor: Actor, row: BoardRow, chance: random.Random, *, whole: bool) -> None:
    """The words of a statement; a draft stops after the first target."""
    form, _ = records.statement_form_and_answers(session, session.get_one(Review, row.id))

    def save(field: str, value: Any) -> None:
        if form.field(field) is not None:
            words.save_answer(session, actor, review_id=row.id, field=field, value=value)

    year = year_of(clock.today())
    before = [each.target for each in last_targets_of(session, row.id)]
    chosen = phrases.aims(row.group, before, chance)[: 3 if whole else 1]
    save("discussion", chance.choice(phrases.DISCUSSED))
    save(
        "targets",
        [
            {
                "target": aim.target,
                "success_criteria": aim.success_criteria,
                "support": aim.support,
                "by_when": friday_from(date(year + 1, month, 10)).isoformat(),
            }
            for aim, month in zip(chosen, (4, 5, 7), strict=False)
        ],
    )
    if not whole:
        return
    _judge(session, actor, row, chance)
    for field, offered in phrases.WORDS.items():
        save(field, chance.choice(offered))
    save("interim", {"planned": chance.random() < 0.6, "when": f"the first week of March {year + 1}"})
    save("job_description", "Needs changes" if chance.random() < 0.2 else "Yes")
    _write_needs(save, year, chance)
    silent = chance.random() < 0.3
    save("comments", {"text": "" if silent else chance.choice(phrases.COMMENTS), "none": silent})
    member = chance.choices(("agreed", "agreed with comments", "not agreed"), (16, 3, 1))[0]
    save("agreement", {"member": "agreed" if silent else member, "reviewer": "agreed"})


def _write_needs(save: Callable[[str, Any], None], year: int, chance: random.Random) -> None:
    chosen = chance.sample(phrases.NEEDS, chance.choice((1, 2, 2, 3)))
    by_when = date(year + 1, 2, 12).isoformat()
    rows = [{"need": need, "how": how, "who": "School business manager", "by_when": by_when, "state": "to arrange"} for need, how in chosen]
    save("needs", rows)


def _judge(session: Session, actor: Actor, row: BoardRow, chance: random.Random) -> None:
    last = last_targets_of(session, row.id)
    if not last:
        words.set_first_year(session, actor, review_id=row.id, first_year=True)
        return
    judged = []
    for _ in last:
        outcome = chance.choices(("met", "partly met", "not met", "carried forward"), (10, 4, 1, 1))[0]
        judged.append({"outcome": outcome, "note": chance.choice(phrases.NOTES[outcome]), "reason": phrases.REASONS.get(outcome, "")})
    words.save_answer(session, actor, review_id=row.id, field="outcomes", value=judged)
