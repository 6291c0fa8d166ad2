"""What needs doing now, and leaving."""

from datetime import date

from staffdev_desktop.overview import queries, rules, services
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from tests.conftest import TODAY


def test_the_practice_school_has_every_stage_in_its_cycle_bar(practice_school: School) -> None:
    rows = practice_school.read(boards.cycle_board, year=2026)
    bar = rules.progress(rows, practice_school.read(boards.cycles), 2026)
    assert bar is not None
    assert all(share.count for share in bar.stages)
    assert sum(share.count for share in bar.stages) == bar.reviews == len(rows)


def test_what_needs_doing_counts_the_reviews_it_names(practice_school: School) -> None:
    rows = practice_school.read(boards.cycle_board, year=2026)
    todo = {each.key: each for each in rules.things_to_do(rows, TODAY)}
    late = [row for row in rows if row.stage == "Self-review out" and row.sheets_due_on < TODAY]
    assert todo["sheets"].count == len(late) > 0
    assert todo["sheets"].review_ids == tuple(row.id for row in late)
    assert "overdue" not in todo
    after = {each.key: each for each in rules.things_to_do(rows, date(2027, 1, 11))}
    assert after["overdue"].badge == "late"


def test_leaving_hands_over_every_tie(practice_school: School) -> None:
    people = {row.name: row.id for row in practice_school.read(staff.people_list)}
    karen, samira = people["Karen Doyle"], people["Samira Begum"]
    ties = practice_school.read(queries.leaving_ties, person_id=karen)
    assert {name for _, name in ties.managed} >= {"Jake Thornton", "Rosie Clegg"}
    assert ties.reviews_of_others
    assert len(ties.own_reviews) == 1
    practice_school.do(
        services.leave, person_id=karen, last_day=date(2026, 12, 18), new_manager_id=samira, new_reviewer_id=samira, reason="New post"
    )
    assert practice_school.read(queries.leaving_ties, person_id=karen).reviews_of_others == ()
    rows = {row.id: row for row in practice_school.read(boards.cycle_board, year=2026)}
    assert all(rows[tie.review_id].reviewer == "Samira Begum" for tie in ties.reviews_of_others if tie.stage not in ("Agreed", "Signed"))
    assert rows[ties.own_reviews[0].review_id].exempt
    practice_school.undo()
    assert practice_school.read(queries.leaving_ties, person_id=karen) == ties
