"""Stages, deadlines, numbers and fingerprints: pure decisions."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr import rules
from staffdev_desktop.pdr.rows import BoardRow, ReviewDates, Stage

TODAY = date(2026, 10, 20)
NOON = datetime(2026, 10, 1, 12)


def board(**values: object) -> BoardRow:
    row = BoardRow(
        id=1,
        revision=1,
        number="PDR-2026-0001",
        person_id=1,
        name="Karen Doyle",
        posts="HLTA",
        group="Teaching assistants",
        staff_number="0117",
        reviewer_id=2,
        reviewer="Ruth Pemberton",
        dates=ReviewDates(),
        stage=Stage.NOT_STARTED,
        deadline=date(2026, 11, 27),
        sheets_due_on=date(2026, 10, 9),
        place="",
        away=False,
        exempt=False,
        version=1,
        first_year=False,
    )
    return replace(row, **values)  # type: ignore[arg-type]


def test_returned_and_booked_may_be_skipped() -> None:
    assert rules.stage_of(ReviewDates()) is Stage.NOT_STARTED
    assert rules.stage_of(ReviewDates(sheet_out_on=TODAY, drafted_at=NOON)) is Stage.DRAFT
    assert rules.stage_of(ReviewDates(booked_for=NOON)) is Stage.BOOKED
    assert rules.stage_of(ReviewDates(agreed_at=NOON, signed_on=TODAY)) is Stage.SIGNED


@pytest.mark.parametrize(
    ("stage", "days", "badge"),
    [
        (Stage.SIGNED, -50, ("ok", "Done")),
        (Stage.OUT, -4, ("late", "4 days late")),
        (Stage.OUT, -1, ("late", "1 day late")),
        (Stage.DRAFT, 0, ("warn", "Today")),
        (Stage.DRAFT, 10, ("warn", "10 days")),
        (Stage.DRAFT, 38, ("mute", "in 38 days")),
    ],
)
def test_the_deadline_in_words(stage: Stage, days: int, badge: tuple[str, str]) -> None:
    assert rules.deadline_badge(stage, TODAY + timedelta(days=days), TODAY) == badge


def test_the_chase_list_names_every_late_sheet_and_leaves_out_who_is_away() -> None:
    late = board(stage=Stage.OUT)
    rows = [late, replace(late, id=2, name="Ewa Nowak"), replace(late, id=3, away=True), replace(late, id=4, exempt=True)]
    lines = rules.chase_list(rows, TODAY)
    assert [(line.review_id, line.days, line.late) for line in lines] == [(2, 11, True), (1, 11, True)]
    assert all(line.detail == "Due back Fri 9 Oct" for line in lines)


def test_the_chase_list_asks_for_a_meeting_only_near_the_deadline() -> None:
    waiting = board(stage=Stage.RETURNED)
    assert rules.chase_list([waiting], TODAY) == ()
    (line,) = rules.chase_list([waiting], date(2026, 11, 17))
    assert (line.group, line.days, line.late) == (rules.NOT_BOOKED, 10, False)
    (line,) = rules.chase_list([waiting], date(2026, 11, 30))
    assert (line.days, line.late) == (3, True)


def test_a_signature_waits_since_the_day_it_was_agreed() -> None:
    agreed = board(stage=Stage.AGREED, dates=ReviewDates(agreed_at=datetime(2026, 10, 6, 14)))
    (line,) = rules.chase_list([agreed], TODAY)
    assert (line.group, line.days, line.detail) == (rules.NOT_SIGNED, 14, "Agreed on 6 October")


@pytest.mark.parametrize(
    ("now", "booked_for", "last_saved", "asked"),
    [
        (NOON, None, None, ()),
        (NOON, NOON - timedelta(days=1), NOON - timedelta(minutes=5), ()),
        (NOON, NOON + timedelta(hours=2), None, ()),  # later today
        (NOON, None, NOON + timedelta(minutes=59), ()),  # the clocks went back in October
        (NOON, None, NOON + timedelta(days=2), ("last saved on 3 October 2026, 12:00, but this PC’s clock says 1 October 2026, 12:00",)),
        (NOON, NOON + timedelta(days=5), None, ("booked for Tuesday 6 October 2026",)),
        (NOON, NOON + timedelta(days=5), NOON + timedelta(days=5), ("last saved", "booked for")),
    ],
)
def test_a_clock_that_was_set_back_is_asked_about(
    now: datetime, booked_for: datetime | None, last_saved: datetime | None, asked: tuple[str, ...]
) -> None:
    questions = rules.clock_questions(now, booked_for, last_saved)
    assert len(questions) == len(asked)
    assert all(words in question for words, question in zip(asked, questions, strict=True))


def test_numbers_go_on_where_the_year_stopped() -> None:
    assert rules.next_sequence(["PDR-2026-0030", "PDR-2025-0099"], 2026) == 31
    assert rules.review_number(2026, 31) == "PDR-2026-0031"
    assert rules.next_sequence([], 2026) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "support STAFF"}, "name"),
        ({"ends_on": date(2026, 8, 1)}, "ends_on"),
        ({"sheets_due_on": date(2026, 8, 1)}, "sheets_due_on"),
        ({"deadline": date(2026, 9, 20)}, "deadline"),
        ({"deadline": date(2027, 9, 20)}, "deadline"),
    ],
)
def test_a_cycle_that_cannot_be_says_which_field(change: dict[str, object], field: str) -> None:
    good = {
        "name": "Autumn",
        "names": ["Support staff"],
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2027, 8, 31),
        "sheets_due_on": date(2026, 10, 9),
        "deadline": date(2026, 11, 27),
    }
    assert rules.check_cycle(**good) == "Autumn"  # type: ignore[arg-type]
    with pytest.raises(UserError) as refused:
        rules.check_cycle(**(good | change))  # type: ignore[arg-type]
    assert refused.value.field == field


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=6), st.randoms())
def test_a_fingerprint_depends_on_the_words_and_not_on_their_order(words: dict[str, str], chance: object) -> None:
    keys = list(words)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    mark = rules.fingerprint({key: words[key] for key in keys})
    assert mark == rules.fingerprint(words)
    assert mark != rules.fingerprint(words | {"another": "word"} | {"x" * 9: "y"})
    assert [len(group) for group in mark.split("-")] == [4, 4, 4, 4]


def test_what_a_statement_covers() -> None:
    assert rules.covers(date(2025, 10, 14), date(2026, 9, 1), TODAY) == "October 2025 to October 2026"
    assert rules.covers(None, date(2026, 9, 1), TODAY) == "September 2026 to October 2026"
    assert rules.covers(None, date(2026, 10, 1), TODAY) == "October 2026"


def test_a_clash_is_asked_about() -> None:
    others = [(datetime(2026, 10, 21, 14), "Ruth Pemberton")]
    assert rules.check_booking(datetime(2026, 10, 21, 14, 30), others) is not None
    assert rules.check_booking(datetime(2026, 10, 21, 15), others) is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"exempt": True}, ("Not in this cycle", "mute")),
        ({"away": True}, ("Away", "mute")),
        ({"stage": Stage.AGREED}, ("Signature due", "warn")),
        ({"stage": Stage.OUT}, ("Sheet late", "late")),
        ({"stage": Stage.OUT, "sheets_due_on": TODAY}, ("Sheet out", "mute")),
        ({"stage": Stage.DRAFT, "deadline": date(2026, 10, 16)}, ("Overdue", "late")),
        ({"stage": Stage.BOOKED}, ("Booked", "info")),
    ],
)
def test_one_word_for_a_list_of_people(values: dict[str, object], words: tuple[str, str]) -> None:
    found = rules.stage_for_lists(board(**values), TODAY)
    assert (found.label, found.badge) == words
