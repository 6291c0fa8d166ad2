"""Ten minutes without a key or the mouse; twenty in a meeting; by whichever clock says longer."""

import time
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.ui.idle import Idle, idle_seconds

NOON = datetime(2026, 10, 20, 12)


def after(idle: Idle, seconds: float) -> list[int]:
    """What `expired` says when the wall clock has gone on so far (as after a PC's sleep)."""
    heard: list[int] = []
    idle.expired.connect(heard.append)
    with clock.frozen_at(NOON + timedelta(seconds=seconds)):
        idle.look()
    idle.expired.disconnect()
    return heard


@pytest.fixture
def idle(qapp: object) -> Idle:
    return Idle()


def test_it_expires_after_ten_minutes_and_not_before(idle: Idle) -> None:
    assert after(idle, 599) == []
    assert after(idle, 600) == [10]


def test_a_meeting_may_last_twenty(idle: Idle) -> None:
    idle.in_meeting(True)
    assert after(idle, 1199) == []
    assert after(idle, 1200) == [20]
    idle.in_meeting(False)
    assert after(idle, 600) == [10]


def test_the_monotonic_clock_counts_when_the_wall_clock_stands_still(idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 601)
    assert after(idle, 0) == [10]
    assert round(idle_seconds(now, clock.now())) == 601


def test_a_key_or_the_mouse_begins_anew(qtbot: object, idle: Idle) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    idle._watch(window.windowHandle())
    with clock.frozen_at(NOON + timedelta(minutes=9)):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert after(idle, 18 * 60) == []
    assert after(idle, 19 * 60) == [10]
