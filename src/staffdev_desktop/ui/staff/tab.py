"""The tab ‘Staff’: everybody in a list with a live filter, the record of the one chosen beside it, and the way in for a staff list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.ledger.queries import ledger
from staffdev_desktop.cpd.training.queries import person_training
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, PersonStage
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.rows import Roll
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.staff.actions import StaffActions
from staffdev_desktop.ui.staff.import_page import ImportPage
from staffdev_desktop.ui.staff.models import EVERYBODY, StaffFilter, group_choices, list_rows, roll_choices, staff_model
from staffdev_desktop.ui.staff.record import MARGIN, RecordPanel, RecordView
from staffdev_desktop.ui.staff.tree import TreeDialog
from staffdev_desktop.ui.staff.words import shown_words
from staffdev_desktop.ui.when_seen import WhenSeen
from staffdev_desktop.ui.widgets.buttons import IconButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, role_label
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable

QWIDGETSIZE_MAX = 16_777_215
LIST_WIDTH, RECORD_BELOW = 622, 1180  # with less page (px at the text size chosen) the record goes under the list
KINDS = frozenset({"person", "employment", "post", "holding", "qualification", "membership", "staff_group"})
REVIEW_KINDS = frozenset({"review", "cycle", "target", "statement", "statement_copy"})
CPD_KINDS = frozenset({"entry", "entitlement", "absence", "cpd_kind", "training", "training_for", "training_record"})


class Tab(QWidget):
    """Shows everybody, as they stand today, with their review of the academic year picked in the header."""

    title, icon_name = "&Staff", "staff"

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._school, self._hub = school, hub
        self._sees_reviews = school.actor.may(Permission.SEE_REVIEWS)
        self._stages: dict[int, PersonStage] = {}
        self._reviews: dict[int, BoardRow] = {}
        self._wanted: int | None = None  # to be shown as soon as it is in the list
        self.doing = StaffActions(school, hub, self)
        self._build()
        self._wire()
        self.refresh()

    # -- putting it together ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.filter = FilterBox("Filter by name or role", self)
        self.group = ChoiceField(group_choices(()), self)
        self.group.setAccessibleName("Staff group")
        self.roll = ChoiceField(roll_choices(), self)
        self.roll.setAccessibleName("Who is shown")
        for part, width in ((self.filter, 190), (self.group, 136), (self.roll, 110)):
            part.setFixedWidth(theme.px(width))
        self.add_button = PrimaryButton("&Add person", "plus", self)
        self.add_button.setToolTip("Add person (Ctrl+N)")
        self.more = IconButton("more", "More: staff list from a spreadsheet, who manages whom", self, quiet=False)
        self.more.setMenu(self._menu())
        self.model = staff_model(self)
        self.table = HouseTable(self.model, "People", parent=self)
        self.foot = role_label("", "small", self)
        self.empty = EmptyState(
            "staff", "There is nobody here yet", "Take in the staff list that your school program gives, or add people by hand.",
            "&Take in a staff list…", "doc", self,
        )  # fmt: skip
        self.nothing_found = EmptyState("search", "Nobody is shown", "Change the filter, or choose Everybody.", parent=self)
        self.record = RecordPanel(self)
        self.import_page = ImportPage(self._school, self._hub, self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._people_page())
        self.pages.addWidget(self.import_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _people_page(self) -> QWidget:
        page = QWidget(self)
        page.setObjectName("page")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter)
        top.addWidget(self.group)
        top.addWidget(self.roll)
        top.addStretch(1)
        top.addWidget(self.add_button)
        top.addWidget(self.more)
        card = Card(page, flush=True)
        self.middle = QStackedWidget(card)
        for part in (self.table, self.empty, self.nothing_found):
            self.middle.addWidget(part)
        card.body.addWidget(self.middle, 1)
        foot = QFrame(card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 5, 12, 5)
        row.addWidget(self.foot)
        card.body.addWidget(foot)
        self.list_side = QWidget(page)
        left = QVBoxLayout(self.list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(top)
        left.addWidget(card, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._row.setContentsMargins(16, 12, 2, 12)  # the record keeps the rest of the right margin for its scroll bar
        self._row.setSpacing(16)
        self._row.addWidget(self.list_side)
        self._row.addWidget(self.record, 1)
        self._fit()
        return page

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Take in a staff list…", self.take_in)
        menu.addAction("Who manages whom…", self.show_tree)
        return menu

    def _wire(self) -> None:
        self._people_changed, self._reviews_changed = WhenSeen(self, self.refresh), WhenSeen(self, self._year_changed)
        self._hub.changed.connect(self._changed)
        self._hub.year_changed.connect(self._year_changed)
        self.filter.textChanged.connect(self._filter)
        self.group.edited.connect(self._keep)
        self.roll.edited.connect(self._keep)
        self.add_button.clicked.connect(self.doing.add_person)
        self.empty.button.clicked.connect(self.take_in)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._edit)
        self.record.asked.connect(self._perform)
        self.doing.added.connect(self.open_person)
        self.import_page.left.connect(self._show_people)
        self.import_page.taken_in.connect(self._taken_in)
        for keys, slot in (("Ctrl+N", self.doing.add_person), ("F2", self._edit), ("Ctrl+P", self._print), ("Delete", self._delete)):
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- what the window asks -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everybody and show them; who is chosen stays chosen."""
        self.group.set_choices(group_choices(self._school.read(settings.staff_groups)))
        self._read_reviews()
        self._show_rows()

    def focus_first(self) -> None:
        """Put the keyboard in the list."""
        if self.pages.currentWidget() is self.import_page:
            self.import_page.focus_first()
        elif self.middle.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.middle.currentWidget() is self.nothing_found:
            self.filter.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Nothing on this page is typed in place: dialogs keep their own words."""

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        if self.pages.currentWidget() is self.import_page:
            return self.import_page.panels()
        return [self.filter, self.middle, self.record]

    def place(self) -> object:
        """Whose record is open, for the screen lock."""
        return self.table.chosen_id()

    def go_to(self, place: object) -> None:
        """Go back to that record."""
        if self.model.row_of(place) is not None:
            self.open_person(place)

    def open_person(self, person_id: int) -> None:
        """Show somebody's record, whatever the filters hide now."""
        self._show_people()
        if self.model.row_of(person_id) is None:
            self._wanted = person_id
            self.refresh()
            return
        if self.model.place_of(person_id) is None:
            self.filter.clear()
            self.group.set_value(None)
            row = self.model.row_of(person_id)
            if self.roll.value() not in (EVERYBODY, row.person.roll):
                self.roll.set_value(EVERYBODY if self.roll.value() != Roll.ON_ROLL else row.person.roll)
            self._keep()
        already = self.table.chosen_id() == person_id
        self.table.choose(person_id)
        if already:
            self._show(person_id)

    # -- what can be done ---------------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Ask for the staff list's file; the page takes over once there is one."""
        if self.import_page.choose_file():
            self.pages.setCurrentWidget(self.import_page)
            self.import_page.focus_first()

    def show_tree(self) -> None:
        """Show who manages whom."""
        dialog = TreeDialog(self._school.read(queries.manager_tree), self)
        dialog.person_chosen.connect(self.open_person)
        dialog.show_it()

    def _perform(self, verb: str, key: object) -> None:
        if self.record.view is not None:
            self.doing.perform(self.record.view.record, verb, key)

    def _edit(self, _person_id: object = None) -> None:
        self._perform("edit", None)

    def _print(self) -> None:
        self._perform("print", None)

    def _delete(self) -> None:
        if self.table.hasFocus():
            self._perform("delete", None)

    # -- what is shown ------------------------------------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            self._people_changed()
        elif changed.touches(*REVIEW_KINDS, *CPD_KINDS):
            self._reviews_changed()

    def _year_changed(self, *_year: int) -> None:
        self._read_reviews()
        self._show_rows()

    def _read_reviews(self) -> None:
        if self._sees_reviews:
            year = self._hub.year
            self._stages = {stage.person_id: stage for stage in self._school.read(boards.stages_by_person, year=year)}
            self._reviews = {row.person_id: row for row in self._school.read(boards.cycle_board, year=year)}

    def _show_rows(self) -> None:
        self.model.set_rows(list_rows(self._school.read(queries.people_list), self._stages))
        self._keep()
        if self._wanted is not None and self.model.row_of(self._wanted) is not None:
            wanted, self._wanted = self._wanted, None
            self.open_person(wanted)
        elif self.table.chosen_id() is None and self.model.rowCount():
            self.table.choose(self.model.id_at(0))
        else:
            self._show(self.table.chosen_id())

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._count()

    def _keep(self, _value: object = None) -> None:
        self.model.set_condition(StaffFilter(self.group.value(), str(self.roll.value())).keeps)
        self._count()

    def _count(self) -> None:
        everybody, shown = len(self.model.rows()), self.model.rowCount()
        self.foot.setText(shown_words(shown, everybody, len(self._stages)))
        self.middle.setCurrentWidget(self.table if shown else self.nothing_found if everybody else self.empty)

    def _show(self, person_id: object) -> None:
        if person_id is None or self.model.row_of(person_id) is None:
            self.record.show_view(None)
            return
        try:
            record = self._school.read(queries.person_record, person_id=person_id)
        except UserError:  # deleted on the way here; the list hears of it next
            self.record.show_view(None)
            return
        targets = self._school.read(records.current_targets, person_id=person_id) if self._sees_reviews else ()
        hours = self._school.read(ledger, year=self._hub.year, person_id=person_id)
        training = self._school.read(person_training, person_id=person_id)
        stage, review = self._stages.get(person_id), self._reviews.get(person_id)
        self.record.show_view(RecordView(record, stage, review, targets, hours[0] if hours else None, training))

    def _show_people(self) -> None:
        self.pages.setCurrentIndex(0)

    def _taken_in(self) -> None:
        self._show_people()
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside one another, or the record under the list where letters are large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme.px(RECORD_BELOW)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.list_side.layout().setContentsMargins(0, 0, 0 if wide else MARGIN, 0)
        self.list_side.setMinimumWidth(theme.px(LIST_WIDTH) if wide else 0)
        self.list_side.setMaximumWidth(theme.px(LIST_WIDTH) if wide else QWIDGETSIZE_MAX)
