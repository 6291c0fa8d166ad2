"""From the password to the first tab, argon2 included: 200 staff and 5 years, then ten times the data (DESIGN section 8)."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks._figures import ms, row
from tests.benchmarks._school import ROOT, TIMES, copy_of, large_school_path, school_path

ROUNDS = 5
HOLD, HOLD_RATIO = 0.700, 1.5


def seconds(path: Path, folder: Path) -> float:
    """Once, in a program started afresh."""
    env = os.environ | {"STAFFDEV_DATA": str(folder), "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", "tests.benchmarks._first_tab", str(path)]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=True)
    return float(said.stdout.split()[-1])


def argon2_alone() -> float:
    """Seconds for stretching a password once, which no program can leave out."""
    from argon2.low_level import Type, hash_secret_raw

    from staffdev_desktop.schoolfile.slots import Cost

    cost = Cost()
    began = time.perf_counter()
    hash_secret_raw(b"practice-school", b"s" * 16, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID)
    return time.perf_counter() - began


def rows() -> list[dict[str, Any]]:
    """Two rows; small and large take turns."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as place:
        folder = Path(place)
        (folder / "large").mkdir()
        small, large = copy_of(school_path(), folder), copy_of(large_school_path(), folder / "large")
        pairs = [(seconds(small, folder), seconds(large, folder)) for _ in range(ROUNDS)]
    one, ten = (statistics.median(each) for each in zip(*pairs, strict=True))
    stretch = min(argon2_alone() for _ in range(3))
    ratio = ten / one
    return [
        row("password to first tab, 200 staff, 5 years", "<= 700 ms", ms(one), one <= HOLD, f"argon2 alone {ms(stretch)}", one / stretch),
        row(f"the same with {TIMES} x the data", f"<= {HOLD_RATIO} x", ms(ten), ratio <= HOLD_RATIO, f"200 staff {ms(one)}", ratio),
    ]
