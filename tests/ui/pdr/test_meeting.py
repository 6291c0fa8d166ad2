"""The meeting screen: what is typed is on disk within a second, stays on screen whatever happens, and ends in a locked statement."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import LastNeed, ReviewRecord, Stage
from staffdev_desktop.pdr.services import words
from staffdev_desktop.pdr.services.words import OldTarget
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.meeting import saving
from staffdev_desktop.ui.pdr.meeting.known import KnownColumn, LastNeeds
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen
from tests.conftest import MANAGER
from tests.e2e.keyboard import alt, come_back, control, press
from tests.ui.conftest import Answers
from tests.ui.pdr.cast import Cast

SOON = 1000  # ms
LAST_YEAR = (
    OldTarget("Lead a reading group", "Every child reads to you each week", date(2026, 7, 17), date(2025, 10, 14)),
    OldTarget("Learn the new assessment system", "", date(2026, 4, 30), date(2025, 10, 14)),
)


@dataclass
class Meeting:
    """Karen Doyle's review, open on screen."""

    school: School
    review_id: int
    qtbot: Any
    screen: MeetingScreen = field(init=False)
    printed: list[tuple[int, bool]] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)

    def open(self) -> "Meeting":
        """Open the screen, as the PDR tab does."""
        self.screen = MeetingScreen(self.school.only_review(self.review_id), lambda *what: self.printed.append(what))
        self.screen.left.connect(lambda: self.left.append(True))
        self.qtbot.addWidget(self.screen)
        self.screen.resize(1366, 689)
        self.screen.show()
        self.screen.activateWindow()
        self.qtbot.waitUntil(self.screen.isActiveWindow)
        self.screen.focus_first()
        return self

    def record(self) -> ReviewRecord:
        """The review as it is on disk."""
        return self.school.read(records.review, review_id=self.review_id)

    def stored(self, field_id: str) -> Any:
        """An answer as it is on disk."""
        return self.record().answers.get(field_id)

    def soon(self, field_id: str, value: Any) -> None:
        """Within a second this answer is on disk, by itself."""
        self.qtbot.waitUntil(lambda: self.stored(field_id) == value, timeout=SOON)

    def go(self, box: QWidget) -> None:
        """Put the keyboard into a box."""
        box.setFocus(Qt.FocusReason.TabFocusReason)
        assert QApplication.focusWidget() is not None

    def rows(self, field_id: str) -> Any:
        """The editor of a table."""
        return self.screen.form.editor(field_id)

    def said_beside(self, field_id: str) -> str:
        """What a field says about itself."""
        return self.screen.form.editor(field_id).accessibleDescription()


@pytest.fixture
def meeting(filled: tuple[Path, Cast], tmp_path: Path, house: QApplication, qtbot: Any) -> Iterator[Meeting]:
    """A meeting with somebody whose targets of last year are known."""
    path, cast = filled
    school = School.open(shutil.copytree(path, tmp_path / path.name), name=MANAGER.name, password=MANAGER.password)
    school.do(words.take_in_last_targets, review_id=cast.reviews["Doyle"], targets=LAST_YEAR)
    yield Meeting(school, cast.reviews["Doyle"], qtbot).open()
    school.close()


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing can be written to any file any more."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- saving ------------------------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_on_disk_within_a_second(meeting: Meeting) -> None:
    press("We read together.")
    assert meeting.stored("discussion") is None
    assert "Saving" in meeting.screen.bar._saved.text()
    meeting.soon("discussion", "We read together.")
    assert meeting.screen.bar._saved.text() == "Saved"
    assert meeting.record().board.stage is Stage.DRAFT


def test_whoever_types_without_a_pause_is_saved_all_the_same(meeting: Meeting) -> None:
    def typed_on() -> bool:
        press("a")
        return bool(meeting.stored("discussion"))

    meeting.qtbot.waitUntil(typed_on, timeout=SOON)


def test_control_s_saves_at_once(meeting: Meeting) -> None:
    press("Now.")
    control("s")
    assert meeting.stored("discussion") == "Now."


def test_a_date_that_is_none_stays_on_screen_with_a_reason_and_keeps_nothing_else_off_the_disk(meeting: Meeting) -> None:
    targets = meeting.rows("targets")
    meeting.go(targets.box(0, "target"))
    press("Lead training")
    meeting.go(targets.box(0, "by_when"))
    press("31 Smarch", Qt.Key.Key_Tab)
    meeting.screen.saving.save()
    assert targets.box(0, "by_when").text() == "31 Smarch"
    assert "31 Smarch" in meeting.said_beside("targets")
    assert [(row["target"], row["by_when"]) for row in meeting.stored("targets")] == [("Lead training", "")]
    assert "Not saved" in meeting.screen.bar._saved.text()
    meeting.go(targets.box(0, "by_when"))
    targets.box(0, "by_when").selectAll()
    press("16/4/27", Qt.Key.Key_Tab)
    meeting.screen.saving.save()
    assert meeting.stored("targets")[0]["by_when"] == "2027-04-16"
    assert meeting.said_beside("targets") == ""


