"""The house dialog: its title is a question, it says what changes, the safe answer comes first, and both buttons are verbs."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label

MOST_WIDTH = 560
SHOW_AFTER = 500  # ms: work shorter than this shows no dialog


class HouseDialog(QDialog):
    """A question with a safe answer (Esc, first, focused) and one that acts. Put fields into `body`.

    `safe` and `act` are verbs: ‘Keep editing’, ‘Agree and lock’; without `act` there is only the safe one. The dialog is accepted
    when `act` is pressed and `check` returns True; override `check` to look at the fields and show what is wrong with `show_problem`.
    """

    def __init__(
        self,
        title: str,
        words: str = "",
        *,
        safe: str,
        act: str = "",
        act_icon: str | None = None,
        parent: QWidget | None = None,
        width: int = 420,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(theme.px(min(width, MOST_WIDTH)))
        self.setMaximumWidth(theme.px(MOST_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self.title = role_label(title, "title", self, wrap=True)
        column.addWidget(self.title)
        self.words = role_label(words, "body", self, wrap=True)
        self.words.setVisible(bool(words))
        column.addWidget(self.words)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column.addLayout(self.body)
        self.problem = NoteLine(self)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.safe_button = PlainButton(safe, parent=self)
        self.safe_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.safe_button)
        self.act_button = PrimaryButton(act, act_icon, self) if act else None
        if self.act_button:
            self.act_button.clicked.connect(self._act)
            self.buttons.addWidget(self.act_button)
        column.addLayout(self.buttons)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.safe_button.setFocus()

    def add_left(self, widget: QWidget) -> None:
        """Put something at the left of the row of buttons."""
        self.buttons.insertWidget(0, widget)

    def check(self) -> bool:
        """Whether what was filled in can be taken. Override it; say what is wrong with `show_problem` or on the field."""
        return True

    def show_problem(self, sentence: str) -> None:
        """Say above the buttons what is wrong; nothing that was typed goes."""
        self.problem.show_words(sentence, error=bool(sentence))

    def event(self, event: QEvent) -> bool:
        """Grow when a sentence comes that needs room: words that are already there are never cut for it."""
        done = super().event(event)
        if event.type() not in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            return done  # after the event that deletes it there is nothing left to ask
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            most = self.screen().availableGeometry().height()
            self.resize(self.width(), max(self.height(), min(layout.totalHeightForWidth(self.width()), most)))
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field acts, as it does everywhere; on the safe button it is the safe answer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.act_button and self.act_button.isEnabled():
            focused = self.focusWidget()
            if focused is self.safe_button:
                self.reject()
            else:
                self._act()
            return
        super().keyPressEvent(event)

    def _act(self) -> None:
        if self.check():
            self.accept()


class ProgressDialog(QDialog):
    """Long work: a bar, ‘Printing 14 of 56’, and Stop. It is seen only after half a second; Esc is Stop.

    `stop_asked` comes once. The work itself says when it is over, with `finish`.
    """

    stop_asked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, stop: str = "&Stop") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self._title = role_label(title, "card", self)
        self._words = role_label("", "second", self, wrap=True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.stop_button = PlainButton(stop, parent=self)
        self.stop_button.clicked.connect(self.reject)
        for part in (self._title, self.bar, self._words):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop_button)
        column.addLayout(row)
        self._stopping = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)

    def begin(self) -> None:
        """The work begins: be seen if it takes longer than half a second."""
        self._stopping = False
        self._timer.start(SHOW_AFTER)

    def set_progress(self, done: int, total: int, words: str) -> None:
        """Say how far it is: `words` such as ‘Printing 14 of 56, Denise Holt’. A total of 0 is not known yet."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self._stopping:
            self._words.setText(words)
        self.bar.setAccessibleDescription(words)

    def finish(self) -> None:
        """The work is over, done or stopped."""
        self._timer.stop()
        self.done(QDialog.DialogCode.Accepted)

    def reject(self) -> None:
        """Esc, Stop or closing: ask the work to stop, and wait for it."""
        if self._stopping:
            return
        self._stopping = True
        self.stop_button.setEnabled(False)
        self._words.setText("Stopping after this one.")
        self.stop_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window stays until the work has stopped."""
        event.ignore()
        self.reject()
