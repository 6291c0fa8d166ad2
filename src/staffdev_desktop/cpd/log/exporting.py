"""The log as a spreadsheet with all its columns; taken in again it changes nothing. Pure."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from staffdev_desktop.cpd.log.importing_columns import LABELS
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow
from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.money import in_pounds

ENDINGS = (".csv", ".xlsx")
# Headings that taking in knows; those after the words of an entry are the program’s own, and left alone there.
WHOSE = (LABELS["staff_number"], LABELS["whole_name"], "Staff group", LABELS["email"])
HEADER = (
    LABELS["done_on"], LABELS["hours"], LABELS["activity"], LABELS["kind"], LABELS["strand"], LABELS["setting"], LABELS["provider"],
    LABELS["led"], LABELS["paid"], LABELS["cost"], LABELS["who_pays"], LABELS["fee_share"], LABELS["priority"], LABELS["learnt"],
    LABELS["changed"], LABELS["impact"], LABELS["colleagues"], LABELS["barriers"], LABELS["look_again_on"], "Counts", "Status",
    "Evidence files",
)  # fmt: skip
CHECKED = ("Checked on", "Checked by", "Question")


def write_log(entries: Sequence[EntryRow], people: Mapping[int, CpdPerson], name: str) -> bytes:
    """The entries as the ending of a file’s name says, CSV or XLSX; the oldest first. Raises UserError for another ending."""
    rows = [(*_whose(entry, people.get(entry.person_id)), *_line(entry), *_checked(entry)) for entry in _in_order(entries)]
    return _written((*WHOSE, *HEADER, *CHECKED), rows, name)


def write_own_log(entries: Sequence[EntryRow], name: str) -> bytes:
    """The entries of one person for themselves: without names, neither theirs nor of who checked them. Raises UserError."""
    return _written(HEADER, [_line(entry) for entry in _in_order(entries)], name)


def _in_order(entries: Sequence[EntryRow]) -> list[EntryRow]:
    return sorted(entries, key=lambda entry: (entry.details.done_on, entry.id))


def _written(header: Sequence[str], rows: Sequence[Sequence[Cell]], name: str) -> bytes:
    ending = PurePath(name).suffix.casefold()
    if ending == ".csv":
        return write_csv(header, rows)
    if ending == ".xlsx":
        return write_xlsx("CPD log", header, rows)
    raise UserError(f"‘{PurePath(name).name}’ must end in .csv or .xlsx.", field="out")


def _whose(entry: EntryRow, person: CpdPerson | None) -> tuple[Cell, ...]:
    return (person.staff_number if person else "", entry.name, entry.group, person.email if person else "")


def _line(entry: EntryRow) -> tuple[Cell, ...]:
    details = entry.details
    return (
        details.done_on, details.minutes / 60, details.activity, entry.kind, details.strand, details.setting, details.provider,
        "led" if details.led else "attended", details.paid, in_pounds(details.pence), details.who_pays,
        details.fee_share, details.priority, details.learnt, details.changed, details.impact, details.colleagues, details.barriers,
        details.look_again_on, "yes" if entry.counts else "no", str(entry.status), entry.evidence or None,
    )  # fmt: skip


def _checked(entry: EntryRow) -> tuple[Cell, ...]:
    return (entry.check.checked_on, entry.check.checked_by, entry.check.question) if entry.check else (None, "", "")
