"""Draws every screen at 1366 x 768, light and dark, and the papers, from the practice school on Tuesday 20 October 2026.

    python tests/e2e/screenshots.py DIR

Names follow the pictures that the program is built after: 01 overview, 02 staff, 03 board, 04 meeting, 10 sign-in, 11 and 12 papers.
A screen that cannot be drawn is named at the end, and the others are drawn all the same.
"""

import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from staffdev_desktop.kernel import clock  # noqa: E402
from staffdev_desktop.pdr import sheets  # noqa: E402
from staffdev_desktop.pdr.queries import boards, records  # noqa: E402
from staffdev_desktop.pdr.services import statements, words  # noqa: E402
from staffdev_desktop.practice import PASSWORD, make  # noqa: E402
from staffdev_desktop.practice.cast import MANAGER  # noqa: E402
from staffdev_desktop.school import School  # noqa: E402
from staffdev_desktop.schoolfile.opening import KeyHolder  # noqa: E402
from staffdev_desktop.schoolfile.slots import Cost  # noqa: E402
from staffdev_desktop.ui import jobs, messages, pc_settings, theme  # noqa: E402
from staffdev_desktop.ui.main_window import MainWindow  # noqa: E402
from staffdev_desktop.ui.pdf_pages import draw_page, page_sizes  # noqa: E402
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen  # noqa: E402
from staffdev_desktop.ui.set_up import making  # noqa: E402
from staffdev_desktop.ui.set_up.window import SetUp  # noqa: E402
from staffdev_desktop.ui.sign_in import SignIn  # noqa: E402
from tests.e2e import screenshots_cpd  # noqa: E402
from tests.e2e.person import Person, idle, wait  # noqa: E402

NOW = datetime(2026, 10, 20, 8, 47)
CONTENT = (1366, 689)  # what a window at 1366 x 768 has left under its title and above the task bar
PAPER_DPI = 192
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
LOOKS = ("light", "dark")
KAREN = "Karen Doyle"
LATER_TABS = {"cpd": "05-cpd-portfolio", "succession": "06-succession-matrix", "pathways": "08-pathways"}
DRAFT = {
    "discussion": "We looked back at a good year. The reading group grew, and the move to the new assessment system took more evenings "
    "than anybody had planned for. We agreed to keep Friday mornings free of cover.",
    "targets": [
        {
            "target": "Lead one morning of training on reading aloud",
            "success_criteria": "Colleagues can name one thing they changed",
            "support": "Two hours to prepare, without a class",
            "by_when": "2027-04-16",
            "priority": "Every child reads well",
        },
        {
            "target": "Run the library on Tuesdays with two pupil librarians",
            "success_criteria": "Open every week of the spring term",
            "support": "A cupboard with a key",
            "by_when": "2027-03-26",
        },
    ],
}


def hush() -> None:
    """Leave out what Qt says of the offscreen platform with every window; anything else goes to stderr."""

    def say(_kind: object, _where: object, words: str) -> None:
        if not words.startswith("This plugin does not support"):
            print(words, file=sys.stderr)

    qInstallMessageHandler(say)


