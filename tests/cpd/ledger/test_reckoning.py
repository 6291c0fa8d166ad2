"""The ledger against an independent calculation, day by day, on random people, terms, closures, absences and holdings; and its words."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffdev_desktop.cpd.ledger.reckoning import Reckoner, Year
from staffdev_desktop.cpd.ledger.rows import Circumstances, Held, Pace, PersonLedger, Rule
from staffdev_desktop.cpd.ledger.rules import pace_words, terms_with_days
from staffdev_desktop.cpd.log.rows import CpdPerson, KindRow
from staffdev_desktop.kernel.years import Closure, Term, term_of, usual_terms

YEAR, GROUP = 2026, 7
HALF_TERM = Closure(date(2026, 10, 26), date(2026, 10, 30), "Autumn half-term")
KINDS = {
    1: KindRow(1, 1, "Course", True, True, True),
    2: KindRow(2, 1, "INSET", False, False, True),
    3: KindRow(3, 1, "Reading", True, True, True),
}
SOMEBODY = CpdPerson(5, "Karen Doyle", "doyle karen", "Teacher", GROUP, "Teachers", "employee", (), True, "0105", "")
ALWAYS_HERE = Circumstances()
getcontext().prec = 60


def reckoned(
    rule: Rule | None,
    who: Circumstances = ALWAYS_HERE,
    entries: tuple[tuple[date, int, int | None], ...] = (),
    on: date = date(2026, 10, 20),
    terms: tuple[Term, ...] = (),
    closures: tuple[Closure, ...] = (HALF_TERM,),
    before: Rule | None = None,
) -> PersonLedger:
    years = [
        Year(year, terms_with_days(year, terms, closures), {GROUP: known} if known else {})
        for year, known in ((YEAR, rule), (YEAR - 1, before))
    ]  # fmt: skip
    lines = [(number, day, minutes, "Drop-in", kind) for number, (day, minutes, kind) in enumerate(entries, 1)]
    return Reckoner(*years, KINDS, on).ledger(SOMEBODY, who, lines)


TEACHERS = Rule("Teachers", 720, 240)


# -- the independent calculation ------------------------------------------------------------------------------------------------

days_of_year = st.dates(date(2026, 7, 1), date(2027, 9, 30))
periods = st.lists(st.tuples(st.none() | days_of_year, st.none() | days_of_year), max_size=2)
weekly = st.sampled_from([None, 6.25, 12.5, 19.5, 20.0, 27.75, 32.5, 37.0, 40.0])
holdings = st.lists(
    st.builds(Held, st.none() | days_of_year, st.none() | days_of_year, weekly, st.sampled_from([None, 32.5, 37.0])), max_size=3
)
closing = st.lists(st.builds(lambda day, long: Closure(day, day + timedelta(long), "Closed"), days_of_year, st.integers(0, 9)), max_size=4)
moved = st.tuples(*[st.integers(-9, 9)] * 6)
rules = st.builds(
    Rule,
    st.just("Teachers"),
    st.integers(0, 80).map(lambda number: number * 15),
    st.integers(0, 24).map(lambda number: number * 15),
    pro_rata=st.booleans(),
    uncounted=st.sampled_from([frozenset(), frozenset({3})]),
)
logged = st.lists(st.tuples(days_of_year, st.integers(1, 300), st.sampled_from([None, 1, 2, 3])), max_size=8)


def the_terms(steps: tuple[int, ...]) -> tuple[Term, ...]:
    """The usual terms of two years, those of this one moved by a few days."""
    moves = iter(steps)
    this = [Term(t.begins + timedelta(next(moves)), t.ends + timedelta(next(moves)), t.name, t.year) for t in usual_terms(YEAR)]
    return (*this, *usual_terms(YEAR + 1))


def inside(day: date, begins: date | None, ends: date | None) -> bool:
    return not (begins and day < begins) and not (ends and day > ends)


def owed_on(day: date, who: Circumstances, pro_rata: bool) -> Fraction:
    if who.employed and not any(inside(day, *each) for each in who.employed):
        return Fraction(0)
    if any(inside(day, *each) for each in who.away):
        return Fraction(0)
    now = [each for each in who.held if inside(day, each.starts_on, each.ends_on)]
    if not pro_rata or not now or any(each.weekly_hours is None or each.full_time_hours is None for each in now):
        return Fraction(1)
    return min(Fraction(1), sum(Fraction(each.weekly_hours) / Fraction(each.full_time_hours) for each in now))


def plain_due(minutes: int, days: list[date], who: Circumstances, pro_rata: bool, on: date) -> tuple[int, int]:
    if not days:
        return 0, 0
    whole = minutes * sum(owed_on(day, who, pro_rata) for day in days) / Fraction(len(days))
    part = minutes * sum(owed_on(day, who, pro_rata) for day in days if day <= on) / Fraction(len(days))
    due = int(_decimal(whole / 15 + Fraction(1, 2)).to_integral_value(ROUND_FLOOR)) * 15
    by_now = due if on >= days[-1] else min(due, int(_decimal(part / 15).to_integral_value(ROUND_FLOOR)) * 15)
    return due, by_now


def _decimal(number: Fraction) -> Decimal:
    """Long enough that no quarter hour is missed by rounding."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("1e-40"))


