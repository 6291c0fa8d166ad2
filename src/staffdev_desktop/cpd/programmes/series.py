"""The days of a repeating series. Pure.

School is never closed on one of them: a closed day is left out, and the series goes on until it has as many days as were asked for.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from staffdev_desktop.cpd.programmes.rows import Every
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import Closure, Term, question_about

MOST = 60  # in one series: more than the weeks of a year
_AHEAD = timedelta(days=3 * 366)
_A_BREAK = 4  # working days: a shorter closure does not part a term in two
Span = tuple[date, date]


def series_days(first: date, every: Every, count: int, terms: Sequence[Term], closures: Sequence[Closure]) -> tuple[date, ...]:
    """`count` days from `first` on, all on its weekday and each on an open day.

    Weekly and fortnightly ones keep their rhythm over a holiday. Half-termly and termly ones fall as many weeks into each half-term or
    term as the first does, or on its last open day of that weekday. Raises UserError for a number that cannot be, or if the school’s
    calendar does not reach that far.
    """
    if not 1 <= count <= MOST:
        raise UserError(f"A series has between 1 and {MOST} sessions.", field="count")
    if every in (Every.WEEK, Every.FORTNIGHT):
        found = _stepping(first, 7 if every is Every.WEEK else 14, count, terms, closures)
    else:
        spans = [(term.begins, term.ends) for term in sorted(terms)] if every is Every.TERM else half_terms(terms, closures)
        found = _one_in_each(first, spans, count, terms, closures)
    if len(found) < count:
        have = count_of(len(found), "such day")
        raise UserError(f"The school’s calendar has {have} from then on. Enter more term dates in Settings, or plan fewer.", field="count")
    return tuple(found)


def half_terms(terms: Sequence[Term], closures: Sequence[Closure]) -> list[Span]:
    """Each term parted at its half-term holiday: a closure of four working days or more."""
    spans: list[Span] = []
    for term in sorted(terms):
        begins = term.begins
        for closure in sorted(closures):
            if begins < closure.begins and closure.ends < term.ends and _working_days(closure) >= _A_BREAK:
                spans.append((begins, closure.begins - timedelta(days=1)))
                begins = closure.ends + timedelta(days=1)
        spans.append((begins, term.ends))
    return spans


def _working_days(closure: Closure) -> int:
    days = ((closure.ends - closure.begins).days + 1) if closure.ends >= closure.begins else 0
    return sum((closure.begins + timedelta(days=ahead)).weekday() < 5 for ahead in range(days))


def _stepping(first: date, step: int, count: int, terms: Sequence[Term], closures: Sequence[Closure]) -> list[date]:
    found: list[date] = []
    day, last = first, first + _AHEAD
    while len(found) < count and day <= last:
        if question_about(day, terms, closures) is None:
            found.append(day)
        day += timedelta(days=step)
    return found


def _one_in_each(first: date, spans: Sequence[Span], count: int, terms: Sequence[Term], closures: Sequence[Closure]) -> list[date]:
    ahead = [span for span in spans if span[1] >= first]
    weeks_in = 0
    if ahead and ahead[0][0] <= first:
        weeks_in = sum(1 for _ in _weekly(ahead[0][0], first, first.weekday())) - 1
    found: list[date] = []
    for begins, ends in ahead:
        days = [day for day in _weekly(begins, ends, first.weekday()) if day >= first and question_about(day, terms, closures) is None]
        wanted = next((day for day in days if (day - begins).days // 7 >= weeks_in), days[-1] if days else None)
        if wanted is not None and len(found) < count:
            found.append(wanted)
    return found


def _weekly(begins: date, ends: date, weekday: int) -> Iterator[date]:
    day = begins + timedelta(days=(weekday - begins.weekday()) % 7)
    while day <= ends:
        yield day
        day += timedelta(days=7)
