"""The lists on the cards beside the tables: who is in a group, when it meets."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from staffdev_desktop.cpd.groups.rows import MemberRow
from staffdev_desktop.cpd.groups.rules import attendance_words
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.groups.words import meeting_badge, meeting_words
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import badge_size, paint_badge
from staffdev_desktop.ui.widgets.delegates import ID_ROLE, ROW_ROLE, paint_two_lines
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.row_list import RowList, RowListDelegate, RowListModel
from staffdev_desktop.ui.widgets.search_box import LARGE

ROW_HEIGHT, MOST_SHOWN, SIDE = 40, 4, 8
MOST_WHEN_LARGE = 2  # with larger letters the words above need the room; the list scrolls


class MemberLines(QWidget):
    """Each member with post, the lead first."""

    def __init__(self, members: tuple[MemberRow, ...], meetings: tuple[SessionRow, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for member in members:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Avatar(member.name, parent=self))
            words = QVBoxLayout()
            words.setSpacing(0)
            name, second = Elided("strong", self), Elided("second", self)
            name.setText(f"{member.name}, lead" if member.lead else member.name)
            attended = attendance_words(member, meetings)
            second.setText(" · ".join(part for part in (member.posts, attended) if part))
            words.addWidget(name)
            words.addWidget(second)
            row.addLayout(words, 1)
            column.addLayout(row)


class _MeetingModel(RowListModel):
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return meeting_words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.details.title}, {meeting_words(row)}. {row.state}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.details.title
        return {ROW_ROLE: row, ID_ROLE: row.id}.get(role)


class _MeetingDelegate(RowListDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row, rect = index.data(ROW_ROLE), option.rect
        painter.save()
        self.paint_ground(painter, rect, index)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        badge = meeting_badge(row)
        wide = badge_size(badge).width()
        words = QRect(rect.x() + SIDE, rect.y(), rect.width() - wide - 3 * SIDE, rect.height() - 1)
        weight = theme.NORMAL if row.state in (SessionState.HELD, SessionState.CANCELLED) else theme.SEMIBOLD
        paint_two_lines(painter, words, meeting_words(row), row.details.place or row.details.title.rpartition(", ")[2], weight)
        paint_badge(painter, rect.right() - SIDE - wide, rect.y() + rect.height() / 2, badge)
        self.paint_focus(painter, rect, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(ROW_HEIGHT))


class MeetingList(RowList):
    """The meetings in the order of their days; a click or Enter opens one: attendance, once its day has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_MeetingModel(), "Meetings", parent)
        self.setItemDelegate(_MeetingDelegate(self))
        self.setUniformItemSizes(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_meetings(self, meetings: tuple[SessionRow, ...]) -> None:
        """Show these, as high as a few of them."""
        self.set_rows(meetings)
        self.setVisible(bool(meetings))
        self._measure()
        done = sum(meeting.state in (SessionState.HELD, SessionState.CANCELLED) for meeting in meetings)
        if meetings:
            self.scrollTo(self.model().index(min(done, len(meetings) - 1), 0))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self._measure()

    def _measure(self) -> None:
        most = MOST_SHOWN if theme.px(100) <= LARGE else MOST_WHEN_LARGE
        shown = min(self.model().rowCount(), most)
        self.setFixedHeight(shown * theme.px(ROW_HEIGHT) + 4)
