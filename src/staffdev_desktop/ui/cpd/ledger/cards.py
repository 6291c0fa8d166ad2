"""The cards of hours above a person’s log: one for each term and one for the whole year. Each is a button that says why."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from staffdev_desktop.cpd.ledger import queries
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR, Part, PersonLedger
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.dates import MONTH_NAMES
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.ledger.words import by_now_words, have_words, of_words, pace_badge, part_in_words
from staffdev_desktop.ui.widgets.badge import BadgeText, badge_size, paint_badge
from staffdev_desktop.ui.widgets.buttons import PaintedButton
from staffdev_desktop.ui.widgets.delegates import draw_words, paint_focus_box
from staffdev_desktop.ui.widgets.hours_bar import paint_hours_bar

SIDE, HIGH, LEAST = 14, 88, 148
KINDS = (
    "entry",
    "cpd_kind",
    "entitlement",
    "uncounted_kind",
    "absence",
    "employment",
    "holding",
    "person",
    "staff_group",
    "term",
    "closure",
)


@dataclass(frozen=True)
class Why:
    """Which number somebody asks about: of whom, in which year, of which part of it (a place of a term, or WHOLE_YEAR)."""

    person_id: int
    year: int
    part: int = WHOLE_YEAR


class _Card(PaintedButton):
    def __init__(self, parent: QWidget, place: int) -> None:
        super().__init__(parent)
        self.place, self.part = place, None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Why is it this number?")

    def show_part(self, part: Part) -> None:
        self.part = part
        self.setAccessibleName(part_in_words(part))
        self.setAccessibleDescription("Opens the entries and the rule behind it")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(250), theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LEAST), theme.px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.part is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.place == WHOLE_YEAR
        if self.underMouse() or whole:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover" if self.underMouse() else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
            painter.fillRect(0, 0, 6, self.height(), painter.brush())
        if self.place:  # a line before every card but the first
            painter.fillRect(0, 0, 1, self.height(), theme.colour("line"))
        self._words(painter)
        if self.hasFocus():
            paint_focus_box(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 4)

    def _head(self, wide: int) -> tuple[str, BadgeText]:
        """The name and how it stands, as long as there is room for."""
        part, badge = self.part, pace_badge(self.part)
        short = "Year" if self.place == WHOLE_YEAR else part.name.removesuffix(" term")
        month = MONTH_NAMES[part.begins.month - 1]
        words = badge.words.replace(month, month[:3])
        shorter = (words, words.removeprefix("From "))
        heads = ((part.name, badge), (short, badge), *((short, replace(badge, words=words)) for words in shorter))
        measure = theme.metrics(13, theme.SEMIBOLD)
        fitting = (head for head in heads if measure.horizontalAdvance(head[0]) + badge_size(head[1]).width() + 4 <= wide)
        return next(fitting, heads[-1])

    def _words(self, painter: QPainter) -> None:
        part, side, wide = self.part, theme.px(SIDE), self.width() - 2 * theme.px(SIDE)
        name, badge = self._head(wide)
        badge_wide = min(badge_size(badge).width(), wide)
        name_wide = wide - badge_wide - 4
        draw_words(painter, QRect(side, theme.px(9), name_wide, theme.px(22)), name, 13, theme.SEMIBOLD)
        paint_badge(painter, side + wide - badge_wide, theme.px(20), badge, badge_wide)
        top, high = theme.px(34), theme.px(30)
        big = have_words(part)
        draw_words(painter, QRect(side, top, wide, high), big, 24, theme.SEMIBOLD)
        at = theme.metrics(24, theme.SEMIBOLD).horizontalAdvance(big) + theme.px(6)
        rest = QRect(side + at, top + theme.px(4), wide - at, high - theme.px(4))
        draw_words(painter, rest, of_words(part), 13, theme.NORMAL, "text2")
        room = rest.width() - theme.metrics().horizontalAdvance(of_words(part)) - theme.px(8)
        fitting = (words for words in by_now_words(part) if theme.metrics(12).horizontalAdvance(words) <= room)
        if due := next(fitting, ""):  # the bar’s mark says the same
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            draw_words(painter, rest, due, 12, theme.NORMAL, "text2", right)
        if part.due:
            paint_hours_bar(painter, side, theme.px(73), wide, done=part.have, due=part.due, by_now=part.due_by_now)


class TermCards(QFrame):
    """Hours of one person in one year against what is owed. `why_wanted(Why)` when a card is pressed; it follows what changes."""

    why_wanted = Signal(object)

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school = school
        self._shown: tuple[int, int] | None = None
        self._stale = False
        self.ledger: PersonLedger | None = None
        self.cards: list[_Card] = []
        self.setProperty("card", True)
        self.setAccessibleName("Hours owed and done")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        hub.changed.connect(self._changed)

    def show_person(self, person_id: int, year: int) -> None:
        """Show somebody’s hours of an academic year."""
        self._shown, self._stale = (person_id, year), False
        found = self._school.read(queries.ledger, year=year, person_id=person_id)
        self.ledger = found[0] if found else None
        places = [*range(len(self.ledger.terms)), WHOLE_YEAR] if self.ledger else []
        if [card.place for card in self.cards] != places:
            self._make(places)
        for card in self.cards:
            card.show_part(self.ledger.part(card.place))

    def _make(self, places: list[int]) -> None:
        for card in self.cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self.cards = [_Card(self, place) for place in places]
        for card in self.cards:
            card.clicked.connect(self._pressed)
            self._row.addWidget(card, 1)

    def _pressed(self) -> None:
        self.why_wanted.emit(Why(*self._shown, self.sender().place))

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was not seen."""
        super().showEvent(event)
        if self._stale:
            self.show_person(*self._shown)

    def _changed(self, changed: Changed) -> None:
        if self._shown and changed.touches(*KINDS):
            self._stale = not self.isVisible()
            if not self._stale:
                self.show_person(*self._shown)
