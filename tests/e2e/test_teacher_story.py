"""A teacher's appraisal by keyboard, in the real window: from the rehearsal over a handed-over PC to the closed cycle. No printer."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord, Stage
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import services as staff
from staffdev_desktop.staff.rows import HoldingDetails, PersonDetails
from staffdev_desktop.ui import pc_settings
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen
from staffdev_desktop.ui.program import Program
from staffdev_desktop.ui.widgets.buttons import HouseButton
from tests.conftest import MANAGER
from tests.e2e.keyboard import CONTROL, Key, alt, come_back, press
from tests.e2e.person import Person, idle, wait
from tests.e2e.test_whole_way import tab_to

TOM, DAVID = "Tom Ashworth", "David Okafor"
OBJECTIVES = ("Teach fractions with models in hand", "Coach one colleague in Year 5", "Read aloud every day")
WORDS = {
    "discussion": "The class has learned to argue its case in whole sentences.",
    "evidence": "Two visits to lessons, and the books of the spring.",
    "standards_note": "Strong on subject knowledge.",
    "wellbeing": "Reports in June were too much at once; two mornings without a class will help.",
    "three_years": "Leading mathematics.",
}
COMMENTS = "A fair picture of the year."


@pytest.fixture
def small_school(school_path: Path) -> Path:
    """A head, a deputy and one teacher; the file is closed."""
    school = School.open(school_path, name=MANAGER.name, password=MANAGER.password)
    groups = {group.name: group.id for group in school.read(settings.staff_groups)}
    manager = None
    for forename, surname, title, group in (
        ("Helen", "Marsden", "Headteacher", "Leadership"),
        ("David", "Okafor", "Deputy headteacher", "Leadership"),
        ("Tom", "Ashworth", "Year 6 teacher", "Teachers"),
    ):
        details = PersonDetails(surname=surname, forename=forename, staff_group_id=groups[group])
        holding = HoldingDetails(title=title, line_manager_id=manager, starts_on=date(2018, 9, 1))
        manager = school.do(staff.add_person, details=details, starts_on=date(2018, 9, 1), holding=holding)
    school.close()
    return school_path


@pytest.mark.timeout(120)
def test_a_teachers_appraisal_from_the_rehearsal_to_the_closed_cycle(person: Person, small_school: Path) -> None:
    story = Story(person)
    story.sign_in(small_school)
    story.start_a_cycle_for_teachers()
    story.hand_the_pc_over()
    story.fill_in()
    story.agree()
    story.sign_on_the_screen()
    story.hand_back()
    story.close_the_cycle()
    story.close()


class Story:
    """One person at one PC. Every step is done with keys, and looks at what is on screen or on disk."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.program: Any = None

    @property
    def window(self) -> Any:
        """The main window."""
        return self.program.window

    @property
    def screen(self) -> Any:
        """The meeting."""
        return self.window.findChild(MeetingScreen)

    def row(self) -> BoardRow:
        """Tom's review on the board, from disk."""
        (row,) = self.window.school.read(boards.cycle_board, year=2026)
        return row

    def record(self) -> ReviewRecord:
        """Tom's review, from disk."""
        return self.window.school.read(records.review, review_id=self.row().id)

    def reviews(self) -> Any:
        """The PDR tab."""
        come_back(self.window)
        press(Key.Key_3, hold=CONTROL)
        idle()
        return self.window.pages.currentWidget()

    def panel(self) -> Any:
        """Tom's review beside the board."""
        page = self.reviews()
        page.board.focus_board()
        press(Key.Key_Home, "Tom", Key.Key_Return)
        wait(lambda: page.review.review_id() == self.row().id, "Tom’s review")
        return page.review

    # -- the story ------------------------------------------------------------------------------------------------------------

    def sign_in(self, path: Path) -> None:
        """With the password of the business manager."""
        self.program = Program(QApplication.instance(), pc_settings.PcSettings())
        self.program.start(path)
        idle()
        come_back(self.program.sign_in)
        press(MANAGER.password, Key.Key_Return)
        wait(lambda: self.window is not None, "the main window")
        idle()

    def start_a_cycle_for_teachers(self) -> None:
        """Support staff unticked, teachers ticked: the rehearsal follows."""
        self.reviews()
        come_back(self.window)
        alt("e")
        dialog = self.person.sees("Start which cycle?")
        kinds = dict(dialog.kinds)
        for kind in ("support", "teacher"):
            tab_to(kinds[kind])
            press(Key.Key_Space)
        shown = {row.name: row for row in dialog.plan.model.rows()}
        assert [name for name, row in shown.items() if row.included] == [TOM]
        assert shown[TOM].reviewer == DAVID
        assert shown[DAVID].trouble == "Leadership: not in this cycle."
        alt("t")
        self.person.is_done()
        assert (self.row().name, self.row().kind) == (TOM, "teacher")

    def hand_the_pc_over(self) -> None:
        """From now on only this review answers."""
        panel = self.panel()
        tab_to(next(button for button in panel.findChildren(HouseButton) if button.property("verb") == "hand_over"))
        press(Key.Key_Return)
        assert "Hand this PC over" in self.person.asked[-1]
        wait(lambda: self.screen, "the meeting")
        come_back(self.window)
        assert self.screen.handed_over
        press(Key.Key_1, hold=CONTROL)
        assert self.window.meeting.handed_over, "no tab can be reached"

    def fill_in(self) -> None:
        """Every question of the teacher's statement."""
        form = self.screen.form
        alt("y")
        wait(lambda: self.record().board.first_year, "first year here")
        for field_id in ("discussion", "evidence"):
            self.write(field_id)
        tab_to(form.editor("standards_met"))
        press(Key.Key_Space)
        self.write("standards_note")
        for number, objective in enumerate(OBJECTIVES):
            tab_to(form.editor("targets").box(number, "target"))
            press(objective, Key.Key_Tab, "It is seen", Key.Key_Tab, "Time", Key.Key_Tab, "30/4/2027")
        for field_id in ("wellbeing", "three_years"):
            self.write(field_id)
        tab_to(form.editor("comments").words)
        press(COMMENTS)
        for side in ("member", "reviewer"):
            tab_to(form.editor("agreement")._sides[side])
            press(Key.Key_Space)
        wait(lambda: not self.screen.saving.waiting, "autosave")
        answers = self.record().answers
        assert {field_id: answers[field_id] for field_id in WORDS} == WORDS
        assert answers["standards_met"] == chosen_first(self.record().statement_form, "standards_met")
        assert [row["target"] for row in answers["targets"]] == list(OBJECTIVES)
        assert (answers["comments"]["text"], answers["agreement"]) == (COMMENTS, {"member": "agreed", "reviewer": "agreed"})

    def write(self, field_id: str) -> None:
        """Go to a question and answer it."""
        tab_to(self.screen.form.editor(field_id))
        press(WORDS[field_id])

    def agree(self) -> None:
        """Both have read it: lock. The two copies are offered; they will be printed later."""
        alt("g")
        dialog = self.person.sees("Agree and lock")
        alt("r")
        wait(dialog.read.value, "the tick")
        alt("l")
        self.person.sees("Review statement")
        assert self.row().stage is Stage.AGREED
        press(Key.Key_Escape)
        self.person.is_done()

    def sign_on_the_screen(self) -> None:
        """Initials, one after the other."""
        come_back(self.window)
        alt("g")
        dialog = self.person.sees("Sign on this screen?")
        for side, initials in (("member of staff", "TA"), ("reviewer", "DO")):
            tab_to(dialog.fields[side])
            press(initials)
        alt("s")
        self.person.is_done()
        signed = [(each.side, each.initials) for each in self.record().signatures]
        assert signed == [("member of staff", "TA"), ("reviewer", "DO")]

    def hand_back(self) -> None:
        """A wrong password leads nowhere; the right one does."""
        come_back(self.window)
        alt("h")
        dialog = self.person.sees("Take this PC back?")
        press("wrong", Key.Key_Return)
        wait(dialog.password.error, "a sentence beside the password")
        assert self.window.meeting.handed_over
        tab_to(dialog.password)
        press(MANAGER.password, Key.Key_Return)
        self.person.is_done()
        wait(lambda: not self.window.meeting.handed_over, "the PC to be back")
        assert self.row().stage is Stage.SIGNED
        self.panel()

    def close_the_cycle(self) -> None:
        """From the cycle's menu, which opens with the keyboard as well."""
        page = self.reviews()
        tab_to(page.board.line.more)
        press(Key.Key_Space)
        wait(QApplication.activePopupWidget, "the menu")
        choose(QApplication.activePopupWidget(), "close_cycle")
        assert "Close" in self.person.asked[-1]
        (cycle,) = self.window.school.read(boards.cycles)
        assert cycle.closed_on == clock.today()

    def close(self) -> None:
        """The end of the day."""
        come_back(self.window)
        self.window.close()
        wait(lambda: self.window is None, "the program to close")
        idle()


def choose(menu: QMenu, verb: str) -> None:
    """Go down a menu that is open to an entry, and choose it. While a menu is open, keys go to it, wherever the focus is."""
    for _ in menu.actions():
        QTest.keyClick(menu, Key.Key_Down)
        if menu.activeAction().data() == verb:
            break
    QTest.keyClick(menu, Key.Key_Return)


def chosen_first(form: Form, field_id: str) -> str:
    """The first choice of a question."""
    return form.field(field_id).choices[0]
