"""What each line of a spreadsheet of CPD says: about whom, and the entry it would be. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from staffdev_desktop.cpd.log import importing_cells as cpd_cells
from staffdev_desktop.cpd.log.importing_columns import LABELS, PERSON_KEYS
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.rules import LONGEST_LINE, LONGEST_WORDS
from staffdev_desktop.exchange import cells
from staffdev_desktop.exchange.sheets import Cell, Line, Sheet, plain_words
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import display_name, searchable, split_name
from staffdev_desktop.kernel.years import Term, year_label
from staffdev_desktop.staff.importing_lines import number_key

Value = TypeVar("Value")

_TOTALS = re.compile(r"(?:grand |sub ?)?totals?\b|(?:number|no) of\b|averages?\b|sum\b|hours? (?:in )?total\b|count\b")
_FOOTER = re.compile(r"(?:page \d+|report|printed|generated|exported|end of|run (?:on|by)|confidential|filter|as at)\b")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(20\d\d)(?:\s*[/\-–]\s*(?:20)?(\d\d))?")


@dataclass(frozen=True)
class Whom:
    """The person of a line, as it is written there. `key` is the same for every line that writes them alike."""

    staff_number: str = ""
    email: str = ""
    forename: str = ""
    surname: str = ""

    @property
    def label(self) -> str:
        """The name as written, else the number or email."""
        return display_name(self.forename, self.surname) or self.staff_number or self.email

    @property
    def key(self) -> str:
        """What an answer about this person is kept under."""
        number = number_key(self.staff_number) if self.staff_number else ""
        return f"{number}|{self.email.casefold()}|{searchable(self.forename, self.surname)}"


@dataclass(frozen=True)
class EntryLine:
    """One entry as a sheet has it; `kind` as written, `column` the letter of its column where a line holds several.

    `notes` are what was left out of it, and why.
    """

    number: int
    whom: Whom
    details: EntryDetails
    kind: str = ""
    column: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A line that cannot be taken in, and every reason why, in plain words; as much of it as could be read."""

    number: int
    label: str
    reasons: tuple[str, ...]
    column: str = ""
    day: date | None = None
    minutes: int | None = None
    activity: str = ""


@dataclass(frozen=True)
class Lists:
    """What the words of a sheet are matched to: the school’s strands and settings, and its terms, for lines that have no date."""

    strands: Sequence[str] = ()
    settings: Sequence[str] = ()
    terms: Sequence[Term] = ()


@dataclass
class Reader:
    """Reads the cells of one line, and gathers what is wrong (`reasons`) and what is only left out (`notes`)."""

    line: Line
    columns: Mapping[str, int]
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, key: str, read: Callable[[Cell], Value | None]) -> Value | None:
        """What a cell says; one that cannot be read is a reason."""
        try:
            return read(self.line.cell(self.columns.get(key)))
        except UserError as error:
            self.reasons.append(f"{LABELS[key]}: {error.message}")
            return None

    def take_if(self, key: str, read: Callable[[Cell], Value | None]) -> Value | None:
        """What a cell says; one that cannot be read is left out, with a note."""
        try:
            return read(self.line.cell(self.columns.get(key)))
        except UserError as error:
            self.notes.append(f"{LABELS[key]}: {error.message.rstrip('.')}: left out.")
            return None

    def words(self, key: str, longest: int = LONGEST_LINE) -> str:
        """Words of a cell, on one line unless they may be long."""

        def read(cell: Cell) -> str | None:
            return (cells.text if longest > LONGEST_LINE else cells.line)(cell, longest=longest)

        return self.take(key, read) or ""

    def one_of(self, key: str, among: Sequence[str]) -> str:
        """A word of one of the school’s lists, whatever its capitals."""
        written = self.words(key)
        found = _by_words(tuple(among)).get(plain_words(written), "") if written else ""
        if written and not found:
            self.notes.append(f"{LABELS[key]}: ‘{written[:40]}’ is not on the list: left out.")
        return found


def read_entries(
    sheet: Sheet, columns: Mapping[str, int], lists: Lists, whom: Whom | None = None, step: Callable[[int, int], None] | None = None
) -> tuple[list[EntryLine], list[Trouble]]:
    """Read every line; `columns` maps keys of WANTED to columns of the sheet.

    `whom` is given where the whole sheet is about one person. `step(done, of)` is called every now and then, and may stop it all.
    Raises UserError if a column is missing that every entry needs.
    """
    _require(columns, whom)
    lines: list[EntryLine] = []
    troubles: list[Trouble] = []
    for place, row in enumerate(sheet.rows):
        if step and place % 500 == 0:
            step(place, len(sheet.rows))
        if row.blank or is_no_entry(row, sheet.header):
            continue
        read = _read_line(row, sheet, columns, lists, whom)
        if isinstance(read, Trouble):
            troubles.append(read)
        else:
            lines.append(read)
    return lines, troubles


def _require(columns: Mapping[str, int], whom: Whom | None) -> None:
    if whom is None and not columns.keys() & set(PERSON_KEYS):
        raise UserError(
            "No column says whose entries they are. Choose the column with the staff number, email or name.", field="whole_name"
        )
    for keys, what in ((("done_on", "term"), "the date"), (("hours", "minutes"), "the hours"), (("activity",), "what it was")):
        if not columns.keys() & set(keys):
            raise UserError(f"No column has {what}. Choose it under ‘{LABELS[keys[0]]}’.", field=keys[0])


