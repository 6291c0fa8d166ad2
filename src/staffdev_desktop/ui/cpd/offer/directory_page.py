"""The directory: what can be booked, filtered as one types, with the line that is chosen beside it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.cpd.offer.rows import Checked, DirectoryRow
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.list_keys import ListKeys
from staffdev_desktop.ui.cpd.offer.dialogs import AskForItDialog, DirectoryDialog
from staffdev_desktop.ui.cpd.offer.providers import ProvidersDialog
from staffdev_desktop.ui.cpd.offer.record_card import DirectoryCard
from staffdev_desktop.ui.cpd.offer.words import DirectoryFilter, directory_model, filter_choices
from staffdev_desktop.ui.widgets.bulk_bar import BulkBar
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label
from staffdev_desktop.ui.widgets.list_card import ListCard
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable

ROW_HEIGHT, SHORTEST = 42, 6
ROOM_FOR_ALL, LEAVE_FIRST = 1250, ("where", "hours")  # px at 100 per cent
FILTERS = (("kind", "Kind", 140), ("setting", "Where", 160), ("strand", "Strand", 160), ("checked", "Up to date", 170))


class DirectoryPage(QWidget):
    """The list and the card beside it. `enrol_asked(programme id)` when people are to be enrolled on what is chosen."""

    enrol_asked = Signal(int)

    def __init__(self, school, hub, *, may_run: bool, programmes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._may_run, self._programmes = school, hub, may_run, programmes
        self.find = FilterBox("Find by any word", self)
        self.filters: dict[str, ChoiceField] = {}
        self.top = QWidget(self)  # beside the segments
        top = QHBoxLayout(self.top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addWidget(self.find, 2)
        for key, name, _width in FILTERS:
            field = ChoiceField(parent=self)
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(SHORTEST)  # with little room, or large letters, the words are cut and not the window
            field.setAccessibleName(name)
            field.edited.connect(self._filtered)
            self.filters[key] = field
            top.addWidget(field, 1)
        self._measure()
        self.model = directory_model(self, tickable=may_run)
        self.table = HouseTable(self.model, "Directory", row_height=ROW_HEIGHT, parent=self)
        self.bulk = self._bulk_bar()
        self.words = role_label("", "second", self)
        self.card = DirectoryCard(may_run=may_run, parent=self)
        self.empty = EmptyState("search", "The directory is empty", "Add what can be booked, with cost, dates and contact.", "Add a line…")
        self.main = QStackedWidget(self)
        self._lay_out()
        self._wire()

    def _bulk_bar(self) -> BulkBar:
        bar = BulkBar("line", parent=self)
        self.checked, self.remove = PlainButton("Checked today: still right", "check", bar), PlainButton("Remove…", "x", bar)
        bar.add(self.checked)
        bar.add(self.remove)
        return bar

    def _lay_out(self) -> None:
        line = QWidget(self)
        words = QHBoxLayout(line)
        words.setContentsMargins(12, 0, 12, 0)
        words.addWidget(self.words, 1)
        card = ListCard(self.table, self, line=line, bulk=self.bulk, foot=False)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.card)
        self.main.addWidget(whole)
        self.main.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.main, 1)

    def _wire(self) -> None:
        self.find.textChanged.connect(self.model.set_filter)
        self.model.shown_changed.connect(self._say_shown)
        self.checked.clicked.connect(self.mark_checked)
        self.remove.clicked.connect(self.remove_ticked)
        self.table.opened.connect(self.change_line)
        ListKeys(self.table, remove=self.remove_chosen)
        self.table.chosen.connect(self._show_chosen)
        self.card.asked.connect(self._asked)
        self.empty.button.clicked.connect(self.add_line)
        self.empty.button.setVisible(self._may_run)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, or large letters, some columns leave theirs to the title: the card has their words."""
        super().resizeEvent(event)
        for place, column in enumerate(self.model.columns):
            if column.key in LEAVE_FIRST:
                self.table.setColumnHidden(place, self.width() < theme.px(ROOM_FOR_ALL))

    def changeEvent(self, event: QEvent) -> None:
        """The filters grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "main"):
            self._measure()

    def _measure(self) -> None:
        for key, _name, width in FILTERS:
            self.filters[key].setMaximumWidth(theme.px(width))

    # -- what is shown ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the directory and show it."""
        rows = self._school.read(queries.directory)
        for key, choices in filter_choices(rows).items():
            self.filters[key].set_choices(choices)
        self.model.set_rows(rows)
        self._filtered()
        if self.table.chosen_id() is None and rows:
            self.table.choose(self.model.id_at(0))
        self._show_chosen()
        self.main.setCurrentIndex(0 if rows else 1)
        for part in (self.find, *self.filters.values()):
            part.setEnabled(bool(rows))

    def shown_rows(self) -> tuple[DirectoryRow, ...]:
        """What ‘print what is shown’ prints."""
        return self.model.shown_rows()

    def focus_first(self) -> None:
        """Begin by typing what is looked for."""
        (self.find if self.main.currentIndex() == 0 else self.empty.button).setFocus(Qt.FocusReason.TabFocusReason)

    def _filtered(self, *_value: object) -> None:
        wanted = DirectoryFilter(**{key: field.value() for key, field in self.filters.items()})
        self.model.set_condition(wanted.keeps)

    def _say_shown(self) -> None:
        everything, shown = len(self.model.rows()), self.model.rowCount()
        number = count_of(everything, "line") if shown == everything else f"{shown} of {count_of(everything, 'line')}"
        old = sum(row.checked is not Checked.FRESH for row in self.model.rows())
        stale = f" {count_of(old, 'line has', 'lines have')} not been checked for a year or more." if old else ""
        self.words.setText(f"Showing {number}.{stale}")

    def _show_chosen(self, _key: object = None) -> None:
        self.card.show_row(self.model.row_of(self.table.chosen_id()))

    # -- what is done -----------------------------------------------------------------------------------------------------

    def add_line(self) -> None:
        """Ask what else can be booked."""
        self._open(None)

    def change_line(self, item_id: int) -> None:
        """Ask what is right."""
        row = self.model.row_of(item_id)
        if row is not None and self._may_run:
            self._open(row)

    def _open(self, row: DirectoryRow | None) -> None:
        providers, kinds = self._school.read(queries.providers), self._school.read(log.kinds)
        self._show(DirectoryDialog(self._school, row, providers, kinds, self._programmes(), self))

    def _show(self, dialog: DirectoryDialog | AskForItDialog) -> None:
        dialog.accepted.connect(self._saved)
        messages.show(dialog)

    def _saved(self) -> None:
        self._hub.notify(self.sender().said(), undo=True)

    def show_providers(self) -> None:
        """The list of providers."""
        messages.show(ProvidersDialog(self._school, self))

    def mark_checked(self) -> None:
        """The ticked lines were looked at today and hold."""
        ticked = self.model.ticked()
        if problems_said(self, self._mark, ticked):
            self.model.clear_ticks()
            self._hub.notify(f"{count_of(len(ticked), 'line')} checked today", undo=True)

    def _mark(self, ids: tuple[int, ...]) -> None:
        self._school.do(services.mark_checked, item_ids=ids)

    def remove_ticked(self) -> None:
        """Take the ticked lines out, after asking."""
        self._remove(self.model.ticked())

    def _remove(self, ids: tuple[int, ...]) -> None:
        number = count_of(len(ids), "line")
        words = "What people have done or asked for stays in their logs."
        asked = f"Remove {number} from the directory?"
        if ids and messages.ask(self, asked, words, act="&Remove", safe="&Keep") and problems_said(self, self._take_out, ids):
            self._hub.notify(f"{number} removed", undo=True)

    def _take_out(self, ids: tuple[int, ...]) -> None:
        self._school.do(services.remove_from_directory, item_ids=ids)

    def remove_chosen(self) -> None:
        """Take the chosen line out, after asking."""
        if self._may_run and self.table.chosen_id() is not None:
            self._remove((self.table.chosen_id(),))

    def _asked(self, verb: str) -> None:
        row = self.model.row_of(self.table.chosen_id())
        if row is None:
            return
        if verb == "enrol":
            self.enrol_asked.emit(row.details.programme_id)
        elif verb == "ask":
            self._show(AskForItDialog(self._school, row, self._school.read(log.people), self))
        else:
            self.change_line(row.id)
