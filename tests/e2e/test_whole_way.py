"""The main job from an empty PC to two papers in the print queue, by keyboard, in the real window (issue 2, ‘Why’)."""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import BoardRow, ReviewRecord, Stage
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui import pc_settings, printing
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen
from staffdev_desktop.ui.program import Program
from staffdev_desktop.ui.widgets.buttons import HouseButton
from tests.e2e.keyboard import Key, alt, come_back, control, press, replace
from tests.e2e.person import Person, idle, wait
from tests.e2e.printer import SchoolPrinter

SCHOOL, MANAGER, PASSWORD = "Riverbank Primary Academy", "Janet Whitlock", "nine blue kettles sing"
LIST = (
    ("Staff No", "Surname", "Forename", "Job title", "Staff group", "Line manager", "Start date", "Hours per week"),
    ("0101", "Marsden", "Helen", "Headteacher", "Leadership", "", date(2015, 9, 1), 37),
    ("0102", "Pemberton", "Ruth", "Assistant headteacher", "Leadership", "Helen Marsden", date(2017, 9, 1), 37),
    ("0103", "Doyle", "Karen", "Higher level teaching assistant", "Teaching assistants", "Ruth Pemberton", date(2019, 1, 7), 32.5),
    ("0104", "Wójcik", "Łucja", "Cleaner", "Site", "Helen Marsden", date(2022, 4, 25), 12.5),
    ("0105", "Thornton", "Jake", "Teaching assistant", "Teaching assistants", "Ruth Pemberton", date(2024, 9, 2), 27.5),
)
SHEET = {
    "went_well": "The Friday reading group grew from four children to eleven.",
    "difficult": "The new assessment system came in the middle of a term.",
}
WORDS = {
    "discussion": "We talked about Łucja’s group, about reading, and what a good week looks like.",
    "target 1": "Lead one morning of training on reading aloud",
    "target 2": "Run the library on Tuesdays",
    "target 3": "Shadow the SENDCo for a day each term",
    "criteria": "Colleagues say that it helped",
    "support": "Two hours a week without a class",
    "need": "First aid at work",
    "how": "A course of three days",
    "who": "School business manager",
    "three years": "A teaching apprenticeship, if one comes up.",
    "comments": "Thank you for the time this took, and for the cake.",
}


