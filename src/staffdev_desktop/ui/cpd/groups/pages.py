"""The two pages: a table, what is said above it, and the card beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.groups.rows import GroupRow, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import GROUP_KINDS, LEARNING_GROUP, year_warning
from staffdev_desktop.cpd.log.rows import CpdSettingsRow
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui.cpd.groups.cards import GroupCard, LearningCard, ResearchCard
from staffdev_desktop.ui.cpd.groups.words import groups_model, research_model
from staffdev_desktop.ui.cpd.list_keys import ListKeys
from staffdev_desktop.ui.cpd.room import GiveWay
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import TableModel

GIVE_WAY = {"members": 750, "meetings": 750, "applied": 750, "area": 750}  # the card beside the table has them
ROW_HEIGHT = 44


class LearningPage(QWidget):
    """`asked(verb, id)` says what somebody wants done about a row; `meeting_opened(row id, session id)`."""

    asked = Signal(str, int)
    meeting_opened = Signal(int, int)

    def __init__(self, model: TableModel, card: LearningCard, name: str, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.card, self.empty = model, card, empty
        self.top = FilterBox("Filter by any word", self)  # beside the segments
        self.table = HouseTable(model, name, row_height=ROW_HEIGHT, parent=self)
        GiveWay(self.table, {key: room for key, room in GIVE_WAY.items() if key in [column.key for column in model.columns]})
        self.left = ListCard(self.table, self, foot=False)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.left, 1)
        row.addWidget(card)
        self.main = QStackedWidget(self)
        self.main.addWidget(whole)
        self.main.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.main, 1)
        self.top.textChanged.connect(model.set_filter)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._opened)
        ListKeys(self.table, remove=self.remove_chosen)
        card.asked.connect(self._card_asked)
        card.meeting_opened.connect(self._meeting_opened)

    def show_rows(self, rows: Sequence[GroupRow | ResearchRow], badges: Sequence[BadgeText]) -> None:
        """Show these, with what is said about the year above them."""
        self.model.set_rows(rows)
        if self.table.chosen_id() is None and rows:
            self.table.choose(self.model.id_at(0))
        self._show_chosen()
        self.main.setCurrentIndex(0 if rows else 1)
        self.top.setEnabled(bool(rows))
        self.left.line.show_badges(badges)

    def chosen(self) -> GroupRow | ResearchRow | None:
        """The row chosen."""
        return self.model.row_of(self.table.chosen_id())

    def focus_first(self) -> None:
        """Begin in the list."""
        if self.main.currentIndex() == 0:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.empty.button is not None:
            self.empty.button.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.top, self.table, self.card.meetings]

    def remove_chosen(self) -> None:
        """Ask for the row chosen to be removed, where it may be."""
        row = self.chosen()
        if row is not None and "remove" in self.card.offered(row) and "remove" in self.card.allowed:
            self.asked.emit("remove", row.id)

    def _show_chosen(self, _key: object = None) -> None:
        self.card.show_row(self.chosen())

    def _opened(self, row_id: int) -> None:
        self.asked.emit("change", row_id)

    def _card_asked(self, verb: str) -> None:
        if (row := self.chosen()) is not None:
            self.asked.emit(verb, row.id)

    def _meeting_opened(self, session_id: int) -> None:
        if (row := self.chosen()) is not None:
            self.meeting_opened.emit(row.id, session_id)


def groups_page(parent: QWidget, *, may_run: bool) -> LearningPage:
    """The page of groups."""
    words = ("No group is set up this year", "A learning group is a few colleagues with one question, who meet once a term.")
    empty = EmptyState("staff", *words, "New group…" if may_run else "", parent=parent)
    return LearningPage(
        groups_model(parent), GroupCard(may_run=may_run, may_keep=False, parent=parent), "Groups of the year", empty, parent
    )


def research_page(parent: QWidget, *, may_run: bool, may_keep: bool) -> LearningPage:
    """The page of projects."""
    words = ("Nobody has applied for action research this year", "Print the application form, or type in what somebody handed in.")
    empty = EmptyState("search", *words, "New application…" if may_keep else "", parent=parent)
    card = ResearchCard(may_run=may_run, may_keep=may_keep, parent=parent)
    return LearningPage(research_model(parent), card, "Action research of the year", empty, parent)


def group_badges(rows: Sequence[GroupRow], rules: CpdSettingsRow, year: int) -> list[BadgeText]:
    """What is said above the groups: too few first, then how many of each kind."""
    warning = year_warning(rows, rules.groups_least, year)
    found = [BadgeText("warn", warning.removesuffix("."))] if warning else []
    for kind in GROUP_KINDS:
        number = sum(row.details.kind == kind for row in rows)
        many = "communities".join(kind.rsplit("community", 1)) if kind.endswith("community") else f"{kind}s"
        if number and not (kind == LEARNING_GROUP and warning):
            found.append(BadgeText("ok" if kind == LEARNING_GROUP else "mute", count_of(number, kind, many)))
    return found


def research_badges(rows: Sequence[ResearchRow], rules: CpdSettingsRow, year: int) -> list[BadgeText]:
    """What is said above the projects: places taken, and what waits for a decision."""
    selected = sum(bool(row.selected) for row in rows)
    full = selected >= rules.research_cap
    found = [
        BadgeText("info" if full else "ok", f"{selected} of {rules.research_cap} selected for {year_label(year)}", "half" if full else None)
    ]
    waiting = sum(row.stage is ResearchStage.APPLIED for row in rows)
    if waiting:
        found.insert(0, BadgeText("warn", f"{waiting} to decide"))
    return found