class Pictures:
    """Where pictures go, and which could not be drawn."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.look, self.failed = folder, "", list[str]()
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, widget: QWidget) -> None:
        """A picture of a window as it is now."""
        settle()
        self.keep(f"{name}-{self.look}", widget.grab().toImage())

    def keep(self, name: str, picture: QImage) -> None:
        """Write a picture down."""
        assert picture.save(str(self.folder / f"{name}.png")), name
        print(f"{name}.png", flush=True)

    def attempt(self, draw: Callable[[], object]) -> None:
        """Draw; what goes wrong is told and does not stop the rest."""
        try:
            draw()
        except Exception:
            traceback.print_exc()
            self.failed.append(f"{draw.__name__} {self.look}".strip())


def settle(least: float = 0.15) -> None:
    """Until jobs are done, and what is painted late is painted."""
    idle()
    end = time.monotonic() + least
    while time.monotonic() < end:
        QApplication.processEvents()
    idle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs here that would


class Screens:
    """The program's windows in one look, over a copy of the practice school."""

    def __init__(self, pictures: Pictures, path: Path, person: Person) -> None:
        self.pictures, self.path, self.person = pictures, path, person
        self.school = School.open(path, name=MANAGER, password=PASSWORD)
        self.karen = next(row.id for row in self.school.read(boards.cycle_board, year=NOW.year) if row.name == KAREN)
        self.window = MainWindow(self.school, pc_settings.PcSettings(theme=pictures.look))
        self.window.resize(*CONTENT)
        self.window.show()

    def close(self) -> None:
        """Take it off the screen."""
        self.window.hub.let_go()
        self.window.close()
        self.window.deleteLater()
        self.school.close()

    def all(self) -> None:
        """Every screen, in the order of their numbers."""
        for draw in (
            self.overview,
            self.search,
            self.staff,
            self.add_person,
            self.staff_list,
            self.board,
            self.review_panel,
            self.calendar,
            self.start_cycle,
            self.type_in,
            self.booking,
            self.preview,
            self.later_tabs,
            self.cpd,
            self.settings,
            self.meeting,
        ):
            self.pictures.attempt(draw)
            self.close_dialogs()

    def take(self, name: str) -> None:
        """The main window."""
        self.window.notification.close_now()
        self.pictures.take(name, self.window)

    def take_dialog(self, name: str) -> None:
        """The dialog that was just opened."""
        wait(lambda: self.person.dialog is not None and self.person.dialog.isVisible(), f"the dialog of {name}")
        self.pictures.take(name, self.person.dialog)

    def close_dialogs(self) -> None:
        """Put away what stands over the window."""
        if self.person.dialog is not None:
            self.person.dialog.reject()
            self.person.dialog = None
        settle(0)

    # -- the screens ----------------------------------------------------------------------------------------------------------

    def overview(self) -> None:
        self.window.show_tab("overview")
        self.take("01-overview")

    def search(self) -> None:
        self.window.header.search.setFocus()
        self.window.header.search.setText("do")
        settle()
        self.take("01b-search")
        self.window.header.search.clear()

    def staff(self) -> None:
        tab = self.window.show_tab("staff")
        row = next(row for row in tab.model.rows() if row.person.name == KAREN)
        tab.open_person(row.id)
        tab.focus_first()
        self.take("02-staff")

    def add_person(self) -> None:
        self.window.show_tab("staff").doing.add_person()
        self.take_dialog("02b-add-person")

    def staff_list(self) -> None:
        tab = self.window.show_tab("staff")
        self.person.file = self.path.parent / "Staff list.csv"
        lines = ["Staff No,Surname,Forename,Job title,Hours per week", "0114,Doyle,Karen,Higher level teaching assistant,30"]
        lines += ["0201,Haworth,Elin,Teaching assistant,27.5", ",Haworth,,Cook,", "0202,Brandt,Omar,Midday supervisor,ten"]
        self.person.file.write_text("\n".join(lines), encoding="utf-8")
        tab.take_in()
        wait(lambda: tab.import_page.model.rowCount(), "the preview of the list")
        self.take("02c-staff-list")
        tab.import_page.back.click()

    def board(self) -> None:
        tab = self.window.show_tab("pdr")
        tab.board.model.set_ticked([row.id for row in tab.board.model.shown_rows()[:3]])
        tab.focus_first()
        self.take("03-pdr-cycle-board")
        tab.board.model.clear_ticks()

    def review_panel(self) -> None:
        self.window.show_tab("pdr").open_review(self.karen)
        self.take("03b-review")

    def calendar(self) -> None:
        tab = self.window.show_tab("pdr")
        tab.view.button("calendar").click()
        self.take("03c-calendar")
        tab.view.button("board").click()

    def start_cycle(self) -> None:
        self.window.show_tab("pdr").actions.start_cycle()
        self.take_dialog("03d-start-a-cycle")

    def type_in(self) -> None:
        self.window.show_tab("pdr").actions.do("type_in", (self.karen,))
        self.take_dialog("03e-type-in-a-sheet")

    def booking(self) -> None:
        self.window.show_tab("pdr").actions.do("book", (self.karen,))
        self.take_dialog("03f-book-a-meeting")

    def preview(self) -> None:
        self.window.show_tab("pdr").actions.do("print_sheets", (self.karen,))
        settle()
        self.take_dialog("03g-preview")

    def later_tabs(self) -> None:
        for entry in self.window.pages.entries:
            if entry.name in LATER_TABS:
                self.window.show_tab(entry.name)
                self.take(LATER_TABS[entry.name])

    def cpd(self) -> None:
        screenshots_cpd.draw(self)

    def settings(self) -> None:
        self.window.open_settings()
        settle()
        dialog = self.person.dialog
        for number in range(dialog.list.count()):
            dialog.list.setCurrentRow(number)
            page = dialog.list.item(number).text().casefold().replace(" ", "-").replace(",", "")
            self.pictures.take(f"20{chr(ord('a') + number)}-settings-{page}", dialog)

    def meeting(self) -> None:
        for field, value in DRAFT.items():
            self.school.do(words.save_answer, review_id=self.karen, field=field, value=value)
        with self.held() as screen:
            screen.focus_first()
            self.take("04-pdr-meeting")
        finish_statement(self.school, self.karen)
        with self.held() as screen:
            screen.agree()
            self.take_dialog("04b-agree-and-lock")
            self.close_dialogs()
        self.school.do(statements.agree_statement, review_id=self.karen, practice=True)
        with self.held():
            self.take("04c-agreed")

    @contextmanager
    def held(self) -> Iterator[MeetingScreen]:
        """Karen Doyle's meeting, until it is left."""
        self.window.hub.meeting_requested.emit(self.karen)
        settle()
        screen = self.window.findChild(MeetingScreen)
        yield screen
        screen.leave()
        settle()


