"""The bundled fonts, and the one run splitter: which font can draw which character of a text (DESIGN section 6).

ReportLab drops a character that its font lacks without a word. So every paper asks `runs`, which picks a font for each
character from one coverage table, and prints the code of a character that no font has. `unprintable` is the warning
before printing, from the same table.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, SEMIBOLD, BOLD, MONO = "NotoSans-Regular", "NotoSans-SemiBold", "NotoSans-Bold", "DejaVuSansMono"
CJK = "DroidSansFallback"
# What stands in where the first font lacks a character. The fallback for CJK comes last: reading its table takes 0.1 s.
CHAINS = {
    REGULAR: (REGULAR, "NotoNaskhArabic-Regular", MONO, CJK),
    SEMIBOLD: (SEMIBOLD, "NotoNaskhArabic-Bold", MONO, CJK),
    BOLD: (BOLD, "NotoNaskhArabic-Bold", MONO, CJK),
    MONO: (MONO, REGULAR, "NotoNaskhArabic-Regular", CJK),
}
GLYPH_CODES = 0xF0000  # private codes for glyphs that no character maps to: this plus the glyph's number
Run = tuple[str, str]

_lock = Lock()
_GLYPH_NAME = re.compile(r"uni((?:[0-9A-F]{4})+)")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, directional marks, soft hyphens and variation selectors: nothing of them is visible, so nothing is lost.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_PLAIN = re.compile(r"[\n\x20-\x7e£–—‘’“”…·é]*")


class PaperFont(TTFont):
    """A TrueType font whose shaped glyphs have fixed codes (same input, same bytes) and read back as the letters they stand for."""

    face: Any  # the type stubs leave out half of it
    glyph_text: dict[int, str]

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, BytesIO(data), asciiReadable=False)
        self.glyph_text = {}

    def code_for(self, glyph: int, glyph_name: str, advance: float) -> int:
        """The code that draws a glyph: its character's, or a private one that never depends on what was drawn before."""
        known = self.face.glyphToChar.get(glyph)
        if known:
            return int(known[0])
        code = GLYPH_CODES + glyph
        if code not in self.face.charToGlyph:
            match = _GLYPH_NAME.match(glyph_name)
            letters = [match[1][i : i + 4] for i in range(0, len(match[1]), 4)] if match else ["FFFD"]
            self.glyph_text[code] = "".join(chr(int(letter, 16)) for letter in letters)
            self.face.charWidths[code] = advance
            self.face.charToGlyph[code] = glyph
        return code

    def addObjects(self, doc: PDFDocument) -> None:
        """Write the font into the file; then say which letters the private codes and Arabic forms stand for."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            if any(code >= 0xFB50 for code in subset):
                prefix = b"".join((_subset_tag(number), b"+", self.face.name, self.face.subfontNameX)).decode("latin-1")
                letters: Any = doc.idToObject[f"toUnicodeCMap:{prefix}"]
                letters.content = self._letters_of(prefix, subset)

    def _letters_of(self, name: str, subset: list[int]) -> str:
        lines = []
        for place, code in enumerate(subset):
            text = self.glyph_text.get(code) or chr(code)
            if 0xFB50 <= ord(text[0]) <= 0xFEFF:
                text = unicodedata.normalize("NFKC", text)
            lines.append(f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>")
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n/CMapName /{name} def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{len(subset)} beginbfchar\n"
            + "\n".join(lines)
            + "\nendbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        )


def _subset_tag(number: int) -> bytes:
    from reportlab.pdfbase.ttfonts import SUBSETN

    return bytes(SUBSETN(number))


@cache
def _load(name: str) -> PaperFont:
    font = PaperFont(name, (files("staffdev_desktop.resources") / "fonts" / f"{name}.ttf").read_bytes())
    pdfmetrics.registerFont(font)
    return font


def font(name: str) -> PaperFont:
    """A bundled font by its file's name, read and registered once."""
    with _lock:
        return _load(name)


def clean(text: str) -> str:
    """A text as it is printed: composed letters, plain line ends, no control characters."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _INVISIBLE.sub("", text)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of a text that no bundled font has, each once, in order: said before printing, printed as their codes."""
    cleaned = clean(text)
    if _PLAIN.fullmatch(cleaned):
        return ()
    return tuple(dict.fromkeys(character for character in cleaned if character != "\n" and not _font_for(character, REGULAR)))


def unprintable_in(data: Any) -> tuple[str, ...]:
    """The same for all words in plain data: a snapshot, answers, a list of rows."""
    if isinstance(data, str):
        return unprintable(data)
    inner = data.values() if isinstance(data, Mapping) else data if isinstance(data, list | tuple) else ()
    return tuple(dict.fromkeys(character for item in inner for character in unprintable_in(item)))


@lru_cache(maxsize=4096)
def _font_for(character: str, weight: str) -> str:
    if unicodedata.category(character) in ("Co", "Cs"):
        return ""  # private codes mean nothing to a reader, and shaped glyphs borrow them
    for name in CHAINS[weight]:
        if ord(character) in font(name).face.charToGlyph:
            return name
    return ""


@lru_cache(maxsize=4096)
def runs(text: str, weight: str) -> tuple[Run, ...]:
    """Split a cleaned text, without line ends, into (font, text) runs. A combining mark stays with the letter before it."""
    font(weight)
    if _PLAIN.fullmatch(text):
        return ((weight, text),) if text else ()
    found: list[tuple[str, list[str]]] = []
    for character in text:
        name = _font_for(character, weight)
        if not name:
            name, character = MONO, f"[U+{ord(character):04X}]"
        elif found and unicodedata.combining(character) and ord(character) in font(found[-1][0]).face.charToGlyph:
            name = found[-1][0]
        if found and found[-1][0] == name:
            found[-1][1].append(character)
        else:
            found.append((name, [character]))
    return tuple((name, "".join(characters)) for name, characters in found)
