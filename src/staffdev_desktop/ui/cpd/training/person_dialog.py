"""All required training of one person: what they owe first, then what is in date."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries
from staffdev_desktop.cpd.training.rows import PersonTraining
from staffdev_desktop.cpd.training.rules import URGENCY, validity_words
from staffdev_desktop.kernel.dates import LATEST, day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.training.words import cell_spoken, state_badge
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.table_view import HEAD_HEIGHT, HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, ROW_HEIGHT, MOST_ROWS = 560, 40, 9


class PersonDialog(HouseDialog):
    """Enter opens one training (`opened`); the button prints the sheet that goes to the person (`wants_paper`)."""

    opened = Signal(int, int)  # a person’s id, a training’s
    wants_paper = Signal(int)

    def __init__(self, school, hub, person_id: int, parent: QWidget | None = None) -> None:
        self.person = next(each for each in school.read(log.people, here_only=False) if each.id == person_id)
        title = f"What training does {self.person.name} need?"
        super().__init__(title, safe="&Close", act="&Print what is owed…", act_icon="print", parent=parent, width=WIDE)
        self._school, self._hub = school, hub
        self.model = TableModel(_columns(), row_id=_training_id, parent=self)
        self.table = HouseTable(self.model, "Required training of this person", ROW_HEIGHT, self)
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table)
        hub.changed.connect(self._changed)
        self._show()
        if self.model.rowCount():
            self.table.choose(self.model.id_at(0))

    def check(self) -> bool:
        """Print, and stay."""
        self.wants_paper.emit(self.person.id)
        return False

    def _open(self, training_id: int) -> None:
        self.opened.emit(self.person.id, training_id)

    def _changed(self, changed: object) -> None:
        if changed.touches("training", "training_for", "training_record"):
            self._show()

    def _show(self) -> None:
        found = sorted(self._school.read(queries.person_training, person_id=self.person.id), key=_order)
        self.model.set_rows(found)
        self.table.setFixedHeight(theme.px(HEAD_HEIGHT + ROW_HEIGHT * min(max(len(found), 1), MOST_ROWS)) + 2)
        owes = sum(each.cell.needs_action for each in found)
        said = f"{count_of(owes, 'training')} to see to" if owes else "Nothing to see to: everything required is in date"
        self.words.setText(f"{' · '.join(filter(None, (self.person.posts, self.person.group)))}. {said}.".removeprefix(". "))
        self.words.show()


def _training_id(row: PersonTraining) -> int:
    return row.training.id


def _order(row: PersonTraining) -> tuple[int, object]:
    return URGENCY.index(row.cell.state), row.cell.until or LATEST


def _columns() -> tuple[Column, ...]:
    return (
        Column("training", "Training", 0, _name, extra=_counts, delegate=TwoLineDelegate),
        Column("state", "How they stand", 176, _state, extra=_badge, spoken=_spoken, delegate=BadgeDelegate),
        Column("booked", "Booked for", 116, _booked),
    )


def _name(row: PersonTraining) -> str:
    return row.training.name


def _counts(row: PersonTraining) -> str:
    words = validity_words(row.training.details)
    return words[:1].upper() + words[1:]


def _state(row: PersonTraining) -> str:
    return _badge(row).words


def _badge(row: PersonTraining) -> BadgeText:
    return state_badge(row.cell)


def _spoken(row: PersonTraining) -> str:
    return cell_spoken(row.cell)


def _booked(row: PersonTraining) -> str:
    return day_with_year(row.cell.booked_for) if row.cell.booked_for else ""
