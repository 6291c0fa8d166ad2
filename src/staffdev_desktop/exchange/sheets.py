"""Reads a list that somebody saved in a spreadsheet program, or that another school program gave: CSV or XLSX.

Whatever is wrong with the file is said in one sentence (UserError); there is no other way out. An old .xls workbook is refused with
what to do: its reader can ask for memory without end and take the program down with it, and nothing can be measured beforehand.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import TypeAlias

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from staffdev_desktop.exchange.workbooks import MOST_CELLS, checked_copy, damaged, locked
from staffdev_desktop.kernel.errors import UserError

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

LARGEST_FILE = 20 * 1024 * 1024
_LOOKED_AT = 40  # lines in which the headings are looked for
_SEPARATORS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv", ".tab", ".xls", "")  # some programs give separated text the name .xls
_OTHERS = {b"%PDF": "a PDF", b"{\\rtf": "a text document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture"}
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NO_LETTERS = re.compile(r"[\W_]+")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Line:
    """One line below the headings; `number` is the row as the spreadsheet program shows it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell:
        """The cell in a column, or None where the line is shorter or there is no such column."""
        return self.cells[column] if column is not None and 0 <= column < len(self.cells) else None

    @property
    def blank(self) -> bool:
        """Whether nothing is written on this line."""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A list as read: `name` is the worksheet's or the file's, `header_row` 0 where there are no headings; `above` stands over them."""

    name: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    above: tuple[Line, ...] = ()


class Halted(BaseException):
    """What was asked in between (`step`) raised: that is no fault of the file."""


def read_sheet(
    data: bytes, name: str, known_words: Collection[str] = (), most_cells: int = MOST_CELLS, step: Callable[[], None] | None = None
) -> Sheet:
    """Read a CSV or XLSX file from its bytes; `known_words` are headings to look for (see columns.words_of).

    `most_cells` is how far a worksheet may reach, lines times columns. `step()` is called every now and then while a workbook is
    measured, and what it raises ends it all. Raises UserError with one sentence for any fault of the file.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise UserError(f"‘{name}’ is empty.")
    if len(data) > LARGEST_FILE:
        raise UserError(f"‘{name}’ is larger than {LARGEST_FILE // 1024**2} MB. Copy only the list into a new file and save that.")
    words = frozenset(plain_words(word) for word in known_words)

    try:
        if _is_workbook(data, name):
            return _read_workbook(checked_copy(data, name, most_cells, _halting(step)), name, words)
        return _read_text(data, name, words, most_cells)
    except UserError:
        raise
    except Halted as halted:
        raise halted.__cause__ or halted from None
    except PasswordError as error:
        raise UserError(locked(name)) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader's panics derive from BaseException, and damaged files raise a dozen kinds
        raise UserError(damaged(name)) from error


def _halting(step: Callable[[], None] | None) -> Callable[[], None]:
    """The same, told apart from what damaged files raise."""

    def halting() -> None:
        try:
            if step:
                step()
        except BaseException as error:
            raise Halted from error

    return halting


def plain_words(text: str) -> str:
    """A heading for comparing: ‘Staff No.’, ‘staff_no’ and ‘STAFF NO’ are the same."""
    return " ".join(_NO_LETTERS.sub(" ", text.casefold().replace("'", "").replace("’", "")).split())


def _is_workbook(data: bytes, name: str) -> bool:
    """Whether to read it as a workbook. Raises UserError when the content is not what the name says."""
    ending = PurePath(name).suffix.casefold()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UserError(locked(name))
        raise UserError(f"‘{name}’ is in an old Office format. Open it in Excel and save it as ‘Excel workbook (.xlsx)’.")
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise UserError(f"‘{name}’ is {what}, not a list. Choose a CSV or Excel file.")
    if data.startswith(_ZIP):
        if ending not in _WORKBOOKS:
            raise UserError(f"‘{name}’ is not what its name says: it looks like a workbook. If it is one, let its name end in .xlsx.")
        return True
    if ending in _WORKBOOKS:
        raise UserError(f"‘{name}’ is not an Excel workbook, or it is damaged. Open it in your spreadsheet program and save it again.")
    if ending not in _TEXTS:
        raise UserError(f"‘{name}’ is not a list that can be read. Save it as CSV or as ‘Excel workbook (.xlsx)’.")
    return False


# Workbooks


