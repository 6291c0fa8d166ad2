"""Dates as people in the UK type and read them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.kernel import dates
from staffdev_desktop.kernel.errors import UserError

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@pytest.mark.parametrize(
    "typed", ["31/8/2027", "31.08.27", "31-8-2027", "2027-08-31", "31 Aug 2027", "31st August 2027", "Tuesday 31 August 2027", " 31 8 27 "]
)
def test_one_day_typed_in_many_ways(typed: str) -> None:
    assert dates.parse_date(typed) == date(2027, 8, 31)


@given(DAYS)
def test_every_way_of_writing_a_day_is_read_back(day: date) -> None:
    for written in (dates.typed_day(day), dates.day_with_year(day), dates.long_day(day), dates.full_day(day), day.isoformat()):
        assert dates.parse_date(written) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2027", "There is no 31 February. Use 28 February or earlier."),
        ("29/02/2028x", "‘29/02/2028x’ is not a date. Write it like 31/08/2027."),
        ("1/13/2027", "There is no month 13. Write the date as day/month/year."),
        ("14/10/1066", "The year 1066 is not between 1900 and 2199."),
        ("", "‘’ is not a date. Write it like 31/08/2027."),
    ],
)
def test_a_day_that_is_not_there_says_so(typed: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        dates.parse_date(typed, field="by_when")
    assert (refused.value.message, refused.value.field) == (sentence, "by_when")


@pytest.mark.parametrize(
    ("typed", "read"), [("13:30", time(13, 30)), ("1.30 pm", time(13, 30)), ("9am", time(9)), ("0815", time(8, 15)), ("12 am", time(0))]
)
def test_times(typed: str, read: time) -> None:
    assert dates.parse_time(typed) == read


def test_a_time_that_is_none() -> None:
    with pytest.raises(UserError):
        dates.parse_time("25:00")


def test_words_for_sentences_and_tables() -> None:
    day = date(2026, 10, 16)
    assert dates.day_in_sentence(day) == "Friday 16 October"
    assert dates.day_in_table(day) == "Fri 16 Oct"
    assert dates.moment_in_sentence(datetime(2026, 10, 16, 9, 5)) == "Friday 16 October at 09:05"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 9, 1), 36, date(2029, 9, 1)),
    ],
)
def test_so_many_months_later_it_is_the_same_day_of_the_month_or_the_last(day: date, months: int, later: date) -> None:
    assert dates.months_later(day, months) == later
