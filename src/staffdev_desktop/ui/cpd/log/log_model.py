"""How entries stand in a table: of one person by term, or of everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus, TermGroup
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.kernel.dates import day_with_year, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import PADDING, ROW_ROLE, BadgeDelegate, RowDelegate, TwoLineDelegate, draw_words
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

ROW_HEIGHT, GROUP_HEIGHT = 45, 29
WANTED = "Not written yet. What changed for pupils?"
_BADGES = {
    EntryStatus.ENTERED: ("mute", None),
    EntryStatus.IMPACT_NEEDED: ("warn", None),
    EntryStatus.TO_CHECK: ("info", None),
    EntryStatus.ASSURED: ("ok", None),
    EntryStatus.SENT_BACK: ("warn", "chat"),
}


@dataclass(frozen=True)
class GroupLine:
    """The line above the entries of an earlier term."""

    id: str
    title: str
    minutes: int
    total: str


Shown = EntryRow | GroupLine


def lines_of(groups: Sequence[TermGroup], year: int, ledgers: Mapping[int, PersonLedger]) -> list[Shown]:
    """The terms, the newest first: the first of the year picked stands without a line above it.

    Hours and what was owed are the ledger’s, so that the same number stands everywhere.
    """
    found: list[Shown] = []
    told = {year}
    for place, group in enumerate(groups):
        if place or group.year != year:
            known = ledgers.get(group.year)
            minutes = next((part.counted for part in known.terms if part.name == group.name), group.minutes) if known else group.minutes
            total = "" if group.year in told else _year_words(known)
            told.add(group.year)
            found.append(GroupLine(f"{group.year} {group.name}", f"{group.name} {year_label(group.year)}", minutes, total))
        found += group.rows
    return found


def _year_words(known: PersonLedger | None) -> str:
    """‘Year total 13.5 of 12 hours’."""
    if known is None:
        return ""
    owed = f" of {hours(known.whole.due)}" if known.whole.due else ""
    return f"Year total {hours(known.whole.have)}{owed} hours"


def impact_words(row: EntryRow) -> str:
    """What came of it, or what is missing."""
    if row.status is EntryStatus.SENT_BACK and row.check:
        return f"Asked: {row.check.question}" if row.check.question else "Sent back"
    details = row.details
    words = details.impact or details.changed or details.colleagues
    return words or (WANTED if row.status is EntryStatus.IMPACT_NEEDED else "")


def status_badge(row: Shown) -> BadgeText | None:
    """How far an entry is, as a badge."""
    if isinstance(row, GroupLine):
        return None
    kind, icon = _BADGES[row.status]
    return BadgeText(kind, str(row.status), icon)


class _Grouped:
    """Paints the line above a term the same in each of its cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A quiet line for a term, else the row."""
        if not isinstance(index.data(ROW_ROLE), GroupLine):
            super().paint(painter, option, index)
            return
        painter.save()
        rect = option.rect
        painter.fillRect(rect, theme.colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        left = PADDING + (4 if index.column() == 0 else 0)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        draw_words(painter, rect.adjusted(left, 0, -PADDING, -1), words, 12, theme.SEMIBOLD, "text2", align)
        painter.restore()


class DayCell(_Grouped, RowDelegate):
    """A day, in the second colour."""

    def __init__(self, parent: object) -> None:
        super().__init__(parent, colour="text2")


class PlainCell(_Grouped, RowDelegate):
    """Plain words."""


class StatusCell(_Grouped, BadgeDelegate):
    """How far it is."""


class Impact(RowDelegate):
    """What came of it; what is missing or asked stands in the colour of a warning, and in words."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Words in their colour."""
        row = index.data(ROW_ROLE)
        waiting = row.status in (EntryStatus.IMPACT_NEEDED, EntryStatus.SENT_BACK)
        self.words_colour = "warn" if waiting else "text"
        super().paint_cell(painter, rect, index)


