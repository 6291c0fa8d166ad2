"""Ask for the days of somebody’s long absences. Days only: no reason is asked for, and none is kept."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from staffdev_desktop.cpd.ledger import queries
from staffdev_desktop.cpd.ledger.rows import AbsenceRow
from staffdev_desktop.cpd.ledger.services import set_absences
from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.buttons import IconButton, PlainButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, role_label

WORDS = "No hours are owed for these days. Only the days are kept, never a reason. Leave the last day empty while it goes on."


class _Line:
    """Two days and a button that takes them away."""

    def __init__(self, dialog: "AbsencesDialog", number: int, known: AbsenceRow | None) -> None:
        self.known = known
        self.key = str(number)
        self.begins = dialog.add_field(f"starts_on {number}", LabelledField("First day", DateField(), parent=dialog))
        self.ends = dialog.add_field(f"ends_on {number}", LabelledField("Last day", DateField(), parent=dialog))
        self.remove = IconButton("x", f"Remove absence {number}", dialog)
        if known is not None:
            self.begins.set_value(known.starts_on)
            self.ends.set_value(known.ends_on)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.begins, self.ends, self.remove

    def row(self) -> AbsenceRow | None:
        """What is typed; None for an empty line. Raises UserError for a last day without a first."""
        begins, ends = self.begins.value(), self.ends.value()
        if begins is None:
            if ends is not None:
                raise UserError("Write the first day too.", field=f"starts_on {self.key}")
            return None
        known = self.known
        return AbsenceRow(begins, ends, known.id if known else None, known.revision if known else 0)


class AbsencesDialog(AskDialog):
    """All long absences of one person, one a line."""

    def __init__(self, school, person: CpdPerson, parent: QWidget | None = None) -> None:
        super().__init__(f"When was {person.name} away?", WORDS, act="&Save", icon="check", parent=parent)
        self._school, self._person = school, person
        self._lines: list[_Line] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)
        self.add = PlainButton("&Add an absence", "plus", self)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(role_label("A day or two of illness need not stand here.", "hint", self))
        self.add.clicked.connect(self._add)
        for known in school.read(queries.absences, person_id=person.id) or (None,):
            self._put(known)

    def save(self) -> None:
        """Write them all."""
        rows = [(line, line.row()) for line in self._lines]
        try:
            kept = [row for _line, row in rows if row is not None]
            self._school.do(set_absences, person_id=self._person.id, absences=kept)
        except UserError as error:
            raise UserError(error.message, field=self._field_of(error, rows)) from error

    def _field_of(self, error: UserError, rows: list[tuple[_Line, AbsenceRow | None]]) -> str | None:
        """The field of the first line that it can be about; the rule does not know of lines."""
        for line, row in rows:
            if row is not None and error.field == "ends_on" and row.ends_on is not None and row.ends_on < row.starts_on:
                return f"ends_on {line.key}"
        return None

    def _put(self, known: AbsenceRow | None) -> _Line:
        number = len(self._lines) + 1
        line = _Line(self, number, known)
        self._lines.append(line)
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, number, column)
        line.remove.clicked.connect(self._remove)
        return line

    def _add(self) -> None:
        line = self._put(None)
        line.begins.setFocus()
        self.touched = True

    def _remove(self) -> None:
        """Take a line away: empty and unseen, so that its place needs no other."""
        line = next(line for line in self._lines if line.remove is self.sender())
        for field in (line.begins, line.ends):
            field.set_value(None)
        for widget in line.widgets:
            widget.hide()
        self.add.setFocus()
        self.touched = True