def _read_workbook(measured: io.BytesIO, name: str, words: frozenset[str]) -> Sheet:
    with CalamineWorkbook.from_filelike(measured) as book:
        sheets = [found for found in book.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
        shown = [found for found in sheets if found.visible == SheetVisibleEnum.Visible] or sheets
        best: Sheet | None = None
        best_score = (-1, -1)
        for metadata in shown:
            worksheet = book.get_sheet_by_name(metadata.name)
            first = (worksheet.start or (0, 0))[0]
            sheet = _with_header(metadata.name, _numbered(worksheet.to_python(), first + 1), words)
            score = (len(_hits(sheet.header, words)), len(sheet.rows))
            if (sheet.rows or any(sheet.header)) and score > best_score:
                best, best_score = sheet, score
    if best is None:
        raise UserError(f"There is nothing on the worksheets of ‘{name}’.")
    return best


def _numbered(rows: Iterable[Sequence[Cell]], first: int) -> Iterator[Line]:
    for number, cells in enumerate(rows, first):
        yield Line(number, tuple(_as_value(cell) for cell in cells))


def _as_value(cell: Cell) -> Cell:
    """Excel's numbers and midnights as what they are for people: 12 and not 12.0, a date and not its first second."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


# Separated text


def _read_text(data: bytes, name: str, words: frozenset[str], most_cells: int) -> Sheet:
    text = _decoded(data, name)
    if re.match(r"\s*<(!doctype|html|\?xml|table)", text[:200], re.IGNORECASE):
        raise UserError(f"‘{name}’ is a web page. Open it in your spreadsheet program and save it as ‘Excel workbook (.xlsx)’ or CSV.")
    if "\0" in text:
        raise UserError(f"‘{name}’ is not a list that can be read. Save it as CSV or as ‘Excel workbook (.xlsx)’.")
    hint = re.match(r"sep=(.)\r?\n", text)
    separator = hint[1] if hint else _best_separator(text, words)
    if text.count(separator) + text.count("\n") > 2 * most_cells:
        raise UserError(f"‘{name}’ has more than {2 * most_cells:,} cells. Copy only the list into a new file and save that.")
    lines = (Line(number, cells) for number, cells in enumerate(_records(text, separator, name), 1))
    return _with_header(PurePath(name).stem, (line for line in lines if not (hint and line.number == 1)), words)


def _decoded(data: bytes, name: str) -> str:
    """The text, by its byte order mark or by what fits: UTF-8, UTF-16 either way round, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_or_refuse(data, "utf-16", name)
    if b"\0" in data[:2000]:
        start = data[:2000]
        encoding = "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
        return _decode_or_refuse(data, encoding, name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # One damaged byte must not turn every ‘é’ of the file into ‘Ã©’ without a word.
        stray = len(re.findall(rb"[\x80-\xff]", _UTF8_LETTER.sub(b"", data)))
        is_utf8 = data.startswith(b"\xef\xbb\xbf") or len(_UTF8_LETTER.findall(data)) > 2 * stray
        return _decode_or_refuse(data, "utf-8-sig" if is_utf8 else "cp1252", name)


def _decode_or_refuse(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError(f"‘{name}’ has letters that cannot be read, at about line {line}. Save it again as ‘CSV UTF-8’.") from error


def _records(text: str, separator: str, name: str) -> list[tuple[Cell, ...]]:
    """All records, quoted newlines and all. A quotation mark that is never closed would swallow the rest of the list: refused."""
    strict: list[list[str]] = []
    try:
        strict.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "expected after" not in str(error):  # what is left is a text without end: never closed, or beyond the longest cell
            raise UserError(f"‘{name}’ cannot be read after row {len(strict)}: a quotation mark there is never closed.") from error
        # Somebody wrote "Karen "Kate" Doyle" by hand: taken as it stands.
        return [_as_texts(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    return [_as_texts(record) for record in strict]


def _as_texts(record: list[str]) -> tuple[Cell, ...]:
    return tuple(_as_text(cell) for cell in record)


def _as_text(cell: str) -> Cell:
    if not cell.strip():
        return None
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell  # as exchange.writing writes them


def _best_separator(text: str, words: frozenset[str]) -> str:
    """The separator under which most headings are known and most lines are as wide as the headings."""
    sample = text[:60_000]

    def fitness(separator: str) -> tuple[int, bool, bool, float]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        lines = [Line(number, _as_texts(record)) for number, record in zip(range(1, 80), reader, strict=False)]
        sheet = _with_header("", iter(lines), words)
        width = len(sheet.header)
        full = [line for line in sheet.rows if not line.blank]
        fitting = sum(1 for line in full if len(line.cells) <= width and (len(line.cells) > 1 or width == 1)) / len(full) if full else 1.0
        return len(_hits(sheet.header, words)), fitting > 0.7, width > 1, fitting

    return max(_SEPARATORS, key=fitness)


# Headings


def _with_header(name: str, lines: Iterable[Line], words: frozenset[str]) -> Sheet:
    """Find the headings among the first lines: where most of them are known, else the first line that is as wide as the rest."""
    kept = list(lines)
    start = [line for line in kept[: _LOOKED_AT * 2] if not line.blank][:_LOOKED_AT]
    if not start:
        return Sheet(name, 0, (), ())
    best = max(start, key=lambda line: len(_hits(line.cells, words)))
    if not _hits(best.cells, words):
        widest = max(_filled(line) for line in start)
        best = next(line for line in start if _filled(line) >= 0.6 * widest)
        if _looks_like_data(best):
            width = max(len(line.cells) for line in kept)
            return Sheet(name, 0, tuple(f"Column {number}" for number in range(1, width + 1)), tuple(kept))
    header = tuple("" if cell is None else " ".join(str(cell).split()) for cell in best.cells)
    above = tuple(line for line in kept if line.number < best.number)
    return Sheet(name, best.number, header, tuple(line for line in kept if line.number > best.number), above)


def _hits(cells: Iterable[Cell], words: frozenset[str]) -> set[str]:
    return {plain for cell in cells if isinstance(cell, str) and (plain := plain_words(cell)) in words}


def _filled(line: Line) -> int:
    return sum(1 for cell in line.cells if cell is not None)


def _looks_like_data(line: Line) -> bool:
    return any(cell is not None and (not isinstance(cell, str) or "@" in cell or re.search(r"\d{2}", cell)) for cell in line.cells)