@settings(max_examples=150, deadline=None)
@given(rules, periods, periods, holdings, closing, moved, logged, days_of_year)
def test_the_ledger_agrees_with_counting_day_by_day(rule, employed, away, held, closures, steps, entries, on) -> None:
    terms, who = the_terms(steps), Circumstances(tuple(employed), tuple(away), tuple(held))
    made = reckoned(rule, who, tuple(entries), on, terms, tuple(closures))
    every_day = [date(2026, 6, 1) + timedelta(number) for number in range(500)]
    school = [
        [
            day
            for day in every_day
            if term.begins <= day <= term.ends and day.weekday() < 5 and not any(c.begins <= day <= c.ends for c in closures)
        ]
        for term in sorted(terms)[:3]
    ]
    expected = [plain_due(rule.minutes_a_term, days, who, rule.pro_rata, on) for days in school]
    rest = max(rule.minutes_a_year - 3 * rule.minutes_a_term, 0)
    besides = plain_due(rest, [day for days in school for day in days], who, rule.pro_rata, on)
    counts = [entry for entry in entries if entry[2] != 2 and entry[2] not in rule.uncounted and entry[0] <= on]
    done = [sum(minutes for day, minutes, _kind in counts if term_of(day, terms) == term) for term in sorted(terms)[:3]]

    assert [(part.due, part.due_by_now) for part in made.terms] == expected
    assert [part.counted for part in made.terms] == done
    assert made.whole.due == sum(due for due, _ in expected) + besides[0]
    assert made.behind == max(sum(now for _, now in expected) + besides[1] - sum(done), 0)
    assert sum(line.minutes for line in made.lines if line.counts) == made.whole.counted


# -- what the numbers say of themselves -------------------------------------------------------------------------------------------


def said(made: PersonLedger, part: int = 0) -> list[str]:
    return [f"{step.words} = {step.result}" for step in made.part(part).steps]


def test_a_teacher_on_20_october_owes_one_and_three_quarter_hours() -> None:
    made = reckoned(TEACHERS, entries=((date(2026, 9, 24), 30, 1),))

    assert (made.terms[0].due, made.terms[0].due_by_now, made.behind) == (240, 105, 75)
    assert pace_words(made.terms[0]) == "Behind by 1.25 h"
    assert said(made) == [
        "4 hours a term for Teachers = 4 h",
        "Due by 20 Oct: 35 of 73 school days have gone by, 1.92 rounded down to a quarter hour = 1.75 h",
    ]
    assert said(made, -1) == [
        "Autumn term: 4 hours a term for Teachers = 4 h",
        "Autumn term: due by 20 Oct: 35 of 73 school days have gone by, 1.92 rounded down to a quarter hour = 1.75 h",
        "Spring term, from 4 Jan = 4 h",
        "Summer term, from 12 Apr = 4 h",
        "Owed over the year = 12 h",
        "Due by 20 Oct = 1.75 h",
    ]
    assert [pace_words(term) for term in made.terms[1:]] == ["From 4 January", "From 12 April"]


