"""The right side of the School view: how each staff group stands, and what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from staffdev_desktop.cpd.ledger.figures import GroupHours
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import PaintedButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.delegates import draw_words, paint_focus_box
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.hours_bar import paint_hours_bar
from staffdev_desktop.ui.widgets.list_card import take_out_all

WIDE = 300
SIDE = 14
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _RowButton(PaintedButton):
    """A row that is a button: what the two kinds of it share."""

    high = 40

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE), theme.px(self.high))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(self.high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), theme.colour("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line2"))
        self.paint_row(painter)
        if self.hasFocus():
            paint_focus_box(painter, QRectF(self.rect()).adjusted(2, 1, -2, -2))

    def paint_row(self, painter: QPainter) -> None:
        raise NotImplementedError


class _GroupButton(_RowButton):
    high = 58

    def __init__(self, group: GroupHours, parent: QWidget) -> None:
        self.group = group
        on_track = f"all {group.people} on track" if group.people > 1 else "1 on track"
        behind = f"{group.behind} of {group.people} behind" if group.behind else on_track
        self.words = behind
        self.numbers = f"{hours(group.counted)} h done, {hours(group.due_by_now)} due by now, {hours(group.due)} in the year"
        super().__init__(f"{group.group}: {behind}. {self.numbers}", parent)
        self.setToolTip(f"{self.numbers}\nShows this group in the list")

    def paint_row(self, painter: QPainter) -> None:
        side, wide = theme.px(SIDE), self.width() - 2 * theme.px(SIDE)
        top = QRect(side, theme.px(6), wide, theme.px(20))
        kind = "warn" if self.group.behind else "ok"
        said = theme.metrics(12).horizontalAdvance(self.words) + theme.px(19)
        draw_words(painter, QRect(side, top.y(), wide - said - 6, top.height()), self.group.group, 13, theme.SEMIBOLD)
        draw_words(painter, top, self.words, 12, theme.NORMAL, kind, _RIGHT)
        icon = theme.pixmap("clock" if self.group.behind else "checkc", kind, 13)
        painter.drawPixmap(side + wide - said, top.y() + (top.height() - theme.px(13)) // 2, icon)
        group = self.group
        paint_hours_bar(painter, side, theme.px(41), wide, done=group.counted, due=group.due, by_now=group.due_by_now)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: `key` is where it is opened."""

    key: str
    icon: str
    kind: str
    count: int
    words: str


class _WaitingButton(_RowButton):
    def __init__(self, waiting: Waiting, parent: QWidget) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting.count} {waiting.words}", parent)

    def paint_row(self, painter: QPainter) -> None:
        waiting, side, wide = self.waiting, theme.px(SIDE), self.width()
        middle = (self.height() - 1) / 2
        painter.drawPixmap(side, round(middle - theme.px(8)), theme.pixmap(waiting.icon, waiting.kind, 16))
        count = QRect(side + theme.px(16), 0, theme.px(38), self.height() - 1)
        draw_words(painter, count, str(waiting.count), 16, theme.SEMIBOLD, "text", _RIGHT)
        left = count.right() + theme.px(10)
        chevron = wide - side - theme.px(14)
        draw_words(painter, QRect(left, 0, chevron - left - 4, self.height() - 1), waiting.words, 13, theme.NORMAL, "text")
        painter.drawPixmap(chevron, round(middle - theme.px(7)), theme.pixmap("right", "accent", 14))


class SchoolSide(QWidget):
    """`group_wanted(name)` filters the list by a staff group; `waiting_wanted(key)` opens what waits."""

    group_wanted = Signal(str)
    waiting_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDE))
        self.waiting, self.groups = _Rows("What waits", self, whole=True), _Rows("Staff groups", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.waiting)
        column.addWidget(self.groups, 1)
        self.groups.setMinimumHeight(1)  # it scrolls: with large letters it gives way to what waits

    def show_waiting(self, rows: Sequence[Waiting]) -> None:
        """What waits for somebody, with something to count."""
        buttons = [_WaitingButton(row, self) for row in rows]
        for button in buttons:
            button.clicked.connect(self._open)
        self.waiting.show_rows(buttons, "Nothing waits for anybody.")

    def show_groups(self, groups: Sequence[GroupHours]) -> None:
        """How each staff group that owes hours stands."""
        buttons = [_GroupButton(group, self) for group in groups]
        for button in buttons:
            button.clicked.connect(self._filter)
        self.groups.show_rows(buttons, "No staff group owes hours in this year.")

    def _open(self) -> None:
        self.waiting_wanted.emit(self.sender().waiting.key)

    def _filter(self) -> None:
        self.group_wanted.emit(self.sender().group.group)


class _Rows(Card):
    """A card with a title and rows: `whole`, or scrolled where there is no room for them."""

    def __init__(self, title: str, parent: QWidget, *, whole: bool = False) -> None:
        super().__init__(parent, flush=True)
        head = CardTitle(title, parent=self)
        head.setContentsMargins(SIDE, 10, SIDE, 6)
        self.body.addWidget(head)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(0)
        if whole:
            self.body.addWidget(self._page)
        else:
            area = ClearScroll(self)
            area.setWidget(self._page)
            self.body.addWidget(area, 1)
        self.buttons: list[_RowButton] = []

    def show_rows(self, buttons: Sequence[_RowButton], nothing: str) -> None:
        """Show these; the keyboard stays in its place."""
        place = next((number for number, each in enumerate(self.buttons) if each.hasFocus()), None)
        take_out_all(self._column)
        self.buttons = list(buttons)
        for button in buttons:
            self._column.addWidget(button)
        if not buttons:
            label = role_label(nothing, "second", self._page, wrap=True)
            label.setContentsMargins(theme.px(SIDE), 0, theme.px(SIDE), 8)
            self._column.addWidget(label)
        self._column.addStretch(1)
        for button in buttons:
            button.show()
        if place is not None and buttons:
            buttons[min(place, len(buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
