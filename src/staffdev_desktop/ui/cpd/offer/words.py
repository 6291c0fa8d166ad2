"""How the directory stands in a table and in its filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from staffdev_desktop.cpd.log.rules import SETTINGS, STRANDS, hours_in_table
from staffdev_desktop.cpd.offer.rows import Checked, DirectoryRow
from staffdev_desktop.cpd.offer.rules import cost_words, when_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

CHECKED_BADGES = {Checked.FRESH: "ok", Checked.OLD: "warn", Checked.NEVER: "mute"}


@dataclass(frozen=True)
class DirectoryFilter:
    """What to show; None shows all."""

    kind: str | None = None
    setting: str | None = None
    strand: str | None = None
    checked: Checked | None = None

    def keeps(self, row: DirectoryRow) -> bool:
        """Whether a line is shown."""
        return (
            self.kind in (None, row.kind)
            and self.setting in (None, row.details.setting)
            and self.strand in (None, row.details.strand)
            and self.checked in (None, row.checked)
        )


def filter_choices(rows: Sequence[DirectoryRow]) -> dict[str, list[tuple[object, str]]]:
    """What each filter offers: kinds that occur, the settings and strands, how fresh a line is."""
    kinds = sorted({row.kind for row in rows} - {""}, key=str.casefold)
    return {
        "kind": [(None, "All kinds"), *((kind, kind) for kind in kinds)],
        "setting": [(None, "Anywhere"), *((setting, setting) for setting in SETTINGS)],
        "strand": [(None, "All strands"), *((strand, strand) for strand in STRANDS)],
        "checked": [(None, "Checked or not"), (Checked.OLD, "Checked over a year ago"), (Checked.NEVER, "Never checked")],
    }


def checked_badge(row: DirectoryRow) -> BadgeText:
    """How fresh a line is, as a badge: ‘Old: Mar 2025’ says since when."""
    day = row.details.checked_on
    words = f"{row.checked}: {day_with_year(day)}" if row.checked is Checked.OLD and day else str(row.checked)
    return BadgeText(CHECKED_BADGES[row.checked], words)


def spoken_checked(row: DirectoryRow) -> str:
    """The same for a screen reader, with what to do."""
    day = row.details.checked_on
    if row.checked is Checked.NEVER:
        return "Not checked yet"
    return f"Checked on {day_with_year(day)}" + (", more than a year ago" if row.checked is Checked.OLD else "") if day else ""


def _title(row: DirectoryRow) -> str:
    return row.details.title


def _second(row: DirectoryRow) -> str:
    return row.provider_name


def _audience(row: DirectoryRow) -> str:
    return row.details.audience


def _where(row: DirectoryRow) -> str:
    return row.details.setting


def _place(row: DirectoryRow) -> str:
    return row.details.place


def _hours(row: DirectoryRow) -> str:
    return hours_in_table(row.details.minutes) if row.details.minutes else ""


def _minutes(row: DirectoryRow) -> int | None:
    return row.details.minutes


def _cost(row: DirectoryRow) -> str:
    return cost_words(row.details.pence)


def _pence(row: DirectoryRow) -> int | None:
    return row.details.pence


def _when(row: DirectoryRow) -> str:
    return when_words(row.details, clock.today())


def _day(row: DirectoryRow) -> date | None:
    return row.details.next_on


def _checked(row: DirectoryRow) -> str:
    return str(row.checked)


def _search(row: DirectoryRow) -> str:
    return row.search


def directory_model(parent: object, *, tickable: bool) -> TableModel:
    """The table’s model."""
    columns = (
        Column("title", "What", 0, _title, extra=_second, tooltip=_title, delegate=TwoLineDelegate),
        Column("audience", "For", 152, _audience, tooltip=_audience),
        Column("where", "Where", 152, _where, tooltip=_place),
        Column("when", "When", 134, _when, sort_key=_day, tooltip=_when),
        Column("hours", "Hours", 52, _hours, sort_key=_minutes, align="right"),
        Column("cost", "Cost", 72, _cost, sort_key=_pence, align="right"),
        Column("checked", "Up to date", 136, _checked, extra=checked_badge, spoken=spoken_checked, delegate=BadgeDelegate),
    )
    return TableModel(columns, tickable=tickable, search_text=_search, parent=parent)
