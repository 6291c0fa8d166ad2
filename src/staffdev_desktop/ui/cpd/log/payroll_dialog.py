"""Extra hours to pay: of which month or term, on paper or as a spreadsheet."""

from calendar import monthrange
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import MONTH_NAMES
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label, year_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, role_label

Period = tuple[date, date]


class PayrollDialog(HouseDialog):
    """Choose a time; the paper and the sheet come of it. The dialog stays open for the next month."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        words = "Entries whose hours are marked ‘extra hours to pay’, with names, for whoever runs the payroll."
        super().__init__("Which extra hours are to be paid?", words, safe="&Close", parent=parent)
        self._school, self._hub = school, hub
        self.printer = ReportPrinter(school, hub, self)
        periods = _periods(hub.year, school.read(settings.calendar).terms)
        self.period = LabelledField("&Time", ChoiceField(periods), parent=self)
        self.period.set_value(_current(periods))
        self.period.edited.connect(self._show)
        self.words_shown = role_label("", "strong", self)
        self.sheet, self.paper = PlainButton("&Save as a spreadsheet…", parent=self), PrimaryButton("&Print…", "print", self)
        self.paper.clicked.connect(self.print_it)
        self.sheet.clicked.connect(self.save_it)
        self.body.addWidget(self.period)
        self.body.addWidget(self.words_shown)
        self.buttons.addWidget(self.sheet)
        self.buttons.addWidget(self.paper)
        self._show()

    def rows(self) -> tuple[EntryRow, ...]:
        """The entries of the time chosen."""
        first, last = self.period.value()
        return self._school.read(queries.extra_hours, first=first, last=last)

    def print_it(self) -> None:
        """On paper."""
        from staffdev_desktop.cpd.log import papers, sheets

        rows, (first, last) = self.rows(), self.period.value()
        name = sheets.file_name(sheets.PAYROLL, f"{first:%Y-%m}", clock.today())
        draw = partial(papers.extra_hours_paper, rows, papers.period_words(first, last), self._numbers())
        texts = tuple(words for row in rows for words in (row.name, row.details.activity))
        self.printer.show(draw, year=year_of(first), title=papers.PAYROLL, file_name=name, texts=texts)

    def save_it(self) -> None:
        """As a spreadsheet."""
        from staffdev_desktop.cpd.log import sheets

        first, _last = self.period.value()
        name = sheets.file_name(sheets.PAYROLL, f"{first:%Y-%m}", clock.today(), "xlsx")
        self.printer.save_sheet(sheets.extra_hours_sheet(self.rows(), self._numbers()), file_name=name)

    def _numbers(self) -> dict[int, str]:
        return {person.id: person.staff_number for person in self._school.read(queries.people, here_only=False)}

    def _show(self, _value: object = None) -> None:
        rows = self.rows()
        people = count_of(len({row.person_id for row in rows}), "person", "people")
        minutes = sum(row.details.minutes for row in rows)
        self.words_shown.setText(f"{hours(minutes)} h to pay to {people}" if rows else "Nobody has extra hours to pay in this time")


def _periods(year: int, terms) -> list[tuple[Period, str]]:
    """The months of an academic year, its terms, and the whole of it."""
    found: list[tuple[Period, str]] = []
    for number in range(12):
        month, in_year = (number + 8) % 12 + 1, year + (number > 3)
        found.append(
            ((date(in_year, month, 1), date(in_year, month, monthrange(in_year, month)[1])), f"{MONTH_NAMES[month - 1]} {in_year}")
        )
    found += [((term.begins, term.ends), f"{term.name} {year_label(year)}") for term in terms if term.year == year]
    found.append(((date(year, 9, 1), date(year + 1, 8, 31)), f"Whole year {year_label(year)}"))
    return found


def _current(periods: list[tuple[Period, str]]) -> Period:
    today = clock.today()
    return next((period for period, _ in periods if period[0] <= today <= period[1]), periods[-1][0])
