"""From what the queries of reviews return to papers: the same for the window and the command line. No Qt, no database.

File names carry numbers only, never a name (DESIGN section 4, Confidential).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from staffdev_desktop.exchange import tokens
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr import papers
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord, StatementPaper

SELF_REVIEW, MEETING_FORM, STATEMENT, DRAFT = "self-review", "meeting-form", "statement", "draft"
_FOR_FILES = re.compile(r"[A-Za-z0-9_-]*[0-9][A-Za-z0-9_-]*")  # a staff number that is no name, and that every PC takes in a file name


def self_review_pdf(record: ReviewRecord, *, logo: bytes | None, printed_on: date | None = None, return_to: str = "") -> bytes:
    """The self-review sheet of one review with name, post, reviewer and last year's targets on it; dated today unless said otherwise.

    `return_to` is who takes sheets back, as the school's settings say.
    """
    form = record.sheet_form
    facts = _facts(record, logo, printed_on, return_to)
    return papers.self_review_sheet(form, facts, _last_targets(record), last_needs=record.last_needs)


def meeting_form_pdf(record: ReviewRecord, *, logo: bytes | None, printed_on: date | None = None) -> bytes:
    """The form for a meeting held on paper: last year's targets, what the sheet said, and the statement's questions with room to write."""
    return papers.meeting_form(
        record.statement_form,
        _facts(record, logo, printed_on, ""),
        _last_targets(record),
        record.sheet_form,
        record.sheet_answers,
    )


def fillable_sheet_pdf(record: ReviewRecord, *, key: bytes, file_id: str, logo: bytes | None, return_to: str = "") -> bytes:
    """The self-review sheet as a file to fill in on a PC; `key` and `file_id` are the School's (its form_key and file_id)."""
    token = tokens.sign(_token(record, "self-review", file_id), key)
    facts = _facts(record, logo, None, return_to)
    return papers.self_review_sheet(record.sheet_form, facts, _last_targets(record), last_needs=record.last_needs, token=token)


def fillable_meeting_form_pdf(record: ReviewRecord, *, key: bytes, file_id: str, logo: bytes | None) -> bytes:
    """The meeting form as a file to fill in on a PC. What the sheet said is printed on it: it is for the reviewer."""
    token = tokens.sign(_token(record, "meeting", file_id), key)
    facts, sheet = _facts(record, logo, None, ""), record.sheet_form
    return papers.meeting_form(record.statement_form, facts, _last_targets(record), sheet, record.sheet_answers, token=token)


def fillable_name(kind: str, row: BoardRow, rows: Iterable[BoardRow]) -> str:
    """self-review-0112.pdf: by staff number, or by the review's number where that is not one person's in one review (`rows`)."""
    known = row.staff_number
    alone = sum(each.staff_number == known for each in rows) == 1
    return file_name(kind, known if alone and _FOR_FILES.fullmatch(known) else row.number)


def statement_pdf(paper: StatementPaper, copy: papers.Copy) -> bytes:
    """One copy, staff or hr, of a frozen statement; one that is void says so."""
    marks = tuple(papers.Mark(mark.kind, mark.on, mark.words, mark.fingerprint) for mark in paper.marks)
    return papers.statement(paper.snapshot, copy, paper.fingerprint, marks, paper.logo)


def draft_pdf(snapshot: Mapping[str, Any], *, logo: bytes | None) -> bytes:
    """The statement as it stands before anybody has agreed it."""
    return papers.draft_statement(snapshot, logo)


def file_name(kind: str, number: str, *, version: int = 0, copy: str = "") -> str:
    """statement-PDR-2026-0031-v1-staff-copy.pdf: numbers only, never a name."""
    parts = [kind, number]
    if version:
        parts.append(f"v{version}")
    if copy:
        parts.append(f"{copy}-copy")
    return "-".join(parts) + ".pdf"


def batch_name(kind: str, count: int, on: date) -> str:
    """self-review-14-papers-2026-10-20.pdf: several papers in one file."""
    return f"{kind}-{count}-papers-{on.isoformat()}.pdf"


def texts_of_record(record: ReviewRecord) -> tuple[str, ...]:
    """Every word on a review's papers that people wrote, so that what cannot be printed is said before printing."""
    row = record.board
    targets = [text for each in record.last_targets for text in (each.target, each.success_criteria, each.support)]
    needs = [text for each in record.last_needs for text in (each.need, each.reason)]
    about = (record.school_name, record.person, record.person_post, row.reviewer, row.place)
    return (*about, *targets, *needs, *texts_of(record.sheet_answers))


def texts_of_statement(paper: StatementPaper) -> tuple[str, ...]:
    """Every word on a frozen statement."""
    return (*texts_of(paper.snapshot), *(mark.words for mark in paper.marks))


def texts_of(value: Any) -> Iterator[str]:
    """Every word in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)


def _facts(record: ReviewRecord, logo: bytes | None, printed_on: date | None, return_to: str) -> papers.ReviewFacts:
    row = record.board
    booked = row.dates.booked_for
    return papers.ReviewFacts(
        school=record.school_name,
        number=row.number,
        academic_year=year_label(record.cycle.year),
        name=record.person,
        post=record.person_post,
        reviewer=row.reviewer,
        printed_on=printed_on or clock.today(),
        staff_number=row.staff_number,
        reviewer_post=record.reviewer_post,
        return_by=row.sheets_due_on,
        return_to=return_to,
        meeting=record.held_on or (booked.date() if booked else None),
        first_year=row.first_year,
        practice=record.practice,
        logo=logo,
    )


def _last_targets(record: ReviewRecord) -> tuple[papers.LastTarget, ...]:
    return tuple(papers.LastTarget(each.target, each.by_when, each.agreed_on) for each in record.last_targets)


def _token(record: ReviewRecord, kind: Literal["self-review", "meeting"], file_id: str) -> tokens.FormToken:
    form = record.sheet_form if kind == "self-review" else record.statement_form
    row = record.board
    return tokens.FormToken(form.id, form.version, row.number, file_id, kind, len(record.last_targets), row.first_year)
