"""The wide matrix that schools keep: a line for each person, a column for each course, and a date, a tick or hours in the cell. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from staffdev_desktop.cpd.log.importing_cells import minutes_of_hours
from staffdev_desktop.cpd.log.importing_columns import PERSON, PERSON_KEYS
from staffdev_desktop.cpd.log.importing_lines import EntryLine, Reader, Trouble, Whom, is_no_entry, read_whom
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import read_minutes
from staffdev_desktop.exchange import cells
from staffdev_desktop.exchange.columns import guess_columns, looks_like_date
from staffdev_desktop.exchange.sheets import Cell, Sheet, plain_words
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import UserError

FEWEST_COURSES = 2
_LOOKED_AT = 200
_ENOUGH = 0.5  # of a column’s cells that must be dates, ticks or hours
_TICKS = frozenset(["x", "✓", "✔", "√", "☑", "y", "yes", "done", "attended", "present", "complete", "completed", "true"])
_NO = frozenset(["no", "n", "absent", "not yet", "false", "0", "☐", "not attended", "due", "tbc", "booked"])
_NOT_COURSES = (
    "total", "totals", "role", "post", "job title", "team", "department", "group", "staff group", "line manager", "year group", "site",
    "start date", "leaving date", "date of birth", "dob", "fte", "hours per week", "class", "notes", "comments", "phase", "subject",
)  # fmt: skip
_DAY_IN_HEADING = re.compile(
    r"\s*[(\-–:,]?\s*(\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{4})\s*\)?"
)
_HOURS_IN_HEADING = re.compile(
    r"\s*[(\-–:,]\s*(\d{1,2}(?:[.,]\d{1,2})?\s*(?:h|hrs?|hours?)|\d{1,3}\s*(?:m|mins?|minutes?))\s*\)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Course:
    """A column of the matrix: what it was, and the day and minutes of a cell that does not say its own.

    `column` counts from 0.
    """

    column: int
    activity: str
    wanted: bool = True
    day: date | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class _Mark:
    """What one cell says: a day, a time, or only that it was done."""

    day: date | None = None
    minutes: int | None = None


def matrix_columns(sheet: Sheet) -> tuple[dict[str, int], tuple[Course, ...]] | None:
    """The columns that name the person, and the courses; None if the sheet is no matrix."""
    people = guess_columns(sheet.header, sheet.rows, PERSON)
    if not people.keys() & set(PERSON_KEYS):
        return None
    taken = set(people.values())
    courses = [
        _course(sheet, column, heading)
        for column, heading in enumerate(sheet.header)
        if column not in taken and heading and plain_words(heading) not in _NOT_COURSES
    ]
    found = tuple(course for course in courses if course is not None)
    return (people, found) if len(found) >= FEWEST_COURSES else None


def with_days(sheet: Sheet, people: Mapping[str, int], courses: Sequence[Course]) -> tuple[Sheet, tuple[Course, ...]]:
    """Take a line of days that stands under the headings, without a person, as the days of its courses; else everything stays."""
    first = next((line for line in sheet.rows if not line.blank), None)
    if first is None or any(first.cell(place) is not None for place in people.values()):
        return sheet, tuple(courses)
    days = {course.column: day for course in courses if (day := _day_of(first.cell(course.column)))}
    if not days:
        return sheet, tuple(courses)
    rows = tuple(line for line in sheet.rows if line.number > first.number)
    return replace(sheet, rows=rows), tuple(replace(course, day=days.get(course.column, course.day)) for course in courses)


def _day_of(cell: Cell) -> date | None:
    try:
        return cells.day(cell) if isinstance(cell, date) or looks_like_date(cell) else None
    except UserError:
        return None


def _course(sheet: Sheet, column: int, heading: str) -> Course | None:
    """A column as a course, if enough of its cells look like one."""
    written = [cell for line in sheet.rows[:_LOOKED_AT] if (cell := line.cell(column)) is not None]
    if not written or sum(_looks_like_mark(cell) for cell in written) < _ENOUGH * len(written):
        return None
    title, day, minutes = _heading(heading)
    return Course(column, title, day=day, minutes=minutes)


def _heading(heading: str) -> tuple[str, date | None, int | None]:
    """‘Phonics 01/09/2025 (2h)’ is Phonics, with its day and its minutes."""
    day = minutes = None
    title = heading
    if match := _DAY_IN_HEADING.search(title):
        try:
            day = parse_date(match[1])
            title = title[: match.start()] + title[match.end() :]
        except UserError:
            day = None
    if match := _HOURS_IN_HEADING.search(title):
        try:
            minutes = read_minutes(match[1])
            title = title[: match.start()] + title[match.end() :]
        except UserError:
            minutes = None
    return " ".join(title.split()) or heading, day, minutes


def _mark(cell: Cell) -> _Mark | None:
    """What a cell says; None for an empty one or one that says it was not done. Raises UserError for anything else."""
    if cell is None or cell is False:
        return None
    if cell is True:
        return _Mark()
    if isinstance(cell, str):
        plain = cell.strip().casefold()
        if plain in _TICKS:
            return _Mark()
        if plain in _NO or cells.code(cell) is None:
            return None
        return _Mark(day=cells.day(cell)) if looks_like_date(cell) else _Mark(minutes=_minutes_or_day(cell))
    if isinstance(cell, time | timedelta):
        return _Mark(minutes=minutes_of_hours(cell))
    if isinstance(cell, date | datetime) or cell >= 10_000:
        return _Mark(day=cells.day(cell))
    return _Mark(minutes=minutes_of_hours(cell)) if cell else None


def _minutes_or_day(cell: str) -> int | None:
    """Hours, or else a refusal that says what may stand here."""
    try:
        return minutes_of_hours(cell)
    except UserError as error:
        raise UserError(f"‘{cell.strip()[:30]}’ is no date, no tick and no number of hours.") from error


def _looks_like_mark(cell: Cell) -> bool:
    """Whether a cell can be read, as done or as not done."""
    try:
        _mark(cell)
    except UserError:
        return False
    return True


def read_matrix(
    sheet: Sheet, columns: Mapping[str, int], courses: Sequence[Course], step: Callable[[int, int], None] | None = None
) -> tuple[list[EntryLine], list[Trouble]]:
    """An entry for each cell that says something was done; `courses` with the days and times given for whole columns.

    A cell without a day or a time of its own, in a column without one, is in trouble. `step` as in importing_lines.read_entries.
    """
    lines: list[EntryLine] = []
    troubles: list[Trouble] = []
    wanted = [course for course in courses if course.wanted]
    for place, row in enumerate(sheet.rows):
        if step and place % 100 == 0:
            step(place, len(sheet.rows))
        if row.blank or is_no_entry(row, sheet.header):
            continue
        reader = Reader(row, columns)
        whom = read_whom(reader)
        if reader.reasons:
            troubles.append(Trouble(row.number, whom.label or "(no name)", tuple(reader.reasons)))
            continue
        for course in wanted:
            read = _read_cell(row.cell(course.column), row.number, whom, course)
            if isinstance(read, EntryLine):
                lines.append(read)
            elif read is not None:
                troubles.append(read)
    return lines, troubles


def _read_cell(cell: Cell, number: int, whom: Whom, course: Course) -> EntryLine | Trouble | None:
    column = letters(course.column)
    try:
        mark = _mark(cell)
    except UserError as error:
        return Trouble(number, whom.label, (error.message,), column, activity=course.activity)
    if mark is None:
        return None
    day, minutes = mark.day or course.day, mark.minutes or course.minutes
    reasons = []
    if day is None:
        reasons.append(f"There is no date. Give one for ‘{course.activity}’.")
    if minutes is None:
        reasons.append(f"It does not say how long it took. Give the hours of ‘{course.activity}’.")
    if day is None or minutes is None:
        return Trouble(number, whom.label, tuple(reasons), column, day, minutes, course.activity)
    return EntryLine(number, whom, EntryDetails(day, minutes, course.activity), column=column)


def letters(column: int) -> str:
    """The column as a spreadsheet program calls it: 0 is A, 27 is AB."""
    found, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        found = chr(65 + place) + found
    return found
