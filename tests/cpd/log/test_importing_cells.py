"""Hours, costs and ticks as spreadsheets hold them."""

from contextlib import suppress
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.cpd.log.importing_cells import led_of, minutes_of_hours, minutes_of_minutes, paid_of, pence_of
from staffdev_desktop.cpd.log.rules import DAY_MINUTES, PAID, hours
from staffdev_desktop.kernel.errors import UserError

SCRAPS = st.sampled_from(["1", "12", "0", ":", ".", ",", "h", "hours", "min", "½", "-", " ", "1e9", "x", "n/a", "\u00a0", "٣", "²"])


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (1.5, 90),
        (2, 120),
        (0.25, 15),
        (1 / 3, 20),
        ("1.3333333", 80),
        ("1:15", 75),
        ("01:15:00", 75),
        ("45 min", 45),
        ("45mins.", 45),
        ("1 h 15 min", 75),
        ("1,5", 90),
        ("½", 30),
        ("1 ½ hours", 90),
        ("half an hour", 30),
        (time(1, 15), 75),
        (timedelta(hours=2, minutes=30), 150),
        (datetime(1899, 12, 31, 7, 30), 450),  # 7:30 as a length of time, in a cell formatted as a date
        ("n/a", None),
        ("–", None),
        (None, None),
    ],
)
def test_hours_in_any_form(cell: object, minutes: int | None) -> None:
    assert minutes_of_hours(cell) == minutes


@pytest.mark.parametrize("cell", [-1, "-1", 25, 45, "45", "25:00", float("nan"), float("inf"), 1e300, True, "a while", timedelta(hours=-1)])
def test_what_is_no_time_of_one_day_is_said(cell: object) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        minutes_of_hours(cell)


def test_minutes_in_a_column_of_their_own() -> None:
    assert [minutes_of_minutes(cell) for cell in (45, "90", "90 min", "1:30", "75.0", time(0, 20))] == [45, 90, 90, 90, 75, 20]
    with pytest.raises(UserError):
        minutes_of_minutes(1441)


@given(st.integers(1, DAY_MINUTES))
def test_every_minute_of_a_day_comes_back_from_each_way_of_writing_it(minutes: int) -> None:
    ways = [minutes / 60, f"{minutes // 60}:{minutes % 60:02d}", f"{minutes} min", timedelta(minutes=minutes), f"{minutes / 60:.6f}"]
    if minutes % 3 == 0:
        ways.append(hours(minutes))
    assert {minutes_of_hours(way) for way in ways} == {minutes}


@given(st.one_of(st.lists(SCRAPS, max_size=5).map("".join), st.text(max_size=12), st.floats(), st.integers()))
def test_any_cell_is_read_or_refused_and_nothing_else(cell: object) -> None:
    for read in (minutes_of_hours, minutes_of_minutes):
        with suppress(UserError):
            minutes = read(cell)
            assert minutes is None or 0 <= minutes <= DAY_MINUTES


def test_costs() -> None:
    assert [pence_of(cell) for cell in (120, 12.5, "£1,200.00", "free", "–", None)] == [12000, 1250, 120_000, 0, None, None]
    for wrong in (-1, "lots", float("nan"), 10**9):
        with pytest.raises(UserError, match="not an amount"):
            pence_of(wrong)


def test_who_led_and_whose_time() -> None:
    assert [led_of(cell) for cell in ("Led", "x", "attended", True, None)] == [True, True, False, True, None]
    assert [paid_of(cell) for cell in ("Directed time", "own time", "Overtime", None)] == [*PAID, None]
    with pytest.raises(UserError):
        led_of("perhaps")
    with pytest.raises(UserError):
        paid_of("the caretaker’s")