def test_an_answer_too_long_is_kept_on_screen_and_refused_beside_the_field(meeting: Meeting) -> None:
    QApplication.clipboard().setText("x" * 20_001)
    control("v")
    meeting.screen.saving.save()
    assert "20,001 characters" in meeting.said_beside("discussion")
    assert meeting.stored("discussion") is None
    assert len(meeting.screen.form.answer("discussion")) == 20_001
    press(Qt.Key.Key_Backspace)
    meeting.soon("discussion", "x" * 20_000)
    assert meeting.said_beside("discussion") == ""


def test_a_disk_that_fails_keeps_the_words_and_is_tried_again(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "RETRY", 20)
    with full_disk():
        press("Kept.")
        meeting.qtbot.waitUntil(lambda: meeting.screen.bar._saved.text() == "Not saved", timeout=SOON)
        assert meeting.screen.bar._detail.text()
        assert meeting.screen.form.answer("discussion") == "Kept."
    assert meeting.stored("discussion") is None
    meeting.soon("discussion", "Kept.")
    meeting.qtbot.waitUntil(lambda: meeting.screen.bar._saved.text() == "Saved", timeout=SOON)


def test_words_saved_elsewhere_are_not_overwritten_and_those_on_screen_stay(meeting: Meeting) -> None:
    press("Mine.")
    meeting.soon("discussion", "Mine.")
    meeting.school.do(words.save_answer, review_id=meeting.review_id, field="discussion", value="Theirs.")
    press(" And more.")
    meeting.screen.saving.save()
    assert meeting.stored("discussion") == "Theirs."
    assert meeting.screen.form.answer("discussion") == "Mine. And more."
    assert meeting.said_beside("discussion")


def test_first_year_is_ticked_at_the_left_and_saved(filled: Any, tmp_path: Path, house: Any, qtbot: Any) -> None:
    path, cast = filled
    with School.open(shutil.copytree(path, tmp_path / path.name), name=MANAGER.name, password=MANAGER.password) as school:
        meeting = Meeting(school, cast.reviews["Siddiqui"], qtbot).open()
        alt("y")
        qtbot.waitUntil(lambda: meeting.record().board.first_year)
        assert not [each for each in meeting.screen._missing() if each.field_id == "outcomes"]


# --- everything comes back ---------------------------------------------------------------------------------------------------------


def fill_in(meeting: Meeting) -> None:
    """The whole statement, by keyboard."""
    press("We talked about reading, and about Łucja’s group.")
    outcomes = meeting.rows("outcomes")
    meeting.go(outcomes.box(0, "outcome"))
    press(Qt.Key.Key_Space)  # met
    meeting.go(outcomes.box(0, "note"))
    press("Every Friday")
    meeting.go(outcomes.box(1, "outcome"))
    press(*[Qt.Key.Key_Right] * 3)  # carried forward
    meeting.go(outcomes.box(1, "reason"))
    press("The system came late")
    targets = meeting.rows("targets")
    for number, words_ in enumerate(("Lead one morning of training", "Run the library", "Shadow the SENDCo")):
        meeting.go(targets.box(number, "target"))
        press(words_, Qt.Key.Key_Tab, "Done and liked", Qt.Key.Key_Tab, "Time on Tuesdays", Qt.Key.Key_Tab, "30/4/2027")
    meeting.go(meeting.rows("interim").when)
    press("12/3/2027")
    meeting.go(meeting.screen.form.editor("job_description")._editor)
    press(Qt.Key.Key_Space)
    needs = meeting.rows("needs")
    meeting.go(needs.box(0, "need"))
    press("First aid", Qt.Key.Key_Tab, "A day course", Qt.Key.Key_Tab, "Janet Whitlock", Qt.Key.Key_Tab, "12/2/2027")
    meeting.go(meeting.screen.form.editor("three_years"))
    press("Qualified to teach")
    meeting.go(meeting.rows("comments").words)
    press("Thank you for the time.")
    for side in meeting.rows("agreement")._sides.values():
        meeting.go(side)
        press(Qt.Key.Key_Space)


