"""Key in a whole team’s ratings: rows are people, columns are areas, and each key is on disk at once."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.queries import people
from staffdev_desktop.cpd.diagnostic.rows import RatingRow, Record, Side, Stage
from staffdev_desktop.cpd.diagnostic.rules import LEVELS_IN_WORDS, NOBODY
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.cpd.diagnostic.rating_grid import Cell, GridLine, RatingGrid
from staffdev_desktop.ui.cpd.diagnostic.saved_line import SavedLine
from staffdev_desktop.ui.cpd.diagnostic.saving import AreaSaving
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label
from staffdev_desktop.ui.widgets.list_card import foot_row
from staffdev_desktop.ui.widgets.segments import Segments

SIDES = ((Side.OWN, "Own rati&ngs"), (Side.MANAGER, "Line manager’s"), (Side.AGREED, "&Agreed"))
HEAD_WIDTH, MOST_TITLE = 250, 400
EMPTY_COLUMN = RatingRow(0, "", "")


class GridPage(Page):
    """One set, one team and one side at a time."""

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self._records: tuple[Record, ...] = ()
        self._shown: tuple[Record, ...] = ()
        self.saving = AreaSaving(school, self)
        self._build()
        self.saving.saved.connect(self.line.show_saved)
        self.saving.refused.connect(self.line.show_problem)

    def _build(self) -> None:
        self.back = PlainButton("&Back to the board", "left", self)
        self.back.clicked.connect(partial(self.wanted.emit, "back", None))
        self.title = Elided("title", self, MOST_TITLE)
        self.side = Segments([(side, words) for side, words in SIDES], "Whose ratings are typed", self)
        self.side.set_value(Side.OWN)
        self.side.edited.connect(self._show)
        self.set = ChoiceField(parent=self)
        self.set.setAccessibleName("Areas")
        self.set.setFixedWidth(theme.px(170))
        self.team = ChoiceField(parent=self)
        self.team.setAccessibleName("Line manager")
        self.team.setFixedWidth(theme.px(190))
        for field in (self.set, self.team):
            field.edited.connect(self._show)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.title)
        top.addStretch(1)
        for widget in (self.set, self.team, self.side):
            top.addWidget(widget)
        self.grid = RatingGrid("Ratings of the team", head_width=HEAD_WIDTH, row_height=38, parent=self)
        self.grid.typed.connect(self._typed)
        self.grid.opened.connect(self._opened)
        self.grid.moved.connect(self._moved)
        self.hint = role_label("", "small", self, wrap=True)
        self.line = SavedLine(self)
        card = Card(self, flush=True)
        card.body.addWidget(self.grid, 1)
        foot = foot_row(self.hint)
        foot.setSpacing(12)
        foot.addWidget(self.line)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(card, 1)

    # -- what the panel asks --------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what is written in the round and show it."""
        self._records = self._school.read(people.records, round_id=self.round.id) if self.round else ()
        self.title.setText(f"Key in ratings, {self.round.name}" if self.round else "")
        self.set.set_choices([(name, name) for name in dict.fromkeys(each.board.set_name for each in self._records)])
        managers = sorted({each.board.manager or NOBODY for each in self._records})
        self.team.set_choices([(None, "Everybody"), *((name, f"Team of {name}" if name != NOBODY else name) for name in managers)])
        self._show()

    def commit(self) -> None:
        """Save what could not be saved yet."""
        self.saving.commit()

    def focus_first(self) -> None:
        """Put the keyboard into the grid."""
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.side, self.grid]

    # -- what is shown and typed ----------------------------------------------------------------------------------------

    def _show(self, _value: object = None) -> None:
        self._shown = tuple(
            each
            for each in self._records
            if each.board.set_name == self.set.value() and self.team.value() in (None, each.board.manager or NOBODY)
        )
        areas = {rating.area_id: rating for each in self._shown for rating in each.ratings}
        self._areas = tuple(areas.values())
        side = str(self.side.value())
        lines = []
        for record in self._shown:
            mine = {rating.area_id: rating for rating in record.ratings}
            cells = tuple(self._cell(record, mine.get(area.area_id), side) for area in self._areas)
            lines.append(GridLine(record.board.id, record.board.name, _second(record), cells))
        self.grid.set_lines([area.title for area in self._areas], lines)
        self._moved(self.grid.currentIndex().row(), self.grid.currentIndex().column())

    def _cell(self, record: Record, rating: RatingRow | None, side: str) -> Cell:
        may = self.round is not None and self.round.is_open and record.board.stage is not Stage.AGREED and rating is not None
        if side != Side.OWN and rating is not None and rating.hidden:
            return Cell(None, False, hidden=True)
        if side == Side.MANAGER and record.is_self:
            may = False
        return Cell(getattr(rating, side) if rating else None, may)

    def _typed(self, row: int, column: int, value: int | None) -> None:
        place = (self._shown[row].board.id, self._areas[column].area_id, str(self.side.value()))
        if self.saving.now(place, value):
            self._put(row, column, value)

    def _put(self, row: int, column: int, value: int | None) -> None:
        """Show what is on disk now; the whole round is read again once the window has the time."""
        record, side = self._shown[row], str(self.side.value())
        area_id = self._areas[column].area_id
        ratings = tuple(replace(each, **{side: value}) if each.area_id == area_id else each for each in record.ratings)
        newer = replace(record, ratings=ratings)
        self._records = tuple(newer if each is record else each for each in self._records)
        self._show()

    def _opened(self, row: int) -> None:
        self.wanted.emit("record", self._shown[row].board.id)

    def _moved(self, _row: int, column: int) -> None:
        area = self._areas[column] if 0 <= column < len(self._areas) else EMPTY_COLUMN
        told = f"{area.title}: {area.hint}  " if area.hint else ""
        self.hint.setText(f"{told}Keys {LEVELS_IN_WORDS}. 0 takes a rating away. Enter opens the person.")


def _second(record: Record) -> str:
    done = sum(rating.own is not None for rating in record.ratings), sum(rating.manager is not None for rating in record.ratings)
    if record.board.stage is Stage.AGREED:
        return "Recorded"
    return f"Own {done[0]} of {len(record.ratings)}, line manager’s {done[1]}"
