"""What must be there before a statement is agreed, what is only asked about, and how far each section is (DESIGN section 4)."""

from typing import Any

import pytest

from staffdev_desktop.formkit import SectionState, missing_before_agreed, questions_before_agreed, section_state, shipped_form

FORM = shipped_form("support-statement")
TARGET = {"target": "Weld", "by_when": "2027-02-28"}


def complete() -> dict[str, Any]:
    return {
        "discussion": "We talked.",
        "outcomes": [{"target": "Learn to weld", "outcome": "met"}],
        "targets": [TARGET, TARGET, TARGET],
        "interim": {"planned": True, "when": "March"},
        "job_description": "Yes",
        "three_years": "Here.",
        "comments": {"text": "Fine.", "none": False},
        "agreement": {"member": "not agreed", "reviewer": "agreed"},
    }


def sentences(problems) -> str:
    return " ".join(problem.sentence for problem in problems)


def test_nothing_is_missing_when_all_is_there() -> None:
    assert missing_before_agreed(FORM, complete()) == ()
    assert questions_before_agreed(FORM, complete()) == ()


def test_not_agreeing_freezes_the_same() -> None:
    answers = complete() | {"agreement": {"member": "not agreed", "reviewer": "not agreed"}}
    assert missing_before_agreed(FORM, answers) == ()


def test_each_of_last_years_targets_needs_an_outcome() -> None:
    answers = complete() | {"outcomes": [{"target": "a", "outcome": "met"}, {"target": "b", "outcome": ""}]}
    assert sentences(missing_before_agreed(FORM, answers)) == "Last year’s target 2 has no outcome yet."
    assert missing_before_agreed(FORM, answers, first_year=True) == ()
    assert missing_before_agreed(FORM, answers, taken_in=True) == ()
    assert "first year here" in sentences(missing_before_agreed(FORM, complete() | {"outcomes": []}))


@pytest.mark.parametrize("outcome", ["carried forward", "dropped"])
def test_carried_forward_and_dropped_need_a_reason(outcome: str) -> None:
    row = {"target": "a", "outcome": outcome, "reason": " "}
    assert sentences(missing_before_agreed(FORM, complete() | {"outcomes": [row]})) == f"Last year’s target 1 is {outcome}. Say why."
    assert missing_before_agreed(FORM, complete() | {"outcomes": [row | {"reason": "Cover"}]}) == ()


def test_comments_are_written_or_none_is_ticked() -> None:
    assert missing_before_agreed(FORM, complete() | {"comments": {"text": "", "none": True}}) == ()
    (problem,) = missing_before_agreed(FORM, complete() | {"comments": {"text": " ", "none": False}})
    assert problem.field_id == "comments"


def test_each_side_says_whether_it_agrees() -> None:
    (problem,) = missing_before_agreed(FORM, complete() | {"agreement": {"member": "", "reviewer": "agreed"}})
    assert problem.sentence.startswith("The member of staff")
    assert len(missing_before_agreed(FORM, complete() | {"agreement": None})) == 2


def test_other_than_three_targets_is_a_question() -> None:
    assert "There are 2 targets" in sentences(questions_before_agreed(FORM, complete() | {"targets": [TARGET, TARGET]}))
    assert "There are 4 targets" in sentences(questions_before_agreed(FORM, complete() | {"targets": [TARGET] * 4}))
    assert "Target 3 has no date" in sentences(questions_before_agreed(FORM, complete() | {"targets": [TARGET, TARGET, {"target": "x"}]}))


def test_an_empty_section_and_an_open_choice_are_questions() -> None:
    assert "Section 1, Discussion, is empty" in sentences(questions_before_agreed(FORM, complete() | {"discussion": " "}))
    assert "job description still right" in sentences(questions_before_agreed(FORM, complete() | {"job_description": ""}))


def test_how_far_a_section_is() -> None:
    sections = {section.id: section for section in FORM.sections}
    assert section_state(sections["discussion"], {}) is SectionState.EMPTY
    assert section_state(sections["discussion"], complete()) is SectionState.DONE
    assert section_state(sections["last_year"], {"outcomes": [{"target": "a", "outcome": ""}]}) is SectionState.EMPTY
    both = [{"target": "a", "outcome": "met"}, {"target": "b", "outcome": ""}]
    assert section_state(sections["last_year"], {"outcomes": both}) is SectionState.PARTLY
    assert section_state(sections["this_year"], {"targets": [{"target": "a"}]}) is SectionState.PARTLY
    assert section_state(sections["comments"], {"comments": {"text": "x", "none": False}}) is SectionState.PARTLY
    assert section_state(sections["comments"], complete()) is SectionState.DONE
    assert section_state(sections["year_ahead"], complete()) is SectionState.DONE
