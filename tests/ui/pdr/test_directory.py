"""The directory searched while a need is agreed, in the review's own door."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.school import School
from staffdev_desktop.ui.pdr.meeting.directory import OWN, DirectoryDialog
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.ui.pdr.conftest import press

ENTER, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space
FLUENCY = "Reading fluency in Key Stage 2"


@pytest.fixture
def review_id(practice_school: School) -> int:
    return next(row.id for row in practice_school.read(boards.cycle_board, year=2026) if row.name == "Karen Doyle")


@pytest.fixture
def screen(practice_school: School, review_id: int, house: QApplication, qtbot: Any) -> Iterator[MeetingScreen]:
    made = MeetingScreen(practice_school.only_review(review_id), lambda *_what: None, practice=True)
    qtbot.addWidget(made)
    made.resize(1366, 689)
    made.show()
    QApplication.processEvents()
    yield made
    made.saving.commit()


def needs(screen: MeetingScreen) -> list[dict[str, str]]:
    return [row for row in screen.form.answer("needs") if row["need"]]


def opened(screen: MeetingScreen, answers: Any) -> DirectoryDialog:
    button = screen.form.editor("needs").search_button
    button.setFocus()
    press(screen, SPACE)
    dialog = answers.dialog
    assert isinstance(dialog, DirectoryDialog)
    assert clashes(dialog) == {}
    return dialog


def test_what_is_found_becomes_a_need_with_provider_time_and_cost_in_words(
    screen: MeetingScreen, answers: Any, practice_school: School, review_id: int
) -> None:
    dialog = opened(screen, answers)
    assert not dialog.where.isVisibleTo(dialog)
    dialog.act_button.click()
    assert dialog.problem.words() == "Choose a line, or cancel."
    press(dialog, "reading", DOWN, DOWN)
    assert dialog.about.text().startswith("Choose texts, model reading aloud")
    press(dialog, ENTER)
    assert [row["need"] for row in needs(screen)] == [FLUENCY]
    assert needs(screen)[0]["how"] == "Stonebridge Reading, 6 hours, £185, next on 24 Nov 2026"
    screen.commit()
    saved = practice_school.read(records.review, review_id=review_id, practice=True).answers["needs"]
    assert [row["need"] for row in saved] == [FLUENCY]


def test_what_is_found_meets_a_need_that_is_written_already(screen: MeetingScreen, answers: Any) -> None:
    screen.form.set_answer("needs", [{"need": "First aid", "how": "A course"}, {"need": "Older readers", "who": "Ruth"}])
    dialog = opened(screen, answers)
    assert dialog.where.value() == 1
    press(dialog, "fluency stonebridge", ENTER)  # the only one left needs no choosing
    second = needs(screen)[1]
    assert (second["need"], second["who"]) == ("Older readers", "Ruth")
    assert second["how"] == f"{FLUENCY}: Stonebridge Reading, 6 hours, £185, next on 24 Nov 2026"
    dialog = opened(screen, answers)
    assert dialog.place == OWN
    press(dialog, "visit a school", ENTER)
    assert [row["need"] for row in needs(screen)] == ["First aid", "Older readers", "Visit a school in the trust"]


def test_the_lines_name_no_contact_of_a_provider(screen: MeetingScreen, answers: Any) -> None:
    dialog = opened(screen, answers)
    shown = " ".join(str(dialog.model.data(dialog.model.index(row, 0))) for row in range(dialog.model.rowCount()))
    assert "Paediatric first aid" in shown
    assert "example" not in repr(dialog.model.rows())
    dialog.reject()


def test_with_nothing_in_the_directory_there_is_no_button(practice_school: School, review_id: int, house: QApplication, qtbot: Any) -> None:
    ids = [row.id for row in practice_school.read(queries.directory)]
    practice_school.do(services.remove_from_directory, item_ids=ids)
    screen = MeetingScreen(practice_school.only_review(review_id), lambda *_what: None, practice=True)
    qtbot.addWidget(screen)
    assert not hasattr(screen.form.editor("needs"), "search_button")
