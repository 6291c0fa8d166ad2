"""Reads single cells: text, names, dates, hours and part-time shares as people and other programs write them.

Each returns None for an empty cell and raises UserError with a sentence, and the field it is given, for one it cannot read.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.kernel.dates import EARLIEST, LATEST, parse_date
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import LONGEST_NAME

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
HOURS_IN_A_WEEK = 168
DAYS_IN_A_WEEK = 5

# Never for names: Null and Na are people's names.
_NOTHING = {"-", "–", "—", "n/a", "na", "#n/a", "none", "null", "?", "tbc", "unknown", "not known", "not set"}
_SPACES = {ord(space): " " for space in "\u00a0\u2007\u202f\t\v\f"}
_EXCEL_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here; its 29 February 1900 never was
_CLOCK = re.compile(r"\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*([ap]m)?$", re.IGNORECASE)


def text(cell: Cell, *, longest: int = LONGEST_TEXT, field: str | None = None) -> str | None:
    """Text with its line breaks, exactly as written but for non-breaking spaces, control characters and blank ends."""
    if cell is None:
        return None
    cleaned = _as_written(cell).replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    if not cleaned.isprintable():  # most are, and need no look at every letter
        cleaned = "".join(c for c in cleaned if c == "\n" or (unicodedata.category(c) != "Cc" and c != "\ufeff"))
    cleaned = cleaned.strip()
    if len(cleaned) > longest:
        raise UserError(f"‘{cleaned[:30]}…’ is {len(cleaned):,} letters long; {longest:,} is the most.", field=field)
    return cleaned or None


def line(cell: Cell, *, longest: int = LONGEST_LINE, field: str | None = None) -> str | None:
    """Text on one line: line breaks become spaces."""
    found = text(cell, longest=longest, field=field)
    return " ".join(found.split("\n")) if found else None


def name(cell: Cell, *, field: str | None = None) -> str | None:
    """A name, at most 200 letters. A number or a date is not a name."""
    if cell is not None and not isinstance(cell, str):
        raise UserError(f"‘{_as_written(cell)}’ is not a name.", field=field)
    found = line(cell, longest=LONGEST_NAME, field=field)
    if found and not any(c.isalpha() for c in found):
        raise UserError(f"‘{found[:40]}’ is not a name.", field=field)
    return found


def code(cell: Cell, *, field: str | None = None) -> str | None:
    """A staff number or another word that stands for something; ‘n/a’ and a dash are nothing."""
    found = line(cell, field=field)
    return None if _is_nothing(found) else found


def email(cell: Cell, *, field: str | None = None) -> str | None:
    """An email address."""
    found = line(cell, field=field)
    if found is None or _is_nothing(found):
        return None
    found = found.removeprefix("mailto:")
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", found):
        raise UserError(f"‘{found[:60]}’ is not an email address. Write it like k.doyle@school.example.", field=field)
    return found


def phone(cell: Cell, *, field: str | None = None) -> str | None:
    """A telephone number. Excel drops the nought a UK number begins with when it takes it for a number: put back."""
    if isinstance(cell, int) and not isinstance(cell, bool) and 10**8 <= cell < 10**10:
        return f"0{cell}"
    found = line(cell, longest=60, field=field)
    return None if _is_nothing(found) else found


def day(cell: Cell, *, field: str | None = None) -> date | None:
    """A date: Excel's own, its number of days, 31/08/2027, 2027-08-31, 1 Sep 2019; a time of day behind it is dropped."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        if not EARLIEST <= cell <= LATEST:
            raise UserError(f"The year {cell.year} is not between {EARLIEST.year} and {LATEST.year}.", field=field)
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 10_000 <= cell < 100_000:
        return _EXCEL_DAY_ZERO + timedelta(days=int(cell))
    written = line(cell, field=field)
    if written is None or _is_nothing(written):
        return None
    return parse_date(_CLOCK.sub("", written), field=field)


