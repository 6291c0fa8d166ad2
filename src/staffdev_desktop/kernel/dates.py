"""UK dates: read what people type, write what the design language asks for (DESIGN-LANGUAGE section 8)."""

import calendar
import re
from datetime import date, datetime, time

from staffdev_desktop.kernel.errors import UserError

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
# English whatever the PC's locale: strftime would follow it.
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
MONTHS = {name.casefold(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}

_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/]+([a-z]+)\.?,?[\s\-/]+(\d{4}|\d{2})$", re.IGNORECASE)


def parse_date(text: str, *, field: str | None = None) -> date:
    """Read a date typed as 31/8/2027, 31.08.27, 2027-08-31, 31 Aug 2027 or Friday 31 August 2027.

    Raises UserError with a sentence that says which day or month does not exist.
    """
    text = text.strip()
    if match := _ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMBERS.match(text):
        day, month, year = int(match[1]), int(match[2]), _full_year(match[3])
    elif (match := _WORDS.match(text)) and match[2].casefold() in MONTHS:
        day, month, year = int(match[1]), MONTHS[match[2].casefold()], _full_year(match[3])
    else:
        raise UserError(f"‘{text[:40]}’ is not a date. Write it like 31/08/2027.", field=field)
    if not 1 <= month <= 12:
        raise UserError(f"There is no month {month}. Write the date as day/month/year.", field=field)
    if not EARLIEST.year <= year <= LATEST.year:
        raise UserError(f"The year {year} is not between {EARLIEST.year} and {LATEST.year}.", field=field)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = MONTH_NAMES[month - 1]
        raise UserError(f"There is no {day} {name}. Use {last} {name} or earlier.", field=field)
    return date(year, month, day)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def parse_time(text: str, *, field: str | None = None) -> time:
    """Read a time typed as 13:30, 1330, 13.30, 1.30 pm or 9am. Raises UserError."""
    match = re.match(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?$", text.strip(), re.IGNORECASE)
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        if match[3]:
            hour = hour % 12 + (12 if match[3].casefold() == "p" else 0)
        if hour <= 23 and minute <= 59:
            return time(hour, minute)
    raise UserError(f"‘{text.strip()[:20]}’ is not a time. Write it like 13:30.", field=field)


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where it has no such day: 31 August and six months give 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_in_sentence(day: date) -> str:
    """Friday 16 October."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}"


def day_in_table(day: date) -> str:
    """Fri 16 Oct."""
    return f"{DAY_NAMES[day.weekday()][:3]} {day.day} {MONTH_NAMES[day.month - 1][:3]}"


def short_day(day: date) -> str:
    """16 Oct."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def day_with_year(day: date) -> str:
    """16 Oct 2026."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def long_day(day: date) -> str:
    """16 October 2026."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def full_day(day: date) -> str:
    """Friday 16 October 2026."""
    return f"{DAY_NAMES[day.weekday()]} {long_day(day)}"


def typed_day(day: date) -> str:
    """16/10/2026, as it is typed into a field."""
    return f"{day:%d/%m/%Y}"


def clock_time(moment: datetime | time) -> str:
    """13:30."""
    return f"{moment:%H:%M}"


def moment_in_sentence(moment: datetime) -> str:
    """Friday 16 October at 13:30."""
    return f"{day_in_sentence(moment.date())} at {clock_time(moment)}"
