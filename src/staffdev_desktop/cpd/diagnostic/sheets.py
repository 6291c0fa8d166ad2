"""The diagnostic as spreadsheets, and what its files are called: numbers only, never a name. No Qt, no database."""

from collections.abc import Iterable, Sequence
from datetime import date

from staffdev_desktop.cpd.diagnostic.rows import AgreedRow, Chase, LoopFigure, LoopRow, Record, Trend
from staffdev_desktop.cpd.diagnostic.rules import waited
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.file_names import dated_name

SHEETS, CHASE, TREND, AGREED, LOOP, FIGURES, DROP_INS = (
    "diagnostic-sheets",
    "diagnostic-chase-list",
    "diagnostic-trend",
    "agreed-cpd",
    "diagnostic-loop",
    "diagnostic-figures",
    "proposed-drop-ins",
)
LOOP_COLUMNS = (
    "Name",
    "Staff group",
    "Line manager",
    "Set",
    "Area",
    "Before",
    "After",
    "Agreed",
    "Entries",
    "Hours",
    "Quality assured",
    "What became of it",
)
FIGURE_COLUMNS = ("Area", "People", "Moved", "Not moved", "Nothing done", "Hours")
AGREED_COLUMNS = ("Name", "Staff group", "Line manager", "Round", "Area", "What was agreed", "By", "Done on", "Entries", "Hours")
CHASE_COLUMNS = ("Whose turn", "Diagnostic of", "Staff group", "Line manager", "Waiting for", "How long")


def file_name(kind: str, on: date, what: str = "", ending: str = "pdf") -> str:
    """diagnostic-loop-as-of-2026-10-20.xlsx; a person’s trend goes by the staff number."""
    return dated_name(kind, what, on=on, ending=ending)


def loop_sheet(rows: Iterable[LoopRow]) -> bytes:
    """The loop with names."""
    lines = [
        (
            row.name,
            row.group,
            row.manager,
            row.set_name,
            row.area,
            row.before,
            row.after,
            "; ".join(row.agreed),
            len(row.linked),
            row.minutes / 60,
            row.assured,
            str(row.outcome),
        )
        for row in rows
    ]
    return write_xlsx("The loop", LOOP_COLUMNS, lines)


def figures_sheet(figures: Iterable[LoopFigure]) -> bytes:
    """The loop without names: the same numbers as its paper."""
    lines = [(each.label, each.people, each.moved, each.not_moved, each.nothing_done, each.minutes / 60) for each in figures]
    return write_xlsx("The loop in figures", FIGURE_COLUMNS, lines)


def agreed_sheet(rows: Iterable[AgreedRow]) -> bytes:
    """CPD that was agreed, with names."""
    lines = [
        (
            row.name,
            row.group,
            row.manager,
            row.round_name,
            row.area,
            row.what,
            row.by_when,
            row.done_on,
            row.entries,
            row.minutes / 60,
        )
        for row in rows
    ]
    return write_xlsx("Agreed CPD", AGREED_COLUMNS, lines)


def chase_sheet(found: Iterable[Chase]) -> bytes:
    """The chase list, with names."""
    lines = [(each.who, each.name, each.group, each.manager, each.waiting_for, waited(each)) for each in found]
    return write_xlsx("Chase list", CHASE_COLUMNS, lines)


def texts_of_records(records: Sequence[Record]) -> tuple[str, ...]:
    """Every word of the sheets that people wrote."""
    found: list[str] = []
    for record in records:
        found += [record.board.name, record.board.posts, record.board.manager, record.board.set_name, record.round.name]
        for rating in record.ratings:
            found += [rating.title, rating.hint, rating.own_evidence, rating.manager_evidence]
        found += [line.what for line in record.agreed_cpd]
    return tuple(dict.fromkeys(found))


def texts_of_trend(trend: Trend) -> tuple[str, ...]:
    """Every word of a trend that people wrote."""
    found = [trend.name, trend.posts, *(term.manager for term in trend.terms)]
    for row in trend.rows:
        found += [row.title, row.rating.we_see, row.rating.next_step, *(line.activity for line in row.linked)]
    return tuple(dict.fromkeys(found))
