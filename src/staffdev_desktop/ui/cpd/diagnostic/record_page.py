"""One person’s diagnostic in one round, for two people beside each other: own, line manager’s, agreed, and what they agree to do."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.queries import people
from staffdev_desktop.cpd.diagnostic.rows import AgreedDraft, RatingRow, Record, Side, Stage
from staffdev_desktop.cpd.diagnostic.rules import FOCUS, LEVELS_IN_WORDS, NOBODY, STRENGTH, missing_to_record
from staffdev_desktop.cpd.diagnostic.services import ratings
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.diagnostic.agreed_lines import AgreedLines
from staffdev_desktop.ui.cpd.diagnostic.page import Page
from staffdev_desktop.ui.cpd.diagnostic.rating_grid import Cell, GridLine, RatingGrid
from staffdev_desktop.ui.cpd.diagnostic.saved_line import SavedLine
from staffdev_desktop.ui.cpd.diagnostic.saving import WORDS, AreaSaving
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.elided import Elided
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, TextField, role_label
from staffdev_desktop.ui.widgets.segments import Segments

SIDES = (Side.OWN, Side.MANAGER, Side.AGREED)
FIELDS = ("own_evidence", "manager_evidence", "we_see", "next_step")
RIGHT, HEAD_WIDTH, ROW_HEIGHT, BAR, MOST_ABOUT = 560, 238, 36, 50, 700
MARK_WORDS = {FOCUS: "Focus", STRENGTH: "Strength"}


class RecordPage(Page):
    """Show one with `show_diagnostic`. Nobody else is named on it."""

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self._diagnostic_id = self._area_id = 0
        self.record: Record | None = None
        self.saving = AreaSaving(school, self)
        self._build()
        self._wire()

    # -- putting it together --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.back = PlainButton("&Back", "left", self)
        self.avatar = Avatar("", parent=self)
        self.name, self.about = role_label("", "title", self), Elided("second", self, MOST_ABOUT)
        top = QHBoxLayout()
        top.setSpacing(10)
        for widget in (self.back, self.avatar, self.name, self.about):
            top.addWidget(widget)
        top.addStretch(1)
        self.grid = RatingGrid("Ratings of both sides, and agreed", head_width=HEAD_WIDTH, row_height=ROW_HEIGHT, parent=self)
        self.whole = LineField("What you agree as a whole, in a sentence", self)
        self.whole.setAccessibleName("What you agree as a whole")
        left = Card(self, flush=True)
        left.body.addWidget(self.grid, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 6, 14, 8)
        foot.setSpacing(4)
        foot.addWidget(role_label(f"Keys {LEVELS_IN_WORDS}. 0 takes a rating away.", "small", self))
        foot.addWidget(self.whole)
        left.body.addLayout(foot)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(left, 1)
        middle.addWidget(self._right_card())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self._bar())

    def _right_card(self) -> Card:
        card = Card(self)
        card.setFixedWidth(theme.px(RIGHT))
        self.area, self.hint = role_label("", "card", self), role_label("", "small", self, wrap=True)
        self.fields = {
            "own_evidence": LabelledField("E&vidence", TextField(lines=3, most_lines=6), parent=self),
            "manager_evidence": LabelledField("Line ma&nager’s evidence", TextField(lines=3, most_lines=6), parent=self),
            "we_see": LabelledField("What we see", TextField(lines=3, most_lines=6), parent=self),
            "next_step": LabelledField("Ne&xt step", TextField(lines=3, most_lines=6), parent=self),
        }
        self.mark = Segments([(FOCUS, "To work on (&focus)"), (STRENGTH, "Strength")], "What this area is", self, may_clear=True)
        self.lines = AgreedLines(self)
        scroll = ClearScroll(card)
        inside = QWidget(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for keys in (FIELDS[:2], FIELDS[2:]):
            row = QHBoxLayout()
            row.setSpacing(12)
            for key in keys:
                row.addWidget(self.fields[key], 1)
            column.addLayout(row)
        column.addWidget(self.mark)
        column.addWidget(self.lines)
        column.addStretch(1)
        scroll.setWidget(inside)
        card.body.addWidget(self.area)
        card.body.addWidget(self.hint)
        card.body.addWidget(scroll, 1)
        return card

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("bar", "action")
        bar.setFixedHeight(theme.px(BAR))
        self.line = SavedLine(bar)
        self.missing = Elided("small", bar)
        self.day = DateField("Agreed on", bar)
        self.day.setAccessibleName("Agreed on")
        self.day.setFixedWidth(theme.px(112))
        self.day_label = role_label("Agreed on", "label", bar)
        self.same = PlainButton("Ta&ke over where both say the same", parent=bar)
        self.again = PlainButton("Open it aga&in…", "undo", bar)
        self.done = PrimaryButton("Record th&is term", "check", bar)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addSpacing(8)
        row.addWidget(self.missing, 1)
        for widget in (self.same, self.day_label, self.day, self.again, self.done):
            row.addWidget(widget)
        return bar

    def _wire(self) -> None:
        self.back.clicked.connect(self._leave)
        self.grid.typed.connect(self._typed)
        self.grid.moved.connect(self._moved)
        self.grid.opened.connect(self._to_words)
        for key, field in self.fields.items():
            field.edited.connect(partial(self._words_typed, key))
        self.whole.edited.connect(self._whole_typed)
        self.mark.edited.connect(self._marked)
        self.lines.added.connect(self._add_line)
        self.lines.removed.connect(self._remove_line)
        self.same.clicked.connect(self._take_the_same)
        self.done.clicked.connect(self.record_term)
        self.again.clicked.connect(self.reopen)
        self.saving.saved.connect(self.line.show_saved)
        self.saving.refused.connect(self.line.show_problem)

    # -- what the panel asks --------------------------------------------------------------------------------------------

    def show_diagnostic(self, diagnostic_id: int) -> None:
        """Show this one from its first area on; what was typed in the one before is saved first."""
        self.saving.save()
        if diagnostic_id != self._diagnostic_id:
            self._diagnostic_id = diagnostic_id
            self.record = None
            self.lines.clear()
            self.day.set_value(clock.today())

    def reload(self) -> None:
        """Read it and show it; if it is gone, go back."""
        if not self._diagnostic_id:
            return
        try:
            self.record = self._school.read(people.record, diagnostic_id=self._diagnostic_id)
        except UserError as error:
            messages.problem(self, error)
            self._diagnostic_id = 0
            self.wanted.emit("back", None)
            return
        self._show()

    @property
    def diagnostic_id(self) -> int:
        """Which one is shown."""
        return self._diagnostic_id

    def commit(self) -> None:
        """Save what is typed, a line of CPD that was not added yet too."""
        self.saving.commit()
        if self.lines.typed():
            self._keep_line(self.lines.typed(), self.lines.by_when.value())

    def focus_first(self) -> None:
        """Put the keyboard where the next rating goes."""
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        if self.record is not None:
            self.grid.go_to(0, self._first_side())

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.grid, self.fields["own_evidence"], self.done if self.done.isVisibleTo(self) else self.again]

    def print_shown(self) -> None:
        """The sheet as it stands."""
        from staffdev_desktop.cpd.diagnostic import sheets

        self.saving.save()
        self.reload()
        name = sheets.file_name(sheets.SHEETS, clock.today(), "1")
        texts = sheets.texts_of_records([self.record])
        self._printer.show(partial(_draw, self.record), year=self.record.round.year, title="Diagnostic sheet", file_name=name, texts=texts)

    # -- what is shown --------------------------------------------------------------------------------------------------

    @property
    def _open(self) -> bool:
        """Whether ratings may be typed."""
        return self.record is not None and self.record.round.is_open and self.record.board.stage is not Stage.AGREED

    @property
    def _together(self) -> bool:
        """Whether what both agree may be written: never by a person from whom the other side is still hidden."""
        return self.record.round.is_open and not any(rating.hidden for rating in self.record.ratings)

    def _first_side(self) -> int:
        stage = self.record.board.dates
        if stage.own_on is None:
            return 0
        return 1 if stage.manager_on is None and not self.record.is_self else 2

    def _show(self) -> None:
        record = self.record
        board = record.board
        self.avatar.set_name(board.name)
        self.name.setText(board.name)
        self.about.setText(f"{board.posts} · {record.round.name}, with {board.manager or NOBODY.lower()}")
        lines = [
            GridLine(rating.area_id, rating.title, self._second(rating), tuple(self._cell(rating, side) for side in SIDES))
            for rating in record.ratings
        ]
        forename = board.name.partition(" ")[0]
        self.grid.set_lines([f"{forename}’s own", "Line manager’s", "Agreed"], lines)
        if not self.saving.waits_for((self._diagnostic_id, 0, WORDS)):
            self.whole.set_value(record.words)
        self.whole.setEnabled(self._together)
        self._show_area()
        self._show_bar()

    def _cell(self, rating: RatingRow, side: Side) -> Cell:
        if side is not Side.OWN and rating.hidden:
            return Cell(None, False, hidden=True)
        return Cell(getattr(rating, side), self._open and not (side is Side.MANAGER and self.record.is_self))

    def _second(self, rating: RatingRow) -> str:
        agreed = sum(line.area_id == rating.area_id for line in self.record.agreed_cpd)
        parts = [MARK_WORDS.get(rating.mark, ""), f"{agreed} CPD agreed" if agreed else ""]
        return " · ".join(words for words in parts if words)

    def _rating(self) -> RatingRow | None:
        row = self.grid.currentIndex().row()
        return self.record.ratings[row] if self.record is not None and 0 <= row < len(self.record.ratings) else None

    def _moved(self, row: int, _column: int) -> None:
        if self.record is None:
            return
        gone_on = self.record.ratings[row].area_id != self._area_id
        if gone_on and self.lines.typed():  # it belongs to the area that is left
            self._add_line(self.lines.typed(), self.lines.by_when.value())
        self._show_area()

    def _show_area(self) -> None:
        rating = self._rating()
        if rating is None:
            return
        self._area_id = rating.area_id
        self.area.setText(rating.title)
        self.hint.setText(rating.hint)
        forename = self.record.board.name.partition(" ")[0]
        self.fields["own_evidence"].label.setText(f"{forename}’s e&vidence")
        for key, field in self.fields.items():
            if not self.saving.waits_for((self._diagnostic_id, rating.area_id, key)):
                field.set_value(getattr(rating, key))
            field.setEnabled(self._may_write(key, rating))
        self.mark.set_value(rating.mark or None)
        self.mark.setEnabled(self._together)
        lines = [line for line in self.record.agreed_cpd if line.area_id == rating.area_id]
        self.lines.show_lines(lines, open_=self._together)

    def _may_write(self, key: str, rating: RatingRow) -> bool:
        """Evidence until the term is recorded, the rest as long as the round is open; nothing that is hidden, nor one’s manager’s side."""
        if key == "own_evidence":
            return self._open
        if rating.hidden or (key == "manager_evidence" and self.record.is_self):
            return False
        return self._open if key == "manager_evidence" else self.record.round.is_open

    def _show_bar(self) -> None:
        agreed_on = self.record.board.dates.agreed_on
        missing = missing_to_record(self.record.ratings)
        told = f"Recorded: agreed on {long_day(agreed_on)}." if agreed_on else missing or "Every area is agreed."
        self.missing.setText("This round is closed." if not self.record.round.is_open else told)
        for widget in (self.same, self.done, self.day, self.day_label):
            widget.setVisible(self._open)
        self.again.setVisible(agreed_on is not None and self.record.round.is_open)
        self.done.setEnabled(not missing)
        self.same.setEnabled(any(each.agreed is None and each.own and each.own == each.manager for each in self.record.ratings))

    # -- what is typed --------------------------------------------------------------------------------------------------

    def _typed(self, row: int, column: int, value: int | None) -> None:
        place = (self._diagnostic_id, self.record.ratings[row].area_id, str(SIDES[column]))
        if self.saving.now(place, value):
            self.reload()

    def _words_typed(self, key: str, value: object) -> None:
        if (rating := self._rating()) is not None:
            self.saving.note((self._diagnostic_id, rating.area_id, key), value)

    def _whole_typed(self, value: object) -> None:
        self.saving.note((self._diagnostic_id, 0, WORDS), value)

    def _marked(self, value: object) -> None:
        if (rating := self._rating()) is not None and self.saving.now((self._diagnostic_id, rating.area_id, "mark"), value or ""):
            self.reload()

    def _to_words(self, _row: int) -> None:
        key = ("own_evidence", "manager_evidence", "we_see")[self.grid.currentIndex().column()]
        self.fields[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _keep_line(self, what: str, by_when: object) -> None:
        """Put CPD down for the area that it was typed beside. Raises UserError, Conflict, FileProblem."""
        draft = AgreedDraft(self._area_id, what, by_when)
        self._school.do(ratings.save_agreed_cpd, diagnostic_id=self._diagnostic_id, draft=draft)
        self.lines.clear()

    def _add_line(self, what: str, by_when: object) -> None:
        if problems_said(self, self._keep_line, what, by_when):
            self.reload()

    def _remove_line(self, agreed_id: int) -> None:
        if problems_said(self, partial(self._school.do, ratings.remove_agreed_cpd, agreed_id=agreed_id)):
            self._hub.notify("The line of CPD is gone", undo=True)
            self.reload()

    def _take_the_same(self) -> None:
        self.saving.save()
        taken = self._school.do(ratings.take_the_same, diagnostic_id=self._diagnostic_id)
        self._hub.notify(f"{count_of(taken, 'area')} agreed where both say the same", undo=True)
        self.reload()
        self.focus_first()

    def record_term(self) -> None:
        """Both have agreed: the term counts from now on. A side that is not in is asked about first."""
        if not self.day.check():
            return
        dates = self.record.board.dates
        without = [words for words, day in (("own ratings", dates.own_on), ("line manager’s ratings", dates.manager_on)) if day is None]
        if without:
            words = f"The {' and the '.join(without)} are not all in. What you agreed together counts all the same."
            if not messages.ask(self, "Record this term?", words, act="&Record it", safe="&Not yet"):
                return
        record = partial(
            self._school.do, ratings.record_term, diagnostic_id=self._diagnostic_id, agreed_on=self.day.value()
        )  # fmt: skip
        if problems_said(self, self.commit) and problems_said(self, record):
            self._hub.notify(f"The term of {self.record.board.name} is recorded", "It can be opened again.")
            self._leave()

    def reopen(self) -> None:
        """Ask, then open the term again."""
        words = "Its ratings can then be changed, and it counts again once it is recorded."
        if not messages.ask(self, "Open this term again?", words, act="&Open it", safe="&Leave it"):
            return
        if problems_said(self, partial(self._school.do, ratings.reopen, diagnostic_id=self._diagnostic_id)):
            self.reload()

    def _leave(self) -> None:
        if self.lines.typed() and not messages.ask(
            self, "Leave without the CPD you typed?", "It was not added to the area yet.", act="&Leave", safe="&Keep typing"
        ):
            return
        self.lines.clear()
        if problems_said(self, self.saving.commit):
            self.wanted.emit("back", None)


def _draw(record: Record, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import sheets_paper

    return sheets_paper([record], printed)
