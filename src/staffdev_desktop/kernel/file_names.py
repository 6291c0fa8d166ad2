"""What files are called that leave the program: numbers and days, never words about a person (DESIGN section 4, Confidential)."""

from datetime import date


def dated_name(kind: str, *what: int | str, on: date, ending: str = "pdf") -> str:
    """cpd-log-0108-as-of-2026-10-20.pdf: what it is, of what, and on which day it stood so."""
    parts = [kind, *("".join(c if c.isalnum() or c == "-" else "-" for c in str(part)) for part in what if part != "")]
    return f"{'-'.join(parts)}-as-of-{on.isoformat()}.{ending}"
