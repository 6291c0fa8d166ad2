"""A day of training for thirty people, by keyboard, in the real window: logged, seen, taken back and logged again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.school import School
from staffdev_desktop.ui import pc_settings
from staffdev_desktop.ui.main_window import MainWindow
from tests.conftest import MANAGER
from tests.e2e.keyboard import ALT, CONTROL, Key, alt, come_back, control, focused, press, replace
from tests.e2e.person import Person, idle, wait

PEOPLE, DAY, WHAT = 30, date(2026, 10, 12), "Safeguarding: what has changed"


@pytest.fixture
def window(person: Person, practice_path: Path) -> Iterator[Any]:
    school = School.open(practice_path, name=MANAGER.name, password=PASSWORD)
    made = MainWindow(school, pc_settings.PcSettings())
    made.resize(1366, 689)
    made.show()
    come_back(made)
    yield made
    made.hub.let_go()
    made.deleteLater()
    QApplication.processEvents()
    school.close()


def logged(window: Any) -> list[EntryRow]:
    """The entries of the day, from disk."""
    return [row for row in window.school.read(queries.entries, first=DAY, last=DAY) if row.details.activity == WHAT]


def log_the_day(window: Any, person: Person) -> None:
    """Fill in the dialog from the first field to its button."""
    press(Key.Key_N, hold=CONTROL)
    dialog = person.sees("Log a day for many people?")
    replace("12/10/26")
    press(Key.Key_Tab)
    replace("1:30")
    alt("a")
    replace(WHAT)
    alt("v")
    replace("Safeguarding partnership")
    while focused() is not dialog.people.table:
        press(Key.Key_Tab)
    for _ in range(PEOPLE):
        press(Key.Key_Space, Key.Key_Down)
    assert dialog.people.count.text().startswith(f"{PEOPLE} people ticked")
    press(Key.Key_L, hold=ALT)
    person.is_done()
    come_back(window)


def test_a_day_is_logged_for_thirty_people_taken_back_and_logged_again(window: Any, person: Person) -> None:
    press(Key.Key_4, hold=CONTROL)
    tab = window.pages.currentWidget()
    alt("g")
    wait(lambda: tab.view.value() == "log", "the log")
    shown = len(tab.panel.all_page.model.rows())

    log_the_day(window, person)
    told = f"1.5 h logged for {PEOPLE} people. {WHAT}, Monday 12 October"
    wait(lambda: window.notification.accessibleName() == told, "the notification")
    assert window.notification.isVisible()
    rows = logged(window)
    assert len(rows) == len({row.person_id for row in rows}) == PEOPLE
    assert {(row.details.minutes, row.kind, row.details.provider) for row in rows} == {(90, "INSET", "Safeguarding partnership")}
    wait(lambda: len(tab.panel.all_page.model.rows()) == shown + PEOPLE, "the list of everybody’s entries")

    control("z")
    wait(lambda: not logged(window), "the undo")
    wait(lambda: len(tab.panel.all_page.model.rows()) == shown, "the list without them")

    log_the_day(window, person)
    assert {row.person_id for row in logged(window)} == {row.person_id for row in rows}
    idle()
    assert not person.asked
