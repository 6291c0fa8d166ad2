"""The view ‘Training’ at the screen, by keyboard: the matrix, a cell, recording, the school’s list, the papers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.accounts.permissions import Actor, Role
from staffdev_desktop.attachments.rules import LARGEST
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries, services
from staffdev_desktop.cpd.training.rows import Cell, ForWhom, PersonTraining, State, TrainingDetails
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.school import School
from staffdev_desktop.staff.rows import HoldingDetails, PersonDetails
from staffdev_desktop.staff.services import add_person
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.cpd.training.cell_dialog import CellDialog, CorrectDialog
from staffdev_desktop.ui.cpd.training.certificates import PictureDialog
from staffdev_desktop.ui.cpd.training.list_dialog import ListDialog, TrainingDialog
from staffdev_desktop.ui.cpd.training.matrix_view import CellDelegate
from staffdev_desktop.ui.cpd.training.panel import TrainingPanel
from staffdev_desktop.ui.cpd.training.paper_menu import PAPERS
from staffdev_desktop.ui.cpd.training.person_dialog import PersonDialog
from staffdev_desktop.ui.cpd.training.record_dialog import RecordDialog
from staffdev_desktop.ui.cpd.training.words import cell_spoken, cell_words
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.preview import Preview
from staffdev_desktop.ui.widgets.badge import Badge
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.conftest import MANAGER, TODAY
from tests.ui.cpd.conftest import dialog_of
from tests.ui.pdr.conftest import press

ENTER, TAB, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space
DOWN, RIGHT, END, HOME = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Home
PDF = b"%PDF-1.4 a certificate"


@dataclass
class Desk:
    """The panel over the practice school, and what was said."""

    school: School
    hub: Hub
    panel: TrainingPanel
    said: list[tuple[str, str, str, str]]

    def person(self, name: str) -> int:
        return next(row.id for row in self.panel.matrix.rows if row.person.name == name)

    def training(self, name: str) -> int:
        return next(each.id for each in self.panel.matrix.trainings if each.name == name)

    def on_disk(self, person: str, training: str) -> PersonTraining:
        return self.school.read(queries.history, person_id=self.person(person), training_id=self.training(training))

    def go_to(self, person: str, training: str) -> None:
        assert self.panel.table.go_to((self.person(person), self.training(training)))

    def names(self) -> list[str]:
        return [row.person.name for row in self.panel.model.shown_rows()]


@pytest.fixture
def desk(practice_school: School, house: QApplication, qtbot: Any) -> Iterator[Desk]:
    hub = Hub(2026)
    hub.follow(practice_school)
    said: list[tuple[str, str, str, str]] = []
    hub.notified.connect(lambda *words: said.append(words))
    yield Desk(practice_school, hub, _shown(practice_school, hub, qtbot), said)
    hub.let_go()


def _shown(school: School, hub: Hub, qtbot: Any) -> TrainingPanel:
    panel = TrainingPanel(school, hub)
    qtbot.addWidget(panel)
    panel.resize(1334, 520)
    panel.show()
    panel.tools.show()
    QApplication.processEvents()
    return panel


def test_arrows_go_from_cell_to_cell_and_people_stay_at_the_left(desk: Desk) -> None:
    panel = desk.panel
    assert desk.names()[:4] == ["Patricia O’Neill", "Laura Fenwick", "Jake Thornton", "Joan Whitaker"]
    panel.focus_first()
    here = panel.table.here
    assert here() == (desk.person("Patricia O’Neill"), desk.training("Safeguarding"))
    press(panel.table, DOWN, RIGHT, RIGHT, RIGHT)
    assert here() == (desk.person("Laura Fenwick"), desk.training("Paediatric first aid"))
    left = panel.table.verticalHeader().geometry()
    press(panel.table, END)
    assert here() == (desk.person("Laura Fenwick"), panel.matrix.trainings[-1].id)
    assert panel.table.horizontalScrollBar().value() > 0
    assert panel.table.verticalHeader().geometry() == left
    assert panel.model.headerData(1, Qt.Orientation.Vertical) == "Laura Fenwick"
    press(panel.table, HOME, "paul")
    assert here() == (desk.person("Paul Mellor"), desk.training("Safeguarding"))
    press(panel.table, TAB)
    assert not panel.table.hasFocus()


def test_a_cell_says_in_words_who_it_is_and_how_they_stand(desk: Desk) -> None:
    model = desk.panel.model
    index = model.index(model.place_of(desk.person("Laura Fenwick")), model.column_of(desk.training("Paediatric first aid")))
    spoken = "Paediatric first aid: Laura Fenwick, expired, counted until 12 October 2026, booked for 25 November 2026"
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == spoken
    assert (
        model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
        == "Patricia O’Neill, Attendance and family support"
    )


@pytest.mark.parametrize(
    ("cell", "words", "spoken"),
    [
        (Cell(State.IN_DATE, True, until=date(2027, 9, 30)), "Sep 2027", "in date, counts until 30 September 2027"),
        (Cell(State.IN_DATE, True), "Done", "done, counts for ever"),
        (Cell(State.IN_DATE, False, until=date(2027, 9, 30)), "Sep 2027", "in date, counts until 30 September 2027, though not needed"),
        (Cell(State.SOON, True, until=date(2026, 11, 4)), "4 Nov 2026", "expires soon, counts until 4 November 2026"),
        (Cell(State.NOT_YET, True, missed=date(2026, 10, 1)), "Not yet", "not yet done, was booked for 1 October 2026"),
        (Cell(State.NOT_NEEDED, False), "not needed", "not needed"),
    ],
)
def test_words_of_a_cell(cell: Cell, words: str, spoken: str) -> None:
    assert (cell_words(cell), cell_spoken(cell)) == (words, spoken)


def test_numbers_come_first_and_the_foot_says_what_days_mean(desk: Desk) -> None:
    shown = [badge.text() for badge in desk.panel.line.findChildren(Badge)]
    assert shown[:3] == ["2 expired", "7 expire this term", "4 not yet done"]
    assert desk.panel.foot.text() == "9 of 60 people need something done. The date in each box is the last day the certificate counts."
    assert desk.panel.cover.text().startswith("Paediatric first aid: 6 in date, 1 needed")


def test_too_little_cover_is_a_badge_of_its_own(desk: Desk, qtbot: Any) -> None:
    training = next(each for each in desk.panel.matrix.trainings if each.name == "Paediatric first aid")
    details = TrainingDetails("Paediatric first aid", months=36, minimum_cover=6)
    desk.school.do(services.change_training, training_id=training.id, revision=training.revision, details=details, whom=training.whom)
    soon = "Paediatric first aid: 6 in date, 6 needed, too few after 2 Dec"
    qtbot.waitUntil(lambda: soon in [badge.text() for badge in desk.panel.line.findChildren(Badge)])


def test_people_are_filtered_and_the_keyboard_stays_on_its_cell(desk: Desk) -> None:
    panel = desk.panel
    desk.go_to("Paul Mellor", "Fire marshal")
    panel.order.set_value(State.SOON)
    panel.order.edited.emit(State.SOON)
    assert desk.names() == ["Steve Garside", "Paul Mellor", "Sandra Kirk", "Denise Holt", "Ewa Nowak"]
    assert panel.table.here() == (desk.person("Paul Mellor"), desk.training("Fire marshal"))
    assert panel.foot.text().startswith("5 of 60 people shown. The date")
    panel.find.setText("caretaker")
    assert desk.names() == ["Paul Mellor"]
    panel.find.setText("nobody at all")
    assert panel._list.currentWidget() is panel.nobody
    panel.find.clear()
    panel.order.set_value("everybody")
    group = next(row.person.group_id for row in panel.matrix.rows if row.person.group == "Site")
    panel.team.set_value(group)
    panel.team.edited.emit(group)
    assert all(row.person.group == "Site" for row in panel.model.shown_rows())
    assert desk.names() == [row.person.name for row in panel.matrix.rows if row.person.group == "Site"]


def test_a_column_sorts_until_another_order_is_asked_for(desk: Desk) -> None:
    panel = desk.panel
    column = panel.model.column_of(desk.training("Food hygiene"))
    panel.table.horizontalHeader().sectionClicked.emit(column)
    assert desk.names()[0] == "Sandra Kirk"
    panel.table.horizontalHeader().sectionClicked.emit(column)
    assert desk.names()[-1] == "Sandra Kirk"
    panel.order.set_value("everybody")
    panel.order.edited.emit("everybody")
    assert desk.names()[0] == panel.matrix.rows[0].person.name
    desk.hub.set_year(2025)
    assert panel.foot.text().endswith("This is how it stands today, whichever year is picked.")


def test_the_view_goes_where_another_asks(desk: Desk) -> None:
    desk.panel.find.setText("karen")
    desk.panel.go_to((desk.person("Paul Mellor"), desk.training("Fire marshal")))
    assert desk.panel.place() == (desk.person("Paul Mellor"), desk.training("Fire marshal"))
    desk.panel.go_to("Expired")
    assert desk.names() == ["Patricia O’Neill", "Laura Fenwick"]


def test_training_is_recorded_for_two_with_a_certificate_by_keyboard(desk: Desk, answers: Any, tmp_path: Path) -> None:
    desk.go_to("Laura Fenwick", "Paediatric first aid")
    desk.panel.add_new()
    dialog = dialog_of(answers, RecordDialog)
    assert dialog.training().name == "Paediatric first aid"
    assert dialog.fields["expires_on"].note_line.words() == "Left empty: 20 October 2029."
    dialog.act_button.click()
    assert "Tick who it was" in dialog.problem.words()
    offered = dialog.fields["provider"].editor.completer().model().stringList()
    assert "Ashby First Aid" in offered
    assert len(offered) == len(set(offered))
    dialog.fields["day"].editor.setText("19/10/2026")
    dialog.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(dialog.table, SPACE, DOWN, SPACE)
    assert dialog.count.text() == "2 people ticked"
    file = tmp_path / "Jake.pdf"
    file.write_bytes(PDF)
    answers.next(file)
    dialog.attach.click()
    assert dialog.leave_out.isVisible()
    dialog.to_log.click()
    dialog.fields["minutes"].editor.setText("12")
    dialog.act_button.click()
    assert desk.said[-1][:3:2] == ("Paediatric first aid recorded for 2 people", "Undo")
    for name, certificates in (("Laura Fenwick", ""), ("Jake Thornton", "Jake.pdf")):
        found = desk.on_disk(name, "Paediatric first aid")
        assert (found.cell.state, found.cell.until) == (State.IN_DATE, date(2029, 10, 19))
        assert found.cell.booked_for == date(2026, 11, 25), "a course still to come stays booked"
        assert next(each for each in found.records if each.details.done_on).certificate_name == certificates
    assert desk.school.read(log.entries, person_id=desk.person("Jake Thornton"))[0].details.minutes == 720


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-" + b"0" * LARGEST, "larger than 20 MB"), (b"Dear all, here is my certificate.", "not a PDF, PNG or JPEG")],
)
def test_a_file_that_is_no_certificate_is_refused_with_a_sentence(
    desk: Desk, answers: Any, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(content)
    desk.panel.record_for(desk.training("Prevent"), (desk.person("Jake Thornton"),))
    dialog = dialog_of(answers, RecordDialog)
    answers.next(file)
    dialog.attach.click()
    assert sentence in dialog.file_problem.words()
    assert not dialog.leave_out.isVisible()
    assert dialog.model.ticked() == (desk.person("Jake Thornton"),)
    answers.next(None)
    dialog.attach.click()
    assert dialog.file_problem.words() == ""


def test_a_booking_asks_about_a_day_in_half_term(desk: Desk, answers: Any) -> None:
    desk.panel.record_for(desk.training("Prevent"), (desk.person("Jake Thornton"),))
    dialog = dialog_of(answers, RecordDialog)
    dialog.how.button("booked").click()
    assert not dialog.fields["expires_on"].isVisible()
    dialog.fields["day"].set_value(date(2026, 10, 28))
    answers.next(False)
    dialog.act_button.click()
    assert "Autumn half-term" in answers.asked[-1]
    dialog.fields["day"].set_value(date(2026, 10, 1))
    dialog.act_button.click()
    assert "has passed" in dialog.fields["day"].error()
    dialog.fields["day"].set_value(date(2026, 11, 4))
    dialog.act_button.click()
    assert desk.on_disk("Jake Thornton", "Prevent").cell.booked_for == date(2026, 11, 4)
    assert desk.said[-1][0] == "Prevent booked for 1 person"


def test_enter_opens_a_cell_and_its_record_is_corrected(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.focus_first()
    desk.go_to("Karen Doyle", "Moving and handling")
    press(desk.panel.table, ENTER)
    dialog = dialog_of(answers, CellDialog)
    assert dialog.windowTitle() == "Karen Doyle: Moving and handling"
    dialog.correct_button.click()
    correct = dialog_of(answers, CorrectDialog)
    correct.fields["counts"].set_value("day")
    correct.fields["counts"].edited.emit("day")
    correct.act_button.click()
    assert "last day it counts" in correct.fields["expires_on"].error()
    correct.fields["expires_on"].set_value(date(2026, 12, 1))
    correct.act_button.click()
    assert desk.on_disk("Karen Doyle", "Moving and handling").cell.state is State.SOON
    qtbot.waitUntil(lambda: dialog.badge.text() == "Until 1 Dec 2026")
    qtbot.waitUntil(lambda: desk.names().index("Karen Doyle") < 9)
    assert desk.said[-1][2] == "Undo"
    dialog.reject()


def test_ctrl_enter_shows_all_training_of_a_person_and_prints_what_they_owe(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.focus_first()
    desk.go_to("Jake Thornton", "Safeguarding")
    press(desk.panel.table, ENTER, hold=Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(answers, PersonDialog)
    assert dialog.words.text() == "Teaching assistant, level 2 · Teaching assistants. 2 trainings to see to."
    assert [row.training.name for row in dialog.model.shown_rows()[:2]] == ["Prevent", "Paediatric first aid"]
    dialog.act_button.click()
    qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)
    preview = dialog_of(answers, Preview)
    assert preview._file_name == "training-owed-as-of-2026-10-20.pdf"
    qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)
    preview.reject()
    dialog.table.setFocus()
    press(dialog.table, ENTER)
    assert dialog_of(answers, CellDialog).windowTitle() == "Jake Thornton: Prevent"
    details = queries.RecordDetails(done_on=TODAY)
    for name in ("Prevent", "Paediatric first aid"):
        desk.school.do(
            services.record_training, training_id=desk.training(name), person_ids=[desk.person("Jake Thornton")], details=details
        )
    qtbot.waitUntil(lambda: dialog.words.text().endswith("Nothing to see to: everything required is in date."))


def test_a_record_is_removed_after_asking_and_comes_back_with_undo(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.open_cell(desk.person("Karen Doyle"), desk.training("Moving and handling"))
    dialog = dialog_of(answers, CellDialog)
    answers.next(False, True)
    dialog.remove_button.click()
    assert desk.on_disk("Karen Doyle", "Moving and handling").records
    dialog.remove_button.click()
    assert not desk.on_disk("Karen Doyle", "Moving and handling").records
    qtbot.waitUntil(lambda: dialog.nothing.isVisible())
    desk.school.undo()
    qtbot.waitUntil(lambda: dialog.table.isVisible())
    dialog.act_button.click()
    record = dialog_of(answers, RecordDialog)
    assert record.model.ticked() == (desk.person("Karen Doyle"),)


def test_somebody_is_exempt_from_their_cell(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.open_cell(desk.person("Jake Thornton"), desk.training("Prevent"))
    dialog = dialog_of(answers, CellDialog)
    assert dialog.standing.editor.currentText() == "As the list says: yes"
    dialog.standing.edited.emit("no")
    assert desk.on_disk("Jake Thornton", "Prevent").cell.state is State.NOT_NEEDED
    qtbot.waitUntil(lambda: dialog.standing.value() == "no")


def test_a_certificate_is_seen_and_added_later(desk: Desk, answers: Any, tmp_path: Path, qtbot: Any) -> None:
    desk.panel.open_cell(desk.person("Karen Doyle"), desk.training("Paediatric first aid"))
    dialog = dialog_of(answers, CellDialog)
    dialog.certificate.click()
    preview = dialog_of(answers, Preview)
    assert "Karen" not in preview._file_name + preview._queue_title
    qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)
    preview.reject()
    dialog.reject()
    desk.panel.open_cell(desk.person("Karen Doyle"), desk.training("Moving and handling"))
    dialog = dialog_of(answers, CellDialog)
    picture, broken = tmp_path / "scan.png", tmp_path / "scan.pdf"
    drawn = QImage(40, 30, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.white)
    assert drawn.save(str(picture))
    broken.write_bytes(b"words")
    answers.next(broken)
    dialog.certificate.click()
    assert "not a PDF, PNG or JPEG" in answers.told[-1]
    answers.next(picture)
    dialog.certificate.click()
    assert desk.on_disk("Karen Doyle", "Moving and handling").records[0].certificate_name == "scan.png"
    qtbot.waitUntil(lambda: dialog.certificate.text().startswith("See"))
    dialog.certificate.click()
    shown = dialog_of(answers, PictureDialog)
    answers.next(None, tmp_path / "nowhere" / "out.png", tmp_path / "out.png")
    shown.act_button.click()
    assert shown.isVisible()
    shown.act_button.click()
    assert shown.problem.words()
    shown.act_button.click()
    assert (tmp_path / "out.png").read_bytes() == picture.read_bytes()
    dialog.away.click()
    assert desk.on_disk("Karen Doyle", "Moving and handling").records[0].certificate_sha256 is None
    assert desk.said[-1][2] == "Undo"


def test_the_list_is_changed_ordered_and_added_to(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.required.click()
    dialog = dialog_of(answers, ListDialog)
    assert dialog.model.rowCount() == 13
    dialog.table.setFocus()
    press(dialog.table, DOWN, ENTER)
    change = dialog_of(answers, TrainingDialog)
    assert change.fields["name"].value() == "Prevent"
    change.fields["months"].editor.setText("two years")
    change.act_button.click()
    assert "36 is three years" in change.fields["months"].error()
    change.fields["months"].editor.setText("36")
    change.find.setText("volunteer")
    change.table.setFocus()
    press(change.table, HOME, SPACE)
    change.act_button.click()
    changed = next(each for each in desk.school.read(queries.trainings) if each.name == "Prevent")
    assert changed.details.months == 36
    assert ForWhom(person_kind="volunteer") in changed.whom
    dialog.add.click()
    new = dialog_of(answers, TrainingDialog)
    press(new, "Ladders")
    new.find.setText("caretaker")
    new.table.setFocus()
    press(new.table, HOME, SPACE)
    new.act_button.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 14)
    qtbot.waitUntil(lambda: desk.panel.matrix.trainings[-1].name == "Ladders")
    assert desk.on_disk("Paul Mellor", "Ladders").cell.state is State.NOT_YET
    dialog.table.choose(desk.training("Ladders"))
    dialog.up.click()
    qtbot.waitUntil(lambda: desk.panel.matrix.trainings[-2].name == "Ladders")
    answers.next(True)
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 13)
    dialog.table.choose(desk.training("Safeguarding"))
    answers.next(True)
    dialog.remove_button.click()
    assert "Take it out of use instead" in answers.told[-1]


def test_the_warning_is_set_in_days(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.edit_list()
    dialog = dialog_of(answers, ListDialog)
    dialog.days.setFocus()
    dialog.days.selectAll()
    press(dialog, "0", TAB)
    assert "from 1 to 365" in dialog.problem_of_days.words()
    dialog.days.setFocus()
    dialog.days.selectAll()
    press(dialog, "30", TAB)
    assert dialog.problem_of_days.words() == ""
    qtbot.waitUntil(lambda: desk.panel.matrix.warn_days == 30)
    qtbot.waitUntil(lambda: "3 expire this term" in [badge.text() for badge in desk.panel.line.findChildren(Badge)])


def test_new_starters_are_shown_with_those_who_are_still_to_begin(desk: Desk, qtbot: Any, answers: Any) -> None:
    details = PersonDetails(surname="Haworth", forename="Elin", kind="agency")
    desk.school.do(add_person, details=details, starts_on=date(2027, 1, 4), holding=HoldingDetails(title="Teaching assistant, level 2"))
    qtbot.waitUntil(lambda: bool(desk.panel.matrix.joining))
    assert "Elin Haworth" not in desk.names()
    assert "4 not yet done" in [badge.text() for badge in desk.panel.line.findChildren(Badge)]
    desk.panel.order.set_value("new")
    desk.panel.order.edited.emit("new")
    assert desk.names() == ["Elin Haworth", "Joan Whitaker"]
    assert desk.panel.model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole).endswith("begins 4 Jan")
    assert desk.panel.model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole).endswith("since 5 Oct")
    assert desk.panel.foot.text().startswith("2 new starters shown, those still to begin too.")
    elin = desk.panel.model.id_at(0)
    desk.panel.record_for(desk.training("Safeguarding"), (elin,))
    dialog_of(answers, RecordDialog).act_button.click()
    assert desk.school.read(queries.history, person_id=elin, training_id=desk.training("Safeguarding")).cell.state is State.IN_DATE


def test_papers_are_shown(desk: Desk, answers: Any, qtbot: Any) -> None:
    verbs = [verb for _words, verb in PAPERS if verb.endswith("paper")]
    assert len(verbs) == 4
    desk.go_to("Jake Thornton", "Prevent")
    for verb in verbs:
        next(action for action in desk.panel.print_button.menu().actions() if action.data() == verb).trigger()
        qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)
        preview = dialog_of(answers, Preview)
        assert preview._file_name.endswith("as-of-2026-10-20.pdf")
        qtbot.waitUntil(lambda: not jobs().running, timeout=15_000)
        preview.reject()


def test_what_is_shown_is_saved_as_a_spreadsheet(desk: Desk, answers: Any, tmp_path: Path) -> None:
    desk.panel.find.setText("caretaker")
    answers.next(tmp_path / "matrix.xlsx")
    next(action for action in desk.panel.print_button.menu().actions() if action.data() == "matrix_sheet").trigger()
    saved = read_sheet((tmp_path / "matrix.xlsx").read_bytes(), "matrix.xlsx")
    assert [row.cells[1] for row in saved.rows] == ["Paul Mellor"]
    assert desk.said[-1][0] == "matrix.xlsx is saved"


class _Counting(CellDelegate):
    painted = 0

    def paint(self, *given: Any) -> None:
        self.painted += 1
        super().paint(*given)


def test_only_what_is_seen_is_painted(desk: Desk) -> None:
    """Two hundred people and fifteen trainings cost no more than one page of them."""
    table = desk.panel.table
    counting = _Counting(table)
    table.setItemDelegate(counting)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.viewport().grab()
    assert 0 < counting.painted <= 11 * 9 < desk.panel.model.rowCount() * desk.panel.model.columnCount()


def test_a_double_click_opens_the_cell_under_the_pointer(desk: Desk, answers: Any) -> None:
    table = desk.panel.table
    point = QPoint(table.columnViewportPosition(1) + 20, table.rowViewportPosition(2) + 20)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert dialog_of(answers, CellDialog).windowTitle() == "Jake Thornton: Prevent"


def test_a_reviewer_changes_no_list_and_has_no_cover(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.school.actor = Actor(None, "Ruth Pemberton", Role.REVIEWER)
    panel = _shown(desk.school, desk.hub, qtbot)
    assert not panel.required.isVisible()
    assert panel.matrix.rows == ()
    assert panel.cover.text() == ""


def test_a_school_without_a_list_is_told_what_to_do(new_file: Path, tmp_path: Path, house: QApplication, qtbot: Any, answers: Any) -> None:
    not_begun = Path(shutil.copytree(new_file, tmp_path / "not begun" / new_file.name))
    with School.open(not_begun, name=MANAGER.name, password=MANAGER.password) as school:
        panel = _shown(school, Hub(2026), qtbot)
        assert panel._main.currentWidget() is panel.empty
        assert not panel.record.isEnabled()
        panel.print_shown()
        panel.add_new()
        assert answers.dialog is None
        panel.empty.button.click()
        dialog_of(answers, ListDialog)


def test_no_letter_is_taken_twice_or_from_the_frame(desk: Desk) -> None:
    for part in (desk.panel, desk.panel.tools):
        assert clashes(part) == {}
        assert not set("osmcuwlhgerdty") & set(letters_in(part))


@pytest.mark.parametrize("size", [100, 130])
def test_nothing_is_wider_than_the_page(desk: Desk, size: int, qtbot: Any) -> None:
    theme.apply("light", size)
    try:
        assert _shown(desk.school, desk.hub, qtbot).minimumSizeHint().width() <= 1334
    finally:
        theme.apply("light", 100)


def test_a_day_later_the_matrix_reads_anew(desk: Desk, qtbot: Any) -> None:
    desk.go_to("Karen Doyle", "Prevent")
    details = queries.RecordDetails(done_on=TODAY)
    jake, prevent = desk.person("Jake Thornton"), desk.training("Prevent")
    desk.school.do(services.record_training, training_id=prevent, person_ids=[jake], details=details)
    qtbot.waitUntil(lambda: "3 not yet done" in [badge.text() for badge in desk.panel.line.findChildren(Badge)])
    assert desk.panel.table.here() == (desk.person("Karen Doyle"), prevent)
