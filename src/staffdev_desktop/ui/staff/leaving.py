"""Somebody leaves: every tie is named, and who takes over is asked for once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.overview import services as overview
from staffdev_desktop.overview.queries import cpd_ties
from staffdev_desktop.overview.rows import CpdTie
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import OpenTie
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.rows import PersonRecord, StaffTie
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.staff.dialogs import manager_choices
from staffdev_desktop.ui.staff.forms import FieldsDialog, offering
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LineField, role_label

MOST_LINES = 6


def tie_words(ties: Sequence[StaffTie], reviews: Sequence[OpenTie], of_cpd: Sequence[CpdTie] = ()) -> list[str]:
    """Every tie in words: posts, people, reviews, CPD that is under way."""
    lines = [f"Post that ends: {tie.label} · {tie.detail[:1].lower()}{tie.detail[1:]}" for tie in ties if tie.kind == "post"]
    lines += [f"Manages {tie.label}, {tie.detail}" for tie in ties if tie.kind == "manages"]
    for tie in reviews:
        stage = str(tie.stage).lower()
        if tie.as_reviewer:
            lines.append(f"Reviews {tie.name}: {tie.number}, {stage}")
        elif is_open(tie.stage):
            lines.append(f"Own review {tie.number}, {stage}: leaves the cycle")
        else:
            lines.append(f"Own review {tie.number}, {stage}: the copies are not all back")
    return [*lines, *(f"{tie.kind}: {tie.label}" for tie in of_cpd)]


class LeaveDialog(FieldsDialog):
    """When, why and where to; what ends by itself; who manages and reviews those who are left."""

    def __init__(self, school: School, record: PersonRecord, parent: QWidget | None = None) -> None:
        words = (
            "Their time with the school and their posts end on the last day. The record stays. You can undo it. "
            "Their CPD can be saved for them to take along: CPD portfolio, Person’s log, Print or save."
        )
        super().__init__(f"When does {record.name} leave?", school, act="&Record leaving", parent=parent, words=words)
        self.record = record
        ties = school.read(queries.leaving_ties, person_id=record.id)
        reviews = school.read(boards.open_ties, person_id=record.id)
        reasons = school.read(settings.list_items, name="leaving reason")
        self.add("last_day", "&Last day", DateField("", self))
        self.add("reason", "R&eason", offering(LineField(parent=self), reasons))
        self.add("destination", "&Where to", LineField(parent=self), hint="As far as they have said.", wide=True)
        choices = manager_choices(school, record.id)
        managed = sum(1 for tie in ties if tie.kind == "manages")
        if managed:
            hint = "One of them can take over: that one goes to the leaver’s own line manager."
            label = f"Who &manages {count_of(managed, 'person', 'people')} then?"
            self.add("new_manager_id", label, ChoiceField([(None, "Decide later"), *choices[1:]], self), hint=hint, wide=True)
        reviewed = sum(1 for tie in reviews if tie.as_reviewer and is_open(tie.stage))
        if reviewed:
            label = f"Who &holds {count_of(reviewed, 'open review')} then?"
            self.add("new_reviewer_id", label, ChoiceField([(None, "Decide later"), *choices[1:]], self), wide=True)
        self.ties = self._tie_list(tie_words(ties, reviews, school.read(cpd_ties, person_id=record.id)))

    def _tie_list(self, lines: list[str]) -> QListWidget:
        found = QListWidget(self)
        found.addItems(lines or ["No post, nobody managed, no open review"])
        found.setAccessibleName("What ties them to the school")
        found.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        found.setWordWrap(False)
        found.setTextElideMode(Qt.TextElideMode.ElideRight)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place in range(found.count()):
            found.item(place).setToolTip(found.item(place).text())
        card = Card(self, flush=True)
        card.body.addWidget(found)
        found.setFixedHeight(max(found.sizeHintForRow(0), theme.px(20)) * min(max(len(lines), 1), MOST_LINES) + 4)
        self.body.addWidget(role_label("What ties them to the school", "label", self))
        self.body.addWidget(card)
        return found

    def save(self) -> None:
        """The one job, in one transaction."""
        last_day = self.value("last_day")
        if last_day is None:
            raise UserError("Write the last day.", field="last_day")
        self.school.do(
            overview.leave,
            person_id=self.record.id,
            last_day=last_day,
            reason=self.value("reason"),
            destination=self.value("destination"),
            new_manager_id=self.value("new_manager_id") if "new_manager_id" in self.fields else None,
            new_reviewer_id=self.value("new_reviewer_id") if "new_reviewer_id" in self.fields else None,
        )
