"""Work off the main thread: results, errors, progress and Stop arrive on the main thread, and a widget that is gone is not called."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.ui import crash, jobs
from staffdev_desktop.ui.progress import Progress


class Waiter(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, bool]] = []

    def take(self, result: object) -> None:
        self.heard.append((result, threading.current_thread() is threading.main_thread()))


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=20_000)


def test_a_result_arrives_on_the_main_thread(qtbot: object) -> None:
    waiter = Waiter()
    worked_on: list[bool] = []

    def work(_tell: jobs.Tell) -> int:
        worked_on.append(threading.current_thread() is threading.main_thread())
        return 7

    jobs.run(work, title="Counting", on_done=waiter.take)
    until_idle(qtbot)
    assert worked_on == [False]
    assert waiter.heard == [(7, True)]


def test_one_job_runs_after_another(qtbot: object) -> None:
    running: list[int] = []
    most: list[int] = []

    def work(_tell: jobs.Tell) -> None:
        running.append(1)
        most.append(len(running))
        threading.Event().wait(0.01)
        running.pop()

    for _ in range(4):
        jobs.run(work, title="One of four", quiet=True)
    until_idle(qtbot)
    assert most == [1, 1, 1, 1]


def test_an_expected_error_goes_to_who_asked_or_to_the_screen(qtbot: object, answers: object) -> None:
    waiter = Waiter()

    def refuse(_tell: jobs.Tell) -> None:
        raise UserError("That is no date.")

    def fail(_tell: jobs.Tell) -> None:
        raise FileProblem(Fault.DISK_FULL, "There is no room left.", "Free some.")

    jobs.run(refuse, title="Reading", on_error=waiter.take)
    jobs.run(fail, title="Writing")
    until_idle(qtbot)
    assert [str(error) for error, _main in waiter.heard] == ["That is no date."]
    assert answers.told == ["There is no room left. Free some."]


def test_a_bug_in_a_job_is_reported_and_who_waits_hears_of_it(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    waiter, reported = Waiter(), []
    monkeypatch.setattr(crash, "report", reported.append)

    def work(_tell: jobs.Tell) -> None:
        raise ZeroDivisionError

    jobs.run(work, title="Dividing", on_error=waiter.take)
    until_idle(qtbot)
    assert [type(error) for error in reported] == [ZeroDivisionError]
    assert len(waiter.heard) == 1


def test_progress_arrives_and_stop_ends_the_work(qtbot: object) -> None:
    waiter, seen = Waiter(), []

    def work(tell: jobs.Tell) -> None:
        for number in range(10_000):
            tell(number, 10_000, f"Printing {number}")
            threading.Event().wait(0.001)

    job = jobs.run(work, title="Printing", on_done=waiter.take, on_error=waiter.take)

    def stop_at_three(done: int, _total: int, words: str) -> None:
        seen.append(words)
        if done >= 3:
            job.stop()

    job.progressed.connect(stop_at_three)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    assert seen[:3] == ["Printing 0", "Printing 1", "Printing 2"]
    assert len(seen) < 1_000
    assert waiter.heard == []


def test_a_widget_that_is_gone_is_not_called(qtbot: object) -> None:
    called: list[object] = []

    class Panel(QWidget):
        def take(self, result: object) -> None:
            called.append(result)

    panel = Panel()
    jobs.run(lambda _tell: 1, title="Late", on_done=panel.take)
    delete(panel)
    until_idle(qtbot)
    assert called == []


def test_the_content_waits_while_a_job_writes(qtbot: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    content = QWidget(window)
    Progress(window, content)
    go_on = threading.Event()
    jobs.run(lambda _tell: go_on.wait(5), title="Taking in the staff list", writes=True)
    assert not content.isEnabled()
    go_on.set()
    until_idle(qtbot)
    assert content.isEnabled()


def test_pure_work_leaves_the_content_alone(qtbot: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    content = QWidget(window)
    Progress(window, content)
    jobs.run(lambda _tell: None, title="Drawing")
    assert content.isEnabled()
    until_idle(qtbot)


def test_work_that_cannot_be_stopped_is_done_before_the_end(qtbot: object) -> None:
    closed: list[bool] = []
    jobs.run(lambda _tell: threading.Event().wait(0.05), title="Printing", quiet=True)
    jobs.run(lambda _tell: closed.append(True), title="Closing the file", quiet=True)
    jobs.jobs().stop_all()
    assert closed == [True]
    until_idle(qtbot)
