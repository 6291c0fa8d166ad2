"""Several papers in one file, to send to the printer at once."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def joined(pdfs: Sequence[bytes], *, duplex: bool = False) -> bytes:
    """Papers one after the other. With `duplex` each begins on a new sheet: a blank page follows an odd one."""
    writer = PdfWriter()
    for pdf in pdfs:
        reader = PdfReader(BytesIO(pdf))
        writer.append(reader, import_outline=False)
        if duplex and len(reader.pages) % 2:
            writer.add_blank_page()
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def page_count(pdf: bytes) -> int:
    """How many pages a paper has."""
    return len(PdfReader(BytesIO(pdf)).pages)