def test_starters_part_timers_and_the_absent_are_told_each_factor() -> None:
    rule = Rule("Teaching assistants", 720, 240, pro_rata=True)
    held = (Held(None, date(2026, 10, 31), 20, 37), Held(date(2026, 11, 1), None, 37, 37))
    who = Circumstances(((date(2026, 10, 5), None),), ((date(2026, 11, 2), date(2026, 11, 17)),), held)

    made = reckoned(rule, who, on=date(2026, 12, 31))

    assert said(made) == [
        "4 hours a term for Teaching assistants = 4 h",
        "20 of 37 hours a week = × 0.54",
        "From 2 November 2026: full time = × 1.00",
        "From 5 October 2026: 50 of 73 school days = 50 of 73",
        "Away for 12 school days = − 12",
        "Owed: 1.70, to the nearest quarter hour = 1.75 h",
    ]
    last_day = reckoned(rule, who, on=date(2026, 12, 18)).terms[0]
    assert last_day.due_by_now == last_day.due == 105  # rounded up with the term, not down with the day


def test_hours_of_a_year_that_are_more_than_its_terms_are_owed_over_the_year() -> None:
    made = reckoned(Rule("Teachers", 900, 240), on=date(2026, 12, 31))

    assert (made.whole.due, made.terms[0].due) == (900, 240)
    assert made.whole.due_by_now == 240 + 60  # 73 of 182 school days have gone by: 1.20 hours of 3
    assert any(words.startswith("3 hours more over the year for Teachers") for words in said(made, -1))


def test_more_than_owed_is_carried_over_once() -> None:
    rule = Rule("Teachers", 720, 240, carry_over=True)
    entries = ((date(2026, 5, 12), 900, 1), (date(2025, 9, 2), 15, 2))
    made = reckoned(rule, entries=entries, before=TEACHERS)

    assert (made.whole.carried, made.whole.counted, made.behind) == (180, 0, 0)
    assert pace_words(made.whole) == "Ahead of pace"
    assert said(made, -1)[-1] == "More than owed in 2025/26, carried over = + 3 h"
    assert reckoned(TEACHERS, entries=entries, before=TEACHERS).whole.carried == 0
    assert reckoned(rule, entries=entries).whole.carried == 0  # nothing was asked for last year: nothing was more than that


def test_entries_that_do_not_count_are_listed_with_the_reason() -> None:
    rule = Rule("Teachers", 720, 240, uncounted=frozenset({3}))
    made = reckoned(rule, entries=((date(2026, 10, 1), 30, 3), (date(2026, 9, 30), 60, 2), (date(2026, 9, 8), 45, None)))

    assert [line.why_not for line in made.lines] == [
        "Reading does not count for Teachers",
        "INSET does not count towards hours owed",
        "",
    ]
    assert made.whole.counted == 45


@pytest.mark.parametrize(
    ("day", "part"),
    [
        (date(2026, 9, 1), None),  # the day before the autumn term begins: still last year’s summer term
        (date(2026, 12, 29), 0),
        (date(2027, 8, 14), 2),
    ],
)
def test_a_day_in_the_holidays_belongs_to_the_term_before(day: date, part: int | None) -> None:
    made = reckoned(TEACHERS, entries=((day, 60, 1),), on=date(2027, 8, 31))

    assert [line.part for line in made.lines] == ([] if part is None else [part])


def test_who_owes_nothing_is_told_why() -> None:
    off, volunteer = reckoned(None), reckoned(TEACHERS, Circumstances(owes=False))

    assert (off.whole.pace, volunteer.whole.pace) == (Pace.NOTHING_OWED, Pace.NOTHING_OWED)
    assert said(off, -1) == ["No hours are owed: the school has not set any for this staff group = 0 h"]
    assert said(volunteer, -1) == ["No hours are owed: an entitlement is for employees and trainees = 0 h"]
    assert reckoned(TEACHERS, Circumstances(((date(2020, 9, 1), date(2021, 8, 31)),))).whole.due == 0


def test_done_is_said_of_a_term_and_of_the_year() -> None:
    made = reckoned(TEACHERS, entries=((date(2026, 10, 1), 720, 1),))

    assert (pace_words(made.terms[0]), pace_words(made.terms[1]), pace_words(made.whole)) == ("Done", "From 4 January", "Done")
