"""Two hundred statements of two pages, a PDF each, beside the bare ReportLab calls for the same pages (DESIGN section 8)."""

import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from staffdev_desktop.kernel import clock
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.pdr import papers
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import StatementPaper
from tests.benchmarks._bare import bare_statement
from tests.benchmarks._figures import row
from tests.benchmarks._school import TODAY, YEARS, open_school, school_path

COUNT = 200
ROUND = 20  # ours and theirs take turns, so that a busy moment of the machine hits both
HOLD = 1.3
Draw = Callable[[StatementPaper], bytes]


def house(paper: StatementPaper) -> bytes:
    """As the program prints it."""
    return papers.statement(paper.snapshot, "staff", paper.fingerprint, logo=paper.logo)


def bare(paper: StatementPaper) -> bytes:
    """As platypus alone would."""
    return bare_statement(paper.snapshot, "Staff copy", paper.fingerprint)


def two_page_statements() -> list[StatementPaper]:
    """Two hundred agreed statements of the practice school which both ways print on two pages."""
    found: list[StatementPaper] = []
    with clock.frozen_at(TODAY), open_school(school_path()) as school:
        for year in range(TODAY.year, TODAY.year - YEARS, -1):
            ids = [each.id for each in school.read(boards.cycle_board, year=year)]
            for paper in school.read(records.statement_papers, review_ids=ids):
                if page_count(house(paper)) == page_count(bare(paper)) == 2:
                    found.append(paper)
                if len(found) == COUNT:
                    return found
    raise AssertionError(f"only {len(found)} statements have two pages")


def seconds(draw: Draw, some: list[StatementPaper]) -> float:
    """How long these take."""
    began = time.perf_counter()
    for paper in some:
        draw(paper)
    return time.perf_counter() - began


def words_of(pdf: bytes) -> set[str]:
    """The words on a paper."""
    return {word for page in PdfReader(BytesIO(pdf)).pages for word in page.extract_text().split()}


def answers_in(value: Any) -> set[str]:
    """The words of a statement's answers, which both papers must hold for the comparison to be fair."""
    if isinstance(value, Mapping):
        return {word for key, each in value.items() if key in WRITTEN for word in answers_in(each)}
    if isinstance(value, list):
        return {word for each in value for word in answers_in(each)}
    return set(value.split()) if isinstance(value, str) else set()


LISTS, BOXES = ("targets", "outcomes", "needs", "comments"), ("discussion", "target", "success_criteria", "support", "note", "need", "how")
WRITTEN = frozenset((*LISTS, *BOXES, "who", "text"))


def rows() -> list[dict[str, Any]]:
    """One row."""
    statements = two_page_statements()
    for paper in statements[::50]:
        for drawn in (house(paper), bare(paper)):
            assert not answers_in(paper.snapshot["answers"]) - words_of(drawn), "both must print every word"
    ours = theirs = 0.0
    for first in range(0, COUNT, ROUND):
        ours += seconds(house, statements[first : first + ROUND])
        theirs += seconds(bare, statements[first : first + ROUND])
    against = f"bare ReportLab {theirs:.2f} s"
    ratio = ours / theirs
    return [row(f"{COUNT} two-page statements, a PDF each", f"<= {HOLD} x bare", f"{ours:.2f} s", ratio <= HOLD, against, ratio)]
