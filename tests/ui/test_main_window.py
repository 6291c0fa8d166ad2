"""The main window with tabs of its own making: what it wires, and that it needs no mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.settings import queries, services
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.main_window import MainWindow, Place
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.tab_table import TabEntry
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import CHEAP, MANAGER


class Meeting(QWidget):
    left = Signal()

    def __init__(self, review_id: int) -> None:
        super().__init__()
        self.review_id, self.committed, self.handed_over = review_id, 0, False

    def commit(self) -> None:
        self.committed += 1

    def focus_first(self) -> None:
        self.setFocus()

    def hand_over(self, opens: object, who: str) -> None:
        self.handed_over = True

    def leave(self) -> None:
        self.left.emit()


class OneTab(QWidget):
    """A page with two fields, which keeps what it was asked."""

    def __init__(self, school: School, hub: object, parent: QWidget) -> None:
        super().__init__(parent)
        self.first, self.second = QLineEdit(self), QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.first)
        column.addWidget(self.second)
        self.asked: list[object] = []
        self.refuse: Exception | None = None
        self.at: object = None

    def focus_first(self) -> None:
        self.first.setFocus()

    def commit(self) -> None:
        self.asked.append("commit")
        if self.refuse:
            raise self.refuse

    def panels(self) -> list[QWidget]:
        return [self.first, self.second]

    def place(self) -> object:
        return self.at

    def go_to(self, place: object) -> None:
        self.at = place

    def open_person(self, person_id: int) -> None:
        self.asked.append(("person", person_id))

    def open_review(self, review_id: int) -> None:
        self.asked.append(("review", review_id))

    def show_reviews(self, review_ids: tuple[int, ...]) -> None:
        self.asked.append(("reviews", review_ids))

    def meeting(self, review_id: int) -> QWidget:
        return Meeting(review_id)


TABS = (
    TabEntry("overview", "&Overview", "overview", Permission.RUN_CYCLE, lambda: OneTab),
    TabEntry("staff", "&Staff", "staff", Permission.SEE_STAFF, lambda: OneTab),
    TabEntry("pdr", "PDR &meetings", "pdr", Permission.SEE_REVIEWS, lambda: OneTab),
)


@pytest.fixture
def window(qtbot: object, house: object, school: School) -> Iterator[MainWindow]:
    made = MainWindow(school, PcSettings(), tabs=TABS)
    qtbot.addWidget(made, before_close_func=allow_to_close)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hub.let_go()


def allow_to_close(window: MainWindow) -> None:
    window._may_close = True


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=20_000)


def press(qtbot: object, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


CTRL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


# -- header, tabs, status line --------------------------------------------------------------------------------------------------


def test_it_names_the_school_the_user_and_the_file(window: MainWindow) -> None:
    assert window.windowTitle() == "Riverbank Primary Academy – Staff Development"
    assert window.header._school.text() == "Riverbank Primary Academy"
    assert MANAGER.name in window.header.user.text()
    assert window.status.words() == "All changes saved · Riverbank Primary Academy.staffdev · kept on this PC only · No backup yet"


def test_tabs_are_built_when_they_are_first_shown(window: MainWindow) -> None:
    assert set(window.pages.built) == {"overview"}
    window.show_tab("pdr")
    assert set(window.pages.built) == {"overview", "pdr"}
    assert window.pages.currentWidget() is window.pages.built["pdr"]


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_1, "overview"), (Qt.Key.Key_2, "staff"), (Qt.Key.Key_3, "pdr")])
def test_ctrl_and_a_number_go_to_a_tab_and_put_the_focus_in_it(qtbot: object, window: MainWindow, key: Qt.Key, name: str) -> None:
    window.show_tab("staff" if name == "overview" else "overview")
    press(qtbot, window, key, CTRL)
    assert window.place().tab == name
    assert QApplication.focusWidget() is window.pages.built[name].first


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_O, "overview"), (Qt.Key.Key_S, "staff"), (Qt.Key.Key_M, "pdr")])
def test_alt_and_a_letter_go_to_a_tab(qtbot: object, window: MainWindow, key: Qt.Key, name: str) -> None:
    window.show_tab("staff" if name == "overview" else "overview")
    press(qtbot, window, key, ALT)
    assert window.place().tab == name


def test_a_tab_that_is_left_saves_its_drafts(window: MainWindow) -> None:
    window.show_tab("staff")
    assert window.pages.built["overview"].asked == ["commit"]


def test_a_tab_whose_draft_cannot_be_saved_is_not_left(window: MainWindow, answers: object) -> None:
    window.pages.built["overview"].refuse = UserError("There is no 31 February.")
    assert window.show_tab("staff") is None
    assert window.place().tab == "overview"
    assert window.tab_bar.currentIndex() == 0
    assert answers.told == ["That does not work yet There is no 31 February."]


def test_no_two_words_share_a_letter(window: MainWindow) -> None:
    assert clashes(window) == {}


def test_f6_goes_round_the_panels_and_back(qtbot: object, window: MainWindow) -> None:
    tab = window.pages.built["overview"]
    stops = []
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [tab.second, window.header.search, window.tab_bar, tab.first, tab.second]
    press(qtbot, window, Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is tab.first


def test_the_year_picked_in_the_header_is_the_hubs_and_the_other_way_round(window: MainWindow) -> None:
    assert window.hub.year == 2026
    window.hub.set_year(2026)
    window.header.set_years([2027, 2026, 2025], 2026)
    window.header.years.edited.emit(2025)
    assert window.hub.year == 2025
    window.hub.set_year(2027)
    assert window.header.years.value() == 2027


def test_a_new_school_name_is_shown_at_once(qtbot: object, window: MainWindow, school: School) -> None:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name="Hillside School", minimum_group=5, return_to="")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Hillside School"))


def test_a_reviewer_sees_only_the_tab_of_reviews(qtbot: object, house: object, school: School) -> None:
    school.add_key_holder(KeyHolder("Ruth Pemberton", "Reviewer", "a phrase of her own"))
    path = school.path
    school.close()
    reviewer = School.open(path, name="Ruth Pemberton", password="a phrase of her own")
    window = MainWindow(reviewer, PcSettings(), tabs=TABS)
    qtbot.addWidget(window, before_close_func=allow_to_close)
    assert [entry.name for entry in window.pages.entries] == ["pdr"]
    assert not window.banner.isVisibleTo(window)
    window.open_settings()
    assert "Only the school business manager" in window.notification._title.text()
    window.hub.let_go()
    reviewer.close()


# -- going somewhere, undo, notifications ------------------------------------------------------------------------------------------


def test_the_hub_opens_people_and_reviews(window: MainWindow) -> None:
    window.hub.open_person.emit(7)
    window.hub.open_review.emit(12)
    window.hub.reviews_requested.emit((1, 2))
    assert window.pages.built["staff"].asked[0] == ("person", 7)
    assert window.pages.built["pdr"].asked == [("review", 12), ("reviews", (1, 2))]
    assert window.place().tab == "pdr"


def test_ctrl_z_puts_the_last_change_back(qtbot: object, window: MainWindow, school: School) -> None:
    school.do(services.set_priorities, year=2026, texts=["Read more"])
    window.setFocus()
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert school.read(queries.priorities, year=2026) == ()
    assert window.notification._title.text() == "The last change was put back"
    window.undo()
    window.undo()
    assert "nothing" in window.notification._title.text().casefold()


def test_undo_in_the_notification_does_the_same(qtbot: object, window: MainWindow, school: School) -> None:
    school.do(services.set_priorities, year=2026, texts=["Read more"])
    window.hub.notify("Saved", undo=True)
    qtbot.mouseClick(window.notification._undo, Qt.MouseButton.LeftButton)
    assert school.read(queries.priorities, year=2026) == ()


# -- a meeting ----------------------------------------------------------------------------------------------------------------------


def test_a_meeting_takes_the_window_and_gives_it_back(qtbot: object, window: MainWindow, answers: object) -> None:
    window.hub.meeting_requested.emit(12)
    screen = window.content.currentWidget()
    assert isinstance(screen, Meeting)
    assert not window.header.isVisible()
    assert not window.status.isVisible()
    assert window.idle.minutes == 20
    assert window.place().meeting == 12
    window.undo()
    window.hub.notify("Somebody else's name")
    assert not window.notification.isVisible()
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    press(qtbot, window, Qt.Key.Key_Comma, CTRL)
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert window.content.currentWidget() is screen
    assert answers.dialog is None
    screen.left.emit()
    assert window.header.isVisible()
    assert window.idle.minutes == 10
    assert window.place().meeting is None


# -- closing ------------------------------------------------------------------------------------------------------------------------


def test_closing_without_a_change_makes_no_backup(qtbot: object, window: MainWindow, this_pc: Path) -> None:
    with qtbot.waitSignal(window.left):
        window.close()
    assert not list(this_pc.rglob("*.staffdev-backup"))
    assert not window.isVisible()


def test_closing_after_a_change_backs_up_first(qtbot: object, window: MainWindow, school: School, this_pc: Path) -> None:
    school.do(services.set_priorities, year=2026, texts=["Read more"])
    with qtbot.waitSignal(window.left, timeout=20_000):
        window.close()
        assert window.isVisible()
    assert len(list((this_pc / "Backups").glob("*.staffdev-backup"))) == 1
    assert window.pages.built["overview"].asked == ["commit"]
    assert window.closing.last_backup() == clock.now()
    assert window.pc.window


def test_a_draft_that_cannot_be_saved_keeps_the_window_open(window: MainWindow, answers: object) -> None:
    window.pages.built["overview"].refuse = UserError("There is no 31 February.")
    window.close()
    QApplication.processEvents()
    assert window.isVisible()
    assert answers.told == ["That does not work yet There is no 31 February."]


def test_a_bug_in_a_draft_keeps_the_window_open(qtbot: object, window: MainWindow) -> None:
    window.pages.built["overview"].refuse = ZeroDivisionError()
    with qtbot.captureExceptions() as caught:
        window.close()
        QApplication.processEvents()
    assert window.isVisible()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_a_backup_that_fails_asks_before_closing_without_one(
    qtbot: object, window: MainWindow, school: School, answers: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_to: object, **_more: object) -> None:
        raise FileProblem(Fault.MISSING, "‘STICK’ is not there.", "Plug it in.")

    monkeypatch.setattr(school, "back_up", fail)
    school.do(services.set_priorities, year=2026, texts=["Read more"])
    answers.next(False)
    window.close()
    qtbot.waitUntil(lambda: bool(answers.asked), timeout=20_000)
    assert window.isVisible()
    assert "‘STICK’ is not there. Plug it in." in answers.asked[0]
    answers.next(True)
    with qtbot.waitSignal(window.left, timeout=20_000):
        window.close()


def test_back_up_now_says_so_once_it_is_on_disk(qtbot: object, window: MainWindow, this_pc: Path) -> None:
    window.hub.backup_requested.emit()
    until_idle(qtbot)
    assert window.notification._title.text() == "Backed up and checked"
    assert "Last backup Tuesday 20 October, 12:00" in window.status.words()
    assert len(list((this_pc / "Backups").glob("*.staffdev-backup"))) == 1


def test_the_window_opens_where_it_was(qtbot: object, window: MainWindow, school: School) -> None:
    window.setGeometry(QRect(0, 40, 1200, 640))
    window.remember_window()
    again = MainWindow(school, window.pc, tabs=TABS)
    qtbot.addWidget(again, before_close_func=allow_to_close)
    assert (again.geometry().y(), again.geometry().height()) == (40, 640)
    again.hub.let_go()


def test_it_opens_at_a_place(qtbot: object, house: object, school: School) -> None:
    window = MainWindow(school, PcSettings(), place=Place("staff", "record 7", 2025, None), tabs=TABS)
    qtbot.addWidget(window, before_close_func=allow_to_close)
    assert window.place() == Place("staff", "record 7", 2025, None)
    window.hub.let_go()


# -- the second key-holder ------------------------------------------------------------------------------------------------------------


def test_a_second_key_holder_is_asked_for_until_there_is_one(qtbot: object, window: MainWindow, school: School, answers: object) -> None:
    assert window.banner.isVisible()
    dialog = window.banner.add()
    assert answers.dialog is dialog
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.name.error() == "Write their name."
    dialog.name.set_value(MANAGER.name)
    for field in (dialog.password.first, dialog.password.second):
        field.set_value("a phrase of her own")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    until_idle(qtbot)
    assert "can sign in already" in dialog.name.error()
    dialog.name.set_value("Helen Marsden")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    until_idle(qtbot)
    assert [slot.name for slot in school.key_holders()] == [MANAGER.name, "Helen Marsden"]
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_a_practice_school_asks_for_nobody_and_says_what_it_is(qtbot: object, house: object, tmp_path: Path) -> None:
    path = tmp_path / "Practice school.staffdev"
    School.create(path, school_name="Riverbank", holder=MANAGER, cost=CHEAP, practice=True)
    school = School.open(path, name=MANAGER.name, password=MANAGER.password)
    school.do(services.begin_school, name="Riverbank", year=2026)
    window = MainWindow(school, PcSettings(), tabs=TABS)
    qtbot.addWidget(window, before_close_func=allow_to_close)
    assert not window.banner.isVisibleTo(window)
    assert "(practice)" in window.windowTitle()
    window.hub.let_go()
    school.close()
