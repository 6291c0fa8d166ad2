"""Decisions about reviews: stages, deadlines, numbers, what may happen when, the fingerprint. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from staffdev_desktop.kernel.dates import MONTH_NAMES, clock_time, day_in_table, full_day, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.rows import BoardRow, ChaseLine, PersonStage, PlanRow, ReviewDates, Stage

SNAPSHOT_FORMAT = 1
CLOCK_MAY_STEP_BACK = timedelta(hours=1)  # as it does every October
DUE_SOON_DAYS = 14
MOST_REVIEWS = 8
TERM_DAYS = 92
EXEMPTIONS = {"induction": "Early career teacher in induction.", "capability": "Not in this cycle."}  # the second one's reason is private
LONGEST_ANSWER = 20_000  # characters; about seven pages
COPIES = ("staff", "hr")
SIDES = ("member of staff", "reviewer")
INTERIM_KINDS = ("interim", "mid-year")
APPEALS = ("statement", "pay")
NEED_STATES = ("to arrange", "agreed", "booked", "done", "declined")
SETTLED_NEEDS = ("done", "declined")
NEED_ENDS = {"to arrange": "Not arranged yet", "agreed": "Agreed, not booked yet"}  # as the member of staff reads it a year later


def stage_of(dates: ReviewDates) -> Stage:
    """The furthest stage that has been reached (DESIGN section 4)."""
    reached = Stage.NOT_STARTED
    for stage, when in _milestones(dates):
        if when is not None:
            reached = stage
    return reached


def _milestones(dates: ReviewDates) -> tuple[tuple[Stage, date | datetime | None], ...]:
    return (
        (Stage.OUT, dates.sheet_out_on),
        (Stage.RETURNED, dates.returned_on),
        (Stage.BOOKED, dates.booked_for),
        (Stage.DRAFT, dates.drafted_at),
        (Stage.AGREED, dates.agreed_at),
        (Stage.SIGNED, dates.signed_on),
    )


def date_of_stage(dates: ReviewDates, stage: Stage) -> date | datetime | None:
    """When a review reached a stage; None if it did not, or skipped it."""
    return dict(_milestones(dates)).get(stage)


def is_open(stage: Stage) -> bool:
    """Whether words can still be written: nothing has been frozen."""
    return stage not in (Stage.AGREED, Stage.SIGNED)


def require_open(stage: Stage) -> None:
    """Raises UserError if the statement is frozen."""
    if not is_open(stage):
        raise UserError("This statement is agreed and locked. Reopen the review to make a new version.")


def require_agreed(stage: Stage) -> None:
    """Raises UserError if there is no frozen statement yet."""
    if is_open(stage):
        raise UserError("This statement is not agreed yet.")


def check_booking(moment: datetime, others: Iterable[tuple[datetime, str]]) -> str | None:
    """A question if a meeting clashes with another of the same people within the hour, else None."""
    for at, who in others:
        if abs((at - moment).total_seconds()) < 3600:
            return f"{who} has a meeting at {at:%H:%M} that day. Book this one as well?"
    return None


def need_end(state: str, reason: str) -> str:
    """What became of a training need, in words: ‘Done’, ‘Declined: the course is full’."""
    words = NEED_ENDS.get(state, state.capitalize())
    return f"{words}: {reason}" if reason else words


def clock_questions(now: datetime, booked_for: datetime | None, last_saved: datetime | None) -> tuple[str, ...]:
    """What to ask before a statement is locked with the time of a clock that may have been set back.

    Never a refusal: whoever worked with a clock that was ahead, and has set it right since, must be able to go on.
    """
    asked = []
    if last_saved is not None and last_saved - now > CLOCK_MAY_STEP_BACK:
        then, says = (f"{long_day(moment.date())}, {clock_time(moment)}" for moment in (last_saved, now))
        asked.append(f"This review was last saved on {then}, but this PC’s clock says {says}, which is what will be printed. Is it right?")
    if booked_for is not None and booked_for.date() > now.date():
        asked.append(
            f"The meeting is booked for {full_day(booked_for.date())}, but this PC’s clock says that today is {full_day(now.date())}. "
            "The statement will name today. Is it right?"
        )
    return tuple(asked)


def review_number(year: int, sequence: int) -> str:
    """PDR-2026-0031: given when the review is made and never used again."""
    return f"PDR-{year}-{sequence:04d}"


def next_sequence(numbers: Iterable[str], year: int) -> int:
    """The next free sequence of a year."""
    start = f"PDR-{year}-"
    used = [int(number.removeprefix(start)) for number in numbers if number.startswith(start)]
    return max(used, default=0) + 1


def check_cycle(name: str, names: Iterable[str], starts_on: date, ends_on: date, sheets_due_on: date, deadline: date) -> str:
    """The cycle's name, tidied. Raises UserError for a name used twice or dates in the wrong order."""
    name = " ".join(name.split())
    if not name:
        raise UserError("Give the cycle a name.", field="name")
    if name.casefold() in {known.casefold() for known in names}:
        raise UserError(f"There is already a cycle called {name}.", field="name")
    if ends_on <= starts_on:
        raise UserError("The cycle ends before it starts.", field="ends_on")
    if not starts_on <= sheets_due_on <= ends_on:
        raise UserError(f"Self-review sheets are due between {long_day(starts_on)} and {long_day(ends_on)}.", field="sheets_due_on")
    if deadline < sheets_due_on:
        raise UserError("The deadline is before the sheets are due back.", field="deadline")
    if deadline > ends_on:
        raise UserError(f"The deadline is after the cycle ends on {long_day(ends_on)}.", field="deadline")
    return name


