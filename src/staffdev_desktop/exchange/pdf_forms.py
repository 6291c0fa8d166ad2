"""Reads a fillable form that came back, whichever program it was filled in with.

Whatever is wrong with the file is said in one sentence (UserError); there is no other way out. A PDF has no checksum over what was
typed, so a file whose bytes were spoiled on the way may carry a changed word. What is made sure of is whose form it is (the signed
token), that every box of that form is there once and no other, and that each holds what such a box can hold; `Returned.mended`
says that the file was not in order. Answers are shown for confirmation beside the person's name, never taken in unseen.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
    decode_pdfdocencoding,
)

from staffdev_desktop.exchange.cells import LONGEST_TEXT
from staffdev_desktop.exchange.tokens import FormToken
from staffdev_desktop.formkit import Form
from staffdev_desktop.formkit.boxes import FORM_BOX, Box, answers_from_boxes, boxes, choice_mark
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of

LARGEST_FILE = 20 * 1024 * 1024
MOST_NODES, DEEPEST = 5000, 20
_OFF = ("", "Off")
_ON = ("Yes", "On")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LANGUAGE = re.compile("\x1b[a-zA-Z-]{2,6}\x1b")  # PDF lets a text say which language follows

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the words of the file


@dataclass(frozen=True)
class Returned:
    """A form that came back: its token as it stands, not yet checked, and what stands in each box by the box's name.

    `mended` is whether the file was out of order and had to be read leniently: then compare it with what the sender has.
    """

    name: str
    token: str
    boxes: Mapping[str, str]
    mended: bool = False

    def answers(self, form: Form, token: FormToken) -> dict[str, Any]:
        """Answers by field id, of the form and version that the verified token names; see formkit.boxes.answers_from_boxes.

        Raises UserError when the boxes are not that form's: renamed, removed, added, or holding what they cannot hold.
        """
        wanted = boxes(form, token.last_targets, first_year=token.first_year)
        missing = len({box.name for box in wanted} - self.boxes.keys())
        if missing or len(self.boxes) > len(wanted):
            what = f"{count_of(missing, 'box', 'boxes')} missing or renamed" if missing else "boxes that do not belong to it"
            raise UserError(f"‘{self.name}’ was changed: it has {what}. Ask for the form as it was sent, or type the answers in.")
        return answers_from_boxes(form, {box.name: self._value(box) for box in wanted})

    def _value(self, box: Box) -> str | bool:
        words = self.boxes[box.name]
        if box.kind == "words":
            return words
        if words in _OFF:
            return "" if box.kind == "one_of" else False
        if box.kind == "tick" and words in _ON:
            return True
        for place, choice in enumerate(box.choices):
            if words == choice_mark(place):
                return choice
        raise UserError(_damaged(self.name))


def read_pdf_file(path: Path) -> Returned:
    """Read a form from a file; one that is too large is refused before it is read. Raises UserError, OSError if it cannot be opened."""
    if path.stat().st_size > LARGEST_FILE:
        raise UserError(_too_large(path.name))
    return read_pdf_form(path.read_bytes(), path.name)


def read_pdf_form(data: bytes, name: str) -> Returned:
    """Read a form from its bytes; `name` is the file's, for sentences. Raises UserError for any fault of the file."""
    if len(data) > LARGEST_FILE:
        raise UserError(_too_large(name))
    if not data.strip(b"\0 \r\n\t"):
        raise UserError(f"‘{name}’ is empty.")
    if b"%PDF-" not in data[:1024]:
        raise UserError(f"‘{name}’ is not a PDF. Choose the form that was filled in and saved.")
    try:
        found, mended = _read(data, name, strict=True), False
    except UserError:
        raise
    except Exception:
        found, mended = _read_leniently(data, name), True
    if not found:
        raise UserError(
            f"‘{name}’ has no boxes to read: it was printed or scanned, or its boxes were flattened. Type the answers in instead."
        )
    token = found.pop(FORM_BOX, None)
    if token is None:
        raise UserError(f"‘{name}’ is not one of this program’s forms.")
    return Returned(name, token, found, mended)


def _read_leniently(data: bytes, name: str) -> dict[str, str]:
    try:
        return _read(data, name, strict=False)
    except UserError:
        raise
    except Exception as error:  # damaged files raise a dozen kinds
        raise UserError(_damaged(name)) from error


