"""Figures in tables: what came of each kind and provider, and how programmes stand against the standard."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from staffdev_desktop.cpd.log.rules import hours_in_table
from staffdev_desktop.cpd.quality.rows import MOST_SCORE, PARTS, PartScore, ProgrammeRow, Result
from staffdev_desktop.cpd.quality.rules import SCORES, STANDARD
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, PADDING, RowDelegate, TwoLineDelegate, draw_words
from staffdev_desktop.ui.widgets.tables import Column, TableModel

_BAR, _CELL = 84, 14
SHORT = ("For pupils", "Evidence", "Together", "Over time", "Leaders")  # heads of the columns; the tool tip has the whole part


class WorthDelegate(RowDelegate):
    """How often yes, partly and no was said, as a bar in three shades with the numbers beside it."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The bar, then the words."""
        counts = index.data(EXTRA_ROLE)
        left = rect.x() + PADDING
        if counts and sum(counts):
            wide, high = theme.px(_BAR), theme.px(8)
            top = rect.y() + (rect.height() - 1 - high) / 2
            at = float(left)
            for number, colour in zip(counts, ("stage6", "stage4", "stage2"), strict=True):
                part = wide * number / sum(counts)
                painter.fillRect(round(at), round(top), max(round(part) - (1 if number else 0), 0), high, theme.colour(colour))
                at += part
            painter.setPen(theme.colour("field"))
            painter.drawRect(left, round(top), wide - 1, high - 1)
            left += wide + theme.px(10)
        draw_words(painter, QRect(left, rect.y(), rect.right() - left - PADDING, rect.height() - 1), words_of(index), 12, colour="text2")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Room for bar and words."""
        return QSize(theme.px(_BAR + 170), super().sizeHint(option, index).height())


class ScoreDelegate(RowDelegate):
    """A score as three cells, filled as far as it goes, and ‘2 of 3’."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The cells, then the words."""
        score = index.data(EXTRA_ROLE)
        if score is None:
            draw_words(painter, rect.adjusted(PADDING, 0, -PADDING, -1), words_of(index), 12, colour="text3")
            return
        wide, high, left = theme.px(_CELL), theme.px(10), rect.x() + PADDING
        top = rect.y() + (rect.height() - 1 - high) // 2
        for number in range(MOST_SCORE):
            cell = QRect(left + number * (wide + 2), top, wide, high)
            painter.fillRect(cell, theme.colour("accent" if number < score else "surface"))
            painter.setPen(theme.colour("accent" if number < score else "field"))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        left += MOST_SCORE * (wide + 2) + theme.px(6)
        draw_words(painter, QRect(left, rect.y(), rect.right() - left, rect.height() - 1), str(score), 12, theme.SEMIBOLD)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Room for cells and words."""
        return QSize(theme.px(96), super().sizeHint(option, index).height())


def words_of(index: QModelIndex) -> str:
    """The words of a cell."""
    return index.data() or ""


def results_model(parent) -> TableModel:
    """Kinds or providers, the most hours first."""
    columns = (
        Column("label", "Kind or provider", 0, _label, delegate=TwoLineDelegate, tooltip=_label),
        Column("people", "People", 74, _people, sort_key=_people_count, align="right"),
        Column("entries", "Entries", 74, _entries, sort_key=_entries_count, align="right"),
        Column("hours", "Hours", 80, _hours, sort_key=_minutes, align="right"),
        Column("cost", "Cost", 100, _cost, sort_key=_pence, align="right"),
        Column("assured", "Quality assured", 132, _assured, sort_key=_assured_count, align="right"),
        Column("worth", "Worth its hours and money", 262, _worth, sort_key=_worth_yes, extra=_worths, delegate=WorthDelegate),
    )
    return TableModel(columns, row_id=_label, parent=parent)


def _label(row: Result) -> str:
    return row.label


def _people(row: Result) -> str:
    return str(row.people)


def _people_count(row: Result) -> int:
    return row.people


def _entries(row: Result) -> str:
    return str(row.entries)


def _entries_count(row: Result) -> int:
    return row.entries


def _hours(row: Result) -> str:
    return hours_in_table(row.minutes)


def _minutes(row: Result) -> int:
    return row.minutes


def _cost(row: Result) -> str:
    return pounds(row.pence or None)


def _pence(row: Result) -> int | None:
    return row.pence


def _assured(row: Result) -> str:
    return "" if row.assured is None else f"{row.assured} of {row.entries}"


def _assured_count(row: Result) -> float | None:
    return None if row.assured is None else row.assured / row.entries


def _worths(row: Result) -> tuple[int, ...]:
    return row.worth_yes or 0, row.worth_partly or 0, row.worth_no or 0


def _worth_yes(row: Result) -> float | None:
    said = sum(_worths(row))
    return (row.worth_yes or 0) / said if said else None


def _worth(row: Result) -> str:
    yes, partly, no = _worths(row)
    return f"yes {yes}, partly {partly}, no {no}" if yes + partly + no else "nobody has said yet"


def programmes_model(parent) -> TableModel:
    """Programmes against the five parts of the standard."""
    parts = [
        Column(
            f"part{part}",
            SHORT[part],
            100,
            partial(_score, part),
            sort_key=partial(_score_number, part),
            extra=partial(_score_number, part),
            spoken=partial(_score_spoken, part),
            tooltip=partial(_score_tip, part),
            delegate=ScoreDelegate,
        )
        for part in range(PARTS)
    ]
    columns = (
        Column("name", "Programme", 0, _name, extra=_provider, delegate=TwoLineDelegate, tooltip=_name),
        Column("enrolled", "Enrolled", 80, _enrolled, sort_key=_enrolled_count, align="right"),
        *parts,
        Column("total", "In all", 100, _total, sort_key=_total_number, align="right"),
    )
    return TableModel(columns, parent=parent)


def _name(row: ProgrammeRow) -> str:
    return row.name


def _provider(row: ProgrammeRow) -> str:
    return row.provider


def _enrolled(row: ProgrammeRow) -> str:
    return str(row.enrolled) if row.enrolled else ""


def _enrolled_count(row: ProgrammeRow) -> int:
    return row.enrolled


def _score_number(part: int, row: ProgrammeRow) -> int | None:
    found = row.of_part(part)
    return found.score if found else None


def _score(part: int, row: ProgrammeRow) -> str:
    found = row.of_part(part)
    return str(found.score) if found else "Not yet"


def _score_spoken(part: int, row: ProgrammeRow) -> str:
    found = row.of_part(part)
    return f"{found.score} of {MOST_SCORE}, {SCORES[found.score]}" if found else "not scored yet"


def _score_tip(part: int, row: ProgrammeRow) -> str:
    found = row.of_part(part)
    return f"{STANDARD[part]}\n{evidence_words(found)}" if found else STANDARD[part]


def evidence_words(score: PartScore) -> str:
    """‘Mostly: each module ends in a task in class. Helen Marsden, 12 Oct 2026.’"""
    return f"{SCORES[score.score]}: {score.words} ({score.scored_by}, {day_with_year(score.scored_on)})"


def _total(row: ProgrammeRow) -> str:
    return "" if row.total is None else f"{row.total} of {PARTS * MOST_SCORE}"


def _total_number(row: ProgrammeRow) -> int | None:
    return row.total


def programmes_words(rows: Sequence[ProgrammeRow]) -> str:
    """How many of them are scored."""
    scored = sum(row.total is not None for row in rows)
    return f"{scored} of {len(rows)} programmes are scored on all five parts, from 0 to {MOST_SCORE}. Enter scores one."
