"""One person’s trend, and beside it the chosen area (picture 05c, with both ratings)."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic import sheets
from staffdev_desktop.cpd.diagnostic.queries import people
from staffdev_desktop.cpd.diagnostic.rows import Trend
from staffdev_desktop.cpd.diagnostic.rules import LEVELS_IN_WORDS
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.kernel import clock
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.diagnostic.area_card import AreaCard
from staffdev_desktop.ui.cpd.diagnostic.link_dialog import LinkDialog
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.cpd.diagnostic.saving import AreaSaving
from staffdev_desktop.ui.cpd.diagnostic.trend_table import trend_table
from staffdev_desktop.ui.cpd.log.entry_dialog import EntryDialog
from staffdev_desktop.ui.cpd.nobody import NOBODY_HERE
from staffdev_desktop.ui.widgets.cards import Card, Rule
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.list_card import foot_row
from staffdev_desktop.ui.widgets.table_view import HouseTable

LEGEND = f"{LEVELS_IN_WORDS}. ‘CPD’ means an entry in this term’s log is linked to the area. A dashed dot is not agreed yet."
MOST_TERMS = ((4, "Last 4 terms"), (6, "Last 6 terms"), (None, "All terms"))


class PersonPage(Page):
    """Show somebody with `show_person`."""

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self._person_id: int | None = None
        self._most: int | None = MOST_TERMS[0][0]
        self.trend: Trend | None = None
        self.table: HouseTable | None = None
        self._terms: tuple[tuple[int, str], ...] = ()
        self.saving = AreaSaving(school, self)
        self.card = Card(self, flush=True)
        self._place = QVBoxLayout()
        self.card.body.addLayout(self._place, 1)
        self.card.body.addWidget(Rule(self.card))
        self.card.body.addLayout(foot_row(role_label(LEGEND, "small", self.card, wrap=True)))
        self.area = AreaCard(self.saving, self)
        self.area.recorded.connect(self._record)
        self.area.linking.connect(self.link)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.card, 1)
        row.addWidget(self.area)
        self.empty = EmptyState("cpd", "", "", parent=self)
        self._main = QStackedWidget(self)
        self._main.addWidget(both)
        self._main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._main)

    # -- what the panel asks --------------------------------------------------------------------------------------------

    def show_person(self, person_id: int | None, most: int | None) -> None:
        """Show somebody over so many terms; what was typed for the one before is saved first."""
        self.saving.save()
        self._person_id, self._most = person_id, most
        self.reload()

    def reload(self) -> None:
        """Read the trend and show it."""
        if self._person_id is None:
            words = ("Choose somebody to see their areas", "Their name is chosen at the top right.")
            self._nothing(*(words if self._school.read(log.people) else NOBODY_HERE))
            return
        self.trend = self._school.read(people.trend, person_id=self._person_id, most=self._most)
        if not self.trend.terms:
            self._nothing(f"{self.trend.name} has been in no round yet", "Add them to a round on the board.")
            return
        self._main.setCurrentIndex(0)
        self._make_table()
        self.table.model().set_rows(self.trend.rows)
        if self.table.chosen_id() is None and self.trend.rows:
            focus = [row for row in self.trend.rows if row.rating.mark == "focus"]
            self.table.choose((focus or self.trend.rows)[0].id)
        self._show_area()

    def _nothing(self, missing: str, what: str) -> None:
        self.trend = None
        self.empty.set_words(missing, what)
        self._main.setCurrentIndex(1)

    def _make_table(self) -> None:
        """One column a term: with other terms it is another table."""
        terms = tuple((term.round_id, term.name) for term in self.trend.terms)
        if self.table is not None and self._terms == terms:
            return
        had_focus = self.table is not None and self.table.hasFocus()
        chosen = self.table.chosen_id() if self.table is not None else None
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
        self.table = trend_table(self.trend.terms, self.card)
        self._terms = terms
        self.table.model().set_rows(self.trend.rows)
        self.table.choose(chosen)
        self.table.chosen.connect(self._show_area)
        self.table.opened.connect(self._to_words)
        self._place.addWidget(self.table)
        self.table.show()  # a layout shows it later: too late for the focus
        if had_focus:
            self.table.setFocus()

    def commit(self) -> None:
        """Save what is typed."""
        self.saving.commit()

    def focus_first(self) -> None:
        """Put the keyboard on the areas."""
        if self.table is not None and self.trend is not None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [part for part in (self.table, self.area) if part is not None]

    def print_shown(self) -> None:
        """The trend on paper."""
        if self.trend is None:
            return
        self.saving.save()
        trend = self._school.read(people.trend, person_id=self._person_id, most=self._most)
        number = self._school.read(people.staff_number, person_id=self._person_id)
        name = sheets.file_name(sheets.TREND, clock.today(), number)
        self._printer.show(
            partial(_draw_trend, trend, number),
            year=self._hub.year,
            title="Diagnostic trend",
            file_name=name,
            texts=sheets.texts_of_trend(trend),
        )

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _show_area(self, _key: object = None) -> None:
        if self.trend is not None and self.table is not None:
            self.area.show_area(self.trend, self.table.model().row_of(self.table.chosen_id()))

    def _to_words(self, _key: object) -> None:
        self.area.focus_words()

    def _record(self) -> None:
        self.saving.save()
        self.wanted.emit("record", self.trend.terms[-1].diagnostic_id)

    def link(self) -> None:
        """Choose an entry of the log that was for the chosen area."""
        row = self.table.model().row_of(self.table.chosen_id()) if self.trend is not None and self.table is not None else None
        if row is None:
            return
        dialog = LinkDialog(self._school, self.trend, row, self)
        dialog.accepted.connect(self._linked)
        dialog.adding.connect(self._add_entry)
        messages.show(dialog)

    def _linked(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def _add_entry(self) -> None:
        """It is not in the log yet: the form of the log, with the area chosen already."""
        person = next(each for each in self._school.read(log.people, here_only=False) if each.id == self._person_id)
        typed = {"done_on": clock.today(), "area_id": self.table.chosen_id()}
        dialog = EntryDialog(self._school, self._hub, person, typed=typed, parent=self)
        dialog.accepted.connect(self._added)
        messages.show(dialog)

    def _added(self) -> None:
        self._hub.notify(f"Saved: {self.sender().saved_words}", undo=True)


def _draw_trend(trend: Trend, number: str, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import trend_paper

    return trend_paper(trend, printed, staff_number=number)
