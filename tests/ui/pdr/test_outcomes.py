"""What comes out of reviews, at the screen: the needs list, progress and chase list, history, addenda, appeals, fingerprints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from staffdev_desktop.accounts.permissions import Actor, Role
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.pdr.queries import boards, outcomes, records
from staffdev_desktop.pdr.rows import BoardRow, NeedRow
from staffdev_desktop.pdr.services import complaints, statements
from staffdev_desktop.pdr.services.needs import move_need
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.pdr.outcomes.actions import OutcomeActions
from staffdev_desktop.ui.pdr.outcomes.addendum import AddendumDialog
from staffdev_desktop.ui.pdr.outcomes.appeals import HearAppealDialog, RaiseAppealDialog
from staffdev_desktop.ui.pdr.outcomes.fingerprint import UNKNOWN, FingerprintDialog
from staffdev_desktop.ui.pdr.outcomes.history import HistoryDialog
from staffdev_desktop.ui.pdr.outcomes.need_dialogs import BookNeedsDialog, MoveNeedDialog
from staffdev_desktop.ui.pdr.outcomes.needs_panel import NeedsPanel
from staffdev_desktop.ui.pdr.outcomes.progress_panel import PERSON, ProgressPanel
from staffdev_desktop.ui.preview import Preview
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.conftest import TODAY
from tests.ui.pdr.conftest import press

ENTER, TAB, ESC, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Down


@dataclass
class Room:
    """The practice school, its hub and what was said."""

    school: School
    hub: Hub
    said: list[tuple[str, str, str, str]]
    opened: list[int]
    qtbot: Any

    def show(self, panel: QWidget) -> Any:
        """A panel on screen, as wide as the page."""
        self.qtbot.addWidget(panel)
        panel.resize(1334, 500)
        panel.show()
        QApplication.processEvents()
        return panel

    def needs(self) -> tuple[NeedRow, ...]:
        """The year's needs on disk."""
        return self.school.read(outcomes.needs_list, year=2026)

    def need(self, need_id: int) -> NeedRow:
        """One of them."""
        return next(need for need in self.needs() if need.id == need_id)

    def row(self, stage: str) -> BoardRow:
        """A review in this stage."""
        return next(row for row in self.school.read(boards.cycle_board, year=2026) if row.stage == stage)


@pytest.fixture
def room(practice_school: School, house: QApplication, qtbot: object) -> Iterator[Room]:
    hub = Hub(2026)
    hub.follow(practice_school)
    said: list[tuple[str, str, str, str]] = []
    opened: list[int] = []
    hub.notified.connect(lambda *words: said.append(words))
    hub.open_review.connect(opened.append)
    yield Room(practice_school, hub, said, opened, qtbot)
    hub.let_go()


@pytest.fixture
def needs_panel(room: Room) -> NeedsPanel:
    """The needs of the year; the first of them is nine days late and has a cost."""
    need = room.needs()[0]
    moved = {"state": "agreed", "who": "Ruth Pemberton", "by_when": TODAY - timedelta(days=9), "cost": 12050}
    room.school.do(move_need, need_id=need.id, revision=need.revision, **moved)
    return room.show(NeedsPanel(room.school, room.hub))


@pytest.fixture
def actions(room: Room) -> OutcomeActions:
    """The verbs, over an empty page."""
    return OutcomeActions(room.school, room.hub, room.show(QWidget()))


def dialog_of(answers: Any, kind: type) -> Any:
    """The dialog that was just opened; no Alt letter stands for two things in it."""
    QApplication.processEvents()
    assert isinstance(answers.dialog, kind)
    assert clashes(answers.dialog) == {}
    return answers.dialog


