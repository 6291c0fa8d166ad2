"""A spreadsheet of CPD through the door of a real school: all or nothing, one undo, and twice is once."""

from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role
from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.exporting import write_log
from staffdev_desktop.cpd.log.importing import NO_ANSWERS, Answers, EntryPreview, take_in_plan
from staffdev_desktop.cpd.log.importing_files import Shape, open_entries, preview
from staffdev_desktop.cpd.log.importing_kinds import ADD, choices_of
from staffdev_desktop.cpd.log.known import known_log
from staffdev_desktop.cpd.log.person_sheet import write_person_sheet
from staffdev_desktop.cpd.log.rows import EntriesTakenIn, EntryDetails
from staffdev_desktop.cpd.log.rules import STRANDS
from staffdev_desktop.cpd.log.taking_in import take_in_entries
from staffdev_desktop.cpd.quality.services import assure
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.exchange.tokens import LogToken
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.school import School
from tests.people import Staffed

SHEET = (
    "Name,Date,Hours,Activity,Kind\n"
    "Karen Doyle,14/09/2026,1.5,Phonics,Twilight\n"
    "Ruth Pemberton,14/09/2026,1.5,Phonics,Twilight\n"
    "Karen Doyle,14/09/2015,1,Before her time,Course\n"
)


def previewed(school: School, data: bytes | str, name: str = "cpd.csv", answers: Answers = NO_ANSWERS) -> EntryPreview:
    content = data.encode() if isinstance(data, str) else data
    return preview(open_entries(content, name, key=school.form_key, file_id=school.file_id), school.read(known_log), answers)


def log_of(school: School, person_id: int | None = None) -> tuple:
    return school.read(queries.entries, person_id=person_id)


def test_taken_in_once_undone_at_once_and_twice_is_once(school: School, staffed: Staffed) -> None:
    first = previewed(school, SHEET)
    answers = Answers({}, choices_of(first.unknown_kinds, ADD))
    plan = take_in_plan(previewed(school, SHEET, answers=answers))
    assert school.do(take_in_entries, plan=plan) == EntriesTakenIn(new=2, changed=0, people=2)
    assert [(row.name, row.kind, row.details.minutes) for row in log_of(school)] == [
        ("Ruth Pemberton", "Twilight", 90),
        ("Karen Doyle", "Twilight", 90),
    ]
    again = previewed(school, SHEET)
    assert [row.verdict for row in again.rows] == [Verdict.SAME, Verdict.SAME, Verdict.TROUBLE]
    assert not again.changes
    assert not school.check()
    school.undo()
    assert not log_of(school)
    assert "Twilight" not in [kind.name for kind in school.read(queries.kinds)]


def test_one_line_that_no_longer_fits_keeps_all_out(school: School, staffed: Staffed) -> None:
    plan = take_in_plan(previewed(school, SHEET))
    full = EntryDetails(date(2026, 9, 14), 23 * 60, "A night away")
    school.do(services.add_entry, person_id=staffed.ruth, details=full)
    with pytest.raises(UserError, match=r"Row 3, Ruth Pemberton: .* A day has 24\. Nothing was taken in\."):
        school.do(take_in_entries, plan=plan)
    assert len(log_of(school)) == 1


def test_taking_in_can_be_stopped_and_nothing_is_kept(school: School, staffed: Staffed) -> None:
    class Stopped(Exception):
        pass

    def step(done: int, of: int) -> None:
        if done:
            assert (done, of) == (1_000, 1_200)
            raise Stopped

    lines = "".join(f"Karen Doyle,{1 + line % 28}/{1 + line % 8}/2026,0.25,Drop-in {line}\n" for line in range(1_200))
    plan = take_in_plan(previewed(school, f"Name,Date,Hours,Activity\n{lines}"))
    with pytest.raises(Stopped):
        school.do(take_in_entries, plan=plan, step=step)
    assert not log_of(school)
    assert school.undoable() is None or school.undoable().service != "take_in_entries"


def test_words_are_added_to_a_line_that_is_there_unless_it_moved_on(school: School, staffed: Staffed) -> None:
    entry_id = school.do(services.add_entry, person_id=staffed.karen, details=EntryDetails(date(2026, 9, 14), 90, "Phonics"))
    plan = take_in_plan(previewed(school, "Name,Date,Hours,Activity,Impact\nKaren Doyle,14/09/2026,1.5,phonics,Pupils read on\n"))
    stale = [replace(change, revision=9) for change in plan]
    with pytest.raises(Conflict):
        school.do(take_in_entries, plan=stale)
    assert school.do(take_in_entries, plan=plan).changed == 1
    row = school.read(queries.entry, entry_id=entry_id)
    assert (row.details.impact, row.details.activity) == ("Pupils read on", "Phonics")


def test_a_plan_changes_no_line_of_somebody_else_nor_one_that_was_checked_since(school: School, staffed: Staffed) -> None:
    told = EntryDetails(date(2026, 9, 14), 90, "Phonics", impact="Pupils read on")
    entry_id = school.do(services.add_entry, person_id=staffed.karen, details=told)
    plan = take_in_plan(previewed(school, "Name,Date,Hours,Activity,Provider\nKaren Doyle,14/09/2026,1.5,Phonics,The hub\n"))
    for_ruth = [replace(change, person_id=staffed.ruth) for change in plan]
    with pytest.raises(Conflict):
        school.do(take_in_entries, plan=for_ruth)
    school.do(assure, entry_id=entry_id, revision=1)
    row = school.read(queries.entry, entry_id=entry_id)
    with pytest.raises(Conflict):
        school.do(take_in_entries, plan=[replace(change, revision=row.revision) for change in plan])
    assert not school.read(queries.entry, entry_id=entry_id).details.provider


