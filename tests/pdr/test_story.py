"""A review from the first cycle to a new version, through the services alone."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import boards, outcomes, records
from staffdev_desktop.pdr.rows import LastNeed, Stage
from staffdev_desktop.pdr.rules import fingerprint
from staffdev_desktop.pdr.services import cycles, needs, statements, words
from staffdev_desktop.school import School
from tests.people import Staffed, staff_a_school

CYCLE = cycles.NewCycle("Support staff 2026/27", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
AGREED = {"member": "agreed", "reviewer": "agreed"}


@pytest.fixture
def staffed(school: School) -> Staffed:
    return staff_a_school(school)


def start(school: School, staffed: Staffed) -> int:
    """A cycle for Karen, reviewed by Ruth. Returns the review's id."""
    school.do(cycles.start_cycle, cycle=CYCLE, invited=[cycles.Invited(staffed.karen, staffed.ruth)])
    (row,) = school.read(boards.cycle_board, year=2026)
    return row.id


def write(school: School, review_id: int, **answers: Any) -> None:
    for field, value in answers.items():
        school.do(words.save_answer, review_id=review_id, field=field, value=value)


def fill_in(school: School, review_id: int) -> None:
    write(
        school,
        review_id,
        discussion="We looked back at the phonics group.",
        targets=[{"target": "Teach the class for one morning", "success_criteria": "Two visits", "support": "", "by_when": "2027-04-30"}],
        comments={"text": "I am pleased.", "none": False},
        agreement=AGREED,
    )
    school.do(words.set_first_year, review_id=review_id, first_year=True)


def stage(school: School, review_id: int) -> Stage:
    return school.read(records.review, review_id=review_id).board.stage


