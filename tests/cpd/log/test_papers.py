"""The papers of the log, read back from their bytes."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from staffdev_desktop.cpd.log import papers, queries, sheets
from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.log.requests.rows import RequestStage
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.cpd.log.rules import by_term, year_of_entry
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from tests.conftest import TODAY

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def aisha(practice_school: School) -> CpdPerson:
    return next(person for person in practice_school.read(queries.people) if person.name == "Aisha Rahman")


def test_a_log_sheet_is_one_page_for_each_person_and_can_be_blank(practice_school: School, aisha: CpdPerson) -> None:
    kinds = [kind.name for kind in practice_school.read(queries.kinds)]
    pdf = papers.log_sheets((aisha, None), kinds, PRINTED)
    assert page_count(pdf) == 2
    first, second = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Aisha Rahman" in first
    assert "0108" in first
    assert "Rahman" not in second
    assert all(kind in second.replace("\n", " ") for kind in kinds)
    assert "Line manager" in second


def test_the_log_of_a_year_tells_hours_by_term_what_came_of_it_and_how_far_it_is(practice_school: School, aisha: CpdPerson) -> None:
    terms = practice_school.read(settings.calendar).terms
    rows = practice_school.read(queries.entries, person_id=aisha.id)
    groups = by_term([row for row in rows if year_of_entry(row.details.done_on, terms) == 2025], terms)
    links = practice_school.read(queries.links, person_id=aisha.id, year=2025)
    [last] = [row for row in groups[0].rows if row.details.activity.startswith("Visit")]
    named = replace(last, details=replace(last.details, target_id=links.targets[0].key, priority="Every child reads well"))
    groups = (replace(groups[0], rows=tuple(named if row is last else row for row in groups[0].rows)), *groups[1:])
    owed = (*(papers.Owed(group.name, 240, group.minutes) for group in reversed(groups)), papers.Owed("Extra term", 60, 0))
    words = words_of(papers.person_log_paper(papers.YearOfLog(aisha, groups, links, owed), PRINTED))
    assert "13.5 hours that count" in words
    assert "Summer term 4.75 of 4" in words
    assert "Extra term 0.00 of 1 0" in words  # owed, although nothing was done
    assert "Whole year 13.50 of 13" in words
    assert "Five of six readers gained a book band" in words
    assert links.targets[0].label in words
    assert "Priority: Every child reads well" in words


def test_slips_stand_two_to_a_page_blank_or_with_what_was_decided(practice_school: School, aisha: CpdPerson) -> None:
    rows = practice_school.read(requests.requests, year=2026)
    declined = next(row for row in rows if row.stage is RequestStage.DECLINED)
    pdf = papers.request_slips((declined, aisha, None, None), PRINTED)
    assert page_count(pdf) == 2
    words = words_of(pdf)
    assert "National PE show" in words
    assert "Too much from one budget" in words
    assert words.count("Signature and date") == 3


def test_the_list_of_requests_begins_with_the_money(practice_school: School) -> None:
    rows, budgets = practice_school.read(requests.requests, year=2026), practice_school.read(requests.budgets, year=2026)
    words = words_of(papers.requests_paper(rows, budgets, PRINTED))
    assert all(row.details.activity in words for row in rows)
    assert "Whole-school CPD £6,000.00" in words
    assert words_of(papers.requests_paper((), (), PRINTED)).count("None.") == 1
    sheet = read_sheet(sheets.requests_sheet(rows, 2026), "requests.xlsx")
    assert [line.cells[3] for line in sheet.rows] == [row.details.activity for row in rows]


def test_payroll_gets_each_person_with_number_and_hours(practice_school: School) -> None:
    rows = practice_school.read(queries.extra_hours, first=date(2026, 9, 1), last=date(2026, 10, 31))
    numbers = {person.id: person.staff_number for person in practice_school.read(queries.people)}
    twice = (*rows, replace(rows[-1], id=-1))
    words = words_of(papers.extra_hours_paper(twice, papers.period_words(date(2026, 9, 1), date(2026, 10, 31)), numbers, PRINTED))
    assert "1 September 2026 to 31 October 2026" in words
    assert f"{rows[-1].name}, in all" in words
    assert words.count("in all") == 1
    sheet = read_sheet(sheets.extra_hours_sheet(rows, numbers), "extra.xlsx")
    assert sorted(line.cells[5] for line in sheet.rows) == [1.5, 1.5, 2]
    assert "Nobody has extra hours" in words_of(papers.extra_hours_paper((), "x", {}, PRINTED))
    assert sheets.file_name(sheets.PAYROLL, "2026-09", TODAY, "xlsx") == "extra-hours-2026-09-as-of-2026-10-20.xlsx"
