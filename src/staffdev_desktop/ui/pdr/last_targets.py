"""Day one: last year's targets are typed in from paper or taken in from a spreadsheet, or it is somebody's first year here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.exchange.previews import PreviewRow, Verdict
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr import importing
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import words
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, TextField, TickField, role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, LEAST_ROWS, MOST_ROWS = 700, 3, 8
SHEETS = "Spreadsheets (*.xlsx *.xlsm *.csv *.txt *.tsv)"
BADGES = {Verdict.NEW: "ok", Verdict.CHANGED: "info", Verdict.SAME: "mute", Verdict.TROUBLE: "late", Verdict.QUESTION: "warn"}


class LastTargetsDialog(AskDialog):
    """One review. `from_sheet` is set when the person would rather have a whole list taken in."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        told = "They are printed on the self-review sheet, and each is judged in the meeting."
        super().__init__(f"What were {record.person}’s targets last year?", told, act="&Save", icon="target", width=WIDE, parent=parent)
        self._school, self._record = school, record
        self.from_sheet = False
        self._rows: list[tuple[TextField, TextField, DateField]] = []
        self.first_year = TickField("&First year here: there are none", self)
        self.first_year.set_value(record.board.first_year)
        self.first_year.edited.connect(self._first_year_edited)
        self.agreed = self.add_field("agreed_on", LabelledField("&Agreed on", DateField(), parent=self))
        self.agreed.setMaximumWidth(theme.px(200))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        for column, (title, share) in enumerate((("Target", 5), ("Success criteria", 4), ("By when", 0))):
            self._grid.addWidget(role_label(title, "label", self), 0, column)
            self._grid.setColumnStretch(column, share)
        self.add = QuietButton("A&nother target", "plus", self)
        self.add.clicked.connect(self._add_row)
        top = QHBoxLayout()
        top.addWidget(self.agreed)
        top.addStretch(1)
        top.addWidget(self.first_year, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(top)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        sheet = QuietButton("From a s&preadsheet…", "doc", self)
        sheet.clicked.connect(self.reject_for_list)
        sheet.setVisible(school.actor.may(Permission.RUN_CYCLE))
        self.add_left(sheet)
        self._fill()
        self.first = self._rows[0][0]

    def save(self) -> None:
        """Keep the targets, or that there are none."""
        review_id = self._record.board.id
        targets = self._targets()
        if self.first_year.value():
            if targets:
                raise UserError("There are targets in the boxes: untick ‘first year here’, or empty them.")
            self._school.do(words.set_first_year, review_id=review_id, first_year=True)
        else:
            self._school.do(words.take_in_last_targets, review_id=review_id, targets=targets)

    def check(self) -> bool:
        """Every date must be a date."""
        wrong = [day for *_, day in self._rows if not day.check()]
        if wrong:
            wrong[0].setFocus()
            return False
        return super().check()

    def reject_for_list(self) -> None:
        """Close, and have a whole list taken in instead; what is typed here is asked about as ever."""
        self.from_sheet = True
        self.reject()
        if self.isVisible():
            self.from_sheet = False

    def _targets(self) -> list[words.OldTarget]:
        agreed_on = self.agreed.value()
        return [
            words.OldTarget(target.value(), criteria.value(), day.value(), agreed_on)
            for target, criteria, day in self._rows
            if target.value() or criteria.value() or day.value()
        ]

    def _fill(self) -> None:
        targets = self._record.last_targets
        for number in range(max(LEAST_ROWS, len(targets))):
            self._add_row()
            if number < len(targets):
                target, criteria, day = self._rows[number]
                target.set_value(targets[number].target)
                criteria.set_value(targets[number].success_criteria)
                day.set_value(targets[number].by_when)
        self.agreed.set_value(next((each.agreed_on for each in targets if each.agreed_on), None))
        self._show_rows()

    def _add_row(self) -> None:
        place = len(self._rows) + 1
        target, criteria, day = TextField(lines=2, parent=self), TextField(lines=2, parent=self), DateField("31/7/2026", self)
        day.setFixedWidth(theme.px(110))
        for column, (box, name) in enumerate(((target, "target"), (criteria, "success criteria"), (day, "by when"))):
            box.setAccessibleName(f"Target {place}: {name}")
            box.edited.connect(self._touch)
            self._grid.addWidget(box, place, column, Qt.AlignmentFlag.AlignTop if box is day else Qt.AlignmentFlag(0))
        day.problem.connect(self.show_problem)
        self._rows.append((target, criteria, day))
        self.add.setVisible(len(self._rows) < MOST_ROWS)

    def _first_year_edited(self, _on: bool) -> None:
        self._touch()
        self._show_rows()

    def _show_rows(self) -> None:
        """Boxes with words in them stay in reach: ticking must not hide what was typed."""
        off = self.first_year.value() and not self._targets()
        for row in self._rows:
            for box in row:
                box.setEnabled(not off)
        self.agreed.setEnabled(not off)
        self.add.setEnabled(not off)


class TargetListDialog(AskDialog):
    """The preview of a list of targets: what each line would do and why. Nothing is taken in before the button is pressed."""

    def __init__(self, school, name: str, preview: importing.TargetsPreview, parent: QWidget | None = None) -> None:
        counts = preview.preview.counts
        told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]) + "."
        if preview.preview.not_in_list:
            told += f" Without targets, and not in this list: {_names(preview.preview.not_in_list)}."
        number = count_of(len(preview.plan), "review")
        super().__init__(f"Take in the targets of {number}?", f"{name}: {told}", act="&Take in", icon="target", width=WIDE, parent=parent)
        self._school, self._plan = school, preview.plan
        self.taken_in = 0
        columns = (
            Column("row", "Row", 50, _row_number, sort_key=lambda row: row.number),
            Column("name", "Member of staff", 210, lambda row: row.label, extra=_after, delegate=TwoLineDelegate),
            Column("verdict", "Verdict", 110, lambda row: str(row.verdict), extra=_badge, delegate=BadgeDelegate),
            Column("why", "Why", 0, _why, tooltip=_why),
        )
        self.model = TableModel(columns, row_id=lambda row: (row.number, row.label), parent=self)
        self.model.set_rows(preview.preview.rows)
        self.table = HouseTable(self.model, "What the list would change", 38, self)
        self.table.setMinimumHeight(theme.px(300))
        self.body.addWidget(self.table, 1)
        self.act_button.setEnabled(bool(preview.plan))
        self.first = self.table

    def save(self) -> None:
        """Take them in, all or none."""
        self.taken_in = self._school.do(importing.take_in_target_list, plan=self._plan)


