"""The outline of a form: the whole form, its sections, their questions, and what can be done to the one chosen."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.forms.edit import WHOLE, Edit, Place
from staffdev_desktop.ui.forms.words import KIND_WORDS, name_of
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import NoteLine

FRAME = (
    "QTreeWidget { border: 1px solid palette(mid); border-radius: 4px; padding: 1px; }"
    "QTreeWidget:focus { border: 2px solid palette(highlight); padding: 0; }"
)
_PLACE = Qt.ItemDataRole.UserRole
HIDE, SHOW, TAKE_OUT = "&Hide", "Show a&gain", "&Take out…"


class OutlineTree(QTreeWidget):
    """Alt+Up and Alt+Down move what is chosen."""

    move_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(theme.px(18))
        self.setAccessibleName("Sections and questions of the form")
        self.setAccessibleDescription("Alt and Up or Down move the one chosen")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStyleSheet(FRAME)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up, Alt+Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key(), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_asked.emit(step)
        else:
            super().keyPressEvent(event)


class Outline(QWidget):
    """`chosen(place)` when another one is chosen; the rest asks, and the editor does it."""

    chosen = Signal(object)
    move_asked = Signal(int)
    add_asked = Signal()
    verb_asked = Signal()  # hide, show again or take out: what `verb` says

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = OutlineTree(self)
        self.add = PlainButton("&Add…", "plus", self)
        self.add.setAccessibleName("Add a question")
        self.add.setToolTip("Add a question, here or in a section of its own")
        self.up = PlainButton("&Up", parent=self)
        self.down = PlainButton("&Down", parent=self)
        self.up.setAccessibleName("Move up")
        self.down.setAccessibleName("Move down")
        self.up.setToolTip("Move up (Alt+Up in the list)")
        self.down.setToolTip("Move down (Alt+Down in the list)")
        self.verb = PlainButton(HIDE, parent=self)
        self.note = NoteLine(self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.add, self.up, self.down, self.verb):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        self._place = WHOLE
        self._filling = False
        self.tree.currentItemChanged.connect(self._current_changed)
        self.tree.move_asked.connect(self.move_asked)
        self.add.clicked.connect(self.add_asked)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.verb.clicked.connect(self.verb_asked)

    @property
    def place(self) -> Place:
        """What is chosen."""
        return self._place

    def show_edit(self, edit: Edit, place: Place | None = None) -> None:
        """Show the form as it stands, with `place` chosen, else what was chosen before."""
        wanted = place or self._place
        self._filling = True
        self.tree.clear()
        chosen = self._item(None, edit, WHOLE)
        for section in edit.form.sections:
            top = self._item(None, edit, Place("section", section.id))
            for field in (*section.fields, *section.hidden):
                self._item(top, edit, Place("field", field.id))
        self.tree.expandAll()
        for item in self._items():
            chosen = item if item.data(0, _PLACE) == wanted else chosen
        self.tree.setCurrentItem(chosen)
        self._filling = False
        self.tree.scrollToItem(chosen)
        self._current_changed(chosen)

    def rename(self, edit: Edit) -> None:
        """Say the new words, without touching what is chosen."""
        for item in self._items():
            self._dress_item(item, edit)

    def dress(self, edit: Edit) -> None:
        """Say on the buttons what can be done to the one chosen, and under them why it must stay."""
        place = self._place
        whole = place == WHOLE
        words = TAKE_OUT if place.kind == "section" else SHOW if edit.is_hidden(place) else HIDE
        self.verb.setText(words)
        self.verb.setEnabled(not whole)
        for button in (self.up, self.down):
            button.setEnabled(not whole)
        self.say("" if whole or edit.is_hidden(place) else edit.why_kept(place))

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Under the buttons: why something must stay, or could not be done."""
        self.note.show_words(sentence, error=error)
        self.verb.setAccessibleDescription(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Deeper steps with larger letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "tree"):
            self.tree.setIndentation(theme.px(18))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        walk = QTreeWidgetItemIterator(self.tree)
        while walk.value() is not None:
            yield walk.value()
            walk += 1

    def _item(self, above: QTreeWidgetItem | None, edit: Edit, place: Place) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, _PLACE, place)
        if above is None:
            item.setFont(0, theme.font(13, theme.SEMIBOLD))
            self.tree.addTopLevelItem(item)
        else:
            above.addChild(item)
        self._dress_item(item, edit)
        return item

    def _dress_item(self, item: QTreeWidgetItem, edit: Edit) -> None:
        """Its words, and a sign where it is hidden or holds words that cannot be taken yet; never colour alone."""
        place: Place = item.data(0, _PLACE)
        field, section, hidden = edit.field(place), edit.section(place), edit.is_hidden(place)
        words = edit.form.title
        if field is not None and section is not None:
            words = f"{name_of(field, section)}{' (hidden)' if hidden else ''}"
            item.setToolTip(0, KIND_WORDS[field.kind])
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, KIND_WORDS[field.kind])
            item.setForeground(0, theme.colour("text3" if hidden else "text"))
        elif section is not None:
            words = f"{edit.form.sections.index(section) + 1}. {section.title}"
        wrong = any(each == place for each, _key in edit.wrong)
        item.setText(0, words)
        if wrong:
            item.setIcon(0, theme.icon("late", "late"))
        else:
            item.setIcon(0, theme.icon("eyeoff", "text3") if hidden else QIcon())

    def _current_changed(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        if item is None or self._filling:
            return
        self._place = item.data(0, _PLACE)
        self.chosen.emit(self._place)

    def _move_up(self) -> None:
        self.move_asked.emit(-1)

    def _move_down(self) -> None:
        self.move_asked.emit(1)
