"""The diagnostic at the screen, by keyboard: begin a round, key in, agree, look at the trend and the loop, plan a drop-in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.queries import loop, people, rounds
from staffdev_desktop.cpd.diagnostic.rows import AgreedDraft, BoardRow, Record, Stage
from staffdev_desktop.cpd.diagnostic.services import ratings
from staffdev_desktop.cpd.diagnostic.services import rounds as writes
from staffdev_desktop.cpd.log import services as log
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.settings import services as settings_writes
from staffdev_desktop.settings.models import StaffGroup
from staffdev_desktop.staff.models import Person
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.diagnostic.area_dialogs import AreasDialog, SetDialog
from staffdev_desktop.ui.cpd.diagnostic.ideas_page import DropInDialog
from staffdev_desktop.ui.cpd.diagnostic.link_dialog import LinkDialog
from staffdev_desktop.ui.cpd.diagnostic.panel import DiagnosticPanel
from staffdev_desktop.ui.cpd.diagnostic.round_dialogs import ManagerDialog, StartRoundDialog
from staffdev_desktop.ui.cpd.log.entry_dialog import EntryDialog
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.preview import Preview
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.cpd.diagnostic.conftest import AUTUMN, SUMMER, Class, class_of
from tests.people import Staffed
from tests.ui.cpd.conftest import Shown, dialog_of, words_in
from tests.ui.pdr.conftest import press

ENTER, SPACE, RIGHT, LEFT, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down
DELETE, END = Qt.Key.Key_Delete, Qt.Key.Key_End
PAGE = 1366 - 32  # px: a window at 1366 x 768 without the sides of the page
OF_THE_FRAME = set("osmcuwl")
TALKED = date(2026, 5, 20)


@dataclass
class Room:
    """The tab on screen, the school behind it, and what was said."""

    school: School
    hub: Hub
    tab: Tab
    panel: DiagnosticPanel
    class_: Class
    said: list[tuple[str, str, str, str]]

    def settle(self) -> None:
        """Until what was written is shown."""
        for _each in range(3):
            QApplication.processEvents()

    def show(self, key: str) -> Any:
        """One of the pages."""
        self.panel.choose.button(key).click()
        self.settle()
        return self.panel.page

    def record(self, round_id: int) -> Record:
        """Karen’s diagnostic as it is on disk."""
        return self.class_.record(round_id)

    def row(self, round_id: int) -> BoardRow:
        """Karen on the board as it is on disk."""
        return self.record(round_id).board

    @property
    def newest(self) -> int:
        """The newest round."""
        return self.school.read(rounds.rounds)[0].id


@pytest.fixture
def class_(staffed: Staffed) -> Class:
    return class_of(staffed)


@pytest.fixture
def room(class_: Class, show_tab: Callable[[School], Shown]) -> Room:
    shown = show_tab(class_.school)
    panel = shown.tab.show_view("diagnostic")
    QApplication.processEvents()
    return Room(class_.school, shown.hub, shown.tab, panel, class_, shown.said)


@needs(Permission.CHANGE_STAFF)
def _make_an_assistant(session: Session, actor: Actor, *, person_id: int) -> None:
    """The same staff group as Karen’s."""
    group = session.execute(select(StaffGroup.id).where(StaffGroup.name == "Teaching assistants")).scalar_one()
    session.get_one(Person, person_id).staff_group_id = group


def begin(room: Room) -> int:
    """The autumn round with everybody, on screen."""
    round_id = room.class_.start(AUTUMN, room.class_.karen, room.class_.staffed.ruth)
    room.settle()
    return round_id


def both_rounds(room: Room) -> int:
    """Karen was weak in the first area in summer; it moved by autumn with an entry; the second did not, with nothing done."""
    first, second = room.class_.areas[0].id, room.class_.areas[1].id
    for details, value in ((SUMMER, 2), (AUTUMN, 3)):
        round_id = room.class_.start(details)
        its = room.row(round_id).id
        with clock.frozen_at(TALKED if details is SUMMER else date(2026, 10, 1)):
            room.class_.rate(its, own=3, manager=3, agreed=3)
            changed = {first: {"agreed": value, "mark": "focus"}, second: {"agreed": 2}}
            room.school.do(ratings.write_sheet, diagnostic_id=its, ratings=changed)
            if details is SUMMER:
                draft = AgreedDraft(first, "Watch Samira lead a group", date(2026, 7, 10))
                room.school.do(ratings.save_agreed_cpd, diagnostic_id=its, draft=draft)
            room.school.do(ratings.record_term, diagnostic_id=its)
    entry = EntryDetails(date(2026, 6, 16), 45, "Peer observation with Samira Begum", area_id=first)
    room.school.do(log.add_entry, person_id=room.class_.karen, details=entry)
    room.settle()
    return round_id


# The board and its dialogs


def test_a_round_begins_by_keyboard_with_everybody_who_has_areas(room: Room, answers: Any) -> None:
    assert "No round of the diagnostic has begun yet" in words_in(room.panel)
    room.tab.add_new()
    dialog = dialog_of(answers, StartRoundDialog)
    assert dialog.fields["name"].value() == "Autumn 2026"
    assert dialog.fields["deadline"].value() == date(2026, 11, 27)
    assert "No line manager: Helen Marsden" in dialog.words_below.text()
    press(dialog, END, " at school", ENTER)
    room.settle()
    assert [line.row.name for line in room.panel.page.model.shown_rows()] == ["Karen Doyle", "Helen Marsden", "Ruth Pemberton"]
    assert room.panel.round.currentText() == "Autumn 2026 at school"
    assert room.said[-1][0] == "Autumn 2026 at school has begun with 3 people"
    room.school.undo()
    room.settle()
    assert room.school.read(rounds.rounds) == ()


def test_a_round_that_cannot_be_says_why_beside_its_field_and_keeps_what_was_typed(room: Room, answers: Any) -> None:
    begin(room)
    room.tab.add_new()
    dialog = dialog_of(answers, StartRoundDialog)
    press(dialog, "autumn 2026", ENTER)
    assert dialog.isVisible()
    assert dialog.fields["name"].error() == "There is a round called ‘Autumn 2026’ already."
    assert dialog.fields["name"].value() == "autumn 2026"
    answers.next(True)
    dialog.reject()


def test_the_board_says_whose_turn_it_is_and_how_late_in_words(room: Room) -> None:
    round_id = begin(room)
    room.class_.rate(room.row(round_id).id, own=3)
    room.settle()
    model = room.panel.page.model
    line = next(line for line in model.shown_rows() if line.row.person_id == room.class_.karen)
    assert (line.turn, line.waiting_for, line.wait) == ("Ruth Pemberton", "Line manager’s ratings", "4 days late")
    spoken = [column.spoken(line) for column in model.columns if column.spoken]
    assert spoken == ["Sheet out: not yet", "Own ratings: 20 Oct", "Line manager’s: not yet", "Agreed: not yet"]
    room.panel.page.filters["stage"].set_value(Stage.OWN_IN)
    room.panel.page._filtered()
    assert len(model.shown_rows()) == 1


def test_sheets_are_shown_and_noted_as_out(room: Room, answers: Any, finish_jobs: Callable[[], None]) -> None:
    round_id = begin(room)
    room.panel.page.focus_first()
    press(room.panel, SPACE)
    room.panel.page.sheets.click()
    finish_jobs()
    room.settle()
    assert isinstance(answers.dialog, Preview)
    assert room.row(round_id).dates.sheet_out_on == date(2026, 10, 20)
    assert room.class_.record(round_id, room.class_.staffed.ruth).board.stage is Stage.NOT_STARTED
    answers.dialog.reject()


def test_those_ticked_get_another_line_manager_and_a_round_is_closed_and_opened_again(room: Room, answers: Any) -> None:
    round_id = begin(room)
    page = room.panel.page
    page.model.set_ticked([room.row(round_id).id])
    page.another_manager()
    dialog = dialog_of(answers, ManagerDialog)
    dialog.fields["manager_id"].set_value(room.class_.staffed.helen)
    press(dialog, ENTER)
    room.settle()
    assert room.row(round_id).manager == "Helen Marsden"
    answers.next(True)
    page.close_round()
    room.settle()
    assert "Closed on 20 Oct" in page.card.words.text()
    assert not page.key_in.isEnabled()
    assert answers.asked[-1].startswith("Close Autumn 2026? 2 people have not agreed yet.")
    page.reopen_round()
    room.settle()
    assert page.key_in.isEnabled()


# Keying in and agreeing


def test_a_team_is_keyed_in_and_each_key_is_on_disk(room: Room) -> None:
    round_id = begin(room)
    room.panel.page.key_in.click()
    page = room.panel.page
    page.set.set_value("Teaching assistants")
    page._show()
    page.focus_first()
    press(page, "3", "2")
    assert [rating.own for rating in room.record(round_id).ratings][:3] == [3, 2, None]
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (0, 2)
    press(page, "5", "x", LEFT, DELETE)
    assert [rating.own for rating in room.record(round_id).ratings][:2] == [3, None]
    press(page, "4", "1", "4", "2", "2", "3", "3", "3")
    room.settle()
    assert room.row(round_id).stage is Stage.OWN_IN
    assert page.line.words.text() == "Saved"
    assert page.grid.model().lines[0].second == "Own 9 of 9, line manager’s 0"
    page.side.button("manager").click()
    page.focus_first()
    page.grid.go_to(0, 0)
    press(page, "2")
    assert room.record(round_id).ratings[0].manager == 2
    assert page.grid.model().data(page.grid.model().index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == (
        "Karen Doyle, Prompting without telling: 2, developing"
    )
    press(page, ENTER)
    assert room.panel.key == "record"
    room.panel.page.back.click()
    assert room.panel.key == "board"


def test_two_people_agree_a_term_by_keyboard_and_record_it(room: Room, answers: Any) -> None:
    round_id = begin(room)
    its = room.row(round_id).id
    room.class_.rate(its, own=3, manager=3)
    room.school.do(ratings.write_rating, diagnostic_id=its, area_id=room.class_.areas[0].id, field="manager", value=2)
    room.settle()
    board = room.show("board")
    board.focus_first()
    board.table.choose(its)
    press(board, ENTER)
    page = room.panel.page
    assert not room.panel.choose.isVisibleTo(room.panel)  # nobody else is at hand
    assert words_in(page).count("Helen") == 0
    page.same.click()
    room.settle()
    assert page.missing.text() == "No agreed rating yet: Prompting without telling."
    assert not page.done.isEnabled()
    page.grid.go_to(0, 2)
    page.grid.setFocus()
    press(page, "2")
    page.grid.go_to(0, 2)
    page.mark.button("focus").click()
    press(page.fields["we_see"].editor, "Waits too short.")
    press(page.lines.what.editor, "Two visits to Rosie Clegg")
    press(page.lines.by_when.editor, "27/11/2026", ENTER)
    assert words_in(page.lines).count("Two visits to Rosie Clegg · by 27 Nov 2026") == 1
    page.done.click()
    room.settle()
    kept = room.record(round_id)
    assert kept.board.dates.agreed_on == date(2026, 10, 20)
    assert (kept.ratings[0].agreed, kept.ratings[0].mark, kept.ratings[0].we_see) == (2, "focus", "Waits too short.")
    assert [line.what for line in kept.agreed_cpd] == ["Two visits to Rosie Clegg"]
    assert room.panel.key == "board"
    room.panel._asked("record", its)
    assert room.panel.page.grid.model().cell(room.panel.page.grid.model().index(0, 0)).may_type is False
    answers.next(True)
    room.panel.page.again.click()
    assert room.row(round_id).stage is Stage.MANAGER_IN


def test_cpd_that_is_still_typed_when_one_goes_on_belongs_to_the_area_it_was_typed_beside(room: Room) -> None:
    round_id = begin(room)
    room.panel._asked("record", room.row(round_id).id)
    page = room.panel.page
    press(page.lines.what.editor, "A visit")
    page.grid.setFocus()
    press(page.grid, DOWN)
    assert page.area.text() == "Leading a small group"
    assert [(line.area, line.what) for line in room.record(round_id).agreed_cpd] == [("Prompting without telling", "A visit")]
    assert page.lines.typed() == ""


def test_a_side_that_is_not_in_is_asked_about_before_the_term_is_recorded(room: Room, answers: Any) -> None:
    round_id = begin(room)
    its = room.row(round_id).id
    room.class_.rate(its, own=3, agreed=3)
    room.panel._asked("record", its)
    answers.next(False)
    room.panel.page.done.click()
    assert "line manager’s ratings are not all in" in answers.asked[-1]
    assert room.row(round_id).stage is Stage.OWN_IN


def test_cpd_that_was_typed_and_not_added_is_not_lost_without_a_question(room: Room, answers: Any) -> None:
    round_id = begin(room)
    room.panel._asked("record", room.row(round_id).id)
    press(room.panel.page.lines.what.editor, "A visit")
    answers.next(False)
    room.panel.page.back.click()
    assert room.panel.key == "record"
    assert room.panel.page.lines.typed() == "A visit"
    room.panel.page.lines.clear()


# One person, what was agreed, the loop


def test_a_trend_says_itself_in_words_and_what_is_typed_beside_it_is_kept(room: Room) -> None:
    round_id = both_rounds(room)
    room.tab.show_view("diagnostic", room.class_.karen)
    page = room.panel.page
    model = page.table.model()
    row = model.shown_rows()[0]
    assert [column.spoken(row) for column in model.columns if column.spoken] == [
        "Summer 2026: 2, developing",
        "Autumn 2026: 3, secure",
    ]
    assert [column.value(row) for column in model.columns[-2:]] == ["Up 1", "Focus"]
    assert [column.value(model.shown_rows()[1]) for column in model.columns[-2:]] == ["No change", ""]
    assert page.area.area.text() == "Prompting without telling · 3, secure"
    assert page.area.manager.text() == "Ruth Pemberton: 3, secure."
    assert "16 Jun 2026 · Peer observation with Samira Begum · 0.75 h" in page.area.linked.text()
    page.focus_first()
    press(page, ENTER, "Waits longer now.")
    press(page.table, DOWN)
    assert page.area.we_see.value() == ""
    room.panel.commit()
    room.settle()
    assert [rating.we_see for rating in room.record(round_id).ratings][:2] == ["Waits longer now.", ""]


def test_an_entry_is_linked_to_the_chosen_area_and_let_go_again(room: Room, answers: Any) -> None:
    both_rounds(room)
    entry = EntryDetails(date(2026, 10, 8), 60, "Course about signing")
    room.school.do(log.add_entry, person_id=room.class_.karen, details=entry)
    room.tab.show_view("diagnostic", room.class_.karen)
    page = room.panel.page
    for expected in ("Link it", "Take the link away"):
        page.link()
        dialog = dialog_of(answers, LinkDialog)
        key = next(row.id for row in dialog.model.shown_rows() if row.details.activity == entry.activity)
        dialog.table.choose(key)
        assert dialog.act_button.text().replace("&", "") == expected
        press(dialog, ENTER)
        room.settle()
        shown = page.table.model().shown_rows()[0]
        assert shown.linked_now == (expected == "Link it")
    assert room.said[-1][0] == "‘Course about signing’ is no longer linked"


def test_an_entry_that_is_not_in_the_log_yet_is_added_for_the_chosen_area(room: Room, answers: Any) -> None:
    both_rounds(room)
    room.tab.show_view("diagnostic", room.class_.karen)
    page = room.panel.page
    page.link()
    dialog_of(answers, LinkDialog).add.click()
    form = dialog_of(answers, EntryDialog)
    assert form.fields["area_id"].value() == room.class_.areas[0].id
    form.fields["minutes"].editor.setFocus()
    press(form, "0.5")
    form.fields["activity"].editor.setFocus()
    press(form, "Video of my group", ENTER)
    room.settle()
    assert [entry.activity for entry in page.table.model().shown_rows()[0].linked] == [
        "Video of my group",
        "Peer observation with Samira Begum",
    ]


def test_agreed_cpd_is_marked_as_done_and_leaves_what_is_open(room: Room) -> None:
    both_rounds(room)
    page = room.show("agreed")
    [row] = page.model.shown_rows()
    assert (row.what, row.entries, row.late) == ("Watch Samira lead a group", 1, True)
    page.focus_first()
    press(page, DOWN)
    page.done.click()
    room.settle()
    assert page.model.shown_rows() == ()
    assert room.school.read(loop.agreed_cpd)[0].done_on == date(2026, 10, 20)
    room.school.undo()
    room.settle()
    assert len(page.model.shown_rows()) == 1


def test_the_loop_is_shown_filtered_and_saved_as_a_spreadsheet(room: Room, answers: Any, tmp_path: Path) -> None:
    both_rounds(room)
    page = room.show("loop")
    assert [(row.area, str(row.outcome)) for row in page.model.shown_rows()] == [
        ("Prompting without telling", "Moved"),
        ("Leading a small group", "Nothing done"),
    ]
    page.filters["outcome"].set_value("Moved")
    page.filtered()
    assert page.words.text().startswith("Summer 2026 to Autumn 2026: 1 of 2 areas.")
    answers.next(tmp_path / "loop.xlsx")
    page.save_sheet()
    [line] = read_sheet((tmp_path / "loop.xlsx").read_bytes(), "loop.xlsx").rows
    assert [str(cell) for cell in line.cells[4:7]] == ["Prompting without telling", "2", "3"]


# Ideas for drop-ins, and the sets


def test_a_drop_in_is_planned_about_what_many_find_hard(room: Room, answers: Any) -> None:
    round_id = begin(room)
    room.class_.rate(room.row(round_id).id, own=1)
    row = room.school.read(settings.school)
    values = {"name": row.name, "minimum_group": 2, "return_to": row.return_to}
    room.school.do(settings_writes.change_school, revision=row.revision, **values)
    page = room.show("ideas")
    assert "No area is hard for many people" in words_in(page)
    ruth = room.class_.record(round_id, room.class_.staffed.ruth).board.id
    room.school.do(writes.take_out, diagnostic_ids=[ruth])
    room.school.do(_make_an_assistant, person_id=room.class_.staffed.ruth)
    room.school.do(writes.add_people, round_id=round_id, person_ids=[room.class_.staffed.ruth])
    room.class_.rate(room.class_.record(round_id, room.class_.staffed.ruth).board.id, own=2)
    room.settle()
    assert {area.people for area in page.model.shown_rows()} == {2}
    page.focus_first()
    press(page, ENTER)
    dialog = dialog_of(answers, DropInDialog)
    press(dialog.fields["leader"].editor, "Samira Begum")
    press(dialog, ENTER)
    room.settle()
    [planned] = [area for area in page.model.rows() if area.planned]
    assert planned.planned == ((date(2026, 10, 27), "Drop-in: calm behaviour"),)


def test_a_set_is_edited_by_keyboard_and_stands_on_the_sheets_of_the_round(room: Room, answers: Any) -> None:
    round_id = begin(room)
    room.panel.edit_areas()
    listed = dialog_of(answers, AreasDialog)
    listed.table.choose(next(row.id for row in listed.model.rows() if row.name == "Teaching assistants"))
    listed.table.setFocus()
    press(listed, ENTER)
    dialog = dialog_of(answers, SetDialog)
    dialog.down.click()
    dialog.title_field.editor.setFocus()
    press(dialog, END, " them")
    dialog.table.choose(8)
    dialog.hide.click()
    dialog.add.click()
    press(dialog, "Signing")
    dialog.act_button.click()
    room.settle()
    titles = [rating.title for rating in room.record(round_id).ratings]
    assert titles[:2] == ["Leading a small group", "Prompting without telling them"]
    assert titles[-1] == "Signing"
    assert "Care and safety" not in titles
    listed.reject()


# Everywhere


@pytest.mark.parametrize("key", ["board", "person", "agreed", "loop", "ideas", "record", "grid"])
def test_no_alt_letter_stands_for_two_things_and_each_control_has_a_name(room: Room, key: str) -> None:
    round_id = both_rounds(room)
    if key == "person":
        room.panel.go_to(room.class_.karen)
    elif key == "record":
        room.panel._asked("record", room.row(round_id).id)
    elif key == "grid":
        room.panel._asked("grid", None)
    else:
        room.show(key)
    room.settle()
    assert room.panel.key == key
    assert clashes(room.tab) == {}
    assert not set(letters_in(room.tab)) & OF_THE_FRAME
    for kind in (QLineEdit, QComboBox, QTableView, QPlainTextEdit):
        for widget in room.panel.findChildren(kind):
            if widget.isVisibleTo(room.panel) and not isinstance(widget.parent(), QComboBox):
                assert widget.accessibleName(), widget


def test_with_the_largest_letters_every_page_still_fits_the_window(room: Room) -> None:
    round_id = begin(room)
    theme.apply("light", 130)
    try:
        for key in ("board", "agreed", "loop", "ideas"):
            assert room.show(key).minimumSizeHint().width() <= PAGE, key
        board = room.show("board")
        hidden = [column.key for place, column in enumerate(board.model.columns) if board.table.isColumnHidden(place)]
        assert hidden == ["set", "manager"]  # else the names had no room
        for verb, what in (("record", room.row(round_id).id), ("grid", None), ("person", room.class_.karen)):
            room.panel._asked(verb, what)
            room.settle()
            assert room.panel.page.minimumSizeHint().width() <= PAGE, verb
    finally:
        theme.apply("light", 100)


def test_a_conversation_is_found_again_after_the_screen_lock_with_every_word(room: Room) -> None:
    round_id = begin(room)
    its = room.row(round_id).id
    room.panel._asked("record", its)
    press(room.panel.page.lines.what.editor, "A visit to Year 3")
    press(room.panel.page.fields["next_step"].editor, "Wait for three seconds")
    place = room.tab.place()
    room.tab.commit()
    assert [line.what for line in room.record(round_id).agreed_cpd] == ["A visit to Year 3"]
    assert room.record(round_id).ratings[0].next_step == "Wait for three seconds"
    room.panel.page.back.click()
    room.show("agreed")
    room.tab.go_to(place)
    assert (room.panel.key, room.panel.page.diagnostic_id) == ("record", its)


def test_a_place_is_found_again_after_the_screen_lock(room: Room) -> None:
    round_id = both_rounds(room)
    room.panel.go_to(room.class_.karen)
    place = room.tab.place()
    room.show("board")
    room.tab.go_to(place)
    assert (room.panel.key, room.panel.person.value()) == ("person", room.class_.karen)
    assert room.newest == round_id
    assert room.school.read(people.trend, person_id=room.class_.karen).terms[-1].round_id == round_id
