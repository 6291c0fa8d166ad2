"""The staff list as a table: its columns, and what its filters keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter

from staffdev_desktop.pdr.rows import PersonStage
from staffdev_desktop.settings.rows import StaffGroupRow
from staffdev_desktop.staff.rows import PersonRow, Roll
from staffdev_desktop.staff.rules import KINDS
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, RowDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

NO_GROUP = 0  # ‘not set’, among the ids of groups
EVERYBODY = "everybody"


@dataclass(frozen=True)
class ListRow:
    """A person with how far their review of the year is, if there is one."""

    person: PersonRow
    stage: PersonStage | None

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id


@dataclass(frozen=True)
class StaffFilter:
    """What the list shows beside the words of the filter. `group_id` None is all groups; `roll` is a Roll or EVERYBODY."""

    group_id: int | None = None
    roll: str = Roll.ON_ROLL

    def keeps(self, row: ListRow) -> bool:
        """Whether a row is shown."""
        if self.group_id is not None and (row.person.group_id or NO_GROUP) != self.group_id:
            return False
        return self.roll in (EVERYBODY, row.person.roll)


def list_rows(people: Sequence[PersonRow], stages: Mapping[int, PersonStage]) -> tuple[ListRow, ...]:
    """The rows of the list, in the order of the people."""
    return tuple(ListRow(person, stages.get(person.id)) for person in people)


def stage_badge(stage: PersonStage | None) -> BadgeText | None:
    """A review's stage as a badge."""
    if stage is None:
        return None
    icon = "dot" if stage.badge == "mute" else None
    return BadgeText(stage.badge, stage.label, icon)


def staff_model(parent: Any = None) -> TableModel:
    """The model of the staff list, by surname."""
    columns = (
        Column("name", "Name", 136, _name, sort_key=_sort_key, spoken=_spoken_name, tooltip=_name_tip, delegate=_name_delegate),
        Column("role", "Role", 204, _posts, tooltip=_posts, delegate=_second_delegate),
        Column("group", "Group", 142, _group, delegate=_second_delegate),
        Column("pdr", "PDR this year", 0, _stage_words, extra=_badge, delegate=BadgeDelegate),
    )
    made = TableModel(columns, search_text=_search_text, parent=parent)
    made.sort(0)
    return made


def group_choices(groups: Sequence[StaffGroupRow]) -> list[tuple[int | None, str]]:
    """All, each of the school's groups, and those who are in none yet."""
    return [(None, "Group: all"), *((group.id, group.name) for group in groups), (NO_GROUP, "Not set")]


def roll_choices() -> list[tuple[str, str]]:
    """Who is here, who will be, who was."""
    return [*((roll, str(roll)) for roll in Roll), (EVERYBODY, "Everybody")]


def _name(row: ListRow) -> str:
    return row.person.name


def _sort_key(row: ListRow) -> str:
    return row.person.sort_key


def _spoken_name(row: ListRow) -> str:
    return row.person.name if row.person.roll is Roll.ON_ROLL else f"{row.person.name}, {row.person.roll.lower()}"


def _name_tip(row: ListRow) -> str:
    return f"{row.person.name} · {row.person.staff_number}"


def _posts(row: ListRow) -> str:
    """Posts; of somebody without one who is no employee, what they are: a governor, a volunteer."""
    return row.person.posts or (KINDS[row.person.kind] if row.person.kind != "employee" else "")


def _group(row: ListRow) -> str:
    return row.person.group or "Not set"


def _stage_words(row: ListRow) -> str:
    return row.stage.label if row.stage else str(row.person.roll) if row.person.roll is not Roll.ON_ROLL else "–"


def _badge(row: ListRow) -> BadgeText | None:
    return stage_badge(row.stage)


def _search_text(row: ListRow) -> str:
    return row.person.search


class NameDelegate(RowDelegate):
    """Names in semibold, standing under the words of the head."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """The name, a little to the right."""
        super().paint_cell(painter, rect.adjusted(4, 0, 4, 0), index)


def _name_delegate(table: object) -> RowDelegate:
    return NameDelegate(table, weight=theme.SEMIBOLD)


def _second_delegate(table: object) -> RowDelegate:
    return RowDelegate(table, colour="text2")
