"""How rows of a table are painted: the ground that belongs to the whole row, and what stands in each cell.

A delegate paints ground, rule, selection and the focus box itself, so that the box goes round the row and not round one cell.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from staffdev_desktop.kernel.names import initials
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.avatar import paint_avatar
from staffdev_desktop.ui.widgets.badge import BadgeText, badge_size, paint_badge

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2
SORT_ROLE = Qt.ItemDataRole.UserRole + 3
EXTRA_ROLE = Qt.ItemDataRole.UserRole + 4
PADDING = 8


@dataclass(frozen=True)
class StageText:
    """One of the stages of a review in a row: `state` is done, now or none (not reached); `words` is the day."""

    state: str
    words: str = ""


class RowDelegate(QStyledItemDelegate):
    """Plain words in a cell, in the weight and colour given. The parent is the HouseTable it paints for."""

    def __init__(self, parent: object, *, weight: int = theme.NORMAL, colour: str = "text", size: int = 13) -> None:
        super().__init__(parent)
        self.weight, self.words_colour, self.size = weight, colour, size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground, then the cell."""
        painter.save()
        rect = option.rect
        state = self.parent().row_state
        row = index.row()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or row in state.ticked_rows:
            painter.fillRect(rect, theme.colour("tint"))
        elif row in (state.hover_row, state.focus_row):
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        first, last = index.column() == state.first_column, index.column() == state.last_column
        if chosen and first:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        self.paint_cell(painter, rect, index)
        if row == state.focus_row:
            _focus_lines(painter, rect, first=first, last=last)
        painter.restore()

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The words, cut with … where there is no room."""
        words = index.data(Qt.ItemDataRole.DisplayRole)
        if words:
            align = index.data(Qt.ItemDataRole.TextAlignmentRole)
            draw_words(painter, rect.adjusted(self.left(index), 0, -PADDING, -1), words, self.size, self.weight, self.words_colour, align)

    def left(self, index: QModelIndex) -> int:
        """Where words begin, as in the head: the first column that has any leaves room for the bar of the row chosen."""
        return PADDING + (4 if index.column() == self.parent().row_state.words_column else 0)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Wide enough for its words; the table sets the height."""
        words = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(theme.metrics(self.size, self.weight).horizontalAdvance(words) + 2 * PADDING + 4, theme.px(33))


