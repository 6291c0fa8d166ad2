"""Spoils fillable forms that came back, byte by byte, and reads them: the right person's form, or one sentence, and nothing else.

A PDF has no checksum over what was typed, so a spoiled byte inside an answer gives another letter; such answers are counted, and
people see them before they are taken in. What must never happen is an uncaught error, a form taken for another review's or another
form's, a box taken for another box, or an answer that its question cannot have.

`fuzz(count, seed)` is called with a few by the tests and with 10,000 by the faults command.
"""

import gc
import json
import random
import re
import sys
from datetime import date
from functools import cache
from io import BytesIO
from time import process_time
from typing import Any

from pypdf import PdfReader, PdfWriter

from staffdev_desktop.exchange.pdf_forms import read_pdf_form
from staffdev_desktop.exchange.tokens import FormToken, sign, verify
from staffdev_desktop.formkit import Form, check_answers, shipped_form
from staffdev_desktop.formkit.boxes import boxes, choice_mark
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.papers import LastTarget, ReviewFacts, meeting_form, self_review_sheet
from tests.faults.spoiled_sheets import SEED, peak_megabytes, row_of

FILES = {"short": 300, "full": 10_000}
KEY = bytes(range(32))
WORDS = "Pupils’ progress: Müller–O’Neill, £500 “good” ✓ 中 😀\nsecond line\n\nfourth"
FACTS = ReviewFacts(
    school="Larkfield Primary School",
    number="PDR-2026-0031",
    academic_year="2026/27",
    name="Karen Doyle",
    post="Teaching assistant",
    reviewer="Ruth Pemberton",
    printed_on=date(2026, 9, 18),
)
LAST = (LastTarget("Run the reading group", date(2026, 7, 20)), LastTarget("Coach newer colleagues"))
NASTY = (
    b"null", b"[]", b"<<>>", b"()", b"(", b">>", b"endobj", b"stream\n", b"0 R", b"1 0 R", b"99999999999 0 R", b"/V", b"/T", b"/Kids",
    b"/Parent", b"/Off", b"/Yes", b"/c2", b"\xfe\xff", b"\\", b"\\000", b"-1", b"1e99", b"true",
    b"/Encrypt 5 0 R", b"\x00", b"%", b"<FEFFD800>",
)  # fmt: skip
_STRUCTURE = re.compile(rb"/(?:V|T|FT|AS|Kids|Parent|Fields|AcroForm|Annots|Root|Size|Prev|Type)\b|startxref|xref|trailer|endobj|\d+ 0 obj")


def a_form(kind: str) -> tuple[Form, FormToken, bytes]:
    """An empty form to fill in, with what its token says."""
    if kind == "self-review":
        form = shipped_form("support-self-review")
        token = FormToken(form.id, form.version, FACTS.number, "8f2c", "self-review", len(LAST))
        return form, token, self_review_sheet(form, FACTS, LAST, token=sign(token, KEY))
    form = shipped_form("support-statement")
    token = FormToken(form.id, form.version, FACTS.number, "8f2c", "meeting", len(LAST))
    return form, token, meeting_form(form, FACTS, LAST, token=sign(token, KEY))


def filling(form: Form, words: str = WORDS) -> dict[str, str]:
    """Something for every box, as it stands in the file: words, /Yes, or the mark of the last choice."""
    marks = {"words": words, "tick": "/Yes"}
    return {box.name: marks.get(box.kind) or f"/{choice_mark(len(box.choices) - 1)}" for box in boxes(form, len(LAST))}


def fill(pdf: bytes, values: dict[str, Any]) -> bytes:
    """Fill a form in with pypdf."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@cache
def good_files() -> dict[str, tuple[Form, FormToken, bytes, dict[str, Any]]]:
    """Sound forms, empty and filled in, with the answers that they hold."""
    found = {}
    for kind in ("self-review", "meeting"):
        form, token, empty = a_form(kind)
        for name, data in ((f"{kind}-empty", empty), (f"{kind}-filled", fill(empty, filling(form)))):
            found[name] = (form, token, data, read_pdf_form(data, name).answers(form, token))
    return found


def spoil(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, put in, taken out or moved, mostly where its structure and its boxes are."""
    spoiled = bytearray(data)
    places = [found.start() for found in _STRUCTURE.finditer(data)]
    for _ in range(chance.choice((1, 1, 1, 3, 10, 50))):
        place = chance.randrange(len(spoiled) + 1)
        if chance.random() < 0.8:
            place = min(len(spoiled), max(0, chance.choice(places) + chance.randrange(-5, 60)))
        kind = chance.randrange(5)
        if kind == 0:
            spoiled[place : place + 1] = bytes((chance.randrange(256),))
        elif kind == 1:
            nasty = chance.choice(NASTY)
            spoiled[place : place + len(nasty)] = nasty  # in place, so that the list of objects still fits
        elif kind == 2:
            spoiled[place:place] = chance.choice(NASTY)
        elif kind == 3:
            del spoiled[place : place + chance.randrange(1, 30)]
        else:
            start = chance.choice(places)
            piece = data[start : start + chance.randrange(5, 300)]
            spoiled[place : place + len(piece)] = piece
    return bytes(spoiled[: chance.randrange(len(spoiled) + 1)] if chance.random() < 0.05 else spoiled)


def read(data: bytes, name: str) -> str:
    """Read a spoiled form as the program does: ‘as written’, ‘other words’, or ‘refused’ with a sentence. Anything else is a bug."""
    form, token, _, written = good_files()[name]
    try:
        returned = read_pdf_form(data, f"{name}.pdf")
        found = verify(returned.token, KEY)
        answers = returned.answers(form, found)
    except UserError as error:
        if "\n" in error.message or not error.message.endswith("."):
            raise ValueError(f"not a sentence: {error.message!r}") from error
        return "refused"
    assert found == token, "taken for another review's form"
    problems = [problem.sentence for problem in check_answers(form, answers) if not problem.sentence.endswith("is not a date.")]
    assert not problems, problems
    if answers == written:
        return "as written"
    return "other words, said to be mended" if returned.mended else "other words"


def fuzz(count: int, seed: int) -> dict[str, float | int | dict[str, int]]:
    """Read `count` spoiled forms. Raises whatever the program lets through that is not a UserError, and any form mistaken for another.

    Returns counts of what was read and refused, the slowest in seconds of processor time, and how far the memory of this process
    grew at its peak, in MB.
    """
    chance = random.Random(seed)
    files = good_files()
    for name, (_, _, data, _) in files.items():
        assert read(data, name) == "as written", name
    counts = dict.fromkeys(("as written", "other words", "other words, said to be mended", "refused"), 0)
    slowest, before = 0.0, peak_megabytes()
    gc.collect()
    gc.freeze()  # what this process holds already is not the form's to look through: a worker of the tests holds much
    for number in range(count):
        name = chance.choice(list(files))
        data = spoil(files[name][2], chance)
        began = process_time()
        try:
            outcome = read(data, name)
        except BaseException as error:
            error.add_note(f"spoiled form {number} of fuzz(count={count}, seed={seed})")
            raise
        slowest = max(slowest, process_time() - began)
        counts[outcome] += 1
    gc.unfreeze()
    return {"files": count, "counts": counts, "slowest_seconds": round(slowest, 3), "peak_megabytes": peak_megabytes() - before}


def rows(count: str) -> list[dict[str, Any]]:
    """One row."""
    return [row_of("spoiled fillable PDF", fuzz(FILES[count], SEED))]


if __name__ == "__main__":
    print(json.dumps(fuzz(int(sys.argv[1]), int(sys.argv[2]))))
