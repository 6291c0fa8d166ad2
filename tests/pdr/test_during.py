"""Before, between and after: clashes and free slots, many bookings at once, notes with evidence, interim and mid-year meetings."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, Role, needs
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import Closure, Term, question_about
from staffdev_desktop.pdr.clashes import Room, Slot, clashes_of, propose
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.queries import boards, bookings, outcomes
from staffdev_desktop.pdr.queries import targets as scope
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import booking, cycles, during, words
from staffdev_desktop.school import School
from tests.conftest import TODAY

TERMS = (Term(date(2026, 9, 2), date(2026, 12, 18), "Autumn term", 2026),)
HALF_TERM = (Closure(date(2026, 10, 26), date(2026, 10, 30), "Half-term"),)
AT = datetime(2026, 10, 21, 9)
ROOM = Room(first=date(2026, 10, 21), begins=time(9), ends=time(12), places=("Library", "Office"), most_a_day=2)
PDF = b"%PDF-1.4 evidence"


def slot(key: str, person: int, reviewer: int | None = 90, at: datetime | None = AT, **more: object) -> Slot:
    values = {"person": f"Person {person}", "reviewer": f"Reviewer {reviewer}" if reviewer else "", "reviewer_id": reviewer} | more
    return Slot(key, int(key), at, person, **values)


def said(proposed: list[Slot], booked: list[Slot]) -> dict[str, tuple[str, ...]]:
    return clashes_of(proposed, booked, TERMS, HALF_TERM)


# Clashes


def test_whoever_is_in_two_meetings_at_once_is_named_on_whichever_side() -> None:
    found = said([slot("1", 1)], [slot("2", 2, at=AT + timedelta(minutes=44)), slot("3", 90, reviewer=91)])
    assert found["1"] == ("Reviewer 90 meets Reviewer 91 at 09:00.", "Reviewer 90 meets Person 2 at 09:44.")
    assert said([slot("1", 1)], [slot("2", 1, reviewer=None)])["1"] == ("Person 1 meets somebody at 09:00.",)
    assert said([slot("1", 1)], [slot("2", 1)])["1"] == ("Person 1 and Reviewer 90 meet at 09:00 already.",)


def test_meetings_that_follow_each_other_are_no_clash() -> None:
    assert said([slot("1", 1)], [slot("2", 2, at=AT + timedelta(minutes=45))])["1"] == ()
    assert said([slot("1", 1, minutes=60)], [slot("2", 2, at=AT + timedelta(minutes=45))])["1"] != ()


def test_a_room_is_taken_whatever_its_letters() -> None:
    found = said([slot("1", 1, place="library ")], [slot("2", 2, reviewer=91, place="Library")])
    assert found["1"] == ("library is taken at 09:00: Person 2.",)
    assert said([slot("1", 1, place="")], [slot("2", 2, reviewer=91, place="")])["1"] == ()


def test_closed_days_the_deadline_and_the_past_are_said() -> None:
    day = slot("1", 1, at=datetime(2026, 10, 28, 9), deadline=date(2026, 10, 16))
    assert said([day], [])["1"] == ("School is closed then: Half-term.", "After the deadline, 16 October 2026.")
    assert said([slot("1", 1, at=datetime(2026, 10, 24, 9))], [])["1"] == ("Saturday is at the weekend.",)
    assert clashes_of([slot("1", 1)], [], TERMS, (), today=date(2026, 11, 1))["1"] == ("That day is over.",)


def test_a_booked_meeting_that_is_moved_is_not_in_its_own_way() -> None:
    booked = [slot("1", 1), slot("2", 2, at=AT + timedelta(hours=2))]
    assert said([slot("1", 1, at=AT + timedelta(minutes=15))], booked)["1"] == ()
    both = [slot("1", 1, at=AT + timedelta(hours=2)), slot("2", 2, at=AT)]
    assert said(both, booked) == {"1": (), "2": ()}


# Free slots


def test_times_are_proposed_where_nothing_is_in_the_way() -> None:
    wanted = [slot(str(number), number, at=None) for number in range(1, 6)]
    found = propose(wanted, [slot("9", 50, at=AT, place="Library")], ROOM, TERMS, HALF_TERM)
    assert [each.key for each in found] == ["1", "2", "3", "4", "5"]
    assert found[0].at == AT + timedelta(minutes=45), "the reviewer is in a meeting before"
    assert [each.at.day for each in found] == [21, 22, 22, 23, 23], "two a day at most, the one booked counts"
    assert found[1].place == "Library"


def test_the_nearest_deadline_comes_first_and_too_late_is_said() -> None:
    soon = slot("2", 2, at=None, deadline=date(2026, 10, 21))
    late = slot("3", 3, at=None, deadline=date(2026, 10, 20))
    found = propose([slot("1", 1, at=None), soon, late], [], ROOM, TERMS, HALF_TERM)
    assert found[1].at == AT
    assert found[0].at > AT
    assert found[2].at is None


def test_no_meeting_fits_is_said_beside_the_time() -> None:
    with pytest.raises(UserError) as short:
        propose([slot("1", 1)], [], replace(ROOM, ends=time(9, 30)), TERMS, ())
    assert short.value.field == "ends"


@settings(max_examples=40, deadline=None)
@given(
    people=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=1, max_size=12),
    taken=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 9), st.integers(0, 11)), max_size=8),
    minutes=st.sampled_from([15, 30, 45, 60]),
)
def test_what_is_proposed_never_clashes(people: list[tuple[int, int]], taken: list[tuple[int, int, int]], minutes: int) -> None:
    wanted = [slot(str(number), person, reviewer + 3, at=None) for number, (person, reviewer) in enumerate(people)]
    booked = [
        slot(str(100 + number), person, 90, AT + timedelta(days=day, minutes=15 * quarter), place="Office")
        for number, (person, day, quarter) in enumerate(taken)
    ]
    found = propose(wanted, booked, replace(ROOM, minutes=minutes), TERMS, HALF_TERM)
    assert all(sentences == () for sentences in said(found, booked).values())
    for each in found:
        assert each.at is None or not question_about(each.at.date(), TERMS, HALF_TERM)


# Many bookings, one change


def unbooked(school: School) -> list[BoardRow]:
    return [row for row in school.read(boards.cycle_board, year=2026) if is_open(row.stage) and row.dates.booked_for is None]


def plan_for(rows: list[BoardRow]) -> list[booking.Booking]:
    return [booking.Booking(row.id, row.revision, datetime(2026, 11, 3, 9 + number), "Office") for number, row in enumerate(rows)]


def test_many_meetings_are_booked_in_one_change_with_one_undo(practice_school: School) -> None:
    rows = unbooked(practice_school)[:4]
    assert practice_school.do(booking.book_meetings, plan=plan_for(rows)) == 4
    booked = practice_school.read(bookings.booked, first=date(2026, 11, 3), last=date(2026, 11, 3))
    assert {row.id for row in rows} <= {each.review_id for each in booked}
    practice_school.undo()
    assert all(each.at is None for each in practice_school.read(bookings.slots, review_ids=[row.id for row in rows]))


def test_one_review_that_moved_on_stops_the_whole_plan(practice_school: School) -> None:
    rows = unbooked(practice_school)[:3]
    plan = plan_for(rows)
    practice_school.do(cycles.book_meeting, review_id=rows[2].id, revision=rows[2].revision, moment=datetime(2026, 11, 9, 9))
    with pytest.raises(Conflict):
        practice_school.do(booking.book_meetings, plan=plan)
    assert practice_school.read(bookings.slots, review_ids=[rows[0].id])[0].at is None
    for wrong in ([], [plan[0], plan[0]]):
        with pytest.raises(UserError):
            practice_school.do(booking.book_meetings, plan=wrong)
    agreed = next(row for row in practice_school.read(boards.cycle_board, year=2026) if row.stage == "Agreed")
    with pytest.raises(UserError, match="locked"):
        practice_school.do(booking.book_meetings, plan=[booking.Booking(agreed.id, agreed.revision, AT)])


def test_a_booking_that_was_taken_back_is_remembered_until_it_is_booked_again(practice_school: School) -> None:
    row = unbooked(practice_school)[0]
    before = {each.key for each in practice_school.read(bookings.taken_back, year=2026)}
    book = {"review_id": row.id, "place": "Library"}
    practice_school.do(cycles.book_meeting, revision=row.revision, moment=AT, **book)
    practice_school.do(cycles.book_meeting, review_id=row.id, revision=row.revision + 1, moment=None)
    (gone,) = [each for each in practice_school.read(bookings.taken_back, year=2026) if each.key not in before]
    assert (gone.review_id, gone.at, gone.place, gone.revision) == (row.id, AT, "Library", row.revision + 2)
    practice_school.do(cycles.book_meeting, revision=row.revision + 2, moment=AT, **book)
    assert {each.key for each in practice_school.read(bookings.taken_back, year=2026)} == before
    standing = {"away": True, "exempt": False, "reason": ""}
    practice_school.do(cycles.set_standing, review_id=row.id, revision=row.revision + 3, **standing)
    assert f"review-{row.id}" in {each.key for each in practice_school.read(bookings.taken_back, year=2026)}
    assert row.id not in {each.review_id for each in practice_school.read(bookings.booked, first=AT.date(), last=AT.date())}


# Notes and evidence


def on_paper(school: School) -> tuple[BoardRow, int]:
    """An open review whose targets of last year came in from paper, and the first of them."""
    row = next(row for row in unbooked(school) if row.stage == "Not started" or row.stage == "Self-review out")
    school.do(words.take_in_last_targets, review_id=row.id, targets=[words.OldTarget("Run the book club")])
    mine = [each for each in school.read(outcomes.targets_in_hand, review_id=row.id) if each.target == "Run the book club"]
    return row, mine[0].id


def test_a_target_from_paper_has_notes_and_evidence_that_comes_back_as_it_was(practice_school: School) -> None:
    _, target = on_paper(practice_school)
    practice_school.do(during.add_target_note, target_id=target, words="Twelve came.", evidence=("register.pdf", PDF))
    (note,) = practice_school.read(outcomes.notes, target_ids=[target])
    assert practice_school.read(outcomes.evidence, sha256=note.evidence_sha256) == PDF
    practice_school.do(during.delete_target_note, note_id=note.id)
    with pytest.raises(UserError, match="not there"):
        practice_school.read(outcomes.evidence, sha256=note.evidence_sha256)
    practice_school.undo()
    assert practice_school.read(outcomes.evidence, sha256=note.evidence_sha256) == PDF
    with pytest.raises(UserError, match="not there"):
        practice_school.do(during.delete_target_note, note_id=note.id + 1000)


@pytest.mark.parametrize("content", [b"", b"MZ a program", b"%PDF-" + bytes(20 * 1024 * 1024)])
def test_evidence_that_may_not_be_kept_leaves_nothing(practice_school: School, content: bytes) -> None:
    _, target = on_paper(practice_school)
    with pytest.raises(UserError) as refused:
        practice_school.do(during.add_target_note, target_id=target, words="Here it is.", evidence=("x.pdf", content))
    assert refused.value.field == "file"
    assert practice_school.read(outcomes.notes, target_ids=[target]) == ()


def test_a_reviewer_sees_notes_and_evidence_of_their_own_reviews_only(practice_school: School) -> None:
    _, target = on_paper(practice_school)
    practice_school.do(during.add_target_note, target_id=target, words="Twelve came.", evidence=("register.pdf", PDF))
    (note,) = practice_school.read(outcomes.notes, target_ids=[target])
    stranger = Actor(999_999, "Somebody Else", Role.REVIEWER)

    @needs(Permission.SEE_REVIEWS)
    def as_stranger(session: Session, _actor: Actor) -> tuple[object, ...]:
        with pytest.raises(UserError):
            outcomes.evidence(session, stranger, sha256=note.evidence_sha256)
        with pytest.raises(UserError):
            scope.seen_target(session, stranger, target)
        return outcomes.notes(session, stranger, target_ids=[target])

    assert practice_school.read(as_stranger) == ()


# Interim and mid-year meetings


def test_the_mid_year_record_and_its_notes_are_one_change(practice_school: School) -> None:
    row, target = on_paper(practice_school)
    made = practice_school.do(during.ask_for_interim, review_id=row.id, kind="mid-year", asked_by="reviewer")
    write = {"interim_id": made, "revision": 1, "booked_for": None, "held_on": TODAY, "record": "We are half way."}
    with pytest.raises(UserError) as long:
        practice_school.do(during.record_interim, notes={target: "x" * 20_001}, **write)
    assert long.value.field == f"note {target}"
    assert practice_school.read(outcomes.interim_meetings, review_id=row.id)[0].held_on is None
    practice_school.do(during.record_interim, notes={target: "Twelve came.", target + 1: "  "}, **write)
    assert [(note.words, note.noted_on) for note in practice_school.read(outcomes.notes, target_ids=[target])] == [("Twelve came.", TODAY)]
    practice_school.undo()
    assert practice_school.read(outcomes.notes, target_ids=[target]) == ()
    assert practice_school.read(outcomes.interim_meetings, review_id=row.id)[0].record == ""


def test_a_meeting_nobody_wants_goes_unless_it_was_held(practice_school: School) -> None:
    row = unbooked(practice_school)[0]
    ask = {"review_id": row.id, "kind": "interim", "asked_by": "member of staff"}
    made = practice_school.do(during.ask_for_interim, booked_for=AT, **ask)
    assert f"interim-{made}" in {each.key for each in practice_school.read(bookings.booked, first=AT.date(), last=AT.date())}
    with pytest.raises(Conflict):
        practice_school.do(during.withdraw_interim, interim_id=made, revision=7)
    practice_school.do(during.withdraw_interim, interim_id=made, revision=1)
    (gone,) = [each for each in practice_school.read(bookings.taken_back, year=2026) if each.key == f"interim-{made}"]
    assert (gone.at, gone.revision, gone.number) == (AT, 2, f"{row.number}-{made}")
    practice_school.undo()
    assert practice_school.read(outcomes.interim_meetings, review_id=row.id)[0].booked_for == AT
    (meeting,) = practice_school.read(outcomes.interim_meetings, review_id=row.id)
    held = {"booked_for": AT, "held_on": TODAY, "record": "Done."}
    practice_school.do(during.record_interim, interim_id=made, revision=meeting.revision, **held)
    with pytest.raises(UserError, match="held"):
        practice_school.do(during.withdraw_interim, interim_id=made, revision=meeting.revision + 1)
    with pytest.raises(UserError, match="not there"):
        practice_school.do(during.withdraw_interim, interim_id=made + 50, revision=1)


def test_reviews_know_their_people_and_numbers_for_a_calendar(practice_school: School) -> None:
    row = unbooked(practice_school)[0]
    (found,) = practice_school.read(bookings.slots, review_ids=[row.id])
    assert (found.number, found.revision, found.person, found.reviewer) == (row.number, row.revision, row.name, row.reviewer)
    assert Review.__tablename__ == found.key.partition("-")[0]
