"""One review at the right of the board: how it stands, what comes next, and everything else that can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year, moment_in_sentence
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.pdr.rows import CopyRow, ReviewRecord
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.models import agreed_words, badge_of
from staffdev_desktop.ui.pdr.verbs import SELDOM, Verb, next_verb, verbs_for
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import HouseButton, IconButton, PrimaryButton, QuietButton
from staffdev_desktop.ui.widgets.cards import Card, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.mnemonics import with_letter


class ReviewPanel(Card):
    """Shows a ReviewRecord. `wanted(verb, review_id)` when a button is pressed, `closed` by Esc or its cross."""

    wanted = Signal(str, int)
    closed = Signal()

    def __init__(self, may_run: bool, parent: QWidget | None = None, *, may_note: bool = False) -> None:
        super().__init__(parent, flush=True)
        self._may_run, self._may_note = may_run, may_note
        self._record: ReviewRecord | None = None
        self._avatar = Avatar("", parent=self)
        self._name = role_label("", "card", self, wrap=True)
        self._number = role_label("", "small", self, wrap=True)
        close = IconButton("x", "Back to the chase list", self)
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._number)
        head = QHBoxLayout()
        head.setContentsMargins(14, 11, 8, 8)
        head.setSpacing(8)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = ClearScroll(self)
        self.body.addLayout(head)
        self.next_button = PrimaryButton("", None, self)
        self.next_button.clicked.connect(self._pressed)
        act = QHBoxLayout()
        act.setContentsMargins(14, 0, 14, 10)
        act.addWidget(self.next_button)
        act.addStretch(1)
        self.body.addLayout(act)  # what comes next never scrolls
        self.body.addWidget(Rule(self))
        self.body.addWidget(self._scroll, 1)

    def review_id(self) -> int | None:
        """The review shown."""
        return self._record.board.id if self._record else None

    def show_record(self, record: ReviewRecord) -> None:
        """Show this review; the keyboard stays on the same verb if it is still there."""
        if record == self._record:
            return
        focused = self.focusWidget()
        verb = focused.property("verb") if isinstance(focused, HouseButton) and focused.hasFocus() else None
        self._record = record
        self._avatar.set_name(record.person)
        self._name.setText(record.person)
        self._number.setText(agreed_words(record.board))
        first = next_verb(record.board, may_run=self._may_run)
        self.next_button.setText(first.words)
        self.next_button.set_icon(first.icon)
        self.next_button.setProperty("verb", first.key)
        inside = self._page(record)
        self._scroll.setWidget(inside)
        if verb:
            same = [button for button in self.findChildren(HouseButton) if button.property("verb") == verb]
            (same[0] if same else self.next_button).setFocus()

    def focus_next(self) -> None:
        """Put the keyboard on what comes next."""
        self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the chase list; Enter presses the button the keyboard is on."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, HouseButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _page(self, record: ReviewRecord) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        row = record.board
        stage = QHBoxLayout()
        stage.setSpacing(6)
        stage.addWidget(Badge(BadgeText("ok" if row.dates.signed_on else "info", str(row.stage)), page))
        stage.addWidget(Badge(badge_of(row, clock.today()), page))
        stage.addStretch(1)
        column.addLayout(stage)
        facts = QGridLayout()
        facts.setHorizontalSpacing(10)
        facts.setVerticalSpacing(4)
        facts.setColumnStretch(1, 1)
        for number, (label, words) in enumerate(review_facts(record)):
            facts.addWidget(role_label(label, "small", page), number, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(role_label(words, "body", page, wrap=True), number, 1)
        column.addSpacing(2)
        column.addLayout(facts)
        column.addSpacing(6)
        verbs = verbs_for(row, may_run=self._may_run, may_note=self._may_note)
        seldom = [verb for verb in verbs if verb in SELDOM] if self._may_run else []
        for verb in verbs:
            if verb not in seldom:
                button = QuietButton(verb.words, verb.icon, page)
                self._wire(button, verb)
                column.addWidget(button)
        if seldom:
            column.addWidget(self._more(seldom, page))
        column.setSpacing(0)
        column.addStretch(1)
        return page

    def _more(self, verbs: Sequence[Verb], page: QWidget) -> QuietButton:
        """What is seldom wanted, in a menu."""
        button = QuietButton("More", "more", page)
        button.setProperty("verb", "more")
        button.setAccessibleName("More to do with this review")
        menu, taken = QMenu(button), set[str]()
        for verb in verbs:
            menu.addAction(theme.icon(verb.icon, "text2"), with_letter(verb.words, taken)).setData(verb.key)
        menu.triggered.connect(self._chosen)
        button.setMenu(menu)
        return button

    def _chosen(self, action: QAction) -> None:
        if self._record:
            self.wanted.emit(action.data(), self._record.board.id)

    def _wire(self, button: HouseButton, verb: Verb) -> None:
        button.setProperty("verb", verb.key)
        button.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        if self._record:
            self.wanted.emit(self.sender().property("verb"), self._record.board.id)


def review_facts(record: ReviewRecord) -> list[tuple[str, str]]:
    """What there is to know about a review besides its words: label and value."""
    row = record.board
    facts = [("Post", record.person_post or "None entered"), ("Reviewer", row.reviewer or "Nobody is named yet")]
    if record.contributors:
        facts.append(("Contributors", listed([each.name for each in record.contributors])))
    facts.append(("Last year", _last_year(record)))
    if row.dates.returned_on:
        by = f" to {record.sheet_returned_to}" if record.sheet_returned_to else ""
        facts.append(("Sheet", f"Returned {day_with_year(row.dates.returned_on)}{by}"))
    if row.dates.booked_for:
        place = f", {row.place}" if row.place else ""
        facts.append(("Meeting", f"{moment_in_sentence(row.dates.booked_for)}{place}"))
    if record.held_on:
        facts.append(("Held on", day_with_year(record.held_on)))
    for statement in record.statements:
        void = f", void since {day_with_year(statement.void_on)}: {statement.void_reason}" if statement.void_on else ""
        facts.append((f"Version {statement.version}", f"{statement.fingerprint}{void}"))
        if not statement.void_on:
            facts += [(copy_name(copy), copy_words(copy)) for copy in record.copies if copy.statement_id == statement.id]
    return facts


def _last_year(record: ReviewRecord) -> str:
    if record.last_targets:
        return count_of(len(record.last_targets), "target")
    return "First year here" if record.board.first_year else "No targets yet: take them in, or say it is the first year"


def copy_name(copy: CopyRow) -> str:
    """Staff copy, HR copy."""
    return "Staff copy" if copy.copy == "staff" else "HR copy"


def copy_words(copy: CopyRow) -> str:
    """How far one of the two papers is."""
    if copy.has_scan:
        return "Scan is in"
    if copy.back_on:
        return f"Back signed {day_with_year(copy.back_on)}"
    if copy.given_on:
        to = f" to {copy.received_by}" if copy.received_by else ""
        return f"Given {day_with_year(copy.given_on)}{to}"
    return f"Printed {day_with_year(copy.printed_at.date())}" if copy.printed_at else "Not printed yet"
