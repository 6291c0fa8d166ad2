"""The list of forms: by kind of review, which version is in use, whose words it has, since when and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Form, shipped_form
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.kinds import KINDS
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries
from staffdev_desktop.ui.forms.edit import drafts
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.table_view import HouseTable
from staffdev_desktop.ui.widgets.tables import Column, TableModel

Running = Mapping[tuple[str, int], int]
KIND_OF_FORM = {"self-review": "Sheet before the meeting", "statement": "Meeting and statement"}


@dataclass(frozen=True)
class FormRow:
    """A form as it is used for new reviews."""

    id: str
    kind: str
    form: Form
    own: bool
    made_at: datetime | None
    made_by: str
    running: int | None  # how many running reviews have it, in whatever version; None if nobody has counted
    unsaved: bool


def form_rows(school: School, running: Running | None) -> tuple[FormRow, ...]:
    """Every form that a kind of review uses, in the order of the kinds."""
    rows = []
    for kind in KINDS.values():
        for form_id in (kind.sheet, kind.statement):
            form = school.read(queries.form, form_id=form_id)
            versions = school.read(queries.form_versions, form_id=form_id)
            newest = versions[0] if versions else None
            own = replace(form, version=1) != replace(shipped_form(form_id), version=1)
            count = None if running is None else sum(number for (each, _version), number in running.items() if each == form_id)
            unsaved = drafts.has(str(school.path), form_id)
            made_at, made_by = (newest.made_at, newest.made_by) if newest else (None, "")
            rows.append(FormRow(form_id, kind.title, form, own, made_at, made_by, count, unsaved))
    return tuple(rows)


def _words_badge(row: FormRow) -> BadgeText:
    if row.unsaved:
        return BadgeText("warn", "Not saved yet")
    return BadgeText("info", "Our own", "pen") if row.own else BadgeText("mute", "As shipped", "doc")


def _since(row: FormRow) -> str:
    return day_with_year(row.made_at.date()) if row.made_at else "–"


def _running(row: FormRow) -> str:
    return "" if row.running is None else count_of(row.running, "review")


def forms_model(parent: QWidget) -> TableModel:
    """The columns of the list."""
    columns = (
        Column("kind", "Kind of review", 170, lambda row: row.kind),
        Column("title", "Form", 0, lambda row: row.form.title),
        Column("use", "Used as", 180, lambda row: KIND_OF_FORM.get(row.form.purpose, row.form.purpose)),
        Column("audience", "For whom", 200, lambda row: row.form.audience, tooltip=lambda row: row.form.audience),
        Column("version", "Version", 66, lambda row: str(row.form.version), sort_key=lambda row: row.form.version, align="right"),
        Column("words", "Words", 126, lambda row: _words_badge(row).words, extra=_words_badge, delegate=BadgeDelegate),
        Column("since", "Since", 106, _since, sort_key=lambda row: row.made_at.isoformat() if row.made_at else ""),
        Column("by", "By whom", 130, lambda row: row.made_by, tooltip=lambda row: row.made_by),
        Column("running", "Running", 90, _running, sort_key=lambda row: row.running or 0, align="right"),
    )
    return TableModel(columns, parent=parent)


class Library(QWidget):
    """`opened(form_id)` from the list; `import_asked` and `left` from its buttons."""

    opened = Signal(object)
    import_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = forms_model(self)
        self.table = HouseTable(self.model, "Forms by kind of review", parent=self)
        self.open = PrimaryButton("&Open", "pen", self)
        self.take = PlainButton("&Import a form…", "doc", self)
        self.close_button = PlainButton("&Close", parent=self)
        head, words, foot = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        words.setSpacing(2)
        words.addWidget(role_label("Forms", "title", self))
        second = "What each kind of review asks. A change makes a new version; reviews that are running keep theirs."
        words.addWidget(role_label(second, "second", self))
        head.addLayout(words, 1)
        head.addWidget(self.take)
        head.addWidget(self.open)
        card = Card(self, flush=True)
        card.body.addWidget(self.table)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addLayout(foot)
        self.table.opened.connect(self.opened)
        self.open.clicked.connect(self._open)
        self.take.clicked.connect(self.import_asked)
        self.close_button.clicked.connect(self.left)

    def show_rows(self, rows: tuple[FormRow, ...]) -> None:
        """Show these forms."""
        self.model.set_rows(rows)
        if self.table.chosen_id() is None and rows:
            self.table.choose(rows[0].id)

    def _open(self) -> None:
        if self.table.chosen_id() is not None:
            self.opened.emit(str(self.table.chosen_id()))
