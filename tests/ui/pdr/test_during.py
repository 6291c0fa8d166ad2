"""Targets with notes, interim meetings, many bookings and calendar files, by keyboard."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import bookings, outcomes
from staffdev_desktop.pdr.services import cycles, during, words
from staffdev_desktop.ui.pdr.during.book_many import BookManyDialog
from staffdev_desktop.ui.pdr.during.calendar_dialog import REVIEWER, CalendarDialog, calendar_of_reviews, calendar_of_year
from staffdev_desktop.ui.pdr.during.interim_dialogs import AskForDialog, BookInterimDialog, RecordDialog
from staffdev_desktop.ui.pdr.during.interim_panel import InterimPanel
from staffdev_desktop.ui.pdr.during.note_dialog import NoteDialog
from staffdev_desktop.ui.pdr.during.targets_panel import TargetsDialog, TargetsPanel
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.ui.pdr.conftest import Desk, press

ENTER, SPACE, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Down
PDF = b"%PDF-1.4 evidence"


def shown(dialog: Any, qtbot: Any) -> Any:
    """A dialog on screen, looked over: no Alt letter stands for two things, and it fits a small laptop."""
    qtbot.addWidget(dialog)
    dialog.open()
    QApplication.processEvents()
    assert clashes(dialog) == {}
    assert dialog.width() <= 1366
    assert dialog.height() <= 689
    return dialog


def opened(answers: Any, kind: type) -> Any:
    """The dialog that was just opened."""
    QApplication.processEvents()
    assert isinstance(answers.dialog, kind)
    assert clashes(answers.dialog) == {}
    return answers.dialog


def act(dialog: Any) -> None:
    """Press the button that acts."""
    dialog.act_button.setFocus()
    press(dialog, SPACE)


@pytest.fixture
def targets(desk: Desk) -> list[Any]:
    """Karen Doyle's two targets of last year, taken in from paper."""
    old = [words.OldTarget("Lead a reading group"), words.OldTarget("Finish the level 3 course", by_when=date(2026, 7, 1))]
    desk.school.do(words.take_in_last_targets, review_id=desk.cast.reviews["Doyle"], targets=old)
    return list(desk.school.read(outcomes.targets_in_hand, review_id=desk.cast.reviews["Doyle"]))


# Targets, notes, evidence


def test_a_note_with_evidence_is_added_saved_out_deleted_and_undone(
    desk: Desk, targets: list[Any], answers: Any, qtbot: Any, tmp_path: Path
) -> None:
    dialog = shown(TargetsDialog(desk.school, desk.hub, desk.cast.reviews["Doyle"]), qtbot)
    panel = dialog.panel
    press(dialog, TAB)
    panel.buttons()["add", targets[0].id].setFocus()
    press(dialog, SPACE)
    scan = tmp_path / "register.pdf"
    scan.write_bytes(PDF)
    note = opened(answers, NoteDialog)
    press(note, "Twelve children came")
    answers.next(scan)
    note.attach.setFocus()
    press(note, SPACE)
    assert note.file_words.text() == "register.pdf"
    act(note)
    (row,) = desk.school.read(outcomes.notes, target_ids=[targets[0].id])
    assert (row.words, row.evidence_name) == ("Twelve children came", "register.pdf")
    assert panel.said.words.text() == "The note is saved."
    panel.buttons()["file", row.id].setFocus()
    answers.next(tmp_path / "out.pdf")
    press(dialog, SPACE)
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    assert "not encrypted" in panel.said.words.text()
    panel.buttons()["delete", row.id].setFocus()
    answers.next(False, True)
    press(dialog, SPACE)
    assert desk.school.read(outcomes.notes, target_ids=[targets[0].id])
    press(dialog, SPACE)
    assert "register.pdf, goes with it" in answers.asked[-1]
    assert desk.school.read(outcomes.notes, target_ids=[targets[0].id]) == ()
    panel.said.undo.setFocus()
    press(dialog, SPACE)
    assert ("file", row.id) in panel.buttons()
    assert panel.said.words.text() == "Undone."