def _read(data: bytes, name: str, *, strict: bool) -> dict[str, str]:
    reader = PdfReader(BytesIO(data), strict=strict)
    if reader.is_encrypted:
        raise UserError(f"‘{name}’ is locked with a password. Ask for it without one.")
    found: dict[str, str] = {}
    for box, value in _fields(reader, name):
        if found.setdefault(box, value) != value:
            raise UserError(f"‘{name}’ holds more than one form. Give each form back as a file of its own.")
    return found


def _fields(reader: PdfReader, name: str) -> Iterator[tuple[str, str]]:
    """Every box with what stands in it: from the form's own list, and from the pages, where some programs leave them alone."""
    root = _dictionary(reader.trailer["/Root"])
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, str, dict[str, Any], int]] = []
    form = root.get("/AcroForm")
    if form is not None:
        waiting = [(node, "", {}, 0) for node in _array(_dictionary(form).get("/Fields"))]
    for page in reader.pages:
        waiting += [(_whole_box(node), "", {}, 0) for node in _array(page.get("/Annots")) if _dictionary(node).get("/Subtype") == "/Widget"]
    nodes = 0
    while waiting:
        node, start, inherited, depth = waiting.pop()
        nodes += 1
        if nodes > MOST_NODES or depth > DEEPEST:
            raise UserError(_damaged(name))
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
        field = _dictionary(node)
        own = _text(field["/T"], name) if "/T" in field else ""
        box = f"{start}.{own}" if start and own else start or own
        kept = {key: field.get(key, inherited.get(key)) for key in ("/FT", "/V")}
        kids = [_dictionary(kid) for kid in _array(field.get("/Kids"))]
        if any("/T" in kid for kid in kids):
            waiting += [(kid, box, kept, depth + 1) for kid in _array(field.get("/Kids"))]
        elif box and (kind := _resolved(kept["/FT"])) != "/Sig":
            yield box, _value(kind, _resolved(kept["/V"]), [field, *kids], name)


def _whole_box(node: Any) -> Any:
    """From what is on the page up to the box it belongs to: the marks of a choice each stand alone there."""
    for _ in range(DEEPEST):
        parent = _dictionary(node).get("/Parent")
        if parent is None:
            break
        node = parent
    return node


def _value(kind: Any, value: Any, widgets: list[DictionaryObject], name: str) -> str:
    if kind != "/Btn":
        return _text(value, name)
    if value is None:  # some programs only change how the box looks
        value = next((mark for widget in widgets if (mark := widget.get("/AS")) not in (None, "/Off")), None)
    if value is None:
        return ""
    if not isinstance(value, NameObject | TextStringObject):  # words, where there should be a name, from some programs
        raise UserError(_damaged(name))
    return value.removeprefix("/")


def _text(value: Any, name: str) -> str:
    """A text of the file, with plain line ends. Raises UserError for one that is no text or has what nobody can type."""
    value = _resolved(value)
    if value is None:
        return ""
    if isinstance(value, StreamObject):
        raw = value.get_data()
    elif isinstance(value, TextStringObject | ByteStringObject):
        raw = value.original_bytes
    else:
        raise UserError(_damaged(name))
    try:
        words = _decoded(raw)
    except UnicodeError as error:
        raise UserError(f"‘{name}’ has letters that cannot be read. Ask for it again, or type the answers in.") from error
    words = _LANGUAGE.sub("", words).replace("\r\n", "\n")
    words = re.sub(r"[\r\v\f\x85\u2028\u2029]", "\n", words)
    if _CONTROLS.search(words):
        raise UserError(f"‘{name}’ has letters that cannot be read. Ask for it again, or type the answers in.")
    if len(words) > LONGEST_TEXT:
        raise UserError(f"‘{name}’ has an answer of {len(words):,} characters. Ask for one of {LONGEST_TEXT:,} or fewer.")
    return words


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw.decode("utf-8-sig")
    return decode_pdfdocencoding(raw)


def _resolved(value: Any) -> Any:
    value = value.get_object() if value is not None else None
    return None if isinstance(value, NullObject) else value


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object()
    if not isinstance(value, DictionaryObject):
        raise ValueError("not a dictionary")
    return value


def _array(value: Any) -> ArrayObject:
    value = value.get_object() if value is not None else ArrayObject()
    return value if isinstance(value, ArrayObject) else ArrayObject()


def _too_large(name: str) -> str:
    return f"‘{name}’ is larger than {LARGEST_FILE // 1024**2} MB: that is no form that was filled in here."


def _damaged(name: str) -> str:
    return f"‘{name}’ is damaged. Ask for it again, or type the answers in."
