"""From sign-in to the main window, to the screen lock and back to the same place: the whole program, without a mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from staffdev_desktop import practice
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import services
from staffdev_desktop.ui import jobs, pc_settings
from staffdev_desktop.ui.program import Program
from staffdev_desktop.ui.sign_in import PRACTICE_PASSWORD
from tests.conftest import MANAGER


@pytest.fixture
def program(qtbot: object, house: QApplication) -> Iterator[Program]:
    made = Program(house, pc_settings.PcSettings())
    made.app = Ended()
    yield made
    if made.window is not None:
        made._let_go(made.window)
    made._drop_sign_in()
    jobs.jobs().stop_all()


class Ended:
    """Stands in for the application, whose end would be the end of all tests."""

    def __init__(self) -> None:
        self.ended = False

    def quit(self) -> None:
        self.ended = True


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=30_000)


def unlock(qtbot: object, program: Program, password: str = MANAGER.password) -> None:
    window = program.sign_in
    qtbot.waitExposed(window)
    window.password.editor.clear()
    qtbot.keyClicks(window.password.editor, password)
    qtbot.keyClick(window.password.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=30_000)


def test_unlock_opens_the_main_window_and_remembers_the_file(qtbot: object, program: Program, school_path: Path) -> None:
    program.start(school_path)
    unlock(qtbot, program)
    assert program.window.isVisible()
    assert program.sign_in is None
    assert pc_settings.load().last_file == str(school_path)


def test_the_last_file_is_asked_for_and_a_new_pc_sets_up(qtbot: object, program: Program, school_path: Path) -> None:
    program.start(None)
    assert program.set_up is not None
    program.pc.last_file = str(school_path)
    program.start(None)
    assert program.sign_in.path == school_path
    assert program.set_up is None


def test_the_screen_lock_closes_the_school_and_opens_in_the_same_place(qtbot: object, program: Program, school_path: Path) -> None:
    program.start(school_path)
    unlock(qtbot, program)
    window, school = program.window, program.window.school
    window.show_tab("staff")
    window.hub.set_year(2025)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert program.window is None
    assert program.sign_in.isVisible()
    until_idle(qtbot)
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    assert not isValid(window)
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever a closed school raises
        school.do(services.set_priorities, year=2026, texts=["x"])
    School.open(school_path, name=MANAGER.name, password=MANAGER.password).close()
    unlock(qtbot, program)
    assert program.window.place().tab == "staff"
    assert program.window.hub.year == 2025


def test_ten_idle_minutes_lock_and_say_so(qtbot: object, program: Program, school_path: Path) -> None:
    from PySide6.QtWidgets import QLabel

    program.start(school_path)
    unlock(qtbot, program)
    program.window.idle.expired.emit(10)
    words = [label.text() for label in program.sign_in.findChildren(QLabel)]
    assert "Locked at 12:00, after 10 minutes without use" in words
    assert program.sign_in.who.value() == MANAGER.name


def test_closing_ends_the_program_and_lets_the_file_go(qtbot: object, program: Program, school_path: Path) -> None:
    program.start(school_path)
    unlock(qtbot, program)
    program.window.close()
    qtbot.waitUntil(lambda: program.app.ended, timeout=30_000)
    School.open(school_path, name=MANAGER.name, password=MANAGER.password).close()


def test_esc_at_the_sign_in_ends_the_program(qtbot: object, program: Program, school_path: Path) -> None:
    program.start(school_path)
    qtbot.keyClick(program.sign_in, Qt.Key.Key_Escape)
    assert program.app.ended


def test_another_file_can_be_opened_and_what_is_none_is_said(
    qtbot: object, program: Program, school_path: Path, answers: object, tmp_path: Path
) -> None:
    program.start(tmp_path / "Gone.staffdev")
    (tmp_path / "Photos").mkdir()
    answers.next(tmp_path / "Photos")
    program.sign_in.other_file_asked.emit()
    assert "not a school file" in answers.told[0]
    answers.next(school_path)
    program.sign_in.other_file_asked.emit()
    assert program.sign_in.path == school_path


def test_a_backup_is_laid_out_beside_what_is_there(
    qtbot: object, program: Program, school_path: Path, answers: object, this_pc: Path, tmp_path: Path
) -> None:
    school = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    school.back_up(tmp_path / "one.staffdev-backup")
    school.close()
    program.start(school_path)
    for name in ("Riverbank Primary Academy.staffdev", "Riverbank Primary Academy restored 2026-10-20.staffdev"):
        answers.next(tmp_path / "one.staffdev-backup")
        program.sign_in.restore_asked.emit()
        until_idle(qtbot)
        assert program.sign_in.path == this_pc / name
    School.open(program.sign_in.path, name=MANAGER.name, password=MANAGER.password).close()


def test_a_spoiled_backup_is_said_and_the_window_stays(
    qtbot: object, program: Program, school_path: Path, answers: object, tmp_path: Path
) -> None:
    (tmp_path / "bad.staffdev-backup").write_bytes(b"PK nothing")
    program.start(school_path)
    answers.next(tmp_path / "bad.staffdev-backup")
    program.sign_in.restore_asked.emit()
    until_idle(qtbot)
    assert "damaged" in answers.told[0]
    assert program.sign_in.path == school_path


def test_the_practice_school_is_made_once_and_again_when_asked(
    qtbot: object, program: Program, answers: object, this_pc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        School.create(path, school_name="Riverbank", holder=MANAGER, cost=Cost(1, 64, 1), practice=True)

    monkeypatch.setattr(practice, "make", make)
    program.open_practice()
    until_idle(qtbot)
    assert program.sign_in.plain.practice
    program.open_practice()
    assert len(made) == 1
    answers.next(True)
    program.sign_in.start_again_asked.emit()
    until_idle(qtbot)
    assert len(made) == 2
    assert PRACTICE_PASSWORD == practice.PASSWORD


def test_a_new_file_asks_for_the_second_key_holder_first(qtbot: object, program: Program, school: School, answers: object) -> None:
    program._made(school, "spreadsheet")
    assert answers.dialog.windowTitle() == "Who else can open the school’s file?"
    answers.next(None)
    answers.dialog.reject()
    assert answers.asked == ["Which staff list?"]
    assert program.window.place().tab == "staff"
