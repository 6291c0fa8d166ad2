"""The editor of one form: its outline and words at the left, the screen and the paper as they will be at the right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Form, standards_for
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.forms import sample
from staffdev_desktop.ui.forms.dialogs import AddDialog
from staffdev_desktop.ui.forms.edit import Edit, Place
from staffdev_desktop.ui.forms.live_form import LiveForm
from staffdev_desktop.ui.forms.live_paper import LivePaper
from staffdev_desktop.ui.forms.outline import Outline
from staffdev_desktop.ui.forms.word_fields import WordFields, title_of
from staffdev_desktop.ui.forms.words import state_words, what_saving_does
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.fields import ChoiceField, NoteLine, role_label
from staffdev_desktop.ui.widgets.segments import Segments

BOTH, SCREEN, PAPER = "both", "screen", "paper"
LEFT_WIDTH = 340
SCREEN_AFTER = 120  # ms without a key before the screen follows


class Editor(QWidget):
    """Shows an Edit and changes it. Saving, files and going back are asked of whoever shows the editor."""

    save_asked = Signal()
    discard_asked = Signal()
    shipped_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()
    left = Signal()

    def __init__(
        self, edit: Edit, school: sample.SchoolWords, *, shipped: Form, running: Mapping[int, int] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit, self._school, self._shipped, self._running = edit, school, shipped, running
        self.outline = Outline(self)
        self.fields = WordFields(self)
        choices = {field.id: standards_for(field) for field in edit.form.fields if standards_for(field)}
        self.screen = LiveForm(edit.form, choices, self)
        self.paper = LivePaper(self)
        self._screen_timer = QTimer(self)
        self._screen_timer.setSingleShot(True)
        self._screen_timer.timeout.connect(self._follow_on_screen)
        self._build()
        self._wire()
        self.refresh()

    # -- putting it together ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.back = PlainButton("All f&orms", "left", self)
        self.title = role_label("", "title", self, wrap=True)
        self.state = role_label("", "second", self)
        self.state.setMinimumWidth(theme.px(200))  # where there is no room it is cut, and said by its tool tip
        self.as_shipped = PlainButton("&Back to as shipped…", parent=self)
        self.take = PlainButton("Im&port…", parent=self)
        self.give = PlainButton("E&xport…", parent=self)
        self.discard = PlainButton("Di&scard…", parent=self)
        self.save = PrimaryButton("Sa&ve", "save", self)
        self.save.setToolTip("Ctrl+S")
        self.note = NoteLine(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        for button in (self.as_shipped, self.take, self.give, self.discard, self.save):
            top.addWidget(button)
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.state)
        under.addWidget(self.note, 1)
        self.panes = QSplitter(Qt.Orientation.Horizontal, self)
        self.panes.setChildrenCollapsible(False)
        self.panes.setHandleWidth(12)
        self.panes.addWidget(self._left())
        self.panes.addWidget(self._right())
        self.panes.setStretchFactor(0, 0)
        self.panes.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(under)
        column.addWidget(self.panes, 1)

    def _left(self) -> QWidget:
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.setChildrenCollapsible(False)
        left.setHandleWidth(10)
        self.outline_card, self.words_card = Card(self), Card(self)
        self.outline_card.body.addWidget(self.outline, 1)
        self.words_title = CardTitle("", parent=self)
        self.words_card.body.addWidget(self.words_title)
        self.words_card.body.addWidget(self.fields, 1)
        left.addWidget(self.outline_card)
        left.addWidget(self.words_card)
        left.setSizes([theme.px(320), theme.px(240)])
        left.setMinimumWidth(theme.px(LEFT_WIDTH))
        return left

    def _right(self) -> QWidget:
        right = QWidget(self)
        self.seen = Segments(((BOTH, "Side by side"), (SCREEN, "Screen"), (PAPER, "Paper")), "What is shown", self)
        self.seen.set_value(BOTH)
        self.paper_kind = ChoiceField(sample.papers_of(self.edit.form), self)
        self.paper_kind.setAccessibleName("Which paper")
        head = QHBoxLayout()
        head.addWidget(role_label("As it will be", "card", self))
        head.addWidget(role_label("Try the screen out: what you type there is kept nowhere.", "hint", self, wrap=True), 1)
        head.addWidget(self.paper_kind)
        head.addWidget(self.seen)
        self.screen_card = Card(self)
        self.screen_card.body.setContentsMargins(8, 8, 2, 8)  # every pixel counts: a table of targets is wide
        self.screen_card.body.addWidget(self.screen)
        self.previews = QSplitter(Qt.Orientation.Horizontal, self)
        self.previews.setChildrenCollapsible(False)
        self.previews.setHandleWidth(10)
        self.previews.addWidget(self.screen_card)
        self.previews.addWidget(self.paper)
        self.previews.setSizes([theme.px(598), theme.px(370)])
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.previews, 1)
        return right

    def _wire(self) -> None:
        self.outline.chosen.connect(self._chosen)
        self.outline.move_asked.connect(self._move)
        self.outline.add_asked.connect(self._add)
        self.outline.verb_asked.connect(self._verb)
        self.fields.changed.connect(self._words_changed)
        self.seen.edited.connect(self._show_panes)
        self.paper_kind.edited.connect(self._draw_paper)
        self.screen.caught_up.connect(self._bring_into_sight)
        for button, signal in (
            (self.back, self.left),
            (self.save, self.save_asked),
            (self.discard, self.discard_asked),
            (self.as_shipped, self.shipped_asked),
            (self.give, self.export_asked),
            (self.take, self.import_asked),
        ):
            button.clicked.connect(signal)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.outline_card, self.words_card, self.screen_card, self.paper]

    # -- what others ask ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the edit as it stands, from the outline to the paper: after a save, an undo, other words altogether."""
        self.outline.show_edit(self.edit)
        self._dress()
        self._follow_on_screen()
        self._draw_paper(at_once=True)

    def show_wrong(self) -> bool:
        """Go to the first words that cannot be taken; False if there are none."""
        for place, key in self.edit.wrong:
            self.outline.show_edit(self.edit, place)
            self.fields.focus_first(key)
            self.say("One of your words cannot be taken yet: put it right, then save.", error=True)
            return True
        return False

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Under the head: what saving does, or what is in the way."""
        self.note.show_words(sentence, error=error)
        self.save.setAccessibleDescription(sentence)

    def is_current(self) -> bool:
        """Whether screen and paper show the newest words."""
        return not self._screen_timer.isActive() and self.screen.is_current() and self.paper.is_current()

    # -- what is done at the left -----------------------------------------------------------------------------------------------

    def _chosen(self, place: Place) -> None:
        self.fields.show_place(self.edit, place)
        self.words_title.set_words(title_of(self.edit, place))
        self.outline.dress(self.edit)
        self._bring_into_sight()

    def _words_changed(self, place: Place) -> None:
        self.words_title.set_words(title_of(self.edit, place))
        self.outline.rename(self.edit)
        self._dress()
        self._screen_timer.start(SCREEN_AFTER)
        self._draw_paper()

    def _move(self, step: int) -> None:
        self._do(partial(self.edit.move, self.outline.place, step))

    def _verb(self) -> None:
        place = self.outline.place
        if place.kind == "section":
            self._take_out(place)
        elif place.kind == "field":
            self._do(partial(self.edit.show if self.edit.is_hidden(place) else self.edit.hide, place))

    def _take_out(self, place: Place) -> None:
        if reason := self.edit.why_kept(place):
            self.outline.say(reason, error=True)
            return
        title = self.edit.section(place).title
        words = "Its questions go with it. Older versions keep them, and so does the form as shipped."
        if messages.ask(self, f"Take out the section ‘{title}’?", words, act="&Take it out", safe="&Keep it"):
            self._do(partial(self.edit.take_out, place))

    def _add(self) -> None:
        dialog = AddDialog(self.edit, self.outline.place, self.window())
        dialog.accepted.connect(partial(self._added, dialog))
        messages.show(dialog)

    def _added(self, dialog: AddDialog) -> None:
        self.outline.show_edit(self.edit, dialog.added)
        self._after()
        self.outline.tree.setFocus()

    def _do(self, change: Callable[[], None]) -> None:
        """Change the form; what is in the way is said under the outline's buttons."""
        try:
            change()
        except UserError as error:
            self.outline.say(error.message, error=True)
            return
        self.outline.show_edit(self.edit)
        self._after()

    def _after(self) -> None:
        self._dress()
        self._screen_timer.start(0)
        self._draw_paper()

    # -- what is shown at the right ---------------------------------------------------------------------------------------------

    def _follow_on_screen(self) -> None:
        self.screen.show_form(self.edit.form)

    def _draw_paper(self, _kind: object = None, *, at_once: bool = False) -> None:
        draw = partial(sample.draw, self.edit.form, str(self.paper_kind.value()), self._school)
        titles = [(section.id, section.title) for section in self.edit.form.sections]
        self.paper.show_paper(draw, titles, at_once=at_once)

    def _show_panes(self, seen: object) -> None:
        self.screen_card.setVisible(seen != PAPER)
        self.paper.setVisible(seen != SCREEN)
        self.paper_kind.setVisible(seen != SCREEN)

    def _bring_into_sight(self) -> None:
        section = self.edit.section(self.outline.place)
        if section is not None:
            self.screen.bring_into_sight(section.id, self.outline.place.id)
        self.paper.bring_into_sight(section.id if section is not None else "")

    def _dress(self) -> None:
        edit, before = self.edit, self.edit.before
        own = _words(before) != _words(self._shipped)
        self.title.setText(edit.form.title)
        self.state.setText(
            f"{edit.form.audience}. {state_words(before.version, own=own)}{', changed and not saved' if edit.changed else ''}."
        )
        self.save.setText(f"Sa&ve as version {before.version + 1}")
        self.save.setEnabled(edit.changed)
        self.discard.setEnabled(edit.changed)
        self.as_shipped.setEnabled(own)
        self.say(what_saving_does(self._running))


def _words(form: Form) -> Form:
    return replace(form, version=1)
