"""Asks what is to be made of somebody’s CPD."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.cpd.portfolio.making import Asked, Kind, PortfolioMaker
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, TickField

ALL_YEARS = "all"
_FOR_STANDARDS = (Kind.PAPER, Kind.PACKAGE)


class PortfolioDialog(AskDialog):
    """What, of which time, and with which parts; `asked` is the answer once it was accepted."""

    def __init__(self, name: str, person_id: int, year: int, parent: QWidget | None = None) -> None:
        words = "The papers and the package are about this person alone: nothing of anybody else, nor who checked an entry."
        super().__init__(f"What do you want to make of {name}’s CPD?", words, act="&Make it", icon="doc", width=520, parent=parent)
        self._person_id = person_id
        self.asked: Asked | None = None
        kinds = [(kind, str(kind)) for kind in Kind]
        self.kind = self.add_field("kind", LabelledField("&What", ChoiceField(kinds, self), parent=self))
        years = [(ALL_YEARS, "All years"), (year, f"Only {year_label(year)}")]
        self.time = self.add_field("time", LabelledField("&Time", ChoiceField(years, self), parent=self))
        self.standards = TickField("With the evidence by &standard", self)
        self.standards.setToolTip("For entries that name a standard, themselves or through their target.")
        self.kind.edited.connect(self._kind_changed)
        for widget in (self.kind, self.time, self.standards):
            self.body.addWidget(widget)
        self._year, self._time = year, ALL_YEARS

    def save(self) -> None:
        """Take the answer; making it comes after the dialog has closed."""
        time = self._year if self.time.value() == self._year else None
        self.asked = Asked(Kind(self.kind.value()), self._person_id, time, bool(self.standards.value()) and self.standards.isEnabled())

    def may_throw_away(self) -> bool:
        """Nothing is typed here."""
        return True

    def _kind_changed(self, kind: object) -> None:
        self.standards.setEnabled(kind in _FOR_STANDARDS)
        is_sheet = kind == Kind.SHEET  # Qt gives the plain words back
        if is_sheet and self.time.isEnabled():
            self._time = self.time.value()
            self.time.set_value(self._year)  # it is filled in for one year
        elif not is_sheet and not self.time.isEnabled():
            self.time.set_value(self._time)
        self.time.setEnabled(not is_sheet)


def open_portfolio(page: QWidget, maker: PortfolioMaker, name: str, person_id: int, year: int) -> None:
    """Ask, then show the paper or save the file."""
    dialog = PortfolioDialog(name, person_id, year, page)
    messages.show(dialog, lambda: maker.make(dialog.asked))
