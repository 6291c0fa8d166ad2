"""The log as a spreadsheet with all its columns; taken in again it changes nothing. Pure."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from staffdev_desktop.cpd.log.importing_columns import LABELS
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow
from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel.errors import UserError

ENDINGS = (".csv", ".xlsx")
# Headings that taking in knows; those after them are the program’s own, and left alone there.
HEADER = (
    LABELS["staff_number"], LABELS["whole_name"], "Staff group", LABELS["email"], LABELS["done_on"], LABELS["hours"],
    LABELS["activity"], LABELS["kind"], LABELS["strand"], LABELS["setting"], LABELS["provider"], LABELS["led"], LABELS["paid"],
    LABELS["cost"], LABELS["who_pays"], LABELS["fee_share"], LABELS["priority"], LABELS["learnt"], LABELS["changed"], LABELS["impact"],
    LABELS["colleagues"], LABELS["barriers"], LABELS["look_again_on"], "Counts", "Status", "Evidence files", "Checked on", "Checked by",
    "Question",
)  # fmt: skip


def write_log(entries: Sequence[EntryRow], people: Mapping[int, CpdPerson], name: str) -> bytes:
    """The entries as the ending of a file’s name says, CSV or XLSX; the oldest first. Raises UserError for another ending."""
    rows = [_line(entry, people.get(entry.person_id)) for entry in sorted(entries, key=lambda each: (each.details.done_on, each.id))]
    ending = PurePath(name).suffix.casefold()
    if ending == ".csv":
        return write_csv(HEADER, rows)
    if ending == ".xlsx":
        return write_xlsx("CPD log", HEADER, rows)
    raise UserError(f"‘{PurePath(name).name}’ must end in .csv or .xlsx.", field="out")


def _line(entry: EntryRow, person: CpdPerson | None) -> tuple[Cell, ...]:
    details, check = entry.details, entry.check
    return (
        person.staff_number if person else "",
        entry.name,
        entry.group,
        person.email if person else "",
        details.done_on,
        details.minutes / 60,
        details.activity,
        entry.kind,
        details.strand,
        details.setting,
        details.provider,
        "led" if details.led else "attended",
        details.paid,
        None if details.pence is None else details.pence / 100,
        details.who_pays,
        details.fee_share,
        details.priority,
        details.learnt,
        details.changed,
        details.impact,
        details.colleagues,
        details.barriers,
        details.look_again_on,
        "yes" if entry.counts else "no",
        str(entry.status),
        entry.evidence or None,
        check.checked_on if check else None,
        check.checked_by if check else "",
        check.question if check else "",
    )
