"""Find out why somebody is 1.25 hours behind, by keyboard, in the real window: from the list to the rule, the entries and one of them."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.ui import pc_settings
from staffdev_desktop.ui.cpd.ledger.why import WhyDialog
from staffdev_desktop.ui.cpd.log.entry_dialog import EntryDialog
from staffdev_desktop.ui.cpd.log.panel import LogPanel
from staffdev_desktop.ui.cpd.school.panel import SchoolPanel
from staffdev_desktop.ui.program import Program
from tests.e2e.keyboard import CONTROL, Key, alt, come_back, press
from tests.e2e.person import Person, idle, wait

HANNAH = "Hannah Cole"
TWILIGHT = "Twilight: the new reading scheme"


@pytest.mark.timeout(120)
def test_why_hannah_is_behind(person: Person, practice_path: Path) -> None:
    story = Story(person)
    story.sign_in(practice_path)
    story.find_hannah()
    story.read_the_rule()
    story.see_what_does_not_count()
    story.go_to_the_entry()
    story.close()


class Story:
    """The business manager at the PC. Every step is done with keys and looks at what is on screen."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.program: Any = None

    @property
    def window(self) -> Any:
        """The main window."""
        return self.program.window

    @property
    def tab(self) -> Any:
        """The CPD portfolio."""
        return self.window.pages.currentWidget()

    def sign_in(self, path: Path) -> None:
        """With the password of the practice school."""
        self.program = Program(QApplication.instance(), pc_settings.PcSettings())
        self.program.start(path)
        idle()
        come_back(self.program.sign_in)
        press(PASSWORD, Key.Key_Return)
        wait(lambda: self.window is not None, "the main window")
        idle()

    def find_hannah(self) -> None:
        """The school comes first; letters find her in the list of those who are behind."""
        come_back(self.window)
        press(Key.Key_4, hold=CONTROL)
        idle()
        assert isinstance(self.tab.panel, SchoolPanel)
        press(HANNAH)
        shown = self.tab.panel.hours.model.row_of(self.tab.panel.hours.table.chosen_id())
        assert (shown.person.name, shown.behind) == (HANNAH, 75)
        press(Key.Key_Return)
        self.why = self.person.sees(f"Why is {HANNAH} 1.25 hours behind?")
        assert isinstance(self.why, WhyDialog)

    def read_the_rule(self) -> None:
        """Alt+1 is the autumn term: what is owed, factor by factor."""
        alt("1")
        wait(lambda: self.why.parts.value() == 0, "the autumn term")
        idle()
        said = [label.text() for label in self.why.findChildren(QLabel) if label.isVisible()]
        assert "1.25 hours behind: 0.5 counted, 1.75 due by now." in said
        assert "4 hours a term for Teachers" in said
        assert "Due by 20 Oct: 35 of 73 school days have gone by, 1.92 rounded down to a quarter hour" in said

    def see_what_does_not_count(self) -> None:
        """The lines behind the number come to half an hour; two hours of INSET are listed beside them, with the reason."""
        lines = self.why.model.shown_rows()
        assert sum(line.minutes for line in lines if line.counts) == 30
        (inset,) = [line for line in lines if line.activity == TWILIGHT]
        assert (inset.minutes, inset.why_not) == (120, "INSET does not count towards hours owed")
        self.why.table.setFocus()
        press(TWILIGHT[:4])
        while self.why.table.chosen_id() != inset.id:
            press(Key.Key_Down)

    def go_to_the_entry(self) -> None:
        """Enter opens it in her log."""
        press(Key.Key_Return)
        entry = self.person.sees("")
        assert isinstance(entry, EntryDialog)
        assert isinstance(self.tab.panel, LogPanel)
        assert self.tab.panel.person.name == HANNAH
        assert entry.fields["activity"].value() == TWILIGHT
        press(Key.Key_Escape)
        self.person.is_done()

    def close(self) -> None:
        """Close the window as the business manager does."""
        come_back(self.window)
        self.window.close()
        idle()
