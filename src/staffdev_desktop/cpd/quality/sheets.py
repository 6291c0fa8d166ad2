"""Quality assurance as spreadsheets, and what their files are called: numbers only, never a name. No Qt, no database."""

from collections.abc import Iterator, Sequence
from datetime import date

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.quality.figures import COST, TIME, WORTH, kind_of, provider_of, results_without_names
from staffdev_desktop.cpd.quality.rows import CheckRow
from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.money import in_pounds
from staffdev_desktop.kernel.years import year_in_name

CHECKS, RESULTS, PROGRAMMES = "cpd-checks", "cpd-results", "cpd-programmes"
CHECK_COLUMNS = (
    "Name", "Staff group", "Line manager", "Term", "Date", "Hours", "Activity", "Kind", "Provider", "Cost (£)", "What came of it",
    "Quality assurance", "Question", "Worth it", "Look again on",
)  # fmt: skip
RESULT_COLUMNS = ("Table", "Line", "People", "Entries", "Hours", "Assured", "Worth: yes", "Partly", "No", "Partly or no", "Cost (£)")


def file_name(kind: str, year: int, on: date, ending: str = "pdf") -> str:
    """cpd-checks-2026-as-of-2026-10-20.pdf."""
    return dated_name(kind, year, on=on, ending=ending)


def checks_sheet(rows: Sequence[CheckRow], year: int) -> bytes:
    """The list of entries, with names."""
    return write_xlsx(f"CPD to check {year_in_name(year)}", CHECK_COLUMNS, [_check(row) for row in rows])


def _check(row: CheckRow) -> tuple[Cell, ...]:
    entry, details = row.entry, row.entry.details
    came = "\n".join(words.strip() for words in (details.impact, details.changed, details.colleagues) if words.strip())
    check = entry.check
    return (
        entry.name,
        entry.group,
        row.managers,
        row.term,
        details.done_on,
        details.minutes / 60,
        details.activity,
        entry.kind,
        details.provider,
        in_pounds(details.pence),
        came,
        str(entry.status),
        check.question if check else "",
        check.worth if check else "",
        details.look_again_on,
    )


def results_sheet(entries: Sequence[EntryRow], minimum: int, year: int) -> bytes:
    """The figures without names: the same numbers as their paper, and no more."""
    return write_xlsx(f"CPD results {year_in_name(year)}", RESULT_COLUMNS, _result_rows(entries, minimum))


def _result_rows(entries: Sequence[EntryRow], minimum: int) -> Iterator[Sequence[Cell]]:
    for about in (WORTH, TIME, COST):
        for first, key in (("kind", kind_of), ("provider", provider_of)):
            found = results_without_names(entries, key, minimum, about)
            table = f"{about.capitalize()} by {first}"
            if not found:
                yield (table, "Too few people to show")
            for row in found:
                time = (row.people, row.entries, row.minutes / 60) if about == TIME else (None, None, None)
                either = about == WORTH and row.worth_no is None
                worth = (row.worth_yes, None if either else row.worth_partly, row.worth_no, row.worth_partly if either else None)
                yield (table, row.label, *time, row.assured, *worth, in_pounds(row.pence))


def texts_of_checks(rows: Sequence[CheckRow]) -> tuple[str, ...]:
    """Every word of the list that people wrote."""
    details = [row.entry.details for row in rows]
    written = [words for each in details for words in (each.activity, each.provider, each.impact, each.changed, each.colleagues)]
    return (*written, *(words for row in rows for words in (row.entry.name, row.entry.group, row.managers)))