def test_a_note_without_words_or_with_a_wrong_file_or_day_keeps_what_was_typed(
    desk: Desk, targets: list[Any], answers: Any, qtbot: Any, tmp_path: Path
) -> None:
    note = shown(NoteDialog(desk.school, targets[0], "Karen Doyle"), qtbot)
    act(note)
    assert note.fields["words"].error() == "Write a sentence."
    program = tmp_path / "program.pdf"
    program.write_bytes(b"MZ")
    for path, wanted in ((program, "not a PDF"), (tmp_path / "gone.pdf", "cannot be read")):
        answers.next(path)
        note.attach.click()
        assert wanted in note.file_problem.words()
    note.fields["words"].setFocus()
    press(note, "Half of it")
    note.fields["noted_on"].set_value(date(2026, 12, 1))
    act(note)
    assert note.fields["noted_on"].error() == "That day is still to come."
    assert note.fields["words"].value() == "Half of it"
    note.fields["noted_on"].set_value("31/2/2026")
    act(note)
    assert note.isVisible()
    answers.next(True)
    press(note, Qt.Key.Key_Escape)
    assert desk.school.read(outcomes.notes, target_ids=[targets[0].id]) == ()


def test_the_panel_follows_a_person_and_what_others_write(desk: Desk, targets: list[Any], qtbot: Any) -> None:
    panel = TargetsPanel(desk.school, desk.hub, person_id=desk.cast.people["Doyle"])
    qtbot.addWidget(panel)
    panel.show()
    panel.buttons()["add", targets[1].id].setFocus()
    desk.school.do(during.add_target_note, target_id=targets[0].id, words="Begun")
    qtbot.waitUntil(lambda: any(what == "delete" for what, _ in panel.buttons()))
    panel.show_person(desk.cast.people["Holt"])
    assert len(panel.buttons()) == 1, "the one target that was agreed this year"
    panel.show_person(desk.cast.people["Brandt"])
    assert not panel.empty.isHidden()
    panel.show_review(desk.cast.reviews["Doyle"])
    assert panel.empty.isHidden()
    with pytest.raises(UserError, match="not there"):
        TargetsDialog(desk.school, desk.hub, 10_000)


# Interim meetings


@pytest.fixture
def interim(desk: Desk, qtbot: Any) -> InterimPanel:
    """The sub-tab, with nothing asked for yet."""
    panel = InterimPanel(desk.school, desk.hub)
    qtbot.addWidget(panel)
    panel.resize(1334, 559)
    panel.show()
    panel.focus_first()
    return panel


def test_a_meeting_is_asked_for_booked_held_and_recorded_by_keyboard(desk: Desk, interim: InterimPanel, answers: Any, qtbot: Any) -> None:
    press(interim, SPACE)
    dialog = opened(answers, AskForDialog)
    act(dialog)
    assert "Choose whose" in dialog.fields["review"].error()
    dialog.fields["review"].setFocus()
    press(dialog, "Denise")
    press(dialog, TAB, Qt.Key.Key_Right, TAB, Qt.Key.Key_Right)
    act(dialog)
    (row,) = interim.model.shown_rows()
    assert (row.name, row.kind, row.asked_by) == ("Denise Holt", "mid-year", "reviewer")
    assert desk.said[-1][:3] == ("The meeting is asked for", "Denise Holt, to be booked", "Undo")
    assert clashes(interim) == {}
    interim.side.book.setFocus()
    press(interim, SPACE)
    book = opened(answers, BookInterimDialog)
    press(book, "24/10/26", TAB, "9", TAB)
    assert book.when.line.words() == "Saturday is at the weekend."
    answers.next(False)
    act(book)
    assert book.isVisible()
    book.when.day.set_value(date(2026, 10, 19))
    answers.next(True)
    act(book)
    assert "That day is over." in answers.asked[-1]
    assert interim.model.shown_rows()[0].booked_for == datetime(2026, 10, 19, 9)
    assert interim.side.badge.text() == "Record missing"
    interim.table.setFocus()
    press(interim, ENTER)
    record = opened(answers, RecordDialog)
    assert record.fields["held_on"].value() == date(2026, 10, 19)
    press(record, "We keep the target.")
    record.fields[f"note {record.targets[0].id}"].setFocus()
    press(record, "Half way")
    act(record)
    qtbot.waitUntil(lambda: interim.side.badge.text() == "Held Mon 19 Oct")
    assert [note.words for note in desk.school.read(outcomes.notes, target_ids=[record.targets[0].id])] == ["Half way"]
    assert interim.side.words.text() == "We keep the target."
    assert not interim.side.withdraw.isVisible()


