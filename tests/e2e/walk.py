"""The main job without a screen: makes the practice school, takes Karen Doyle's review to agreed in the real window, leaves the papers.

python tests/e2e/walk.py DIR
"""

import shutil
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from staffdev_desktop.kernel import clock  # noqa: E402
from staffdev_desktop.pdr import sheets  # noqa: E402
from staffdev_desktop.pdr.queries import boards, records  # noqa: E402
from staffdev_desktop.pdr.rows import ReviewRecord, Stage  # noqa: E402
from staffdev_desktop.pdr.services import words  # noqa: E402
from staffdev_desktop.practice import PASSWORD, SCHOOL_NAME, make  # noqa: E402
from staffdev_desktop.practice.cast import MANAGER  # noqa: E402
from staffdev_desktop.school import School  # noqa: E402
from staffdev_desktop.settings import queries as settings  # noqa: E402
from staffdev_desktop.ui import jobs, messages, pc_settings, theme  # noqa: E402
from staffdev_desktop.ui.main_window import MainWindow  # noqa: E402
from staffdev_desktop.ui.pdr.meeting.screen import MeetingScreen  # noqa: E402
from tests.e2e.person import Person, wait  # noqa: E402
from tests.e2e.screenshots import CONTENT, DRAFT, KAREN, Pictures, finish_statement, hush, settle  # noqa: E402


class Walk:
    """One review, from its booked meeting to two papers. `pictures.folder` is where everything is left."""

    def __init__(self, school: School, pictures: Pictures, person: Person) -> None:
        self.school, self.pictures, self.person = school, pictures, person
        year = max(cycle.year for cycle in school.read(boards.cycles))
        self.review_id = next(row.id for row in school.read(boards.cycle_board, year=year) if row.name == KAREN)
        self.window = MainWindow(school, pc_settings.PcSettings())
        self.window.resize(*CONTENT)
        self.window.show()

    def record(self) -> ReviewRecord:
        """The review, from disk."""
        return self.school.read(records.review, review_id=self.review_id, practice=True)

    def papers_before(self) -> None:
        """The self-review sheet and the form for a meeting on paper."""
        logo, return_to = self.school.read(settings.logo), self.school.read(settings.school).return_to
        number = self.record().board.number
        self.leave(sheets.file_name(sheets.SELF_REVIEW, number), sheets.self_review_pdf(self.record(), logo=logo, return_to=return_to))
        self.leave(sheets.file_name(sheets.MEETING_FORM, number), sheets.meeting_form_pdf(self.record(), logo=logo))

    def look_round(self) -> None:
        """Pictures of the tabs."""
        for entry in self.window.pages.entries:
            self.window.show_tab(entry.name)
            self.pictures.take(f"screen-{entry.name}", self.window)

    def hold(self) -> None:
        """The meeting: write, print the draft, agree and lock."""
        for field, value in DRAFT.items():
            self.school.do(words.save_answer, review_id=self.review_id, field=field, value=value)
        draft = self.school.read(records.draft_snapshot, review_id=self.review_id, practice=True)
        self.leave(sheets.file_name(sheets.DRAFT, draft["number"]), sheets.draft_pdf(draft, logo=self.school.read(settings.logo)))
        finish_statement(self.school, self.review_id)
        self.window.hub.meeting_requested.emit(self.review_id)
        settle()
        screen = self.window.findChild(MeetingScreen)
        self.pictures.take("screen-meeting", self.window)
        screen.agree()
        wait(lambda: self.person.dialog is not None, "the question")
        self.person.dialog.read.setChecked(True)
        self.person.dialog.act_button.click()
        assert self.record().board.stage is Stage.AGREED
        settle()
        self.pictures.take("screen-preview-of-both-copies", self.person.dialog)
        self.person.dialog.reject()
        self.pictures.take("screen-agreed", self.window)

    def papers_after(self) -> None:
        """Both copies of the statement."""
        [paper] = self.school.read(records.statement_papers, review_ids=(self.review_id,))
        for copy in ("staff", "hr"):
            name = sheets.file_name(sheets.STATEMENT, paper.number, version=paper.snapshot["version"], copy=copy)
            self.leave(name, sheets.statement_pdf(paper, copy))

    def leave(self, name: str, pdf: bytes) -> None:
        """Write a paper down."""
        (self.pictures.folder / name).write_bytes(pdf)
        print(name, flush=True)

    def close(self) -> None:
        """Take the window off the screen."""
        self.window.hub.let_go()
        self.window.deleteLater()


def main(folder: Path) -> int:
    """Walk the whole way. Returns the exit code."""
    hush()
    app = QApplication([])
    theme.apply("light", 100)
    pictures, person = Pictures(folder), Person()
    pictures.look = "light"
    messages._desk = person
    path = folder / f"{SCHOOL_NAME}.staffdev"
    shutil.rmtree(path, ignore_errors=True)  # from the last time
    make(path, today=clock.today())
    with School.open(path, name=MANAGER, password=PASSWORD) as school:
        walk = Walk(school, pictures, person)
        walk.look_round()
        walk.papers_before()
        walk.hold()
        walk.papers_after()
        walk.close()
        jobs.jobs().stop_all()
    del app
    print(f"\nThe practice school, its papers and pictures are in {folder}. Its password is {PASSWORD}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
