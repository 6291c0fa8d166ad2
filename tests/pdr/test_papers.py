"""The papers of a review: every word that was agreed is on the paper, and the same snapshot gives the same bytes."""

import copy
import hashlib
import json
import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from staffdev_desktop.formkit import AGREEMENTS, check_answers, form_as_data, missing_before_agreed, shipped_form
from staffdev_desktop.pdr.papers import LastTarget, Mark, ReviewFacts, draft_statement, meeting_form, self_review_sheet, statement
from staffdev_desktop.pdr.rows import LastNeed

FORM = shipped_form("support-statement")
SHEET = shipped_form("support-self-review")
ANSWERS: dict[str, Any] = {
    "discussion": "We looked back at the reading group and at cover in the spring.",
    "outcomes": [
        {
            "target": "Run the reading group",
            "by_when": "2026-07-20",
            "agreed_on": "2025-10-14",
            "outcome": "met",
            "note": "Nine of eleven pupils read with ease.",
            "reason": "",
        },
        {
            "target": "Coach newer colleagues",
            "by_when": "2026-05-22",
            "agreed_on": "2025-10-14",
            "outcome": "carried forward",
            "note": "Weekly until February.",
            "reason": "cover took the time",
        },
    ],
    "targets": [
        {
            "target": f"Target number {number}",
            "success_criteria": f"Success {number}",
            "support": f"Support {number}",
            "by_when": "2027-04-30",
            "priority": "Reading for all",
        }
        for number in (1, 2, 3)
    ],
    "interim": {"planned": True, "when": "the week of 1 March 2027"},
    "job_description": "Needs changes",
    "job_changes": "Add Friday afternoons.",
    "achievement": "A pupil read her first book.",
    "achievement_share": True,
    "needs": [{"need": "Route into teaching", "how": "Visit a provider", "who": "Office", "by_when": "2026-12-04", "state": "arranged"}],
    "three_years": "In teacher training.",
    "comments": {"text": "I would like it written down that cover got in the way.", "none": False},
    "agreement": {"member": "agreed with comments", "reviewer": "agreed"},
}
SNAPSHOT: dict[str, Any] = {
    "format": 1,
    "school": {"name": "Riverbank Primary Academy", "logo_sha256": None},
    "practice": False,
    "number": "PDR-2026-0031",
    "version": 1,
    "form": form_as_data(FORM),
    "person": {"name": "Karen Doyle", "post": "Higher level teaching assistant", "staff_number": "0117"},
    "reviewer": {"name": "Ruth Pemberton", "post": "Assistant headteacher"},
    "contributors": ["Samira Haddad"],
    "academic_year": "2026/27",
    "meeting": "2026-10-20",
    "held_on_paper": False,
    "covers": "October 2025 to October 2026",
    "answers": ANSWERS,
    "first_year": False,
    "locked_at": "2026-10-20T14:06:00",
}
FACTS = ReviewFacts(
    school="Riverbank Primary Academy",
    number="PDR-2026-0031",
    academic_year="2026/27",
    name="Karen Doyle",
    post="Higher level teaching assistant",
    reviewer="Ruth Pemberton",
    printed_on=date(2026, 9, 18),
    return_by=date(2026, 10, 9),
    return_to="School office",
    meeting=date(2026, 10, 20),
)
LAST = (LastTarget("Run the reading group", date(2026, 7, 20), date(2025, 10, 14)), LastTarget("Coach newer colleagues"))


def fingerprint(snapshot: dict[str, Any]) -> str:
    words = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(words.encode()).hexdigest()[:16].upper()
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]


def changed(**answers: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SNAPSHOT), "answers": {**ANSWERS, **answers}}


