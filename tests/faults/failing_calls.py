"""Kills the program, or fails its disk (EIO, ENOSPC), at every call that writes, and opens what is left (DESIGN section 8)."""

import multiprocessing
import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults._scenes import SCENES, Scene
from tests.faults._victim import DONE, WRITING, can_run, play, scratch

FAULTS = {"kill -9": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
AT_MOST = {"short": 3, "full": 100_000}  # of each call, in each scene

Point = tuple[str, str, int]  # the fault, the call, which one


def points(scene: Scene, there: Path, count: str) -> list[Point]:
    """Where to strike: every n-th call of each kind that the scene makes when nothing goes wrong."""
    with scratch() as place:
        log = Path(place) / "log"
        folder = Path(place) / "there"
        shutil.copytree(there, folder)
        outcome = play(scene, folder, "-e", f"trace={WRITING}", "-e", "signal=none", "-o", str(log))
        if outcome.ended:
            raise RuntimeError(f"{scene.name} does not even work without a fault: {outcome.ended} {outcome.said}")
        made = Counter(re.findall(r"^(?:\d+\s+)?(\w+)\(", log.read_text(), re.MULTILINE))
    found = []
    for call, number in sorted(made.items()):
        stride = max(1, number // AT_MOST[count])
        found += [(fault, call, n) for fault in FAULTS for n in range(1, number + 1, stride)]
    return found


def strike(scene: Scene, there: Path, share: list[Point]) -> Counter[str]:
    """Play the scene once for each point, then look at what it left."""
    found: Counter[str] = Counter()
    with scratch() as place:
        folder = Path(place) / "there"
        for fault, call, n in share:
            shutil.copytree(there, folder)
            inject = f"inject={call}:{FAULTS[fault]}:when={n}"
            outcome = play(scene, folder, "-e", f"trace={call}", "-e", "signal=none", "-e", inject, "-o", "/dev/null")
            wrong = scene.verify(folder, outcome.acked)
            if not wrong and outcome.ended > DONE:
                last = outcome.said.strip().rpartition("\n")[2]
                wrong = f"not told in plain words, or not saved by trying again: {last or outcome.ended}"
            found["points"] += 1
            if wrong:
                found[wrong.partition(":")[0]] += 1
                found[f"{scene.name}, {fault} at {call} {n}: {wrong}"] += 1
            shutil.rmtree(folder)
    return found


def try_all(scene: Scene, count: str) -> Counter[str]:
    """Every point of a scene, shared out over the cores."""
    workers = os.cpu_count() or 1
    with scratch() as place:
        there = Path(place) / "there"
        there.mkdir()
        scene.prepare(there)
        every = points(scene, there, count)
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            shares = [(scene, there, every[first::workers]) for first in range(workers)]
            return sum(pool.starmap(strike, shares, chunksize=1), Counter[str]())


def rows(count: str) -> list[dict[str, Any]]:
    """A row for each scene, and one for all together."""
    if why := can_run():
        return [{"what": "failing calls", "hold": "0 lost", "measured": why, "against": "", "ratio": None, "ok": False}]
    per_scene = {scene.name: try_all(scene, count) for scene in SCENES}
    total = _row("kill, EIO, ENOSPC: all", sum(per_scene.values(), Counter[str]()))
    enough = count == "short" or total["points"] >= 500
    return [*(_row(f"kill, EIO, ENOSPC: {name}", found) for name, found in per_scene.items()), total | {"ok": total["ok"] and enough}]


def _row(what: str, found: Counter[str]) -> dict[str, Any]:
    bad = {wrong: number for wrong, number in found.items() if ", " in wrong and ":" in wrong}
    measured = f"{found['lost']} lost, {found['corrupt']} corrupt, {len(bad)} bad of {found['points']:,} points"
    row = {"what": what, "hold": "0", "measured": measured, "against": "", "ratio": None, "ok": not bad}
    return row | {"points": found["points"], "bad": bad}
