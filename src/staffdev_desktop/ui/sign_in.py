"""The sign-in window: the first thing on screen, and what the screen lock shows. It names the school and who can sign in, nothing else.

It is painted before cryptography, logging and the database are loaded (DESIGN section 8), so this module imports Qt's widgets and
little else; what opens the file is imported by the job that does it.
"""

import json
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.labelled import LabelledField, NoteLine, role_label
from staffdev_desktop.ui.widgets.simple_editors import ChoiceField, PasswordField

WIDTH = 440
PRACTICE_PASSWORD = "practice-school"  # noqa: S105  known to everybody: nobody in the practice school is real


class Plain(NamedTuple):
    """What may be read of a school file without a key."""

    school_name: str
    people: tuple[tuple[str, str], ...]  # name, role
    practice: bool


def read_plain(path: Path) -> Plain:
    """The school's name and who can sign in. A file with something wrong gives what can be read; opening it says what is wrong."""
    try:
        facts = json.loads((path / "school.json").read_text(encoding="utf-8"))
        slots = json.loads((path / "slots.json").read_text(encoding="utf-8"))["slots"]
        found = [(str(slot["name"]), str(slot["role"])) for slot in slots if slot["kind"] == "user"]
        people = tuple(dict.fromkeys(found))  # a password change that was cut off leaves two slots of one person
        return Plain(str(facts["school_name"]), people, bool(facts.get("practice", False)))
    except (OSError, ValueError, KeyError, TypeError):
        return Plain(path.stem, (), False)