def every_paper() -> dict[str, bytes]:
    marks = (Mark("void", date(2026, 11, 3), "Replaced."), Mark("addendum", date(2026, 11, 5), "More words.", "1111-2222-3333-4444"))
    return {
        "staff": statement(SNAPSHOT, "staff", fingerprint(SNAPSHOT)),
        "hr": statement(SNAPSHOT, "hr", fingerprint(SNAPSHOT), marks),
        "draft": draft_statement(SNAPSHOT),
        "sheet": self_review_sheet(SHEET, FACTS, LAST),
        "meeting": meeting_form(FORM, FACTS, LAST, SHEET, {"went_well": "The reading group."}),
    }


def words_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [words for key, item in value.items() if key not in ("by_when", "agreed_on") for words in words_of(item)]
    if isinstance(value, list):
        return [words for item in value for words in words_of(item)]
    return [value] if isinstance(value, str) and value else []


def test_the_sample_is_a_statement_that_could_be_agreed() -> None:
    assert check_answers(FORM, ANSWERS) == ()
    assert missing_before_agreed(FORM, ANSWERS) == ()


@pytest.mark.parametrize("which", ["staff", "hr"])
def test_every_word_of_the_snapshot_is_on_the_paper(which: Any) -> None:
    text = " ".join(pages(statement(SNAPSHOT, which, fingerprint(SNAPSHOT)))).casefold()
    wanted = [*words_of(ANSWERS), "Karen Doyle", "Ruth Pemberton", "Samira Haddad", "0117", "Tuesday 20 October 2026", SNAPSHOT["covers"]]
    assert [words for words in wanted if words.casefold() not in text] == []


def test_the_foot_of_every_page_says_which_paper_this_is() -> None:
    texts = pages(statement(SNAPSHOT, "hr", "7F3A-91C2-D05E-B468"))
    for number, text in enumerate(texts, 1):
        for words in (
            "CONFIDENTIAL · HR copy",
            "PDR-2026-0031 · version 1",
            "Locked 20 October 2026, 14:06",
            "7F3A-91C2-D05E-B468",
            "HR COPY",
        ):
            assert words in text
        assert f"Page {number} of {len(texts)}" in text


def test_a_usual_statement_has_two_pages_and_ends_with_its_signatures() -> None:
    texts = pages(statement(SNAPSHOT, "staff", "7F3A-91C2-D05E-B468"))
    assert len(texts) == 2
    last = texts[-1]
    assert last.index("By signing") < last.index("Signature ") < last.index("For the office") < last.index("Two copies")


@pytest.mark.parametrize("member", ["", *AGREEMENTS])
@pytest.mark.parametrize("reviewer", ["", *AGREEMENTS])
def test_agreement_of_each_side_and_the_comments_always_print(member: str, reviewer: str) -> None:
    snapshot = changed(agreement={"member": member, "reviewer": reviewer})
    text = " ".join(pages(statement(snapshot, "staff", fingerprint(snapshot))))
    assert f"Member of staff: {member or 'not said'} · Reviewer: {reviewer or 'not said'}" in text
    assert ANSWERS["comments"]["text"] in text


def test_a_draft_has_no_fingerprint_and_nothing_to_sign() -> None:
    texts = pages(draft_statement(changed(comments={"text": "", "none": False}) | {"locked_at": "", "meeting": ""}))
    for text in texts:
        assert "DRAFT, NOT AGREED" in text
        assert "Fingerprint" not in text
        assert "Signature" not in text
        assert "Locked" not in text


def test_marks_are_dated_on_every_page_and_change_no_agreed_word() -> None:
    marks = (
        Mark("void", date(2026, 11, 3), "Replaced by version 2."),
        Mark("appeal", date(2026, 11, 4), "The headteacher is looking at it."),
        Mark("addendum", date(2026, 11, 5), "The class teacher helped a great deal.", "1111-2222-3333-4444"),
    )
    code = fingerprint(SNAPSHOT)
    texts = pages(statement(SNAPSHOT, "staff", code, marks))
    for text in texts:
        assert "VOID" in text
        assert "UNDER APPEAL" in text
        assert "Void 3 November 2026 · Under appeal 4 November 2026 · Addendum 5 November 2026" in text
        assert code in text
    whole = " ".join(texts)
    for words in (
        "Replaced by version 2.",
        "The headteacher is looking at it.",
        "The class teacher helped a great deal.",
        "1111-2222-3333-4444",
    ):
        assert words in whole
    assert all(words.casefold() in whole.casefold() for words in words_of(ANSWERS))


