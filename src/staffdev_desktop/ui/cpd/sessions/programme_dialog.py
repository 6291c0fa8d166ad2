"""A programme of the school, with its parts: add one, change one, take one out of use."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import STRANDS
from staffdev_desktop.cpd.programmes.enrolments import services
from staffdev_desktop.cpd.programmes.enrolments.rows import ModuleDetails, ProgrammeDetails, ProgrammeRow
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog, beside, problems_said
from staffdev_desktop.ui.cpd.fitting import fit
from staffdev_desktop.ui.cpd.log.fields import HoursField
from staffdev_desktop.ui.cpd.sessions.parts_editor import PartsEditor
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, LineField, TextField, TickField
from staffdev_desktop.ui.widgets.money_field import PoundsField
from staffdev_desktop.ui.widgets.number_field import NumberField

WIDE, TALL = 960, 600


class ProgrammeDialog(AskDialog):
    """What it is at the left, its parts at the right."""

    def __init__(self, school, row: ProgrammeRow | None, parent: QWidget | None = None) -> None:
        title = "Add a programme?" if row is None else f"Change ‘{row.details.name}’?"
        words = "" if row is None else "People on it keep what they have done. A part that somebody has done cannot be removed."
        super().__init__(title, words, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self._removed = False
        left = QVBoxLayout()
        left.setSpacing(8)
        self._what(left)
        self.parts = PartsEditor(row.modules if row else (), self)
        self.parts.edited.connect(self._touch)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 4)
        columns.addWidget(self.parts, 5)
        self.body.addLayout(columns, 1)
        if row is not None:
            for key, field in self.fields.items():
                value = getattr(row.details, key)
                if value not in (None, ""):
                    field.set_value(value)
            self.in_use.set_value(row.details.in_use)
            self.status.set_value(row.details.award_is_status)
            self.remove = QuietButton("Remove &it…", parent=self)
            self.remove.clicked.connect(self._remove)
            self.add_left(self.remove)
        fit(self, WIDE, TALL)

    def _what(self, column: QVBoxLayout) -> None:
        strands = [("", "Not said"), *((strand, strand) for strand in STRANDS)]
        column.addWidget(self.field("name", "&Name", LineField()))
        column.addWidget(self.field("about", "A&bout it", TextField(lines=2, most_lines=4)))
        for fields in (
            (self.field("provider", "Pro&vider", LineField()), self.field("strand", "St&rand", ChoiceField(strands))),
            (
                self.field("months", "&Months", NumberField("12")),
                self.field("minutes", "&Hours in all", HoursField("40")),
                self.field("pence", "&Fee for one", PoundsField("£900")),
            ),
        ):
            beside(column, *fields)
        column.addWidget(self.field("award", "A&ward it leads to", LineField("NPQSL"), hint="As it is called in somebody’s record"))
        self.status = TickField("The award is a status, as HLTA status is", self)
        self.in_use = TickField("In &use: people can begin it", self)
        self.in_use.set_value(True)
        for tick in (self.status, self.in_use):
            tick.edited.connect(self._touch)
            column.addWidget(tick)
        column.addStretch(1)

    def details(self) -> ProgrammeDetails:
        """What is filled in."""
        values = {key: field.value() for key, field in self.fields.items()}
        return ProgrammeDetails(**values, award_is_status=self.status.value(), in_use=self.in_use.value())

    def save(self) -> None:
        """Write it down."""
        modules: list[ModuleDetails] = self.parts.modules()
        if self._row is None:
            self._school.do(services.add_programme, details=self.details(), modules=modules)
        else:
            self._school.do(
                services.change_programme, programme_id=self._row.id, revision=self._row.revision, details=self.details(), modules=modules
            )

    def say_wrong(self, error: UserError) -> None:
        """What is wrong with a part is said under the parts."""
        if error.field == "modules":
            self.parts.show_error(error.message)
        else:
            super().say_wrong(error)

    def _remove(self) -> None:
        words = "For a programme that nobody was ever on. Otherwise take it out of use: the records stay."
        if messages.ask(self, f"Remove ‘{self._row.details.name}’?", words, act="&Remove it", safe="&Keep it") and problems_said(
            self, self._take_out
        ):
            self._removed, self.touched = True, False
            self.accept()

    def _take_out(self) -> None:
        self._school.do(services.remove_programme, programme_id=self._row.id, revision=self._row.revision)

    def said(self) -> tuple[str, str]:
        """What to say once it is on disk."""
        if self._removed:
            return "The programme is removed", self._row.details.name
        return ("The programme is changed" if self._row else "The programme is added"), self.details().name