def _row_number(row: PreviewRow) -> str:
    return str(row.number)


def _after(row: PreviewRow) -> str:
    return row.changes[0][2] if row.changes else ""


def _badge(row: PreviewRow) -> BadgeText:
    return BadgeText(BADGES[row.verdict], str(row.verdict).capitalize())


def _why(row: PreviewRow) -> str:
    return " ".join(row.reasons)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def agreed_here(record: ReviewRecord) -> bool:
    """Whether last year's targets come out of a statement agreed in this program: then they are not typed over."""
    return any(not target.taken_in for target in record.last_targets)


def known_reviews(school, rows: Sequence[BoardRow]) -> tuple[importing.Known, ...]:
    """Reviews with what they have of last year, to compare a list with."""
    found = []
    for row in rows:
        if is_open(row.stage):
            record = school.read(records.review, review_id=row.id)
            found.append(importing.Known(row, record.last_targets, agreed_here(record)))
        else:
            found.append(importing.Known(row))
    return tuple(found)


def choose_list(parent: QWidget | None) -> Path | None:
    """Which file holds the list?"""
    return messages.choose_file(parent, "Which list holds last year’s targets?", kinds=SHEETS)


def read_list(path: Path) -> bytes:
    """The list's bytes. Raises UserError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be read. Close it in your spreadsheet program, then choose it again.") from error
