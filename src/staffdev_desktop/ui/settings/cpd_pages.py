"""CPD as the school has it: who owes how many hours from the year picked in the header on, and the evaluation questions."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from staffdev_desktop.cpd.ledger import queries, services
from staffdev_desktop.cpd.ledger.rows import EntitlementDetails, EntitlementRow
from staffdev_desktop.cpd.ledger.rules import FIRST_TERM, FIRST_YEAR, question_about_year
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rules import hours, read_minutes
from staffdev_desktop.cpd.quality import queries as quality
from staffdev_desktop.cpd.quality.services import set_questions
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.settings.page import SettingsPage, frame_list
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField, NoteLine, TextField, TickField, role_label

USUAL_TERMS = 3
_KIND = Qt.ItemDataRole.UserRole


class HoursPage(SettingsPage):
    """The groups at the left; what holds for the one that is chosen at the right."""

    name, title = "hours", "Hours owed"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.rows: list[EntitlementRow] = []
        self._seen: dict[int, EntitlementRow] = {}
        self._typed: dict[int, tuple[str, str]] = {}
        words = (
            f"Hours of CPD that each staff group owes from {year_label(hub.year)} on. Earlier years keep what held in them. "
            "Governors, volunteers and agency workers owe none."
        )
        self.column.addWidget(role_label(words, "second", self, wrap=True))
        self._build()
        self._read()
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        self.list = QListWidget(self)
        self.list.setAccessibleName("Staff groups")
        self.list.setFixedWidth(theme.px(190))
        frame_list(self.list)
        self.on = TickField("This &group owes hours", self)
        self.year = LabelledField("Hours a &year", LineField("12", self), parent=self)
        self.term = LabelledField("Hours a &term", LineField("4", self), parent=self)
        self.pro_rata = TickField("&Part-time staff owe their share of full time", self)
        self.carry = TickField("Hours beyond those owed count in the &next year", self)
        self.kinds = QListWidget(self)
        self.kinds.setAccessibleName("Kinds that do not count for this group")
        frame_list(self.kinds)
        self.problem = NoteLine(self)
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        grid.addWidget(self.on, 0, 0, 1, 2)
        grid.addWidget(self.year, 1, 0)
        grid.addWidget(self.term, 1, 1)
        grid.addWidget(self.pro_rata, 2, 0, 1, 2)
        grid.addWidget(self.carry, 3, 0, 1, 2)
        label = role_label("&Kinds that do not count for this group", "label", self)
        label.setBuddy(self.kinds)
        grid.addWidget(label, 4, 0, 1, 2)
        grid.addWidget(self.kinds, 5, 0, 1, 2)
        grid.addWidget(self.problem, 6, 0, 1, 2)
        grid.setRowStretch(5, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addLayout(grid, 1)
        self.column.addLayout(row, 1)
        for field in (self.on, self.year, self.term, self.pro_rata, self.carry):
            field.edited.connect(self._edited)
        self.kinds.itemChanged.connect(self._edited)

    def _read(self) -> None:
        self.rows = list(self.school.read(queries.entitlements, year=self.hub.year))
        if not any(row.id for row in self.rows):  # nobody has opened the tab yet
            self.school.do(begin_cpd)
            self.rows = list(self.school.read(queries.entitlements, year=self.hub.year))
        self._seen = {row.group_id: row for row in self.rows}
        self._typed = {}
        place = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for row in self.rows:
            self.list.addItem(self._line(row))
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    @staticmethod
    def _line(row: EntitlementRow) -> str:
        return f"{row.group}: {hours(row.minutes_a_year)} h" if row.on else f"{row.group}: none"

    def _show(self, place: int) -> None:
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        if row is None:
            return
        self.on.set_value(row.on or place in self._typed)
        year, term = self._typed.get(place, (hours(row.minutes_a_year) if row.on else "", hours(row.minutes_a_term) if row.on else ""))
        self.year.set_value(year)
        self.term.set_value(term)
        self.pro_rata.set_value(row.pro_rata)
        self.carry.set_value(row.carry_over)
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in self.school.read(log.kinds):
            if kind.counts:
                item = QListWidgetItem(kind.name)
                item.setData(_KIND, kind.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if kind.id in row.uncounted else Qt.CheckState.Unchecked)
                self.kinds.addItem(item)
        self.kinds.blockSignals(False)
        self._able()

    def _able(self) -> None:
        for part in (self.year, self.term, self.pro_rata, self.carry, self.kinds):
            part.setEnabled(self.on.value())

    def _edited(self, *_what: object) -> None:
        """Keep what is said of the group that is shown; numbers are read when it is saved."""
        place = self.list.currentRow()
        if self.sender() is self.on and self.on.value() and not self.year.value():
            self.year.set_value(hours(FIRST_YEAR))
            self.term.set_value(hours(FIRST_TERM))
        items = [self.kinds.item(number) for number in range(self.kinds.count())]
        uncounted = tuple(item.data(_KIND) for item in items if item.checkState() == Qt.CheckState.Checked)
        row = replace(self.rows[place], pro_rata=self.pro_rata.value(), carry_over=self.carry.value(), uncounted=uncounted)
        if self.on.value():
            self._typed[place] = (str(self.year.value()), str(self.term.value()))
        else:
            self._typed.pop(place, None)
            row = replace(row, minutes_a_year=0, minutes_a_term=0)
        self.rows[place] = row
        self._able()
        self.touch()

    def save(self) -> None:
        """Write every group that was changed. A year with fewer hours than its terms is asked about. Raises UserError, Conflict."""
        for field in (self.year, self.term):
            field.set_error(None)
        self.problem.show_words("")
        terms = len(self.school.read(settings.year_dates, year=self.hub.year).terms) or USUAL_TERMS
        found = [(place, self._details(place)) for place in range(len(self.rows)) if self._changed(place)]
        for place, details in found:
            question = question_about_year(details, terms)
            if question and not messages.ask(self, f"Keep these hours for {self.rows[place].group}?", question, act="&Keep them"):
                self.list.setCurrentRow(place)
                raise UserError("Change the hours a year or the hours a term.", field="minutes_a_year")
        for place, details in found:
            seen = self._seen[self.rows[place].group_id]
            revision = seen.revision if seen.id is not None and seen.from_year == self.hub.year else None
            which = {"group_id": seen.group_id, "from_year": self.hub.year, "revision": revision}
            self.school.do(services.set_entitlement, **which, details=details)
        self._read()

    def _changed(self, place: int) -> bool:
        return place in self._typed or self.rows[place] != self._seen[self.rows[place].group_id]

    def _details(self, place: int) -> EntitlementDetails:
        row = self.rows[place]
        year, term = row.minutes_a_year, row.minutes_a_term
        if place in self._typed:
            self.list.setCurrentRow(place)
            year, term = (
                read_minutes(words, field=field)
                for words, field in zip(self._typed[place], ("minutes_a_year", "minutes_a_term"), strict=True)
            )
        return EntitlementDetails(year, term, row.pro_rata, row.carry_over, row.uncounted)

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Beside the hours it is about, else under the kinds."""
        known = {"minutes_a_year": self.year, "minutes_a_term": self.term}.get(field or "")
        if known is None:
            self.problem.show_words(sentence, error=True)
        else:
            known.set_error(sentence)
        return True


class QuestionsPage(SettingsPage):
    """The evaluation questions that whoever checks an entry may answer."""

    name, title = "questions", "Questions about CPD"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        hint = "Asked when an entry is checked; answering is up to who checks. Answers keep the question they were given to."
        self.texts = LabelledField("&Evaluation questions, one a line", TextField("", lines=8), hint=hint, parent=self)
        self.texts.set_value("\n".join(school.read(quality.questions)))
        self.texts.edited.connect(self.touch)
        self.column.addWidget(self.texts)
        self.column.addStretch(1)

    def save(self) -> None:
        """Write them in this order. Raises UserError."""
        self.school.do(set_questions, texts=str(self.texts.value()).splitlines())

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Under the questions."""
        self.texts.set_error(sentence)
        return True
