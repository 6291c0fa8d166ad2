"""PDF pages as pictures, drawn by pdfium. On the worker thread only (ui/jobs.py): pdfium wants one thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_TO_AN_INCH = 72


class Paper:
    """An open PDF: how large its pages are, and each as a picture."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> QSizeF:
        """The page's width and height in points."""
        return QSizeF(*self._document.get_page_size(page))

    def picture(self, page: int, dpi: float) -> QImage:
        """The page, drawn at so many dots to the inch."""
        one = self._document[page]
        try:
            bitmap = one.render(scale=dpi / POINTS_TO_AN_INCH, prefer_bgrx=True)
            shared = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            picture = shared.copy()  # pdfium's own memory goes with the bitmap
            del shared
            bitmap.close()
            return picture
        finally:
            one.close()


@contextmanager
def opened(pdf: bytes) -> Iterator[Paper]:
    """The PDF, for as long as the block runs."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()  # fields of a fillable sheet are drawn, too
        yield Paper(document)
    finally:
        document.close()


def page_sizes(pdf: bytes) -> list[QSizeF]:
    """Every page's size in points."""
    with opened(pdf) as paper:
        return [paper.size(page) for page in range(len(paper))]


def draw_page(pdf: bytes, page: int, dpi: float) -> QImage:
    """One page as a picture."""
    with opened(pdf) as paper:
        return paper.picture(page, dpi)
