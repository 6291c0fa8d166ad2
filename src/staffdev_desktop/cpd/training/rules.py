"""Decisions of training: how long it counts, whom it is required of, how somebody stands with it. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from staffdev_desktop.cpd.training.rows import (
    Cell,
    Cover,
    ForWhom,
    MatrixRow,
    RecordDetails,
    RecordRow,
    State,
    TrainingDetails,
    TrainingRow,
)
from staffdev_desktop.kernel.dates import EARLIEST, LATEST, long_day, months_later
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_of

LONGEST_NAME, LONGEST_LINE, LONGEST_NOTE = 60, 200, 2_000
MOST_MONTHS, MOST_COVER = 240, 200
NEW_DAYS = 182  # how long somebody is shown among the new starters
LEAST_WARNING, MOST_WARNING = 1, 365  # days
# What is done anew in each academic year counts until the end of the next September: schools do it in the first weeks of a year,
# and nobody is out of date on the first morning of term.
YEARLY_UNTIL = (9, 30)
URGENCY = (State.EXPIRED, State.NOT_YET, State.SOON, State.IN_DATE, State.NOT_NEEDED)
NOT_THE_REGISTER = "This is not the single central record: it shows training, not the checks that the school must keep on one register."


def last_day(details: TrainingDetails, done_on: date) -> date | None:
    """The last day that something done on a day counts; None is for ever. The same day of the month still counts."""
    if details.yearly:
        return date(year_of(done_on) + 1, *YEARLY_UNTIL)
    if details.months is None:
        return None
    return months_later(done_on, details.months)


def until(training: TrainingDetails, record: RecordDetails) -> date | None:
    """The last day a record counts: what was written from its certificate, else what the list says. None is for ever, or not done."""
    if record.done_on is None:
        return None
    return record.expires_on if record.expiry_written else last_day(training, record.done_on)


def validity_words(details: TrainingDetails) -> str:
    """‘counts for 3 years’."""
    if details.yearly:
        return "anew in each academic year"
    if details.months is None:
        return "counts for ever"
    years, months = divmod(details.months, 12)
    return f"counts for {count_of(years, 'year')}" if years and not months else f"counts for {count_of(details.months, 'month')}"


# -- whom it is required of ---------------------------------------------------------------------------------------------------


def is_required(
    whom: Iterable[ForWhom], *, person_id: int, kind: str, staff_group_id: int | None, post_ids: Collection[int]
) -> bool:  # fmt: skip
    """Whether a training is required of somebody. A line about the person wins; then any that takes them out; then any that asks."""
    own, out, asked = None, False, False
    for line in whom:
        if line.person_id is not None:
            if line.person_id == person_id:
                own = not line.exempt
            continue
        matches = (
            line.everybody
            or (line.staff_group_id is not None and line.staff_group_id == staff_group_id)
            or (line.post_id is not None and line.post_id in post_ids)
            or (line.person_kind != "" and line.person_kind == kind)
        )
        out, asked = out or (matches and line.exempt), asked or (matches and not line.exempt)
    return own if own is not None else asked and not out


# -- how somebody stands ------------------------------------------------------------------------------------------------------


def newest(records: Iterable[RecordRow]) -> RecordRow | None:
    """The record that counts: the last one done."""
    return max((record for record in records if record.details.done_on), key=_done, default=None)


def _done(record: RecordRow) -> tuple[date, int]:
    return record.details.done_on or date.min, record.id


def cell_of(records: Sequence[RecordRow], *, required: bool, today: date, warn_days: int) -> Cell:
    """How somebody stands with one training. The last day itself still counts; without a last day nothing ever expires.

    What is not required shows while it is in date, since it may cover for others, and asks for nothing.
    """
    last = newest(records)
    done_on, ends = (last.details.done_on, last.until) if last else (None, None)
    open_days = [record.details.booked_for for record in records if record.details.booked_for and not record.details.done_on]
    return Cell(
        state=_state(done_on, ends, required=required, today=today, warn_days=warn_days),
        required=required,
        until=ends,
        done_on=done_on,
        booked_for=min((day for day in open_days if day >= today), default=None),
        missed=max((day for day in open_days if day < today), default=None),
        certificate=bool(last and last.certificate_sha256),
    )


def _state(done_on: date | None, ends: date | None, *, required: bool, today: date, warn_days: int) -> State:
    if done_on is None:
        return State.NOT_YET if required else State.NOT_NEEDED
    if ends is not None and ends < today:
        return State.EXPIRED if required else State.NOT_NEEDED
    if required and ends is not None and ends <= today + timedelta(days=warn_days):
        return State.SOON
    return State.IN_DATE


def urgency(row: MatrixRow) -> tuple[int, date, str, int]:
    """What a list of people is ordered by: expired, not yet done, soon; within each, what runs out first; then by name."""
    cells = [cell for cell in row.cells if cell.needs_action]
    if not cells:
        return len(URGENCY), LATEST, row.person.sort_key, row.id
    worst = min(URGENCY.index(cell.state) for cell in cells)
    first = min((cell.until or LATEST for cell in cells if URGENCY.index(cell.state) == worst), default=LATEST)
    return worst, first, row.person.sort_key, row.id


def is_new(row: MatrixRow, today: date) -> bool:
    """Whether somebody began in the last half year, or is still to begin."""
    return row.joined_on is not None and row.joined_on > today - timedelta(days=NEW_DAYS)


def cover_of(training: TrainingRow, cells: Iterable[Cell], today: date) -> Cover:
    """How many hold a training today, and the last day on which they are enough; None if they always will be, or are too few now."""
    days = sorted(cell.until or LATEST for cell in cells if cell.done_on is not None and (cell.until is None or cell.until >= today))
    needed, have = training.details.minimum_cover, len(days)
    falls = days[have - needed] if have >= needed > 0 else None
    return Cover(training.id, training.name, needed, have, None if falls == LATEST else falls)


# -- what may be written ------------------------------------------------------------------------------------------------------


def check_training(details: TrainingDetails) -> None:
    """Raises UserError for a training that the list cannot hold."""
    if not details.name.strip():
        raise UserError("Write what the training is called.", field="name")
    for field, most in (("name", LONGEST_NAME), ("note", LONGEST_NOTE)):
        check_length(getattr(details, field), most, field)
    if details.yearly and details.months is not None:
        raise UserError("It counts for some months or anew in each year, not both.", field="months")
    if details.months is not None and not 1 <= details.months <= MOST_MONTHS:
        raise UserError(f"Write a number of months from 1 to {MOST_MONTHS}.", field="months")
    if not 0 <= details.minimum_cover <= MOST_COVER:
        raise UserError(f"Write a number of people from 0 to {MOST_COVER}.", field="minimum_cover")


def check_warning(days: int) -> None:
    """Raises UserError for a warning that would come too late, or always."""
    if not LEAST_WARNING <= days <= MOST_WARNING:
        raise UserError(f"Write a number of days from {LEAST_WARNING} to {MOST_WARNING}.", field="warn_days")


def check_whom(line: ForWhom) -> None:
    """Raises UserError for a line that names nobody, or several at once."""
    named = [line.everybody, line.staff_group_id is not None, line.post_id is not None, line.person_kind != "", line.person_id is not None]
    if sum(named) != 1:
        raise UserError("Say of whom it is required, one line for each.", field="whom")


def check_record(details: RecordDetails, today: date) -> None:
    """Raises UserError for days that cannot be."""
    if details.done_on is None and details.booked_for is None:
        raise UserError("Write the day it was done, or the day it is booked for.", field="done_on")
    for field in ("done_on", "booked_for", "expires_on"):
        day = getattr(details, field)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise UserError(f"The year {day.year} is not between {EARLIEST.year} and {LATEST.year}.", field=field)
    if details.done_on is not None and details.done_on > today:
        raise UserError("This day is still to come. Write it as booked.", field="done_on")
    if details.done_on is None and details.booked_for is not None and details.booked_for < today:
        raise UserError("This day has passed. Write it as done, or book another.", field="booked_for")
    if details.done_on and details.expires_on and details.expires_on < details.done_on:
        raise UserError(f"This is before it was done on {long_day(details.done_on)}.", field="expires_on")
    check_length(details.provider, LONGEST_LINE, "provider")
