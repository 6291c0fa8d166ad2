"""The shape of answers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffdev_desktop.formkit import check_answers, is_empty, missing_before_agreed, questions_before_agreed, section_state, shipped_form

FORM = shipped_form("support-statement")
GOOD: dict[str, Any] = {
    "discussion": "We talked.",
    "outcomes": [{"target": "Learn to weld", "by_when": "2026-07-01", "agreed_on": "", "outcome": "met", "note": "", "reason": ""}],
    "targets": [{"target": "Weld", "success_criteria": "", "support": "", "by_when": "2027-02-28", "priority": ""}],
    "interim": {"planned": True, "when": "March"},
    "job_description": "Yes",
    "achievement_share": False,
    "needs": [{"need": "Course", "how": "Online", "who": "Office", "by_when": "", "state": ""}],
    "comments": {"text": "", "none": True},
    "agreement": {"member": "agreed", "reviewer": ""},
}


def test_good_answers_have_no_problem() -> None:
    assert check_answers(FORM, GOOD) == ()
    assert check_answers(FORM, {}) == ()


@pytest.mark.parametrize(
    ("field_id", "value", "words"),
    [
        ("discussion", 3, "must be words"),
        ("job_description", "Perhaps", "not one of the choices: Yes, Needs changes"),
        ("achievement_share", "yes", "ticked or not"),
        ("targets", {"target": "x"}, "list of rows"),
        ("targets", [{"target": "x", "by_when": "2027-02-30"}], "Target 1: ‘2027-02-30’ is not a date"),
        ("targets", [{"goal": "x"}], "Target 1 has ‘goal’"),
        ("outcomes", [{"outcome": "splendid"}], "not one of the outcomes"),
        ("needs", [{"need": None}], "Need 1: need must be words"),
        ("comments", {"text": "x", "none": 1}, "none is either ticked or not"),
        ("comments", "x", "not in the shape"),
        ("agreement", {"member": "perhaps"}, "not one of: agreed"),
        ("agreement", {"head": "agreed"}, "‘head’"),
        ("interim", {"planned": True, "when": 3}, "when must be words"),
        ("signatures", "Karen", "sign on paper"),
        ("wages", "x", "no such question"),
    ],
)
def test_a_wrong_answer_is_named(field_id: str, value: Any, words: str) -> None:
    problems = check_answers(FORM, {field_id: value})
    assert [problem.field_id for problem in problems] == [field_id]
    assert words in problems[0].sentence


def test_a_list_and_a_date_are_checked() -> None:
    from staffdev_desktop.formkit import Field, Form, Section

    fields = (Field("day", "date"), Field("which", "tick_list", choices=("a", "b")))
    form = Form("x", 1, "X", "x", "x", sections=(Section("s", "S", fields=fields),))
    assert check_answers(form, {"day": "2026-10-20", "which": ["a"]}) == ()
    assert [problem.field_id for problem in check_answers(form, {"day": "20/10/2026", "which": ["c"]})] == ["day", "which"]


def test_empty_means_that_nobody_wrote_anything() -> None:
    outcomes = FORM.field("outcomes")
    comments = FORM.field("comments")
    assert outcomes is not None
    assert comments is not None
    assert is_empty(outcomes, [{"target": "Learn to weld", "outcome": ""}])
    assert not is_empty(outcomes, [{"target": "Learn to weld", "outcome": "met"}])
    assert is_empty(comments, {"text": "  ", "none": False})
    assert not is_empty(comments, {"text": "", "none": True})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["target", "outcome", "text", "x"]), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([field.id for field in FORM.fields] + ["other"]), JSON, max_size=6) | JSON)
def test_rubbish_never_raises(answers: Any) -> None:
    check_answers(FORM, answers)
    if isinstance(answers, dict):
        missing_before_agreed(FORM, answers)
        questions_before_agreed(FORM, answers)
        for section in FORM.sections:
            section_state(section, answers)
