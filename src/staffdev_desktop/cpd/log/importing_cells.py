"""Reads the cells of a spreadsheet of CPD: hours in any form, costs, who led it, whose time it was. Pure.

Each returns None for an empty cell and raises UserError with a sentence for one it cannot read.
"""

import re
from datetime import datetime, time, timedelta

from staffdev_desktop.cpd.log.rules import DAY_MINUTES, PAID, hours, read_minutes
from staffdev_desktop.exchange import cells
from staffdev_desktop.exchange.sheets import Cell, plain_words
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.money import MOST_PENCE, read_pounds

_EXCEL_FIRST = datetime(1899, 12, 31)  # how a length of time of more than a day looks where it is formatted as a date
_EXCEL_LAST = datetime(1900, 1, 31)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_HALVES = re.compile(r"(\d{1,2})?\s*([½¼¾])\s*(?:h|hrs?|hours?)?$")
_EXACT = re.compile(r"\d{1,3}[.,]\d{4,20}$")  # 1.3333333: a calculated cell, saved as text
_WITH_SECONDS = re.compile(r"(\d{1,3}:\d{2}):\d{2}$")
_HALF_WORDS = re.compile(r"half\s+an?\s+h(?:ou)?r$")
_MINUTES = re.compile(r"(\d{1,5})(?:[.,]0+)?\s*(?:m|mins?|minutes?)?$")
_LED = frozenset(
    [
        "led",
        "yes",
        "y",
        "x",
        "true",
        "lead",
        "leader",
        "leading",
        "presenter",
        "presented",
        "delivered",
        "delivering",
        "facilitator",
        "trainer",
        "✓",
        "✔",
        "√",
        "1",
        "ran it",
    ]
)
_NOT_LED = frozenset(["attended", "no", "n", "false", "attendee", "attending", "participant", "delegate", "0", "took part", "member"])
_PAID = {
    PAID[0]: "paid time|paid|yes|y|school time|in school time|directed|directed time|work time|working hours|x|inset",
    PAID[1]: "own time|unpaid|no|n|own|home|in own time|personal time|voluntary",
    PAID[2]: "extra hours to pay|extra hours|overtime|to pay|extra|additional hours|claim|paid extra",
}
_FREE = frozenset(["free", "nil", "none", "no cost", "no charge", "£0", "foc", "free of charge", "included"])


def minutes_of_hours(cell: Cell) -> int | None:
    """Minutes from a cell that holds hours: 1.5, ‘1:30’, ‘90 min’, ‘1½’, ‘half an hour’, Excel’s own time of day or length of time."""
    if isinstance(cell, timedelta):
        return _within(cell.total_seconds() / 60, cell)
    if isinstance(cell, datetime) and _EXCEL_FIRST <= cell < _EXCEL_LAST:
        return _within((cell - _EXCEL_FIRST).total_seconds() / 60, cell)
    if isinstance(cell, time):
        return _within(cell.hour * 60 + cell.minute + cell.second / 60, cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _within(cell * 60, cell)
    written = cells.code(cell)
    if written is None:
        return None
    plain = " ".join(written.casefold().split())
    if _HALF_WORDS.match(plain):
        return 30
    if match := _HALVES.match(plain):
        return round((int(match[1] or 0) + _FRACTIONS[match[2]]) * 60)
    if _EXACT.match(plain):
        return _within(float(plain.replace(",", ".")) * 60, cell)
    if match := _WITH_SECONDS.match(plain):
        plain = match[1]
    return _within(read_minutes(plain if plain[:1] in "-–−" else plain.rstrip("."), field=None), cell)


def minutes_of_minutes(cell: Cell) -> int | None:
    """Minutes from a cell that holds minutes: 90, ‘90 min’; anything else as in `minutes_of_hours`."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _within(cell, cell)
    written = cells.code(cell) if isinstance(cell, str) else None
    if written and (match := _MINUTES.match(written.casefold())):
        return _within(int(match[1]), cell)
    return minutes_of_hours(cell)


def _within(minutes: float, cell: Cell) -> int:
    """Whole minutes of one day. Raises UserError: most of what is longer is minutes in a column of hours."""
    if minutes < 0:
        raise UserError("Hours cannot be less than nothing.")
    if not minutes <= DAY_MINUTES:  # also ‘not a number’
        said = str(cell)[:20] if minutes != minutes or minutes > 10**6 else f"{hours(round(minutes))} hours"
        raise UserError(f"{said} is more than a day. If these are minutes, choose the column under ‘Minutes’.")
    return round(minutes)


def pence_of(cell: Cell) -> int | None:
    """Pence from a cell that holds pounds: 120, ‘£1,200.00’, ‘free’."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not 0 <= cell * 100 <= MOST_PENCE:
            raise UserError(f"‘{str(cell)[:20]}’ is not an amount. Write it like £120.50.")
        return round(cell * 100)
    written = cells.code(cell)
    if written is None:
        return None
    return 0 if written.casefold() in _FREE else read_pounds(written)


def led_of(cell: Cell) -> bool | None:
    """Whether somebody led it. Raises UserError for words that say neither."""
    if isinstance(cell, bool):
        return cell
    written = cells.line(cell)
    if written is None:
        return None
    for answer, words in ((True, _LED), (False, _NOT_LED)):
        if written.casefold() in words or plain_words(written) in words:
            return answer
    raise UserError(f"‘{written[:40]}’ is neither led nor attended")


def paid_of(cell: Cell) -> str | None:
    """Whose time it was, one of `rules.PAID`. Raises UserError for words that say none of them."""
    if isinstance(cell, bool):
        return PAID[0] if cell else PAID[1]
    written = cells.line(cell)
    if written is None:
        return None
    plain = plain_words(written)
    found = next((paid for paid, words in _PAID.items() if plain in words.split("|")), None)
    if found is None:
        raise UserError(f"‘{written[:40]}’ does not say whose time it was")
    return found
