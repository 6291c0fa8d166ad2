"""Whose log: everybody in scope in one list, found by typing any part of a name or a post."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.ui import theme

EVERYBODY = "Everybody"
MOST_SHOWN = 14


class PersonChooser(QComboBox):
    """`chosen(id)` comes when somebody is chosen; None is everybody, where that is offered. What fits nobody is put back."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, everybody: bool = True) -> None:
        super().__init__(parent)
        self._everybody = everybody
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(MOST_SHOWN)
        self.setAccessibleName("Whose log")
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.lineEdit().setAccessibleName("Whose log")
        self.lineEdit().installEventFilter(self)
        self.lineEdit().editingFinished.connect(self._typed)
        self.activated.connect(self._tell)
        self._icon = self.lineEdit().addAction(theme.icon("user", "text", 16), QLineEdit.ActionPosition.LeadingPosition)
        self._told: object = self  # nobody was told of anything yet

    def set_people(self, people: Sequence[CpdPerson]) -> None:
        """Offer these; whoever was chosen stays chosen."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        if self._everybody:
            self.addItem(EVERYBODY, None)
        for person in people:
            first_words = person.posts.split(",")[0]
            self.addItem(f"{person.name}, {first_words}" if first_words else person.name, person.id)
        self.set_value(before)
        self.blockSignals(False)

    def value(self) -> int | None:
        """The id of the person chosen; None is everybody."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, person_id: int | None) -> bool:
        """Choose somebody without telling; False if they are not among them."""
        place = next((place for place in range(self.count()) if self.itemData(place) == person_id), -1)
        self.setCurrentIndex(place if place >= 0 else 0 if self.count() else -1)
        self._told = self.value()
        self.lineEdit().setCursorPosition(0)
        return place >= 0

    def step(self, by: int) -> None:
        """The next person, or the one before."""
        place = self.currentIndex() + by
        if 0 <= place < self.count():
            self.setCurrentIndex(place)
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """All is selected when the keyboard comes, so that typing begins anew."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            QTimer.singleShot(0, watched, watched.selectAll)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the new theme's colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon"):
            self._dress()

    def _typed(self) -> None:
        """Enter, or the keyboard has gone on: the first that fits what is typed, else whoever it was."""
        words = self.lineEdit().text().strip().casefold()
        fits = [place for place in range(self.count()) if words and words in self.itemText(place).casefold()]
        exact = [place for place in fits if self.itemText(place).casefold() == words]
        if fits:
            self.setCurrentIndex((exact or fits)[0])
        self.lineEdit().setText(self.currentText() if fits else self.itemText(self.currentIndex()))
        self.lineEdit().setCursorPosition(0)
        self._tell()

    def _tell(self, _place: int = 0) -> None:
        if self.value() != self._told:
            self._told = self.value()
            self.chosen.emit(self._told)

    def _dress(self) -> None:
        self._icon.setIcon(theme.icon("user", "text", 16))  # the action stays: its button must not go while the style changes