def test_the_same_snapshot_gives_the_same_bytes_and_another_word_others() -> None:
    first, second = every_paper(), every_paper()
    assert first == second
    assert statement(changed(three_years="At sea."), "staff", "x") != statement(SNAPSHOT, "staff", "x")


def test_a_snapshot_read_back_from_json_draws_the_same() -> None:
    again = json.loads(json.dumps(SNAPSHOT))
    assert statement(again, "staff", "x") == statement(SNAPSHOT, "staff", "x")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_every_paper_is_sound(tmp_path: Any) -> None:
    for name, pdf in every_paper().items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        result = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr


def test_long_words_flow_and_none_is_lost() -> None:
    discussion = " ".join(f"d{number:04d}" for number in range(3000))
    cell = " ".join(f"c{number:04d}" for number in range(1500))
    comments = " ".join(f"m{number:04d}" for number in range(1500))
    row = {**ANSWERS["outcomes"][0], "note": cell}
    snapshot = changed(discussion=discussion, outcomes=[row], comments={"text": comments, "none": False})
    text = " ".join(pages(statement(snapshot, "staff", "x")))
    for prefix, words in (("d", discussion), ("c", cell), ("m", comments)):
        assert re.findall(rf"\b{prefix}\d{{4}}", text) == words.split()


@pytest.mark.parametrize("name", ["Siân Llŷr Ŵyn", "Łukasz Żółć", "Işık Şahin", "陈小明"])
def test_names_of_many_languages_are_on_every_page(name: str) -> None:
    snapshot = {**SNAPSHOT, "person": {**SNAPSHOT["person"], "name": name}}
    assert all(name in text for text in pages(statement(snapshot, "staff", "x")))


def test_what_is_not_known_leaves_its_place_empty() -> None:
    person = {"name": "Karen Doyle", "post": "", "staff_number": None}
    snapshot = {**SNAPSHOT, "person": person, "reviewer": {"name": "", "post": ""}, "meeting": "", "contributors": []}
    text = " ".join(pages(statement(snapshot, "staff", "x")))
    assert "Karen Doyle" in text
    assert "None" not in text


def test_markup_in_words_is_just_words() -> None:
    words = "<b>bold</b> & <para> 5 < 6 </p>"
    assert words in " ".join(pages(statement(changed(discussion=words), "staff", "x")))


def test_the_self_review_sheet_names_the_person_and_asks_everything() -> None:
    texts = pages(self_review_sheet(SHEET, FACTS, LAST))
    assert len(texts) == 2
    whole = " ".join(texts)
    wanted = [
        "Karen Doyle",
        "Friday 9 October",
        "School office",
        "Ruth Pemberton",
        "Times that suit you",
        "Run the reading group",
        "By July 2026",
    ]
    wanted += [section.title for section in SHEET.sections if section.id != "meeting"]
    wanted += ["Partly met", "SR-2026-0031", "Printed 18 September 2026", "not linked to pay", "Page 1 of 2 · please turn over"]
    assert [words for words in wanted if words not in whole] == []
    assert "Fingerprint" not in whole


NEEDS = (
    LastNeed("First aid at work", "done", ""),
    LastNeed("A visit to the nurture group of another school", "declined", "no cover in the spring"),
    LastNeed("Phonics", "booked", ""),
)


