"""What is handed out of somebody’s CPD, on screen: asked for by keyboard, shown or saved."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.importing_files import open_entries
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.exchange.tokens import LogToken
from staffdev_desktop.school import School
from staffdev_desktop.ui.cpd.portfolio.dialogs import PortfolioDialog, open_portfolio
from staffdev_desktop.ui.cpd.portfolio.making import Kind, PortfolioMaker
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.jobs import jobs
from staffdev_desktop.ui.preview import Preview
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.people import Staffed

Key = Qt.Key


@pytest.fixture
def staffed(staffed: Staffed) -> Staffed:
    school, found = staffed.school, staffed
    for day, what in ((date(2025, 11, 3), "Coaching"), (date(2026, 9, 14), "Phonics")):
        school.do(services.add_entry, person_id=found.karen, details=EntryDetails(day, 60, what, impact="It helped"))
    school.do(services.add_entry, person_id=found.ruth, details=EntryDetails(date(2026, 9, 14), 60, "Another’s"))
    return found


@pytest.fixture
def page(qtbot: QtBot, house: QApplication, school: School, staffed: Staffed) -> Iterator[QWidget]:
    made = QWidget()
    made.hub = Hub(2026, made)
    made.maker = PortfolioMaker(school, made.hub, made)
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not jobs().running)


def asked(page: QWidget, staffed: Staffed, answers) -> PortfolioDialog:
    open_portfolio(page, page.maker, "Karen Doyle", staffed.karen, 2026)
    return answers.dialog


def chosen(qtbot: QtBot, dialog: PortfolioDialog, kind: Kind) -> None:
    """Choose what to make by keyboard, and make it."""
    editor = dialog.kind.editor
    editor.setFocus()
    for _ in range(list(Kind).index(kind)):
        qtbot.keyClick(editor, Key.Key_Down)
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: not jobs().running)


def test_the_dialog_offers_what_fits(qtbot: QtBot, page: QWidget, staffed: Staffed, answers) -> None:
    dialog = asked(page, staffed, answers)
    assert not clashes(dialog)
    assert dialog.standards.isEnabled()
    dialog.kind.editor.setFocus()
    for _ in range(list(Kind).index(Kind.SHEET)):
        qtbot.keyClick(dialog.kind.editor, Key.Key_Down)
    assert not dialog.standards.isEnabled()
    assert (dialog.time.value(), dialog.time.isEnabled()) == (2026, False)
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert dialog.asked is None


def test_the_paper_is_shown(qtbot: QtBot, page: QWidget, staffed: Staffed, answers) -> None:
    chosen(qtbot, asked(page, staffed, answers), Kind.PAPER)
    qtbot.waitUntil(lambda: isinstance(answers.dialog, Preview))
    assert answers.dialog.windowTitle() == "CPD portfolio"
    answers.dialog.reject()


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (Kind.STORY_PAGE, "story.html", "In the autumn term"),
        (Kind.STORY_TEXT, "story.txt", "In the autumn term"),
        (Kind.LOG_CSV, "log.csv", "Coaching"),
    ],
)
def test_words_are_saved(qtbot: QtBot, page: QWidget, staffed: Staffed, answers, tmp_path: Path, kind: Kind, name: str, words: str) -> None:
    answers.next(tmp_path / name)
    with qtbot.waitSignal(page.hub.notified) as told:
        chosen(qtbot, asked(page, staffed, answers), kind)
    assert told.args[0] == f"{name} is saved"
    written = (tmp_path / name).read_text(encoding="utf-8-sig")
    assert words in written
    assert "Another’s" not in written


def test_the_package_is_saved(qtbot: QtBot, page: QWidget, staffed: Staffed, answers, tmp_path: Path) -> None:
    answers.next(tmp_path / "0103")  # the ending is put behind it
    chosen(qtbot, asked(page, staffed, answers), Kind.PACKAGE)
    with zipfile.ZipFile(tmp_path / "0103.zip") as packed:
        assert packed.namelist()[:3] == ["index.html", "portfolio.pdf", "log.csv"]
        assert packed.read("portfolio.pdf").startswith(b"%PDF-")
    answers.next("")
    chosen(qtbot, asked(page, staffed, answers), Kind.PACKAGE)
    assert len(list(tmp_path.glob("*.zip"))) == 1


def test_the_sheet_for_home_is_of_this_person_and_year(
    qtbot: QtBot, page: QWidget, school: School, staffed: Staffed, answers, tmp_path: Path
) -> None:
    answers.next(tmp_path / "sheet.xlsx")
    chosen(qtbot, asked(page, staffed, answers), Kind.SHEET)
    content = (tmp_path / "sheet.xlsx").read_bytes()
    opened = open_entries(content, "sheet.xlsx", key=school.form_key, file_id=school.file_id)
    assert opened.token == LogToken(staffed.karen, 2026, school.file_id)
    assert [line.cell(2) for line in opened.sheet.rows if not line.blank] == ["Phonics"]  # that of last year is not on it
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"dataValidation" in book.read("xl/worksheets/sheet1.xml")


def test_sheets_for_everybody_come_back_each_to_their_own(
    qtbot: QtBot, page: QWidget, school: School, staffed: Staffed, answers, tmp_path: Path
) -> None:
    people = school.read(queries.people)
    (tmp_path / "out").mkdir()
    answers.next("", tmp_path / "out")
    page.maker.save_sheets(people, 2026)
    with qtbot.waitSignal(page.hub.notified) as told:
        page.maker.save_sheets(people, 2026)
    assert told.args[0] == "3 log sheets saved"
    found = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in found] == [f"cpd-log-sheet-{number}-as-of-2026-10-20.xlsx" for number in ("0101", "0102", "0103")]
    tokens = [open_entries(path.read_bytes(), path.name, key=school.form_key, file_id=school.file_id).token for path in found]
    assert [token.person_id for token in tokens] == [staffed.helen, staffed.ruth, staffed.karen]


def test_the_whole_log_is_saved(qtbot: QtBot, page: QWidget, staffed: Staffed, answers, tmp_path: Path) -> None:
    answers.next(tmp_path / "all.csv")
    page.maker.save_whole_log(2026, Kind.LOG_CSV)
    qtbot.waitUntil(lambda: (tmp_path / "all.csv").exists())
    written = (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    assert "Another’s" in written
    assert "Coaching" not in written
