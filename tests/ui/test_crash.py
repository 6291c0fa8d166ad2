"""A bug is logged without a word about a person, shown once, and the program goes on."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import crash


@pytest.fixture(autouse=True)
def _own_log(this_pc: Path):
    yield
    log = logging.getLogger("staffdev_desktop")
    for handler in list(log.handlers):
        if isinstance(handler, RotatingFileHandler):
            handler.close()
            log.removeHandler(handler)


def a_bug(words: str) -> Exception:
    try:
        {}[words]
    except KeyError as error:
        return error
    raise AssertionError


def logged(this_pc: Path) -> str:
    return (this_pc / "logs" / crash.LOG_NAME).read_text(encoding="utf-8")


def test_the_log_names_places_and_never_words(this_pc: Path) -> None:
    crash.report(a_bug("Karen Doyle is unwell"))
    assert "KeyError" in logged(this_pc)
    assert "test_crash.py" in logged(this_pc)
    assert "Karen" not in logged(this_pc)
    assert str(Path(__file__).parent) not in logged(this_pc)


def test_the_same_bug_is_shown_once_and_logged_each_time(qapp: object, answers: object, this_pc: Path) -> None:
    bug = a_bug("x")
    crash.report(bug)
    crash.report(bug)
    assert len(answers.told) == 1
    assert logged(this_pc).count("KeyError") == 2


def test_a_user_error_that_nobody_caught_is_no_bug(qapp: object, answers: object, this_pc: Path) -> None:
    crash.caught(UserError, UserError("Use 28 February or earlier."), None)
    assert answers.told == ["That does not work yet Use 28 February or earlier."]
    assert not (this_pc / "logs").exists()


def test_an_error_while_one_is_shown_does_not_pile_up(qapp: object, answers: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(*_arguments: object) -> None:
        answers.told.append("shown")
        crash.report(a_bug("while shown"))

    monkeypatch.setattr(answers, "tell", tell)
    crash.report(a_bug("first"))
    assert answers.told == ["shown"]
