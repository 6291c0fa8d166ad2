"""Papers from what queries return, and file names that carry numbers only."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.school import School
from tests.people import staff_a_school

CYCLE = cycles.NewCycle("Support staff 2026/27", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))


@pytest.fixture
def record(school: School) -> ReviewRecord:
    """Karen's review, with a target of last year and a sheet that came back."""
    made = staff_a_school(school)
    school.do(cycles.start_cycle, cycle=CYCLE, invited=[cycles.Invited(made.karen, made.ruth)])
    (row,) = school.read(boards.cycle_board, year=2026)
    old = words.OldTarget("Run the phonics group", by_when=date(2026, 7, 17), agreed_on=date(2025, 10, 14))
    school.do(words.take_in_last_targets, review_id=row.id, targets=[old])
    school.do(words.type_in_sheet, review_id=row.id, answers={"went_well": "Łódź trip"}, returned_on=date(2026, 10, 9))
    return school.read(records.review, review_id=row.id)


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_sheet_is_filled_in_before_it_is_printed(record: ReviewRecord) -> None:
    text = text_of(sheets.self_review_pdf(record, logo=None, printed_on=date(2026, 9, 18), return_to="Janet Whitlock, school office"))
    for words_on_it in (
        "Karen Doyle", "Higher level teaching assistant", "Ruth Pemberton", "Friday 9 October", "Janet Whitlock, school office",
        "Run the phonics group", "Printed 18 September 2026",
    ):  # fmt: skip
        assert words_on_it in text
    assert "Łódź trip" not in text, "a sheet printed again is empty"


def test_a_meeting_form_repeats_what_the_sheet_said(record: ReviewRecord) -> None:
    text = text_of(sheets.meeting_form_pdf(record, logo=None))
    assert "Łódź trip" in text
    assert "Printed 20 October 2026" in text


def test_a_void_statement_says_so(school: School, record: ReviewRecord) -> None:
    review_id = record.board.id
    school.do(words.save_answer, review_id=review_id, field="comments", value={"text": "", "none": True})
    school.do(words.save_answer, review_id=review_id, field="agreement", value={"member": "agreed", "reviewer": "agreed"})
    school.do(words.save_answer, review_id=review_id, field="outcomes", value=[{"outcome": "met"}])
    school.do(statements.agree_statement, review_id=review_id)
    (paper,) = school.read(records.statement_papers, review_ids=[review_id])
    good = sheets.statement_pdf(paper, "staff")
    assert good == sheets.statement_pdf(paper, "staff")
    assert "VOID" not in text_of(good)
    school.do(statements.reopen, review_id=review_id, reason="A target was left out.")
    (void,) = school.read(records.statement_papers, review_ids=[review_id], void_too=True)
    assert "A target was left out." in text_of(sheets.statement_pdf(void, "hr"))


def test_every_word_is_looked_at_before_printing(record: ReviewRecord) -> None:
    assert {"Łódź trip", "Karen Doyle", "Run the phonics group"} <= set(sheets.texts_of_record(record))


def test_file_names_carry_numbers_only() -> None:
    name = sheets.file_name(sheets.STATEMENT, "PDR-2026-0031", version=2, copy="staff")
    assert name == "statement-PDR-2026-0031-v2-staff-copy.pdf"
    assert sheets.batch_name(sheets.SELF_REVIEW, 14, date(2026, 10, 20)) == "self-review-14-papers-2026-10-20.pdf"
