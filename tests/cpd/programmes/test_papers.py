"""What sessions and programmes print and save, from plain rows."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from staffdev_desktop.cpd.programmes import papers, sheets
from staffdev_desktop.cpd.programmes.enrolments import papers as progress
from staffdev_desktop.cpd.programmes.enrolments.rows import (
    EnrolmentDetails,
    EnrolmentRow,
    ModuleDetails,
    ProgrammeDetails,
    ProgrammeRow,
    Stage,
    StepRow,
)
from staffdev_desktop.cpd.programmes.rows import PlaceRow, SessionDetails, SessionRow, SessionState
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel.years import usual_terms
from staffdev_desktop.papers.reports import Printed
from tests.conftest import TODAY

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
TERMS = usual_terms(2026)


def session(number: int = 1, *, state: SessionState = SessionState.COMING, **change: object) -> SessionRow:
    details = SessionDetails(
        date(2026, 9, 2) + timedelta(days=number),
        60,
        f"Session {number}",
        time(15, 30),
        place="Hall",
        directed=number % 2 == 1,
        audience="All staff",
    )
    details = replace(details, **change)  # type: ignore[arg-type]
    return SessionRow(number, 1, details, "Course", "Ruth Pemberton", "", "", state, None, None, 0, 0, 0, "")


def place(number: int, name: str, waiting: int = 0) -> PlaceRow:
    return PlaceRow(number, number, name, "Teaching assistant", waiting, None, None, False)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize(("count", "sheets_of_paper"), [(1, 1), (23, 1), (60, 1), (400, 8)])
def test_a_year_is_on_one_page_as_long_as_it_can_be_read_there(count: int, sheets_of_paper: int) -> None:
    rows = [session(number % 300 + 1, title=f"Session {number}") for number in range(count)]
    found = pages(papers.calendar_paper(rows, TERMS, PRINTED))
    assert len(found) <= sheets_of_paper
    whole = " ".join(found)
    assert all(f"Session {number}" in whole for number in range(count))


def test_the_calendar_counts_directed_time_and_leaves_out_what_is_cancelled() -> None:
    rows = [session(1), session(2), session(3, state=SessionState.CANCELLED), session(200)]
    [words] = pages(papers.calendar_paper(rows, TERMS, PRINTED))
    assert "Session 3" not in words
    assert "1 hours of directed time" in words
    assert words.index("Autumn term 2026/27") < words.index("Session 2") < words.index("Spring term 2026/27") < words.index("Session 200")
    assert papers.calendar_paper(rows, TERMS, PRINTED) == papers.calendar_paper(rows, TERMS, PRINTED)
    assert "No session is planned" in pages(papers.calendar_paper(rows[2:3], TERMS, PRINTED))[0]


def test_an_inset_day_before_the_term_stands_under_that_term() -> None:
    rows = [session(1, held_on=date(2026, 9, 1), title="INSET"), session(2)]
    [words] = pages(papers.calendar_paper(rows, usual_terms(2025) + TERMS, PRINTED))
    assert "Summer term" not in words


def test_a_sheet_to_sign_in_on_ends_with_empty_rows_and_says_who_waits() -> None:
    places = [place(1, "Karen Doyle"), place(2, "Łucja Wójcik", 1), place(3, "Ann Lee")]
    [words] = pages(papers.sign_in_sheet(session(), places, PRINTED))
    assert words.index("Karen Doyle") < words.index("Ann Lee") < words.index("Łucja Wójcik")
    assert "Waiting, number 1" in words
    assert "18" in words
    assert "CONFIDENTIAL" not in words


def test_each_who_was_there_has_a_certificate_and_stop_ends_the_drawing() -> None:
    people = [papers.Attended("Karen Doyle", "Higher level teaching assistant"), papers.Attended("مريم", "")]
    told: list[tuple[int, int, str]] = []
    found = pages(papers.certificates(session(minutes=75), people, PRINTED, lambda *words: told.append(words)))
    assert len(found) == 2
    assert "Karen Doyle" in found[0]
    assert "1 hour 15 minutes" in found[0]
    assert told == [(1, 2, "Drawing 1 of 2, Karen Doyle"), (2, 2, "Drawing 2 of 2, مريم")]

    def stop(*_words: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        papers.certificates(session(), people, PRINTED, stop)


def enrolment(name: str = "Karen Doyle", **change: object) -> EnrolmentRow:
    steps = (
        StepRow(ModuleDetails("Preparation", id=1), date(2026, 9, 18), "Ready", None),
        StepRow(ModuleDetails("Assessor’s visit", "exam", id=2), None, "", None),
    )
    details = EnrolmentDetails(date(2026, 1, 5), date(2026, 2, 2), date(2026, 10, 1), mentor="Ruth Pemberton", pence=90_000)
    made = EnrolmentRow(
        id=1, revision=1, person_id=1, name=name, posts="Teaching assistant", programme_id=1, programme="HLTA", award="HLTA status",
        details=replace(details, who_pays="the school", fee_share="one third"), cohort="Spring 2026", stage=Stage.ON_IT, overdue=True,
        ended_on=None, qualification_id=None, steps=steps, pays=30_000, search="",
    )  # fmt: skip
    return replace(made, **change)  # type: ignore[arg-type]


def test_progress_says_who_is_overdue_and_what_comes_next() -> None:
    programme = ProgrammeRow(1, 1, ProgrammeDetails("HLTA"), "hlta", (), (), 1, 0, 1, 0, "")
    done = enrolment("Samira Begum", id=2, person_id=2, stage=Stage.COMPLETED, overdue=False, ended_on=date(2026, 6, 12), cohort="")
    [words] = pages(progress.progress_paper([(programme, [enrolment(), done])], PRINTED))
    assert "1 people on a programme" in words
    assert "Overdue" in words
    assert "1 of 2 Assessor’s visit" in words
    assert words.index("Spring 2026") < words.index("Samira Begum")


def test_the_programmes_of_a_person_tell_each_part_and_the_money() -> None:
    [words] = pages(progress.person_paper([enrolment()], PRINTED))
    assert "£900.00, one third paid by the school: £300.00" in words
    assert words.index("Preparation 18 Sep 2026 Ready") < words.index("Assessor’s visit")


def test_sheets_have_a_line_for_each_part_and_each_session() -> None:
    found = read_sheet(sheets.progress_sheet([enrolment(), enrolment(steps=())], 2026), "progress.xlsx")
    assert [line.cells[12] for line in found.rows] == ["Preparation", "Assessor’s visit", None]
    held = replace(session(state=SessionState.HELD), present=7)
    [line] = read_sheet(sheets.sessions_sheet([held], 2026), "sessions.xlsx").rows
    assert (line.cells[3], line.cells[12], line.cells[9]) == ("Session 1", 7, "Yes")


def test_a_calendar_file_names_the_sessions_and_leaves_out_what_has_no_time() -> None:
    rows = [session(1), session(2, starts_at=None), session(3, state=SessionState.CANCELLED)]
    content = sheets.calendar_of(rows, file_id="abc", written_at=datetime(2026, 10, 20, 9))
    assert content is not None
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["summary"]), str(event["uid"])) == ("Session 1, Hall", "cpd-1@abc")
    assert sheets.calendar_of(rows[1:], file_id="abc", written_at=datetime(2026, 10, 20, 9)) is None
    assert sheets.calendar_of([session(minutes=600)], file_id="abc", written_at=datetime(2026, 10, 20, 9)), "a long day away is no fault"
