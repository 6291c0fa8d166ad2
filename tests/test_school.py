"""The one door: what passes it, what is kept, who hears of it (DESIGN section 2)."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role, needs
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.school import QueryWrote, School, SchoolClosed
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.settings import queries, services
from staffdev_desktop.settings.models import Priority, SchoolSettings


@needs(Permission.CHANGE_SETTINGS)
def run(session: Session, actor: Actor, *, job: Callable[[Session], Any]) -> Any:
    """Whatever a test wants done inside one transaction."""
    return job(session)


@needs(Permission.HOLD_REVIEW, meeting=True)
def write_answer(session: Session, actor: Actor, *, review_id: int, text: str) -> int:
    """Stands for a service of the meeting."""
    row = Priority(year=review_id, position=0, text=text)
    session.add(row)
    session.flush()
    return row.id


@needs(Permission.SEE_REVIEWS, meeting=True)
def answers(session: Session, actor: Actor, *, review_id: int) -> tuple[str, ...]:
    """Stands for a query of the meeting."""
    return tuple(session.execute(select(Priority.text).where(Priority.year == review_id)).scalars())


@needs(Permission.SEE_REVIEWS)
def all_answers(session: Session, actor: Actor, *, review_id: int) -> tuple[str, ...]:
    """Takes a review, but is not part of the meeting."""
    return tuple(session.execute(select(Priority.text)).scalars())


def unmarked(session: Session, actor: Actor) -> None:
    """Carries no permission."""


def test_nothing_unmarked_passes(school: School) -> None:
    with pytest.raises(NotAllowed):
        school.read(unmarked)
    with pytest.raises(NotAllowed):
        school.do(unmarked)


def test_a_reviewer_is_let_in_to_little(school: School, school_path: Path) -> None:
    school.add_key_holder(KeyHolder("Marta Nowak", "Reviewer", "reviews in june"))
    school.close()
    with School.open(school_path, name="Marta Nowak", password="reviews in june") as reviewer:
        assert reviewer.actor.role is Role.REVIEWER
        assert reviewer.actor.user_id is not None
        assert reviewer.read(queries.school).name
        row = reviewer.read(queries.school)
        with pytest.raises(NotAllowed):
            reviewer.do(services.change_school, revision=row.revision, name="X", minimum_group=5, return_to="")
        with pytest.raises(NotAllowed):
            reviewer.read(run, job=lambda session: None)
        reviewer.do(write_answer, review_id=3, text="hers")
        assert reviewer.check() == ()


def test_a_query_cannot_write(school: School) -> None:
    with pytest.raises(QueryWrote):
        school.read(write_answer, review_id=1, text="x")
    assert school.read(answers, review_id=1) == ()


def test_the_review_door_answers_for_its_review_alone(school: School) -> None:
    door = school.only_review(7)
    door.do(write_answer, review_id=7, text="mine")
    assert door.read(answers, review_id=7) == ("mine",)
    for forbidden in (
        lambda: door.read(answers, review_id=8),
        lambda: door.do(write_answer, review_id=8, text="theirs"),
        lambda: door.read(all_answers, review_id=7),
        lambda: door.read(queries.school),
        lambda: door.read(answers, 7),  # type: ignore[call-arg]
        lambda: door.read(unmarked),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert school.read(all_answers, review_id=0) == ("mine",)


def test_a_stale_revision_is_a_conflict_and_changes_nothing(school: School) -> None:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name="First", minimum_group=5, return_to="")
    with pytest.raises(Conflict, match="Your words are still here"):
        school.do(services.change_school, revision=row.revision, name="Second", minimum_group=5, return_to="")
    assert school.read(queries.school).name == "First"


def test_a_row_that_moved_on_inside_the_transaction_is_a_conflict(school: School) -> None:
    def job(session: Session) -> None:
        row = session.execute(select(SchoolSettings)).scalar_one()
        session.connection().exec_driver_sql("UPDATE school_settings SET revision=revision+1")
        row.name = "Stale"

    with pytest.raises(Conflict):
        school.do(run, job=job)
    assert school.read(queries.school).name == "Riverbank Primary Academy"
    assert school.check() == ()


def test_a_user_error_keeps_nothing_and_tells_nobody(school: School) -> None:
    heard: list[Changed] = []
    school.subscribe(heard.append)
    row = school.read(queries.school)
    with pytest.raises(UserError):
        school.do(services.change_school, revision=row.revision, name="", minimum_group=5, return_to="")
    assert school.read(queries.school) == row
    assert heard == []


def test_subscribers_hear_after_the_commit_and_until_they_stop(school: School) -> None:
    heard: list[tuple[Changed, tuple[str, ...]]] = []
    stop = school.subscribe(lambda changed: heard.append((changed, school.read(answers, review_id=1))))
    row_id = school.do(write_answer, review_id=1, text="a")
    assert heard == [(Changed({"priority": frozenset({row_id})}), ("a",))]
    school.undo()
    assert heard[-1][0].touches("priority")
    assert heard[-1][1] == ()
    stop()
    stop()
    school.do(write_answer, review_id=1, text="b")
    assert len(heard) == 2


def test_a_failing_subscriber_hides_neither_the_save_nor_the_others(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Changed] = []
    reported: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: reported.append(error))

    def fail(changed: Changed) -> None:
        raise RuntimeError("a bug in a screen")

    school.subscribe(fail)
    school.subscribe(heard.append)
    school.do(write_answer, review_id=1, text="a")
    assert len(heard) == 1
    assert [str(error) for error in reported] == ["a bug in a screen"]


def test_a_subscriber_may_write(school: School) -> None:
    def answer_back(changed: Changed) -> None:
        if len(school.read(answers, review_id=1)) < 3:
            school.do(write_answer, review_id=1, text="again")

    school.subscribe(answer_back)
    school.do(write_answer, review_id=1, text="a")
    assert school.read(answers, review_id=1) == ("a", "again", "again")


def test_four_threads_through_one_door(school: School) -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def work(number: int) -> None:
        try:
            start.wait()
            for turn in range(25):
                school.do(write_answer, review_id=number, text=str(turn))
                assert school.read(answers, review_id=number) == tuple(str(each) for each in range(turn + 1))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(school.read(all_answers, review_id=0)) == 100
    assert school.check() == ()


def test_nothing_passes_after_closing(school: School) -> None:
    school.close()
    school.close()
    for use in (
        lambda: school.read(queries.school),
        lambda: school.do(write_answer, review_id=1, text="x"),
        school.check,
        school.new_recovery_code,
    ):
        with pytest.raises(SchoolClosed):
            use()


def test_changes_made_counts_what_changed_something(school: School) -> None:
    before = school.changes_made
    school.read(queries.school)
    school.do(services.set_priorities, year=2030, texts=[])
    assert school.changes_made == before
    school.do(write_answer, review_id=1, text="x")
    assert school.changes_made == before + 1
