"""Prints reviews' papers: they are drawn on the worker thread, one person after the other, and shown before they go to the printer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.papers.joining import joined
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rules import COPIES
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs, preview

Batch = tuple[bytes, tuple[str, ...]]  # the papers in one file, and every word on them


@dataclass(frozen=True)
class Order:
    """What is to be printed: the kind of paper, which reviews, and what the file and the window are called."""

    kind: str
    title: str
    review_ids: tuple[int, ...]
    file_name: str
    statement_ids: tuple[int, ...] = ()


class ReviewPrinter(QObject):
    """Draws and shows papers. `printed(Order)` once they are in the print queue or in a file."""

    printed = Signal(object)

    def __init__(self, school, page) -> None:
        super().__init__(page)
        self._school, self._page = school, page

    def self_review_sheets(self, review_ids: Sequence[int]) -> None:
        """One sheet a person, each beginning on a new piece of paper."""
        self._records(sheets.SELF_REVIEW, "Self-review sheets", review_ids)

    def meeting_forms(self, review_ids: Sequence[int]) -> None:
        """For meetings that are held on paper."""
        self._records(sheets.MEETING_FORM, "Meeting forms", review_ids)

    def statements(self, review_ids: Sequence[int]) -> None:
        """Both copies of each frozen statement."""
        papers = self._school.read(records.statement_papers, review_ids=tuple(review_ids))
        if not papers:
            return
        one = papers[0] if len(papers) == 1 else None
        name = sheets.batch_name(sheets.STATEMENT, len(papers), clock.today())
        if one:
            name = sheets.file_name(sheets.STATEMENT, one.number, version=one.snapshot["version"])
        ids = tuple(paper.review_id for paper in papers)
        order = Order(sheets.STATEMENT, "Review statements, both copies", ids, name, tuple(paper.statement_id for paper in papers))
        self._begin(order, partial(_draw_statements, papers))

    def draft(self, review_id: int) -> None:
        """The statement of one review as it stands now."""
        snapshot = self._school.read(records.draft_snapshot, review_id=review_id, practice=self._school.practice)
        order = Order(sheets.DRAFT, "Draft statement", (review_id,), sheets.file_name(sheets.DRAFT, snapshot["number"]))
        self._begin(order, partial(_draw_draft, snapshot, self._school.read(settings.logo)))

    def _records(self, kind: str, title: str, review_ids: Sequence[int]) -> None:
        ids = tuple(review_ids)
        name = sheets.batch_name(kind, len(ids), clock.today())
        if len(ids) == 1:
            number = self._school.read(records.review, review_id=ids[0]).board.number
            name = sheets.file_name(kind, number)
        self._begin(Order(kind, title, ids, name), partial(_draw_records, self._school, kind, ids))

    def _begin(self, order: Order, draw: Callable[[jobs.Tell], Batch]) -> None:
        def work(tell: jobs.Tell) -> tuple[Order, Batch]:
            return order, draw(tell)

        jobs.run(work, title=f"Preparing {count_of(len(order.review_ids), 'paper')}", on_done=self._drawn)

    def _drawn(self, drawn: tuple[Order, Batch]) -> None:
        order, (pdf, texts) = drawn
        shown = preview.show_paper(
            self._page, pdf, title=order.title, file_name=order.file_name, queue_title=order.file_name.removesuffix(".pdf"), texts=texts
        )
        shown.setProperty("order", order)
        shown.printed.connect(self._printed)
        shown.saved.connect(self._printed)

    def _printed(self, _pages_or_path: object) -> None:
        self.printed.emit(self.sender().property("order"))


def _draw_records(school, kind: str, review_ids: Sequence[int], tell: jobs.Tell) -> Batch:
    """Read and draw one review after the other: nobody waits for all of them to be read first."""
    logo, return_to, today = school.read(settings.logo), school.read(settings.school).return_to, clock.today()
    pdfs, texts = [], []
    for number, review_id in enumerate(review_ids, 1):
        record = school.read(records.review, review_id=review_id, practice=school.practice)
        tell(number - 1, len(review_ids), f"Printing {number} of {len(review_ids)}, {record.person}")
        if kind == sheets.SELF_REVIEW:
            pdfs.append(sheets.self_review_pdf(record, logo=logo, printed_on=today, return_to=return_to))
        else:
            pdfs.append(sheets.meeting_form_pdf(record, logo=logo, printed_on=today))
        texts += sheets.texts_of_record(record)
    return _together(pdfs), _once((*texts, return_to))


def _draw_statements(papers, tell: jobs.Tell) -> Batch:
    pdfs = []
    for number, paper in enumerate(papers, 1):
        tell(number - 1, len(papers), f"Printing {number} of {len(papers)}, {paper.snapshot['person']['name']}")
        pdfs += [sheets.statement_pdf(paper, copy) for copy in COPIES]
    return _together(pdfs), _once(text for paper in papers for text in sheets.texts_of_statement(paper))


def _draw_draft(snapshot, logo: bytes | None, _tell: jobs.Tell) -> Batch:
    return sheets.draft_pdf(snapshot, logo=logo), tuple(sheets.texts_of(snapshot))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once: forms and school are the same on every paper."""
    return tuple(dict.fromkeys(texts))


def _together(pdfs: Sequence[bytes]) -> bytes:
    """One person's papers never share a piece of paper with the next one's."""
    return pdfs[0] if len(pdfs) == 1 else joined(pdfs, duplex=True)