def draw_words(
    painter: QPainter, rect: QRect, words: str, size: int = 13, weight: int = theme.NORMAL, colour: str = "text", align: int | None = None
) -> None:
    """Words on one line in `rect`, cut with … where there is no room."""
    measure = theme.metrics(size, weight)
    if measure.horizontalAdvance(words) > rect.width():
        words = measure.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.colour(colour))
    painter.drawText(rect, align or (Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def _focus_lines(painter: QPainter, rect: QRect, *, first: bool, last: bool) -> None:
    line = theme.colour("focus")
    painter.fillRect(rect.x(), rect.y(), rect.width(), 2, line)
    painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, line)
    if first:
        painter.fillRect(rect.x(), rect.y(), 2, rect.height(), line)
    if last:
        painter.fillRect(rect.right() - 1, rect.y(), 2, rect.height(), line)


class TickDelegate(RowDelegate):
    """The tick at the beginning of a row."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """A box, filled and ticked when the row is."""
        paint_tick(painter, rect, index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)


def paint_focus_box(painter: QPainter, box: QRectF, radius: float = 3) -> None:
    """The box round what the keyboard is on; over everything else, so last."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)  # a badge leaves its own
    painter.setPen(QPen(theme.colour("focus"), 2))
    painter.drawRoundedRect(box, radius, radius)


def paint_tick(painter: QPainter, rect: QRect, ticked: bool, part: bool = False) -> None:
    """A tick box in the middle of `rect`."""
    side = theme.px(16)
    box = QRectF(rect.x() + (rect.width() - side) / 2 + 0.5, rect.y() + (rect.height() - side) // 2 + 0.5, side - 1, side - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = ticked or part
    painter.setPen(theme.colour("accent" if filled else "field"))
    painter.setBrush(theme.colour("accent" if filled else "surface"))
    painter.drawRoundedRect(box, 3, 3)
    if part:
        painter.fillRect(box.adjusted(4, side / 2 - 2, -4, -(side / 2 - 1)), theme.colour("onaccent"))
    elif ticked:
        painter.drawPixmap(box.topLeft() + QPointF(1.5, 1.5), theme.pixmap("check", "onaccent", 12))


class TwoLineDelegate(RowDelegate):
    """A name in semibold over a second line (the column's `extra`), with the person's initials before it if asked."""

    def __init__(self, parent: object, *, avatar: bool = False) -> None:
        super().__init__(parent, weight=theme.SEMIBOLD)
        self.avatar = avatar

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Two lines, in the middle of the row together."""
        words, second = index.data(Qt.ItemDataRole.DisplayRole) or "", index.data(EXTRA_ROLE) or ""
        left = self.left(index)
        if self.avatar:
            paint_avatar(painter, rect.x() + PADDING, rect.y() + rect.height() / 2, initials(words))
            left = PADDING + theme.px(28) + 8
        paint_two_lines(painter, rect.adjusted(left, 0, -PADDING, -1), words, second)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Wide enough for the longer of the two."""
        wide = super().sizeHint(option, index).width()
        second = theme.metrics(12).horizontalAdvance(index.data(EXTRA_ROLE) or "") + 2 * PADDING + 4
        return QSize(max(wide, second) + (theme.px(36) if self.avatar else 4), theme.px(38))


def paint_two_lines(painter: QPainter, rect: QRect, first: str, second: str, first_weight: int = theme.SEMIBOLD) -> None:
    """`first` over `second`, both cut with … where there is no room."""
    if not second:
        draw_words(painter, rect, first, 13, first_weight)
        return
    upper, lower = theme.px(17), theme.px(16)
    top = rect.y() + (rect.height() - upper - lower) // 2
    draw_words(painter, QRect(rect.x(), top, rect.width(), upper), first, 13, first_weight)
    draw_words(painter, QRect(rect.x(), top + upper, rect.width(), lower), second, 12, theme.NORMAL, "text2")


class BadgeDelegate(RowDelegate):
    """A badge (the column's `extra` is a BadgeText), or plain small words where there is none."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw the badge."""
        badge = index.data(EXTRA_ROLE)
        if isinstance(badge, BadgeText):
            paint_badge(painter, rect.x() + PADDING, rect.y() + (rect.height() - 1) / 2, badge, rect.width() - PADDING - 2)
        else:
            words = index.data(Qt.ItemDataRole.DisplayRole) or ""
            draw_words(painter, rect.adjusted(PADDING, 0, -PADDING, -1), words, 12, theme.NORMAL, "text3")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Wide enough never to cut it."""
        badge = index.data(EXTRA_ROLE)
        wide = badge_size(badge).width() + 2 * PADDING if isinstance(badge, BadgeText) else super().sizeHint(option, index).width()
        return QSize(wide, theme.px(33))


class StageDelegate(RowDelegate):
    """A stage of a review (the column's `extra` is a StageText): done, now here, or not reached."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw the chip, or an en dash."""
        stage = index.data(EXTRA_ROLE)
        if isinstance(stage, StageText) and stage.state != "none":
            paint_stage(painter, rect.x() + 4, rect.y() + (rect.height() - 1) / 2, stage)
        else:
            draw_words(painter, rect.adjusted(14, 0, 0, -1), "–", 12, theme.NORMAL, "text3")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Wide enough for the chip."""
        stage = index.data(EXTRA_ROLE)
        words = stage.words if isinstance(stage, StageText) else "–"
        return QSize(theme.metrics(12, theme.SEMIBOLD).horizontalAdvance(words) + theme.px(34) + 4, theme.px(38))


def paint_stage(painter: QPainter, left: float, middle: float, stage: StageText) -> None:
    """A stage chip 22 px high: a tick for done, a half disc on the accent for where the review is now."""
    now = stage.state == "now"
    weight = theme.SEMIBOLD if now else theme.NORMAL
    wide, high = theme.metrics(12, weight).horizontalAdvance(stage.words) + theme.px(5 + 13 + 3 + 7), theme.px(22)
    box = QRectF(left + 0.5, round(middle - high / 2) + 0.5, wide, high - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if now else "line")))
    painter.setBrush(theme.colour("accent" if now else "mutebg"))
    painter.drawRoundedRect(box, 4, 4)
    words_colour = "onaccent" if now else "text2"
    image = theme.pixmap("half" if now else "check", words_colour, 13)
    painter.drawPixmap(QPointF(box.x() + theme.px(5), box.y() + (high - theme.px(13)) / 2), image)
    words_rect = QRect(round(box.x() + theme.px(21)), round(box.y()), wide, high)
    draw_words(painter, words_rect, stage.words, 12, weight, words_colour)
