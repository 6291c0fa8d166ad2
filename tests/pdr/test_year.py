"""What happens to a review through its year: notes, interim meetings, appeals, addenda, needs, history."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import boards, outcomes, records
from staffdev_desktop.pdr.rows import BoardRow, NeedRow
from staffdev_desktop.pdr.services import closing, complaints, cycles, during, needs, statements, words
from staffdev_desktop.school import School
from tests.conftest import TODAY


def reviewed(school: School, stage: str) -> BoardRow:
    return next(row for row in school.read(boards.cycle_board, year=2026) if row.stage == stage)


def move(school: School, need: NeedRow, **changes: object) -> None:
    values = {"revision": need.revision, "state": need.state, "who": need.who, "by_when": need.by_when} | changes
    school.do(needs.move_need, need_id=need.id, **values)


def test_progress_is_noted_on_a_target(practice_school: School) -> None:
    person = reviewed(practice_school, "Signed").person_id
    target = practice_school.read(records.current_targets, person_id=person)[0]
    scan = b"%PDF-1.4 a certificate"
    practice_school.do(during.add_target_note, target_id=target.id, words="Half of it is done.", evidence=("certificate.pdf", scan))
    (note,) = practice_school.read(outcomes.notes, target_ids=[target.id])
    assert (note.words, note.by, note.noted_on, note.evidence_name) == ("Half of it is done.", "Janet Whitlock", TODAY, "certificate.pdf")
    with pytest.raises(UserError, match="sentence"):
        practice_school.do(during.add_target_note, target_id=target.id, words="  ")
    practice_school.do(during.delete_target_note, note_id=note.id)
    assert practice_school.read(outcomes.notes, target_ids=[target.id]) == ()


def test_an_interim_meeting_has_its_own_short_record(practice_school: School) -> None:
    review = reviewed(practice_school, "Agreed")
    made = practice_school.do(during.ask_for_interim, review_id=review.id, kind="interim", asked_by="member of staff")
    (meeting,) = practice_school.read(outcomes.interim_meetings, year=2026)
    assert (meeting.id, meeting.name, meeting.asked_by) == (made, review.name, "member of staff")
    written = {"interim_id": made, "booked_for": None, "held_on": TODAY}
    with pytest.raises(UserError) as empty:
        practice_school.do(during.record_interim, revision=meeting.revision, record="", **written)
    assert empty.value.field == "record"
    practice_school.do(during.record_interim, revision=meeting.revision, record="We moved the second target to July.", **written)
    with pytest.raises(Conflict):
        practice_school.do(during.record_interim, revision=meeting.revision, record="Older words", **written)


def test_an_appeal_is_heard_by_somebody_else_and_stands_on_the_paper(practice_school: School) -> None:
    review = reviewed(practice_school, "Agreed")
    raised = {"review_id": review.id, "about": "statement", "raised_on": TODAY, "words": "The second outcome is wrong."}
    made = practice_school.do(complaints.raise_complaint, **raised)
    with pytest.raises(UserError, match="open appeal"):
        practice_school.do(complaints.raise_complaint, **raised)
    (paper,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    assert [mark.kind for mark in paper.marks] == ["appeal"]
    assert "wrong" not in paper.marks[0].words, "the appeal's words are for those who hear it"
    (row,) = practice_school.read(outcomes.complaints, review_id=review.id)
    heard = {"complaint_id": made, "heard_on": TODAY, "outcome": "", "closed_on": None}
    with pytest.raises(UserError, match="not the reviewer"):
        practice_school.do(complaints.hear_complaint, revision=row.revision, heard_by_id=review.reviewer_id, **heard)
    closed = heard | {"outcome": "The outcome stands.", "closed_on": TODAY}
    practice_school.do(complaints.hear_complaint, revision=row.revision, heard_by_id=None, **closed)
    (paper,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    assert paper.marks == ()


def test_an_appeal_about_pay_is_kept_apart_from_the_paper(practice_school: School) -> None:
    review = reviewed(practice_school, "Agreed")
    practice_school.do(complaints.raise_complaint, review_id=review.id, about="pay", raised_on=TODAY, words="")
    (paper,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    assert paper.marks == ()


def test_words_written_by_hand_become_an_addendum_and_change_no_frozen_word(practice_school: School) -> None:
    review = reviewed(practice_school, "Agreed")
    (before,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    added = {"review_id": review.id, "side": "member of staff", "words": "I was away in March."}
    with pytest.raises(UserError) as early:
        practice_school.do(statements.add_addendum, written_on=date(2026, 9, 1), **added)
    assert early.value.field == "written_on"
    practice_school.do(statements.add_addendum, written_on=TODAY, **added)
    (after,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    assert replace(after, marks=()) == before
    assert [(mark.kind, mark.words) for mark in after.marks] == [("addendum", "By the member of staff: I was away in March.")]
    assert after.marks[0].fingerprint != after.fingerprint


def test_a_need_is_moved_along_until_it_is_done_or_declined(practice_school: School) -> None:
    need = practice_school.read(outcomes.needs_list, year=2026)[0]
    with pytest.raises(UserError) as reason:
        move(practice_school, need, state="declined")
    assert reason.value.field == "reason"
    move(practice_school, need, state="booked", cost=12050, term="Spring term")
    (booked,) = [row for row in practice_school.read(outcomes.needs_list, year=2026) if row.id == need.id]
    assert (booked.state, booked.cost, booked.settled_on) == ("booked", 12050, None)
    move(practice_school, booked, state="done")
    (done,) = [row for row in practice_school.read(outcomes.needs_list, year=2026) if row.id == need.id]
    assert done.settled_on == TODAY
    assert practice_school.read(records.frozen_words_problems) == ()


def test_a_persons_history_runs_through_the_years(practice_school: School) -> None:
    person = reviewed(practice_school, "Signed").person_id
    rows = practice_school.read(outcomes.history, person_id=person)
    assert [row.year for row in rows] == [2026, 2025, 2024]
    assert all(target.outcome for row in rows[1:] for target in row.targets)
    assert not any(target.outcome for target in rows[0].targets)


def test_a_target_carried_forward_stands_among_this_years_and_knows_where_it_came_from(practice_school: School) -> None:
    review = next(row for row in practice_school.read(boards.cycle_board, year=2026) if row.name == "Karen Doyle")
    old = practice_school.read(records.review, review_id=review.id).last_targets
    carried = {"outcome": "carried forward", "note": "", "reason": "Begun late."}
    rest = [{"outcome": "met"} for _ in old[1:]]
    save = {"review_id": review.id, "field": "outcomes"}
    practice_school.do(words.save_answer, value=[carried, *rest], **save)
    targets = practice_school.read(records.review, review_id=review.id).answers["targets"]
    assert [target["target"] for target in targets] == [old[0].target]
    own = {"target": "Lead one club", "success_criteria": "", "support": "", "by_when": "", "priority": ""}
    practice_school.do(words.save_answer, review_id=review.id, field="targets", value=[own, *targets])
    practice_school.do(words.save_answer, value=[carried, *rest], **save)
    targets = practice_school.read(records.review, review_id=review.id).answers["targets"]
    assert [target["target"] for target in targets] == ["Lead one club", old[0].target], "carried once, wherever it stands"
    practice_school.do(words.save_answer, value=[{"outcome": "met"}, *rest], **save)
    targets = practice_school.read(records.review, review_id=review.id).answers["targets"]
    assert [target["target"] for target in targets] == ["Lead one club"]


def test_a_cycle_closes_only_over_finished_reviews(practice_school: School) -> None:
    found = practice_school.read(boards.cycles)
    running, past = found[0], [cycle for cycle in found if cycle.year < 2026]
    with pytest.raises(UserError, match="not finished"):
        practice_school.do(closing.close_cycle, cycle_id=running.id, revision=running.revision)
    practice_school.do(closing.close_cycle, cycle_id=past[0].id, revision=past[0].revision)
    closed = [cycle.name for cycle in practice_school.read(boards.cycles) if cycle.closed_on == TODAY]
    assert closed == [past[0].name]


def test_a_track_only_review_keeps_its_words_on_paper(practice_school: School) -> None:
    review = next(row for row in practice_school.read(boards.cycle_board, year=2026) if row.stage == "Booked" or row.stage == "Returned")
    practice_school.do(cycles.set_track_only, review_id=review.id, revision=review.revision, track_only=True)
    with pytest.raises(UserError) as refused:
        practice_school.do(statements.agree_statement, review_id=review.id)
    assert refused.value.field == "held_on"
    practice_school.do(words.set_held_on, review_id=review.id, held_on=TODAY)
    practice_school.do(statements.agree_statement, review_id=review.id)
    (paper,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    assert set(paper.snapshot["answers"]) == {"needs"}
    assert {field["kind"] for section in paper.snapshot["form"]["sections"] for field in section["fields"]} == {"needs", "signatures"}


def test_the_rehearsal_says_who_is_exempt_and_why(practice_school: School) -> None:
    before = {row.name: row for row in practice_school.read(boards.plan, starts_on=date(2026, 9, 18))}
    assert before["Bethan Price"].trouble == "Early career teacher in induction."
    assert before["Tom Ashworth"].trouble.startswith("Teachers")
    lynn = before["Lynn Hargreaves"]
    assert lynn.included
    assert lynn.warning == ""
    values = {"kind": "", "exempt": "capability", "exempt_until": None, "trained_reviewer": False}
    practice_school.do(closing.set_review_standing, person_id=lynn.person_id, revision=0, **values)
    values = {"kind": "", "exempt": "", "exempt_until": None, "trained_reviewer": True}
    practice_school.do(closing.set_review_standing, person_id=before["Karen Doyle"].person_id, revision=0, **values)
    after = {row.name: row for row in practice_school.read(boards.plan, starts_on=date(2026, 9, 18))}
    assert (after["Lynn Hargreaves"].included, after["Lynn Hargreaves"].trouble) == (False, "Not in this cycle.")
    assert "not down as a trained reviewer" in after["Amy Pritchard"].warning
    assert "not down" not in after["Jake Thornton"].warning
    with pytest.raises(Conflict):
        practice_school.do(closing.set_review_standing, person_id=lynn.person_id, revision=0, **values)


def test_both_sides_may_sign_on_the_screen_in_turn(practice_school: School) -> None:
    review = reviewed(practice_school, "Agreed")
    sign = {"review_id": review.id, "initials": "KD"}
    assert practice_school.do(statements.sign_on_screen, side="member of staff", **sign) is False
    with pytest.raises(UserError, match="already"):
        practice_school.do(statements.sign_on_screen, side="member of staff", **sign)
    assert practice_school.do(statements.sign_on_screen, side="reviewer", **sign) is True
    record = practice_school.read(records.review, review_id=review.id)
    assert (record.board.stage, [each.side for each in record.signatures]) == ("Signed", ["member of staff", "reviewer"])
    (paper,) = practice_school.read(records.statement_papers, review_ids=[review.id])
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(sheets.statement_pdf(paper, "staff"))).pages)
    assert "Signed on screen, 20 October 2026: the member of staff, KD, at 12:00" in " ".join(words.split())
