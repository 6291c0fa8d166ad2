"""CPD on the Overview and on a person's record: shown once it is read, and a way to where it comes from."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.overview.tab import Tab as OverviewTab
from staffdev_desktop.ui.staff.tab import Tab as StaffTab


@pytest.fixture
def hub(practice_school: School) -> Iterator[Hub]:
    made = Hub(2026)
    made.follow(practice_school)
    yield made
    made.let_go()


def shown(kind: type[QWidget], school: School, hub: Hub, qtbot) -> QWidget:
    tab = kind(school, hub)
    qtbot.addWidget(tab)
    tab.resize(1366, 583)
    tab.show()
    return tab


def test_the_overview_adds_cpd_and_goes_there(practice_school: School, hub: Hub, house: QApplication, qtbot) -> None:
    asked = []
    hub.cpd_requested.connect(lambda view, what: asked.append((view, what)))
    tab = shown(OverviewTab, practice_school, hub, qtbot)
    qtbot.waitUntil(lambda: tab.hours.isVisibleTo(tab) and not jobs().running, timeout=15_000)
    for key in ("training-expired", "behind"):
        tab.list.opened.emit(key)
    assert asked == [("training", "Expired"), ("school", "hours")]


def test_a_record_shows_the_hours_in_words_and_opens_the_log(practice_school: School, hub: Hub, house: QApplication, qtbot) -> None:
    asked = []
    hub.cpd_requested.connect(lambda view, what: asked.append((view, what)))
    tab = shown(StaffTab, practice_school, hub, qtbot)
    people = {row.person.name: row.id for row in tab.model.rows()}
    tab.open_person(people["Aisha Rahman"])
    card = tab.record.cpd
    assert (card.of_term.text(), card.ring.accessibleName()) == ("3.5 of 4 h", "3.5 of 12 h")
    card.asked.emit("log")
    assert asked == [("log", people["Aisha Rahman"])]
    tab.open_person(people["Denise Holt"])
    assert not card.ring.isVisibleTo(tab)
    assert card.of_term.text() == "No hours are owed"
    tab.open_person(people["Laura Fenwick"])
    assert "1 expired" in card.training.text()
