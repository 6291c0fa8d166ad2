"""What is done from the board, by keyboard: a cycle is started, sheets are typed in, meetings booked, papers followed."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from staffdev_desktop.exchange.writing import write_csv
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.pdr.services.cycles import Invited, NewCycle, change_cycle, start_cycle
from staffdev_desktop.pdr.services.statements import agree_statement, record_copy, reopen
from staffdev_desktop.ui.pdr.booking import BookDialog
from staffdev_desktop.ui.pdr.cycle_dialogs import AddPersonDialog, ChangeCycleDialog, StartCycleDialog
from staffdev_desktop.ui.pdr.during.book_many import BookManyDialog
from staffdev_desktop.ui.pdr.last_targets import LastTargetsDialog, TargetListDialog
from staffdev_desktop.ui.pdr.models import plan_key
from staffdev_desktop.ui.pdr.receipts import ReceiptDialog
from staffdev_desktop.ui.pdr.small_dialogs import (
    EXEMPT,
    ContributorsDialog,
    HeldDialog,
    MoveDialog,
    ReopenDialog,
    StandingDialog,
)
from staffdev_desktop.ui.pdr.type_in_sheet import ChooseSheetDialog, TypeInDialog
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import TODAY
from tests.ui.pdr.conftest import Desk, press

ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


def opened(answers: Any, kind: type) -> Any:
    """The dialog that was just opened, looked over: no Alt letter stands for two things."""
    QApplication.processEvents()
    assert isinstance(answers.dialog, kind)
    assert clashes(answers.dialog) == {}
    return answers.dialog


def act(dialog: Any) -> None:
    """Press the button that acts, with the keyboard."""
    dialog.act_button.setFocus()
    press(dialog, Qt.Key.Key_Space)


# A cycle


def test_an_empty_year_becomes_a_cycle_by_keyboard(empty_desk: Desk, answers: Any) -> None:
    desk = empty_desk
    assert desk.tab.empty.isVisible()
    press(desk.tab, Qt.Key.Key_Space)
    dialog = opened(answers, StartCycleDialog)
    assert dialog.plan.words.text() == "13 reviews will be made, 1 without a reviewer, 12 left out."
    assert dialog.plan.model.shown_rows()[0].name == "Tessa Brook"
    dialog.plan.table.setFocus()
    press(dialog.plan.table, Qt.Key.Key_Home, ENTER)
    picker = dialog.plan._picker
    picker.hidePopup()
    picker.set_value(desk.cast.people["Whitlock"])
    picker.edited.emit(picker.value())
    press(dialog.plan.table, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert dialog.plan.words.text() == "12 reviews will be made, 13 left out."
    act(dialog)
    rows = desk.school.read(boards.cycle_board, year=2026)
    assert len(rows) == 12
    assert {row.name: row.reviewer for row in rows}["Tessa Brook"] == "Janet Whitlock"
    assert desk.said[-1][0] == "12 reviews made"
    QApplication.processEvents()
    assert desk.tab.board.isVisible()
    desk.school.undo()
    assert desk.school.read(boards.cycles) == ()


def test_whoever_needs_another_form_cannot_be_ticked(empty_desk: Desk, answers: Any) -> None:
    empty_desk.tab.actions.start_cycle()
    dialog = opened(answers, StartCycleDialog)
    teacher = next(row for row in dialog.plan.model.rows() if row.group == "Teachers")
    dialog.plan.model.set_ticked([plan_key(teacher)])
    assert not dialog.plan.model.is_ticked(plan_key(teacher))
    nia = next(row for row in dialog.plan.model.rows() if row.name == "Nia Powell")
    assert "No staff group" in nia.trouble


def test_a_wrong_date_is_said_beside_it_and_nothing_goes(empty_desk: Desk, answers: Any) -> None:
    empty_desk.tab.actions.start_cycle()
    dialog = opened(answers, StartCycleDialog)
    dialog.fields["deadline"].editor.setText("31/2/2027")
    act(dialog)
    assert dialog.fields["deadline"].error() == "There is no 31 February. Use 28 February or earlier."
    dialog.fields["deadline"].editor.setText("1/10/2026")
    act(dialog)
    assert "before the sheets are due" in dialog.fields["deadline"].error()
    assert dialog.isVisible()
    assert empty_desk.school.read(boards.cycles) == ()


def test_a_name_used_twice_and_a_deadline_before_the_start_are_said_beside_their_fields(desk: Desk, answers: Any) -> None:
    desk.tab.actions.start_cycle()
    dialog = opened(answers, StartCycleDialog)
    before = desk.school.read(boards.cycles)
    fields = dialog.fields
    fields["name"].editor.setText("support staff  2026/27")
    act(dialog)
    assert fields["name"].error() == "There is already a cycle called support staff 2026/27."
    fields["name"].editor.selectAll()
    press(fields["name"].editor, "Another cycle")
    fields["deadline"].editor.setText("31/8/2026")
    answers.next(True)  # that it is a holiday may stand
    act(dialog)
    assert fields["deadline"].error() == "The deadline is before the sheets are due back."
    assert not fields["name"].error(), "its name is right by now"
    assert fields["name"].value() == "Another cycle", "what was typed stays"
    assert desk.school.read(boards.cycles) == before


def test_a_cycle_that_somebody_else_changed_is_not_saved_over(desk: Desk, answers: Any) -> None:
    support = next(cycle for cycle in desk.tab._cycles if cycle.name.startswith("Support"))
    desk.tab.actions.change_cycle(support)
    dialog = opened(answers, ChangeCycleDialog)
    dates = {key: getattr(support, key) for key in ("year", "starts_on", "ends_on", "sheets_due_on", "deadline")}
    desk.school.do(change_cycle, cycle_id=support.id, revision=support.revision, cycle=NewCycle("Theirs", **dates))
    dialog.fields["name"].editor.setText("Mine")
    act(dialog)
    assert "changed in the meantime" in dialog.problem.words()
    assert (dialog.isVisible(), dialog.fields["name"].value()) == (True, "Mine")
    assert "Theirs" in {cycle.name for cycle in desk.school.read(boards.cycles)}


def test_a_deadline_in_the_holidays_gets_a_question(empty_desk: Desk, answers: Any) -> None:
    empty_desk.tab.actions.start_cycle()
    dialog = opened(answers, StartCycleDialog)
    dialog.fields["deadline"].set_value(date(2026, 12, 29))
    dialog.fields["deadline"].edited.emit(date(2026, 12, 29))
    assert "holidays" in dialog.fields["deadline"].note_line.words()
    answers.next(False)
    act(dialog)
    assert dialog.isVisible()
    assert "Keep these dates?" in answers.asked[-1]
    answers.next(True)
    act(dialog)
    assert len(empty_desk.school.read(boards.cycles)) == 1


def test_closing_a_changed_dialog_asks(empty_desk: Desk, answers: Any) -> None:
    empty_desk.tab.actions.start_cycle()
    dialog = opened(answers, StartCycleDialog)
    press(dialog, "Autumn")
    answers.next(False)
    press(dialog, ESC)
    assert dialog.isVisible()
    assert dialog.fields["name"].value() == "Autumn"
    answers.next(True)
    press(dialog, ESC)
    assert not isValid(dialog)


def test_a_late_starter_joins(empty_desk: Desk, answers: Any) -> None:
    people = empty_desk.cast.people
    cycle = NewCycle("Support", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
    empty_desk.school.do(start_cycle, cycle=cycle, invited=[Invited(people["Doyle"], people["Pemberton"])])
    QApplication.processEvents()
    empty_desk.tab.board.line.add.click()
    dialog = opened(answers, AddPersonDialog)
    assert "Karen Doyle" not in {row.name for row in dialog.plan.model.rows()}
    act(dialog)
    assert dialog.problem.words() == "Tick who joins first."
    dialog.plan.table.setFocus()
    dialog.plan.table.choose((people["Holt"], None))
    press(dialog.plan.table, Qt.Key.Key_Space)
    act(dialog)
    assert {row.name for row in empty_desk.school.read(boards.cycle_board, year=2026)} == {"Karen Doyle", "Denise Holt"}
    assert empty_desk.said[-1][0] == "1 person added to the cycle"


def test_a_cycle_gets_other_dates(desk: Desk, answers: Any) -> None:
    cycle = next(cycle for cycle in desk.tab._cycles if cycle.name.startswith("Support"))
    desk.tab.actions.change_cycle(cycle)
    dialog = opened(answers, ChangeCycleDialog)
    dialog.fields["deadline"].set_value(date(2026, 12, 4))
    press(dialog, ENTER)
    QApplication.processEvents()
    assert desk.row("Doyle").deadline == date(2026, 12, 4)


# Sheets


def test_a_sheet_is_chosen_by_its_number_and_typed_in(desk: Desk, answers: Any) -> None:
    desk.tab.board.line.type_in.click()
    choose = opened(answers, ChooseSheetDialog)
    number = desk.row("Thornton").number.removeprefix("PDR-")
    press(choose, number, ENTER)
    dialog = opened(answers, TypeInDialog)
    assert dialog.title.text() == "Jake Thornton’s self-review sheet"
    dialog.form.focus_field("went_well")
    press(dialog, "Reading group'; DROP TABLE review; -- ")
    dialog.form.editor("went_well").insertPlainText("Łódź 🎉")
    press(dialog, Qt.Key.Key_S, hold=Qt.KeyboardModifier.ControlModifier)
    record = desk.record("Thornton")
    assert record.sheet_answers["went_well"] == "Reading group'; DROP TABLE review; -- Łódź 🎉"
    assert record.board.stage is Stage.RETURNED
    assert desk.said[-1][0] == "The sheet is typed in"


def test_a_sheet_that_is_left_is_there_again(desk: Desk, answers: Any) -> None:
    ids = (desk.cast.reviews["Nowak"],)
    desk.tab.actions.do("type_in", ids)
    dialog = opened(answers, TypeInDialog)
    dialog.form.focus_field("difficult")
    press(dialog, "Not enough time")
    answers.next(True)
    press(dialog, ESC)
    assert desk.record("Nowak").sheet_answers == {}
    desk.tab.actions.do("type_in", ids)
    again = opened(answers, TypeInDialog)
    assert again.form.answer("difficult") == "Not enough time"
    desk.tab.commit()
    assert desk.record("Nowak").sheet_answers["difficult"] == "Not enough time"
    assert desk.tab.actions.drafts.of(ids[0]) is None


def test_a_sheet_cannot_come_back_in_the_future(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("type_in", (desk.cast.reviews["Nowak"],))
    dialog = opened(answers, TypeInDialog)
    dialog.returned.set_value(date(2027, 1, 11))
    dialog.form.focus_field("help")
    press(dialog, "A quiet room")
    act(dialog)
    assert dialog.returned.error() == "A sheet cannot come back in the future."
    assert dialog.form.answer("help") == "A quiet room"
    desk.tab.commit()
    assert desk.record("Nowak").board.dates.returned_on == TODAY, "the screen lock keeps the words whatever the day"


# Meetings


def test_a_clash_is_asked_about_before_it_is_booked(desk: Desk, answers: Any) -> None:
    garside, brandt = (desk.cast.reviews[name] for name in ("Garside", "Brandt"))
    desk.tab.board.model.set_ticked((garside,))
    desk.tab.actions.do("book", (garside,))
    dialog = opened(answers, BookDialog)
    assert dialog.title.text() == "When is Steve Garside’s meeting?"
    press(dialog, "4/11/26", TAB, "9.30", TAB, "Site office", ENTER)
    assert desk.said[-1][:2] == ("1 meeting booked", "Steve Garside, Wednesday 4 November at 09:30, Site office")
    assert desk.tab.board.model.ticked() == ()
    desk.tab.actions.do("book", (brandt,))
    dialog = opened(answers, BookDialog)
    answers.next(False, True)
    press(dialog, "4/11/26", TAB, "10:00", ENTER)
    assert "Janet Whitlock has a meeting at 09:30" in answers.asked[-1]
    assert dialog.isVisible()
    press(dialog, ENTER)
    assert desk.record("Garside").board.dates.booked_for == datetime(2026, 11, 4, 9, 30)
    assert desk.record("Brandt").board.dates.booked_for == datetime(2026, 11, 4, 10, 0)


def test_several_meetings_are_booked_from_one_table(desk: Desk, answers: Any) -> None:
    ids = (desk.cast.reviews["Garside"], desk.cast.reviews["Brandt"])
    desk.tab.actions.do("book", ids)
    dialog = opened(answers, BookManyDialog)
    dialog.act_button.click()
    assert desk.said[-1][0] == "2 meetings booked"
    assert all(desk.record(name).board.dates.booked_for for name in ("Garside", "Brandt"))


def test_a_meeting_at_the_weekend_gets_a_question(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("book", (desk.cast.reviews["Garside"],))
    dialog = opened(answers, BookDialog)
    answers.next(False)
    press(dialog, "7/11/2026", TAB, "9am", ENTER)
    assert "Saturday is at the weekend" in answers.asked[-1]
    assert desk.record("Garside").board.dates.booked_for is None
    dialog.touched = False


def test_a_booking_is_taken_back(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("book", (desk.cast.reviews["Doyle"],))
    opened(answers, BookDialog).back.click()
    assert desk.record("Doyle").board.stage is Stage.RETURNED
    desk.school.undo()
    assert desk.record("Doyle").board.stage is Stage.BOOKED


def test_held_on_paper_leads_into_the_meeting(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("held", (desk.cast.reviews["Garside"],))
    dialog = opened(answers, HeldDialog)
    press(dialog, "16/10/2026", ENTER)
    assert desk.record("Garside").held_on == date(2026, 10, 16)
    assert desk.meetings == [desk.cast.reviews["Garside"]]


# Who, and where they stand


def test_reviews_move_to_another_reviewer_and_both_get_a_note(desk: Desk, answers: Any, finish_jobs: Any) -> None:
    desk.tab.actions.move_from(desk.tab.board.model.rows())
    dialog = opened(answers, MoveDialog)
    dialog.fields["from"].set_value(desk.cast.people["Whitlock"])
    dialog._count()
    assert dialog.fields["reviewer"].note_line.words() == "2 reviews: Carol Brandt, Steve Garside"
    act(dialog)
    assert dialog.fields["reviewer"].error() == "Choose who takes over."
    dialog.fields["reviewer"].set_value(desk.cast.people["Okafor"])
    answers.next(True)
    act(dialog)
    assert "Print the notes?" in answers.asked[-1]
    finish_jobs()
    assert answers.dialog.windowTitle() == "Notes: another reviewer"
    assert desk.record("Brandt").board.reviewer == "David Okafor"
    assert desk.record("Holt").board.reviewer == "Janet Whitlock", "agreed statements keep their reviewer"


def test_nobody_reviews_themselves(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("move", (desk.cast.reviews["Doyle"],))
    dialog = opened(answers, MoveDialog)
    dialog.fields["reviewer"].set_value(desk.cast.people["Doyle"])
    act(dialog)
    assert dialog.fields["reviewer"].error() == "Nobody can be their own reviewer."


def test_contributors_are_ticked(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("contributors", (desk.cast.reviews["Doyle"],))
    dialog = opened(answers, ContributorsDialog)
    dialog.model.set_ticked([desk.cast.people["Sharma"], desk.cast.people["Cole"]])
    act(dialog)
    assert {each.name for each in desk.record("Doyle").contributors} == {"Priya Sharma", "Hannah Cole"}


def test_away_keeps_its_reason_off_the_board(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("standing", (desk.cast.reviews["Garside"],))
    dialog = opened(answers, StandingDialog)
    assert not dialog.fields["reason"].isVisible()
    dialog.standing.button(EXEMPT).click()
    dialog.fields["reason"].set_value("Leaves at Christmas")
    act(dialog)
    QApplication.processEvents()
    assert desk.row("Garside").exempt
    assert "Christmas" not in repr(desk.row("Garside"))


# Papers that come back


def test_the_receipt_of_both_copies_signs_the_review(desk: Desk, answers: Any, tmp_path: Path) -> None:
    desk.tab.actions.do("receipt", (desk.cast.reviews["Holt"],))
    dialog = opened(answers, ReceiptDialog)
    staff, hr = dialog.boxes
    staff.given.set_value(date(2026, 10, 6))
    staff.back.set_value(date(2026, 10, 8))
    hr.back.set_value(date(2027, 1, 8))
    act(dialog)
    assert hr.back.error() == "That day is still to come."
    hr.back.set_value(date(2026, 10, 9))
    act(dialog)
    record = desk.record("Holt")
    assert record.board.dates.signed_on == date(2026, 10, 9)
    assert record.copies[0].given_on == date(2026, 10, 6)


def test_a_scan_is_kept_only_if_it_is_one(desk: Desk, answers: Any, tmp_path: Path) -> None:
    scan, letter = tmp_path / "scan.pdf", tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    letter.write_bytes(b"Dear all")
    desk.tab.actions.do("receipt", (desk.cast.reviews["Holt"],))
    dialog = opened(answers, ReceiptDialog)
    answers.next(letter)
    dialog.boxes[0].attach.click()
    assert dialog.problem.words() == "‘letter.pdf’ is not a PDF, PNG or JPEG."
    answers.next(scan)
    dialog.boxes[0].attach.click()
    act(dialog)
    assert desk.record("Holt").board.stage is Stage.SIGNED
    assert desk.record("Holt").copies[0].has_scan


def test_signatures_of_many_are_recorded_at_once(desk: Desk, answers: Any) -> None:
    ids = (desk.cast.reviews["Holt"], desk.cast.reviews["Adeyemi"])
    answers.next(True)
    desk.tab.actions.do("sign", ids)
    assert desk.record("Holt").board.stage is Stage.SIGNED
    assert desk.said[-1][0] == "2 statements signed"
    desk.school.undo()
    assert desk.record("Adeyemi").board.stage is Stage.AGREED


def test_reopening_needs_a_reason(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("reopen", (desk.cast.reviews["Holt"],))
    dialog = opened(answers, ReopenDialog)
    act(dialog)
    assert "Write why" in dialog.fields["reason"].error()
    press(dialog, "A target was left out.")
    act(dialog)
    record = desk.record("Holt")
    assert (record.board.stage, record.board.version) == (Stage.DRAFT, 2)
    assert record.statements[0].void_reason == "A target was left out."


def test_reopening_tells_where_the_copies_of_the_old_version_are(desk: Desk, answers: Any) -> None:
    staff_copy, hr_copy = desk.record("Holt").copies
    given = {"given_on": date(2026, 10, 7), "received_by": "Denise Holt"}
    desk.school.do(record_copy, copy_id=staff_copy.id, revision=staff_copy.revision, back_on=None, **given)
    desk.school.do(record_copy, copy_id=hr_copy.id, revision=hr_copy.revision, back_on=date(2026, 10, 9), **given)
    desk.tab.actions.do("reopen", (desk.cast.reviews["Holt"],))
    told = [label.text() for label in opened(answers, ReopenDialog).findChildren(QLabel)]
    assert "Staff copy: given 7 October 2026 to Denise Holt, not back yet" in told
    assert "HR copy: given 7 October 2026 to Denise Holt, back 9 October 2026" in told


def test_only_the_copies_of_the_version_that_becomes_void_are_told(desk: Desk, answers: Any) -> None:
    review_id = desk.cast.reviews["Holt"]
    desk.school.do(reopen, review_id=review_id, reason="A target was left out.")
    desk.school.do(agree_statement, review_id=review_id)
    desk.tab.actions.do("reopen", (review_id,))
    told = [label.text() for label in opened(answers, ReopenDialog).findChildren(QLabel)]
    assert [words for words in told if "copy:" in words] == ["Staff copy: not printed yet", "HR copy: not printed yet"]


# Last year's targets


def test_last_years_targets_are_typed_in(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("last_targets", (desk.cast.reviews["Doyle"],))
    dialog = opened(answers, LastTargetsDialog)
    press(dialog, "Run the phonics group", TAB, TAB, "17/7/26")
    dialog.agreed.set_value(date(2025, 10, 14))
    act(dialog)
    (target,) = desk.record("Doyle").last_targets
    assert (target.target, target.by_when, target.agreed_on) == ("Run the phonics group", date(2026, 7, 17), date(2025, 10, 14))


def test_first_year_and_targets_do_not_go_together(desk: Desk, answers: Any) -> None:
    desk.tab.actions.do("last_targets", (desk.cast.reviews["Doyle"],))
    dialog = opened(answers, LastTargetsDialog)
    press(dialog, "Run the phonics group")
    dialog.first_year.click()
    act(dialog)
    assert "untick" in dialog.problem.words()
    dialog._rows[0][0].setPlainText("")
    act(dialog)
    assert desk.record("Doyle").board.first_year


def test_a_list_of_targets_is_shown_before_it_is_taken_in(desk: Desk, answers: Any, tmp_path: Path, finish_jobs: Any) -> None:
    path = tmp_path / "targets.csv"
    path.write_bytes(write_csv(("Name", "Target"), [("Doyle, Karen", "Run the phonics group"), ("Denise Holt", "x"), ("Ann Other", "y")]))
    desk.tab.actions.do("last_targets", (desk.cast.reviews["Doyle"],))
    answers.next(path)
    opened(answers, LastTargetsDialog).reject_for_list()
    finish_jobs()
    dialog = opened(answers, TargetListDialog)
    assert [row.verdict for row in dialog.model.rows()] == ["new", "trouble", "trouble"]
    act(dialog)
    assert [target.target for target in desk.record("Doyle").last_targets] == ["Run the phonics group"]
    assert desk.said[-1][0] == "Last year’s targets of 1 review are in"


def test_a_spoiled_list_gives_a_sentence(desk: Desk, answers: Any, tmp_path: Path, finish_jobs: Any) -> None:
    path = tmp_path / "targets.xlsx"
    path.write_bytes(b"PK\x03\x04 spoiled")
    answers.next(path)
    desk.tab.actions.import_targets()
    finish_jobs()
    QApplication.processEvents()
    assert "targets.xlsx" in answers.told[-1]


def test_a_cycle_is_closed_only_when_everything_in_it_is_done(desk: Desk, answers: Any) -> None:
    support = next(cycle for cycle in desk.tab._cycles if cycle.name.startswith("Support"))
    answers.next(True)
    desk.tab.actions.close_cycle(support)
    assert "not finished" in answers.told[-1]
    assert not any(title == f"{support.name} is closed" for title, *_ in desk.said)