@pytest.mark.timeout(240)  # it waits for its turn at the printer
def test_from_an_empty_pc_to_both_copies_in_the_print_queue(
    person: Person, printer: SchoolPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    way = Way(person, printer, tmp_path, qtbot)
    way.catch_what_is_printed(monkeypatch)
    way.set_up_the_school()
    way.take_in_the_staff_list()
    way.start_a_cycle()
    way.print_the_sheets()
    way.type_in_the_sheet()
    way.book_the_meeting()
    way.hold_the_meeting()
    way.agree()
    first = way.print_both_copies()
    way.leave_the_meeting()
    way.rename_karen()
    way.close()
    edit_the_form(monkeypatch)
    way.start_again()
    assert way.print_the_statement_again() == first
    way.close()
    way.look_at_every_paper()


@dataclass
class Way:
    """One person at one PC, from the first start on. Every step is done with keys, and looks at what is on screen or on disk."""

    person: Person
    printer: SchoolPrinter
    folder: Path
    qtbot: Any
    printed: list[bytes] = field(default_factory=list, repr=False)  # what was handed to the printer, paper by paper
    program: Any = None

    def catch_what_is_printed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep the bytes on their way to the printer: what arrives there is a picture."""
        real = printing.print_pdf

        def print_pdf(pdf: bytes, *rest: Any) -> int:
            self.printed.append(pdf)
            return real(pdf, *rest)

        monkeypatch.setattr(printing, "print_pdf", print_pdf)
        self.person.queue = self.printer.queue

    # -- small things ---------------------------------------------------------------------------------------------------------

    @property
    def window(self) -> Any:
        """The main window."""
        return self.program.window

    @property
    def school(self) -> Any:
        """The school file that is open, to look at what is on disk."""
        return self.window.school

    def tab(self, number: int) -> Any:
        """Go to a tab by its number."""
        come_back(self.window)
        press(Qt.Key(ord(str(number))), hold=Qt.KeyboardModifier.ControlModifier)
        idle()
        return self.window.pages.currentWidget()

    def row(self, name: str) -> BoardRow:
        """A person's review on the board, from disk."""
        return next(row for row in self.school.read(boards.cycle_board, year=2026) if row.name == name)

    def record(self) -> ReviewRecord:
        """Karen Doyle's review, from disk."""
        return self.school.read(records.review, review_id=self.row("Karen Doyle").id)

    def choose_karen(self) -> Any:
        """Find Karen Doyle on the board by typing her name, and open her review beside it."""
        page = self.tab(3)
        page.board.focus_board()
        press(Key.Key_Home, "Karen")
        press(Key.Key_Return)
        wait(lambda: page.review.review_id() == self.row("Karen Doyle").id, "Karen’s review")
        return page.review

    def press_verb(self, verb: str) -> None:
        """Go with Tab to a button of the review's panel, and press it."""
        panel = self.choose_karen()
        tab_to(next(button for button in panel.findChildren(HouseButton) if button.property("verb") == verb))
        press(Key.Key_Return)

    def print_from_preview(self, title: str) -> bytes:
        """The preview: print, to the queue, until it is in it. Returns the bytes that were handed over."""
        before = len(self.printed)
        self.person.sees(title)
        alt("p")
        wait(lambda: len(self.printed) > before, "the printer")
        self.person.is_done()
        return self.printed[-1]

    # -- the way ----------------------------------------------------------------------------------------------------------------

    def set_up_the_school(self) -> None:
        """Three steps; the recovery sheet goes to the printer, and one part of what it says is typed back."""
        self.program = Program(QApplication.instance(), pc_settings.PcSettings())
        self.program.start(None)
        set_up = self.program.set_up
        come_back(set_up)
        press(SCHOOL)
        alt("s")
        alt("x")
        wait(lambda: set_up.pages.currentIndex() == 1, "the second step")
        alt("n")
        press(MANAGER)
        alt("p")
        press(PASSWORD)
        alt("a")
        press(PASSWORD)
        alt("x")
        wait(lambda: set_up.pages.currentIndex() == 2, "the third step")
        idle()
        alt("p")
        wait(lambda: set_up.recovery.typed.isEnabled(), "the recovery sheet to be printed")
        code = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3,}\b", words_of(self.printed[0]))
        assert code, "the code is on the sheet"
        assert code[0] not in set_up.recovery.code.text(), "it is hidden once it is on paper"
        group = int(re.search(r"group (\d)", set_up.recovery.typed.label.text())[1])
        alt("t")
        press(code[0].split("-")[group - 1])
        alt("c")
        wait(lambda: self.program.window is not None, "the main window")

    def take_in_the_staff_list(self) -> None:
        """A second key-holder is asked for; then the list that was put ready is shown, and taken in."""
        self.person.file = write_list(self.folder / "staff.xlsx")
        dialog = self.person.sees("Who else can open")
        press("Helen Marsden")
        alt("p")
        press("a password of the head")
        tab_to(dialog.password.second.editor)
        press("a password of the head")
        press(Key.Key_Return)
        self.person.is_done()
        assert len(self.school.key_holders()) == 2
        come_back(self.window)
        page = self.window.pages.currentWidget().import_page
        wait(lambda: page.take.isEnabled(), "the preview of the list")
        assert page.counts.text() == "5 new"
        alt("t")
        wait(lambda: len(self.school.read(staff.people_list)) == 5, "five people on disk")
        idle()

    def start_a_cycle(self) -> None:
        """The support staff's PDR; who is in it, and who is not, is shown before."""
        page = self.tab(3)
        come_back(self.window)
        alt("e")
        dialog = self.person.sees("Start which cycle?")
        shown = {row.name: row for row in dialog.plan.model.rows()}
        assert [name for name, row in shown.items() if row.included] == ["Karen Doyle", "Jake Thornton", "Łucja Wójcik"]
        assert shown["Karen Doyle"].reviewer == "Ruth Pemberton"
        alt("t")
        self.person.is_done()
        come_back(self.window)
        wait(lambda: page.board.model.rowCount() == 3, "the board")

    def print_the_sheets(self) -> None:
        """Tick everybody, print, and the stages follow."""
        page = self.tab(3)
        page.board.focus_board()
        control("a")
        alt("p")
        pdf = self.print_from_preview("Self-review sheets")
        assert len(PdfReader(as_file(pdf)).pages) % 3 == 0
        assert {"Karen", "Jake", "Łucja"} <= set(words_of(pdf).split())
        wait(lambda: self.row("Karen Doyle").stage is Stage.OUT, "the stage")

    def type_in_the_sheet(self) -> None:
        """What Karen wrote."""
        self.press_verb("type_in")
        dialog = self.person.sees("Karen Doyle’s self-review sheet")
        for field_id, words in SHEET.items():
            tab_to(dialog.form.editor(field_id))
            press(words)
        control("s")
        self.person.is_done()
        assert {key: self.record().sheet_answers[key] for key in SHEET} == SHEET

    def book_the_meeting(self) -> None:
        """Today, in the library."""
        self.press_verb("book")
        self.person.sees("When is Karen Doyle’s meeting?")
        alt("d")
        replace("20/10/2026")
        alt("t")
        replace("13:30")
        alt("p")
        replace("Library")
        press(Key.Key_Return)
        self.person.is_done()
        assert self.row("Karen Doyle").dates.booked_for == datetime(2026, 10, 20, 13, 30)

    def hold_the_meeting(self) -> None:
        """The window is handed to two people, who fill in the form from the top."""
        self.press_verb("meet")
        wait(lambda: self.window.findChild(MeetingScreen), "the meeting")
        come_back(self.window)
        screen = self.window.findChild(MeetingScreen)
        assert not self.window.header.isVisible()
        assert SHEET["went_well"] in all_words(screen)
        form = screen.form
        alt("y")
        wait(lambda: self.record().board.first_year, "first year here")
        self.fill_in(form)
        wait(lambda: not screen.saving.waiting, "autosave")
        assert self.record().answers["discussion"] == WORDS["discussion"]

    def fill_in(self, form: Any) -> None:
        """Every question, in the order of Tab."""
        tab_to(form.editor("discussion"))
        press(WORDS["discussion"])
        targets = form.editor("targets")
        for number in range(3):
            tab_to(targets.box(number, "target"))
            press(WORDS[f"target {number + 1}"], Key.Key_Tab, WORDS["criteria"], Key.Key_Tab, WORDS["support"], Key.Key_Tab, "30/4/2027")
        needs = form.editor("needs")
        tab_to(needs.box(0, "need"))
        press(WORDS["need"], Key.Key_Tab, WORDS["how"], Key.Key_Tab, WORDS["who"], Key.Key_Tab, "12/2/2027")
        tab_to(form.editor("three_years"))
        press(WORDS["three years"])
        tab_to(form.editor("comments").words)
        press(WORDS["comments"])
        for side in ("member", "reviewer"):
            tab_to(form.editor("agreement")._sides[side])
            press(Key.Key_Space)

    def agree(self) -> None:
        """Both have read it: lock."""
        alt("g")
        dialog = self.person.sees("Agree and lock")
        alt("r")
        wait(dialog.read.value, "the tick")
        alt("l")
        wait(lambda: self.row("Karen Doyle").stage is Stage.AGREED, "the statement to be agreed")

    def print_both_copies(self) -> bytes:
        """They are offered at once."""
        pdf = self.print_from_preview("Review statement")
        words = " ".join(words_of(pdf).split())
        for written in (
            *WORDS.values(),
            "STAFF COPY",
            "HR COPY",
            self.record().statements[-1].fingerprint,
            "Karen Doyle",
            "Ruth Pemberton",
        ):
            assert words.count(written) >= (1 if "COPY" in written else 2), f"not on both papers: {written}"
        wait(lambda: all(copy.printed_at for copy in self.record().copies), "the receipt of both copies")
        return pdf

    def leave_the_meeting(self) -> None:
        """Header and tabs come back."""
        come_back(self.window)
        alt("t")
        wait(lambda: not self.window.findChild(MeetingScreen), "the meeting to end")
        assert self.window.header.isVisible()

    def rename_karen(self) -> None:
        """She marries."""
        page = self.tab(2)
        page.focus_first()
        press(Key.Key_Home, "Karen")
        press(Key.Key_F2)
        self.person.sees("What has changed for Karen Doyle?")
        alt("u")
        replace("Ashworth-Doyle")
        alt("s")
        self.person.is_done()
        assert self.row("Karen Ashworth-Doyle")

    def close(self) -> None:
        """Close the program; a backup is made."""
        self.window.close()
        wait(lambda: self.program.window is None, "the program to close")
        idle()
        assert list((Path(self.folder) / "user data" / "Backups").glob("*.staffdev-backup"))

    def start_again(self) -> None:
        """The next day: the password is asked for."""
        self.program = Program(QApplication.instance(), pc_settings.load())
        self.program.start(None)
        idle()
        come_back(self.program.sign_in)
        press(PASSWORD, Key.Key_Return)
        wait(lambda: self.program.window is not None, "the main window")
        idle()

    def print_the_statement_again(self) -> bytes:
        """From the board."""
        page = self.tab(3)
        page.board.focus_board()
        press(Key.Key_Home, "Karen", Key.Key_Space)
        alt("t")
        return self.print_from_preview("Review statement")

    def look_at_every_paper(self) -> None:
        """What came out of the printer is what we drew, page by page; and every PDF is sound."""
        papers = self.printer.papers(len(self.printed), within=90)
        for number, (ours, paper) in enumerate(zip(self.printed, papers, strict=True)):
            place = self.folder / f"paper {number}"
            place.mkdir()
            (place / "ours.pdf").write_bytes(ours)
            shutil.copy(paper, place / "theirs.pdf")
            for pdf in ("ours.pdf", "theirs.pdf"):
                subprocess.run(["qpdf", "--check", place / pdf], check=True, capture_output=True)
            mine, theirs = pictures(place, "ours"), pictures(place, "theirs")
            assert len(mine) == len(theirs) == len(PdfReader(place / "ours.pdf").pages)
            for page, (one, other) in enumerate(zip(mine, theirs, strict=True), 1):
                assert difference(one, other) < 6, f"paper {number}, page {page} came out different"


