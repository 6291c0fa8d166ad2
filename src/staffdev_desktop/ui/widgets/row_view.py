"""What views whose rows are lines share: the row under the pointer, and finding a row by its first letters."""

from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel.names import searchable

LETTERS_STAY = 1000  # ms in which letters typed belong to one word


class RowHover:
    """Put before a view: `hover_row` is the row under the pointer, which is lightly tinted; -1 is none."""

    hover_row = -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Another row may be under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        before, self.hover_row = self.hover_row, row
        if row != before:
            self.hover_moved(before, row)

    def hover_moved(self, before: int, after: int) -> None:
        """Paint the two rows anew."""
        self.viewport().update()


class LetterSearch:
    """Put before a view of a TableModel: letters typed one after the other go to the next row whose words begin with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters, self._letters_timer = "", QElapsedTimer()

    def keyboardSearch(self, letters: str) -> None:
        """Go there; where nothing begins so, nothing moves."""
        if not self._letters_timer.isValid() or self._letters_timer.elapsed() > LETTERS_STAY:
            self._letters = ""
        self._letters_timer.start()
        fresh = not self._letters
        self._letters += searchable(letters)
        rows = self.model().shown_rows()
        start = max(self.currentIndex().row(), 0) + (1 if fresh else 0)
        for step in range(len(rows)):
            place = (start + step) % len(rows)
            if searchable(self.words_of(rows[place])).startswith(self._letters):
                self.go_to_row(place)
                return

    def words_of(self, row: Any) -> str:
        """What a row is found by."""
        raise NotImplementedError

    def go_to_row(self, place: int) -> None:
        """Put the keyboard on the row at this place."""
        raise NotImplementedError
