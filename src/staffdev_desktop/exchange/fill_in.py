"""A workbook for somebody to fill in at home: whose it is on top, columns that check what is typed, and a mark that says so to the program.

Everything but the cells to fill in is protected (without a password: it keeps a slip of the finger off, nobody with intent; what comes
back is checked by its mark). Nothing is written to a temporary file.
"""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from staffdev_desktop.exchange.sheets import Cell, Sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import EARLIEST, typed_day

MARK = "staffdev: "  # what the hidden cell begins with, before the token
_TITLE_LINE, _WORDS_LINE, _MARK_LINE, _HEAD_LINE = range(4)
_LISTS = "Lists"


@dataclass(frozen=True)
class FillColumn:
    """A column: `choices` for a list to choose from; `hint` is shown while a cell of it is chosen. `width` in letters."""

    heading: str
    width: int
    kind: Literal["line", "long", "date", "hours", "choice"] = "line"
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class FillSheet:
    """What stands on the sheet. In `lines`, which are there already, the first `locked` columns cannot be changed."""

    title: str
    words: str
    token: str
    columns: tuple[FillColumn, ...]
    lines: tuple[tuple[Cell, ...], ...] = ()
    locked: int = 0
    empty_lines: int = 60
    first: date = EARLIEST
    last: date = EARLIEST


def write_fill_in(wanted: FillSheet) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": wanted.title, "created": clock.now()})
        sheet = book.add_worksheet("Log")
        lists = book.add_worksheet(_LISTS)
        lists.hide()
        _write_head(book, sheet, wanted)
        last_line = _HEAD_LINE + len(wanted.lines) + wanted.empty_lines
        for number, column in enumerate(wanted.columns):
            sheet.set_column(number, number, column.width)
            _write_column(book, sheet, wanted, number, last_line)
            if rule := _rule(lists, wanted, column, number):
                sheet.data_validation(_HEAD_LINE + 1, number, last_line, number, rule)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_LINE)
    return out.getvalue()


def mark_of(sheet: Sheet) -> str:
    """The token above the headings of a sheet that was made here; empty for any other."""
    words = (cell.strip() for line in sheet.above for cell in line.cells if isinstance(cell, str))
    return next((cell.removeprefix(MARK) for cell in words if cell.startswith(MARK)), "")


def _write_head(book: Any, sheet: Any, wanted: FillSheet) -> None:
    sheet.write_string(_TITLE_LINE, 0, wanted.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(_WORDS_LINE, 0, wanted.words, book.add_format({"italic": True}))
    sheet.write_string(_MARK_LINE, 0, MARK + wanted.token, book.add_format({"hidden": True, "font_color": "#FFFFFF"}))
    sheet.set_row(_MARK_LINE, None, None, {"hidden": True})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
    for number, column in enumerate(wanted.columns):
        sheet.write_string(_HEAD_LINE, number, column.heading, head)
    sheet.freeze_panes(_HEAD_LINE + 1, 0)


def _write_column(book: Any, sheet: Any, wanted: FillSheet, number: int, last_line: int) -> None:
    column = wanted.columns[number]
    looks: dict[str, Any] = {"valign": "top", "bottom": 4, "text_wrap": column.kind in ("line", "long")}
    if column.kind == "date":
        looks["num_format"] = "dd/mm/yyyy"
    elif column.kind == "hours":
        looks["num_format"] = "0.00"
    free = book.add_format(looks | {"locked": False})
    fixed = book.add_format(looks | {"locked": True, "font_color": "#5C666B"})
    for place in range(_HEAD_LINE + 1, last_line + 1):
        line = wanted.lines[place - _HEAD_LINE - 1] if place - _HEAD_LINE <= len(wanted.lines) else ()
        cell = line[number] if line else None
        look = fixed if line and number < wanted.locked else free
        if cell is None or cell == "":
            sheet.write_blank(place, number, None, look)
        elif isinstance(cell, str):
            sheet.write_string(place, number, cell, look)
        elif isinstance(cell, date):
            sheet.write_datetime(place, number, cell, look)
        else:
            sheet.write_number(place, number, cell, look)


def _rule(lists: Any, wanted: FillSheet, column: FillColumn, number: int) -> dict[str, Any]:
    """What a spreadsheet program checks while somebody types, or nothing."""
    shown = {"input_title": column.heading[:32], "input_message": column.hint[:255]} if column.hint else {}
    if column.kind == "choice" and column.choices:
        for place, choice in enumerate(column.choices):
            lists.write_string(place, number, choice)
        letter = xl_col_to_name(number)
        source = f"={_LISTS}!${letter}$1:${letter}${len(column.choices)}"
        return {
            "validate": "list",
            "source": source,
            "error_title": "Choose from the list",
            "error_message": "Choose one, or leave it.",
        } | shown
    if column.kind == "date":
        between = {"validate": "date", "criteria": "between", "minimum": wanted.first, "maximum": wanted.last}
        told = f"Write a date from {typed_day(wanted.first)} to {typed_day(wanted.last)}, such as {typed_day(wanted.first)}."
        return between | {"error_type": "warning", "error_title": "Which day?", "error_message": told} | shown
    if column.kind == "hours":
        told = "Write hours as a number: 0.25 is a quarter of an hour, 1.5 an hour and a half."
        between = {"validate": "decimal", "criteria": "between", "minimum": 0.01, "maximum": 24}
        return between | {"error_type": "warning", "error_title": "How long?", "error_message": told} | shown
    return {"validate": "any"} | shown if shown else {}
