"""Action research from the application over selection, meetings, evaluation and report to sharing and the chartered route."""

from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO

import pypdfium2
import pytest

from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.cpd.groups import papers, queries
from staffdev_desktop.cpd.groups.rows import GroupRules, MeetingPlan, ResearchDetails, ResearchRow, ResearchStage, Sharing
from staffdev_desktop.cpd.groups.rules import CHARTERED, evaluation_tool, stage_of
from staffdev_desktop.cpd.groups.services import groups, research
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.programmes.rows import Every
from staffdev_desktop.cpd.programmes.services import take_attendance
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.papers.reports import Printed
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
TALKS = ResearchDetails("Number talks", date(2026, 9, 14), "Talk", "Do five minutes help?", "Children say how they know", "Short clips")
FORTNIGHTLY = MeetingPlan(date(2026, 9, 29), 30, Every.FORTNIGHT, 3, time(8, 0), "Library")
PDF = b"%PDF-1.4 a report"


def apply(staffed: Staffed, title: str = TALKS.title, person_id: int | None = None) -> int:
    return staffed.school.do(research.apply, year=2026, person_id=person_id or staffed.karen, details=replace(TALKS, title=title))


def read(staffed: Staffed, research_id: int) -> ResearchRow:
    return staffed.school.read(queries.project, research_id=research_id)


def decide(staffed: Staffed, research_id: int, selected: bool = True, reason: str = "") -> None:
    revision = read(staffed, research_id).revision
    staffed.school.do(research.decide, research_id=research_id, revision=revision, selected=selected, reason=reason)


def test_a_project_from_the_application_to_sharing(staffed: Staffed) -> None:
    made = apply(staffed)
    assert read(staffed, made).stage is ResearchStage.APPLIED
    decide(staffed, made)
    assert read(staffed, made).stage is ResearchStage.UNDER_WAY
    staffed.school.do(research.plan_research_meetings, research_id=made, plan=FORTNIGHTLY)
    first, *_ = read(staffed, made).meetings
    assert [each.details.held_on for each in read(staffed, made).meetings] == [date(2026, 9, 29), date(2026, 10, 13), date(2026, 10, 27)]
    staffed.school.do(take_attendance, session_id=first.id, revision=first.revision, present=[staffed.karen])
    [entry] = staffed.school.read(log.entries, person_id=staffed.karen)
    assert (entry.kind, entry.details.minutes) == ("Action research", 30)
    question = evaluation_tool()[0].questions[0]
    row = read(staffed, made)
    answers = {question: " How children explain. ", "A question of last year’s tool": "Kept.", "Unanswered": "  "}
    staffed.school.do(research.write_evaluation, research_id=made, revision=row.revision, answers=answers)
    row = read(staffed, made)
    assert row.evaluation == ((question, "How children explain."), ("A question of last year’s tool", "Kept."))
    hand_in = {"research_id": made, "words": "They explain more.", "file": ("report.pdf", PDF)}
    staffed.school.do(research.hand_in_report, revision=row.revision, **hand_in)
    row = read(staffed, made)
    assert (row.stage, row.reported_on, row.report_name) == (ResearchStage.REPORTED, TODAY, "report.pdf")
    assert staffed.school.read(queries.report_file, research_id=made) == PDF
    sharing = Sharing(date(2026, 11, 5), "At a staff meeting", 15, time(15, 45), "Hall", "All staff")
    session_id = staffed.school.do(research.share, research_id=made, revision=row.revision, sharing=sharing)
    row = read(staffed, made)
    assert row.stage is ResearchStage.REPORTED  # the day is still to come
    assert row.sharing is not None
    assert (row.sharing.id, row.sharing.details.leader_id, row.sharing.kind) == (session_id, staffed.karen, "15-minute drop-in")
    assert len(row.meetings) == 3
    with clock.frozen_at(date(2026, 11, 6)):
        assert read(staffed, made).stage is ResearchStage.SHARED


def test_one_more_than_the_cap_is_refused_until_one_goes_or_the_cap_is_raised(staffed: Staffed) -> None:
    made = [
        apply(staffed, f"Project {number}", person)
        for number, person in enumerate((staffed.karen, staffed.ruth, staffed.helen, staffed.karen))
    ]
    for each in made[:3]:
        decide(staffed, each)
    with pytest.raises(UserError, match="3 projects are selected for 2026/27, and that is the most") as caught:
        decide(staffed, made[3])
    assert caught.value.field == "selected"
    decide(staffed, made[0])  # it is selected already: deciding again takes no further place
    decide(staffed, made[2], selected=False, reason="Next year")
    decide(staffed, made[3])
    now = staffed.school.read(log.cpd_settings)
    staffed.school.do(groups.change_rules, revision=now.revision, rules=GroupRules(research_cap=6, groups_least=2, group_size=3))
    decide(staffed, made[2])
    assert [row.selected for row in staffed.school.read(queries.research, year=2026)] == [True] * 4
    assert staffed.school.read(queries.research, year=2025) == ()