class SignIn(QDialog):
    """Asks who and which password. `unlocked(School)` when the file is open; the other signals ask the program for another window."""

    painted = Signal()
    unlocked = Signal(object)
    other_file_asked = Signal()
    restore_asked = Signal()
    new_file_asked = Signal()
    start_again_asked = Signal()

    def __init__(self, path: Path, *, locked: str = "", name: str = "") -> None:
        """`locked` says since when and why, if the screen lock asks; `name` is who was signed in."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowMinimizeButtonHint)
        self.path = path
        self.plain = read_plain(path)
        self._caps_lock, self._was_painted, self._busy = False, False, False
        self.setWindowTitle("Staff Development")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 26, 32, 24)
        column.setSpacing(0)
        column.addLayout(self._head(locked))
        column.addSpacing(28)
        self._build_fields(column, name)
        self._build_buttons(column)
        if locked:
            column.addSpacing(16)
            column.addWidget(_saved_note(self))
        column.addSpacing(12)
        self._build_ways_out(column)
        self.setFixedWidth(theme.px(WIDTH))
        self._settle()
        self.password.editor.setFocus()
        for watched in (self, self.password.editor):  # last: Python is handed every event of theirs, and building sends hundreds
            watched.installEventFilter(self)

    def _head(self, locked: str) -> QHBoxLayout:
        crest = QLabel(self)
        crest.setPixmap(theme.pixmap("crest", "accent", 36))
        second = locked or ("Practice. Everybody in it is invented." if self.plain.practice else "Sign in to open the school’s file")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(role_label(self.plain.school_name, "title", self, wrap=True))
        words.addWidget(role_label(second, "second", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(crest)
        row.addLayout(words, 1)
        return row

    def _build_fields(self, column: QVBoxLayout, name: str) -> None:
        choices = [(person, f"{person}, {_in_sentence(role)}") for person, role in self.plain.people]
        self.who = LabelledField("&Who is signing in?", ChoiceField(choices), parent=self)
        if name:
            self.who.set_value(name)
        for place in range(len(choices)):
            self.who.editor.setItemIcon(place, theme.icon("user"))
        hint = f"The password is {PRACTICE_PASSWORD}" if self.plain.practice else ""
        self.password = LabelledField("&Password", PasswordField(), hint=hint, parent=self)
        self.password.edited.connect(self._typed)
        self.problem = NoteLine(self)
        column.addWidget(self.who)
        column.addSpacing(10)
        column.addWidget(self.password)
        column.addWidget(self.problem)
        column.addSpacing(18)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        self.unlock_button = PrimaryButton("&Unlock", "unlock", self)
        self.unlock_button.setDefault(True)
        self.unlock_button.setMinimumHeight(theme.px(34))
        policy = self.unlock_button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.unlock_button.setSizePolicy(policy)
        self.unlock_button.clicked.connect(self.unlock)
        close = PlainButton("Close", "x", self)
        close.setMinimumHeight(theme.px(34))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.unlock_button, 1)
        row.addWidget(close)
        column.addLayout(row)

    def _build_ways_out(self, column: QVBoxLayout) -> None:
        if not self.plain.practice:
            column.addWidget(role_label("Forgotten it? Use the recovery sheet from the school safe.", "small", self, wrap=True))
        first, second = QHBoxLayout(), QHBoxLayout()
        again = ("Start &again with a fresh one…", self.start_again_asked.emit)
        forgotten = ("Use the &recovery code…", self._ask_for_code)
        for row, text, do in (
            (first, *(again if self.plain.practice else forgotten)),
            (first, "Make a &new school file…", self.new_file_asked.emit),
            (second, "Open another &school file…", self.other_file_asked.emit),
            (second, "Restore a &backup…", self.restore_asked.emit),
        ):
            link = LinkButton(text, parent=self)
            link.clicked.connect(do)
            row.addWidget(link)
        for row in (first, second):
            row.setContentsMargins(-4, 2, 0, 0)
            row.addStretch(1)
            column.addLayout(row)

    # -- the password ---------------------------------------------------------------------------------------------------

    def unlock(self) -> None:
        """Try the password. The key is stretched on the worker thread; the window stays alive."""
        from staffdev_desktop.ui import jobs

        if self._busy:
            return
        self._show_busy(True)
        self.problem.show_words("")
        path, name, password = self.path, str(self.who.value() or ""), self.password.value()

        def work(_tell: jobs.Tell) -> object:
            from staffdev_desktop.school import School

            return School.open(path, name=name, password=password)

        jobs.run(work, title="Opening the school file", on_done=self._opened, on_error=self._refused, quiet=True)

    def look_at_file(self) -> None:
        """Say at once if the file is not there, damaged or too new, before a password is typed for nothing.

        For when the window is painted: what reads the file properly is loaded after that.
        """
        from staffdev_desktop.kernel.errors import FileProblem
        from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
        from staffdev_desktop.schoolfile.slots import read_slots

        try:
            facts = read_facts(SchoolFolder(self.path))
            read_slots(SchoolFolder(self.path), facts.file_id)
        except FileProblem as error:
            self.problem.show_words(f"{error.message} {error.next_step}", error=True)

    def _opened(self, school: object) -> None:
        self.password.editor.clear()
        self.unlocked.emit(school)

    def _refused(self, error: Exception) -> None:
        from staffdev_desktop.kernel.errors import Fault, FileProblem

        self._show_busy(False)
        if isinstance(error, FileProblem) and error.fault == Fault.WRONG_PASSWORD:
            caps = " Caps Lock is on." if self._caps_lock else ""
            self.password.set_error(f"{error.message}{caps}")
            self.password.editor.selectAll()
        elif isinstance(error, FileProblem):
            self.problem.show_words(f"{error.message} {error.next_step}", error=True)
        self.password.editor.setFocus()

    def _show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.unlock_button.setText("Unlocking…" if busy else "&Unlock")
        self.unlock_button.setEnabled(not busy)
        self.password.editor.setReadOnly(busy)

    def _typed(self, _value: object) -> None:
        self.password.set_error("Caps Lock is on." if self._caps_lock else None)

    def _ask_for_code(self) -> None:
        from staffdev_desktop.ui.recovery import ask_for_code

        ask_for_code(self, self.path, self.unlocked.emit)

    # -- what Qt tells ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with what is said under the fields, and notice Caps Lock in what is typed."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self:
            self._settle()
        elif event.type() == QEvent.Type.KeyPress and watched is self.password.editor:
            self._notice_caps_lock(event)
        return super().eventFilter(watched, event)

    def _notice_caps_lock(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it: Qt has no way to ask."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps_lock = False
        elif letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps_lock = letter.isupper() != shifted

    def _settle(self) -> None:
        self.setFixedHeight(self.layout().totalHeightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window has been seen: then the rest of the program is loaded."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def reject(self) -> None:
        """Close, but never while the file is being opened: it would stay held."""
        if not self._busy:
            super().reject()


def _in_sentence(role: str) -> str:
    return role[:1].lower() + role[1:]


def _saved_note(parent: QDialog) -> QFrame:
    note = QFrame(parent)
    note.setProperty("panel", "quiet")
    row = QHBoxLayout(note)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(8)
    tick = QLabel(note)
    tick.setPixmap(theme.pixmap("check", "ok"))
    row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(role_label("Your work was saved when the screen was locked. It opens where you left it.", "", note, wrap=True), 1)
    return note
