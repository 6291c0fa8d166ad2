"""The log’s lists for spreadsheet programs, and what its files are called: numbers, never a name."""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.cpd.log.requests.rows import RequestRow
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.money import in_pounds
from staffdev_desktop.kernel.years import year_in_name

LOG, SHEET, REQUESTS, SLIPS, PAYROLL = "cpd-log", "cpd-log-sheet", "cpd-requests", "cpd-slips", "extra-hours"
PAYROLL_COLUMNS = ("Staff number", "Name", "Staff group", "Date", "What it was", "Hours")
REQUEST_COLUMNS = (
    "Asked on",
    "Name",
    "Staff group",
    "What",
    "Provider",
    "Date",
    "Hours",
    "Cost",
    "Who pays",
    "Cover",
    "Cost of cover",
    "Budget",
    "How far",
    "Decided by",
    "Reason",
)


def file_name(kind: str, what: int | str, on: date, ending: str = "pdf") -> str:
    """cpd-log-0108-as-of-2026-10-20.pdf; a person’s papers go by the staff number."""
    return dated_name(kind, what, on=on, ending=ending)


def extra_hours_sheet(rows: Sequence[EntryRow], numbers: dict[int, str]) -> bytes:
    """The list for payroll: a line for each day."""
    lines = [
        (numbers.get(row.person_id, ""), row.name, row.group, row.details.done_on, row.details.activity, row.details.minutes / 60)
        for row in rows
    ]
    return write_xlsx("Extra hours to pay", PAYROLL_COLUMNS, lines)


def requests_sheet(rows: Sequence[RequestRow], year: int) -> bytes:
    """The requests shown, with what was said to them."""
    lines = [
        (
            row.asked_on,
            row.name,
            row.group,
            row.details.activity,
            row.details.provider,
            row.details.starts_on,
            None if row.details.minutes is None else row.details.minutes / 60,
            in_pounds(row.details.pence),
            row.details.who_pays,
            row.details.cover,
            in_pounds(row.details.cover_pence),
            row.budget,
            str(row.stage),
            row.decision.by if row.decision else "",
            row.decision.reason if row.decision else "",
        )
        for row in rows
    ]
    return write_xlsx(f"CPD requests {year_in_name(year)}", REQUEST_COLUMNS, lines)
