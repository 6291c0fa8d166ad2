"""The recovery sheet."""

from datetime import date
from io import BytesIO

import pypdfium2

from staffdev_desktop.settings.papers import recovery_sheet

CODE = "7F3A-91C2-D05E-B468-KQ2M-00XY-ZT4W"


def test_the_code_stands_on_one_line_with_what_to_do() -> None:
    pdf = recovery_sheet("Riverbank Primary Academy", "Riverbank.staffdev", CODE, date(2026, 9, 1))
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    text = document[0].get_textpage().get_text_bounded()
    assert len(document) == 1
    for words in (CODE, "Riverbank.staffdev", "1 September 2026", "envelope", "safe", "Signature"):
        assert words in text
    assert "PRACTICE" not in text


def test_a_practice_sheet_says_so() -> None:
    pdf = recovery_sheet("Riverbank", "R.staffdev", CODE, date(2026, 9, 1), practice=True)
    assert "PRACTICE" in pypdfium2.PdfDocument(BytesIO(pdf))[0].get_textpage().get_text_bounded()