class _Reviewer:
    """Somebody who may keep CPD of their own reports only, and runs nothing."""

    actor = Actor(99, "A Reviewer", Role.REVIEWER)


def test_who_may_not_run_cpd_sees_their_own_reports_and_adds_no_kinds(
    school: School, staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = take_in_plan(previewed(school, SHEET, answers=Answers({}, {"twilight": ADD})))
    monkeypatch.setattr(school, "actor", _Reviewer.actor)
    assert not _Reviewer.actor.may(Permission.RUN_CPD)
    known = school.read(known_log)
    assert not known.people
    assert not known.may_add_kinds
    with pytest.raises(UserError, match="may not add kinds"):
        school.do(take_in_entries, plan=plan)
    with pytest.raises(UserError, match="not in the school file"):
        school.do(take_in_entries, plan=[replace(change, new_kind="") for change in plan])
    with pytest.raises(NotAllowed):
        school.do(begin_cpd)


def test_what_goes_out_comes_back_and_changes_nothing(school: School, staffed: Staffed) -> None:
    school.do(
        services.add_entry, person_id=staffed.karen, details=EntryDetails(date(2026, 9, 14), 95, "-1 °C, “=1+1”", kind_id=2, pence=1250)
    )
    school.do(services.add_entry, person_id=staffed.ruth, details=EntryDetails(date(2026, 9, 15), 15, "Drop-in", led=True, impact="A\nB"))
    people = {person.id: person for person in school.read(queries.people)}
    before = log_of(school)
    for name in ("log.csv", "log.xlsx"):
        out = write_log(before, people, name)
        assert [row.verdict for row in previewed(school, out, name).rows] == [Verdict.SAME, Verdict.SAME]
    school.do(services.remove_entries, entry_ids=[row.id for row in before])
    school.do(take_in_entries, plan=take_in_plan(previewed(school, out, name)))
    assert [(row.name, row.details) for row in log_of(school)] == [(row.name, row.details) for row in before]


def test_the_log_goes_out_with_formulas_defused_and_only_as_a_list(school: School, staffed: Staffed) -> None:
    school.do(services.add_entry, person_id=staffed.karen, details=EntryDetails(date(2026, 9, 14), 90, '=HYPERLINK("x")'))
    people = {person.id: person for person in school.read(queries.people)}
    out = write_log(log_of(school), people, "log.csv").decode("utf-8-sig")
    assert "'=HYPERLINK" in out
    assert '"=HYPERLINK' not in out
    with pytest.raises(UserError, match=r"\.csv or \.xlsx"):
        write_log((), people, "log.pdf")


# -- one person's own sheet ---------------------------------------------------------------------------------------------------


def own_sheet(school: School, person_id: int, name: str, file_id: str | None = None) -> bytes:
    return write_person_sheet(
        name,
        LogToken(person_id, 2026, file_id or school.file_id),
        school.form_key,
        entries=log_of(school, person_id),
        kinds=school.read(queries.kinds),
        strands=STRANDS,
    )


def filled_in(data: bytes, *lines: tuple) -> bytes:
    """The sheet as it comes back: the lines of it with these beneath, saved by another program (its looks are lost, its cells are not)."""
    from staffdev_desktop.exchange.writing import write_xlsx

    sheet = read_sheet(data, "own.xlsx", ("Date", "Hours", "What it was"))
    first, *others = [*(line.cells for line in sheet.above), sheet.header, *(line.cells for line in sheet.rows), *lines]
    return write_xlsx("Log", [str(cell or "") for cell in first], others)


def test_a_persons_own_sheet_comes_back_against_them_and_their_year(school: School, staffed: Staffed) -> None:
    entry_id = school.do(services.add_entry, person_id=staffed.karen, details=EntryDetails(date(2026, 9, 14), 90, "Phonics"))
    blank = own_sheet(school, staffed.karen, "Karen Doyle")
    assert [row.verdict for row in previewed(school, blank, "own.xlsx").rows] == [Verdict.SAME]
    back = filled_in(
        blank,
        (date(2026, 10, 1), 0.25, "Drop-in on reading aloud", "15-minute drop-in"),
        (date(2025, 10, 1), 0.25, "Last year", "15-minute drop-in"),
    )
    opened = open_entries(back, "own.xlsx", key=school.form_key, file_id=school.file_id)
    assert opened.shape is Shape.OWN_SHEET
    assert opened.token == LogToken(staffed.karen, 2026, school.file_id)
    found = previewed(school, back, "own.xlsx")
    assert [row.verdict for row in found.rows] == [Verdict.SAME, Verdict.NEW, Verdict.TROUBLE]
    assert found.rows[2].reasons == ("1 October 2025 is not in 2026/27, the year of this sheet.",)
    school.do(take_in_entries, plan=take_in_plan(found))
    assert [row.details.activity for row in log_of(school, staffed.karen)] == ["Drop-in on reading aloud", "Phonics"]
    assert school.read(queries.entry, entry_id=entry_id).details.minutes == 90


def test_a_sheet_of_another_school_or_with_a_changed_mark_is_refused(school: School, staffed: Staffed) -> None:
    with pytest.raises(UserError, match="from another school file"):
        previewed(school, own_sheet(school, staffed.karen, "Karen Doyle", "another"), "own.xlsx")
    foreign = write_person_sheet("Karen Doyle", LogToken(staffed.karen, 2026, school.file_id), b"x" * 32)
    with pytest.raises(UserError, match="not from this school"):
        previewed(school, foreign, "own.xlsx")
    nobody = own_sheet(school, 999, "Nobody")
    with pytest.raises(UserError, match="not in the school file any more"):
        previewed(school, nobody, "own.xlsx")
