"""The sets of areas, as the school edits them: a list of sets, and one set with its staff groups and areas."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.queries import rounds
from staffdev_desktop.cpd.diagnostic.rows import AreaDraft, SetRow
from staffdev_desktop.cpd.diagnostic.services import sets
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField, TextField, TickField, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, TALL, ROW_HEIGHT, ACROSS = 860, 300, 42, 4


def _set_name(row: SetRow) -> str:
    return row.name


def _set_areas(row: SetRow) -> str:
    return count_of(sum(area.in_use for area in row.areas), "area")


def _set_state(row: SetRow) -> str:
    return "In use" if row.in_use else "Out of use"


def _set_badge(row: SetRow) -> BadgeText:
    return BadgeText("ok", "In use") if row.in_use else BadgeText("mute", "Out of use", "x")


class AreasDialog(HouseDialog):
    """Every set; Enter opens one."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        words = "Each staff group is asked about one set. What was rated stays, whatever changes here."
        super().__init__("Areas of the diagnostic", words, safe="&Close", parent=parent, width=560)
        self._school, self._hub = school, hub
        self._groups = {group.id: group.name for group in school.read(settings.staff_groups)}
        columns = (
            Column("name", "Set", 0, _set_name, extra=self._groups_of, delegate=TwoLineDelegate),
            Column("areas", "Areas", 90, _set_areas),
            Column("state", "", 110, _set_state, extra=_set_badge, delegate=BadgeDelegate),
        )
        self.model = TableModel(columns, parent=self)
        self.table = HouseTable(self.model, "Sets of areas", row_height=ROW_HEIGHT, parent=self)
        self.table.setMinimumHeight(theme.px(TALL))
        self.body.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        self.edit, self.add = PlainButton("C&hange…", "pen", self), PlainButton("&Add a set…", "plus", self)
        self.away = PlainButton("&Remove…", "x", self)
        for button, do in ((self.edit, self.edit_set), (self.add, self.add_set), (self.away, self.take_away)):
            button.clicked.connect(do)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.table.opened.connect(self.edit_set)
        self.reload()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _groups_of(self, row: SetRow) -> str:
        return listed([self._groups[each] for each in row.group_ids if each in self._groups]) or "No staff group yet"

    def reload(self) -> None:
        """Read the sets and show them."""
        rows = self._school.read(rounds.diagnostic_sets, in_use_only=False)
        self.model.set_rows(rows)
        if rows and self.table.chosen_id() is None:
            self.table.choose(rows[0].id)

    def edit_set(self, _key: object = None) -> None:
        """Open the chosen set."""
        row = self.model.row_of(self.table.chosen_id())
        if row is not None:
            self._open(row)

    def add_set(self) -> None:
        """A new one."""
        self._open(None)

    def _open(self, row: SetRow | None) -> None:
        dialog = SetDialog(self._school, row, self)
        dialog.accepted.connect(self._edited)
        messages.show(dialog)

    def _edited(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)
        self.reload()
        self.table.choose(self.sender().set_id)

    def take_away(self) -> None:
        """Ask, then take away a set that was never used."""
        row = self.model.row_of(self.table.chosen_id())
        words = "Only a set that nobody was rated in can be removed. Any other can be taken out of use."
        if row is None or not messages.ask(self, f"Remove ‘{row.name}’?", words, act="&Remove it", safe="&Keep it"):
            return
        if problems_said(self, partial(self._school.do, sets.remove_set, set_id=row.id)):
            self._hub.notify(f"‘{row.name}’ is removed", undo=True)
            self.reload()


def _title(row: tuple[int, AreaDraft]) -> str:
    return row[1].title or "(no name yet)"


def _hint(row: tuple[int, AreaDraft]) -> str:
    return row[1].hint


def _place(row: tuple[int, AreaDraft]) -> int:
    return row[0]


def _state(row: tuple[int, AreaDraft]) -> str:
    return "" if row[1].in_use else "Hidden"


def _badge(row: tuple[int, AreaDraft]) -> BadgeText | None:
    return None if row[1].in_use else BadgeText("mute", "Hidden", "eyeoff")


