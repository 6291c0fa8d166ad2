"""What each line of a staff list says, whether SIMS, Arbor, Bromcom or somebody's own hand made it. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from staffdev_desktop.exchange import cells
from staffdev_desktop.exchange.sheets import Cell, Line, Sheet, plain_words
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import TITLES, display_name, searchable, split_name
from staffdev_desktop.staff.importing_columns import LABELS

Value = TypeVar("Value")

_KINDS = {
    "employee": "employee|staff|member of staff|teacher|support staff",
    "governor": "governor|trustee|governor or trustee|director",
    "volunteer": "volunteer|helper|parent helper",
    "agency": "agency|agency worker|agency staff|supply|contractor|third party",
    "trainee": "trainee|student teacher|apprentice|ect trainee|itt|pgce|student",
}
_TOTALS = re.compile(
    r"(?:grand |sub ?)?totals?\b|counts?\b|(?:number|no) of (?:staff|employees|people|records|rows)\b|averages?\b|sum\b|head ?count\b"
)
_FOOTER = re.compile(
    r"(?:page \d+|report|printed|generated|produced|exported|end of|run (?:on|by)|confidential|date run|created (?:on|by)|\d+ "
    r"(?:staff|employees|people|records|rows|members of staff)\b|copyright|source|filter|as at)\b"
)


@dataclass(frozen=True)
class StaffLine:
    """What one line of the list says about one person; None where it is silent. `number` is the row in the sheet.

    `share` is part-time as 0 to 1; `manager` a name, a staff number or an email as written; `group` as written.
    """

    number: int
    forename: str
    surname: str
    title: str | None = None
    known_as: str | None = None
    staff_number: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    group: str | None = None
    site: str | None = None
    start_date: date | None = None
    leaving_date: date | None = None
    share: float | None = None
    weekly_hours: float | None = None
    full_time_hours: float | None = None
    manager: str | None = None
    kind: str | None = None

    @property
    def label(self) -> str:
        """The person's name as the list has it."""
        return display_name(self.forename, self.surname, self.known_as)


@dataclass(frozen=True)
class Trouble:
    """A line that cannot be taken in, and every reason why, in plain words."""

    number: int
    label: str
    reasons: tuple[str, ...]


def read_staff_list(sheet: Sheet, columns: Mapping[str, int]) -> tuple[list[StaffLine], list[Trouble]]:
    """Read every person's line; `columns` maps keys of WANTED to columns of the sheet.

    Blank lines, totals, footers and headings that come again are left out. A second line for the same person is in trouble.
    Raises UserError if no column has the names.
    """
    if not columns.keys() & {"surname", "whole_name"}:
        raise UserError("No column has the names. Choose the column with the surname or the whole name.", field="whole_name")
    lines: list[StaffLine] = []
    troubles: list[Trouble] = []
    alike: dict[str, list[StaffLine]] = defaultdict(list)
    for row in sheet.rows:
        if row.blank or _is_no_person(row, sheet.header, columns):
            continue
        read = _read_row(row, sheet.header, columns)
        if isinstance(read, Trouble):
            troubles.append(read)
            continue
        before = (line for key in _likenesses(read) for line in alike[key])
        if reason := next((reason for line in before if (reason := _same_person(line, read))), None):
            troubles.append(Trouble(read.number, read.label, (reason,)))
            continue
        lines.append(read)
        for key in _likenesses(read):
            alike[key].append(read)
    return lines, troubles


