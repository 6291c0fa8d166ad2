"""Cuts the power at every moment of a scene, in every way the disk may then look, and opens what is left (DESIGN section 8)."""

import multiprocessing
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults._disk import LOGGED, Log, Step, Tree, read_tree, states
from tests.faults._scenes import COMMON_ADVICE, SCENES, Scene
from tests.faults._victim import can_run, play, scratch

MIXTURES = {"short": 1, "full": 40}  # random mixtures of what reached the disk, for each moment
MOMENTS = {"short": 25, "full": 100_000}  # at most so many moments a scene


def recorded(scene: Scene, folder: Path) -> tuple[Tree, list[Step]]:
    """Play the scene in `folder`: what lay there before, and everything the scene did to the disk."""
    folder.mkdir()
    scene.prepare(folder)
    log = folder.with_name("log")
    strace = ("-y", "-xx", "-s", "10000000", "-e", f"trace={LOGGED}", "-e", "signal=none", "-o", str(log))
    before: list[Tree] = []
    outcome = play(scene, folder, *strace, at_start=lambda: before.append(read_tree(folder)))
    if outcome.ended:
        raise RuntimeError(f"{scene.name} does not even work without a fault: {outcome.ended} {outcome.said}")
    shutil.rmtree(folder)
    return before[0], Log(folder, before[0]).read(log)


def cut(scene: Scene, count: str) -> Counter[str]:
    """Every state of a scene, opened: how many, and how many "lost" or "corrupt"."""
    workers = os.cpu_count() or 1
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return sum(pool.starmap(_try_share, [(scene, count, first, workers) for first in range(workers)], chunksize=1), Counter[str]())


def _try_share(scene: Scene, count: str, first: int, workers: int) -> Counter[str]:
    found: Counter[str] = Counter()
    with scratch() as place:
        # Where it was played is where it is opened: a journal over two databases names its parts by their whole paths.
        folder = Path(place) / "there"
        before, steps = recorded(scene, folder)
        just_told = [i + 1 for i, step in enumerate(steps) if step.kind == "ack"]
        every = range(1, len(steps) + 1, max(1, len(steps) // MOMENTS[count]))
        moments = sorted({*every, *just_told})[first::workers]
        for acked, tree in states(before, steps, moments, MIXTURES[count], seed=1):
            tree.lay_out(folder)
            wrong = scene.verify(folder, acked)
            found["states"] += 1
            if wrong:
                found[wrong.partition(":")[0]] += 1
                found[f"{scene.name}: {wrong}"] += 1
            shutil.rmtree(folder)
    return found


def rows(count: str) -> list[dict[str, Any]]:
    """A row for each scene, and one for all together beside what common advice loses on the same disk."""
    if why := can_run():
        return [{"what": "power cuts", "hold": "0 lost", "measured": why, "against": "", "ratio": None, "ok": False}]
    plain = cut(COMMON_ADVICE, count)
    against = f"WAL and NORMAL: {plain['lost']:,} of {plain['states']:,} lose"
    per_scene = {scene.name: cut(scene, count) for scene in SCENES}
    result = [_row(f"power cut: {name}", found, "") for name, found in per_scene.items()]
    total = _row("power cut: all", sum(per_scene.values(), Counter[str]()), against)
    enough = count == "short" or total["states"] >= 10_000
    # A simulator that finds nothing wrong with the advice that is known to lose would find nothing wrong with us either.
    return [*result, total | {"ok": total["ok"] and enough and plain["lost"] > 0}]


def _row(what: str, found: Counter[str], against: str) -> dict[str, Any]:
    bad = {wrong: number for wrong, number in found.items() if wrong not in {"states", "lost", "corrupt"}}
    measured = f"{found['lost']} lost, {found['corrupt']} corrupt of {found['states']:,} states"
    ok = found["states"] > 0 and not bad
    row = {"what": what, "hold": "0", "measured": measured, "against": against, "ratio": None, "ok": ok}
    return row | {"states": found["states"], "bad": bad}
