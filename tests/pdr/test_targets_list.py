"""Last year's targets from a list: what each line would do, and that all of it or nothing is taken in."""

from datetime import date

import pytest

from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.writing import write_csv, write_xlsx
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr import importing
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.school import School
from tests.people import Staffed, staff_a_school

HEADER = ("Staff number", "Name", "Target", "Success criteria", "By when", "Agreed on")
CYCLE = cycles.NewCycle("Support staff 2026/27", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))


@pytest.fixture
def staffed(school: School) -> Staffed:
    made = staff_a_school(school)
    invited = [cycles.Invited(made.karen, made.ruth), cycles.Invited(made.ruth, made.helen)]
    school.do(cycles.start_cycle, cycle=CYCLE, invited=invited)
    return made


def known(school: School) -> tuple[importing.Known, ...]:
    rows = school.read(boards.cycle_board, year=2026)
    return tuple(importing.Known(row, school.read(records.review, review_id=row.id).last_targets) for row in rows)


def preview(school: School, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> importing.TargetsPreview:
    sheet, columns = importing.open_target_list(write_xlsx("Targets", header, rows), "targets.xlsx")
    return importing.preview_targets(sheet, columns, known(school))


def targets(school: School, name: str) -> list[str]:
    row = next(row for row in school.read(boards.cycle_board, year=2026) if row.name == name)
    return [target.target for target in school.read(records.review, review_id=row.id).last_targets]


def test_one_target_a_line_belongs_together(school: School, staffed: Staffed) -> None:
    found = preview(
        school,
        ("0103", "Karen Doyle", "Run the phonics group", "Ten children", date(2026, 7, 17), date(2025, 10, 14)),
        ("0103", "Karen Doyle", "Coach two newer assistants", None, "31/5/2026", date(2025, 10, 14)),
    )
    assert [(row.label, row.verdict, row.reasons) for row in found.preview.rows] == [("Karen Doyle", Verdict.NEW, ("2 targets.",))]
    assert found.preview.not_in_list == ("Ruth Pemberton",)
    assert school.do(importing.take_in_target_list, plan=found.plan) == 1
    assert targets(school, "Karen Doyle") == ["Run the phonics group", "Coach two newer assistants"]


def test_several_targets_on_a_line_and_names_in_two_columns(school: School, staffed: Staffed) -> None:
    found = preview(
        school,
        ("Pemberton", "Ruth", "First", "Second", None),
        ("Doyle", "Karen", "Only one", None, None),
        header=("Surname", "Forename", "Target 1", "Target 2", "Target 3"),
    )
    school.do(importing.take_in_target_list, plan=found.plan)
    assert targets(school, "Ruth Pemberton") == ["First", "Second"]
    assert targets(school, "Karen Doyle") == ["Only one"]


def test_twice_changes_nothing_and_one_undo_puts_it_back(school: School, staffed: Staffed) -> None:
    line = ("0103", "Karen Doyle", "Run the phonics group", None, date(2026, 7, 17), None)
    school.do(importing.take_in_target_list, plan=preview(school, line).plan)
    again = preview(school, line)
    assert [row.verdict for row in again.preview.rows] == [Verdict.SAME]
    assert again.plan == ()
    other = preview(school, ("0103", "Karen Doyle", "Something else", None, None, None))
    assert [row.verdict for row in other.preview.rows] == [Verdict.CHANGED]
    school.undo()
    assert targets(school, "Karen Doyle") == []


def test_trouble_is_said_line_by_line(school: School, staffed: Staffed) -> None:
    found = preview(
        school,
        ("0999", "Somebody", "A target", None, None, None),
        (None, "Nobody Here", "A target", None, None, None),
        ("0103", "Karen Doyle", "A good one", None, None, None),
        ("0103", "Karen Doyle", "A bad date", None, "31/2/2026", None),
    )
    reasons = [row.reasons[0] for row in found.preview.rows]
    assert reasons == [
        "Nobody in this cycle has the staff number 0999.",
        "Nobody in this cycle has this name.",
        "Another line of this person is in trouble.",
        "There is no 31 February. Use 28 February or earlier.",
    ]
    assert found.plan == ()


def test_targets_agreed_in_the_program_are_not_replaced(school: School, staffed: Staffed) -> None:
    sheet, columns = importing.open_target_list(write_csv(("Name", "Target"), [("Karen Doyle", "Another")]), "targets.csv")
    row = next(row for row in school.read(boards.cycle_board, year=2026) if row.name == "Karen Doyle")
    found = importing.preview_targets(sheet, columns, [importing.Known(row, (), agreed_here=True)])
    assert found.preview.rows[0].verdict is Verdict.TROUBLE


@pytest.mark.parametrize(
    ("header", "sentence"), [(("Name", "Colour"), "called ‘Target’"), (("Target", "Colour"), "whose targets they are")]
)
def test_a_list_without_what_is_needed_is_refused(header: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        importing.open_target_list(write_csv(header, [("A b", "c d")]), "list.csv")
