"""What end-to-end tests share: a printer, and a person at the screen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.ui import crash, messages, theme
from staffdev_desktop.ui.jobs import jobs
from tests.e2e.person import Person
from tests.e2e.printer import NoPrinter, SchoolPrinter, school_printer


@pytest.fixture
def printer() -> Iterator[SchoolPrinter]:
    """A real print queue for this test alone; where there can be none the test is skipped, though never in CI."""
    try:
        with school_printer() as queue:
            yield queue
    except NoPrinter as no_printer:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(no_printer))


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Person]:
    """Somebody at the screen of a PC that has never seen the program."""
    monkeypatch.setenv("STAFFDEV_DATA", str(tmp_path / "user data"))
    theme.apply("light", 100)
    crash._shown.clear()
    somebody = Person()
    monkeypatch.setattr(messages, "_desk", somebody)
    yield somebody
    jobs().stop_all()
    QApplication.processEvents()
