"""How far one has come: the steps of setting up, and the sections of a form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import HouseButton

LEAST_WORDS = 96  # px: with less, a section is called by its number, as on paper


class StepBar(QWidget):
    """Bars in a row, those done and the one at hand filled. Put ‘Step 1 of 3’ beside it in words."""

    def __init__(self, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._step = steps, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(1)

    def words(self) -> str:
        """Step 1 of 3."""
        return f"Step {self._step} of {self._steps}"

    def set_step(self, step: int) -> None:
        """Go to a step, counted from 1."""
        self._step = step
        self.setAccessibleName(self.words())
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(theme.px(200), 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One bar per step."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wide = (self.width() - 4 * (self._steps - 1)) / self._steps
        for number in range(self._steps):
            painter.setBrush(theme.colour("accent" if number < self._step else "line"))
            painter.drawRoundedRect(QRectF(number * (wide + 4), 1, wide, 4), 2, 2)


@dataclass(frozen=True)
class SectionState:
    """A section of a form: `state` is done, now (where one is), partly or empty; `words` such as ‘Targets, 2 of 3’."""

    id: str
    words: str
    state: str


class _SectionButton(HouseButton):
    """A quiet button whose icon tells the state."""

    _LOOK = {"done": ("check", "ok"), "now": ("half", "accent"), "partly": ("half", "text2"), "empty": ("dot", "text3")}  # noqa: RUF012
    _SPOKEN = {"done": "written", "now": "you are here", "partly": "begun", "empty": "empty"}  # noqa: RUF012

    def __init__(self, state: SectionState, parent: QWidget) -> None:
        super().__init__(state.words, None, parent)
        self.setProperty("quiet", True)
        self.setProperty("section", state.state)
        self.section_id = state.id
        self.show_state(state)

    def show_state(self, state: SectionState) -> None:
        self.words = state.words
        self.setToolTip(state.words)
        self.setAccessibleName(f"{state.words}, {self._SPOKEN[state.state]}")
        if self.property("section") != state.state:
            self.setProperty("section", state.state)
            self.style().unpolish(self)
            self.style().polish(self)
        self.set_icon(*self._LOOK[state.state])

    def fit(self, most: int) -> None:
        """Cut the words with … so that the button is no wider than `most`."""
        if _wide(self) <= most:
            return
        room = most - theme.px(12) - theme.px(16) - 12
        self.show_words(theme.metrics(12, theme.SEMIBOLD).elidedText(self.words, Qt.TextElideMode.ElideRight, room))

    def show_words(self, words: str) -> None:
        if self.text() != words.replace("&", "&&"):
            self.setText(words.replace("&", "&&"))


def _wide(button: _SectionButton) -> int:
    return button.sizeHint().width()


class SectionProgress(QWidget):
    """The sections of a form in a row; `asked(id)` when one is pressed, to go there.

    Where there is no room for all their words, they are cut, or the section is called by its number; where one is keeps its words.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[_SectionButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self.setAccessibleName("Sections")

    def set_sections(self, sections: Sequence[SectionState]) -> None:
        """Show these; buttons are kept while the sections are the same, so focus stays."""
        if [button.section_id for button in self._buttons] != [section.id for section in sections]:
            for button in self._buttons:
                button.setParent(None)
                button.deleteLater()
            self._buttons = [_SectionButton(section, self) for section in sections]
            for button in self._buttons:
                button.clicked.connect(self._pressed)
                self._row.addWidget(button)
        for button, section in zip(self._buttons, sections, strict=True):
            button.show_state(section)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It never makes a window wider."""
        return QSize(theme.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut words where there is no room for all; where one is keeps its words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for button in self._buttons:
            button.show_words(button.words)
        here = [button for button in self._buttons if button.property("section") == "now"]
        others = sorted((button for button in self._buttons if button not in here), key=_wide)
        room = self.width() - sum(_wide(button) for button in here)
        if sum(_wide(button) for button in others) <= room:
            return
        numbered = room // max(len(others), 1) < theme.px(LEAST_WORDS)
        for number, button in enumerate(others):
            if numbered:
                button.show_words(str(self._buttons.index(button) + 1))
            else:
                button.fit(min(_wide(button), room // (len(others) - number)))
            room -= _wide(button)

    def _pressed(self) -> None:
        self.asked.emit(self.sender().section_id)
