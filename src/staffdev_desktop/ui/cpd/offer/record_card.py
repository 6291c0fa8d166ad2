"""One line of the directory beside the list: what it is, for whom, when and where, and whom to ask."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.offer.rows import DirectoryRow
from staffdev_desktop.cpd.offer.rules import cost_words, when_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.offer.words import checked_badge
from staffdev_desktop.ui.cpd.side_card import SideCard
from staffdev_desktop.ui.widgets.badge import Badge
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label

WIDTH = 304  # px at 100 per cent
LABEL_WIDTH = 84


class FactLines(QWidget):
    """Labels with their values under each other; a fact without a value is left out."""

    def __init__(self, facts: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))
        for place, (label, words) in enumerate((label, words) for label, words in facts if words):
            grid.addWidget(role_label(label, "hint", self), place, 0, Qt.AlignmentFlag.AlignTop)
            value = role_label(words, "body", self, wrap=True)
            value.setMinimumWidth(1)  # a long word makes nothing wider
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, place, 1)


class DirectoryCard(SideCard):
    """The line that is chosen; `asked(verb)` says what somebody wants done about it: ‘ask’, ‘enrol’, ‘change’."""

    asked = Signal(str)

    def __init__(self, *, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self._may_run = may_run
        self.empty = EmptyState("search", "Nothing is chosen", "Choose a line to see what it is and whom to ask.", parent=self)
        self.scroll = ClearScroll(self)
        self.ask = PlainButton("&Ask for it…", "flag", self)
        self.change = PlainButton("Change…", "pen", self)
        self.enrol = PlainButton("Enrol people &in it…", "user", self)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.scroll, 1)
        foot = QGridLayout()
        foot.setHorizontalSpacing(8)
        foot.setVerticalSpacing(6)
        foot.setColumnStretch(2, 1)
        for place, (verb, button) in enumerate((("ask", self.ask), ("change", self.change), ("enrol", self.enrol))):
            button.setProperty("verb", verb)
            button.clicked.connect(self._ask)
            foot.addWidget(button, place // 2, place % 2, 1, 2 if verb == "enrol" else 1)
        self.body.addLayout(foot)
        self.show_row(None)

    def show_row(self, row: DirectoryRow | None) -> None:
        """Show this line, or that none is chosen."""
        self.empty.setVisible(row is None)
        self.scroll.setVisible(row is not None)
        self.ask.setVisible(row is not None)
        self.change.setVisible(row is not None and self._may_run)
        self.enrol.setVisible(row is not None and self._may_run and row.details.programme_id is not None)
        if row is not None:
            self.scroll.setWidget(self._page(row))

    def _ask(self) -> None:
        self.asked.emit(self.sender().property("verb"))

    def _page(self, row: DirectoryRow) -> QWidget:
        details, provider = row.details, row.provider
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(role_label(details.title, "title", page, wrap=True))
        if details.about:
            column.addWidget(role_label(details.about, "body", page, wrap=True))
        column.addWidget(Badge(checked_badge(row), page))
        length = f"{hours(details.minutes)} hours" if details.minutes else ""
        facts = [
            ("Kind", row.kind),
            ("Strand", details.strand),
            ("For", details.audience),
            ("Where", ", ".join(words for words in (details.setting, details.place) if words)),
            ("When", when_words(details, clock.today())),
            ("Dates", details.dates if details.next_on else ""),
            ("How long", length),
            ("Cost", cost_words(details.pence)),
            ("Begins", row.programme),
            ("Checked on", long_day(details.checked_on) if details.checked_on else ""),
        ]
        column.addWidget(FactLines(facts, page))
        if provider:
            column.addWidget(Rule(page))
            column.addWidget(role_label(provider.name, "strong", page, wrap=True))
            lines = [("Contact", provider.contact), ("Telephone", provider.phone), ("Email", provider.email), ("Note", provider.note)]
            column.addWidget(FactLines(lines, page))
        column.addStretch(1)
        return page