def test_an_unwanted_meeting_is_taken_out_and_comes_back(desk: Desk, interim: InterimPanel, answers: Any, qtbot: Any) -> None:
    interim.ask_for_one(desk.cast.reviews["Holt"])
    dialog = opened(answers, AskForDialog)
    press(dialog, ENTER)
    assert interim.model.shown_rows()
    interim.table.setFocus()
    interim.side.withdraw.setFocus()
    answers.next(True)
    press(interim, SPACE)
    assert interim.empty.isVisible()
    desk.school.undo()
    qtbot.waitUntil(lambda: len(interim.model.rows()) == 1)


def test_those_still_to_be_held_come_first(desk: Desk, interim: InterimPanel, qtbot: Any) -> None:
    ask = {"kind": "interim", "asked_by": "reviewer"}
    first = desk.school.do(during.ask_for_interim, review_id=desk.cast.reviews["Holt"], **ask)
    desk.school.do(during.ask_for_interim, review_id=desk.cast.reviews["Rhys"], **ask)
    held = {"booked_for": None, "held_on": date(2026, 10, 20), "record": "Done."}
    desk.school.do(during.record_interim, interim_id=first, revision=1, **held)
    qtbot.waitUntil(lambda: [row.name for row in interim.model.shown_rows()] == ["Megan Rhys", "Denise Holt"])
    assert interim.counts.text() == "1 still to be held, 1 held"


# Many bookings


def test_proposed_times_are_changed_in_the_list_and_booked_in_one_go(desk: Desk, answers: Any, qtbot: Any) -> None:
    ids = [desk.cast.reviews[name] for name in ("Thornton", "Nowak", "Garside", "Siddiqui", "Holt")]
    dialog = shown(BookManyDialog(desk.school, ids), qtbot)
    lines = {line.slot.person: line for line in dialog.model.rows()}
    assert "Denise Holt" not in lines, "agreed already"
    assert lines["Omar Siddiqui"].slot.at == datetime(2026, 11, 3, 14), "what is booked stays"
    assert all(line.slot.at and not line.trouble for line in lines.values())
    assert dialog.act_button.text() == "&Book 4 meetings"
    dialog.table.setFocus()
    dialog.table.choose(lines["Jake Thornton"].id)
    press(dialog, ENTER)
    press(dialog, "20/10/2026", TAB)
    dialog.time.editor.selectAll()
    press(dialog, "13.45", TAB)
    assert dialog.trouble.words() == "Ruth Pemberton meets Karen Doyle at 13:30. Library is taken at 13:30: Karen Doyle."
    press(dialog, Qt.Key.Key_F6)
    assert dialog.table.hasFocus()
    dialog.table.choose(lines["Ewa Nowak"].id)
    press(dialog, SPACE)
    assert dialog.count.text() == "3 of 4 meetings, 1 to look at"
    answers.next(False)
    act(dialog)
    assert dialog.isVisible()
    assert "Jake Thornton, Tuesday 20 October: Ruth Pemberton meets Karen Doyle at 13:30." in answers.asked[-1]
    answers.next(True)
    act(dialog)
    assert dialog.booked == 3
    now = {slot.person: slot.at for slot in desk.school.read(bookings.slots, review_ids=ids)}
    assert now["Jake Thornton"] == datetime(2026, 10, 20, 13, 45)
    assert now["Ewa Nowak"] is None
    desk.school.undo()
    now = {slot.person: slot.at for slot in desk.school.read(bookings.slots, review_ids=ids)}
    assert now["Jake Thornton"] is None
    assert now["Steve Garside"] is None


