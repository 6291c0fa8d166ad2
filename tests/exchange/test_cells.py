"""Single cells, as people write them."""

from datetime import date, datetime, time, timedelta

import pytest

from staffdev_desktop.exchange import cells
from staffdev_desktop.kernel.errors import UserError


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("01/09/2019", date(2019, 9, 1)),
        ("1.9.19", date(2019, 9, 1)),
        ("2019-09-01", date(2019, 9, 1)),
        ("2019-09-01 00:00:00", date(2019, 9, 1)),
        ("01/09/2019 09:14", date(2019, 9, 1)),
        ("1 Sep 2019", date(2019, 9, 1)),
        ("Sunday 1st September 2019", date(2019, 9, 1)),
        (datetime(2019, 9, 1, 12), date(2019, 9, 1)),
        (date(2019, 9, 1), date(2019, 9, 1)),
        (43709, date(2019, 9, 1)),
        (43709.5, date(2019, 9, 1)),
        ("n/a", None),
        (" – ", None),
        (None, None),
    ],
)
def test_dates(cell, expected):
    assert cells.day(cell) == expected


@pytest.mark.parametrize("cell", ["31/02/2019", "01/09/1066", date(1066, 9, 1), "soon", 12, True, time(9), timedelta(1), "13/13/2020"])
def test_what_is_no_date_is_refused_beside_its_field(cell):
    with pytest.raises(UserError) as caught:
        cells.day(cell, field="start_date")
    assert caught.value.field == "start_date"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (0.6, 0.6), ("0.6", 0.6), ("0,6", 0.6), ("60 %", 0.6), ("60%", 0.6), (60, 0.6), ("60", 0.6), ("3 days", 0.6), ("3 days of 5", 0.6),
        ("2 days of 4", 0.5), ("3/5", 0.6), ("3 days a week", 0.6), ("0.6 FTE", 0.6), (1, 1.0), ("Full-time", 1.0), ("FT", 1.0), (100, 1.0),
        ("part time", None), (None, None), ("-", None), (0, 0.0), (0.8378, 0.8378),
    ],
)  # fmt: skip
def test_part_time(cell, expected):
    assert cells.share(cell) == expected


@pytest.mark.parametrize("cell", [3, "3", 120, -0.5, "6 days", "7/5", "often", "150 %", True, date(2020, 1, 1), float("nan"), "1/0"])
def test_what_is_no_share_is_refused(cell):
    with pytest.raises(UserError, match="days"):
        cells.share(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (32.5, 32.5), ("32.5", 32.5), ("32,5 hours", 32.5), ("32:30", 32.5), ("32 h 30 min", 32.5), ("32.5 hrs per week", 32.5),
        (timedelta(hours=32, minutes=30), 32.5), (time(7, 12), 7.2), ("none", None), (0, 0.0),
    ],
)  # fmt: skip
def test_hours(cell, expected):
    assert cells.hours(cell) == expected


@pytest.mark.parametrize("cell", [169, -1, "many", True, date(2020, 1, 1), float("inf")])
def test_what_is_no_hours_is_refused(cell):
    with pytest.raises(UserError, match="number of hours"):
        cells.hours(cell)


def test_text_is_cleaned_and_otherwise_kept():
    assert cells.text("\ufeff Zoë\u00a0Ann\x00\x07\r\nLee\t! ") == "Zoë Ann\nLee !"
    assert cells.line("Zoë\nAnn") == "Zoë Ann"
    family = "👩\u200d👧 \u202bأحمد\u202c '; DROP TABLE"
    assert cells.name(family) == family
    assert cells.name("x" * 200) == "x" * 200


@pytest.mark.parametrize("cell", ["x" * 201, 12, date(2020, 1, 1), "12345", "—"])
def test_what_is_no_name_is_refused(cell):
    with pytest.raises(UserError):
        cells.name(cell)


def test_codes_phones_and_emails():
    assert (cells.code(12), cells.code("0012"), cells.code("N/A")) == ("12", "0012", None)
    assert (cells.phone(7700900123), cells.phone("+44 7700 900123"), cells.phone("-")) == ("07700900123", "+44 7700 900123", None)
    assert cells.email("mailto:k.doyle@larkfield.example") == "k.doyle@larkfield.example"
    for wrong in ("k.doyle", "k doyle@larkfield.example", "a@b.example; c@d.example", "a@b"):
        with pytest.raises(UserError, match="not an email address"):
            cells.email(wrong)
