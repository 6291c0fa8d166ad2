"""A spreadsheet of CPD: columns, lines, people, kinds, verdicts and the plan, from real files made here."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.cpd.log.importing import NO_ANSWERS, Answers, EntryPreview, KnownEntry, KnownLog, take_in_plan
from staffdev_desktop.cpd.log.importing_columns import IGNORED, WANTED
from staffdev_desktop.cpd.log.importing_files import Shape, as_shape, open_entries, preview
from staffdev_desktop.cpd.log.importing_kinds import ADD
from staffdev_desktop.cpd.log.importing_lines import Lists, term_named
from staffdev_desktop.cpd.log.importing_people import KnownPerson
from staffdev_desktop.cpd.log.rows import EntryDetails, KindRow
from staffdev_desktop.exchange.columns import guess_columns
from staffdev_desktop.exchange.previews import Verdict
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import usual_terms

KEY, FILE = b"k" * 32, "file"
KAREN = KnownPerson(1, "Karen", "Doyle", "Kate", "0012", "k.doyle@school.example", "Teaching assistant")
RUTH = KnownPerson(2, "Ruth", "Pemberton", "", "0013", "r.pemberton@school.example")
SMITHS = (KnownPerson(3, "John", "Smith", "", "0020"), KnownPerson(4, "John", "Smith", "", "0021"))
KINDS = tuple(
    KindRow(number, 1, name, True, True, True) for number, name in enumerate(("Course", "15-minute drop-in", "INSET", "Webinar"), 1)
)
LISTS = Lists(("Professional practice", "Leadership development"), ("In school",), (*usual_terms(2025), *usual_terms(2026)))
KNOWN = KnownLog(
    (KAREN, RUTH, *SMITHS), {1: [(date(2019, 9, 1), None)], 2: [(date(2019, 9, 1), date(2026, 3, 31))]}, (), KINDS, LISTS
)  # fmt: skip
HEAD = "Staff member;Date of training;Hours;Course title;Type of CPD;Impact on pupils\n"


def read(text: str, known: KnownLog = KNOWN, answers: Answers = NO_ANSWERS) -> EntryPreview:
    return preview(open_entries(text.encode(), "cpd.csv", key=KEY, file_id=FILE), known, answers)


def only(text: str, known: KnownLog = KNOWN):
    """The one row of a sheet with one line."""
    (row,) = read(HEAD + text, known).rows
    return row


def with_entry(details: EntryDetails, checked: bool = False) -> KnownLog:
    """The school with one line in Karen’s log."""
    return KnownLog(KNOWN.people, KNOWN.periods, (KnownEntry(70, 3, 1, details, checked),), KINDS, LISTS)


def test_the_columns_of_a_central_spreadsheet_are_guessed() -> None:
    header = ("Payroll No", "Surname", "First name", "Department", "Date of training", "Duration", "Course Title", "Type of CPD", "Cost",
              "Led by", "Funded by", "Impact", "Reflection", "Expiry date", "Line manager")  # fmt: skip
    found = guess_columns(header, (), WANTED, IGNORED)
    assert {key: header[place] for key, place in found.items()} == {
        "staff_number": "Payroll No", "surname": "Surname", "forename": "First name", "done_on": "Date of training", "hours": "Duration",
        "activity": "Course Title", "kind": "Type of CPD", "cost": "Cost", "provider": "Led by", "who_pays": "Funded by",
        "impact": "Impact", "learnt": "Reflection",
    }  # fmt: skip


def test_a_line_becomes_an_entry() -> None:
    found = read(HEAD + "Doyle, Kate;14/09/2026;1:30;Phonics refresher;Drop-ins;Pupils read on\n")
    (change,) = take_in_plan(found)
    assert (change.person_id, change.name, change.entry_id) == (1, "Kate Doyle", None)
    assert change.details == EntryDetails(date(2026, 9, 14), 90, "Phonics refresher", kind_id=2, impact="Pupils read on")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Kate Doyle;14/09/2026;-1;Phonics", "less than nothing"),
        ("Kate Doyle;14/09/2026;25;Phonics", "25 hours is more than a day"),
        ("Kate Doyle;14/09/2026;0;Phonics", "how long it took"),
        ("Kate Doyle;31/02/2026;1;Phonics", "There is no 31 February"),
        ("Kate Doyle;14/09/2027;1;Phonics", "what has taken place"),
        ("Kate Doyle;14/09/2018;1;Phonics", "began on 1 September 2019"),
        ("Ruth Pemberton;14/09/2026;1;Phonics", "left on 31 March 2026"),
        ("Kate Doyle;;1;Phonics", "no date"),
        ("Kate Doyle;14/09/2026;;Phonics", "how long"),
        ("Kate Doyle;14/09/2026;1;", "what it was"),
        (";14/09/2026;1;Phonics", "whose entry"),
        ("Zeb Quark;14/09/2026;1;Phonics", "Nobody here is called Zeb Quark"),
        ("Kate Doyle;14/09/2026;1;Phonics;Course;Well;more", "more cells than headings"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_the_others_are_taken_in(line: str, why: str) -> None:
    found = read(f"{HEAD}{line}\nKate Doyle;15/09/2026;1;Another\n")
    assert [row.verdict for row in found.rows] == [Verdict.TROUBLE, Verdict.NEW]
    assert why in found.rows[0].reasons[0]
    assert [change.details.activity for change in take_in_plan(found)] == ["Another"]


def test_a_day_has_24_hours_over_all_lines_and_the_log() -> None:
    known = with_entry(EntryDetails(date(2026, 9, 14), 20 * 60, "A night away"))
    found = read(HEAD + "Kate Doyle;14/09/2026;3;One\nKate Doyle;14/09/2026;3;Two\nKate Doyle;14/09/2026;1;Three\n", known)
    assert [row.verdict for row in found.rows] == [Verdict.NEW, Verdict.TROUBLE, Verdict.NEW]
    assert "has 26 hours on 14 September 2026" in found.rows[1].reasons[0]


def test_the_same_person_day_hours_and_activity_is_the_same_entry() -> None:
    known = with_entry(EntryDetails(date(2026, 9, 14), 60, "Phonics  Refresher", impact="Pupils read on"))
    assert only("0012;14/09/2026;1;x", known).verdict is Verdict.TROUBLE  # a number is no name
    same = only("Kate Doyle;14/09/2026;60 min;phonics refresher;;Something else\n", known)
    assert same.verdict is Verdict.SAME
    assert "The log says something else about what changed for pupils" in same.reasons[1]
    twice = read(HEAD + "Kate Doyle;14/09/2026;2;Maths\nKaren Doyle;14/09/2026;2.0;MATHS\n", known)
    assert [row.verdict for row in twice.rows] == [Verdict.NEW, Verdict.SAME]
    assert twice.rows[1].reasons == ("Row 2 says the same: taken in once.",)
    longer = only("Kate Doyle;14/09/2026;2;Phonics refresher", known)
    assert longer.verdict is Verdict.NEW
    assert "The log has the same of this day with 1 h." in longer.reasons


def test_words_are_added_where_the_log_has_none_but_never_to_what_was_checked() -> None:
    details = EntryDetails(date(2026, 9, 14), 60, "Phonics", provider="Hub")
    line = HEAD + "Kate Doyle;14/09/2026;1;Phonics;Course;Pupils read on\n"
    found = read(line, with_entry(details))
    (change,) = take_in_plan(found)
    assert (change.entry_id, change.revision) == (70, 3)
    assert (change.details.impact, change.details.kind_id, change.details.provider) == ("Pupils read on", 1, "Hub")
    assert found.rows[0].changes == (("Kind", "", "Course"), ("What changed for pupils", "", "Pupils read on"))
    checked = read(line, with_entry(details, checked=True))
    assert checked.rows[0].verdict is Verdict.SAME
    assert not checked.changes


def test_one_answer_settles_every_line_of_a_person() -> None:
    text = HEAD + "John Smith;14/09/2026;1;Phonics\nJohn Smith;15/09/2026;1;Maths\nK. Doyle;15/09/2026;1;Maths\n"
    found = read(text)
    assert [(question.label, question.rows, [key for key, _ in question.candidates]) for question in found.questions] == [
        ("John Smith", (2, 3), [3, 4]),
        ("K. Doyle", (4,), [1]),
    ]
    with pytest.raises(UserError, match=r"Answer 2 questions first, about John Smith, K\. Doyle"):
        take_in_plan(found)
    smith, doyle = (question.key for question in found.questions)
    settled = read(text, answers=Answers({smith: 4, doyle: None}, {}))
    assert [change.person_id for change in take_in_plan(settled)] == [4, 4]
    assert "as you answered" in settled.rows[2].reasons[0]


def test_people_are_found_by_number_then_email_then_name() -> None:
    text = (
        "Staff number,Email,Surname,Forename,Date,Hours,Activity\n"
        "12,,Doyle,Karen,14/09/2026,1,By number\n"
        "13,,Doyle,Karen,14/09/2026,1,Whose?\n"
        ",R.PEMBERTON@school.example,Jones,Ruth,14/09/2025,1,By email\n"
        ",,Doyle,Kate,14/09/2026,1,By name\n"
        "99,,Doyle,Kate,14/09/2026,1,Another number\n"
    )
    found = read(text)
    assert [change.person_id for change in found.changes] == [1, 2, 1]
    assert [question.rows for question in found.questions] == [(3,), (6,)]


def test_kinds_that_are_not_on_the_list_are_left_out_added_or_read_as_another() -> None:
    text = HEAD + "Kate Doyle;14/09/2026;1;A;Twilight;\nKate Doyle;15/09/2026;1;B;twilight;\nKate Doyle;16/09/2026;1;C;Online course;\n"
    found = read(text)
    assert [(each.written, each.lines) for each in found.unknown_kinds] == [("Twilight", 2)]
    assert [(change.details.kind_id, change.new_kind) for change in found.changes] == [(None, ""), (None, ""), (4, "")]
    assert "without a kind" in found.rows[0].reasons[0]
    added = read(text, answers=Answers({}, {"twilight": ADD}))
    assert [change.new_kind for change in added.changes] == ["Twilight", "twilight", ""]
    read_as = read(text, answers=Answers({}, {"twilight": 3}))
    assert [change.details.kind_id for change in read_as.changes] == [3, 3, 4]


def test_words_of_no_list_are_left_out_and_said() -> None:
    text = "Name,Date,Hours,Activity,Strand,Led\nKate Doyle,14/09/2026,1,Phonics,Wellbeing,sometimes\n"
    (row,) = read(text).rows
    assert row.verdict is Verdict.NEW
    assert row.reasons == (
        "Strand: ‘Wellbeing’ is not on the list: left out.",
        "Attended or led: ‘sometimes’ is neither led nor attended: left out.",
    )


def test_a_term_stands_in_for_a_date() -> None:
    text = "Name,Term,Hours,Activity\nKate Doyle,Autumn 2025,1,Phonics\nKate Doyle,Autumn,1,Maths\n"
    found = read(text)
    assert found.changes[0].details.done_on == date(2025, 12, 18)
    assert "the last day of autumn term 2025/26" in found.rows[0].reasons[0]
    assert found.rows[1].verdict is Verdict.TROUBLE
    assert term_named("Spring term 2025/26", LISTS.terms).begins == date(2026, 1, 4)
    assert term_named("Spring 2026", LISTS.terms).year == 2025
    assert term_named("Michaelmas 2025", LISTS.terms) is None


def test_hours_and_minutes_in_two_columns() -> None:
    text = "Name,Date,Hours,Minutes,Activity\n" + "".join(
        f"Kate Doyle,14/09/2026,{hours},{minutes},{number}\n"
        for number, (hours, minutes) in enumerate(((1, 30), ("", 45), (1.5, 90), (2, ""), (1, 75)))
    )
    found = read(text)
    assert [change.details.minutes for change in found.changes] == [90, 45, 90, 120]
    assert found.rows[4].reasons == ("Hours and minutes say different times.",)


def test_totals_footers_and_headings_again_are_no_entries() -> None:
    text = HEAD + "Kate Doyle;14/09/2026;1;Phonics;;\nTotal hours;;1;;;\n" + HEAD + "Printed on 1/10/2026;;;;;\n;;;;;\n"
    assert [row.number for row in read(text).rows] == [2]


def test_a_sheet_without_a_needed_column_says_which() -> None:
    with pytest.raises(UserError, match="No column has the hours"):
        read("Name,Date,Activity\nKate Doyle,14/09/2026,Phonics\n")
    with pytest.raises(UserError, match="whose entries"):
        read("Date,Hours,Activity\n14/09/2026,1,Phonics\n")


def test_reading_can_be_stopped() -> None:
    class Stopped(Exception):
        pass

    def step(done: int, of: int) -> None:
        if done:
            raise Stopped

    opened = open_entries((HEAD + "Kate Doyle;14/09/2026;1;Phonics;;\n" * 1200).encode(), "a.csv", key=KEY, file_id=FILE)
    with pytest.raises(Stopped):
        preview(opened, KNOWN, NO_ANSWERS, step)


MATRIX = (
    ("Name", "Post", "Safeguarding 01/09/2026 (2h)", "First aid", "Prevent"),
    ("Kate Doyle", "TA", "x", date(2026, 9, 14), 1.5),
    ("Ruth Pemberton", "Deputy", "no", None, "tbc"),
    ("Kate Doyle", "TA", None, "perhaps", "yes"),
)


def test_a_matrix_of_people_and_courses_is_recognised() -> None:
    opened = open_entries(write_xlsx("M", MATRIX[0], MATRIX[1:]), "matrix.xlsx", key=KEY, file_id=FILE)
    assert opened.shape is Shape.MATRIX
    assert [(course.activity, course.day, course.minutes) for course in opened.courses] == [
        ("Safeguarding", date(2026, 9, 1), 120),
        ("First aid", None, None),
        ("Prevent", None, None),
    ]
    found = preview(opened, KNOWN, NO_ANSWERS)
    assert [(row.column, row.number, row.verdict) for row in found.rows] == [
        ("C", 2, Verdict.NEW),
        ("D", 2, Verdict.TROUBLE),
        ("E", 2, Verdict.TROUBLE),
        ("D", 4, Verdict.TROUBLE),
        ("E", 4, Verdict.TROUBLE),
    ]
    assert found.rows[1].reasons == ("It does not say how long it took. Give the hours of ‘First aid’.",)
    assert found.rows[3].reasons == ("‘perhaps’ is no date, no tick and no number of hours.",)


def test_a_matrix_with_hours_and_days_for_its_courses() -> None:
    opened = open_entries(write_xlsx("M", MATRIX[0], MATRIX[1:]), "matrix.xlsx", key=KEY, file_id=FILE)
    courses = tuple(replace(course, day=course.day or date(2026, 9, 8), minutes=course.minutes or 60) for course in opened.courses)
    found = preview(replace(opened, courses=courses), KNOWN, NO_ANSWERS)
    assert [(c.details.activity, c.details.done_on, c.details.minutes) for c in found.changes] == [
        ("Safeguarding", date(2026, 9, 1), 120),
        ("First aid", date(2026, 9, 14), 60),
        ("Prevent", date(2026, 9, 8), 90),
        ("Prevent", date(2026, 9, 8), 60),
    ]
    only_first = tuple(replace(course, wanted=course.activity == "Prevent") for course in courses)
    assert len(preview(replace(opened, courses=only_first), KNOWN, NO_ANSWERS).changes) == 2
    as_list = as_shape(opened, Shape.LIST)
    with pytest.raises(UserError, match="No column has"):
        preview(as_list, KNOWN, NO_ANSWERS)
    assert as_shape(as_list, Shape.MATRIX).courses == opened.courses


def test_a_small_workbook_that_unpacks_to_200_mb_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_xlsx("CPD", ["Name"], [["Kate Doyle"]]))) as source, zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
        copy.writestr("xl/worksheets/sheet9.xml", b" " * (200 * 1024**2), zipfile.ZIP_DEFLATED)
    assert len(out.getvalue()) < 220_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(UserError, match="unpacks to more than 50 MB"):
        open_entries(out.getvalue(), "cpd.xlsx", key=KEY, file_id=FILE)


def test_a_file_that_is_not_what_its_name_says_is_refused() -> None:
    for content, name in (
        (b"%PDF-1.4", "cpd.xlsx"),
        (b"%PDF-1.4", "cpd.csv"),
        (write_xlsx("L", ["Name"], []), "cpd.csv"),
        (b"Name,Date\n", "cpd.xlsx"),
    ):
        with pytest.raises(UserError, match="‘cpd"):
            open_entries(content, name, key=KEY, file_id=FILE)


def test_a_workbook_of_fifty_thousand_lines_is_read() -> None:
    words = '<c r="A{0}" t="s"><v>0</v></c><c r="D{0}" t="s"><v>3</v></c>'
    line = f'<row r="{{0}}">{words}<c r="B{{0}}"><v>46279</v></c><c r="C{{0}}"><v>0.25</v></c></row>'
    lines = "".join(line.format(number) for number in range(2, 50_002))
    out = io.BytesIO()
    good = write_xlsx("CPD", ["Name", "Date", "Hours", "Activity"], [["Kate Doyle"]])
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, part.replace(b"</sheetData>", lines.encode() + b"</sheetData>") if name.endswith("sheet1.xml") else part)
    assert len(open_entries(out.getvalue(), "cpd.xlsx", key=KEY, file_id=FILE).sheet.rows) >= 50_000
