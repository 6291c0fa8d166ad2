"""Any form as a sheet to write on and filled in from answers: every kind of field."""

import re
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from staffdev_desktop.formkit import Field, Form, Section, check_answers
from staffdev_desktop.formkit.definition import KINDS
from staffdev_desktop.papers.forms import Drawing, form_story
from staffdev_desktop.papers.page import House, paper
from staffdev_desktop.papers.words import BODY

HOUSE = House(school="Riverbank", title="Trial", name_in_file="Trial", running=(("Trial", BODY),), foot=(((), (), ()),))
CHOICES = {"choice": ("Often", "Never"), "scale": ("One", "Two"), "tick_list": ("Mentor", "Visit")}
ANSWERS: dict[str, Any] = {
    "short_text": "shortword",
    "long_text": "longword one\nlongword two",
    "choice": "Often",
    "scale": "Two",
    "tick": True,
    "tick_list": ["Visit"],
    "date": "2026-10-20",
    "targets": [{"target": "tgt", "success_criteria": "crit", "support": "supp", "by_when": "2027-04-30", "priority": "prio"}],
    "outcomes": [
        {"target": "old", "by_when": "2026-07-20", "agreed_on": "2025-10-14", "outcome": "dropped", "note": "noted", "reason": "becausely"}
    ],
    "needs": [{"need": "needed", "how": "howly", "who": "whom", "by_when": "2026-12-04", "state": "booked"}],
    "opportunities": ["shadow a colleague"],
    "comments": {"text": "commented", "none": False},
    "agreement": {"member": "not agreed", "reviewer": "agreed with comments"},
    "interim": {"planned": True, "when": "2027-03-01"},
}
FORM = Form(
    "every-kind",
    1,
    "Every kind",
    "statement",
    "x",
    sections=tuple(
        Section(f"s_{kind}", f"Section {kind}", fields=(Field(kind, kind, f"Label {kind}", choices=CHOICES.get(kind, ())),))
        for kind in KINDS
    ),
)
PEOPLE = (("Member of staff", "Karen Doyle", "HLTA"), ("Reviewer", "Ruth Pemberton", "SENDCo"))


def text_of(form: Form, drawing: Drawing) -> str:
    document = pypdfium2.PdfDocument(BytesIO(paper(HOUSE, form_story(form, drawing))))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))


def test_every_word_of_the_answers_is_on_the_filled_form() -> None:
    assert check_answers(FORM, ANSWERS) == ()
    text = text_of(FORM, Drawing(ANSWERS, people=PEOPLE))
    wanted = (
        "shortword|longword one|longword two|Often|Two|Label tick|Visit|20 October 2026|tgt|crit|supp|30 Apr 2027|School priority: prio|"
        "old|agreed on 14 October 2025|Dropped|noted|Reason: becausely|needed|howly|whom|4 Dec 2026|Booked|shadow a colleague|commented|"
        "Member of staff: not agreed|Reviewer: agreed with comments|Planned for 1 March 2027|Karen Doyle|Ruth Pemberton|Signature"
    )
    assert [words for words in wanted.split("|") if words not in text] == []


def test_a_blank_sheet_asks_everything_and_answers_nothing() -> None:
    text = text_of(FORM, Drawing({}, blank=True, people=PEOPLE))
    for kind in KINDS:
        assert f"Section {kind}" in text
    for words in (
        "Often",
        "Never",
        "Mentor",
        "Carried forward",
        "Success criteria",
        "Agreed with comments",
        "School priority:",
        "Planned for",
    ):
        assert words in text
    assert "Nothing written" not in text


def test_an_empty_filled_form_says_so() -> None:
    text = text_of(FORM, Drawing({}))
    for words in (
        "Nothing written here.",
        "No targets were agreed.",
        "No training or development needs were agreed.",
        "None planned for now.",
    ):
        assert words in text
    assert "Section signatures" not in text


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("rubbish", [None, 7, "word", ["x", 3], {"text": 3, "planned": "x"}, [{"target": None, "by_when": "soon"}]])
def test_rubbish_answers_never_break_a_paper(rubbish: Any, blank: bool) -> None:
    drawing = Drawing(dict.fromkeys(KINDS, rubbish), blank=blank, people=PEOPLE)
    assert paper(HOUSE, form_story(FORM, drawing)).startswith(b"%PDF")


def test_only_what_was_written_can_be_asked_for() -> None:
    text = text_of(FORM, Drawing({"long_text": "longword"}, only_written=True))
    assert "longword" in text
    assert "Section long_text" in text
    assert "Section short_text" not in text


def test_the_first_year_has_no_targets_to_look_back_on() -> None:
    for blank in (True, False):
        assert "first review here" in text_of(FORM, Drawing({}, blank=blank, first_year=True))


def test_consent_is_left_out_where_nothing_is_to_be_shared() -> None:
    fields = (Field("story", "long_text", "Story", optional=True), Field("share", "tick", "May be shared", optional=True))
    form = Form("x", 1, "X", "x", "x", sections=(Section("s", "Main", fields=(Field("a", "short_text"), *fields)),))
    assert "May be shared" not in text_of(form, Drawing({"a": "b"}))
    assert "May be shared" in text_of(form, Drawing({"story": "A tale"}))


def test_none_is_printed_as_none() -> None:
    assert "None." in text_of(FORM, Drawing({"comments": {"text": "", "none": True}}))