def test_everything_comes_back_as_it_was_typed(meeting: Meeting) -> None:
    fill_in(meeting)
    meeting.screen.leave()
    answers = meeting.record().answers
    assert [(row["outcome"], row["note"], row["reason"]) for row in answers["outcomes"]] == [
        ("met", "Every Friday", ""),
        ("carried forward", "", "The system came late"),
    ]
    assert answers["targets"][2] == {
        "target": "Shadow the SENDCo",
        "success_criteria": "Done and liked",
        "support": "Time on Tuesdays",
        "by_when": "2027-04-30",
        "priority": "",
    }
    assert answers["needs"] == [
        {"need": "First aid", "how": "A day course", "who": "Janet Whitlock", "by_when": "2027-02-12", "state": "to arrange"}
    ]
    assert answers["interim"] == {"planned": True, "when": "2027-03-12"}
    assert answers["comments"] == {"text": "Thank you for the time.", "none": False}
    assert answers["agreement"] == {"member": "agreed", "reviewer": "agreed"}
    before = meeting.screen.form.answers()
    before["needs"][0]["state"] = "to arrange"  # what a need is until somebody says otherwise
    assert meeting.open().screen.form.answers() == before


def test_a_target_taken_out_again_is_gone_and_the_others_close_up(meeting: Meeting) -> None:
    targets = meeting.rows("targets")
    for number in range(3):
        meeting.go(targets.box(number, "target"))
        press(f"Target {number}")
    meeting.screen.saving.save()
    meeting.go(targets.box(1, "target"))
    control("a")
    press(Qt.Key.Key_Delete)
    meeting.screen.saving.save()
    assert [row["target"] for row in meeting.stored("targets")] == ["Target 0", "Target 2"]


def test_an_outcome_shows_at_the_left_at_once(meeting: Meeting) -> None:
    meeting.go(meeting.rows("outcomes").box(0, "outcome"))
    press(Qt.Key.Key_Space)
    assert meeting.screen.known.last_targets._badges[0].accessibleName() == "Met"


# --- agreeing ----------------------------------------------------------------------------------------------------------------------


def goes_to(meeting: Meeting, field_id: str) -> None:
    """The keyboard goes to this question; a button pressed by its letter clicks a moment later."""
    editor = meeting.screen.form.editor(field_id)
    meeting.qtbot.waitUntil(lambda: editor.isAncestorOf(QApplication.focusWidget()), timeout=SOON)


def test_agree_goes_to_what_is_missing_and_says_so(meeting: Meeting, answers: Answers) -> None:
    alt("g")
    goes_to(meeting, "outcomes")
    assert meeting.said_beside("outcomes")
    for box in meeting.rows("outcomes")._boxes:
        meeting.go(box["outcome"])
        press(Qt.Key.Key_Space)
    alt("g")
    goes_to(meeting, "comments")
    press("Fine by me.")
    alt("g")
    goes_to(meeting, "agreement")
    assert answers.dialog is None
    assert meeting.record().board.stage is Stage.DRAFT


def test_agree_and_lock_by_keyboard_alone(meeting: Meeting, answers: Answers) -> None:
    fill_in(meeting)
    alt("g")
    meeting.qtbot.waitUntil(lambda: answers.dialog is not None and answers.dialog.isActiveWindow())
    alt("l")
    meeting.qtbot.waitUntil(lambda: bool(answers.dialog.problem.words()))
    assert "tick the box" in answers.dialog.problem.words()
    assert meeting.record().board.stage is Stage.DRAFT
    alt("r")
    alt("l")
    meeting.qtbot.waitUntil(lambda: meeting.record().board.stage is Stage.AGREED)
    record = meeting.record()
    assert record.statements[-1].fingerprint in meeting.screen.bar.missing.text()
    assert meeting.printed == [(meeting.review_id, True)]


def test_escape_keeps_editing(meeting: Meeting, answers: Answers) -> None:
    fill_in(meeting)
    alt("g")
    meeting.qtbot.waitUntil(lambda: answers.dialog is not None and answers.dialog.isActiveWindow())
    press(Qt.Key.Key_Escape)
    assert meeting.record().board.stage is Stage.DRAFT
    come_back(meeting.screen)
    meeting.go(meeting.screen.form.editor("three_years"))
    press(" one day")
    meeting.soon("three_years", "Qualified to teach one day")


def test_a_clock_that_was_set_back_is_asked_about_and_locks_nobody_out(meeting: Meeting, answers: Answers) -> None:
    fill_in(meeting)
    meeting.screen.saving.save()
    with clock.frozen_at(date(2026, 10, 18)):
        alt("g")
        meeting.qtbot.waitUntil(lambda: answers.dialog is not None and answers.dialog.isActiveWindow())
        asked = " ".join(label.text() for label in answers.dialog.findChildren(QLabel))
        assert "last saved on 20 October 2026" in asked
        assert "booked for Tuesday 20 October 2026" in asked
        alt("r")
        alt("l")
        meeting.qtbot.waitUntil(lambda: meeting.record().board.stage is Stage.AGREED)
    assert meeting.record().held_on == date(2026, 10, 18)


