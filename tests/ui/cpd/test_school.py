"""The School view of CPD, the why dialog and the cards, over the practice school."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import EntryDetails, EntryStatus
from staffdev_desktop.cpd.log.services import add_entry
from staffdev_desktop.cpd.quality import queries as quality
from staffdev_desktop.cpd.quality.rows import SampleBy
from staffdev_desktop.cpd.quality.services import assure
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.importing.view import ImportView
from staffdev_desktop.ui.cpd.ledger.absences import AbsencesDialog
from staffdev_desktop.ui.cpd.ledger.cards import TermCards, Why
from staffdev_desktop.ui.cpd.ledger.why import WhyDialog
from staffdev_desktop.ui.cpd.log.many import ManyDialog
from staffdev_desktop.ui.cpd.school.check_dialog import CheckDialog
from staffdev_desktop.ui.cpd.school.checks_model import AGAIN, ASSURED, BACK, SAMPLE, TO_CHECK
from staffdev_desktop.ui.cpd.school.figures_view import PROGRAMMES, PROVIDER
from staffdev_desktop.ui.cpd.school.panel import SchoolPanel
from staffdev_desktop.ui.cpd.school.score_dialog import ScoreDialog
from staffdev_desktop.ui.cpd.tab import Tab
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.preview import Preview
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.ui.cpd.conftest import Shown, words_in
from tests.ui.pdr.conftest import press

ENTER, DOWN, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Tab
HANNAH = "Hannah Cole"


@dataclass
class Desk:
    """The tab on screen with its first view, and what was said and asked for."""

    school: School
    hub: Hub
    tab: Tab
    panel: SchoolPanel
    said: list[str] = field(default_factory=list)
    wanted: list[tuple[str, object]] = field(default_factory=list)

    def names(self) -> list[str]:
        """Who is listed as behind, from the top."""
        return [row.person.name for row in self.panel.hours.model.shown_rows()]

    def person(self, name: str) -> int:
        """Somebody’s id."""
        return next(row.id for row in self.panel.hours.ledgers if row.person.name == name)

    def choose(self, name: str) -> None:
        """Go to somebody in the list of those who are behind."""
        assert self.panel.hours.table.choose(self.person(name))

    def status(self, entry_id: int) -> EntryStatus:
        """How far an entry is on disk."""
        return self.school.read(log.entry, entry_id=entry_id).status


@pytest.fixture
def desk(practice: Shown) -> Desk:
    made = Desk(practice.school, practice.hub, practice.tab, practice.tab.panel)
    made.hub.notified.connect(lambda title, *_more: made.said.append(title))
    made.panel.wanted.connect(lambda *what: made.wanted.append(what))
    made.tab.focus_first()
    return made


# -- who is behind ------------------------------------------------------------------------------------------------------------------


def test_who_is_behind_comes_first_and_enter_says_why(desk: Desk, answers: Any) -> None:
    assert HANNAH in desk.names()
    behind = [row.behind for row in desk.panel.hours.model.shown_rows()]
    assert all(behind)
    assert behind == sorted(behind, reverse=True)

    desk.choose(HANNAH)
    press(desk.tab, ENTER)

    why = answers.dialog
    assert isinstance(why, WhyDialog)
    assert why.windowTitle() == "Why is Hannah Cole 1.25 hours behind?"
    why.show_part(0)
    QApplication.processEvents()
    assert "4 hours a term for Teachers" in words_in(why)
    assert "35 of 73 school days have gone by" in words_in(why)
    assert "INSET does not count towards hours owed" in {line.why_not for line in why.model.shown_rows()}
    assert not clashes(why)


def test_enter_on_an_entry_goes_to_it_in_the_log(desk: Desk, answers: Any) -> None:
    desk.choose(HANNAH)
    press(desk.tab, ENTER)
    why = answers.dialog
    line = why.model.shown_rows()[0]
    press(why, ENTER)
    assert desk.wanted == [("log", ("entry", desk.person(HANNAH), line.id))]
    assert not isValid(why) or not why.isVisible()


def test_filters_show_a_group_a_line_manager_and_everybody(desk: Desk) -> None:
    view = desk.panel.hours
    view.shown.set_value("owing")
    view.shown.edited.emit("owing")
    assert {row.person.group for row in view.model.shown_rows()} == {"Teachers", "Teaching assistants", "Leadership"}

    group = next(button for button in desk.panel.side.groups.buttons if button.group.group == "Teaching assistants")
    group.click()
    assert {row.person.group for row in view.model.shown_rows()} == {"Teaching assistants"}
    ruth = next(key for key, name in view._managers.items() if name == "Ruth Pemberton")
    view.manager.set_value(ruth)
    view.manager.edited.emit(ruth)
    assert all(ruth in row.person.manager_ids for row in view.model.shown_rows())
    assert view.filter_now().words(view._managers) == "Everybody who owes hours, Teaching assistants, line manager Ruth Pemberton"
    group.click()
    view.find.setText("karen")
    assert [row.person.name for row in view.model.shown_rows()] == ["Karen Doyle"]


def test_an_empty_list_says_what_that_means(desk: Desk) -> None:
    view = desk.panel.hours
    view.find.setText("nobody of this name")
    assert "Nobody fits" in words_in(view)
    desk.panel.show_part("checks")
    for row in desk.panel.checks.rows:
        if row.entry.status is EntryStatus.TO_CHECK:
            desk.school.do(assure, entry_id=row.id, revision=row.entry.revision)
    desk.panel.refresh()
    assert "Nothing waits to be checked" in words_in(desk.panel.checks)


def test_numbers_first_and_they_follow_what_is_logged(desk: Desk, qtbot: Any) -> None:
    def badge() -> str:
        return words_in(desk.panel.hours.card.line).split(" | ")[0]

    number = len(desk.names())
    assert badge() == f"{number} behind"
    desk.school.do(add_entry, person_id=desk.person(HANNAH), details=EntryDetails(date(2026, 10, 19), 75, "Coaching"))
    qtbot.waitUntil(lambda: HANNAH not in desk.names())
    QApplication.processEvents()
    assert badge() == f"{number - 1} behind"


def test_another_year_is_read_when_the_picker_changes(desk: Desk) -> None:
    desk.hub.set_year(2025)
    assert all(row.year == 2025 for row in desk.panel.hours.ledgers)
    assert {row.whole.ends for row in desk.panel.hours.ledgers} == {date(2026, 9, 1)}


def test_what_waits_opens_where_it_is_done(desk: Desk) -> None:
    waiting = {button.waiting.key: button for button in desk.panel.side.waiting.buttons}
    assert {TO_CHECK, AGAIN, BACK, "requests"} <= waiting.keys()
    waiting[AGAIN].click()
    assert desk.panel.part.value() == "checks"
    assert all(row.again for row in desk.panel.checks.model.shown_rows())
    assert desk.panel.checks.model.rowCount() == waiting[AGAIN].waiting.count
    waiting["requests"].click()
    assert desk.wanted == [("log", "requests")]


def test_a_day_for_many_is_a_button_and_ctrl_n(desk: Desk, answers: Any) -> None:
    desk.panel.many.click()
    assert isinstance(answers.dialog, ManyDialog)
    answers.dialog.reject()
    desk.tab.add_new()
    assert isinstance(answers.dialog, ManyDialog)


def test_a_spreadsheet_is_taken_in_from_here(desk: Desk, answers: Any, finish_jobs: Any, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Name,Date,Hours,Activity\nHannah Cole,19/10/2026,0.5,Coaching\n", encoding="utf-8")
    answers.next(tmp_path / "log.csv")
    desk.panel.take_in.click()
    finish_jobs()
    assert isinstance(desk.tab.panel, ImportView)
    desk.tab.show_view("school")


def test_no_letter_clashes_in_any_part(desk: Desk) -> None:
    for part in ("hours", "checks", "figures"):
        desk.panel.show_part(part)
        desk.panel.checks.model.tick_all_shown()
        assert not clashes(desk.tab)


def test_the_list_goes_to_paper_and_to_a_spreadsheet(desk: Desk, answers: Any, finish_jobs: Any, tmp_path: Path) -> None:
    desk.panel.print_shown()
    finish_jobs()
    assert isinstance(answers.dialog, Preview)
    finish_jobs()
    answers.dialog.close()
    answers.next(tmp_path / "hours.xlsx")
    desk.panel.hours.papers.menu().actions()[1].trigger()
    assert HANNAH in str(read_sheet((tmp_path / "hours.xlsx").read_bytes(), "hours.xlsx"))


# -- the cards and the dialog ---------------------------------------------------------------------------------------------------------


def test_cards_say_each_term_and_are_buttons(desk: Desk, qtbot: Any) -> None:
    cards = TermCards(desk.school, desk.hub)
    qtbot.addWidget(cards)
    cards.show()
    asked: list[Why] = []
    cards.why_wanted.connect(asked.append)
    hannah = desk.person(HANNAH)

    cards.show_person(hannah, 2026)

    assert [card.accessibleName() for card in cards.cards] == [
        "Autumn term, Behind by 1.25 h, 0.50 of 4 hours, 1.75 due by now",
        "Spring term, From 4 January, 0 of 4 hours",
        "Summer term, From 12 April, 0 of 4 hours",
        "Whole year, Behind by 1.25 h, 0.50 of 12 hours, 1.75 due by now",
    ]
    for key, card in ((SPACE, 0), (ENTER, 1), (SPACE, -1)):
        qtbot.keyClick(cards.cards[card], key)
    assert asked == [Why(hannah, 2026, 0), Why(hannah, 2026, 1), Why(hannah, 2026, WHOLE_YEAR)]
    desk.school.do(add_entry, person_id=hannah, details=EntryDetails(date(2026, 10, 19), 75, "Coaching"))
    qtbot.waitUntil(lambda: "On track" in cards.cards[0].accessibleName())


def test_an_absence_is_asked_for_beside_the_number_it_changes(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.choose(HANNAH)
    press(desk.tab, ENTER)
    why = answers.dialog
    why.away.click()
    dialog = answers.dialog
    assert isinstance(dialog, AbsencesDialog)
    assert not clashes(dialog)
    dialog.fields["ends_on 1"].set_value(date(2026, 9, 1))
    assert not dialog.check()
    assert dialog.fields["starts_on 1"].error() == "Write the first day too."
    dialog.fields["starts_on 1"].set_value(date(2026, 9, 2))
    assert not dialog.check()
    assert "before it begins" in dialog.fields["ends_on 1"].error()
    dialog.fields["ends_on 1"].set_value(date(2026, 10, 16))
    dialog._act()
    why.show_part(0)
    qtbot.waitUntil(lambda: "Away for 33 school days" in words_in(why))
    assert desk.school.read(ledger.ledger, year=2026, person_id=desk.person(HANNAH))[0].behind == 0


def test_the_why_dialog_is_printed(desk: Desk, answers: Any, finish_jobs: Any) -> None:
    press(desk.tab, ENTER)
    answers.dialog.print_button.click()
    finish_jobs()
    assert isinstance(answers.dialog, Preview)
    finish_jobs()


# -- quality assurance ----------------------------------------------------------------------------------------------------------------


def test_an_entry_is_opened_assured_and_the_assurance_undone(desk: Desk, answers: Any) -> None:
    desk.panel.show_part("checks")
    view = desk.panel.checks
    press(desk.tab, ENTER)
    dialog = answers.dialog
    assert isinstance(dialog, CheckDialog)
    assert not clashes(dialog)
    entry_id = view.table.chosen_id()
    dialog.worth.set_value("partly")
    dialog.more.setChecked(True)
    dialog.answers[0].set_value("Listens longer before she helps.")
    dialog.term.click()

    dialog._act()

    entry = desk.school.read(log.entry, entry_id=entry_id)
    assert (entry.status, entry.check.worth) == (EntryStatus.ASSURED, "partly")
    assert entry.details.look_again_on is not None
    assert desk.school.read(quality.history, entry_id=entry_id)[0].answers[0][1] == "Listens longer before she helps."
    assert desk.said[-1].startswith("Quality assured")
    desk.school.undo()
    assert desk.status(entry_id) is EntryStatus.TO_CHECK


def test_sending_back_needs_a_question(desk: Desk, answers: Any) -> None:
    desk.panel.show_part("checks")
    press(desk.tab, ENTER)
    dialog, entry_id = answers.dialog, desk.panel.checks.table.chosen_id()
    dialog.back.click()
    assert dialog.isVisible()
    assert dialog.fields["question"].error() == "Write what you would like to know."
    dialog.fields["question"].set_value("Who reads better now?")
    dialog.back.click()
    assert not dialog.isVisible()
    assert desk.status(entry_id) is EntryStatus.SENT_BACK


def test_without_impact_only_sending_back_is_offered(desk: Desk, answers: Any) -> None:
    desk.panel.show_part("checks", "no impact")
    press(desk.tab, ENTER)
    assert not answers.dialog.act_button.isEnabled()
    assert "It can only be sent back" in words_in(answers.dialog)


def test_ticked_entries_are_assured_together(desk: Desk) -> None:
    desk.panel.show_part("checks")
    view = desk.panel.checks
    ids = [view.model.id_at(place) for place in range(3)]
    press(desk.tab, SPACE, DOWN, SPACE, DOWN, SPACE)
    assert view.card.strip.currentWidget() is view.bulk
    view.assure.click()
    assert {desk.status(entry_id) for entry_id in ids} == {EntryStatus.ASSURED}
    assert desk.said[-1] == "3 entries quality assured"


def test_a_sample_is_drawn_by_rule_and_a_number_that_is_none_is_marked(desk: Desk) -> None:
    desk.panel.show_part("checks", SAMPLE)
    view = desk.panel.checks
    once = [(row.entry.person_id, row.term) for row in view.model.shown_rows()]
    assert len(once) == len(set(once)) > 10
    view.by.set_value(SampleBy.COSTLY)
    view.by.edited.emit(SampleBy.COSTLY)
    assert view.number.isVisible()
    for typed, wrong in (("a lot", True), ("£20", False)):
        view.number.set_value(typed)
        view.number.edited.emit(typed)
        assert bool(view.number.property("bad")) is wrong
    assert all(row.entry.details.pence > 2000 for row in view.model.shown_rows())


def test_checks_go_to_paper_and_to_a_spreadsheet(desk: Desk, answers: Any, finish_jobs: Any, tmp_path: Path) -> None:
    desk.panel.show_part("checks", ASSURED)
    desk.panel.print_shown()
    finish_jobs()
    assert isinstance(answers.dialog, Preview)
    finish_jobs()
    answers.next(tmp_path / "checks.xlsx")
    desk.panel.checks.papers.menu().actions()[1].trigger()
    assert "Quality assured" in str(read_sheet((tmp_path / "checks.xlsx").read_bytes(), "checks.xlsx"))


# -- figures ----------------------------------------------------------------------------------------------------------------------------


def test_results_are_shown_by_kind_by_provider_and_for_a_group(desk: Desk) -> None:
    desk.panel.show_part("figures")
    view = desk.panel.figures
    by_kind = view.results.model().rows()
    assert "INSET" in {row.label for row in by_kind}
    view.shown.set_value(PROVIDER)
    view.shown.edited.emit(PROVIDER)
    assert sum(row.entries for row in view.results.model().rows()) == sum(row.entries for row in by_kind)
    view.group.set_value("Teachers")
    view.group.edited.emit("Teachers")
    assert sum(row.entries for row in view.results.model().rows()) < sum(row.entries for row in by_kind)


def test_a_programme_is_scored_with_evidence(desk: Desk, answers: Any, qtbot: Any) -> None:
    desk.panel.show_part("figures")
    view = desk.panel.figures
    view.shown.set_value(PROGRAMMES)
    view.shown.edited.emit(PROGRAMMES)
    row = next(row for row in view.programmes if not row.scores)
    view.score(row.id)
    dialog = answers.dialog
    assert isinstance(dialog, ScoreDialog)
    assert not clashes(dialog)
    dialog.scores[0].set_value(2)
    assert not dialog.check()
    assert dialog.fields["words 0"].error() == "Write one line that shows it."
    dialog.fields["words 0"].set_value("Pupils’ books before and after")
    dialog._act()
    qtbot.waitUntil(lambda: view.scores.model().row_of(row.id).of_part(0) is not None)
    assert view.scores.model().row_of(row.id).of_part(0).score == 2


def test_figures_go_to_paper_without_names(desk: Desk, answers: Any, finish_jobs: Any, tmp_path: Path) -> None:
    desk.panel.show_part("figures")
    for action in (0, 2):
        desk.panel.figures.papers.menu().actions()[action].trigger()
        finish_jobs()
        assert isinstance(answers.dialog, Preview)
        finish_jobs()
        answers.dialog.close()
    answers.next(tmp_path / "results.xlsx")
    desk.panel.figures.papers.menu().actions()[1].trigger()
    assert HANNAH not in str(read_sheet((tmp_path / "results.xlsx").read_bytes(), "results.xlsx"))
