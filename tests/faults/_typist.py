"""Types into the meeting's screen at a steady pace until it is killed, many times over: run as a process of its own, without Qt loaded
before the fork.

    python -m tests.faults._typist KILLS SEED      prints one line of JSON for each kill
"""

import json
import mmap
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.practice import PASSWORD, make
from staffdev_desktop.practice.cast import MANAGER
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.slots import Cost
from tests.faults._victim import scratch

TODAY = date(2026, 10, 20)
PACE = 90  # ms from one word to the next: eleven a second, faster than anybody types
FIELDS = ("discussion", "targets", "comments")
SECONDS = (0.2, 4.0)  # of typing before the kill
MOST_WORDS = 4000
LONGEST_START = 60


class Log:
    """When each word was typed, in memory that both processes share: it is there whatever happens to the typist."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 8 * (MOST_WORDS + 1))

    @property
    def count(self) -> int:
        """How many words have been typed."""
        return int(struct.unpack_from("q", self._memory, 0)[0])

    def typed(self) -> None:
        """One more, now."""
        count = self.count + 1
        struct.pack_into("d", self._memory, 8 * count, time.monotonic())
        struct.pack_into("q", self._memory, 0, count)

    def at(self, number: int) -> float:
        """When a word was typed, counted from 1."""
        return float(struct.unpack_from("d", self._memory, 8 * number)[0])


def field_of(number: int) -> str:
    """Where a word goes: five into one field, then on to the next."""
    return FIELDS[(number - 1) // 5 % len(FIELDS)]


def text_of(field: str, count: int) -> str:
    """What stands in a field after so many words."""
    return "".join(f"word{number} " for number in range(1, count + 1) if field_of(number) == field)


def type_for_ever(path: Path, review_id: int, log: Log) -> None:
    """The child: the screen as the program opens it, and a person who never stops."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from staffdev_desktop.ui import theme
    from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen

    app = QApplication([])
    theme.apply("light", 100)
    school = School.open(path, name=MANAGER, password=PASSWORD)
    screen = MeetingScreen(school.only_review(review_id), lambda *_what: None, practice=True)
    screen.resize(1366, 689)
    screen.show()
    screen.activateWindow()
    form = screen.form
    boxes = {
        "discussion": form.editor("discussion"),
        "targets": form.editor("targets").box(0, "target"),
        "comments": form.editor("comments").words,
    }

    def one_word() -> None:
        number = log.count + 1
        box = boxes[field_of(number)]
        if not box.hasFocus():
            box.setFocus()
        QTest.keyClicks(box, f"word{number} ")
        log.typed()

    timer = QTimer()
    timer.timeout.connect(one_word)
    timer.start(PACE)
    app.exec()


def kill_once(there: Path, review_id: int, folder: Path, seconds: float) -> dict[str, Any]:
    """Let somebody type for so long, kill the program, and look at what is left."""
    path = Path(shutil.copytree(there, folder / there.name))
    log = Log()
    child = os.fork()
    if child == 0:
        try:
            type_for_ever(path, review_id, log)
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    end = time.monotonic() + LONGEST_START
    while not log.count and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(seconds)
    killed = time.monotonic()
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    found = {"typed": log.count, "ended": os.waitstatus_to_exitcode(status)} | look(path, review_id, log, killed)
    shutil.rmtree(path)
    return found


def look(path: Path, review_id: int, log: Log, killed: float) -> dict[str, Any]:
    """Open what the kill left: how many seconds of words are gone, and what is wrong."""
    try:
        with School.open(path, name=MANAGER, password=PASSWORD) as school:
            wrong = list(school.check())
            answers = school.read(records.review, review_id=review_id, practice=True).answers
    except FileProblem as problem:
        return {"lost_seconds": 0.0, "wrong": [problem.message]}
    targets = answers["targets"][0]["target"] if answers["targets"] else ""
    kept = {"discussion": answers.get("discussion", ""), "targets": targets, "comments": answers.get("comments", {}).get("text", "")}
    lost = []
    for field, words in kept.items():
        whole = text_of(field, log.count + 1)  # the last one may have been on its way
        if not whole.startswith(words):
            wrong.append(f"{field}: {words[-40:]!r} was never typed")
        first = len(words.split()) if words[-1:] in ("", " ") else len(words.split()) - 1
        numbers = [number for number in range(1, log.count + 1) if field_of(number) == field]
        lost += [killed - log.at(number) for number in numbers[first:]]
    return {"lost_seconds": round(max(lost, default=0.0), 3), "lost_words": len(lost), "wrong": wrong}


def main(kills: int, seed: int) -> None:
    """Kill so many times, at random moments."""
    chance = random.Random(seed)
    with clock.frozen_at(TODAY), scratch() as place:
        there = Path(place) / "Riverbank Primary Academy.staffdev"
        make(there, staff=30, years=1, today=TODAY, cost=Cost(passes=1, memory_kib=64, lanes=1))
        with School.open(there, name=MANAGER, password=PASSWORD) as school:
            board = school.read(boards.cycle_board, year=TODAY.year)
        review_id = next(row.id for row in board if row.stage is Stage.BOOKED)
        for _ in range(kills):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                print(json.dumps(kill_once(there, review_id, Path(folder), chance.uniform(*SECONDS))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
