"""The whole way once more under a real X server: what offscreen forgives, a window manager and a display do not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(300)  # it waits for its turn at the printer
def test_the_whole_way_under_a_real_x_server() -> None:
    if not shutil.which("xvfb-run"):
        if os.environ.get("CI"):
            raise AssertionError("no X server here: apt-get install xvfb xauth")
        pytest.skip("no X server here: apt-get install xvfb xauth")
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb"}
    ran = subprocess.run(
        [*command, "tests/e2e/test_whole_way.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False
    )
    if " skipped" in ran.stdout:
        pytest.skip("no printer here")
    assert "1 passed" in ran.stdout, ran.stdout[-4000:] + ran.stderr[-1000:]
