"""Move a training or development need along, or mark several as booked on the same course."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.kernel.years import term_of
from staffdev_desktop.pdr.reports.services import Booking, book_needs
from staffdev_desktop.pdr.rows import NeedRow
from staffdev_desktop.pdr.rules import NEED_STATES
from staffdev_desktop.pdr.services.needs import move_need
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.asking import AskDialog, ClosedDays
from staffdev_desktop.ui.pdr.outcomes.fields import term_choices, term_names
from staffdev_desktop.ui.pdr.outcomes.needs_model import capital
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TextField
from staffdev_desktop.ui.widgets.money_field import PoundsField
from staffdev_desktop.ui.widgets.segments import Segments

MOST_NAMES = 4
WIDE = 520
LETTERS = {"to arrange": "&To arrange", "agreed": "A&greed", "booked": "&Booked", "done": "&Done", "declined": "D&eclined"}


def who_field(names: Sequence[str], parent: QWidget) -> LineField:
    """A line that offers who arranges things already."""
    field = LineField("A name, or a role such as School business manager", parent)
    completer = QCompleter(sorted(set(names) - {""}, key=str.casefold), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    return field


class _NeedDialog(AskDialog):
    """The fields that both dialogs have: who, by when, in which term, what it costs."""

    def __init__(self, school, names: Sequence[str], title: str, words: str, *, act: str, parent: QWidget | None) -> None:
        super().__init__(title, words, act=act, icon="check", width=WIDE, parent=parent)
        self._school, self._names = school, names
        self._closed = ClosedDays(school)
        self._terms = school.read(settings.calendar).terms

    def add_common(self, *, term: str = "", who: str = "Who &arranges it", cost: str = "C&ost", hint: str = "") -> None:
        """Lay out the fields both have."""
        self.add_field("who", LabelledField(who, who_field(self._names, self), parent=self))
        self.add_field("by_when", LabelledField("B&y", DateField("31/8/2027"), parent=self)).edited.connect(self._offer_term)
        choices = term_choices(term_names(self._terms), term)
        self.add_field("term", LabelledField("Te&rm", ChoiceField(choices), parent=self))
        self.add_field("cost", LabelledField(cost, PoundsField(), hint=hint, parent=self))
        self.body.addWidget(self.fields["who"])
        self.row(self.fields["by_when"], self.fields["term"], self.fields["cost"])

    def _offer_term(self, day: date | None) -> None:
        """The term follows the day while nobody has chosen another."""
        term = term_of(day, self._terms) if day else None
        if term and not self.fields["term"].value():
            self.fields["term"].set_value(term_names([term])[0])

    def keep_day(self, before: date | None) -> bool:
        """Whether a day that was typed may stay; one at a weekend or in a closure gets a question."""
        day = self.fields["by_when"].value()
        return day == before or self._closed.ask_about(self, [("By", day)])


class MoveNeedDialog(_NeedDialog):
    """One need: how far it is, who arranges it, by when, what it costs."""

    def __init__(self, school, need: NeedRow, names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        how = f" ({need.how})" if need.how else ""
        told = f"For {need.name}, {need.group}, review {need.number}{how}. The words of the statement stay as they were agreed."
        super().__init__(school, names, f"How far is ‘{need.need}’?", told, act="&Save", parent=parent)
        self._need = need
        self.state = Segments([(state, LETTERS[state]) for state in NEED_STATES], "How far it is", self)
        self.state.set_value(need.state if need.state in NEED_STATES else NEED_STATES[0])
        self.state.edited.connect(self._chosen)
        self.body.addWidget(self.state)
        hint = "It stands on next year’s sheet, so write what the member of staff may read."
        self.add_field("reason", LabelledField("&Why it was declined", TextField(lines=2), hint=hint, parent=self))
        self.body.addWidget(self.fields["reason"])
        self.add_common(term=need.term)
        for key in ("reason", "who", "by_when", "term", "cost"):
            self.fields[key].set_value(getattr(need, key))
        self.first = self.state
        self._show_reason()

    def check(self) -> bool:
        """A day at a weekend is asked about first."""
        return self.keep_day(self._need.by_when) and super().check()

    def save(self) -> None:
        """Move it along."""
        values = {key: self.fields[key].value() for key in ("who", "by_when", "cost", "term", "reason")}
        self._school.do(move_need, need_id=self._need.id, revision=self._need.revision, state=self.state.value(), **values)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"{capital(str(self.state.value()))}: {self._need.need}, {self._need.name}"

    def _chosen(self, _value: object) -> None:
        self._touch()
        self._show_reason()

    def _show_reason(self) -> None:
        self.fields["reason"].setVisible(self.state.value() == "declined")


class BookNeedsDialog(_NeedDialog):
    """Several needs that the same course meets: all booked, with one undo."""

    def __init__(self, school, needs: Sequence[NeedRow], names: Sequence[str] = (), parent: QWidget | None = None) -> None:
        people = list(dict.fromkeys(need.name for need in needs))
        more = len(people) - MOST_NAMES
        shown = [*people[:MOST_NAMES], count_of(more, "more", "more")] if more > 0 else people
        told = f"For {listed(shown)}. What you leave empty stays as each need has it."
        super().__init__(school, names, f"Mark {count_of(len(needs), 'need')} as booked?", told, act="Mark as &booked", parent=parent)
        self._needs = needs
        self.booked = 0
        self.add_common(cost="C&ost for each", hint="Not the bill for all of them.")

    def check(self) -> bool:
        """A day at a weekend is asked about first."""
        return self.keep_day(None) and super().check()

    def save(self) -> None:
        """Book them all, or none."""
        values = {key: self.fields[key].value() for key in ("who", "by_when", "term", "cost")}
        chosen = [(need.id, need.revision) for need in self._needs]
        self.booked = self._school.do(book_needs, chosen=chosen, booking=Booking(**values))
