"""Spoils spreadsheets of CPD: a central list, a matrix of people and courses, and a person's own sheet. Read whole, or refused whole.

`fuzz(count, seed)` is called with a few by the tests and with 10,000 of each kind by the faults command.
"""

import json
import sys
from datetime import date, timedelta
from typing import Any

from staffdev_desktop.cpd.log.importing import NO_ANSWERS, KnownEntry, KnownLog, key_of, take_in_plan
from staffdev_desktop.cpd.log.importing_files import open_entries, preview
from staffdev_desktop.cpd.log.importing_lines import Lists
from staffdev_desktop.cpd.log.importing_people import KnownPerson
from staffdev_desktop.cpd.log.person_sheet import write_person_sheet
from staffdev_desktop.cpd.log.rows import EntryDetails, KindRow
from staffdev_desktop.cpd.log.rules import DAY_MINUTES, SETTINGS, STRANDS, check_day_total, check_details
from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.tokens import LogToken
from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import usual_terms
from tests.faults import spoiled_sheets

KEY, FILE = b"a key of this test, 32 bytes long", "file"
TODAY = date(2026, 10, 20)
HEADER = ("Staff number", "Name", "Date", "Hours", "Course title", "Type", "Strand", "Cost", "Led or attended", "Impact", "Term")
HOURS = (0.25, 1.5, "1:30", "45 min", timedelta(hours=2), 1, "½")
SEED = 20261020
PEOPLE = tuple(KnownPerson(n, f"Zoë {n}", f"Doyle{n}", "", f"{n:04d}", f"z{n}@larkfield.example") for n in range(1, 21))
KNOWN = KnownLog(
    people=PEOPLE,
    periods={person.id: [(date(2019, 9, 1), None)] for person in PEOPLE},
    entries=tuple(KnownEntry(n, 1, n, EntryDetails(date(2026, 9, n), 60, f"Session {n}")) for n in range(1, 15)),
    kinds=tuple(KindRow(n, 1, name, True, True, True) for n, name in enumerate(("Course", "Drop-in", "INSET"), 1)),
    lists=Lists(STRANDS, SETTINGS, usual_terms(2026)),
    may_add_kinds=True,
)  # fmt: skip


def good_files() -> dict[str, bytes]:
    """Sound sheets, under each name they are tried by."""
    rows = [
        (n % 20 + 1, f"Zoë {n % 20 + 1} Doyle{n % 20 + 1}", date(2026, 9, 1 + n % 28), HOURS[n % len(HOURS)] if n % 7 != 4 else 2.0,
         f"Session {n}", ("Course", "Twilight")[n % 2], STRANDS[0], 12.5, "led", "Pupils read on", "Autumn 2026")
        for n in range(40)
    ]  # fmt: skip
    matrix = [
        (person.name, date(2026, 9, 14) if person.id % 2 else "x", 1.5, "yes", None if person.id % 3 else date(2026, 10, 1))
        for person in PEOPLE
    ]
    courses = ("Name", "Phonics 01/09/2026 (2h)", "First aid", "Prevent", "Fire safety")
    as_text = write_csv(HEADER, rows)
    return {
        "list.csv": as_text,
        "list16.csv": as_text.decode("utf-8-sig").encode("utf-16"),
        "matrix.csv": write_csv(courses, matrix),
        "list.xlsx": write_xlsx("CPD", HEADER, rows),
        "matrix.xlsx": write_xlsx("Matrix", courses, matrix),
        "own.xlsx": write_person_sheet("Zoë 1 Doyle1", LogToken(1, 2026, FILE), KEY, kinds=KNOWN.kinds, strands=STRANDS),
    }


def read(data: bytes, name: str) -> str:
    """Read a spoiled sheet as the program does, to the plan; every change of a plan is one that the log can hold."""
    try:
        found = preview(open_entries(data, name, key=KEY, file_id=FILE), KNOWN, NO_ANSWERS)
        changes = take_in_plan(found)
    except UserError as error:
        return spoiled_sheets.refused(error)
    done = found.counts[Verdict.NEW] + found.counts[Verdict.CHANGED]
    assert done == len(changes) == len({key_of(change.person_id, change.details) for change in changes})
    totals: dict[tuple[int, date], int] = {}
    for change in changes:
        check_details(change.details, TODAY)
        day = change.person_id, change.details.done_on
        totals[day] = totals.get(day, 0) + change.details.minutes
        check_day_total(change.name, change.details.done_on, min(totals[day], DAY_MINUTES + 1))
    return "read"


def fuzz(count: int, seed: int) -> dict[str, Any]:
    """As in spoiled_sheets."""
    with clock.frozen_at(TODAY):
        return spoiled_sheets.fuzz(count, seed, good_files(), read)


def rows(count: str) -> list[dict[str, Any]]:
    """One row."""
    return [spoiled_sheets.row_of("spoiled CSV and XLSX of CPD", fuzz(spoiled_sheets.FILES[count], SEED))]


if __name__ == "__main__":
    print(json.dumps(fuzz(int(sys.argv[1]), int(sys.argv[2]))))
