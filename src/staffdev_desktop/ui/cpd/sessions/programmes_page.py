"""Programmes at the left, who is on the one chosen at the right, and how far they are."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from staffdev_desktop.cpd.programmes.enrolments import queries, services
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, ProgrammeRow, SencoRow
from staffdev_desktop.cpd.programmes.enrolments.rules import money_in_words, most_urgent_first, senco_words
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.sessions import programmes_model as model
from staffdev_desktop.ui.cpd.sessions.enrolment_dialogs import EndDialog, EnrolDialog, EnrolmentDialog
from staffdev_desktop.ui.cpd.sessions.programme_dialog import ProgrammeDialog
from staffdev_desktop.ui.cpd.sessions.progress_dialog import ProgressDialog
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, NoteLine, role_label
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.search_box import FilterBox
from staffdev_desktop.ui.widgets.table_view import HouseTable

LIST, SHOWN, ROW = 340, 124, 42
ROOM_FOR_DATES = 860  # px at 100 per cent: with less, the first day leaves its room to the words
SENCO = "npqsenco"
NOBODY_ON_IT = ("Nobody is on it yet", "Press ‘Enrol people’: who, and the day they begin.")
NONE_FITS = ("Nobody fits", "Choose another stage, or empty the box.")
VERBS = (
    ("&Dates, mentor, fee…", "change"),
    ("Open their &log", "log"),
    ("It has not ended after &all…", "reopen"),
    ("&Remove the enrolment…", "remove"),
)


class ProgrammesPage(QWidget):
    """Follows no year: a programme runs over several. `log_wanted(person_id)` to see somebody’s log."""

    log_wanted = Signal(object)

    def __init__(self, school, hub, may_run: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._may_run = school, hub, may_run
        self._programmes: dict[int, ProgrammeRow] = {}
        self._rows: tuple[EnrolmentRow, ...] = ()
        self._sencos: tuple[SencoRow, ...] = ()
        self._programme_id = model.EVERYBODY
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        self.left = self._left()
        across.addWidget(self.left)
        across.addWidget(self._right(), 1)
        self._wire()
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "shown"):
            self._measure()

    def _measure(self) -> None:
        self.left.setFixedWidth(theme.px(LIST))
        self.shown.setFixedWidth(theme.px(SHOWN))

    def _left(self) -> Card:
        self.find = FilterBox("Find a programme", self)
        self.list_model = model.list_model(self)
        self.list = HouseTable(self.list_model, "Programmes", row_height=ROW, parent=self)
        self.list.horizontalHeader().hide()
        self.add = QuietButton("Add a programme…", "plus", self)
        self.edit = QuietButton("Change it…", "pen", self)
        card = Card(self, flush=True)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        foot.setContentsMargins(6, 4, 6, 4)
        top.addWidget(self.find)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.edit)
        card.body.addLayout(top)
        card.body.addWidget(self.list, 1)
        card.body.addLayout(foot)
        for button in (self.add, self.edit):
            button.setVisible(self._may_run)
        return card

    def _right(self) -> Card:
        self.card = Card(self, flush=True)
        self.title = CardTitle("", "", self)
        self.who = FilterBox("Find a person", self)
        self.shown = ChoiceField(model.SHOWN, self)
        self.shown.setAccessibleName("Stage")
        self.title.add(self.who)
        self.title.add(self.shown)
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 8, 6)
        head.addWidget(self.title)
        self.model = model.people_model(self)
        self.table = HouseTable(self.model, "People on programmes", row_height=ROW, parent=self)
        self.about = role_label("", "second", self)
        self.mark = PlainButton("Mar&k a part as done…", "check", self)
        self.end = PlainButton("How it ended…", parent=self)
        self.more = more_button("More", "More to do with this enrolment", VERBS, self._verb_chosen, self)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.about, 1)
        for button in (self.mark, self.end, self.more):
            foot.addWidget(button)
            button.setVisible(self._may_run)
        self.card.body.addLayout(head)
        self.senco = NoteLine(self)
        self.senco.setContentsMargins(14, 0, 12, 6)
        self.card.body.addWidget(self.senco)
        self.empty = EmptyState("cap", "", "", parent=self)
        self._middle = QStackedWidget(self.card)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.empty)
        self.card.body.addWidget(self._middle, 1)
        self.card.body.addLayout(foot)
        return self.card

    def _wire(self) -> None:
        self.find.textChanged.connect(self.list_model.set_filter)
        self.who.textChanged.connect(self.model.set_filter)
        self.shown.edited.connect(self._narrow)
        self.model.shown_changed.connect(self._say_shown)
        self.list.chosen.connect(self._programme_chosen)
        self.list.opened.connect(self._edit)
        self.table.chosen.connect(self._person_chosen)
        self.table.opened.connect(self._opened)
        self.add.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.mark.clicked.connect(self.mark_part)
        self.end.clicked.connect(self._ask_end)

    # -- what is shown --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read programmes and people; what was chosen stays."""
        self._programmes = {row.id: row for row in self._school.read(queries.programmes)}
        self._rows = most_urgent_first(self._school.read(queries.enrolments))
        self._sencos = self._school.read(queries.sencos_without_award)
        self.list_model.set_rows(model.listed_programmes(tuple(self._programmes.values())))
        if self.list.chosen_id() is None:
            self.list.choose(model.EVERYBODY)
        self._show_people()

    def _programme_chosen(self, key: object) -> None:
        self._programme_id = model.EVERYBODY if key is None else key
        self._show_people()

    def _show_people(self) -> None:
        programme = self._programmes.get(self._programme_id)
        rows = [row for row in self._rows if programme is None or row.programme_id == programme.id]
        self.model.set_rows(rows)
        if programme is None:
            self.title.set_words("All programmes", count_of(len(rows), "enrolment"))
        else:
            self.title.set_words(programme.details.name, _about_programme(programme))
        places = {column.key: number for number, column in enumerate(self.model.columns)}
        for key, only_of_one in (("programme", False), ("cohort", True), ("next", True)):
            self.table.setColumnHidden(places[key], only_of_one != (programme is not None))
        self._show_sencos(programme)
        self.edit.setEnabled(programme is not None)
        if self.row is None and rows:
            self.table.choose(rows[0].id)
        self._person_chosen(None)

    def _show_sencos(self, programme: ProgrammeRow | None) -> None:
        """The countdown of three years stands over everybody and over its own programme."""
        here = programme is None or programme.framework == SENCO
        self.senco.show_words(
            "\n".join(senco_words(row) for row in self._sencos) if here else "", error=any(row.overdue for row in self._sencos)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, or large letters, the first day is left out."""
        super().resizeEvent(event)
        began = next(place for place, column in enumerate(self.model.columns) if column.key == "began")
        self.table.setColumnHidden(began, self.card.width() < theme.px(ROOM_FOR_DATES))

    def _say_shown(self) -> None:
        self._middle.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.empty.set_words(*(NONE_FITS if self.model.rows() else NOBODY_ON_IT))

    def _narrow(self, wanted: object) -> None:
        self.model.set_condition(None if wanted is None else lambda row: model.keeps(wanted, row))

    @property
    def row(self) -> EnrolmentRow | None:
        """Whose enrolment is chosen."""
        return self.model.row_of(self.table.chosen_id())

    def _person_chosen(self, _key: object) -> None:
        row = self.row
        words = money_in_words(row) if row else ""
        self.about.setText(words[:1].upper() + words[1:])
        for button in (self.mark, self.end):
            button.setEnabled(row is not None and row.running)
        self.mark.setEnabled(row is not None and bool(row.steps) and row.details.starts_on is not None and row.running)
        self.more.setEnabled(row is not None)
        if row is not None:
            for action in self.more.menu().actions():
                action.setVisible({"reopen": not row.running, "remove": row.running and not row.done}.get(action.data(), True))

    def rows(self) -> tuple[EnrolmentRow, ...]:
        """The people shown, in their order."""
        return self.model.shown_rows()

    def rows_of_chosen(self) -> tuple[EnrolmentRow, ...]:
        """Every programme of whoever is chosen."""
        row = self.row
        return tuple(each for each in self._rows if row is not None and each.person_id == row.person_id)

    def found(self) -> tuple[tuple[ProgrammeRow, tuple[EnrolmentRow, ...]], ...]:
        """The people shown, programme by programme."""
        shown = self.rows()
        groups = ((each, tuple(row for row in shown if row.programme_id == each.id)) for each in self._programmes.values())
        return tuple((programme, rows) for programme, rows in groups if rows)

    def focus_first(self) -> None:
        """Put the keyboard on the list of programmes."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def show_enrolment(self, enrolment_id: object) -> None:
        """Choose somebody’s enrolment, among everybody."""
        self.who.clear()
        self.shown.set_value(None)
        self._narrow(None)
        self.list.choose(model.EVERYBODY)
        self.table.choose(enrolment_id)

    # -- what is done ---------------------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """Ask whom to put on which programme."""
        dialog = EnrolDialog(self._school, self._programme_id or None, self)
        dialog.accepted.connect(self._done)
        messages.show(dialog)

    def mark_part(self) -> None:
        """Ask which part is done."""
        if self.row is not None:
            together = [each for each in self._rows if each.details.cohort_id == self.row.details.cohort_id and each.running]
            dialog = ProgressDialog(self._school, self.row, together if self.row.details.cohort_id else [self.row], self)
            dialog.accepted.connect(self._done)
            messages.show(dialog)

    def _opened(self, _key: object) -> None:
        if self._may_run and self.row is not None:
            (self.mark_part if self.mark.isEnabled() else self._ask_change)()

    def _ask_end(self) -> None:
        dialog = EndDialog(self._school, self.row, self)
        dialog.accepted.connect(self._done)
        messages.show(dialog)

    def _ask_change(self) -> None:
        dialog = EnrolmentDialog(self._school, self.row, self)
        dialog.accepted.connect(self._done)
        messages.show(dialog)

    def _done(self) -> None:
        self._hub.notify(*self.sender().said(), undo=True)

    def _verb_chosen(self) -> None:
        getattr(self, f"_verb_{self.sender().data()}")(self.row)

    def _verb_change(self, _row: EnrolmentRow) -> None:
        self._ask_change()

    def _verb_log(self, row: EnrolmentRow) -> None:
        self.log_wanted.emit(row.person_id)

    def _verb_reopen(self, row: EnrolmentRow) -> None:
        gone = f" The qualification ‘{row.award}’ that came of it goes from the record." if row.qualification_id else ""
        words = f"It is open again, as if nothing had been said of its end.{gone}"
        if messages.ask(self, f"Has it not ended for {row.name}?", words, act="&Open it again", safe="&Leave it"):
            self._run(services.reopen_enrolment, "The enrolment is open again", row)

    def _verb_remove(self, row: EnrolmentRow) -> None:
        words = "For an enrolment made by mistake. Somebody who stopped has withdrawn: say how it ended instead."
        if messages.ask(self, f"Remove {row.name} from ‘{row.programme}’?", words, act="&Remove it", safe="&Keep it"):
            self._run(services.remove_enrolment, "The enrolment is removed", row)

    def _run(self, service, said: str, row: EnrolmentRow) -> None:
        def work() -> None:
            self._school.do(service, enrolment_id=row.id, revision=row.revision)

        if problems_said(self, work):
            self._hub.notify(said, f"{row.name}, {row.programme}", undo=True)

    def _add(self) -> None:
        dialog = ProgrammeDialog(self._school, None, self)
        dialog.accepted.connect(self._done)
        messages.show(dialog)

    def _edit(self, _key: object = None) -> None:
        programme = self._programmes.get(self._programme_id)
        if programme is not None and self._may_run:
            dialog = ProgrammeDialog(self._school, programme, self)
            dialog.accepted.connect(self._done)
            messages.show(dialog)


def _about_programme(row: ProgrammeRow) -> str:
    details = row.details
    parts = (
        count_of(details.months, "month") if details.months else "",
        count_of(len(row.modules), "part") if row.modules else "",
        f"leads to {details.award}" if details.award else "",
    )
    return ", ".join(part for part in parts if part)
