"""The sign-in window: quick to paint, alive while the key is stretched, and every fault of a file in its own words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog

from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.sealed import write_sealed
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.recovery import CodeDialog, NewPasswordDialog, ask_for_code
from staffdev_desktop.ui.sign_in import SignIn, read_plain
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import MANAGER

WATCH = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from staffdev_desktop.ui import program as app
def painted():
    print(" ".join({name.partition(".")[0] for name in sys.modules} | {name for name in sys.modules if name.startswith("logging.")}))
    application.quit()
application = QApplication(sys.argv[:1])
program = app.Program(application, app.pc_settings.load())
app.theme.apply("light")
program.start(Path(sys.argv[1]))
program.sign_in.painted.disconnect(program._load_rest)
program.sign_in.painted.connect(painted)
application.exec()
"""


@pytest.fixture
def window(qtbot: object, house: object, school_path: Path) -> SignIn:
    made = SignIn(school_path)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(qtbot: object, window: SignIn, password: str) -> None:
    window.password.editor.clear()
    qtbot.keyClicks(window.password.editor, password)
    qtbot.keyClick(window.password.editor, Qt.Key.Key_Return)


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=20_000)


def test_nothing_heavy_is_loaded_before_the_window_is_painted(school_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WATCH, school_path], capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    heavy = {"argon2", "cryptography", "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pypdfium2", "filelock", "logging.handlers"}
    assert not heavy & loaded


def test_the_right_password_opens_by_keyboard_alone(qtbot: object, window: SignIn) -> None:
    with qtbot.waitSignal(window.unlocked, timeout=20_000) as opened:
        typed(qtbot, window, MANAGER.password)
    school = opened.args[0]
    assert isinstance(school, School)
    assert school.actor.name == MANAGER.name
    assert window.password.editor.text() == ""
    school.close()


def test_a_wrong_password_is_said_under_the_field_and_can_be_typed_again(qtbot: object, window: SignIn) -> None:
    typed(qtbot, window, "not the one")
    until_idle(qtbot)
    assert window.password.error() == "That password is not right."
    assert window.unlock_button.isEnabled()
    with qtbot.waitSignal(window.unlocked, timeout=20_000) as opened:
        typed(qtbot, window, MANAGER.password)
    opened.args[0].close()


def test_caps_lock_is_noticed_from_what_arrives(qtbot: object, window: SignIn) -> None:
    nothing, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for modifier, letter, said in (
        (nothing, "C", "Caps Lock is on."),
        (nothing, "c", ""),
        (shift, "C", ""),
        (shift, "c", "Caps Lock is on."),
    ):
        QApplication.sendEvent(window.password.editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, modifier, letter))
        assert window.password.error() == said, (modifier, letter)


def test_the_window_lives_while_the_key_is_stretched(qtbot: object, window: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    go_on = threading.Event()
    monkeypatch.setattr(School, "open", staticmethod(lambda *_path, **_who: go_on.wait(10)))
    typed(qtbot, window, "anything")
    assert window.unlock_button.text() == "Unlocking…"
    window.reject()
    assert window.isVisible()
    with qtbot.waitSignal(window.unlocked, timeout=10_000):
        go_on.set()


def spoil_missing(path: Path) -> None:
    shutil.rmtree(path)


def spoil_damaged(path: Path) -> None:
    (path / "records.db").write_bytes(b"\0" * 8192)


def spoil_too_new(path: Path) -> None:
    facts = json.loads((path / "school.json").read_text())
    facts.pop("seal", None)
    write_sealed(path / "school.json", facts | {"format": 99})


def spoil_not_ours(path: Path) -> None:
    for each in path.iterdir():
        each.unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_missing, "There is no school file"),
        (spoil_damaged, "damaged"),
        (spoil_too_new, "newer version"),
        (spoil_not_ours, "not a school file"),
    ],
)
def test_each_fault_of_the_file_has_its_own_words(qtbot: object, house: object, school_path: Path, spoil: object, words: str) -> None:
    spoil(school_path)
    window = SignIn(school_path)
    qtbot.addWidget(window)
    window.who.editor.addItem(MANAGER.name, MANAGER.name)
    window.show()
    typed(qtbot, window, MANAGER.password)
    until_idle(qtbot)
    assert words in window.problem.words()
    assert window.password.error() == ""


