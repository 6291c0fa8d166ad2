"""Makes an Excel workbook safe to hand to the reader.

calamine makes one dense table of a worksheet, and ends the whole process when there is no memory for it: one stray cell at the far
corner of a small file is enough (tried: 549 GB asked for, abort). No exception can be caught then. So every part is unpacked, held to
be well-formed XML, and measured, before the reader is given a copy of just those bytes. A search with regular expressions was not
enough: in 10,000 spoiled workbooks the reader once understood broken XML in another way.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from staffdev_desktop.kernel.errors import UserError

LARGEST_UNPACKED = 50 * 1024 * 1024  # DESIGN section 8: at most 200 MB for a spoiled sheet; research/reliability.md R10
MOST_CELLS = 200_000  # a list of 4,000 people with 50 columns; read in about a second
MOST_PARTS = 2_000
_AT_ONCE = 64 * 1024  # bytes between two questions whether to go on

_SMALLER = "Copy only the list into a new workbook and save that."
_SHARED_STRINGS = "xl/sharedstrings.xml"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_HIDDEN_REFERENCE = re.compile(rb"""\sr\s*=\s*(?:"[^"<&]{0,99}&|'[^'<&]{0,99}&)""")  # the reader does not resolve &#65; there
_CONTENT = frozenset(("v", "is", "f"))


def _go_on() -> None:
    """Nobody wants to stop it."""


def checked_copy(data: bytes, name: str, most_cells: int = MOST_CELLS, step: Callable[[], None] = _go_on) -> io.BytesIO:
    """The same workbook with nothing but its measured parts. Raises UserError when it is too large, damaged or not a workbook.

    `step()` is called for every 64 kB of it, and may stop it all.

    Sizes are those that the file declares, so nothing large is unpacked to find out; zipfile never unpacks more than declared.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as copy:
        parts = {part.filename.casefold(): part for part in source.infolist()}
        if len(source.infolist()) > MOST_PARTS or sum(part.file_size for part in source.infolist()) > LARGEST_UNPACKED:
            raise UserError(f"‘{name}’ unpacks to more than {LARGEST_UNPACKED // 1024**2} MB. {_SMALLER}")
        if any(part.flag_bits & 1 for part in parts.values()):
            raise UserError(locked(name))
        if "xl/workbook.xml" not in parts:
            raise UserError(f"‘{name}’ is not an Excel workbook. Open it in your spreadsheet program and save it as one (.xlsx).")
        # Shared strings first: how long the words of a worksheet are depends on them.
        strings: list[int] = []
        for key in sorted((key for key in parts if key.endswith((".xml", ".rels"))), key=lambda key: key != _SHARED_STRINGS):
            content = source.read(parts[key])
            if _HIDDEN_REFERENCE.search(content):
                raise UserError(damaged(name))
            part = _Part(name, strings, most_cells)
            part.measure(content, step)
            if key == _SHARED_STRINGS:
                strings = part.strings
            copy.writestr(parts[key].filename, content)
    packed.seek(0)
    return packed


def locked(name: str) -> str:
    """The sentence for a workbook with a password."""
    return f"‘{name}’ is locked with a password. Open it in Excel, take the password off (File, Info, Protect workbook) and save it again."


def damaged(name: str) -> str:
    """The sentence for a file that nothing can be made of."""
    return f"‘{name}’ is damaged and cannot be read. Open it in your spreadsheet program and save it again."


class _Part:
    """Measures one part of a workbook while expat reads it: how far its cells reach, and how many words they spell out."""

    def __init__(self, name: str, shared: list[int], most_cells: int) -> None:
        self.strings: list[int] = []
        self._name, self._most_cells = name, most_cells
        self._shared = shared
        self._longest = max(shared, default=0)
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._cells = self._spelled_out = 0
        self._counted = self._is_shared = self._in_value = False
        self._value = ""

    def measure(self, content: bytes, step: Callable[[], None]) -> None:
        """Read the part through. Raises UserError where it is not well-formed or too large."""
        parser = expat.ParserCreate("utf-8")  # as the reader takes it, whatever the part declares
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse  # no entity is ever declared in a workbook
        try:
            for first in range(0, len(content), _AT_ONCE):
                step()
                parser.Parse(content[first : first + _AT_ONCE], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UserError(damaged(self._name)) from error

    def _refuse(self, *_: object) -> None:
        raise UserError(damaged(self._name))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        for count in ("count", "uniqueCount"):
            # The reader sets memory aside for as many as are promised: 4,294,967,296 strings ended the process (tried).
            if count in attributes and not re.fullmatch(r"\d{1,6}", attributes[count]):
                self._refuse()
        if kind == "c":
            self._enter_cell(attributes)
        elif kind in _CONTENT:
            self._in_value = kind == "v" and self._is_shared
            self._value = ""
            self._count_cell()
        elif kind == "row":
            written = attributes.get("r", str(self._row + 1))
            if not re.fullmatch(r"[1-9]\d{0,6}", written) or int(written) > _LAST_ROW:
                self._refuse()
            self._row, self._column = int(written), 0
        elif kind == "si":
            self.strings.append(0)
            if len(self.strings) > self._most_cells:
                raise UserError(f"‘{self._name}’ holds more than {self._most_cells:,} different words. {_SMALLER}")

    def _end(self, tag: str) -> None:
        if self._in_value and tag.rpartition(":")[2] == "v":
            self._in_value = False
            index = int(self._value) if re.fullmatch(r"\d{1,7}", self._value) else -1
            self._spelled_out += self._shared[index] if 0 <= index < len(self._shared) else self._longest
            if self._spelled_out > LARGEST_UNPACKED:
                raise UserError(f"‘{self._name}’ holds more than {LARGEST_UNPACKED // 1024**2} MB of words. {_SMALLER}")

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text
        elif self.strings:
            self.strings[-1] += len(text)

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self._counted = False
        self._is_shared = attributes.get("t") == "s"
        self._column += 1
        if "r" in attributes:
            reference = _REFERENCE.fullmatch(attributes["r"])
            if reference is None:
                self._refuse()
                return
            self._column, self._row = _column_number(reference[1]), int(reference[2])
        if self._row > _LAST_ROW or self._column > _LAST_COLUMN:
            self._refuse()

    def _count_cell(self) -> None:
        """A cell counts once it has content: one that only has a colour or a border is skipped by the reader too."""
        if self._counted:
            return
        self._counted = True
        self._cells += 1
        self._last_row, self._last_column = max(self._last_row, self._row), max(self._last_column, self._column)
        if max(self._cells, self._last_row * self._last_column) > self._most_cells:
            raise UserError(
                f"A worksheet of ‘{self._name}’ reaches to row {self._last_row:,} and column {self._last_column:,}, "
                f"too far for a list. {_SMALLER}"
            )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