def hours(cell: Cell, *, field: str | None = None) -> float | None:
    """Hours a week: 32.5, ‘32,5’, ‘32.5 hours’, ‘32:30’, ‘32 h 30 min’, or Excel's own length of time."""
    if isinstance(cell, timedelta):
        return _hours_in_range(cell.total_seconds() / 3600, cell, field)
    if isinstance(cell, time):
        return _hours_in_range(cell.hour + cell.minute / 60, cell, field)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _hours_in_range(float(cell), cell, field)
    written = line(cell, field=field)
    if written is None or _is_nothing(written):
        return None
    plain = re.sub(r"\s*(a|per|/)\s*(week|wk)$|\s*(weekly|p/?w)$", "", written.casefold())
    if match := re.fullmatch(r"(\d{1,3})(?::|\s*h(?:(?:ou)?rs?)?\s*)(\d{1,2})\s*(?:m|mins?|minutes)?", plain):
        return _hours_in_range(int(match[1]) + int(match[2]) / 60, cell, field)
    if match := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)?", plain):
        return _hours_in_range(_number(match[1]), cell, field)
    raise UserError(f"‘{written[:40]}’ is not a number of hours. Write it like 32.5.", field=field)


def share(cell: Cell, *, field: str | None = None) -> float | None:
    """Part-time as a share of full-time, 0 to 1: 0.6, ‘60 %’, 60, ‘3 days’ (of 5), ‘3/5’, ‘full-time’."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _share_of_number(float(cell), cell, field)
    written = line(cell, field=field)
    if written is None or _is_nothing(written):
        return None
    plain = re.sub(r"\s*f\.?t\.?e\.?$", "", written.casefold())
    if re.fullmatch(r"full[\s-]?time|f/?t|whole[\s-]?time", plain):
        return 1.0
    if re.fullmatch(r"part[\s-]?time|p/?t", plain):
        return None  # true, but no share is known
    if match := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent|percent)", plain):
        return _share_in_range(_number(match[1]) / 100, cell, field)
    if match := re.fullmatch(r"(\d(?:[.,]\d+)?)\s*(?:days?|d)(?:\s*(?:a|per|/)\s*(?:week|wk))?(?:\s*(?:of|out of)\s*(\d))?", plain):
        return _share_in_range(_number(match[1]) / int(match[2] or DAYS_IN_A_WEEK), cell, field)
    if match := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*/\s*([1-9]\d*(?:[.,]\d+)?)", plain):
        return _share_in_range(_number(match[1]) / _number(match[2]), cell, field)
    if match := re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        return _share_of_number(_number(match[0]), cell, field)
    raise _not_a_share(cell, field)


def _share_of_number(number: float, cell: Cell, field: str | None) -> float:
    if 1 < number <= DAYS_IN_A_WEEK:
        raise UserError(f"‘{_as_written(cell)}’ may be days or per cent. Write {_as_written(cell)} days, or 0.6 or 60 %.", field=field)
    return _share_in_range(number / 100 if number > 1 else number, cell, field)


def _share_in_range(number: float, cell: Cell, field: str | None) -> float:
    if not 0 <= number <= 1:
        raise _not_a_share(cell, field)
    return round(number, 4)


def _not_a_share(cell: Cell, field: str | None) -> UserError:
    return UserError(f"‘{_as_written(cell)[:40]}’ is not a share of full-time. Write 0.6, 60 % or 3 days.", field=field)


def _hours_in_range(number: float, cell: Cell, field: str | None) -> float:
    if not 0 <= number <= HOURS_IN_A_WEEK:
        raise UserError(f"‘{_as_written(cell)}’ is not a number of hours in a week. Write it like 32.5.", field=field)
    return round(number, 2)


def _number(written: str) -> float:
    return float(written.replace(",", "."))


def _is_nothing(written: str | None) -> bool:
    return written is None or written.casefold() in _NOTHING


def _as_written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    return "" if cell is None else str(cell)
