"""A person’s areas over the terms (picture 05c): numbered dots joined by lines, the change in words, and what an area is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.diagnostic.rows import TrendRow, TrendTerm
from staffdev_desktop.cpd.diagnostic.rules import LEVELS, change_in_words, change_of, tag_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, RowDelegate, draw_words
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

ROW_HEIGHT = 50
DOT, LIFT = 20, 9  # px: how wide a dot is, and how far one step lifts it
TERM_WIDTH = 150
TAG_COLOURS = {"Focus": "warn", "Strength": "ok", "CPD": "accent"}


@dataclass(frozen=True)
class DotText:
    """A dot with its neighbours, so that lines meet at the edge of the cell: value before, here, after; whether it is the newest.

    `agreed` is false where only one side has rated: then the dot is dashed.
    """

    before: int | None
    here: int | None
    after: int | None
    newest: bool
    agreed: bool


class DotDelegate(RowDelegate):
    """One term of one area."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The term’s upright line, the way from and to the neighbours, and the dot over both."""
        dot = index.data(EXTRA_ROLE)
        middle = rect.x() + rect.width() / 2
        painter.fillRect(QRectF(middle - 0.5, rect.y(), 1, rect.height()), theme.colour("line2"))
        if not isinstance(dot, DotText) or dot.here is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = _height(rect, dot.here)
        painter.setPen(QPen(theme.colour("accent"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for neighbour, edge in ((dot.before, rect.x()), (dot.after, rect.x() + rect.width())):
            if neighbour is not None:
                painter.drawLine(QPointF(edge, (here + _height(rect, neighbour)) / 2), QPointF(middle, here))
        side = theme.px(DOT)
        box = QRectF(middle - side / 2 + 0.5, here - side / 2 + 0.5, side - 1, side - 1)
        style = Qt.PenStyle.SolidLine if dot.agreed else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour("accent"), 1.4, style))
        painter.setBrush(theme.colour("accent" if dot.newest and dot.agreed else "surface"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("onaccent" if dot.newest and dot.agreed else "accent"))
        painter.setFont(theme.font(12, theme.SEMIBOLD))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(dot.here))


def _height(rect: QRect, value: int) -> float:
    return rect.y() + rect.height() / 2 + (2.5 - value) * theme.px(LIFT)


class ChangeDelegate(RowDelegate):
    """‘Up 1’ behind a sign that points there."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The sign and the words."""
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if not words:
            return
        change = index.data(EXTRA_ROLE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("text2"), 1.5))
        half, middle = theme.px(5), rect.y() + rect.height() / 2
        left, tip = rect.x() + 8, -theme.px(5) if change > 0 else theme.px(5)
        if change:
            points = [QPointF(left, middle - tip / 2), QPointF(left + half, middle + tip / 2), QPointF(left + 2 * half, middle - tip / 2)]
            painter.drawPolyline(points)
        else:
            painter.drawLine(QPointF(left, middle), QPointF(left + 2 * half, middle))
        draw_words(painter, rect.adjusted(8 + 2 * half + 9, 0, 0, -1), words)


class TagDelegate(RowDelegate):
    """‘Focus’, ‘Strength’ or ‘CPD’."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The word, in its colour."""
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        draw_words(painter, rect.adjusted(8, 0, 0, -1), words, 13, theme.SEMIBOLD, TAG_COLOURS.get(words, "text"))


def _title(row: TrendRow) -> str:
    return row.title


def _hint(row: TrendRow) -> str:
    return row.hint


def _value(place: int, row: TrendRow) -> str:
    value = row.terms[place].value
    return str(value) if value else ""


def _spoken(place: int, name: str, row: TrendRow) -> str:
    term = row.terms[place]
    if term.value is None:
        return f"{name}: not rated"
    return f"{name}: {term.value}, {LEVELS[term.value]}" + ("" if term.agreed else ", not agreed yet")


def _dot(place: int, row: TrendRow) -> DotText:
    values = [term.value for term in row.terms]
    before = values[place - 1] if place else None
    after = values[place + 1] if place + 1 < len(values) else None
    return DotText(before, values[place], after, place + 1 == len(values), row.terms[place].agreed)


def _change(row: TrendRow) -> str:
    return change_in_words(change_of(row.terms))


def _change_number(row: TrendRow) -> int:
    return change_of(row.terms) or 0


def _tag(row: TrendRow) -> str:
    return tag_of(row.rating.mark, row.linked_now)


def trend_table(terms: Sequence[TrendTerm], parent: QWidget) -> HouseTable:
    """The table for these terms. Areas keep the order of their set: they are not sorted by how good they are."""
    dots = [
        Column(
            f"term{place}", term.name, 0 if len(terms) <= 6 else TERM_WIDTH, partial(_value, place), align="centre",
            extra=partial(_dot, place), spoken=partial(_spoken, place, term.name), delegate=DotDelegate,
        )
        for place, term in enumerate(terms)
    ]  # fmt: skip
    columns = (
        Column("area", "Area", 208, _title, tooltip=_hint, delegate=partial(RowDelegate, weight=theme.SEMIBOLD)),
        *dots,
        Column("change", "Change", 122, _change, extra=_change_number, delegate=ChangeDelegate),
        Column("tag", "", 92, _tag, delegate=TagDelegate),
    )
    table = HouseTable(TableModel(columns, parent=parent), "Areas over the terms", row_height=ROW_HEIGHT, parent=parent)
    table.horizontalHeader().setSectionsClickable(False)
    return table
