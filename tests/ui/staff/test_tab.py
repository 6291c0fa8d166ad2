"""The Staff tab, driven by keyboard over a real school file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries, services
from staffdev_desktop.staff.rows import HoldingDetails, PersonDetails, PersonRecord, QualificationDetails, Roll
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.staff.dialogs import HoldingDialog, PersonDialog
from staffdev_desktop.ui.staff.forms import FieldsDialog
from staffdev_desktop.ui.staff.leaving import LeaveDialog
from staffdev_desktop.ui.staff.lines import LineButton
from staffdev_desktop.ui.staff.tab import Tab
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.people import Staffed, staff_a_school

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
LIST = (
    "Riverbank Primary Academy;;;;\n;;;;\n"
    "Staff no;Surname, Forename;Job title;Start date;Line manager\n"
    "0103;Doyle, Karen;Trainee teacher;01/09/2016;Pemberton, Ruth\n"
    ";Marsden, Helen;Headteacher;05/01/2026;\n"
    "0301;Novák, Petra;Cook;01/09/2026;Marsden\n"
    "0302;Smith, John;Caretaker;31/02/2020;\n"
)


@pytest.fixture
def staffed(school: School) -> Staffed:
    return staff_a_school(school)


@pytest.fixture
def hub(house: QApplication, school: School) -> Iterator[Hub]:
    made = Hub(2026)
    made.follow(school)
    yield made
    made.let_go()


@pytest.fixture
def tab(qtbot: QtBot, hub: Hub, school: School, staffed: Staffed) -> Tab:
    made = Tab(school, hub)
    qtbot.addWidget(made)
    made.resize(1366, 583)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


def shown(tab: Tab) -> list[str]:
    return [row.person.name for row in tab.model.shown_rows()]


def typed(qtbot: QtBot, text: str) -> None:
    """Keys for what a keyboard has; other letters come as an input method or the clipboard brings them."""
    if text.isascii():
        qtbot.keyClicks(QApplication.focusWidget(), text)
    else:
        QApplication.focusWidget().insert(text)


def press(qtbot: QtBot, key: Qt.Key, times: int = 1, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for _ in range(times):
        assert QApplication.focusWidget() is not None
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def opened(qtbot: QtBot, tab: Tab) -> FieldsDialog:
    """The dialog that was just opened, once the keyboard is in it."""
    dialog = tab.doing.dialog
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or tab))
    return dialog


def record(school: School, person_id: int) -> PersonRecord:
    return school.read(queries.person_record, person_id=person_id)


def test_everybody_is_listed_by_surname_with_the_first_record_beside(tab: Tab) -> None:
    assert shown(tab) == ["Karen Doyle", "Helen Marsden", "Ruth Pemberton"]
    assert tab.foot.text() == "3 of 3 people shown"
    assert tab.record.name.text() == "Karen Doyle"
    assert tab.record.manager.value.text() == "Ruth Pemberton"
    assert tab.record.joined.value.text() == "1 September 2016"
    assert not tab.record.open_button.isVisible()


def test_down_goes_to_the_next_record(qtbot: QtBot, tab: Tab) -> None:
    press(qtbot, Key.Key_Down, 2)
    assert tab.record.name.text() == "Ruth Pemberton"
    assert [line.words for line in tab.record.managed.lines()] == ["Karen Doyle"]


def test_the_filter_works_with_every_letter_and_esc_empties_it(qtbot: QtBot, tab: Tab) -> None:
    tab.filter.setFocus()
    typed(qtbot, "teach pemb")
    assert shown(tab) == ["Ruth Pemberton"]
    assert tab.foot.text() == "1 of 3 people shown"
    typed(qtbot, "zz")
    assert tab.middle.currentWidget() is tab.nothing_found
    press(qtbot, Key.Key_Escape)
    assert len(shown(tab)) == 3


def test_group_and_on_roll_narrow_the_list(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    school.do(services.end_employment, person_id=staffed.helen, last_day=date(2026, 8, 31))
    qtbot.waitUntil(lambda: shown(tab) == ["Karen Doyle", "Ruth Pemberton"])
    tab.roll.setFocus()
    press(qtbot, Key.Key_Down, 2)
    assert shown(tab) == ["Helen Marsden"]
    press(qtbot, Key.Key_Down)
    assert len(shown(tab)) == 3
    tab.group.setFocus()
    press(qtbot, Key.Key_Down)
    assert shown(tab) == ["Helen Marsden", "Ruth Pemberton"]
    tab.open_person(staffed.karen)
    assert "Karen Doyle" in shown(tab)
    assert tab.record.name.text() == "Karen Doyle"


def test_a_person_is_added_by_keyboard_alone(qtbot: QtBot, tab: Tab, hub: Hub, school: School) -> None:
    press(qtbot, Key.Key_N, modifier=Control)
    dialog = opened(qtbot, tab)
    assert isinstance(dialog, PersonDialog)
    typed(qtbot, "Łukasz")
    press(qtbot, Key.Key_Tab)
    typed(qtbot, "'; DROP TABLE person; --")
    with qtbot.waitSignal(hub.notified) as told:
        press(qtbot, Key.Key_Return)
    assert told.args[0].startswith("Łukasz")
    assert told.args[2] == "Undo"
    qtbot.waitUntil(lambda: tab.record.name.text() == "Łukasz '; DROP TABLE person; --")
    assert tab.record.number.value.text() == "P-0001"
    assert school.check() == ()


def test_a_wrong_day_is_said_beside_its_field_and_the_words_stay(qtbot: QtBot, tab: Tab, school: School) -> None:
    tab.add_button.setFocus()
    press(qtbot, Key.Key_Space)
    dialog = opened(qtbot, tab)
    typed(qtbot, "Ann")
    press(qtbot, Key.Key_Tab)
    typed(qtbot, "Lee")
    for words, sentence in (("31/2/2026", "There is no 31 February"), ("14/10/1066", "The year 1066 is not between 1900 and 2199")):
        dialog.fields["starts_on"].editor.setFocus()
        dialog.fields["starts_on"].editor.selectAll()
        typed(qtbot, words)
        press(qtbot, Key.Key_Return)
        assert dialog.isVisible()
        assert sentence in dialog.fields["starts_on"].error()
        assert dialog.fields["starts_on"].editor.text() == words
    assert dialog.value("surname") == "Lee"
    assert len(school.read(queries.people_list)) == 3


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("surname", "n" * 300, "300 characters"),
        ("staff_number", "0101", "belongs to Helen Marsden already"),
        ("email", "karen at school", "is not an email address"),
    ],
)
def test_what_a_service_refuses_stands_beside_its_field(
    qtbot: QtBot, tab: Tab, school: School, staffed: Staffed, key: str, words: str, sentence: str
) -> None:
    press(qtbot, Key.Key_F2)
    dialog = opened(qtbot, tab)
    dialog.fields[key].set_value(words)
    dialog.fields[key].editor.setFocus()
    press(qtbot, Key.Key_Return)
    assert sentence in dialog.fields[key].error()
    assert dialog.value(key) == words
    assert dialog.focusWidget() is dialog.fields[key].editor
    assert record(school, staffed.karen).revision == 1


def test_who_saves_over_a_newer_record_keeps_their_words_and_can_save_again(
    qtbot: QtBot, tab: Tab, staffed: Staffed, school: School
) -> None:
    press(qtbot, Key.Key_F2)
    dialog = opened(qtbot, tab)
    staffed.rename_karen("Kate", "Doyle")
    dialog.fields["phone"].set_value("01632 960117")
    press(qtbot, Key.Key_Return)
    assert "was changed in the meantime" in dialog.problem.words()
    assert dialog.isVisible()
    press(qtbot, Key.Key_Return)
    assert record(school, staffed.karen).details.phone == "01632 960117"


def test_a_circle_of_line_managers_is_told_beside_the_field(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    tab.open_person(staffed.helen)
    qtbot.keyClick(tab.record.posts.findChildren(LineButton)[-1], Key.Key_Return)
    dialog = opened(qtbot, tab)
    assert isinstance(dialog, HoldingDialog)
    dialog.fields["line_manager_id"].set_value(staffed.karen)
    dialog.fields["title"].editor.setFocus()
    press(qtbot, Key.Key_Return)
    assert dialog.fields["line_manager_id"].error().startswith("Karen Doyle is managed by Helen Marsden through Ruth Pemberton")
    press(qtbot, Key.Key_Escape)
    assert record(school, staffed.helen).current[0].details.line_manager_id is None


def test_a_second_post_has_its_own_manager_and_hours(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    tab.record._ask_post()
    dialog = opened(qtbot, tab)
    for key, value in (
        ("title", "Midday supervisor"),
        ("weekly_hours", "7:30"),
        ("full_time_hours", "37"),
        ("line_manager_id", staffed.helen),
    ):
        dialog.fields[key].set_value(value)
    dialog.fields["weekly_hours"].set_value("61")
    press(qtbot, Key.Key_Return)
    assert "at most 60 a week" in dialog.fields["weekly_hours"].error()
    dialog.fields["weekly_hours"].set_value("7:30")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.record.posts.lines()) == 2)
    assert tab.record.posts.lines()[1].second == "7.5 of 37 h · line manager Helen Marsden"
    assert tab.record.manager.value.text() == "Ruth Pemberton, Helen Marsden"


def test_leaving_names_every_tie_and_one_undo_brings_everything_back(
    qtbot: QtBot, tab: Tab, hub: Hub, school: School, staffed: Staffed
) -> None:
    tab.open_person(staffed.ruth)
    before = record(school, staffed.karen)
    tab.record._ask_leave()
    dialog = opened(qtbot, tab)
    assert isinstance(dialog, LeaveDialog)
    ties = [dialog.ties.item(place).text() for place in range(dialog.ties.count())]
    assert ties == [
        "Post that ends: Assistant headteacher · nobody else holds this post",
        "Manages Karen Doyle, Higher level teaching assistant",
    ]
    press(qtbot, Key.Key_Return)
    assert dialog.fields["last_day"].error() == "Write the last day."
    typed(qtbot, "31/8/2026")
    dialog.fields["new_manager_id"].set_value(staffed.helen)
    with qtbot.waitSignal(hub.notified):
        press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: "Ruth Pemberton" not in shown(tab))
    assert record(school, staffed.karen).current[0].line_manager == "Helen Marsden"
    school.undo()
    qtbot.waitUntil(lambda: "Ruth Pemberton" in shown(tab))
    after = record(school, staffed.karen)
    assert [holding.details for holding in after.holdings] == [holding.details for holding in before.holdings]


def test_a_qualification_is_added_opened_and_deleted(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed, answers) -> None:
    tab.record._ask_qualification()
    opened(qtbot, tab)
    typed(qtbot, "NASENCO award")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: [line.words for line in tab.record.qualifications.lines()] == ["NASENCO award"])
    qtbot.keyClick(tab.record.qualifications.findChildren(LineButton)[-1], Key.Key_Space)
    answers.next(True)
    opened(qtbot, tab)._delete()
    qtbot.waitUntil(lambda: tab.record.qualifications.lines() == ())
    assert answers.asked[0].startswith("Delete this qualification?")
    school.undo()
    assert record(school, staffed.karen).qualifications[0].details == QualificationDetails("NASENCO award")


def test_a_membership_is_added(qtbot: QtBot, tab: Tab) -> None:
    tab.record._ask_membership()
    opened(qtbot, tab)
    typed(qtbot, "Chartered College of Teaching")
    press(qtbot, Key.Key_Tab)
    typed(qtbot, "12345")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.record.qualifications.lines()) == 1)
    line = tab.record.qualifications.lines()[0]
    assert (line.words, line.second) == ("Chartered College of Teaching", "member 12345")


def test_times_with_the_school_that_overlap_are_told_beside_the_field(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    tab.record._ask_time()
    dialog = opened(qtbot, tab)
    typed(qtbot, "1/9/2020")
    press(qtbot, Key.Key_Return)
    assert dialog.fields["starts_on"].error() == "This overlaps with the time from 1 September 2016."
    dialog.fields["starts_on"].set_value(date(2010, 9, 1))
    dialog.fields["ends_on"].set_value(date(2012, 8, 31))
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.record.times.lines()) == 2)
    assert [line.words for line in tab.record.times.lines()] == ["Since 1 Sep 2016", "1 Sep 2010 to 31 Aug 2012"]
    assert record(school, staffed.karen).roll is Roll.ON_ROLL


def test_the_record_can_be_walked_through_by_tab(qtbot: QtBot, tab: Tab) -> None:
    seen = []
    tab.record.print_button.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(12):
        seen.append(QApplication.focusWidget().accessibleName() or QApplication.focusWidget().text())
        press(qtbot, Key.Key_Tab)
    assert "More about this person" in seen
    assert "Sep 2016, Higher level teaching assistant" in seen
    assert "Add a post" in seen


def test_delete_asks_and_says_why_not(qtbot: QtBot, tab: Tab, answers, school: School, staffed: Staffed) -> None:
    tab.open_person(staffed.ruth)
    tab.focus_first()
    answers.next(True)
    press(qtbot, Key.Key_Delete)
    assert "Ruth Pemberton is or was somebody’s line manager" in answers.told[0]
    tab.open_person(staffed.karen)
    tab.focus_first()
    answers.next(True)
    press(qtbot, Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(tab) == ["Helen Marsden", "Ruth Pemberton"])


def test_a_staff_list_is_previewed_answered_taken_in_and_undone(
    qtbot: QtBot, tab: Tab, hub: Hub, school: School, staffed: Staffed, answers, tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(LIST.encode("utf-16"))
    before = school.read(queries.existing_people)
    answers.next(file)
    tab.take_in()
    page = tab.import_page
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    verdicts = {row.label: row.verdict for row in page.model.rows()}
    assert verdicts == {
        "Helen Marsden": Verdict.QUESTION,
        "John Smith": Verdict.TROUBLE,
        "Petra Novák": Verdict.NEW,
        "Karen Doyle": Verdict.CHANGED,
    }
    assert page.counts.text() == "1 question · 1 row in trouble · 1 new · 1 changed"
    assert "There is no 31 February" in next(row for row in page.model.rows() if row.label == "John Smith").reasons[0]
    page.take.setFocus()
    press(qtbot, Key.Key_Space)
    assert page.problem.words() == "Answer 1 question first: row 5."
    assert QApplication.focusWidget() is page.answer
    press(qtbot, Key.Key_Down)  # ‘the same as Helen Marsden’
    assert page.counts.text() == "1 row in trouble · 1 new · 2 changed"
    page.take.setFocus()
    with qtbot.waitSignal(hub.notified) as told:
        press(qtbot, Key.Key_Space)
    assert told.args[:3] == ["3 people taken in from staff.csv", "1 new, 2 changed", "Undo"]
    qtbot.waitUntil(lambda: "Petra Novák" in shown(tab))
    karen = record(school, staffed.karen)
    assert [spell.title for spell in karen.history] == ["Trainee teacher", "Higher level teaching assistant"]
    school.undo()
    assert school.read(queries.existing_people) == before


def test_columns_can_be_changed_and_a_spoiled_file_changes_nothing(qtbot: QtBot, tab: Tab, school: School, answers, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Who;What\nEwa Nowak;Cook\nJake Thornton;Caretaker\n", encoding="utf-8")
    answers.next(file)
    tab.take_in()
    page = tab.import_page
    qtbot.waitUntil(lambda: page.columns.fields["post"].count() == 3)
    page.columns.fields["whole_name"].set_value(0)
    page.columns.fields["post"].setFocus()
    press(qtbot, Key.Key_Down, 2)
    assert ("Post", "", "Cook") in page.model.rows()[0].changes
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    answers.next(broken)
    page.choose_file()
    qtbot.waitUntil(lambda: bool(page.problem.words()))
    assert "broken.xlsx" in page.problem.words()
    assert not page.take.isEnabled()
    press(qtbot, Key.Key_Escape)
    assert tab.pages.currentIndex() == 0
    assert len(school.read(queries.people_list)) == 3


def test_an_empty_school_is_offered_the_staff_list(qtbot: QtBot, hub: Hub, school: School, answers) -> None:
    made = Tab(school, hub)
    qtbot.addWidget(made)
    made.show()
    assert made.middle.currentWidget() is made.empty
    answers.next("")
    qtbot.keyClick(made.empty.button, Key.Key_Space)
    assert made.pages.currentIndex() == 0


def test_the_record_is_shown_as_paper(qtbot: QtBot, tab: Tab, answers) -> None:
    press(qtbot, Key.Key_P, modifier=Control)
    qtbot.waitUntil(lambda: answers.dialog is not None)
    assert answers.dialog.windowTitle() == "Staff record of Karen Doyle"
    answers.dialog.close()


def test_fields_that_the_screen_has_no_room_for_scroll_and_the_buttons_stay(qtbot: QtBot, tab: Tab, house: QApplication) -> None:
    theme.apply("light", 130)
    try:
        tab.doing.add_person()
        dialog = opened(qtbot, tab)
        assert dialog.height() <= dialog.screen().availableGeometry().height()
        assert dialog.act_button.geometry().bottom() < dialog.height()
        for field in dialog.fields.values():
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            press(qtbot, Key.Key_Tab)
            press(qtbot, Key.Key_Backtab)
            assert dialog.rect().intersects(field.editor.rect().translated(field.editor.mapTo(dialog, field.editor.rect().topLeft())))
        dialog.reject()
    finally:
        theme.apply("light", 100)


def test_who_manages_whom_opens_a_record(qtbot: QtBot, tab: Tab, answers) -> None:
    tab.show_tree()
    qtbot.waitUntil(lambda: answers.dialog.isAncestorOf(QApplication.focusWidget() or tab))
    press(qtbot, Key.Key_Down, 2)
    press(qtbot, Key.Key_Return)
    assert tab.record.name.text() == "Karen Doyle"


def test_no_alt_letter_is_used_twice(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed, answers) -> None:
    frame = set("osmcuwl")
    assert clashes(tab) == {}
    assert not frame & {letter for letter in _letters(tab)}
    school.do(services.add_holding, person_id=staffed.karen, details=HoldingDetails("Cook"))
    tab.refresh()
    asks = (tab.doing.add_person, tab.record._ask_edit, tab.record._ask_post, tab.record._ask_qualification, tab.record._ask_membership)
    for ask in (*asks, tab.record._ask_time, tab.record._ask_leave, _second_post(tab)):
        ask()
        dialog: QDialog = answers.dialog
        assert clashes(dialog) == {}, type(dialog).__name__
        dialog.reject()


def _letters(tab: Tab) -> set[str]:
    from staffdev_desktop.ui.widgets.mnemonics import letters_in

    return set(letters_in(tab))


def _second_post(tab: Tab):
    def ask() -> None:
        tab.record._ask_holding(tab.record.view.record.current[1].id)

    return ask


def test_who_left_is_found_and_said_to_have_left(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    school.do(
        services.end_employment, person_id=staffed.karen, last_day=date(2026, 8, 31), reason="New post", destination="Hill Top School"
    )
    qtbot.waitUntil(lambda: "Karen Doyle" not in shown(tab))
    tab.open_person(staffed.karen)
    assert tab.record.joined.label.text() == "Left"
    assert tab.record.joined.value.text() == "31 August 2026"
    assert tab.record.times.lines()[0].second == "New post, Hill Top School"
    assert tab.record.view.record.roll is Roll.LEFT


def test_details_of_a_person_survive_a_look_through_the_dialog(qtbot: QtBot, tab: Tab, school: School, staffed: Staffed) -> None:
    details = PersonDetails(
        surname="Doyle", forename="Karen", title="Mrs", known_as="Kate", pronouns="she/her", kind="volunteer", staff_number="0103",
        email="k.doyle@riverbank.example", phone="01632 960117", notes="One\nTwo",
    )  # fmt: skip
    school.do(services.change_person, person_id=staffed.karen, revision=1, details=details)
    qtbot.waitUntil(lambda: tab.record.name.text() == "Kate Doyle")
    press(qtbot, Key.Key_F2)
    opened(qtbot, tab)
    press(qtbot, Key.Key_Return)
    assert record(school, staffed.karen).details == details
    assert record(school, staffed.karen).revision == 2
