"""Print a paper through the system's print dialog, or keep it as a PDF.

What goes to the printer is a picture of each page at its exact size: nothing is fitted or scaled. Pages are painted one at a time on
the worker thread, so the window lives and Stop works.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.pdf_pages import Paper, opened

FINEST = 300  # dots to the inch that a page is painted at: sharp for letters, and 35 MB a page
STRIPS, OVERLAP = 10, 2  # overlap in rows of the picture
MOST_SHOWN = 12


def print_pdf(pdf: bytes, printer: QPrinter, tell: jobs.Tell = jobs.tell_nobody) -> int:
    """Print every page, or those the dialog was asked for; returns how many. Raises UserError if the printer refuses, Stopped."""
    with opened(pdf) as paper:
        pages = _pages_wanted(printer, len(paper))
        rounds = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        printer.setFullPage(True)
        _lay_out(printer, paper.size(pages[0]))
        painter = QPainter()
        if not painter.begin(printer):
            raise UserError("The printer does not answer. Check that it is switched on, then print again.")
        try:
            _paint(paper, [*pages] * rounds, printer, painter, tell)
        except BaseException:
            printer.abort()
            painter.end()
            raise
        if not painter.end():
            raise UserError("The printer stopped before the last page. Look at the printer, then print again.")
    return len(pages) * rounds


def _paint(paper: Paper, pages: list[int], printer: QPrinter, painter: QPainter, tell: jobs.Tell) -> None:
    for number, page in enumerate(pages):
        tell(number, len(pages), f"Printing {number + 1} of {len(pages)}")
        size = paper.size(page)
        if number:
            _lay_out(printer, size)
            if not printer.newPage():
                raise UserError("The printer stopped before the last page. Look at the printer, then print again.")
        dpi = min(printer.resolution(), FINEST)
        _draw(painter, paper.picture(page, dpi), printer.resolution() / dpi)


def _draw(painter: QPainter, picture: QImage, scale: float) -> None:
    """Draw a page in strips, each a tenth of a window's patience: Python holds everything up while Qt packs a picture.

    Each strip ends a little below where the next begins, so that no viewer shows a seam.
    """
    for strip in range(STRIPS):
        top, end = picture.height() * strip // STRIPS, picture.height() * (strip + 1) // STRIPS
        bottom = min(end + OVERLAP, picture.height())
        place = QRectF(0, top * scale, picture.width() * scale, (bottom - top) * scale)
        painter.drawImage(place, picture, QRectF(0, top, picture.width(), bottom - top))


def _pages_wanted(printer: QPrinter, count: int) -> range:
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return range(max(first, 1) - 1, min(last, count)) or range(count)


def _lay_out(printer: QPrinter, size: QSizeF) -> None:
    """The page's own size and direction, with no margin but the paper's own."""
    upright = size.width() <= size.height()
    across = size if upright else size.transposed()
    page = QPageSize(across, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turn = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    layout = QPageLayout(page, turn, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def ask_and_print(
    parent: QWidget | None, pdf: bytes, *, title: str, texts: Iterable[str] = (), on_printed: Callable[[int], None] | None = None
) -> None:
    """Ask for a printer and print. `title` is what the print queue shows: numbers, never a name. `texts` are the words on it.

    `on_printed(pages)` is called once the pages are in the queue. Characters that cannot be printed are said first.
    """
    if not may_go_on(parent, texts):
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if not messages.choose_printer(parent, printer):
        return

    def work(tell: jobs.Tell) -> int:
        return print_pdf(pdf, printer, tell)

    jobs.run(work, title=title, on_done=on_printed)


def may_go_on(parent: QWidget | None, texts: Iterable[str]) -> bool:
    """Whether every character can be printed, or the person goes on although some cannot."""
    missing = unprintable(texts)
    if not missing:
        return True
    shown = " ".join(missing[:MOST_SHOWN])
    words = f"No font of this program has: {shown}. On paper their codes stand in their place; nothing is left out."
    return messages.ask(
        parent, f"{count_of(len(missing), 'character')} cannot be printed. Go on?", words, act="&Print with codes", safe="&Go back"
    )


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that papers cannot show, each once."""
    from staffdev_desktop.papers import fonts

    return tuple(dict.fromkeys(character for text in texts for character in fonts.unprintable(text)))


def save_pdf(parent: QWidget | None, pdf: bytes, *, file_name: str) -> Path | None:
    """Ask where to, and write the paper whole or not at all. Returns where it is, or None."""
    chosen = messages.save_file(parent, "Save as PDF", suggested=Path.home() / file_name, kinds="PDF (*.pdf)")
    if chosen is None:
        return None
    to = chosen if chosen.suffix.casefold() == ".pdf" else chosen.with_name(chosen.name + ".pdf")
    try:
        replace_file(to, pdf)
    except FileProblem as error:
        messages.problem(parent, error)
        return None
    return to
