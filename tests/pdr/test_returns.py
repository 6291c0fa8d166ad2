"""Fillable forms out and back: whose each is, what is doubtful, what is taken in, and that one undo puts it back."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from staffdev_desktop.exchange import pdf_forms
from staffdev_desktop.formkit.boxes import choice_mark
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.queries.returns import review_by_number
from staffdev_desktop.pdr.returns import ReturnRow, Verdict, judged, read_file
from staffdev_desktop.pdr.rows import ReviewRecord, Stage
from staffdev_desktop.pdr.services import closing, cycles, words
from staffdev_desktop.pdr.services.returns import take_in_returns
from staffdev_desktop.pdr.services.statements import agree_statement
from staffdev_desktop.school import School
from staffdev_desktop.settings import services as settings
from tests.conftest import CHEAP, MANAGER, TODAY
from tests.faults.spoiled_pdfs import WORDS, fill, spoil
from tests.people import Staffed, staff_a_school

OLD = (words.OldTarget("Run the reading group", by_when=date(2026, 7, 20)), words.OldTarget("Coach newer colleagues"))
SAID = {"help": WORDS, "went_well": "Reading.", "last_targets:1:outcome": "/c1", "last_targets:2:note": "Half the year"}


class Office:
    """A school with two reviews, and a folder that forms go to and come back from."""

    def __init__(self, school: School, folder: Path) -> None:
        self.school, self.folder = school, folder
        self.people: Staffed = staff_a_school(school)
        new = cycles.NewCycle("Support 2026/27", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
        invited = [cycles.Invited(self.people.karen, self.people.ruth), cycles.Invited(self.people.ruth, self.people.helen)]
        self.cycle = school.do(cycles.start_cycle, cycle=new, invited=invited)
        rows = {row.person_id: row.id for row in school.read(boards.cycle_board, year=2026)}
        self.karen, self.ruth = rows[self.people.karen], rows[self.people.ruth]

    def record(self, review_id: int) -> ReviewRecord:
        return self.school.read(records.review, review_id=review_id)

    def sheet(self, review_id: int) -> bytes:
        return sheets.fillable_sheet_pdf(self.record(review_id), key=self.school.form_key, file_id=self.school.file_id, logo=None)

    def meeting_form(self, review_id: int) -> bytes:
        return sheets.fillable_meeting_form_pdf(self.record(review_id), key=self.school.form_key, file_id=self.school.file_id, logo=None)

    def put(self, name: str, data: bytes, saved: datetime = datetime(2026, 10, 1, 9, 0)) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        os.utime(path, (saved.timestamp(),) * 2)
        return path

    def look(self, *paths: Path, year: int = 2026) -> tuple[ReturnRow, ...]:
        files = [read_file(path, self.school.form_key) for path in paths]
        find = lambda number: self.school.read(review_by_number, number=number)  # noqa: E731
        return judged(files, find, file_id=self.school.file_id, year=year, today=TODAY)

    def take(self, *rows: ReturnRow) -> int:
        return self.school.do(take_in_returns, returns=[row.taken for row in rows])


@pytest.fixture
def office(school: School, tmp_path: Path) -> Office:
    folder = tmp_path / "returned"
    folder.mkdir()
    return Office(school, folder)


@pytest.fixture
def with_targets(office: Office) -> Office:
    office.school.do(words.take_in_last_targets, review_id=office.karen, targets=OLD)
    return office


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[School]:
    """Another school's file."""
    path = tmp_path / "neighbour" / "Larkfield Primary School.staffdev"
    path.parent.mkdir()
    School.create(path, school_name="Larkfield Primary School", holder=MANAGER, cost=CHEAP)
    with School.open(path, name=MANAGER.name, password=MANAGER.password) as school:
        school.do(settings.begin_school, name="Larkfield Primary School", year=2026)
        yield school