def words_in(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# The needs


def test_what_is_past_its_day_stands_first_with_a_badge_and_not_by_colour_alone(needs_panel: NeedsPanel, room: Room) -> None:
    first = needs_panel.model.shown_rows()[0]
    assert (first.who, first.by_when) == ("Ruth Pemberton", date(2026, 10, 11))
    by = next(column for column in needs_panel.model.columns if column.key == "by")
    assert by.extra(first) == BadgeText("late", "11 Oct 2026")
    assert by.spoken(first) == "11 Oct 2026, overdue"
    assert by.extra(needs_panel.model.shown_rows()[1]) is None
    assert "1 past their day" in words_in(needs_panel.card.line)
    assert needs_panel.card.words.text() == f"Showing {len(room.needs())} needs. Cost entered: £120.50."


def test_filters_keep_what_they_say(needs_panel: NeedsPanel, room: Room) -> None:
    def shown(**chosen: str | None) -> list[NeedRow]:
        for key, field in needs_panel.filters.items():
            field.set_value(chosen.get(key))
            field.edited.emit(field.value())
        return list(needs_panel.model.shown_rows())

    everything = room.needs()
    assert len(shown()) == len(everything)
    assert [need.who for need in shown(who="Ruth Pemberton")] == ["Ruth Pemberton"]
    assert len(shown(state="overdue")) == 1
    assert len(shown(state="to arrange")) == len(everything) - 1
    assert shown(state="done") == []
    group = everything[3].group
    assert {need.id for need in shown(group=group)} == {need.id for need in everything if need.group == group}
    assert len(shown(term="no term")) == len(everything)
    shown()
    needs_panel.find.setText("first aid paediatric")
    assert {need.need for need in needs_panel.model.shown_rows()} == {"Paediatric first aid"}


def test_a_need_is_moved_along_by_keyboard(needs_panel: NeedsPanel, room: Room, answers: Any) -> None:
    needs_panel.focus_first()
    press(needs_panel.table, ENTER)
    dialog = dialog_of(answers, MoveNeedDialog)
    need_id = needs_panel.model.shown_rows()[0].id
    right = Qt.Key.Key_Right
    press(dialog, right, TAB, TAB, "20/11/2026", TAB, TAB)
    cost = dialog.fields["cost"].editor
    assert dialog.focusWidget() is cost
    cost.selectAll()
    press(dialog, "£1,200", ENTER)
    need = room.need(need_id)
    assert (need.state, need.cost, need.by_when) == ("booked", 120_000, date(2026, 11, 20))
    assert need.term == "Autumn term 2026/27", "the term followed the day"
    assert room.said[-1][0].startswith("Booked: ")
    assert room.said[-1][2] == "Undo"
    room.school.undo()
    assert room.need(need_id).state == "agreed"


def test_declining_asks_for_the_reason_beside_its_field(needs_panel: NeedsPanel, room: Room, answers: Any) -> None:
    needs_panel.table.opened.emit(needs_panel.model.shown_rows()[0].id)
    dialog = dialog_of(answers, MoveNeedDialog)
    assert not dialog.fields["reason"].isVisible()
    dialog.state.button("declined").click()
    press(dialog, ENTER)
    assert "next year" in dialog.fields["reason"].error()
    press(dialog, "The course was full.")
    dialog.act_button.click()
    assert room.need(dialog._need.id).reason == "The course was full."


def test_wrong_words_stay_with_a_sentence(needs_panel: NeedsPanel, answers: Any) -> None:
    needs_panel.table.opened.emit(needs_panel.model.shown_rows()[0].id)
    dialog = dialog_of(answers, MoveNeedDialog)
    dialog.fields["cost"].editor.setText("about fifty")
    dialog.act_button.click()
    assert dialog.isVisible()
    assert dialog.fields["cost"].error() == "‘about fifty’ is not an amount. Write it like £120.50."
    assert dialog.fields["cost"].editor.text() == "about fifty"


def test_a_day_at_the_weekend_gets_a_question(needs_panel: NeedsPanel, room: Room, answers: Any) -> None:
    needs_panel.table.opened.emit(needs_panel.model.shown_rows()[0].id)
    dialog = dialog_of(answers, MoveNeedDialog)
    dialog.fields["by_when"].set_value(date(2026, 11, 21))
    answers.next(False)
    dialog.act_button.click()
    assert "weekend" in answers.asked[-1]
    answers.next(True)
    dialog.act_button.click()
    assert room.need(dialog._need.id).by_when == date(2026, 11, 21)


def test_a_need_saved_over_a_newer_one_loses_nothing(needs_panel: NeedsPanel, room: Room, answers: Any) -> None:
    needs_panel.table.opened.emit(needs_panel.model.shown_rows()[0].id)
    dialog = dialog_of(answers, MoveNeedDialog)
    need = room.need(dialog._need.id)
    room.school.do(move_need, need_id=need.id, revision=need.revision, state="done", who="", by_when=None)
    dialog.fields["who"].set_value("Nobody else")
    dialog.act_button.click()
    assert "changed in the meantime" in dialog.problem.words()
    assert dialog.fields["who"].value() == "Nobody else"
    assert room.need(need.id).state == "done"


def test_several_needs_of_the_same_course_are_booked_at_once(needs_panel: NeedsPanel, room: Room, answers: Any) -> None:
    wanted = "Paediatric first aid"
    same = [need for need in needs_panel.model.shown_rows() if need.need == wanted]
    assert len(same) > 1
    needs_panel.table.choose(same[0].id)
    needs_panel.table.setFocus()
    press(needs_panel.table, SPACE)
    assert needs_panel.card.strip.currentWidget() is needs_panel.bulk
    assert clashes(needs_panel) == {}
    needs_panel.same.click()
    assert set(needs_panel.model.ticked()) == {need.id for need in same}
    needs_panel.book.setFocus()
    press(needs_panel, SPACE)
    dialog = dialog_of(answers, BookNeedsDialog)
    assert dialog.title.text() == f"Mark {len(same)} needs as booked?"
    press(dialog, "Red Cross", TAB, TAB, TAB, "85", ENTER)
    for need in same:
        after = room.need(need.id)
        assert (after.state, after.who, after.cost, after.by_when) == ("booked", "Red Cross", 8500, need.by_when)
    assert room.said[-1][:3:2] == (f"{len(same)} needs booked", "Undo")
    assert needs_panel.model.ticked() == ()
    assert needs_panel.card.strip.currentWidget() is needs_panel.card.line
    room.school.undo()
    assert room.need(same[-1].id).state == same[-1].state


def test_the_list_follows_the_year_and_what_others_change(needs_panel: NeedsPanel, room: Room, qtbot: Any) -> None:
    need = needs_panel.model.shown_rows()[1]
    room.school.do(move_need, need_id=need.id, revision=need.revision, state="done", who="", by_when=None)
    qtbot.waitUntil(lambda: needs_panel.model.row_of(need.id).state == "done")
    room.hub.set_year(2025)
    assert needs_panel.model.rowCount() == len(room.school.read(outcomes.needs_list, year=2025)) > 0
    room.hub.set_year(2030)
    assert needs_panel._main.currentWidget() is needs_panel.empty
    assert "2030/31" in words_in(needs_panel.empty)
    assert not needs_panel.papers.isEnabled()


def test_what_changed_while_it_was_not_seen_is_read_when_it_is(needs_panel: NeedsPanel, room: Room) -> None:
    need = needs_panel.model.shown_rows()[1]
    needs_panel.hide()
    room.school.do(move_need, need_id=need.id, revision=need.revision, state="done", who="", by_when=None)
    QApplication.processEvents()
    assert needs_panel.model.row_of(need.id) == need
    needs_panel.show()
    assert needs_panel.model.row_of(need.id).state == "done"


def test_a_reviewer_moves_no_need_and_prints_no_figures(practice_school: School, room: Room, answers: Any) -> None:
    practice_school.actor = Actor(1, "Ruth Pemberton", Role.REVIEWER)
    panel = room.show(NeedsPanel(practice_school, room.hub))
    assert [action.data() for action in panel.papers.menu().actions()] == ["list_paper", "list_sheet"]
    assert not panel.model.tickable
    panel.move_need(1)
    assert answers.dialog is None
    progress = room.show(ProgressPanel(practice_school, room.hub))
    assert not progress.papers.isVisible()


# On paper and as spreadsheets


def choose(panel: Any, button: Any, verb: str) -> None:
    next(action for action in button.menu().actions() if action.data() == verb).trigger()


@pytest.fixture
def finish_jobs(qtbot: Any) -> Callable[[], None]:
    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)

    return wait


