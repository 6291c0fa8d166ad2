"""Leadership interest raised in a review: kept in the restricted database, and nowhere else (DESIGN sections 1, 3 and 4)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role, needs
from staffdev_desktop.commands import check
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.services import statements
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.database import raw_connection
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Keys
from staffdev_desktop.staff.models import Person
from staffdev_desktop.succession.queries import dangling_interests, interest_of, interests
from staffdev_desktop.succession.rules import LONGEST_INTEREST, reminder
from staffdev_desktop.succession.services import add_interest, remove_interest
from tests.conftest import MANAGER, TODAY
from tests.pdr.test_story import fill_in, start
from tests.people import Staffed, staff_a_school

SECRET = "Would lead the infants quizzaciously"
REVIEWER = KeyHolder("Ruth Pemberton", "Reviewer", "reviews in june")


@pytest.fixture
def staffed(school: School) -> Staffed:
    return staff_a_school(school)


@pytest.fixture
def review(school: School, staffed: Staffed) -> int:
    return start(school, staffed)


@needs(Permission.CHANGE_STAFF)
def link(session: Session, actor: Actor, *, person_id: int, user_id: int | None) -> None:
    session.get_one(Person, person_id).user_id = user_id


@needs(Permission.RUN_CYCLE)
def lose_review(session: Session, actor: Actor, *, review_id: int) -> None:
    session.delete(session.get_one(Review, review_id))


@pytest.fixture
def as_reviewer(school: School, school_path: Path, review: int) -> Iterator[School]:
    """The same file, a note in it, opened by a reviewer's key."""
    school.do(add_interest, review_id=review, words=SECRET)
    school.add_key_holder(REVIEWER)
    school.close()
    with School.open(school_path, name=REVIEWER.name, password=REVIEWER.password) as opened:
        yield opened


def dump(path: Path, keys: Keys, *, restricted: bool = False) -> bytes:
    """Everything in a school's databases in clear, its record of changes included."""
    connection: Any = raw_connection(path / "records.db", path / "restricted.db" if restricted else None, keys)
    try:
        said = []
        for schema in ("main", "restricted") if restricted else ("main",):
            for (table,) in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type='table'").fetchall():
                said.append(repr(connection.execute(f'SELECT * FROM {schema}."{table}"').fetchall()))
        return "\n".join(said).encode()
    finally:
        connection.close()


def test_a_note_says_who_which_review_what_when_and_by_whom(school: School, review: int) -> None:
    note_id = school.do(add_interest, review_id=review, words=f"  {SECRET}\n")
    (row,) = school.read(interests)
    number = school.read(records.review, review_id=review).board.number
    assert (row.id, row.person, row.number, row.words, row.noted_on, row.by) == (
        note_id, "Karen Doyle", number, SECRET, TODAY, MANAGER.name,
    )  # fmt: skip
    found = school.read(interest_of, review_id=review)
    assert found.notes == (row,)
    assert number in found.rests_on
    assert found.reminder == "Write what you would be content for Karen to read. Karen may ask for a copy."


def test_the_promise_is_made_in_the_persons_own_pronouns() -> None:
    assert reminder("Karen", "she/her").endswith("She may ask for a copy.")
    assert reminder("Sam", "They / them").endswith("They may ask for a copy.")
    assert reminder("Sam", "xe/xem").endswith("Sam may ask for a copy.")


@pytest.mark.parametrize("words", ["", " \n ", "x" * (LONGEST_INTEREST + 1), "a\x00b"])
def test_words_that_cannot_be_kept_are_refused_beside_their_field(school: School, review: int, words: str) -> None:
    with pytest.raises(UserError) as refused:
        school.do(add_interest, review_id=review, words=words)
    assert refused.value.field == "words"
    assert school.read(interests) == ()


def test_adding_and_removing_are_undone(school: School, review: int) -> None:
    note_id = school.do(add_interest, review_id=review, words=SECRET)
    before = school.read(interests)
    school.do(remove_interest, note_id=note_id)
    assert school.read(interests) == ()
    school.undo()
    assert school.read(interests) == before
    school.undo()
    assert school.read(interests) == ()
    assert school.check() == ()
    with pytest.raises(UserError, match="not there any more"):
        school.do(remove_interest, note_id=note_id)


