"""The days of a series: never closed, never fewer than asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from staffdev_desktop.cpd.programmes.rows import Every
from staffdev_desktop.cpd.programmes.series import half_terms, series_days
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import Closure, question_about, usual_terms
from staffdev_desktop.practice.days import closures

TERMS = tuple(term for year in (2026, 2027) for term in usual_terms(year))
CLOSED = tuple(closure for year in (2026, 2027) for closure in closures(year))
DAYS = st.dates(date(2026, 9, 1), date(2028, 7, 21))


@given(
    first=DAYS,
    every=st.sampled_from(Every),
    count=st.integers(1, 30),
    extra=st.lists(
        st.builds(lambda day, length: Closure(day, day + timedelta(days=length), "Closed"), DAYS, st.integers(0, 9)), max_size=4
    ),
)
def test_a_series_keeps_count_and_never_falls_on_a_closed_day(first: date, every: Every, count: int, extra: list[Closure]) -> None:
    closed = (*CLOSED, *extra)
    assume(first.weekday() < 5)
    try:
        days = series_days(first, every, count, TERMS, closed)
    except UserError:  # the calendar ends before there are enough
        assume(False)
    assert len(days) == count == len(set(days))
    assert list(days) == sorted(days)
    assert days[0] >= first
    assert all(question_about(day, TERMS, closed) is None and day.weekday() == first.weekday() for day in days)
    if every is Every.FORTNIGHT:
        assert all((day - first).days % 14 == 0 for day in days)


def test_a_fortnightly_series_keeps_its_rhythm_over_a_holiday() -> None:
    # 27 October 2026 is in half-term: the next is a fortnight after it, not the week after
    days = series_days(date(2026, 9, 29), Every.FORTNIGHT, 4, TERMS, CLOSED)
    assert days == (date(2026, 9, 29), date(2026, 10, 13), date(2026, 11, 10), date(2026, 11, 24))


def test_half_termly_and_termly_ones_fall_as_far_into_each() -> None:
    assert half_terms(TERMS[:1], CLOSED) == [(date(2026, 9, 2), date(2026, 10, 25)), (date(2026, 10, 31), date(2026, 12, 18))]
    half_termly = series_days(date(2026, 9, 16), Every.HALF_TERM, 3, TERMS, CLOSED)
    assert half_termly == (date(2026, 9, 16), date(2026, 11, 18), date(2027, 1, 20))
    assert series_days(date(2026, 9, 16), Every.TERM, 3, TERMS, CLOSED) == (date(2026, 9, 16), date(2027, 1, 20), date(2027, 4, 28))


@pytest.mark.parametrize("count", [0, -1, 61])
def test_a_number_of_sessions_that_cannot_be(count: int) -> None:
    with pytest.raises(UserError, match="between 1 and 60"):
        series_days(date(2026, 9, 16), Every.WEEK, count, TERMS, CLOSED)


def test_a_calendar_that_ends_too_soon_is_said() -> None:
    with pytest.raises(UserError, match="has 6 such days from then on"):
        series_days(date(2026, 9, 16), Every.TERM, 9, TERMS, CLOSED)
