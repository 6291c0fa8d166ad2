"""The card of CPD on a person's record: the hours of the year as a ring, with words, and how required training stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.ledger.rules import pace_words
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.training.rows import PersonTraining, State
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import LinkButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.ring import Ring

ASKS = ((State.EXPIRED, "expired"), (State.NOT_YET, "to do"), (State.SOON, "soon"))


class CpdCard(Card):
    """`asked(view)` when somebody wants the log or the training behind it."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = CardTitle("CPD hours", "", self)
        link = LinkButton("Log", parent=self)
        link.setAccessibleName("Open the CPD log")
        link.clicked.connect(self._ask_log)
        self.title.add(link)
        self.ring = Ring(self)
        self.term = role_label("", "strong", self)
        self.of_term = role_label("", "second", self)
        self.badge = Badge(BadgeText("mute", ""), self)
        self.training = LinkButton("", parent=self)
        self.training.clicked.connect(self._ask_training)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        for part in (self.term, self.of_term, self.badge):
            words.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.ring)
        row.addLayout(words, 1)
        self.body.setContentsMargins(14, 8, 14, 8)
        self.body.setSpacing(3)
        self.body.addWidget(self.title)
        self.body.addLayout(row)
        self.body.addWidget(self.training, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_person(self, ledger: PersonLedger | None, training: Sequence[PersonTraining]) -> None:
        """Show these; without a ledger no hours are owed and none were done."""
        whole = ledger.whole if ledger else None
        owed = bool(whole and whole.due)
        self.ring.setVisible(owed)
        self.badge.setVisible(owed)
        if ledger and whole and owed:
            part = next((term for term in ledger.terms if term.begins <= ledger.on <= term.ends), whole)
            tick = part.due / whole.due if part is not whole else None
            self.ring.set_share(whole.have / whole.due, hours(whole.have), f"of {hours(whole.due)} h", tick=tick)
            self.term.setText(part.name)
            self.of_term.setText(f"{hours(part.counted if part is not whole else part.have)} of {hours(part.due)} h")
            self.badge.set_badge(BadgeText("warn" if part.behind else "ok", pace_words(part)))
        else:
            self.term.setText(f"{hours(whole.counted)} hours" if whole else "No hours yet")
            self.of_term.setText("No hours are owed")
        self._show_training(training)

    def _show_training(self, training: Sequence[PersonTraining]) -> None:
        counts = [(sum(each.cell.state is state for each in training), words) for state, words in ASKS]
        told = ", ".join(f"{count} {words}" for count, words in counts if count)
        self.training.setText(f"Training: {told or 'all in date'}")
        self.training.setVisible(any(each.cell.required for each in training))

    def _ask_log(self) -> None:
        self.asked.emit("log")

    def _ask_training(self) -> None:
        self.asked.emit("training")
