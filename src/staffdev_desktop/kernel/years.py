"""Academic years and terms (DESIGN section 4, Terms)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from staffdev_desktop.kernel.dates import DAY_NAMES

YEAR_TURNS_IN = 9  # 1 September; a cycle may have its own from-to


@dataclass(frozen=True, order=True)
class Term:
    """A term as the school entered it; its last day is only what the school calls the end (see `term_of`)."""

    begins: date
    ends: date
    name: str
    year: int


@dataclass(frozen=True, order=True)
class Closure:
    """Days on which the school is closed within a year: a half-term, a bank holiday, an INSET day."""

    begins: date
    ends: date
    name: str


def year_of(day: date) -> int:
    """The academic year a day belongs to, named by the calendar year in which it begins."""
    return day.year if day.month >= YEAR_TURNS_IN else day.year - 1


def year_label(year: int) -> str:
    """2026 is written 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_in_name(year: int) -> str:
    """2026-27, where no stroke may stand: in the name of a file or of a worksheet."""
    return year_label(year).replace("/", "-")


def year_days(year: int) -> tuple[date, date]:
    """The first and the last day of an academic year."""
    return date(year, YEAR_TURNS_IN, 1), date(year + 1, YEAR_TURNS_IN, 1) - timedelta(days=1)


def term_of(day: date, terms: Sequence[Term]) -> Term | None:
    """The one term a day belongs to: a term lasts until the day before the next begins (DESIGN section 4). None before the first."""
    found = None
    for term in sorted(terms):
        if term.begins > day:
            break
        found = term
    return found


def question_about(day: date, terms: Sequence[Term], closures: Sequence[Closure]) -> str | None:
    """A question to ask about a meeting or deadline on a day when school is not open, or None if it is."""
    if day.weekday() >= 5:
        return f"{DAY_NAMES[day.weekday()]} is at the weekend. Keep it?"
    for closure in closures:
        if closure.begins <= day <= closure.ends:
            return f"School is closed then: {closure.name}. Keep it?"
    if terms and not any(term.begins <= day <= term.ends for term in terms):
        return "That day is in the school holidays. Keep it?"
    return None


def usual_terms(year: int) -> tuple[Term, ...]:
    """Three terms to begin with; each school enters its own (research/peers.md: dates differ by school)."""
    return (
        Term(date(year, 9, 2), date(year, 12, 18), "Autumn term", year),
        Term(date(year + 1, 1, 4), date(year + 1, 3, 26), "Spring term", year),
        Term(date(year + 1, 4, 12), date(year + 1, 7, 21), "Summer term", year),
    )
