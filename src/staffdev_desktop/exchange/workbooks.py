"""Makes an Excel workbook safe to hand to the reader.

calamine makes one dense table of a worksheet and ends the whole process when there is no memory for it: one stray cell at the
far corner of a small file is enough (tried: 549 GB asked for, abort). No exception can be caught then, so the size of each
worksheet is measured here first, on the very bytes that the reader is given: the parts are unpacked, measured and packed anew.
"""

import io
import re
import zipfile
from itertools import pairwise

from staffdev_desktop.kernel.errors import UserError

LARGEST_UNPACKED = 50 * 1024 * 1024  # DESIGN section 8: at most 200 MB for a spoiled sheet; research/reliability.md R10
MOST_CELLS = 200_000  # a list of 4,000 people with 50 columns; read in under a second
MOST_PARTS = 2_000

_SMALLER = "Copy only the list into a new workbook and save that."
_KEPT = (".xml", ".rels")
_SHARED_STRINGS = "xl/sharedstrings.xml"
_TAG = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s/>])((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)(>?)""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_IS_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_SHARED_INDEX = re.compile(rb"\s*<(?:\w+:)?v>(\d{1,7})<")
_STRING = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")


def checked_copy(data: bytes, name: str) -> bytes:
    """The same workbook with nothing but its measured parts. Raises UserError when it is too large or not a workbook.

    Sizes are those that the file declares, so nothing large is unpacked to find out; zipfile never unpacks more than declared.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as copy:
        parts = source.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise UserError(f"‘{name}’ unpacks to more than {LARGEST_UNPACKED // 1024**2} MB. {_SMALLER}")
        if any(part.flag_bits & 1 for part in parts):
            raise UserError(locked(name))
        names = {part.filename.casefold() for part in parts}
        if "xl/workbook.xml" not in names:
            raise UserError(f"‘{name}’ is not an Excel workbook. Open it in your spreadsheet program and save it as one (.xlsx).")
        strings = [size for part in parts if part.filename.casefold() == _SHARED_STRINGS for size in _string_sizes(source.read(part))]
        written: set[str] = set()
        for part in parts:
            key = part.filename.casefold()
            if key.endswith(_KEPT) and key not in written:
                written.add(key)
                content = source.read(part)
                _refuse_vast(content, strings, name)
                copy.writestr(part.filename, content)
    return packed.getvalue()


def locked(name: str) -> str:
    """The sentence for a workbook with a password."""
    return f"‘{name}’ is locked with a password. Open it in Excel, take the password off (File, Info, Protect workbook) and save it again."


def _string_sizes(content: bytes) -> list[int]:
    starts = [match.start() for match in _STRING.finditer(content)]
    return [after - before for before, after in pairwise([*starts, len(content)])]


def _refuse_vast(content: bytes, strings: list[int], name: str) -> None:
    """Refuse a part whose cells would need a table, or words, beyond all measure."""
    row = column = last_row = last_column = cells = spelled_out = 0
    longest = max(strings, default=0)
    for tag in _TAG.finditer(content):
        attributes = tag[2]
        if not tag[3]:
            raise UserError(f"‘{name}’ is damaged. Open it in your spreadsheet program and save it again.")
        found = _REFERENCE.search(attributes)
        if tag[1] == b"row":
            row, column = int(found[2][:12] or 0) if found else row + 1, 0
            continue
        column = _column_number(found[1]) if found and found[1] else column + 1
        row = int(found[2][:12]) if found and found[2] else row
        if attributes.endswith(b"/"):
            continue  # an empty cell that only has a colour or a border: the reader skips it too
        cells += 1
        last_row, last_column = max(last_row, row), max(last_column, column)
        if _IS_SHARED.search(attributes):
            index = _SHARED_INDEX.match(content, tag.end())
            spelled_out += strings[int(index[1])] if index and int(index[1]) < len(strings) else longest
        if cells > MOST_CELLS or last_row * last_column > MOST_CELLS:
            raise UserError(
                f"A worksheet of ‘{name}’ reaches to row {last_row:,} and column {last_column:,}, too far for a list. {_SMALLER}"
            )
        if spelled_out > LARGEST_UNPACKED:
            raise UserError(f"‘{name}’ holds more than {LARGEST_UNPACKED // 1024**2} MB of words. {_SMALLER}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number
