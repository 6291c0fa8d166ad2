"""How soon the sign-in window is painted, beside a bare Qt window, each from the start of its process (DESIGN section 8)."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost

MOST = 1.30
RUNS = {"short": 11, "full": 31}

BARE = """
import sys, time
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, painted)

def painted():
    print(time.time())
    app.quit()

app = QApplication(sys.argv[:1])
window = Window()
window.setWindowFlags(Qt.WindowType.Window)
window.resize(440, 440)
window.show()
app.exec()
"""
OURS = """
import gc
gc.disable()  # as app.py does
import sys, time
from staffdev_desktop.ui import program

def painted(shown):
    print(time.time())
    shown.app.quit()

program.Program._load_rest = painted
program.run(sys.argv[1])
"""


def seconds(source: str, school: Path) -> float:
    """From the start of the process to what it says when its window is painted."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", source, school], capture_output=True, text=True, check=True, env=environment())
    return float(done.stdout.split()[-1]) - began


def environment() -> dict[str, str]:
    """Without a screen unless there is one to measure on; this PC's own settings are left alone."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return os.environ | {"QT_QPA_PLATFORM": platform, "STAFFDEV_DATA": tempfile.gettempdir() + "/staffdev-bench-start"}


def rows(count: str = "full") -> list[dict[str, Any]]:
    """Both windows in turn, so that whatever else the PC does hits both; the medians are compared."""
    with tempfile.TemporaryDirectory() as folder:
        school = Path(folder) / "Riverbank Primary Academy.staffdev"
        holder = KeyHolder("Janet Whitlock", "School business manager", "correct horse battery")
        School.create(school, school_name="Riverbank Primary Academy", holder=holder, cost=Cost(1, 64, 1))
        bare, ours = [], []
        for _ in range(RUNS[count]):
            bare.append(seconds(BARE, school))
            ours.append(seconds(OURS, school))
    ratio = statistics.median(ours) / statistics.median(bare)
    return [
        {
            "what": "sign-in window painted",
            "hold": f"<= {MOST:.2f} x",
            "measured": f"{statistics.median(ours) * 1000:.0f} ms",
            "against": f"{statistics.median(bare) * 1000:.0f} ms, a bare Qt window",
            "ratio": round(ratio, 2),
            "ok": ratio <= MOST,
        }
    ]
