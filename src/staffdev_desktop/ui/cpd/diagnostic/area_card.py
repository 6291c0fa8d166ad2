"""The card beside a trend: the chosen area in the newest term, both ratings, what both see, the next step, CPD linked to it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.rows import RatingRow, Trend, TrendRow
from staffdev_desktop.cpd.diagnostic.rules import LEVELS
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel.dates import day_in_sentence, day_with_year, long_day
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.diagnostic.saving import AreaSaving
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import LabelledField, NoteLine, TextField, role_label

WIDTH = 314
MOST_LINKED = 3
NOT_SHARED = "The line manager’s side is shared as soon as both sides are in."
NOTHING_LINKED = "Nothing is linked yet. Link an entry so that its effect can be seen next term."


class AreaCard(Card):
    """What is written here is saved as it is typed. `recorded` and `linking` when the buttons are pressed."""

    recorded = Signal()
    linking = Signal()

    def __init__(self, saving: AreaSaving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self._saving = saving
        self._diagnostic_id = self._area_id = 0
        self.title = role_label("", "card", self)
        self.agreed = role_label("", "small", self, wrap=True)
        self.area = role_label("", "strong", self, wrap=True)
        self.own, self.manager = role_label("", "small", self, wrap=True), role_label("", "small", self, wrap=True)
        self.we_see = LabelledField("What we see", TextField(lines=2, most_lines=6), parent=self)
        self.next_step = LabelledField("Ne&xt step", TextField(lines=2, most_lines=6), parent=self)
        self.linked = role_label("", "small", self, wrap=True)
        self.nothing = self._nothing_linked()
        self.problem = NoteLine(self)
        self.record = PrimaryButton("Record th&is term", "pen", self)
        self.link = PlainButton("Lin&k CPD…", "link", self)
        self._lay_out()
        self.we_see.edited.connect(partial(self._typed, "we_see"))
        self.next_step.edited.connect(partial(self._typed, "next_step"))
        self.record.clicked.connect(self.recorded)
        self.link.clicked.connect(self.linking)
        saving.refused.connect(self._refused)
        saving.saved.connect(self._saved)

    def _nothing_linked(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("empty", True)
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 8, 10, 8)
        row.addWidget(role_label(NOTHING_LINKED, "small", frame, wrap=True))
        return frame

    def _lay_out(self) -> None:
        scroll = ClearScroll(self)
        inside = QWidget(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (self.area, self.own, self.manager, self.we_see, self.next_step):
            column.addWidget(widget)
        column.addWidget(role_label("CPD linked to this area", "label", inside))
        column.addWidget(self.nothing)
        column.addWidget(self.linked)
        column.addStretch(1)
        scroll.setWidget(inside)
        self.body.setSpacing(2)
        self.body.addWidget(self.title)
        self.body.addWidget(self.agreed)
        self.body.addSpacing(6)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.record)
        buttons.addWidget(self.link)
        buttons.addStretch(1)
        self.body.addSpacing(6)
        self.body.addLayout(buttons)

    def show_area(self, trend: Trend, row: TrendRow | None) -> None:
        """Show an area of the newest term; what is typed and not on disk yet stays."""
        term = trend.terms[-1]
        self._diagnostic_id, self._area_id = term.diagnostic_id, row.area_id if row else 0
        self.title.setText(term.name)
        with_whom = f" with {term.manager}" if term.manager else ""
        if term.agreed_on:
            same_year = year_of(term.agreed_on) == year_of(term.opens_on)
            day = day_in_sentence(term.agreed_on).partition(" ")[2] if same_year else long_day(term.agreed_on)
            self.agreed.setText(f"Agreed{with_whom} on {day}")
        else:
            self.agreed.setText(f"Not agreed yet{with_whom}")
        self.record.setEnabled(term.is_open)
        self.record.setText("Record th&is term" if not term.agreed_on else "See th&is term")
        for widget in (self.we_see, self.next_step):
            widget.setEnabled(term.is_open and row is not None)
        self.link.setEnabled(row is not None)
        if row is not None:
            self._show_rating(trend.name, term.manager, row.rating)
            self._show_linked(row)

    def _show_rating(self, name: str, manager: str, rating: RatingRow) -> None:
        value = rating.agreed
        self.area.setText(f"{rating.title} · {value}, {LEVELS[value]}" if value else f"{rating.title} · not agreed yet")
        self.area.setToolTip(rating.hint)
        self.own.setText(_side(name, rating.own, rating.own_evidence))
        self.manager.setText(NOT_SHARED if rating.hidden else _side(manager or "Line manager", rating.manager, rating.manager_evidence))
        for field, widget in (("we_see", self.we_see), ("next_step", self.next_step)):
            if not self._saving.waits_for((self._diagnostic_id, rating.area_id, field)):
                widget.set_value(getattr(rating, field))
            if rating.hidden:
                widget.setEnabled(False)

    def _show_linked(self, row: TrendRow) -> None:
        lines = [
            f"{day_with_year(each.done_on)} · {each.activity} · {hours(each.minutes)} h" + (" · quality assured" if each.assured else "")
            for each in row.linked[:MOST_LINKED]
        ]
        if len(row.linked) > MOST_LINKED:
            lines.append(f"and {len(row.linked) - MOST_LINKED} more in the log")
        self.linked.setText("\n".join(lines))
        self.linked.setVisible(bool(lines))
        self.nothing.setVisible(not row.linked_now)

    def _typed(self, field: str, value: object) -> None:
        self._saving.note((self._diagnostic_id, self._area_id, field), value)

    def _refused(self, sentence: str) -> None:
        self.problem.show_words(sentence, error=True)

    def _saved(self, _moment: object) -> None:
        self.problem.show_words("")

    def focus_words(self) -> None:
        """Put the keyboard on what both see."""
        self.we_see.setFocus(Qt.FocusReason.TabFocusReason)


def _side(name: str, value: int | None, evidence: str) -> str:
    """‘Aisha Rahman: 2, developing. Maths is one sheet for all.’"""
    told = f"{value}, {LEVELS[value]}" if value else "not rated"
    return f"{name}: {told}." + (f" {evidence}" if evidence else "")