class SetDialog(AskDialog):
    """One set: its name, the staff groups that it is for, its areas in their order. Nothing is on disk before it is saved."""

    def __init__(self, school, row: SetRow | None, parent: QWidget | None = None) -> None:
        title = f"What belongs to ‘{row.name}’?" if row else "Which set do you add?"
        super().__init__(title, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._row = school, row
        self.set_id = row.id if row else None
        self._drafts = [AreaDraft(area.title, area.hint, area.id, area.in_use) for area in row.areas] if row else []
        self.add_field("name", LabelledField("&Name", LineField("For example Midday staff"), parent=self))
        self.fields["name"].set_value(row.name if row else "")
        self.in_use = TickField("In &use", self)
        self.in_use.set_value(row.in_use if row else True)
        self.in_use.edited.connect(self._touch)
        self.row(self.fields["name"]).addWidget(self.in_use, 1, Qt.AlignmentFlag.AlignBottom)
        self._groups = self._group_ticks(row.group_ids if row else ())
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(self._list_part(), 1)
        both.addLayout(self._area_part(), 1)
        self.body.addLayout(both, 1)
        self._show(0 if self._drafts else None)

    def _group_ticks(self, chosen: Sequence[int]) -> dict[int, TickField]:
        self.body.addWidget(role_label("For the staff groups (a group leaves the set it had)", "label", self))
        ticks: dict[int, TickField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for place, group in enumerate(self._school.read(settings.staff_groups)):
            tick = TickField(group.name.replace("&", "&&"), self)
            tick.set_value(group.id in chosen)
            tick.edited.connect(self._touch)
            ticks[group.id] = tick
            grid.addWidget(tick, place // ACROSS, place % ACROSS)
        self.body.addLayout(grid)
        return ticks

    def _list_part(self) -> QVBoxLayout:
        columns = (
            Column("title", "Areas, in their order", 0, _title, extra=_hint, tooltip=_hint, delegate=TwoLineDelegate),
            Column("state", "", 92, _state, extra=_badge, delegate=BadgeDelegate),
        )
        self.model = TableModel(columns, row_id=_place, parent=self)
        self.table = HouseTable(self.model, "Areas of this set", row_height=ROW_HEIGHT, parent=self)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.setMinimumHeight(theme.px(TALL))
        self.table.chosen.connect(self._chosen)
        self.up, self.down = PlainButton("U&p", "sortu", self), PlainButton("D&own", "sortd", self)
        self.add = PlainButton("&Add an area", "plus", self)
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.add.clicked.connect(self._add)
        buttons = QHBoxLayout()
        for button in (self.add, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        return column

    def _area_part(self) -> QVBoxLayout:
        self.title_field = LabelledField("The chosen area is ca&lled", LineField(), parent=self)
        self.hint_field = LabelledField("What it looks li&ke when it goes well", TextField(lines=4), parent=self)
        self.hide = PlainButton("&Hide it", "eyeoff", self)
        self.away = PlainButton("&Remove it", "x", self)
        self.add_field("areas", self.title_field)
        self.title_field.edited.connect(self._written)
        self.hint_field.edited.connect(self._written)
        self.hide.clicked.connect(self._hide)
        self.away.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hide)
        buttons.addWidget(self.away)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.title_field)
        column.addWidget(self.hint_field)
        column.addLayout(buttons)
        column.addWidget(
            role_label("An area that somebody was rated in is hidden and not removed: its ratings stay.", "small", self, wrap=True)
        )
        column.addStretch(1)
        return column

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _here(self) -> int | None:
        key = self.table.chosen_id()
        return key if isinstance(key, int) and key < len(self._drafts) else None

    def _show(self, here: int | None) -> None:
        self.model.set_rows(list(enumerate(self._drafts)))
        if here is not None:
            self.table.choose(here)
        self._chosen(here)

    def _chosen(self, _key: object) -> None:
        here = self._here()
        draft = self._drafts[here] if here is not None else AreaDraft("")
        self.title_field.set_value(draft.title)
        self.hint_field.set_value(draft.hint)
        self.hide.setText("&Hide it" if draft.in_use else "Use it a&gain")
        for widget in (self.title_field, self.hint_field, self.hide, self.away):
            widget.setEnabled(here is not None)
        self.up.setEnabled(bool(here))
        self.down.setEnabled(here is not None and here < len(self._drafts) - 1)

    def _written(self, _value: object) -> None:
        here = self._here()
        if here is not None:
            values = {"title": str(self.title_field.value()), "hint": str(self.hint_field.value())}
            self._drafts[here] = replace(self._drafts[here], **values)
            self.model.set_rows(list(enumerate(self._drafts)))
            self._touch()

    def _add(self) -> None:
        self._drafts.append(AreaDraft(""))
        self._touch()
        self._show(len(self._drafts) - 1)
        self.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int, _checked: bool = False) -> None:
        here = self._here()
        if here is not None and 0 <= here + step < len(self._drafts):
            self._drafts[here], self._drafts[here + step] = self._drafts[here + step], self._drafts[here]
            self._touch()
            self._show(here + step)

    def _hide(self) -> None:
        here = self._here()
        if here is not None:
            self._drafts[here] = replace(self._drafts[here], in_use=not self._drafts[here].in_use)
            self._touch()
            self._show(here)

    def _remove(self) -> None:
        here = self._here()
        if here is not None:
            del self._drafts[here]
            self._touch()
            self._show(min(here, len(self._drafts) - 1) if self._drafts else None)

    def save(self) -> None:
        """Keep the set."""
        if not self._drafts:
            raise UserError("A set needs at least one area in use.", field="areas")
        self.set_id = self._school.do(
            sets.save_set,
            set_id=self._row.id if self._row else None,
            revision=self._row.revision if self._row else 0,
            name=str(self.fields["name"].value()),
            group_ids=[group_id for group_id, tick in self._groups.items() if tick.value()],
            areas=self._drafts,
            in_use=self.in_use.value(),
        )

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"‘{self.fields['name'].value()}’ is saved"
