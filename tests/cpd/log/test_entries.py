"""The log: entries, what they may say, their files, the same thing for many, the same thing again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.attachments.rules import LARGEST
from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import EntryDetails, EntryStatus, KindDetails
from staffdev_desktop.cpd.log.rules import by_term, day_question, hours, read_minutes, repeats
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import Closure, usual_terms
from tests.conftest import TODAY
from tests.people import Staffed

PDF = b"%PDF-1.4 a certificate"
CLOSURES = (Closure(date(2026, 10, 26), date(2026, 10, 30), "Autumn half-term"), Closure(date(2026, 9, 1), date(2026, 9, 1), "INSET day"))


def dropped_in(**other: object) -> EntryDetails:
    return replace(EntryDetails(date(2026, 10, 15), 15, "Drop-in: retrieval starters"), **other)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("0.75", 45), ("45 min", 45), ("1:15", 75), ("1,5", 90), (".25", 15), ("2", 120), ("1 h 15 min", 75), ("3 hours", 180), ("90m", 90)],
)
def test_hours_are_read_as_people_type_them(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["-1", "−0.5", "an hour", "1.2.3", "1:75", ""])
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        read_minutes(typed)
    assert caught.value.field == "minutes"


@given(st.integers(1, 24 * 60))
def test_hours_that_are_written_can_be_read_again(minutes: int) -> None:
    assert abs(read_minutes(hours(minutes)) - minutes) <= 0.3 + 1e-9


@pytest.mark.parametrize(
    ("details", "field", "words"),
    [
        (dropped_in(minutes=25 * 60), "minutes", "more than a day"),
        (dropped_in(minutes=0), "minutes", "how long"),
        (dropped_in(minutes=-15), "minutes", "how long"),
        (dropped_in(activity="  "), "activity", "what it was"),
        (dropped_in(done_on=date(2026, 10, 21)), "done_on", "has taken place"),
        (dropped_in(done_on=date(2016, 8, 31)), "done_on", "Karen Doyle began on 1 September 2016"),
        (dropped_in(pence=-1), "pence", "less than nothing"),
        (dropped_in(look_again_on=date(2026, 10, 1)), "look_again_on", "after the day"),
        (dropped_in(paid="cash"), "paid", "whose time"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(staffed: Staffed, details: EntryDetails, field: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        staffed.school.do(services.add_entry, person_id=staffed.karen, details=details)
    assert caught.value.field == field
    assert words in caught.value.message


def test_a_day_has_24_hours_all_entries_together(staffed: Staffed) -> None:
    staffed.school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(minutes=20 * 60))
    with pytest.raises(UserError, match="has 25 hours on 15 October 2026"):
        staffed.school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(minutes=5 * 60))
    ruth = staffed.school.do(services.add_entry, person_id=staffed.ruth, details=dropped_in(minutes=5 * 60))
    row = staffed.school.read(queries.entry, entry_id=ruth)
    staffed.school.do(services.change_entry, entry_id=ruth, revision=row.revision, details=dropped_in(minutes=24 * 60))


def test_an_entry_in_the_summer_holidays_belongs_to_the_summer_term(staffed: Staffed) -> None:
    staffed.school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(done_on=date(2026, 8, 12)))
    rows = staffed.school.read(queries.entries, person_id=staffed.karen)
    [group] = by_term(rows, (*usual_terms(2025), *usual_terms(2026)))
    assert (group.name, group.year, group.minutes) == ("Summer term", 2025, 15)


def test_the_same_entry_twice_is_found_and_not_refused(staffed: Staffed) -> None:
    first = staffed.school.do(services.add_entry, person_id=staffed.karen, details=dropped_in())
    again = dropped_in(activity="drop-in:  Retrieval Starters", learnt="more")
    people = [staffed.karen, staffed.ruth]
    assert [row.id for row in staffed.school.read(queries.same_entries, person_ids=people, details=again)] == [first]
    assert not staffed.school.read(queries.same_entries, person_ids=people, details=again, besides=first)
    for other in (dropped_in(minutes=30), dropped_in(done_on=date(2026, 10, 14)), dropped_in(activity="Drop-in: questions")):
        assert not staffed.school.read(queries.same_entries, person_ids=people, details=other)
    staffed.school.do(services.add_entry, person_id=staffed.karen, details=again)
    assert len(staffed.school.read(queries.entries, person_id=staffed.karen)) == 2


def test_a_file_that_is_too_large_or_not_what_its_name_says_keeps_the_entry_out(staffed: Staffed) -> None:
    for name, content, words in (
        ("certificate.pdf", b"%PDF-" + bytes(LARGEST + 1024 * 1024), "larger than 20 MB"),
        ("certificate.pdf", b"MZ this is a program", "is not a PDF"),
        ("certificate.pdf", b"", "is empty"),
    ):
        with pytest.raises(UserError, match=words):
            staffed.school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(), files=[(name, content)])
    assert not staffed.school.read(queries.entries)


def test_a_change_takes_files_in_and_out_and_is_undone_at_once(staffed: Staffed) -> None:
    school = staffed.school
    entry_id = school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(), files=[("one.pdf", PDF)])
    [first] = school.read(queries.evidence, entry_id=entry_id)
    row = school.read(queries.entry, entry_id=entry_id)
    details = dropped_in(impact="Used in three lessons")
    change = {"entry_id": entry_id, "details": details, "files": [("two.pdf", PDF + b"2")], "without": [first.id]}
    school.do(services.change_entry, revision=row.revision, **change)
    assert [file.name for file in school.read(queries.evidence, entry_id=entry_id)] == ["two.pdf"]
    assert school.read(queries.entry, entry_id=entry_id).status is EntryStatus.TO_CHECK
    with pytest.raises(Conflict):
        school.do(services.change_entry, revision=row.revision, **change)
    school.undo()
    [back] = school.read(queries.evidence, entry_id=entry_id)
    assert school.read(queries.evidence_content, evidence_id=back.id) == PDF
    assert school.read(queries.entry, entry_id=entry_id).status is EntryStatus.ENTERED


def test_a_day_for_many_is_written_for_all_or_none_and_undone_at_once(staffed: Staffed) -> None:
    school, day = staffed.school, dropped_in(minutes=6 * 60, activity="INSET", target_id=7)
    school.do(services.add_entry, person_id=staffed.ruth, details=dropped_in(minutes=20 * 60))
    with pytest.raises(UserError, match="Ruth Pemberton has 26 hours"):
        school.do(services.add_for_many, person_ids=[staffed.karen, staffed.ruth, staffed.helen], details=day)
    assert len(school.read(queries.entries)) == 1
    with pytest.raises(UserError) as caught:
        school.do(services.add_for_many, person_ids=[], details=day)
    assert caught.value.field == "person_ids"
    ids = school.do(services.add_for_many, person_ids=[staffed.karen, staffed.helen, staffed.karen], details=day)
    rows = [school.read(queries.entry, entry_id=each) for each in ids]
    assert [(row.person_id, row.details.target_id) for row in rows] == [(staffed.karen, None), (staffed.helen, None)]
    school.undo()
    assert len(school.read(queries.entries)) == 1


def test_what_comes_back_each_week_leaves_out_closed_days_and_has_one_undo(staffed: Staffed) -> None:
    school = staffed.school
    coaching = dropped_in(done_on=date(2026, 9, 15), activity="Coaching")
    found = school.do(services.add_repeated, person_id=staffed.karen, details=coaching, every="week", until=TODAY, files=[("a.pdf", PDF)])
    rows = school.read(queries.entries, person_id=staffed.karen)
    assert [row.details.done_on.day for row in reversed(rows)] == [15, 22, 29, 6, 13, 20]
    assert [row.evidence for row in reversed(rows)] == [1, 0, 0, 0, 0, 0]
    assert len(found) == 6
    school.undo()
    assert not school.read(queries.entries)
    for until in (date(2026, 9, 14), date(2026, 10, 27)):
        with pytest.raises(UserError) as caught:
            school.do(services.add_repeated, person_id=staffed.karen, details=coaching, every="week", until=until)
        assert caught.value.field == "until"


def test_days_that_come_back() -> None:
    terms = usual_terms(2026)
    weekly = repeats(date(2026, 10, 13), "week", date(2026, 11, 10), terms, CLOSURES)
    assert [day.day for day in weekly] == [13, 20, 3, 10]  # not in half-term
    assert [day.day for day in repeats(date(2026, 9, 8), "fortnight", date(2026, 10, 10), terms, CLOSURES)] == [8, 22, 6]
    second_tuesdays = repeats(date(2026, 9, 8), "month", date(2026, 12, 31), terms, CLOSURES)
    assert [(day.month, day.day) for day in second_tuesdays] == [(9, 8), (10, 13), (11, 10), (12, 8)]
    last_tuesdays = repeats(date(2026, 9, 29), "month", date(2026, 11, 30), terms, ())
    assert [(day.month, day.day) for day in last_tuesdays] == [(9, 29), (10, 27), (11, 24)]
    saturdays = repeats(date(2026, 9, 5), "week", date(2026, 9, 19), terms, CLOSURES)
    assert len(saturdays) == 3
    with pytest.raises(UserError, match="more than 60"):
        repeats(date(2024, 9, 3), "week", date(2026, 9, 3), (), ())


def test_only_days_on_which_staff_are_away_get_a_question() -> None:
    terms = usual_terms(2026)
    assert day_question(date(2026, 9, 1), terms, CLOSURES) is None  # INSET
    assert day_question(date(2026, 10, 27), terms, CLOSURES)
    assert day_question(date(2026, 10, 17), terms, CLOSURES)
    assert day_question(date(2026, 8, 12), terms, CLOSURES)
    assert day_question(TODAY, terms, CLOSURES) is None


def test_the_school_edits_its_kinds(staffed: Staffed) -> None:
    school = staffed.school
    before = school.read(queries.kinds)
    course = next(kind for kind in before if kind.name == "Course")
    school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(kind_id=course.id))
    kept = [KindDetails(kind.name, kind.counts, kind.asks_impact, kind.in_use, kind.id) for kind in before]
    school.do(services.set_kinds, kinds=[KindDetails("Twilight"), *reversed(kept[:2])])
    after = school.read(queries.kinds)
    assert [kind.name for kind in after] == ["Twilight", "Course", "15-minute drop-in"]
    with pytest.raises(UserError, match="‘Course’ is used already"):
        school.do(services.set_kinds, kinds=[KindDetails("Twilight", id=after[0].id)])
    swapped = [KindDetails("Course", id=after[0].id), KindDetails("Twilight", id=course.id, counts=False, in_use=False)]
    school.do(services.set_kinds, kinds=swapped)
    [row] = school.read(queries.entries)
    assert (row.kind, row.counts) == ("Twilight", False)
    assert [kind.name for kind in school.read(queries.kinds)] == ["Course"]
    school.undo()
    assert [kind.name for kind in school.read(queries.kinds)] == ["Twilight", "Course", "15-minute drop-in"]
    for wrong in ([KindDetails(" ")], [KindDetails("A"), KindDetails("a")], [KindDetails("A", in_use=False)]):
        with pytest.raises(UserError) as caught:
            school.do(services.set_kinds, kinds=wrong)
        assert caught.value.field == "kinds"


def test_a_kind_that_left_the_list_while_the_form_was_open_gets_a_sentence(staffed: Staffed) -> None:
    school = staffed.school
    course, webinar = (next(kind for kind in school.read(queries.kinds) if kind.name == name) for name in ("Course", "Webinar"))
    school.do(services.set_kinds, kinds=[KindDetails(webinar.name, id=webinar.id)])
    with pytest.raises(UserError, match="not on the school’s list any more") as caught:
        school.do(services.add_entry, person_id=staffed.karen, details=dropped_in(kind_id=course.id))
    assert caught.value.field == "kind_id"
    assert school.read(queries.entries) == ()


def test_one_person_is_read_alone(staffed: Staffed) -> None:
    karen = staffed.school.read(queries.person, person_id=staffed.karen)
    assert (karen.id, karen.name) == (staffed.karen, "Karen Doyle")
    assert staffed.school.read(queries.people, person_ids=[staffed.karen]) == (karen,)
    with pytest.raises(UserError):
        staffed.school.read(queries.person, person_id=10**6)