def finish_statement(school: School, review_id: int) -> None:
    """What is still missing before Karen Doyle's statement is agreed."""
    last = school.read(records.review, review_id=review_id, practice=True).last_targets
    outcomes = [{"outcome": "met", "note": "Seen every Friday.", "reason": ""} for _ in last]
    rest = {
        "outcomes": outcomes,
        "interim": {"planned": True, "when": "2027-03-12"},
        "job_description": "Yes",
        "needs": [{"need": "First aid at work", "how": "Course of three days", "who": MANAGER, "by_when": "2027-02-12"}],
        "three_years": "A teaching apprenticeship, if one comes up.",
        "comments": {"text": "Thank you for the time this took.", "none": False},
        "agreement": {"member": "agreed", "reviewer": "agreed"},
    }
    for field, value in rest.items():
        school.do(words.save_answer, review_id=review_id, field=field, value=value)


def first_windows(pictures: Pictures, path: Path) -> None:
    """Sign-in, screen lock, and the three steps of the first run."""
    for name, options in (("10-sign-in", {}), ("10b-locked", {"locked": "Locked at 08:47, after 10 minutes without use"})):
        sign_in = SignIn(path, **options)
        sign_in.show()
        pictures.take(name, sign_in)
        sign_in.close()
        sign_in.deleteLater()
    with tempfile.TemporaryDirectory() as folder:
        set_up = SetUp()
        set_up.show()
        QTest.keyClicks(set_up.school.name.editor, "Riverbank Primary Academy")
        pictures.take("10c-first-run-school", set_up)
        set_up._go(1)
        pictures.take("10d-first-run-password", set_up)
        dates = set_up.school.terms.value()
        assert dates is not None
        holder = KeyHolder(MANAGER, "School business manager", "nine blue kettles sing")
        plan = making.Plan(Path(folder) / path.name, "Riverbank Primary Academy", NOW.year, *dates, holder)
        set_up._drafted(making.begin(plan, CHEAP))
        pictures.take("10e-first-run-recovery-sheet", set_up)
        set_up.hide()
        set_up.deleteLater()


def papers(pictures: Pictures, path: Path) -> None:
    """11: the sheet; 12a to 12c: both copies of an agreed statement."""
    with School.open(path, name=MANAGER, password=PASSWORD) as school:
        karen = next(row.id for row in school.read(boards.cycle_board, year=NOW.year) if row.name == KAREN)
        record = school.read(records.review, review_id=karen, practice=True)
        _pages(pictures, "11-self-review-sheet", sheets.self_review_pdf(record, logo=None, return_to=f"{MANAGER}, school office"))
        _pages(pictures, "11b-meeting-form", sheets.meeting_form_pdf(record, logo=None))
        for field, value in DRAFT.items():
            school.do(words.save_answer, review_id=karen, field=field, value=value)
        finish_statement(school, karen)
        school.do(statements.agree_statement, review_id=karen, practice=True)
        [paper] = school.read(records.statement_papers, review_ids=(karen,))
        _pages(pictures, "12-review-statement", sheets.statement_pdf(paper, "staff"))
        _pages(pictures, "12-review-statement-hr-copy", sheets.statement_pdf(paper, "hr"))
        for name, pdf in screenshots_cpd.drawn_papers(school):
            _pages(pictures, name, pdf)


def _pages(pictures: Pictures, name: str, pdf: bytes) -> None:
    for page in range(len(page_sizes(pdf))):
        pictures.keep(f"{name}-page-{page + 1}", draw_page(pdf, page, PAPER_DPI))


@contextmanager
def copied(path: Path, folder: Path) -> Iterator[Path]:
    """A copy that may be changed."""
    place = folder / "copy" / path.name
    yield Path(shutil.copytree(path, place))
    shutil.rmtree(place.parent)


def main(folder: Path) -> int:
    """Draw everything. Returns the exit code: 1 if something could not be drawn."""
    hush()
    app = QApplication([])
    app.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeMenuBar)
    pictures, person = Pictures(folder), Person()
    messages._desk = person
    with clock.frozen_at(NOW), tempfile.TemporaryDirectory() as place:
        path = Path(place) / "Riverbank Primary Academy.staffdev"
        make(path, today=NOW.date(), cost=CHEAP)
        for look in LOOKS:
            pictures.look = look
            theme.apply(look, 100)
            pictures.attempt(lambda: first_windows(pictures, path))
            with copied(path, Path(place)) as copy:
                screens: Any = Screens(pictures, copy, person)
                screens.all()
                screens.close()
                settle()
        pictures.look = ""
        with copied(path, Path(place)) as copy:
            pictures.attempt(lambda: papers(pictures, copy))
    jobs.jobs().stop_all()
    for name in pictures.failed:
        print(f"Not drawn: {name}", file=sys.stderr)
    return 1 if pictures.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
