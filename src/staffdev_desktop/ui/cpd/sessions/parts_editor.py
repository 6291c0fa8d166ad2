"""The parts of a programme: a list, and the fields of the one chosen beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.cpd.programmes.enrolments.rows import ModuleDetails
from staffdev_desktop.cpd.programmes.enrolments.rules import MODULE_KINDS
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.ui.asking import beside
from staffdev_desktop.ui.cpd.log.fields import HoursField
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, NoteLine, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

TALL = 160  # px at any text size


@dataclass(frozen=True)
class Part:
    """A part while it is edited; `id` is its own here, also before it is in the school file."""

    id: int
    module: ModuleDetails


class PartsEditor(QWidget):
    """`edited` when anything is changed; `modules()` are the parts in their order."""

    edited = Signal()

    def __init__(self, modules: Sequence[ModuleDetails], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = [Part(number, module) for number, module in enumerate(modules, 1)]
        self._next = len(self._parts) + 1
        columns = (
            Column("title", "Part", 0, _title, extra=_second, tooltip=_title, delegate=TwoLineDelegate),
            Column("hours", "Hours", 62, _hours, align="right"),
        )
        self.model = TableModel(columns, parent=self)
        self.table = HouseTable(self.model, "Parts", row_height=38, parent=self)
        self.table.setMinimumHeight(TALL)
        self.table.horizontalHeader().setSectionsClickable(False)
        card = Card(self, flush=True)
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(role_label("Its parts, in their order", "label", self))
        column.addWidget(card, 1)
        column.addLayout(self._buttons())
        column.addLayout(self._fields())
        self.note = NoteLine(self)
        column.addWidget(self.note)
        self.table.chosen.connect(self._chosen)
        self._show(self._parts[0].id if self._parts else None)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add = PlainButton("&Add a part", "plus", self)
        self.up, self.down = PlainButton("Move u&p", parent=self), PlainButton("Move d&own", parent=self)
        self.take_out = PlainButton("R&emove", "x", self)
        for button, act in ((self.add, self._add), (self.up, self._move_up), (self.down, self._move_down), (self.take_out, self._remove)):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fields(self) -> QVBoxLayout:
        kinds = [(kind, kind.capitalize()) for kind in MODULE_KINDS]
        editors = {
            "title": ("Tit&le", LineField()),
            "kind": ("&Kind", ChoiceField(kinds)),
            "minutes": ("Hours", HoursField("1.5")),
            "begun_from": ("Only if begun from", DateField()),
            "begun_before": ("Only if begun before", DateField()),
        }
        self.fields = {key: LabelledField(label, editor, parent=self) for key, (label, editor) in editors.items()}
        for field in self.fields.values():
            field.edited.connect(self._typed)
        column = QVBoxLayout()
        column.setSpacing(6)
        for keys in (("title",), ("kind", "minutes"), ("begun_from", "begun_before")):
            beside(column, *(self.fields[key] for key in keys))
        return column

    def modules(self) -> list[ModuleDetails]:
        """The parts in their order."""
        return [part.module for part in self._parts]

    def show_error(self, sentence: str) -> None:
        """Say beneath what is wrong with a part."""
        self.note.show_words(sentence, error=True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _place(self) -> int | None:
        key = self.table.chosen_id()
        return next((place for place, part in enumerate(self._parts) if part.id == key), None)

    def _show(self, key: int | None) -> None:
        self.model.set_rows(self._parts)
        if key is not None:
            self.table.choose(key)
        self._chosen(self.table.chosen_id())

    def _chosen(self, _key: object) -> None:
        place = self._place()
        for button in (self.up, self.down, self.take_out, *self.fields.values()):
            button.setEnabled(place is not None)
        if place is not None:
            self.up.setEnabled(place > 0)
            self.down.setEnabled(place < len(self._parts) - 1)
        for key, field in self.fields.items():
            field.set_value(getattr(self._parts[place].module, key) if place is not None else None)

    def _typed(self, _value: object) -> None:
        place = self._place()
        if place is None:
            return
        values = {key: field.value() for key, field in self.fields.items()}
        part = self._parts[place]
        self._parts[place] = replace(part, module=replace(part.module, **values))
        self.note.show_words("")
        self.model.set_rows(self._parts)
        self.edited.emit()

    def _add(self) -> None:
        part = Part(self._next, ModuleDetails(""))
        self._next += 1
        place = self._place()
        self._parts.insert(len(self._parts) if place is None else place + 1, part)
        self._changed(part.id)
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        place = self._place()
        if place is not None and 0 <= place + step < len(self._parts):
            part = self._parts.pop(place)
            self._parts.insert(place + step, part)
            self._changed(part.id)

    def _remove(self) -> None:
        place = self._place()
        if place is not None:
            self._parts.pop(place)
            self._changed(self._parts[min(place, len(self._parts) - 1)].id if self._parts else None)

    def _changed(self, key: int | None) -> None:
        self.note.show_words("")
        self._show(key)
        self.edited.emit()


def _title(part: Part) -> str:
    return part.module.title or "Not named yet"


def _second(part: Part) -> str:
    module = part.module
    since = f"begun from {day_with_year(module.begun_from)}" if module.begun_from else ""
    until = f"begun before {day_with_year(module.begun_before)}" if module.begun_before else ""
    return ", ".join(words for words in (module.kind.capitalize(), since, until) if words)


def _hours(part: Part) -> str:
    return hours(part.module.minutes) if part.module.minutes else ""
