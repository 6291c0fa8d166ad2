"""Pounds and pence: read what people type, write what papers show. Amounts are whole pence."""

import re

from staffdev_desktop.kernel.errors import UserError

MOST_PENCE = 100_000_000  # a million pounds: more is a slip of the finger
_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$", re.ASCII)


def read_pounds(text: str, *, field: str | None = None) -> int:
    """Pence from what people type: 120, £120.50, 1,200.00. Raises UserError."""
    match = _POUNDS.match(text.strip())
    if not match:
        raise UserError(f"‘{text.strip()[:20]}’ is not an amount. Write it like £120.50.", field=field)
    pence = int(match[1].replace(",", "")) * 100 + int((match[2] or "").ljust(2, "0"))
    if pence > MOST_PENCE:
        raise UserError("That is more than a million pounds. Check the amount.", field=field)
    return pence


def pounds(pence: int | None) -> str:
    """£1,200.00; nothing for no amount."""
    return "" if pence is None else f"£{pence // 100:,}.{pence % 100:02d}"


def in_pounds(pence: int | None) -> float | None:
    """1200.5, as a number in a spreadsheet; None for no amount."""
    return None if pence is None else pence / 100
