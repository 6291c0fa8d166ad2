"""The printer the other tests rely on: what Qt sends to the queue comes out, page by page."""

from pypdf import PdfReader
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from tests.e2e.printer import SchoolPrinter


def send(printer: SchoolPrinter, title: str, pages: int) -> None:
    paper = QPrinter(QPrinterInfo.printerInfo(printer.queue))
    paper.setDocName(title)
    painter = QPainter(paper)
    for page in range(pages):
        if page:
            paper.newPage()
        painter.drawText(400, 400, f"{title}, page {page + 1}")
    assert painter.end()


def test_two_pages_sent_are_two_pages_printed(qapp: object, printer: SchoolPrinter) -> None:
    assert printer.queue in QPrinterInfo.availablePrinterNames()
    send(printer, "Two pages", 2)
    [paper] = printer.papers()
    pages = PdfReader(paper).pages
    assert len(pages) == 2
    assert (round(float(pages[0].mediabox.width)), round(float(pages[0].mediabox.height))) == (595, 842)


def test_papers_come_out_in_the_order_they_were_sent(qapp: object, printer: SchoolPrinter) -> None:
    send(printer, "First", 1)
    send(printer, "Second", 3)
    first, second = printer.papers(2)
    assert [len(PdfReader(paper).pages) for paper in (first, second)] == [1, 3]
