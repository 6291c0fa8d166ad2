"""What the tests of CPD at the screen share: a small school and the practice school in the CPD tab, and a person’s hands and eyes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.people import Staffed


@dataclass
class Shown:
    """The tab on screen as in the window at 1366 x 689, and every sentence of the notices below it."""

    school: School
    hub: Hub
    tab: Tab
    said: list[tuple[str, str, str, str]] = field(default_factory=list)


@pytest.fixture
def school_path(cpd_file: tuple[Path, Staffed], tmp_path: Path) -> Path:
    """A copy of the file with three people and CPD begun, closed: what `school` opens here."""
    path, _staffed = cpd_file
    return Path(shutil.copytree(path, tmp_path / path.name))


@pytest.fixture
def staffed(cpd_file: tuple[Path, Staffed], school: School) -> Staffed:
    """Who is in that school."""
    _path, staffed = cpd_file
    return replace(staffed, school=school)


@pytest.fixture
def show_tab(house: QApplication, qtbot: Any) -> Iterator[Callable[[School], Shown]]:
    """Shows a school’s CPD."""
    hubs: list[Hub] = []

    def show(school: School) -> Shown:
        hub = Hub(2026)
        hub.follow(school)
        hubs.append(hub)
        made = Shown(school, hub, Tab(school, hub))
        hub.notified.connect(lambda *words: made.said.append(words))
        qtbot.addWidget(made.tab)
        made.tab.resize(1366, 583)
        made.tab.show()
        return made

    yield show
    for hub in hubs:
        hub.let_go()


@pytest.fixture
def practice(show_tab: Callable[[School], Shown], practice_school: School) -> Shown:
    """The practice school’s CPD on screen."""
    return show_tab(practice_school)


@pytest.fixture
def finish_jobs(qtbot: Any) -> Callable[[], None]:
    """Wait until the worker is idle and what it brought is shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
        QApplication.processEvents()

    return wait


def dialog_of(answers: Any, kind: type) -> Any:
    """The dialog that was just opened; no Alt letter stands for two things in it."""
    QApplication.processEvents()
    assert isinstance(answers.dialog, kind)
    assert clashes(answers.dialog) == {}
    return answers.dialog


def words_in(widget: QWidget) -> str:
    """What can be read in a widget."""
    QApplication.processEvents()
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
