"""Papers of many reviews: drawn one after the other, shown, printed, and only then marked."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.preview import Preview
from tests.ui.pdr.conftest import Desk, press


def words_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def preview_of(answers: Any) -> Preview:
    QApplication.processEvents()
    assert isinstance(answers.dialog, Preview)
    return answers.dialog


@pytest.fixture
def paper_printer(tmp_path: Path, answers: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Printing goes into a PDF: the one thing replaced is which printer the print dialog gives back."""
    out = tmp_path / "printed.pdf"

    def choose(_parent: Any, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(72)
        return True

    monkeypatch.setattr(messages, "choose_printer", choose)
    return out


def test_three_ticked_reviews_get_their_sheets_and_undo_takes_the_stage_back(
    desk: Desk, answers: Any, paper_printer: Path, finish_jobs: Callable[[], None]
) -> None:
    surnames = ("Brandt", "Fenwick", "Brook")
    table = desk.tab.board.table
    for surname in surnames:
        table.choose(desk.cast.reviews[surname])
        press(table, Qt.Key.Key_Space)
    assert desk.tab.board.bulk._words.text() == "3 reviews ticked"
    desk.tab.board.print_sheets.setFocus()
    press(desk.tab, Qt.Key.Key_Space)
    told: list[str] = []
    jobs().running[0].progressed.connect(lambda _done, _total, words: told.append(words))
    finish_jobs()
    assert told[0] == "Printing 1 of 3, Carol Brandt"
    preview = preview_of(answers)
    words = words_of(preview._pdf)
    for name in ("Carol Brandt", "Liam Fenwick", "Tessa Brook", "Friday 9 October"):
        assert name in words
    assert desk.row("Brandt").stage is Stage.NOT_STARTED, "nothing is out before it is printed"
    assert preview._file_name == "self-review-3-papers-2026-10-20.pdf"
    preview.print_button.click()
    finish_jobs()
    QApplication.processEvents()
    assert paper_printer.stat().st_size > 1000
    assert [desk.record(surname).board.stage for surname in surnames] == [Stage.OUT] * 3
    assert desk.said[-1][:3] == ("3 self-review sheets printed", "Carol Brandt, Tessa Brook, Liam Fenwick", "Undo stage")
    assert desk.tab.board.model.ticked() == ()
    desk.school.undo()
    assert [desk.record(surname).board.stage for surname in surnames] == [Stage.NOT_STARTED] * 3


def test_both_copies_of_a_statement_are_printed_and_marked(
    desk: Desk, answers: Any, paper_printer: Path, finish_jobs: Callable[[], None]
) -> None:
    desk.tab.actions.do("print_statements", (desk.cast.reviews["Holt"],))
    finish_jobs()
    preview = preview_of(answers)
    (paper,) = desk.school.read(records.statement_papers, review_ids=[desk.cast.reviews["Holt"]])
    words = words_of(preview._pdf)
    assert "STAFF COPY" in words
    assert "HR COPY" in words
    assert paper.fingerprint in words
    assert preview._file_name == f"statement-{paper.number}-v1.pdf"
    preview.print_button.click()
    finish_jobs()
    QApplication.processEvents()
    assert all(copy.printed_at for copy in desk.record("Holt").copies)


def test_a_paper_kept_as_pdf_counts_as_printed(desk: Desk, answers: Any, tmp_path: Path, finish_jobs: Callable[[], None]) -> None:
    desk.tab.actions.do("print_sheets", (desk.cast.reviews["Brandt"],))
    finish_jobs()
    answers.next(tmp_path / "sheet.pdf")
    preview_of(answers).save_button.click()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert desk.record("Brandt").board.stage is Stage.OUT
    answers.dialog.reject()


def test_printing_can_be_stopped_and_then_nothing_is_marked(desk: Desk, answers: Any, finish_jobs: Callable[[], None]) -> None:
    desk.tab.actions.do("print_sheets", tuple(desk.cast.reviews[surname] for surname in ("Brandt", "Fenwick", "Brook")))
    jobs().running[0].stop()
    finish_jobs()
    QApplication.processEvents()
    assert answers.dialog is None
    assert desk.record("Brandt").board.stage is Stage.NOT_STARTED


def test_a_meeting_form_and_a_draft_carry_the_words_so_far(desk: Desk, answers: Any, finish_jobs: Callable[[], None]) -> None:
    desk.tab.actions.do("print_meeting_forms", (desk.cast.reviews["Doyle"],))
    finish_jobs()
    assert "Karen Doyle" in words_of(preview_of(answers)._pdf)
    answers.dialog.reject()
    desk.tab.actions.print_for_meeting(desk.cast.reviews["Doyle"], agreed=False)
    finish_jobs()
    assert "DRAFT, NOT AGREED" in words_of(preview_of(answers)._pdf)
    answers.dialog.reject()