def test_a_file_that_is_not_there_is_said_before_anything_is_typed(qtbot: object, house: object, tmp_path: Path) -> None:
    window = SignIn(tmp_path / "Gone.staffdev")
    qtbot.addWidget(window)
    window.look_at_file()
    assert "There is no school file" in window.problem.words()


def test_a_file_that_is_open_elsewhere_names_who_has_it(qtbot: object, window: SignIn, school_path: Path) -> None:
    held = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    typed(qtbot, window, MANAGER.password)
    until_idle(qtbot)
    assert f"{MANAGER.name} has the file open" in window.problem.words()
    held.close()


def test_a_file_somebody_locked_without_a_name_is_held_too(qtbot: object, window: SignIn, school_path: Path) -> None:
    with FileLock(school_path / "hold"):
        typed(qtbot, window, MANAGER.password)
        until_idle(qtbot)
    assert "open in another window" in window.problem.words()


def test_only_the_school_and_the_signers_are_named(school_path: Path) -> None:
    plain = read_plain(school_path)
    assert (plain.school_name, plain.people, plain.practice) == ("Riverbank Primary Academy", ((MANAGER.name, MANAGER.role),), False)
    (school_path / "slots.json").write_text("{")
    assert read_plain(school_path).people == ()


def test_the_screen_lock_says_since_when_and_that_nothing_is_lost(qtbot: object, house: object, school_path: Path) -> None:
    from PySide6.QtWidgets import QLabel

    window = SignIn(school_path, locked="Locked at 12:31, after 10 minutes without use", name=MANAGER.name)
    qtbot.addWidget(window)
    words = [label.text() for label in window.findChildren(QLabel)]
    assert "Locked at 12:31, after 10 minutes without use" in words
    assert any("Your work was saved" in text for text in words)


def test_no_two_words_share_a_letter(window: SignIn) -> None:
    assert clashes(window) == {}


# -- the recovery code ------------------------------------------------------------------------------------------------------


@pytest.fixture
def code(school_path: Path) -> str:
    school = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    made = school.new_recovery_code()
    school.close()
    return made


def act(qtbot: object, dialog: QDialog) -> None:
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    until_idle(qtbot)


def test_a_mistyped_code_says_where_to_look(
    qtbot: object, house: object, answers: object, window: SignIn, code: str, school_path: Path
) -> None:
    ask_for_code(window, school_path, lambda _school: None)
    dialog = answers.dialog
    assert isinstance(dialog, CodeDialog)
    dialog.code.set_value(code[:-1] + "U")
    act(qtbot, dialog)
    assert "group 7" in dialog.code.error()
    dialog.code.set_value("0000-0000-0000-0000-0000-0000-0000")
    act(qtbot, dialog)
    assert dialog.code.error()
    dialog.reject()


def test_the_code_opens_and_a_new_password_is_set(
    qtbot: object, house: object, answers: object, window: SignIn, code: str, school_path: Path
) -> None:
    opened: list[School] = []
    ask_for_code(window, school_path, opened.append)
    answers.dialog.code.set_value(code.lower().replace("-", " "))
    act(qtbot, answers.dialog)
    dialog = answers.dialog
    assert isinstance(dialog, NewPasswordDialog)
    assert dialog.who.value() == MANAGER.name
    dialog.password.first.set_value("quite another phrase")
    dialog.password.second.set_value("quite another phrse")
    act(qtbot, dialog)
    assert dialog.password.second.error() == "The two are not the same."
    dialog.password.second.set_value("quite another phrase")
    act(qtbot, dialog)
    assert [school.actor.name for school in opened] == [MANAGER.name]
    opened[0].close()
    School.open(school_path, name=MANAGER.name, password="quite another phrase").close()


def test_without_a_new_password_the_file_is_closed_again(
    qtbot: object, house: object, answers: object, window: SignIn, code: str, school_path: Path
) -> None:
    ask_for_code(window, school_path, lambda _school: None)
    answers.dialog.code.set_value(code)
    act(qtbot, answers.dialog)
    answers.dialog.reject()
    until_idle(qtbot)
    School.open(school_path, name=MANAGER.name, password=MANAGER.password).close()
