"""The cycle board: what it shows, what its filters keep, what the keyboard does."""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.staff.models import Person
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.pdr.models import GroupHead, GroupLine, badge_of, stage_text
from staffdev_desktop.ui.pdr.tab import Tab
from staffdev_desktop.ui.widgets.buttons import HouseButton
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.conftest import MANAGER, TODAY
from tests.ui.pdr.cast import LEADERS, SUPPORT, Cast
from tests.ui.pdr.conftest import Desk, press


def test_a_chip_says_done_now_here_or_not_reached(desk: Desk) -> None:
    sharma = desk.row("Sharma")
    chips = [stage_text(sharma, stage, TODAY) for stage in (Stage.RETURNED, Stage.DRAFT, Stage.AGREED)]
    assert [(chip.state, chip.words) for chip in chips] == [("done", "6 Oct"), ("now", "13 Oct"), ("none", "")]
    assert stage_text(desk.row("Doyle"), Stage.BOOKED, TODAY).words == "Today 13:30"
    assert stage_text(desk.row("Ashworth"), Stage.BOOKED, TODAY).words == "22 Oct 15:30"
    assert stage_text(desk.row("Turnbull"), Stage.SIGNED, TODAY).state == "done"


def test_the_badge_says_how_long_there_is_left(desk: Desk) -> None:
    badges = {surname: badge_of(desk.row(surname), TODAY) for surname in ("Pemberton", "Rahman", "Garside", "Turnbull", "Demir")}
    assert {name: (badge.kind, badge.words) for name, badge in badges.items()} == {
        "Pemberton": ("late", "4 days late"),
        "Rahman": ("warn", "10 days"),
        "Garside": ("mute", "in 38 days"),
        "Turnbull": ("ok", "Done"),
        "Demir": ("mute", "Away"),
    }


def test_the_most_urgent_stand_first(desk: Desk) -> None:
    assert desk.names()[:2] == ["Tom Ashworth", "Ruth Pemberton"]
    assert len(desk.names()) == 21


def test_filters_keep_what_they_say(desk: Desk) -> None:
    filters = desk.tab.filters
    filters.reviewer.set_value(desk.cast.people["Holt"])
    filters.reviewer.edited.emit(filters.reviewer.value())
    assert desk.names() == ["Paul Mellor", "Megan Rhys"]
    filters.stage.set_value(Stage.DRAFT)
    filters.stage.edited.emit(filters.stage.value())
    assert desk.names() == ["Megan Rhys"]
    desk.tab.board._everything.click()
    assert len(desk.names()) == 21
    assert filters.reviewer.value() is None


def test_further_filters_and_one_cycle(desk: Desk) -> None:
    actions = {action.text(): action for action in desk.tab.filters.more.menu().actions()}
    actions["&Late only"].trigger()
    assert set(desk.names()) == {
        "Tom Ashworth", "Ruth Pemberton", "Lynn Hargreaves", "Jake Thornton", "Ewa Nowak", "Paul Mellor",
    }  # fmt: skip
    assert desk.tab.filters.more.text() == "More &filters (1)"
    actions["&Late only"].trigger()
    actions[LEADERS].trigger()
    assert desk.names() == ["Tom Ashworth", "Ruth Pemberton"]
    assert desk.tab.board.line._name.text() == LEADERS
    actions["Hide &away and not in this cycle"].trigger()
    {action.text(): action for action in desk.tab.filters.more.menu().actions()}[SUPPORT].trigger()
    assert "Yusuf Demir" not in desk.names()


def test_the_chase_list_has_every_late_sheet(desk: Desk) -> None:
    rows = desk.tab.chase.list.model().rows()
    assert [(row.title, row.count) for row in rows if isinstance(row, GroupHead)] == [
        ("Self-review not back", 5),
        ("Meeting not booked", 2),
        ("Signature waiting", 2),
    ]
    late = [row for row in rows if isinstance(row, GroupLine) and row.badge.kind == "late"]
    assert [(line.first, line.badge.words) for line in late][:2] == [("Ruth Pemberton", "18 days"), ("Ewa Nowak", "11 days")]


