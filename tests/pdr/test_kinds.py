"""Every kind of review: its forms are there, print, and can be agreed and frozen."""

from datetime import date
from typing import Any

import pytest

from staffdev_desktop.formkit import Form
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.kinds import KINDS, ReviewKind
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.school import School
from tests.conftest import TODAY
from tests.people import staff_a_school

SAMPLES: dict[str, Any] = {
    "short_text": "A line of words",
    "long_text": "Two sentences. They say something.",
    "tick": True,
    "date": "2026-10-20",
    "targets": [{"target": "Do one thing well", "success_criteria": "It is seen", "support": "Time", "by_when": "2027-04-30"}],
    "needs": [{"need": "A course", "how": "Three hours", "who": "The office", "by_when": "2027-02-12", "state": "to arrange"}],
    "comments": {"text": "I am content.", "none": False},
    "agreement": {"member": "agreed", "reviewer": "agreed"},
    "interim": {"planned": True, "when": "2027-03-01"},
}


def fill_in(school: School, review_id: int, form: Form) -> None:
    for field in form.fields:
        value = field.choices[0] if field.kind in ("choice", "scale") else SAMPLES.get(field.kind)
        if value is not None:
            school.do(words.save_answer, review_id=review_id, field=field.id, value=value)
    school.do(words.set_first_year, review_id=review_id, first_year=True)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_each_kind_goes_from_the_sheet_to_the_frozen_statement(school: School, kind: ReviewKind) -> None:
    staffed = staff_a_school(school)
    cycle = cycles.NewCycle("A cycle", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
    school.do(cycles.start_cycle, cycle=cycle, invited=[cycles.Invited(staffed.karen, staffed.ruth, kind=kind.id)])
    (row,) = school.read(boards.cycle_board, year=2026)
    record = school.read(records.review, review_id=row.id)
    assert page_count(sheets.self_review_pdf(record, logo=None)) >= 1
    assert page_count(sheets.meeting_form_pdf(record, logo=None)) >= 1
    if kind.track_only:
        school.do(words.set_held_on, review_id=row.id, held_on=TODAY)
    else:
        fill_in(school, row.id, record.statement_form)
    school.do(statements.agree_statement, review_id=row.id)
    (paper,) = school.read(records.statement_papers, review_ids=[row.id])
    assert school.read(records.review, review_id=row.id).board.stage is Stage.AGREED
    assert page_count(sheets.statement_pdf(paper, "hr")) >= 1
    if kind.id == "light":
        assert page_count(sheets.self_review_pdf(record, logo=None)) == 1
