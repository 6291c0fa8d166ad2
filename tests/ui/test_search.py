"""Ctrl+K: found with every letter, chosen without the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.search import Hit, SearchResults
from staffdev_desktop.ui.search_providers import providers_for
from staffdev_desktop.ui.widgets.search_box import SearchBox

HITS = [Hit("person", 7, "Karen Doyle", "Teaching assistant"), Hit("review", 12, "Karen Doyle, review 2026/27", "PDR-2026-0007")]


@pytest.fixture
def results(qtbot: object, house: object) -> SearchResults:
    window = QWidget()
    window.resize(800, 500)
    qtbot.addWidget(window)
    box = SearchBox(parent=window)
    made = SearchResults(box, window, [lambda text: [hit for hit in HITS if text.casefold() in hit.title.casefold()]])
    made.box, made.kept = box, window
    window.show()
    box.setFocus()
    return made


def test_two_letters_are_enough_and_enter_takes_the_first(qtbot: object, results: SearchResults) -> None:
    qtbot.keyClicks(results.box, "k")
    assert not results.isVisible()
    qtbot.keyClicks(results.box, "a")
    assert results.isVisible()
    assert results.list.count() == 2
    with qtbot.waitSignal(results.chosen) as chosen:
        qtbot.keyClick(results.box, Qt.Key.Key_Return)
    assert chosen.args == [HITS[0]]
    assert not results.isVisible()
    assert results.box.text() == ""


def test_down_goes_to_the_next_and_stays_at_the_last(qtbot: object, results: SearchResults) -> None:
    qtbot.keyClicks(results.box, "karen")
    for _ in range(3):
        qtbot.keyClick(results.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(results.chosen) as chosen:
        qtbot.keyClick(results.box, Qt.Key.Key_Return)
    assert chosen.args == [HITS[1]]


def test_escape_closes_the_results_and_then_empties_the_box(qtbot: object, results: SearchResults) -> None:
    qtbot.keyClicks(results.box, "karen")
    qtbot.keyClick(results.box, Qt.Key.Key_Escape)
    assert not results.isVisible()
    assert results.box.text() == "karen"
    qtbot.keyClick(results.box, Qt.Key.Key_Escape)
    assert results.box.text() == ""


def test_nothing_found_is_said_and_enter_stays(qtbot: object, results: SearchResults) -> None:
    qtbot.keyClicks(results.box, "zzz")
    assert results.list.item(0).text() == "Nobody and nothing is called ‘zzz’"
    qtbot.keyClick(results.box, Qt.Key.Key_Return)
    assert results.isVisible()


def test_the_real_searches_answer(school: School) -> None:
    found = [hit for provider in providers_for(school) for hit in provider("nobody of that name")]
    assert len(providers_for(school)) == 2
    assert found == []
