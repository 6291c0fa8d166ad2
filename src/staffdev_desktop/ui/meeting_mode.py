"""A meeting takes the whole window: no header, no tabs, no search; and, once handed over, no way out without a password."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

_SHUT = "shut_by_meeting"


class MeetingMode(QObject):
    """Puts a meeting's screen in the place of header, tabs and status line, and back. Belongs to the main window."""

    def __init__(self, window) -> None:
        super().__init__(window)
        self._window = window
        self.screen: QWidget | None = None
        self.review_id: int | None = None
        self.shortcuts: list[QShortcut] = []  # those of the window, which a handed-over PC does not answer

    @property
    def handed_over(self) -> bool:
        """Whether the PC is with the reviewer and the member of staff."""
        return self.screen is not None and self.screen.handed_over

    def start(self, review_id: int, *, handed_over: bool = False) -> None:
        """Let the PDR tab build the meeting's screen and hand the window over to it."""
        window = self._window
        tab = window.pages.tab("pdr")
        screen = tab.meeting(review_id) if tab is not None else None
        if screen is None:
            return
        self.review_id = review_id
        screen.left.connect(self.end)
        if handed_over:
            screen.hand_over(window.school.opens_with, window.school.actor.name)
        self._show(screen)

    def start_handed_over(self, review_id: int) -> None:
        """The business manager gives the PC to the reviewer and the member of staff."""
        self.start(review_id, handed_over=True)

    def end(self) -> None:
        """Header and tabs come back."""
        self.review_id = None
        self._show(None)

    def _show(self, screen: QWidget | None) -> None:
        window, before = self._window, self.screen
        self.screen = screen
        window.results.hide()
        window.notification.close_now()
        if screen is not None:
            window.content.addWidget(screen)
            window.content.setCurrentWidget(screen)
            screen.focus_first()
        else:
            window.content.setCurrentWidget(window.frame)
        if before is not None:
            window.content.removeWidget(before)
            before.deleteLater()
        self._answer(screen is None)
        window.status.setVisible(screen is None)
        window.idle.in_meeting(screen is not None)

    def _answer(self, answers: bool) -> None:
        """Hidden parts take no mouse and no key, but a screen reader's or a script's press would still reach them: shut them too."""
        frame = self._window.frame
        for shortcut in self.shortcuts:
            shortcut.setEnabled(answers)
        frame.setEnabled(answers)
        for action in frame.findChildren(QAction):  # an action does not follow the widget it belongs to
            if not answers and action.isEnabled():
                action.setProperty(_SHUT, True)
                action.setEnabled(False)
            elif answers and action.property(_SHUT):
                action.setProperty(_SHUT, None)
                action.setEnabled(True)