@pytest.mark.parametrize(
    ("verb", "name"),
    [("list_paper", "training-needs-2026-as-of-2026-10-20.pdf"), ("figures_paper", "training-figures-2026-as-of-2026-10-20.pdf")],
)
def test_needs_are_shown_as_paper(needs_panel: NeedsPanel, answers: Any, finish_jobs: Any, verb: str, name: str) -> None:
    choose(needs_panel, needs_panel.papers, verb)
    finish_jobs()
    preview = dialog_of(answers, Preview)
    assert preview._file_name == name
    finish_jobs()
    preview.reject()


def test_lists_are_saved_as_spreadsheets(needs_panel: NeedsPanel, room: Room, answers: Any, tmp_path: Path) -> None:
    needs_panel.find.setText("paediatric")
    answers.next(tmp_path / "needs")
    choose(needs_panel, needs_panel.papers, "list_sheet")
    saved = read_sheet((tmp_path / "needs.xlsx").read_bytes(), "needs.xlsx")
    assert len(saved.rows) == needs_panel.model.rowCount() < len(room.needs())
    assert room.said[-1][0] == "needs.xlsx is saved"
    answers.next(tmp_path / "figures.xlsx")
    choose(needs_panel, needs_panel.papers, "figures_sheet")
    figures = read_sheet((tmp_path / "figures.xlsx").read_bytes(), "figures.xlsx")
    people = len({need.name for need in room.needs()})
    assert figures.rows[0].cells[:4] == ("All", "All", people, len(room.needs())), "of the whole year, whatever the list shows"
    answers.next(None)
    choose(needs_panel, needs_panel.papers, "figures_sheet")
    answers.next(tmp_path / "nowhere" / "figures.xlsx")
    choose(needs_panel, needs_panel.papers, "figures_sheet")
    assert answers.told, "a folder that is not there is said"


