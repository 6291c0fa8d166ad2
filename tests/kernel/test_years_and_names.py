"""Academic years, terms, names."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.kernel import clock, file_names, names, years
from staffdev_desktop.kernel.changed import Changed

TERMS = years.usual_terms(2026)
HALF_TERM = years.Closure(date(2026, 10, 26), date(2026, 10, 30), "Autumn half-term")


@given(st.dates(TERMS[0].begins, date(2027, 8, 31)))
def test_a_day_belongs_to_exactly_one_term(day: date) -> None:
    begun = [term for term in TERMS if term.begins <= day]
    assert years.term_of(day, TERMS) == begun[-1]


def test_before_the_first_term_there_is_none() -> None:
    assert years.term_of(date(2026, 8, 31), TERMS) is None


@pytest.mark.parametrize(
    ("day", "part"),
    [(date(2026, 10, 24), "weekend"), (date(2026, 10, 27), "half-term"), (date(2026, 12, 28), "holidays"), (date(2026, 10, 20), None)],
)
def test_days_without_school_get_a_question(day: date, part: str | None) -> None:
    asked = years.question_about(day, TERMS, (HALF_TERM,))
    assert asked is None if part is None else asked is not None and part in asked


def test_years_turn_in_september() -> None:
    assert (years.year_of(date(2026, 8, 31)), years.year_of(date(2026, 9, 1))) == (2025, 2026)
    assert years.year_label(2099) == "2099/00"


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Doyle, Mrs Karen", ("Mrs", "Karen", "Doyle")),
        ("Mrs Karen Doyle", ("Mrs", "Karen", "Doyle")),
        ("Llewellyn-Jones,Siân", ("", "Siân", "Llewellyn-Jones")),
        ("Dr. O’Neill", ("Dr", "", "O’Neill")),
        ("Cher", ("", "", "Cher")),
    ],
)
def test_a_name_in_one_cell(whole: str, parts: tuple[str, str, str]) -> None:
    assert names.split_name(whole) == parts


def test_searching_forgives_accents_and_case() -> None:
    assert names.searchable("Łucja", "WÓJCIK") == "lucja wojcik"
    assert names.searchable("O’Neill") == "o'neill"


def test_names_in_lists() -> None:
    assert names.listed(["Ann", "Ben", "Carl"]) == "Ann, Ben and Carl"
    assert names.count_of(1, "review") == "1 review"
    assert names.count_of(1400, "person", "people") == "1,400 people"
    assert [names.initials(name) for name in ("Karen Doyle", "Cher", "", "Siân Llewellyn-Jones")] == ["KD", "C", "?", "SL"]


def test_the_clock_can_stand_still_and_run_on() -> None:
    with clock.frozen_at(date(2027, 1, 5)):
        assert clock.now() == datetime(2027, 1, 5, 12)
    with clock.starting_at(datetime(2030, 1, 1, 9)):
        assert clock.today() == date(2030, 1, 1)


def test_changed_gathers_ids_by_kind() -> None:
    changed = Changed.of([("person", 1), ("person", 2), ("review", 7)])
    assert changed.kinds["person"] == {1, 2}
    assert changed.touches("review", "post")
    assert not changed.touches("post")


def test_an_academic_year_has_its_days_and_a_name_for_files() -> None:
    first, last = years.year_days(2026)
    assert (first, last) == (date(2026, 9, 1), date(2027, 8, 31))
    assert {years.year_of(first), years.year_of(last)} == {2026}
    assert years.year_in_name(2026) == "2026-27"


def test_files_are_called_by_what_they_hold_and_when_it_stood_so() -> None:
    day = date(2026, 10, 20)
    assert file_names.dated_name("cpd-log", "01/08", on=day) == "cpd-log-01-08-as-of-2026-10-20.pdf"
    assert file_names.dated_name("diagnostic-loop", "", on=day, ending="xlsx") == "diagnostic-loop-as-of-2026-10-20.xlsx"


@pytest.mark.parametrize(("name", "inside"), [("Teaching assistant", "teaching assistant"), ("HLTA", "HLTA"), ("X", "x"), ("", "")])
def test_a_name_inside_a_sentence_keeps_its_capitals_only_if_it_is_made_of_them(name: str, inside: str) -> None:
    assert names.in_sentence(name) == inside
