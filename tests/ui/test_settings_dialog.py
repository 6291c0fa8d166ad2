"""The settings: each page writes what it shows, and what is wrong is said where it was typed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage

from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.ledger.rows import EntitlementRow
from staffdev_desktop.cpd.quality import queries as quality
from staffdev_desktop.kernel.years import Closure
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries, services
from staffdev_desktop.ui import jobs, pc_settings, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.settings.cpd_pages import HoursPage
from staffdev_desktop.ui.settings.dates_page import read_closures
from staffdev_desktop.ui.settings.dialog import SettingsDialog
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import MANAGER
from tests.people import staff_a_school


@pytest.fixture
def dialog(qtbot: object, house: object, school: School) -> Iterator[SettingsDialog]:
    made = SettingsDialog(school, Hub(2026), PcSettings())
    qtbot.addWidget(made, before_close_func=forget_changes)
    made.show()
    yield made
    theme.apply("light", 100)


def forget_changes(dialog: SettingsDialog) -> None:
    for page in dialog.pages:
        page.changed = False


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=20_000)


def png() -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    image.save(buffer, "PNG")
    return content.data()


def test_nothing_can_be_saved_before_something_is_changed(qtbot: object, dialog: SettingsDialog) -> None:
    assert not dialog.save_button.isEnabled()
    qtbot.keyClicks(dialog.page("school").return_to.editor, "!")
    assert dialog.save_button.isEnabled()


def test_name_minimum_group_and_logo_are_kept(dialog: SettingsDialog, school: School, answers: object, tmp_path: Path) -> None:
    page = dialog.page("school")
    (tmp_path / "logo.png").write_bytes(png())
    answers.next(tmp_path / "logo.png")
    page.choose.click()
    page.school_name.set_value("Hillside School")
    page.minimum.set_value(7)
    page.touch()
    assert dialog.save()
    row = school.read(queries.school)
    assert (row.name, row.minimum_group) == ("Hillside School", 7)
    assert school.read(queries.logo) == png()
    page.remove.click()
    assert dialog.save()
    assert school.read(queries.logo) is None


def test_a_picture_that_is_none_changes_nothing(dialog: SettingsDialog, answers: object, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("not a picture")
    answers.next(tmp_path / "notes.png")
    dialog.page("school").choose.click()
    assert "not a PNG or JPEG" in dialog.page("school").logo_note.words()
    assert not dialog.page("school").changed


def test_an_empty_school_name_is_said_on_its_field(dialog: SettingsDialog) -> None:
    dialog.show_page("pc")
    dialog.page("school").school_name.set_value("")
    dialog.page("school").touch()
    assert not dialog.save()
    assert dialog.page("school").school_name.error().startswith("Write the school")
    assert dialog.list.currentRow() == 0


def test_terms_inset_days_and_other_closures_are_kept(dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("dates")
    page.terms._fields[0][0].set_value(date(2026, 9, 3))
    page.terms.inset.set_value("1/9/2026")
    page.others.set_value("3/5/2027 Early May bank holiday\n1/2/2027 to 2/2/2027 Boiler")
    page.touch()
    assert dialog.save()
    found = school.read(queries.year_dates, year=2026)
    assert found.terms[0].begins == date(2026, 9, 3)
    assert {(each.begins, each.ends, each.name) for each in found.closures} == {
        (date(2026, 9, 1), date(2026, 9, 1), "INSET day"),
        (date(2027, 5, 3), date(2027, 5, 3), "Early May bank holiday"),
        (date(2027, 2, 1), date(2027, 2, 2), "Boiler"),
    }
    second = SettingsDialog(school, Hub(2026), PcSettings())
    again = second.page("dates")
    assert again.others.value() == "01/02/2027 to 02/02/2027 Boiler\n03/05/2027 Early May bank holiday"
    assert again.terms.inset.value() == "01/09/2026"


def test_a_wrong_closure_is_said_and_the_year_stays(dialog: SettingsDialog) -> None:
    page = dialog.page("dates")
    page.others.set_value("sometime in May")
    page.touch()
    page.year.set_value(2027)
    page.year.edited.emit(2027)
    assert "write the day, then what it is" in page.others.error()
    assert page.year.value() == 2026


@pytest.mark.parametrize(
    ("line", "closure"),
    [
        ("3/5/2027 Early May", Closure(date(2027, 5, 3), date(2027, 5, 3), "Early May")),
        ("3/5/2027 to 5/5/2027 Repairs", Closure(date(2027, 5, 3), date(2027, 5, 5), "Repairs")),
        ("3/5/2027 - 5/5/2027 Repairs", Closure(date(2027, 5, 3), date(2027, 5, 5), "Repairs")),
        ("3/5/2027 – 5/5/2027 Repairs", Closure(date(2027, 5, 3), date(2027, 5, 5), "Repairs")),
    ],
)
def test_closures_are_read_as_people_write_them(line: str, closure: Closure) -> None:
    assert read_closures(line) == (closure,)


def test_groups_are_renamed_moved_added_and_removed(dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("groups")
    before = school.read(queries.staff_groups)
    page.list.item(0).setText("Senior leaders")
    page.list.setCurrentRow(0)
    page.down.click()
    page.list.setCurrentRow(page.list.count() - 1)
    page.remove.click()
    assert dialog.save()
    after = school.read(queries.staff_groups)
    assert [group.name for group in after][:2] == [before[1].name, "Senior leaders"]
    assert after[1].id == before[0].id
    assert len(after) == len(before) - 1


def test_two_groups_of_one_name_are_refused(dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("groups")
    page.list.item(0).setText(page.list.item(1).text())
    assert not dialog.save()
    assert "same name" in page.problem.words()


def test_a_group_with_people_stays_and_nothing_typed_is_lost(dialog: SettingsDialog, school: School) -> None:
    staff_a_school(school)
    page = dialog.page("groups")
    page.list.item(1).setText("All teachers")
    page.list.setCurrentRow(0)
    page.remove.click()
    assert not dialog.save()
    assert page.problem.words() == "There are people in ‘Leadership’. Put them in another group on the Staff tab first."
    assert page.list.item(0).text() == "All teachers"
    assert "Teachers" in [group.name for group in school.read(queries.staff_groups)]


def test_a_name_is_taken_over_from_a_group_removed_but_not_from_one_renamed(dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("groups")
    site = next(row for row in range(page.list.count()) if page.list.item(row).text() == "Site")
    page.list.setCurrentRow(site)
    page.remove.click()
    page.list.item(0).setText("Site")
    assert dialog.save()
    assert school.read(queries.staff_groups)[0].name == "Site"
    page.list.item(0).setText("Teachers")
    page.list.item(1).setText("Site")
    assert not dialog.save()
    assert "‘Teachers’ is still the name of another group." in page.problem.words()


def test_the_kind_of_review_of_a_group_is_what_its_next_reviews_are(dialog: SettingsDialog, school: School) -> None:
    karen = staff_a_school(school).karen
    page = dialog.page("groups")
    page.add.click()
    page.forms.editor.set_value("light")
    page.forms.editor.activated.emit(page.forms.editor.currentIndex())
    page.list.setCurrentRow(2)
    assert page.forms.value() == "support"
    page.forms.editor.set_value("teacher")
    page.forms.editor.activated.emit(page.forms.editor.currentIndex())
    assert dialog.save()
    kept = {group.name: group.forms for group in school.read(queries.staff_groups)}
    assert (kept["New group"], kept["Teaching assistants"], kept["Leadership"]) == ("light", "teacher", "leadership")
    rehearsed = {row.person_id: row.kind for row in school.read(boards.plan, starts_on=date(2026, 9, 1), kinds=("teacher",))}
    assert rehearsed[karen] == "teacher"


def test_priorities_are_kept_in_order(dialog: SettingsDialog, school: School) -> None:
    dialog.page("priorities").texts.set_value("Read more\n\nTalk more")
    dialog.page("priorities").touch()
    assert dialog.save()
    assert [each.text for each in school.read(queries.priorities, year=2026)] == ["Read more", "Talk more"]


def test_this_pc_changes_at_once_and_for_the_next_time(dialog: SettingsDialog, tmp_path: Path) -> None:
    page = dialog.page("pc")
    page.theme.set_value("dark")
    page.size.set_value(115)
    page.folder.set_value(str(tmp_path / "stick"))
    page.touch()
    assert dialog.save()
    assert (theme.current_theme(), theme.current_setting()[1]) == ("dark", 115)
    kept = pc_settings.load()
    assert (kept.theme, kept.text_size, kept.backups_to) == ("dark", 115, tmp_path / "stick")


def test_the_password_is_changed_with_the_old_one(qtbot: object, dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("keys")
    page.old.set_value("not mine")
    for field in (page.new.first, page.new.second):
        field.set_value("kettle gravel tulip")
    page.change.click()
    until_idle(qtbot)
    assert page.old.error() == "That is not your password."
    page.old.set_value(MANAGER.password)
    page.change.click()
    until_idle(qtbot)
    assert page.note.words() == "The password is changed."
    assert page.new.first.value() == ""
    school.close()
    School.open(school.path, name=MANAGER.name, password="kettle gravel tulip").close()


def test_a_new_recovery_sheet_is_asked_about_and_shown(qtbot: object, dialog: SettingsDialog, school: School, answers: object) -> None:
    answers.next(True)
    dialog.page("keys").sheet.click()
    qtbot.waitUntil(lambda: answers.dialog is not None, timeout=20_000)
    assert answers.dialog.windowTitle() == "Recovery sheet"
    assert school.recovery_code_offered
    answers.next(True)
    answers.dialog.reject()
    until_idle(qtbot)
    assert "Is the new sheet printed?" in answers.asked[-1]
    assert not school.recovery_code_offered, "the old sheet has stopped working"


def test_closing_asks_about_what_is_not_saved(dialog: SettingsDialog, school: School, answers: object) -> None:
    dialog.page("priorities").texts.set_value("Read more")
    dialog.page("priorities").touch()
    answers.next(True)
    dialog.reject()
    assert not dialog.isVisible()
    assert len(school.read(queries.priorities, year=2026)) == 1


def test_someone_elses_newer_settings_are_never_written_over(dialog: SettingsDialog, school: School) -> None:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name="Theirs", minimum_group=5, return_to="")
    dialog.page("school").school_name.set_value("Mine")
    dialog.page("school").touch()
    assert not dialog.save()
    assert "changed in the meantime" in dialog.problem.words()
    assert dialog.page("school").school_name.value() == "Mine"
    assert school.read(queries.school).name == "Theirs"


def test_no_two_words_share_a_letter_on_any_page(dialog: SettingsDialog) -> None:
    for page in dialog.pages:
        dialog.show_page(page.name)
        assert clashes(dialog) == {}, page.name


# -- CPD ------------------------------------------------------------------------------------------------------------------------


def entitlement(school: School, group: str, year: int = 2026) -> EntitlementRow:
    return next(row for row in school.read(ledger.entitlements, year=year) if row.group == group)


def choose_group(dialog: SettingsDialog, group: str) -> HoursPage:
    dialog.show_page("hours")
    page = dialog.page("hours")
    page.list.setCurrentRow(next(place for place, row in enumerate(page.rows) if row.group == group))
    return page


def test_a_staff_group_is_given_hours_from_the_year_picked(dialog: SettingsDialog, school: School, qtbot: object) -> None:
    page = choose_group(dialog, "Site")
    assert not page.year.isEnabled()
    page.on.click()
    assert (page.year.value(), page.term.value()) == ("12", "4")
    page.year.set_value("7.5")
    page.term.set_value("2:30")
    page.term.edited.emit("2:30")
    page.pro_rata.click()
    page.kinds.item(0).setCheckState(Qt.CheckState.Checked)
    assert not clashes(dialog)

    assert dialog.save()

    row = entitlement(school, "Site")
    assert (row.minutes_a_year, row.minutes_a_term, row.pro_rata, row.carry_over, len(row.uncounted)) == (450, 150, True, False, 1)
    assert not entitlement(school, "Site", 2025).on
    assert page.list.item(page.list.currentRow()).text() == "Site: 7.5 h"
    page.on.click()
    assert dialog.save()
    assert not entitlement(school, "Site").on


def test_hours_that_cannot_be_read_are_said_beside_their_field(dialog: SettingsDialog, school: School) -> None:
    page = choose_group(dialog, "Teachers")
    page.term.set_value("lots")
    page.term.edited.emit("lots")
    page.list.setCurrentRow(0)
    assert not dialog.save()
    assert page.rows[page.list.currentRow()].group == "Teachers"
    assert "not a number of hours" in page.term.error()
    assert page.term.value() == "lots"
    assert entitlement(school, "Teachers").minutes_a_term == 240


@pytest.mark.parametrize(("answer", "kept"), [(True, 360), (False, 720)])
def test_fewer_hours_a_year_than_its_terms_are_asked_about(
    dialog: SettingsDialog, school: School, answers: object, answer: bool, kept: int
) -> None:
    page = choose_group(dialog, "Teachers")
    page.year.set_value("6")
    page.year.edited.emit("6")
    answers.next(answer)
    assert dialog.save() is answer
    assert "3 terms of 4 come to 12 hours, more than 6 a year." in answers.asked[0]
    assert entitlement(school, "Teachers").minutes_a_year == kept


def test_a_school_writes_its_own_questions_about_cpd(dialog: SettingsDialog, school: School) -> None:
    page = dialog.page("questions")
    page.texts.set_value("Who gained from it?\nWho gained from it?")
    page.touch()
    assert not dialog.save()
    assert page.texts.error() == "The same question is there twice."
    page.texts.set_value("Who gained from it?\n\nWhat will stay?")
    assert dialog.save()
    assert school.read(quality.questions) == ("Who gained from it?", "What will stay?")
