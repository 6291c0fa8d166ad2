"""Typing as a person does: keys go where the focus is, whatever alphabet they are in."""

import time

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

ALT, CONTROL, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def focused() -> QWidget:
    """Where keys go now. Raises AssertionError when they would go nowhere."""
    found = QApplication.focusWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert found is not None, "no window has the keyboard"
    return found


def come_back(window: QWidget) -> None:
    """Give the keyboard back to a window whose dialog has closed: offscreen there is no window manager that would."""
    end = time.monotonic() + 5
    while not window.isActiveWindow():
        assert time.monotonic() < end, "the window does not become active"
        window.activateWindow()
        QApplication.processEvents()


def press(*keys: Qt.Key | str, hold: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys, or type words, where the focus is; `hold` is held meanwhile."""
    for key in keys:
        if isinstance(key, str):
            for letter in key:
                _type(letter)
        else:
            _strike(focused(), key, hold)
        QApplication.processEvents()


def alt(letter: str) -> None:
    """Press the letter that a label or a button underlines."""
    press(Qt.Key(ord(letter.upper())), hold=ALT)


def control(letter: str) -> None:
    """Press a shortcut such as Ctrl+K."""
    press(Qt.Key(ord(letter.upper())), hold=CONTROL)


def replace(words: str) -> None:
    """Type over all that stands in the box."""
    control("a")
    press(words)


def _strike(where: QWidget, key: Qt.Key, hold: Qt.KeyboardModifier) -> None:
    QTest.keyPress(where, key, hold)
    if isValid(where) and where.isVisible() and where.isEnabled():  # the key may have closed its dialog
        QTest.keyRelease(where, key, hold)


def _type(letter: str) -> None:
    if letter == "\n":
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    elif letter.isascii():
        QTest.keyClicks(focused(), letter)
    else:  # QTest knows keys for ASCII alone and aborts at any other
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focused(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