def test_a_review_walks_through_its_stages(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    assert stage(school, review) is Stage.NOT_STARTED
    assert school.do(cycles.mark_sheets_out, review_ids=[review]) == 1
    assert school.do(cycles.mark_sheets_out, review_ids=[review]) == 0
    school.do(words.type_in_sheet, review_id=review, answers={"went_well": "Phonics results."}, returned_on=date(2026, 10, 9))
    assert stage(school, review) is Stage.RETURNED
    revision = school.read(records.review, review_id=review).board.revision
    school.do(cycles.book_meeting, review_id=review, revision=revision, moment=datetime(2026, 10, 20, 13, 30), place="Library")
    assert [meeting.name for meeting in school.read(boards.meetings, first=date(2026, 10, 20), last=date(2026, 10, 20))] == ["Karen Doyle"]
    fill_in(school, review)
    assert stage(school, review) is Stage.DRAFT
    school.do(statements.agree_statement, review_id=review)
    assert stage(school, review) is Stage.AGREED
    school.do(statements.record_signed, review_ids=[review])
    assert stage(school, review) is Stage.SIGNED
    assert school.check() == ()
    assert school.read(records.frozen_words_problems) == ()


def test_a_meeting_brought_forward_was_held_on_the_day_it_was_agreed(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    revision = school.read(records.review, review_id=review).board.revision
    school.do(cycles.book_meeting, review_id=review, revision=revision, moment=datetime(2026, 11, 3, 14, 0))
    fill_in(school, review)
    school.do(statements.agree_statement, review_id=review)
    (paper,) = school.read(records.statement_papers, review_ids=[review])
    assert paper.snapshot["meeting"] == "2026-10-20"


def test_the_last_word_saved_is_known_and_the_sheet_is_not_part_of_it(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    school.do(words.type_in_sheet, review_id=review, answers={"went_well": "Phonics."}, returned_on=date(2026, 10, 9))
    assert school.read(records.review, review_id=review).last_saved is None
    with clock.frozen_at(datetime(2026, 10, 21, 9, 30)):
        write(school, review, discussion="A year with much in it.")
    write(school, review, three_years="Here.")
    assert school.read(records.review, review_id=review).last_saved == datetime(2026, 10, 21, 9, 30)


def test_nothing_is_agreed_while_something_is_missing(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    fill_in(school, review)
    write(school, review, comments={"text": "", "none": False})
    with pytest.raises(UserError) as missing:
        school.do(statements.agree_statement, review_id=review)
    assert missing.value.field == "comments"
    assert stage(school, review) is Stage.DRAFT


def test_a_frozen_statement_owns_its_words(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    fill_in(school, review)
    school.do(statements.agree_statement, review_id=review)
    (before,) = school.read(records.statement_papers, review_ids=[review])
    staffed.rename_karen("Karen", "Doyle-Smith")
    with pytest.raises(UserError, match="locked"):
        write(school, review, discussion="Something else")
    (after,) = school.read(records.statement_papers, review_ids=[review])
    assert after.snapshot == before.snapshot
    assert after.snapshot["person"]["name"] == "Karen Doyle"
    assert fingerprint(after.snapshot) == after.fingerprint


def test_reopening_makes_the_next_version_and_voids_the_old_paper(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    fill_in(school, review)
    school.do(statements.agree_statement, review_id=review)
    school.do(statements.reopen, review_id=review, reason="A target was left out.")
    write(school, review, discussion="And the new target.")
    school.do(statements.agree_statement, review_id=review)
    first, second = school.read(records.statement_papers, review_ids=[review], void_too=True)
    assert (first.void_reason, second.void_on) == ("A target was left out.", None)
    assert (first.snapshot["version"], second.snapshot["version"]) == (1, 2)
    assert first.fingerprint != second.fingerprint


def test_last_years_targets_are_judged_this_year(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    fill_in(school, review)
    school.do(statements.agree_statement, review_id=review)
    with clock.frozen_at(date(2027, 10, 5)):
        following = cycles.NewCycle(
            "Support staff 2027/28", 2027, date(2027, 9, 1), date(2028, 8, 31), date(2027, 10, 8), date(2027, 11, 26)
        )
        school.do(cycles.start_cycle, cycle=following, invited=[cycles.Invited(staffed.karen, staffed.ruth)])
        (row,) = school.read(boards.cycle_board, year=2027)
        (target,) = school.read(records.review, review_id=row.id).last_targets
        assert target.target == "Teach the class for one morning"
        write(school, row.id, outcomes=[{"outcome": "met", "note": "Two visits were made."}])
        (judged,) = school.read(records.current_targets, person_id=staffed.karen)
        assert judged.outcome == "met"


def test_the_end_of_last_years_needs_is_told_this_year(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    fill_in(school, review)
    write(school, review, needs=[{"need": "First aid at work"}, {"need": "A lift to London"}, {"need": "Phonics"}])
    school.do(statements.agree_statement, review_id=review)
    listed = {need.need: need for need in school.read(outcomes.needs_list, year=2026)}
    for words_of_it, state, reason in (("First aid at work", "done", ""), ("A lift to London", "declined", "Too dear")):
        need = listed[words_of_it]
        values = {"who": "", "by_when": None, "state": state, "reason": reason}
        school.do(needs.move_need, need_id=need.id, revision=need.revision, **values)
    assert school.read(records.review, review_id=review).last_needs == (), "its own needs are not last year's"
    with clock.frozen_at(date(2027, 10, 5)):
        following = cycles.NewCycle("Next", 2027, date(2027, 9, 1), date(2028, 8, 31), date(2027, 10, 8), date(2027, 11, 26))
        school.do(cycles.start_cycle, cycle=following, invited=[cycles.Invited(staffed.karen, staffed.ruth)])
        (row,) = school.read(boards.cycle_board, year=2027)
        assert school.read(records.review, review_id=row.id).last_needs == (
            LastNeed("First aid at work", "done", ""),
            LastNeed("A lift to London", "declined", "Too dear"),
            LastNeed("Phonics", "to arrange", ""),
        )


def test_targets_of_day_one_are_taken_in_from_paper(school: School, staffed: Staffed) -> None:
    review = start(school, staffed)
    old = words.OldTarget("Run the phonics group", by_when=date(2026, 7, 17), agreed_on=date(2025, 10, 14))
    school.do(words.take_in_last_targets, review_id=review, targets=[old])
    record = school.read(records.review, review_id=review)
    assert [target.target for target in record.last_targets] == ["Run the phonics group"]
    assert json.loads(json.dumps(record.answers["outcomes"]))[0]["by_when"] == "2026-07-17"
    (current,) = school.read(records.current_targets, person_id=staffed.karen)
    assert current.target == "Run the phonics group"


def test_the_handed_over_door_answers_for_one_review_only(school: School, staffed: Staffed) -> None:
    from staffdev_desktop.accounts.permissions import NotAllowed

    review = start(school, staffed)
    door = school.only_review(review)
    door.do(words.save_answer, review_id=review, field="discussion", value="Hello")
    for forbidden in (lambda: door.read(boards.cycle_board, year=2026), lambda: door.read(records.review, review_id=review + 1)):
        with pytest.raises(NotAllowed):
            forbidden()
