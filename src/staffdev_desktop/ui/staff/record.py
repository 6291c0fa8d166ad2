"""The record of one person, beside the list: who they are, this year's review, targets, posts now and before, qualifications."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.training.rows import PersonTraining
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.pdr.rows import BoardRow, PersonStage, TargetRow
from staffdev_desktop.staff.rows import PersonRecord, Roll
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.staff import words
from staffdev_desktop.ui.staff.cpd_card import CpdCard
from staffdev_desktop.ui.staff.lines import Lines
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import IconButton, LinkButton, PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label

TARGETS_LEAD, POSTS_LEAD, MOST_FACT = 30, 64, 190
MARGIN, SCROLL_BAR = 14, 12


@dataclass(frozen=True)
class RecordView:
    """What the panel shows: the record, what pdr knows about this year, the hours of CPD in it, and required training."""

    record: PersonRecord
    stage: PersonStage | None = None
    review: BoardRow | None = None
    targets: tuple[TargetRow, ...] = ()
    hours: PersonLedger | None = None
    training: tuple[PersonTraining, ...] = ()


class Fact(QWidget):
    """A small label over its value."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.value = Elided("body", self, MOST_FACT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.label = role_label(label, "hint", self)
        column.addWidget(self.label)
        column.addWidget(self.value)

    def set_words(self, words: str, label: str = "") -> None:
        """Show this value, or hide the fact where there is none."""
        self.label.setText(label or self._label)
        self.value.setText(words)
        self.value.setAccessibleName(f"{self.label.text()}: {words}")
        self.setVisible(bool(words))


