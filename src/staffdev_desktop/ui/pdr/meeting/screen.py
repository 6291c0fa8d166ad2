"""The meeting screen: what is known at the left, the statement at the right, and what is still missing beneath (picture 04)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.cpd.offer.queries import directory_in_meeting
from staffdev_desktop.formkit import Form, missing_before_agreed, questions_before_agreed, standards_for
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rows import ReviewRecord, Stage
from staffdev_desktop.pdr.rules import SIDES, clock_questions, is_open
from staffdev_desktop.pdr.services import statements, words
from staffdev_desktop.school import ReviewDoor
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.pdr.meeting.agreeing import AgreeDialog
from staffdev_desktop.ui.pdr.meeting.banner import Banner
from staffdev_desktop.ui.pdr.meeting.directory import OWN, DirectoryDialog
from staffdev_desktop.ui.pdr.meeting.hand_back import HandBackDialog, Opens
from staffdev_desktop.ui.pdr.meeting.known import KnownColumn
from staffdev_desktop.ui.pdr.meeting.menu import OpportunitiesDialog
from staffdev_desktop.ui.pdr.meeting.saving import Autosave
from staffdev_desktop.ui.pdr.meeting.signing import SignDialog
from staffdev_desktop.ui.pdr.meeting.view_menu import SELF_REVIEW, STATEMENT, ViewButton
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.form_view import FormView
from staffdev_desktop.ui.widgets.step_bar import SectionProgress

Print = Callable[[int, bool], None]  # (review id, whether it is agreed): the PDR tab knows how papers are printed


class ActionBar(QFrame):
    """Saved time, what is still missing, Print draft, Agree and lock. Always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._tick = QLabel(self)
        self._saved = role_label("Everything is saved", "strong", self)
        self._detail = role_label("", "second", self)
        self.missing = role_label("", "second", self)
        self.view = ViewButton(self)
        self.menu_button = QuietButton("Opport&unities…", "flag", self)
        self.print_button = PlainButton("&Print draft", "print", self)
        self.agree_button = PrimaryButton("A&gree and lock…", "lock", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        for widget in (self._tick, self._saved, self._detail):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.missing)
        row.addSpacing(8)
        row.addWidget(self.view)
        row.addWidget(self.menu_button)
        row.addWidget(self.print_button)
        row.addWidget(self.agree_button)
        self._icon = ("check", "ok")
        self._dress()

    def show_saved(self, moment: datetime) -> None:
        """The clock of the last save."""
        self._say("Saved", f"{moment:%H:%M:%S}, every few seconds", ("check", "ok"))

    def show_waiting(self) -> None:
        """Typing is not on disk yet."""
        self._say("Saving…", "", ("half", "accent"))

    def show_problem(self, sentence: str) -> None:
        """Something could not be saved; it is still on screen."""
        self._say("Not saved", sentence.removeprefix("Not saved. "), ("late", "late"))

    def _say(self, words: str, detail: str, icon: tuple[str, str]) -> None:
        self._saved.setText(words)
        self._detail.setText(detail)
        self._icon = icon
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon"):
            self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(50))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.colour("surface"))
        self.setPalette(palette)
        self._tick.setPixmap(theme.pixmap(*self._icon, 16))


