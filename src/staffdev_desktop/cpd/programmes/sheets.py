"""Sessions and programmes as spreadsheets and calendar files, and what their files are called: numbers only, never a name."""

from collections.abc import Sequence
from datetime import date, datetime

from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.exchange import calendars
from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.money import in_pounds
from staffdev_desktop.kernel.years import year_in_name

SESSION_COLUMNS = (
    "Day",
    "Begins",
    "Hours",
    "Session",
    "Kind",
    "Strand",
    "Led by",
    "Place",
    "For",
    "Directed time",
    "Places",
    "Signed up",
    "Present",
    "State",
    "Provider",
    "Cost (£)",
)
PROGRESS_COLUMNS = (
    "Name",
    "Post",
    "Programme",
    "Cohort",
    "Stage",
    "Applied",
    "Began",
    "Due",
    "Ended",
    "Overdue",
    "Parts done",
    "Parts",
    "Part",
    "Kind of part",
    "Done on",
    "Result",
    "Mentor",
    "Fee (£)",
    "Who pays",
    "Share",
)


def file_name(kind: str, what: int | str, on: date, ending: str = "pdf") -> str:
    """cpd-calendar-2026-as-of-2026-10-20.pdf."""
    return dated_name(kind, what, on=on, ending=ending)


def sessions_sheet(rows: Sequence[SessionRow], year: int) -> bytes:
    """The calendar as a list."""
    return write_xlsx(f"CPD sessions {year_in_name(year)}", SESSION_COLUMNS, [_session_cells(row) for row in rows])


def _session_cells(row: SessionRow) -> Sequence[Cell]:
    details = row.details
    return (
        details.held_on,
        f"{details.starts_at:%H:%M}" if details.starts_at else None,
        round(details.minutes / 60, 2),
        details.title,
        row.kind,
        details.strand,
        row.leaders,
        details.place,
        details.audience,
        details.directed,
        details.capacity,
        row.signed_up,
        row.present if row.state is SessionState.HELD else None,
        str(row.state),
        details.provider,
        in_pounds(details.pence),
    )


def progress_sheet(rows: Sequence[EnrolmentRow], year: int) -> bytes:
    """Who is on which programme, a line for each part of it."""
    lines = [line for row in rows for line in _progress_lines(row)]
    return write_xlsx(f"CPD programmes {year_in_name(year)}", PROGRESS_COLUMNS, lines)


def _progress_lines(row: EnrolmentRow) -> list[Sequence[Cell]]:
    details = row.details
    begins: tuple[Cell, ...] = (
        row.name, row.posts, row.programme, row.cohort, str(row.stage), details.applied_on, details.starts_on, details.due_on,
        row.ended_on, row.overdue, row.done, len(row.steps),
    )  # fmt: skip
    ends: tuple[Cell, ...] = (details.mentor, in_pounds(details.pence), details.who_pays, details.fee_share)
    if not row.steps:
        return [(*begins, None, None, None, None, *ends)]
    return [(*begins, step.module.title, step.module.kind, step.done_on, step.result, *ends) for step in row.steps]


def calendar_of(rows: Sequence[SessionRow], *, file_id: str, written_at: datetime) -> bytes | None:
    """A calendar file of the sessions that have a time and take place; None if there is none. Nobody who signed up stands in it."""
    entries = [
        calendars.Entry(
            uid=calendars.stable_uid(f"CPD-{row.id}", file_id),
            sequence=row.revision,
            starts=row.details.starts,
            minutes=row.details.minutes,
            place=row.details.place,
            title=row.details.title,
        )
        for row in rows
        if row.details.starts is not None and row.state is not SessionState.CANCELLED
    ]
    return calendars.calendar_file(entries, written_at=written_at) if entries else None