def deadline_badge(stage: Stage, deadline: date, today: date) -> tuple[str, str]:
    """Kind of badge (ok, warn, late, mute) and its words: ‘Done’, ‘4 days late’, ‘10 days’, ‘in 38 days’."""
    if stage is Stage.SIGNED:
        return "ok", "Done"
    days = (deadline - today).days
    if days < 0:
        return "late", f"{count_of(-days, 'day')} late"
    if days == 0:
        return "warn", "Today"
    if days <= DUE_SOON_DAYS:
        return "warn", count_of(days, "day")
    return "mute", f"in {days} days"


def stage_for_lists(row: BoardRow, today: date) -> PersonStage:
    """One word about a review for lists of people (picture 02)."""
    label, badge = _label(row, today)
    return PersonStage(row.person_id, row.id, row.stage, label, badge)


def _label(row: BoardRow, today: date) -> tuple[str, str]:
    if row.exempt:
        return "Not in this cycle", "mute"
    if row.away:
        return "Away", "mute"
    if row.stage is Stage.SIGNED:
        return "Signed", "ok"
    if row.stage is Stage.AGREED:
        return "Signature due", "warn"
    if row.deadline < today:
        return "Overdue", "late"
    if row.stage is Stage.OUT:
        return ("Sheet late", "late") if row.sheets_due_on < today else ("Sheet out", "mute")
    words = {Stage.NOT_STARTED: "Not started", Stage.RETURNED: "Returned", Stage.BOOKED: "Booked", Stage.DRAFT: "Draft"}
    return words[row.stage], "mute" if row.stage is Stage.NOT_STARTED else "info"


NOT_BACK = "Self-review not back"
NOT_BOOKED = "Meeting not booked"
NOT_SIGNED = "Signature waiting"


