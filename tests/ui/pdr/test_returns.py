"""Fillable forms at the screen: saved for everybody into a folder, read back from one, looked at and taken in by keyboard."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from staffdev_desktop.exchange.pdf_forms import read_pdf_file
from staffdev_desktop.exchange.tokens import verify
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.returns import Verdict
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.pdr.services.words import type_in_sheet
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.jobs import jobs, run
from staffdev_desktop.ui.pdr.returns import saving
from staffdev_desktop.ui.pdr.returns.window import ReturnsDialog
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import TODAY
from tests.faults.spoiled_pdfs import fill
from tests.ui.pdr.conftest import Desk, press

ENTER, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab
NEW = ("Brandt", "Fenwick", "Brook")  # in the cycle, with nothing sent out


def choose_from(button: Any, verb: str) -> None:
    """An entry of a ‘More’ menu."""
    next(action for action in button.menu().actions() if action.data() == verb).trigger()


def tick(desk: Desk, *surnames: str) -> None:
    desk.tab.board.model.set_ticked([desk.cast.reviews[surname] for surname in surnames])


def put(folder: Path, name: str, data: bytes, day: int = 19) -> Path:
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (datetime(2026, 10, day, 9).timestamp(),) * 2)
    return path


def sheet_of(desk: Desk, surname: str, said: dict[str, str]) -> bytes:
    empty = sheets.fillable_sheet_pdf(desk.record(surname), key=desk.school.form_key, file_id=desk.school.file_id, logo=None)
    return fill(empty, said)


def form_of(desk: Desk, surname: str, said: dict[str, str]) -> bytes:
    empty = sheets.fillable_meeting_form_pdf(desk.record(surname), key=desk.school.form_key, file_id=desk.school.file_id, logo=None)
    return fill(empty, said)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "forms"
    made.mkdir()
    return made


@pytest.fixture
def reading(desk: Desk, answers: Any, finish_jobs: Callable[[], None]) -> Callable[[Path], ReturnsDialog]:
    """Open the window by the menu and read a folder, with keys."""

    def read(folder: Path) -> ReturnsDialog:
        choose_from(desk.tab.board.line.more, "read_returns")
        QApplication.processEvents()
        dialog = answers.dialog
        assert isinstance(dialog, ReturnsDialog)
        answers.next(folder)
        press(dialog, ENTER)
        finish_jobs()
        QApplication.processEvents()
        assert clashes(dialog) == {}
        return dialog

    return read


def verdicts(dialog: ReturnsDialog) -> dict[str, Verdict]:
    return {row.path.name: row.verdict for row in dialog.model.rows()}


def tell_names(dialog: ReturnsDialog) -> list[str]:
    return [path.name for path in dialog.model.ticked()]


# Saving


def test_the_ticked_get_a_file_each_with_a_number_for_a_name(
    desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None]
) -> None:
    tick(desk, *NEW)
    answers.next(folder)
    choose_from(desk.tab.board.more, "save_sheets")
    told: list[str] = []
    jobs().running[0].progressed.connect(lambda _done, _total, words: told.append(words))
    finish_jobs()
    assert told == ["Saving 1 of 3", "Saving 2 of 3", "Saving 3 of 3"]
    numbers = {desk.row(surname).staff_number: desk.row(surname).number for surname in NEW}
    assert {path.name for path in folder.iterdir()} == {f"self-review-{number}.pdf" for number in numbers}
    for staff_number, number in numbers.items():
        token = verify(read_pdf_file(folder / f"self-review-{staff_number}.pdf").token, desk.school.form_key)
        assert (token.number, token.kind, token.file) == (number, "self-review", desk.school.file_id)
    assert [desk.record(surname).board.stage for surname in NEW] == [Stage.OUT] * 3
    assert desk.said[-1][0] == "3 fillable sheets saved"
    assert "outside" in desk.said[-1][1]
    assert desk.said[-1][2] == "Undo stage"
    assert desk.tab.board.model.ticked() == ()
    desk.school.undo()
    assert [desk.record(surname).board.stage for surname in NEW] == [Stage.NOT_STARTED] * 3


def test_all_of_the_cycles_shown_but_those_away_and_agreed(desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None]) -> None:
    answers.next(folder)
    choose_from(desk.tab.board.line.more, "save_sheets")
    finish_jobs()
    assert len(list(folder.iterdir())) == 21 - 1 - 3
    assert not (folder / f"self-review-{desk.row('Demir').staff_number}.pdf").exists()


def test_files_that_are_there_are_asked_about_once(desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None]) -> None:
    paths = [put(folder, f"self-review-{desk.row(surname).staff_number}.pdf", b"filled in") for surname in NEW[:2]]
    tick(desk, *NEW)
    answers.next(folder, False)
    choose_from(desk.tab.board.more, "save_sheets")
    assert not jobs().running
    assert "2 of these files are in that folder already" in answers.asked[-1]
    assert all(path.read_bytes() == b"filled in" for path in paths)
    answers.next(folder, True)
    choose_from(desk.tab.board.more, "save_sheets")
    finish_jobs()
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)
    answers.next(None)
    tick(desk, *NEW)
    choose_from(desk.tab.board.more, "save_sheets")
    assert not jobs().running


def test_stop_and_a_full_disk_keep_what_is_written_and_mark_no_more(
    desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(desk, *NEW)
    rows = desk.tab.board.ticked_rows()
    blocked = folder / f"self-review-{rows[1].staff_number}.pdf.part"
    blocked.mkdir()  # the second file cannot be written
    answers.next(folder)
    choose_from(desk.tab.board.more, "save_sheets")
    finish_jobs()
    assert desk.said[-1][0] == "1 of 3 fillable sheets saved"
    assert "did not take" in answers.told[-1]
    assert [desk.school.read(saving.records.review, review_id=row.id).board.stage for row in rows] == [
        Stage.OUT,
        Stage.NOT_STARTED,
        Stage.NOT_STARTED,
    ]
    blocked.rmdir()
    write = saving.replace_file

    def write_and_stop(path: Path, content: bytes) -> None:
        write(path, content)
        jobs().running[0].stop()

    monkeypatch.setattr(saving, "replace_file", write_and_stop)
    answers.next(folder, True)
    tick(desk, *NEW)
    choose_from(desk.tab.board.more, "save_sheets")
    finish_jobs()
    assert desk.said[-1][0] == "1 of 3 fillable sheets saved"
    assert len(desk.tab.board.model.ticked()) == 3


def test_meeting_forms_leave_the_stage_alone(desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None]) -> None:
    tick(desk, "Brandt", "Holt")  # Holt is agreed
    answers.next(folder)
    choose_from(desk.tab.board.more, "save_meeting_forms")
    finish_jobs()
    assert [path.name for path in folder.iterdir()] == [f"meeting-form-{desk.row('Brandt').staff_number}.pdf"]
    assert desk.record("Brandt").board.stage is Stage.NOT_STARTED
    tick(desk, "Brandt")
    desk.tab.actions.do("save_meeting_forms", (desk.cast.reviews["Holt"],))
    assert "agreed already" in answers.told[-1]


# Reading


def test_a_folder_is_read_looked_at_and_taken_in_by_keyboard(
    desk: Desk, answers: Any, folder: Path, reading: Any, finish_jobs: Callable[[], None]
) -> None:
    put(folder, "lynn.pdf", sheet_of(desk, "Hargreaves", {"help": "A quiet room\nfor reading"}))
    put(folder, "jake.pdf", sheet_of(desk, "Thornton", {"help": "A laptop"}))
    put(folder, "letter.pdf", b"Dear all")
    put(folder, "notes.docx", b"PK")
    dialog = reading(folder)
    assert verdicts(dialog) == {"lynn.pdf": Verdict.READY, "jake.pdf": Verdict.READY, "letter.pdf": Verdict.TROUBLE}
    assert dialog.counts.text() == "2 ready · 1 in trouble"
    assert dialog.others.text() == "1 other file there, and no PDF"
    assert dialog.model.shown_rows()[0].path.name == "letter.pdf", "what needs somebody stands first"
    assert sorted(tell_names(dialog)) == ["jake.pdf", "lynn.pdf"]
    press(dialog, Qt.Key.Key_End)
    shown = dialog.model.row_of(dialog.table.chosen_id())
    assert shown.record.person == "Lynn Hargreaves"
    assert "A quiet room\nfor reading" in dialog.answers.words()
    assert dialog.answers._name.text() == "Lynn Hargreaves"
    for fact in ("Teaching assistant, level 3", "Self-review sheet 2026/27", desk.row("Hargreaves").number, "lynn.pdf"):
        assert fact in dialog.answers._facts.text()
    press(dialog, Qt.Key.Key_Home, SPACE)
    assert sorted(tell_names(dialog)) == ["jake.pdf", "lynn.pdf"], "what is in trouble cannot be ticked"
    assert desk.record("Thornton").sheet_answers == {}
    dialog.act_button.setFocus()
    answers.next(False)
    press(dialog, ENTER)
    assert desk.record("Thornton").sheet_answers == {}, "nothing before it is confirmed"
    answers.next(True)
    press(dialog, ENTER)
    dialog.reject()
    assert dialog.isVisible(), "it stays until it can say what became of them"
    finish_jobs()
    assert "Take in 2 forms? Jake Thornton, Lynn Hargreaves." in answers.asked[-1]
    assert not isValid(dialog) or not dialog.isVisible()
    assert desk.record("Hargreaves").sheet_answers["help"] == "A quiet room\nfor reading"
    assert [desk.record(each).board.dates.returned_on for each in ("Hargreaves", "Thornton")] == [TODAY, TODAY]
    assert desk.said[-1][:3] == ("2 returned forms taken in", "Jake Thornton, Lynn Hargreaves", "Undo")
    desk.school.undo()
    assert [desk.record(each).board.stage for each in ("Hargreaves", "Thornton")] == [Stage.OUT] * 2
    dialog = reading(folder)
    assert verdicts(dialog)["lynn.pdf"] is Verdict.READY


def test_a_question_is_answered_by_ticking_and_the_window_stays_for_what_is_left(
    desk: Desk, answers: Any, folder: Path, reading: Any, finish_jobs: Callable[[], None]
) -> None:
    put(folder, "old.pdf", sheet_of(desk, "Hargreaves", {"help": "One"}), day=1)
    put(folder, "new.pdf", sheet_of(desk, "Hargreaves", {"help": "Two"}), day=2)
    dialog = reading(folder)
    assert verdicts(dialog) == {"old.pdf": Verdict.QUESTION, "new.pdf": Verdict.READY}
    assert tell_names(dialog) == ["new.pdf"]
    assert "‘new.pdf’ is newer" in dialog.answers._why.text()
    press(dialog, SPACE)
    assert tell_names(dialog) == ["old.pdf"], "of two returns of one form only one is ticked"
    press(dialog, Qt.Key.Key_Down, SPACE)
    assert tell_names(dialog) == ["new.pdf"]
    answers.next(True)
    dialog.act_button.click()
    finish_jobs()
    finish_jobs()
    QApplication.processEvents()
    assert dialog.isVisible(), "the other one is still to be decided about"
    assert verdicts(dialog) == {"old.pdf": Verdict.QUESTION, "new.pdf": Verdict.SAME}
    assert tell_names(dialog) == []
    assert not dialog.act_button.isEnabled()
    dialog.table.choose(folder / "old.pdf")
    assert "replaced: Two" in dialog.answers.words()
    press(dialog.table, SPACE)
    answers.next(True)
    dialog.act_button.click()
    finish_jobs()
    assert "words that stand in the review are replaced" in answers.asked[-1]
    assert desk.record("Hargreaves").sheet_answers["help"] == "One"


def test_a_meeting_form_says_when_it_was_held_only_if_somebody_does(
    desk: Desk, answers: Any, folder: Path, reading: Any, finish_jobs: Callable[[], None]
) -> None:
    put(folder, "omar.pdf", form_of(desk, "Siddiqui", {"discussion": "We met in the nurture room."}))
    dialog = reading(folder)
    assert tell_names(dialog) == ["omar.pdf"]
    press(dialog, ENTER)
    assert dialog.answers.held.isAncestorOf(dialog.focusWidget())
    for wrong, why in (("21/10/2026", "in the future"), ("31/2/2026", "There is no 31 February")):
        press(dialog, wrong)
        dialog.act_button.click()
        assert why in dialog.answers.held.error()
        assert desk.record("Siddiqui").answers.get("discussion") is None
        dialog.answers.held.editor.selectAll()
    press(dialog, "16/10/2026")
    dialog.act_button.setFocus()
    answers.next(True)
    press(dialog, SPACE)
    finish_jobs()
    record = desk.record("Siddiqui")
    assert (record.held_on, record.board.stage) == (date(2026, 10, 16), Stage.DRAFT)
    assert record.answers["discussion"] == "We met in the nurture room."


def test_a_review_that_changed_under_it_is_said_and_nothing_is_lost(
    desk: Desk, answers: Any, folder: Path, reading: Any, finish_jobs: Callable[[], None]
) -> None:
    put(folder, "lynn.pdf", sheet_of(desk, "Hargreaves", {"help": "A quiet room"}))
    dialog = reading(folder)
    desk.school.do(type_in_sheet, review_id=desk.cast.reviews["Hargreaves"], answers={"help": "Typed"}, returned_on=TODAY)
    answers.next(True)
    dialog.act_button.click()
    finish_jobs()
    QApplication.processEvents()
    finish_jobs()
    QApplication.processEvents()
    assert "was changed in the meantime" in dialog.problem.words()
    assert verdicts(dialog) == {"lynn.pdf": Verdict.QUESTION}
    assert tell_names(dialog) == [], "the tick was for something else"
    assert dialog.isVisible()
    assert desk.record("Hargreaves").sheet_answers["help"] == "Typed"


def test_files_are_dropped_chosen_and_a_folder_without_any_is_said(
    desk: Desk, answers: Any, folder: Path, reading: Any, finish_jobs: Callable[[], None]
) -> None:
    dialog = reading(folder)
    assert dialog.problem.words() == "There is no PDF in that folder."
    assert dialog.middle.currentWidget() is dialog.nothing
    dropped = put(folder, "lynn.pdf", sheet_of(desk, "Hargreaves", {"help": "A quiet room"}))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(dropped))])
    none = Qt.MouseButton.NoButton
    dialog.dropEvent(QDropEvent(QPointF(), Qt.DropAction.CopyAction, data, none, Qt.KeyboardModifier.NoModifier))
    finish_jobs()
    answers.next(put(folder, "jake.pdf", sheet_of(desk, "Thornton", {"help": "A laptop"})))
    dialog.file.click()
    finish_jobs()
    QApplication.processEvents()
    assert verdicts(dialog) == {"lynn.pdf": Verdict.READY, "jake.pdf": Verdict.READY}
    assert len(dialog.model.ticked()) == 2
    dialog.reject()


def test_reading_can_be_stopped(desk: Desk, answers: Any, folder: Path, finish_jobs: Callable[[], None]) -> None:
    for number in range(4):
        put(folder, f"{number}.pdf", b"Dear all")
    choose_from(desk.tab.board.line.more, "read_returns")
    dialog = answers.dialog
    answers.next(folder)
    stopped = Event()
    run(lambda _tell: stopped.wait(10), title="Something before it", quiet=True)
    dialog.folder.click()
    assert dialog.stop.isVisible()
    dialog.stop.click()
    stopped.set()
    finish_jobs()
    QApplication.processEvents()
    assert not dialog.stop.isVisible()
    assert dialog.folder.isEnabled()
    assert dialog.model.rows() == ()
    dialog.reject()


@pytest.mark.parametrize("size", [100, 130])
def test_it_fits_the_screen_at_large_letters(desk: Desk, answers: Any, size: int) -> None:
    theme.apply("light", size)
    desk.tab.actions.do("read_returns", ())
    QApplication.processEvents()
    assert answers.dialog.minimumSizeHint().width() <= 1366
    answers.dialog.reject()
    theme.apply("light", 100)
