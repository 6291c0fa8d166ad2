"""The view ‘Training’: who has which required training until when, as picture 05b."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.training import queries
from staffdev_desktop.cpd.training.rows import Matrix
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.cpd.nobody import NOBODY_HERE
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.training.cell_dialog import CellDialog
from staffdev_desktop.ui.cpd.training.list_dialog import ListDialog
from staffdev_desktop.ui.cpd.training.matrix_model import MatrixModel
from staffdev_desktop.ui.cpd.training.matrix_view import MatrixTable
from staffdev_desktop.ui.cpd.training.paper_menu import PAPERS, TrainingPapers
from staffdev_desktop.ui.cpd.training.person_dialog import PersonDialog
from staffdev_desktop.ui.cpd.training.record_dialog import RecordDialog
from staffdev_desktop.ui.cpd.training.words import ACTION, SHOW, badges, cover_badge, foot_words
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField
from staffdev_desktop.ui.widgets.list_card import BadgeLine
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterBox

MOST_FOOT = 640  # px at text size 100
AS_TODAY = " This is how it stands today, whichever year is picked."
NO_LIST = ("No training is required yet", "Write what the school requires of whom: then everybody is shown here with the day it runs out.")
NOBODY = ("Nobody is shown", "Nobody fits this filter. Choose ‘Show: everybody’ or empty the box.")


class TrainingPanel(CpdPanel):
    """The matrix as it stands today, whichever year the header shows. A line manager sees their own team."""

    kinds = (
        "training", "training_for", "training_record", "person", "employment", "holding", "post", "staff_group", "cpd_settings", "term",
    )  # fmt: skip

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.matrix: Matrix | None = None
        self.papers = TrainingPapers(school, hub, self)
        self._build_tools()
        self._build()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build_tools(self) -> None:
        self.print_button = more_button("&Print or save", "Print or save training", PAPERS, self._paper_chosen, self)
        self.record = PrimaryButton("Record tr&aining…", "plus", self)
        self.record.clicked.connect(self.add_new)
        self.record.setVisible(self._school.actor.may(Permission.KEEP_CPD))
        self.add_tools(self.print_button, self.record)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._filters())
        self.empty = EmptyState("shield", *NO_LIST, "Add a training…" if self.may_run else "", parent=self)
        if self.empty.button:
            self.empty.button.clicked.connect(self.edit_list)
        self._main = QStackedWidget(self)
        self._main.addWidget(self._card())
        self._main.addWidget(self.empty)
        column.addWidget(self._main, 1)
        self.find.textChanged.connect(self._searched)
        self.order.edited.connect(self._filtered)
        self.team.edited.connect(self._filtered)
        self.table.opened.connect(self.open_cell)
        self.table.person_opened.connect(self.open_person)

    def _filters(self) -> QHBoxLayout:
        self.find = FilterBox("Filter by name, post or group", self)
        self.order, self.team = ChoiceField(SHOW, self), ChoiceField(parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.find, 1)
        for field, name in ((self.order, "Show"), (self.team, "Team")):
            field.setAccessibleName(name)
            field.setFixedWidth(theme.px(216))
            row.addWidget(field)
        self.required = PlainButton("Re&quired training…", parent=self)
        self.required.clicked.connect(self.edit_list)
        self.required.setVisible(self.may_run)
        row.addWidget(self.required)  # not beside the sub-tabs: with large letters there is no room for it
        return row

    def _card(self) -> Card:
        self.model = MatrixModel(self)
        self.table = MatrixTable(self.model, "People and their training", self)
        self.line = BadgeLine(self)
        self.line.setFixedHeight(theme.px(44))
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the page never grows with its badges
        self.foot, self.cover = Elided("second", self, MOST_FOOT), Elided("second", self, MOST_FOOT)
        self.nobody = EmptyState("staff", *NOBODY, parent=self)
        self._list = QStackedWidget(self)
        self._list.addWidget(self.table)
        self._list.addWidget(self.nobody)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 8)
        foot.setSpacing(16)
        foot.addWidget(self.foot)
        foot.addStretch(1)
        foot.addWidget(self.cover)
        card = Card(self, flush=True)
        card.body.addWidget(self.line)
        card.body.addWidget(self._list, 1)
        card.body.addLayout(foot)
        return card

    # -- what the tab asks ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everybody's training and show it; the keyboard stays on its cell."""
        here = self.table.here()
        self.matrix = self._school.read(queries.matrix)
        rows = self.matrix.rows
        teams = {row.person.group_id: row.person.group for row in rows if row.person.group_id}
        self.team.set_choices([(None, "Team: all teams"), *sorted(teams.items(), key=lambda each: each[1].casefold())])
        self.model.set_matrix(self.matrix)
        self._filtered()
        if here:
            self.table.go_to(here)
        self._show_badges()
        self._main.setCurrentIndex(0 if self.matrix.trainings else 1)
        for part in (self.find, self.order, self.team, self.print_button, self.record):
            part.setEnabled(bool(self.matrix.trainings))

    def focus_first(self) -> None:
        """Put the keyboard on the matrix."""
        (self.table if self.model.rowCount() else self.find).setFocus(Qt.FocusReason.TabFocusReason)

    def go_to(self, what: object) -> None:
        """Show a person's row: (their id, a training's id), or their id alone, or a state to show."""
        if self.matrix is None:
            self.refresh()
        if isinstance(what, str):
            self.order.set_value(what)
            self._filtered()
            return
        person_id, training_id = what if isinstance(what, tuple) else (what, None)
        if self.model.place_of(person_id) is None:
            self.find.clear()
            self.order.set_value(ACTION)
            self.team.set_value(None)
            self._filtered()
        self.table.go_to((person_id, training_id))

    def place(self) -> object:
        """The cell the keyboard is on."""
        return self.table.here()

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.find, self.table]

    def print_shown(self) -> None:
        """Ctrl+P: the matrix as it is shown."""
        if self.matrix and self.matrix.trainings:
            self.papers.matrix_paper(self.matrix, self.model.shown_rows())

    def add_new(self) -> None:
        """Ctrl+N: record training, of the column that the keyboard is in."""
        if self.matrix and self.matrix.trainings and self.record.isVisibleTo(self.tools):
            here = self.table.here()
            self.record_for(here[1] if here else self.matrix.trainings[0].id, ())

    # -- what is done ---------------------------------------------------------------------------------------------------

    def record_for(self, training_id: int, person_ids: tuple[int, ...]) -> None:
        """Ask who took this training, and when."""
        dialog = RecordDialog(self._school, training_id, person_ids, self)
        dialog.accepted.connect(self._recorded)
        messages.show(dialog)

    def _recorded(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def open_cell(self, person_id: int, training_id: int) -> None:
        """Show one training of one person, with every time they took it."""
        dialog = CellDialog(self._school, self._hub, person_id, training_id, self)
        dialog.wants_record.connect(self.record_for)
        messages.show(dialog)

    def open_person(self, person_id: int) -> None:
        """Show all training of one person."""
        dialog = PersonDialog(self._school, self._hub, person_id, self)
        dialog.opened.connect(self.open_cell)
        dialog.wants_paper.connect(self._print_owed)
        messages.show(dialog)

    def _print_owed(self, person_id: int) -> None:
        self.papers.owed_by(self.matrix, person_id)

    def edit_list(self) -> None:
        """What the school requires, and of whom."""
        messages.show(ListDialog(self._school, self._hub, self))

    def _paper_chosen(self) -> None:
        getattr(self.papers, self.sender().data())(self.matrix, self.model.shown_rows())

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _searched(self, text: str) -> None:
        self.model.set_filter(text)
        self._say_shown()

    def _filtered(self, *_value: object) -> None:
        self.model.show(self.order.value(), self.team.value())
        self._say_shown()

    def _say_shown(self) -> None:
        shown = self.model.shown_rows()
        self._list.setCurrentIndex(0 if shown else 1)
        self.nobody.set_words(*(NOBODY if self.matrix.rows else NOBODY_HERE))
        self.table.horizontalHeader().viewport().update()  # a sort may have gone
        another = self._hub.year != year_of(self.matrix.today)
        self.foot.setText(foot_words(shown, self.matrix) + (AS_TODAY if another else ""))

    def _show_badges(self) -> None:
        matrix = self.matrix
        cover = [cover_badge(each, matrix.today, matrix.warn_days) for each in matrix.cover]
        warned = Elided("second", self.line, MOST_FOOT)
        warned.setText(f"Warned {count_of(matrix.warn_days, 'day')} before a certificate runs out")
        self.line.show_badges((*badges(matrix), *(each for each in cover if each.kind != "ok")), warned)
        self.cover.setText(" · ".join(each.words for each in cover))