@pytest.fixture
def progress(room: Room) -> ProgressPanel:
    return room.show(ProgressPanel(room.school, room.hub))


def test_progress_and_chase_list_are_those_of_the_year(progress: ProgressPanel, room: Room) -> None:
    rows = room.school.read(boards.cycle_board, year=2026)
    groups = progress.progress.model().rows()
    assert groups[-1].reviews == len(rows) == sum(group.reviews for group in groups[:-1])
    agreed = sum(row.stage in ("Agreed", "Signed") for row in rows)
    assert progress.words.text().startswith(f"{agreed} of {len(rows)} reviews agreed. Last deadline ")
    chased = progress.chase.model().shown_rows()
    assert [chase.reviewer for chase in chased] == sorted(chase.reviewer for chase in chased)
    progress.order.button(PERSON).click()
    assert [chase.name for chase in progress.chase.model().shown_rows()] == sorted(chase.name for chase in chased)


def test_enter_on_the_chase_list_opens_the_review(progress: ProgressPanel, room: Room) -> None:
    progress.focus_first()
    press(progress.chase, DOWN, ENTER)
    assert room.opened == [progress.chase.model().shown_rows()[1].review_id]


@pytest.mark.parametrize("verb", ["chase_paper", "slips_paper", "figures_paper"])
def test_progress_is_shown_as_paper(progress: ProgressPanel, answers: Any, finish_jobs: Any, verb: str) -> None:
    choose(progress, progress.papers, verb)
    finish_jobs()
    preview = dialog_of(answers, Preview)
    assert "2026-as-of-2026-10-20" in preview._file_name
    finish_jobs()
    preview.reject()


