"""The preview of a sheet as a table: each row with what would happen, and why."""

from collections.abc import Hashable, Sequence
from typing import Any

from staffdev_desktop.exchange.previews import PreviewRow, Verdict
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, RowDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

ORDER = (Verdict.QUESTION, Verdict.TROUBLE, Verdict.NEW, Verdict.CHANGED, Verdict.SAME)  # what somebody must look at comes first
_VERDICTS = {
    Verdict.NEW: BadgeText("ok", "New", "plus"),
    Verdict.CHANGED: BadgeText("info", "Changed", "pen"),
    Verdict.SAME: BadgeText("mute", "Same", "check"),
    Verdict.TROUBLE: BadgeText("late", "In trouble"),
    Verdict.QUESTION: BadgeText("warn", "Question", "warn"),
}
_COUNTED = {
    Verdict.QUESTION: ("question", None),
    Verdict.TROUBLE: ("row in trouble", "rows in trouble"),
    Verdict.NEW: ("new", "new"),
    Verdict.CHANGED: ("changed", "changed"),
    Verdict.SAME: ("the same", "the same"),
}


def preview_model(why: Column, label: str = "Name", more: Sequence[Column] = (), parent: Any = None) -> TableModel:
    """What a sheet would do, row by row; `why` says the reasons of a row, `more` are columns between the label and the verdict."""
    columns = (
        Column("number", "Row", 56, row_place, sort_key=_row_order, align="right"),
        Column("label", label, 190, _row_label, delegate=_label_delegate),
        *more,
        Column("verdict", "What happens", 118, _verdict_words, extra=_verdict, delegate=BadgeDelegate),
        why,
    )
    return TableModel(columns, row_id=row_key, search_text=_no_search, parent=parent)


def _no_search(_row: PreviewRow) -> str:
    """A preview has no filter: of thousands of rows the window would stand still for it."""
    return ""


def row_key(row: PreviewRow) -> Hashable:
    """What tells a row from the others: its number, and its column where a line holds several."""
    return (row.number, row.column) if row.column else row.number


def row_place(row: PreviewRow) -> str:
    """5, or E5 as a spreadsheet program calls a cell."""
    return f"{row.column}{row.number}"


def in_order(rows: Sequence[PreviewRow]) -> list[PreviewRow]:
    """What somebody must look at first; the rest as in the sheet."""
    places = {verdict: place for place, verdict in enumerate(ORDER)}
    return sorted(rows, key=lambda row: places[row.verdict])


def count_words(counts: dict[Verdict, int], none: str) -> str:
    """‘1 question · 2 rows in trouble · 14 new’; `none` where there are no rows."""
    return " · ".join(count_of(counts[verdict], *_COUNTED[verdict]) for verdict in ORDER if counts[verdict]) or none


def second_delegate(table: object) -> RowDelegate:
    """Words that say why."""
    return RowDelegate(table, colour="text2")


def _label_delegate(table: object) -> RowDelegate:
    return RowDelegate(table, weight=theme.SEMIBOLD)


def _row_order(row: PreviewRow) -> tuple[int, int, str]:
    return row.number, len(row.column), row.column


def _row_label(row: PreviewRow) -> str:
    return row.label


def _verdict(row: PreviewRow) -> BadgeText:
    return _VERDICTS[row.verdict]


def _verdict_words(row: PreviewRow) -> str:
    return _VERDICTS[row.verdict].words