def _read_line(row: Line, sheet: Sheet, columns: Mapping[str, int], lists: Lists, whom: Whom | None) -> EntryLine | Trouble:
    reader = Reader(row, columns)
    if any(cell is not None for cell in row.cells[len(sheet.header) :]):
        reader.reasons.append("There are more cells than headings: a comma or semicolon may stand in a cell without quotation marks.")
    about = whom or read_whom(reader)
    day, minutes = _day(reader, lists.terms), _minutes(reader)
    activity = reader.words("activity")
    if not activity and not reader.reasons:
        reader.reasons.append("It does not say what it was.")
    details = EntryDetails(
        done_on=day or date.min,
        minutes=minutes or 0,
        activity=activity,
        strand=reader.one_of("strand", lists.strands),
        setting=reader.one_of("setting", lists.settings),
        provider=reader.words("provider"),
        led=reader.take_if("led", cpd_cells.led_of) or False,
        paid=reader.take_if("paid", cpd_cells.paid_of) or "",
        pence=reader.take("cost", cpd_cells.pence_of),
        who_pays=reader.words("who_pays"),
        fee_share=reader.words("fee_share"),
        priority=reader.words("priority"),
        learnt=reader.words("learnt", LONGEST_WORDS),
        changed=reader.words("changed", LONGEST_WORDS),
        impact=reader.words("impact", LONGEST_WORDS),
        colleagues=reader.words("colleagues", LONGEST_WORDS),
        barriers=reader.words("barriers", LONGEST_WORDS),
        look_again_on=reader.take_if("look_again_on", cells.day),
    )
    kind = reader.words("kind")
    if reader.reasons:
        return Trouble(row.number, about.label or "(no name)", tuple(reader.reasons), "", day, minutes, activity)
    return EntryLine(row.number, about, details, kind, notes=tuple(reader.notes))


def read_whom(reader: Reader) -> Whom:
    """The person of a line, from whichever columns there are."""
    number, email = reader.take("staff_number", cells.code), reader.take_if("email", cells.email)
    forename, surname, whole = (
        reader.take("forename", cells.name),
        reader.take("surname", cells.name),
        reader.take("whole_name", cells.name),
    )
    if whole and not (forename and surname):
        _, first, last = split_name(whole)
        forename, surname = forename or first, surname or last
    whom = Whom(number or "", email or "", forename or "", surname or "")
    if not whom.label and not reader.reasons:
        reader.reasons.append("It does not say whose entry it is.")
    return whom


def _day(reader: Reader, terms: Sequence[Term]) -> date | None:
    """The date; where there is none but a term with its year, the last day of the term."""
    before = len(reader.reasons)
    day = reader.take("done_on", cells.day)
    if day is not None or len(reader.reasons) > before:
        return day
    written = reader.words("term")
    if not written:
        reader.reasons.append("There is no date.")
        return None
    term = term_named(written, terms)
    if term is None:
        reader.reasons.append(f"There is no date, and ‘{written[:40]}’ is not a term of the school with its year, such as Autumn 2025.")
        return None
    reader.notes.append(f"No date: the last day of {term.name.lower()} {year_label(term.year)}, {long_day(term.ends)}, is taken.")
    return term.ends


def term_named(written: str, terms: Sequence[Term]) -> Term | None:
    """The term that is meant by ‘Autumn 2025’, ‘Spring term 2025/26’; None if none or several may be."""
    plain, years = plain_words(written), _YEAR.search(written)
    if not years:
        return None
    year = int(years[1])
    fits = []
    for term in terms:
        name = plain_words(term.name)
        if name.removesuffix(" term").split(" ")[0] not in plain.split(" "):
            continue
        if (years[2] and term.year == year) or (not years[2] and year in (term.begins.year, term.ends.year)):
            fits.append(term)
    return fits[0] if len(fits) == 1 else None


def _minutes(reader: Reader) -> int | None:
    """How long it took: from the hours, the minutes, or both (1 and 30 are an hour and a half)."""
    before = len(reader.reasons)
    in_hours, in_minutes = reader.take("hours", cpd_cells.minutes_of_hours), reader.take("minutes", cpd_cells.minutes_of_minutes)
    if len(reader.reasons) > before:
        return None
    if in_hours is None or in_minutes is None or in_hours == in_minutes:
        found = in_hours if in_hours is not None else in_minutes
        if found is None:
            reader.reasons.append("It does not say how long it took.")
        return found
    if in_hours % 60 == 0 and in_minutes < 60:
        return in_hours + in_minutes
    reader.reasons.append("Hours and minutes say different times.")
    return None


def is_no_entry(row: Line, header: Sequence[str]) -> bool:
    """Whether a line is a total, a report's footer, or the headings once more."""
    written = [(index, cell) for index, cell in enumerate(row.cells) if cell is not None]
    texts = [(index, cell) for index, cell in written if isinstance(cell, str) and _LETTER.search(cell)]
    again = sum(1 for index, cell in texts if index < len(header) and " ".join(cell.split()).casefold() == header[index].casefold())
    if again >= max(1, 0.6 * len(written)):
        return True
    if len(texts) != 1:
        return False
    words = plain_words(texts[0][1])
    return bool(_TOTALS.match(words) or (len(written) == 1 and _FOOTER.match(words)))


@cache
def _by_words(among: tuple[str, ...]) -> dict[str, str]:
    return {plain_words(each): each for each in among}
