"""The school’s own list of required training: what it is called, how long it counts, and of whom it is required."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import ForWhom, TrainingDetails, TrainingRow
from staffdev_desktop.cpd.training.rules import YEARLY_UNTIL, validity_words
from staffdev_desktop.kernel.dates import MONTH_NAMES
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.staff.rules import KINDS
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import AskDialog, problems_said
from staffdev_desktop.ui.cpd.training.words import whom_words
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, NoteLine, TextField, TickField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

WIDE, HIGH, STRETCH = 860, 600, 100
FOR_EVER, MONTHS, YEARLY = "ever", "months", "yearly"
YEARLY_HINT = f"Done at any time of a year, until {YEARLY_UNTIL[1]} {MONTH_NAMES[YEARLY_UNTIL[0] - 1]} of the next."
COUNTS = ((MONTHS, "For some months"), (YEARLY, "Anew in each academic year"), (FOR_EVER, "For ever"))


def wide(dialog: HouseDialog, width: int, height: int) -> None:
    """Let a dialog with a table be wider than a question."""
    dialog.setMaximumWidth(theme.px(width) + 400)
    dialog.setMinimumWidth(theme.px(width))
    dialog.resize(theme.px(width), min(theme.px(height), 640))


class ListDialog(HouseDialog):
    """Shows the list; each change is made at once, with its undo."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        told = "How long something counts is a suggestion until you change it. What a certificate says can be written with each record."
        super().__init__("What training is required, and of whom?", told, safe="&Close", parent=parent)
        wide(self, WIDE, HIGH)
        self._school, self._hub = school, hub
        self.model = TableModel(_list_columns(), parent=self)
        self.table = HouseTable(self.model, "Required training, in its order", 33, self)
        self.table.setMinimumHeight(theme.px(260))
        self.table.opened.connect(self.change)
        self.body.addWidget(self.table, 1)
        self.layout().setStretchFactor(self.body, STRETCH)
        self.add = PlainButton("&Add a training…", "plus", self)
        self.edit = PlainButton("C&hange…", "pen", self)
        self.up = PlainButton("Move &up", parent=self)
        self.down = PlainButton("Move &down", parent=self)
        self.remove_button = PlainButton("&Remove…", "x", self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, do in (
            (self.add, self.add_one),
            (self.edit, self.change),
            (self.up, self._up),
            (self.down, self._down),
            (self.remove_button, self.remove),
        ):
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(self._warning())
        hub.changed.connect(self._changed)
        self._show()
        if self.model.rowCount():
            self.table.choose(self.model.id_at(0))

    def _warning(self) -> QHBoxLayout:
        self.days = LineField(parent=self)
        self.days.setFixedWidth(theme.px(64))
        self.days.setAccessibleName("Days before a certificate runs out that it is warned of")
        self.days.editingFinished.connect(self._warn)
        label = role_label("&Warned", "label", self)
        label.setBuddy(self.days)
        self.problem_of_days = NoteLine(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.days)
        row.addWidget(role_label("days before a certificate runs out", "body", self))
        row.addWidget(self.problem_of_days)
        row.addStretch(1)
        return row

    def _warn(self) -> None:
        """Keep what was typed, once it is a number of days."""
        words = self.days.value()
        if words == str(self._warn_days):
            self.problem_of_days.show_words("")
            return
        try:
            self._school.do(services.set_warning, days=int(words[:6]) if words.isdecimal() else 0)
        except UserError as error:
            self.problem_of_days.show_words(error.message, error=True)
            return
        self.problem_of_days.show_words("")
        self._warn_days = int(words)
        self._hub.notify(f"Warned {count_of(self._warn_days, 'day')} before a certificate runs out", undo=True)

    def chosen(self) -> TrainingRow | None:
        """The training chosen."""
        line = self.model.row_of(self.table.chosen_id())
        return line.training if line else None

    def add_one(self) -> None:
        """Ask about a training that is not on the list yet."""
        self._ask(None)

    def change(self, *_key: object) -> None:
        """Ask what has changed about the one chosen."""
        if self.chosen() is not None:
            self._ask(self.chosen())

    def remove(self) -> None:
        """Take the one chosen off the list, after asking."""
        training = self.chosen()
        if training is None:
            return
        words = "Nobody is asked for it any more. Training that people have records of can only go out of use."
        if messages.ask(self, f"Take ‘{training.name}’ off the list?", words, act="&Take it off", safe="&Keep it"):
            gone = problems_said(self, self._remove, training)
            if gone:
                self._hub.notify(f"Off the list: {training.name}", undo=True)

    def _remove(self, training: TrainingRow) -> None:
        self._school.do(services.remove_training, training_id=training.id)

    def _ask(self, training: TrainingRow | None) -> None:
        dialog = TrainingDialog(self._school, training, self)
        dialog.accepted.connect(self._saved)
        messages.show(dialog)

    def _saved(self) -> None:
        self._hub.notify(f"Saved: {self.sender().fields['name'].value()}", undo=True)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        training = self.chosen()
        if training is not None:
            problems_said(self, self._write_move, training, step)

    def _write_move(self, training: TrainingRow, step: int) -> None:
        self._school.do(services.move_training, training_id=training.id, step=step)

    def _changed(self, changed: object) -> None:
        if changed.touches("training", "training_for", "cpd_settings"):
            self._show()

    def _show(self) -> None:
        groups = {group.id: group.name for group in self._school.read(settings.staff_groups)}
        posts = {post.id: post.title for post in self._school.read(staff.posts)}
        rows = self._school.read(queries.trainings, in_use_only=False)
        self.model.set_rows([ListLine(row, whom_words(row.whom, groups, posts)) for row in rows])
        for button in (self.edit, self.up, self.down, self.remove_button):
            button.setEnabled(bool(rows))
        self._warn_days = self._school.read(log.cpd_settings).warn_days
        if not self.days.hasFocus():
            self.days.set_value(str(self._warn_days))


@dataclass(frozen=True)
class ListLine:
    """A training with whom it is required of, in words."""

    training: TrainingRow
    whom: str

    @property
    def id(self) -> int:
        """The training’s."""
        return self.training.id


@dataclass(frozen=True)
class WhomLine:
    """One of those of whom training may be required."""

    whom: ForWhom
    words: str
    kind: str

    @property
    def id(self) -> ForWhom:
        """The line itself."""
        return self.whom


class TrainingDialog(AskDialog):
    """One training: new, or as it is on the list."""

    def __init__(self, school, training: TrainingRow | None, parent: QWidget | None = None) -> None:
        title = f"What is to be changed about ‘{training.name}’?" if training else "Which training is required?"
        super().__init__(title, act="&Save", icon="check", width=WIDE, parent=parent)
        self._school, self._training = school, training
        details = training.details if training else TrainingDetails("", months=36)
        column, right = QVBoxLayout(), QVBoxLayout()
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(column, 1)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
        self.layout().setStretchFactor(self.body, STRETCH)
        self._build_details(column, details)
        self._build_whom(right, training.whom if training else ())
        self.resize(theme.px(WIDE), min(theme.px(480), 640))

    def _build_details(self, column: QVBoxLayout, details: TrainingDetails) -> None:
        column.setSpacing(10)
        self.add_field("name", LabelledField("&Name", LineField(), parent=self)).set_value(details.name)
        self.add_field("counts", LabelledField("It c&ounts", ChoiceField(COUNTS), parent=self))
        self.fields["counts"].set_value(YEARLY if details.yearly else FOR_EVER if details.months is None else MONTHS)
        self.add_field("months", LabelledField("&Months", LineField("36"), parent=self))
        self.fields["months"].set_value(str(details.months or ""))
        hint = "People in date that the school cannot do without. 0: nobody is counted."
        self.add_field("minimum_cover", LabelledField("Minimum co&ver", LineField("0"), hint=hint, parent=self))
        self.fields["minimum_cover"].set_value(str(details.minimum_cover))
        self.add_field("note", LabelledField("No&te", TextField(lines=3), parent=self)).set_value(details.note)
        self.in_use = TickField("In &use: asked for and shown in the matrix", self)
        self.in_use.set_value(details.in_use)
        self.in_use.edited.connect(self._touch)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.fields["counts"], 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.fields["months"], 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.fields["name"])
        column.addLayout(row)
        column.addWidget(self.fields["minimum_cover"])
        column.addWidget(self.fields["note"])
        column.addWidget(self.in_use)
        column.addStretch(1)
        self.fields["counts"].edited.connect(self._show_months)
        self._show_months()

    def _build_whom(self, column: QVBoxLayout, whom: Sequence[ForWhom]) -> None:
        column.setSpacing(6)
        label = role_label("Re&quired of", "label", self)
        self.find = FilterBox("Find a group, post or person", self)
        label.setBuddy(self.find)
        self.model = TableModel(_whom_columns(), tickable=True, parent=self)
        self.table = HouseTable(self.model, "Of whom it is required", 28, self)
        self.table.opened.connect(self._turn)
        self.find.textChanged.connect(self.model.set_filter)
        self._kept = [line for line in whom if line.exempt]
        lines = self._choices()
        asked = {line for line in whom if not line.exempt}
        lines.sort(key=lambda line: line.whom not in asked)
        self.model.set_rows(lines)
        self.model.set_ticked(asked)
        self.model.ticks_changed.connect(self._touch)
        column.addWidget(label)
        column.addWidget(self.find)
        column.addWidget(self.table, 1)
        exempt = sum(line.person_id is not None for line in self._kept)
        if exempt:
            words = f"{exempt} exempt by name: change that in their cell of the matrix."
            column.addWidget(role_label(words, "hint", self, wrap=True))

    def _choices(self) -> list[WhomLine]:
        found = [WhomLine(ForWhom(everybody=True), "Everybody", "")]
        found += [
            WhomLine(ForWhom(staff_group_id=row.id), row.name, "Staff group") for row in self._school.read(settings.staff_groups)
        ]  # fmt: skip
        found += [WhomLine(ForWhom(person_kind=kind), words, "Kind of person") for kind, words in KINDS.items()]
        posts = sorted(self._school.read(staff.posts), key=lambda post: post.title.casefold())
        found += [WhomLine(ForWhom(post_id=post.id), ", ".join(filter(None, (post.title, post.site))), "Post") for post in posts]
        people = self._school.read(staff.names, on_roll_only=True)
        return found + [WhomLine(ForWhom(person_id=person.id), person.name, "Person") for person in people]

    def _turn(self, key: object) -> None:
        self.model.set_ticked([key], not self.model.is_ticked(key))

    def _show_months(self, *_value: object) -> None:
        counts = self.fields["counts"].value()
        self.fields["months"].setVisible(counts == MONTHS)
        self.fields["counts"].set_hint(YEARLY_HINT if counts == YEARLY else "")

    def _number(self, key: str, sentence: str) -> int:
        text = str(self.fields[key].value())
        if not text.isdecimal():
            raise UserError(sentence, field=key)
        return int(text[:6])

    def save(self) -> None:
        """Put it on the list, or change it there."""
        counts = self.fields["counts"].value()
        details = TrainingDetails(
            name=self.fields["name"].value(),
            months=self._number("months", "Write a number of months. 36 is three years.") if counts == MONTHS else None,
            yearly=counts == YEARLY,
            minimum_cover=self._number("minimum_cover", "Write a number of people, 0 for none."),
            note=self.fields["note"].value(),
            in_use=self.in_use.value(),
        )
        ticked = self.model.ticked()
        named = [line.person_id for line in ticked if line.person_id is not None]
        whom = [*ticked, *(line for line in self._kept if line.person_id not in named)]
        if self._training is None:
            self._school.do(services.add_training, details=details, whom=whom)
        else:
            self._school.do(
                services.change_training, training_id=self._training.id, revision=self._training.revision, details=details, whom=whom
            )


def _list_columns() -> tuple[Column, ...]:
    return (
        Column("name", "Training", 210, _name),
        Column("counts", "Counts", 210, _counts),
        Column("cover", "Minimum cover", 110, _cover),
        Column("whom", "Required of", 0, _whom, tooltip=_whom),
    )


def _name(line: ListLine) -> str:
    return line.training.name


def _counts(line: ListLine) -> str:
    words = validity_words(line.training.details)
    return words[:1].upper() + words[1:]


def _cover(line: ListLine) -> str:
    return str(line.training.details.minimum_cover or "")


def _whom(line: ListLine) -> str:
    return line.whom if line.training.details.in_use else "Not in use"


def _whom_columns() -> tuple[Column, ...]:
    return (Column("words", "Who", 0, _words), Column("kind", "Kind", 110, _kind))


def _words(line: WhomLine) -> str:
    return line.words


def _kind(line: WhomLine) -> str:
    return line.kind
