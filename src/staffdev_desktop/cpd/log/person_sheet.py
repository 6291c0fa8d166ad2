"""A person’s own log of one year as a spreadsheet to fill in at home: its columns, and the mark by which it comes back. Pure."""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.cpd.log.rows import EntryRow, KindRow
from staffdev_desktop.cpd.log.rules import PAID
from staffdev_desktop.exchange.fill_in import FillColumn, FillSheet, mark_of, write_fill_in
from staffdev_desktop.exchange.sheets import Sheet
from staffdev_desktop.exchange.tokens import LogToken, sign
from staffdev_desktop.kernel.years import year_days, year_label

_LOCKED = 3  # date, hours and activity of what is in the log already: they say which entry it is


def write_person_sheet(
    name: str,
    token: LogToken,
    key: bytes,
    *,
    entries: Sequence[EntryRow] = (),
    kinds: Sequence[KindRow] = (),
    strands: Sequence[str] = (),
) -> bytes:
    """The workbook of one person and year. What is in the log already stands first, so that words can be added to it."""
    year, (first, last) = year_label(token.year), year_days(token.year)
    mine = sorted(entries, key=lambda entry: (entry.details.done_on, entry.id))
    return write_fill_in(
        FillSheet(
            title=f"CPD log of {name}, {year}",
            words=(
                "One line for each thing you did. Only date, hours and what it was are needed; the rest helps to say what came of it. "
                "Save the file and give it back."
            ),
            token=sign(token, key),
            columns=_columns(kinds, strands),
            lines=tuple(_line(entry) for entry in mine),
            locked=_LOCKED,
            first=first,
            last=last,
        )
    )


def token_of(sheet: Sheet) -> str:
    """The mark on a sheet that was made here; empty for any other."""
    return mark_of(sheet)


def _columns(kinds: Sequence[KindRow], strands: Sequence[str]) -> tuple[FillColumn, ...]:
    return (
        FillColumn("Date", 12, "date", hint="The day it took place, such as 16/10/2026."),
        FillColumn("Hours", 8, "hours", hint="0.25 is a quarter of an hour."),
        FillColumn("What it was", 34),
        FillColumn("Kind", 18, "choice", tuple(kind.name for kind in kinds)),
        FillColumn("Strand", 20, "choice", tuple(strands)),
        FillColumn("Provider", 18),
        FillColumn("Attended or led", 12, "choice", ("attended", "led")),
        FillColumn("Whose time", 16, "choice", PAID),
        FillColumn("What I learnt", 34, "long"),
        FillColumn("What I changed", 34, "long"),
        FillColumn("What changed for pupils", 34, "long", hint="Or for whoever your work is for."),
        FillColumn("What colleagues gained", 28, "long"),
        FillColumn("What got in the way", 28, "long"),
    )


def _line(entry: EntryRow) -> tuple[str | float | date | None, ...]:
    details = entry.details
    return (
        details.done_on, details.minutes / 60, details.activity, entry.kind, details.strand, details.provider,
        "led" if details.led else "attended", details.paid, details.learnt, details.changed, details.impact, details.colleagues,
        details.barriers,
    )  # fmt: skip
