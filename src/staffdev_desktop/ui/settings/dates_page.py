"""Terms and closures, year by year."""

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import parse_date, typed_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import Closure, year_label, year_of
from staffdev_desktop.settings import queries, services
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.set_up.term_fields import TermFields
from staffdev_desktop.ui.settings.page import SettingsPage
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, TextField

_LINE = re.compile(r"(?P<first>[\d/.\-]+)(?:\s*(?:to|–|-)\s+(?P<last>[\d/.\-]+))?\s+(?P<name>\S.*)$")


class DatesPage(SettingsPage):
    """One academic year at a time; changing the year asks nothing, because each year is kept until it is saved."""

    name, title = "dates", "Terms and closures"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        this = year_of(clock.today())
        entered = {term.year for term in school.read(queries.calendar).terms}
        years = sorted(entered | {this, this + 1, hub.year}, reverse=True)
        self.year = LabelledField("Academic &year", ChoiceField([(year, year_label(year)) for year in years]), parent=self)
        self.year.set_value(hub.year)
        self.year.setMaximumWidth(theme.px(160))
        self.terms = TermFields(self, inset_label="&INSET days (closed to pupils)")
        self.others = LabelledField(
            "&Other closures, one a line",
            TextField("", lines=3),
            hint="For example 3/5/2027 Early May bank holiday, or 3/5/2027 to 5/5/2027 Repairs",
            parent=self,
        )
        for part in (self.year, self.terms, self.others):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._shown = int(self.year.value())
        self._show(self._shown)
        self.year.edited.connect(self._pick)
        self.others.edited.connect(self.touch)
        self.terms.edited.connect(self.touch)

    def save(self) -> None:
        """Write the year that is shown. Raises UserError."""
        others = read_closures(str(self.others.value()))
        dates = self.terms.value()
        if dates is None:
            raise UserError(self.terms.problem.words() or self.terms.inset.error(), field="terms")
        terms, closures = dates
        self.school.do(services.set_year_dates, year=self._shown, terms=terms, closures=(*closures, *others))

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Other closures; terms say it themselves."""
        if field == "closures":
            self.others.set_error(sentence)
        elif field == "terms" and not self.terms.inset.error():
            self.terms.show_error(UserError(sentence, field="terms"))
        return True

    def _pick(self, year: object) -> None:
        if self.changed:
            try:
                self.save()
            except UserError as error:
                self.year.set_value(self._shown)
                self.show_error(error.field, error.message)
                return
            self.changed = False
        self._show(int(year))

    def _show(self, year: int) -> None:
        self._shown = year
        found = self.school.read(queries.year_dates, year=year)
        if found.terms:
            others = self.terms.set_dates(year, found.terms, found.closures)
        else:
            self.terms.set_usual(year)
            others = ()
        self.others.set_value("\n".join(_line(each) for each in others))
        self.others.set_error(None)


def read_closures(text: str) -> tuple[Closure, ...]:
    """Lines such as ‘3/5/2027 Early May bank holiday’ or ‘3/5/2027 to 5/5/2027 Repairs’. Raises UserError."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.match(line)
        if not match:
            raise UserError(f"‘{line[:40]}’: write the day, then what it is.", field="closures")
        first = parse_date(match["first"], field="closures")
        last = parse_date(match["last"], field="closures") if match["last"] else first
        if last < first:
            raise UserError(f"{match['name']} ends before it begins.", field="closures")
        found.append(Closure(first, last, match["name"].strip()))
    return tuple(found)


def _line(closure: Closure) -> str:
    days: Sequence[str] = [typed_day(closure.begins)]
    if closure.ends != closure.begins:
        days = [*days, typed_day(closure.ends)]
    return f"{' to '.join(days)} {closure.name}"
