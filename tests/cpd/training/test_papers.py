"""The papers and spreadsheets of training, read back."""

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from staffdev_desktop.cpd.training import papers, sheets
from staffdev_desktop.cpd.training.due import due_lines
from staffdev_desktop.cpd.training.queries import matrix as read_matrix
from staffdev_desktop.cpd.training.rows import Cell, Matrix, State, TrainingDetails, TrainingRow
from staffdev_desktop.cpd.training.rules import urgency
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.practice import PASSWORD
from staffdev_desktop.school import School
from tests.conftest import MANAGER, TODAY

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
UNTIL = date(2027, 3, 26)


@pytest.fixture(scope="module")
def matrix(practice_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """The practice school’s, the most urgent first."""
    copy = Path(shutil.copytree(practice_file, tmp_path_factory.mktemp("papers") / practice_file.name))
    with clock.frozen_at(TODAY), School.open(copy, name=MANAGER.name, password=PASSWORD) as school:
        found = school.read(read_matrix)
    return replace(found, rows=tuple(sorted(found.rows, key=urgency)))


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def words(*shown: PageObject) -> str:
    return " ".join(" ".join(page.extract_text() for page in shown).split())


def test_the_practice_school_has_picture_05b_in_it(matrix: Matrix) -> None:
    by_name = {row.person.name: dict(zip((each.name for each in matrix.trainings), row.cells, strict=True)) for row in matrix.rows}
    laura = by_name["Laura Fenwick"]["Paediatric first aid"]
    assert (laura.state, laura.until, laura.booked_for) == (State.EXPIRED, date(2026, 10, 12), date(2026, 11, 25))
    assert by_name["Patricia O’Neill"]["Moving and handling"].until == date(2026, 10, 1)
    assert by_name["Paul Mellor"]["Fire marshal"].until == date(2026, 11, 18)
    assert by_name["Steve Garside"]["Asbestos awareness"].until == date(2026, 11, 4)
    assert by_name["Jake Thornton"]["Prevent"].state is State.NOT_YET
    assert by_name["Karen Doyle"]["Paediatric first aid"].certificate
    assert by_name["Colin Brearley"]["Safeguarding"].until == date(2027, 9, 30)
    states = [cell.state for row in matrix.rows for cell in row.cells if cell.required]
    assert (states.count(State.EXPIRED), states.count(State.SOON), states.count(State.NOT_YET)) == (2, 7, 4)


def test_the_matrix_for_an_inspection_lies_across_and_says_what_it_is_not(matrix: Matrix) -> None:
    pdf = papers.matrix_paper(matrix, matrix.rows, "Janet Whitlock", PRINTED)
    assert pdf == papers.matrix_paper(matrix, matrix.rows, "Janet Whitlock", PRINTED)
    shown = pages(pdf)
    assert all(page.mediabox.width > page.mediabox.height for page in shown)
    first, everything = words(shown[0]), words(*shown)
    assert "This is not the single central record" in first
    assert "Printed by Janet Whitlock." in first
    assert "As it stands on Tuesday 20 October 2026" in first
    assert "Paediatric first aid: 6 in date, 1 needed" in first
    assert "12 Oct 2026 booked 25 Nov" in first
    assert "60 of 60 people on roll" in first
    assert "of 60 people on roll" in words(*pages(papers.matrix_paper(matrix, (), "Janet Whitlock", PRINTED)))
    for row in matrix.rows:
        assert everything.count(row.person.name) >= 2, "everybody is on both parts"
    for training in matrix.trainings:
        assert training.name in everything


def test_fifteen_trainings_share_three_sheets_evenly(matrix: Matrix) -> None:
    assert [len(part) for part in papers._parts(13)] == [6, 7]
    assert [len(part) for part in papers._parts(15)] == [5, 5, 5]
    assert [len(part) for part in papers._parts(1)] == [1]
    extra = tuple(TrainingRow(900 + n, 1, TrainingDetails(f"Unusually long name of a training {n}", months=12)) for n in range(2))
    rows = [replace(row, cells=(*row.cells, *[Cell(State.NOT_YET, True)] * 2)) for row in matrix.rows]
    wide = replace(matrix, trainings=(*matrix.trainings, *extra), rows=tuple(rows))
    everything = words(*pages(papers.matrix_paper(wide, rows[:4], "Janet Whitlock", PRINTED)))
    assert "part 3 of 3" in everything
    assert "Unusually long name of a training 1" in everything


def test_what_is_to_be_arranged_stands_by_training(matrix: Matrix) -> None:
    lines = due_lines(matrix, matrix.rows, UNTIL)
    everything = words(*pages(papers.due_paper(lines, UNTIL, "Janet Whitlock", PRINTED)))
    assert "Up to 26 March 2027, the end of the next term." in everything
    assert "Paediatric first aid 4 people" in everything
    assert "Expired 12 Oct 2026 25 Nov 2026" in everything
    assert "Karen Doyle" not in everything
    assert "everything required is in date until then" in words(*pages(papers.due_paper((), UNTIL, "Janet Whitlock", PRINTED)))


def test_everybody_gets_a_sheet_of_what_they_owe(matrix: Matrix) -> None:
    rows = [row for row in matrix.rows if row.person.name in ("Jake Thornton", "Karen Doyle")]
    shown = [words(page) for page in pages(papers.owed_paper(matrix, rows, "Janet Whitlock", PRINTED))]
    jake, karen = shown
    assert "Jake Thornton" in jake
    assert "Karen Doyle" not in jake
    assert jake.index("Still to do") < jake.index("Prevent") < jake.index("In date") < jake.index("Safeguarding")
    assert "give this sheet back to Janet Whitlock" in jake
    assert "Nothing: everything required is in date." in karen
    assert "Moving and handling" in karen


def test_spreadsheets_hold_the_days_as_days(matrix: Matrix) -> None:
    saved = read_sheet(sheets.matrix_sheet(matrix, matrix.rows), "matrix.xlsx")
    assert saved.header[:5] == ("Staff number", "Name", "Post", "Staff group", "Safeguarding")
    assert len(saved.rows) == len(matrix.rows)
    laura = next(row.cells for row in saved.rows if row.cells[1] == "Laura Fenwick")
    assert laura[saved.header.index("Paediatric first aid")] == date(2026, 10, 12)
    assert laura[saved.header.index("Fire marshal")] == "Not needed"
    due = read_sheet(sheets.due_sheet(due_lines(matrix, matrix.rows, UNTIL)), "due.xlsx")
    assert len(due.rows) == 13
    assert sheets.file_name(sheets.MATRIX, TODAY) == "training-matrix-as-of-2026-10-20.pdf"
