"""The dates of a school year: three terms, their half-terms, INSET days. Used by the set-up and by the settings."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel.dates import typed_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import Closure, Term, usual_terms
from staffdev_desktop.settings.rules import check_terms
from staffdev_desktop.ui.set_up.making import closures_of, half_terms, read_days
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, NoteLine, role_label

_HEADS = ("", "Begins", "Ends", "Half-term from", "to")


class TermFields(QWidget):
    """`value()` gives terms and closures, or None with what is wrong shown."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, inset_label: str = "&INSET days (closed to pupils)") -> None:
        super().__init__(parent)
        self._names = [term.name for term in usual_terms(2000)]
        self._year = 0
        self._fields = [[DateField("", self) for _ in _HEADS[1:]] for _ in self._names]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, head in enumerate(_HEADS):
            grid.addWidget(role_label(head, "small", self), 0, column)
        for row, (name, fields) in enumerate(zip(self._names, self._fields, strict=True), 1):
            grid.addWidget(role_label(name, "", self), row, 0)
            for column, (field, what) in enumerate(zip(fields, _HEADS[1:], strict=True), 1):
                field.setAccessibleName(f"{name}: {what.casefold() if what != 'to' else 'half-term to'}")
                field.setPlaceholderText("dd/mm/yyyy")
                field.problem.connect(self._field_problem)
                field.edited.connect(self._tell)
                grid.addWidget(field, row, column)
        self.problem = NoteLine(self)
        self.inset = LabelledField(inset_label, LineField(), hint="For example 1/9/2026, 4/1/2027", parent=self)
        self.inset.edited.connect(self._tell)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(4)
        column_of_all.addLayout(grid)
        column_of_all.addWidget(self.problem)
        column_of_all.addSpacing(4)
        column_of_all.addWidget(self.inset)
        self.setFocusProxy(self._fields[0][0])

    def set_usual(self, year: int) -> None:
        """Propose the usual dates of a year."""
        terms = usual_terms(year)
        halves = half_terms(year)
        self.set_dates(year, terms, closures_of(terms, halves, ()))

    def set_dates(self, year: int, terms: Sequence[Term], closures: Sequence[Closure]) -> tuple[Closure, ...]:
        """Show a year's dates. Returns the closures that are neither a half-term nor an INSET day: there is no field for them here."""
        self._year = year
        taken: set[Closure] = set()
        for place, fields in enumerate(self._fields):
            term = terms[place] if place < len(terms) else None
            half = next((each for each in closures if term and _is_half_term(each, term)), None)
            if half:
                taken.add(half)
            days = (term and term.begins, term and term.ends, half and half.begins, half and half.ends)
            for field, day in zip(fields, days, strict=True):
                field.set_value(day)
        inset = [each for each in closures if each.name == "INSET day" and each.begins == each.ends]
        self.inset.set_value(", ".join(typed_day(each.begins) for each in inset))
        self.problem.show_words("")
        return tuple(each for each in closures if each not in taken and each not in inset)

    def value(self) -> tuple[tuple[Term, ...], tuple[Closure, ...]] | None:
        """Terms and closures; None if something is wrong, which is then shown."""
        self.inset.set_error(None)
        try:
            terms, halves = [], []
            for name, (begins, ends, half_from, half_to) in zip(self._names, self._fields, strict=True):
                first, last = _day(begins, f"the first day of the {name.casefold()}"), _day(ends, f"the last day of the {name.casefold()}")
                if first is None or last is None:
                    raise UserError(f"The {name.casefold()} needs its first and its last day.", field="terms")
                terms.append(Term(first, last, name, self._year))
                halves.append((_day(half_from, "the half-term"), _day(half_to, "the half-term")))
            inset = read_days(str(self.inset.value()), field="inset")
            closures = closures_of(terms, halves, inset)
            check_terms(self._year, terms, closures)
        except UserError as error:
            self.show_error(error)
            return None
        self.problem.show_words("")
        return tuple(terms), tuple(closures)

    def show_error(self, error: UserError) -> None:
        """Say what is wrong, where it is."""
        if error.field == "inset":
            self.inset.set_error(error.message)
        else:
            self.problem.show_words(error.message, error=True)

    def _tell(self, _value: object) -> None:
        self.edited.emit()

    def _field_problem(self, sentence: str) -> None:
        self.problem.show_words(sentence, error=bool(sentence))


def _is_half_term(closure: Closure, term: Term) -> bool:
    return "half-term" in closure.name and term.begins <= closure.begins <= term.ends


def _day(field: DateField, what: str) -> date | None:
    if field.text().strip() and field.value() is None:
        raise UserError(f"‘{field.text().strip()[:20]}’ for {what} is not a date. Write it like 31/08/2027.", field="terms")
    return field.value()
