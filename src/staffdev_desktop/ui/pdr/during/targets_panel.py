"""A year's targets with their progress notes: dated, by whom, with evidence. In a dialog from the board, and on the Staff record."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.queries import boards, outcomes
from staffdev_desktop.pdr.rows import BoardRow, TargetNoteRow, TargetRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import during
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.asking import NO_LIMIT, problems_said
from staffdev_desktop.ui.pdr.during.evidence import save_out
from staffdev_desktop.ui.pdr.during.note_dialog import NoteDialog
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import IconButton, LinkButton, PlainButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import role_label

KINDS = ("target", "target_note", "review", "cycle", "person", "statement")
DATE_WIDTH = 96
MOST_OF_IT = 100  # against the stretch that every house dialog has above its buttons
OUTCOME_BADGES = {"met": "ok", "partly met": "warn", "not met": "late"}


class TargetsPanel(QWidget):
    """The targets that somebody works on: of one review, or of the newest reviews of a person. Everything by keyboard: Tab and Space."""

    def __init__(self, school, hub, *, review_id: int | None = None, person_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self._review_id, self._person_id = review_id, person_id
        self._may_write = school.actor.may(Permission.HOLD_REVIEW)
        self._notes: dict[int, TargetNoteRow] = {}
        self._targets: dict[int, tuple[TargetRow, str]] = {}  # each with the name of the person
        self._inside: QWidget | None = None
        self.said = _Said(self)
        self.said.undo.clicked.connect(self._undo)
        self.scroll = ClearScroll(self)
        self.empty = EmptyState(
            "target", "No targets yet", "They are agreed in the review meeting. Last year’s are typed in from the cycle board.", parent=self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.scroll, self.empty):
            column.addWidget(part, 1)
        column.addWidget(self.said)
        hub.changed.connect(self._changed)
        self.refresh()

    def show_review(self, review_id: int) -> None:
        """Show the targets of another review."""
        self._review_id, self._person_id = review_id, None
        self.refresh()

    def show_person(self, person_id: int) -> None:
        """Show the targets of another person."""
        self._review_id, self._person_id = None, person_id
        self.refresh()

    def refresh(self) -> None:
        """Read the targets and notes, and show them; the keyboard stays where it was."""
        here = self._focused()
        reviews = self._reviews()
        held = [(row, self._school.read(outcomes.targets_in_hand, review_id=row.id)) for row in reviews]
        held = [(row, targets) for row, targets in held if targets]
        self._targets = {target.id: (target, row.name) for row, targets in held for target in targets}
        found = self._school.read(outcomes.notes, target_ids=list(self._targets))
        self._notes = {note.id: note for note in found}
        self.scroll.setVisible(bool(held))
        self.empty.setVisible(not held)
        self._show(held, found)
        self._focus_again(here)

    def _reviews(self) -> tuple[BoardRow, ...]:
        """The review asked for, or a person's newest ones: several only where the school splits reviews by post."""
        if self._review_id is not None:
            return self._school.read(boards.cycle_board, review_id=self._review_id)
        history = self._school.read(outcomes.history, person_id=self._person_id) if self._person_id is not None else ()
        newest = [row for row in history if row.cycle == history[0].cycle]
        return tuple(board for row in newest for board in self._school.read(boards.cycle_board, review_id=row.review_id))

    # -- what is shown --------------------------------------------------------------------------------------------------

    def _show(self, held: Sequence[tuple[BoardRow, Sequence[TargetRow]]], notes: Sequence[TargetNoteRow]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row, targets in held:
            ids = {target.id for target in targets}
            title = CardTitle(
                heading(row, several=len(held) > 1), counted(len(targets), sum(note.target_id in ids for note in notes)), inside
            )
            column.addWidget(title)
            for number, target in enumerate(targets, 1):
                column.addWidget(self._card(number, target, [note for note in notes if note.target_id == target.id], inside))
        column.addStretch(1)
        old = self.scroll.takeWidget()
        self.scroll.setWidget(inside)
        if old is not None:
            old.deleteLater()
        self._inside = inside

    def _card(self, number: int, target: TargetRow, notes: Sequence[TargetNoteRow], parent: QWidget) -> Card:
        card = Card(parent)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(role_label(f"{number}. {target.target}", "strong", card, wrap=True), 1)
        head.addWidget(Badge(state_of(target), card), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        if told := about(target):
            card.body.addWidget(role_label(told, "small", card, wrap=True))
        for note in notes:
            card.body.addWidget(Rule(card))
            card.body.addLayout(self._note_line(note, card))
        if self._may_write:
            add = self._button(PlainButton("Add a note…", "plus", card), "add", target.id, self._add)
            add.setAccessibleName(f"Add a note on target {number}, {target.target}")
            foot = QHBoxLayout()
            foot.setContentsMargins(0, 4, 0, 0)
            foot.addWidget(add)
            foot.addWidget(role_label("" if notes else "Nothing is noted yet.", "hint", card))
            foot.addStretch(1)
            card.body.addLayout(foot)
        return card

    def _note_line(self, note: TargetNoteRow, card: Card) -> QHBoxLayout:
        day = role_label(day_with_year(note.noted_on), "label", card)
        day.setFixedWidth(theme.px(DATE_WIDTH))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(role_label(note.words, "body", card, wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(role_label(f"By {note.by}", "hint", card))
        if note.evidence_sha256:
            file = self._button(LinkButton(shortened(note.evidence_name), "clip", card), "file", note.id, self._save_out)
            file.setToolTip(f"Save {note.evidence_name} outside the school file")
            file.setAccessibleName(f"Save the evidence {note.evidence_name}")
            foot.addWidget(file)
        foot.addStretch(1)
        words.addLayout(foot)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        if self._may_write:
            remove = IconButton("x", f"Delete the note of {day_with_year(note.noted_on)}", card)
            line.addWidget(self._button(remove, "delete", note.id, self._delete), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _button(self, button, what: str, key: int, does):
        button.setProperty("what", (what, key))
        button.clicked.connect(does)
        return button

    # -- what is done ---------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        target, person = self._targets[self.sender().property("what")[1]]
        dialog = NoteDialog(self._school, target, person, self)
        dialog.accepted.connect(self._added)
        messages.show(dialog)

    def _added(self) -> None:
        self.refresh()
        self.say("The note is saved", undo=True)

    def _delete(self) -> None:
        note = self._notes[self.sender().property("what")[1]]
        words = f"‘{shortened(note.words, 120)}’"
        if note.evidence_sha256:
            words += f" Its evidence, {note.evidence_name}, goes with it."
        if messages.ask(self, f"Delete the note of {day_with_year(note.noted_on)}?", words, act="&Delete the note", safe="&Keep it"):
            problems_said(self, self._delete_now, note)

    def _delete_now(self, note: TargetNoteRow) -> None:
        self._school.do(during.delete_target_note, note_id=note.id)
        self.refresh()
        self.say("The note is deleted", undo=True)

    def _save_out(self) -> None:
        note = self._notes[self.sender().property("what")[1]]
        problems_said(self, self._save_out_now, note)

    def _save_out_now(self, note: TargetNoteRow) -> None:
        path = save_out(self._school, note, self)
        if path is not None:
            self.say(f"Saved as {path.name}", "This copy is not encrypted: keep it where only those may read it who should.", kind="info")

    def say(self, title: str, detail: str = "", *, undo: bool = False, kind: str = "ok") -> None:
        """Say what was done. Over the window a dialog hides the notification, so that a dialog says it itself."""
        if self.window().isModal():
            self.said.show_words(f"{title}. {detail}".strip(), undo=undo)
        else:
            self._hub.notify(title, detail, undo=undo, kind=kind)

    def _undo(self) -> None:
        if problems_said(self, self._school.undo):
            self.refresh()
            self.said.show_words("Undone.", undo=False)

    def _changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS) and self.isVisible():
            self.refresh()

    # -- the keyboard ---------------------------------------------------------------------------------------------------

    def buttons(self) -> dict[tuple[str, int], QWidget]:
        """Every button by what it does and to which note or target."""
        found = self._inside.findChildren(QWidget) if self._inside else []
        return {tuple(each.property("what")): each for each in found if each.property("what")}

    def _focused(self) -> tuple[str, int] | None:
        widget = self.focusWidget()
        what = widget.property("what") if widget is not None and widget.hasFocus() else None
        return tuple(what) if what else None

    def _focus_again(self, what: tuple[str, int] | None) -> None:
        if what is None:
            return
        buttons = self.buttons()
        button = buttons.get(what) or next(iter(buttons.values()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroll.ensureWidgetVisible(button)


class _Said(QFrame):
    """A quiet line at the foot of the panel: what was done, and Undo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", "quiet")
        self.words = role_label("", "body", self, wrap=True)
        self.undo = LinkButton("&Undo", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        self.hide()

    def show_words(self, words: str, *, undo: bool) -> None:
        """Say this."""
        self.words.setText(words)
        self.undo.setVisible(undo)
        self.show()


class TargetsDialog(HouseDialog):
    """The panel over the board: the targets of one review."""

    def __init__(self, school, hub, review_id: int, parent: QWidget | None = None) -> None:
        rows = school.read(boards.cycle_board, review_id=review_id)
        if not rows:
            raise UserError("That review is not there any more.")
        super().__init__(f"{rows[0].name}’s targets", "Notes are never compulsory. They help when the targets are judged.", safe="&Close",
                         parent=parent)  # fmt: skip
        self.setMaximumWidth(NO_LIMIT)
        self.panel = TargetsPanel(school, hub, review_id=review_id, parent=self)
        self.body.addWidget(self.panel, 1)
        self.layout().setStretchFactor(self.body, MOST_OF_IT)
        self.resize(theme.px(720), min(theme.px(600), 640))


def heading(row: BoardRow, *, several: bool = False) -> str:
    """Which targets these are."""
    agreed = row.dates.agreed_at
    words = f"Agreed on {day_with_year(agreed.date())}" if agreed and not is_open(row.stage) else "Agreed last time, judged in this review"
    return f"{row.posts}: {words[0].lower()}{words[1:]}" if several else words


def counted(targets: int, notes: int) -> str:
    """3 targets, 2 notes."""
    return f"{count_of(targets, 'target')}, {count_of(notes, 'note')}"


def about(target: TargetRow) -> str:
    """The second line of a target: how both will know, support, priority."""
    parts = [
        f"How we will know: {target.success_criteria}" if target.success_criteria else "",
        f"Support: {target.support}" if target.support else "",
        f"School priority: {target.priority}" if target.priority else "",
    ]
    return "\n".join(part for part in parts if part)


def state_of(target: TargetRow) -> BadgeText:
    """Its outcome once it has one, else by when it is to be met."""
    if target.outcome:
        return BadgeText(OUTCOME_BADGES.get(target.outcome, "mute"), target.outcome.capitalize())
    if target.by_when is None:
        return BadgeText("mute", "No date")
    if target.by_when < clock.today():
        return BadgeText("warn", f"Was due {day_with_year(target.by_when)}")
    return BadgeText("mute", f"By {day_with_year(target.by_when)}")


def shortened(words: str, most: int = 40) -> str:
    """Words cut with … after so many letters."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