@pytest.mark.parametrize("kind", ["support", "teacher", "leadership", "head", "probation", "light", "governor"])
def test_the_sheet_says_what_became_of_last_years_needs_and_stays_as_long_as_it_was(kind: str) -> None:
    sheet = shipped_form(f"{kind}-self-review")
    last = LAST[:1] if kind == "light" else (*LAST, LastTarget("Keep the library in order"))
    without = pages(self_review_sheet(sheet, FACTS, last))
    assert "What became of" not in " ".join(without)
    told = pages(self_review_sheet(sheet, FACTS, last, last_needs=NEEDS))
    assert len(told) <= len(without)
    whole = " ".join(told)
    for words in ("First aid at work Done", "Declined: no cover in the spring", "Phonics Booked"):
        assert words in whole, words


def test_a_first_year_sheet_has_no_targets_to_tick() -> None:
    first = ReviewFacts(**{**FACTS.__dict__, "first_year": True})
    assert "first review here" in " ".join(pages(self_review_sheet(SHEET, first)))


def test_the_meeting_form_brings_what_was_written_beforehand() -> None:
    text = " ".join(pages(meeting_form(FORM, FACTS, LAST, SHEET, {"went_well": "The reading group.", "times": "Tuesdays"})))
    for words in (
        "Written before the meeting",
        "The reading group.",
        "Tuesdays",
        "Coach newer colleagues",
        "Carried forward",
        "Not agreed",
    ):
        assert words in text
    assert "Signature" not in text


def test_practice_papers_say_so_on_every_page() -> None:
    practice = {**SNAPSHOT, "practice": True}
    for text in pages(statement(practice, "staff", "x")) + pages(draft_statement(practice)):
        assert "PRACTICE" in text


def test_the_files_own_title_names_no_person() -> None:
    for pdf in every_paper().values():
        metadata = pypdfium2.PdfDocument(BytesIO(pdf)).get_metadata_dict()
        assert "Doyle" not in " ".join(metadata.values())


SHORT: dict[str, Any] = {
    "short_text": "Five of six",
    "long_text": "We looked back at the year. It went well on the whole, with a hard spring when two colleagues were away.",
    "date": "2027-01-31",
    "targets": [
        {"target": "Learn the new key system", "success_criteria": "Doors are locked by six", "support": "Time", "by_when": "2027-04-30"}
    ],
    "outcomes": [
        {"target": "Keep the hall ready", "by_when": "2026-07-20", "agreed_on": "2025-10-14", "outcome": "met", "note": "On time."}
    ],
    "needs": [{"need": "First aid", "how": "Course", "who": "Office", "by_when": "2026-12-04", "state": "arranged"}],
    "comments": {"text": "I enjoyed this year.", "none": False},
    "agreement": {"member": "agreed", "reviewer": "agreed"},
    "interim": {"planned": True, "when": "2027-03-01"},
}


@pytest.mark.parametrize("kind", ["teacher", "leadership", "head", "probation", "light", "governor"])
def test_every_kind_of_review_prints(kind: str) -> None:
    sheet, form = shipped_form(f"{kind}-self-review"), shipped_form(f"{kind}-statement")
    answers = {field.id: SHORT.get(field.kind, field.choices[0] if field.choices else None) for field in form.fields}
    kept = {**SNAPSHOT, "form": form_as_data(form), "answers": {key: value for key, value in answers.items() if value}}
    assert check_answers(form, kept["answers"]) == ()
    papers = {
        "sheet": pages(self_review_sheet(sheet, FACTS, LAST[:1])),
        "meeting": pages(meeting_form(form, FACTS, LAST[:1])),
        "statement": pages(statement(kept, "staff", fingerprint(kept))),
    }
    most = {"sheet": 1, "meeting": 1, "statement": 1} if kind == "light" else {"sheet": 2, "meeting": 3, "statement": 2}
    assert {name: len(paper) for name, paper in papers.items() if len(paper) > most[name]} == {}
    last = papers["statement"][-1]
    assert all(
        words in last for words in ("Signature", "For the office", "Locked when it was agreed", f"one for the {form.person.lower()}")
    )
    assert form.reviewer in last
    for part in form.sections[:-1]:
        assert part.title in " ".join(papers["meeting"])
