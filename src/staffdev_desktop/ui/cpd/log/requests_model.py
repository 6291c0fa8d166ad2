"""How requests stand in a table: what waits for somebody first, and each row ends in a verb."""

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log.requests.rows import BudgetRow, RequestRow, RequestStage
from staffdev_desktop.cpd.log.requests.rules import SETTLED, URGENCY, VERBS
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel.dates import day_with_year, short_day
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import (
    EXTRA_ROLE,
    PADDING,
    BadgeDelegate,
    RowDelegate,
    TwoLineDelegate,
    draw_words,
    paint_two_lines,
)
from staffdev_desktop.ui.widgets.tables import Column, TableModel

OPEN = "open"
_BADGES = {
    RequestStage.ASKED: ("warn", None),
    RequestStage.DECLINED: ("mute", "x"),
    RequestStage.AGREED: ("info", None),
    RequestStage.BOOKED: ("info", "cal"),
    RequestStage.PAST: ("warn", None),
    RequestStage.ATTENDED: ("warn", "pen"),
    RequestStage.DONE: ("ok", None),
    RequestStage.WITHDRAWN: ("mute", "x"),
}


class VerbDelegate(RowDelegate):
    """What a row offers to do, and a chevron."""

    def __init__(self, parent: object) -> None:
        super().__init__(parent, weight=theme.SEMIBOLD, colour="accent")

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The verb at the left, the chevron behind it."""
        side = theme.px(14)
        super().paint_cell(painter, rect.adjusted(0, 0, -side, 0), index)
        painter.drawPixmap(rect.right() - side - 4, rect.y() + (rect.height() - 1 - side) // 2, theme.pixmap("right", "accent", 14))


def requests_model(parent: QWidget) -> TableModel:
    """The model; rows come with the most urgent first."""
    columns = (
        Column("name", "Member of staff", 180, _name, extra=_group, delegate=TwoLineDelegate),
        Column("what", "What", 0, _what, extra=_second, tooltip=_tooltip, delegate=TwoLineDelegate),
        Column("when", "When", 108, _when, sort_key=_day, extra=_hours, delegate=Lighter),
        Column("cost", "Cost", 118, _cost, sort_key=_pence, extra=_cover, delegate=Lighter),
        Column("budget", "Budget", 150, _budget, tooltip=_budget),
        Column("stage", "How far", 138, _stage, sort_key=_far, extra=stage_badge, delegate=BadgeDelegate),
        Column("verb", "", 122, _verb, delegate=VerbDelegate),
    )
    return TableModel(columns, search_text=_search, parent=parent)


class Lighter(RowDelegate):
    """Two lines of which the first is not semibold."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The second line is small."""
        words, second = index.data() or "", index.data(EXTRA_ROLE) or ""
        if second:
            paint_two_lines(painter, rect.adjusted(PADDING, 0, -PADDING, -1), words, second, theme.NORMAL)
        else:
            draw_words(painter, rect.adjusted(PADDING, 0, -PADDING, -1), words)


def stage_badge(row: RequestRow) -> BadgeText:
    """How far a request is, as a badge."""
    kind, icon = _BADGES[row.stage]
    return BadgeText(kind, str(row.stage), icon)


def stage_choices() -> list[tuple[object, str]]:
    """What the filter of stages offers."""
    return [(None, "All stages"), (OPEN, "Still open"), *((stage, str(stage)) for stage in URGENCY)]


def keeps_stage(wanted: object, row: RequestRow) -> bool:
    """Whether a row is shown."""
    return row.stage not in SETTLED if wanted == OPEN else wanted in (None, row.stage)


def budget_words(budget: BudgetRow) -> tuple[str, str]:
    """‘Whole-school CPD: £4,215.00 left of £6,000.00’, and how that comes about."""
    left = f"{pounds(budget.left)} left" if budget.left >= 0 else f"{pounds(-budget.left)} too much promised"
    amounts = ((budget.spent, "spent"), (budget.committed, "promised"), (budget.asked, "asked for"))
    detail = ", ".join(f"{pounds(pence)} {words}" for pence, words in amounts if pence)
    return f"{budget.name}: {left} of {pounds(budget.pence)}", detail or "Nothing is spent or promised yet"


def _name(row: RequestRow) -> str:
    return row.name


def _group(row: RequestRow) -> str:
    return row.group


def _what(row: RequestRow) -> str:
    return row.details.activity


def _second(row: RequestRow) -> str:
    return ", ".join(words for words in (row.kind, row.details.provider) if words)


def _tooltip(row: RequestRow) -> str:
    reason = f"{row.decision.by}: {row.decision.reason}" if row.decision and row.decision.reason else ""
    return "\n".join(words for words in (row.details.activity, row.details.why, reason) if words)


def _when(row: RequestRow) -> str:
    return day_with_year(row.details.starts_on) if row.details.starts_on else f"Asked {short_day(row.asked_on)}"


def _day(row: RequestRow) -> object:
    return row.details.starts_on or row.asked_on


def _hours(row: RequestRow) -> str:
    return f"{hours(row.details.minutes)} h" if row.details.minutes else ""


def _cost(row: RequestRow) -> str:
    return pounds(row.total) if row.total else "–"


def _pence(row: RequestRow) -> int:
    return row.total


def _cover(row: RequestRow) -> str:
    return f"{pounds(row.details.cover_pence)} cover" if row.details.cover_pence else row.details.cover


def _budget(row: RequestRow) -> str:
    return row.budget or "None"


def _stage(row: RequestRow) -> str:
    return str(row.stage)


def _far(row: RequestRow) -> int:
    return URGENCY.index(row.stage)


def _verb(row: RequestRow) -> str:
    return VERBS[row.stage]


def _search(row: RequestRow) -> str:
    return row.search
