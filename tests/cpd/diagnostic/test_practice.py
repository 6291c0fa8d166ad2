"""The practice school has something of everything in its diagnostic, and Aisha Rahman’s trend is the one of picture 05c."""

from collections import Counter
from datetime import date

from staffdev_desktop.cpd.diagnostic.queries import loop, people, rounds
from staffdev_desktop.cpd.diagnostic.rows import STAGES, Outcome
from staffdev_desktop.cpd.diagnostic.rules import change_in_words, change_of, tag_of
from staffdev_desktop.school import School

PICTURE = (
    ("Explaining new ideas", [2, 3, 3, 3], "Up 1", ""),
    ("Asking questions", [2, 2, 2, 3], "Up 1", "CPD"),
    ("Checking understanding", [2, 2, 3, 3], "Up 1", ""),
    ("Adapting for need", [2, 2, 2, 2], "No change", "Focus"),
    ("Teaching early reading", [3, 3, 4, 4], "Up 1", "Strength"),
    ("Reading fluency", [1, 2, 2, 3], "Up 2", "CPD"),
    ("Managing behaviour", [3, 3, 3, 4], "Up 1", ""),
    ("Using assessment", [3, 3, 2, 2], "Down 1", "Focus"),
)


def test_the_practice_school_shows_the_picture_every_stage_and_every_outcome(practice_school: School) -> None:
    newest = practice_school.read(rounds.rounds)[0]
    board = practice_school.read(rounds.board, round_id=newest.id)
    aisha = next(row.person_id for row in board if row.name == "Aisha Rahman")
    trend = practice_school.read(people.trend, person_id=aisha)
    assert [term.name for term in trend.terms] == ["Autumn 2025", "Spring 2026", "Summer 2026", "Autumn 2026"]
    assert (trend.terms[-1].manager, trend.terms[-1].agreed_on) == ("David Okafor", date(2026, 9, 24))
    shown = [
        (row.title, [term.value for term in row.terms], change_in_words(change_of(row.terms)), tag_of(row.rating.mark, row.linked_now))
        for row in trend.rows
    ]
    assert shown == [tuple(row) for row in PICTURE]
    adapting = trend.rows[3].rating
    assert (adapting.own, adapting.manager, adapting.next_step) == (2, 2, "Plan one maths week with Ruth. Watch two lessons in Year 3.")
    stages = Counter(row.stage for row in board)
    assert set(stages) == set(STAGES)
    assert any(row.late for row in board)
    outcomes = {row.outcome for row in practice_school.read(loop.loop, round_id=newest.id).rows}
    assert outcomes == set(Outcome)
    states = {(row.late, row.done_on is not None) for row in practice_school.read(loop.agreed_cpd)}
    assert states == {(True, False), (False, False), (False, True)}
    ideas = practice_school.read(loop.proposed_drop_ins, round_id=newest.id)
    assert any(area.planned for area in ideas)
    assert any(not area.planned for area in ideas)