def _likenesses(line: StaffLine) -> tuple[str, ...]:
    """Keys under which two lines that may be one person meet."""
    number = f"number {number_key(line.staff_number)}" if line.staff_number else ""
    email = f"email {line.email.casefold()}" if line.email else ""
    return tuple(key for key in (number, email, f"name {searchable(line.forename, line.surname)}") if key)


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two staff numbers are one: Excel drops the noughts in front, and capitals do not matter."""
    return bool(one and other) and number_key(one or "") == number_key(other or "")


def number_key(number: str) -> str:
    """A staff number for comparing."""
    plain = number.strip().casefold()
    return plain.lstrip("0") or plain


def _read_row(row: Line, header: tuple[str, ...], columns: Mapping[str, int]) -> StaffLine | Trouble:
    reasons: list[str] = []

    def take(key: str, reader: Callable[[Cell], Value | None]) -> Value | None:
        try:
            return reader(row.cell(columns.get(key)))
        except UserError as error:
            reasons.append(f"{LABELS[key]}: {error.message}")
            return None

    if any(cell is not None for cell in row.cells[len(header) :]):
        reasons.append("There are more cells than headings: a comma or semicolon may stand in a cell without quotation marks.")
    written = take("title", cells.line), take("forename", cells.name), take("surname", cells.name), take("whole_name", cells.name)
    title, forename, surname = _names(*written)
    if not surname and not reasons:
        reasons.append("There is no name.")
    known_as = take("known_as", cells.name)
    share_in_days = "share" in columns and "day" in header[columns["share"]].casefold()
    line = StaffLine(
        number=row.number,
        forename=forename,
        surname=surname,
        title=title or None,
        known_as=None if known_as in (forename, display_name(forename, surname)) else known_as,
        staff_number=take("staff_number", cells.code),
        email=take("email", cells.email),
        phone=take("phone", cells.phone),
        post=take("post", cells.line),
        group=take("group", cells.line),
        site=take("site", cells.line),
        start_date=take("start_date", cells.day),
        leaving_date=take("leaving_date", cells.day),
        share=take("share", _days_as_share if share_in_days else cells.share),
        weekly_hours=take("weekly_hours", cells.hours),
        full_time_hours=take("full_time_hours", cells.hours),
        manager=take("manager", cells.code),
        kind=take("kind", _kind),
    )
    if line.start_date and line.leaving_date and line.leaving_date < line.start_date:
        reasons.append("The leaving date is before the start date.")
    if line.full_time_hours == 0:
        reasons.append("Full-time hours: nought cannot be full-time.")
    return Trouble(row.number, line.label or "(no name)", tuple(reasons)) if reasons else line


def _names(title: str | None, forename: str | None, surname: str | None, whole: str | None) -> tuple[str, str, str]:
    """Title, forename and surname from the columns there are; ‘Name’ beside ‘Surname’ is the forename."""
    if whole and not (forename and surname):
        whole_title, whole_forename, whole_surname = split_name(whole)
        if surname and searchable(whole_surname) != searchable(surname):
            forename = forename or whole
        else:
            title, forename, surname = title or whole_title, forename or whole_forename, surname or whole_surname
    if forename and not surname and "," in forename:
        _, forename, surname = split_name(forename)
    elif surname and not forename and "," in surname:
        whole_title, forename, surname = split_name(surname)
        title = title or whole_title
    if not surname and forename:
        forename, surname = "", forename
    known = {word.casefold(): word for word in TITLES}
    plain = (title or "").rstrip(".")
    return known.get(plain.casefold(), plain), forename or "", surname or ""


def _days_as_share(cell: Cell) -> float | None:
    """A number under ‘Days a week’ is days."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        cell = f"{cell} days"
    elif isinstance(cell, str) and re.fullmatch(r"\s*\d(?:[.,]\d+)?\s*", cell):
        cell = f"{cell.strip()} days"
    return cells.share(cell)


def _kind(cell: Cell) -> str | None:
    """The kind of person; words that are about something else, such as ‘permanent’, say nothing."""
    plain = plain_words(cells.line(cell) or "")
    return next((kind for kind, words in _KINDS.items() if plain.removesuffix("s") in words.split("|") or plain in words.split("|")), None)


def _is_no_person(row: Line, header: tuple[str, ...], columns: Mapping[str, int]) -> bool:
    """Whether a line is a total, a report's footer, or the headings once more (reports repeat them on each page)."""
    written = [(index, cell) for index, cell in enumerate(row.cells) if cell is not None]
    headings = [
        1 for index, cell in written if index < len(header) and header[index] and plain_words(str(cell)) == plain_words(header[index])
    ]
    if len(headings) >= max(1, 0.6 * len(written)):
        return True
    words = [plain_words(cell) for _, cell in written if isinstance(cell, str) and re.search(r"[^\W\d_]", cell)]
    if not words:
        return row.cell(columns.get("staff_number")) is None
    return len(words) == 1 and bool(_TOTALS.match(words[0]) or (len(written) == 1 and _FOOTER.match(words[0])))


def _same_person(before: StaffLine, line: StaffLine) -> str | None:
    """Why a line is about the person of an earlier one, or None if it is not."""
    if same_number(before.staff_number, line.staff_number):
        return f"Row {before.number} has the same staff number. If it is a second post, add it on the person’s record afterwards."
    numbers_differ = bool(before.staff_number and line.staff_number)
    if before.email and line.email and before.email.casefold() == line.email.casefold() and not numbers_differ:
        return f"Row {before.number} has the same work email, so the two cannot be told apart."
    differ = numbers_differ or bool(before.email and line.email)
    differ = differ or bool(before.start_date and line.start_date and before.start_date != line.start_date)
    if not differ and searchable(before.forename, before.surname) == searchable(line.forename, line.surname):
        return f"Row {before.number} has the same name. If they are two people, give them staff numbers or emails."
    return None
