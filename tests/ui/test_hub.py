"""Changes reach the main thread; parts speak without knowing each other."""

import threading

from staffdev_desktop.school import School
from staffdev_desktop.settings import services
from staffdev_desktop.ui.hub import Hub


def test_a_change_made_on_a_worker_is_heard_on_the_main_thread(qtbot: object, school: School) -> None:
    hub = Hub(2026)
    hub.follow(school)
    heard: list[tuple[bool, bool]] = []
    hub.changed.connect(lambda changed: heard.append((changed.touches("priority"), threading.current_thread() is threading.main_thread())))

    def work() -> None:
        school.do(services.set_priorities, year=2026, texts=["Read more"])

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(True, True)]


def test_a_hub_that_has_let_go_hears_nothing(qtbot: object, school: School) -> None:
    hub = Hub(2026)
    hub.follow(school)
    hub.let_go()
    heard: list[object] = []
    hub.changed.connect(heard.append)
    school.do(services.set_priorities, year=2026, texts=["Read more"])
    qtbot.wait(20)
    assert heard == []


def test_the_year_is_told_once_per_change(qapp: object) -> None:
    hub = Hub(2026)
    heard: list[int] = []
    hub.year_changed.connect(heard.append)
    hub.set_year(2026)
    hub.set_year(2025)
    assert (hub.year, heard) == (2025, [2025])


def test_a_notification_carries_the_verb_of_its_undo(qapp: object) -> None:
    hub = Hub(2026)
    heard: list[tuple[str, ...]] = []
    hub.notified.connect(lambda *words: heard.append(words))
    hub.notify("Saved")
    hub.notify("Deleted", "Karen Doyle", undo=True)
    hub.notify("Moved", undo="Undo stage", kind="warn")
    assert heard == [("Saved", "", "", "ok"), ("Deleted", "Karen Doyle", "Undo", "ok"), ("Moved", "", "Undo stage", "warn")]