def test_nothing_reaches_the_records(school: School, school_path: Path, review: int) -> None:
    fill_in(school, review)
    before = (school_path / "records.db").read_bytes()
    note_id = school.do(add_interest, review_id=review, words=SECRET)
    school.do(remove_interest, note_id=note_id)
    school.undo()
    assert (school_path / "records.db").read_bytes() == before, "not one byte of the records moves, free pages included"
    school.do(statements.agree_statement, review_id=review)
    (paper,) = school.read(records.statement_papers, review_ids=[review])
    assert "quizzaciously" not in json.dumps(paper.snapshot)
    assert "quizzaciously" not in repr(school.read(records.review, review_id=review))
    keys = school._opened.keys
    school.close()
    assert b"quizzaciously" in dump(school_path, keys, restricted=True)
    for word in (b"quizzaciously", b"add_interest", b"interest_note"):
        assert word not in dump(school_path, keys)


def test_a_reviewers_key_opens_nothing_of_it(as_reviewer: School, review: int) -> None:
    assert not as_reviewer.has_restricted_key
    for query, more in ((interests, {}), (interest_of, {"review_id": review}), (dangling_interests, {})):
        with pytest.raises(NotAllowed):
            as_reviewer.read(query, **more)
    with pytest.raises(NotAllowed):
        as_reviewer.do(add_interest, review_id=review, words="More")
    schemas = {row[1] for row in as_reviewer._opened.connection.execute("PRAGMA database_list")}
    assert "restricted" not in schemas
    assert as_reviewer.check() == ()
    assert check._lost_links(as_reviewer) == ()


def test_a_role_that_may_is_told_plainly_when_the_key_is_missing(as_reviewer: School, review: int) -> None:
    as_reviewer.actor = Actor(None, "Helen Marsden", Role.HEAD)
    for query, more in ((interests, {}), (interest_of, {"review_id": review}), (dangling_interests, {})):
        with pytest.raises(UserError, match="does not open the succession file"):
            as_reviewer.read(query, **more)
    for service, more in ((add_interest, {"review_id": review, "words": "More"}), (remove_interest, {"note_id": 1})):
        with pytest.raises(UserError, match="does not open the succession file"):
            as_reviewer.do(service, **more)


def test_a_handed_over_review_answers_nothing_of_it(school: School, review: int) -> None:
    note_id = school.do(add_interest, review_id=review, words=SECRET)
    door = school.only_review(review)
    with pytest.raises(NotAllowed):
        door.read(interest_of, review_id=review)
    with pytest.raises(NotAllowed):
        door.read(interests)
    with pytest.raises(NotAllowed):
        door.do(add_interest, review_id=review, words="More")
    with pytest.raises(NotAllowed):
        door.do(remove_interest, note_id=note_id)


def test_nobody_opens_what_is_written_about_themselves(school: School, staffed: Staffed, review: int) -> None:
    note_id = school.do(add_interest, review_id=review, words=SECRET)
    school.do(link, person_id=staffed.karen, user_id=school.actor.user_id)
    assert school.read(interests) == ()
    with pytest.raises(UserError, match="about you"):
        school.read(interest_of, review_id=review)
    with pytest.raises(UserError, match="about you"):
        school.do(add_interest, review_id=review, words="More")
    with pytest.raises(UserError, match="about you"):
        school.do(remove_interest, note_id=note_id)


def test_a_review_of_nobody_is_refused(school: School, review: int) -> None:
    with pytest.raises(UserError, match="not there any more"):
        school.do(add_interest, review_id=review + 1, words=SECRET)


def test_check_finds_a_note_whose_review_is_gone(school: School, review: int) -> None:
    note_id = school.do(add_interest, review_id=review, words=SECRET)
    assert check._lost_links(school) == ()
    school.do(lose_review, review_id=review)
    (problem,) = check._lost_links(school)
    assert f"Note {note_id}" in problem
    assert "Karen" not in problem
