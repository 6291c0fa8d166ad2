"""The boxes of a fillable form and the answers made from them."""

from typing import Any

import pytest

from staffdev_desktop.formkit import Field, Form, Section, check_answers, shipped_form, shipped_forms
from staffdev_desktop.formkit.boxes import answers_from_boxes, boxes
from staffdev_desktop.formkit.definition import KINDS, NEEDS_CHOICES

CHOICES = dict.fromkeys(NEEDS_CHOICES, ("One", "Two"))
EVERY = Form(
    "every", 1, "Every", "x", "x",
    sections=tuple(Section(f"s_{kind}", kind, fields=(Field(kind, kind, lines=2, choices=CHOICES.get(kind, ())),)) for kind in KINDS),
)  # fmt: skip


@pytest.mark.parametrize("form", [*shipped_forms(), EVERY], ids=lambda form: form.id)
def test_no_two_boxes_have_one_name_and_empty_ones_give_no_answers(form: Form) -> None:
    for known in (0, 2):
        names = [box.name for box in boxes(form, known)]
        assert len(names) == len(set(names))
        assert answers_from_boxes(form, {name: "" for name in names}) == {}


def test_every_kind_of_answer_comes_back() -> None:
    filled: dict[str, Any] = {box.name: "" for box in boxes(EVERY)}
    filled |= {
        "short_text": "five", "long_text": "one\ntwo", "choice": "Two", "scale": "One", "tick": True, "date": "20 October 2026",
        "tick_list:2": True, "opportunities": "Shadow\n\n Visit ", "comments:text": "Fine", "agreement:member": "agreed",
        "interim:planned": True, "interim:when": "1/3/27", "targets:2:target": "Read", "targets:2:by_when": "30/4/2027",
        "outcomes:2:outcome": "met", "outcomes:2:note": "Good", "needs:1:need": "First aid", "needs:1:by_when": "soon",
    }  # fmt: skip
    answers = answers_from_boxes(EVERY, filled)
    assert answers == {
        "short_text": "five",
        "long_text": "one\ntwo",
        "choice": "Two",
        "scale": "One",
        "tick": True,
        "tick_list": ["Two"],
        "date": "2026-10-20",
        "targets": [{"target": "Read", "by_when": "2027-04-30"}],
        "outcomes": [{}, {"outcome": "met", "note": "Good"}],
        "needs": [{"need": "First aid", "by_when": "soon"}],
        "opportunities": ["Shadow", "Visit"],
        "comments": {"text": "Fine"},
        "agreement": {"member": "agreed"},
        "interim": {"planned": True, "when": "2027-03-01"},
    }
    assert [problem.sentence for problem in check_answers(EVERY, answers)] == ["Need 1: ‘soon’ is not a date."]


def test_last_years_targets_have_room_where_none_is_known() -> None:
    form = shipped_form("support-self-review")
    unknown, two = ({box.name for box in boxes(form, known)} for known in (0, 2))
    assert "last_targets:3:target" in unknown
    assert {name for name in two if name.startswith("last_targets")} == {
        f"last_targets:{row}:{key}" for row in (1, 2) for key in ("outcome", "note")
    }
    assert not [box for box in boxes(form, first_year=True) if box.name.startswith("last_targets")]
