"""The cycle board: one row for each review, six stages, ticks and what is done with the ticked ones (picture 03)."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.rows import BoardRow, CycleRow, Stage
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.models import BoardFilter, board_model, cycle_words
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, Rule
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.list_card import TickStrip
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.table_view import HouseTable

ROW_HEIGHT = 38


MORE_OF_CYCLE = (
    ("&Read returned forms…", "read_returns"),
    ("&Save fillable sheets for all…", "save_sheets"),
    ("&Move reviews to another reviewer…", "move_reviews"),
    ("&Last year’s targets from a spreadsheet…", "import_targets"),
    ("C&alendar files of the meetings…", "calendar_files"),
    ("C&heck a paper’s fingerprint…", "check_paper"),
    ("&Change the cycle’s name or dates…", "change_cycle"),
    ("Cl&ose the cycle…", "close_cycle"),
)
OF_ALL_SHOWN = ("read_returns", "save_sheets")  # what the cycle's menu does with reviews, not with the cycle
MORE_OF_TICKED = (
    ("&Save fillable sheets…", "save_sheets"),
    ("Save fillable m&eeting forms…", "save_meeting_forms"),
    ("Print meeting &forms", "print_meeting_forms"),
    ("&Move to another reviewer…", "move"),
)


class CycleLine(QWidget):
    """Where the bulk bar comes when something is ticked: the cycle, its deadlines, and what is done with a cycle.

    `wanted(verb)` for what stands in its menu: move_reviews, import_targets, change_cycle, close_cycle; `wanted_of_all(verb)` for
    what is done with every review shown: read_returns, save_sheets.
    """

    wanted = Signal(str)
    wanted_of_all = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = role_label("", "strong", self)
        self._dates = role_label("", "small", self)
        self.type_in = PlainButton("T&ype in a sheet…", "pen", self)
        self.add = PlainButton("&Add a person…", "plus", self)
        self.start = PlainButton("S&tart a cycle…", "pdr", self)
        self.more = more_button("Mo&re", "More to do with the cycle", MORE_OF_CYCLE, self._chosen, self)
        self.buttons = (self.type_in, self.add, self.start, self.more)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._dates)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)

    def set_cycles(self, cycles: Sequence[CycleRow]) -> None:
        """Name the cycles shown."""
        name, dates = cycle_words(cycles) if cycles else ("", "")
        self._name.setText(name)
        self._dates.setText(dates)

    def set_may_run(self, may: bool) -> None:
        """A reviewer sees the cycle and does not run it."""
        for button in self.buttons:
            button.setVisible(may)

    def _chosen(self) -> None:
        verb = self.sender().data()
        (self.wanted_of_all if verb in OF_ALL_SHOWN else self.wanted).emit(verb)


class Legend(QWidget):
    """What the chips mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("A tick is done, a half disc on colour is where the review is now, a dash is not reached")

    def sizeHint(self) -> QSize:
        """Room for three."""
        words = theme.metrics(12).horizontalAdvance("donenow here– not reached")
        return QSize(words + theme.px(2 * 24 + 2 * 4 + 2 * 14), theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two chips and a dash."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for ground, edge, icon, ink, words in (
            ("mutebg", "line", "check", "text2", "done"),
            ("accent", "accent", "half", "onaccent", "now here"),
        ):
            box = QRectF(left + 0.5, (self.height() - theme.px(16)) // 2 + 0.5, theme.px(22), theme.px(16) - 1)
            painter.setPen(theme.colour(edge))
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(box, 4, 4)
            side = theme.px(11)
            painter.drawPixmap(box.center() - QPointF(side / 2, side / 2), theme.pixmap(icon, ink, 11))
            left = self._words(painter, box.right() + theme.px(4), words) + theme.px(14)
        self._words(painter, left, "– not reached")

    def _words(self, painter: QPainter, left: float, words: str) -> float:
        wide = theme.metrics(12).horizontalAdvance(words)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRectF(left, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return left + wide


class BoardPanel(Card):
    """The board. It says what a person wants done; the tab does it.

    `wanted(verb, review_ids)` for the ticked reviews: print_sheets, book, print_statements, sign, move, print_meeting_forms,
    save_sheets, save_meeting_forms; read_returns and save_sheets from the cycle's menu with all of them.
    `opened(review_id)` by Enter or a double click, `chosen(review_id)` when the row changes, `menu_asked(review_id, place)`.
    """

    wanted = Signal(str, object)
    opened = Signal(object)
    chosen = Signal(object)
    menu_asked = Signal(int, QPoint)
    filters_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True)
        self._filter = BoardFilter()
        self.model = board_model(clock.today, self)
        self.line = CycleLine(self)
        self.line.wanted_of_all.connect(self._want_of_all)
        self.bulk = self._bulk_bar()
        self.table = HouseTable(self.model, "Cycle board", ROW_HEIGHT, self)
        strip = TickStrip(self.line, self.bulk, self.table, self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._words = role_label("", "small", self)
        self._everything = LinkButton("Show everything", parent=self)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.addWidget(self._words)
        foot.addWidget(self._everything)
        foot.addStretch(1)
        foot.addWidget(Legend(self))
        self.body.addWidget(strip)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Rule(self))
        self.body.addSpacing(5)
        self.body.addLayout(foot)
        self.body.addSpacing(5)
        self.model.ticks_changed.connect(self._ticks_changed)
        self.model.shown_changed.connect(self._say_shown)
        self.table.horizontalHeader().sectionClicked.connect(self._say_shown)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)
        self.table.customContextMenuRequested.connect(self._ask_menu)
        self._everything.clicked.connect(self.filters_dropped)

    def set_may_run(self, may: bool) -> None:
        """A reviewer prints forms and statements; the rest belongs to whoever runs the cycle."""
        self.line.set_may_run(may)
        for button in (self.print_sheets, self.book, self.sign):
            button.setVisible(may)
        for action in self.more.menu().actions():
            action.setVisible(may or action.data() == "print_meeting_forms")

    def set_rows(self, rows: Sequence[BoardRow], cycles: Sequence[CycleRow]) -> None:
        """Show these reviews of these cycles."""
        self.line.set_cycles(cycles)
        self.model.set_rows(rows)
        self._ticks_changed()

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show only what the filters keep."""
        self._filter = wanted
        self.model.set_condition(self._keeps)

    def ticked_rows(self) -> tuple[BoardRow, ...]:
        """The reviews ticked, in the order of the board."""
        return tuple(self.model.row_of(key) for key in self.model.ticked())

    def focus_board(self) -> None:
        """Put the keyboard on the table."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _keeps(self, row: BoardRow) -> bool:
        return self._filter.keeps(row, clock.today())

    def _bulk_bar(self) -> BulkBar:
        bar = BulkBar("review", parent=self)
        self.print_sheets = PrimaryButton("&Print self-review sheets", "print", bar)
        self.book = PlainButton("&Book meetings…", "cal", bar)
        self.print_statements = PlainButton("Print s&tatements", "sign", bar)
        self.sign = PlainButton("Record sign&atures", parent=bar)
        self.more = more_button("Mo&re", "More to do with the ticked reviews", MORE_OF_TICKED, self._action_chosen, bar)
        verbs = ((self.print_sheets, "print_sheets"), (self.book, "book"), (self.print_statements, "print_statements"), (self.sign, "sign"))
        for button, verb in verbs:
            button.setProperty("verb", verb)
            button.clicked.connect(self._button_pressed)
            bar.add(button)
        bar.add(self.more)
        return bar

    def _button_pressed(self) -> None:
        self._want(self.sender().property("verb"))

    def _action_chosen(self) -> None:
        self._want(self.sender().data())

    def _want_of_all(self, verb: str) -> None:
        self.wanted.emit(verb, tuple(row.id for row in self.model.rows() if not (row.away or row.exempt)))

    def _want(self, verb: str) -> None:
        self.wanted.emit(verb, tuple(row.id for row in self.ticked_rows()))

    def _ticks_changed(self) -> None:
        rows = self.ticked_rows()
        open_rows = [row for row in rows if row.stage not in (Stage.AGREED, Stage.SIGNED)]
        agreed = len(rows) - len(open_rows)
        self.print_sheets.setEnabled(bool(open_rows))
        self.book.setEnabled(bool(open_rows))
        self.more.setEnabled(bool(open_rows))
        self.print_statements.setEnabled(agreed > 0)
        self.sign.setEnabled(any(row.stage is Stage.AGREED for row in rows))

    def _say_shown(self, *_section: object) -> None:
        shown, all_rows = self.model.rowCount(), len(self.model.rows())
        sort = self.model.sorted_by()
        by = self.model.columns[sort[0]].title.lower() if sort else "name"
        number = count_of(all_rows, "review") if shown == all_rows else f"{shown} of {count_of(all_rows, 'review')}"
        self._words.setText(f"Showing {number}, by {by}.")
        self._everything.setVisible(shown < all_rows)

    def _ask_menu(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        key = self.model.id_at(index.row()) if index.isValid() else self.table.chosen_id()
        if key is not None:
            self.menu_asked.emit(key, self.table.viewport().mapToGlobal(place))
