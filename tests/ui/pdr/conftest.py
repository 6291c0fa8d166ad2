"""The PDR tab over a school full of reviews, and over one where no cycle has begun."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord
from staffdev_desktop.school import School
from staffdev_desktop.settings import services as settings
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.pdr.tab import Tab
from tests.conftest import CHEAP, MANAGER, TODAY
from tests.ui.pdr.cast import Cast, fill, write_people


@dataclass
class Desk:
    """The tab on screen, and what it said."""

    school: School
    hub: Hub
    tab: Tab
    cast: Cast
    said: list[tuple[str, str, str, str]]
    meetings: list[int]

    def row(self, surname: str) -> BoardRow:
        """A review as the board shows it."""
        return self.tab.board.model.row_of(self.cast.reviews[surname])

    def record(self, surname: str) -> ReviewRecord:
        """A review as it is on disk."""
        return self.school.read(records.review, review_id=self.cast.reviews[surname])

    def names(self) -> list[str]:
        """Who is shown, from the top."""
        return [row.name for row in self.tab.board.model.shown_rows()]


def press(widget: QWidget, *keys: Qt.Key | str, hold: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys, or type words, where the focus is inside a widget."""
    for key in keys:
        target = widget.focusWidget() or widget
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyPress(target, key, hold)
            if isValid(target) and target.isVisible():  # Enter may have closed its dialog
                QTest.keyRelease(target, key, hold)
        QApplication.processEvents()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """A closed file with all reviews in it, made once; tests open copies."""
    path = tmp_path_factory.mktemp("filled") / "Riverbank Primary Academy.staffdev"
    School.create(path, school_name="Riverbank Primary Academy", holder=MANAGER, cost=CHEAP)
    with clock.frozen_at(TODAY):
        school = School.open(path, name=MANAGER.name, password=MANAGER.password)
        school.do(settings.begin_school, name="Riverbank Primary Academy", year=2026)
        cast = fill(school)
        school.close()
    return path, cast


@pytest.fixture
def desk(filled: tuple[Path, Cast], tmp_path: Path, house: QApplication, qtbot: object) -> Iterator[Desk]:
    """Picture 03: Tuesday 20 October 2026."""
    path, cast = filled
    copy = shutil.copytree(path, tmp_path / path.name)
    school = School.open(copy, name=MANAGER.name, password=MANAGER.password)
    yield from _open(school, cast, qtbot)
    school.close()


@pytest.fixture
def empty_desk(school: School, house: QApplication, qtbot: object) -> Iterator[Desk]:
    """People, and no cycle."""
    yield from _open(school, Cast(write_people(school), {}), qtbot)


def _open(school: School, cast: Cast, qtbot: object) -> Iterator[Desk]:
    hub = Hub(2026)
    hub.follow(school)
    said: list[tuple[str, str, str, str]] = []
    meetings: list[int] = []
    hub.notified.connect(lambda *words: said.append(words))
    hub.meeting_requested.connect(meetings.append)
    tab = Tab(school, hub)
    qtbot.addWidget(tab)
    tab.resize(1366, 583)
    tab.show()
    tab.focus_first()
    yield Desk(school, hub, tab, cast, said, meetings)
    hub.let_go()


@pytest.fixture
def finish_jobs(qtbot: object) -> Callable[[], None]:
    """Wait until the worker is idle."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)

    return wait


def all_rows(school: School) -> tuple[BoardRow, ...]:
    """Every review of the year."""
    return school.read(boards.cycle_board, year=2026)