class RecordPanel(ClearScroll):
    """One person's record. It shows and asks: `asked(verb, key)` says what somebody wants done about what is shown."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: RecordView | None = None
        inside = QWidget(self)
        inside.setObjectName("page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.empty = EmptyState("staff", "Nobody is chosen", "Choose somebody in the list to see their record.", parent=inside)
        self._column.addWidget(self.empty, 1)
        self.cards = QWidget(inside)
        self._build_cards()
        self._column.addWidget(self.cards)
        self._column.addStretch(0)
        self.cards.hide()
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._keep_clear)
        self._keep_clear(0, 0)

    def _keep_clear(self, _least: int, most: int) -> None:
        """The scroll bar stands in the page's margin, so that the cards are as wide with it as without."""
        self._column.setContentsMargins(0, 0, MARGIN - SCROLL_BAR if most > 0 else MARGIN, 0)

    # -- building -----------------------------------------------------------------------------------------------------------

    def _build_cards(self) -> None:
        column = QVBoxLayout(self.cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head_card())
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self._targets_card(), 0, 0, 1, 4)
        self.cpd = CpdCard(self.cards)
        self.cpd.asked.connect(self._ask_cpd)
        grid.addWidget(self.cpd, 0, 4, 1, 2)
        grid.addWidget(self._history_card(), 1, 0, 1, 3)
        grid.addWidget(self._qualifications_card(), 1, 3, 1, 3)
        grid.addWidget(self._posts_card(), 2, 0, 1, 6)
        grid.addWidget(self._contact_card(), 3, 0, 1, 2)
        grid.addWidget(self._times_card(), 3, 2, 1, 2)
        grid.addWidget(self._managed_card(), 3, 4, 1, 2)
        for place in range(6):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addStretch(1)

    def _head_card(self) -> Card:
        card = Card(self.cards)
        card.body.setContentsMargins(16, 12, 16, 12)
        card.body.setSpacing(10)
        self.avatar = Avatar("?", 44, card)
        self.name = Elided("title", card)
        self.second = Elided("second", card)
        self.open_button = PrimaryButton("Open &review", "pdr", card)
        self.open_button.clicked.connect(self._ask_review)
        self.print_button = PlainButton("&Print record", "print", card)
        self.print_button.clicked.connect(self._ask_print)
        self.more = IconButton("more", "More about this person", card, quiet=False)
        self.more.setMenu(self._menu())
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.second)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.avatar)
        row.addLayout(names, 1)
        for button in (self.open_button, self.print_button, self.more):
            row.addWidget(button)
        card.body.addLayout(row)
        facts = QHBoxLayout()
        facts.setSpacing(28)
        self.number, self.manager = Fact("Staff number", card), Fact("Line manager", card)
        self.reviewer, self.joined = Fact("Reviewer", card), Fact("Joined", card)
        for fact in (self.number, self.manager, self.reviewer, self.joined):
            facts.addWidget(fact)
        self.review_fact = QWidget(card)
        column = QVBoxLayout(self.review_fact)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(role_label("PDR", "hint", self.review_fact))
        self.badge = Badge(BadgeText("mute", ""), self.review_fact)
        column.addWidget(self.badge)
        facts.addWidget(self.review_fact)
        facts.addStretch(1)
        card.body.addLayout(facts)
        return card

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, slot in (
            ("Edit details…", self._ask_edit),
            ("Add a post…", self._ask_post),
            ("Add a qualification or status…", self._ask_qualification),
            ("Add a membership…", self._ask_membership),
            ("Add a time with the school…", self._ask_time),
        ):
            menu.addAction(text, slot)
        menu.addSeparator()
        menu.addAction("Record that they leave…", self._ask_leave)
        menu.addAction("Delete: added by mistake…", self._ask_delete)
        return menu

    def _targets_card(self) -> Card:
        card = Card(self.cards)
        self.targets_title = CardTitle("Current targets", "", card)
        self.targets = Lines("No targets yet. They are agreed in the review.", TARGETS_LEAD, card)
        self.targets.opened.connect(self._ask_review)
        return _filled(card, self.targets_title, self.targets)

    def _contact_card(self) -> Card:
        card = Card(self.cards)
        title = CardTitle("Contact", "", card)
        edit = LinkButton("&Edit", parent=card)
        edit.setToolTip("Edit details (F2)")
        edit.clicked.connect(self._ask_edit)
        title.add(edit)
        self.contact = Lines("Nothing is written down yet.", 0, card)
        self.contact.opened.connect(self._ask_edit)
        return _filled(card, title, self.contact)

    def _history_card(self) -> Card:
        card = Card(self.cards)
        self.history = Lines("No post is written down yet.", parent=card)
        self.history.opened.connect(self._ask_holding)
        return _filled(card, CardTitle("Role history", "", card), self.history)

    def _qualifications_card(self) -> Card:
        card = Card(self.cards)
        title = CardTitle("Qualifications", "", card)
        title.add(self._add_link("Add", "Add a qualification or status", self._ask_qualification, card))
        self.qualifications = Lines("Nothing is written down yet.", parent=card)
        self.qualifications.opened.connect(self._ask_known)
        return _filled(card, title, self.qualifications)

    def _posts_card(self) -> Card:
        card = Card(self.cards)
        title = CardTitle("Posts held", "", card)
        title.add(self._add_link("Add a post", "Add a post", self._ask_post, card))
        self.posts = Lines("No post now.", POSTS_LEAD, card)
        self.posts.opened.connect(self._ask_holding)
        return _filled(card, title, self.posts)

    def _times_card(self) -> Card:
        card = Card(self.cards)
        title = CardTitle("Time with the school", "", card)
        title.add(self._add_link("Add", "Add a time with the school", self._ask_time, card))
        self.times = Lines("No dates are written down.", 0, card)
        self.times.opened.connect(self._ask_time)
        return _filled(card, title, self.times)

    def _managed_card(self) -> Card:
        card = Card(self.cards)
        self.managed_title = CardTitle("Line manages", "", card)
        self.managed = Lines("Nobody.", 0, card)
        self.managed.opened.connect(self._ask_person)
        return _filled(card, self.managed_title, self.managed)

    def _add_link(self, text: str, name: str, slot: object, parent: QWidget) -> LinkButton:
        link = LinkButton(text, parent=parent)
        link.setAccessibleName(name)
        link.clicked.connect(slot)
        return link

    # -- showing ------------------------------------------------------------------------------------------------------------

    def show_view(self, view: RecordView | None) -> None:
        """Show this record, or that nobody is chosen."""
        self.view = view
        self.empty.setVisible(view is None)
        self.cards.setVisible(view is not None)
        if view is None:
            return
        record, today = view.record, clock.today()
        self.avatar.set_name(record.name)
        self.name.setText(record.name)
        self.second.setText(words.second_line(record))
        self.number.set_words(record.details.staff_number)
        self.manager.set_words(words.managers(record))
        self.reviewer.set_words((view.review.reviewer or "Not named") if view.review else "")
        if record.roll is Roll.LEFT:
            self.joined.set_words(long_day(record.leaves_on) if record.leaves_on else "Not entered", "Left")
        else:
            label = "Joins" if record.roll is Roll.JOINING else "Joined"
            self.joined.set_words(long_day(record.joined_on) if record.joined_on else "Not entered", label)
        self._show_review(view)
        self.cpd.show_person(view.hours, view.training)
        self.history.set_lines(words.spell_lines(record.history))
        self.qualifications.set_lines(words.known_lines(record))
        self.posts.set_lines([words.post_line(holding) for holding in words.posts_to_show(record)])
        self.contact.set_lines(words.contact_lines(record))
        self.times.set_lines([words.time_line(row, today) for row in reversed(record.employments)])
        self.managed.set_lines(words.managed_lines(record))
        self.managed_title.set_words("Line manages", str(len(record.manages)) if record.manages else "")
        self.verticalScrollBar().setValue(0)

    def _show_review(self, view: RecordView) -> None:
        badge = words.review_badge(view.stage, view.review, clock.today())
        self.review_fact.setVisible(badge is not None)
        if badge is not None:
            self.badge.set_badge(badge)
        self.open_button.setVisible(view.review is not None)
        self.targets.set_lines(words.target_lines(view.targets))
        agreed = next((target.agreed_on for target in view.targets if target.agreed_on), None)
        self.targets_title.set_words("Current targets", f"set {long_day(agreed)}" if agreed else "")

    # -- asking -------------------------------------------------------------------------------------------------------------

    def _ask(self, verb: str, key: object = None) -> None:
        if self.view is not None:
            self.asked.emit(verb, key)

    def _ask_review(self, _key: object = None) -> None:
        if self.view and self.view.review:
            self._ask("review", self.view.review.id)

    def _ask_print(self) -> None:
        self._ask("print")

    def _ask_edit(self, _key: object = None) -> None:
        self._ask("edit")

    def _ask_post(self) -> None:
        self._ask("holding")

    def _ask_holding(self, holding_id: object) -> None:
        self._ask("holding", holding_id)

    def _ask_qualification(self) -> None:
        self._ask("qualification")

    def _ask_membership(self) -> None:
        self._ask("membership")

    def _ask_known(self, key: tuple[str, int]) -> None:
        self._ask(*key)

    def _ask_time(self, employment_id: object = None) -> None:
        self._ask("employment", employment_id or None)

    def _ask_person(self, person_id: object) -> None:
        self._ask("person", person_id)

    def _ask_cpd(self, view: str) -> None:
        self._ask("cpd", view)

    def _ask_leave(self) -> None:
        self._ask("leave")

    def _ask_delete(self) -> None:
        self._ask("delete")


def _filled(card: Card, title: QWidget, lines: Lines) -> Card:
    card.body.setContentsMargins(14, 8, 14, 8)  # so that posts held are in sight at 1366 x 768
    card.body.setSpacing(3)
    title.setMinimumHeight(theme.px(24))  # as high with a link in it as without
    card.body.addWidget(title)
    card.body.addWidget(lines)
    card.body.addStretch(1)
    return card
