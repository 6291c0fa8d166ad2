"""Run as a child: start the program on a school file, type the password, and print the seconds from Enter to the first tab painted.

python -m tests.benchmarks._first_tab SCHOOL
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.ui import pc_settings, theme
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.program import Program
from tests.benchmarks._school import TODAY

LONGEST = 60  # seconds


class FirstPaint(QObject):
    """The moment a widget is painted for the first time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = time.perf_counter()
        return False


def main(path: Path) -> float:
    """Seconds from Enter in the password field to the first tab on screen."""
    app = QApplication([])
    theme.apply("light", 100)
    program = Program(app, pc_settings.PcSettings())
    with clock.frozen_at(TODAY):
        program.start(path)
        sign_in = program.sign_in
        until(lambda: sign_in._was_painted)
        QTest.keyClicks(sign_in.password.editor, PASSWORD)
        until(lambda: not jobs().running)  # a person takes longer to type than the rest of the program takes to load
        began = time.perf_counter()
        QTest.keyClick(sign_in.password.editor, Qt.Key.Key_Return)
        until(lambda: program.window is not None)
        first = FirstPaint(program.window.pages.currentWidget())
        until(lambda: first.at)
        program.window.close()
        until(lambda: program.window is None)
    program.quit()
    return first.at - began


def until(ready) -> None:
    """Let the program work until something is so."""
    end = time.perf_counter() + LONGEST
    while not ready():
        QApplication.processEvents()
        assert time.perf_counter() < end, "it did not happen within a minute"


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
