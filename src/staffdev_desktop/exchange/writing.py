"""Writes lists for spreadsheet programs, as CSV and as XLSX, so that no cell can act as a formula when it is opened."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import typed_day
from staffdev_desktop.kernel.errors import UserError

_STARTS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # also where an apostrophe of its own stands before it: one more, so that one comes off
_LONGEST_CELL = 32_767  # Excel's own limit
_WIDEST = 60


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as Excel in the UK opens it by a double click: UTF-8 with its mark, commas, dates as 31/08/2027.

    Text that begins with = + - @ (or a tab) would be run as a formula: it gets an apostrophe before it, which sheets.read_sheet takes off.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_for_csv(heading) for heading in header])
    writer.writerows([_for_csv(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _for_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if _STARTS_A_FORMULA.match(cell) else cell
    return "" if cell is None else _in_words(cell)


def _in_words(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return typed_day(cell)
    return str(cell)


def write_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one worksheet; text is always text, dates and numbers are Excel's own.

    Raises UserError for a text that is longer than a cell can be. Nothing is written to a temporary file.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": clock.now()})
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bottom": 1})
        formats = {date: book.add_format({"num_format": "dd/mm/yyyy"}), datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"})}
        widths = [len(heading) for heading in header]
        for column, heading in enumerate(header):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, formats)
                if column < len(widths):
                    widths[column] = max(widths[column], len(_in_words(cell)) if cell is not None else 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST) + 2)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[type[date], object]) -> None:
    if cell is None:
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float | date):
        words = _in_words(cell)
        if len(words) > _LONGEST_CELL:
            raise UserError(f"‘{words[:30]}…’ is {len(words):,} letters long, more than a cell of a spreadsheet can hold.")
        sheet.write_string(row, column, words)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[type(cell)])
    else:
        sheet.write_number(row, column, cell)


def _sheet_name(title: str) -> str:
    """A worksheet's name: 31 letters, none of []:*?/\\ and no apostrophe at either end."""
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31].strip(" '") or "List"
