"""What goes to a printer is each page at its exact size; what is kept as a PDF is whole or not there."""

from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import jobs, printing
from tests.ui.samples import paper


@pytest.fixture
def to_file(qapp: object, tmp_path: Path) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def printed(printer: QPrinter) -> PdfReader:
    return PdfReader(printer.outputFileName())


def test_every_page_comes_out_at_its_exact_size(to_file: QPrinter) -> None:
    assert printing.print_pdf(paper(3, on_their_side=(1,)), to_file) == 3
    sizes = [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in printed(to_file).pages]
    assert sizes == [(595, 842), (842, 595), (595, 842)]


def test_nothing_on_the_page_is_moved_or_scaled(to_file: QPrinter) -> None:
    source = paper(1)
    printing.print_pdf(source, to_file)
    boxes = [dark_box(pdf) for pdf in (source, Path(to_file.outputFileName()).read_bytes())]
    assert all(abs(side - drawn) <= 1 for side, drawn in zip(boxes[0], (50, 50, 150, 150), strict=True))
    assert all(abs(one - other) <= 1 for one, other in zip(*boxes, strict=True)), boxes


def dark_box(pdf: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the black square, in points."""
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=1, grayscale=True)
    dark = [(x, y) for y in range(20, 200) for x in range(20, 180) if bitmap.buffer[y * bitmap.stride + x] < 64]
    return min(x for x, _ in dark), min(y for _, y in dark), max(x for x, _ in dark) + 1, max(y for _, y in dark) + 1


def test_only_the_pages_asked_for_are_printed(to_file: QPrinter) -> None:
    to_file.setFromTo(2, 3)
    assert printing.print_pdf(paper(5), to_file) == 2
    assert len(printed(to_file).pages) == 2


def test_progress_names_the_page_and_stop_leaves_the_queue_clean(to_file: QPrinter) -> None:
    said: list[str] = []

    def tell(done: int, _total: int, words: str) -> None:
        said.append(words)
        if done == 2:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        printing.print_pdf(paper(5), to_file, tell)
    assert said == ["Printing 1 of 5", "Printing 2 of 5", "Printing 3 of 5"]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_is_not_there_is_said_in_words(qapp: object, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "a.pdf"))
    with pytest.raises(UserError, match="printer"):
        printing.print_pdf(paper(1), printer)


def test_characters_that_cannot_be_printed_are_said_first(qapp: object, answers: object) -> None:
    assert printing.may_go_on(None, ["Łucja Wójcik", "Siân", "محمد", "王芳"])
    answers.next(False)
    assert not printing.may_go_on(None, ["Zoë 🙂", "again 🙂"])
    assert "1 character cannot be printed" in answers.asked[0]
    assert "🙂" in answers.asked[0]


def test_a_paper_is_printed_through_the_dialog_on_the_worker(
    qtbot: object, answers: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[int] = []

    def choose(_parent: object, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    monkeypatch.setattr(answers, "choose_printer", choose)
    printing.ask_and_print(None, paper(2), title="PDR-2026-0031", on_printed=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    assert done == [2]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_no_printer_chosen_prints_nothing(qapp: object, answers: object) -> None:
    answers.next(None)
    printing.ask_and_print(None, paper(1), title="x")
    assert not jobs.jobs().running


def test_a_pdf_is_kept_under_the_name_chosen(qapp: object, answers: object, tmp_path: Path) -> None:
    answers.next(tmp_path / "PDR-2026-0031")
    assert printing.save_pdf(None, paper(2), file_name="PDR-2026-0031.pdf") == tmp_path / "PDR-2026-0031.pdf"
    assert len(PdfReader(tmp_path / "PDR-2026-0031.pdf").pages) == 2


def test_a_folder_that_takes_no_file_is_told(qapp: object, answers: object, tmp_path: Path) -> None:
    answers.next(tmp_path / "nowhere" / "a.pdf")
    assert printing.save_pdf(None, paper(1), file_name="a.pdf") is None
    assert "not there" in answers.told[0]
