"""The matrix on screen: people stay at the left, arrows go from cell to cell, Enter opens one."""

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from staffdev_desktop.cpd.training.rows import Cell, MatrixRow, State
from staffdev_desktop.kernel.dates import short_day
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.training.matrix_model import WIDTH, MatrixModel
from staffdev_desktop.ui.cpd.training.words import ICON_OF, KIND_OF
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, PADDING, draw_words, paint_focus_box
from staffdev_desktop.ui.widgets.row_view import LetterSearch, RowHover
from staffdev_desktop.ui.widgets.table_view import HEAD_HEIGHT, HouseHeader

ROW_HEIGHT, BOX, INSET, ICON = 42, 28, 4, 13
PEOPLE, PEOPLE_LEAST = 330, 220  # px of the people’s column at 100 per cent
SIGN = 20  # room for the sign of sorting


class CellDelegate(QStyledItemDelegate):
    """A cell 28 high: in date is a tick and a month without fill; what needs action has fill, icon and day; a booking its own sign."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ground of the row, then the cell, then where the keyboard is."""
        rect, table = option.rect, self.parent()
        focused = table.focus_row == index.row()
        painter.save()
        if focused or table.hover_row == index.row():
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        high = theme.px(BOX)
        box = QRect(rect.x() + INSET, rect.y() + (rect.height() - 1 - high) // 2, rect.width() - 2 * INSET, high)
        cell = index.data(EXTRA_ROLE)
        if isinstance(cell, Cell):
            _paint_cell(painter, box, cell, index.data(Qt.ItemDataRole.DisplayRole))
        if focused:
            _row_lines(painter, rect, right=index.column() == index.model().columnCount() - 1)
            if index == table.currentIndex():
                paint_focus_box(painter, QRectF(box), 4)
        painter.restore()


def _paint_cell(painter: QPainter, box: QRect, cell: Cell, words: str) -> None:
    kind, left = KIND_OF[cell.state], box.x() + theme.px(8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if cell.needs_action:
        painter.setPen(theme.colour(f"{kind}line"))
        painter.setBrush(theme.colour(f"{kind}bg"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    colour = "text3" if cell.state is State.NOT_NEEDED or not cell.required else kind
    if cell.state in ICON_OF:
        painter.drawPixmap(_icon_place(left, box), theme.pixmap(ICON_OF[cell.state], colour, ICON))
        left += theme.px(ICON + 5)
    weight = theme.SEMIBOLD if cell.state is State.EXPIRED else theme.NORMAL
    right = box.right() - theme.px(6)
    day = cell.booked_for or cell.missed
    if day is not None:
        wide = theme.metrics(12).horizontalAdvance(short_day(day)) + theme.px(ICON + 4)
        booked = right - wide
        tone = "info" if cell.booked_for else "text3"
        painter.drawPixmap(_icon_place(booked, box), theme.pixmap("cal", tone, ICON))
        draw_words(painter, QRect(booked + theme.px(ICON + 4), box.y(), wide, box.height()), short_day(day), 12, theme.NORMAL, tone)
        right = booked - 4
    draw_words(painter, QRect(left, box.y(), right - left, box.height()), words, 12, weight, colour)


def _icon_place(left: float, box: QRect) -> QPointF:
    return QPointF(left, box.y() + (box.height() - theme.px(ICON)) / 2)


def _row_lines(painter: QPainter, rect: QRect, *, left: bool = False, right: bool = False) -> None:
    line = theme.colour("focus")
    painter.fillRect(rect.x(), rect.y(), rect.width(), 2, line)
    painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, line)
    if left:
        painter.fillRect(rect.x(), rect.y(), 2, rect.height(), line)
    if right:
        painter.fillRect(rect.right() - 1, rect.y(), 2, rect.height(), line)


class PeopleHeader(QHeaderView):
    """The people at the left: name and post in one line."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As wide as in picture 05b, narrower where the page is."""
        room = self.parent().width() // 3
        return QSize(max(theme.px(PEOPLE_LEAST), min(theme.px(PEOPLE), room)), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Below the last person it is as white as the matrix."""
        super().paintEvent(event)
        end = self.length() - self.offset()
        QPainter(self.viewport()).fillRect(0, end, self.width(), max(self.viewport().height() - end, 0), theme.colour("surface"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Name, then post; the row’s focus box begins here."""
        table = self.parent()
        row = table.model().row_of(table.model().id_at(section))
        if row is None:
            return
        focused = table.focus_row == section
        painter.save()
        painter.fillRect(rect, theme.colour("hover" if focused or table.hover_row == section else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line2"))
        name, left = row.person.name, rect.x() + PADDING + 4
        room = rect.right() - PADDING - left
        wide = min(theme.metrics(13, theme.SEMIBOLD).horizontalAdvance(name), room)
        draw_words(painter, QRect(left, rect.y(), wide, rect.height() - 1), name, 13, theme.SEMIBOLD)
        left += wide + 9
        if rect.right() - PADDING - left > theme.px(40):
            draw_words(
                painter,
                QRect(left, rect.y(), rect.right() - PADDING - left, rect.height() - 1),
                table.model().post_of(row),
                12,
                theme.NORMAL,
                "text2",
            )
        _draw_edge(painter, rect, table)
        if focused:
            _row_lines(painter, rect, left=True)
        painter.restore()


def _draw_edge(painter: QPainter, rect: QRect, table: QTableView) -> None:
    """While cells have gone under the people, a line says so."""
    if table.horizontalScrollBar().value():
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), theme.colour("field"))


class _Corner(QWidget):
    """The head of the people’s column."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The same as the other heads."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        _draw_edge(painter, self.rect(), self.parent())
        draw_words(painter, self.rect().adjusted(PADDING + 4, 0, 0, -1), "Member of staff", 12, theme.SEMIBOLD, "text2")


class MatrixTable(RowHover, LetterSearch, QTableView):
    """Shows a MatrixModel. `opened(person_id, training_id)` on Enter or a double click; letters find a person; Tab goes on.

    `person_opened(person_id)` on Ctrl+Enter, or a double click on the name.
    """

    opened = Signal(int, int)
    person_opened = Signal(int)

    def __init__(self, model: MatrixModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.focus_row = -1
        self.setAccessibleName(name)
        self.setAccessibleDescription("Arrows go from cell to cell, Enter opens one, Ctrl+Enter the person, letters find a person")
        self.setVerticalHeader(PeopleHeader(self))
        self.setHorizontalHeader(HouseHeader(self))
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))  # else the style draws a corner where the two scroll bars meet
        self._corner = _Corner(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(CellDelegate(self))
        self.setModel(model)
        model.modelReset.connect(self._measure)
        model.columnsInserted.connect(self._measure)
        self.horizontalHeader().sectionClicked.connect(self._head_clicked)
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().sectionClicked.connect(self._person_clicked)
        self.verticalHeader().sectionDoubleClicked.connect(self._person_double_clicked)
        self.horizontalScrollBar().valueChanged.connect(self.verticalHeader().viewport().update)
        self.horizontalScrollBar().valueChanged.connect(self._corner.update)
        self._measure()

    # -- where the keyboard is ------------------------------------------------------------------------------------------

    def here(self) -> tuple[int, int] | None:
        """The person and training of the cell the keyboard is on."""
        found = self.model().cell(self.currentIndex())
        return (found[0].id, found[1].id) if found and found[0] else None

    def go_to(self, place: tuple[int, int] | None) -> bool:
        """Put the keyboard on a cell; the first one if that person is not shown. False if nobody is."""
        model = self.model()
        row = model.place_of(place[0]) if place else None
        if not model.rowCount() or not model.columnCount():
            return False
        index = model.index(row or 0, model.column_of(place[1] if place else None))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell, Ctrl+Enter the person; the rest moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (here := self.here()):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.person_opened.emit(here[0])
            else:
                self.opened.emit(*here)
        else:
            super().keyPressEvent(event)

    def words_of(self, row: MatrixRow) -> str:
        """A person is found by their name."""
        return row.person.name

    def go_to_row(self, place: int) -> None:
        """Go to a person, in the same column."""
        self.setCurrentIndex(self.model().index(place, max(self.currentIndex().column(), 0)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the cell."""
        if self.indexAt(event.position().toPoint()).isValid() and (here := self.here()):
            self.opened.emit(*here)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard, some cell is always the one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(None)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus box goes."""
        super().focusOutEvent(event)
        self._repaint()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The focus box goes round another row."""
        super().currentChanged(current, previous)
        self._repaint()

    def hover_moved(self, _before: int, _after: int) -> None:
        """The people at the left are tinted as well."""
        self._repaint()

    def _repaint(self) -> None:
        self.focus_row = self.currentIndex().row() if self.hasFocus() else -1
        self.viewport().update()
        self.verticalHeader().viewport().update()

    def _head_clicked(self, section: int) -> None:
        model = self.model()
        same = model.sorted_by() == (section, Qt.SortOrder.AscendingOrder)
        model.sort(section, Qt.SortOrder.DescendingOrder if same else Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().viewport().update()

    def _person_clicked(self, section: int) -> None:
        self.go_to_row(section)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _person_double_clicked(self, section: int) -> None:
        self.person_opened.emit(self.model().id_at(section))

    # -- sizes ----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With few trainings the columns share the room."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_corner"):
            self._measure()

    def updateGeometries(self) -> None:
        """The head of the people’s column stands where the two headers meet."""
        super().updateGeometries()
        wide, high = self.verticalHeader().width(), self.horizontalHeader().height()
        self._corner.setGeometry(self.frameWidth(), self.frameWidth(), wide, high)

    def _measure(self, *_what: object) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.horizontalHeader().setFixedHeight(theme.px(HEAD_HEIGHT))
        columns = self.model().columns
        measure = theme.metrics(12, theme.SEMIBOLD)
        widths = [max(theme.px(WIDTH), measure.horizontalAdvance(column.title) + 2 * PADDING + theme.px(SIGN)) for column in columns]
        spare = self.width() - self.verticalHeader().width() - sum(widths) - theme.px(14)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width + (spare // len(widths) if spare > 0 else 0))
