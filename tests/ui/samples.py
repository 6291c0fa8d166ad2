"""Papers for tests: so many pages, each with its number, some lying on their side."""

import io

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas


def paper(pages: int, *, on_their_side: tuple[int, ...] = ()) -> bytes:
    """A PDF with a black square of 100 by 100 points at a known place of each page (50 points from the left and from the top)."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for page in range(pages):
        size = landscape(A4) if page in on_their_side else A4
        canvas.setPageSize(size)
        canvas.rect(50, size[1] - 150, 100, 100, stroke=0, fill=1)
        canvas.drawString(200, 400, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()