def test_what_does_not_fit_the_stage_gets_a_sentence(staffed: Staffed) -> None:
    made = apply(staffed)
    row = read(staffed, made)
    for service, more, sentence in (
        (research.plan_research_meetings, {"plan": FORTNIGHTLY}, "Select the project first"),
        (research.hand_in_report, {"revision": row.revision, "words": "Early"}, "a project that was selected"),
        (research.share, {"revision": row.revision, "sharing": Sharing(TODAY)}, "a project that was selected"),
        (research.decide, {"revision": row.revision, "selected": False, "reason": " "}, "Say why"),
    ):
        with pytest.raises(UserError, match=sentence):
            staffed.school.do(service, research_id=made, **more)
    decide(staffed, made)
    row = read(staffed, made)
    for more, field in (
        ({"words": " "}, "report"),
        ({"file": ("report.pdf", b"MZ no PDF")}, "file"),
        ({"words": "Soon", "reported_on": TODAY + timedelta(days=1)}, "reported_on"),
    ):
        with pytest.raises(UserError) as caught:
            staffed.school.do(research.hand_in_report, research_id=made, revision=row.revision, **more)
        assert caught.value.field == field
    with pytest.raises(Conflict):
        staffed.school.do(research.change_application, research_id=made, revision=row.revision - 1, details=TALKS)
    for details, field in ((replace(TALKS, title=" "), "title"), (replace(TALKS, applied_on=TODAY + timedelta(days=1)), "applied_on")):
        with pytest.raises(UserError) as caught:
            staffed.school.do(research.change_application, research_id=made, revision=row.revision, details=details)
        assert caught.value.field == field


def test_an_application_made_by_mistake_goes_and_a_project_that_met_stays(staffed: Staffed) -> None:
    gone, met = apply(staffed, "By mistake"), apply(staffed)
    staffed.school.do(research.remove_project, research_id=gone, revision=1)
    assert [row.id for row in staffed.school.read(queries.research, year=2026)] == [met]
    decide(staffed, met)
    staffed.school.do(research.plan_research_meetings, research_id=met, plan=FORTNIGHTLY)
    meeting = read(staffed, met).meetings[0]
    staffed.school.do(take_attendance, session_id=meeting.id, revision=meeting.revision, present=[staffed.karen])
    with pytest.raises(UserError, match="has met"):
        staffed.school.do(research.remove_project, research_id=met, revision=read(staffed, met).revision)


def test_a_line_manager_sees_and_enters_their_own_peoples_and_decides_nothing(staffed: Staffed) -> None:
    theirs, others = apply(staffed), apply(staffed, "Leadership", staffed.helen)
    with as_reviewer(staffed, staffed.ruth) as school:
        assert [row.id for row in school.read(queries.research, year=2026)] == [theirs]
        with pytest.raises(UserError, match="not there any more"):
            school.read(queries.project, research_id=others)
        school.do(research.change_application, research_id=theirs, revision=1, details=replace(TALKS, title="Talks"))
        with pytest.raises(NotAllowed):
            school.do(research.decide, research_id=theirs, revision=2, selected=True)
        with pytest.raises(UserError):
            school.do(research.write_evaluation, research_id=others, revision=1, answers={})


@pytest.mark.parametrize(
    ("selected", "reported_on", "shared_on", "stage"),
    [
        (None, None, None, ResearchStage.APPLIED),
        (False, TODAY, TODAY, ResearchStage.NOT_SELECTED),
        (True, None, TODAY + timedelta(days=1), ResearchStage.UNDER_WAY),
        (True, TODAY, TODAY + timedelta(days=1), ResearchStage.REPORTED),
        (True, None, TODAY, ResearchStage.SHARED),
    ],
)
def test_how_far_a_project_is_follows_from_its_dates(
    selected: bool | None, reported_on: date | None, shared_on: date | None, stage: ResearchStage
) -> None:
    assert stage_of(selected, reported_on, shared_on, TODAY) is stage


def test_the_chartered_route_is_a_programme_that_ships(staffed: Staffed) -> None:
    [programme] = [row for row in staffed.school.read(enrolments.programmes) if row.framework == CHARTERED]
    assert programme.details.months == 18
    assert {module.kind for module in programme.modules} == {"module", "exam"}


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_application_form_is_one_page_by_hand_and_carries_the_words_typed_in(staffed: Staffed) -> None:
    [blank] = pages(papers.application_form(None, PRINTED))
    assert "What I want to find out" in blank
    assert "Line manager" in blank
    made = apply(staffed)
    decide(staffed, made, selected=False, reason="Too early: ask again in spring.")
    row = read(staffed, made)
    [filled] = pages(papers.application_form(row, PRINTED))
    for words in (TALKS.title, TALKS.question, TALKS.expected, TALKS.digital, "Karen Doyle", "Too early: ask again in spring."):
        assert words in filled


def test_the_cover_of_a_report_has_every_answer_and_the_overview_every_project(staffed: Staffed) -> None:
    made = apply(staffed)
    decide(staffed, made)
    answers = {question: f"Answer {number}." for number, part in enumerate(evaluation_tool()) for question in part.questions}
    row = read(staffed, made)
    old = {"What surprised you?": "Nearly everything."}
    staffed.school.do(research.write_evaluation, research_id=made, revision=row.revision, answers=answers | old)
    row = read(staffed, made)
    staffed.school.do(research.hand_in_report, research_id=made, revision=row.revision, words="They explain more.", file=("r.pdf", PDF))
    row = read(staffed, made)
    cover = " ".join(pages(papers.report_cover(row, PRINTED)))
    for words in (*answers, *answers.values(), "What surprised you?", "Nearly everything.", "They explain more.", "‘r.pdf’"):
        assert words in cover
    settings = staffed.school.read(log.cpd_settings)
    [page] = pages(papers.year_overview((), (row,), settings, PRINTED))
    for words in ("No learning group in 2026/27", "1 of 3", TALKS.title, "Report in"):
        assert words in page
    [nothing] = pages(papers.year_overview((), (), settings, PRINTED))
    assert "nobody has applied" in nothing
