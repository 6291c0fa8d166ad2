"""Quality assurance through the services: assured, sent back, looked at again, sampled, scored; figures and papers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, needs
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import CheckFacts, EntryDetails, EntryRow, EntryStatus
from staffdev_desktop.cpd.log.services import add_entry, change_entry
from staffdev_desktop.cpd.models.programmes import Programme
from staffdev_desktop.cpd.quality import papers, queries, sheets
from staffdev_desktop.cpd.quality.figures import COST, TIME, WORTH, kind_of, provider_of, results, results_without_names
from staffdev_desktop.cpd.quality.rows import CheckRow, SampleBy, Sampling, Verdict
from staffdev_desktop.cpd.quality.rules import FIRST_QUESTIONS, in_a_term, sample
from staffdev_desktop.cpd.quality.services import assure, assure_many, score_programme, send_back, set_questions
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import Closure, usual_terms
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

IMPACT = "Six readers moved up a band."


def write(school: School, person_id: int, **more: object) -> EntryRow:
    details = replace(EntryDetails(date(2026, 9, 24), 60, "Reading fluency group", impact=IMPACT), **more)
    entry_id = school.do(add_entry, person_id=person_id, details=details)
    return school.read(log.entry, entry_id=entry_id)


def again(school: School, entry: EntryRow) -> EntryRow:
    return school.read(log.entry, entry_id=entry.id)


# -- checks -----------------------------------------------------------------------------------------------------------------------


def test_an_entry_is_assured_with_answers_worth_and_a_day_to_look_again(staffed: Staffed) -> None:
    school, entry = staffed.school, write(staffed.school, staffed.karen)
    asked = school.read(queries.questions)
    verdict = Verdict("partly", ((asked[0], "Listens longer before she helps."), (asked[1], "  ")), date(2027, 1, 18))

    school.do(assure, entry_id=entry.id, revision=entry.revision, verdict=verdict)

    now = again(school, entry)
    assert (now.status, now.check.worth, now.details.look_again_on) == (EntryStatus.ASSURED, "partly", date(2027, 1, 18))
    assert school.read(queries.history, entry_id=entry.id)[0].answers == ((asked[0], "Listens longer before she helps."),)
    school.undo()
    assert again(school, entry).status is EntryStatus.TO_CHECK


def test_without_impact_an_entry_can_only_be_sent_back(staffed: Staffed) -> None:
    school, entry = staffed.school, write(staffed.school, staffed.karen, impact="")
    with pytest.raises(UserError, match="Karen Doyle has not written what came of"):
        school.do(assure, entry_id=entry.id, revision=entry.revision)
    with pytest.raises(UserError) as raised:
        school.do(send_back, entry_id=entry.id, revision=entry.revision, question="  ")
    assert raised.value.field == "question"

    school.do(send_back, entry_id=entry.id, revision=entry.revision, question="Who reads better now?")

    assert again(school, entry).check == CheckFacts("sent back", TODAY, "Janet Whitlock", "Who reads better now?", "")
    school.do(change_entry, entry_id=entry.id, revision=entry.revision, details=replace(entry.details, impact=IMPACT))
    assert again(school, entry).status is EntryStatus.TO_CHECK
    assert [check.lapsed for check in school.read(queries.history, entry_id=entry.id)] == [True]


def test_a_check_of_something_that_was_changed_meanwhile_is_refused(staffed: Staffed) -> None:
    school, entry = staffed.school, write(staffed.school, staffed.karen)
    school.do(change_entry, entry_id=entry.id, revision=entry.revision, details=replace(entry.details, minutes=30))
    with pytest.raises(Conflict):
        school.do(assure, entry_id=entry.id, revision=entry.revision)
    with pytest.raises(Conflict):
        school.do(assure_many, chosen=[(entry.id, entry.revision)])


def test_many_are_assured_together_or_none(staffed: Staffed) -> None:
    school = staffed.school
    good, other, empty = write(school, staffed.karen), write(school, staffed.ruth), write(school, staffed.helen, impact="")
    with pytest.raises(UserError, match="Helen Marsden"):
        school.do(assure_many, chosen=[(row.id, row.revision) for row in (good, other, empty)])
    assert again(school, good).status is EntryStatus.TO_CHECK

    assert school.do(assure_many, chosen=[(row.id, row.revision) for row in (good, other)]) == 2

    assert {again(school, row).status for row in (good, other)} == {EntryStatus.ASSURED}


def test_a_line_manager_checks_her_people_but_never_herself(staffed: Staffed) -> None:
    theirs, own, above = (write(staffed.school, person) for person in (staffed.karen, staffed.ruth, staffed.helen))
    with as_reviewer(staffed, staffed.ruth) as hers:
        assert {row.id: row.own for row in hers.read(queries.checks, year=2026)} == {theirs.id: False, own.id: True}
        hers.do(assure, entry_id=theirs.id, revision=theirs.revision)
        for refused in (assure, assure_many):
            which = {"chosen": [(own.id, own.revision)]} if refused is assure_many else {"entry_id": own.id, "revision": own.revision}
            with pytest.raises(UserError, match="your own entry"):
                hers.do(refused, **which)
        with pytest.raises(UserError, match="not there any more"):
            hers.do(assure, entry_id=above.id, revision=above.revision)
        with pytest.raises(NotAllowed):
            hers.do(set_questions, texts=["Who says so?"])


def test_what_is_to_be_looked_at_again_comes_up_on_its_day_even_from_last_year(staffed: Staffed) -> None:
    school = staffed.school
    with clock.frozen_at(date(2026, 6, 20)):
        entry = write(school, staffed.karen, done_on=date(2026, 6, 3))
        school.do(assure, entry_id=entry.id, revision=entry.revision, verdict=Verdict(look_again_on=date(2026, 10, 20)))
    with clock.frozen_at(date(2026, 10, 19)):
        assert [row.again for row in school.read(queries.checks, year=2026)] == [False]
    rows = school.read(queries.checks, year=2026)
    assert [(row.id, row.again, row.earlier) for row in rows] == [(entry.id, True, True)]

    school.do(assure, entry_id=entry.id, revision=again(school, entry).revision, verdict=Verdict("yes"))

    assert school.read(queries.checks, year=2026) == ()
    assert len(school.read(queries.history, entry_id=entry.id)) == 2


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict("very"), "worth"),
        (Verdict(look_again_on=date(2026, 9, 24)), "look_again_on"),
        (Verdict(answers=(("Why?", "x" * 20_001),)), "answers"),
    ],
)
def test_what_cannot_be_said_of_an_entry_is_refused(staffed: Staffed, verdict: Verdict, field: str) -> None:
    entry = write(staffed.school, staffed.karen)
    with pytest.raises(UserError) as raised:
        staffed.school.do(assure, entry_id=entry.id, revision=entry.revision, verdict=verdict)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 10, 20), date(2027, 2, 12)),  # 48 days into the autumn term; 48 into the spring term is in the half-term
        (date(2027, 7, 20), date(2027, 10, 12)),  # no term is known after the summer
    ],
)
def test_a_term_later_is_the_same_place_in_the_next_term(day: date, later: date) -> None:
    assert in_a_term(day, usual_terms(2026), [Closure(date(2027, 2, 15), date(2027, 2, 19), "Half-term")]) == later


def test_a_school_asks_its_own_questions(staffed: Staffed) -> None:
    school = staffed.school
    assert school.read(queries.questions) == FIRST_QUESTIONS
    school.do(set_questions, texts=["Who says so?", "", FIRST_QUESTIONS[0]])
    assert school.read(queries.questions) == ("Who says so?", FIRST_QUESTIONS[0])
    with pytest.raises(UserError, match="twice"):
        school.do(set_questions, texts=["Who says so?", "who says so?"])


# -- samples and figures, on plain rows ---------------------------------------------------------------------------------------------


def row_of(number: int, person: int, day: int = 1, **more: object) -> CheckRow:
    fields = {"minutes": 60, "pence": None, "provider": "", "kind": "Course", "worth": "", "assured": False, "kind_id": 1} | more
    details = EntryDetails(
        date(2026, 9, day), fields["minutes"], "Course", fields["kind_id"], pence=fields["pence"], provider=fields["provider"]
    )
    check = CheckFacts("assured", TODAY, "Helen Marsden", "", fields["worth"]) if fields["assured"] else None
    status = EntryStatus.ASSURED if check else EntryStatus.TO_CHECK
    entry = EntryRow(number, 1, person, f"Person {person}", "Teachers", details, fields["kind"], True, "", 0, check, status, None, "")
    return CheckRow(entry, "", (), "", fields.get("term", "Autumn term"), again=False)


def test_a_sample_follows_its_rule() -> None:
    rows = [row_of(number, number % 3, number, minutes=30 * number, pence=1000 * number, kind_id=number % 2) for number in range(1, 9)]

    def drawn(by: SampleBy, number: int = 0) -> list[int]:
        return [row.id for row in sample(rows, Sampling(by, number))]

    assert drawn(SampleBy.EVERY_NTH, 3) == [1, 4, 7]
    assert drawn(SampleBy.LONG, 180) == [7, 8]
    assert drawn(SampleBy.COSTLY, 6500) == [7, 8]
    assert drawn(SampleBy.KIND, 1) == [1, 3, 5, 7]
    assert {row.entry.person_id for row in sample(rows, Sampling(SampleBy.EACH_PERSON))} == {0, 1, 2}


made_rows = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["Autumn term", "Spring term"])), max_size=30)


@given(made_rows, st.randoms(use_true_random=False))
def test_one_of_each_person_a_term_does_not_depend_on_the_order(made: list[tuple[int, str]], chance) -> None:
    rows = [row_of(number, person, term=term) for number, (person, term) in enumerate(made, 1)]
    drawn = sample(rows, Sampling(SampleBy.EACH_PERSON))
    assert sorted((row.entry.person_id, row.term) for row in drawn) == sorted(set(made))
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert sample(shuffled, Sampling(SampleBy.EACH_PERSON)) == drawn


def entries_of(*lines: tuple[str, Sequence[int], dict[str, object]]) -> list[EntryRow]:
    """Entries of providers: for each line the people, one entry each."""
    made = [(provider, person, more) for provider, people, more in lines for person in people]
    return [row_of(number, person, provider=provider, **more).entry for number, (provider, person, more) in enumerate(made)]


def test_results_name_every_line_for_those_who_may_see_the_entries() -> None:
    said = {"assured": True, "worth": "yes", "pence": 5000}
    found = results(entries_of(("Elm Grove hub", range(3), said), ("elm grove HUB", [4], {}), ("", [5], {})), provider_of)

    assert [(line.label, line.entries, line.minutes, line.pence, line.assured, line.worth_yes) for line in found] == [
        ("Elm Grove hub", 4, 240, 15_000, 3, 3),
        ("Nobody from outside", 1, 60, 0, 0, 0),
    ]


def test_without_names_small_lines_are_merged_and_no_number_stands_for_a_few() -> None:
    said = {"assured": True, "worth": "yes", "pence": 1000}
    big = entries_of(("Elm Grove hub", range(7), said), ("Riverbank", range(10, 16), said), ("Small college", [20, 21], said))
    for about in (TIME, WORTH, COST):
        found = results_without_names(big, provider_of, 5, about)
        assert [(line.label, line.entries) for line in found] == [("Elm Grove hub", 7), ("Others", 8)]
    assert [line.pence for line in found] == [7000, 8000]
    assert [line.worth_yes for line in found] == [None, None]
    assert results_without_names(big[:4], provider_of, 5, TIME) == ()


def test_without_names_numbers_with_too_few_people_are_put_together_or_left_out() -> None:
    yes, partly, no = ({"assured": True, "worth": worth} for worth in ("yes", "partly", "no"))
    lines = [("Hub", range(6), yes), ("Hub", range(5), partly), ("Hub", [7], no), ("College", range(20, 27), yes), ("College", [30], {})]
    entries = entries_of(*lines)

    worth = results_without_names(entries, provider_of, 5, WORTH)
    time = results_without_names(entries, provider_of, 5, TIME)

    assert [(line.label, line.worth_yes, line.worth_partly, line.worth_no) for line in worth] == [
        ("Hub", 6, 6, None),
        ("College", 7, 0, None),
    ]
    assert [(line.label, line.entries, line.assured) for line in time] == [("Hub", 12, None), ("College", 8, None)]
    assert results_without_names(entries, provider_of, 5, COST) == ()


# -- programmes and papers -----------------------------------------------------------------------------------------------------------


@needs(Permission.RUN_CPD)
def _add_programme(session: Session, actor: Actor) -> int:
    programme = Programme(name="A programme of our own")
    session.add(programme)
    session.flush()
    return programme.id


def test_a_programme_is_scored_on_five_parts_each_with_its_line(staffed: Staffed) -> None:
    school = staffed.school
    programme_id = school.do(_add_programme)
    scores = [(part, 2, "Seen in three classes") for part in range(5)]
    with pytest.raises(UserError, match="one line that shows it"):
        school.do(score_programme, programme_id=programme_id, scores=[(0, 3, " ")])
    with pytest.raises(UserError, match="from 0 to 3"):
        school.do(score_programme, programme_id=programme_id, scores=[(0, 4, "Seen")])

    school.do(score_programme, programme_id=programme_id, scores=scores[:3])
    assert _programme(school, programme_id).total is None
    school.do(score_programme, programme_id=programme_id, scores=[(0, 3, "Seen in all classes"), *scores[3:]])

    row = _programme(school, programme_id)
    assert (row.total, row.of_part(0).words) == (11, "Seen in all classes")
    paper = _words(papers.programmes_paper([row], Printed("Riverbank Primary Academy", 2026, TODAY)))
    assert "11 of 15" in paper
    assert "Seen in all classes" in paper


def _programme(school: School, programme_id: int):
    return next(row for row in school.read(queries.programmes) if row.id == programme_id)


def test_papers_and_spreadsheets_say_what_the_screen_says_and_figures_name_nobody(staffed: Staffed) -> None:
    school, printed = staffed.school, Printed("Riverbank Primary Academy", 2026, TODAY)
    entry = write(school, staffed.karen, provider="Elm Grove hub", pence=12_000)
    school.do(send_back, entry_id=entry.id, revision=entry.revision, question="Who reads better now?")
    rows = school.read(queries.checks, year=2026)

    listed = _words(papers.checks_paper(rows, "Sent back", printed))
    assert all(words in listed for words in ("Karen Doyle", IMPACT, "Who reads better now?", "£120.00"))
    assert "Who reads better now?" in str(read_sheet(sheets.checks_sheet(rows, 2026), "checks.xlsx"))

    crowd = entries_of(("Elm Grove hub", range(6), {"pence": 1000}))
    figures = _words(papers.results_paper(crowd, 5, "", printed))
    assert "Elm Grove hub" in figures
    assert "Person" not in figures
    assert "Too few people" in _words(papers.results_paper([row.entry for row in rows], 5, "", printed))
    assert "Elm Grove hub" in str(read_sheet(sheets.results_sheet(crowd, 5, 2026), "results.xlsx"))
    assert kind_of(crowd[0]) == "Course"


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
