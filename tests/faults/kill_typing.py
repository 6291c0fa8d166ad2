"""Kills the program with -9 while somebody types in a meeting: at most two seconds' worth of words may be gone (DESIGN section 8)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KILLS = {"short": 8, "full": 100}
HOLD = 2.0  # seconds
LONGEST = 900  # seconds for everything


def kill(times: int, workers: int) -> list[dict[str, Any]]:
    """What each kill left, shared out over so many typists at once."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    shares = [times // workers + (number < times % workers) for number in range(workers)]
    typists = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults._typist", str(share), str(seed)],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed, share in enumerate(shares)
        if share
    ]
    found = []
    for typist in typists:
        said, problems = typist.communicate(timeout=LONGEST)
        if typist.returncode:
            raise RuntimeError(problems[-2000:])
        found += [json.loads(line) for line in said.splitlines()]
    return found


def wrong_with(found: list[dict[str, Any]]) -> list[str]:
    """What breaks the promise, in words."""
    wrong = [words for one in found for words in one["wrong"]]
    wrong += [f"{one['lost_seconds']:.2f} s of words lost" for one in found if one["lost_seconds"] > HOLD]
    wrong += [f"the typist ended by itself: {one['ended']}" for one in found if one["ended"] != -9 or not one["typed"]]
    return wrong


def rows(count: str) -> list[dict[str, Any]]:
    """One row."""
    if not hasattr(os, "fork"):
        return [{"what": "kill -9 while typing", "hold": "<= 2 s", "measured": "needs fork", "against": "", "ratio": None, "ok": False}]
    found = kill(KILLS[count], os.cpu_count() or 1)
    worst = max(one["lost_seconds"] for one in found)
    wrong = wrong_with(found)
    row = {"what": "words typed and lost by kill -9", "hold": "<= 2 s' worth", "measured": f"{worst:.2f} s in {len(found)} kills"}
    return [row | {"against": "", "ratio": None, "ok": not wrong and len(found) == KILLS[count], "wrong": wrong, "kills": found}]
