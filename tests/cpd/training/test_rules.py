"""How long training counts, whom it is required of, and how somebody stands with it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.training import rules
from staffdev_desktop.cpd.training.due import DueLine, due_lines, horizon, owed
from staffdev_desktop.cpd.training.framework import starting_list
from staffdev_desktop.cpd.training.rows import (
    Cell,
    ForWhom,
    Matrix,
    MatrixRow,
    RecordDetails,
    RecordRow,
    State,
    TrainingDetails,
    TrainingRow,
)
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import usual_terms
from tests.conftest import TODAY

FIRST_AID = TrainingDetails("Paediatric first aid", months=36, minimum_cover=1)
YEARLY = TrainingDetails("Safeguarding", yearly=True)
FOR_EVER = TrainingDetails("Safer recruitment")
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def record(number: int, training: TrainingDetails, details: RecordDetails) -> RecordRow:
    return RecordRow(number, 1, 1, 1, details, rules.until(training, details), "", None, None)


@pytest.mark.parametrize(
    ("training", "done", "last"),
    [
        (FIRST_AID, date(2023, 10, 12), date(2026, 10, 12)),
        (TrainingDetails("x", months=1), date(2024, 1, 31), date(2024, 2, 29)),
        (TrainingDetails("x", months=12), date(2024, 2, 29), date(2025, 2, 28)),
        (YEARLY, date(2026, 9, 1), date(2027, 9, 30)),
        (YEARLY, date(2026, 8, 31), date(2026, 9, 30)),
        (YEARLY, date(2027, 7, 1), date(2027, 9, 30)),
        (FOR_EVER, date(2001, 1, 1), None),
    ],
)
def test_the_last_day_it_counts(training: TrainingDetails, done: date, last: date | None) -> None:
    assert rules.last_day(training, done) == last


def test_a_day_written_from_the_certificate_holds_even_if_it_is_for_ever() -> None:
    assert rules.until(FIRST_AID, RecordDetails(TODAY, expires_on=date(2028, 1, 1), expiry_written=True)) == date(2028, 1, 1)
    assert rules.until(FIRST_AID, RecordDetails(TODAY, expiry_written=True)) is None
    assert rules.until(FIRST_AID, RecordDetails(booked_for=TODAY, expires_on=TODAY, expiry_written=True)) is None


@given(
    st.lists(st.tuples(DAYS, st.sampled_from(["done", "booked", "written", "for ever"])), max_size=6),
    st.sampled_from([FIRST_AID, YEARLY, FOR_EVER, TrainingDetails("x", months=1)]),
    st.booleans(),
    DAYS,
    st.integers(0, 120),
)
def test_states_are_those_of_a_naive_rule(
    times: list[tuple[date, str]], training: TrainingDetails, required: bool, today: date, warn_days: int
) -> None:
    """Day by day: the newest done counts on each day up to its last one, and is warned of on the last `warn_days` of them."""
    made = {
        "done": lambda day: RecordDetails(done_on=day),
        "booked": lambda day: RecordDetails(booked_for=day),
        "written": lambda day: RecordDetails(done_on=day, expires_on=day + timedelta(days=90), expiry_written=True),
        "for ever": lambda day: RecordDetails(done_on=day, expiry_written=True),
    }
    records = [record(number, training, made[kind](day)) for number, (day, kind) in enumerate(times)]
    cell = rules.cell_of(records, required=required, today=today, warn_days=warn_days)
    done = sorted((each.details.done_on, each.id, each.until) for each in records if each.details.done_on)
    ends = done[-1][2] if done else None
    left = (ends - today).days if ends else None
    if not done:
        expected = State.NOT_YET
    elif left is None:
        expected = State.IN_DATE
    else:
        expected = State.EXPIRED if left < 0 else State.SOON if left <= warn_days else State.IN_DATE
    if not required:
        expected = State.IN_DATE if done and (left is None or left >= 0) else State.NOT_NEEDED
    assert cell.state is expected
    assert cell.needs_action == (required and expected is not State.IN_DATE)
    ahead = [day for day, kind in times if kind == "booked" and day >= today]
    assert cell.booked_for == (min(ahead) if ahead else None)
    assert (cell.missed is not None) == any(kind == "booked" and day < today for day, kind in times)


def test_today_still_counts_and_tomorrow_it_has_expired() -> None:
    times = [record(1, FIRST_AID, RecordDetails(date(2023, 10, 20)))]
    assert rules.cell_of(times, required=True, today=TODAY, warn_days=60).state is State.SOON
    assert rules.cell_of(times, required=True, today=TODAY + timedelta(days=1), warn_days=60).state is State.EXPIRED


KAREN = {"person_id": 7, "kind": "employee", "staff_group_id": 3, "post_ids": {11, 12}}


@pytest.mark.parametrize(
    ("whom", "required"),
    [
        ((), False),
        ((ForWhom(everybody=True),), True),
        ((ForWhom(staff_group_id=3),), True),
        ((ForWhom(staff_group_id=4),), False),
        ((ForWhom(post_id=12),), True),
        ((ForWhom(person_kind="volunteer"),), False),
        ((ForWhom(person_kind="employee"),), True),
        ((ForWhom(person_id=7),), True),
        ((ForWhom(person_id=8),), False),
        ((ForWhom(everybody=True), ForWhom(person_id=7, exempt=True)), False),
        ((ForWhom(everybody=True), ForWhom(person_id=8, exempt=True)), True),
        ((ForWhom(everybody=True), ForWhom(staff_group_id=3, exempt=True)), False),
        ((ForWhom(staff_group_id=3, exempt=True), ForWhom(person_id=7)), True),
    ],
)
def test_whom_it_is_required_of(whom: tuple[ForWhom, ...], required: bool) -> None:
    assert rules.is_required(whom, **KAREN) is required


def cells(*ends: date | None) -> list[Cell]:
    return [Cell(State.IN_DATE, True, until=day, done_on=date(2024, 1, 1)) for day in ends]


def test_minimum_cover_knows_the_last_day_on_which_it_holds() -> None:
    training = TrainingRow(1, 1, TrainingDetails("First aid", months=36, minimum_cover=2))
    near, far, past = TODAY + timedelta(days=9), TODAY + timedelta(days=99), TODAY - timedelta(days=1)
    assert rules.cover_of(training, cells(near, far, past), TODAY) == rules.Cover(1, "First aid", 2, 2, near)
    assert rules.cover_of(training, cells(near, far, None), TODAY).falls_after == far
    assert rules.cover_of(training, cells(near, None, None), TODAY).falls_after is None
    few = rules.cover_of(training, [*cells(far), Cell(State.NOT_YET, True)], TODAY)
    assert (few.have, few.falls_after) == (1, None)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (TrainingDetails(" "), "name"),
        (TrainingDetails("x" * 61), "name"),
        (TrainingDetails("x", months=0), "months"),
        (TrainingDetails("x", months=241), "months"),
        (TrainingDetails("x", months=12, yearly=True), "months"),
        (TrainingDetails("x", minimum_cover=-1), "minimum_cover"),
        (TrainingDetails("x", note="x" * 2001), "note"),
    ],
)
def test_what_the_list_cannot_hold(details: TrainingDetails, field: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.check_training(details)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (RecordDetails(), "done_on"),
        (RecordDetails(done_on=TODAY + timedelta(days=1)), "done_on"),
        (RecordDetails(done_on=date(1899, 1, 1)), "done_on"),
        (RecordDetails(booked_for=TODAY - timedelta(days=1)), "booked_for"),
        (RecordDetails(done_on=TODAY, expires_on=TODAY - timedelta(days=1), expiry_written=True), "expires_on"),
        (RecordDetails(done_on=TODAY, provider="x" * 201), "provider"),
    ],
)
def test_what_a_record_cannot_say(details: RecordDetails, field: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.check_record(details, TODAY)
    assert caught.value.field == field


def test_a_line_of_whom_names_exactly_one() -> None:
    for line in (ForWhom(), ForWhom(everybody=True, post_id=1)):
        with pytest.raises(UserError):
            rules.check_whom(line)


def test_the_starting_list_may_be_taken_as_it_is() -> None:
    names = [first.details.name for first in starting_list()]
    assert names[0] == "Safeguarding"
    assert len(names) == len(set(names)) == 13
    by_name = {first.details.name: first.details for first in starting_list()}
    assert (by_name["Designated lead"].months, by_name["Paediatric first aid"].months) == (24, 36)
    assert (by_name["Paediatric first aid"].minimum_cover, by_name["KCSIE read"].yearly) == (1, True)
    for first in starting_list():
        rules.check_training(first.details)


def person(number: int, surname: str) -> CpdPerson:
    return CpdPerson(number, surname, surname, "", None, "", "employee", (), True, str(number), "")


def test_the_most_urgent_come_first_and_what_runs_out_soonest_before_the_rest() -> None:
    def row(number: int, surname: str, *own: Cell) -> MatrixRow:
        return MatrixRow(person(number, surname), own, "")

    calm = row(1, "a", Cell(State.IN_DATE, True, until=date(2028, 1, 1)))
    soon = row(2, "b", Cell(State.SOON, True, until=date(2026, 11, 4)))
    sooner = row(3, "c", Cell(State.SOON, True, until=date(2026, 11, 1)))
    never = row(4, "d", Cell(State.NOT_YET, True), Cell(State.SOON, True, until=date(2026, 10, 21)))
    gone = row(5, "e", Cell(State.IN_DATE, True), Cell(State.EXPIRED, True, until=date(2026, 10, 1)))
    assert sorted((calm, soon, sooner, never, gone), key=rules.urgency) == [gone, never, sooner, soon, calm]


def test_what_is_arranged_now_is_what_runs_out_by_the_end_of_the_next_term() -> None:
    assert horizon(TODAY, usual_terms(2026)) == date(2027, 3, 26)
    assert horizon(TODAY, usual_terms(2026)[:1]) == TODAY + timedelta(days=180)
    trainings = (TrainingRow(1, 1, FIRST_AID), TrainingRow(2, 1, FOR_EVER))
    late, never = Cell(State.EXPIRED, True, until=date(2026, 10, 1)), Cell(State.NOT_YET, True)
    next_term, later = Cell(State.IN_DATE, True, until=date(2027, 3, 26)), Cell(State.IN_DATE, True, until=date(2027, 3, 27))
    rows = (
        MatrixRow(person(1, "a"), (next_term, never), ""),
        MatrixRow(person(2, "b"), (late, later), ""),
        MatrixRow(person(3, "c"), (Cell(State.IN_DATE, False, until=date(2026, 11, 1)), Cell(State.NOT_NEEDED, False)), ""),
    )
    matrix = Matrix(trainings, rows, (), 60, TODAY, None)
    assert due_lines(matrix, rows, date(2027, 3, 26)) == (
        DueLine(rows[1], trainings[0], late),
        DueLine(rows[0], trainings[0], next_term),
        DueLine(rows[0], trainings[1], never),
    )
    owes, has = owed(matrix, rows[0])
    assert ([line.cell for line in owes], [line.cell for line in has]) == ([never], [next_term])
