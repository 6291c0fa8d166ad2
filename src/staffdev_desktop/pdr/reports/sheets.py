"""Reports as spreadsheets, and what their files are called: numbers only, never a name. No Qt, no database."""

from collections.abc import Iterator, Sequence
from datetime import date

from staffdev_desktop.exchange.sheets import Cell
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name
from staffdev_desktop.kernel.money import in_pounds
from staffdev_desktop.kernel.years import year_in_name
from staffdev_desktop.pdr.reports.figures import all_progress
from staffdev_desktop.pdr.reports.rows import Chase, Figure, GroupProgress, NeedsSummary, ProgressFigure
from staffdev_desktop.pdr.reports.rules import waited
from staffdev_desktop.pdr.rows import HistoryRow, NeedRow

NOTES = "moved-reviews"
NEEDS, SUMMARY, CHASE, SLIPS, PROGRESS, HISTORY = "training-needs", "training-figures", "chase-list", "slips", "review-figures", "history"
NEED_COLUMNS = (
    "Review",
    "Name",
    "Staff group",
    "Need",
    "How",
    "Who arranges it",
    "By",
    "Term",
    "How far",
    "Reason",
    "Cost (£)",
    "Settled on",
)
SUMMARY_COLUMNS = ("Table", "Line", "People", "Needs", "Cost (£)")
CHASE_COLUMNS = ("Review", "Name", "Staff group", "Reviewer", "Waiting for", "Since or until", "How long")
PROGRESS_COLUMNS = ("Staff group", "Reviews", "Sheet back", "Booked", "Agreed", "Signed", "Late")


def file_name(kind: str, what: int | str, on: date, ending: str = "pdf") -> str:
    """training-needs-2026-as-of-2026-10-20.pdf; a person's history goes by the staff number."""
    return dated_name(kind, what, on=on, ending=ending)


def needs_sheet(needs: Sequence[NeedRow], year: int) -> bytes:
    """The work list, with names."""
    rows = [
        (
            need.number,
            need.name,
            need.group,
            need.need,
            need.how,
            need.who,
            need.by_when,
            need.term,
            need.state,
            need.reason,
            in_pounds(need.cost),
            need.settled_on,
        )
        for need in needs
    ]
    return write_xlsx(f"Training needs {year_in_name(year)}", NEED_COLUMNS, rows)


def summary_sheet(summary: NeedsSummary) -> bytes:
    """The summary without names: the same numbers as its paper, and no more."""
    return write_xlsx(f"Training figures {year_in_name(summary.year)}", SUMMARY_COLUMNS, _summary_rows(summary))


def _summary_rows(summary: NeedsSummary) -> Iterator[Sequence[Cell]]:
    if summary.total is None:
        yield ("All", "Too few people to show", None, None, None)
        return
    cost = in_pounds(summary.costed.cost) if summary.costed else None
    yield ("All", "All", summary.total.people, summary.total.needs, cost)
    if summary.overdue is not None:
        yield ("All", "Past their day", None, summary.overdue, None)
    if summary.not_costed is not None:
        yield ("All", "Without a cost so far", None, summary.not_costed, None)
    for figure in summary.by_group:
        yield ("Staff group", figure.label, figure.people, figure.needs, None)
    for figure in summary.by_state:
        yield ("How far", _capital(figure), None, figure.needs, None)
    for figure in summary.by_term:
        yield ("Cost by term", figure.label, None, None, in_pounds(figure.cost))


def _capital(figure: Figure) -> str:
    return figure.label[:1].upper() + figure.label[1:]


def chase_sheet(found: Sequence[Chase], year: int) -> bytes:
    """The chase list, with names."""
    rows = [(chase.number, chase.name, chase.group, chase.reviewer, chase.waiting_for, chase.detail, waited(chase)) for chase in found]
    return write_xlsx(f"Chase list {year_in_name(year)}", CHASE_COLUMNS, rows)


def progress_sheet(progress: Sequence[GroupProgress], year: int) -> bytes:
    """How far each staff group is: for those who run the cycle."""
    rows = [
        (row.group, row.reviews, row.returned, row.booked, row.agreed, row.signed, row.late) for row in (*progress, all_progress(progress))
    ]
    return write_xlsx(f"Progress {year_in_name(year)}", PROGRESS_COLUMNS, rows)


def progress_figures_sheet(figures: Sequence[ProgressFigure], year: int) -> bytes:
    """How far the reviews are, without names."""
    return write_xlsx(
        f"Review figures {year_in_name(year)}",
        ("Staff group", "Reviews", "Agreed"),
        [(figure.label, figure.reviews, figure.finished) for figure in figures],
    )


def texts_of_needs(needs: Sequence[NeedRow]) -> tuple[str, ...]:
    """Every word of the work list that people wrote."""
    return tuple(words for need in needs for words in (need.need, need.how, need.who, need.name, need.group, need.term, need.reason))


def texts_of_chases(found: Sequence[Chase]) -> tuple[str, ...]:
    """Every word of the chase list that people wrote."""
    return tuple(words for chase in found for words in (chase.name, chase.group, chase.reviewer))


def texts_of_history(rows: Sequence[HistoryRow]) -> tuple[str, ...]:
    """Every word of a history that people wrote."""
    targets = (target for row in rows for target in row.targets)
    return (*(row.reviewer for row in rows), *(words for each in targets for words in (each.target, each.note, each.reason)))
