"""The preview of a spreadsheet of CPD as a table."""

from datetime import date
from typing import Any

from staffdev_desktop.cpd.log.importing import EntryPreviewRow
from staffdev_desktop.cpd.log.rules import hours_in_table
from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.ui.import_rows import preview_model, second_delegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel


def entries_model(parent: Any = None) -> TableModel:
    """Whose entry, when, how long, what it was, what would happen and why."""
    more = (
        Column("day", "Date", 92, _day, sort_key=_day_order),
        Column("hours", "Hours", 56, _hours, sort_key=_minutes, align="right"),
        Column("activity", "Activity", 190, _activity, tooltip=_activity),
    )
    why = Column("why", "Why, and what would change", 0, row_words, tooltip=row_words, delegate=second_delegate)
    return preview_model(why, more=more, parent=parent)


def row_words(row: EntryPreviewRow) -> str:
    """Reasons and changes in one line: what a screen reader says and the table shows."""
    changes = [f"{label}: {after}" for label, _before, after in row.changes]
    return " · ".join([*changes, *row.reasons] if row.verdict is Verdict.CHANGED else [*row.reasons, *changes])


def _day(row: EntryPreviewRow) -> str:
    return day_with_year(row.day) if row.day else "–"


def _day_order(row: EntryPreviewRow) -> date | None:
    return row.day


def _hours(row: EntryPreviewRow) -> str:
    return "–" if row.minutes is None else hours_in_table(row.minutes)


def _minutes(row: EntryPreviewRow) -> int | None:
    return row.minutes


def _activity(row: EntryPreviewRow) -> str:
    return row.activity or "–"
