"""PySide6 6.12.0 takes a reference to None with every void call and ends a Python 3.11 process after 5,200 of them (DESIGN section 9)."""

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

CALLS = 25_000  # each of eight kinds: 200,000 in all


class Rows(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 2

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 2

    def data(self, index: QModelIndex, role: int = 0) -> str:
        return "word"

    def reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()


@pytest.fixture
def void_calls(qtbot: object) -> list[Callable[[], object]]:
    label, edit, button, widget, timer, rows = QLabel(), QLineEdit(), QPushButton(), QWidget(), QTimer(), Rows()
    for top in (label, edit, button, widget):
        qtbot.addWidget(top)
    switch = iter(range(sys.maxsize))
    return [
        lambda: label.setText("word"),
        lambda: edit.setText("word"),
        lambda: button.setEnabled(next(switch) % 2 == 0),
        lambda: button.setCheckable(True),
        lambda: widget.update(),
        lambda: widget.setProperty("state", None),
        lambda: timer.setSingleShot(False),
        rows.reset,
    ]


def test_two_hundred_thousand_void_calls_keep_the_count_of_none(void_calls: list[Callable[[], object]]) -> None:
    constants = (None, True, False)
    for call in void_calls:
        call()
    gc.collect()
    before = [sys.getrefcount(constant) for constant in constants]
    for call in void_calls:
        for _ in range(CALLS):
            call()
    gc.collect()
    drift = [sys.getrefcount(constant) - count for constant, count in zip(constants, before, strict=True)]
    assert all(abs(counted) < 100 for counted in drift), dict(zip(map(str, constants), drift, strict=True))
