"""Decisions of the diagnostic, without a school."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.cpd.diagnostic import rules
from staffdev_desktop.cpd.diagnostic.rows import (
    AreaDraft,
    BoardRow,
    Linked,
    LoopRow,
    Outcome,
    RatingRow,
    RoundDetails,
    Stage,
    StageDates,
    TermRating,
)
from staffdev_desktop.cpd.diagnostic.starting import starting_sets
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import usual_terms

DAY = date(2026, 9, 24)
TODAY = date(2026, 10, 20)
days = st.none() | st.dates(date(2026, 9, 1), date(2026, 12, 31))
rating = st.none() | st.integers(1, 4)
TEACHERS = (
    "Explaining new ideas",
    "Asking questions",
    "Checking understanding",
    "Adapting for need",
    "Teaching early reading",
    "Reading fluency",
    "Managing behaviour",
    "Using assessment",
)


def test_the_starting_sets_are_for_five_roles_and_the_teachers_areas_are_those_of_the_picture() -> None:
    sets = starting_sets()
    assert [each.name for each in sets] == ["Teachers", "Teaching assistants", "Leaders", "Office and finance", "Site"]
    assert tuple(area.title for area in sets[0].areas) == TEACHERS
    for each in sets:
        assert 8 <= len(each.areas) <= 10
        assert all(area.hint for area in each.areas)
        rules.check_areas(each.name, each.areas)


@given(st.builds(StageDates, days, days, days, days))
def test_the_stage_is_the_farthest_date_that_is_there(dates: StageDates) -> None:
    reached = [Stage.NOT_STARTED]
    reached += [Stage.SHEET_OUT] if dates.sheet_out_on else []
    reached += [Stage.OWN_IN] if dates.own_on else []
    reached += [Stage.MANAGER_IN] if dates.manager_on else []
    reached += [Stage.AGREED] if dates.agreed_on else []
    assert rules.stage_of(dates) is reached[-1]


@given(st.builds(StageDates, days, days, days, days))
def test_a_line_managers_words_are_shared_only_once_both_sides_are_in_or_it_is_agreed(dates: StageDates) -> None:
    assert rules.shared(dates) == bool(dates.agreed_on or (dates.own_on and dates.manager_on))


@given(st.lists(rating, min_size=1, max_size=8))
def test_the_words_of_a_trend_say_the_way_from_the_first_rating_to_the_last(values: list[int | None]) -> None:
    change = rules.change_of([TermRating(value, True) for value in values])
    known = [value for value in values if value]
    words = rules.change_in_words(change)
    if len(known) < 2:
        assert words == ""
        return
    way, _, much = words.partition(" ")
    moved = {"Up": 1, "Down": -1}.get(way, 0)
    assert known[0] + moved * (int(much) if moved else 0) == known[-1]


def test_a_tag_is_the_mark_before_the_linked_entry() -> None:
    assert (rules.tag_of("focus", True), rules.tag_of("strength", False)) == ("Focus", "Strength")
    assert (rules.tag_of("", True), rules.tag_of("", False)) == ("CPD", "")


@given(rating, rating, st.integers(0, 3))
def test_every_area_in_the_loop_ends_in_exactly_one_outcome(before: int | None, after: int | None, entries: int) -> None:
    outcome = rules.outcome_of(before, after, entries)
    assert (outcome is Outcome.WAITING) == (before is None or after is None)
    if before and after:
        assert (outcome is Outcome.MOVED) == (after > before)
        assert (outcome is Outcome.NOTHING_DONE) == (after <= before and entries == 0)


def test_an_area_is_in_the_loop_if_something_was_meant_to_be_done_for_it() -> None:
    assert not rules.in_loop(3, "strength", 0, 0)
    assert not rules.in_loop(None, "", 0, 0)
    assert rules.in_loop(2, "", 0, 0)
    assert rules.in_loop(4, "focus", 0, 0)
    assert rules.in_loop(4, "", 1, 0)
    assert rules.in_loop(4, "", 0, 1)


def test_an_entry_of_the_day_on_which_a_term_was_agreed_belongs_to_the_time_after_it() -> None:
    before, after = StageDates(agreed_on=DAY), StageDates(agreed_on=DAY + timedelta(days=20))
    opened = date(2026, 9, 1)
    assert rules.is_between(DAY, before, opened, after, TODAY)
    assert not rules.is_between(DAY - timedelta(days=1), before, opened, after, TODAY)
    assert not rules.is_between(DAY + timedelta(days=20), before, opened, after, TODAY)
    assert rules.is_between(TODAY, before, opened, StageDates(), TODAY)
    assert rules.is_between(opened, StageDates(), opened, StageDates(), TODAY)


def loop_row(person: int, area: str, outcome: Outcome, minutes: int = 30) -> LoopRow:
    linked = (Linked(1, 1, DAY, minutes, "Course", True),)
    return LoopRow(person, f"P{person}", "Teachers", None, "", "Teachers", hash(area) % 999, area, 2, 3, (), linked, outcome)


people = st.integers(1, 9)
outcomes = st.sampled_from(list(Outcome))


@given(st.lists(st.builds(loop_row, people, st.sampled_from(TEACHERS[:4]), outcomes), max_size=60), st.integers(1, 5))
def test_no_figure_of_the_loop_rests_on_too_few_people_and_none_is_lost(rows: list[LoopRow], minimum: int) -> None:
    figures = rules.loop_figures(rows, minimum)
    known = [row for row in rows if row.outcome is not Outcome.WAITING]
    if figures:
        assert sum(each.moved + each.not_moved + (each.nothing_done or 0) for each in figures) == len(known)
        assert all(each.people >= minimum for each in figures)
    for figure in figures:
        if figure.label.endswith(")"):
            mine = [row for row in known if figure.label.startswith(row.area)]
            for outcomes in rules.STAYED if figure.nothing_done is None else rules.SETTLED:
                behind = {row.person_id for row in mine if row.outcome in outcomes}
                assert not behind or len(behind) >= minimum


def test_weak_areas_come_commonest_first_without_those_that_few_find_hard() -> None:
    areas = {1: ("Asking questions", "", "Teachers"), 2: ("Using assessment", "", "Teachers"), 3: ("Reading fluency", "", "Teachers")}
    ratings = [(person, 1, 2) for person in range(5)] + [(person, 1, 4) for person in range(5, 7)]
    ratings += [(person, 2, 1) for person in range(6)] + [(person, 2, 3) for person in range(6, 12)]
    ratings += [(person, 3, 2) for person in range(4)]
    found = rules.weak_areas(areas, ratings, {2: [(DAY, "A drop-in")]}, 5)
    assert [(each.title, each.people, each.of) for each in found] == [("Using assessment", 6, 12), ("Asking questions", 5, None)]
    assert found[0].planned == ((DAY, "A drop-in"),)


def board_row(**dates: date) -> BoardRow:
    stages = StageDates(**dates)
    late = rules.is_late(stages, DAY, TODAY)
    return BoardRow(1, 1, 1, 1, "Aisha", "", "", "Teachers", 1, "Teachers", 2, "David", stages, rules.stage_of(stages), late, "")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, [("Aisha", "Sheet to go out, own ratings"), ("David", "Line manager’s ratings")]),
        ({"sheet_out_on": DAY, "manager_on": DAY}, [("Aisha", "Own ratings")]),
        ({"own_on": DAY, "manager_on": DAY}, [("David", "Agree together")]),
        ({"agreed_on": DAY}, []),
    ],
)
def test_the_chase_list_says_whose_turn_it_is(dates: dict[str, date], expected: list[tuple[str, str]]) -> None:
    found = rules.chase_list([board_row(**dates)], DAY, TODAY)
    assert [(each.who, each.waiting_for) for each in found] == expected
    assert {rules.waited(each) for each in found} <= {"26 days late"}
    early = rules.chase_list([board_row(**dates)], TODAY, DAY)
    assert {each.days for each in early} <= {26}


def test_what_is_missing_before_a_term_is_recorded_is_one_sentence() -> None:
    ratings = [RatingRow(place, title, "", agreed=3 if place > 4 else None) for place, title in enumerate(TEACHERS)]
    assert rules.missing_to_record(ratings) == "No agreed rating yet: Explaining new ideas, Asking questions and 3 more."
    assert rules.missing_to_record(ratings[5:]) == ""
    assert rules.missing_to_record(ratings[4:]) == "No agreed rating yet: Teaching early reading."


def test_a_round_is_called_after_its_term() -> None:
    terms = (*usual_terms(2025), *usual_terms(2026))
    assert rules.round_name(date(2026, 9, 7), terms) == "Autumn 2026"
    assert rules.round_name(date(2027, 1, 11), terms) == "Spring 2027"
    assert rules.round_name(date(2026, 8, 20), terms) == "Summer 2026"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (RoundDetails(" ", DAY, DAY), "name"),
        (RoundDetails("x" * 81, DAY, DAY), "name"),
        (RoundDetails("Autumn", DAY, DAY - timedelta(days=1)), "deadline"),
    ],
)
def test_a_round_needs_a_name_and_days_in_order(details: RoundDetails, field: str) -> None:
    with pytest.raises(UserError) as error:
        rules.check_round(details)
    assert error.value.field == field


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("", [AreaDraft("One")]),
        ("Teachers", []),
        ("Teachers", [AreaDraft("One", in_use=False)]),
        ("Teachers", [AreaDraft(" ")]),
        ("Teachers", [AreaDraft("One"), AreaDraft("one")]),
        ("Teachers", [AreaDraft("x" * 81)]),
        ("Teachers", [AreaDraft("One", "x" * 301)]),
        ("Teachers", [AreaDraft(f"Area {number}") for number in range(13)]),
    ],
)
def test_a_set_that_cannot_be_is_refused_in_one_sentence(name: str, areas: list[AreaDraft]) -> None:
    with pytest.raises(UserError) as error:
        rules.check_areas(name, areas)
    assert error.value.message.endswith(".")
