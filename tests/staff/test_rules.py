"""What may be written about people: pure rules."""

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff import rules
from staffdev_desktop.staff.rows import Edge, EmploymentDetails, HoldingDetails, PersonDetails, QualificationDetails, Roll, When

TODAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    "name", ["Ἀλκιβιάδης", "👩🏽‍🏫 Okafor", "مريم الحسيني", "'; DROP TABLE person; --", "Łukasz Żółć", "O’Neill-Jones", "=1+1"]
)
def test_an_unusual_name_is_kept_exactly(name: str) -> None:
    assert rules.check_person(PersonDetails(surname=name)).surname == name


@pytest.mark.parametrize(
    ("details", "field", "words"),
    [
        (PersonDetails(surname=""), "surname", "Write a name"),
        (PersonDetails(surname="a" * 300), "surname", "300 characters"),
        (PersonDetails(surname="Doyle", forename="b" * 201), "forename", "201 characters"),
        (PersonDetails(surname="Doy\x00le"), "surname", "code 0"),
        (PersonDetails(surname="Doyle\nKaren"), "surname", "code 10"),
        (PersonDetails(surname="Doyle\ud800"), "surname", "code 55296"),
        (PersonDetails(surname="Doyle", email="karen at school"), "email", "is not an email address"),
        (PersonDetails(surname="Doyle", email="a@b"), "email", "is not an email address"),
        (PersonDetails(surname="Doyle", kind="robot"), "kind", "what kind of person"),
        (PersonDetails(surname="Doyle", notes="\x07"), "notes", "code 7"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field(details: PersonDetails, field: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        rules.check_person(details)
    assert refused.value.field == field


def test_notes_keep_their_lines_and_either_name_is_enough() -> None:
    kept = rules.check_person(PersonDetails(surname="", forename="Pelé", notes="First line\nsecond line"))
    assert (kept.forename, kept.surname, kept.notes) == ("Pelé", "", "First line\nsecond line")


@given(st.text(max_size=250))
def test_any_text_is_kept_exactly_unless_it_is_too_long_or_cannot_be_seen(text: str) -> None:
    details = PersonDetails(surname="Doyle", known_as=text)
    kept = text.strip()
    if len(kept) > 200 or any(unicodedata.category(character) in ("Cc", "Cs") for character in kept):
        with pytest.raises(UserError):
            rules.check_person(details)
    else:
        assert rules.check_person(details).known_as == kept


@pytest.mark.parametrize("day", [date(1066, 10, 14), date(1899, 12, 31), date(2200, 1, 1)])
def test_a_day_out_of_range_is_refused(day: date) -> None:
    with pytest.raises(UserError, match="between 1900 and 2199") as refused:
        rules.check_employment(EmploymentDetails(starts_on=day))
    assert refused.value.field == "starts_on"
    with pytest.raises(UserError, match="between 1900 and 2199"):
        rules.check_qualification(QualificationDetails(name="HLTA status", awarded_on=day))


@pytest.mark.parametrize("hours", [0, -3, 60.5, 168, float("nan"), float("inf")])
def test_hours_out_of_range_are_refused(hours: float) -> None:
    with pytest.raises(UserError, match="at most 60 a week"):
        rules.check_holding(HoldingDetails(title="Caretaker", weekly_hours=hours))


def test_weekly_hours_are_at_most_full_time_hours() -> None:
    with pytest.raises(UserError, match="more than full-time"):
        rules.check_holding(HoldingDetails(title="Caretaker", weekly_hours=37, full_time_hours=32.5))
    assert rules.check_holding(HoldingDetails(title="Caretaker", weekly_hours=60, full_time_hours=60)).weekly_hours == 60


def test_the_next_reference_goes_on_from_the_highest() -> None:
    assert rules.next_reference([]) == "P-0001"
    assert rules.next_reference(["0117", "P-0007", "P-12", "XP-0099"]) == "P-0013"


@pytest.mark.parametrize(
    ("employments", "roll"),
    [
        ([], Roll.ON_ROLL),
        ([(None, None)], Roll.ON_ROLL),
        ([(date(2016, 9, 5), TODAY)], Roll.ON_ROLL),
        ([(date(2016, 9, 5), TODAY - timedelta(days=1))], Roll.LEFT),
        ([(date(2016, 9, 5), date(2019, 8, 31)), (date(2021, 9, 1), None)], Roll.ON_ROLL),
        ([(TODAY + timedelta(days=1), None)], Roll.JOINING),
    ],
)
def test_who_is_on_roll(employments: list[tuple[date | None, date | None]], roll: Roll) -> None:
    assert rules.roll_on(employments, TODAY) is roll


def test_times_with_the_school_do_not_overlap() -> None:
    before = EmploymentDetails(date(2016, 9, 5), date(2019, 8, 31))
    rules.check_no_overlap(EmploymentDetails(date(2019, 9, 1)), [before])
    with pytest.raises(UserError, match="overlaps with the time from 5 September 2016 to 31 August 2019"):
        rules.check_no_overlap(EmploymentDetails(date(2019, 8, 31)), [before])


def test_a_new_line_manager_is_not_a_new_role() -> None:
    holdings = [
        (1, "Teaching assistant", "", date(2018, 1, 8), date(2020, 12, 31)),
        (2, "Teaching assistant", "", date(2021, 1, 1), date(2024, 8, 31)),
        (3, "Higher level teaching assistant", "", date(2024, 9, 1), None),
    ]
    history = rules.spells(holdings, TODAY)
    assert [(spell.holding_id, spell.title, spell.starts_on, spell.when) for spell in history] == [
        (3, "Higher level teaching assistant", date(2024, 9, 1), When.CURRENT),
        (2, "Teaching assistant", date(2018, 1, 8), When.PAST),
    ]


def test_who_comes_back_to_a_post_has_two_spells() -> None:
    holdings = [(1, "Caretaker", "", date(2018, 1, 8), date(2019, 1, 1)), (2, "Caretaker", "", date(2022, 1, 8), None)]
    assert [spell.starts_on for spell in rules.spells(holdings, TODAY)] == [date(2022, 1, 8), date(2018, 1, 8)]


# -- circles ------------------------------------------------------------------------------------------------------------------


def edge(number: int, person: int, manager: int, starts_on: date | None = None, ends_on: date | None = None) -> Edge:
    return Edge(number, person, manager, starts_on, ends_on)


def test_a_circle_is_told_with_everybody_in_it() -> None:
    names = {1: "Karen Doyle", 2: "Tom Ashworth", 3: "Ruth Pemberton"}
    chain = rules.circle_through(edge(9, 1, 3), [edge(1, 2, 1), edge(2, 3, 2)], TODAY)
    assert chain == (3, 2, 1)
    said = rules.refuse_circle(chain, names)
    assert said.message == "Ruth Pemberton is managed by Karen Doyle through Tom Ashworth, so cannot be the line manager here."
    assert said.field == "line_manager_id"


def test_nobody_manages_themselves() -> None:
    chain = rules.circle_through(edge(9, 1, 1), [], TODAY)
    assert chain == (1,)
    assert "cannot be their own line manager" in rules.refuse_circle(chain, {1: "Karen Doyle"}).message


def test_only_days_from_today_on_count() -> None:
    over = [edge(1, 2, 1, ends_on=date(2026, 7, 31))]
    assert rules.circle_through(edge(9, 1, 2), over, TODAY) is None
    past = edge(9, 1, 2, date(2020, 1, 1), date(2021, 1, 1))
    assert rules.circle_through(past, [edge(1, 2, 1)], TODAY) is None


def test_a_circle_that_closes_later_is_found_and_one_that_never_stands_is_not() -> None:
    later = [edge(1, 2, 1, starts_on=date(2027, 1, 1))]
    assert rules.circle_through(edge(9, 1, 2), later, TODAY) == (2, 1)
    relay = [edge(1, 2, 3, ends_on=date(2026, 12, 31)), edge(2, 3, 1, starts_on=date(2027, 1, 1))]
    assert rules.circle_through(edge(9, 1, 2), relay, TODAY) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), max_size=12))
def test_many_at_once_are_refused_just_when_one_by_one_is(triples: list[tuple[int, int, int]]) -> None:
    edges = [
        edge(number, person, manager, TODAY + timedelta(days=wait) if wait else None)
        for number, (person, manager, wait) in enumerate(triples, 1)
    ]
    one_by_one = any(rules.circle_through(each, edges, TODAY) for each in edges)
    found = rules.circle_among(edges, {each.holding_id for each in edges}, TODAY)
    assert (found is not None) == one_by_one


def test_a_holding_does_not_stand_in_its_own_way() -> None:
    assert rules.circle_through(edge(1, 1, 2), [edge(1, 1, 3), edge(2, 3, 4)], TODAY) is None


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25))
def test_edges_taken_in_one_after_another_never_close_a_circle(pairs: list[tuple[int, int]]) -> None:
    kept: list[Edge] = []
    for number, (person, manager) in enumerate(pairs, 1):
        new = edge(number, person, manager)
        chain = rules.circle_through(new, kept, TODAY)
        if chain is None:
            kept.append(new)
            continue
        assert (chain[0], chain[-1]) == (manager, person)
        stands = rules.managers_on(kept, TODAY)
        assert all(above in stands[below] for below, above in pairwise(chain))
    assert rules.circle_among(kept, {edge.holding_id for edge in kept}, TODAY) is None
    managers = rules.managers_on(kept, TODAY)
    everybody = set(managers) | {above for each in managers.values() for above in each}
    while free := {person for person in everybody if not managers.get(person, set()) & everybody}:
        everybody -= free  # peel off those with nobody above; what is left would be a circle
    assert not everybody