@pytest.mark.parametrize("verb", ["chase_sheet", "progress_sheet", "figures_sheet"])
def test_progress_is_saved_as_a_spreadsheet(progress: ProgressPanel, answers: Any, tmp_path: Path, verb: str) -> None:
    answers.next(tmp_path / "list.xlsx")
    choose(progress, progress.sheets, verb)
    assert read_sheet((tmp_path / "list.xlsx").read_bytes(), "list.xlsx").rows


def test_a_year_without_reviews_says_so(progress: ProgressPanel, room: Room) -> None:
    room.hub.set_year(2030)
    assert progress.words.text() == "No review is to be held this year yet."
    assert not progress.papers.isEnabled()


@pytest.mark.parametrize("kind", [NeedsPanel, ProgressPanel])
def test_no_letter_is_taken_twice_or_from_the_frame(room: Room, kind: type) -> None:
    panel = room.show(kind(room.school, room.hub))
    assert clashes(panel) == {}
    assert not set("osmcuwl") & set(letters_in(panel))


@pytest.mark.parametrize("size", [100, 130])
def test_nothing_is_wider_than_the_page(room: Room, size: int) -> None:
    theme.apply("light", size)
    try:
        for kind in (NeedsPanel, ProgressPanel):
            panel = room.show(kind(room.school, room.hub))
            assert panel.minimumSizeHint().width() <= 1334
    finally:
        theme.apply("light", 100)


# A person's history


def test_a_persons_history_is_shown_and_printed(actions: OutcomeActions, room: Room, answers: Any, finish_jobs: Any) -> None:
    row = room.row("Signed")
    actions.show_history(row.person_id)
    dialog = dialog_of(answers, HistoryDialog)
    words = words_in(dialog.panel)
    for year in room.school.read(outcomes.history, person_id=row.person_id):
        assert year.number in words
        assert all(target.target in words for target in year.targets)
    assert "targets judged" in words
    dialog.print_button.setFocus()
    press(dialog, SPACE)
    finish_jobs()
    preview = dialog_of(answers, Preview)
    assert preview._file_name == f"history-{row.staff_number}-as-of-2026-10-20.pdf"
    assert row.name not in preview._queue_title
    finish_jobs()
    preview.reject()


def test_somebody_without_a_review_has_an_empty_history(actions: OutcomeActions, room: Room, answers: Any) -> None:
    reviewed = {row.person_id for row in room.school.read(boards.cycle_board)}
    person = next(person for person in room.school.read(staff.names) if person.id not in reviewed)
    actions.show_history(person.id)
    dialog = dialog_of(answers, HistoryDialog)
    assert "no review" in words_in(dialog.panel)
    assert not dialog.print_button.isEnabled()


# Addenda, appeals, fingerprints


def test_an_addendum_is_typed_in_by_keyboard(actions: OutcomeActions, room: Room, answers: Any) -> None:
    row = room.row("Agreed")
    actions.add_addendum(row.id)
    dialog = dialog_of(answers, AddendumDialog)
    dialog.act_button.click()
    assert dialog.problem.words() == "Say whose words these are."
    dialog.first.setFocus()
    press(dialog, SPACE, TAB, TAB, "I was away in March.")
    dialog.fields["written_on"].editor.setText("1/9/2026")
    dialog.act_button.click()
    assert "after the statement was locked" in dialog.fields["written_on"].error()
    dialog.fields["written_on"].set_value(TODAY)
    dialog.act_button.setFocus()
    press(dialog, SPACE)
    (paper,) = room.school.read(records.statement_papers, review_ids=[row.id])
    assert [mark.words for mark in paper.marks] == ["By the member of staff: I was away in March."]
    assert room.said[-1][0] == "Added to the statement"


def test_typed_words_are_not_thrown_away_by_escape(actions: OutcomeActions, room: Room, answers: Any) -> None:
    actions.add_addendum(room.row("Agreed").id)
    dialog = dialog_of(answers, AddendumDialog)
    dialog.fields["words"].setFocus()
    press(dialog, "I was away")
    answers.next(False)
    press(dialog, ESC)
    assert dialog.isVisible()
    assert dialog.fields["words"].value() == "I was away"