def test_a_name_of_the_chase_list_opens_its_review(desk: Desk) -> None:
    chase = desk.tab.chase.list
    chase.setFocus(Qt.FocusReason.TabFocusReason)
    press(chase, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.tab.side.currentWidget() is desk.tab.review
    assert desk.tab.review._name.text() == "Ewa Nowak"
    assert desk.tab.review.next_button.text() == "Type in the sheet…"
    press(desk.tab.review, Qt.Key.Key_Escape)
    assert desk.tab.side.currentWidget() is desk.tab.chase


def test_enter_opens_a_review_and_enter_does_what_comes_next(desk: Desk) -> None:
    desk.tab.board.table.choose(desk.cast.reviews["Doyle"])
    press(desk.tab.board.table, Qt.Key.Key_Return)
    assert desk.tab.review.next_button.text() == "Open the meeting"
    press(desk.tab.review, Qt.Key.Key_Return)
    assert desk.meetings == [desk.cast.reviews["Doyle"]]


def test_ticks_bring_the_bulk_bar_in_the_place_of_the_cycle(desk: Desk) -> None:
    press(desk.tab.board.table, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert desk.tab.board.bulk.isVisible()
    assert not desk.tab.board.line.isVisible()
    assert desk.tab.board.bulk._words.text() == "2 reviews ticked"
    assert not desk.tab.board.print_statements.isEnabled()
    press(desk.tab.board.table, Qt.Key.Key_A, hold=Qt.KeyboardModifier.ControlModifier)
    assert desk.tab.board.bulk._words.text() == "21 reviews ticked"
    assert desk.tab.board.print_statements.isEnabled()
    desk.tab.board.bulk.cleared.emit()
    assert desk.tab.board.line.isVisible()


def test_the_calendar_lists_meetings_by_day(desk: Desk) -> None:
    desk.tab.view.set_value("calendar")
    desk.tab.view.edited.emit("calendar")
    rows = desk.tab.calendar.list.model().rows()
    assert [row.title for row in rows if isinstance(row, GroupHead)] == [
        "Today, Tuesday 20 October",
        "Wednesday 21 October",
        "Thursday 22 October",
        "Tuesday 3 November",
        "The day is over and nothing is agreed yet",
    ]
    assert (rows[1].lead, rows[1].first, rows[1].second) == ("13:30", "Karen Doyle", "Library · with Ruth Pemberton")
    desk.tab.calendar.opened.emit(desk.cast.reviews["Doyle"])
    assert desk.tab.review.isVisible()


def test_what_others_change_is_shown_at_once(desk: Desk, qtbot: object) -> None:
    row = desk.row("Garside")
    desk.school.do(cycles.book_meeting, review_id=row.id, revision=row.revision, moment=datetime(2026, 11, 4, 9, 0))
    qtbot.waitUntil(lambda: desk.row("Garside").stage is Stage.BOOKED)


def test_the_day_is_asked_for_whenever_the_board_is_painted(desk: Desk) -> None:
    column = next(column for column in desk.tab.board.model.columns if column.key == "deadline")
    with clock.frozen_at(date(2026, 11, 30)):
        assert column.extra(desk.row("Garside")).words == "3 days late"


def test_no_two_things_share_an_alt_letter_and_none_takes_the_frame_s(desk: Desk) -> None:
    def look() -> None:
        QApplication.processEvents()
        assert clashes(desk.tab) == {}
        assert not set("osmcuwl") & set(letters_in(desk.tab))

    look()
    desk.tab.board.model.tick_all_shown()
    look()
    desk.tab.open_review(desk.cast.reviews["Holt"])
    look()


@pytest.mark.parametrize("size", [100, 130])
def test_large_letters_put_the_chase_list_below(desk: Desk, size: int) -> None:
    theme.apply("light", size)
    try:
        QApplication.processEvents()
        desk.tab._place_side()
        QApplication.processEvents()
        below = desk.tab.side.mapTo(desk.tab, desk.tab.side.rect().topLeft()).y() > 200
        assert below == (size == 130)
    finally:
        theme.apply("light", 100)


REVIEWER = KeyHolder("Ruth Pemberton", "Reviewer", "staple battery horse")


@needs(Permission.CHANGE_STAFF)
def _is_user(session: Session, actor: Actor, *, person_id: int) -> None:
    user = session.execute(select(User).where(User.name == REVIEWER.name)).scalar_one()
    session.get_one(Person, person_id).user_id = user.id


def test_a_reviewer_sees_their_own_reviews_and_runs_no_cycle(filled: tuple[Path, Cast], tmp_path: Path, house: Any, qtbot: Any) -> None:
    path, cast = filled
    copy = shutil.copytree(path, tmp_path / path.name)
    manager = School.open(copy, name=MANAGER.name, password=MANAGER.password)
    manager.add_key_holder(REVIEWER)
    manager.do(_is_user, person_id=cast.people["Pemberton"])
    manager.close()
    school = School.open(copy, name=REVIEWER.name, password=REVIEWER.password)
    tab = Tab(school, Hub(2026))
    qtbot.addWidget(tab)
    tab.show()
    assert {row.reviewer for row in tab.board.model.rows()} == {"Ruth Pemberton", "Helen Marsden"}
    assert not any(button.isVisible() for button in tab.board.line.buttons)
    tab.board.model.tick_all_shown()
    assert not tab.board.print_sheets.isVisible()
    tab.open_review(cast.reviews["Doyle"])
    verbs = {button.property("verb") for button in tab.review.findChildren(HouseButton)} - {None}
    assert verbs == {"meet", "print_meeting_forms", "held", "last_targets", "history"}
    school.close()


def test_ctrl_p_prints_what_is_chosen(desk: Desk, answers: Any, finish_jobs: Any) -> None:
    desk.tab.board.table.choose(desk.cast.reviews["Holt"])
    press(desk.tab.board.table, Qt.Key.Key_P, hold=Qt.KeyboardModifier.ControlModifier)
    finish_jobs()
    assert answers.dialog.windowTitle() == "Review statements, both copies"
    answers.dialog.reject()


def test_ctrl_n_adds_a_person(desk: Desk, answers: Any) -> None:
    press(desk.tab.board.table, Qt.Key.Key_N, hold=Qt.KeyboardModifier.ControlModifier)
    assert answers.dialog.windowTitle() == "Who joins the cycle?"