def chase_list(rows: Sequence[BoardRow], today: date) -> tuple[ChaseLine, ...]:
    """Whom to remind of what, in the order in which a school acts; every late sheet is in it (ERRATA, 03)."""
    lines: list[ChaseLine] = []
    for row in rows:
        if row.away or row.exempt:
            continue
        if row.stage is Stage.OUT and row.sheets_due_on < today:
            days = (today - row.sheets_due_on).days
            lines.append(ChaseLine(row.id, NOT_BACK, row.name, f"Due back {day_in_table(row.sheets_due_on)}", days, True))
        elif row.stage is Stage.AGREED and row.dates.agreed_at is not None:
            agreed = row.dates.agreed_at.date()
            detail = f"Agreed on {agreed.day} {MONTH_NAMES[agreed.month - 1]}"
            lines.append(ChaseLine(row.id, NOT_SIGNED, row.name, detail, (today - agreed).days, False))
        elif row.stage in (Stage.NOT_STARTED, Stage.OUT, Stage.RETURNED) and (row.deadline - today).days <= DUE_SOON_DAYS:
            left = (row.deadline - today).days
            lines.append(ChaseLine(row.id, NOT_BOOKED, row.name, f"Reviewer {row.reviewer or 'not named'}", abs(left), left < 0))
    order = (NOT_BACK, NOT_BOOKED, NOT_SIGNED)
    return tuple(
        sorted(lines, key=lambda line: (order.index(line.group), not line.late, -line.days if line.late else line.days, line.name))
    )


def why_exempt(kind_of_person: str, exempt: str, until: date | None, started: date | None, day: date) -> str:
    """Why somebody is not in a cycle by rule; empty if they are (seed 003: all but newly qualified and trainee teachers).

    `day` is the cycle's first day. The 2012 appraisal regulations leave out teachers in induction, in formal capability, and those
    employed for less than a term (research/peers.md, section 5).
    """
    if kind_of_person == "trainee":
        return "Trainee: reviewed by their training provider."
    if exempt and (until is None or until >= day):
        return EXEMPTIONS[exempt]
    if started is not None and started > day and (started - day).days > TERM_DAYS:
        return "Joins later in the year: add them when they have started."
    return ""


def with_reviewer_warnings(rows: Sequence[PlanRow], trained: Collection[int], *, check_training: bool) -> tuple[PlanRow, ...]:
    """The plan with a word about reviewers who have too many reviews, or are not trained as one where the school keeps that."""
    counts = Counter(row.reviewer_id for row in rows if row.included and row.reviewer_id)
    warned = []
    for row in rows:
        words = []
        if row.included and row.reviewer_id:
            if counts[row.reviewer_id] > MOST_REVIEWS:
                words.append(f"{row.reviewer} has {counts[row.reviewer_id]} reviews; {MOST_REVIEWS} are plenty.")
            if check_training and row.reviewer_id not in trained:
                words.append(f"{row.reviewer} is not down as a trained reviewer.")
        warned.append(replace(row, warning=" ".join(words)))
    return tuple(warned)


def unfinished(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """The reviews over which a cycle cannot be closed: neither signed nor taken out of it."""
    return tuple(row for row in rows if row.stage is not Stage.SIGNED and not row.exempt)


def covers(last_agreed: date | None, starts_on: date, meeting: date) -> str:
    """What a statement looks back on: ‘October 2025 to October 2026’."""
    since = last_agreed or starts_on
    first = f"{MONTH_NAMES[since.month - 1]} {since.year}"
    last = f"{MONTH_NAMES[meeting.month - 1]} {meeting.year}"
    return first if first == last else f"{first} to {last}"


def canonical(snapshot: Mapping[str, Any]) -> str:
    """The one way to write a snapshot down, so that the same words always give the same fingerprint."""
    return json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(snapshot: Mapping[str, Any]) -> str:
    """The first 64 bits of the SHA-256 over the canonical words: 7F3A-91C2-D05E-B468 (DESIGN section 4, Freezing)."""
    digest = hashlib.sha256(canonical(snapshot).encode()).hexdigest()[:16].upper()
    return "-".join(digest[i : i + 4] for i in range(0, 16, 4))


def addendum_fingerprint(statement: str, side: str, written_on: date, words: str) -> str:
    """An addendum's own fingerprint: over its words, its day, whose they are, and the fingerprint of the statement it belongs to."""
    return fingerprint({"statement": statement, "side": side, "written_on": written_on.isoformat(), "words": words})


def cycle_title(year: int) -> str:
    """What a cycle is called if nobody says otherwise."""
    return f"PDR cycle {year_label(year)}"