def changed(pdf: bytes, change: Callable[[PdfWriter, dict[str, Any]], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    change(writer, {field.get_object()["/T"]: field.get_object() for field in writer.root_object["/AcroForm"]["/Fields"]})  # type: ignore[index]
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def the_only(rows: tuple[ReturnRow, ...], verdict: Verdict) -> ReturnRow:
    (row,) = rows
    assert row.verdict is verdict, row.reasons
    return row


# A sheet


def test_a_sheet_goes_out_comes_back_exactly_and_is_put_back_by_one_undo(with_targets: Office) -> None:
    office = with_targets
    row = the_only(office.look(office.put("back.pdf", fill(office.sheet(office.karen), SAID))), Verdict.READY)
    assert row.record is not None
    assert (row.record.person, row.record.person_post, row.record.cycle.year) == ("Karen Doyle", "Higher level teaching assistant", 2026)
    said = {line.question: line.words for line in row.lines}
    assert WORDS in said.values()
    assert "1. Run the reading group: Met\n2. Coach newer colleagues: Half the year" in said.values()
    assert office.record(office.karen).sheet_answers == {}, "nothing is taken in by looking"
    assert office.take(row) == 1
    record = office.record(office.karen)
    assert record.sheet_answers["help"] == WORDS
    assert record.sheet_answers["last_targets"][0] == {
        "target": "Run the reading group",
        "by_when": "2026-07-20",
        "agreed_on": "",
        "outcome": "met",
    }
    assert (record.board.stage, record.board.dates.returned_on) == (Stage.RETURNED, TODAY)
    office.school.undo()
    record = office.record(office.karen)
    assert (record.sheet_answers, record.board.stage) == ({}, Stage.NOT_STARTED)


def test_the_same_form_twice_changes_nothing(with_targets: Office) -> None:
    office = with_targets
    path = office.put("back.pdf", fill(office.sheet(office.karen), SAID))
    row = the_only(office.look(path), Verdict.READY)
    office.take(row)
    before, changes = office.record(office.karen), office.school.changes_made
    again = the_only(office.look(path), Verdict.SAME)
    assert office.take(again) == 0
    assert (office.record(office.karen), office.school.changes_made) == (before, changes)
    with pytest.raises(Conflict):
        office.take(row)  # what was shown is no longer what stands there


def test_a_second_return_shows_both_answers_and_replaces_the_whole_sheet(office: Office) -> None:
    empty = office.sheet(office.karen)
    office.take(*office.look(office.put("one.pdf", fill(empty, {"help": "A laptop", "went_well": "Reading."}))))
    row = the_only(office.look(office.put("two.pdf", fill(empty, {"help": "A desk"}))), Verdict.QUESTION)
    assert row.reasons == ("A sheet came back on Tuesday 20 October already. Taking this one in replaces it.",)
    shown = {(line.words, line.now) for line in row.lines if line.words or line.now}
    assert shown == {("A desk", "A laptop"), ("", "Reading.")}
    office.take(row)
    assert {key: value for key, value in office.record(office.karen).sheet_answers.items() if value} == {"help": "A desk"}
    office.school.undo()
    assert office.record(office.karen).sheet_answers["went_well"] == "Reading."


def test_of_two_returns_the_newer_is_proposed_by_the_forms_own_date_or_the_files(office: Office) -> None:
    empty = office.sheet(office.karen)

    def dated(day: str) -> Callable[[PdfWriter, Any], None]:
        return lambda writer, _: writer.add_metadata({"/ModDate": f"D:{day}100000"})

    first = office.put("first.pdf", fill(empty, {"help": "One"}), datetime(2026, 10, 5))
    second = office.put("second.pdf", fill(empty, {"help": "Two"}), datetime(2026, 10, 6))
    rows = office.look(first, second)
    assert [row.verdict for row in rows] == [Verdict.QUESTION, Verdict.READY]
    assert rows[0].reasons == ("Two returns of one form: ‘second.pdf’ is newer: 6 Oct, 00:00.",)
    older = office.put("second.pdf", changed(fill(empty, {"help": "Two"}), dated("20260901")), datetime(2026, 10, 19))
    assert [row.verdict for row in office.look(first, older)] == [Verdict.READY, Verdict.QUESTION]
    copy = office.put("copy.pdf", first.read_bytes(), datetime(2026, 10, 4))
    rows = office.look(first, copy)
    assert [row.verdict for row in rows] == [Verdict.READY, Verdict.SAME]
    rows = office.look(first, office.put("twin.pdf", fill(empty, {"help": "Two"}), datetime(2026, 10, 5)))
    assert [row.verdict for row in rows] == [Verdict.QUESTION] * 2
    with pytest.raises(UserError, match="Two returns of one form are ticked"):
        office.take(*rows)
    assert office.record(office.karen).sheet_answers == {}


# What is wrong


def test_a_folder_with_every_kind_of_trouble(with_targets: Office, tmp_path: Path, neighbour: School) -> None:
    office = with_targets
    sound = office.sheet(office.karen)
    filled = fill(sound, SAID)

    def locked(writer: PdfWriter, _: Any) -> None:
        writer.encrypt("secret")

    def renamed(_: PdfWriter, fields: dict[str, Any]) -> None:
        fields["help"][NameObject("/T")] = TextStringObject("help2")

    def another_number(_: PdfWriter, fields: dict[str, Any]) -> None:
        token = fields["staffdev:form"]
        token[NameObject("/V")] = TextStringObject("x" + str(token["/V"])[1:])

    def flat(writer: PdfWriter, _: Any) -> None:
        del writer.root_object["/AcroForm"]
        for page in writer.pages:
            page.pop("/Annots", None)

    next_door = Office(neighbour, tmp_path)
    stranger = next_door.sheet(next_door.karen)
    restored = sheets.fillable_sheet_pdf(office.record(office.karen), key=office.school.form_key, file_id="another", logo=None)
    files = {
        "encrypted.pdf": (changed(filled, locked), "locked with a password"),
        "truncated.pdf": (filled[: len(filled) // 3], "damaged"),
        "flattened.pdf": (changed(filled, flat), "no boxes to read"),
        "huge.pdf": (filled + b"\0" * pdf_forms.LARGEST_FILE, "larger than 20 MB"),
        "renamed.pdf": (changed(filled, renamed), "1 box missing or renamed"),
        "edited.pdf": (changed(filled, another_number), "was changed"),
        "stranger.pdf": (fill(stranger, {"help": "x"}), "not from this school’s file"),
        "another file.pdf": (fill(restored, {"help": "x"}), "another school file"),
        "letter.pdf": (b"Dear all", "not a PDF"),
        "empty.pdf": (b"", "is empty"),
        "untouched.pdf": (sound, "Nothing is filled in"),
        "too long.pdf": (fill(sound, {"help": "x" * 30_000}), "30,000 characters"),
    }
    rows = office.look(*(office.put(name, data) for name, (data, _) in files.items()), office.folder / "gone.pdf")
    for row, (name, (_, why)) in zip(rows, files.items(), strict=False):
        assert row.verdict is Verdict.TROUBLE, name
        assert why in row.reasons[0], (name, row.reasons)
        assert row.taken is None
    assert "cannot be opened" in rows[-1].reasons[0]
    assert office.record(office.karen).sheet_answers == {}


def test_an_agreed_review_a_closed_cycle_another_year_and_a_deleted_review(with_targets: Office) -> None:
    office = with_targets
    path = office.put("back.pdf", fill(office.sheet(office.karen), SAID))
    row = the_only(office.look(path, year=2027), Verdict.QUESTION)
    assert row.reasons == ("It belongs to 2026/27; you are looking at 2027/28.",)
    files = [read_file(path, office.school.form_key)]
    (gone,) = judged(files, lambda _: None, file_id=office.school.file_id, year=2026, today=TODAY)
    assert gone.reasons == ("There is no review PDR-2026-0001 here any more.",)
    board = office.record(office.karen).board
    office.school.do(cycles.set_standing, review_id=board.id, revision=board.revision, away=True, exempt=False, reason="Private")
    assert the_only(office.look(path), Verdict.QUESTION).reasons == ("This person is away.",)
    ready = the_only(office.look(path), Verdict.QUESTION)
    _agree(office, office.karen)
    assert "agreed and locked" in the_only(office.look(path), Verdict.TROUBLE).reasons[0]
    with pytest.raises(UserError, match="PDR-2026-0001 is agreed and locked"):
        office.take(ready)
    closed = replace(office.record(office.ruth), cycle=replace(office.record(office.ruth).cycle, closed_on=TODAY))
    file = read_file(office.put("ruth.pdf", fill(office.sheet(office.ruth), {"help": "x"})), office.school.form_key)
    (row,) = judged([file], lambda _: closed, file_id=office.school.file_id, year=2026, today=TODAY)
    assert (row.verdict, row.reasons) == (Verdict.TROUBLE, ("Support 2026/27 is closed.",))


def test_nothing_is_taken_into_a_closed_cycle(office: Office) -> None:
    row = the_only(office.look(office.put("back.pdf", fill(office.sheet(office.karen), {"help": "x"}))), Verdict.READY)
    for review_id in (office.karen, office.ruth):
        board = office.record(review_id).board
        office.school.do(cycles.set_standing, review_id=review_id, revision=board.revision, away=False, exempt=True, reason="Private")
    cycle = office.record(office.karen).cycle
    office.school.do(closing.close_cycle, cycle_id=cycle.id, revision=cycle.revision)
    with pytest.raises(UserError, match="closed"):
        office.take(row)


def _agree(office: Office, review_id: int) -> None:
    written = {
        "discussion": "We looked back.",
        "targets": [{"target": "One"}],
        "comments": {"text": "", "none": True},
        "agreement": {"member": "agreed", "reviewer": "agreed"},
        "outcomes": [{"outcome": "met"}, {"outcome": "met"}],
    }
    for field, value in written.items():
        office.school.do(words.save_answer, review_id=review_id, field=field, value=value)
    office.school.do(agree_statement, review_id=review_id)


def test_a_mended_file_another_name_and_a_new_form_version_are_not_simply_ready(office: Office) -> None:
    filled = fill(office.sheet(office.karen), {"help": "x"})
    mended = filled.replace(b"startxref\n", b"startxref\n1")
    assert "mended" in the_only(office.look(office.put("mended.pdf", mended)), Verdict.QUESTION).reasons[0]
    path = office.put("back.pdf", filled)
    office.people.rename_karen("Kit", "Marlowe")
    assert "The name Kit Marlowe is not printed on it" in the_only(office.look(path), Verdict.QUESTION).reasons[0]
    record = office.record(office.karen)
    newer = replace(record, sheet_form=replace(record.sheet_form, version=2))
    (row,) = judged([read_file(path, office.school.form_key)], lambda _: newer, file_id=office.school.file_id, year=2026, today=TODAY)
    assert row.verdict is Verdict.TROUBLE
    assert "another version" in row.reasons[0]


def test_what_is_said_about_targets_that_changed_since_is_never_given_to_another(with_targets: Office) -> None:
    office = with_targets
    path = office.put("back.pdf", fill(office.sheet(office.karen), SAID))
    reworded = (words.OldTarget("Run the maths group"), OLD[1])
    office.school.do(words.take_in_last_targets, review_id=office.karen, targets=reworded)
    row = the_only(office.look(path), Verdict.QUESTION)
    assert row.reasons == ("Last year’s targets are worded differently on it. Check what it says about each of them.",)
    office.school.do(words.take_in_last_targets, review_id=office.karen, targets=OLD[1:])
    row = the_only(office.look(path), Verdict.QUESTION)
    assert "left out" in row.reasons[0]
    office.take(row)
    answers = office.record(office.karen).sheet_answers
    assert (answers["last_targets"], answers["help"]) == ([], WORDS)


# A meeting form


def test_a_meeting_form_fills_the_draft_and_one_undo_empties_it(with_targets: Office) -> None:
    office = with_targets
    said = {
        "discussion": WORDS,
        "outcomes:1:outcome": f"/{choice_mark(3)}",
        "outcomes:2:outcome": "/c1",
        "outcomes:2:note": "Three of them",
        "targets:1:target": "Lead a training morning",
        "targets:1:by_when": "30/4/2027",
        "targets:2:target": "Learn sign language",
        "targets:2:by_when": "Easter",
        "needs:1:need": "Sign language course",
        "needs:1:state": "asked for",
        "comments:text": "A good meeting.",
        "agreement:member": "/c1",
    }
    path = office.put("form.pdf", fill(office.meeting_form(office.karen), said))
    row = the_only(office.look(path), Verdict.QUESTION)
    assert row.reasons == (
        "‘Easter’ is not a date: it is kept as words.",
        "‘asked for’ is not a state of a need: it is kept as words.",
    )
    assert row.taken is not None
    assert office.take(replace(row, taken=replace(row.taken, held_on=date(2026, 10, 19)))) == 1
    record = office.record(office.karen)
    assert (record.board.stage, record.held_on) == (Stage.DRAFT, date(2026, 10, 19))
    assert record.answers["discussion"] == WORDS
    assert record.answers["agreement"] == {"member": "agreed"}
    targets = [(row["target"], row["by_when"]) for row in record.answers["targets"]]
    assert targets == [
        ("Lead a training morning", "2027-04-30"),
        ("Learn sign language\nBy when: Easter", ""),
        ("Run the reading group", ""),
    ]
    assert [(each.outcome, each.note) for each in record.last_targets] == [("carried forward", ""), ("met", "Three of them")]
    assert record.answers["needs"][0]["need"] == "Sign language course\nState: asked for"
    assert the_only(office.look(path), Verdict.SAME).reasons == ("These answers are in the review already.",)
    office.school.undo()
    record = office.record(office.karen)
    assert record.board.stage is Stage.NOT_STARTED
    assert not any(record.answers[key] for key in ("targets", "needs"))
    assert "discussion" not in record.answers


def test_a_meeting_form_keeps_what_it_does_not_answer_and_asks_before_it_replaces(office: Office) -> None:
    office.school.do(words.save_answer, review_id=office.karen, field="discussion", value="Typed in the meeting")
    office.school.do(words.save_answer, review_id=office.karen, field="comments", value={"text": "Typed too", "none": False})
    path = office.put("form.pdf", fill(office.meeting_form(office.karen), {"discussion": "Written at home"}))
    row = the_only(office.look(path), Verdict.QUESTION)
    assert row.reasons == ("Words stand in the statement already. Taking this one in replaces those marked.",)
    assert [(line.words, line.now) for line in row.lines if line.replaces] == [("Written at home", "Typed in the meeting")]
    office.take(row)
    answers = office.record(office.karen).answers
    assert (answers["discussion"], answers["comments"]["text"]) == ("Written at home", "Typed too")


def test_last_years_targets_written_on_the_meeting_form_are_taken_in_with_their_outcomes(office: Office) -> None:
    said = {"outcomes:1:target": "Run the reading group", "outcomes:1:outcome": "/c1", "outcomes:2:outcome": "/c2", "discussion": "x"}
    path = office.put("form.pdf", fill(office.meeting_form(office.karen), said))
    row = the_only(office.look(path), Verdict.QUESTION)
    assert row.reasons == ("An outcome of last year has no target beside it: it is left out.",)
    office.take(row)
    assert [(each.target, each.outcome) for each in office.record(office.karen).last_targets] == [("Run the reading group", "met")]
    assert the_only(office.look(path), Verdict.SAME)


def test_many_are_taken_in_at_once_or_none(office: Office) -> None:
    rows = office.look(
        office.put("karen.pdf", fill(office.sheet(office.karen), {"help": "One"})),
        office.put("ruth.pdf", fill(office.sheet(office.ruth), {"help": "Two"})),
    )
    office.school.do(words.type_in_sheet, review_id=office.ruth, answers={"help": "Typed in meanwhile"}, returned_on=TODAY)
    with pytest.raises(Conflict, match="PDR-2026-0002"):
        office.take(*rows)
    assert office.record(office.karen).sheet_answers == {}
    office.school.undo()
    assert office.take(*rows) == 2
    office.school.undo()
    assert office.record(office.karen).sheet_answers == office.record(office.ruth).sheet_answers == {}


# Keys and names


def test_each_school_signs_with_a_key_of_its_own_which_is_not_the_records_key(school: School, neighbour: School) -> None:
    assert len(school.form_key) == 32
    assert school.form_key != neighbour.form_key
    assert school.form_key != school._opened.keys.records
    assert school.file_id != neighbour.file_id


def test_a_copy_of_the_file_reads_what_the_file_sent_out(office: Office, tmp_path: Path) -> None:
    path = office.put("back.pdf", fill(office.sheet(office.karen), {"help": "x"}))
    office.school.close()
    copy = Path(shutil.copytree(office.school.path, tmp_path / "copy.staffdev"))
    with School.open(copy, name="Janet Whitlock", password="correct horse battery") as again:
        office.school = again
        assert the_only(office.look(path), Verdict.READY)


def test_file_names_carry_numbers_and_never_a_name(office: Office) -> None:
    karen, ruth = office.record(office.karen).board, office.record(office.ruth).board
    assert sheets.fillable_name(sheets.SELF_REVIEW, karen, [karen, ruth]) == "self-review-0103.pdf"
    twice = replace(ruth, staff_number=karen.staff_number)
    assert sheets.fillable_name(sheets.SELF_REVIEW, karen, [karen, twice]) == "self-review-PDR-2026-0001.pdf"
    for odd in ("", "doyle", "../1", "12/3", "1 2"):
        named = replace(karen, staff_number=odd)
        assert sheets.fillable_name(sheets.MEETING_FORM, named, [named]) == "meeting-form-PDR-2026-0001.pdf"


def test_spoiled_returns_are_judged_and_never_taken_for_another_review(with_targets: Office) -> None:
    office, chance = with_targets, Random(1)
    good = fill(office.sheet(office.karen), SAID)
    for _ in range(60):
        (row,) = office.look(office.put("spoiled.pdf", spoil(good, chance)))
        assert all(reason.endswith((".", "?")) and "\n" not in reason for reason in row.reasons), row.reasons
        assert row.record is None or row.record.board.id == office.karen
