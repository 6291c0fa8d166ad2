"""Every kind of review: its forms are there and print, and it walks from the rehearsal to the closed cycle."""

from datetime import date, datetime, time
from typing import Any

import pytest

from staffdev_desktop.formkit import Form, shipped_form
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.kinds import KINDS, ReviewKind
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, Stage
from staffdev_desktop.pdr.services import closing, cycles, statements, words
from staffdev_desktop.school import School
from tests.conftest import TODAY
from tests.people import Staffed, staff_a_school

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


def rehearse(school: School, kind: ReviewKind, starts_on: date) -> list[cycles.Invited]:
    """Who the rehearsal of a cycle of this kind says is in it."""
    rows = school.read(boards.plan, starts_on=starts_on, kinds=(kind.id,))
    return [cycles.Invited(row.person_id, row.reviewer_id, kind=row.kind) for row in rows if row.included]


def start(school: School, kind: ReviewKind, year: int) -> BoardRow:
    """A cycle of this kind, just as it was rehearsed: Karen alone is in it."""
    first = date(year, 9, 1)
    cycle = cycles.NewCycle(f"Reviews {year}", year, first, date(year + 1, 8, 31), date(year, 10, 9), date(year, 11, 27))
    school.do(cycles.start_cycle, cycle=cycle, invited=rehearse(school, kind, first))
    (row,) = school.read(boards.cycle_board, year=year)
    return row


def stage(school: School, review_id: int) -> Stage:
    return school.read(records.review, review_id=review_id).board.stage


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_each_kind_walks_from_the_rehearsal_to_the_closed_cycle(school: School, kind: ReviewKind) -> None:
    staffed = staff_a_school(school)
    only_karen(school, staffed, kind)
    row = start(school, kind, 2026)
    assert (row.name, row.reviewer, row.kind) == ("Karen Doyle", "Ruth Pemberton", kind.id)
    assert row.track_only is kind.track_only
    school.do(cycles.set_track_only, review_id=row.id, revision=row.revision, track_only=False)
    walk_to_the_meeting(school, row)
    fill_in(school, row.id, school.read(records.review, review_id=row.id).statement_form)
    assert stage(school, row.id) is Stage.DRAFT
    school.do(statements.agree_statement, review_id=row.id)
    with pytest.raises(UserError, match="1 review not finished: Karen Doyle"):
        close(school, 2026)
    sign(school, row.id)
    close(school, 2026)
    with clock.frozen_at(date(2027, 10, 20)):
        judge_next_year(school, kind)
    assert school.check() == ()
    assert school.read(records.frozen_words_problems) == ()


def only_karen(school: School, staffed: Staffed, kind: ReviewKind) -> None:
    """Karen's reviews are of this kind, and nobody else's are."""
    for person_id in (staffed.karen, staffed.ruth, staffed.helen):
        own = {"kind": kind.id, "exempt": "" if person_id == staffed.karen else "capability"}
        standing = {"person_id": person_id, "revision": 0, "exempt_until": None, "trained_reviewer": False}
        school.do(closing.set_review_standing, **standing, **own)


def walk_to_the_meeting(school: School, row: BoardRow) -> None:
    """The sheet goes out and comes back, and the meeting is booked."""
    school.do(cycles.mark_sheets_out, review_ids=[row.id])
    assert stage(school, row.id) is Stage.OUT
    sheet = school.read(records.review, review_id=row.id).sheet_form
    said = {field.id: "It went well." for field in sheet.fields if field.kind == "long_text"}
    school.do(words.type_in_sheet, review_id=row.id, answers=said, returned_on=TODAY)
    assert stage(school, row.id) is Stage.RETURNED
    revision = school.read(records.review, review_id=row.id).board.revision
    school.do(cycles.book_meeting, review_id=row.id, revision=revision, moment=datetime.combine(TODAY, time(9, 0)), place="Library")
    assert stage(school, row.id) is Stage.BOOKED


def sign(school: School, review_id: int) -> None:
    """Both sign on the screen, in turn."""
    assert stage(school, review_id) is Stage.AGREED
    for side, initials in (("member of staff", "KD"), ("reviewer", "RP")):
        school.do(statements.sign_on_screen, review_id=review_id, side=side, initials=initials)
    assert stage(school, review_id) is Stage.SIGNED


def close(school: School, year: int) -> None:
    """Close the year's cycle."""
    (cycle,) = [each for each in school.read(boards.cycles) if each.year == year]
    school.do(closing.close_cycle, cycle_id=cycle.id, revision=cycle.revision)
    assert [each.closed_on for each in school.read(boards.cycles) if each.year == year] == [clock.today()]


def judge_next_year(school: School, kind: ReviewKind) -> None:
    """The next review judges what was agreed in this one, and tells what became of its needs."""
    row = start(school, kind, 2027)
    record = school.read(records.review, review_id=row.id)
    form = record.statement_form if not kind.track_only else shipped_form(kind.statement)
    assert [target.target for target in record.last_targets] == ["Do one thing well"]
    assert [need.need for need in record.last_needs] == (["A course"] if form.fields_of("needs") else [])
    school.do(cycles.set_track_only, review_id=row.id, revision=row.revision, track_only=False)
    (field,) = form.fields_of("outcomes")
    school.do(words.save_answer, review_id=row.id, field=field.id, value=[{"outcome": "met", "note": "It was seen."}])
    (judged,) = school.read(records.current_targets, person_id=row.person_id)
    assert (judged.outcome, judged.note) == ("met", "It was seen.")