def test_an_appeal_is_raised_heard_and_closed(actions: OutcomeActions, room: Room, answers: Any) -> None:
    row = room.row("Agreed")
    actions.hear_appeal(row.id)
    assert room.said[-1][0] == "There is no open appeal about this review"
    actions.raise_appeal(row.id)
    dialog = dialog_of(answers, RaiseAppealDialog)
    dialog.act_button.click()
    assert "statement or about pay" in dialog.problem.words()
    dialog.first.setFocus()
    press(dialog, SPACE, TAB, TAB, "The second outcome is wrong.")
    dialog.act_button.setFocus()
    press(dialog, SPACE)
    assert room.said[-1][0] == "The appeal is written down"
    actions.hear_appeal(row.id)
    dialog = dialog_of(answers, HearAppealDialog)
    assert "‘The second outcome is wrong.’" in words_in(dialog)
    offered = {dialog.fields["heard_by_id"].editor.itemData(n) for n in range(dialog.fields["heard_by_id"].editor.count())}
    assert not {row.reviewer_id, row.person_id} & offered
    dialog.fields["closed_on"].set_value(TODAY)
    dialog.act_button.click()
    assert "came of it" in dialog.fields["outcome"].error()
    press(dialog, "The outcome stands.")
    dialog.act_button.setFocus()
    press(dialog, SPACE)
    (appeal,) = room.school.read(outcomes.complaints, review_id=row.id)
    assert (appeal.outcome, appeal.closed_on) == ("The outcome stands.", TODAY)
    assert room.said[-1][0] == "The appeal is closed"


def test_two_open_appeals_are_kept_apart(actions: OutcomeActions, room: Room, answers: Any) -> None:
    row = room.row("Agreed")
    for about in ("statement", "pay"):
        room.school.do(complaints.raise_complaint, review_id=row.id, about=about, raised_on=TODAY, words=f"About {about}.")
    actions.hear_appeal(row.id)
    dialog = dialog_of(answers, HearAppealDialog)
    assert dialog.fields["which"].isVisible()
    dialog.which.set_value(dialog.which.itemData(1))
    dialog.which.edited.emit(dialog.which.value())
    assert "About pay." in dialog.said.text()
    dialog.fields["outcome"].set_value("Not upheld.")
    dialog.act_button.click()
    assert [each.outcome for each in room.school.read(outcomes.complaints, review_id=row.id)] == ["", "Not upheld."]


def test_reviewers_see_no_appeals(practice_school: School, room: Room) -> None:
    assert OutcomeActions(practice_school, room.hub, room.show(QWidget())).may_appeal()
    practice_school.actor = Actor(1, "Ruth Pemberton", Role.REVIEWER)
    assert not OutcomeActions(practice_school, room.hub, room.show(QWidget())).may_appeal()


def test_a_paper_is_checked_by_its_fingerprint(actions: OutcomeActions, room: Room, answers: Any) -> None:
    row = room.row("Agreed")
    (paper,) = room.school.read(records.statement_papers, review_ids=[row.id])
    actions.check_fingerprint()
    dialog = dialog_of(answers, FingerprintDialog)
    press(dialog, "12 34", ENTER)
    assert "This has 4" in dialog.typed.error()
    assert not dialog.result.isVisible()
    dialog.typed.editor.clear()
    press(dialog, "0000000000000000", ENTER)
    assert dialog.result.text() == UNKNOWN
    assert not dialog.open_button.isVisible()
    press(dialog, paper.fingerprint.replace("-", " ").lower(), ENTER)
    assert dialog.isVisible()
    assert dialog.badge.text() == "Matches"
    assert dialog.result.text() == f"{row.number}, version 1: {row.name}, 2026/27"
    room.school.do(statements.reopen, review_id=row.id, reason="A target was left out.")
    press(dialog, ENTER)
    assert dialog.badge.text() == "Void"
    assert "A target was left out." in dialog.detail.text()
    dialog.open_button.setFocus()
    press(dialog, SPACE)
    assert room.opened == [row.id]