def test_no_room_before_the_deadline_and_wrong_times_are_said(desk: Desk, qtbot: Any) -> None:
    ids = [desk.cast.reviews[name] for name in ("Rahman", "Cole")]
    dialog = shown(BookManyDialog(desk.school, ids), qtbot)
    dialog.fields["ends"].set_value("8.40")
    dialog.propose_button.setFocus()
    press(dialog, SPACE)
    assert "No meeting of 45 minutes" in dialog.fields["ends"].error()
    dialog.fields["ends"].set_value("16:00")
    dialog.fields["first"].set_value(date(2026, 11, 9))
    dialog.propose()
    assert "no free time before the deadline for 2 meetings" in dialog.problem.words()
    assert dialog.model.ticked() == ()
    dialog.model.set_ticked([dialog.model.rows()[0].id])
    act(dialog)
    assert "has no day and time yet" in dialog.problem.words()
    with pytest.raises(UserError, match="agreed already"):
        BookManyDialog(desk.school, [desk.cast.reviews["Holt"]])


# Calendar files


def test_one_meeting_becomes_one_file_without_a_name(desk: Desk, answers: Any, qtbot: Any, tmp_path: Path) -> None:
    dialog = shown(calendar_of_reviews(desk.school, desk.hub, [desk.cast.reviews["Doyle"]]), qtbot)
    answers.next("")
    press(dialog, ENTER)
    act(dialog)
    assert dialog.isVisible(), "whoever thought better of it stays"
    answers.next(tmp_path / "meeting.ics")
    act(dialog)
    (path,) = dialog.saved
    content = path.read_bytes()
    assert b"SUMMARY:Meeting\\, Library" in content
    assert b"Doyle" not in content
    assert desk.said[-1][0] == "1 calendar file saved"
    with pytest.raises(UserError, match="booked yet"):
        calendar_of_reviews(desk.school, desk.hub, [desk.cast.reviews["Garside"]])


def test_a_years_meetings_go_into_a_folder_by_number_with_those_taken_back(desk: Desk, answers: Any, qtbot: Any, tmp_path: Path) -> None:
    row = desk.row("Siddiqui")
    desk.school.do(cycles.book_meeting, review_id=row.id, revision=row.revision, moment=datetime(2026, 11, 4, 9), place="Nurture room")
    desk.school.do(cycles.book_meeting, review_id=row.id, revision=row.revision + 1, moment=None)
    dialog = shown(calendar_of_year(desk.school, desk.hub, date(2026, 9, 1), date(2027, 8, 31)), qtbot)
    assert "1 to be taken out of calendars" in dialog.count.text()
    dialog.model.tick_all_shown()
    dialog.names.setFocus()
    press(dialog, SPACE)
    names = set(dialog.contents())
    assert f"{desk.row('Doyle').number}.ics" in names
    assert f"{row.number}-cancelled.ics" in names
    dialog.files.set_value(REVIEWER)
    answers.next(tmp_path)
    act(dialog)
    number = desk.row("Pemberton").staff_number
    made = Calendar.from_ical((tmp_path / f"meetings-{number}.ics").read_bytes())
    assert "Karen Doyle and Ruth Pemberton" in str(next(iter(made.walk("VEVENT")))["SUMMARY"])
    gone = Calendar.from_ical((tmp_path / f"meetings-{number}-cancelled.ics").read_bytes())
    assert gone["METHOD"] == "CANCEL"


def test_nothing_ticked_is_said(desk: Desk, qtbot: Any) -> None:
    slots = desk.school.read(bookings.booked, first=date(2026, 10, 20), last=date(2026, 10, 22))
    dialog = shown(CalendarDialog(desk.school, desk.hub, slots), qtbot)
    dialog.model.clear_ticks()
    act(dialog)
    assert dialog.problem.words() == "No meeting is ticked. Tick at least one."