def agree(meeting: Meeting, answers: Answers) -> None:
    fill_in(meeting)
    alt("g")
    meeting.qtbot.waitUntil(lambda: answers.dialog is not None and answers.dialog.isActiveWindow())
    answers.dialog.read.setChecked(True)
    answers.dialog.act_button.click()
    come_back(meeting.screen)


def test_what_is_locked_can_be_read_and_not_changed(meeting: Meeting, answers: Answers) -> None:
    agree(meeting, answers)
    frozen = meeting.record().answers
    for box in meeting.screen.form.findChildren(QPlainTextEdit):
        box.setFocus()
        press("changed")
    for side in meeting.rows("agreement")._sides.values():
        assert not side.isEnabled()
    meeting.screen.saving.save()
    assert meeting.record().answers == frozen
    with pytest.raises(UserError, match="locked"):
        meeting.school.do(words.save_answer, review_id=meeting.review_id, field="discussion", value="changed")
    again = meeting.open()
    assert all(box.isReadOnly() for box in again.screen.form.findChildren(QPlainTextEdit))
    assert "locked" in again.screen._title.findChildren(type(again.screen.bar.missing))[1].text()


# --- leaving and staying inside ----------------------------------------------------------------------------------------------------


def test_leaving_saves_first(meeting: Meeting) -> None:
    press("Not yet saved")
    alt("t")
    meeting.qtbot.waitUntil(lambda: meeting.left == [True])
    assert meeting.stored("discussion") == "Not yet saved"


def test_nobody_leaves_while_words_are_not_on_disk(meeting: Meeting, answers: Answers) -> None:
    press("Still here")
    with full_disk():
        meeting.screen.leave()
    assert meeting.left == []
    assert answers.told
    meeting.screen.leave()
    assert meeting.left == [True]
    assert meeting.stored("discussion") == "Still here"


def test_the_door_opens_this_review_and_nothing_else(meeting: Meeting) -> None:
    door = meeting.screen._door
    other = next(row.id for row in meeting.school.read(boards.cycle_board, year=2026) if row.id != meeting.review_id)
    with pytest.raises(NotAllowed):
        door.read(records.review, review_id=other)
    with pytest.raises(NotAllowed):
        door.do(words.save_answer, review_id=other, field="discussion", value="x")
    with pytest.raises(NotAllowed):
        door.read(staff.people_list)
    with pytest.raises(NotAllowed):
        door.read(boards.cycle_board, year=2026)


def test_nobody_else_is_named_on_the_screen(meeting: Meeting) -> None:
    others = {row.name for row in meeting.school.read(boards.cycle_board, year=2026)} - {meeting.record().person}
    others -= {meeting.record().board.reviewer}
    shown = " ".join(
        str(text)
        for widget in meeting.screen.findChildren(QWidget)
        for text in (widget.accessibleName(), getattr(widget, "text", str)(), widget.toolTip())
    )
    assert meeting.record().person in shown
    assert not [name for name in others if name in shown]


def test_a_target_carried_forward_appears_among_this_years(meeting: Meeting) -> None:
    outcomes = meeting.screen.form.editor("outcomes")
    row = meeting.screen.form.answer("outcomes")[0]
    changed = [{**row, "outcome": "carried forward", "reason": "Begun late."}, *meeting.screen.form.answer("outcomes")[1:]]
    outcomes.set_value(changed)
    outcomes.edited.emit(changed)
    meeting.screen.commit()
    shown = [each["target"] for each in meeting.screen.form.answer("targets") if each.get("target")]
    assert row["target"] in shown


def test_one_side_can_be_shown_alone_and_large_letters_end_with_the_meeting(meeting: Meeting) -> None:
    view = meeting.screen.bar.view
    actions = {action.data(): action for action in view.menu().actions() if action.data()}
    actions["self-review"].trigger()
    assert meeting.screen.known.isVisible()
    assert not meeting.screen.form.isVisible()
    actions["statement"].trigger()
    assert not meeting.screen.known.isVisible()
    assert meeting.screen.form.isVisible()
    view.large.trigger()
    assert theme.current_setting()[1] == 130
    meeting.screen.leave()
    assert theme.current_setting()[1] == 100


# --- what is known -----------------------------------------------------------------------------------------------------------------


def test_what_became_of_last_years_needs_stands_under_its_targets(meeting: Meeting) -> None:
    assert not meeting.screen.known.findChildren(LastNeeds), "nothing is said where there were none"
    declined = LastNeed("A course in London", "declined", "too dear")
    column = KnownColumn(replace(meeting.record(), last_needs=(declined,)), meeting.record().sheet_form)
    meeting.qtbot.addWidget(column)
    (card,) = column.findChildren(LastNeeds)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert {"A course in London", "Declined: too dear"} <= set(said)
    inside = column.widget().layout()
    assert inside.indexOf(card) == inside.indexOf(column.last_targets) + 1
