"""Hours of CPD as a spreadsheet, and what its file is called: numbers only, never a name. No Qt, no database."""

from collections.abc import Mapping, Sequence
from datetime import date

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.ledger.rules import pace_words
from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.years import year_in_name

HOURS = "cpd-hours"
_BEFORE = ("Staff number", "Name", "Post", "Staff group", "Line manager")
_AFTER = ("Counted (h)", "Carried over (h)", "Due by now (h)", "Owed in the year (h)", "Behind (h)", "How it stands")


def file_name(year: int, on: date, ending: str = "pdf") -> str:
    """cpd-hours-2026-as-of-2026-10-20.pdf."""
    return dated_name(HOURS, year, on=on, ending=ending)


def hours_sheet(ledgers: Sequence[PersonLedger], managers: Mapping[int, str], year: int) -> bytes:
    """Everybody’s hours, with names: the year, and what counts in each term."""
    names = [term.name for term in ledgers[0].terms] if ledgers else []
    header = (*_BEFORE, *(f"{name} (h)" for name in names), *_AFTER)
    return write_xlsx(f"CPD hours {year_in_name(year)}", header, [_row(each, managers) for each in ledgers])


def _row(ledger: PersonLedger, managers: Mapping[int, str]) -> tuple[Cell, ...]:
    person, whole = ledger.person, ledger.whole
    return (
        person.staff_number,
        person.name,
        person.posts,
        person.group,
        ", ".join(managers[each] for each in person.manager_ids if each in managers),
        *(term.counted / 60 for term in ledger.terms),
        whole.counted / 60,
        whole.carried / 60,
        whole.due_by_now / 60,
        whole.due / 60,
        ledger.behind / 60,
        pace_words(whole),
    )