class Evidence(RowDelegate):
    """A clip and how many files, or a dash."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw it."""
        number = index.data(ROW_ROLE).evidence
        room = rect.adjusted(PADDING, 0, -PADDING, -1)
        if not number:
            draw_words(painter, room, "–", 13, theme.NORMAL, "text3")
            return
        side = theme.px(14)
        painter.drawPixmap(room.x(), room.y() + (room.height() - side) // 2, theme.pixmap("clip", "text2", 14))
        draw_words(painter, room.adjusted(side + 4, 0, 0, 0), str(number), 13, theme.NORMAL, "text2")


class TwoLinesCell(_Grouped, TwoLineDelegate):
    """What it was over its kind."""


class ImpactCell(_Grouped, Impact):
    """What came of it."""


class EvidenceCell(_Grouped, Evidence):
    """How many files."""


class LogModel(TableModel):
    """Entries with lines above the terms; such a line cannot be chosen."""

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """A line of a term is not chosen."""
        base = super().flags(index)
        if index.isValid() and isinstance(index.data(ROW_ROLE), GroupLine):
            return Qt.ItemFlag.ItemNeverHasChildren
        return base


class LogTable(HouseTable):
    """The log of one person: lower lines above the terms, which the arrow keys pass over. Its order is the order of days."""

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "Entries", row_height=ROW_HEIGHT, parent=parent)
        self.horizontalHeader().setSectionsClickable(False)
        model.shown_changed.connect(self._lay_out_groups)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down, over the lines of the terms."""
        index = super().moveCursor(action, modifiers)
        up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        step = -1 if action in up else 1
        while index.isValid() and isinstance(index.data(ROW_ROLE), GroupLine):
            index = self.model().index(index.row() + step, index.column())
        return index if index.isValid() else self.currentIndex()

    def _lay_out_groups(self) -> None:
        self.clearSpans()
        for place, row in enumerate(self.model().shown_rows()):
            if isinstance(row, GroupLine):
                self.setSpan(place, 0, 1, 2)
            wanted = theme.px(GROUP_HEIGHT if isinstance(row, GroupLine) else ROW_HEIGHT)
            if self.rowHeight(place) != wanted:
                self.setRowHeight(place, wanted)

    def _measure(self) -> None:
        super()._measure()
        if self.model() is not None:
            self._lay_out_groups()


def person_columns() -> tuple[Column, ...]:
    """Of the log of one person (picture 05)."""
    return (
        Column("day", "Date", 74, _day, delegate=DayCell, spoken=_long_day),
        Column("activity", "Activity", 270, _activity, extra=_kind, tooltip=_tooltip, delegate=TwoLinesCell),
        *_last_columns(PlainCell, ImpactCell, EvidenceCell, StatusCell),
    )


def all_columns() -> tuple[Column, ...]:
    """Of everybody's entries; no lines of terms are among them, so their cells need not look for any."""
    return (
        Column("day", "Date", 106, _long_day, sort_key=_when, delegate=partial(RowDelegate, colour="text2")),
        Column("name", "Member of staff", 176, _name, extra=_group, delegate=TwoLineDelegate),
        Column("activity", "Activity", 300, _activity, extra=_kind, tooltip=_tooltip, delegate=TwoLineDelegate),
        *_last_columns(None, Impact, Evidence, BadgeDelegate),
    )


def _last_columns(plain: type | None, impact: type, evidence: type, status: type) -> tuple[Column, ...]:
    return (
        Column("hours", "Hours", 66, _hours, sort_key=_minutes, align="right", delegate=plain),
        Column("impact", "Impact", 0, _impact, tooltip=_impact, delegate=impact),
        Column("evidence", "Evidence", 78, _evidence, sort_key=_files, spoken=_spoken_evidence, delegate=evidence),
        Column("status", "Quality assurance", 146, _status, sort_key=_far, extra=status_badge, delegate=status),
    )


def all_model(parent: QWidget) -> TableModel:
    """The model of everybody's entries: found by the words that the query prepared."""
    return TableModel(all_columns(), search_text=_search, parent=parent)


def person_model(parent: QWidget) -> LogModel:
    """The model of one person's log."""
    return LogModel(person_columns(), search_text=_search, parent=parent)


def _search(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else row.search


def _day(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else short_day(row.details.done_on)


def _long_day(row: Shown) -> str:
    return row.title if isinstance(row, GroupLine) else day_with_year(row.details.done_on)


def _when(row: EntryRow) -> object:
    return row.details.done_on


def _name(row: EntryRow) -> str:
    return row.name


def _group(row: EntryRow) -> str:
    return row.group


def _activity(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else row.details.activity


def _kind(row: Shown) -> str:
    if isinstance(row, GroupLine):
        return ""
    return ", ".join(words for words in (row.kind, "" if row.counts else "does not count towards hours owed") if words)


def _tooltip(row: Shown) -> str | None:
    if isinstance(row, GroupLine):
        return None
    details = row.details
    return "\n".join(words for words in (details.activity, details.provider, row.area, details.priority) if words)


def _hours(row: Shown) -> str:
    return hours_in_table(row.minutes if isinstance(row, GroupLine) else row.details.minutes)


def _minutes(row: EntryRow) -> int:
    return row.details.minutes


def _impact(row: Shown) -> str:
    return row.total if isinstance(row, GroupLine) else impact_words(row)


def _evidence(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) or not row.evidence else str(row.evidence)


def _spoken_evidence(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else count_of(row.evidence, "file")


def _files(row: EntryRow) -> int:
    return row.evidence


def _status(row: Shown) -> str:
    return "" if isinstance(row, GroupLine) else str(row.status)


def _far(row: EntryRow) -> int:
    return list(EntryStatus).index(row.status)
