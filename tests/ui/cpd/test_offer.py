"""The directory and the offer at the screen, by keyboard."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.offer import queries, services
from staffdev_desktop.cpd.offer.rows import Checked, OfferItemRow
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.ui.cpd.offer.dialogs import AskForItDialog, DirectoryDialog, HeadingDialog, ItemDialog, ProviderDialog
from staffdev_desktop.ui.cpd.offer.headings import HeadingsDialog
from staffdev_desktop.ui.cpd.offer.providers import ProvidersDialog
from staffdev_desktop.ui.cpd.sessions.enrolment_dialogs import EnrolDialog
from staffdev_desktop.ui.widgets.mnemonics import clashes, letters_in
from tests.conftest import TODAY
from tests.ui.cpd.conftest import Shown, words_in
from tests.ui.cpd.desk_for_groups import CONTROL, DELETE, DOWN, ENTER, RIGHT, SPACE, TAB, Desk

AISHA = "Aisha Rahman"


@pytest.fixture
def desk(practice: Shown, qtbot: Any, answers: Any) -> Desk:
    return Desk(practice.school, practice.hub, practice.tab, practice.said, answers, qtbot)


@pytest.fixture
def panel(desk: Desk) -> Any:
    return desk.show("offer")


def titles(panel: Any) -> list[str]:
    return [row.details.title for row in panel.directory.shown_rows()]


def choose(panel: Any, title: str) -> Any:
    row = next(row for row in panel.directory.model.rows() if row.details.title == title)
    panel.directory.table.choose(row.id)
    panel.directory.table.setFocus()
    return row


# -- the directory ------------------------------------------------------------------------------------------------------------


def test_the_list_narrows_with_every_letter_and_filter(desk: Desk, panel: Any) -> None:
    everything = len(panel.directory.model.rows())
    panel.focus_first()
    desk.press(panel, "read")
    assert sorted(titles(panel)) == ["Early reading for teaching assistants", "Reading fluency in Key Stage 2"]
    desk.press(panel, "ing fluency stonebridge")
    assert titles(panel) == ["Reading fluency in Key Stage 2"]
    assert panel.directory.words.text().startswith(f"Showing 1 of {everything} lines.")
    panel.directory.find.clear()
    for key, value in (("checked", Checked.OLD), ("setting", "Local authority")):
        panel.directory.filters[key].set_value(value)
        panel.directory.filters[key].edited.emit(value)
    assert titles(panel) == ["Safeguarding for designated leads"]
    badge = next(column for column in panel.directory.model.columns if column.key == "checked")
    row = panel.directory.shown_rows()[0]
    assert badge.extra(row).words.startswith("Old: ")
    assert "more than a year ago" in badge.spoken(row)


def test_a_line_is_added_changed_and_taken_away(desk: Desk, panel: Any) -> None:
    panel.add_new()
    dialog = desk.dialog(DirectoryDialog)
    desk.act(dialog)
    assert dialog.fields["title"].error() == "Write what it is called."
    desk.press(dialog, "Handwriting that lasts", TAB, TAB, TAB, TAB, TAB, "Teachers of Year 1")
    dialog.fields["minutes"].setFocus()
    desk.press(dialog, "soon")
    desk.act(dialog)
    assert "is not a number of hours" in dialog.fields["minutes"].error()
    assert dialog.fields["title"].value() == "Handwriting that lasts"
    dialog.fields["minutes"].set_value("1:30")
    dialog.fields["pence"].setFocus()
    desk.press(dialog, "45")
    desk.act(dialog)
    row = choose(panel, "Handwriting that lasts")
    assert (row.details.minutes, row.details.pence, row.details.audience) == (90, 4500, "Teachers of Year 1")
    assert desk.said[-1][0] == "Handwriting that lasts is in the directory"
    desk.press(panel, ENTER)
    dialog = desk.dialog(DirectoryDialog)
    dialog.fields["place"].setFocus()
    desk.press(dialog, "Elm Grove")
    desk.act(dialog)
    assert choose(panel, "Handwriting that lasts").details.place == "Elm Grove"
    assert "Elm Grove" in words_in(panel.directory.card)
    desk.answers.next(False, True)
    desk.press(panel, DELETE)
    assert "Handwriting that lasts" in titles(panel)
    desk.press(panel, DELETE)
    assert "Handwriting that lasts" not in titles(panel)


def test_ticked_lines_are_marked_as_checked_today(desk: Desk, panel: Any) -> None:
    for title in ("Moving and handling", "Safeguarding for designated leads"):
        choose(panel, title)
        desk.press(panel, SPACE)
    panel.directory.checked.setFocus()
    desk.press(panel, SPACE)
    assert {choose(panel, title).details.checked_on for title in ("Moving and handling", "Safeguarding for designated leads")} == {TODAY}
    assert desk.said[-1][0] == "2 lines checked today"
    assert panel.directory.model.ticked() == ()


def test_somebody_asks_for_a_line_and_it_is_a_request_with_its_words(desk: Desk, panel: Any) -> None:
    row = choose(panel, "Reading fluency in Key Stage 2")
    panel.directory.card.ask.setFocus()
    desk.press(panel, SPACE)
    dialog = desk.dialog(AskForItDialog)
    desk.act(dialog)
    assert dialog.fields["person_id"].error() == "Choose who asks for it."
    aisha = dialog.fields["person_id"].editor.findText(AISHA)
    dialog.fields["person_id"].editor.setCurrentIndex(aisha)
    dialog.fields["why"].setFocus()
    desk.press(dialog, "Fluency in Year 2")
    desk.act(dialog)
    asked = [each for each in desk.school.read(requests.requests) if each.details.why == "Fluency in Year 2"]
    assert len(asked) == 1
    assert (asked[0].name, asked[0].details.activity, asked[0].details.pence) == (AISHA, row.details.title, 18500)
    assert (asked[0].details.provider, asked[0].details.starts_on) == ("Stonebridge Reading", row.details.next_on)


def test_people_are_enrolled_from_a_line_that_begins_a_programme(desk: Desk, panel: Any) -> None:
    choose(panel, "Moving and handling")
    assert not panel.directory.card.enrol.isVisibleTo(panel)
    row = choose(panel, "Level 5 specialist teaching assistant")
    panel.directory.card.enrol.setFocus()
    desk.press(panel, SPACE)
    dialog = desk.dialog(EnrolDialog)
    desk.act(dialog)
    assert dialog.problem.words() == "Choose who it is for."
    dialog.people.find.setFocus()
    desk.press(dialog, "ewa nowak", TAB, TAB, SPACE)
    desk.act(dialog)
    found = desk.school.read(enrolments.enrolments, programme_id=row.details.programme_id)
    assert "Ewa Nowak" in [each.name for each in found]
    assert desk.said[-1][:2] == ("1 person enrolled", row.programme)


def test_providers_are_added_changed_and_removed(desk: Desk, panel: Any) -> None:
    panel.providers.click()
    listed = desk.dialog(ProvidersDialog)
    listed.add.click()
    dialog = desk.dialog(ProviderDialog)
    desk.press(dialog, "Elm Grove Primary")
    desk.act(dialog)
    row = next(row for row in listed.model.rows() if row.details.name == "Elm Grove Primary")
    listed.table.choose(row.id)
    listed.change.click()
    dialog = desk.dialog(ProviderDialog)
    dialog.fields["email"].setFocus()
    desk.press(dialog, "office at elmgrove")
    desk.act(dialog)
    assert dialog.fields["email"].error() == "An email address has an @ in it."
    dialog.fields["email"].set_value("office@elmgrove.example")
    desk.act(dialog)
    assert listed.model.row_of(row.id).details.email == "office@elmgrove.example"
    hub = next(row for row in listed.model.rows() if row.details.name.startswith("Brookside"))
    listed.table.choose(hub.id)
    listed.table.setFocus()
    desk.answers.next(True)
    desk.press(listed, DELETE)
    assert "3 lines of the directory will stand without a provider" in desk.answers.asked[-1]
    assert hub.details.name not in [row.details.name for row in listed.model.rows()]
    listed.reject()


# -- the offer ----------------------------------------------------------------------------------------------------------------


def in_cell(panel: Any) -> tuple[OfferItemRow, ...]:
    return panel.offer.grid.cell(*panel.offer.view.chosen_cell())


def test_arrow_keys_go_from_cell_to_cell_and_enter_to_its_items(desk: Desk, panel: Any) -> None:
    panel.go_to("stage")
    panel.focus_first()
    desk.press(panel, DOWN, RIGHT)
    assert panel.offer.card.line_name.text() == "Teachers"
    assert panel.offer.card.column_name.text() == "External qualification"
    spoken = panel.offer.view.currentIndex().data(11)  # Qt.AccessibleTextRole
    assert spoken.startswith("Teachers, External qualification: 6 items.")
    desk.press(panel, ENTER)
    assert panel.offer.card.list.hasFocus()
    first, second = in_cell(panel)[:2]
    desk.press(panel, DOWN, hold=CONTROL)
    assert [item.id for item in in_cell(panel)[:2]] == [second.id, first.id]
    desk.press(panel, ENTER)
    dialog = desk.dialog(ItemDialog)
    dialog.fields["text"].set_value("NPQ for leading teaching")
    desk.act(dialog)
    assert "NPQ for leading teaching" in [item.text for item in in_cell(panel)]
    desk.answers.next(True)
    before = len(in_cell(panel))
    desk.press(panel, DELETE)
    assert len(in_cell(panel)) == before - 1
    assert desk.said[-1][0].startswith("Removed: ")


def test_an_item_is_added_and_people_enrolled_on_its_programme(desk: Desk, panel: Any) -> None:
    panel.go_to("phase")
    panel.add_new()
    dialog = desk.dialog(ItemDialog)
    desk.act(dialog)
    assert dialog.fields["text"].error() == "Write what is offered."
    desk.press(dialog, "Teach abroad for a term")
    desk.act(dialog)
    assert in_cell(panel)[-1].text == "Teach abroad for a term"
    tied = next(item for item in in_cell(panel) if item.programme_id is not None)
    place = [item.id for item in in_cell(panel)].index(tied.id)
    panel.offer.card.list.setCurrentIndex(panel.offer.card.list.model().index(place, 0))
    panel.offer.card.verbs["enrol"].click()
    dialog = desk.dialog(EnrolDialog)
    assert dialog.fields["programme_id"].value() == tied.programme_id
    dialog.reject()
    last = len(in_cell(panel)) - 1
    panel.offer.card.list.setCurrentIndex(panel.offer.card.list.model().index(last, 0))
    assert not panel.offer.card.verbs["enrol"].isEnabled()
    assert "begins no programme" in panel.offer.card.verbs["enrol"].toolTip()


def test_lines_and_columns_are_laid_out_by_keyboard(desk: Desk, panel: Any) -> None:
    panel.go_to("stage")
    panel.layout_button.click()
    laid = desk.dialog(HeadingsDialog)
    laid.add_one()
    dialog = desk.dialog(HeadingDialog)
    desk.press(dialog, "Teachers")
    desk.act(dialog)
    assert dialog.fields["name"].error() == "There is a line called ‘Teachers’ already."
    dialog.fields["name"].set_value("Trainers")
    desk.act(dialog)
    names = [row.name for row in laid.model.shown_rows()]
    assert names[-1] == "Trainers"
    laid.table.choose(laid.model.id_at(0))
    laid.table.setFocus()
    desk.press(laid, DOWN, hold=CONTROL)
    assert [row.name for row in laid.model.shown_rows()][:2] == [names[1], names[0]]
    desk.answers.next(True)
    desk.press(laid, DELETE)
    assert "17 items in it will go as well" in desk.answers.asked[-1]
    laid.reject()
    QApplication.processEvents()
    assert [line.name for line in panel.offer.grid.lines] == [names[1], *names[2:]]


# -- all of it ----------------------------------------------------------------------------------------------------------------


def test_no_letter_is_taken_twice_or_from_the_frame(desk: Desk, panel: Any) -> None:
    for segment in ("directory", "stage", "phase"):
        panel.go_to(segment)
        choose(panel, "Level 5 specialist teaching assistant")
        if segment == "directory":
            desk.press(panel, SPACE)
        assert clashes(desk.tab) == {}
        assert not set("osmcuwl") & set(letters_in(desk.tab))


def test_what_is_shown_is_printed(desk: Desk, panel: Any) -> None:
    panel.directory.find.setText("phonics")
    preview = desk.paper(panel.print_shown)
    assert preview._file_name == "cpd-directory-as-of-2026-10-20.pdf"
    panel.go_to("stage")
    assert desk.paper(panel.print_shown)._file_name == "cpd-stage-as-of-2026-10-20.pdf"


def test_where_somebody_was_is_found_again_and_other_desks_changes_are_seen(desk: Desk, panel: Any) -> None:
    panel.go_to("phase")
    assert desk.tab.place() == ("offer", "phase")
    desk.tab.go_to(("offer", "stage"))
    grid = desk.school.read(queries.offer_grid, grid="stage")
    desk.school.do(services.add_item, line_id=grid.lines[0].id, column_id=grid.columns[0].id, text="Something new")
    QApplication.processEvents()
    assert in_cell(panel)[-1].text == "Something new"
    assert panel.panels()
