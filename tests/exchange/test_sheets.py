"""Lists from spreadsheet programs and other school programs, made here byte by byte: read as they are, or refused with a sentence."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from staffdev_desktop.exchange import workbooks
from staffdev_desktop.exchange.sheets import LARGEST_FILE, Sheet, read_sheet
from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel.errors import UserError

WORDS = ("surname", "forename", "start date")


def workbook(fill, **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        fill(book)
    return out.getvalue()


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, parts.get(name) or source.read(name))
    return out.getvalue()


class TestText:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_every_encoding_and_separator(self, encoding, separator):
        lines = ["Staff of Larkfield", "", "Surname|Forename|Start date", 'Doyle|"Zoë\nAnn"|01/09/2019', "", "O’Neill||2020-01-01"]
        sheet = read_sheet("\r\n".join(lines).replace("|", separator).encode(encoding), "staff.csv", WORDS)
        assert (sheet.name, sheet.header_row, sheet.header) == ("staff", 3, ("Surname", "Forename", "Start date"))
        assert [(line.number, line.cells) for line in sheet.rows if not line.blank] == [
            (4, ("Doyle", "Zoë\nAnn", "01/09/2019")),
            (6, ("O’Neill", None, "2020-01-01")),
        ]

    def test_commas_in_names_do_not_make_a_comma_list(self):
        sheet = read_sheet(b"Name;Start date\nDoyle, Karen;1/9/2019\nLee, Ann;1/9/2020\n", "a.csv")
        assert sheet.header == ("Name", "Start date")
        assert sheet.rows[0].cells == ("Doyle, Karen", "1/9/2019")

    def test_one_column_of_names_with_commas(self):
        sheet = read_sheet(b"Name\nDoyle, Karen\nLee, Ann\n", "a.csv", ("name",))
        assert [line.cells for line in sheet.rows] == [("Doyle, Karen",), ("Lee, Ann",)]

    def test_excels_own_hint_of_the_separator(self):
        sheet = read_sheet(b"sep=;\r\nSurname;Forename\r\nDoyle;Karen, Ann\r\n", "a.csv", WORDS)
        assert (sheet.header_row, sheet.rows[0].number, sheet.rows[0].cells) == (2, 3, ("Doyle", "Karen, Ann"))

    def test_quotation_marks_written_by_hand(self):
        sheet = read_sheet(b'Surname,Forename\n"Doyle "Kate" K",Karen\n', "a.csv", WORDS)
        assert sheet.rows[0].cells[1] == "Karen"

    def test_text_under_the_name_xls(self):
        assert read_sheet(b"Surname\tForename\nDoyle\tKaren\n", "report.xls", WORDS).header == ("Surname", "Forename")

    @pytest.mark.parametrize(
        ("data", "name", "sentence"),
        [
            (b"", "a.csv", "‘a.csv’ is empty."),
            (b"\r\n \r\n", "a.csv", "‘a.csv’ is empty."),
            (b'Surname,Forename\nDoyle,"Karen\nLee,Ann\n', "a.csv", "cannot be read after row 1: a quotation mark"),
            (b"Surname,Forename\n" + b"x" * 200_000, "a.csv", "cannot be read after row 1"),
            ("Zoë É ü ñ ç,Forename\n".encode() + b"\xff\n", "a.csv", "letters that cannot be read, at about line 2"),
            (b"Surname\n\x81\x8d\n", "a.csv", "letters that cannot be read, at about line 2"),
            (b"Sur\x00name,x\n\x00\x00\x00", "a.csv", "not a list|letters that cannot be read"),
            (b"%PDF-1.7 ...", "a.csv", "is a PDF, not a list"),
            (b"<html><table><tr><td>", "a.xls", "is a web page"),
            (b"Surname,Forename\n", "a.xlsx", "is not an Excel workbook, or it is damaged"),
            (b"Surname,Forename\n", "a.docx", "is not a list that can be read"),
            (b"PK\x03\x04rest", "a.csv", "is not what its name says"),
            (b"PK\x03\x04rest", "a.xlsx", "is damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xls", "old Office format"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "locked with a password"),
            (b"," * (workbooks.MOST_CELLS * 2 + 1) + b"x", "a.csv", "cells"),
            (b"x" * (LARGEST_FILE + 1), "a.csv", "larger than 20 MB"),
        ],
    )
    def test_every_fault_is_one_sentence(self, data, name, sentence):
        with pytest.raises(UserError, match=sentence):
            read_sheet(data, name)


class TestWorkbook:
    def test_values_come_as_what_they_are(self):
        def fill(book):
            sheet = book.add_worksheet("Staff 2026")
            day, length = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "[h]:mm"})
            sheet.write_row(4, 1, ["Surname", "Forename", "Start date"])
            sheet.write_string(5, 1, "Doyle 😀\nKate")
            sheet.write_number(5, 2, 12)
            sheet.write_datetime(5, 3, datetime(2019, 9, 1), day)
            sheet.write_number(5, 4, 32.5 / 24, length)
            sheet.write_boolean(5, 5, True)
            sheet.write_formula(6, 1, '="Lee"', None, "Lee")
            sheet.write_formula(6, 2, "=1+1.5", None, 2.5)
            sheet.write_formula(6, 3, "=1/0", None, "#DIV/0!")
            sheet.write_blank(1_000_000, 16_000, None, day)  # a colour far away is no content

        sheet = read_sheet(workbook(fill), "staff.xlsx", WORDS)
        assert (sheet.name, sheet.header_row, sheet.header[:3]) == ("Staff 2026", 5, ("Surname", "Forename", "Start date"))
        assert sheet.rows[0].number == 6
        assert sheet.rows[0].cells == ("Doyle 😀\nKate", 12, date(2019, 9, 1), timedelta(hours=32, minutes=30), True)
        assert sheet.rows[1].cells[:3] == ("Lee", 2.5, None)

    def test_worksheet_with_the_headings_is_chosen(self):
        def fill(book):
            notes, staff, hidden = (book.add_worksheet(name) for name in ("Read me", "People", "Old"))
            for row in range(30):
                notes.write_string(row, 0, f"Note {row}")
            staff.write_row(2, 0, ["Surname", "Forename"])
            staff.write_row(3, 0, ["Doyle", "Karen"])
            hidden.write_row(0, 0, ["Surname", "Forename", "Start date"])
            hidden.hide()

        sheet = read_sheet(workbook(fill), "staff.xlsx", WORDS)
        assert (sheet.name, sheet.rows[0].cells) == ("People", ("Doyle", "Karen"))

    def test_empty_workbook(self):
        with pytest.raises(UserError, match="nothing on the worksheets"):
            read_sheet(workbook(lambda book: book.add_worksheet()), "a.xlsx")

    def test_a_stray_cell_far_away_is_refused_before_the_reader_asks_for_the_memory(self):
        def fill(book):
            sheet = book.add_worksheet()
            sheet.write_string(0, 0, "Surname")
            sheet.write_string(1_048_575, 16_383, "x")

        with pytest.raises(UserError, match="reaches to row 1,048,576 and column 16,384"):
            read_sheet(workbook(fill), "a.xlsx")

    @pytest.mark.parametrize(
        ("part", "sound", "spoiled"),
        [
            ("xl/sharedStrings.xml", b'uniqueCount="2"', b'uniqueCount="4294967296"'),
            ("xl/worksheets/sheet1.xml", b'<c r="A2" t="s">', b'<c r="A2" t="s"r="ZZZZZZZ9">'),
            ("xl/worksheets/sheet1.xml", b'<c r="A2"', b'<c r="&#65;2"'),
            ("xl/worksheets/sheet1.xml", b'<c r="A2"', b'<c r="XFE2"'),
            ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048577"'),
            ("xl/worksheets/sheet1.xml", b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
        ],
    )
    def test_what_would_make_the_reader_end_the_process_is_refused_before(self, part, sound, spoiled):
        data = write_xlsx("L", ["Surname"], [["Doyle"]])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(part)
        assert sound in content
        with pytest.raises(UserError, match="is damaged"):
            read_sheet(repacked(data, {part: content.replace(sound, spoiled, 1)}), "a.xlsx")

    def test_declared_size_is_refused_before_anything_is_unpacked(self, monkeypatch):
        data = repacked(write_xlsx("L", ["Surname"], [["Doyle"]]), {"docProps/app.xml": b" " * (51 * 1024**2)})
        assert len(data) < 100_000
        monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
        with pytest.raises(UserError, match="unpacks to more than 50 MB"):
            read_sheet(data, "a.xlsx")

    def test_reading_can_be_stopped_and_that_is_no_fault_of_the_file(self):
        class Stopped(Exception):
            pass

        asked = []

        def step():
            asked.append(1)
            if len(asked) == 3:
                raise Stopped

        with pytest.raises(Stopped):
            read_sheet(write_xlsx("L", ["Surname"], [["Doyle"]] * 9_000), "a.xlsx", step=step)

    def test_one_long_string_used_by_many_cells_is_refused(self):
        cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 3000))
        data = repacked(
            write_xlsx("L", ["Surname"], [["Doyle"]]),
            {
                "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>",
                "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>",
            },
        )
        with pytest.raises(UserError, match="holds more than 50 MB of words"):
            read_sheet(data, "a.xlsx")

    def test_a_panic_of_the_reader_is_a_sentence(self, monkeypatch):
        class PanicException(BaseException):
            """As pyo3 raises it."""

        def panic(*_):
            raise PanicException("index out of bounds")

        monkeypatch.setattr("staffdev_desktop.exchange.sheets.CalamineWorkbook.from_filelike", panic, raising=False)
        with pytest.raises(UserError, match="is damaged"):
            read_sheet(write_xlsx("L", ["Surname"], [["Doyle"]]), "a.xlsx")

    def test_a_zip_that_is_no_workbook(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        with pytest.raises(UserError, match="is not an Excel workbook"):
            read_sheet(out.getvalue(), "a.xlsx")


class TestWriting:
    RISKY = ("=1+1", "+44", "-x", "@SUM(A1)", "\tx", "\rx", "'; DROP TABLE person", 'a,b;"c"\nd', "أحمد", "😀", "’")

    def test_csv_quotes_what_would_be_a_formula_and_comes_back_the_same(self):
        data = write_csv(["=Heading", "When", "n", "yes"], [[text, date(2027, 8, 31), -2.5, True] for text in self.RISKY])
        first = data.decode("utf-8-sig").splitlines()[:2]
        assert first == ["'=Heading,When,n,yes", "'=1+1,31/08/2027,-2.5,Yes"]
        rows = read_sheet(data, "a.csv").rows
        assert [line.cells[0] for line in rows] == list(self.RISKY)

    def test_xlsx_holds_text_as_text_and_no_formula(self):
        data = write_xlsx("Log: 2026/27", ["Text", "When"], [[text, date(2027, 8, 31)] for text in self.RISKY])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        sheet = read_sheet(data, "a.xlsx")
        assert sheet.name == "Log  2026 27"
        assert [line.cells[0] for line in sheet.rows] == list(self.RISKY)
        assert {line.cells[1] for line in sheet.rows} == {date(2027, 8, 31)}

    def test_a_text_longer_than_a_cell_is_refused_not_cut(self):
        with pytest.raises(UserError, match="more than a cell of a spreadsheet can hold"):
            write_xlsx("L", ["Text"], [["x" * 32_768]])


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"Surname,"]),
)
def test_any_bytes_are_a_list_or_a_sentence(data, name, start):
    try:
        found: object = read_sheet(start + data, name, WORDS)
    except UserError as error:
        found = error.message
    assert isinstance(found, Sheet) or str(found).endswith(".")
