"""A workbook to fill in at home: what it says, what it locks, and how it is known again."""

import io
import re
import zipfile
from datetime import date

from staffdev_desktop.exchange.fill_in import FillColumn, FillSheet, mark_of, write_fill_in
from staffdev_desktop.exchange.sheets import read_sheet

COLUMNS = (
    FillColumn("Date", 12, "date", hint="The day."),
    FillColumn("Hours", 8, "hours"),
    FillColumn("What", 30),
    FillColumn("Kind", 18, "choice", ("Course", "Visit")),
)
WANTED = FillSheet(
    "CPD log of Karen Doyle", "One line each.", "token.signed", COLUMNS, ((date(2026, 9, 14), 1.5, "=1+1", "Course"),), 3, 4,
    date(2026, 9, 1), date(2027, 8, 31),
)  # fmt: skip


def test_it_reads_back_as_it_was_written() -> None:
    sheet = read_sheet(write_fill_in(WANTED), "own.xlsx", ("Date", "Hours", "What"))
    assert sheet.header == ("Date", "Hours", "What", "Kind")
    assert [line.cells[:4] for line in sheet.rows if not line.blank] == [(date(2026, 9, 14), 1.5, "=1+1", "Course")]
    assert [line.cell(0) for line in sheet.above][:2] == ["CPD log of Karen Doyle", "One line each."]
    assert mark_of(sheet) == "token.signed"
    assert mark_of(read_sheet(b"Date,Hours\n1/9/2026,1\n", "a.csv", ("Date",))) == ""


def test_only_what_is_to_be_filled_in_can_be_changed() -> None:
    with zipfile.ZipFile(io.BytesIO(write_fill_in(WANTED))) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
        lists = book.read("xl/worksheets/sheet2.xml").decode()
        workbook = book.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in sheet
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1], re.DOTALL)
    free = {number for number, look in enumerate(looks) if 'locked="0"' in look}
    style_of = {cell: int(style) for cell, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet)}
    assert [cell for cell in ("A5", "B5", "C5", "D5", "A6", "D6") if style_of[cell] in free] == ["D5", "A6", "D6"]
    assert re.search(r'<row r="3"[^>]* hidden="1"', sheet)  # the mark
    assert sheet.count("<dataValidation ") == 3
    assert "Lists!$D$1:$D$2" in sheet
    assert lists.count("<c ") == 2
    assert 'name="Lists" sheetId="2" state="hidden"' in workbook
