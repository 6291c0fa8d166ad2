"""Spoils staff lists, CSV and XLSX, byte by byte and cell by cell, and reads them: a list, or one sentence, and nothing else.

`fuzz(count, seed)` is called with a few by the tests and with 10,000 of each by the faults command.
"""

import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from time import process_time
from typing import Any

from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff.importing import open_staff_list, preview_staff_list, read_staff_list, take_in_plan

Read = Callable[[bytes, str], str]  # a file and its name: ‘read’ or ‘refused’
HEADER = ("Title", "Surname", "Forename", "Staff number", "Work email", "Post", "Start date", "FTE", "Weekly hours", "Line manager")
FILES = {"short": 400, "full": 10_000}  # of each kind
SEED = 20261001
GROUPS = ("Teachers", "Teaching assistants", "Site")
NASTY = (
    b'"', b"\x00", b"\xff\xfe", b"\r", b"\n", b";" * 50, b"=1+1", b"\xc3", b"<c r='XFD1048576'><v>1</v></c>", b"&#0;", b"]]>",
    b"<!ENTITY a 'b'>", b"999999999999", b't="s"', b'r="ZZZZZZZ9"', b"-1", b"\xf0\x9f\x98\x80", b"01/09/1066", b"1e308", b"nan",
)  # fmt: skip
VALUES = (
    b"", b"0", b"-1", b"1", b"s", b"b", b"e", b"d", b"str", b"inlineStr", b"A1", b"XFD1048576", b"A0", b"ZZZ1", b"a1", b"J99999",
    b"A1:XFD1048576", b"999999", b"4294967296", b"1e400", b"nan", b"0.1", b"99999999", b"2019-09-01", b"yyyy", b"[h]:mm", b"&amp;",
    b"&#8238;", b"x" * 40_000, b"../../x.xml", b"rId9",
)  # fmt: skip


def good_files() -> dict[str, bytes]:
    """A sound list of forty invented people, under each name it is tried by."""
    rows = [
        (
            "Ms",
            f"Doyle{n}",
            f"Zoë {n}",
            n,
            f"z{n}@larkfield.example",
            "Teaching assistant",
            date(2019, 9, 1 + n % 28),
            0.6,
            22.5,
            "Zoë 3 Doyle3",
        )
        for n in range(40)
    ]
    as_text = write_csv(HEADER, rows)
    words = as_text.decode("utf-8-sig")
    return {
        "list.csv": as_text,
        "list16.csv": words.encode("utf-16"),
        "windows.csv": words.replace(",", ";").encode("cp1252"),
        "list.xlsx": write_xlsx("Staff", HEADER, rows),
    }


def spoil(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, put in, taken out, or its end missing."""
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10, 100))):
        place = chance.randrange(len(spoiled) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            spoiled[place : place + 1] = bytes((chance.randrange(256),))
        elif kind == 1:
            spoiled[place:place] = chance.choice(NASTY)
        elif kind == 2:
            del spoiled[place : place + chance.randrange(1, 30)]
        else:
            start = chance.randrange(len(spoiled) + 1)
            spoiled[place:place] = spoiled[start : start + chance.randrange(200)]
    return bytes(spoiled[: chance.randrange(len(spoiled) + 1)] if chance.random() < 0.1 else spoiled)


def spoil_values(part: bytes, chance: random.Random) -> bytes:
    """XML that stays well-formed, with some of its attributes and texts changed, so that the reader behind the checks is tried too."""
    pieces = re.split(rb'("[^"<>]*"|>[^<>]+<)', part)
    for _ in range(chance.choice((1, 3, 10))):
        place = chance.randrange(len(pieces))
        if place % 2:
            inner = chance.choice((*VALUES, pieces[chance.randrange(1, len(pieces), 2)][1:-1]))
            pieces[place] = pieces[place][:1] + inner + pieces[place][-1:]
    return b"".join(pieces)


def spoil_inside(data: bytes, chance: random.Random) -> bytes:
    """A workbook whose zip is sound but one of whose parts is spoiled."""
    way = spoil_values if chance.random() < 0.7 else spoil
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as copy:
        names = source.namelist()
        chosen = chance.choice([name for name in names if name.startswith("xl/")] + ["xl/worksheets/sheet1.xml"] * 5)
        for name in names:
            part = source.read(name)
            copy.writestr(name, way(part, chance) if name == chosen else part)
    return out.getvalue()


def read(data: bytes, name: str) -> str:
    """Read a spoiled file as the program does, to the plan: ‘read’, or ‘refused’ with a sentence. Anything else is a bug."""
    try:
        sheet, columns = open_staff_list(data, name)
        lines, troubles = read_staff_list(sheet, columns)
        preview = preview_staff_list(lines, troubles, (), GROUPS)
        assert len(preview.rows) == len(lines) + len(troubles)
        take_in_plan(preview)
    except UserError as error:
        return refused(error)
    return "read"


def refused(error: UserError) -> str:
    """‘refused’; a refusal that is not one sentence after another is a bug."""
    if "\n" in error.message or not error.message.endswith("."):
        raise ValueError(f"not a sentence: {error.message!r}") from error
    return "refused"


def fuzz(count: int, seed: int, files: Mapping[str, bytes] | None = None, read: Read = read) -> dict[str, float | int | dict[str, int]]:
    """Read `count` spoiled files of each kind (CSV, XLSX). Raises whatever the program lets through that is not a UserError.

    `files` are sound ones by name, the one workbook ending in .xlsx, and `read` is what reads a spoiled one. Returns counts of what was
    read and refused, the slowest in seconds of the processor, and how far the memory of this process grew at its peak, in MB.
    """
    chance = random.Random(seed)
    files = files or good_files()
    texts = [name for name in files if name.endswith(".csv")]
    books = [name for name in files if name.endswith(".xlsx")]
    for name, data in files.items():
        assert read(data, name) == "read", name
    counts = {"csv read": 0, "csv refused": 0, "xlsx read": 0, "xlsx refused": 0}
    slowest, before = 0.0, peak_megabytes()
    for number in range(count * 2):
        kind = "xlsx" if number % 2 else "csv"
        name = chance.choice(books if number % 2 else texts)
        way = spoil_inside if number % 2 and chance.random() < 0.8 else spoil
        data = way(files[name], chance)
        began = process_time()
        try:
            outcome = read(data, name)
        except BaseException as error:
            error.add_note(f"spoiled sheet {number} of fuzz(count={count}, seed={seed})")
            raise
        slowest = max(slowest, process_time() - began)
        counts[f"{kind} {outcome}"] += 1
    return {"files": count * 2, "counts": counts, "slowest_seconds": round(slowest, 3), "peak_megabytes": peak_megabytes() - before}


def rows(count: str) -> list[dict[str, Any]]:
    """One row."""
    return [row_of("spoiled CSV and XLSX", fuzz(FILES[count], SEED))]


def row_of(what: str, found: dict[str, Any]) -> dict[str, Any]:
    """The table's row for what `fuzz` found; an uncaught error never gets here, but fails the module."""
    slow, big = found["slowest_seconds"], found["peak_megabytes"]
    measured = f"{found['files']:,} files, slowest {slow:.2f} s, {big} MB more"
    row = {"what": what, "hold": "no uncaught error, <= 1 s, <= 200 MB", "measured": measured, "against": "", "ratio": None}
    return row | {"ok": slow <= 1 and big <= 200, "counts": found["counts"]}


def peak_megabytes() -> int:
    """The most memory this process has had, in MB; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    print(json.dumps(fuzz(int(sys.argv[1]), int(sys.argv[2]))))