class MeetingScreen(QWidget):
    """One review, and nothing else of anybody's: it reads and writes through the review's own door.

    `left` when the meeting is over. `print_papers(review_id, agreed)` opens the papers of this review.
    """

    left = Signal()

    def __init__(self, door: ReviewDoor, print_papers: Print, *, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._door, self._print, self._practice = door, print_papers, practice
        self.record: ReviewRecord = door.read(records.review, review_id=door.review_id, practice=practice)
        self._first_year = self.record.board.first_year
        self._opens: Opens | None = None
        self._owner = ""
        self.banner = Banner(self.record, self)
        self.known = KnownColumn(self.record, self.record.sheet_form, self)
        self._whole_form = self.record.statement_form
        choices = {field.id: (*self.record.priorities, *standards_for(field)) for field in self._whole_form.fields_of("targets")}
        choices = {field_id: offered for field_id, offered in choices.items() if offered}
        self.form = FormView(self._shown_form(), self.record.answers, choices=choices, parent=self)
        self.form.setFrameShape(QFrame.Shape.NoFrame)
        for field in self._whole_form.fields_of("outcomes"):
            if self.record.last_targets:
                self.form.editor(field.id).add_button.hide()  # last year's targets are taken in on the board, not here
        self._directory = door.read(directory_in_meeting, review_id=door.review_id)
        for field in self._whole_form.fields_of("needs") if self._directory else ():
            self.form.editor(field.id).offer_search()
            self.form.editor(field.id).search_asked.connect(self.search_directory)
        self.sections = SectionProgress(self)
        self.bar = ActionBar(self)
        self.bar.menu_button.setVisible(bool(self._whole_form.fields_of("needs")))
        self.saving = Autosave(door, self.record.revisions, self)
        self._lay_out()
        self._wire()
        self._show_stage()
        self._follow()

    def _shown_form(self) -> Form:
        """Without last year's targets there is nothing to judge, and signatures are for paper."""
        sections = []
        for section in self._whole_form.sections:
            fields = tuple(
                field for field in section.fields if field.kind != "signatures" and (field.kind != "outcomes" or self.record.last_targets)
            )
            if fields:
                sections.append(replace(section, fields=fields))
        return replace(self._whole_form, sections=tuple(sections))

    def _lay_out(self) -> None:
        card = Card(self)
        self._title = CardTitle(self._whole_form.title, f"{self.record.board.number}{self._version()}", card)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self.sections, 1)
        card.body.addLayout(head)
        card.body.addWidget(self.form, 1)
        self._statement = card
        page = QHBoxLayout()
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(12)
        page.addWidget(self.known)
        page.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(page, 1)
        column.addWidget(Rule(self))
        column.addWidget(self.bar)

    def _version(self) -> str:
        return "" if self.record.board.version == 1 else f" · version {self.record.board.version}"

    def _wire(self) -> None:
        self.form.answer_changed.connect(self._answered)
        self.form.section_entered.connect(self._follow)
        self.sections.asked.connect(self.form.focus_section)
        self.saving.saved.connect(self.bar.show_saved)
        self.saving.refused.connect(self._refused)
        self.saving.accepted.connect(self._accepted)
        self.saving.failed.connect(self.bar.show_problem)
        self.known.last_targets.first_year_ticked.connect(self._set_first_year)
        self.bar.print_button.clicked.connect(self._print_papers)
        self.bar.agree_button.clicked.connect(self.agree)
        self.bar.menu_button.clicked.connect(self.offer_opportunities)
        self.bar.view.view_changed.connect(self._show_view)
        self.left.connect(self.bar.view.end)
        self.banner.left.connect(self.leave)
        QShortcut(QKeySequence.StandardKey.Save, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
            self.saving.save
        )
        QShortcut(QKeySequence.StandardKey.Print, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
            self._print_papers
        )

    def focus_first(self) -> None:
        """Where typing begins."""
        self.form.focus_section(self.form.form.sections[0].id)

    # -- writing ------------------------------------------------------------------------------------------------------------

    def _answered(self, field: str, value: object) -> None:
        self.saving.note(field, value)
        self.bar.show_waiting()
        self._follow()

    def _refused(self, field: str, sentence: str) -> None:
        self.form.set_problem(field, sentence)
        self.bar.show_problem(sentence)

    def _accepted(self, field: str) -> None:
        self.form.set_problem(field, None)
        if field in {each.id for each in self._whole_form.fields_of("outcomes")}:
            self._show_carried()

    def _show_carried(self) -> None:
        """A target that was carried forward stands among this year's: it was put there as the outcome was saved."""
        saved = self._door.read(records.review, review_id=self._door.review_id, practice=self._practice).answers
        for field in self._whole_form.fields_of("targets"):
            written = [row.get("target", "") for row in self.form.answer(field.id) if row.get("target")]
            if not self.saving.waits_for(field.id) and [row["target"] for row in saved[field.id]] != written:
                self.form.set_answer(field.id, saved[field.id])

    def _show_view(self, view: str) -> None:
        self.known.setVisible(view != STATEMENT)
        self._statement.setVisible(view != SELF_REVIEW)

    def offer_opportunities(self) -> None:
        """Show the menu that suits the post; what is ticked becomes a need."""
        needs = self._whole_form.fields_of("needs")[0].id
        known = [str(row.get("need", "")) for row in self.form.answer(needs)]
        self._menu = OpportunitiesDialog(self.record.board.group, known, self.window())
        messages.show(self._menu, self._add_needs)

    def search_directory(self) -> None:
        """Show what can be booked; what is chosen becomes a need, or the way to meet one."""
        open_needs = [(number, row["need"]) for number, row in enumerate(self._needs()) if row.get("need") and not row.get("how")]
        self._found = DirectoryDialog(self._directory, open_needs, self.window())
        messages.show(self._found, self._add_found)

    def _add_found(self) -> None:
        found, place = self._found.chosen, self._found.place
        if place == OWN:
            self._write_needs([*self._needs(), _need(found.title, found.how)])
        else:
            needs = self._needs()
            needs[place] = needs[place] | {"how": f"{found.title}: {found.how}" if found.how else found.title}
            self._write_needs(needs)

    def _add_needs(self) -> None:
        self._write_needs([*self._needs(), *(_need(each.words, each.setting) for each in self._menu.chosen)])

    def _needs(self) -> list[dict[str, str]]:
        """The needs in which something is written."""
        needs = self._whole_form.fields_of("needs")[0].id
        return [row for row in self.form.answer(needs) if any(str(value).strip() for value in row.values())]

    def _write_needs(self, rows: list[dict[str, str]]) -> None:
        needs = self._whole_form.fields_of("needs")[0].id
        self.form.set_answer(needs, rows)
        self._answered(needs, self.form.answer(needs))
        self.form.focus_field(needs)

    def _set_first_year(self, ticked: object) -> None:
        self._door.do(words.set_first_year, review_id=self._door.review_id, first_year=bool(ticked))
        self._first_year = bool(ticked)
        self._follow()

    def _follow(self, *_ignored: object) -> None:
        """Show how far each section is, and what is still missing."""
        self.sections.set_sections(self.form.section_states())
        answers = self.form.answers()
        for field in self._whole_form.fields_of("outcomes"):
            self.known.last_targets.show_outcomes(answers.get(field.id, []))
        if is_open(self.record.board.stage):
            missing = self._missing()
            self.bar.missing.setText(missing[0].sentence if missing else "")

    def _missing(self):
        return missing_before_agreed(self._whole_form, self.form.answers(), first_year=self._first_year)

    def commit(self) -> None:
        """Write what waits. Raises UserError, Conflict, FileProblem."""
        self.saving.commit()

    # -- ending -------------------------------------------------------------------------------------------------------------

    def agree(self) -> None:
        """Check, ask, freeze; then offer the two copies to the printer. Once frozen, the same button is for signing."""
        if not is_open(self.record.board.stage):
            messages.show(SignDialog(self._door, self.record, self.window()), self._read_again)
            return
        if not self._committed():
            return
        missing = self._missing()
        if missing:
            field = missing[0].field_id
            if field in {each.id for each in self.form.form.fields}:
                self.form.set_problem(field, missing[0].sentence)
                self.form.focus_field(field)
            else:
                self.known.last_targets.first_year.setFocus()
            return
        saved = self._door.read(records.review, review_id=self._door.review_id, practice=self._practice)
        booked = None if saved.held_on else saved.board.dates.booked_for
        questions = [each.sentence for each in questions_before_agreed(self.form.form, self.form.answers())]
        questions += clock_questions(clock.now(), booked, saved.last_saved)
        dialog = AgreeDialog(self.record.person, self.record.board.reviewer, questions, self.window())
        messages.show(dialog, self._freeze)

    def _freeze(self) -> None:
        try:
            self._door.do(statements.agree_statement, review_id=self._door.review_id, practice=self._practice)
        except (UserError, Conflict, FileProblem) as error:
            messages.problem(self, error)
            return
        self._read_again()
        self._print_papers()

    def _read_again(self) -> None:
        self.record = self._door.read(records.review, review_id=self._door.review_id, practice=self._practice)
        self._show_stage()

    def _show_stage(self) -> None:
        if is_open(self.record.board.stage):
            return
        self.form.set_read_only()
        current = self.record.statements[-1]
        self._title.set_words(self._whole_form.title, f"{self.record.board.number}{self._version()} · locked")
        signed = len(self.record.signatures)
        self.bar.agree_button.setText("Si&gned on screen" if signed == len(SIDES) else "Si&gn on screen…")
        self.bar.agree_button.set_icon("sign")
        self.bar.menu_button.hide()
        self.bar.agree_button.setEnabled(self.record.board.stage is Stage.AGREED)
        self.bar.print_button.setText("&Print both copies")
        self.bar.missing.setText(f"Locked · fingerprint {current.fingerprint}")
        self.bar.print_button.setFocus()

    def _print_papers(self) -> None:
        if self._committed():
            self._print(self._door.review_id, not is_open(self.record.board.stage))

    def hand_over(self, opens: Opens, who: str) -> None:
        """From now on only `opens(password)` leads out of this review; `who` is whose password it is."""
        self._opens, self._owner = opens, who
        self.banner.show_handed_over()

    @property
    def handed_over(self) -> bool:
        """Whether the PC is with the reviewer and the member of staff."""
        return self._opens is not None

    def leave(self) -> None:
        """Back to where the meeting was opened; what was typed is on disk first, and a handed-over PC is taken back first."""
        if not self._committed():
            return
        if self._opens is None:
            self.left.emit()
            return
        dialog = HandBackDialog(self._opens, self._owner, self.window())
        dialog.handed_back.connect(self.left)
        messages.show(dialog)

    def _committed(self) -> bool:
        try:
            self.commit()
        except (UserError, Conflict, FileProblem) as error:
            messages.problem(self, error)
            return False
        return True


def _need(need: str, how: str) -> dict[str, str]:
    return {"need": need, "how": how, "who": "", "by_when": "", "state": ""}