# --- helpers -----------------------------------------------------------------------------------------------------------------------


def tab_to(there: QWidget, most: int = 120) -> None:
    """Press Tab until the keyboard is there, or inside. Raises AssertionError when it goes round without coming by."""
    for _ in range(most):
        now = QApplication.focusWidget()
        if now is not None and (now is there or there.isAncestorOf(now)):
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not get to {there.accessibleName() or there}")


def write_list(to: Path) -> Path:
    """A staff list as a school program gives it."""
    with xlsxwriter.Workbook(to) as book:
        sheet, day = book.add_worksheet("Staff"), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, line in enumerate(LIST):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(number + 2, column, datetime.combine(cell, datetime.min.time()), day)
                else:
                    sheet.write(number + 2, column, cell)
        sheet.write(0, 0, "Staff list, October 2026")
    return to


def edit_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement's form that ships with the program changes: other words, in another order."""
    from dataclasses import replace as changed

    from staffdev_desktop.formkit import reading

    forms = tuple(
        changed(form, title="Another title", intro="Other words.", sections=tuple(reversed(form.sections)), version=form.version + 1)
        if form.id == "support-statement"
        else form
        for form in reading.shipped_forms()
    )
    monkeypatch.setattr(reading, "shipped_forms", lambda: forms)


def all_words(widget: QWidget) -> str:
    """What can be read on a part of the window."""
    return " ".join(str(part.text()) for part in widget.findChildren(QWidget) if hasattr(part, "text"))


def words_of(pdf: bytes) -> str:
    """The words in a PDF, as pdftotext reads them."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def as_file(pdf: bytes) -> Any:
    """The bytes, to be read."""
    from io import BytesIO

    return BytesIO(pdf)


def pictures(place: Path, name: str) -> list[Image.Image]:
    """Each page as pdftoppm draws it, in grey, small enough that one dot more or less makes no difference."""
    subprocess.run(["pdftoppm", "-r", "60", "-gray", place / f"{name}.pdf", place / name], check=True, capture_output=True)
    return [Image.open(path).convert("L") for path in sorted(place.glob(f"{name}-*.pgm"))]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pages, 0 to 255, after scaling to the same size."""
    size = (one.width // 4, one.height // 4)
    return float(ImageStat.Stat(ImageChops.difference(one.resize(size), other.resize(size))).mean[0])
